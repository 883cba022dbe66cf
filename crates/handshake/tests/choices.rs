//! What a world offers: all that can happen, and nothing that cannot.

mod support;

use handshake::{
    Budget, Call, Choice, Effect, Endpoint, Explorer, Property, Side, Start, Step, Timer, Trace,
    World,
};

/// Some world in each state, with text read and unread, before and behind what is said.
const RUNS: [&str; 7] = [
    "v1",
    "v1~B.listen~A.open",
    "v1~A.open~B.open",
    "v1~B.listen.51315~A.open",
    "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3",
    "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.close~deliver.4~B.close",
    "v1~B.listen~A.open~A.send.hello~A.close",
];

const CALLS: [Call; 7] = [
    Call::PassiveOpen,
    Call::ActiveOpen,
    Call::Receive,
    Call::Close,
    Call::Abort,
    Call::Status,
    Call::Accept,
];

/// Explores from every run, and says of which world the claim fails.
fn fails_in(holds: fn(&World) -> bool) -> Option<String> {
    let budget = Budget { timeouts: 1, calls: 1, ..Budget::default() };
    RUNS.into_iter().find_map(|run| {
        let start = support::run(run);
        let mut explorer = Explorer::new(start, vec![Property::always("", holds)], budget);
        explorer.finish();
        explorer.discovery(0).map(|run| run.to_string())
    })
}

/// Does this call do something, and is it not refused?
fn does_something(world: &World, side: Side, call: &Call) -> bool {
    let Ok((after, step)) = world.after(&Choice::Call(side, call.clone())) else { return false };
    let refused = step.effects.iter().any(|effect| matches!(effect, Effect::Returned(Err(_))));
    !refused && after.end(side) != world.end(side)
}

/// Sections 3.10.1 to 3.10.6: a call is offered where it is granted and changes something.
#[test]
fn a_call_is_offered_where_it_does_something() {
    let failing = fails_in(|world| {
        let offered = world.choices();
        let calls = CALLS.into_iter().chain([Call::Send(Choice::TEXT.into())]);
        calls.into_iter().all(|call| {
            Side::BOTH.into_iter().all(|side| {
                let is_offered = offered.contains(&Choice::Call(side, call.clone()));
                is_offered == does_something(world, side, &call)
            })
        })
    });
    assert_eq!(failing, None);
}

/// Whatever is under way can arrive, be lost, be late and be doubled; whatever runs can expire; and
/// whoever has something to forget can forget it.
#[test]
fn all_that_can_happen_is_offered() {
    let failing = fails_in(|world| {
        let offered = world.choices();
        let network = world.network().in_flight().iter().all(|packet| {
            let id = packet.id;
            let delay = Choice::Delay(id, Choice::DELAY);
            let all = [Choice::Deliver(id), Choice::Drop(id), Choice::Duplicate(id), delay];
            all.iter().all(|choice| offered.contains(choice))
        });
        let ends = Side::BOTH.into_iter().all(|side| {
            let end: &Endpoint = world.end(side);
            let timers = Timer::ALL.into_iter().all(|timer| {
                offered.contains(&Choice::Expire(side, timer)) == end.timer(timer).is_some()
            });
            timers && offered.contains(&Choice::Crash(side)) == end.tcb().is_some()
        });
        network && ends
    });
    assert_eq!(failing, None);
}

/// The network first, then timers, calls and crashes, each A's before B's; nothing twice.
#[test]
fn choices_come_in_a_fixed_order() {
    let failing = fails_in(|world| {
        let place = |choice: &Choice| match choice {
            Choice::Deliver(_) | Choice::Drop(_) | Choice::Delay(..) | Choice::Duplicate(_) => {
                (0, Side::A)
            }
            Choice::Expire(side, _) => (1, *side),
            Choice::ExpireStranger(..) => (2, Side::B),
            Choice::Call(side, _) => (3, *side),
            Choice::Crash(side) => (4, *side),
            Choice::Forge(side, _) => (5, *side),
            // What strangers may say is not listed.
            Choice::Stranger(..) => (6, Side::B),
        };
        let offered = world.choices();
        let mut all: Vec<Choice> = offered.clone();
        all.extend(world.forgeries());
        all.is_sorted_by_key(place)
            && all.iter().enumerate().all(|(at, choice)| !all[..at].contains(choice))
            && all.iter().all(|choice| world.after(choice).is_ok())
    });
    assert_eq!(failing, None);
}

/// In LISTEN too: SEND makes an active OPEN of it (section 3.10.2), ABORT ends it (3.10.5).
#[test]
fn whoever_listens_can_also_open_send_close_and_abort() {
    let mut trace = Trace::new(Start::default());
    trace.extend(&Choice::Call(Side::B, Call::PassiveOpen)).expect("possible");
    let step: Option<&Step> = trace.step_to(1);
    assert!(step.is_some_and(|step| step.actor == Some(Side::B)));
    let of_b: Vec<String> = trace.last().choices().iter().map(Choice::to_string).collect();
    assert_eq!(
        of_b,
        ["A.listen", "A.open", "B.open", "B.send.hello", "B.close", "B.abort", "B.crash"]
    );
}
