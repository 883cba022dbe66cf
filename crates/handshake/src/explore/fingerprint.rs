//! Fingerprints of worlds, and a set of them.

use alloc::vec;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use super::memory::Known;
use crate::change::{Deed, Prospect};
use crate::network::OnNetwork;
use crate::{
    Budget, Cookie, Endpoint, Instant, Listener, Options, Packet, PerSide, Segment, Settings, Side,
    StrangerId, Tcb, Timer, Variant, World,
};

impl World {
    /// Feeds a hasher with what tells this world from another: all but the clock, what was learned
    /// or counted by it (round trips and challenge ACKs), and the names and order of packets. It is
    /// what the [`Explorer`](crate::Explorer) goes by.
    ///
    /// With timestamps every segment carries the clock, so that hardly any two worlds are the same:
    /// explore without them.
    pub fn hash_canonical(&self, hasher: &mut impl Hasher) {
        Shape::of(self).hash(hasher);
    }
}

/// What tells a world from another, each part as a number: so the shape of a changed world follows
/// from that of the world before.
#[derive(Clone, Copy, Hash, Debug)]
pub(super) struct Shape {
    ends: PerSide<u64>,
    /// A sum, because it does not care about the order of what is summed.
    packets: u64,
    /// Zero without one.
    listener: u64,
}

impl Shape {
    pub(super) fn of(world: &World) -> Shape {
        let ends = PerSide::from_fn(|side| hash_of_end(world.end(side)));
        let packets = world.network().in_flight().iter();
        let sum = packets.map(hash_of_packet).fold(0, u64::wrapping_add);
        let listener = hash_of_listener(world.listener(), world, world.now);
        Shape { ends, packets: sum, listener }
    }

    /// The shape of the world in which it has happened, a packet of this hash has come or gone, and
    /// an endpoint has done this, if one acts.
    pub(super) fn after(
        mut self,
        world: &World,
        prospect: &Prospect<'_, '_>,
        moved: u64,
        known: Option<&Known>,
    ) -> Shape {
        self.packets = match prospect.network {
            OnNetwork::Gone(_) => self.packets.wrapping_sub(moved),
            _ => self.packets.wrapping_add(moved),
        };
        if let (Some((side, _)), Some(known)) = (prospect.act, known) {
            self.ends[side] = known.shape.end;
            self.packets = self.packets.wrapping_add(known.shape.sent);
        }
        let listener = known.and_then(|known| known.deed.listener.as_deref()).or(world.listener());
        self.listener = hash_of_listener(listener, world, prospect.at);
        self
    }
}

/// What a deed makes of a world's shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeedShape {
    end: u64,
    /// The sum of what was sent.
    sent: u64,
}

impl DeedShape {
    pub(super) fn of(side: Side, deed: &Deed) -> DeedShape {
        let hash = |(who, segment): &(_, _)| hash_of_segment(side, (false, *who), segment);
        let sent = deed.sent.iter().map(hash).fold(0, u64::wrapping_add);
        DeedShape { end: hash_of_end(&deed.end), sent }
    }
}

/// The fingerprint of a world; what is left of the budget and what has come true are told apart as
/// well.
pub(super) fn fingerprint(shape: Shape, budget: Budget, come_true: u32) -> u64 {
    let Budget { drops, duplicates, timeouts, calls, crashes, forgeries } = budget;
    let mut hasher = Mixer::default();
    let left = [drops, duplicates, timeouts, calls, crashes, forgeries, 0, 0];
    hasher.mix(u64::from_le_bytes(left));
    hasher.mix(come_true.into());
    shape.hash(&mut hasher);
    hasher.finish()
}

/// A hash of all of something.
pub(super) fn hash_of(thing: impl Hash) -> u64 {
    let mut hasher = Mixer::default();
    thing.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn hash_of_packet(packet: &Packet) -> u64 {
    hash_of_segment(packet.from, (packet.forged, packet.stranger), &packet.segment)
}

pub(super) fn hash_of_segment(
    from: Side,
    (forged, stranger): (bool, Option<StrangerId>),
    segment: &Segment,
) -> u64 {
    let Segment { seq, ack, flags, window, options, text } = segment;
    let kind = u32::from(from == Side::B) << 1 | u32::from(forged);
    let mut hasher = Mixer::default();
    hasher.mix_both(seq.0, ack.0);
    hasher.mix_both(u32::from(*window) << 8 | u32::from(flags.bits()), kind);
    stranger.map(|id| id.0).hash(&mut hasher);
    if *options != Options::default() {
        options.hash(&mut hasher);
    }
    text.hash(&mut hasher);
    hasher.finish()
}

fn hash_of_end(end: &Endpoint) -> u64 {
    let mut hasher = Mixer::default();
    (end.numbers, end.quiet_until.is_some()).hash(&mut hasher);
    if let Some(tcb) = end.tcb() {
        hash_tcb(tcb, end.settings(), &mut hasher);
    }
    hasher.finish()
}

/// The queues, and each stranger's connection, in the order of their names. The age of a cookie is
/// all of the clock that counts.
fn hash_of_listener(listener: Option<&Listener>, world: &World, now: Instant) -> u64 {
    let Some(listener) = listener else { return 0 };
    let mut hasher = Mixer::default();
    let settings = world.end(Side::B).settings();
    (listener.is_open, listener.awaited, listener.accept_wanted).hash(&mut hasher);
    listener.waiting.hash(&mut hasher);
    for stranger in listener.strangers() {
        stranger.id.hash(&mut hasher);
        hash_tcb(&stranger.tcb, settings, &mut hasher);
    }
    if settings.variant == Variant::SynCookies {
        hasher.write_u64(Cookie::ticks(now));
    }
    hasher.finish()
}

fn hash_tcb(tcb: &Tcb, settings: &Settings, hasher: &mut Mixer) {
    let (snd, rcv) = (&tcb.snd, &tcb.rcv);
    let timers = Timer::ALL
        .into_iter()
        .fold(0, |bits, timer| bits << 1 | u32::from(tcb.timer(timer, settings).is_some()));
    hasher.mix_both(snd.una.0, snd.nxt.0);
    hasher.mix_both(snd.wl1.0, snd.wl2.0);
    hasher.mix_both(snd.wnd, snd.max_wnd);
    hasher.mix_both(snd.iss.0, rcv.irs.0);
    hasher.mix_both(rcv.nxt.0, rcv.wnd);
    hasher.mix_both(timers, tcb.send_mss.into());
    (tcb.state, tcb.origin, tcb.awaited, tcb.agreed).hash(hasher);
    (&tcb.outgoing, &tcb.incoming).hash(hasher);
    tcb.delayed_ack.map(|delayed| delayed.since).hash(hasher);
    tcb.keep_alive.map(|(_, unanswered)| unanswered).hash(hasher);
}

/// A quick hash function for small values: a product with an odd number, turned, for each word.
/// Words go by turns into two of them, so that neither has to wait for the other.
#[derive(Default)]
struct Mixer(u64, u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = self.1;
        self.1 = mixed ^ (mixed >> 32);
    }

    fn mix_both(&mut self, high: u32, low: u32) {
        self.mix(u64::from(high) << 32 | u64::from(low));
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        let both = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32) ^ self.1;
        let mixed = both.wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 33)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.mix(chunk.iter().rev().fold(0, |word, &octet| word << 8 | u64::from(octet)));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(value.into());
    }

    fn write_u16(&mut self, value: u16) {
        self.mix(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.mix(value.unsigned_abs() as u64);
    }
}

/// A set of fingerprints: a table in which each stands at its own place or at the next free one.
/// Places are in the order of fingerprints, so that growing goes through memory from front to back.
#[derive(Debug, Default)]
pub(super) struct Seen {
    table: Vec<u64>,
    len: usize,
}

impl Seen {
    /// Adds a fingerprint. Is it new?
    pub(super) fn insert(&mut self, fingerprint: u64) -> bool {
        // Zero marks a free place, so a fingerprint of zero stands for one.
        let fingerprint = fingerprint.max(1);
        if self.len * 16 >= self.table.len() * 13 {
            self.grow();
        }
        let place = self.place_of(fingerprint);
        if self.table[place] == fingerprint {
            return false;
        }
        self.table[place] = fingerprint;
        self.len += 1;
        true
    }

    /// Where a fingerprint stands, or would stand.
    fn place_of(&self, fingerprint: u64) -> usize {
        let len = self.table.len();
        #[expect(clippy::cast_possible_truncation, reason = "it is less than the length")]
        let mut place = ((u128::from(fingerprint) * len as u128) >> 64) as usize;
        while self.table[place] != 0 && self.table[place] != fingerprint {
            place = if place + 1 == len { 0 } else { place + 1 };
        }
        place
    }

    /// Grows by a third only: what is free is memory that nobody uses.
    fn grow(&mut self) {
        let larger = (self.table.len() + self.table.len() / 3).max(64);
        let old = core::mem::replace(&mut self.table, vec![0; larger]);
        for fingerprint in old.into_iter().filter(|&fingerprint| fingerprint != 0) {
            let place = self.place_of(fingerprint);
            self.table[place] = fingerprint;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_what_it_has_seen() {
        let mut seen = Seen::default();
        let scattered = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        assert!((0..10_000).all(|n| seen.insert(scattered(n))));
        assert!((0..10_000).all(|n| !seen.insert(scattered(n))));
        assert_eq!(seen.len, 10_000);
    }
}
