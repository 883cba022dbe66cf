//! Properties: what is claimed of worlds and of steps, and how often.

use crate::{Step, World};

/// Something that may be true of worlds or of steps, and how often it is expected to be.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// What is claimed, as a sentence or by the name under which it is known.
    pub name: &'static str,
    /// How often it should be true.
    pub expectation: Expectation,
    /// What may be true.
    pub claim: Claim,
}

/// What a property says.
#[derive(Clone, Copy, Debug)]
pub enum Claim {
    /// Something about a world.
    World(fn(&World) -> bool),
    /// Something about a step: the world before it, the step, and the world that it leads to.
    Step(fn(&World, &Step, &World) -> bool),
}

/// How often a property should be true.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expectation {
    /// In every world: one in which it is not is a counterexample.
    Always,
    /// In some world: one in which it is is an example.
    Sometimes,
    /// In some world of every run that cannot go on: a run without one is a counterexample.
    Eventually,
    /// In every world from which no choice leads on: another one is a counterexample.
    Finally,
}

impl Property {
    /// A property of every world.
    pub fn always(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Always, claim: Claim::World(holds) }
    }

    /// A property of some world.
    pub fn sometimes(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Sometimes, claim: Claim::World(holds) }
    }

    /// A property that every run comes to.
    pub fn eventually(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Eventually, claim: Claim::World(holds) }
    }

    /// A property of every world that is the last of its run.
    pub fn finally(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Finally, claim: Claim::World(holds) }
    }

    /// A property of every step.
    pub fn every_step(name: &'static str, holds: fn(&World, &Step, &World) -> bool) -> Property {
        Property { name, expectation: Expectation::Always, claim: Claim::Step(holds) }
    }

    /// A property of some step.
    pub fn some_step(name: &'static str, holds: fn(&World, &Step, &World) -> bool) -> Property {
        Property { name, expectation: Expectation::Sometimes, claim: Claim::Step(holds) }
    }
}

impl Property {
    /// Does every step have to be looked at, even one that leads to a world that was seen before?
    pub(super) fn looks_at_steps(&self) -> bool {
        self.expectation == Expectation::Eventually || matches!(self.claim, Claim::Step(_))
    }
}

impl Claim {
    /// Is it true of this world, or of the step that led there? The first world has no step, and
    /// nothing can be said of it then.
    pub fn judge(self, came: Option<(&World, &Step)>, world: &World) -> Option<bool> {
        match self {
            Claim::World(holds) => Some(holds(world)),
            Claim::Step(holds) => came.map(|(before, step)| holds(before, step, world)),
        }
    }
}
