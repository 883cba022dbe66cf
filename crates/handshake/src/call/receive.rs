//! RECEIVE (RFC 9293 section 3.10.3).

use super::{Answer, refuse};
use crate::turn::Turn;
use crate::{CallError, Compared, Rule, State};

pub(super) fn handle(turn: &mut Turn) -> Answer {
    let unread = turn.endpoint.tcb().is_some_and(|tcb| !tcb.incoming.unread.is_empty());
    match turn.state() {
        State::Closed => refuse(turn, Rule::ReceiveWithoutConnection, CallError::NoConnection),
        State::Listen | State::SynSent | State::SynReceived => queue(turn),
        State::Established | State::FinWait1 | State::FinWait2 if !unread => queue(turn),
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait if unread => {
            turn.apply(Rule::Receive, Compared::Nothing);
            turn.hand_over();
            Ok(())
        }
        _ => refuse(turn, Rule::ReceiveClosing, CallError::ConnectionClosing),
    }
}

/// Nothing is there yet: it will be handed over when it comes.
fn queue(turn: &mut Turn) -> Answer {
    turn.apply(Rule::ReceiveQueued, Compared::Nothing);
    Ok(())
}
