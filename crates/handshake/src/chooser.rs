//! Choosers: who decides what happens next.

use alloc::vec::Vec;

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

/// Reads the choices from a list.
#[derive(Clone, Debug)]
pub struct Scripted {
    choices: alloc::vec::IntoIter<Choice>,
}

impl Scripted {
    /// The choices to be made, in order.
    pub fn new(choices: Vec<Choice>) -> Scripted {
        Scripted { choices: choices.into_iter() }
    }
}

impl Chooser for Scripted {
    fn choose(&mut self, _: &World) -> Option<Choice> {
        self.choices.next()
    }
}
