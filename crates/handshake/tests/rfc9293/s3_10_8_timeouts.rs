//! Section 3.10.8: time-outs, with RFC 6298 for the intervals and section 3.8.3 for the end.

use handshake::{
    Call, CallError, Choice, Duration, Endpoint, Input, Instant, Origin, PacketId, Rule, Segment,
    Side, Start, State, Timer, Trace,
};

use crate::support::{
    IRS, ISS, ack, arrives, calls, closed, closing, elapses, established, every_state, expires,
    fin, fin_wait_1, happens, last_ack, listening, saying, says, syn_received, syn_received_active,
    syn_sent, time_wait,
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
    let opened = happens(closed(), Instant::START, Input::Call(&Call::ActiveOpen));
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
    for endpoint in every_state() {
        for timer in Timer::ALL {
            if endpoint.timer(timer).is_none() {
                let expired = Input::Expired(timer);
                let outcome =
                    happens(endpoint.clone(), Instant(5_000_000), expired).changes_nothing();
                assert_eq!(outcome.effects.iter().count(), 0);
            }
        }
    }
}

/// Text and FIN: R2 is at least 100 seconds (section 3.8.3, SHLD-11).
mod data {
    use super::*;

    /// The oldest text is repeated, and then the FIN; both on the schedule of RFC 6298.
    #[test]
    fn unacknowledged_text_and_fin_are_repeated_until_r2() {
        let text = says(established(), "hello").endpoint;
        for (endpoint, segment) in [
            (text, "<SEQ=101><ACK=301><CTL=ACK><DATA=5>"),
            (fin_wait_1(), "<SEQ=101><ACK=301><CTL=FIN,ACK>"),
            (closing(), "<SEQ=101><ACK=302><CTL=FIN,ACK>"),
            (last_ack(), "<SEQ=101><ACK=302><CTL=FIN,ACK>"),
        ] {
            let (sent, failed_at, endpoint, rule) = unanswered(endpoint);
            assert_eq!(sent, at_all(&[1, 3, 7, 15, 31, 63], segment));
            assert_eq!(failed_at, 123);
            assert_eq!(rule, Rule::GiveUp);
            assert_eq!(endpoint.state(), State::Closed);
        }
    }

    #[test]
    fn user_is_told_that_text_was_never_acknowledged() {
        last_expiry(says(established(), "hello").endpoint)
            .follows(Rule::GiveUp)
            .sends_nothing()
            .enters(State::Closed)
            .signals(CallError::ConnectionAborted);
    }

    #[test]
    fn oldest_text_goes_first_and_the_fin_last() {
        let said = says(says(established(), "one").endpoint, "two").endpoint;
        let closed = calls(said, Call::Close).endpoint;
        let first = expires(closed);
        assert_eq!(first.texts(), ["one"]);
        let second = expires(arrives(first.endpoint, ack(IRS + 1, ISS + 4)).endpoint);
        assert_eq!(second.texts(), ["two"]);
        expires(arrives(second.endpoint, ack(IRS + 1, ISS + 7)).endpoint)
            .follows(Rule::Retransmit)
            .sends(&["<SEQ=107><ACK=301><CTL=FIN,ACK>"]);
    }

    /// What was acknowledged in part is repeated from there on, under the same numbers.
    #[test]
    fn acknowledged_part_is_not_repeated() {
        let part = arrives(says(established(), "hello").endpoint, ack(IRS + 1, ISS + 3))
            .follows(Rule::AckAdvances);
        let again = expires(part.endpoint).sends(&["<SEQ=103><ACK=301><CTL=ACK><DATA=3>"]);
        assert_eq!(again.texts(), ["llo"]);
    }

    /// It says what is expected now, not what was expected when the text was sent first.
    #[test]
    fn repeated_text_carries_the_newest_acknowledgment() {
        let said = says(established(), "hi").endpoint;
        let heard = arrives(said, saying(IRS + 1, ISS + 1, "ho")).endpoint;
        expires(heard).sends(&["<SEQ=101><ACK=303><CTL=ACK><DATA=2>"]);
    }

    #[test]
    fn progress_begins_the_time_to_give_up_anew() {
        let mut endpoint = says(says(established(), "one").endpoint, "two").endpoint;
        for _ in 0..6 {
            endpoint = expires(endpoint).endpoint;
        }
        let heard = Input::Segment(&ack(IRS + 1, ISS + 4));
        let endpoint = happens(endpoint, Instant(90_000_000), heard).endpoint;
        let again = expires(endpoint).follows(Rule::Retransmit);
        assert_eq!(again.endpoint.state(), State::Established);
    }
}

/// What an endpoint foretells of a timer that runs.
mod foretold {
    use super::*;

    /// Sections 3.8.3 and 3.10.8, and RFC 6298 section 5.5: of the expiries at 1, 3, 7, 15, 31, 63,
    /// 123 and 183 s only the last one ends the attempt; each wait is twice as long as the last,
    /// but no longer than a minute.
    #[test]
    fn length_and_end_of_a_retransmission_timer() {
        let mut endpoint = syn_sent();
        let mut lengths = Vec::new();
        let mut ends = Vec::new();
        while let Some(due_at) = endpoint.timer(Timer::Retransmission) {
            lengths.extend(endpoint.length_of(Timer::Retransmission));
            ends.extend(
                endpoint.gives_up_at(due_at, Timer::Retransmission).then(|| seconds(due_at)),
            );
            endpoint = expires(endpoint).endpoint;
        }
        let lengths: Vec<u64> = lengths.iter().map(|length| length.as_millis() / 1000).collect();
        assert_eq!(lengths, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(ends, [183]);
    }

    /// Sections 3.4.2 and 3.9.1.1: 2 MSL are four minutes, the user timeout is five.
    #[test]
    fn length_and_end_of_the_other_timers() {
        let waits = time_wait();
        assert_eq!(waits.length_of(Timer::TimeWait).map(Duration::as_millis), Some(240_000));
        assert!(!waits.gives_up_at(Instant(240_000_000), Timer::TimeWait));
        let said = says(established(), "hi").endpoint;
        assert_eq!(said.length_of(Timer::User).map(Duration::as_millis), Some(300_000));
        assert!(said.gives_up_at(Instant(300_000_000), Timer::User));
    }

    #[test]
    fn what_does_not_run_has_no_length_and_ends_nothing() {
        for timer in Timer::ALL {
            assert_eq!(established().length_of(timer), None, "{timer}");
            assert!(!established().gives_up_at(Instant(999_000_000), timer), "{timer}");
        }
    }
}

mod user {
    use super::*;

    /// Section 3.9.1.1: five minutes.
    #[test]
    fn user_timeout_is_five_minutes_after_the_first_sending() {
        let said = says(established(), "hi").endpoint;
        assert_eq!(said.timer(Timer::User), Some(Instant(300_000_000)));
        let again = expires(said).endpoint;
        assert_eq!(again.timer(Timer::User), Some(Instant(300_000_000)));
        assert_eq!(established().timer(Timer::User), None);
    }

    #[test]
    fn user_timeout_deletes_the_tcb_and_is_told() {
        let owed = says(established(), "hi").endpoint;
        for endpoint in
            [syn_sent(), syn_received_active(), owed, fin_wait_1(), closing(), last_ack()]
        {
            let outcome = elapses(endpoint, Timer::User)
                .follows(Rule::UserTimeout)
                .sends_nothing()
                .enters(State::Closed)
                .signals(CallError::ConnectionAborted);
            assert_eq!(outcome.endpoint.tcb(), None);
        }
    }

    /// As after R2: the listener stays.
    #[test]
    fn user_timeout_leads_the_passive_side_back_to_listen() {
        elapses(syn_received(), Timer::User)
            .follows(Rule::UserTimeoutToListen)
            .sends_nothing()
            .enters(State::Listen)
            .signals_nothing();
    }
}

mod two_msl {
    use super::*;

    /// MUST-13, with an MSL of two minutes (section 3.4.2).
    #[test]
    fn time_wait_lasts_four_minutes() {
        let waits = time_wait();
        assert_eq!(waits.timer(Timer::TimeWait), Some(Instant(240_000_000)));
        let others = Timer::ALL.into_iter().filter(|timer| *timer != Timer::TimeWait);
        assert_eq!(others.filter_map(|timer| waits.timer(timer)).count(), 0);
        let outcome = elapses(waits, Timer::TimeWait)
            .follows(Rule::TimeWaitOver)
            .sends_nothing()
            .enters(State::Closed)
            .signals_nothing();
        assert_eq!(outcome.endpoint.tcb(), None);
    }

    /// The FIN lies one below RCV.NXT, so that the eighth check would never see it.
    #[test]
    fn repeated_fin_is_acknowledged_and_begins_the_wait_anew() {
        let repeated = Input::Segment(&fin(IRS + 1, ISS + 2));
        let outcome = happens(time_wait(), Instant(60_000_000), repeated)
            .follows(Rule::TimeWaitFinRepeated)
            .sends(&["<SEQ=102><ACK=302><CTL=ACK>"])
            .enters_no_state();
        assert_eq!(outcome.endpoint.timer(Timer::TimeWait), Some(Instant(300_000_000)));
    }
}
