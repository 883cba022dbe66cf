//! RFC 9293 section 3.1 against a real kernel: a SYN with a wrong checksum, which Linux 6.18 threw
//! away in silence, the same SYN with the right one, and its answer. (`24e` of the conversations
//! that `crates/handshake/tests/linux` does again.)

use capture::{Addresses, Ports, checksum, segment_bytes};
use handshake::{Flags, Options, Segment, SeqNum};
use std::net::Ipv4Addr;

const A: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const B: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const TO_A: Addresses = Addresses::V4 { source: B, destination: A };
const TO_B: Addresses = Addresses::V4 { source: A, destination: B };

/// A recording: the ports, the three segments as they went over the wire, and B's number.
struct Recorded {
    ports: Ports,
    damaged: &'static str,
    whole: &'static str,
    answer: &'static str,
    iss: u32,
}

const RECORDED: [Recorded; 2] = [
    Recorded {
        ports: Ports { source: 40103, destination: 9103 },
        damaged: "9ca7238f00001388000000006002faf010260000020405b4",
        whole: "9ca7238f00001388000000006002faf045730000020405b4",
        answer: "238f9ca7c0fec3d0000013896012faf0c0920000020405b4",
        iss: 3_237_921_744,
    },
    Recorded {
        ports: Ports { source: 40103, destination: 9603 },
        damaged: "9ca7258300001388000000006002faf0162a0000020405b4",
        whole: "9ca7258300001388000000006002faf0437f0000020405b4",
        answer: "25839ca7256af360000013896012faf02aa30000020405b4",
        iss: 627_766_112,
    },
];

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).expect("ASCII"));
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("two digits")).collect()
}

#[test]
fn what_linux_threw_away_has_a_wrong_checksum_and_what_it_answered_a_right_one() {
    for Recorded { damaged, whole, answer, .. } in RECORDED {
        assert_ne!(checksum(TO_B, &bytes(damaged)), 0);
        assert_eq!(checksum(TO_B, &bytes(whole)), 0);
        assert_eq!(checksum(TO_A, &bytes(answer)), 0);
    }
}

#[test]
fn nothing_else_was_wrong_with_it() {
    for Recorded { damaged, whole, .. } in RECORDED {
        let (damaged, whole) = (bytes(damaged), bytes(whole));
        let differ = (0..whole.len()).filter(|&place| damaged[place] != whole[place]);
        assert_eq!(differ.collect::<Vec<_>>(), [16, 17], "the checksum");
    }
}

#[test]
fn our_segments_are_the_same_octets() {
    for Recorded { ports, whole, answer, iss, .. } in RECORDED {
        let options = Options { mss: Some(1460), ..Options::default() };
        let syn = Segment {
            seq: SeqNum(5000),
            flags: Flags::SYN,
            window: 64240,
            options,
            ..Segment::default()
        };
        assert_eq!(segment_bytes(&syn, TO_B, ports), bytes(whole));
        let back = Ports { source: ports.destination, destination: ports.source };
        let flags = Flags::SYN | Flags::ACK;
        let syn_ack = Segment { seq: SeqNum(iss), ack: SeqNum(5001), flags, ..syn };
        assert_eq!(segment_bytes(&syn_ack, TO_A, back), bytes(answer));
    }
}
