//! How a run starts: everything that is not a choice.

use alloc::sync::Arc;

use crate::shared::Shared;
use crate::{
    Backlog, Duration, Endpoint, InitialNumbers, Instant, Listener, Network, PerSide, SeqNum,
    Settings, World,
};

/// The parameters of a first world.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Start {
    /// The initial sequence number of each side's first connection.
    pub iss: PerSide<SeqNum>,
    /// How long what a side sends is under way.
    pub delay: PerSide<Duration>,
    /// The port of each side, which together name the connection.
    pub port: PerSide<u16>,
    /// What each side is told once and for all.
    pub settings: PerSide<Settings>,
    /// The queues of B's listener; without them LISTEN and the connection share one TCB, as the
    /// RFC has it.
    pub backlog: Option<Backlog>,
}

impl Start {
    /// The distance between the initial numbers of a side's successive connections, as in figure 8
    /// of the RFC, where B begins at 300 and then at 400.
    pub const ISS_STEP: u32 = 100;

    /// The first world: both sides CLOSED, nothing under way.
    pub fn world(&self) -> World {
        let ends = PerSide::from_fn(|side| {
            let numbers = InitialNumbers { next: self.iss[side], step: Start::ISS_STEP };
            let end = Endpoint::new(self.settings[side], numbers);
            Shared::new(end.with_peer_port(self.port[side.peer()]))
        });
        let listener = self.backlog.map(|backlog| Arc::new(Listener::new(backlog)));
        World { now: Instant::START, ends, network: Network::new(self.delay), listener }
    }
}

/// The numbers of the RFC's figures, and a tenth of a second each way.
impl Default for Start {
    fn default() -> Self {
        Start {
            iss: PerSide { a: SeqNum(100), b: SeqNum(300) },
            delay: PerSide::both(Duration::from_millis(100)),
            port: PerSide { a: 51314, b: 520 },
            settings: PerSide::both(Settings::default()),
            backlog: None,
        }
    }
}
