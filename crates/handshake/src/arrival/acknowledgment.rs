//! The fifth check of RFC 9293 section 3.10.7.4: what does the segment acknowledge?

use super::{compare_ack, note_window};
use crate::turn::Turn;
use crate::{Compared, Rule, Segment, SeqNum, State, Tcb, Variant};

/// Takes the acknowledgment; false ends the matter.
pub(super) fn check(turn: &mut Turn, segment: &Segment) -> bool {
    let Some(ack) = segment.acknowledges() else {
        turn.apply(Rule::AckAbsent, Compared::Nothing);
        return false;
    };
    match turn.state() {
        State::SynReceived => check_in_syn_received(turn, segment, ack),
        state => {
            let Some((advances, compared)) = check_range(turn, ack) else { return false };
            if state == State::TimeWait {
                check_in_time_wait(turn, segment, compared)
            } else {
                check_in_open(turn, segment, advances, compared)
            }
        }
    }
}

/// Could the peer have had reason to say so? It cannot acknowledge what was never sent, nor, as RFC
/// 5961 section 5.2 adds, what is older than the largest window (MAY-12).
///
/// Before RFC 5961 an old acknowledgment was nothing but a duplicate.
///
/// Does it acknowledge anything new, and by which comparison? `None` ends the matter.
fn check_range(turn: &mut Turn, ack: SeqNum) -> Option<(bool, Compared)> {
    let tcb = turn.endpoint.tcb()?;
    let (advances, compared) = compare_ack(ack, tcb.snd.una, tcb.snd.nxt);
    let minds_age = turn.variant() != Variant::NoChallengeAck;
    let rule = if tcb.snd.nxt.is_before(ack) {
        Rule::AckOfUnsent
    } else if minds_age && !advances && ack.distance_to(tcb.snd.una) > tcb.snd.max_wnd {
        Rule::AckTooOld
    } else {
        return Some((advances, compared));
    };
    turn.apply(rule, compared);
    turn.send_challenge();
    None
}

/// In SYN-RECEIVED the ACK of our SYN completes the open.
fn check_in_syn_received(turn: &mut Turn, segment: &Segment, ack: SeqNum) -> bool {
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    let (acceptable, compared) = compare_ack(ack, tcb.snd.una, tcb.snd.nxt);
    if acceptable {
        turn.apply(Rule::SynReceivedAck, compared);
        establish(turn, segment);
    } else {
        turn.apply(Rule::SynReceivedAckUnacceptable, compared);
        turn.send_reset_for(segment);
    }
    acceptable
}

/// Enters ESTABLISHED from SYN-RECEIVED, and carries out a CLOSE that waited for that.
pub(super) fn establish(turn: &mut Turn, segment: &Segment) {
    let mut closes = false;
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.snd.una = segment.ack;
        note_window(tcb, segment);
        closes = tcb.outgoing.fin_wanted;
    }
    turn.note_progress(segment);
    turn.enter(State::Established);
    if closes {
        turn.enter(State::FinWait1);
    }
}

/// In ESTABLISHED and the states of closing.
fn check_in_open(turn: &mut Turn, segment: &Segment, advances: bool, compared: Compared) -> bool {
    turn.apply(if advances { Rule::AckAdvances } else { Rule::AckDuplicate }, compared);
    take(turn, segment, advances);
    follow(turn)
}

/// Takes over what is acknowledged, and the window.
fn take(turn: &mut Turn, segment: &Segment, advances: bool) {
    let Some(tcb) = &mut turn.endpoint.tcb else { return };
    if is_news(tcb, segment) {
        note_window(tcb, segment);
    }
    if advances {
        tcb.snd.una = segment.ack;
        turn.forget_acknowledged();
        turn.note_progress(segment);
    } else if tcb.snd.wnd == 0
        && let Some(running) = &mut tcb.retransmission
    {
        // Whoever answers probes of its closed window is alive: never give up on it (MUST-37).
        running.since = turn.now;
    }
}

/// May this segment set the window? It may if it is younger than the one that last did, and if it
/// acknowledges nothing older.
fn is_news(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.snd.una.is_at_most(segment.ack)
        && (tcb.snd.wl1.is_before(segment.seq)
            || (tcb.snd.wl1 == segment.seq && tcb.snd.wl2.is_at_most(segment.ack)))
}

/// Where the acknowledgment of our FIN leads; false where the segment is done with.
fn follow(turn: &mut Turn) -> bool {
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    let acknowledged = tcb.is_fin_acknowledged();
    match (tcb.state, acknowledged) {
        (State::FinWait1, true) => {
            turn.apply(Rule::FinAcknowledged, Compared::Nothing);
            turn.enter(State::FinWait2);
            true
        }
        (State::Closing, true) => {
            turn.apply(Rule::ClosingAcknowledged, Compared::Nothing);
            turn.enter(State::TimeWait);
            turn.wait_two_msl();
            false
        }
        (State::LastAck, true) => {
            turn.apply(Rule::LastAckAcknowledged, Compared::Nothing);
            turn.delete();
            false
        }
        _ => true,
    }
}

/// In TIME-WAIT all was acknowledged. Only what uses up numbers is answered: two sides that waited
/// and answered each other's bare ACKs, as the bare text has it, would never end.
fn check_in_time_wait(turn: &mut Turn, segment: &Segment, compared: Compared) -> bool {
    let is_bare = segment.length() == 0;
    let rule = match turn.variant() {
        Variant::Literal if is_bare => Rule::TimeWaitAckAnswered,
        _ if is_bare => Rule::TimeWaitAck,
        _ => Rule::TimeWaitText,
    };
    turn.apply(rule, compared);
    if rule != Rule::TimeWaitAck {
        turn.send_ack();
        turn.wait_two_msl();
    }
    false
}
