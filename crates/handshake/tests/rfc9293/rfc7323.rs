//! RFC 7323: window scale, timestamps, and what they protect from; RFC 2018: SACK-permitted.

use handshake::{
    Agreed, Call, Duration, Endpoint, Input, Instant, Offers, Options, Origin, Rule, Scale,
    Segment, SeqNum, Settings, State, Timer, Timestamps,
};

use crate::support::{
    IRS, ISS, Outcome, ack, announcing, arrives, calls, closed_with, fin, happens, led, rst,
    saying, syn, syn_ack,
};

const NOTHING: Offers =
    Offers { mss: false, window_scale: None, sack_permitted: false, timestamps: false };

fn at(millis: u64) -> Instant {
    Instant::START + Duration::from_millis(millis)
}

/// Knows these options and has this much room.
fn knowing(offers: Offers, window: u32) -> Endpoint {
    closed_with(Settings { offers, window, ..Settings::default() }, ISS)
}

/// Knows timestamps.
fn dated() -> Endpoint {
    knowing(Offers { timestamps: true, ..Offers::default() }, 65_535)
}

fn scaling(shift: u8, window: u32) -> Endpoint {
    knowing(Offers { window_scale: Some(shift), ..NOTHING }, window)
}

/// The same segment with timestamps.
fn stamped(value: u32, echo: u32, segment: Segment) -> Segment {
    let timestamps = Some(Timestamps { value, echo });
    Segment { options: Options { timestamps, ..segment.options }, ..segment }
}

fn with_options(options: Options, segment: Segment) -> Segment {
    Segment { options, ..segment }
}

fn scaled(shift: u8, segment: Segment) -> Segment {
    let options = Options { window_scale: Some(shift), ..segment.options };
    with_options(options, segment)
}

fn listening(endpoint: Endpoint) -> Endpoint {
    led(endpoint, &[Input::Call(&Call::PassiveOpen)])
}

fn syn_sent(endpoint: Endpoint) -> Endpoint {
    led(endpoint, &[Input::Call(&Call::ActiveOpen)])
}

/// ESTABLISHED after an active OPEN; the peer's SYN,ACK said 1000, and echoed our 0.
fn established() -> Endpoint {
    led(syn_sent(dated()), &[Input::Segment(&stamped(1000, 0, syn_ack(IRS, ISS + 1)))])
}

fn sent(outcome: &Outcome) -> Segment {
    outcome.effects.segments().next().expect("a segment").clone()
}

fn agreed(endpoint: &Endpoint) -> Agreed {
    endpoint.tcb().expect("a connection").agreed
}

fn recent(endpoint: &Endpoint) -> u32 {
    agreed(endpoint).timestamps.expect("timestamps").recent
}

/// The text that each of these options adds to a SYN, whatever else is offered.
#[test]
fn syn_offers_what_the_endpoint_knows_and_nothing_else() {
    let all = Offers { mss: true, window_scale: Some(7), sack_permitted: true, timestamps: true };
    for (offers, options) in [
        (NOTHING, Options::default()),
        (Offers::default(), Options { mss: Some(1460), ..Options::default() }),
        (
            all,
            Options {
                mss: Some(1460),
                window_scale: Some(7),
                sack_permitted: true,
                timestamps: Some(Timestamps { value: 0, echo: 0 }),
            },
        ),
    ] {
        let opened = calls(knowing(offers, 65_535), Call::ActiveOpen);
        assert_eq!(sent(&opened).options, options);
    }
}

/// Sections 2.2 and 3.2, and RFC 2018 section 2: an option is answered only where it was offered
/// and is known, and counts only then.
#[test]
fn syn_ack_answers_only_what_was_offered_and_is_known() {
    let offered = Options {
        mss: None,
        window_scale: Some(3),
        sack_permitted: true,
        timestamps: Some(Timestamps { value: 5, echo: 0 }),
    };
    let known =
        Offers { mss: false, window_scale: Some(7), sack_permitted: true, timestamps: true };
    let answer = Options {
        mss: None,
        window_scale: Some(7),
        sack_permitted: true,
        timestamps: Some(Timestamps { value: 0, echo: 5 }),
    };
    for (offers, options, expected) in [
        (known, offered, answer),
        (known, Options::default(), Options::default()),
        (NOTHING, offered, Options::default()),
    ] {
        let outcome = arrives(listening(knowing(offers, 65_535)), with_options(options, syn(IRS)));
        assert_eq!(sent(&outcome).options, expected);
        let counts = expected == answer;
        let agreed = agreed(&outcome.endpoint);
        assert_eq!(agreed.scale, counts.then_some(Scale { snd: 3, rcv: 7 }));
        assert_eq!(agreed.sack_permitted, counts);
        assert_eq!(agreed.timestamps.is_some(), counts);
    }
}

/// A SYN,ACK that answers what was never offered changes nothing.
#[test]
fn answer_to_no_offer_counts_for_nothing() {
    let options = Options {
        window_scale: Some(3),
        sack_permitted: true,
        timestamps: Some(Timestamps::default()),
        ..Options::default()
    };
    let answered = with_options(options, syn_ack(IRS, ISS + 1));
    let outcome = arrives(syn_sent(knowing(NOTHING, 65_535)), answered);
    assert_eq!(agreed(&outcome.endpoint), Agreed::default());
    assert_eq!(sent(&outcome).options, Options::default());
}

/// Section 2.2: the window of a SYN stands as it is; section 2.3: every other is shifted.
#[test]
fn windows_are_scaled_both_ways_but_for_those_of_syns() {
    let opened = calls(scaling(7, 1 << 20), Call::ActiveOpen);
    assert_eq!(sent(&opened).window, 65_535);
    let answer = scaled(2, announcing(1000, syn_ack(IRS, ISS + 1)));
    let outcome = arrives(opened.endpoint, answer);
    assert_eq!(outcome.tcb().snd.wnd, 1000);
    assert_eq!(outcome.tcb().rcv.wnd, 1 << 20);
    // 2^20 >> 7
    assert_eq!(sent(&outcome).window, 8192);
    let outcome = arrives(outcome.endpoint, announcing(1000, ack(IRS + 1, ISS + 1)));
    assert_eq!(outcome.tcb().snd.wnd, 4000);
}

/// The same on the passive side: the ACK that completes the open is the first that is shifted.
#[test]
fn window_of_the_third_message_is_scaled() {
    let asked = scaled(2, announcing(1000, syn(IRS)));
    let outcome = arrives(listening(scaling(7, 1 << 20)), asked);
    assert_eq!((outcome.tcb().snd.wnd, sent(&outcome).window), (1000, 65_535));
    let outcome = arrives(outcome.endpoint, announcing(1000, ack(IRS + 1, ISS + 1)));
    assert_eq!(outcome.tcb().snd.wnd, 4000);
}

/// Both offer in a simultaneous open, and both answer.
#[test]
fn simultaneous_open_agrees_as_well() {
    let outcome = arrives(syn_sent(scaling(7, 1 << 20)), scaled(2, syn(IRS)));
    assert_eq!(sent(&outcome).options.window_scale, Some(7));
    assert_eq!(sent(&outcome).window, 65_535);
    assert_eq!(outcome.tcb().origin, Origin::Active);
    assert_eq!(agreed(&outcome.endpoint).scale, Some(Scale { snd: 2, rcv: 7 }));
}

/// Section 2.2: a side that does not scale is not scaled for either.
#[test]
fn without_agreement_no_window_is_beyond_sixteen_bits() {
    let outcome = arrives(syn_sent(scaling(7, 1 << 20)), syn_ack(IRS, ISS + 1));
    assert_eq!(outcome.tcb().rcv.wnd, 65_535);
    assert_eq!(sent(&outcome).window, 65_535);
}

/// Section 2.3: a shift of more than 14 counts as 14.
#[test]
fn shift_of_more_than_fourteen_counts_as_fourteen() {
    let answer = scaled(200, syn_ack(IRS, ISS + 1));
    let outcome = arrives(syn_sent(scaling(15, 65_535 << 14)), answer);
    assert_eq!(agreed(&outcome.endpoint).scale, Some(Scale { snd: 14, rcv: 14 }));
    assert_eq!(outcome.tcb().rcv.wnd, 65_535 << 14);
    let outcome = arrives(outcome.endpoint, announcing(2, ack(IRS + 1, ISS + 1)));
    assert_eq!(outcome.tcb().snd.wnd, 2 << 14);
}

/// Section 2.3: nobody asks for more than 14, on either SYN.
#[test]
fn shift_of_more_than_fourteen_is_never_offered() {
    let opened = calls(scaling(15, 65_535), Call::ActiveOpen);
    assert_eq!(sent(&opened).options.window_scale, Some(14));
    let answered = arrives(listening(scaling(255, 65_535)), scaled(200, syn(IRS)));
    assert_eq!(sent(&answered).options.window_scale, Some(14));
}

/// Section 2.3, and section 3.8.6.2.2 of RFC 9293: what counts is what was announced. With a shift
/// of 14 a window of 16384 is announced as one, and as nothing while an octet of it is unread.
#[test]
fn window_that_is_announced_as_closed_is_announced_when_it_opens() {
    let settings = Settings { reads_at_once: false, mss: 100, ..*scaling(14, 1 << 14).settings() };
    let answer = scaled(0, syn_ack(IRS, ISS + 1));
    let opened = led(syn_sent(closed_with(settings, ISS)), &[Input::Segment(&answer)]);
    let heard = arrives(opened, saying(IRS + 1, ISS + 1, "x"));
    assert_eq!((heard.tcb().rcv.wnd, sent(&heard).window), ((1 << 14) - 1, 0));
    let received = calls(heard.endpoint, Call::Receive).sends(&["<SEQ=101><ACK=302><CTL=ACK>"]);
    assert_eq!(sent(&received).window, 1);
}

/// Section 3.2: the echo is zero where there is no ACK; then every segment has both, but a RST.
#[test]
fn every_segment_is_dated_once_both_agreed() {
    let opened = happens(dated(), at(7), Input::Call(&Call::ActiveOpen));
    assert_eq!(sent(&opened).options.timestamps, Some(Timestamps { value: 7, echo: 0 }));
    let answer = Input::Segment(&stamped(1000, 7, syn_ack(IRS, ISS + 1)));
    let outcome = happens(opened.endpoint, at(20), answer);
    let dated = Some(Timestamps { value: 20, echo: 1000 });
    assert_eq!(sent(&outcome).options.timestamps, dated);

    for call in [Call::Send(b"hi".into()), Call::Close] {
        let outcome = happens(outcome.endpoint.clone(), at(20), Input::Call(&call));
        assert_eq!(sent(&outcome).options.timestamps, dated);
    }
    let aborted = happens(outcome.endpoint, at(20), Input::Call(&Call::Abort));
    assert_eq!(sent(&aborted).options, Options::default());
}

/// Nobody dates letters for a peer that does not.
#[test]
fn nothing_is_dated_without_agreement() {
    let outcome = arrives(syn_sent(dated()), syn_ack(IRS, ISS + 1));
    assert_eq!(sent(&outcome).options, Options::default());
    arrives(outcome.endpoint, saying(IRS + 1, ISS + 1, "hi")).delivers("hi");
}

/// RFC 9293 section 3.7.1 (MUST-16): the twelve octets of the option are taken off the text.
#[test]
fn timestamps_leave_less_room_for_text() {
    let answer = Segment {
        options: Options { mss: Some(112), ..Options::default() },
        ..syn_ack(IRS, ISS + 1)
    };
    let opened = led(syn_sent(dated()), &[Input::Segment(&stamped(1, 0, answer.clone()))]);
    let octets = |outcome: &Outcome| -> Vec<usize> {
        outcome.effects.segments().map(|segment| segment.text.len()).collect()
    };
    let text = || Call::Send(vec![b'.'; 150].into());
    assert_eq!(octets(&calls(opened, text())), [100, 50]);
    let undated = led(syn_sent(dated()), &[Input::Segment(&answer)]);
    assert_eq!(octets(&calls(undated, text())), [112, 38]);
}

/// The example of section 4.3 (B): A B C D E, of which C comes before B and E before D. What is
/// echoed is the date of the last segment that advanced the window.
#[test]
fn echo_is_of_the_segment_that_came_last_in_order() {
    let mut endpoint = established();
    let begin = IRS + 1;
    // Number, date, what is acknowledged and echoed.
    for (place, value, acknowledged, echo) in [
        (0, 1001, 1, 1001),
        (2, 1003, 1, 1001),
        (1, 1002, 3, 1002),
        (4, 1005, 3, 1002),
        (3, 1004, 5, 1004),
    ] {
        let text = stamped(value, 0, saying(begin + place, ISS + 1, "x"));
        let outcome = arrives(endpoint, text);
        let answer = sent(&outcome);
        assert_eq!(answer.ack, SeqNum(begin + acknowledged), "date {value}");
        assert_eq!(answer.options.timestamps, Some(Timestamps { value: 0, echo }), "date {value}");
        endpoint = outcome.endpoint;
    }
}

/// Section 5.3, R1: before the window is looked at; answered with an ACK, and dropped.
#[test]
fn what_was_said_before_is_old_whatever_its_number() {
    let outcome = arrives(established(), stamped(999, 0, saying(IRS + 1, ISS + 1, "hi")))
        .follows(Rule::TimestampOld)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"])
        .enters_no_state()
        .delivers("");
    assert_eq!(recent(&outcome.endpoint), 1000);
    // At the same millisecond it is not old.
    arrives(established(), stamped(1000, 0, saying(IRS + 1, ISS + 1, "hi"))).delivers("hi");
}

/// Section 5.2: the circle of dates has 2^32 numbers as well.
#[test]
fn dates_go_round() {
    let answer = stamped(u32::MAX, 0, syn_ack(IRS, ISS + 1));
    let endpoint = led(syn_sent(dated()), &[Input::Segment(&answer)]);
    let outcome = arrives(endpoint, stamped(0, 0, saying(IRS + 1, ISS + 1, "hi"))).delivers("hi");
    assert_eq!(recent(&outcome.endpoint), 0);
    let outcome = arrives(outcome.endpoint, stamped(u32::MAX, 0, saying(IRS + 3, ISS + 1, "ho")));
    outcome.follows(Rule::TimestampOld);
}

/// Section 5.2: a RST is believed whatever its date, and its date is not taken over.
#[test]
fn old_dates_and_missing_ones_do_not_protect_from_a_reset() {
    for reset in [rst(IRS + 1), stamped(1, 0, rst(IRS + 1))] {
        arrives(established(), reset).follows(Rule::Reset).enters(State::Closed);
    }
    let challenged = arrives(established(), stamped(2000, 0, rst(IRS + 2)));
    assert_eq!(recent(&challenged.endpoint), 1000);
}

/// Section 3.2: once agreed on, whatever comes without is dropped silently; nothing is reset by it.
#[test]
fn segment_without_a_date_is_dropped_silently() {
    for segment in [saying(IRS + 1, ISS + 1, "hi"), fin(IRS + 1, ISS + 1), syn(IRS + 1)] {
        arrives(established(), segment)
            .follows(Rule::TimestampAbsent)
            .sends_nothing()
            .changes_nothing();
    }
}

/// Section 5.5: after 24 days a date says nothing any more.
#[test]
fn date_that_was_kept_too_long_is_not_trusted() {
    let days = |days: u64| Instant::START + Duration::from_secs(days * 24 * 3600);
    let old = Input::Segment(&stamped(999, 0, saying(IRS + 1, ISS + 1, "hi")));
    happens(established(), days(23), old).follows(Rule::TimestampOld);
    let outcome = happens(established(), days(24), old).delivers("hi");
    assert_eq!(recent(&outcome.endpoint), 999);
}

/// What lies outside the window sets no date (section 5.3, R2 before R3).
#[test]
fn date_of_an_unacceptable_segment_is_not_taken_over() {
    let outcome = arrives(established(), stamped(5000, 0, ack(IRS, ISS + 1)));
    assert_eq!(recent(&outcome.endpoint), 1000);
}

/// Section 4.1: the echo says which sending is answered, so that what was sent twice is measured.
/// RFC 6298 section 2.3 then makes of SRTT = RTTVAR = 0 and a sample of 100 ms: RTTVAR 25 ms and
/// SRTT 12.5 ms.
#[test]
fn round_trip_of_what_was_sent_twice_is_measured_by_its_echo() {
    let text = happens(established(), at(1000), Input::Call(&Call::Send(b"hi".into())));
    let expired = happens(text.endpoint, at(2000), Input::Expired(Timer::Retransmission));
    let again = sent(&expired).options.timestamps;
    assert_eq!(again, Some(Timestamps { value: 2000, echo: 1000 }));
    let answer = Input::Segment(&stamped(3000, 2000, ack(IRS + 1, ISS + 3)));
    let outcome = happens(expired.endpoint, at(2100), answer);
    let micros = |micros| Duration(micros);
    assert_eq!(outcome.tcb().round_trip.estimate, Some((micros(12_500), micros(25_000))));
    assert_eq!(outcome.tcb().round_trip.backed_off, None);
}

/// Only what acknowledges something new is measured, and never a time that is yet to come.
#[test]
fn echo_of_nothing_new_and_of_the_future_measure_nothing() {
    let before = established().tcb().expect("a connection").round_trip;
    let heard = Input::Segment(&stamped(3000, 0, ack(IRS + 1, ISS + 1)));
    let outcome = happens(established(), at(5000), heard);
    assert_eq!(outcome.tcb().round_trip.estimate, before.estimate);

    let text = happens(established(), at(1000), Input::Call(&Call::Send(b"hi".into())));
    let forged = Input::Segment(&stamped(3000, 9000, ack(IRS + 1, ISS + 3)));
    let outcome = happens(text.endpoint, at(1100), forged);
    assert_eq!(outcome.tcb().round_trip.estimate, before.estimate);
}

/// TIME-WAIT after a passive OPEN; TS.Recent is 1000 and RCV.NXT 302.
fn time_wait() -> Endpoint {
    let inputs = [
        Input::Segment(&stamped(1000, 0, syn(IRS))),
        Input::Segment(&stamped(1000, 0, ack(IRS + 1, ISS + 1))),
        Input::Call(&Call::Close),
        Input::Segment(&stamped(1000, 0, fin(IRS + 1, ISS + 2))),
    ];
    led(listening(dated()), &inputs)
}

/// RFC 6191 section 2: where both had dates, a later one makes a SYN fresh, whatever its number;
/// at the same date the number decides, and an earlier date is old.
#[test]
fn later_date_reopens_a_connection_in_time_wait() {
    assert_eq!(time_wait().state(), State::TimeWait);
    let low = || syn(IRS.wrapping_sub(50));
    let high = || syn(IRS + 50);
    for fresh in [stamped(1001, 0, low()), stamped(1000, 0, high()), high()] {
        arrives(time_wait(), fresh).follows(Rule::TimeWaitReopens).enters(State::SynReceived);
    }
    arrives(time_wait(), stamped(999, 0, high())).follows(Rule::TimestampOld).enters_no_state();
    arrives(time_wait(), stamped(1000, 0, low())).follows(Rule::Unacceptable).enters_no_state();
}
