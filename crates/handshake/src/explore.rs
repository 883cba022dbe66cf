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
//! Two worlds count as one when they differ only in the clock, in what was learned or counted by
//! it (round trips and challenge ACKs), and in the names and order of packets. They are told apart
//! by 64-bit fingerprints of what is left, so that a count is exact but for a chance of about
//! n² / 2⁶⁵ with n worlds.

mod budget;
mod fingerprint;
mod memory;
mod property;

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::ControlFlow;

pub use self::budget::Budget;
use self::fingerprint::{Seen, Shape, fingerprint};
use self::memory::Memory;
pub use self::property::{Claim, Expectation, Property};
use crate::{Choice, Step, Trace, World};

/// An exploration under way. It can be run in slices, between the frames of a page say.
#[derive(Debug)]
pub struct Explorer {
    start: Trace,
    budget: Budget,
    properties: Vec<Property>,
    only: Allowed,
    seen: Seen,
    /// How each world seen was reached: from which other, and by which of the choices that the
    /// budget allowed there.
    reached: Vec<(u32, u16)>,
    frontier: VecDeque<Found>,
    /// The step that decided each property: from which world, and by which of its choices.
    discoveries: Vec<Option<(u32, u16)>>,
    generated: u64,
    /// There is none before the first world is expanded, and after the last.
    memory: Option<Memory>,
}

/// May this choice be tried in this world, so much of the budget being left?
type Allowed = fn(&World, Budget, &Choice) -> bool;

/// Stands for the world before the first, which has none.
const NONE: (u32, u16) = (u32::MAX, 0);

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
            only: |_, _, _| true,
            seen: Seen::default(),
            reached: Vec::new(),
            frontier: VecDeque::new(),
            discoveries,
            generated: 1,
            memory: None,
            start,
            budget,
        };
        let world = explorer.start.last().clone();
        let (shape, come_true) = (Shape::of(&world), explorer.judge(None, &world, NONE));
        explorer.seen.insert(fingerprint(shape, budget, come_true));
        explorer.add(Found { index: 0, world, shape, budget, come_true }, NONE);
        explorer
    }

    /// Tries only the choices that are allowed, so that a run keeps to a plan or a timer to its
    /// meaning. The budget that `allowed` is shown is what was left before the choice.
    #[must_use]
    pub fn only(mut self, allowed: fn(&World, Budget, &Choice) -> bool) -> Explorer {
        self.only = allowed;
        self
    }

    /// Tries the choices of so many more worlds. Is there anything left to try?
    pub fn advance(&mut self, worlds: usize) -> bool {
        let mut memory = self.memory.take().unwrap_or_else(Memory::new);
        for _ in 0..worlds {
            let Some(found) = self.frontier.pop_front() else { break };
            self.expand(&found, &mut memory);
        }
        let is_left = !self.frontier.is_empty();
        if is_left {
            self.memory = Some(memory);
        } else {
            self.frontier = VecDeque::new();
        }
        is_left
    }

    /// Explores to the end.
    pub fn finish(&mut self) {
        while self.advance(1024) {}
    }

    /// Explores to the end in slices of so many worlds, and shows itself after each, so that
    /// somebody can say how far it is, or break off. What was broken off can go on later, and finds
    /// and counts the same. Is there anything left to try?
    pub fn finish_with(
        &mut self,
        slice: usize,
        mut watch: impl FnMut(&Explorer) -> ControlFlow<()>,
    ) -> bool {
        loop {
            let goes_on = self.advance(slice.max(1));
            if watch(self).is_break() || !goes_on {
                return goes_on;
            }
        }
    }

    /// How many worlds wait for their choices to be tried.
    pub fn waiting(&self) -> usize {
        self.frontier.len()
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
        let mut step = (*self.discoveries.get(property)?)?;
        let mut choices: Vec<u16> = Vec::new();
        while step.0 != NONE.0 {
            choices.push(step.1);
            step = *self.reached.get(step.0 as usize)?;
        }
        let (mut trace, mut budget) = (self.start.clone(), self.budget);
        for ordinal in choices.into_iter().rev() {
            let mut choices = Vec::new();
            budget.each_choice(trace.last(), |choice, left| choices.push((choice, left)));
            let (choice, left) = choices.into_iter().nth(usize::from(ordinal))?;
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

    fn expand(&mut self, found: &Found, memory: &mut Memory) {
        let mut is_last = true;
        let mut ordinals = 0..=u16::MAX;
        memory.look_at(found.world.network());
        found.budget.each_choice(&found.world, |choice, budget| {
            let ordinal = ordinals.next().unwrap_or(u16::MAX);
            if !(self.only)(&found.world, found.budget, &choice) {
                return;
            }
            let Ok(prospect) = found.world.foresee(&choice) else { return };
            let moved = memory.hash_of_moved(prospect.network);
            let known = memory.recall(&found.world, &prospect, moved);
            is_last = false;
            self.generated += 1;
            let from = (found.index, ordinal);
            let shape = found.shape.after(&found.world, &prospect, moved, known);
            let come_true = found.come_true | self.judge_choice(found, &choice, from);
            if self.seen.insert(fingerprint(shape, budget, come_true)) {
                let index = u32::try_from(self.reached.len()).unwrap_or(u32::MAX);
                let world = found.world.next(&prospect, known.map(|known| &known.deed));
                self.add(Found { index, world, shape, budget, come_true }, from);
            }
        });
        if is_last {
            self.judge_last(found);
        }
    }

    /// Judges a choice by the properties that look at every step, if there are any: only they need
    /// the world that it leads to where that was seen before. Those that have come true, as bits.
    fn judge_choice(&mut self, before: &Found, choice: &Choice, from: (u32, u16)) -> u32 {
        if !self.properties.iter().any(Property::looks_at_steps) {
            return 0;
        }
        let Ok((world, step)) = before.world.after(choice) else { return 0 };
        self.judge(Some((&before.world, &step)), &world, from)
    }

    /// Judges a step and the world that it leads to by the properties that look at every step. The
    /// eventual ones that have come true, one bit for each.
    fn judge(&mut self, came: Option<(&World, &Step)>, world: &World, from: (u32, u16)) -> u32 {
        let mut come_true = 0;
        for index in 0..self.properties.len() {
            let Property { expectation, claim, .. } = self.properties[index];
            if expectation == Expectation::Eventually {
                let is_true = claim.judge(came, world) == Some(true);
                come_true |= u32::from(is_true) << index;
            } else if matches!(claim, Claim::Step(_)) {
                self.decide(index, claim.judge(came, world), from);
            }
        }
        come_true
    }

    /// Adds a world that was not seen before, and judges it.
    fn add(&mut self, found: Found, from: (u32, u16)) {
        if self.reached.len() == self.reached.capacity() {
            // By a quarter only: what is free is memory that nobody uses.
            self.reached.reserve_exact((self.reached.len() / 4).max(64));
        }
        self.reached.push(from);
        for index in 0..self.properties.len() {
            let claim = self.properties[index].claim;
            if self.discoveries[index].is_none() && matches!(claim, Claim::World(_)) {
                self.decide(index, claim.judge(None, &found.world), from);
            }
        }
        self.frontier.push_back(found);
    }

    /// Judges a world from which nothing leads on.
    fn judge_last(&mut self, found: &Found) {
        let Some(&from) = self.reached.get(found.index as usize) else { return };
        for index in 0..self.properties.len() {
            let Property { expectation, claim, .. } = self.properties[index];
            let fails = match expectation {
                Expectation::Eventually => found.come_true & (1 << index) == 0,
                Expectation::Finally => claim.judge(None, &found.world) == Some(false),
                Expectation::Always | Expectation::Sometimes => false,
            };
            if fails {
                self.discover(index, from);
            }
        }
    }

    /// Notes a judgement, if it is the one that the property waits for.
    fn decide(&mut self, index: usize, judged: Option<bool>, from: (u32, u16)) {
        let decisive = match self.properties[index].expectation {
            Expectation::Always => Some(false),
            Expectation::Sometimes => Some(true),
            Expectation::Eventually | Expectation::Finally => return,
        };
        if judged == decisive {
            self.discover(index, from);
        }
    }

    /// The first to be found is the shortest, because the search is breadth first.
    fn discover(&mut self, index: usize, from: (u32, u16)) {
        self.discoveries[index].get_or_insert(from);
    }
}
