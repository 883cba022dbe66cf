//! SYN-SENT: waiting for the answer to our SYN (RFC 9293 section 3.10.7.3).

use super::{compare_ack, note_syn, text};
use crate::turn::Turn;
use crate::{CallError, Compared, Rule, Segment, State, Variant};

pub(super) fn handle(turn: &mut Turn, segment: &Segment) {
    let Some(acknowledged) = check_ack(turn, segment) else { return };
    if segment.is_reset() {
        check_reset(turn, acknowledged);
    } else if segment.is_syn() {
        check_syn(turn, segment, acknowledged);
    } else {
        turn.apply(Rule::SynSentOther, Compared::Nothing);
    }
}

/// First: is there an ACK, and of what? `None` ends the matter; otherwise the comparison by which
/// the ACK was acceptable, or [`Compared::Nothing`] where there was no ACK.
fn check_ack(turn: &mut Turn, segment: &Segment) -> Option<Compared> {
    let Some(ack) = segment.acknowledges() else { return Some(Compared::Nothing) };
    let snd = turn.endpoint.tcb()?.snd;
    let (acceptable, compared) = compare_ack(ack, snd.iss, snd.nxt);
    if acceptable {
        return Some(compared);
    }
    if segment.is_reset() {
        turn.apply(Rule::SynSentResetUnacceptable, compared);
    } else {
        turn.apply(Rule::SynSentAckUnacceptable, compared);
        turn.send_reset_for(segment);
    }
    None
}

/// Second: a RST is believed only if it acknowledges our SYN.
fn check_reset(turn: &mut Turn, acknowledged: Compared) {
    if acknowledged == Compared::Nothing {
        turn.apply(Rule::SynSentReset, acknowledged);
    } else {
        turn.apply(Rule::SynSentRefused, acknowledged);
        turn.close(CallError::ConnectionRefused);
    }
}

/// Fourth: a SYN. With an ACK of ours it completes the open on this side; alone it means that
/// both sides opened at once.
fn check_syn(turn: &mut Turn, segment: &Segment, acknowledged: Compared) {
    // The RFC notes the window only in the second branch; RFC 1122, 4.2.2.20 c, has it here too.
    let noted = note_syn(turn, segment);
    if acknowledged == Compared::Nothing {
        turn.apply(Rule::SynSentSyn, noted);
        turn.enter(State::SynReceived);
        text::hold(turn, segment);
        // The timer of our SYN runs on; it guards the SYN,ACK now (RFC 6298 section 5.1).
        turn.send_syn();
    } else {
        if let Some(tcb) = &mut turn.endpoint.tcb {
            tcb.snd.una = segment.ack;
        }
        let two_messages = turn.variant() == Variant::TwoMessages;
        let rule = if two_messages { Rule::TwoMessagesSynAck } else { Rule::SynSentSynAck };
        turn.apply(rule, acknowledged);
        turn.note_progress(segment);
        turn.enter(State::Established);
        if segment.length() > 1 {
            // Text or FIN behind the SYN: one ACK answers all of it.
            text::take(turn, segment);
        } else if !two_messages {
            // Of two messages the answer was the last.
            turn.send_ack();
        }
        turn.send_what_is_due();
    }
}
