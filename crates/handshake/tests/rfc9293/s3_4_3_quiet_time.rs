//! Section 3.4.3: the quiet time after all memory of numbers in use was lost.

use handshake::{
    ByTime, Call, CallError, Choice, Duration, Effect, Endpoint, Input, Instant, Rule, Settings,
    Side, State, Timer, Trace,
};

use crate::support::{
    IRS, ISS, calls, closed_with, happens, led, rst, run, saying, states, syn, syn_ack,
};

/// Crashed at the first moment, while it was ESTABLISHED; MSL is 60 seconds.
fn crashed(quiet_time: bool) -> Endpoint {
    let settings = Settings { quiet_time, msl: Duration::from_secs(60), ..Settings::default() };
    let opened = [Input::Call(&Call::ActiveOpen), Input::Segment(&syn_ack(IRS, ISS + 1))];
    let mut endpoint = led(closed_with(settings, ISS), &opened);
    endpoint.crash(Instant::START);
    endpoint
}

fn at(seconds: u64) -> Instant {
    Instant::START + Duration::from_secs(seconds)
}

/// A stack may omit the quiet time; it is off unless asked for.
#[test]
fn without_quiet_time_a_crashed_endpoint_speaks_at_once() {
    assert_eq!(crashed(false).timer(Timer::Quiet), None);
    calls(crashed(false), Call::ActiveOpen).follows(Rule::OpenActive).enters(State::SynSent);
}

/// It lasts one MSL.
#[test]
fn quiet_time_lasts_one_msl() {
    assert_eq!(crashed(true).timer(Timer::Quiet), Some(at(60)));
    let over = happens(crashed(true), at(60), Input::Expired(Timer::Quiet))
        .follows(Rule::QuietTimeOver)
        .sends_nothing();
    assert_eq!(over.endpoint.timer(Timer::Quiet), None);
    calls(over.endpoint, Call::ActiveOpen).follows(Rule::OpenActive).enters(State::SynSent);
    // The moment counts, whoever comes first.
    let open = Input::Call(&Call::ActiveOpen);
    happens(crashed(true), at(59), open).follows(Rule::QuietTimeOpen);
    happens(crashed(true), at(60), open).follows(Rule::OpenActive);
}

/// No number is assigned before it is over.
#[test]
fn no_number_is_assigned_in_the_quiet_time() {
    calls(crashed(true), Call::ActiveOpen)
        .follows(Rule::QuietTimeOpen)
        .returns(Err(CallError::QuietTime))
        .sends_nothing()
        .changes_nothing();
    // A passive OPEN assigns none, but a SEND in LISTEN would.
    let waiting = calls(crashed(true), Call::PassiveOpen).enters(State::Listen).endpoint;
    assert_eq!(waiting.timer(Timer::Quiet), Some(at(60)));
    for call in [Call::ActiveOpen, Call::Send(b"hi".into())] {
        calls(waiting.clone(), call)
            .follows(Rule::QuietTimeOpen)
            .returns(Err(CallError::QuietTime))
            .sends_nothing()
            .changes_nothing();
    }
}

/// “Shall delay emitting any TCP segments”: not a SYN,ACK, and not a RST either.
#[test]
fn nothing_is_answered_in_the_quiet_time() {
    let waiting = calls(crashed(true), Call::PassiveOpen).endpoint;
    for endpoint in [crashed(true), waiting] {
        for segment in [syn(IRS), rst(IRS), saying(IRS + 1, ISS + 1, "hi")] {
            happens(endpoint.clone(), at(59), Input::Segment(&segment))
                .follows(Rule::QuietTimeArrival)
                .sends_nothing()
                .changes_nothing();
        }
        let heard = happens(endpoint, at(60), Input::Segment(&syn(IRS)));
        assert_eq!(heard.effects.segments().count(), 1);
    }
}

/// What is refused is not offered, and time alone leads out of it.
#[test]
fn time_alone_ends_the_quiet_time() {
    let mut trace = run("v1~quiet.on~A.open~drop.1~A.crash");
    let open = Choice::Call(Side::A, Call::ActiveOpen);
    assert!(!trace.last().choices().contains(&open));
    trace.run(&mut ByTime, 10);
    assert_eq!(
        trace.steps().last().map(|step| &step.choice),
        Some(&Choice::Expire(Side::A, Timer::Quiet))
    );
    assert!(trace.last().choices().contains(&open));
}

/// Section 3.10.5: whoever waits without a number can stop waiting, which sends nothing.
#[test]
fn a_listener_can_be_aborted_in_the_quiet_time() {
    let trace = run("v1~quiet.on~B.listen~B.crash~B.listen");
    let by_b = |choice: &&Choice| matches!(choice, Choice::Call(Side::B, _));
    let offered: Vec<Choice> = trace.last().choices().iter().filter(by_b).cloned().collect();
    assert_eq!(offered, [Call::Close, Call::Abort].map(|call| Choice::Call(Side::B, call)));
    let (world, step) = trace.last().after(&offered[1]).expect("possible");
    assert_eq!(step.effects.segments().count(), 0);
    assert_eq!(world.end(Side::B).state(), State::Closed);
}

/// How often B's user was given this text.
fn given(trace: &Trace, text: &str) -> usize {
    let effects = trace.steps().iter().filter(|step| step.actor == Some(Side::B));
    let delivered = Effect::Delivered(text.into());
    effects.flat_map(|step| step.effects.iter()).filter(|effect| **effect == delivered).count()
}

/// What it is good for. Both sides forget a connection in which the network kept a copy of a
/// letter for a minute. With initial numbers that begin anew, the copy fits the next connection.
#[test]
fn old_duplicate_of_the_former_life_has_died_when_quiet_time_is_over() {
    let life = "variant.fixed-iss~B.listen~A.open~deliver.1~deliver.2~deliver.3\
                ~A.send.old~copy.4~delay.5.60s~deliver.4~deliver.6~A.crash~B.crash~B.listen";
    let open = Choice::Call(Side::A, Call::ActiveOpen);

    let mut hasty = run(&format!("v1~{life}"));
    hasty.extend(&open).expect("an OPEN");
    hasty.run(&mut ByTime, 20);
    assert_eq!(given(&hasty, "old"), 2, "a ghost of the former life");

    let mut quiet = run(&format!("v1~quiet.on~{life}"));
    quiet.extend(&open).expect("an OPEN, which is refused");
    quiet.run(&mut ByTime, 20);
    assert_eq!(quiet.last().network().in_flight(), []);
    quiet.extend(&open).expect("an OPEN");
    quiet.run(&mut ByTime, 20);
    assert_eq!(states(&quiet), [State::Established; 2]);
    assert_eq!(given(&quiet, "old"), 1);
}
