//! Section 3.8.6.1: the peer's window is closed, and text waits.

use handshake::{Call, Duration, Input, Instant, Rule, Segment, SeqNum, State, Timer};

use crate::support::{
    IRS, ISS, ack, announcing, arrives, calls, elapses, established, established_with_window,
    expires, facing_a_closed_window, fin, happens, rst, run, saying, says,
};

#[test]
fn nothing_is_sent_into_a_closed_window() {
    let shut = arrives(established(), announcing(0, ack(IRS + 1, ISS + 1))).endpoint;
    let outcome = says(shut, "hello").follows(Rule::Send).sends_nothing();
    assert_eq!(outcome.tcb().outgoing.unsent, b"hello");
    assert_eq!(outcome.due_at(), None);
    assert_eq!(outcome.endpoint.timer(Timer::Probe), Some(Instant(1_000_000)));
}

/// SHLD-29: after the retransmission time-out.
#[test]
fn probe_carries_one_octet_of_what_waits() {
    let outcome = elapses(facing_a_closed_window(), Timer::Probe)
        .follows(Rule::ZeroWindowProbe)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=1>"])
        .enters_no_state();
    assert_eq!(outcome.texts(), ["h"]);
    assert_eq!(outcome.tcb().outgoing.unsent, b"ello");
    assert_eq!(outcome.tcb().snd.nxt, SeqNum(ISS + 2));
    assert_eq!(outcome.endpoint.timer(Timer::Probe), None);
    assert_eq!(outcome.due_at(), Some(Instant(2_000_000)));
}

/// SHLD-30: at doubled intervals.
#[test]
fn probe_is_repeated_at_doubled_intervals() {
    let mut endpoint = elapses(facing_a_closed_window(), Timer::Probe).endpoint;
    for (at, next) in [(2, 4), (4, 8), (8, 16), (16, 32), (32, 64), (64, 124)] {
        assert_eq!(endpoint.timer(Timer::Retransmission), Some(Instant(at * 1_000_000)));
        let outcome = expires(endpoint)
            .follows(Rule::Retransmit)
            .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=1>"]);
        assert_eq!(outcome.due_at(), Some(Instant(next * 1_000_000)));
        endpoint = outcome.endpoint;
    }
}

/// MUST-37: as long as the peer answers, the connection stays open.
#[test]
fn peer_that_answers_probes_is_never_given_up() {
    let mut endpoint = elapses(facing_a_closed_window(), Timer::Probe).endpoint;
    for _ in 0..20 {
        let outcome = expires(endpoint).follows(Rule::Retransmit);
        let at = outcome.due_at().expect("the timer runs");
        let answer = Input::Segment(&announcing(0, ack(IRS + 1, ISS + 1)));
        let answered = Instant(at.0 - 1);
        endpoint = happens(outcome.endpoint, answered, answer).follows(Rule::AckDuplicate).endpoint;
    }
    assert_eq!(endpoint.state(), State::Established);
    let user = endpoint.timer(Timer::User).expect("it runs");
    assert!(user - endpoint.timer(Timer::Retransmission).unwrap() > Duration::from_secs(200));
}

#[test]
fn peer_that_does_not_answer_probes_is_given_up() {
    let mut endpoint = elapses(facing_a_closed_window(), Timer::Probe).endpoint;
    while endpoint.timer(Timer::Retransmission).is_some() {
        endpoint = expires(endpoint).endpoint;
    }
    assert_eq!(endpoint.state(), State::Closed);
}

#[test]
fn window_that_opens_before_the_probe_needs_none() {
    let outcome = arrives(facing_a_closed_window(), announcing(10, ack(IRS + 1, ISS + 1)))
        .follows(Rule::AckDuplicate)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=5>"]);
    assert_eq!(outcome.endpoint.timer(Timer::Probe), None);
}

#[test]
fn acknowledged_probe_lets_the_rest_follow() {
    let asked = elapses(facing_a_closed_window(), Timer::Probe).endpoint;
    let outcome = arrives(asked, announcing(10, ack(IRS + 1, ISS + 2)))
        .follows(Rule::AckAdvances)
        .sends(&["<SEQ=102><ACK=301><CTL=ACK><DATA=4>"]);
    assert_eq!(outcome.texts(), ["ello"]);
}

/// The probe was taken, and the window closed again behind it.
#[test]
fn window_that_stays_closed_is_probed_again() {
    let asked = elapses(facing_a_closed_window(), Timer::Probe).endpoint;
    let outcome = arrives(asked, announcing(0, ack(IRS + 1, ISS + 2)))
        .follows(Rule::AckAdvances)
        .sends_nothing();
    assert!(outcome.endpoint.timer(Timer::Probe).is_some());
    let again = elapses(outcome.endpoint, Timer::Probe).follows(Rule::ZeroWindowProbe);
    assert_eq!(again.texts(), ["e"]);
}

/// A close does not wait for the window in FIN-WAIT-1, but the FIN waits for the text.
#[test]
fn text_is_probed_for_after_close_as_well() {
    let outcome =
        calls(facing_a_closed_window(), Call::Close).sends_nothing().enters(State::FinWait1);
    elapses(outcome.endpoint, Timer::Probe)
        .follows(Rule::ZeroWindowProbe)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=1>"]);
}

/// The other side: its window is closed, and it says so.
#[test]
fn closed_window_answers_a_probe_with_its_size() {
    let outcome = arrives(established_with_window(0), saying(IRS + 1, ISS + 1, "h"))
        .follows_all(&[Rule::Unacceptable, Rule::AckDuplicate])
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"])
        .delivers("");
    assert_eq!(outcome.effects.segments().next().map(|sent| sent.window), Some(0));
    assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 1));
}

/// MUST-66: a closed window does not make deaf.
#[test]
fn closed_window_still_hears_acknowledgments_and_resets() {
    let owed = says(established_with_window(0), "hi").endpoint;
    let outcome = arrives(owed.clone(), saying(IRS + 1, ISS + 3, "h"))
        .follows_all(&[Rule::Unacceptable, Rule::AckAdvances])
        .delivers("");
    assert_eq!(outcome.tcb().snd.una, SeqNum(ISS + 3));
    arrives(owed.clone(), ack(IRS + 1, ISS + 3)).follows(Rule::AckAdvances);
    let reset = Segment { text: b"why".into(), ..rst(IRS + 1) };
    arrives(owed, reset).follows(Rule::Reset).enters(State::Closed);
}

/// Section 3.10.7.4: "special allowance should be made to accept valid ACKs". Whoever has asked for
/// the window with an octet goes on from behind it, and from behind its FIN.
#[test]
fn narrow_window_hears_acknowledgments_from_behind_a_probe_and_does_not_answer_them() {
    for (room, ahead) in [(0, 1), (0, 2), (1, 1), (1, 2), (2, 2)] {
        let owed = says(established_with_window(room), "hi").endpoint;
        let outcome = arrives(owed, announcing(7, ack(IRS + 1 + ahead, ISS + 3)))
            .follows(Rule::AckAdvances)
            .sends_nothing()
            .enters_no_state();
        let snd = outcome.tcb().snd;
        assert_eq!((snd.una, snd.wnd), (SeqNum(ISS + 3), 7));
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 1));
    }
}

/// Table 6 holds for whoever waits for no ACK: the answer is at the number that the peer expects.
#[test]
fn closed_window_answers_what_lies_behind_a_probe_if_nothing_is_owed() {
    arrives(established_with_window(0), ack(IRS + 2, ISS + 1))
        .follows(Rule::Unacceptable)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK>"]);
}

#[test]
fn closed_window_answers_whatever_else_lies_beyond_it() {
    let owed = says(established_with_window(0), "hi").endpoint;
    let beyond = [
        ack(IRS + 4, ISS + 3),
        ack(IRS + 2, ISS + 4),
        ack(IRS + 2, ISS),
        ack(IRS, ISS + 3),
        fin(IRS + 2, ISS + 3),
        saying(IRS + 2, ISS + 3, "h"),
    ];
    for segment in beyond {
        let shown = segment.to_string();
        let outcome = arrives(owed.clone(), segment).follows(Rule::Unacceptable);
        assert_eq!(outcome.effects.segments().count(), 1, "{shown}");
        assert_eq!(outcome.tcb().snd.una, SeqNum(ISS + 1), "{shown}");
    }
}

/// An octet that asks for a closed window, from either side at once: each is answered once, and
/// then it is quiet until somebody asks again.
#[test]
fn two_closed_windows_ask_each_other_no_more_often_than_their_timers_say() {
    let filled = "v1~window.5~reads.off~B.listen~A.open~deliver.1~deliver.2~deliver.3\
        ~A.send.0123456789~B.send.0123456789";
    let mut trace = run(filled);
    // RTO is 1 s. Probes go out 1 s after the windows have closed at 0.5 s, and then after 1 s,
    // 2 s, 4 s and 8 s: five times two of them, each with its answer.
    let end = Instant(17_000_000);
    while let Some((_, choice)) = trace.last().next_due().filter(|(due_at, _)| *due_at < end) {
        trace.extend(&choice).expect("what is due is possible");
    }
    let all = trace.packets_at(trace.len());
    let sent = |octets: usize| {
        let since = Instant(1_000_000);
        let late = all.iter().filter(|life| life.packet.sent_at > since);
        late.filter(|life| life.packet.segment.text.len() == octets).count()
    };
    assert_eq!((sent(1), sent(0)), (10, 10));
}
