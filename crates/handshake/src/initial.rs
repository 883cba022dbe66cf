//! Initial sequence numbers as a real endpoint computes them (RFC 9293 section 3.4.1, RFC 6528).
//!
//! In a run they are an input, see [`InitialNumbers`](crate::InitialNumbers); here is where such
//! an input can come from.

use alloc::vec::Vec;

use crate::siphash::siphash_2_4;
use crate::{Instant, SeqNum};

/// One end of a connection as the rest of the network knows it. Two of them name a connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Socket {
    /// The IPv4 address, as one word: 192.0.2.1 is `0xc000_0201`.
    pub address: u32,
    /// The port.
    pub port: u16,
}

/// ISN = M + F(local socket, remote socket, secret) (SHLD-1).
///
/// M is a clock that ticks every 4 microseconds (MUST-8), so that it comes round after 4.77 hours.
/// F is SipHash-2-4 of both sockets under a secret key, which nobody outside can compute (MUST-9).
/// Within one connection's name the numbers rise with time, so that a new connection begins beyond
/// the numbers of the one before; what they are for one name says nothing of any other.
///
/// ```
/// use handshake::{Duration, Instant, Socket, initial_number};
///
/// let t = Socket { address: 0xc000_0201, port: 51314 };
/// let p = Socket { address: 0xc000_0202, port: 520 };
/// let secret = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];
/// let noon = Instant(0) + Duration::from_secs(12 * 3600);
/// let later = noon + Duration::from_millis(1);
///
/// // The same connection a millisecond later: 250 ticks of 4 microseconds further on.
/// let first = initial_number(noon, t, p, secret);
/// let second = initial_number(later, t, p, secret);
/// assert!(first.is_before(second));
/// assert_eq!(first.distance_to(second), 250);
///
/// // Another port at the same moment: the distance is as good as any.
/// let neighbour = initial_number(noon, Socket { port: 51315, ..t }, p, secret);
/// assert!(first.distance_to(neighbour) > 1_000_000);
/// assert!(neighbour.distance_to(first) > 1_000_000);
/// ```
pub fn initial_number(now: Instant, local: Socket, remote: Socket, secret: [u64; 2]) -> SeqNum {
    let name: Vec<u8> = [local, remote]
        .into_iter()
        .flat_map(|socket| {
            let (address, port) = (socket.address.to_be_bytes(), socket.port.to_be_bytes());
            address.into_iter().chain(port)
        })
        .collect();
    let ticks = now.0 / 4;
    SeqNum(low(ticks)) + low(siphash_2_4(secret, &name))
}

/// The lower half of a word.
#[expect(clippy::cast_possible_truncation, reason = "numbers go round after 2^32")]
fn low(word: u64) -> u32 {
    word as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Duration;

    const HERE: Socket = Socket { address: 0xc000_0201, port: 51314 };
    const THERE: Socket = Socket { address: 0xc000_0202, port: 520 };
    const SECRET: [u64; 2] = [7, 11];

    fn number(now: Instant, here: Socket, there: Socket) -> SeqNum {
        initial_number(now, here, there, SECRET)
    }

    /// MUST-8: one tick every 4 microseconds, and the circle is once round after 2^34 of these.
    #[test]
    fn clock_ticks_every_four_microseconds() {
        let first = number(Instant(0), HERE, THERE);
        assert_eq!(number(Instant(3), HERE, THERE), first);
        assert_eq!(number(Instant(4), HERE, THERE), first + 1);
        assert_eq!(number(Instant(4 << 32), HERE, THERE), first);
        let second = number(Instant(0) + Duration::from_secs(1), HERE, THERE);
        assert_eq!(first.distance_to(second), 250_000);
    }

    /// Section 3.4.1: every part of the connection's name counts, and so does the secret.
    #[test]
    fn every_part_of_the_name_changes_the_number() {
        let now = Instant(0);
        let first = number(now, HERE, THERE);
        let others = [
            number(now, Socket { port: 51315, ..HERE }, THERE),
            number(now, Socket { address: 0xc000_0203, ..HERE }, THERE),
            number(now, HERE, Socket { port: 521, ..THERE }),
            number(now, HERE, Socket { address: 0xc000_0203, ..THERE }),
            number(now, THERE, HERE),
            initial_number(now, HERE, THERE, [7, 12]),
            initial_number(now, HERE, THERE, [8, 11]),
        ];
        assert!(others.iter().all(|&other| other != first), "{others:?}");
    }
}
