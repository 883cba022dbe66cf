//! The states of a connection (RFC 9293 section 3.3.2).

use core::fmt;

/// One of the eleven states. CLOSED stands for "no connection".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// No connection, hence no TCB.
    Closed,
    /// Waiting for a connection request from any remote peer.
    Listen,
    /// Waiting for a matching connection request after having sent one.
    SynSent,
    /// Waiting for the acknowledgment of a connection request after having received and sent one.
    SynReceived,
    /// An open connection: data received can be delivered to the user.
    Established,
    /// Waiting for a close from the peer, or for the acknowledgment of the close already sent.
    FinWait1,
    /// Waiting for a close from the peer.
    FinWait2,
    /// Waiting for a close from the local user.
    CloseWait,
    /// Waiting for the acknowledgment of a close, after both sides have asked for it.
    Closing,
    /// Waiting for the acknowledgment of the close that answers the peer's.
    LastAck,
    /// Waiting until no segment of this connection can be left in the network.
    TimeWait,
}

impl State {
    /// All of them, in the order in which a connection lives through them.
    pub const ALL: [State; 11] = [
        State::Closed,
        State::Listen,
        State::SynSent,
        State::SynReceived,
        State::Established,
        State::FinWait1,
        State::FinWait2,
        State::CloseWait,
        State::Closing,
        State::LastAck,
        State::TimeWait,
    ];

    /// Do both sides know each other's initial numbers here (RFC 9293 section 3.5.2)?
    pub fn is_synchronized(self) -> bool {
        !matches!(self, State::Closed | State::Listen | State::SynSent | State::SynReceived)
    }

    /// The RFC's spelling, i.e. `SYN-RECEIVED`.
    pub fn name(self) -> &'static str {
        match self {
            State::Closed => "CLOSED",
            State::Listen => "LISTEN",
            State::SynSent => "SYN-SENT",
            State::SynReceived => "SYN-RECEIVED",
            State::Established => "ESTABLISHED",
            State::FinWait1 => "FIN-WAIT-1",
            State::FinWait2 => "FIN-WAIT-2",
            State::CloseWait => "CLOSE-WAIT",
            State::Closing => "CLOSING",
            State::LastAck => "LAST-ACK",
            State::TimeWait => "TIME-WAIT",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
