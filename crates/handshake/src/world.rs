//! The world: two endpoints and the network between them, and the one way to move it.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::listener::is_half_open;
use crate::port::Port;
use crate::{
    Call, Choice, Effects, Endpoint, Impossible, Input, Instant, Listener, Network, PacketId,
    PerSide, Side, State, Stranger, StrangerId, Timer,
};

/// Two endpoints, the network between them, and the time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct World {
    pub(crate) now: Instant,
    pub(crate) ends: PerSide<Endpoint>,
    pub(crate) network: Network,
    /// Shared between worlds as long as nothing about it changes.
    pub(crate) listener: Option<Arc<Listener>>,
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
    /// The stranger whose connection it acted in, where it was not the one between A and B.
    pub stranger: Option<StrangerId>,
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
        let strangers = self.strangers().iter().map(|stranger| &stranger.tcb);
        strangers.chain(self.end(Side::B).tcb()).filter(|tcb| is_half_open(tcb)).count()
    }

    /// All that can happen next, in a fixed order: first what the network can do to each packet,
    /// the oldest first; then the timers of A and of B, and those of B for each stranger; then the
    /// calls of A and of B; then who could lose power. What could be forged, or be sent by a
    /// stranger, has no end and is not listed; [`forgeries`](Self::forgeries) lists some.
    ///
    /// Due times do not count here: any packet may overtake any other, any timer any packet. What
    /// is overtaken is late then.
    pub fn choices(&self) -> Vec<Choice> {
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
        let strangers = self.strangers_timers().map(|(_, id, t)| Choice::ExpireStranger(id, t));
        let calls = Side::BOTH.into_iter().flat_map(|side| {
            self.calls_of(side).into_iter().map(move |call| Choice::Call(side, call))
        });
        let crashes = Side::BOTH
            .into_iter()
            .filter(|&side| self.end(side).tcb().is_some())
            .map(Choice::Crash);
        packets.chain(timers).chain(strangers).chain(calls).chain(crashes).collect()
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
    fn calls_of(&self, side: Side) -> Vec<Call> {
        let mut calls = if self.is_at_listener(side) {
            [Call::Close].to_vec()
        } else {
            calls_on(self.end(side), self.now)
        };
        let waiting = self.listener().filter(|_| side == Side::B).map(Listener::waiting);
        if waiting.is_some_and(|waiting| !waiting.is_empty()) {
            calls.insert(0, Call::Accept);
        }
        calls
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
        let mut next = self.clone();
        let nothing = (None, None, Effects::default());
        let (actor, stranger, effects) = match choice {
            Choice::Call(side, call) => next.act(*side, None, &Input::Call(call.clone())),
            Choice::Crash(side) => next.crash(*side),
            Choice::Forge(side, segment) => {
                next.network.forge(next.now, side.peer(), segment.clone());
                nothing
            }
            Choice::Stranger(id, segment) => {
                next.listener.as_ref().ok_or(Impossible::NoBacklog)?;
                next.network.send_apart(next.now, Side::A, Some(*id), segment.clone());
                nothing
            }
            Choice::ExpireStranger(id, timer) => {
                let mut running = self.strangers_timers();
                let (due_at, ..) = running
                    .find(|&(_, of, which)| (of, which) == (*id, *timer))
                    .ok_or(Impossible::StrangersTimerNotRunning(*id, *timer))?;
                next.now = next.now.max(due_at);
                next.act(Side::B, Some(*id), &Input::Expired(*timer))
            }
            Choice::Expire(side, timer) => {
                let due_at = self
                    .end(*side)
                    .timer(*timer)
                    .ok_or(Impossible::TimerNotRunning(*side, *timer))?;
                next.now = next.now.max(due_at);
                next.act(*side, None, &Input::Expired(*timer))
            }
            Choice::Deliver(id) => {
                let packet = self.network.packet(*id).ok_or(Impossible::NoSuchPacket(*id))?;
                next.network.remove(*id);
                next.now = next.now.max(packet.due_at);
                let input = Input::Segment(packet.segment.clone());
                next.act(packet.from.peer(), packet.stranger, &input)
            }
            Choice::Drop(id) | Choice::Duplicate(id) | Choice::Delay(id, _) => {
                let packet = self.network.packet(*id).ok_or(Impossible::NoSuchPacket(*id))?;
                match choice {
                    Choice::Duplicate(_) => next.network.copy(packet),
                    Choice::Delay(_, by) => next.network.delay(next.now, *id, *by),
                    _ => next.network.remove(*id),
                }
                nothing
            }
        };
        let sent = (self.network.named() + 1..=next.network.named()).map(PacketId).collect();
        let step = Step { at: next.now, choice: choice.clone(), actor, stranger, effects, sent };
        Ok((next, step))
    }

    /// Gives one endpoint an input and puts what it sends on the network. Where a stranger writes
    /// or is written to, `stranger` says who.
    fn act(&mut self, side: Side, stranger: Option<StrangerId>, input: &Input) -> Acted {
        if let (Side::B, Some(listener)) = (side, &mut self.listener) {
            let mut port = Port::new(self.now, &mut self.ends.b, Arc::make_mut(listener));
            let (stranger, effects) = port.handle(stranger, input);
            for (to, segment) in port.into_sent() {
                self.network.send_apart(self.now, side, to, segment);
            }
            return (Some(side), stranger, effects);
        }
        if stranger.is_some() {
            // Whatever a stranger makes of what B writes, it is not known here.
            return (None, stranger, Effects::default());
        }
        let effects = self.ends[side].handle(self.now, input);
        for segment in effects.segments() {
            self.network.send(self.now, side, segment.clone());
        }
        (Some(side), None, effects)
    }

    fn crash(&mut self, side: Side) -> Acted {
        if let (Side::B, Some(listener)) = (side, &mut self.listener) {
            Arc::make_mut(listener).forget();
        }
        (Some(side), None, self.ends[side].crash(self.now))
    }
}

/// Who acted, in whose connection if not in that between A and B, and what was done.
type Acted = (Option<Side>, Option<StrangerId>, Effects);

impl Step {
    /// Who of the two changed state in the connection between them, from what, and to what. What
    /// happens in a connection with a stranger is no change of theirs.
    pub fn transition(&self) -> Option<(Side, State, State)> {
        let (from, to) = self.effects.transition().filter(|_| self.stranger.is_none())?;
        Some((self.actor?, from, to))
    }
}

/// The calls that do something and do not end in an error.
fn calls_on(end: &Endpoint, now: Instant) -> Vec<Call> {
    let is_quiet = end.timer(Timer::Quiet).is_some_and(|over| now < over);
    let mut calls = match end.state() {
        // What needs a number is refused in the quiet time.
        State::Closed if is_quiet => return [Call::PassiveOpen].to_vec(),
        State::Listen if is_quiet => return [Call::Close].to_vec(),
        State::Closed => return [Call::PassiveOpen, Call::ActiveOpen].to_vec(),
        State::Listen => {
            let text = Call::Send(Choice::TEXT.to_vec());
            let mut calls = [Call::ActiveOpen, text, Call::Close, Call::Abort].to_vec();
            // Whoever waits for somebody else reaches nobody here.
            calls.retain(|call| !(matches!(call, Call::Send(_)) && end.awaits_another()));
            return calls;
        }
        State::SynSent | State::SynReceived | State::Established | State::CloseWait => {
            [Call::Send(Choice::TEXT.to_vec()), Call::Close, Call::Abort].to_vec()
        }
        _ => [Call::Abort].to_vec(),
    };
    let Some(tcb) = end.tcb() else { return calls };
    if tcb.outgoing.fin_wanted {
        calls.retain(|call| *call == Call::Abort);
    }
    let hands_over = matches!(
        tcb.state,
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait
    );
    if hands_over && !tcb.incoming.unread.is_empty() {
        calls.push(Call::Receive);
    }
    calls
}
