//! Traces: a first world and the choices made since.

use alloc::vec::Vec;
use core::cell::OnceCell;
use core::iter::repeat;
use core::mem::replace;
use core::slice::from_ref;

use crate::{
    Choice, Chooser, Duration, Effects, Impossible, Instant, Packet, PacketId, Start, Step, World,
};

/// A run: how it started, the choices made since, and the world that they have led to.
///
/// Places in a trace are counted in steps made: 0 is the first world, [`len`](Self::len) the last.
/// The steps and the worlds before the last follow from the choices. They are worked out when
/// somebody first looks back, and kept from then on.
#[derive(Clone, Debug)]
pub struct Trace {
    start: Start,
    choices: Vec<Choice>,
    /// How long was waited for the sake of waiting before each, up to the last before which
    /// somebody did.
    waits: Vec<Duration>,
    last: World,
    past: OnceCell<Past>,
    /// Room for what is done in a step, which is done over in the next.
    effects: Effects,
}

/// Every step, and the world before each.
#[derive(Clone, Debug)]
struct Past {
    worlds: Vec<World>,
    steps: Vec<Step>,
}

impl Past {
    /// Makes the choices again: what they lead to is the same each time.
    fn of(trace: &Trace) -> Past {
        let mut world = trace.start.world();
        let (worlds, steps) = (Vec::with_capacity(trace.len()), Vec::with_capacity(trace.len()));
        let mut past = Past { worlds, steps };
        for (waited, choice) in trace.chosen() {
            let Ok((next, step)) = world.after_wait(waited, choice) else { break };
            past.add(replace(&mut world, next), step);
        }
        past
    }

    fn add(&mut self, before: World, step: Step) {
        self.worlds.push(before);
        self.steps.push(step);
    }
}

/// Whether somebody has looked back makes no difference.
impl PartialEq for Trace {
    fn eq(&self, other: &Trace) -> bool {
        self.start == other.start && self.chosen().eq(other.chosen()) && self.last == other.last
    }
}

impl Eq for Trace {}

impl Trace {
    /// The most steps that a run may have: a link is not a way to fill somebody's memory.
    pub const STEPS_MAX: usize = 1000;

    /// The room that a run begins with: a connection's whole life takes no more steps.
    const ROOM: usize = 24;

    /// A run in which nothing has happened yet.
    pub fn new(start: Start) -> Trace {
        Trace {
            start,
            choices: Vec::with_capacity(Trace::ROOM),
            waits: Vec::new(),
            last: start.world(),
            past: OnceCell::new(),
            effects: Effects::with_room(),
        }
    }

    /// How it started.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// Has nothing happened yet?
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// What was chosen, in order, and how long was waited before for the sake of waiting.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = (Duration, &Choice)> {
        self.waits.iter().copied().chain(repeat(Duration::ZERO)).zip(&self.choices)
    }

    /// Every step, in order.
    pub fn steps(&self) -> &[Step] {
        &self.past().steps
    }

    /// The step that led to this place; none leads to place 0.
    pub fn step_to(&self, place: usize) -> Option<&Step> {
        self.steps().get(place.checked_sub(1)?)
    }

    /// The world at this place; beyond the end, the last one.
    pub fn world_at(&self, place: usize) -> &World {
        if place >= self.len() {
            return &self.last;
        }
        self.past().worlds.get(place).unwrap_or(&self.last)
    }

    /// The last world.
    pub fn last(&self) -> &World {
        &self.last
    }

    fn past(&self) -> &Past {
        self.past.get_or_init(|| Past::of(self))
    }

    /// Adds one choice.
    ///
    /// # Errors
    ///
    /// [`Impossible`] where the last world does not allow it; the trace is then as it was.
    pub fn extend(&mut self, choice: &Choice) -> Result<(), Impossible> {
        self.extend_after(Duration::ZERO, choice)
    }

    /// Adds one choice that is made when nothing has happened for a while.
    ///
    /// # Errors
    ///
    /// Those of [`extend`](Self::extend).
    pub fn extend_after(&mut self, wait: Duration, choice: &Choice) -> Result<(), Impossible> {
        if self.len() >= Trace::STEPS_MAX {
            return Err(Impossible::TooLong);
        }
        let waited = if let Some(past) = self.past.get_mut() {
            let (world, step) = self.last.after_wait(wait, choice)?;
            let waited = step.waited;
            past.add(replace(&mut self.last, world), step);
            waited
        } else {
            self.last.go_on(wait, choice, &mut self.effects)?.waited
        };
        if waited > Duration::ZERO {
            self.waits.resize(self.len(), Duration::ZERO);
            self.waits.push(waited);
        }
        // The copy is made where it stays: to move what was just written makes a processor wait.
        self.choices.extend_from_slice(from_ref(choice));
        Ok(())
    }

    /// Adds what a chooser chooses, until it stops, chooses the impossible, or so many steps have
    /// been added.
    pub fn run(&mut self, chooser: &mut impl Chooser, steps_max: usize) {
        for _ in 0..steps_max {
            let Some(choice) = chooser.choose(self.last()) else { return };
            if self.extend(&choice).is_err() {
                return;
            }
        }
    }

    /// The part up to this place, as a run of its own.
    #[must_use]
    pub fn fork_at(&self, place: usize) -> Trace {
        let place = place.min(self.len());
        let past = self.past.get().map(|past| Past {
            worlds: past.worlds[..place].to_vec(),
            steps: past.steps[..place].to_vec(),
        });
        Trace {
            start: self.start,
            choices: self.choices[..place].to_vec(),
            waits: self.waits.iter().copied().take(place).collect(),
            last: self.world_at(place).clone(),
            past: past.map_or_else(OnceCell::new, OnceCell::from),
            effects: Effects::default(),
        }
    }

    /// Every packet that was put on the network up to this place, with what became of it by then.
    pub fn packets_at(&self, place: usize) -> Vec<PacketHistory> {
        let mut histories: Vec<PacketHistory> = Vec::new();
        // A packet's name is its ordinal from 1.
        let index_of = |id: PacketId| (id.0 as usize).wrapping_sub(1);
        for (step, sent_in) in self.steps().iter().zip(1..=place) {
            if let Some((id, fate)) = fate_in(step)
                && let Some(history) = histories.get_mut(index_of(id))
            {
                history.fate = fate;
            }
            for packet in step.sent.iter().filter_map(|id| self.packet_at(sent_in, id)) {
                let original = packet.copy_of.and_then(|of| histories.get(index_of(of)));
                let said_in = original.map_or(sent_in, |original| original.said_in);
                let (packet, fate) = (packet.clone(), Fate::InFlight);
                histories.push(PacketHistory { packet, sent_in, said_in, fate });
            }
        }
        for history in &mut histories {
            // A delay changes when a packet is due, so the network knows best.
            if let Some(packet) = self.packet_at(place, history.packet.id) {
                history.packet.due_at = packet.due_at;
            }
        }
        histories
    }

    fn packet_at(&self, place: usize, id: PacketId) -> Option<&Packet> {
        self.world_at(place).network().packet(id)
    }
}

/// What a step did to a packet for good.
fn fate_in(step: &Step) -> Option<(PacketId, Fate)> {
    match step.choice {
        Choice::Deliver(id) => Some((id, Fate::Delivered(step.at))),
        Choice::Drop(id) => Some((id, Fate::Lost(step.at))),
        _ => None,
    }
}

/// A packet and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PacketHistory {
    /// The packet, as it was last seen under way.
    pub packet: Packet,
    /// The place in the trace at which it was put on the network.
    pub sent_in: usize,
    /// The place at which an endpoint said what it carries: for a copy that the network made, the
    /// place at which the original was sent.
    pub said_in: usize,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is still under way.
    InFlight,
    /// It arrived, at this moment.
    Delivered(Instant),
    /// It was lost, at this moment.
    Lost(Instant),
}
