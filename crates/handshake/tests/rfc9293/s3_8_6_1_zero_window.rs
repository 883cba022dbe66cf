//! Section 3.8.6.1: the peer's window is closed, and text waits.

use handshake::{Call, Duration, Endpoint, Input, Instant, Rule, Segment, SeqNum, State, Timer};

use crate::support::{
    IRS, ISS, ack, announcing, arrives, calls, elapses, established, established_with_window,
    expires, happens, led, rst, saying, says,
};

/// ESTABLISHED, the peer's window closed, and "hello" waiting.
fn waiting() -> Endpoint {
    let shut = announcing(0, ack(IRS + 1, ISS + 1));
    led(established(), &[Input::Segment(&shut), Input::Call(&Call::Send(b"hello".into()))])
}

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
    let outcome = elapses(waiting(), Timer::Probe)
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
    let mut endpoint = elapses(waiting(), Timer::Probe).endpoint;
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
    let mut endpoint = elapses(waiting(), Timer::Probe).endpoint;
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
    let mut endpoint = elapses(waiting(), Timer::Probe).endpoint;
    while endpoint.timer(Timer::Retransmission).is_some() {
        endpoint = expires(endpoint).endpoint;
    }
    assert_eq!(endpoint.state(), State::Closed);
}

#[test]
fn window_that_opens_before_the_probe_needs_none() {
    let outcome = arrives(waiting(), announcing(10, ack(IRS + 1, ISS + 1)))
        .follows(Rule::AckDuplicate)
        .sends(&["<SEQ=101><ACK=301><CTL=ACK><DATA=5>"]);
    assert_eq!(outcome.endpoint.timer(Timer::Probe), None);
}

#[test]
fn acknowledged_probe_lets_the_rest_follow() {
    let asked = elapses(waiting(), Timer::Probe).endpoint;
    let outcome = arrives(asked, announcing(10, ack(IRS + 1, ISS + 2)))
        .follows(Rule::AckAdvances)
        .sends(&["<SEQ=102><ACK=301><CTL=ACK><DATA=4>"]);
    assert_eq!(outcome.texts(), ["ello"]);
}

/// The probe was taken, and the window closed again behind it.
#[test]
fn window_that_stays_closed_is_probed_again() {
    let asked = elapses(waiting(), Timer::Probe).endpoint;
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
    let outcome = calls(waiting(), Call::Close).sends_nothing().enters(State::FinWait1);
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
