//! SYN-RECEIVED and all later states: the first four checks of RFC 9293 section 3.10.7.4, in its
//! order. The later ones have files of their own.

use super::{acknowledgment, compare_sequence, note_syn, text, timestamps};
use crate::turn::Turn;
use crate::{
    CallError, Compared, Flags, Instant, Origin, Rule, Segment, State, Tcb, Timestamps, Variant,
};

pub(super) fn handle(turn: &mut Turn, segment: &Segment) {
    let goes_on = check_sequence(turn, segment)
        && check_reset(turn, segment)
        && check_syn(turn, segment)
        && acknowledgment::check(turn, segment);
    // The third check, of security labels, and the sixth, of urgent data, are not modelled.
    if goes_on {
        text::take(turn, segment);
        turn.send_what_is_due();
    }
}

/// First: is it in the window (table 6)? Timestamps are looked at before.
fn check_sequence(turn: &mut Turn, segment: &Segment) -> bool {
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    if reopens(tcb, segment, turn.now) {
        reopen(turn, segment);
        return false;
    }
    if !timestamps::check(turn, segment) {
        return false;
    }
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    if turn.variant() != Variant::Literal && crosses_ours(tcb, segment) {
        take_crossing(turn, segment);
        return false;
    }
    if turn.variant() == Variant::Linux && repeats_syn(tcb, segment) {
        let compared = compare_sequence(tcb, segment);
        turn.apply(Rule::SynReceivedRepeats, compared);
        turn.send_syn();
        turn.restart_retransmission();
        return false;
    }
    let is_heard = is_acceptable(tcb, segment)
        || resets_in_closed_window(tcb, segment)
        || acknowledges_beyond_narrow_window(tcb, segment);
    if is_heard {
        timestamps::note(turn, segment);
        return true;
    }
    refuse_unacceptable(turn, segment);
    false
}

/// Takes the SYN,ACK that crossed ours as the ACK of our SYN. Linux acknowledges it besides.
fn take_crossing(turn: &mut Turn, segment: &Segment) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let compared = compare_sequence(tcb, segment);
    let answers = turn.variant() == Variant::Linux;
    let rule = if answers { Rule::SynReceivedCrossingAnswered } else { Rule::SynReceivedCrossing };
    turn.apply(rule, compared);
    timestamps::note(turn, segment);
    acknowledgment::establish(turn, segment);
    if answers {
        turn.send_ack();
    }
    text::take_held(turn);
    turn.send_what_is_due();
}

/// Is this the peer's SYN again, whose answer was lost?
fn repeats_syn(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.state == State::SynReceived && segment.flags == Flags::SYN && segment.seq == tcb.rcv.irs
}

/// An unacceptable segment is answered with an ACK, which says what is expected.
fn refuse_unacceptable(turn: &mut Turn, segment: &Segment) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let compared = compare_sequence(tcb, segment);
    let is_last_fin = turn.variant() != Variant::Literal
        && tcb.state == State::TimeWait
        && segment.is_fin()
        && segment.seq + segment.length() == tcb.rcv.nxt;
    if segment.is_reset() {
        turn.apply(Rule::UnacceptableReset, compared);
    } else if is_last_fin {
        // The FIN that is repeated because our ACK was lost lies one below RCV.NXT, so that the
        // RFC's eighth step, which restarts the wait, would never see it.
        turn.apply(Rule::TimeWaitFinRepeated, compared);
        turn.send_ack();
        turn.wait_two_msl();
    } else {
        let counts = acknowledges_in_closed_window(tcb, segment);
        turn.apply(Rule::Unacceptable, compared);
        turn.send_ack();
        if counts && acknowledgment::check(turn, segment) {
            turn.send_what_is_due();
        }
    }
}

/// With a closed window nothing that uses up numbers is acceptable, but a RST at RCV.NXT counts
/// (MUST-66), whatever text it carries.
fn resets_in_closed_window(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.rcv.wnd == 0 && segment.seq == tcb.rcv.nxt && segment.is_reset()
}

/// Nor is what it acknowledges lost with its text: whoever asks for the window may say something
/// that we wait for.
fn acknowledges_in_closed_window(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.rcv.wnd == 0
        && tcb.state.is_synchronized()
        && segment.seq == tcb.rcv.nxt
        && !segment.is_syn()
        && is_valid_ack(tcb, segment)
}

/// Whoever has asked for the window with an octet, and perhaps said goodbye behind it, goes on from
/// there, so that its bare ACKs lie beyond a window that is closed or has hardly opened. While we
/// wait for one they are valid, and heard: our answer would lie beyond the peer's window as well,
/// and two who answered each other's would never end.
fn acknowledges_beyond_narrow_window(tcb: &Tcb, segment: &Segment) -> bool {
    tcb.state.is_synchronized()
        && tcb.snd.una != tcb.snd.nxt
        && segment.length() == 0
        && !segment.is_reset()
        && (1..=2).contains(&tcb.rcv.nxt.distance_to(segment.seq))
        && is_valid_ack(tcb, segment)
}

/// Does it acknowledge what was acknowledged last, or more, and nothing that was never sent?
fn is_valid_ack(tcb: &Tcb, segment: &Segment) -> bool {
    let valid = |ack| tcb.snd.una.is_at_most(ack) && ack.is_at_most(tcb.snd.nxt);
    segment.acknowledges().is_some_and(valid)
}

/// Is this a fresh SYN that opens the connection anew (MAY-2)? It is, if it lies beyond all numbers
/// of the old connection and there was somebody who waited for SYNs here. Where both SYNs had
/// timestamps, they alone say what is fresh, unless they are equal (SHLD-4, RFC 6191 section 2).
fn reopens(tcb: &Tcb, segment: &Segment, now: Instant) -> bool {
    let lies_beyond = tcb.rcv.nxt.is_before(segment.seq);
    let is_fresh = || match tcb.agreed.timestamps.zip(segment.options.timestamps) {
        Some((clocks, Timestamps { value, .. })) if value != clocks.recent => {
            !clocks.are_after(value, now)
        }
        _ => lies_beyond,
    };
    tcb.state == State::TimeWait
        && tcb.origin == Origin::Passive
        && segment.is_syn()
        && !segment.flags.contain(Flags::ACK)
        && !segment.is_reset()
        && is_fresh()
}

/// Opens anew, with an ISS beyond all that was sent in the old connection.
fn reopen(turn: &mut Turn, segment: &Segment) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let (old_nxt, compared) = (tcb.snd.nxt, compare_sequence(tcb, segment));
    turn.apply(Rule::TimeWaitReopens, compared);
    if !old_nxt.is_before(turn.endpoint.numbers.next) {
        turn.endpoint.numbers.next = old_nxt + turn.endpoint.numbers.step.max(1);
    }
    turn.create(State::SynReceived, Origin::Passive);
    note_syn(turn, segment);
    text::hold(turn, segment);
    turn.send_syn();
    turn.start_retransmission();
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
    let compared = compare_sequence(tcb, segment);
    let believes_all = turn.variant() == Variant::NoChallengeAck;
    if segment.seq != tcb.rcv.nxt && !believes_all {
        // Text behind a RST can reach into the window although the RST itself lies before it.
        if tcb.rcv.window().contains(segment.seq) {
            turn.apply(Rule::ResetChallenged, compared);
            turn.send_challenge();
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
        (State::Closing | State::LastAck | State::TimeWait, _) => {
            turn.apply(Rule::ResetClosing, compared);
            turn.delete();
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
    } else if turn.variant() == Variant::NoChallengeAck {
        turn.apply(Rule::SynResets, Compared::Nothing);
        turn.send_reset_for(segment);
        turn.close(CallError::ConnectionReset);
    } else {
        turn.apply(Rule::SynChallenged, Compared::Nothing);
        turn.send_challenge();
    }
    false
}
