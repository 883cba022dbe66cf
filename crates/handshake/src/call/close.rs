//! CLOSE (RFC 9293 section 3.10.4).

use super::{Answer, grant, refuse};
use crate::turn::Turn;
use crate::{CallError, Rule, State};

pub(super) fn handle(turn: &mut Turn) -> Answer {
    match turn.state() {
        State::Closed => refuse(turn, Rule::CloseWithoutConnection, CallError::NoConnection),
        State::Listen => end(turn, Rule::CloseListen),
        State::SynSent => end(turn, Rule::CloseSynSent),
        State::SynReceived if has_unsent(turn) => want_fin(turn, Rule::CloseQueued),
        State::SynReceived => want_fin(turn, Rule::CloseSynReceived),
        State::Established => want_fin(turn, Rule::CloseEstablished),
        State::CloseWait => want_fin(turn, Rule::CloseWaitCloses),
        State::FinWait1 | State::FinWait2 => {
            refuse(turn, Rule::CloseAgain, CallError::ConnectionClosing)
        }
        State::Closing | State::LastAck | State::TimeWait => {
            refuse(turn, Rule::CloseClosing, CallError::ConnectionClosing)
        }
    }
}

fn has_unsent(turn: &Turn) -> bool {
    turn.endpoint.tcb().is_some_and(|tcb| !tcb.outgoing.unsent.is_empty())
}

/// Nothing was said yet that would need a goodbye: the TCB goes, and nothing is sent.
fn end(turn: &mut Turn, rule: Rule) -> Answer {
    let answer = grant(turn, rule);
    turn.delete();
    answer
}

/// A FIN is to go behind all text: now, or as soon as the text is gone.
fn want_fin(turn: &mut Turn, rule: Rule) -> Answer {
    if turn.endpoint.tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted) {
        return refuse(turn, Rule::CloseAgain, CallError::ConnectionClosing);
    }
    let answer = grant(turn, rule);
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.outgoing.fin_wanted = true;
    }
    // ESTABLISHED is left in any case, CLOSE-WAIT only when the FIN goes.
    if turn.state() == State::Established {
        turn.enter(State::FinWait1);
    }
    turn.send_what_is_due();
    answer
}
