//! The world: two endpoints and the network between them, and the one way to move it.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::{
    Call, Choice, Duration, Effects, Endpoint, Impossible, Input, Instant, Network, Packet,
    PacketId, PerSide, Segment, Side, State, Timer,
};

/// Two endpoints, the network between them, and the time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct World {
    pub(crate) now: Instant,
    /// Shared with the worlds before and after in which they are the same.
    pub(crate) ends: PerSide<Arc<Endpoint>>,
    pub(crate) network: Network,
}

/// What one choice led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// When it happened.
    pub at: Instant,
    /// What was chosen.
    pub choice: Choice,
    /// The endpoint that acted; none where only the network did.
    pub actor: Option<Side>,
    /// What that endpoint did.
    pub effects: Effects,
    /// The packets that the step put on the network, in order.
    pub sent: Vec<PacketId>,
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

    /// All that can happen next, in a fixed order: first what the network can do to each packet,
    /// the oldest first; then the timers of A and of B; then the calls of A and of B; then who
    /// could lose power. What can be forged has no end; [`forgeries`](Self::forgeries) lists some.
    ///
    /// Due times do not count here: any packet may overtake any other, any timer any packet. What
    /// is overtaken is late then.
    pub fn choices(&self) -> Vec<Choice> {
        self.events().chain(self.calls()).chain(self.crashes()).collect()
    }

    /// The choices of the network and of the timers.
    pub(crate) fn events(&self) -> impl Iterator<Item = Choice> {
        let packets = self.network.in_flight().iter().flat_map(|packet| {
            let id = packet.id;
            [
                Choice::Deliver(id),
                Choice::Drop(id),
                Choice::Delay(id, Choice::DELAY),
                Choice::Duplicate(id),
            ]
        });
        let timers = self.running_timers().map(|(_, side, timer)| Choice::Expire(side, timer));
        packets.chain(timers)
    }

    /// The choices of the users.
    pub(crate) fn calls(&self) -> impl Iterator<Item = Choice> {
        Side::BOTH.into_iter().flat_map(|side| {
            calls_on(self.end(side), self.now).map(move |call| Choice::Call(side, call))
        })
    }

    /// Who could lose power.
    pub(crate) fn crashes(&self) -> impl Iterator<Item = Choice> {
        let sides = Side::BOTH.into_iter();
        sides.filter(|&side| self.end(side).tcb().is_some()).map(Choice::Crash)
    }

    /// What time alone would bring next, and when: the packet or timer that is due first. Among
    /// those due at once the packet that was sent first wins, and then A's timer before B's.
    pub fn next_due(&self) -> Option<(Instant, Choice)> {
        let packets = self
            .network
            .in_flight()
            .iter()
            .map(|packet| (packet.due_at, Choice::Deliver(packet.id)));
        let timers = self
            .running_timers()
            .map(|(due_at, side, timer)| (due_at, Choice::Expire(side, timer)));
        packets.chain(timers).min_by_key(|(due_at, _)| *due_at)
    }

    fn running_timers(&self) -> impl Iterator<Item = (Instant, Side, Timer)> {
        Side::BOTH.into_iter().flat_map(move |side| {
            Timer::ALL.into_iter().filter_map(move |timer| {
                self.end(side).timer(timer).map(|due_at| (due_at, side, timer))
            })
        })
    }

    /// The world after a choice, and the step that led there.
    ///
    /// Time moves to the moment at which the choice was due, and never back: what is chosen before
    /// it is due happens when it is due, what is chosen late happens now.
    ///
    /// # Errors
    ///
    /// [`Impossible`] where the choice names a packet that is not under way or a timer that does
    /// not run.
    pub fn after(&self, choice: &Choice) -> Result<(World, Step), Impossible> {
        let change = self.change(choice, Effects::with_room())?;
        Ok(self.stepped(choice, change))
    }

    /// What a choice changes. Most worlds that an explorer comes to were seen before, and what
    /// changes is enough to tell. What an endpoint does is put in the place of older effects.
    #[inline]
    pub(crate) fn change<'a>(
        &'a self,
        choice: &'a Choice,
        effects: Effects,
    ) -> Result<Change<'a>, Impossible> {
        let packet = |id| self.network.packet(id).ok_or(Impossible::NoSuchPacket(id));
        let mut change = Change::none(self.now, effects);
        match choice {
            Choice::Call(side, call) => {
                change.act(self, *side, &Input::Call(call.clone()));
            }
            Choice::Crash(side) => {
                let (_, end) = change.acted.insert((*side, self.ends[*side].clone()));
                change.effects = Arc::make_mut(end).crash(self.now);
            }
            Choice::Forge(side, segment) => {
                change.network = OnNetwork::Forged(side.peer(), segment);
            }
            Choice::Expire(side, timer) => {
                let due_at = self
                    .end(*side)
                    .timer(*timer)
                    .ok_or(Impossible::TimerNotRunning(*side, *timer))?;
                change.now = self.now.max(due_at);
                change.act(self, *side, &Input::Expired(*timer));
            }
            Choice::Deliver(id) => {
                let packet = packet(*id)?;
                change.now = self.now.max(packet.due_at);
                change.network = OnNetwork::Gone(packet);
                change.act(self, packet.from.peer(), &Input::Segment(packet.segment.clone()));
            }
            Choice::Drop(id) => change.network = OnNetwork::Gone(packet(*id)?),
            Choice::Duplicate(id) => change.network = OnNetwork::Doubled(packet(*id)?),
            Choice::Delay(id, by) => change.network = OnNetwork::Delayed(packet(*id)?, *by),
        }
        Ok(change)
    }

    /// The world after the change that a choice makes, and the step that led there.
    pub(crate) fn stepped(&self, choice: &Choice, change: Change<'_>) -> (World, Step) {
        let (at, actor) = (change.now, change.actor());
        let (next, effects) = self.changed(change);
        let sent = (self.network.named() + 1..=next.network.named()).map(PacketId).collect();
        (next, Step { at, choice: choice.clone(), actor, effects, sent })
    }

    /// The world after a change, and what an endpoint did.
    #[inline]
    pub(crate) fn changed(&self, change: Change<'_>) -> (World, Effects) {
        let Change { now, acted, network: on_network, effects } = change;
        let sent = effects.segments().count();
        let mut network = match on_network {
            OnNetwork::Gone(packet) => self.network.without(packet.id, sent),
            OnNetwork::Doubled(_) | OnNetwork::Forged(..) => self.network.with_room(1),
            OnNetwork::Delayed(..) | OnNetwork::Nothing => self.network.with_room(sent),
        };
        match on_network {
            OnNetwork::Doubled(packet) => network.copy(packet),
            OnNetwork::Delayed(packet, by) => network.delay(now, packet.id, by),
            OnNetwork::Forged(from, segment) => network.forge(now, from, segment.clone()),
            OnNetwork::Gone(_) | OnNetwork::Nothing => {}
        }
        let ends = match acted {
            None => self.ends.clone(),
            Some((side, end)) => {
                for segment in effects.segments() {
                    network.send(now, side, segment.clone());
                }
                match side {
                    Side::A => PerSide { a: end, b: self.ends.b.clone() },
                    Side::B => PerSide { a: self.ends.a.clone(), b: end },
                }
            }
        };
        (World { now, ends, network }, effects)
    }
}

/// All in which a world differs from the one before.
#[derive(Clone)]
pub(crate) struct Change<'a> {
    pub(crate) now: Instant,
    /// The endpoint that acted, as it is now.
    pub(crate) acted: Option<(Side, Arc<Endpoint>)>,
    /// What it did.
    pub(crate) effects: Effects,
    pub(crate) network: OnNetwork<'a>,
}

/// What happened to a packet.
#[derive(Clone, Copy)]
pub(crate) enum OnNetwork<'a> {
    Nothing,
    Gone(&'a Packet),
    Doubled(&'a Packet),
    Delayed(&'a Packet, Duration),
    /// Somebody else sent a segment in this side's name.
    Forged(Side, &'a Segment),
}

impl Change<'_> {
    fn none(now: Instant, mut effects: Effects) -> Self {
        effects.clear();
        Change { now, acted: None, effects, network: OnNetwork::Nothing }
    }

    /// One endpoint is given an input.
    #[inline]
    fn act(&mut self, world: &World, side: Side, input: &Input) {
        let (_, end) = self.acted.insert((side, world.ends[side].clone()));
        Arc::make_mut(end).handle_into(self.now, input, &mut self.effects);
    }

    /// The endpoint that acted.
    fn actor(&self) -> Option<Side> {
        self.acted.as_ref().map(|(side, _)| *side)
    }
}

/// The calls that do something and do not end in an error.
fn calls_on(end: &Endpoint, now: Instant) -> impl Iterator<Item = Call> {
    let state = end.state();
    let closes = end.tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted);
    // What needs a number is refused in the quiet time.
    let begins = end.timer(Timer::Quiet).is_none_or(|over| now >= over);
    let talks = match state {
        // Whoever waits for somebody else reaches nobody here.
        State::Listen => begins && !end.awaits_another(),
        State::SynSent | State::SynReceived | State::Established | State::CloseWait => !closes,
        _ => false,
    };
    let aborts = match state {
        State::Closed => false,
        State::Listen => begins,
        _ => true,
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
        aborts.then_some(Call::Abort),
        receives.then_some(Call::Receive),
    ];
    calls.into_iter().flatten()
}
