//! The world: two endpoints and the network between them, and the one way to move it.

use alloc::vec::Vec;

use crate::{
    Call, Choice, Effects, Endpoint, Impossible, Input, Instant, Network, PacketId, PerSide, Side,
    State, Timer,
};

/// Two endpoints, the network between them, and the time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct World {
    pub(crate) now: Instant,
    pub(crate) ends: PerSide<Endpoint>,
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
        let calls = Side::BOTH.into_iter().flat_map(|side| {
            calls_on(self.end(side), self.now).into_iter().map(move |call| Choice::Call(side, call))
        });
        let crashes = Side::BOTH
            .into_iter()
            .filter(|&side| self.end(side).tcb().is_some())
            .map(Choice::Crash);
        packets.chain(timers).chain(calls).chain(crashes).collect()
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
        let mut next = self.clone();
        let (actor, effects) = match choice {
            Choice::Call(side, call) => next.act(*side, &Input::Call(call.clone())),
            Choice::Crash(side) => (Some(*side), next.ends[*side].crash(next.now)),
            Choice::Forge(side, segment) => {
                next.network.forge(next.now, side.peer(), segment.clone());
                (None, Effects::default())
            }
            Choice::Expire(side, timer) => {
                let due_at = self
                    .end(*side)
                    .timer(*timer)
                    .ok_or(Impossible::TimerNotRunning(*side, *timer))?;
                next.now = next.now.max(due_at);
                next.act(*side, &Input::Expired(*timer))
            }
            Choice::Deliver(id) => {
                let packet = self.network.packet(*id).ok_or(Impossible::NoSuchPacket(*id))?;
                next.network.remove(*id);
                next.now = next.now.max(packet.due_at);
                next.act(packet.from.peer(), &Input::Segment(packet.segment.clone()))
            }
            Choice::Drop(id) | Choice::Duplicate(id) | Choice::Delay(id, _) => {
                let packet = self.network.packet(*id).ok_or(Impossible::NoSuchPacket(*id))?;
                match choice {
                    Choice::Duplicate(_) => next.network.copy(packet),
                    Choice::Delay(_, by) => next.network.delay(next.now, *id, *by),
                    _ => next.network.remove(*id),
                }
                (None, Effects::default())
            }
        };
        let sent = (self.network.named() + 1..=next.network.named()).map(PacketId).collect();
        let step = Step { at: next.now, choice: choice.clone(), actor, effects, sent };
        Ok((next, step))
    }

    /// Gives one endpoint an input and puts what it sends on the network.
    fn act(&mut self, side: Side, input: &Input) -> (Option<Side>, Effects) {
        let effects = self.ends[side].handle(self.now, input);
        for segment in effects.segments() {
            self.network.send(self.now, side, segment.clone());
        }
        (Some(side), effects)
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
