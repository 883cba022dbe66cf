//! Choices: what can happen next to a world.

use core::error::Error;
use core::fmt;

use crate::{Call, Duration, PacketId, Segment, Side, StrangerId, Timer, Trace};

/// One thing that can happen next.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Choice {
    /// A packet arrives.
    Deliver(PacketId),
    /// The network loses a packet.
    Drop(PacketId),
    /// The network makes a second packet of one.
    Duplicate(PacketId),
    /// The network holds a packet back for so much longer.
    Delay(PacketId, Duration),
    /// A side's timer expires.
    Expire(Side, Timer),
    /// A side's user calls.
    Call(Side, Call),
    /// A side loses power and is there again at once, having forgotten everything.
    Crash(Side),
    /// Somebody else puts a segment on the network, in the peer's name: a forger, or the network
    /// itself with an old message. It goes to this side.
    Forge(Side, Segment),
    /// A stranger sends B a segment: somebody with an address of its own, true or made up.
    Stranger(StrangerId, Segment),
    /// A timer of B's connection with a stranger expires.
    ExpireStranger(StrangerId, Timer),
}

impl Choice {
    /// The delay that [`World::choices`](crate::World::choices) offers. A run may ask for another.
    pub const DELAY: Duration = Duration::from_millis(500);
    /// The text that it offers to send. A run may send another.
    pub const TEXT: &[u8] = b"hello";
}

/// Why a choice cannot be made in a world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Impossible {
    /// No packet of this name is under way.
    NoSuchPacket(PacketId),
    /// This timer does not run.
    TimerNotRunning(Side, Timer),
    /// This timer of B's connection with a stranger does not run.
    StrangersTimerNotRunning(StrangerId, Timer),
    /// B has room for one connection only: strangers call where there is a backlog.
    NoBacklog,
    /// A stranger's name is its port, and this one is A's.
    NoStranger(StrangerId),
    /// The run has as many steps as a run may have.
    TooLong,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Impossible::NoSuchPacket(id) => write!(f, "no packet {id} is under way"),
            Impossible::TimerNotRunning(side, timer) => {
                write!(f, "the {timer} timer of {side} does not run")
            }
            Impossible::StrangersTimerNotRunning(id, timer) => {
                write!(f, "the {timer} timer for stranger {id} does not run")
            }
            Impossible::NoBacklog => f.write_str("strangers call only where B has a backlog"),
            Impossible::NoStranger(id) => write!(f, "{id} is the port of A, who is no stranger"),
            Impossible::TooLong => write!(f, "a run has at most {} steps", Trace::STEPS_MAX),
        }
    }
}

impl Error for Impossible {}
