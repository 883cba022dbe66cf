//! User calls (RFC 9293 sections 3.10.1 to 3.10.6).

use core::error::Error;
use core::fmt;

use crate::turn::Turn;
use crate::{Compared, Effect, Origin, Rule, State};

/// What a user asks of its endpoint.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Call {
    /// OPEN, passive: wait for somebody to connect.
    PassiveOpen,
    /// OPEN, active: connect to the peer.
    ActiveOpen,
}

/// What an endpoint tells its user when things do not go as the user wished.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CallError {
    /// OPEN where there is a connection already.
    ConnectionExists,
    /// A RST answered our SYN.
    ConnectionRefused,
    /// A RST ended a connection that was open.
    ConnectionReset,
    /// Nobody answered for too long.
    ConnectionAborted,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CallError::ConnectionExists => "connection already exists",
            CallError::ConnectionRefused => "connection refused",
            CallError::ConnectionReset => "connection reset",
            CallError::ConnectionAborted => "connection aborted due to user timeout",
        })
    }
}

impl Error for CallError {}

/// Carries out a call.
pub(crate) fn handle(turn: &mut Turn, call: &Call) {
    let answer = match call {
        Call::PassiveOpen => open_passive(turn),
        Call::ActiveOpen => open_active(turn),
    };
    turn.effects.push(Effect::Returned(answer));
}

/// Section 3.10.1, passive.
fn open_passive(turn: &mut Turn) -> Result<(), CallError> {
    if turn.state() != State::Closed {
        return refuse_open(turn);
    }
    turn.apply(Rule::OpenPassive, Compared::Nothing);
    turn.listen();
    Ok(())
}

/// Section 3.10.1, active.
fn open_active(turn: &mut Turn) -> Result<(), CallError> {
    let rule = match turn.state() {
        State::Closed => Rule::OpenActive,
        State::Listen => Rule::OpenActiveFromListen,
        _ => return refuse_open(turn),
    };
    turn.apply(rule, Compared::Nothing);
    turn.create(State::SynSent, Origin::Active);
    turn.send_syn();
    turn.start_retransmission();
    Ok(())
}

/// An OPEN never changes a connection that exists (MUST-41).
fn refuse_open(turn: &mut Turn) -> Result<(), CallError> {
    turn.apply(Rule::OpenExists, Compared::Nothing);
    Err(CallError::ConnectionExists)
}
