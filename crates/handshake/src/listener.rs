//! A listener that is a record of its own: whom it has answered, and who waits to be accepted.
//!
//! RFC 9293 gives one passive OPEN one connection; RFC 1122 section 4.2.2.18 lets a LISTEN be
//! cloned for each caller, as all sockets do (section 3.9.1.1, MUST-42). Where a run has a
//! [`Backlog`], B's LISTEN is one of these. Callers are A and any number of strangers; all
//! share two queues, one of connections in SYN-RECEIVED and one of those that are open and that
//! nobody has accepted.

use alloc::vec::Vec;
use core::fmt;

use crate::{Origin, State, Tcb};

/// How many connections a listener keeps, and what it does when somebody is one too many.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Backlog {
    /// How many may be in SYN-RECEIVED at once.
    pub half_open: u8,
    /// How many may be open without having been accepted.
    pub accept: u8,
    /// What the ACK meets that would complete one more.
    pub overflow: Overflow,
}

impl Backlog {
    /// The most that either queue may hold, so that a world stays small.
    pub const MOST: u8 = 128;
}

/// What a full accept queue does to the ACK that would complete one more connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Overflow {
    /// It is dropped, and the SYN,ACK is sent again in time.
    #[default]
    Drop,
    /// It is answered with a RST.
    Reset,
}

/// The name of somebody else who calls B: the port that the call comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StrangerId(pub u16);

impl fmt::Display for StrangerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A connection of B's with a stranger.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Stranger {
    /// The stranger's name.
    pub id: StrangerId,
    /// What B remembers of the connection. What the stranger thinks of it is nowhere.
    pub tcb: Tcb,
}

/// A listener, open or closed, and what has come of it. A caller without a stranger's name is A.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Listener {
    pub(crate) backlog: Backlog,
    pub(crate) is_open: bool,
    /// The port that its passive OPEN named, where it named one: nobody else is answered.
    pub(crate) awaited: Option<u16>,
    /// ACCEPT was called when nobody waited.
    pub(crate) accept_wanted: bool,
    pub(crate) waiting: Vec<Option<StrangerId>>,
    pub(crate) strangers: Vec<Stranger>,
}

impl Listener {
    /// A listener that nobody has opened yet.
    pub(crate) fn new(backlog: Backlog) -> Listener {
        Listener {
            backlog,
            is_open: false,
            awaited: None,
            accept_wanted: false,
            waiting: Vec::new(),
            strangers: Vec::new(),
        }
    }

    /// The limits of its queues.
    pub fn backlog(&self) -> Backlog {
        self.backlog
    }

    /// Does it take callers? It does from the passive OPEN to its CLOSE.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// The callers that wait to be accepted, the longest first.
    pub fn waiting(&self) -> &[Option<StrangerId>] {
        &self.waiting
    }

    /// B's connections with strangers, in the order of their names.
    pub fn strangers(&self) -> &[Stranger] {
        &self.strangers
    }

    /// How many connections wait for the ACK that completes them, that with the peer among them.
    pub(crate) fn half_open(&self, peer: Option<&Tcb>) -> usize {
        let strangers = self.strangers.iter().map(|stranger| &stranger.tcb);
        strangers.chain(peer).filter(|tcb| is_half_open(tcb)).count()
    }

    /// What B remembers of its connection with a stranger, if it has one.
    pub fn stranger(&self, id: StrangerId) -> Option<&Tcb> {
        let at = self.strangers.binary_search_by_key(&id, |stranger| stranger.id).ok()?;
        Some(&self.strangers[at].tcb)
    }

    /// Takes a stranger's connection out. Who has none meets LISTEN, or CLOSED.
    pub(crate) fn take(&mut self, id: StrangerId) -> Option<Tcb> {
        match self.strangers.binary_search_by_key(&id, |stranger| stranger.id) {
            Ok(at) => Some(self.strangers.remove(at).tcb),
            Err(_) => self.is_open.then(|| self.listening()),
        }
    }

    /// What a caller without a connection meets.
    pub(crate) fn listening(&self) -> Tcb {
        Tcb { awaited: self.awaited, ..Tcb::new(State::Listen, Origin::Passive) }
    }

    /// Puts a stranger's connection back. In LISTEN and CLOSED there is none.
    pub(crate) fn put(&mut self, id: StrangerId, tcb: Option<Tcb>) {
        let Some(tcb) = tcb.filter(|tcb| tcb.state != State::Listen) else { return };
        let at = self.strangers.partition_point(|stranger| stranger.id < id);
        self.strangers.insert(at, Stranger { id, tcb });
    }
}

/// Is this a connection that a SYN has begun here and no ACK has completed?
pub(crate) fn is_half_open(tcb: &Tcb) -> bool {
    tcb.state == State::SynReceived && tcb.origin == Origin::Passive
}
