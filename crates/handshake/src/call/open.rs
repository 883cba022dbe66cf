//! OPEN (RFC 9293 section 3.10.1).

use super::{Answer, refuse};
use crate::turn::Turn;
use crate::{CallError, Compared, Origin, Rule, State};

/// OPEN, passive: for anybody, or for one port of the peer's.
pub(super) fn passive(turn: &mut Turn, awaited: Option<u16>) -> Answer {
    if turn.state() != State::Closed {
        return refuse(turn, Rule::OpenExists, CallError::ConnectionExists);
    }
    let rule = if awaited.is_some() { Rule::OpenPassiveNamed } else { Rule::OpenPassive };
    turn.apply(rule, Compared::Nothing);
    turn.listen();
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.awaited = awaited;
    }
    Ok(())
}

/// OPEN, active.
pub(super) fn active(turn: &mut Turn) -> Answer {
    let rule = match turn.state() {
        State::Closed | State::Listen if turn.is_quiet() => return refuse_quiet(turn),
        State::Closed => Rule::OpenActive,
        State::Listen => Rule::OpenActiveFromListen,
        // An OPEN never changes a connection that exists (MUST-41).
        _ => return refuse(turn, Rule::OpenExists, CallError::ConnectionExists),
    };
    turn.apply(rule, Compared::Nothing);
    connect(turn);
    Ok(())
}

/// In the quiet time no number is assigned (section 3.4.3). A passive OPEN needs none yet.
pub(super) fn refuse_quiet(turn: &mut Turn) -> Answer {
    refuse(turn, Rule::QuietTimeOpen, CallError::QuietTime)
}

/// Chooses an ISS, sends the SYN, enters SYN-SENT.
pub(super) fn connect(turn: &mut Turn) {
    turn.create(State::SynSent, Origin::Active);
    turn.send_syn();
    turn.start_retransmission();
}
