//! Both say goodbye (RFC 9293 section 3.6).

use handshake::{Budget, Property, Segment, Side, State, properties};

use crate::case::{Case, LOSSY, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// Both close when they like, once.
const CLOSES: u8 = Budget::UNLIMITED;

fn somebody_sends_a_reset() -> Property {
    Property::some_step("a RST", |_, step, _| step.effects.segments().any(Segment::is_reset))
}

/// D1: a RST is nothing unusual. It takes neither a loss nor a copy.
#[test]
fn reordering_alone_brings_a_reset_into_a_goodbye() {
    let budget = Budget { calls: CLOSES, timeouts: Budget::UNLIMITED, ..NOTHING };
    let case = case(OPENED, budget).with(plan::both_close_once);
    case.proves(37, &[]).can_always_come_to(properties::is_over);
    assert_eq!(case.steps_to(somebody_sends_a_reset()), Some(7));
}

/// D2.
#[test]
fn a_goodbye_always_comes_to_its_end() {
    let case = case(OPENED, Budget { calls: CLOSES, duplicates: 1, ..LOSSY });
    let case = case.with(plan::both_close);
    case.proves(7298, &[]).can_always_come_to(properties::is_over);
}

/// D3.
#[test]
fn a_goodbye_comes_to_its_end_even_if_2_msl_are_cut_short() {
    let case = case(OPENED, Budget { calls: CLOSES, duplicates: 1, ..LOSSY });
    let case = case.with(plan::both_close_hastily);
    case.proves(13_222, &[]).can_always_come_to(properties::is_over);
}

/// D4: what one side says is no goodbye of the other's.
#[test]
fn who_closes_alone_waits_for_ever() {
    let budget = Budget { calls: CLOSES, timeouts: Budget::UNLIMITED, ..NOTHING };
    let case = case(OPENED, budget).with(plan::a_closes);
    // B is in CLOSE-WAIT for ever, from the beginning: nobody will close it.
    case.proves(16, &[]).can_miss(properties::is_over, 0);
    let waits = Property::finally("FIN-WAIT-2 and CLOSE-WAIT, or nothing was said", |world| {
        let states = Side::BOTH.map(|side| world.end(side).state());
        states == [State::FinWait2, State::CloseWait] || states == [State::Established; 2]
    });
    assert_eq!(case.steps_to(waits), None);
}

/// D5.
#[test]
fn text_before_the_goodbye_arrives_and_the_goodbye_comes_to_its_end() {
    let start = format!("{OPENED}~A.send.0123456789");
    let case = case(&start, Budget { calls: CLOSES, ..LOSSY }).with(plan::both_close);
    case.proves(23_472, &[]).can_always_come_to(properties::is_over);
}

/// D6, without a copy, which would make it ten times as long.
#[test]
fn a_whole_life_in_which_anybody_may_close_at_any_moment_keeps_every_promise() {
    let case = case("B.listen~A.open", Budget { calls: CLOSES, ..LOSSY }).with(plan::both_close);
    case.proves(57_256, &[]);
    assert_eq!(case.steps_to(properties::l3()), None);
}

/// D6: the end stays attainable. Counted without the explorer that takes longer, so that nothing
/// is lost twice here.
#[test]
fn a_whole_life_in_which_anybody_may_close_at_any_moment_comes_to_its_end() {
    let budget = Budget { calls: CLOSES, timeouts: Budget::UNLIMITED, drops: 1, ..NOTHING };
    let case = case("B.listen~A.open", budget).with(plan::both_close);
    case.can_always_come_to(properties::is_over);
}

/// Both close; the FINs cross (4 and 5), and so do the ACKs (6 and 7), of which one is copied. Both
/// are in TIME-WAIT, and the copy is under way.
fn both_wait_and_one_ack_is_doubled(variant: &str) -> Case {
    let goodbye = "A.close~B.close~deliver.4~deliver.5~copy.6~deliver.6~deliver.7";
    let start = format!("variant.{variant}~{OPENED}~{goodbye}");
    let case = case(&start, Budget { timeouts: Budget::UNLIMITED, ..NOTHING });
    let trace = crate::support::run(&case.start);
    for side in Side::BOTH {
        assert_eq!(trace.last().end(side).state(), State::TimeWait);
    }
    case
}

/// D7: who follows the fifth check of section 3.10.7.4 to the letter acknowledges whatever comes in
/// TIME-WAIT. One ACK goes to and fro, each restarts the wait, and no world is the last.
#[test]
fn by_the_bare_text_two_in_time_wait_answer_each_other_for_ever() {
    let case = both_wait_and_one_ack_is_doubled("literal");
    case.proves(2, &[]).can_miss(properties::is_over, 0);
    assert_eq!(case.steps_to(Property::finally("no world is the last", |_| false)), None);
}

/// D8: here only what uses up numbers is answered.
#[test]
fn two_in_time_wait_do_not_answer_each_other_for_ever() {
    let case = both_wait_and_one_ack_is_doubled("rfc9293");
    case.proves(5, &[]).can_always_come_to(properties::is_over);
    let both_closed = Property::finally("both CLOSED", |world| {
        Side::BOTH.into_iter().all(|side| world.end(side).state() == State::Closed)
    });
    assert_eq!(case.steps_to(both_closed), None);
}
