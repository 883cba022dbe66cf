//! SEGMENT ARRIVES (RFC 9293 section 3.10.7): one file for each of its four sections, and one for
//! each of the later checks of the last.

mod acknowledgment;
mod closed;
mod fin;
mod listen;
mod syn_sent;
mod synchronized;
mod text;

use crate::turn::Turn;
use crate::{Compared, Segment, SeqNum, State, Tcb};

/// A segment has arrived; the state decides which section judges it.
pub(crate) fn handle(turn: &mut Turn, segment: &Segment) {
    match turn.state() {
        State::Closed => closed::handle(turn, segment),
        State::Listen => listen::handle(turn, segment),
        State::SynSent => syn_sent::handle(turn, segment),
        _ => synchronized::handle(turn, segment),
    }
    turn.note_sign_of_life();
}

/// Notes the peer's SYN: IRS = SEG.SEQ, RCV.NXT = SEG.SEQ + 1.
fn note_syn(tcb: &mut Tcb, segment: &Segment) -> Compared {
    tcb.rcv.irs = segment.seq;
    tcb.rcv.nxt = segment.seq + 1;
    Compared::Noted { seq: segment.seq, nxt: tcb.rcv.nxt }
}

/// Takes over the window that the segment announces.
fn note_window(tcb: &mut Tcb, segment: &Segment) {
    tcb.snd.wnd = u32::from(segment.window);
    tcb.snd.max_wnd = tcb.snd.max_wnd.max(tcb.snd.wnd);
    tcb.snd.wl1 = segment.seq;
    tcb.snd.wl2 = segment.ack;
}

/// Takes over what the peer's SYN offers.
fn note_options(tcb: &mut Tcb, segment: &Segment) {
    tcb.send_mss = segment.options.mss.unwrap_or(Tcb::DEFAULT_SEND_MSS);
}

/// `low < SEG.ACK =< SND.NXT`: the acknowledgment of something sent and not acknowledged yet.
fn compare_ack(ack: SeqNum, low: SeqNum, high: SeqNum) -> (bool, Compared) {
    let acceptable = low.is_before(ack) && ack.is_at_most(high);
    (acceptable, Compared::Acknowledgment { ack, low, high })
}
