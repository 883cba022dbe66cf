//! The properties of a published model of TCP, in linear temporal logic (φ1 to φ4 of the korg
//! project's Promela model), of RFC 9293 as it is. φ1 is [`properties::phi1`]. The others speak of
//! what comes at last, which takes a network that does not lose everything: what "comes at last"
//! is here what can still be come to from everywhere.

use handshake::{Budget, Effect, Property, Side, State, World, properties};

use crate::case::{LOSSY, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// P of φ3: every state but those in which nothing is left to wait for.
fn is_in_the_midst(world: &World, side: Side) -> bool {
    !matches!(world.end(side).state(), State::Closed | State::Listen)
}

/// φ3 at the end of a run: not both are in the midst of something for ever.
fn phi3() -> Property {
    Property::finally("φ3", |world| {
        !Side::BOTH.into_iter().all(|side| is_in_the_midst(world, side))
    })
}

/// φ4: SYN-RECEIVED is left for one of these states.
fn leaves_for(after: State) -> bool {
    matches!(after, State::Established | State::FinWait1 | State::Closed)
}

/// φ2: who asks again and again gets together, if not all is lost (section 3.8.3). From LISTEN and
/// SYN-SENT one can always come there; but a network that loses every SYN leads back to the same
/// world, as often as one likes.
#[test]
fn phi2_repeated_attempts_succeed_unless_every_one_is_lost() {
    let asked = case("B.listen~A.open", LOSSY);
    asked.can_always_come_to(properties::is_together);
    // Losing the SYN, sending it again, and losing that: two worlds in all, for ever.
    let only_lost = asked.with(|world, left, choice| {
        !matches!(choice, handshake::Choice::Deliver(_)) && plan::patient(world, left, choice)
    });
    only_lost.proves(2, &[]).can_miss(properties::is_together, 0);
    assert_eq!(only_lost.steps_to(Property::finally("no world is the last", |_| false)), None);
}

/// φ3 holds where both say goodbye, and fails by design where one never does (D4).
#[test]
fn phi3_nobody_is_stuck_unless_a_user_never_closes() {
    let both = Budget { calls: Budget::UNLIMITED, timeouts: Budget::UNLIMITED, ..NOTHING };
    let closing = case(&format!("{OPENED}~A.close~B.close"), both).with(plan::both_close);
    assert_eq!(closing.steps_to(phi3()), None);
    let alone = case(&format!("{OPENED}~A.close"), both).with(plan::a_closes);
    let stuck = alone.explored(vec![phi3()]).discovery(0).expect("a counterexample");
    assert_eq!(stuck.to_string(), format!("v1~{OPENED}~A.close~deliver.4~deliver.5"));
    let states = Side::BOTH.map(|side| stuck.last().end(side).state());
    assert_eq!(states, [State::FinWait2, State::CloseWait]);
}

/// A peer that dies in silence leaves one stuck for ever (E1). φ3, which asks for two, does not see
/// it: the dead one is CLOSED.
#[test]
fn phi3_does_not_speak_of_one_whose_peer_has_died() {
    let case = case(OPENED, Budget { crashes: 1, ..NOTHING }).with(plan::a_crashes);
    let dead = Property::finally("nobody is in the midst", |world| {
        !Side::BOTH.into_iter().any(|side| is_in_the_midst(world, side))
    });
    let run = case.explored(vec![dead]).discovery(0).expect("a counterexample");
    assert_eq!(run.to_string(), format!("v1~{OPENED}~A.crash"));
}

/// φ4 has to name LISTEN as well, where a RST leads after a passive OPEN (section 3.10.7.4).
#[test]
fn phi4_syn_received_is_left_for_the_named_states_or_for_listen() {
    let as_published = Property::every_step("φ4", |_, step, _| {
        step.effects.iter().all(|effect| match effect {
            Effect::Entered { from: State::SynReceived, to } => leaves_for(*to),
            _ => true,
        })
    });
    let with_listen = Property::every_step("φ4 and LISTEN", |_, step, _| {
        step.effects.iter().all(|effect| match effect {
            Effect::Entered { from: State::SynReceived, to } => {
                leaves_for(*to) || *to == State::Listen
            }
            _ => true,
        })
    });
    let ghost = case("B.listen~forge.B.SYN.90.0.65535", LOSSY);
    // The old SYN, the SYN,ACK that nobody asked for, and the RST that says so.
    let run = ghost.explored(vec![as_published]).discovery(0).expect("a counterexample");
    let begin = "v1~B.listen~forge.B.SYN.90.0.65535.0.";
    assert_eq!(run.to_string(), format!("{begin}~deliver.1~deliver.2~deliver.3"));
    assert_eq!(ghost.steps_to(with_listen), None);
    ghost.can_always_come_to(|world| world.end(Side::B).state() != State::SynReceived);

    let asked = case("B.listen~A.open", LOSSY);
    assert_eq!(asked.steps_to(as_published), None);
    asked.can_always_come_to(|world| world.end(Side::B).state() != State::SynReceived);
}
