//! SYN-RECEIVED and all later states: the checks of RFC 9293 section 3.10.7.4, in its order, as far
//! as they concern the opening of a connection.

use super::{compare_ack, note_window};
use crate::turn::Turn;
use crate::{CallError, Compared, Flags, Origin, Rule, Segment, SeqNum, State, Tcb};

pub(super) fn handle(turn: &mut Turn, segment: &Segment) {
    let goes_on =
        check_sequence(turn, segment) && check_reset(turn, segment) && check_syn(turn, segment);
    if goes_on {
        check_ack(turn, segment);
    }
    // Text and FIN, the sixth to eighth checks, are not modelled yet: no segment carries them.
}

/// First: is it in the window (table 6)?
fn check_sequence(turn: &mut Turn, segment: &Segment) -> bool {
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    let compared = Compared::Sequence {
        seq: segment.seq,
        length: segment.length(),
        nxt: tcb.rcv.nxt,
        wnd: tcb.rcv.wnd,
    };
    if crosses_ours(tcb, segment) {
        turn.apply(Rule::SynReceivedCrossing, compared);
        establish(turn, segment);
        return false;
    }
    if is_acceptable(tcb, segment) {
        return true;
    }
    if segment.is_reset() {
        turn.apply(Rule::UnacceptableReset, compared);
    } else {
        turn.apply(Rule::Unacceptable, compared);
        turn.send_ack();
    }
    false
}

/// The four rows of table 6.
fn is_acceptable(tcb: &Tcb, segment: &Segment) -> bool {
    let window = tcb.rcv.window();
    match (segment.length(), window.length) {
        (0, 0) => segment.seq == window.start,
        (0, _) => window.contains(segment.seq),
        (_, 0) => false,
        (length, _) => window.contains(segment.seq) || window.contains(segment.seq + (length - 1)),
    }
}

/// Is this the SYN,ACK that crossed ours in a simultaneous open (figure 7, line 6)? Its SYN lies
/// one below RCV.NXT, because the peer's SYN came before and is repeated here.
fn crosses_ours(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.state == State::SynReceived
        && tcb.origin == Origin::Active
        && segment.flags.contain(Flags::SYN | Flags::ACK)
        && !segment.is_reset()
        && segment.length() == 1
        && segment.seq + 1 == tcb.rcv.nxt
        && segment.ack == tcb.snd.nxt
}

/// Second: a RST is believed only at RCV.NXT exactly (RFC 5961 section 3.2).
fn check_reset(turn: &mut Turn, segment: &Segment) -> bool {
    if !segment.is_reset() {
        return true;
    }
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    let compared = Compared::Sequence {
        seq: segment.seq,
        length: segment.length(),
        nxt: tcb.rcv.nxt,
        wnd: tcb.rcv.wnd,
    };
    if segment.seq != tcb.rcv.nxt {
        // Text behind a RST can reach into the window although the RST itself lies before it.
        if tcb.rcv.window().contains(segment.seq) {
            turn.apply(Rule::ResetChallenged, compared);
            turn.send_ack();
        } else {
            turn.apply(Rule::UnacceptableReset, compared);
        }
        return false;
    }
    match (tcb.state, tcb.origin) {
        (State::SynReceived, Origin::Passive) => {
            turn.apply(Rule::SynReceivedResetToListen, compared);
            turn.listen();
        }
        (State::SynReceived, Origin::Active) => {
            turn.apply(Rule::SynReceivedRefused, compared);
            turn.close(CallError::ConnectionRefused);
        }
        _ => {
            turn.apply(Rule::Reset, compared);
            turn.close(CallError::ConnectionReset);
        }
    }
    false
}

/// Fourth: a SYN has no place in a connection that has had one.
fn check_syn(turn: &mut Turn, segment: &Segment) -> bool {
    if !segment.is_syn() {
        return true;
    }
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    if tcb.state == State::SynReceived && tcb.origin == Origin::Passive {
        // A SYN before the window is the old one, repeated with text behind it: what lies outside
        // is trimmed off, and the rest goes on.
        if !tcb.rcv.window().contains(segment.seq) {
            return true;
        }
        turn.apply(Rule::SynReceivedSynToListen, Compared::Nothing);
        turn.listen();
    } else {
        turn.apply(Rule::SynChallenged, Compared::Nothing);
        turn.send_ack();
    }
    false
}

/// Fifth: what does it acknowledge?
fn check_ack(turn: &mut Turn, segment: &Segment) {
    let Some(ack) = segment.acknowledges() else {
        turn.apply(Rule::AckAbsent, Compared::Nothing);
        return;
    };
    match turn.state() {
        State::SynReceived => check_ack_of_syn(turn, segment, ack),
        _ => check_ack_of_data(turn, segment, ack),
    }
}

/// Fifth, in SYN-RECEIVED: the ACK of our SYN completes the open.
fn check_ack_of_syn(turn: &mut Turn, segment: &Segment, ack: SeqNum) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let (acceptable, compared) = compare_ack(ack, tcb.snd.una, tcb.snd.nxt);
    if acceptable {
        turn.apply(Rule::SynReceivedAck, compared);
        establish(turn, segment);
    } else {
        turn.apply(Rule::SynReceivedAckUnacceptable, compared);
        turn.send_reset_for(segment);
    }
}

/// Enters ESTABLISHED from SYN-RECEIVED.
fn establish(turn: &mut Turn, segment: &Segment) {
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.snd.una = segment.ack;
        note_window(tcb, segment);
    }
    turn.stop_retransmission();
    turn.enter(State::Established);
}

/// Fifth, in ESTABLISHED.
fn check_ack_of_data(turn: &mut Turn, segment: &Segment, ack: SeqNum) {
    let Some(tcb) = &mut turn.endpoint.tcb else { return };
    let (advances, compared) = compare_ack(ack, tcb.snd.una, tcb.snd.nxt);
    if tcb.snd.nxt.is_before(ack) {
        turn.apply(Rule::AckOfUnsent, compared);
        turn.send_ack();
        return;
    }
    // RFC 5961 section 5.2: nothing older than one window can still be under way. The peer's
    // window never changes so far, so SND.WND is the largest that was ever seen.
    if !advances && ack.distance_to(tcb.snd.una) > tcb.snd.wnd {
        turn.apply(Rule::AckTooOld, compared);
        turn.send_ack();
        return;
    }
    if is_news(tcb, segment) {
        note_window(tcb, segment);
    }
    if advances {
        tcb.snd.una = ack;
    }
    turn.apply(if advances { Rule::AckAdvances } else { Rule::AckDuplicate }, compared);
}

/// May this segment set the window? It may if it is younger than the one that last did, and if it
/// acknowledges nothing older.
fn is_news(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.snd.una.is_at_most(segment.ack)
        && (tcb.snd.wl1.is_before(segment.seq)
            || (tcb.snd.wl1 == segment.seq && tcb.snd.wl2.is_at_most(segment.ack)))
}
