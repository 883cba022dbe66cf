//! SEGMENT ARRIVES (RFC 9293 section 3.10.7): one file for each of its four sections, and one for
//! each of the later checks of the last.

mod acknowledgment;
mod closed;
mod fin;
mod listen;
mod syn_sent;
mod synchronized;
mod text;
mod timestamps;

use crate::turn::Turn;
use crate::{
    Agreed, Clocks, Compared, Instant, Offers, Options, Rule, Scale, Segment, SeqNum, State, Tcb,
    Timestamps,
};

/// A segment has arrived; the state decides which section judges it.
pub(crate) fn handle(turn: &mut Turn, segment: &Segment) {
    if turn.is_quiet() {
        // Whoever forgot which numbers it used sends nothing at all, not even a RST.
        turn.apply(Rule::QuietTimeArrival, Compared::Nothing);
        return;
    }
    match turn.state() {
        State::Closed => closed::handle(turn, segment),
        State::Listen if turn.endpoint.awaits_another() => closed::handle_stranger(turn, segment),
        State::Listen => listen::handle(turn, segment),
        State::SynSent => syn_sent::handle(turn, segment),
        _ => synchronized::handle(turn, segment),
    }
    turn.note_sign_of_life();
}

/// Notes the peer's SYN: IRS = SEG.SEQ, RCV.NXT = SEG.SEQ + 1, its window, and what it offers.
fn note_syn(turn: &mut Turn, segment: &Segment) -> Compared {
    let nxt = segment.seq + 1;
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.rcv.irs = segment.seq;
        tcb.rcv.nxt = nxt;
        tcb.send_mss = segment.options.mss.unwrap_or(Tcb::DEFAULT_SEND_MSS);
        tcb.agreed = agree(turn.endpoint.settings.offers, &segment.options, turn.now);
        note_window(tcb, segment);
    }
    turn.open_window();
    Compared::Noted { seq: segment.seq, nxt }
}

/// What our offers and the peer's come to.
fn agree(ours: Offers, theirs: &Options, now: Instant) -> Agreed {
    let shifts = theirs.window_scale.zip(ours.window_scale);
    let timestamps = theirs.timestamps.filter(|_| ours.timestamps);
    Agreed {
        scale: shifts.map(|(snd, rcv)| Scale::new(snd, rcv)),
        sack_permitted: theirs.sack_permitted && ours.sack_permitted,
        timestamps: timestamps.map(|Timestamps { value, .. }| Clocks {
            recent: value,
            recent_at: now,
            // Set by the acknowledgment of this SYN.
            last_ack_sent: SeqNum(0),
        }),
    }
}

/// Takes over the window that the segment announces: that of a SYN as it stands, any other shifted
/// left by what was agreed on (RFC 7323 section 2.3).
fn note_window(tcb: &mut Tcb, segment: &Segment) {
    let scale = tcb.agreed.scale.filter(|_| !segment.is_syn());
    tcb.snd.wnd = u32::from(segment.window) << scale.map_or(0, |scale| scale.snd);
    tcb.snd.max_wnd = tcb.snd.max_wnd.max(tcb.snd.wnd);
    tcb.snd.wl1 = segment.seq;
    tcb.snd.wl2 = segment.ack;
}

/// `low < SEG.ACK =< SND.NXT`: the acknowledgment of something sent and not acknowledged yet.
fn compare_ack(ack: SeqNum, low: SeqNum, high: SeqNum) -> (bool, Compared) {
    let acceptable = low.is_before(ack) && ack.is_at_most(high);
    (acceptable, Compared::Acknowledgment { ack, low, high })
}

/// SEG.SEQ and SEG.LEN against RCV.NXT and RCV.WND.
fn compare_sequence(tcb: &Tcb, segment: &Segment) -> Compared {
    Compared::Sequence {
        seq: segment.seq,
        length: segment.length(),
        nxt: tcb.rcv.nxt,
        wnd: tcb.rcv.wnd,
    }
}
