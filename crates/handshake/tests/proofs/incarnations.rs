//! Two connections one after the other, and text of the first that comes in the second (RFC 9293
//! section 3.4.1; RFC 1337). Three shields overlap: 2 MSL, rising initial numbers, and the range of
//! what may be acknowledged (RFC 5961 section 5.2).
//!
//! A says ten octets in the first connection, and `<SEQ=100><ACK=300>` with all of them is still
//! under way when both close, B listens again and A opens again; only the order is free. Everybody
//! has room for 200 octets. A begins with 99 both times, as it never should.
//!
//! | case | A begins | B begins | before RFC 5961 | the old text is | differs |
//! | --- | --- | --- | --- | --- | --- |
//! | F1 | 99, 99 | 299, 399 | B | a copy | |
//! | F2 | 99, 99 | 299, 399 | B | a copy | RST lost in TIME-WAIT |
//! | F3 | 99, 99 | 299, 399 | B | a copy | 2 MSL cut short |
//! | F4 | 99, 99 | 350, 450 | nobody | forged | 2 MSL cut short, room for 150 |
//! | F5 | 99, 99 | 220, 320 | nobody | forged | 2 MSL cut short |
//! | F6 | 99, 199 | 299, 399 | both | a copy | 2 MSL cut short |
//! | F7 | 99, 99 | 220, 320 | nobody | forged | |
//!
//! Two things cannot be said quite so. A's variant is taken by its number, so that A itself follows
//! RFC 5961 in F1 to F3; nothing there is out of its range. And the numbers of a side lie 100
//! apart, so that where B is to begin with 450 or 320 its first number is another than 299, and the
//! old text is forged. With room for 200 octets an acknowledgment of 300 is within a window of what
//! 450 begins: F4 has room for 150, where it lies one octet too far back.

use handshake::Budget;

use crate::case::{Case, NOTHING, case};
use crate::plan;
use crate::support::OPENED;

/// Both close, B listens and A opens.
const LIVES: Budget = Budget { calls: 4, timeouts: Budget::UNLIMITED, ..NOTHING };

/// A has said ten octets, of which a copy is under way.
const COPIED: &str = "A.send.0123456789~copy.4~deliver.4~deliver.6";

/// A begins with the same number each time, and B trusts as before RFC 5961.
const TRUSTING: &str = "iss.99.299~window.200~variant.fixed-iss.no-challenge-ack";

/// Two lives, of which the first is over but for the goodbye.
fn lives(settings: &str, first_life: &str) -> Case {
    case(&format!("{settings}~{OPENED}~{first_life}"), LIVES).with(plan::two_lives)
}

/// The same with RFC 5961. B begins with this number the second time, and has room for so many
/// octets, as A has.
fn lives_with_exact_resets(second_iss: u32, window: u32) -> Case {
    let first = second_iss - 100;
    let settings = format!("iss.99.{first}~window.{window}~variant.fixed-iss.rfc9293");
    let old = format!("forge.B.ACK.100.300.{window}.0.0123456789");
    lives(&settings, &format!("A.send.0123456789~deliver.4~deliver.5~{old}"))
}

/// A case in which old text is taken for new after so many steps, and the numbers of the two sides
/// do not fit each other from then on.
#[track_caller]
fn fails(case: &Case, steps: usize, worlds: usize) {
    let claims = vec![handshake::properties::h1(), handshake::properties::s1()];
    case.proves_of(claims, worlds, &[("S1", steps)]);
    assert_eq!(case.graph(|_| true).worlds(), worlds);
}

/// A case in which it is not.
#[track_caller]
fn holds(case: &Case, worlds: usize) {
    let claims = vec![handshake::properties::h1(), handshake::properties::s1()];
    case.proves_of(claims, worlds, &[]);
    assert_eq!(case.graph(|_| true).worlds(), worlds);
}

/// F1: a late ACK draws a RST, which ends TIME-WAIT before its time.
#[test]
fn a_reset_that_cuts_time_wait_short_lets_old_text_in() {
    fails(&lives(TRUSTING, COPIED), 14, 788);
}

/// F2: the remedy of RFC 1337.
#[test]
fn old_text_stays_out_if_resets_are_not_heard_in_time_wait() {
    let case = lives(TRUSTING, COPIED).with(plan::two_lives_deaf_to_resets);
    let resets_get_lost = Budget { drops: Budget::UNLIMITED, ..case.budget };
    holds(&Case { budget: resets_get_lost, ..case }, 511);
}

/// F3.
#[test]
fn a_time_wait_that_is_too_short_lets_old_text_in() {
    fails(&lives(TRUSTING, COPIED).with(plan::two_lives_hastily), 12, 2407);
}

/// F4: the old text acknowledges what lies further back than the largest window.
#[test]
fn old_text_with_an_acknowledgment_out_of_range_stays_out() {
    holds(&lives_with_exact_resets(450, 150).with(plan::two_lives_hastily), 2390);
    let in_range = lives_with_exact_resets(450, 151).with(plan::two_lives_hastily);
    fails(&in_range, 12, 2411);
}

/// F5: exact resets do not help where the acknowledgment is in range.
#[test]
fn old_text_with_an_acknowledgment_in_range_comes_in_after_a_short_time_wait() {
    fails(&lives_with_exact_resets(320, 200).with(plan::two_lives_hastily), 12, 2411);
}

/// F6: the second number lies beyond all that was said.
#[test]
fn a_number_beyond_the_old_ones_keeps_old_text_out_even_after_a_short_time_wait() {
    let settings = "iss.99.299~window.200~variant.no-challenge-ack";
    holds(&lives(settings, COPIED).with(plan::two_lives_hastily), 4058);
}

/// F7.
#[test]
fn exact_resets_do_not_keep_time_wait_from_being_cut_short() {
    fails(&lives_with_exact_resets(320, 200), 14, 788);
}
