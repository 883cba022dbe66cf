//! The network: every segment under way, each with a name that a finger can point at.

use core::fmt;

use crate::{Duration, Few, Instant, PerSide, Segment, Side, StrangerId};

/// What happens to the packets under way, other than that an endpoint sends one. A packet is told
/// by its place among them.
#[derive(Clone, Copy)]
pub(crate) enum OnNetwork<'a> {
    Nothing,
    Gone(usize),
    Doubled(usize),
    Delayed(usize, Duration),
    /// Somebody else sent a segment in this side's name.
    Forged(Side, &'a Segment),
    /// A stranger sent B a segment.
    Called(StrangerId, &'a Segment),
}

/// The name of a packet: its ordinal among all that were ever put on the network, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PacketId(pub u32);

impl fmt::Display for PacketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The names of packets that were put on the network one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PacketIds {
    first: u32,
    /// The name that comes next.
    end: u32,
}

impl PacketIds {
    /// The names that packets were given between one network and a later one.
    pub(crate) fn between(earlier: &Network, later: &Network) -> PacketIds {
        PacketIds { first: earlier.named + 1, end: later.named + 1 }
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = PacketId> {
        (self.first..self.end).map(PacketId)
    }

    /// The first of them, if there is any.
    pub fn first(self) -> Option<PacketId> {
        self.iter().next()
    }

    /// Is there none?
    pub fn is_empty(self) -> bool {
        self.first == self.end
    }
}

/// A segment under way.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Packet {
    /// Its name.
    pub id: PacketId,
    /// Who sent it; it goes to the other side.
    pub from: Side,
    /// What it carries.
    pub segment: Segment,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it arrives if nobody interferes.
    pub due_at: Instant,
    /// The packet of which the network made this copy, if it is one.
    pub copy_of: Option<PacketId>,
    /// It bears this side's name, but it was not this side that sent it.
    pub forged: bool,
    /// The stranger at its other end, where it is none of A's: whom B writes to, or who writes to
    /// B. A stranger's packets to B travel with A's.
    pub stranger: Option<StrangerId>,
}

/// All packets under way, the oldest first.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Network {
    delay: PerSide<Duration>,
    in_flight: Few<Packet>,
    named: u32,
}

impl Network {
    /// An empty network on which what a side sends takes that side's delay to arrive.
    pub(crate) fn new(delay: PerSide<Duration>) -> Network {
        Network { delay, in_flight: Few::NONE, named: 0 }
    }

    /// All packets under way, the oldest first.
    pub fn in_flight(&self) -> &[Packet] {
        &self.in_flight
    }

    /// The packet of that name, if it is under way.
    pub fn packet(&self, id: PacketId) -> Option<&Packet> {
        self.in_flight.iter().find(|packet| packet.id == id)
    }

    /// How many packets have had a name so far.
    pub fn named(&self) -> u32 {
        self.named
    }

    /// Carries what a side sends, or what B and a stranger say to each other.
    pub(crate) fn send(
        &mut self,
        now: Instant,
        from: Side,
        stranger: Option<StrangerId>,
        segment: Segment,
    ) {
        self.carry(now, from, segment, (false, stranger));
    }

    /// Carries what somebody else sends in the name of `from`.
    fn forge(&mut self, now: Instant, from: Side, segment: Segment) {
        self.carry(now, from, segment, (true, None));
    }

    fn carry(
        &mut self,
        now: Instant,
        from: Side,
        segment: Segment,
        (forged, stranger): (bool, Option<StrangerId>),
    ) {
        let due_at = now + self.delay[from];
        let id = self.next_id();
        let (sent_at, copy_of) = (now, None);
        self.in_flight.push(Packet {
            id,
            from,
            segment,
            sent_at,
            due_at,
            copy_of,
            forged,
            stranger,
        });
    }

    /// Where the packet of that name stands among those under way.
    pub(crate) fn place_of(&self, id: PacketId) -> Option<usize> {
        self.in_flight.iter().position(|packet| packet.id == id)
    }

    /// Lets happen what the network does of its own accord, or somebody else does to it.
    pub(crate) fn happen(&mut self, now: Instant, happening: OnNetwork<'_>) {
        match happening {
            OnNetwork::Nothing => {}
            OnNetwork::Gone(place) => self.in_flight.remove(place),
            OnNetwork::Doubled(place) => self.copy(place),
            OnNetwork::Delayed(place, by) => self.delay(now, place, by),
            OnNetwork::Forged(from, segment) => self.forge(now, from, segment.clone()),
            OnNetwork::Called(stranger, segment) => {
                self.send(now, Side::A, Some(stranger), segment.clone());
            }
        }
    }

    /// Adds a copy that arrives right behind its original.
    fn copy(&mut self, place: usize) {
        let Some(original) = self.in_flight.get(place).cloned() else { return };
        let id = self.next_id();
        self.in_flight.push(Packet { id, copy_of: Some(original.id), ..original });
    }

    /// Holds a packet back: it arrives so much later than it would have, or than now if it is late.
    fn delay(&mut self, now: Instant, place: usize, by: Duration) {
        if let Some(packet) = self.in_flight.get_mut(place) {
            packet.due_at = packet.due_at.max(now) + by;
        }
    }

    /// The same after a happening, and with room for so many more packets.
    pub(crate) fn after(&self, now: Instant, happening: OnNetwork<'_>, more: usize) -> Network {
        let (gone, room) = match happening {
            OnNetwork::Gone(place) => (Some(place), self.in_flight.len() + more - 1),
            OnNetwork::Doubled(_) | OnNetwork::Forged(..) | OnNetwork::Called(..) => {
                (None, self.in_flight.len() + more + 1)
            }
            OnNetwork::Delayed(..) | OnNetwork::Nothing => (None, self.in_flight.len() + more),
        };
        let mut in_flight = Few::with_room(room);
        for (place, packet) in self.in_flight.iter().enumerate() {
            // What is gone is not even copied.
            if Some(place) != gone {
                in_flight.push(packet.clone());
            }
        }
        let mut network = Network { in_flight, ..*self };
        if gone.is_none() {
            network.happen(now, happening);
        }
        network
    }

    fn next_id(&mut self) -> PacketId {
        self.named += 1;
        PacketId(self.named)
    }
}
