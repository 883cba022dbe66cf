//! RFC 9293 section 3.1: the header's bytes and its checksum, against examples that were worked out
//! by hand and confirmed with another implementation.

use capture::{Addresses, Ports, checksum, segment_bytes};
use handshake::{Flags, Octets, Options, Segment, SeqNum, Timestamps};
use std::net::{Ipv4Addr, Ipv6Addr};

const CLIENT: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const SERVER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const CLIENT_6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
const SERVER_6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 2);
const TO_SERVER: Addresses = Addresses::V4 { source: CLIENT, destination: SERVER };
const TO_CLIENT: Addresses = Addresses::V4 { source: SERVER, destination: CLIENT };
const TO_SERVER_6: Addresses = Addresses::V6 { source: CLIENT_6, destination: SERVER_6 };
const TO_CLIENT_6: Addresses = Addresses::V6 { source: SERVER_6, destination: CLIENT_6 };
const CLIENT_PORTS: Ports = Ports { source: 49152, destination: 80 };
const SERVER_PORTS: Ports = Ports { source: 80, destination: 49152 };

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two digits")).collect()
}

fn syn_ack() -> Segment {
    Segment {
        seq: SeqNum(300),
        ack: SeqNum(101),
        flags: Flags::SYN | Flags::ACK,
        window: 65160,
        options: Options { mss: Some(1460), ..Options::default() },
        text: Octets::NONE,
    }
}

fn hello() -> Segment {
    Segment {
        seq: SeqNum(101),
        ack: SeqNum(301),
        flags: Flags::PSH | Flags::ACK,
        window: 502,
        text: b"hello".into(),
        ..Segment::default()
    }
}

#[test]
fn the_checksum_covers_pseudo_header_header_and_options() {
    let syn = bytes(
        "c0 00 00 50 00 00 00 64 00 00 00 00 a0 02 fa f0 00 00 00 00 \
         02 04 05 b4 04 02 08 0a 00 00 10 00 00 00 00 00 01 03 03 07",
    );
    assert_eq!(checksum(TO_SERVER, &syn), 0x9023);
    assert_eq!(checksum(TO_SERVER_6, &syn), 0x20e6);
}

#[test]
fn a_syn_ack_is_laid_out_field_by_field() {
    let expected = bytes("00 50 c0 00 00 00 01 2c 00 00 00 65 60 12 fe 88 eb 74 00 00 02 04 05 b4");
    assert_eq!(segment_bytes(&syn_ack(), TO_CLIENT, SERVER_PORTS), expected);
    let over_ipv6 = segment_bytes(&syn_ack(), TO_CLIENT_6, SERVER_PORTS);
    assert_eq!(over_ipv6[16..18], [0x7c, 0x37]);
}

#[test]
fn a_bare_acknowledgment_is_twenty_octets() {
    let ack = Segment { flags: Flags::ACK, text: Octets::NONE, ..hello() };
    let expected = bytes("c0 00 00 50 00 00 00 65 00 00 01 2d 50 10 01 f6 ff c4 00 00");
    assert_eq!(segment_bytes(&ack, TO_SERVER, CLIENT_PORTS), expected);
    assert_eq!(segment_bytes(&ack, TO_SERVER_6, CLIENT_PORTS)[16..18], [0x90, 0x87]);
}

#[test]
fn odd_text_is_padded_for_the_sum_and_not_sent_longer() {
    let expected =
        bytes("c0 00 00 50 00 00 00 65 00 00 01 2d 50 18 01 f6 bb e5 00 00 68 65 6c 6c 6f");
    assert_eq!(segment_bytes(&hello(), TO_SERVER, CLIENT_PORTS), expected);
    assert_eq!(segment_bytes(&hello(), TO_SERVER_6, CLIENT_PORTS)[16..18], [0x4c, 0xa8]);
}

#[test]
fn what_arrives_as_it_was_sent_sums_to_zero() {
    for segment in [syn_ack(), hello()] {
        let mut sent = segment_bytes(&segment, TO_SERVER, CLIENT_PORTS);
        assert_eq!(checksum(TO_SERVER, &sent), 0);
        sent[4] ^= 1;
        assert_ne!(checksum(TO_SERVER, &sent), 0);
    }
}

/// RFC 7323 appendix A: no-operations stand before what is shorter than its words.
#[test]
fn options_lie_on_words_of_their_own() {
    let options = Options {
        mss: Some(1460),
        window_scale: Some(7),
        sack_permitted: true,
        timestamps: Some(Timestamps { value: 4096, echo: 0 }),
    };
    let syn = Segment { flags: Flags::SYN, options, ..Segment::default() };
    let sent = segment_bytes(&syn, TO_SERVER, CLIENT_PORTS);
    assert_eq!(sent.len(), 20 + usize::from(options.octets()));
    assert_eq!(sent[12], 11 << 4, "data offset: five words, and six of options");
    let expected = bytes("02 04 05 b4 01 01 04 02 01 01 08 0a 00 00 10 00 00 00 00 00 01 03 03 07");
    assert_eq!(sent[20..], expected);
}
