//! Choosers: who decides what happens next.

use crate::{Choice, World};

/// Somebody who decides what happens next.
pub trait Chooser {
    /// The next choice; none when the run is over.
    fn choose(&mut self, world: &World) -> Option<Choice>;
}

/// Lets time decide: whatever is due first happens first.
#[derive(Clone, Copy, Debug)]
pub struct ByTime;

impl Chooser for ByTime {
    fn choose(&mut self, world: &World) -> Option<Choice> {
        world.next_due().map(|(_, choice)| choice)
    }
}
