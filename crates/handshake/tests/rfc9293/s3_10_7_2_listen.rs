//! Section 3.10.7.2: a segment arrives in LISTEN.

use handshake::{Flags, Instant, Origin, Rule, SeqNum, State};

use crate::support::{
    IRS, ISS, ack, acking, arrives, listening, plain, rst, rst_ack, syn, syn_ack, with_text,
};

#[test]
fn reset_is_dropped() {
    for reset in [rst(0), rst(301), rst_ack(0, 101), plain(300, Flags::RST | Flags::SYN)] {
        arrives(listening(), reset).follows(Rule::ListenReset).sends_nothing().changes_nothing();
    }
}

#[test]
fn ack_is_answered_with_reset() {
    for (segment, reset) in [
        (ack(301, 101), "<SEQ=101><CTL=RST>"),
        (syn_ack(300, 91), "<SEQ=91><CTL=RST>"),
        (acking(301, 0, Flags::FIN), "<SEQ=0><CTL=RST>"),
        (with_text(ack(301, 101), 10), "<SEQ=101><CTL=RST>"),
    ] {
        arrives(listening(), segment).follows(Rule::ListenAck).sends(&[reset]).changes_nothing();
    }
}

#[test]
fn syn_is_answered_with_syn_ack() {
    let outcome = arrives(listening(), syn(IRS))
        .follows(Rule::ListenSyn)
        .enters(State::SynReceived)
        .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"])
        .signals_nothing();
    let tcb = outcome.tcb();
    assert_eq!(tcb.origin, Origin::Passive);
    assert_eq!(tcb.rcv.irs, SeqNum(IRS));
    assert_eq!(tcb.rcv.nxt, SeqNum(IRS + 1));
    assert_eq!(tcb.snd.iss, SeqNum(ISS));
    assert_eq!(tcb.snd.una, SeqNum(ISS));
    assert_eq!(tcb.snd.nxt, SeqNum(ISS + 1));
    assert_eq!(outcome.due_at(), Some(Instant(1_000_000)));
}

#[test]
fn syn_ack_announces_window_and_segment_size() {
    let outcome = arrives(listening(), syn(IRS));
    let answer = outcome.effects.segments().next().expect("a SYN,ACK");
    assert_eq!(u32::from(answer.window), outcome.endpoint.settings().window);
    assert_eq!(answer.options.mss, Some(outcome.endpoint.settings().mss));
}

#[test]
fn largest_number_of_a_syn_is_followed_by_zero() {
    let outcome = arrives(listening(), syn(u32::MAX))
        .follows(Rule::ListenSyn)
        .enters(State::SynReceived)
        .sends(&["<SEQ=100><ACK=0><CTL=SYN,ACK>"]);
    assert_eq!(outcome.tcb().rcv.nxt, SeqNum(0));
}

/// Other flags and text come later; the SYN,ACK acknowledges the SYN and nothing more.
#[test]
fn syn_ack_acknowledges_only_the_syn() {
    let odd = Flags::SYN | Flags::FIN | Flags::PSH | Flags::URG | Flags::ECE | Flags::CWR;
    for segment in [plain(IRS, odd), with_text(syn(IRS), 10)] {
        arrives(listening(), segment)
            .follows(Rule::ListenSyn)
            .enters(State::SynReceived)
            .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"]);
    }
}

#[test]
fn anything_else_is_dropped() {
    for segment in [
        plain(301, Flags::NONE),
        plain(301, Flags::FIN),
        plain(301, Flags::PSH | Flags::URG),
        with_text(plain(301, Flags::NONE), 10),
    ] {
        arrives(listening(), segment).follows(Rule::ListenOther).sends_nothing().changes_nothing();
    }
}
