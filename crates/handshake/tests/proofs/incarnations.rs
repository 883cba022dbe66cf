//! Two connections one after the other, and text of the first that comes in the second (RFC 9293
//! section 3.4.1; RFC 1337). Three shields overlap: 2 MSL, rising initial numbers, and the range of
//! what may be acknowledged (RFC 5961 section 5.2).
//!
//! The first connection begins with 99 and 299, the second with 199 and 399. A has said 111 octets
//! in the first, so that its second number lies among the old ones, as it never should; of the last
//! ten, `<SEQ=200><ACK=300>`, a copy is still under way. Then both close, B listens again, A opens
//! again; only the order is free.

use handshake::Budget;

use crate::case::{Case, NOTHING, Plan, TOGETHER, case};
use crate::plan;

/// Both close, B listens and A opens.
const LIVES: Budget = Budget { calls: 4, timeouts: Budget::UNLIMITED, ..NOTHING };

/// A has said a hundred octets and then ten, of which a copy is under way.
fn old_text_under_way() -> String {
    let hundred = ".".repeat(100);
    let copied = "A.send.0123456789~copy.6~deliver.6~deliver.8";
    format!("{TOGETHER}~A.send.0x{}~deliver.4~deliver.5~{copied}", hundred.replace('.', "2e"))
}

/// Such a case in a variant.
fn lives(variant: &str, first_life: &str, plan: Plan) -> Case {
    case(&format!("iss.99.299~variant.{variant}~{first_life}"), LIVES).with(plan)
}

/// A case in which old text is taken for new after so many steps, and the numbers of the two sides
/// do not fit each other from then on.
#[track_caller]
fn fails(case: &Case, steps: usize, worlds: usize) {
    let claims = vec![handshake::properties::h1(), handshake::properties::s1()];
    case.proves_of(claims, worlds, &[("S1", steps)]);
}

/// A case in which it is not.
#[track_caller]
fn holds(case: &Case, worlds: usize) {
    let claims = vec![handshake::properties::h1(), handshake::properties::s1()];
    case.proves_of(claims, worlds, &[]);
}

/// F1: a late ACK draws a RST, which ends TIME-WAIT before its time.
#[test]
fn a_reset_that_cuts_time_wait_short_lets_old_text_in() {
    fails(&lives("no-challenge-ack", &old_text_under_way(), plan::two_lives), 14, 812);
}

/// F2: the remedy of RFC 1337.
#[test]
fn old_text_stays_out_if_resets_are_not_heard_in_time_wait() {
    let case = lives("no-challenge-ack", &old_text_under_way(), plan::two_lives_deaf_to_resets);
    let resets_get_lost = Budget { drops: Budget::UNLIMITED, ..case.budget };
    holds(&Case { budget: resets_get_lost, ..case }, 513);
}

/// F3.
#[test]
fn a_time_wait_that_is_too_short_lets_old_text_in() {
    let case = lives("no-challenge-ack", &old_text_under_way(), plan::two_lives_hastily);
    fails(&case, 12, 2527);
}

/// F4: the old text acknowledges what lies further back than the largest window. It is forged here,
/// because the numbers of two connections of one run do not lie that far apart.
#[test]
fn old_text_with_an_acknowledgment_out_of_range_stays_out() {
    let first_life = old_text_under_way().replace("~copy.6~deliver.6~deliver.8", "");
    let ack = 300_u32.wrapping_sub(70_000);
    let forged = format!("forge.B.ACK.200.{ack}.65535.0.0123456789");
    let first_life = format!("{first_life}~deliver.6~deliver.7~{forged}");
    holds(&lives("no-challenge-ack", &first_life, plan::two_lives_hastily), 2527);
}

/// F5: exact resets do not help where the acknowledgment is in range.
#[test]
fn old_text_with_an_acknowledgment_in_range_comes_in_after_a_short_time_wait() {
    fails(&lives("rfc9293", &old_text_under_way(), plan::two_lives_hastily), 12, 2531);
}

/// F6: ten octets in the first life, so that the second number lies beyond all that was said.
#[test]
fn a_number_beyond_the_old_ones_keeps_old_text_out_even_after_a_short_time_wait() {
    let first_life = format!("{TOGETHER}~A.send.0123456789~copy.4~deliver.4~deliver.6");
    holds(&lives("no-challenge-ack", &first_life, plan::two_lives_hastily), 4058);
}

/// F7.
#[test]
fn exact_resets_do_not_keep_time_wait_from_being_cut_short() {
    fails(&lives("rfc9293", &old_text_under_way(), plan::two_lives), 14, 812);
}
