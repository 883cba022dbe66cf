//! Section 3.10.8: time-outs, with RFC 6298 for the intervals and section 3.8.3 for the end.

use handshake::{
    Call, CallError, Choice, Endpoint, Input, Instant, Origin, PacketId, Rule, Segment, Side,
    Start, State, Timer, Trace,
};

use crate::support::{
    IRS, ISS, ack, arrives, closed, established, expires, happens, listening, syn_received,
    syn_received_active, syn_sent,
};
use crate::vectors::{list, number, tables};

/// More expiries than any attempt may see, so that one that never ends fails.
const EXPIRIES_MAX: u32 = 100;

/// When the table says that a SYN is sent, and when it says that the attempt fails, in seconds.
fn schedule() -> (Vec<u64>, u64) {
    let tables = tables();
    let schedule = &tables["syn_schedule"];
    let sent_at = list(&schedule["sent_at"]).iter().map(|second| u64::from(number(second)));
    (sent_at.collect(), u64::from(number(&schedule["gives_up_at"])))
}

fn seconds(at: Instant) -> u64 {
    assert_eq!(at.0 % 1_000_000, 0, "a whole second");
    at.0 / 1_000_000
}

/// Lets the timer expire until it does not run any more. Gives what was sent when, the moment of
/// the last expiry, the endpoint after it, and the rule that ended it.
fn unanswered(mut endpoint: Endpoint) -> (Vec<(u64, String)>, u64, Endpoint, Rule) {
    let mut sent = Vec::new();
    let mut last = None;
    for _ in 0..EXPIRIES_MAX {
        let Some(due_at) = endpoint.timer(Timer::Retransmission) else { break };
        let outcome = expires(endpoint);
        let segments = outcome.effects.segments();
        sent.extend(segments.map(|segment| (seconds(due_at), segment.to_string())));
        let rule = outcome.effects.reasons().next().expect("a reason").rule;
        last = Some((due_at, rule));
        endpoint = outcome.endpoint;
    }
    let (due_at, rule) = last.expect("the timer ran");
    (sent, seconds(due_at), endpoint, rule)
}

fn at_all(times: &[u64], segment: &str) -> Vec<(u64, String)> {
    times.iter().map(|&second| (second, segment.to_owned())).collect()
}

/// 0, 1, 3, 7, 15, 31, 63 and 123 s; MUST-23 asks for three minutes, so it fails at 183 s.
#[test]
fn unanswered_syn_is_repeated_at_doubled_intervals_until_it_fails() {
    let (sent_at, gives_up_at) = schedule();
    assert_eq!(sent_at, [0, 1, 3, 7, 15, 31, 63, 123]);
    assert_eq!(gives_up_at, 183);

    let (sent, failed_at, endpoint, rule) = unanswered(syn_sent());
    assert_eq!(sent, at_all(&sent_at[1..], "<SEQ=100><CTL=SYN>"));
    assert_eq!(failed_at, gives_up_at);
    assert_eq!(rule, Rule::GiveUp);
    assert_eq!(endpoint.state(), State::Closed);
}

/// The same in a world where every packet is lost, with time as the only mover.
#[test]
fn world_in_which_everything_is_lost_keeps_the_same_schedule() {
    let mut trace = Trace::new(Start::default());
    let mut sent_at = Vec::new();
    trace.extend(&Choice::Call(Side::A, Call::ActiveOpen)).unwrap();
    for ordinal in 1..EXPIRIES_MAX {
        sent_at.push(seconds(trace.last().now()));
        trace.extend(&Choice::Drop(PacketId(ordinal))).unwrap();
        let (_, next) = trace.last().next_due().expect("the timer of A");
        trace.extend(&next).unwrap();
        if trace.last().end(Side::A).state() == State::Closed {
            break;
        }
    }
    let failed_at = seconds(trace.last().now());
    assert_eq!((sent_at, failed_at), schedule());
    assert_eq!(trace.last().next_due(), None);
}

#[test]
fn whoever_opened_is_told_that_nobody_answered() {
    for (endpoint, rule) in [(syn_sent(), Rule::GiveUp), (syn_received_active(), Rule::GiveUp)] {
        let outcome = last_expiry(endpoint)
            .follows(rule)
            .sends_nothing()
            .enters(State::Closed)
            .signals(CallError::ConnectionAborted);
        assert_eq!(outcome.endpoint.tcb(), None);
    }
}

/// The expiry after R2.
#[track_caller]
fn last_expiry(mut endpoint: Endpoint) -> crate::support::Outcome {
    for _ in 0..EXPIRIES_MAX {
        let outcome = expires(endpoint);
        if outcome.due_at().is_none() {
            return outcome;
        }
        endpoint = outcome.endpoint;
    }
    panic!("it never gives up");
}

#[test]
fn unanswered_syn_ack_is_repeated_on_the_same_schedule() {
    let (sent_at, gives_up_at) = schedule();
    for endpoint in [syn_received(), syn_received_active()] {
        let (sent, failed_at, ..) = unanswered(endpoint);
        assert_eq!(sent, at_all(&sent_at[1..], "<SEQ=100><ACK=301><CTL=SYN,ACK>"));
        assert_eq!(failed_at, gives_up_at);
    }
}

/// One lost handshake must not end the service; the section would delete the TCB, and with it the
/// listener.
#[test]
fn passive_side_goes_back_to_listen() {
    let outcome = last_expiry(syn_received())
        .follows(Rule::GiveUpToListen)
        .sends_nothing()
        .enters(State::Listen)
        .signals_nothing();
    assert_eq!(outcome.tcb().origin, Origin::Passive);
}

/// The numbers of a segment stay bound to its content, whoever sends it again.
#[test]
fn repeated_segment_is_the_first_one_again() {
    let opened = happens(closed(), Instant::START, &Input::Call(Call::ActiveOpen));
    let answered = arrives(listening(), crate::support::syn(IRS));
    for outcome in [opened, answered] {
        let first: Vec<Segment> = outcome.effects.segments().cloned().collect();
        let again = expires(outcome.endpoint).follows(Rule::Retransmit).enters_no_state();
        assert_eq!(again.effects.segments().cloned().collect::<Vec<_>>(), first);
    }
}

#[test]
fn retransmission_changes_no_number() {
    let before = syn_sent();
    let outcome = expires(before.clone());
    let (then, now) = (before.tcb().expect("a TCB"), outcome.tcb());
    assert_eq!((now.snd, now.rcv, now.origin), (then.snd, then.rcv, then.origin));
}

#[test]
fn acknowledged_syn_is_not_repeated() {
    assert_eq!(established().timer(Timer::Retransmission), None);
    let opened = arrives(syn_received(), ack(IRS + 1, ISS + 1));
    assert_eq!(opened.due_at(), None);
}

/// A time-out that nobody set: it cannot happen in a world, and it does no harm.
#[test]
fn timer_that_does_not_run_does_nothing() {
    for endpoint in [closed(), listening(), established()] {
        let expired = Input::Expired(Timer::Retransmission);
        let outcome =
            happens(endpoint, Instant(5_000_000), &expired).sends_nothing().changes_nothing();
        assert_eq!(outcome.effects.iter().count(), 0);
    }
}
