//! Section 3.10.2: SEND.

use handshake::{Call, CallError, Input, Rule, SeqNum, State};

use crate::support::{
    IRS, ISS, ack, announcing, arrives, calls, close_wait, closed, closing, established,
    fin_wait_1, fin_wait_2, last_ack, led, listening, says, syn, syn_ack, syn_received,
    syn_received_active, syn_sent, time_wait,
};

#[test]
fn nobody_can_send_without_a_connection() {
    says(closed(), "hi")
        .follows(Rule::SendWithoutConnection)
        .sends_nothing()
        .changes_nothing()
        .returns(Err(CallError::NoConnection));
}

/// The text waits; it does not ride on the SYN.
#[test]
fn listener_that_sends_turns_active() {
    let outcome = says(listening(), "hi")
        .follows(Rule::SendFromListen)
        .enters(State::SynSent)
        .sends(&["<SEQ=100><CTL=SYN>"])
        .returns(Ok(()));
    assert_eq!(outcome.tcb().outgoing.unsent, b"hi");
    assert!(outcome.due_at().is_some());
}

#[test]
fn text_waits_until_the_connection_is_open() {
    for endpoint in [syn_sent(), syn_received(), syn_received_active()] {
        let outcome = says(endpoint, "hi")
            .follows(Rule::SendQueued)
            .sends_nothing()
            .enters_no_state()
            .returns(Ok(()));
        assert_eq!(outcome.tcb().outgoing.unsent, b"hi");
        assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 1));
    }
}

#[test]
fn text_that_waited_goes_as_soon_as_the_connection_is_open() {
    let after_syn_sent = arrives(says(syn_sent(), "hi").endpoint, syn_ack(IRS, ISS + 1))
        .follows(Rule::SynSentSynAck)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>", "<SEQ=101><ACK=301><CTL=ACK><DATA=2>"]);
    let after_syn_received = arrives(says(syn_received(), "hi").endpoint, ack(IRS + 1, ISS + 1))
        .follows(Rule::SynReceivedAck)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=2>"]);
    let after_crossing = arrives(says(syn_received_active(), "hi").endpoint, syn_ack(IRS, ISS + 1))
        .follows(Rule::SynReceivedCrossing)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=2>"]);
    for outcome in [after_syn_sent, after_syn_received, after_crossing] {
        let outcome = outcome.enters(State::Established);
        assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 3));
        assert_eq!(outcome.tcb().outgoing.unsent, b"");
        assert!(outcome.due_at().is_some());
    }
}

#[test]
fn text_goes_at_snd_nxt_and_is_kept_until_it_is_acknowledged() {
    let outcome = says(established(), "hello")
        .follows(Rule::Send)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=5>"])
        .enters_no_state()
        .returns(Ok(()));
    let tcb = outcome.tcb();
    assert_eq!((tcb.snd.una, tcb.snd.nxt), (SeqNum(ISS + 1), SeqNum(ISS + 6)));
    assert_eq!(tcb.outgoing.unacknowledged, [(SeqNum(ISS + 1), b"hello".into())]);
    assert_eq!(outcome.texts(), ["hello"]);
    assert!(outcome.due_at().is_some());
}

/// The peer has closed, but we have not.
#[test]
fn text_goes_in_close_wait_as_well() {
    says(close_wait(), "hi")
        .follows(Rule::Send)
        .sends(&["<SEQ=101><ACK=302><CTL=ACK><DATA=2>"])
        .enters_no_state()
        .returns(Ok(()));
}

#[test]
fn later_text_follows_at_once_while_the_window_is_open() {
    let once = says(established(), "one").endpoint;
    let twice = says(once, "two").sends(&["<SEQ=104><ACK=301><CTL=ACK><DATA=3>"]);
    assert_eq!(twice.tcb().outgoing.unacknowledged.len(), 2);
}

/// MUST-15 and MUST-16: no segment is longer than the peer's MSS, 536 where it names none.
#[test]
fn no_segment_is_longer_than_the_send_mss() {
    let outcome = says(established(), &".".repeat(900));
    let lengths: Vec<usize> = outcome.texts().iter().map(String::len).collect();
    assert_eq!(lengths, [536, 364]);

    let mut offer = syn_ack(IRS, ISS + 1);
    offer.options.mss = Some(400);
    let outcome = says(led(syn_sent(), &[Input::Segment(&offer)]), &".".repeat(900));
    let lengths: Vec<usize> = outcome.texts().iter().map(String::len).collect();
    assert_eq!(lengths, [400, 400, 100]);
}

#[test]
fn nothing_goes_beyond_the_peer_s_window() {
    let outcome = says(established(), &".".repeat(1500));
    let lengths: Vec<usize> = outcome.texts().iter().map(String::len).collect();
    assert_eq!(lengths, [536, 464]);
    assert_eq!(outcome.tcb().outgoing.unsent.len(), 500);
    assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 1001));

    // 536 octets are acknowledged, so that as many may follow.
    let outcome = arrives(outcome.endpoint, ack(IRS + 1, ISS + 537))
        .follows(Rule::AckAdvances)
        .sends(&["<SEQ=1101><ACK=301><CTL=ACK><DATA=500>"]);
    assert_eq!(outcome.tcb().outgoing.unsent, b"");
}

#[test]
fn window_that_opens_lets_the_rest_go() {
    let shut = arrives(established(), announcing(3, ack(IRS + 1, ISS + 1))).endpoint;
    let begun = says(shut, "hello").sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=3>"]);
    assert_eq!(begun.texts(), ["hel"]);
    let rest = arrives(begun.endpoint, announcing(5, ack(IRS + 1, ISS + 1)))
        .sends(&["<SEQ=104><ACK=301><CTL=ACK><DATA=2>"]);
    assert_eq!(rest.texts(), ["lo"]);
}

#[test]
fn nobody_can_send_after_close() {
    for endpoint in [fin_wait_1(), fin_wait_2(), closing(), last_ack(), time_wait()] {
        says(endpoint, "hi")
            .follows(Rule::SendClosing)
            .sends_nothing()
            .changes_nothing()
            .returns(Err(CallError::ConnectionClosing));
    }
}

/// CLOSE waits for text in SYN-RECEIVED; what comes after it is late all the same.
#[test]
fn nobody_can_send_after_a_close_that_waits() {
    let waits = calls(says(syn_received(), "hi").endpoint, Call::Close).endpoint;
    says(waits, "more")
        .follows(Rule::SendClosing)
        .changes_nothing()
        .returns(Err(CallError::ConnectionClosing));
}

/// What the peer sees of a connection that was opened by SEND is a connection like any other.
#[test]
fn simultaneous_open_keeps_text_that_waits() {
    let crossed = arrives(says(syn_sent(), "hi").endpoint, syn(IRS))
        .follows(Rule::SynSentSyn)
        .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"]);
    assert_eq!(crossed.tcb().outgoing.unsent, b"hi");
}
