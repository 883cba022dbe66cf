//! Section 3.10.7.4, eighth check: the peer's FIN.

use handshake::{Call, CallError, Flags, Input, Instant, Rule, Segment, SeqNum, State, Timer};

use crate::support::{
    IRS, ISS, ack, arrives, calls, close_wait, closing, established, expectation, fin, fin_wait_1,
    fin_wait_2, last_ack, led, listening, plain, saying, says, syn_ack, syn_received, syn_sent,
};

/// The peer's FIN leads each state that can receive into another, and is acknowledged.
#[test]
fn fin_leads_on() {
    for (endpoint, number, rule, state) in [
        (established(), ISS + 1, Rule::FinArrives, State::CloseWait),
        (fin_wait_1(), ISS + 1, Rule::FinCrosses, State::Closing),
        (fin_wait_2(), ISS + 2, Rule::FinAnswers, State::TimeWait),
    ] {
        let nxt = endpoint.tcb().expect("a connection").snd.nxt;
        let answer = format!("<SEQ={nxt}><ACK=302><CTL=ACK>");
        let outcome = arrives(endpoint, fin(IRS + 1, number))
            .follows_all(&[Rule::AckDuplicate, rule])
            .sends(&[&answer])
            .enters(state)
            .signals(CallError::ConnectionClosing);
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 2));
    }
}

/// Figure 5, note 2: from FIN-WAIT-1 straight to TIME-WAIT.
#[test]
fn fin_that_acknowledges_ours_leads_straight_to_time_wait() {
    let outcome = arrives(fin_wait_1(), fin(IRS + 1, ISS + 2))
        .follows_all(&[Rule::AckAdvances, Rule::FinAcknowledged, Rule::FinAnswers])
        .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
        .enters(State::TimeWait);
    assert_eq!(outcome.due_at(), None);
    assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(240_000_000)));
}

#[test]
fn time_wait_stops_every_other_timer() {
    let outcome = arrives(fin_wait_2(), fin(IRS + 1, ISS + 2)).enters(State::TimeWait);
    let running = Timer::ALL.into_iter().filter(|timer| outcome.endpoint.timer(*timer).is_some());
    assert_eq!(running.collect::<Vec<_>>(), [Timer::TimeWait]);
}

/// SYN-RECEIVED has become ESTABLISHED by the time the FIN is looked at.
#[test]
fn fin_with_the_acknowledgment_of_our_syn_leads_to_close_wait() {
    let outcome = arrives(syn_received(), fin(IRS + 1, ISS + 1))
        .follows_all(&[Rule::SynReceivedAck, Rule::FinArrives])
        .sends(&["<SEQ=101><ACK=302><CTL=ACK>"])
        .enters(State::CloseWait);
    assert_eq!(outcome.effects.transition(), Some((State::SynReceived, State::CloseWait)));
}

#[test]
fn fin_behind_a_syn_ack_leads_to_close_wait() {
    let segment = Segment { flags: Flags::SYN | Flags::FIN | Flags::ACK, ..syn_ack(IRS, ISS + 1) };
    arrives(syn_sent(), segment)
        .follows_all(&[Rule::SynSentSynAck, Rule::FinArrives])
        .sends(&["<SEQ=101><ACK=302><CTL=ACK>"])
        .enters(State::CloseWait);
}

/// Section 3.10.7.4: no FIN is processed in CLOSED, LISTEN or SYN-SENT.
#[test]
fn fin_behind_a_syn_waits_for_established() {
    let waits = arrives(listening(), plain(IRS, Flags::SYN | Flags::FIN)).follows(Rule::ListenSyn);
    arrives(waits.endpoint, ack(IRS + 2, ISS + 1))
        .follows_all(&[Rule::SynReceivedAck, Rule::FinArrives])
        .enters(State::CloseWait)
        .sends(&["<SEQ=101><ACK=302><CTL=ACK>"]);
    arrives(syn_sent(), plain(IRS + 1, Flags::FIN)).follows(Rule::SynSentOther).changes_nothing();
}

#[test]
fn fin_comes_behind_its_text() {
    let goodbye = Segment { text: b"bye".into(), ..fin(IRS + 1, ISS + 1) };
    arrives(established(), goodbye)
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::FinArrives])
        .sends(&["<SEQ=101><ACK=305><CTL=ACK>"])
        .enters(State::CloseWait)
        .delivers("bye");
}

#[test]
fn fin_before_its_turn_waits_for_the_text_before_it() {
    let early = arrives(established(), fin(IRS + 4, ISS + 1))
        .follows_all(&[Rule::AckDuplicate, Rule::TextHeld])
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"])
        .enters_no_state()
        .signals_nothing();
    arrives(early.endpoint, saying(IRS + 1, ISS + 1, "bye"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::FinArrives])
        .sends(&["<SEQ=101><ACK=305><CTL=ACK>"])
        .enters(State::CloseWait)
        .delivers("bye");
}

/// Its ACK was lost.
#[test]
fn repeated_fin_is_acknowledged_again() {
    for endpoint in [close_wait(), closing(), last_ack()] {
        let expected = expectation(&endpoint);
        arrives(endpoint, fin(IRS + 1, ISS + 1))
            .follows(Rule::Unacceptable)
            .sends(&[&expected])
            .changes_nothing();
    }
}

/// It cannot be; to take it, as the eighth check is printed, would count one FIN twice.
#[test]
fn second_fin_is_ignored() {
    for endpoint in [close_wait(), closing(), last_ack()] {
        let outcome = arrives(endpoint, fin(IRS + 2, ISS + 1))
            .follows_all(&[Rule::AckDuplicate, Rule::TextIgnored])
            .sends_nothing()
            .enters_no_state();
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 2));
    }
}

/// What was held beyond a FIN was never said by this peer.
#[test]
fn nothing_is_delivered_behind_the_fin() {
    let beyond = led(established(), &[Input::Segment(&saying(IRS + 2, ISS + 1, "more"))]);
    let outcome = arrives(beyond, fin(IRS + 1, ISS + 1)).enters(State::CloseWait).delivers("");
    assert_eq!(outcome.tcb().incoming.held, []);
}

/// The peer has closed, we have not: text still goes, and our FIN closes the rest.
#[test]
fn half_closed_connection_still_carries_text() {
    let said = says(close_wait(), "hi").endpoint;
    let closed = calls(said, Call::Close).enters(State::LastAck);
    arrives(closed.endpoint, ack(IRS + 2, ISS + 4))
        .follows_all(&[Rule::AckAdvances, Rule::LastAckAcknowledged])
        .enters(State::Closed);
}
