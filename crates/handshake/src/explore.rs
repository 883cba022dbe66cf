//! The explorer: every choice at every turn, breadth first, within a budget.
//!
//! ```
//! use handshake::{Budget, Explorer, Property, Side, Start, State, Trace};
//!
//! let mut start = Trace::new(Start::default());
//! for word in ["B.listen", "A.open"] {
//!     start.extend(&word.parse().expect("a choice")).expect("possible");
//! }
//! let together = Property::sometimes("both sides get together", |world| {
//!     Side::BOTH.into_iter().all(|side| world.end(side).state() == State::Established)
//! });
//! let mut explorer = Explorer::new(start, vec![together], Budget::default());
//! explorer.finish();
//! let found = explorer.discovery(0).expect("it can happen");
//! assert_eq!(found.to_string(), "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3");
//! ```
//!
//! Two worlds count as one when they differ only in the clock, in what was learned about round
//! trips, and in the names and order of packets. They are told apart by 64-bit fingerprints of
//! what is left, so that a count is exact but for a chance of about n² / 2⁶⁵ with n worlds.

mod fingerprint;

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::mem::take;

use self::fingerprint::{Seen, Shape, fingerprint};
use crate::{Call, Choice, Effects, Trace, World};

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
}

/// A network that only reorders, and users who have said all that they will say.
impl Default for Budget {
    fn default() -> Self {
        Budget { drops: 0, duplicates: 0, timeouts: 0, calls: 0, crashes: 0 }
    }
}

impl Budget {
    /// What is left after a choice; none where it is not allowed any more. A delay changes nothing
    /// that the explorer looks at, since any packet may be overtaken by any other; nor does STATUS.
    pub fn after(mut self, choice: &Choice) -> Option<Budget> {
        let left = match choice {
            Choice::Deliver(_) => return Some(self),
            Choice::Delay(..) | Choice::Forge(..) | Choice::Call(_, Call::Status) => return None,
            Choice::Drop(_) => &mut self.drops,
            Choice::Duplicate(_) => &mut self.duplicates,
            Choice::Expire(..) => &mut self.timeouts,
            Choice::Call(..) => &mut self.calls,
            Choice::Crash(_) => &mut self.crashes,
        };
        *left = left.checked_sub(1)?;
        Some(self)
    }

    /// The choices of a world that are allowed, each with what is left then.
    fn choices(self, world: &World) -> impl Iterator<Item = (Choice, Budget)> {
        let calls = (self.calls > 0).then(|| world.calls()).into_iter().flatten();
        let all = world.events().chain(calls).chain(world.crashes());
        all.filter_map(move |choice| self.after(&choice).map(|left| (choice, left)))
    }
}

/// Something that may be true of worlds, and how often it is expected to be.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// What is claimed, as a sentence.
    pub name: &'static str,
    /// How often it should be true.
    pub expectation: Expectation,
    /// Is it true of this world?
    pub holds: fn(&World) -> bool,
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
}

impl Property {
    /// A property of every world.
    pub fn always(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Always, holds }
    }

    /// A property of some world.
    pub fn sometimes(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Sometimes, holds }
    }

    /// A property that every run comes to.
    pub fn eventually(name: &'static str, holds: fn(&World) -> bool) -> Property {
        Property { name, expectation: Expectation::Eventually, holds }
    }
}

/// An exploration under way. It can be run in slices, between the frames of a page say.
#[derive(Debug)]
pub struct Explorer {
    start: Trace,
    budget: Budget,
    properties: Vec<Property>,
    seen: Seen,
    /// How each world seen was reached: from which other, and by which of those that were allowed.
    reached: Vec<(u32, u16)>,
    frontier: VecDeque<Found>,
    discoveries: Vec<Option<u32>>,
    generated: u64,
}

/// A world whose choices were not tried yet.
#[derive(Debug)]
struct Found {
    index: u32,
    world: World,
    shape: Shape,
    budget: Budget,
    /// One bit for each property: the eventual ones that have come true on the way here.
    come_true: u32,
}

impl Explorer {
    /// Begins at the end of a run.
    ///
    /// # Panics
    ///
    /// With more than 32 properties.
    pub fn new(start: Trace, properties: Vec<Property>, budget: Budget) -> Explorer {
        assert!(properties.len() <= 32, "at most 32 properties");
        let discoveries = properties.iter().map(|_| None).collect();
        let mut explorer = Explorer {
            properties,
            seen: Seen::default(),
            reached: Vec::new(),
            frontier: VecDeque::new(),
            discoveries,
            generated: 0,
            start,
            budget,
        };
        let world = explorer.start.last().clone();
        let (shape, come_true) = (Shape::of(&world), explorer.come_true_in(&world));
        explorer.generated = 1;
        explorer.seen.insert(fingerprint(shape, &(budget, come_true)));
        explorer.add(Found { index: 0, world, shape, budget, come_true }, (u32::MAX, 0));
        explorer
    }

    /// Tries the choices of so many more worlds. Is there anything left to try?
    pub fn advance(&mut self, worlds: usize) -> bool {
        for _ in 0..worlds {
            let Some(found) = self.frontier.pop_front() else { break };
            self.expand(&found);
        }
        let is_left = !self.frontier.is_empty();
        if !is_left {
            self.frontier = VecDeque::new();
        }
        is_left
    }

    /// Explores to the end.
    pub fn finish(&mut self) {
        while self.advance(1024) {}
    }

    /// How many different worlds were found so far.
    pub fn unique(&self) -> usize {
        self.reached.len()
    }

    /// How many worlds were generated so far, those found before included.
    pub fn generated(&self) -> u64 {
        self.generated
    }

    /// The properties, in the order in which they were given.
    pub fn properties(&self) -> &[Property] {
        &self.properties
    }

    /// The shortest run that was found to decide a property: an example where it should sometimes
    /// hold, a counterexample otherwise.
    pub fn discovery(&self, property: usize) -> Option<Trace> {
        let mut index = (*self.discoveries.get(property)?)?;
        let mut choices: Vec<u16> = Vec::new();
        while let Some(&(parent, choice)) = self.reached.get(index as usize) {
            if parent == u32::MAX {
                break;
            }
            choices.push(choice);
            index = parent;
        }
        let (mut trace, mut budget) = (self.start.clone(), self.budget);
        for ordinal in choices.into_iter().rev() {
            let (choice, left) = budget.choices(trace.last()).nth(usize::from(ordinal))?;
            trace.extend(&choice).ok()?;
            budget = left;
        }
        Some(trace)
    }

    /// Does a property turn out as it is claimed, as far as was explored?
    pub fn holds(&self, property: usize) -> bool {
        let found = self.discoveries.get(property).is_some_and(Option::is_some);
        let sometimes = self.properties.get(property).map(|property| property.expectation)
            == Some(Expectation::Sometimes);
        found == sometimes
    }

    fn expand(&mut self, found: &Found) {
        let mut is_last = true;
        let mut effects = Effects::default();
        for (ordinal, (choice, budget)) in found.budget.choices(&found.world).enumerate() {
            let Ok(change) = found.world.change(&choice, take(&mut effects)) else { continue };
            is_last = false;
            self.generated += 1;
            let shape = found.shape.after(&change);
            let mut come_true = found.come_true;
            if self.awaits_something() {
                come_true |= self.come_true_in(&found.world.changed(change.clone()).0);
            }
            if self.seen.insert(fingerprint(shape, &(budget, come_true))) {
                let ordinal = u16::try_from(ordinal).unwrap_or(u16::MAX);
                let index = u32::try_from(self.reached.len()).unwrap_or(u32::MAX);
                let world;
                (world, effects) = found.world.changed(change);
                let next = Found { index, world, shape, budget, come_true };
                self.add(next, (found.index, ordinal));
            } else {
                effects = change.effects;
            }
        }
        if is_last {
            for property in 0..self.properties.len() {
                let eventual = self.properties[property].expectation == Expectation::Eventually;
                if eventual && found.come_true & (1 << property) == 0 {
                    self.discover(property, found.index);
                }
            }
        }
    }

    fn awaits_something(&self) -> bool {
        self.properties.iter().any(|property| property.expectation == Expectation::Eventually)
    }

    /// The eventual properties that are true of a world, one bit for each.
    fn come_true_in(&self, world: &World) -> u32 {
        let mut come_true = 0;
        for (bit, property) in self.properties.iter().enumerate() {
            if property.expectation == Expectation::Eventually && (property.holds)(world) {
                come_true |= 1 << bit;
            }
        }
        come_true
    }

    /// Adds a world that was not seen before.
    fn add(&mut self, found: Found, from: (u32, u16)) {
        if self.reached.len() == self.reached.capacity() {
            // By a quarter only: what is free is memory that nobody uses.
            self.reached.reserve_exact((self.reached.len() / 4).max(64));
        }
        self.reached.push(from);
        for property in 0..self.properties.len() {
            if self.discoveries[property].is_some() {
                continue;
            }
            let Property { expectation, holds, .. } = self.properties[property];
            let decides = match expectation {
                Expectation::Always => !holds(&found.world),
                Expectation::Sometimes => holds(&found.world),
                Expectation::Eventually => false,
            };
            if decides {
                self.discover(property, found.index);
            }
        }
        self.frontier.push_back(found);
    }

    /// The first to be found is the shortest, because the search is breadth first.
    fn discover(&mut self, property: usize, index: u32) {
        self.discoveries[property].get_or_insert(index);
    }
}
