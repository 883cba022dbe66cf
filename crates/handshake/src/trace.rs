//! Traces: a first world and the choices made since.

use alloc::vec;
use alloc::vec::Vec;

use crate::{Choice, Chooser, Impossible, Instant, Packet, PacketId, Start, Step, World};

/// A run: how it started, every step, and the world after each.
///
/// Places in a trace are counted in steps made: 0 is the first world, [`len`](Self::len) the last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    start: Start,
    worlds: Vec<World>,
    steps: Vec<Step>,
    packets: Vec<PacketLife>,
}

impl Trace {
    /// The most steps that a run may have: a link is not a way to fill somebody's memory.
    pub const STEPS_MAX: usize = 1000;

    /// A run in which nothing has happened yet.
    pub fn new(start: Start) -> Trace {
        Trace { start, worlds: vec![start.world()], steps: Vec::new(), packets: Vec::new() }
    }

    /// How it started.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Has nothing happened yet?
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Every step, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step that led to this place; none leads to place 0.
    pub fn step_to(&self, place: usize) -> Option<&Step> {
        self.steps.get(place.checked_sub(1)?)
    }

    /// The world at this place; beyond the end, the last one.
    pub fn world_at(&self, place: usize) -> &World {
        &self.worlds[place.min(self.steps.len())]
    }

    /// The last world.
    pub fn last(&self) -> &World {
        self.world_at(self.len())
    }

    /// Adds one choice.
    ///
    /// # Errors
    ///
    /// [`Impossible`] where the last world does not allow it; the trace is then as it was.
    pub fn extend(&mut self, choice: &Choice) -> Result<(), Impossible> {
        if self.len() >= Trace::STEPS_MAX {
            return Err(Impossible::TooLong);
        }
        let (world, step) = self.last().after(choice)?;
        self.worlds.push(world);
        self.steps.push(step);
        self.note_packets();
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
        let sent = self.packets.iter().filter(|life| life.history.sent_in <= place);
        let packets = sent.map(|life| PacketLife {
            end: life.end.filter(|(end, _)| *end <= place),
            ..life.clone()
        });
        Trace {
            start: self.start,
            worlds: self.worlds[..=place].to_vec(),
            steps: self.steps[..place].to_vec(),
            packets: packets.collect(),
        }
    }

    /// Every packet that was put on the network up to this place, with what became of it by then.
    pub fn packets_at(&self, place: usize) -> Vec<PacketHistory> {
        let network = self.world_at(place).network();
        let known = self.packets.iter().take_while(|life| life.history.sent_in <= place);
        known
            .map(|life| {
                let mut history = life.history.clone();
                match life.end {
                    Some((end, fate)) if end <= place => history.fate = fate,
                    // A delay changes when a packet is due, so the network knows best.
                    _ => {
                        let due_at = network.packet(history.packet.id).map(|packet| packet.due_at);
                        history.packet.due_at = due_at.unwrap_or(history.packet.due_at);
                    }
                }
                history
            })
            .collect()
    }

    /// Keeps the lives of the packets up to date with the newest step.
    fn note_packets(&mut self) {
        let (place, Some(step)) = (self.len(), self.steps.last()) else { return };
        if let Some((id, fate)) = fate_in(step) {
            let mut lives = self.packets.iter_mut();
            if let Some(life) = lives.find(|life| life.history.packet.id == id) {
                life.end = Some((place, fate));
            }
        }
        for &id in &step.sent {
            let Some(packet) = self.last().network().packet(id) else { continue };
            let original = packet
                .copy_of
                .and_then(|of| self.packets.iter().find(|life| life.history.packet.id == of));
            let said_in = original.map_or(place, |life| life.history.said_in);
            let history = PacketHistory {
                packet: packet.clone(),
                sent_in: place,
                said_in,
                fate: Fate::InFlight,
            };
            self.packets.push(PacketLife { history, end: None });
        }
    }
}

/// A packet as it was sent, and how it ended in the whole run.
#[derive(Clone, PartialEq, Eq, Debug)]
struct PacketLife {
    history: PacketHistory,
    end: Option<(usize, Fate)>,
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
