//! The world: two endpoints and the network between them, and the one way to move it.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::change::Happened;
use crate::listener::is_half_open;
use crate::shared::Shared;
use crate::{
    Call, Choice, Duration, Effects, Endpoint, Impossible, Instant, Listener, Network, PacketIds,
    PerSide, Side, State, Stranger, StrangerId, Timer,
};

/// Two endpoints, the network between them, and the time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct World {
    pub(crate) now: Instant,
    /// Shared with the worlds before and after in which they are the same.
    pub(crate) ends: PerSide<Shared<Endpoint>>,
    pub(crate) network: Network,
    /// Shared between worlds as long as nothing about it changes.
    pub(crate) listener: Option<Arc<Listener>>,
}

/// What one choice led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// When it happened.
    pub at: Instant,
    /// How long nothing happened before it, although it could have happened at once.
    pub waited: Duration,
    /// What was chosen.
    pub choice: Choice,
    /// The endpoint that acted; none where only the network did.
    pub actor: Option<Side>,
    /// The stranger whose connection it acted in, where it was not the one between A and B.
    pub stranger: Option<StrangerId>,
    /// What that endpoint did.
    pub effects: Effects,
    /// The packets that the step put on the network, in order.
    pub sent: PacketIds,
}

impl World {
    /// The time.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// One of the two endpoints.
    pub fn end(&self, side: Side) -> &Endpoint {
        &self.ends[side]
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// B's listener, where it is a record of its own.
    pub fn listener(&self) -> Option<&Listener> {
        self.listener.as_deref()
    }

    /// B's connections with strangers, in the order of their names.
    pub fn strangers(&self) -> &[Stranger] {
        self.listener().map_or(&[], Listener::strangers)
    }

    /// How many connections of B's wait for the ACK that completes them.
    pub fn half_open(&self) -> usize {
        let peer = self.end(Side::B).tcb();
        match self.listener() {
            Some(listener) => listener.half_open(peer),
            None => usize::from(peer.is_some_and(is_half_open)),
        }
    }

    /// All that can happen next, in a fixed order: first what the network can do to each packet,
    /// the oldest first; then the timers of A and of B, and those of B for each stranger; then the
    /// calls of A and of B; then who could lose power. What could be forged, or be sent by a
    /// stranger, has no end and is not listed; [`forgeries`](Self::forgeries) lists some.
    ///
    /// Due times do not count here: any packet may overtake any other, any timer any packet. What
    /// is overtaken is late then.
    pub fn choices(&self) -> Vec<Choice> {
        self.events().chain(self.calls()).chain(self.crashes()).collect()
    }

    /// The choices of the network and of the timers.
    pub(crate) fn events(&self) -> impl Iterator<Item = Choice> {
        let packets = self.network.in_flight().iter().flat_map(|packet| {
            (0..4).map(|ordinal| match ordinal {
                0 => Choice::Deliver(packet.id),
                1 => Choice::Drop(packet.id),
                2 => Choice::Delay(packet.id, Choice::DELAY),
                _ => Choice::Duplicate(packet.id),
            })
        });
        let timers = self.running_timers().map(|(_, side, timer)| Choice::Expire(side, timer));
        let strangers = self.strangers_timers().map(|(_, id, t)| Choice::ExpireStranger(id, t));
        packets.chain(timers).chain(strangers)
    }

    /// The choices of the users.
    pub(crate) fn calls(&self) -> impl Iterator<Item = Choice> {
        Side::BOTH
            .into_iter()
            .flat_map(|side| self.calls_of(side).map(move |call| Choice::Call(side, call)))
    }

    /// Who could lose power.
    pub(crate) fn crashes(&self) -> impl Iterator<Item = Choice> {
        let sides = Side::BOTH.into_iter();
        let remembers = |side| {
            self.end(side).tcb().is_some() || (side == Side::B && !self.strangers().is_empty())
        };
        sides.filter(move |&side| remembers(side)).map(Choice::Crash)
    }

    /// What time alone would bring next, and when: the packet or timer that is due first. Among
    /// those due at once the packet that was sent first wins, and then A's timer before B's, and
    /// that before one for a stranger.
    pub fn next_due(&self) -> Option<(Instant, Choice)> {
        let packets = self
            .network
            .in_flight()
            .iter()
            .map(|packet| (packet.due_at, Choice::Deliver(packet.id)));
        let timers = self
            .running_timers()
            .map(|(due_at, side, timer)| (due_at, Choice::Expire(side, timer)));
        let strangers = self
            .strangers_timers()
            .map(|(due_at, id, timer)| (due_at, Choice::ExpireStranger(id, timer)));
        packets.chain(timers).chain(strangers).min_by_key(|(due_at, _)| *due_at)
    }

    /// The timers that run in B's connections with strangers.
    fn strangers_timers(&self) -> impl Iterator<Item = (Instant, StrangerId, Timer)> {
        let settings = self.end(Side::B).settings();
        self.strangers().iter().flat_map(move |Stranger { id, tcb }| {
            Timer::ALL.into_iter().filter_map(move |timer| {
                tcb.timer(timer, settings).map(|due_at| (due_at, *id, timer))
            })
        })
    }

    fn running_timers(&self) -> impl Iterator<Item = (Instant, Side, Timer)> {
        Side::BOTH.into_iter().flat_map(move |side| {
            Timer::ALL.into_iter().filter_map(move |timer| {
                self.end(side).timer(timer).map(|due_at| (due_at, side, timer))
            })
        })
    }

    /// Is it a listener that a side's user would close? It is as long as the user has accepted no
    /// connection with the peer, because a connection has no name before that.
    pub fn is_at_listener(&self, side: Side) -> bool {
        let is_open = self.listener().is_some_and(Listener::is_open) && side == Side::B;
        is_open && !self.end(side).is_accepted()
    }

    /// The calls of a side that do something and do not end in an error.
    fn calls_of(&self, side: Side) -> impl Iterator<Item = Call> {
        let at_listener = self.is_at_listener(side);
        let waiting = self.listener().filter(|_| side == Side::B).map(Listener::waiting);
        let accepts = waiting.is_some_and(|waiting| !waiting.is_empty());
        let calls = (!at_listener).then(|| calls_on(self.end(side), self.now));
        let listeners = [
            accepts.then_some(Call::Accept),
            at_listener.then_some(Call::Close),
            at_listener.then_some(Call::Abort),
        ];
        listeners.into_iter().flatten().chain(calls.into_iter().flatten())
    }

    /// The world after a choice, and the step that led there.
    ///
    /// Time moves to the moment at which the choice was due, and never back: what is chosen before
    /// it is due happens when it is due, what is chosen late happens now.
    ///
    /// # Errors
    ///
    /// [`Impossible`] where the choice names a packet that is not under way, a timer that does not
    /// run, or a stranger who cannot call.
    #[inline]
    pub fn after(&self, choice: &Choice) -> Result<(World, Step), Impossible> {
        self.after_wait(Duration::ZERO, choice)
    }

    /// The same where nothing happens for a while before the choice is made. A choice that is not
    /// due by then waits until it is, so that nobody has waited for its sake.
    ///
    /// # Errors
    ///
    /// Those of [`after`](Self::after).
    #[inline]
    pub fn after_wait(&self, wait: Duration, choice: &Choice) -> Result<(World, Step), Impossible> {
        let (mut next, mut effects) = (self.clone(), Effects::with_room());
        let Happened { waited, actor, stranger } = next.go_on(wait, choice, &mut effects)?;
        let sent = PacketIds::between(&self.network, &next.network);
        let (at, choice) = (next.now, choice.clone());
        Ok((next, Step { at, waited, choice, actor, stranger, effects, sent }))
    }
}

impl Step {
    /// Who of the two changed state in the connection between them, from what, and to what. What
    /// happens in a connection with a stranger is no change of theirs.
    pub fn transition(&self) -> Option<(Side, State, State)> {
        let (from, to) = self.effects.transition().filter(|_| self.stranger.is_none())?;
        Some((self.actor?, from, to))
    }
}

/// The calls that do something and do not end in an error.
fn calls_on(end: &Endpoint, now: Instant) -> impl Iterator<Item = Call> {
    let state = end.state();
    let closes = end.tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted);
    // What needs a number is refused in the quiet time.
    let begins = !end.is_quiet(now);
    let talks = match state {
        // Whoever waits for somebody else reaches nobody here.
        State::Listen => begins && !end.awaits_another(),
        State::SynSent | State::SynReceived | State::Established | State::CloseWait => !closes,
        _ => false,
    };
    let receives = end.tcb().is_some_and(|tcb| !tcb.incoming.unread.is_empty())
        && matches!(
            state,
            State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait
        );
    let calls = [
        (state == State::Closed).then_some(Call::PassiveOpen),
        (begins && matches!(state, State::Closed | State::Listen)).then_some(Call::ActiveOpen),
        talks.then(|| Call::Send(Choice::TEXT.into())),
        (talks || state == State::Listen).then_some(Call::Close),
        (state != State::Closed).then_some(Call::Abort),
        receives.then_some(Call::Receive),
    ];
    calls.into_iter().flatten()
}
