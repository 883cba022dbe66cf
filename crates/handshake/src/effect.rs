//! Effects: all that an endpoint does when it is given an input.

use alloc::vec::Vec;
use core::iter::once_with;

use crate::{CallError, Instant, Octets, Reason, Rule, Segment, State, Timer};

/// One thing that an endpoint did.
///
/// Which of them it is lies in an octet of its own. Hidden in a segment's text, as it would be
/// otherwise, it takes longer to find, and whoever forgets effects asks each of them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Effect {
    /// It followed a rule.
    Applied(Reason),
    /// It went from one state into another.
    Entered {
        /// The state before.
        from: State,
        /// The state after.
        to: State,
    },
    /// It sent a segment.
    Transmitted(Segment),
    /// It started a timer, or started it anew.
    Armed(Timer, Instant),
    /// It stopped a timer.
    Stopped(Timer),
    /// It gave text to its user.
    Delivered(Octets),
    /// It answered a call of its user's.
    Returned(Result<(), CallError>),
    /// It told its user, unasked, that the connection is no more.
    Signalled(CallError),
}

/// The effects of one input, in the order in which they happened.
///
/// They can be used again for the next input, and then take no new heap memory
/// ([`Endpoint::handle_into`](crate::Endpoint::handle_into)).
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Effects(Vec<Effect>);

impl Effects {
    /// None yet, with room for as many as most inputs lead to.
    pub(crate) fn with_room() -> Effects {
        Effects(Vec::with_capacity(6))
    }

    /// Adds one. It is made once there is room for it, and where it stays: to move what was just
    /// written in pieces makes a processor wait.
    #[inline]
    pub(crate) fn push(&mut self, make: impl FnOnce() -> Effect) {
        self.0.extend(once_with(make));
    }

    /// The last one, if there is any.
    pub(crate) fn last_mut(&mut self) -> Option<&mut Effect> {
        self.0.last_mut()
    }

    /// Adds others behind them.
    pub(crate) fn extend(&mut self, others: impl IntoIterator<Item = Effect>) {
        self.0.extend(others);
    }

    /// Forgets all of them, and keeps the room that they took.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Effect> {
        self.0.iter()
    }

    /// The rules that were applied, with their numbers.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.iter().filter_map(|effect| match effect {
            Effect::Applied(reason) => Some(reason),
            _ => None,
        })
    }

    /// Was this rule applied?
    pub fn followed(&self, rule: Rule) -> bool {
        self.reasons().any(|reason| reason.rule == rule)
    }

    /// The segments that were sent.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.iter().filter_map(|effect| match effect {
            Effect::Transmitted(segment) => Some(segment),
            _ => None,
        })
    }

    /// The change of state, from the first state left to the last entered.
    pub fn transition(&self) -> Option<(State, State)> {
        let mut moves = self.iter().filter_map(|effect| match effect {
            Effect::Entered { from, to } => Some((*from, *to)),
            _ => None,
        });
        let first = moves.next()?;
        Some((first.0, moves.last().unwrap_or(first).1))
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = alloc::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
