//! Budgets: how much may go wrong in one run, and how much may be said.

use crate::{Call, Choice, World};

/// How often each kind of thing may happen in one run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Budget {
    /// Packets that the network loses.
    pub drops: u8,
    /// Packets that it doubles.
    pub duplicates: u8,
    /// Timers that expire, early or not.
    pub timeouts: u8,
    /// Calls that users make.
    pub calls: u8,
    /// Sides that lose power.
    pub crashes: u8,
    /// Segments of [`World::forgeries`](crate::World::forgeries) that somebody else sends.
    pub forgeries: u8,
}

/// A network that only reorders, and users who have said all that they will say.
impl Default for Budget {
    fn default() -> Self {
        Budget { drops: 0, duplicates: 0, timeouts: 0, calls: 0, crashes: 0, forgeries: 0 }
    }
}

impl Budget {
    /// As often as one likes. There have to be finitely many worlds then for another reason: a
    /// packet that is lost leaves less to lose, but one that is doubled does not.
    pub const UNLIMITED: u8 = u8::MAX;

    /// What is left after a choice; none where it is not allowed any more. A delay changes nothing
    /// that the explorer looks at, since any packet may be overtaken by any other; nor does STATUS.
    pub fn after(mut self, choice: &Choice) -> Option<Budget> {
        let left = match choice {
            Choice::Deliver(_) => return Some(self),
            Choice::Delay(..) | Choice::Stranger(..) | Choice::Call(_, Call::Status) => {
                return None;
            }
            Choice::Drop(_) => &mut self.drops,
            Choice::Duplicate(_) => &mut self.duplicates,
            Choice::Expire(..) | Choice::ExpireStranger(..) => &mut self.timeouts,
            Choice::Call(..) => &mut self.calls,
            Choice::Crash(_) => &mut self.crashes,
            Choice::Forge(..) => &mut self.forgeries,
        };
        if *left != Budget::UNLIMITED {
            *left = left.checked_sub(1)?;
        }
        Some(self)
    }

    /// Shows every choice of a world that is allowed, in a fixed order, each with what is left
    /// then.
    pub(super) fn each_choice(self, world: &World, mut show: impl FnMut(Choice, Budget)) {
        let mut consider = |choice: Choice| {
            if let Some(left) = self.after(&choice) {
                show(choice, left);
            }
        };
        world.events().for_each(&mut consider);
        if self.calls > 0 {
            world.calls().for_each(&mut consider);
        }
        if self.crashes > 0 {
            world.crashes().for_each(&mut consider);
        }
        if self.forgeries > 0 {
            world.forgeries().into_iter().for_each(&mut consider);
        }
    }
}
