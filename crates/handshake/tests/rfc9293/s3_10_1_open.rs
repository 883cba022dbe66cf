//! Section 3.10.1: OPEN.

use handshake::{
    Call, CallError, Effect, Endpoint, Input, Instant, Origin, Rule, SeqNum, State, Timer,
};

use crate::support::{
    IRS, ISS, ack, arrives, calls, closed, established, led, listening, rst, rst_ack, run, states,
    syn, syn_received, syn_received_active, syn_sent,
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

/// LISTEN for one port, with a peer that calls from another or from that one.
fn awaiting(awaited: u16, peer: u16) -> Endpoint {
    led(closed().with_peer_port(peer), &[Input::Call(&Call::PassiveOpenFor(awaited))])
}

/// A passive OPEN may name the remote socket; section 3.10.7.1 judges what matches nothing.
#[test]
fn passive_open_for_one_refuses_all_others_and_waits_on() {
    let endpoint = awaiting(51315, 51314);
    assert_eq!(endpoint.state(), State::Listen);
    // The SYN of the stranger, as in CLOSED: at zero, with an acknowledgment of the SYN.
    arrives(endpoint.clone(), syn(IRS))
        .follows(Rule::StrangerRefused)
        .sends(&["<SEQ=0><ACK=301><CTL=RST,ACK>"])
        .changes_nothing();
    // With an ACK: at the number that it names.
    arrives(endpoint.clone(), ack(IRS, 777))
        .follows(Rule::StrangerRefused)
        .sends(&["<SEQ=777><CTL=RST>"])
        .changes_nothing();
    arrives(endpoint, rst(IRS)).follows(Rule::StrangerReset).sends_nothing().changes_nothing();
}

#[test]
fn passive_open_for_one_answers_that_one_as_usual() {
    let named = arrives(awaiting(51314, 51314), syn(IRS));
    let anybody = arrives(listening(), syn(IRS));
    assert_eq!(named.effects, anybody.effects);
    // Whoever goes back to LISTEN waits for the same one again (section 3.10.7.4, second).
    let back = arrives(named.endpoint, rst(IRS + 1)).enters(State::Listen);
    assert_eq!(back.tcb().awaited, Some(51314));
}

/// An active OPEN names its remote itself, whomever the passive one waited for.
#[test]
fn active_open_forgets_whom_the_listener_waited_for() {
    let opened = calls(awaiting(51315, 51314), Call::ActiveOpen)
        .follows(Rule::OpenActiveFromListen)
        .enters(State::SynSent);
    assert_eq!(opened.tcb().awaited, None);
}

/// The story's “good person”: the whole of it, both sides seen.
#[test]
fn stranger_is_refused_while_the_listener_waits_on() {
    let text = "v1~B.listen.51315~A.open~deliver.1~deliver.2";
    let trace = run(text);
    assert_eq!(states(&trace), [State::Closed, State::Listen]);
    let step = trace.step_to(4).expect("the refusal");
    let refused = Effect::Signalled(CallError::ConnectionRefused);
    assert!(step.effects.iter().any(|effect| *effect == refused));
    // From the port that was named it is a handshake like any other.
    let text = "v1~port.51315.520~B.listen.51315~A.open~deliver.1~deliver.2~deliver.3";
    let trace = run(text);
    assert_eq!(states(&trace), [State::Established; 2]);
}

/// Section 3.10.2: there is nobody whom a SEND could reach.
#[test]
fn send_while_waiting_for_somebody_absent_is_an_error() {
    let text = || Call::Send(b"hi".into());
    calls(awaiting(51315, 51314), text())
        .follows(Rule::SendToAbsent)
        .returns(Err(CallError::NoConnection))
        .sends_nothing()
        .changes_nothing();
    calls(awaiting(51314, 51314), text()).follows(Rule::SendFromListen).enters(State::SynSent);
}
