//! Fingerprints of worlds, and a set of them.

use alloc::vec;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::{Cookie, Endpoint, Listener, Settings, Side, Tcb, Timer, Variant, World};

/// What tells a world from another: all but the clock, what was learned about round trips, and the
/// names and order of packets. `extra` is told apart as well.
///
/// With timestamps every segment carries the clock, so that hardly any two worlds are the same:
/// explore without them.
pub(super) fn fingerprint(world: &World, extra: &impl Hash) -> u64 {
    let mut hasher = Mixer::default();
    extra.hash(&mut hasher);
    for side in Side::BOTH {
        hash_end(world.end(side), &mut hasher);
    }
    // A sum does not care about the order of what is summed.
    let packets = world.network().in_flight().iter().map(|packet| {
        let mut hasher = Mixer::default();
        (packet.from, packet.forged, packet.stranger, &packet.segment).hash(&mut hasher);
        hasher.finish()
    });
    hasher.write_u64(packets.fold(0, u64::wrapping_add));
    if let Some(listener) = world.listener() {
        hash_listener(listener, world, &mut hasher);
    }
    hasher.finish()
}

fn hash_end(end: &Endpoint, hasher: &mut Mixer) {
    (end.numbers, end.quiet_until.is_some()).hash(hasher);
    let Some(tcb) = end.tcb() else { return hasher.write_u8(0) };
    hash_tcb(tcb, end.settings(), hasher);
}

/// The queues, and each stranger's connection, in the order of their names. The age of a cookie is
/// all of the clock that counts.
fn hash_listener(listener: &Listener, world: &World, hasher: &mut Mixer) {
    let settings = world.end(Side::B).settings();
    (listener.is_open, listener.awaited, listener.accept_wanted, &listener.waiting).hash(hasher);
    for stranger in listener.strangers() {
        stranger.id.hash(hasher);
        hash_tcb(&stranger.tcb, settings, hasher);
    }
    if settings.variant == Variant::SynCookies {
        hasher.write_u64(Cookie::ticks(world.now()));
    }
}

fn hash_tcb(tcb: &Tcb, settings: &Settings, hasher: &mut Mixer) {
    (tcb.state, tcb.origin, tcb.awaited, tcb.snd, tcb.rcv, tcb.send_mss, tcb.agreed).hash(hasher);
    (&tcb.outgoing, &tcb.incoming).hash(hasher);
    for timer in Timer::ALL {
        tcb.timer(timer, settings).is_some().hash(hasher);
    }
    tcb.delayed_ack.map(|delayed| delayed.since).hash(hasher);
    tcb.keep_alive.map(|(_, unanswered)| unanswered).hash(hasher);
}

/// A quick hash function for small values: a product with an odd number, turned, for each word.
#[derive(Default)]
struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        let mixed = self.0.wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 33)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
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
        if self.len * 8 >= self.table.len() * 7 {
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
        let mask = self.table.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "only the lower bits count")]
        let mut place = fingerprint as usize & mask;
        while self.table[place] != 0 && self.table[place] != fingerprint {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = (self.table.len() * 2).max(64);
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
