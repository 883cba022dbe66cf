//! The eighth check of RFC 9293 section 3.10.7.4: the FIN, once all text before it was taken.

use crate::turn::Turn;
use crate::{CallError, Compared, Effect, Rule, State, Variant};

/// Takes the peer's FIN at RCV.NXT. The acknowledgment goes out with that of the text.
pub(super) fn take(turn: &mut Turn) {
    let (rule, to) = match turn.state() {
        State::Established => (Rule::FinArrives, State::CloseWait),
        State::FinWait1 => (Rule::FinCrosses, State::Closing),
        State::FinWait2 => (Rule::FinAnswers, State::TimeWait),
        _ => return,
    };
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.rcv.nxt = tcb.rcv.nxt + 1;
        // Nothing can come behind a FIN.
        tcb.incoming.held.clear();
    }
    turn.apply(rule, Compared::Nothing);
    turn.effects.push(|| Effect::Signalled(CallError::ConnectionClosing));
    turn.enter(to);
    if to == State::TimeWait {
        if turn.variant() == Variant::NoTimeWait {
            // Nobody will be there to answer later.
            turn.send_ack();
        }
        turn.wait_two_msl();
    }
}
