//! One opens, one listens (RFC 9293 section 3.5): messages from an earlier life, a handshake with
//! one message fewer, and giving up.

use handshake::{Budget, Side, State, World, properties};

use crate::case::{LOSSY, NOTHING, case};
use crate::plan;

/// The first message is under way.
const ASKED: &str = "B.listen~A.open";

/// A SYN, an ACK and text of a connection that a crash has ended are still under way to B, which
/// had begun that one with 200. Now it begins with 300.
const GHOSTS: &str = "B.listen~forge.B.SYN.90.0.65535~forge.B.ACK.91.201.65535\
    ~forge.B.ACK.91.201.65535.0.old";

/// The same, but the messages name the number with which B begins again.
const GHOSTS_THAT_FIT: &str = "B.listen~forge.B.SYN.90.0.65535~forge.B.ACK.91.301.65535\
    ~forge.B.ACK.91.301.65535.0.old";

fn b_listens_alone(world: &World) -> bool {
    let [a, b] = Side::BOTH.map(|side| world.end(side).state());
    a == State::Closed && b == State::Listen
}

/// A1.
#[test]
fn three_messages_keep_every_promise_whatever_is_lost_or_doubled() {
    let case = case(ASKED, Budget { duplicates: 2, ..LOSSY });
    case.proves(1067, &[]).can_always_come_to(properties::is_together);
    assert_eq!(case.steps_to(properties::l3()), None);
    assert_eq!(case.steps_to(properties::rest()), None);
    assert_eq!(case.steps_to(properties::ki()), Some(3));
}

/// A2.
#[test]
fn without_faults_a_handshake_is_four_worlds() {
    let case = case(ASKED, NOTHING);
    case.proves(4, &[]).can_always_come_to(properties::is_together);
    assert_eq!(case.steps_to(properties::ki()), None);
}

/// A3.
#[test]
fn ghosts_of_an_earlier_life_come_to_nothing() {
    let case = case(GHOSTS, Budget { duplicates: 1, ..LOSSY });
    case.proves(606, &[]).can_always_come_to(b_listens_alone);
    assert_eq!(case.steps_to(properties::l3()), None);
}

/// A4.
#[test]
fn ghosts_do_not_keep_two_from_getting_together() {
    let budget = Budget { duplicates: 1, calls: 1, ..LOSSY };
    let case = case(GHOSTS, budget).with(plan::a_opens);
    case.proves(12_283, &[]).can_always_come_to(properties::is_together);
}

/// A5: the numbers have to be fresh (section 3.4.1).
#[test]
fn ghosts_are_believed_by_whoever_begins_with_the_old_number() {
    let case = case(GHOSTS_THAT_FIT, Budget { duplicates: 1, ..LOSSY });
    case.proves(1338, &[("H1", 2), ("S1", 2), ("φ1", 2)]);
    // Once text was taken and all that was under way has come, nothing ends it.
    assert_eq!(case.steps_to(properties::l3()), Some(4));
}

/// A6: this is what the third message is good for.
#[test]
fn with_two_messages_an_old_syn_is_enough() {
    let case = case("variant.two-messages~B.listen~forge.B.SYN.90.0.65535", LOSSY);
    case.proves(6, &[("H1", 1), ("φ1", 1)]);
    assert_eq!(case.steps_to(properties::l3()), Some(2));
}

/// A7.
#[test]
fn with_two_messages_old_text_is_believed_as_well() {
    let start = "variant.two-messages~B.listen~forge.B.SYN.90.0.65535\
        ~forge.B.ACK.91.301.65535.0.old";
    case(start, LOSSY).proves(29, &[("H1", 1), ("S1", 2), ("φ1", 1)]);
}

/// A8: nobody repeats the second message, since nobody has to confirm it.
#[test]
fn with_two_messages_the_loss_of_one_is_for_good() {
    let case = case("variant.two-messages~B.listen~A.open", LOSSY);
    case.proves(30, &[("H1", 1)]).can_miss(properties::is_together, 2);
    assert_eq!(case.steps_to(properties::ki()), Some(2));
}

/// B0 to B5, two generals: however often everything may be sent again, there is a run of 4 + 2r
/// steps after which exactly one believes, and nobody has anything more to say.
///
/// The sides share one count of r repetitions and one giving up here, where each could have its
/// own: the shortest run needs only those of B.
#[test]
fn no_number_of_messages_is_enough_for_both_to_know() {
    let worlds = [18, 103, 310, 701, 922, 1060];
    for (repetitions, worlds) in (0_u8..).zip(worlds) {
        let budget = Budget { drops: Budget::UNLIMITED, timeouts: repetitions + 1, ..NOTHING };
        let case = case(ASKED, budget).with(plan::gives_up_at_last);
        let steps = 4 + 2 * usize::from(repetitions);
        case.proves_of(vec![properties::rest()], worlds, &[("REST", steps)]);
    }
}
