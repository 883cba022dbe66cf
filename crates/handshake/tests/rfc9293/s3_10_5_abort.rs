//! Section 3.10.5: ABORT.

use handshake::{Call, CallError, Rule, State, Timer};

use crate::support::{
    calls, close_wait, closed, closing, established, fin_wait_1, fin_wait_2, last_ack, listening,
    says, syn_received, syn_received_active, syn_sent, time_wait,
};

#[test]
fn nobody_can_abort_what_is_not_there() {
    calls(closed(), Call::Abort)
        .follows(Rule::AbortWithoutConnection)
        .changes_nothing()
        .returns(Err(CallError::NoConnection));
}

#[test]
fn abort_before_anybody_answered_sends_nothing() {
    for endpoint in [listening(), syn_sent()] {
        let outcome = calls(endpoint, Call::Abort)
            .follows(Rule::AbortUnheard)
            .sends_nothing()
            .enters(State::Closed)
            .returns(Ok(()));
        assert_eq!(outcome.endpoint.tcb(), None);
    }
}

/// `<SEQ=SND.NXT><CTL=RST>`, and everything is forgotten; note 3 of figure 5 would have it wait in
/// TIME-WAIT.
#[test]
fn abort_sends_reset_at_snd_nxt() {
    for (endpoint, reset) in [
        (syn_received(), "<SEQ=101><CTL=RST>"),
        (syn_received_active(), "<SEQ=101><CTL=RST>"),
        (established(), "<SEQ=101><CTL=RST>"),
        (says(established(), "hello").endpoint, "<SEQ=106><CTL=RST>"),
        (fin_wait_1(), "<SEQ=102><CTL=RST>"),
        (fin_wait_2(), "<SEQ=102><CTL=RST>"),
        (close_wait(), "<SEQ=101><CTL=RST>"),
    ] {
        let outcome = calls(endpoint, Call::Abort)
            .follows(Rule::Abort)
            .sends(&[reset])
            .enters(State::Closed)
            .signals_nothing()
            .returns(Ok(()));
        assert_eq!(outcome.endpoint.tcb(), None);
        assert!(Timer::ALL.iter().all(|timer| outcome.endpoint.timer(*timer).is_none()));
    }
}

#[test]
fn abort_where_both_have_closed_sends_nothing() {
    for endpoint in [closing(), last_ack(), time_wait()] {
        let outcome = calls(endpoint, Call::Abort)
            .follows(Rule::AbortClosing)
            .sends_nothing()
            .enters(State::Closed)
            .returns(Ok(()));
        assert_eq!(outcome.endpoint.tcb(), None);
    }
}
