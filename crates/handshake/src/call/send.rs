//! SEND (RFC 9293 section 3.10.2).

use super::{Answer, open, refuse};
use crate::turn::Turn;
use crate::{CallError, Compared, Octets, Rule, State};

pub(super) fn handle(turn: &mut Turn, text: &Octets) -> Answer {
    let rule = match turn.state() {
        State::Closed => {
            return refuse(turn, Rule::SendWithoutConnection, CallError::NoConnection);
        }
        // The one who is waited for cannot be reached in this world.
        State::Listen if turn.endpoint.awaits_another() => {
            return refuse(turn, Rule::SendToAbsent, CallError::NoConnection);
        }
        State::Listen if turn.is_quiet() => return open::refuse_quiet(turn),
        State::Listen => Rule::SendFromListen,
        State::SynSent | State::SynReceived => Rule::SendQueued,
        State::Established | State::CloseWait => Rule::Send,
        _ => return refuse(turn, Rule::SendClosing, CallError::ConnectionClosing),
    };
    // CLOSE before the FIN could go: it is too late all the same.
    if turn.endpoint.tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted) {
        return refuse(turn, Rule::SendClosing, CallError::ConnectionClosing);
    }
    turn.apply(rule, Compared::Nothing);
    if rule == Rule::SendFromListen {
        open::connect(turn);
    }
    if let Some(tcb) = &mut turn.endpoint.tcb {
        tcb.outgoing.unsent.append(text.clone());
    }
    turn.send_what_is_due();
    Ok(())
}
