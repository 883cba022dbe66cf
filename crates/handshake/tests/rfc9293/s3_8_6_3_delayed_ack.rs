//! Section 3.8.6.3: delayed acknowledgments, and what section 4.2 of RFC 5681 adds.

use handshake::{
    Call, Duration, Endpoint, Flags, Input, Instant, Offers, Options, Rule, Segment, Settings,
    State, Timer, Timestamps,
};

use crate::support::{
    IRS, ISS, ack, acking, arrives, calls, closed_with, elapses, established, established_with,
    expires, fin, happens, led, rst, saying, says, syn, syn_ack, with_text,
};

const MSS: u16 = 10;

fn patient() -> Settings {
    Settings { delays_acks: true, mss: MSS, ..Settings::default() }
}

/// ESTABLISHED; acknowledgments may wait.
fn waiting() -> Endpoint {
    established_with(patient())
}

/// So many octets in order, from the first on.
fn text(from: u32, octets: usize) -> Segment {
    with_text(ack(IRS + 1 + from, ISS + 1), octets)
}

fn millis(millis: u64) -> Instant {
    Instant::START + Duration::from_millis(millis)
}

fn due(endpoint: &Endpoint) -> Option<Instant> {
    endpoint.timer(Timer::DelayedAck)
}

/// Owes the acknowledgment of "hi".
fn owing() -> Endpoint {
    let owing = arrives(waiting(), saying(IRS + 1, ISS + 1, "hi")).endpoint;
    assert!(due(&owing).is_some());
    owing
}

#[test]
fn nothing_is_delayed_unless_asked_for() {
    assert!(!Settings::default().delays_acks);
    arrives(established(), saying(IRS + 1, ISS + 1, "hi"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
}

#[test]
fn text_in_order_is_taken_at_once_and_acknowledged_later() {
    let outcome = arrives(waiting(), saying(IRS + 1, ISS + 1, "hi"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::AckDelayed])
        .delivers("hi")
        .sends_nothing();
    assert_eq!(outcome.tcb().rcv.nxt.0, IRS + 3);
}

/// MUST-40.
#[test]
fn delay_is_less_than_half_a_second() {
    assert!(Endpoint::ACK_DELAY < Duration::from_millis(500));
    assert_eq!(due(&owing()), Some(Instant::START + Endpoint::ACK_DELAY));
    let outcome = elapses(owing(), Timer::DelayedAck)
        .follows(Rule::AckDelayOver)
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"])
        .enters_no_state();
    assert_eq!(due(&outcome.endpoint), None);
}

/// The half second counts from the first segment that is not acknowledged (RFC 5681 section 4.2).
#[test]
fn later_text_does_not_begin_the_delay_anew() {
    let more = Input::Segment(&saying(IRS + 3, ISS + 1, "ya"));
    let outcome = happens(owing(), millis(150), more).sends_nothing();
    assert_eq!(due(&outcome.endpoint), Some(millis(200)));
    elapses(outcome.endpoint, Timer::DelayedAck).sends(&["<SEQ=101><ACK=305><CTL=ACK>"]);
}

/// SHLD-19.
#[test]
fn second_full_sized_segment_is_acknowledged_at_once() {
    let one = arrives(waiting(), text(0, 10)).sends_nothing().endpoint;
    let two = arrives(one, text(10, 10))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::AckNotDelayed])
        .sends(&["<SEQ=101><ACK=321><CTL=ACK>"]);
    assert_eq!(due(&two.endpoint), None);
    // And so is the fourth, counted from there.
    let three = arrives(two.endpoint, text(20, 10)).sends_nothing().endpoint;
    arrives(three, text(30, 10)).sends(&["<SEQ=101><ACK=341><CTL=ACK>"]);
}

/// Segments that are not full count by their octets.
#[test]
fn two_segments_that_are_not_full_may_wait() {
    let one = arrives(waiting(), text(0, 10)).sends_nothing().endpoint;
    let two = arrives(one, text(10, 9)).sends_nothing().endpoint;
    arrives(two, text(19, 1)).sends(&["<SEQ=101><ACK=321><CTL=ACK>"]);
}

/// A segment with timestamps is full with twelve octets less (RFC 5681 section 4.2).
#[test]
fn options_take_their_room_in_a_full_sized_segment() {
    let stamp = |segment: Segment| {
        let timestamps = Some(Timestamps { value: 1, echo: 0 });
        Segment { options: Options { timestamps, ..segment.options }, ..segment }
    };
    let offers = Offers { timestamps: true, ..Offers::default() };
    let settings = Settings { offers, mss: 112, ..patient() };
    let inputs = [
        Input::Call(&Call::ActiveOpen),
        Input::Segment(&stamp(syn_ack(IRS, ISS + 1))),
        Input::Segment(&stamp(text(0, 100))),
    ];
    let owing = led(closed_with(settings, ISS), &inputs);
    assert!(due(&owing).is_some());
    arrives(owing, stamp(text(100, 100))).sends(&["<SEQ=101><ACK=501><CTL=ACK>"]);
}

/// RMSS is 536 for whoever announced none (MUST-15).
#[test]
fn full_size_is_the_default_where_none_was_announced() {
    let offers = Offers { mss: false, ..Offers::default() };
    let waiting = established_with(Settings { offers, ..patient() });
    let one = arrives(waiting, text(0, 536)).sends_nothing().endpoint;
    arrives(one, text(536, 536)).sends(&["<SEQ=101><ACK=1373><CTL=ACK>"]);
}

/// RFC 5681 section 4.2.
#[test]
fn text_before_its_turn_is_answered_at_once() {
    let outcome = arrives(owing(), text(5, 2))
        .follows_all(&[Rule::AckDuplicate, Rule::TextHeld])
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

/// RFC 5681 section 4.2: all of a gap, or a part of it.
#[test]
fn what_fills_a_gap_is_acknowledged_at_once() {
    let gap = arrives(waiting(), text(4, 2)).sends(&["<SEQ=101><ACK=301><CTL=ACK>"]).endpoint;
    arrives(gap.clone(), text(0, 2)).sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
    arrives(gap, text(0, 4))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::TextTaken, Rule::AckNotDelayed])
        .sends(&["<SEQ=101><ACK=307><CTL=ACK>"]);
}

#[test]
fn what_came_before_is_acknowledged_again_at_once() {
    arrives(owing(), saying(IRS + 1, ISS + 1, "hi"))
        .follows(Rule::Unacceptable)
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
}

#[test]
fn whatever_is_said_carries_the_acknowledgment() {
    let said = says(owing(), "ho").sends(&["<SEQ=101><ACK=303><CTL=ACK><DATA=2>"]);
    assert_eq!(due(&said.endpoint), None);
    // What is said again does so as well.
    let inputs = [Input::Call(&Call::Send(b"ho".into())), Input::Segment(&text(0, 2))];
    let outcome = expires(led(waiting(), &inputs)).sends(&["<SEQ=101><ACK=303><CTL=ACK><DATA=2>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

/// Three segments are enough for a close: the FIN of whoever is told goodbye acknowledges it.
#[test]
fn fin_in_time_carries_the_acknowledgment_of_the_peer_s() {
    let told = arrives(waiting(), fin(IRS + 1, ISS + 1))
        .follows_all(&[Rule::AckDuplicate, Rule::FinArrives, Rule::AckDelayed])
        .sends_nothing()
        .enters(State::CloseWait);
    let outcome = calls(told.endpoint, Call::Close)
        .sends(&["<SEQ=101><ACK=302><CTL=FIN,ACK>"])
        .enters(State::LastAck);
    assert_eq!(due(&outcome.endpoint), None);
}

/// Nothing is left then that could carry it, and entering TIME-WAIT turns other timers off.
#[test]
fn after_both_fins_no_acknowledgment_waits() {
    let closing = led(waiting(), &[Input::Call(&Call::Close)]);
    arrives(closing.clone(), fin(IRS + 1, ISS + 1))
        .enters(State::Closing)
        .sends(&["<SEQ=102><ACK=302><CTL=ACK>"]);
    arrives(closing.clone(), fin(IRS + 1, ISS + 2))
        .enters(State::TimeWait)
        .sends(&["<SEQ=102><ACK=302><CTL=ACK>"]);
    let heard = led(closing, &[Input::Segment(&ack(IRS + 1, ISS + 2))]);
    let owing = arrives(heard, saying(IRS + 1, ISS + 2, "hi")).sends_nothing().endpoint;
    let outcome = arrives(owing, fin(IRS + 3, ISS + 2))
        .enters(State::TimeWait)
        .sends(&["<SEQ=102><ACK=304><CTL=ACK>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

/// The peer cannot open without it.
#[test]
fn handshake_waits_for_nothing() {
    let open = |call: Call| led(closed_with(patient(), ISS), &[Input::Call(&call)]);
    arrives(open(Call::PassiveOpen), syn(IRS)).sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"]);
    let asked = open(Call::ActiveOpen);
    arrives(asked.clone(), syn_ack(IRS, ISS + 1)).sends(&["<SEQ=101><ACK=301><CTL=ACK>"]);
    // Not even where text comes with the SYN.
    arrives(asked, with_text(syn_ack(IRS, ISS + 1), 2)).sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
}

#[test]
fn challenges_wait_for_nothing_and_say_what_was_owed() {
    for odd in [rst(IRS + 51), acking(IRS + 51, ISS + 1, handshake::Flags::SYN)] {
        let outcome = arrives(owing(), odd).sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
        assert_eq!(due(&outcome.endpoint), None);
    }
}

/// A window that opens is announced with an ACK, which leaves nothing to wait.
#[test]
fn window_update_carries_the_acknowledgment() {
    let settings = Settings { reads_at_once: false, window: 5, ..patient() };
    let reading = led(established_with(settings), &[Input::Call(&Call::Receive)]);
    let outcome = arrives(reading, saying(IRS + 1, ISS + 1, "hello"))
        .delivers("hello")
        .sends(&["<SEQ=101><ACK=306><CTL=ACK>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

/// MUST-40: what the window's announcement does not acknowledge is not forgotten.
#[test]
fn fin_behind_text_that_opens_the_window_is_acknowledged() {
    let settings = Settings { reads_at_once: false, window: 5, ..patient() };
    let reading = led(established_with(settings), &[Input::Call(&Call::Receive)]);
    let settings = Settings { window: 6, ..settings };
    let roomy = led(established_with(settings), &[Input::Call(&Call::Receive)]);
    let last = Segment { flags: Flags::FIN | Flags::ACK, ..saying(IRS + 1, ISS + 1, "hello") };
    // There is no room for the FIN's own number in a window of five.
    arrives(reading, last.clone()).sends(&["<SEQ=101><ACK=306><CTL=ACK>"]);
    let outcome = arrives(roomy, last)
        .enters(State::CloseWait)
        .delivers("hello")
        .sends(&["<SEQ=101><ACK=307><CTL=ACK>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

/// RFC 5681 section 4.2, although RECEIVE takes only what fills the gap.
#[test]
fn what_fills_a_gap_is_acknowledged_with_all_behind_it_though_the_window_opens() {
    let settings = Settings { reads_at_once: false, window: 12, ..patient() };
    let gap = led(established_with(settings), &[Input::Segment(&text(5, 5))]);
    let reading = led(gap, &[Input::Call(&Call::Receive)]);
    let outcome = arrives(reading, text(0, 5)).sends(&["<SEQ=101><ACK=311><CTL=ACK>"]);
    assert_eq!(due(&outcome.endpoint), None);
}

#[test]
fn abort_leaves_nothing_to_acknowledge() {
    let outcome = calls(owing(), Call::Abort).enters(State::Closed);
    assert_eq!(due(&outcome.endpoint), None);
    happens(outcome.endpoint, millis(200), Input::Expired(Timer::DelayedAck)).sends_nothing();
}
