//! LISTEN: waiting for a SYN (RFC 9293 section 3.10.7.2).

use super::{note_syn, text};
use crate::turn::Turn;
use crate::{Compared, Origin, Rule, Segment, State, Variant};

pub(super) fn handle(turn: &mut Turn, segment: &Segment) {
    if segment.is_reset() {
        turn.apply(Rule::ListenReset, Compared::Nothing);
    } else if segment.acknowledges().is_some() {
        turn.apply(Rule::ListenAck, Compared::Nothing);
        turn.send_reset_for(segment);
    } else if segment.is_syn() {
        answer_syn(turn, segment);
    } else {
        turn.apply(Rule::ListenOther, Compared::Nothing);
    }
}

/// Third: a SYN. Its number is noted, ours is chosen, both are said in one SYN,ACK.
fn answer_syn(turn: &mut Turn, segment: &Segment) {
    let noted = Compared::Noted { seq: segment.seq, nxt: segment.seq + 1 };
    if turn.variant() == Variant::TwoMessages {
        turn.apply(Rule::TwoMessagesSyn, noted);
        believe_syn(turn, segment);
        return;
    }
    turn.apply(Rule::ListenSyn, noted);
    turn.create(State::SynReceived, Origin::Passive);
    note_syn(turn, segment);
    // Text and FIN behind the SYN wait until the connection is open.
    text::hold(turn, segment);
    turn.send_syn();
    turn.start_retransmission();
}

/// The counterfactual of two messages: one SYN is enough, nothing has to be confirmed or repeated.
fn believe_syn(turn: &mut Turn, segment: &Segment) {
    turn.create(State::SynReceived, Origin::Passive);
    note_syn(turn, segment);
    // Whoever has not accepted yet is not spoken to: the next segment delivers what waits.
    text::hold(turn, segment);
    turn.send_syn();
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.snd.una = tcb.snd.nxt;
        tcb.round_trip.timed = None;
    }
    turn.enter(State::Established);
}
