//! A small model of a TCP connection, after [RFC 9293], that says why it does what it does.
//!
//! Two [`Endpoint`]s and a [`Network`] make a [`World`]. A world does nothing by itself: it lists
//! what could happen next ([`World::choices`]), somebody chooses, and [`World::after`] gives the
//! next world together with the [`Step`] that led there. A [`Trace`] is a first world and the
//! choices made since, and it can be written as a short line of text; [`run_text`] explains its
//! words.
//!
//! ```
//! use handshake::{Side, Start, State, Trace};
//!
//! let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
//! let trace: Trace = run.parse().expect("a run that plays");
//!
//! // T is ESTABLISHED on the second message, P only on the third.
//! let after_second = trace.world_at(4);
//! assert_eq!(after_second.end(Side::A).state(), State::Established);
//! assert_eq!(after_second.end(Side::B).state(), State::SynReceived);
//! assert_eq!(trace.last().end(Side::B).state(), State::Established);
//!
//! assert_eq!(trace.to_string(), run);
//! ```
//!
//! # A listener of its own
//!
//! One end has room for one connection. Where a run has a [`Backlog`], B listens as sockets do:
//! its [`Listener`] makes a connection for each caller, for A and for any number of strangers,
//! until its queues are full.
//!
//! ```
//! use handshake::{Rule, Side, State, Trace};
//!
//! let run = "v1~backlog.1.1~B.listen~stranger.7.SYN.5000~deliver.1~A.open~deliver.3";
//! let trace: Trace = run.parse().expect("a run that plays");
//!
//! // The stranger never answers, and there is no place left for A.
//! assert_eq!(trace.last().half_open(), 1);
//! assert!(trace.steps()[4].effects.followed(Rule::SynDropped));
//! assert_eq!(trace.last().end(Side::B).state(), State::Listen);
//! ```
//!
//! # Everything that can happen
//!
//! An [`Explorer`] makes every choice at every turn, within a [`Budget`], and says whether what is
//! claimed of all runs is true, and by which shortest run if not. [`explore`] shows how,
//! [`properties`] has what is claimed of TCP. What if TCP were another protocol is a [`Variant`].
//!
//! # What this is not
//!
//! There is no IO here, no clock, no randomness and no thread: time and initial numbers are inputs.
//! [`initial_number`] computes such numbers as RFC 6528 has it, for whoever wants them so.
//! There is no congestion control, no urgent data and no security label. Of the options
//! it knows MSS, window scale, SACK-permitted and timestamps ([`Offers`]); SACK is agreed on, but
//! none is sent.
//!
//! [RFC 9293]: https://www.rfc-editor.org/rfc/rfc9293

#![no_std]
#![deny(missing_docs)]

extern crate alloc;

mod seq;
mod time;

mod few;
mod initial;
mod siphash;

mod flags;
mod octets;
mod segment;

mod side;
mod state;
mod tcb;

mod effect;
mod rule;

mod arrival;
mod call;
mod endpoint;
mod expiry;
mod turn;
mod variant;

mod cookie;
mod listener;
mod port;

mod change;
mod choice;
mod forgery;
mod network;
mod shared;
mod start;
mod world;

mod chooser;
pub mod run_text;
mod trace;

pub mod explore;
pub mod properties;

pub use call::{Call, CallError};
pub use choice::{Choice, Impossible};
pub use chooser::{ByTime, Chooser};
pub use cookie::Cookie;
pub use effect::{Effect, Effects};
pub use endpoint::{Endpoint, InitialNumbers, Input, KeepAlive, Offers, Settings};
pub use explore::{Budget, Claim, Expectation, Explorer, Property};
pub use few::Few;
pub use flags::Flags;
pub use initial::{Socket, initial_number};
pub use listener::{Backlog, Listener, Overflow, Stranger, StrangerId};
pub use network::{Network, Packet, PacketId, PacketIds};
pub use octets::Octets;
pub use rule::{Check, Compared, Reason, Rule, Source};
pub use run_text::{RunError, RunProblem};
pub use segment::{Options, Segment, Timestamps};
pub use seq::{SeqNum, Window};
pub use side::{PerSide, Side};
pub use start::Start;
pub use state::State;
pub use tcb::{
    Agreed, Clocks, DelayedAck, Incoming, Origin, Outgoing, ReceiveSpace, Retransmission,
    RoundTrip, Scale, SendSpace, Tcb, Timer,
};
pub use time::{Duration, Instant};
pub use trace::{Fate, PacketHistory, Trace};
pub use variant::{UnknownVariant, Variant};
pub use world::{Step, World};
