//! Changes: what one choice makes different in a world.
//!
//! Most worlds that an explorer comes to were seen before, and what changes is enough to tell.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::port::Port;
use crate::{
    Choice, Duration, Effects, Endpoint, Impossible, Input, Instant, Listener, Packet, PerSide,
    Segment, Side, StrangerId, World,
};

/// What a change may use again, because nobody needs it any more.
#[derive(Default)]
pub(crate) struct Spare {
    pub(crate) effects: Effects,
    pub(crate) end: Option<Arc<Endpoint>>,
}

/// All in which a world differs from the one before.
#[derive(Clone)]
pub(crate) struct Change<'a> {
    pub(crate) now: Instant,
    /// The endpoint that acted, as it is now.
    pub(crate) acted: Option<(Side, Arc<Endpoint>)>,
    /// The stranger who wrote or was written to, if one was.
    pub(crate) stranger: Option<StrangerId>,
    /// What the endpoint did.
    pub(crate) effects: Effects,
    /// B's listener as it is now, if it took part, and what was sent from its port to whom.
    pub(crate) port: Option<(Arc<Listener>, Letters)>,
    pub(crate) network: OnNetwork<'a>,
    /// The endpoint that acts takes its place, if one acts.
    spare: Option<Arc<Endpoint>>,
}

/// Segments, each with the stranger that it is for, or without one if it is for the peer.
type Letters = Vec<(Option<StrangerId>, Segment)>;

/// What happened to a packet.
#[derive(Clone, Copy)]
pub(crate) enum OnNetwork<'a> {
    Nothing,
    Gone(&'a Packet),
    Doubled(&'a Packet),
    Delayed(&'a Packet, Duration),
    /// Somebody else sent a segment in this side's name.
    Forged(Side, &'a Segment),
    /// A stranger sent B a segment.
    Called(StrangerId, &'a Segment),
}

impl World {
    /// What a choice changes, put where nothing has changed yet.
    #[inline]
    pub(crate) fn change<'a>(
        &'a self,
        choice: &'a Choice,
        change: &mut Change<'a>,
    ) -> Result<(), Impossible> {
        let packet = |id| self.network.packet(id).ok_or(Impossible::NoSuchPacket(id));
        match choice {
            Choice::Call(side, call) => change.act(self, *side, None, Input::Call(call)),
            Choice::Crash(side) => change.crash(self, *side),
            Choice::Forge(side, segment) => {
                change.network = OnNetwork::Forged(side.peer(), segment);
            }
            Choice::Stranger(id, segment) => {
                self.listener.as_ref().ok_or(Impossible::NoBacklog)?;
                // Two callers with one socket pair would be one connection (section 3.4.1).
                if id.0 == self.end(Side::B).peer_port {
                    return Err(Impossible::NoStranger(*id));
                }
                change.network = OnNetwork::Called(*id, segment);
            }
            Choice::ExpireStranger(id, timer) => {
                let due_at = self
                    .strangers_timer(*id, *timer)
                    .ok_or(Impossible::StrangersTimerNotRunning(*id, *timer))?;
                change.now = self.now.max(due_at);
                change.act(self, Side::B, Some(*id), Input::Expired(*timer));
            }
            Choice::Expire(side, timer) => {
                let due_at = self
                    .end(*side)
                    .timer(*timer)
                    .ok_or(Impossible::TimerNotRunning(*side, *timer))?;
                change.now = self.now.max(due_at);
                change.act(self, *side, None, Input::Expired(*timer));
            }
            Choice::Deliver(id) => {
                let packet = packet(*id)?;
                change.now = self.now.max(packet.due_at);
                change.network = OnNetwork::Gone(packet);
                let input = Input::Segment(&packet.segment);
                change.act(self, packet.from.peer(), packet.stranger, input);
            }
            Choice::Drop(id) => change.network = OnNetwork::Gone(packet(*id)?),
            Choice::Duplicate(id) => change.network = OnNetwork::Doubled(packet(*id)?),
            Choice::Delay(id, by) => change.network = OnNetwork::Delayed(packet(*id)?, *by),
        }
        Ok(())
    }

    /// The world after a change, what an endpoint did, and what else can be used again.
    #[inline]
    pub(crate) fn changed(&self, change: Change<'_>) -> (World, Spare) {
        let sent = change.sent().count();
        let mut network = match change.network {
            OnNetwork::Gone(packet) => self.network.without(packet.id, sent),
            OnNetwork::Doubled(_) | OnNetwork::Forged(..) | OnNetwork::Called(..) => {
                self.network.with_room(1)
            }
            OnNetwork::Delayed(..) | OnNetwork::Nothing => self.network.with_room(sent),
        };
        let now = change.now;
        match change.network {
            OnNetwork::Doubled(packet) => network.copy(packet),
            OnNetwork::Delayed(packet, by) => network.delay(now, packet.id, by),
            OnNetwork::Forged(from, segment) => network.forge(now, from, segment.clone()),
            OnNetwork::Called(stranger, segment) => {
                network.send(now, Side::A, Some(stranger), segment.clone());
            }
            OnNetwork::Gone(_) | OnNetwork::Nothing => {}
        }
        if let Some(side) = change.actor() {
            for (stranger, segment) in change.sent() {
                network.send(now, side, stranger, segment.clone());
            }
        }
        let ends = match change.acted {
            None => self.ends.clone(),
            Some((Side::A, end)) => PerSide { a: end, b: self.ends.b.clone() },
            Some((Side::B, end)) => PerSide { a: self.ends.a.clone(), b: end },
        };
        let listener = change.port.map(|(listener, _)| listener).or_else(|| self.listener.clone());
        let spare = Spare { effects: change.effects, end: change.spare };
        (World { now, ends, network, listener }, spare)
    }
}

impl Change<'_> {
    /// No change at all.
    #[inline]
    pub(crate) fn none(world: &World, Spare { mut effects, end: spare }: Spare) -> Self {
        effects.clear();
        let (now, acted, stranger, port) = (world.now, None, None, None);
        Change { now, acted, stranger, effects, port, network: OnNetwork::Nothing, spare }
    }

    /// What can be used again, since this change is not made.
    pub(crate) fn into_spare(self) -> Spare {
        let acted = self.acted.map(|(_, end)| end);
        Spare { effects: self.effects, end: acted.or(self.spare) }
    }

    /// One endpoint is given an input. Where a stranger writes or is written to, it is said who.
    #[inline]
    fn act(&mut self, world: &World, side: Side, stranger: Option<StrangerId>, input: Input<'_>) {
        self.stranger = stranger;
        let listener = world.listener.as_ref().filter(|_| side == Side::B);
        if stranger.is_some() && listener.is_none() {
            // Whatever a stranger makes of what B writes, it is not known here.
            return;
        }
        let end = seat(&mut self.acted, self.spare.take(), world, side);
        let Some(listener) = listener else {
            end.handle_into(self.now, input, &mut self.effects);
            return;
        };
        let (listener, letters) = self.port.insert((listener.clone(), Vec::new()));
        let mut port = Port::new(self.now, end, Arc::make_mut(listener));
        (self.stranger, self.effects) = port.handle(stranger, input);
        *letters = port.into_sent();
    }

    /// One endpoint loses power, and its listener with it.
    fn crash(&mut self, world: &World, side: Side) {
        let end = seat(&mut self.acted, self.spare.take(), world, side);
        self.effects = end.crash(self.now);
        if let Some(listener) = world.listener().filter(|_| side == Side::B) {
            self.port = Some((Arc::new(Listener::new(listener.backlog)), Vec::new()));
        }
    }

    /// The endpoint that acted.
    pub(crate) fn actor(&self) -> Option<Side> {
        self.acted.as_ref().map(|(side, _)| *side)
    }

    /// What the endpoint sent, and to which stranger if not to the peer.
    pub(crate) fn sent(&self) -> impl Iterator<Item = (Option<StrangerId>, &Segment)> {
        let letters = self.port.iter().flat_map(|(_, letters)| letters);
        let straight = self.port.is_none().then(|| self.effects.segments());
        letters
            .map(|(stranger, segment)| (*stranger, segment))
            .chain(straight.into_iter().flatten().map(|segment| (None, segment)))
    }
}

/// Takes a copy of an endpoint as the one that acts, in the place of a spare one if there is any.
#[inline]
fn seat<'a>(
    acted: &'a mut Option<(Side, Arc<Endpoint>)>,
    spare: Option<Arc<Endpoint>>,
    world: &World,
    side: Side,
) -> &'a mut Endpoint {
    let before = &world.ends[side];
    // A copy is nobody else's: to share first and to copy then would be counted three times over.
    let copy = match spare {
        Some(mut spare) => {
            Arc::make_mut(&mut spare).clone_from(before);
            spare
        }
        None => Arc::new(Endpoint::clone(before)),
    };
    Arc::make_mut(&mut acted.insert((side, copy)).1)
}
