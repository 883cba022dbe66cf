//! Section 3.10.4: CLOSE.

use handshake::{Call, CallError, Rule, SeqNum, State};

use crate::support::{
    IRS, ISS, ack, announcing, arrives, calls, close_wait, closed, closing, established, expires,
    fin, fin_wait_1, fin_wait_2, last_ack, listening, says, syn_ack, syn_received,
    syn_received_active, syn_sent, time_wait,
};

#[test]
fn nobody_can_close_what_is_not_there() {
    calls(closed(), Call::Close)
        .follows(Rule::CloseWithoutConnection)
        .changes_nothing()
        .returns(Err(CallError::NoConnection));
}

#[test]
fn close_in_listen_and_syn_sent_deletes_the_tcb_and_sends_nothing() {
    for (endpoint, rule) in [(listening(), Rule::CloseListen), (syn_sent(), Rule::CloseSynSent)] {
        let outcome = calls(endpoint, Call::Close)
            .follows(rule)
            .sends_nothing()
            .enters(State::Closed)
            .returns(Ok(()));
        assert_eq!(outcome.endpoint.tcb(), None);
    }
}

/// The SYN,ACK that comes after that meets nobody.
#[test]
fn answer_to_a_syn_that_was_given_up_is_refused() {
    let gone = calls(syn_sent(), Call::Close).endpoint;
    arrives(gone, syn_ack(IRS, ISS + 1))
        .follows(Rule::ClosedRefusesAck)
        .sends(&["<SEQ=101><CTL=RST>"]);
}

#[test]
fn close_in_syn_received_sends_fin() {
    for endpoint in [syn_received(), syn_received_active()] {
        let outcome = calls(endpoint, Call::Close)
            .follows(Rule::CloseSynReceived)
            .sends(&["<SEQ=101><ACK=301><CTL=FIN,ACK>"])
            .enters(State::FinWait1)
            .returns(Ok(()));
        let tcb = outcome.tcb();
        assert_eq!((tcb.snd.una, tcb.snd.nxt), (SeqNum(ISS), SeqNum(ISS + 2)));
        assert_eq!(tcb.outgoing.fin, Some(SeqNum(ISS + 1)));
    }
}

/// Where SND.UNA is ISS in FIN-WAIT-1, the oldest thing unacknowledged is the SYN,ACK.
#[test]
fn syn_ack_is_repeated_before_the_fin() {
    let said_goodbye = calls(syn_received(), Call::Close).endpoint;
    let again = expires(said_goodbye)
        .follows(Rule::Retransmit)
        .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"])
        .enters_no_state();
    assert_eq!(again.tcb().snd.nxt, SeqNum(ISS + 2));
    let opened = arrives(again.endpoint, ack(IRS + 1, ISS + 1)).follows(Rule::AckAdvances);
    expires(opened.endpoint).follows(Rule::Retransmit).sends(&["<SEQ=101><ACK=301><CTL=FIN,ACK>"]);
}

#[test]
fn close_in_syn_received_waits_for_text_that_waits() {
    let waits = calls(says(syn_received(), "hi").endpoint, Call::Close)
        .follows(Rule::CloseQueued)
        .sends_nothing()
        .enters_no_state()
        .returns(Ok(()));
    let outcome = arrives(waits.endpoint, ack(IRS + 1, ISS + 1))
        .follows(Rule::SynReceivedAck)
        .enters(State::FinWait1)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=2>", "<SEQ=103><ACK=301><CTL=FIN,ACK>"]);
    assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 4));
}

/// Both close: the peer's FIN comes with the ACK for which our text and FIN have waited.
#[test]
fn text_and_fin_that_waited_go_in_closing_as_well() {
    let waits = calls(says(syn_received(), "hi").endpoint, Call::Close).endpoint;
    arrives(waits, fin(IRS + 1, ISS + 1))
        .follows_all(&[Rule::SynReceivedAck, Rule::FinCrosses])
        .enters(State::Closing)
        .sends(&[
            "<SEQ=101><ACK=302><CTL=ACK>",
            "<SEQ=101><ACK=302><CTL=ACK><DATA=2>",
            "<SEQ=103><ACK=302><CTL=FIN,ACK>",
        ]);
}

#[test]
fn close_sends_fin() {
    for (endpoint, rule, segment, state) in [
        (established(), Rule::CloseEstablished, "<SEQ=101><ACK=301><CTL=FIN,ACK>", State::FinWait1),
        (close_wait(), Rule::CloseWaitCloses, "<SEQ=101><ACK=302><CTL=FIN,ACK>", State::LastAck),
    ] {
        let outcome = calls(endpoint, Call::Close)
            .follows(rule)
            .sends(&[segment])
            .enters(state)
            .returns(Ok(()));
        assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 2));
        assert!(outcome.due_at().is_some());
    }
}

/// FIN-WAIT-1 is entered at once, LAST-ACK only when the FIN goes.
#[test]
fn fin_goes_behind_all_text() {
    for (endpoint, state) in [(established(), State::FinWait1), (close_wait(), State::CloseWait)] {
        let seq = endpoint.tcb().map_or(0, |tcb| tcb.rcv.nxt.0);
        let shut = arrives(endpoint, announcing(2, ack(seq, ISS + 1))).endpoint;
        let waits = calls(says(shut, "hello").endpoint, Call::Close).sends_nothing();
        assert_eq!(waits.endpoint.state(), state);
        assert_eq!(waits.tcb().outgoing.fin, None);

        let outcome = arrives(waits.endpoint, ack(seq, ISS + 3));
        assert_eq!(outcome.texts(), ["llo", ""]);
        let last = outcome.effects.segments().last().expect("the FIN").to_string();
        assert_eq!(last, format!("<SEQ=106><ACK={seq}><CTL=FIN,ACK>"));
        assert!([State::FinWait1, State::LastAck].contains(&outcome.endpoint.state()));
    }
}

#[test]
fn second_close_sends_no_second_fin() {
    for endpoint in [fin_wait_1(), fin_wait_2()] {
        calls(endpoint, Call::Close)
            .follows(Rule::CloseAgain)
            .sends_nothing()
            .changes_nothing()
            .returns(Err(CallError::ConnectionClosing));
    }
}

#[test]
fn close_is_too_late_where_both_have_closed() {
    for endpoint in [closing(), last_ack(), time_wait()] {
        calls(endpoint, Call::Close)
            .follows(Rule::CloseClosing)
            .sends_nothing()
            .changes_nothing()
            .returns(Err(CallError::ConnectionClosing));
    }
}
