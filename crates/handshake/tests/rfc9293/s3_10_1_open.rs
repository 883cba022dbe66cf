//! Section 3.10.1: OPEN.

use handshake::{Call, CallError, Effect, Instant, Origin, Rule, SeqNum, State, Timer};

use crate::support::{
    ISS, arrives, calls, closed, established, listening, rst_ack, syn_received,
    syn_received_active, syn_sent,
};

#[test]
fn passive_open_waits_in_listen() {
    let outcome = calls(closed(), Call::PassiveOpen)
        .follows(Rule::OpenPassive)
        .enters(State::Listen)
        .sends_nothing()
        .returns(Ok(()));
    assert_eq!(outcome.tcb().origin, Origin::Passive);
    assert_eq!(outcome.due_at(), None);
}

#[test]
fn active_open_sends_syn() {
    let outcome = calls(closed(), Call::ActiveOpen)
        .follows(Rule::OpenActive)
        .enters(State::SynSent)
        .sends(&["<SEQ=100><CTL=SYN>"])
        .returns(Ok(()));
    let tcb = outcome.tcb();
    assert_eq!(tcb.origin, Origin::Active);
    assert_eq!(tcb.snd.iss, SeqNum(ISS));
    assert_eq!(tcb.snd.una, SeqNum(ISS));
    assert_eq!(tcb.snd.nxt, SeqNum(ISS + 1));
}

/// MUST-14: both sides may announce the largest segment that they can take, and ours does.
#[test]
fn syn_announces_window_and_segment_size() {
    let outcome = calls(closed(), Call::ActiveOpen);
    let syn = outcome.effects.segments().next().expect("a SYN");
    assert_eq!(u32::from(syn.window), closed().settings().window);
    assert_eq!(syn.options.mss, Some(closed().settings().mss));
}

/// RFC 6298 section 2.1.
#[test]
fn active_open_starts_the_retransmission_timer_at_one_second() {
    let outcome = calls(closed(), Call::ActiveOpen);
    let due_at = Instant(1_000_000);
    assert_eq!(outcome.due_at(), Some(due_at));
    let armed = Effect::Armed(Timer::Retransmission, due_at);
    assert!(outcome.effects.iter().any(|effect| *effect == armed));
}

#[test]
fn active_open_turns_a_listener_active() {
    let outcome = calls(listening(), Call::ActiveOpen)
        .follows(Rule::OpenActiveFromListen)
        .enters(State::SynSent)
        .sends(&["<SEQ=100><CTL=SYN>"])
        .returns(Ok(()));
    assert_eq!(outcome.tcb().origin, Origin::Active);
    assert_eq!(outcome.tcb().snd.una, SeqNum(ISS));
    assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 1));
}

#[test]
fn listener_turned_active_does_not_return_to_listen() {
    let turned = calls(listening(), Call::ActiveOpen).endpoint;
    arrives(turned, rst_ack(0, ISS + 1))
        .follows(Rule::SynSentRefused)
        .enters(State::Closed)
        .signals(CallError::ConnectionRefused);
}

/// MUST-41.
#[test]
fn open_never_changes_an_existing_connection() {
    let existing = [syn_sent(), syn_received(), syn_received_active(), established()]
        .map(|endpoint| [(endpoint.clone(), Call::PassiveOpen), (endpoint, Call::ActiveOpen)]);
    let listener = [(listening(), Call::PassiveOpen)];
    for (endpoint, call) in existing.into_iter().flatten().chain(listener) {
        calls(endpoint, call)
            .follows(Rule::OpenExists)
            .sends_nothing()
            .changes_nothing()
            .returns(Err(CallError::ConnectionExists));
    }
}

/// Section 3.4.1: a new incarnation begins beyond the numbers of the old one.
#[test]
fn each_connection_has_an_initial_number_of_its_own() {
    let refused = arrives(syn_sent(), rst_ack(0, ISS + 1)).endpoint;
    calls(refused, Call::ActiveOpen)
        .follows(Rule::OpenActive)
        .enters(State::SynSent)
        .sends(&["<SEQ=200><CTL=SYN>"]);
}
