//! SYN cookies (RFC 4987 section 3.6): an ISS that remembers for an endpoint that keeps nothing.
//!
//! The distance from the caller's initial number to the cookie has three parts, in the layout that
//! D. J. Bernstein published: five bits of a counter, three bits that stand for an MSS, and 24 bits
//! of a keyed hash. Whoever sends the cookie back in an ACK has received it, so the caller is where
//! it says it is; what does not fit into these bits is lost.

use crate::{Duration, Instant, SeqNum, StrangerId, Tcb};

/// The three parts of a cookie.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cookie {
    /// When it was made: the counter modulo 32.
    pub counter: u8,
    /// Which of [`Cookie::MSS`] the caller's MSS was rounded down to.
    pub mss_index: u8,
    /// The keyed hash of 24 bits, which nobody else can compute.
    pub hash: u32,
}

impl Cookie {
    /// How long the counter stands still.
    pub const TICK: Duration = Duration::from_secs(64);
    /// How many ticks a cookie stays valid beyond the one in which it was made.
    pub const TICKS_VALID: u8 = 2;
    /// The sizes that three bits can stand for, in octets.
    pub const MSS: [u16; 8] = [64, 512, 536, 1024, 1440, 1460, 4312, 8960];

    /// How often the counter has ticked at this moment.
    pub(crate) fn ticks(now: Instant) -> u64 {
        now.0 / Cookie::TICK.0
    }

    /// The cookie for a caller whose SYN bears the number `irs` and announces `mss`. The caller is
    /// a stranger, or the peer of the world where there is none.
    pub fn bake(now: Instant, caller: Option<StrangerId>, irs: SeqNum, mss: Option<u16>) -> Cookie {
        let mss = mss.unwrap_or(Tcb::DEFAULT_SEND_MSS);
        let larger = Cookie::MSS.iter().position(|&size| size > mss).unwrap_or(Cookie::MSS.len());
        let mss_index = u8::try_from(larger.saturating_sub(1)).unwrap_or(0);
        Cookie::sealed(Cookie::ticks(now), caller, irs, mss_index)
    }

    fn sealed(ticks: u64, caller: Option<StrangerId>, irs: SeqNum, mss_index: u8) -> Cookie {
        let hash = keyed_hash(ticks, caller, irs, mss_index);
        let counter = u8::try_from(ticks % 32).unwrap_or(0);
        Cookie { counter, mss_index, hash }
    }

    /// The ISS that says it, to a caller whose SYN bore the number `irs`.
    pub fn iss(self, irs: SeqNum) -> SeqNum {
        let parts = u32::from(self.counter) << 27 | u32::from(self.mss_index) << 24 | self.hash;
        irs + parts
    }

    /// Takes an ISS apart again; every number can be taken apart, few are valid.
    pub fn of(iss: SeqNum, irs: SeqNum) -> Cookie {
        let parts = irs.distance_to(iss);
        let bits = |from: u32, mask: u32| u8::try_from(parts >> from & mask).unwrap_or(0);
        Cookie { counter: bits(27, 31), mss_index: bits(24, 7), hash: parts & 0x00ff_ffff }
    }

    /// The MSS that it remembers, if it was made here, for this caller, and not too long ago.
    pub fn open(self, now: Instant, caller: Option<StrangerId>, irs: SeqNum) -> Option<u16> {
        let now = Cookie::ticks(now);
        let age = now.wrapping_sub(u64::from(self.counter)) % 32;
        let baked = now.checked_sub(age)?;
        let is_valid = age <= u64::from(Cookie::TICKS_VALID)
            && self == Cookie::sealed(baked, caller, irs, self.mss_index);
        is_valid.then(|| Cookie::MSS[usize::from(self.mss_index)])
    }
}

/// The secret of the endpoint. A real one chooses it anew when it starts.
const KEY: u64 = 0x2545_f491_4f6c_dd1d;

/// A hash of 24 bits. A real endpoint takes one that cannot be computed backwards; in here nobody
/// tries, so that stirring is enough.
fn keyed_hash(ticks: u64, caller: Option<StrangerId>, irs: SeqNum, mss_index: u8) -> u32 {
    // The peer has a name beyond those of all strangers.
    let caller = caller.map_or(1 << 16, |StrangerId(number)| u64::from(number));
    let words = [ticks, caller, irs.0.into(), mss_index.into()];
    let stirred = words.into_iter().fold(KEY, |state, word| {
        let state = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^ (state >> 29)
    });
    u32::try_from(stirred >> 40).unwrap_or(0)
}
