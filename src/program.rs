//! The programs of which the page is made: one lists the conversations, another plays them, and
//! each speaks one language. A reader loads the one that is needed; a test has one that does all.
//!
//! What only one of them shows is an [`Only`]. Where none can be made, the compiler leaves out all
//! that would be done with one.

#[cfg(not(all(feature = "inbox", feature = "player")))]
use std::convert::Infallible;
use std::ops::{Deref, DerefMut};

/// The program's leave to list all conversations.
#[cfg(feature = "inbox")]
pub(crate) type Listing = ();
#[cfg(not(feature = "inbox"))]
pub(crate) type Listing = Infallible;

/// The program's leave to play a run.
#[cfg(feature = "player")]
pub(crate) type Playing = ();
#[cfg(not(feature = "player"))]
pub(crate) type Playing = Infallible;

/// Its leave to list all conversations, if it has one.
pub(crate) const LISTING: Option<Listing> = {
    #[cfg(feature = "inbox")]
    let leave = Some(());
    #[cfg(not(feature = "inbox"))]
    let leave = None;
    leave
};

/// Its leave to play a run, if it has one.
pub(crate) const PLAYING: Option<Playing> = {
    #[cfg(feature = "player")]
    let leave = Some(());
    #[cfg(not(feature = "player"))]
    let leave = None;
    leave
};

/// Something that is there only in programs with this leave.
pub(crate) struct Only<T, Leave>(Box<T>, Leave);

impl<T, Leave> Only<T, Leave> {
    pub(crate) fn new(it: T, leave: Leave) -> Only<T, Leave> {
        Only(Box::new(it), leave)
    }
}

impl<T, Leave> Deref for Only<T, Leave> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T, Leave> DerefMut for Only<T, Leave> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
