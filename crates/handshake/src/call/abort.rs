//! ABORT (RFC 9293 section 3.10.5).

use super::{Answer, refuse};
use crate::turn::Turn;
use crate::{CallError, Compared, Rule, State};

pub(super) fn handle(turn: &mut Turn) -> Answer {
    let rule = match turn.state() {
        State::Closed => {
            return refuse(turn, Rule::AbortWithoutConnection, CallError::NoConnection);
        }
        State::Listen | State::SynSent => Rule::AbortUnheard,
        State::Closing | State::LastAck | State::TimeWait => Rule::AbortClosing,
        _ => Rule::Abort,
    };
    turn.apply(rule, Compared::Nothing);
    if rule == Rule::Abort {
        turn.send_reset();
    }
    turn.delete();
    Ok(())
}
