//! The transmission control block: all that an endpoint remembers of a connection
//! (RFC 9293 section 3.3.1).

use core::fmt;

use crate::{Duration, Instant, SeqNum, State, Window};

/// What an endpoint remembers of one connection.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Tcb {
    /// Where the connection is in its life. Never [`State::Closed`]: then there is no TCB.
    pub state: State,
    /// How the connection began, which decides where a refusal leads (MUST-11).
    pub origin: Origin,
    /// The numbers of what is sent from here.
    pub snd: SendSpace,
    /// The numbers of what is received here.
    pub rcv: ReceiveSpace,
    /// The retransmission timer, while anything sent is not acknowledged.
    pub retransmission: Option<Retransmission>,
}

/// How a connection began.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// By a passive OPEN, i.e. by waiting in LISTEN.
    Passive,
    /// By an active OPEN, i.e. by sending a SYN.
    Active,
}

/// The send sequence variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct SendSpace {
    /// SND.UNA, the oldest number not acknowledged yet.
    pub una: SeqNum,
    /// SND.NXT, the number that the next octet will carry.
    pub nxt: SeqNum,
    /// SND.WND, the octets beyond SND.UNA that the peer has room for.
    pub wnd: u32,
    /// SND.WL1, the SEG.SEQ of the segment that last set SND.WND.
    pub wl1: SeqNum,
    /// SND.WL2, the SEG.ACK of the segment that last set SND.WND.
    pub wl2: SeqNum,
    /// ISS, the initial number, i.e. the number of our SYN.
    pub iss: SeqNum,
}

/// The receive sequence variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct ReceiveSpace {
    /// RCV.NXT, the number expected next.
    pub nxt: SeqNum,
    /// RCV.WND, the octets beyond RCV.NXT that we have room for.
    pub wnd: u32,
    /// IRS, the peer's initial number, i.e. the number of its SYN.
    pub irs: SeqNum,
}

impl ReceiveSpace {
    /// The numbers that may arrive now.
    pub fn window(&self) -> Window {
        Window { start: self.nxt, length: self.wnd }
    }
}

/// The retransmission timer of RFC 6298 while it runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Retransmission {
    /// When it expires.
    pub due_at: Instant,
    /// RTO, the time from its start to its expiry.
    pub rto: Duration,
    /// When the segment that it guards was first sent.
    pub since: Instant,
}

/// What an endpoint can wait for with a clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Sends the oldest unacknowledged segment again.
    Retransmission,
}

impl Timer {
    /// Every timer, in the order in which they are listed.
    pub const ALL: [Timer; 1] = [Timer::Retransmission];
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Timer::Retransmission => "retransmission",
        })
    }
}
