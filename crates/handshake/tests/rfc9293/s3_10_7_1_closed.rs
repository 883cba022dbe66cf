//! Section 3.10.7.1: a segment arrives in CLOSED.

use handshake::{Flags, Rule, Segment};

use crate::support::{ack, acking, arrives, closed, plain, rst, rst_ack, syn, syn_ack, with_text};

#[test]
fn reset_is_dropped() {
    for reset in [rst(0), rst(301), rst_ack(0, 101), plain(301, Flags::RST | Flags::SYN)] {
        arrives(closed(), reset).follows(Rule::ClosedReset).sends_nothing().changes_nothing();
    }
}

#[test]
fn syn_is_answered_with_reset_that_acknowledges_it() {
    arrives(closed(), syn(300))
        .follows(Rule::ClosedRefuses)
        .sends(&["<SEQ=0><ACK=301><CTL=RST,ACK>"])
        .changes_nothing()
        .signals_nothing();
}

#[test]
fn reset_acknowledges_all_that_the_segment_occupies() {
    for (segment, reset) in [
        (plain(300, Flags::NONE), "<SEQ=0><ACK=300><CTL=RST,ACK>"),
        (plain(300, Flags::FIN), "<SEQ=0><ACK=301><CTL=RST,ACK>"),
        (with_text(plain(300, Flags::NONE), 10), "<SEQ=0><ACK=310><CTL=RST,ACK>"),
        (with_text(plain(300, Flags::SYN | Flags::FIN), 10), "<SEQ=0><ACK=312><CTL=RST,ACK>"),
        (syn(u32::MAX), "<SEQ=0><ACK=0><CTL=RST,ACK>"),
    ] {
        arrives(closed(), segment).follows(Rule::ClosedRefuses).sends(&[reset]).changes_nothing();
    }
}

#[test]
fn ack_is_answered_with_reset_at_the_number_it_names() {
    for (segment, reset) in [
        (ack(301, 101), "<SEQ=101><CTL=RST>"),
        (syn_ack(300, 101), "<SEQ=101><CTL=RST>"),
        (acking(301, 101, Flags::FIN), "<SEQ=101><CTL=RST>"),
        (with_text(ack(301, u32::MAX), 10), "<SEQ=4294967295><CTL=RST>"),
    ] {
        arrives(closed(), segment)
            .follows(Rule::ClosedRefusesAck)
            .sends(&[reset])
            .changes_nothing();
    }
}

/// The number beside a flag that is off means nothing.
#[test]
fn acknowledgment_number_without_the_flag_is_not_looked_at() {
    let segment = Segment { ack: handshake::SeqNum(777), ..syn(300) };
    arrives(closed(), segment)
        .follows(Rule::ClosedRefuses)
        .sends(&["<SEQ=0><ACK=301><CTL=RST,ACK>"]);
}
