//! Section 3.10.7.4, fifth check: what is acknowledged, once the connection is open and while it
//! closes.
//!
//! Our FIN has the number 101, the peer's 301.

use handshake::{
    Call, CallError, Endpoint, Flags, Input, Instant, Origin, Rule, SeqNum, Settings, State, Timer,
    Variant,
};

use crate::support::{
    IRS, ISS, ack, announcing, arrives, calls, close_wait, closing, established, expectation, fin,
    fin_wait_1, fin_wait_2, happens, last_ack, led_to, plain, rcv_nxt, rst, saying, says, syn,
    synchronized, time_wait, time_wait_passive, with_text,
};

/// The states in which an ACK of something new advances SND.UNA.
fn open() -> [Endpoint; 6] {
    [established(), fin_wait_1(), fin_wait_2(), close_wait(), closing(), last_ack()]
}

#[test]
fn segment_without_ack_is_dropped_in_every_synchronized_state() {
    for endpoint in synchronized() {
        for flags in [Flags::NONE, Flags::FIN, Flags::PSH | Flags::URG] {
            let segment = with_text(plain(rcv_nxt(&endpoint), flags), 5);
            arrives(endpoint.clone(), segment)
                .follows(Rule::AckAbsent)
                .sends_nothing()
                .changes_nothing();
        }
    }
}

#[test]
fn acknowledged_text_is_forgotten() {
    let said = says(established(), "hello").endpoint;
    let outcome = arrives(said, ack(IRS + 1, ISS + 6))
        .follows(Rule::AckAdvances)
        .sends_nothing()
        .enters_no_state();
    let tcb = outcome.tcb();
    assert_eq!((tcb.snd.una, tcb.snd.nxt), (SeqNum(ISS + 6), SeqNum(ISS + 6)));
    assert_eq!(tcb.outgoing.unacknowledged, []);
    assert_eq!(outcome.due_at(), None);
}

#[test]
fn text_acknowledged_in_part_is_kept_in_part() {
    let said = says(says(established(), "one").endpoint, "two").endpoint;
    let outcome = arrives(said, ack(IRS + 1, ISS + 6)).follows(Rule::AckAdvances);
    assert_eq!(outcome.tcb().outgoing.unacknowledged, [(SeqNum(ISS + 6), b"o".into())]);
    assert!(outcome.due_at().is_some());
}

#[test]
fn duplicate_acknowledges_nothing() {
    let said = says(established(), "hello").endpoint;
    let outcome = arrives(said, ack(IRS + 1, ISS + 1))
        .follows(Rule::AckDuplicate)
        .sends_nothing()
        .enters_no_state();
    assert_eq!(outcome.tcb().snd.una, SeqNum(ISS + 1));
    assert_eq!(outcome.tcb().outgoing.unacknowledged.len(), 1);
}

#[test]
fn window_is_taken_over_in_every_open_state() {
    for endpoint in [established(), fin_wait_1(), fin_wait_2(), close_wait(), closing()] {
        let snd = endpoint.tcb().expect("a connection").snd;
        let news = announcing(7, ack(rcv_nxt(&endpoint), snd.una.0));
        let outcome = arrives(endpoint, news).follows(Rule::AckDuplicate);
        assert_eq!((outcome.tcb().snd.wnd, outcome.tcb().snd.max_wnd), (7, 1000));
    }
}

#[test]
fn acknowledgment_of_our_fin_leads_from_fin_wait_1_to_fin_wait_2() {
    let outcome = arrives(fin_wait_1(), ack(IRS + 1, ISS + 2))
        .follows_all(&[Rule::AckAdvances, Rule::FinAcknowledged])
        .sends_nothing()
        .enters(State::FinWait2)
        .signals_nothing();
    assert_eq!(outcome.tcb().snd.una, SeqNum(ISS + 2));
    assert_eq!(outcome.due_at(), None);
}

#[test]
fn acknowledgment_of_our_fin_leads_from_closing_to_time_wait() {
    let outcome = arrives(closing(), ack(IRS + 2, ISS + 2))
        .follows_all(&[Rule::AckAdvances, Rule::ClosingAcknowledged])
        .sends_nothing()
        .enters(State::TimeWait);
    assert_eq!(outcome.due_at(), None);
    assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(240_000_000)));
}

#[test]
fn acknowledgment_of_our_fin_leads_from_last_ack_to_closed() {
    let outcome = arrives(last_ack(), ack(IRS + 2, ISS + 2))
        .follows_all(&[Rule::AckAdvances, Rule::LastAckAcknowledged])
        .sends_nothing()
        .enters(State::Closed)
        .signals_nothing();
    assert_eq!(outcome.endpoint.tcb(), None);
}

/// The section says "ignore the segment" only in CLOSING; the others wait as well.
#[test]
fn acknowledgment_of_less_than_our_fin_leads_nowhere() {
    for endpoint in [fin_wait_1(), closing(), last_ack()] {
        let segment = ack(rcv_nxt(&endpoint), ISS + 1);
        arrives(endpoint, segment).follows(Rule::AckDuplicate).sends_nothing().enters_no_state();
    }
}

#[test]
fn acknowledgment_of_the_text_before_our_fin_is_not_enough() {
    let said = says(established(), "hi").endpoint;
    let closed = calls(said, Call::Close).endpoint;
    let outcome =
        arrives(closed, ack(IRS + 1, ISS + 3)).follows(Rule::AckAdvances).enters_no_state();
    assert_eq!(outcome.endpoint.state(), State::FinWait1);
    arrives(outcome.endpoint, ack(IRS + 1, ISS + 4))
        .follows_all(&[Rule::AckAdvances, Rule::FinAcknowledged]);
}

#[test]
fn acknowledgment_of_something_never_sent_is_answered_with_ack() {
    for endpoint in synchronized() {
        let segment = ack(rcv_nxt(&endpoint), ISS + 9);
        let expected = expectation(&endpoint);
        arrives(endpoint, segment)
            .follows(Rule::AckOfUnsent)
            .sends(&[&expected])
            .counts_one_challenge();
    }
}

mod in_time_wait {
    use super::*;

    /// Two endpoints in TIME-WAIT that answered each other's bare ACKs would never end.
    #[test]
    fn bare_ack_is_not_answered() {
        arrives(time_wait(), ack(IRS + 2, ISS + 2))
            .follows(Rule::TimeWaitAck)
            .sends_nothing()
            .changes_nothing();
    }

    /// TIME-WAIT of an endpoint that follows the bare text.
    fn by_the_bare_text() -> Endpoint {
        led_to("TIME-WAIT", Settings { variant: Variant::Literal, ..Settings::default() })
    }

    /// "Acknowledge it, and restart the 2 MSL timeout": whatever "it" is.
    #[test]
    fn by_the_bare_text_a_bare_ack_is_answered_and_begins_the_wait_anew() {
        let bare = ack(IRS + 2, ISS + 2);
        let outcome = happens(by_the_bare_text(), Instant(1_000_000), Input::Segment(&bare))
            .follows(Rule::TimeWaitAckAnswered)
            .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
            .enters_no_state();
        assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(241_000_000)));
    }

    /// By the bare text the first check alone sees a repeated FIN, which lies below RCV.NXT.
    #[test]
    fn by_the_bare_text_a_repeated_fin_does_not_begin_the_wait_anew() {
        let again = fin(IRS + 1, ISS + 2);
        let outcome = happens(by_the_bare_text(), Instant(1_000_000), Input::Segment(&again))
            .follows(Rule::Unacceptable)
            .sends(&["<SEQ=102><ACK=302><CTL=ACK>"]);
        assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(240_000_000)));
    }

    #[test]
    fn whatever_uses_up_numbers_is_acknowledged_and_begins_the_wait_anew() {
        let segment = Input::Segment(&saying(IRS + 2, ISS + 2, "more"));
        let outcome = happens(time_wait(), Instant(1_000_000), segment)
            .follows(Rule::TimeWaitText)
            .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
            .enters_no_state()
            .delivers("");
        assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(241_000_000)));
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 2));
    }

    #[test]
    fn what_lies_outside_the_window_is_answered_with_ack() {
        for segment in [ack(IRS + 1, ISS + 2), saying(IRS, ISS + 2, "hi"), syn(IRS)] {
            arrives(time_wait(), segment)
                .follows(Rule::Unacceptable)
                .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
                .changes_nothing();
        }
    }

    #[test]
    fn reset_ends_the_wait() {
        arrives(time_wait(), rst(IRS + 2))
            .follows(Rule::ResetClosing)
            .enters(State::Closed)
            .signals_nothing();
    }

    /// MAY-2: with an ISS beyond all that was sent before (MUST-13 has no other exception).
    #[test]
    fn fresh_syn_opens_the_connection_anew() {
        let outcome = arrives(time_wait_passive(), syn(IRS + 100))
            .follows(Rule::TimeWaitReopens)
            .sends(&["<SEQ=200><ACK=401><CTL=SYN,ACK>"])
            .enters(State::SynReceived);
        let tcb = outcome.tcb();
        assert_eq!((tcb.snd.iss, tcb.rcv.nxt), (SeqNum(200), SeqNum(IRS + 101)));
        assert_eq!(tcb.origin, Origin::Passive);
        assert_eq!(outcome.endpoint.timer(Timer::TimeWait), None);
        assert!(outcome.due_at().is_some());
    }

    #[test]
    fn text_behind_a_fresh_syn_is_held() {
        let outcome = arrives(time_wait_passive(), with_text(syn(IRS + 100), 3));
        let opened = arrives(outcome.endpoint, ack(IRS + 101, 201)).enters(State::Established);
        opened.delivers("...");
    }

    #[test]
    fn old_syn_does_not_open_it_anew() {
        for (number, rule) in [(IRS, Rule::Unacceptable), (IRS + 2, Rule::SynChallenged)] {
            arrives(time_wait_passive(), syn(number))
                .follows(rule)
                .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
                .enters_no_state();
        }
    }

    /// Nobody has waited for a SYN there.
    #[test]
    fn side_that_opened_actively_does_not_open_anew() {
        arrives(time_wait(), syn(IRS + 100)).follows(Rule::SynChallenged).enters_no_state();
    }
}

#[test]
fn six_states_take_the_acknowledgment() {
    for endpoint in open() {
        let snd = endpoint.tcb().expect("a connection").snd;
        let segment = ack(rcv_nxt(&endpoint), snd.nxt.0);
        let outcome = arrives(endpoint, segment);
        let advances = outcome.effects.followed(Rule::AckAdvances);
        assert_eq!(advances, snd.una != snd.nxt);
        assert!(outcome.endpoint.tcb().is_none_or(|tcb| tcb.snd.una == snd.nxt));
    }
}

/// FIN-WAIT-2 waits for the peer, however long that takes; only SEND is over.
#[test]
fn nothing_is_told_while_the_peer_still_speaks() {
    arrives(fin_wait_2(), ack(IRS + 1, ISS + 2))
        .follows(Rule::AckDuplicate)
        .enters_no_state()
        .signals_nothing();
    let error = CallError::ConnectionClosing;
    says(fin_wait_2(), "hi").follows(Rule::SendClosing).returns(Err(error));
}
