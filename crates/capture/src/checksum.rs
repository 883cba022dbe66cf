//! The checksum, which is never optional (RFC 9293 section 3.1, MUST-2 and MUST-3).

use crate::Addresses;

/// TCP's number among the protocols that IP carries.
const PROTOCOL: u32 = 6;

/// The checksum of a header and its text: the one's complement of the one's complement sum of their
/// words of 16 bits and of a pseudo-header of addresses, protocol and length. An odd last octet
/// counts as the upper half of a word.
///
/// Over a segment whose checksum is zero it gives the checksum to send; over one that arrived as it
/// was sent it gives zero.
pub fn checksum(addresses: Addresses, tcp: &[u8]) -> u16 {
    // In a sum of words it makes no difference how the pseudo-header pads its fields with zeros.
    let length = u32::try_from(tcp.len()).unwrap_or(u32::MAX);
    let pseudo_header = match addresses {
        Addresses::V4 { source, destination } => sum(&source.octets()) + sum(&destination.octets()),
        Addresses::V6 { source, destination } => sum(&source.octets()) + sum(&destination.octets()),
    };
    let total = pseudo_header + sum(&length.to_be_bytes()) + u64::from(PROTOCOL) + sum(tcp);
    !fold(total)
}

/// The sum of words of 16 bits. Beyond 2⁴⁸ octets it could overflow.
fn sum(bytes: &[u8]) -> u64 {
    let word = |pair: &[u8]| match *pair {
        [upper, lower] => u64::from(u16::from_be_bytes([upper, lower])),
        [upper] => u64::from(u16::from_be_bytes([upper, 0])),
        _ => 0,
    };
    bytes.chunks(2).map(word).sum()
}

/// Adds the carries to the sum until there are none, as one's complement arithmetic does.
fn fold(mut sum: u64) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    u16::try_from(sum).unwrap_or(u16::MAX)
}
