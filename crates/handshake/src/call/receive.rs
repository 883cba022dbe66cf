//! RECEIVE (RFC 9293 section 3.10.3).

use super::{Answer, grant, refuse};
use crate::turn::Turn;
use crate::{CallError, Rule, State};

pub(super) fn handle(turn: &mut Turn) -> Answer {
    let unread = turn.endpoint.tcb().is_some_and(|tcb| !tcb.incoming.unread.is_empty());
    match turn.state() {
        // Where nothing is there yet, it will be handed over when it comes.
        State::Closed => refuse(turn, Rule::ReceiveWithoutConnection, CallError::NoConnection),
        State::Listen | State::SynSent | State::SynReceived => wait(turn),
        State::Established | State::FinWait1 | State::FinWait2 if !unread => wait(turn),
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait if unread => {
            let answer = grant(turn, Rule::Receive);
            if turn.hand_over() {
                turn.send_ack();
            }
            answer
        }
        _ => refuse(turn, Rule::ReceiveClosing, CallError::ConnectionClosing),
    }
}

/// The call waits for text.
fn wait(turn: &mut Turn) -> Answer {
    let answer = grant(turn, Rule::ReceiveQueued);
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.incoming.wanted = !turn.endpoint.settings.reads_at_once;
    }
    answer
}
