//! One of two who were together has gone without a word that arrived (RFC 9293 section 3.5.1).

use handshake::{Budget, properties};

use crate::case::{LOSSY, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// E1.
#[test]
fn whoever_is_silent_never_learns_that_the_other_has_forgotten_everything() {
    let case = case(OPENED, Budget { crashes: 1, ..NOTHING }).with(plan::a_crashes);
    case.proves(2, &[("φ1", 1)]);
    assert_eq!(case.steps_to(properties::ki()), Some(1));
    assert_eq!(case.steps_to(properties::l3()), Some(1));
}

/// E2: only if B was answered while A still knew B. The shortest way there: B sends, A gets it, B
/// gets the acknowledgment, A crashes.
#[test]
fn whoever_says_something_learns_it_unless_it_was_answered_before() {
    let budget = Budget { crashes: 1, calls: 1, ..LOSSY };
    let once = case(OPENED, budget).with(plan::a_crashes_b_sends);
    once.proves(91, &[("φ1", 1)]);
    let l3 = once.explored(vec![properties::l3()]);
    let stuck = l3.discovery(0).expect("a counterexample").to_string();
    let answered = "~B.send.hello~deliver.4~deliver.5~A.crash";
    assert_eq!(stuck, format!("v1~{OPENED}{answered}"));

    let unanswered = format!("{OPENED}~B.send.hello~A.crash");
    let said = case(&unanswered, LOSSY);
    said.can_always_come_to(properties::is_over);
    assert_eq!(said.steps_to(properties::l3()), None);
    let crashed_first = case(&format!("{OPENED}~A.crash~B.send.hello"), LOSSY);
    crashed_first.can_always_come_to(properties::is_over);
    assert_eq!(crashed_first.steps_to(properties::l3()), None);
}

/// E3: a RST is not repeated.
#[test]
fn an_abort_whose_reset_is_lost_leaves_the_other_alone() {
    let case = case(OPENED, Budget { calls: 1, ..LOSSY }).with(plan::a_aborts);
    case.proves(4, &[("φ1", 1)]);
    assert_eq!(case.steps_to(properties::l3()), Some(2));
}

/// E4.
#[test]
fn whoever_comes_back_from_a_crash_is_a_new_connection() {
    let budget = Budget { crashes: 1, calls: 3, ..LOSSY };
    let case = case(OPENED, budget).with(plan::a_crashes_and_returns);
    // φ1 fails with the crash itself.
    case.proves(11_408, &[("φ1", 1)]);
}
