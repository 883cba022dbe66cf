//! User calls (RFC 9293 sections 3.10.1 to 3.10.6).

mod abort;
mod close;
mod open;
mod receive;
mod send;

use core::error::Error;
use core::fmt;

use crate::turn::Turn;
use crate::{Compared, Effect, Octets, Rule, State};

/// What a user asks of its endpoint.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Call {
    /// OPEN, passive: wait for somebody to connect.
    PassiveOpen,
    /// OPEN, passive and fully specified: wait for whoever calls from this port, and nobody else.
    PassiveOpenFor(u16),
    /// OPEN, active: connect to the peer.
    ActiveOpen,
    /// SEND: pass these octets on to the peer.
    Send(Octets),
    /// RECEIVE: hand over what has arrived.
    Receive,
    /// CLOSE: nothing more will be sent.
    Close,
    /// ABORT: away with the connection and with all that is under way in it.
    Abort,
    /// STATUS: how does it stand?
    Status,
    /// ACCEPT: take the oldest connection that a listener has made. The RFC has no such call, every
    /// socket has.
    Accept,
}

/// What an endpoint tells its user when things do not go as the user wished.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CallError {
    /// OPEN where there is a connection already.
    ConnectionExists,
    /// A call on a connection where there is none.
    NoConnection,
    /// A call for which it is too late: the connection is closing.
    ConnectionClosing,
    /// A RST answered our SYN.
    ConnectionRefused,
    /// A RST ended a connection that was open.
    ConnectionReset,
    /// Nobody answered for too long.
    ConnectionAborted,
    /// It is too early after a crash to begin a connection.
    QuietTime,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CallError::ConnectionExists => "connection already exists",
            CallError::NoConnection => "connection does not exist",
            CallError::ConnectionClosing => "connection closing",
            CallError::ConnectionRefused => "connection refused",
            CallError::ConnectionReset => "connection reset",
            CallError::ConnectionAborted => "connection aborted due to user timeout",
            CallError::QuietTime => "quiet time after a restart",
        })
    }
}

impl Error for CallError {}

/// What a call is answered.
type Answer = Result<(), CallError>;

/// Carries out a call.
pub(crate) fn handle(turn: &mut Turn, call: &Call) {
    let answer = match call {
        Call::PassiveOpen => open::passive(turn, None),
        Call::PassiveOpenFor(port) => open::passive(turn, Some(*port)),
        Call::ActiveOpen => open::active(turn),
        Call::Send(text) => send::handle(turn, text),
        Call::Receive => receive::handle(turn),
        Call::Close => close::handle(turn),
        Call::Abort => abort::handle(turn),
        Call::Status => status(turn),
        // Where LISTEN and the connection share a TCB there is nothing to take; see `port.rs`.
        Call::Accept => refuse(turn, Rule::AcceptWithoutListener, CallError::NoConnection),
    };
    turn.effects.push(|| Effect::Returned(answer));
}

/// Section 3.10.6. What it tells stands in [`Endpoint::tcb`](crate::Endpoint::tcb).
fn status(turn: &mut Turn) -> Answer {
    if turn.state() == State::Closed {
        return refuse(turn, Rule::StatusWithoutConnection, CallError::NoConnection);
    }
    grant(turn, Rule::Status)
}

/// Grants a call, and says by which rule.
#[expect(clippy::unnecessary_wraps, reason = "the counterpart of `refuse`: a call ends in either")]
fn grant(turn: &mut Turn, rule: Rule) -> Answer {
    turn.apply(rule, Compared::Nothing);
    Ok(())
}

/// Answers a call with an error, and says by which rule.
fn refuse(turn: &mut Turn, rule: Rule, error: CallError) -> Answer {
    turn.apply(rule, Compared::Nothing);
    Err(error)
}
