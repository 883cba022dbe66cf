//! Claims that hold in every case can be broken nevertheless: N1 by forgeries, R2 by keep-alive,
//! and the others by steps that no endpoint makes. Such a step is put together from two runs that
//! were really made: the world before it from one, the rest from another.

use handshake::{Call, Choice, Property, Side, Step, World, properties};

use crate::support::OPENED;

/// The last step of a run, and the worlds before and after it.
fn last_of(run: &str) -> (World, Step, World) {
    let trace = crate::support::run(&format!("v1~{run}"));
    let step = trace.step_to(trace.len()).expect("a step").clone();
    (trace.world_at(trace.len() - 1).clone(), step, trace.last().clone())
}

fn holds(property: Property, before: &World, step: &Step, after: &World) -> bool {
    property.claim.judge(Some((before, step)), after).expect("a step to judge")
}

/// The claim holds of the last step of either run, and fails where the first run's world lies
/// before the second run's step.
#[track_caller]
fn breaks(property: Property, before: &str, step: &str) {
    let (honest, honest_step, honest_after) = last_of(before);
    assert!(holds(property, &honest, &honest_step, &honest_after), "{before}");
    let (before_step, step, after) = last_of(step);
    assert!(holds(property, &before_step, &step, &after));
    assert!(!holds(property, &honest_after, &step, &after), "{}", property.name);
}

/// N1: each was told another number than the other's.
#[test]
fn two_whom_a_forger_brings_together_do_not_know_each_other() {
    let forged = "B.listen~A.open~deliver.1~forge.A.SYN-ACK.700.101~deliver.3\
        ~forge.B.ACK.101.301";
    let (before, step, after) = last_of(&format!("{forged}~deliver.5"));
    assert!(holds(properties::n1(), &before, &step, &before));
    assert!(!holds(properties::n1(), &before, &step, &after));
    let (before, step, after) = last_of(OPENED);
    assert!(holds(properties::n1(), &before, &step, &after));
}

/// R1: what is answered with a RST was a RST itself. The run before ends with one under way.
#[test]
fn a_reset_that_answers_a_reset_is_noticed() {
    breaks(properties::r1(), "forge.B.RST.5", "forge.B.ACK.5.6~deliver.1");
}

/// R2: keep-alive's goodbye is one that nobody asked for, and so is one that a CLOSE sends.
#[test]
fn a_reset_out_of_nothing_is_noticed() {
    let probed = format!("keepalive.1s.1s.1~{OPENED}~A.keepalive~A.keepalive");
    let (before, step, after) = last_of(&probed);
    assert!(!holds(properties::r2(), &before, &step, &after));
    let (before, aborted, after) = last_of(&format!("{OPENED}~A.abort"));
    assert!(holds(properties::r2(), &before, &aborted, &after));
    let closed = Step { choice: Choice::Call(Side::A, Call::Close), ..aborted };
    assert!(!holds(properties::r2(), &before, &closed, &after));
}

/// TY: RCV.NXT goes back.
#[test]
fn numbers_that_go_back_are_noticed() {
    let heard = format!("{OPENED}~B.send.hello~deliver.4");
    breaks(properties::ty(), &heard, &format!("{OPENED}~A.send.hello"));
}

/// G1: a SYN that bears the number of another connection.
#[test]
fn a_syn_at_another_number_than_its_own_is_noticed() {
    let (before, step, after) = last_of("A.open");
    assert!(holds(properties::g1(), &before, &step, &after));
    let (.., other) = last_of("iss.777.300~A.open");
    assert!(!holds(properties::g1(), &before, &step, &other));
}

/// G2: a second FIN behind the first.
#[test]
fn a_goodbye_at_two_numbers_is_noticed() {
    let first = format!("{OPENED}~A.close");
    breaks(properties::g2(), &first, &format!("{OPENED}~A.send.hello~A.close"));
}

/// NED: A is given text as if it were in SYN-SENT still.
#[test]
fn text_before_its_time_is_noticed() {
    let heard = format!("{OPENED}~B.send.hello~deliver.4");
    breaks(properties::ned(), "B.listen~A.open", &heard);
}

/// ONE: another number was chosen on the way.
#[test]
fn a_second_connection_is_noticed() {
    let both = "A.open~B.open";
    let (.., asked) = last_of(both);
    let (before, step, after) = last_of(&format!("{both}~deliver.1"));
    assert!(holds(properties::one(), &before, &step, &after));
    assert!(holds(properties::one(), &asked, &step, &after));
    let (before, again, after) = last_of(&format!("{both}~A.close~A.open"));
    assert!(!holds(properties::one(), &before, &again, &after));
}
