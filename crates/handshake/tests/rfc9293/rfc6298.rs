//! RFC 6298, as section 3.8.1 of RFC 9293 asks (MUST-20): the retransmission timer.

use handshake::{Call, Duration, Endpoint, Input, Instant, RoundTrip, Rule, SeqNum, Timer};

use crate::support::{
    IRS, ISS, ack, established, expires, happens, led, says, syn_ack, syn_received, syn_sent,
};

fn at(millis: u64) -> Instant {
    Instant(millis * 1000)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Says something at a moment and hears the acknowledgment after so many milliseconds.
fn round(endpoint: Endpoint, begin: u64, takes: u64) -> Endpoint {
    let said = happens(endpoint, at(begin), Input::Call(&Call::Send(b"x".into()))).endpoint;
    let nxt = said.tcb().expect("a connection").snd.nxt;
    happens(said, at(begin + takes), Input::Segment(&ack(IRS + 1, nxt.0))).endpoint
}

fn round_trip(endpoint: &Endpoint) -> RoundTrip {
    endpoint.tcb().expect("a connection").round_trip
}

fn estimate(endpoint: &Endpoint) -> (u64, u64, u64) {
    let round_trip = round_trip(endpoint);
    let (srtt, rttvar) = round_trip.estimate.expect("a measurement");
    (srtt.as_millis(), rttvar.as_millis(), round_trip.rto().as_millis())
}

/// ESTABLISHED, so many milliseconds after our SYN.
fn opened(takes: u64) -> Endpoint {
    happens(syn_sent(), at(takes), Input::Segment(&syn_ack(IRS, ISS + 1))).endpoint
}

/// Section 2.1.
#[test]
fn rto_is_one_second_before_any_measurement() {
    assert_eq!(round_trip(&syn_sent()).estimate, None);
    assert_eq!(round_trip(&syn_sent()).rto(), Duration::from_secs(1));
}

/// Section 2.2: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR. The SYN is measured first.
#[test]
fn first_measurement_sets_the_estimate() {
    assert_eq!(estimate(&opened(800)), (800, 400, 2400));
    let answered = happens(syn_received(), at(800), Input::Segment(&ack(IRS + 1, ISS + 1)));
    assert_eq!(estimate(&answered.endpoint), (800, 400, 2400));
}

/// Section 2.3: RTTVAR = 3/4 RTTVAR + 1/4 |SRTT - R'|, then SRTT = 7/8 SRTT + 1/8 R'.
#[test]
fn later_measurements_smooth_the_estimate() {
    let twice = round(opened(800), 1000, 1600);
    assert_eq!(estimate(&twice), (900, 500, 2900));
    let thrice = round(twice, 3000, 900);
    assert_eq!(estimate(&thrice), (900, 375, 2400));
}

/// Section 2.4.
#[test]
fn rto_is_at_least_one_second() {
    assert_eq!(estimate(&opened(100)), (100, 50, 1000));
}

/// Section 2.5: a limit, if there is one, is 60 seconds or more.
#[test]
fn rto_is_at_most_one_minute() {
    assert_eq!(estimate(&opened(50_000)), (50_000, 25_000, 60_000));
}

/// Section 3: one segment in a round trip is timed, not each.
#[test]
fn only_one_segment_is_timed_at_a_time() {
    let first = happens(opened(100), at(1000), Input::Call(&Call::Send(b"one".into()))).endpoint;
    let second = happens(first, at(1500), Input::Call(&Call::Send(b"two".into()))).endpoint;
    assert_eq!(round_trip(&second).timed, Some((SeqNum(ISS + 4), at(1000))));
    let both = happens(second, at(1900), Input::Segment(&ack(IRS + 1, ISS + 7))).endpoint;
    // 7/8 of 100 and 1/8 of 900.
    assert_eq!(estimate(&both).0, 200);
}

/// Section 3, Karn: nobody knows which of the two was acknowledged.
#[test]
fn segment_that_was_sent_twice_is_not_measured() {
    let said = happens(opened(100), at(1000), Input::Call(&Call::Send(b"hi".into()))).endpoint;
    let repeated = expires(said).endpoint;
    assert_eq!(round_trip(&repeated).timed, None);
    let acknowledged = happens(repeated, at(2200), Input::Segment(&ack(IRS + 1, ISS + 3))).endpoint;
    assert_eq!(round_trip(&acknowledged).estimate, Some((millis(100), millis(50))));

    let opened =
        happens(expires(syn_sent()).endpoint, at(1200), Input::Segment(&syn_ack(IRS, ISS + 1)));
    assert_eq!(round_trip(&opened.endpoint).estimate, None);
}

/// Section 5.1: when text is sent and the timer does not run, it starts.
#[test]
fn timer_starts_with_text_and_runs_on() {
    let said = says(established(), "one").endpoint;
    assert_eq!(said.timer(Timer::Retransmission), Some(at(1000)));
    let more = happens(said, at(400), Input::Call(&Call::Send(b"two".into()))).endpoint;
    assert_eq!(more.timer(Timer::Retransmission), Some(at(1000)));
}

/// Section 5.2.
#[test]
fn timer_stops_when_all_is_acknowledged() {
    let said = says(established(), "hi").endpoint;
    let acknowledged = happens(said, at(100), Input::Segment(&ack(IRS + 1, ISS + 3)));
    assert_eq!(acknowledged.due_at(), None);
}

/// Section 5.3.
#[test]
fn timer_starts_anew_when_a_part_is_acknowledged() {
    let calls = [b"one", b"two"].map(|text| Call::Send(text.into()));
    let said = led(established(), &calls.each_ref().map(Input::Call));
    let part = happens(said, at(100), Input::Segment(&ack(IRS + 1, ISS + 4)));
    assert_eq!(part.due_at(), Some(at(1100)));
}

/// A duplicate acknowledges nothing.
#[test]
fn timer_runs_on_after_a_duplicate() {
    let said = says(established(), "hi").endpoint;
    let heard = happens(said, at(100), Input::Segment(&ack(IRS + 1, ISS + 1)));
    assert_eq!(heard.due_at(), Some(at(1000)));
}

/// Sections 5.4 to 5.6.
#[test]
fn expiry_sends_the_oldest_again_and_doubles_the_rto() {
    let calls = [b"one", b"two"].map(|text| Call::Send(text.into()));
    let mut endpoint = led(established(), &calls.each_ref().map(Input::Call));
    for due_at in [1, 3, 7, 15, 31, 63] {
        assert_eq!(endpoint.timer(Timer::Retransmission), Some(at(due_at * 1000)));
        let outcome = expires(endpoint).follows(Rule::Retransmit);
        assert_eq!(outcome.texts(), ["one"]);
        endpoint = outcome.endpoint;
    }
}

/// Section 5: RTO stays doubled until new text is sent once and acknowledged.
#[test]
fn doubled_rto_stays_until_a_round_trip_is_measured() {
    let measured = round(established(), 0, 100);
    let said = happens(measured, at(1000), Input::Call(&Call::Send(b"x".into()))).endpoint;
    let repeated = expires(expires(said).endpoint).endpoint;
    assert_eq!(round_trip(&repeated).rto(), Duration::from_secs(4));
    let nxt = repeated.tcb().expect("a connection").snd.nxt.0;
    let acknowledged = happens(repeated, at(5000), Input::Segment(&ack(IRS + 1, nxt))).endpoint;
    assert_eq!(acknowledged.timer(Timer::Retransmission), None);
    assert_eq!(round_trip(&acknowledged).rto(), Duration::from_secs(4));

    let said = happens(acknowledged, at(6000), Input::Call(&Call::Send(b"y".into()))).endpoint;
    assert_eq!(said.timer(Timer::Retransmission), Some(at(10_000)));
    let measured = happens(said, at(6100), Input::Segment(&ack(IRS + 1, nxt + 1))).endpoint;
    assert_eq!(round_trip(&measured).rto(), Duration::from_secs(1));
}

/// Section 5.7.
#[test]
fn repeated_syn_makes_text_begin_with_three_seconds() {
    let repeated = expires(expires(syn_sent()).endpoint).endpoint;
    let opened = happens(repeated, at(3100), Input::Segment(&syn_ack(IRS, ISS + 1))).endpoint;
    assert_eq!(round_trip(&opened).rto(), Duration::from_secs(3));
    let said = happens(opened, at(4000), Input::Call(&Call::Send(b"hi".into()))).endpoint;
    assert_eq!(said.timer(Timer::Retransmission), Some(at(7000)));
    // A measurement counts for more.
    let measured = happens(said, at(4100), Input::Segment(&ack(IRS + 1, ISS + 3))).endpoint;
    assert_eq!(round_trip(&measured).rto(), Duration::from_secs(1));
}

/// However long a round trip takes, nothing overflows.
#[test]
fn round_trip_of_any_length_can_be_measured() {
    let mut endpoint = established();
    for begin in [0, u64::MAX / 4, u64::MAX / 2] {
        let begin = Instant(begin);
        endpoint = happens(endpoint, begin, Input::Call(&Call::Send(b"x".into()))).endpoint;
        let nxt = endpoint.tcb().expect("a connection").snd.nxt.0;
        let end = Instant(u64::MAX);
        endpoint = happens(endpoint, end, Input::Segment(&ack(IRS + 1, nxt))).endpoint;
    }
    assert_eq!(round_trip(&endpoint).rto(), millis(60_000));
}
