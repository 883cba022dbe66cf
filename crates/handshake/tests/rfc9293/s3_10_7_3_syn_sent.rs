//! Section 3.10.7.3: a segment arrives in SYN-SENT. ISS is 100 and SND.NXT 101.

use handshake::{CallError, Flags, Instant, Origin, Rule, SeqNum, State};

use crate::support::{
    IRS, ISS, PEER_WINDOW, ack, acking, arrives, plain, rst, rst_ack, syn, syn_ack, syn_sent,
    with_text,
};

/// Numbers that acknowledge nothing that was sent: SEG.ACK =< ISS or SEG.ACK > SND.NXT.
const UNACCEPTABLE: [u32; 7] = [0, 91, 100, 102, 108, ISS + (1 << 31) - 1, u32::MAX];

#[test]
fn ack_of_something_never_sent_is_answered_with_reset() {
    for number in UNACCEPTABLE {
        let reset = format!("<SEQ={number}><CTL=RST>");
        for segment in [ack(301, number), syn_ack(300, number), acking(301, number, Flags::FIN)] {
            arrives(syn_sent(), segment)
                .follows(Rule::SynSentAckUnacceptable)
                .sends(&[&reset])
                .changes_nothing();
        }
    }
}

#[test]
fn reset_that_acknowledges_something_never_sent_is_dropped() {
    for number in UNACCEPTABLE {
        for segment in [rst_ack(0, number), acking(300, number, Flags::RST | Flags::SYN)] {
            arrives(syn_sent(), segment)
                .follows(Rule::SynSentResetUnacceptable)
                .sends_nothing()
                .changes_nothing();
        }
    }
}

/// Section 3.5.3: in SYN-SENT a reset is believed by its acknowledgment, whatever its number.
#[test]
fn reset_that_acknowledges_the_syn_refuses_the_connection() {
    for segment in
        [rst_ack(0, ISS + 1), rst_ack(777, ISS + 1), acking(300, ISS + 1, Flags::RST | Flags::SYN)]
    {
        let outcome = arrives(syn_sent(), segment)
            .follows(Rule::SynSentRefused)
            .enters(State::Closed)
            .sends_nothing()
            .signals(CallError::ConnectionRefused);
        assert_eq!(outcome.endpoint.tcb(), None);
        assert_eq!(outcome.due_at(), None);
    }
}

/// Erratum 8167: there is no RCV.NXT yet with which the number could be compared.
#[test]
fn reset_without_ack_is_dropped() {
    for segment in [rst(0), rst(1), rst(301), plain(300, Flags::RST | Flags::SYN)] {
        arrives(syn_sent(), segment)
            .follows(Rule::SynSentReset)
            .sends_nothing()
            .changes_nothing()
            .signals_nothing();
    }
}

#[test]
fn syn_ack_is_acknowledged_and_establishes() {
    let outcome = arrives(syn_sent(), syn_ack(IRS, ISS + 1))
        .follows(Rule::SynSentSynAck)
        .enters(State::Established)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"])
        .signals_nothing();
    let tcb = outcome.tcb();
    assert_eq!(tcb.rcv.irs, SeqNum(IRS));
    assert_eq!(tcb.rcv.nxt, SeqNum(IRS + 1));
    assert_eq!(tcb.snd.una, SeqNum(ISS + 1));
    assert_eq!(tcb.snd.nxt, SeqNum(ISS + 1));
    assert_eq!(outcome.due_at(), None);
}

/// RFC 9293 prints this only for the SYN without ACK; RFC 1122 section 4.2.2.20 c has both.
#[test]
fn syn_sets_the_send_window_with_and_without_ack() {
    for (segment, acknowledged) in [(syn_ack(IRS, ISS + 1), ISS + 1), (syn(IRS), 0)] {
        let outcome = arrives(syn_sent(), segment);
        let snd = outcome.tcb().snd;
        assert_eq!(snd.wnd, u32::from(PEER_WINDOW));
        assert_eq!(snd.wl1, SeqNum(IRS));
        assert_eq!(snd.wl2, SeqNum(acknowledged));
    }
}

#[test]
fn syn_alone_is_answered_with_syn_ack() {
    let outcome = arrives(syn_sent(), syn(IRS))
        .follows(Rule::SynSentSyn)
        .enters(State::SynReceived)
        .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"])
        .signals_nothing();
    let tcb = outcome.tcb();
    assert_eq!(tcb.origin, Origin::Active);
    assert_eq!(tcb.rcv.irs, SeqNum(IRS));
    assert_eq!(tcb.rcv.nxt, SeqNum(IRS + 1));
    assert_eq!(tcb.snd.iss, SeqNum(ISS));
    assert_eq!(tcb.snd.una, SeqNum(ISS));
    assert_eq!(tcb.snd.nxt, SeqNum(ISS + 1));
    assert_eq!(outcome.due_at(), Some(Instant(1_000_000)));
}

#[test]
fn largest_number_of_a_syn_is_followed_by_zero() {
    arrives(syn_sent(), syn_ack(u32::MAX, ISS + 1))
        .follows(Rule::SynSentSynAck)
        .enters(State::Established)
        .sends(&["<SEQ=101><ACK=0><CTL=ACK>"]);
}

/// An acceptable ACK without a SYN as well: the peer has not told its number.
#[test]
fn segment_without_syn_and_reset_is_dropped() {
    for segment in [
        ack(301, ISS + 1),
        plain(301, Flags::NONE),
        plain(301, Flags::FIN),
        acking(301, ISS + 1, Flags::FIN),
        with_text(ack(281, ISS + 1), 10),
    ] {
        arrives(syn_sent(), segment).follows(Rule::SynSentOther).sends_nothing().changes_nothing();
    }
}
