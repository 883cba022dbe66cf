//! Two who have no room for each other's text (RFC 9293 section 3.8.6.1): neither reads, both have
//! more to say, and each asks for the other's window.

use handshake::{Budget, Property, Side, World};

use crate::case::{Case, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// Each has room for one octet, of which it has taken one, and asks with the next.
const BOTH_ASK: &str =
    "A.send.ab~B.send.ab~deliver.4~deliver.5~deliver.6~deliver.7~A.probe~B.probe";

fn both_ask(budget: Budget) -> Case {
    case(&format!("window.1~reads.off~{OPENED}~{BOTH_ASK}"), budget)
}

fn nothing_is_under_way(world: &World) -> bool {
    world.network().in_flight().is_empty()
}

fn all_is_said(world: &World) -> bool {
    Side::BOTH.into_iter().all(|side| {
        let outgoing = world.end(side).tcb().map(|tcb| &tcb.outgoing);
        outgoing.is_some_and(|all| all.unsent.is_empty() && all.unacknowledged.is_empty())
    })
}

/// Their answers do not answer each other: between one question and the next it is quiet, although
/// nothing is lost. But they ask for ever, as section 3.8.6.1 has it (MUST-37).
#[test]
fn two_closed_windows_fall_silent_between_two_questions_and_ask_for_ever() {
    let case = both_ask(Budget { timeouts: Budget::UNLIMITED, ..NOTHING });
    case.proves(129, &[]).can_always_come_to(nothing_is_under_way);
    case.can_miss(all_is_said, 0);
    assert_eq!(case.steps_to(Property::finally("no world is the last", |_| false)), None);
}

/// Only reading ends it: then all is said.
#[test]
fn two_closed_windows_open_as_soon_as_both_read() {
    let budget = Budget { timeouts: Budget::UNLIMITED, calls: 2, ..NOTHING };
    let case = both_ask(budget).with(plan::both_read_once);
    case.proves(15_324, &[]).can_always_come_to(all_is_said);
}
