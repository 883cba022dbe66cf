//! Everything that can happen, within a budget: what always holds, what can happen, and how many
//! worlds there are.

mod support;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use handshake::{Budget, Choice, Explorer, Property, Side, Start, State, Timer, Trace, World};
use support::OPENED;

const NOTHING: Budget =
    Budget { drops: 0, duplicates: 0, timeouts: 0, calls: 0, crashes: 0, forgeries: 0 };

fn explored(run: &str, properties: Vec<Property>, budget: Budget) -> Explorer {
    let start = support::run(run);
    let mut explorer = Explorer::new(start, properties, budget);
    explorer.finish();
    explorer
}

fn state(world: &World, side: Side) -> State {
    world.end(side).state()
}

fn both_in(world: &World, wanted: State) -> bool {
    Side::BOTH.into_iter().all(|side| state(world, side) == wanted)
}

/// SND.UNA =< SND.NXT, and no more is under way than one window, one SYN and one FIN.
fn numbers_are_sane(world: &World) -> bool {
    Side::BOTH.into_iter().filter_map(|side| world.end(side).tcb()).all(|tcb| {
        let under_way = tcb.snd.una.distance_to(tcb.snd.nxt);
        tcb.snd.una.is_at_most(tcb.snd.nxt) && under_way <= tcb.snd.max_wnd + 2
    })
}

/// Whoever is ESTABLISHED knows the number that the other really began with.
fn who_is_together_knows_the_others_number(world: &World) -> bool {
    let [Some(a), Some(b)] = Side::BOTH.map(|side| world.end(side).tcb()) else { return true };
    let together = a.state == State::Established && b.state == State::Established;
    !together || (a.rcv.irs == b.snd.iss && b.rcv.irs == a.snd.iss)
}

fn laws() -> Vec<Property> {
    vec![
        Property::always("the numbers of each side are sane", numbers_are_sane),
        Property::always(
            "two that are together know each other's initial number",
            who_is_together_knows_the_others_number,
        ),
        Property::sometimes("both get together", |world| both_in(world, State::Established)),
    ]
}

#[test]
fn a_handshake_without_faults_has_one_course() {
    let explorer = explored("v1~B.listen~A.open", laws(), NOTHING);
    assert_eq!(explorer.unique(), 4);
    assert!((0..laws().len()).all(|property| explorer.holds(property)));
}

#[test]
fn the_shortest_way_together_is_three_messages() {
    let explorer = explored("v1~B.listen~A.open", laws(), Budget { drops: 2, ..NOTHING });
    let found = explorer.discovery(2).expect("an example");
    assert_eq!(found.to_string(), "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3");
}

#[test]
fn faults_never_break_the_numbers() {
    let budget = Budget { drops: 2, duplicates: 2, timeouts: 2, ..NOTHING };
    for start in ["v1~B.listen~A.open", "v1~A.open~B.open"] {
        let explorer = explored(start, laws(), budget);
        for (index, property) in explorer.properties().iter().enumerate() {
            let run = explorer.discovery(index);
            assert!(explorer.holds(index), "{start}: {}: {run:?}", property.name);
        }
    }
}

#[test]
fn who_has_said_goodbye_is_never_stuck_without_a_timer() {
    let goes_on = Property::always("when all is quiet, who is not CLOSED has a timer", |world| {
        let waits = |side: Side| {
            let end = world.end(side);
            Timer::ALL.into_iter().any(|timer| end.timer(timer).is_some())
        };
        let quiet = world.network().in_flight().is_empty();
        !quiet
            || Side::BOTH.into_iter().all(|side| state(world, side) == State::Closed || waits(side))
    });
    // A handshake, five octets, both close: from here on only time and the order of packets choose.
    let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hello~A.close~B.close";
    let explorer = explored(run, vec![goes_on], Budget { timeouts: 2, ..NOTHING });
    assert!(explorer.unique() > 10);
    let stuck = explorer.discovery(0).map(|trace| trace.to_string());
    assert_eq!(stuck, None);
}

#[test]
fn a_lost_last_word_leaves_one_alone() {
    // The sender of the last message never knows whether it arrived (two generals).
    let alone =
        Property::sometimes("T is ESTABLISHED, P is not, and nothing is under way", |world| {
            state(world, Side::A) == State::Established
                && state(world, Side::B) != State::Established
                && world.network().in_flight().is_empty()
        });
    let explorer = explored("v1~B.listen~A.open", vec![alone], Budget { drops: 1, ..NOTHING });
    let found = explorer.discovery(0).expect("an example");
    assert_eq!(found.to_string(), "v1~B.listen~A.open~deliver.1~deliver.2~drop.3");
}

#[test]
fn slices_find_what_one_go_finds() {
    let budget = Budget { drops: 1, duplicates: 1, timeouts: 1, ..NOTHING };
    let whole = explored("v1~B.listen~A.open", laws(), budget);
    let start = support::run("v1~B.listen~A.open");
    let mut sliced = Explorer::new(start, laws(), budget);
    let mut rounds = 1;
    while sliced.advance(7) {
        rounds += 1;
    }
    assert!(rounds > 10);
    assert_eq!((sliced.unique(), sliced.generated()), (whole.unique(), whole.generated()));
    assert_eq!(sliced.discovery(2), whole.discovery(2));
}

#[test]
fn who_watches_can_break_off_and_go_on() {
    let budget = Budget { drops: 1, duplicates: 1, timeouts: 1, ..NOTHING };
    let whole = explored("v1~B.listen~A.open", laws(), budget);
    let start = support::run("v1~B.listen~A.open");
    let mut watched = Explorer::new(start, laws(), budget);
    let goes_on = watched.finish_with(10, |so_far| match so_far.unique() {
        0..50 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    });
    assert!(goes_on && watched.waiting() > 0);
    assert!((50..whole.unique()).contains(&watched.unique()));

    let mut seen = Vec::new();
    let goes_on = watched.finish_with(10, |so_far| {
        seen.push(so_far.unique());
        ControlFlow::Continue(())
    });
    assert!(!goes_on && watched.waiting() == 0);
    assert!(seen.len() > 5 && seen.is_sorted());
    assert_eq!((watched.unique(), watched.generated()), (whole.unique(), whole.generated()));
    assert_eq!(watched.discovery(2), whole.discovery(2));
}

#[test]
fn a_step_is_found_although_it_leads_to_a_world_seen_before() {
    // A repeated ACK changes nothing: whether it arrives or is lost, the world is the same.
    let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~forge.B.ACK.101.301.65535.0.";
    let lost =
        Property::some_step("an ACK is lost", |_, step, _| matches!(step.choice, Choice::Drop(_)));
    let budget = Budget { drops: Budget::UNLIMITED, ..NOTHING };
    let explorer = explored(run, vec![lost], budget);
    assert_eq!((explorer.unique(), explorer.generated()), (2, 3));
    let found = explorer.discovery(0).map(|found| found.to_string());
    assert_eq!(found, Some(format!("{run}~drop.4")));
}

#[test]
fn a_property_of_the_last_world_is_asked_only_there() {
    let together =
        Property::finally("both get together", |world| both_in(world, State::Established));
    assert_eq!(steps_to("v1~B.listen~A.open", together, NOTHING), None);
    assert_eq!(steps_to("v1~B.listen~A.open", together, Budget { drops: 1, ..NOTHING }), Some(1));
}

#[test]
fn a_plan_leaves_out_what_it_does_not_allow() {
    let start = support::run("v1~B.listen~A.open");
    let budget = Budget { drops: Budget::UNLIMITED, ..NOTHING };
    let only_answers = |world: &World, _: Budget, choice: &Choice| match choice {
        Choice::Drop(id) => world.network().packet(*id).is_some_and(|at| at.from == Side::B),
        _ => true,
    };
    let mut explorer = Explorer::new(start, laws(), budget).only(only_answers);
    explorer.finish();
    // SYN under way, SYN,ACK under way or lost, ACK under way, together.
    assert_eq!(explorer.unique(), 5);
}

/// A second way to count: whole worlds, written out, in an ordered set, depth first.
fn counted_by_hand(run: &str, budget: Budget) -> usize {
    let start = support::run(run);
    let mut seen = BTreeSet::new();
    let mut open = vec![(start.last().clone(), budget)];
    while let Some((world, budget)) = open.pop() {
        if !seen.insert(written_out(&world, budget)) {
            continue;
        }
        for choice in world.choices().into_iter().chain(world.forgeries()) {
            let mut left = budget;
            let counter = match choice {
                Choice::Deliver(_) => None,
                Choice::Delay(..) | Choice::Stranger(..) => continue,
                Choice::Forge(..) => Some(&mut left.forgeries),
                Choice::Crash(_) => Some(&mut left.crashes),
                Choice::Drop(_) => Some(&mut left.drops),
                Choice::Duplicate(_) => Some(&mut left.duplicates),
                Choice::Expire(..) | Choice::ExpireStranger(..) => Some(&mut left.timeouts),
                Choice::Call(..) => Some(&mut left.calls),
            };
            match counter {
                Some(0) => continue,
                Some(counter) => *counter -= 1,
                None => {}
            }
            let (next, _) = world.after(&choice).expect("a choice that is listed");
            open.push((next, left));
        }
    }
    seen.len()
}

/// A world without clock, round trips, and the names and order of packets.
fn written_out(world: &World, budget: Budget) -> String {
    let ends = Side::BOTH.map(|side| {
        let end = world.end(side);
        let timers = Timer::ALL.map(|timer| end.timer(timer).is_some());
        let tcb = end.tcb().map(|tcb| {
            let numbers = (tcb.state, tcb.origin, tcb.snd, tcb.rcv, tcb.send_mss);
            format!("{numbers:?} {:?} {:?}", tcb.outgoing, tcb.incoming)
        });
        // Which number the next connection begins with stands before the TCB.
        let whole = format!("{end:?}");
        let before_tcb = whole.split("tcb: ").next().unwrap_or_default().to_owned();
        format!("{before_tcb} {tcb:?} {timers:?}")
    });
    let in_flight = world.network().in_flight().iter();
    let mut packets: Vec<String> = in_flight
        .map(|packet| format!("{} {} {:?}", packet.from, packet.forged, packet.segment))
        .collect();
    packets.sort();
    format!("{ends:?} {packets:?} {budget:?}")
}

#[test]
fn both_ways_to_count_worlds_agree() {
    let budget = |drops, duplicates, timeouts, calls| Budget {
        drops,
        duplicates,
        timeouts,
        calls,
        ..NOTHING
    };
    let listens = "v1~B.listen~A.open";
    let both = "v1~A.open~B.open";
    let together = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
    let cases = [
        (listens, budget(0, 0, 0, 0)),
        (listens, budget(1, 1, 1, 0)),
        (listens, budget(2, 1, 2, 1)),
        (both, budget(1, 1, 1, 0)),
        (together, budget(1, 0, 1, 2)),
        (together, budget(0, 1, 2, 2)),
        (together, Budget { crashes: 1, calls: 1, ..NOTHING }),
        (listens, Budget { forgeries: 2, drops: 1, ..NOTHING }),
        (together, Budget { forgeries: 1, calls: 1, timeouts: 1, ..NOTHING }),
    ];
    for (run, budget) in cases {
        let explorer = explored(run, Vec::new(), budget);
        assert_eq!(explorer.unique(), counted_by_hand(run, budget), "{run} {budget:?}");
    }
}

#[test]
fn nothing_is_explored_of_a_world_without_choices() {
    let explorer = Explorer::new(Trace::new(Start::default()), Vec::new(), NOTHING);
    assert_eq!(explorer.unique(), 1);
}

/// How many steps lead from the end of `run` to what was found of the first property, if anything.
fn steps_to(run: &str, property: Property, budget: Budget) -> Option<usize> {
    let explorer = explored(run, vec![property], budget);
    let found = explorer.discovery(0)?;
    Some(found.len() - support::run(run).len())
}

/// φ1 of the published models: nobody is together with somebody who is CLOSED.
fn nobody_is_together_alone() -> Property {
    Property::always("B is not ESTABLISHED while A is CLOSED", |world| {
        state(world, Side::A) != State::Closed || state(world, Side::B) != State::Established
    })
}

#[test]
fn when_nothing_is_under_way_both_are_together_or_neither_unless_a_message_is_lost() {
    // The invariant of the TLA+ specification, which knows no loss.
    let invariant = || {
        Property::always("with nothing under way both are together or neither", |world| {
            let [a, b] = Side::BOTH.map(|side| state(world, side) == State::Established);
            !world.network().in_flight().is_empty() || a == b
        })
    };
    let run = "v1~B.listen~A.open";
    assert_eq!(steps_to(run, invariant(), NOTHING), None);
    assert_eq!(steps_to(run, invariant(), Budget { drops: 1, ..NOTHING }), Some(3));
}

#[test]
fn a_ghost_makes_b_together_alone_only_if_two_messages_are_enough() {
    let ghost = "B.listen~forge.B.SYN.90";
    let two = format!("v1~variant.two-messages~{ghost}");
    assert_eq!(steps_to(&two, nobody_is_together_alone(), NOTHING), Some(1));

    let budget = Budget { drops: 1, duplicates: 1, timeouts: 2, ..NOTHING };
    assert_eq!(steps_to(&format!("v1~{ghost}"), nobody_is_together_alone(), budget), None);
    let ends = Property::eventually("B listens again", |world| {
        state(world, Side::B) == State::Listen && world.network().in_flight().is_empty()
    });
    assert_eq!(steps_to(&format!("v1~{ghost}"), ends, NOTHING), None);
}

#[test]
fn a_crash_leaves_the_other_alone_and_so_does_a_lost_abort() {
    let run = format!("v1~{OPENED}");
    let crash = Budget { crashes: 1, ..NOTHING };
    assert_eq!(steps_to(&run, nobody_is_together_alone(), crash), Some(1));
    let aborted = format!("v1~{OPENED}~A.abort");
    let lost =
        Property::eventually("B hears of it", |world| state(world, Side::B) == State::Closed);
    assert_eq!(steps_to(&aborted, lost, NOTHING), None);
    assert_eq!(steps_to(&aborted, lost, Budget { drops: 1, ..NOTHING }), Some(1));
}

#[test]
fn whoever_listens_is_never_left_alone_by_the_network() {
    let budget = Budget { drops: 2, duplicates: 1, timeouts: 2, ..NOTHING };
    assert_eq!(steps_to("v1~B.listen~A.open", nobody_is_together_alone(), budget), None);
}

#[test]
fn whoever_gives_up_leaves_the_other_alone() {
    // Both open; A's SYN,ACK makes B ESTABLISHED, and then A loses patience: three steps.
    let budget = Budget { timeouts: 1, ..NOTHING };
    assert_eq!(steps_to("v1~A.open~B.open", nobody_is_together_alone(), budget), Some(3));
}

/// Section 3.8.6.3: with delayed acknowledgments a close can do with three segments, and the delay
/// is a time-out like others: without a budget for them whoever said goodbye hears nothing back.
#[test]
fn delayed_acknowledgment_is_a_choice_of_time() {
    let heard = || {
        let skips = |before: &World, _: &handshake::Step, after: &World| {
            state(before, Side::A) == State::FinWait1 && state(after, Side::A) == State::TimeWait
        };
        vec![
            Property::sometimes("A is heard", |world| state(world, Side::A) == State::FinWait2),
            Property::some_step("A goes from FIN-WAIT-1 to TIME-WAIT", skips),
        ]
    };
    let run = "v1~acks.delayed~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.close";
    let found = |budget: Budget| {
        let explorer = explored(run, heard(), budget);
        [0, 1].map(|property| explorer.discovery(property).map(|found| found.to_string()))
    };
    assert_eq!(found(NOTHING), [None, None]);
    let waited = Some(format!("{run}~deliver.4~B.ack~deliver.5"));
    assert_eq!(found(Budget { timeouts: 1, ..NOTHING }), [waited, None]);
    let three = Some(format!("{run}~deliver.4~B.close~deliver.5"));
    assert_eq!(found(Budget { calls: 1, ..NOTHING })[1], three);
}
