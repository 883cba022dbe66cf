//! Segments as the bytes that go over the wire (RFC 9293 section 3.1).
#![no_std]

extern crate alloc;

mod checksum;
mod options;

pub use checksum::checksum;
pub use options::option_bytes;

use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use handshake::Segment;

/// Where a segment comes from and where it goes, as far as IP knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Addresses {
    /// IPv4.
    V4 {
        /// Where it comes from.
        source: Ipv4Addr,
        /// Where it goes.
        destination: Ipv4Addr,
    },
    /// IPv6.
    V6 {
        /// Where it comes from.
        source: Ipv6Addr,
        /// Where it goes.
        destination: Ipv6Addr,
    },
}

/// The two ports of a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ports {
    /// Of its sender.
    pub source: u16,
    /// Of its receiver.
    pub destination: u16,
}

/// Where the checksum stands in the header.
const CHECKSUM_AT: usize = 16;

/// A segment as it goes over the wire: header, options and text, with the checksum in place.
///
/// The reserved bits and the urgent pointer are zero.
pub fn segment_bytes(segment: &Segment, addresses: Addresses, ports: Ports) -> Vec<u8> {
    let options = option_bytes(&segment.options);
    // 20 octets and at most 24 of options: eleven words at most, and the field holds fifteen.
    let words = 5 + u8::try_from(options.len() / 4).unwrap_or(10);
    let mut bytes = Vec::with_capacity(20 + options.len() + segment.text.len());
    bytes.extend(ports.source.to_be_bytes());
    bytes.extend(ports.destination.to_be_bytes());
    bytes.extend(segment.seq.0.to_be_bytes());
    bytes.extend(segment.ack.0.to_be_bytes());
    bytes.extend([words << 4, segment.flags.bits()]);
    bytes.extend(segment.window.to_be_bytes());
    bytes.extend([0; 4]);
    bytes.extend(options);
    bytes.extend(segment.text.iter());
    let sum = checksum(addresses, &bytes);
    bytes[CHECKSUM_AT..CHECKSUM_AT + 2].copy_from_slice(&sum.to_be_bytes());
    bytes
}
