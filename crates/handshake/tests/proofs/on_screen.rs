//! Counterexamples worth showing, as the runs that a link carries.

use handshake::{Budget, Property, Segment, Side, State, Trace, properties};

use crate::case::{Case, LOSSY, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// The shortest run that decides a property, written and read again.
#[track_caller]
fn found(case: &Case, property: Property) -> String {
    let run = case.explored(vec![property]).discovery(0).expect("there is one");
    let text = run.to_string();
    assert_eq!(text.parse::<Trace>(), Ok(run));
    text
}

fn states(run: &str) -> [State; 2] {
    let trace = crate::support::run(run);
    Side::BOTH.map(|side| trace.last().end(side).state())
}

/// KI: the last message is lost, and one believes alone.
#[test]
fn the_lost_third_message() {
    let run = found(&case("B.listen~A.open", LOSSY), properties::ki());
    assert_eq!(run, "v1~B.listen~A.open~deliver.1~deliver.2~drop.3");
    assert_eq!(states(&run), [State::Established, State::SynReceived]);
}

/// φ1r: B has given up when its own answer makes A believe.
#[test]
fn the_answer_that_comes_after_giving_up() {
    let budget = Budget { drops: Budget::UNLIMITED, timeouts: 1, ..NOTHING };
    let case = case("B.listen~A.open", budget).with(plan::gives_up_at_last);
    let run = found(&case, properties::phi1r());
    assert_eq!(run, "v1~B.listen~A.open~deliver.1~deliver.2~B.giveup");
    assert_eq!(states(&run), [State::Established, State::Listen]);
    // The same two in the other order, and the last message lost: nobody has anything to say.
    let other = "v1~B.listen~A.open~deliver.1~B.giveup~deliver.2~drop.3";
    assert_eq!(states(other), [State::Established, State::Listen]);
    assert!(other.parse::<Trace>().is_ok_and(|run| run.last().network().in_flight().is_empty()));
}

/// C2: B believes in an A that was. What A sends again brings it to light.
#[test]
fn the_old_syn_between_two_that_open_at_once() {
    let case = case("A.open~B.open~forge.B.SYN.90.0.65535", LOSSY);
    let run = found(&case, properties::h1());
    assert_eq!(
        run,
        "v1~A.open~B.open~forge.B.SYN.90.0.65535.0.~deliver.2~deliver.3~deliver.5~deliver.6"
    );
    assert_eq!(states(&run), [State::SynReceived, State::Established]);
    // A's SYN,ACK lies in B's window and is answered with ACK 91; A answers that with RST 91,
    // which is where B is, and B is reset.
    let healed = format!("{run}~A.rto~deliver.7~deliver.8~deliver.9");
    let trace = crate::support::run(&healed);
    let said: Vec<String> =
        trace.packets_at(trace.len()).iter().map(|life| life.packet.segment.to_string()).collect();
    assert_eq!(
        said[6..],
        ["<SEQ=100><ACK=301><CTL=SYN,ACK>", "<SEQ=301><ACK=91><CTL=ACK>", "<SEQ=91><CTL=RST>"]
    );
    assert_eq!(states(&healed), [State::SynReceived, State::Closed]);
}

/// D1: the acknowledgment of the first FIN comes last of all, and is answered.
#[test]
fn the_reset_in_an_ordinary_goodbye() {
    let budget = Budget { calls: Budget::UNLIMITED, timeouts: Budget::UNLIMITED, ..NOTHING };
    let case = case(OPENED, budget).with(plan::both_close_once);
    let reset =
        Property::some_step("a RST", |_, step, _| step.effects.segments().any(Segment::is_reset));
    let goodbye = "~A.close~deliver.4~B.close~deliver.6~deliver.5~deliver.7~deliver.8";
    assert_eq!(found(&case, reset), format!("v1~{OPENED}{goodbye}"));
}
