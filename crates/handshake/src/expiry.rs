//! Time-outs (RFC 9293 section 3.10.8).

use crate::turn::Turn;
use crate::{CallError, Compared, Endpoint, Origin, Rule, Timer};

/// A timer has expired.
pub(crate) fn handle(turn: &mut Turn, timer: Timer) {
    match timer {
        Timer::Retransmission => retransmit(turn),
    }
}

/// Sends the SYN or the SYN,ACK again, or gives up after R2 (section 3.8.3).
fn retransmit(turn: &mut Turn) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let Some(last) = tcb.retransmission else { return };
    let origin = tcb.origin;
    if turn.now - last.since < Endpoint::SYN_R2 {
        turn.apply(Rule::Retransmit, Compared::Nothing);
        turn.send_syn();
        turn.back_off(last);
    } else if origin == Origin::Passive {
        // The RFC would delete the TCB, and with it the listener: one lost handshake would end
        // the service. Here LISTEN and the connection share one TCB, so it goes back to LISTEN.
        turn.apply(Rule::GiveUpToListen, Compared::Nothing);
        turn.listen();
    } else {
        turn.apply(Rule::GiveUp, Compared::Nothing);
        turn.close(CallError::ConnectionAborted);
    }
}
