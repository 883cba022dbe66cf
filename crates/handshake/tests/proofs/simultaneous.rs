//! Both open at once (RFC 9293 section 3.5, figure 7).

use handshake::{Budget, Property, Side, State, properties};

use crate::case::{Case, LOSSY, case};

/// Both SYNs are under way.
const BOTH_ASKED: &str = "A.open~B.open";

/// C1: after the figure, after the bare text, and before RFC 5961.
#[test]
fn two_that_open_at_once_get_one_connection() {
    let variants = [("rfc9293", 7409), ("literal", 6153), ("no-challenge-ack", 7409)];
    for (variant, worlds) in variants {
        let start = format!("variant.{variant}~{BOTH_ASKED}");
        let case = case(&start, Budget { duplicates: 2, ..LOSSY });
        case.proves(worlds, &[]).can_always_come_to(properties::is_together);
        assert_eq!(case.steps_to(properties::one()), None);
        assert_eq!(case.steps_to(properties::ki()), Some(4));
    }
}

/// An old SYN of A's is under way besides, ten below the number with which A begins now. Everybody
/// has room for so many octets.
fn with_old_syn(window: u16) -> Case {
    let old = format!("forge.B.SYN.90.0.{window}");
    case(&format!("window.{window}~{BOTH_ASKED}~{old}"), LOSSY)
}

fn ends_together_or_not_at_all() -> Property {
    Property::finally("both ESTABLISHED or both CLOSED", |world| {
        let states = Side::BOTH.map(|side| world.end(side).state());
        states == [State::Established; 2] || states == [State::Closed; 2]
    })
}

/// C2: the one corner in which a ghost is believed although the numbers are fresh. It heals.
#[test]
fn an_old_syn_within_a_window_deceives_one_of_two_that_open_at_once() {
    let case = with_old_syn(200);
    case.proves(2141, &[("H1", 4)]);
    assert_eq!(case.steps_to(ends_together_or_not_at_all()), None);
}

/// C3: A begins with a number that lies beyond the window that the old SYN opens.
#[test]
fn an_old_syn_further_off_than_a_window_deceives_nobody() {
    let case = with_old_syn(5);
    case.proves(1957, &[]);
    assert_eq!(case.steps_to(ends_together_or_not_at_all()), None);
}

/// C4.
#[test]
fn an_old_syn_to_somebody_who_asks_nobody_leads_to_nothing() {
    let case = case("B.open~forge.B.SYN.90.0.65535", LOSSY);
    case.proves(90, &[]).can_always_come_to(properties::is_over);
    let both_closed = Property::finally("both CLOSED", |world| {
        Side::BOTH.into_iter().all(|side| world.end(side).state() == State::Closed)
    });
    assert_eq!(case.steps_to(both_closed), None);
}
