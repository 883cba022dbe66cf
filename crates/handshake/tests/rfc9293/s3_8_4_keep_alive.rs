//! Section 3.8.4: keep-alives.

use handshake::{
    Call, CallError, Duration, Endpoint, Input, Instant, KeepAlive, Rule, Settings, State, Timer,
};

use crate::support::{
    IRS, ISS, ack, arrives, careful, closed_with, elapses, established, established_with, fin,
    happens, led, says, syn,
};

fn seconds(at: Option<Instant>) -> Option<u64> {
    at.map(|at| at.as_millis() / 1000)
}

fn due(endpoint: &Endpoint) -> Option<u64> {
    seconds(endpoint.timer(Timer::KeepAlive))
}

/// MUST-25.
#[test]
fn keep_alive_is_off_unless_asked_for() {
    assert_eq!(Settings::default().keep_alive, None);
    assert_eq!(established().timer(Timer::KeepAlive), None);
}

/// MUST-28.
#[test]
fn idle_time_is_two_hours_unless_asked_for() {
    assert_eq!(KeepAlive::default().idle, Duration::from_secs(2 * 60 * 60));
}

/// From the first moment of the connection on, however it was opened.
#[test]
fn idle_time_begins_with_the_connection() {
    assert_eq!(due(&established_with(careful())), Some(60));
    let inputs = [
        Input::Call(&Call::PassiveOpen),
        Input::Segment(&syn(IRS)),
        Input::Segment(&ack(IRS + 1, ISS + 1)),
    ];
    assert_eq!(due(&led(closed_with(careful(), ISS), &inputs)), Some(60));
}

#[test]
fn whatever_arrives_begins_the_idle_time_anew() {
    let later = Instant(30_000_000);
    let heard = happens(established_with(careful()), later, Input::Segment(&ack(IRS + 1, ISS + 1)));
    assert_eq!(due(&heard.endpoint), Some(90));
}

/// A number that was acknowledged long ago, so that the peer has to say what it expects.
#[test]
fn probe_lies_one_below_snd_nxt_and_carries_nothing() {
    let outcome = elapses(established_with(careful()), Timer::KeepAlive)
        .follows(Rule::KeepAliveProbe)
        .sends(&["<SEQ=100><ACK=301><CTL=ACK>"])
        .enters_no_state();
    assert_eq!(due(&outcome.endpoint), Some(70));
    assert_eq!(outcome.tcb().snd, outcome.before.tcb().expect("a connection").snd);
}

#[test]
fn peer_answers_a_probe_with_ack() {
    let probe = ack(IRS, ISS + 1);
    arrives(established(), probe)
        .follows(Rule::Unacceptable)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"])
        .changes_nothing();
}

#[test]
fn answer_ends_the_asking() {
    let asked = elapses(established_with(careful()), Timer::KeepAlive).endpoint;
    let answered =
        happens(asked, Instant(61_000_000), Input::Segment(&ack(IRS + 1, ISS + 1))).endpoint;
    assert_eq!(answered.tcb().and_then(|tcb| tcb.keep_alive).map(|(_, asked)| asked), Some(0));
    assert_eq!(due(&answered), Some(121));
}

/// MUST-29: one probe without an answer proves nothing.
#[test]
fn only_after_all_probes_the_connection_is_given_up() {
    let mut endpoint = established_with(careful());
    for at in [60, 70, 80] {
        assert_eq!(due(&endpoint), Some(at));
        endpoint = elapses(endpoint, Timer::KeepAlive).follows(Rule::KeepAliveProbe).endpoint;
    }
    assert_eq!(due(&endpoint), Some(90));
    let outcome = elapses(endpoint, Timer::KeepAlive)
        .follows(Rule::KeepAliveGivesUp)
        .sends(&["<SEQ=101><CTL=RST>"])
        .enters(State::Closed)
        .signals(CallError::ConnectionAborted);
    assert_eq!(outcome.endpoint.tcb(), None);
}

/// The idle time is a minute, and whoever asks waits ten seconds for each answer.
#[test]
fn only_the_last_unanswered_probe_is_known_to_end_the_connection() {
    let mut endpoint = established_with(careful());
    let mut lengths = Vec::new();
    let mut ends = Vec::new();
    for at in [60, 70, 80, 90] {
        let now = Instant(at * 1_000_000);
        lengths.extend(endpoint.length_of(Timer::KeepAlive));
        ends.push(endpoint.gives_up_at(now, Timer::KeepAlive));
        endpoint = elapses(endpoint, Timer::KeepAlive).endpoint;
    }
    assert_eq!(lengths, [60, 10, 10, 10].map(Duration::from_secs));
    assert_eq!(ends, [false, false, false, true]);
}

/// MUST-26: while something waits for its acknowledgment the retransmission timer asks.
#[test]
fn nobody_is_probed_who_owes_an_acknowledgment() {
    let owed = says(established_with(careful()), "hi").endpoint;
    assert_eq!(owed.timer(Timer::KeepAlive), None);
    let expired = Input::Expired(Timer::KeepAlive);
    happens(owed.clone(), Instant(60_000_000), expired).sends_nothing().changes_nothing();

    let acknowledged = arrives(owed, ack(IRS + 1, ISS + 3)).follows(Rule::AckAdvances);
    assert_eq!(due(&acknowledged.endpoint), Some(60));
}

/// TIME-WAIT ends by itself.
#[test]
fn nobody_is_probed_in_time_wait() {
    let inputs = [
        Input::Call(&Call::Close),
        Input::Segment(&ack(IRS + 1, ISS + 2)),
        Input::Segment(&fin(IRS + 1, ISS + 2)),
    ];
    let waits = led(established_with(careful()), &inputs);
    assert_eq!(waits.state(), State::TimeWait);
    assert_eq!(waits.timer(Timer::KeepAlive), None);
}
