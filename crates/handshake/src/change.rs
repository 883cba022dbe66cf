//! Changes: what one choice makes different in a world.
//!
//! A world that nobody looks back at is changed where it stands, and another is copied first. Most
//! worlds that an explorer comes to were seen before, which what would happen is enough to tell.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::network::OnNetwork;
use crate::port::Port;
use crate::shared::Shared;
use crate::{
    Call, Choice, Duration, Effects, Endpoint, Impossible, Input, Instant, Listener, Network,
    PerSide, Segment, Side, StrangerId, Timer, World,
};

/// What a choice comes to, before anything has happened.
pub(crate) struct Prospect<'a, 'c> {
    /// When it happens: when it is due, or now if it is late.
    pub(crate) at: Instant,
    pub(crate) network: OnNetwork<'c>,
    /// The stranger who writes or is written to, if one does.
    pub(crate) stranger: Option<StrangerId>,
    /// The endpoint that acts, if one does, and what makes it act: the choice, or a packet.
    pub(crate) act: Option<(Side, Cause<'a>)>,
}

/// What makes an endpoint act.
#[derive(Clone, Copy, PartialEq, Hash)]
pub(crate) enum Cause<'a> {
    Input(Input<'a>),
    PowerLoss,
}

/// The same, kept for longer than the world or the choice that it was taken from.
#[derive(Debug)]
pub(crate) enum KeptCause {
    Call(Call),
    Segment(Segment),
    Expired(Timer),
    PowerLoss,
}

impl KeptCause {
    pub(crate) fn of(cause: Cause<'_>) -> KeptCause {
        match cause {
            Cause::Input(Input::Call(call)) => KeptCause::Call(call.clone()),
            Cause::Input(Input::Segment(segment)) => KeptCause::Segment(segment.clone()),
            Cause::Input(Input::Expired(timer)) => KeptCause::Expired(timer),
            Cause::PowerLoss => KeptCause::PowerLoss,
        }
    }

    pub(crate) fn as_cause(&self) -> Cause<'_> {
        match self {
            KeptCause::Call(call) => Cause::Input(Input::Call(call)),
            KeptCause::Segment(segment) => Cause::Input(Input::Segment(segment)),
            KeptCause::Expired(timer) => Cause::Input(Input::Expired(*timer)),
            KeptCause::PowerLoss => Cause::PowerLoss,
        }
    }
}

/// Segments, each with the stranger that it is for, or without one if it is for the peer.
pub(crate) type Letters = Vec<(Option<StrangerId>, Segment)>;

impl<'a, 'c: 'a> Prospect<'a, 'c> {
    /// Nothing.
    #[inline]
    fn none(now: Instant) -> Self {
        Prospect { at: now, network: OnNetwork::Nothing, stranger: None, act: None }
    }

    /// An endpoint is given an input that was due at this moment.
    #[inline]
    fn acts(&mut self, due_at: Instant, side: Side, input: Input<'a>) {
        self.at = self.at.max(due_at);
        self.act = Some((side, Cause::Input(input)));
    }

    /// What a choice comes to where these packets are under way, put where there was nothing.
    #[inline]
    fn see(
        &mut self,
        choice: &'c Choice,
        network: &'a Network,
        ends: &PerSide<Shared<Endpoint>>,
        listener: Option<&Listener>,
    ) -> Result<(), Impossible> {
        let place = |id| network.place_of(id).ok_or(Impossible::NoSuchPacket(id));
        match choice {
            Choice::Call(side, call) => self.acts(self.at, *side, Input::Call(call)),
            Choice::Crash(side) => self.act = Some((*side, Cause::PowerLoss)),
            Choice::Forge(side, segment) => {
                self.network = OnNetwork::Forged(side.peer(), segment);
            }
            Choice::Stranger(id, segment) => {
                listener.ok_or(Impossible::NoBacklog)?;
                // Two callers with one socket pair would be one connection (section 3.4.1).
                if id.0 == ends.b.peer_port {
                    return Err(Impossible::NoStranger(*id));
                }
                self.network = OnNetwork::Called(*id, segment);
            }
            Choice::ExpireStranger(id, timer) => {
                let tcb = listener.and_then(|listener| listener.stranger(*id));
                let due_at = tcb
                    .and_then(|tcb| tcb.timer(*timer, ends.b.settings()))
                    .ok_or(Impossible::StrangersTimerNotRunning(*id, *timer))?;
                self.stranger = Some(*id);
                self.acts(due_at, Side::B, Input::Expired(*timer));
            }
            Choice::Expire(side, timer) => {
                let due_at =
                    ends[*side].timer(*timer).ok_or(Impossible::TimerNotRunning(*side, *timer))?;
                self.acts(due_at, *side, Input::Expired(*timer));
            }
            Choice::Deliver(id) => {
                let place = place(*id)?;
                let packet = &network.in_flight()[place];
                let side = packet.from.peer();
                self.network = OnNetwork::Gone(place);
                self.stranger = packet.stranger;
                self.acts(packet.due_at, side, Input::Segment(&packet.segment));
                if packet.stranger.is_some() && (side == Side::A || listener.is_none()) {
                    // Whatever a stranger makes of what B writes, it is not known here.
                    self.act = None;
                }
            }
            Choice::Drop(id) => self.network = OnNetwork::Gone(place(*id)?),
            Choice::Duplicate(id) => self.network = OnNetwork::Doubled(place(*id)?),
            Choice::Delay(id, by) => self.network = OnNetwork::Delayed(place(*id)?, *by),
        }
        Ok(())
    }

    /// Puts it off until nothing has happened for a while. What is not due by then waits until it
    /// is, so that nobody has waited for its sake. How long was waited for the sake of waiting?
    #[inline]
    fn wait(&mut self, until: Instant, wait: Duration) -> Duration {
        if self.at >= until {
            return Duration::ZERO;
        }
        self.at = until;
        wait
    }
}

impl Cause<'_> {
    /// Lets an endpoint act that has no listener.
    #[inline]
    fn act(self, now: Instant, end: &mut Endpoint, effects: &mut Effects) {
        match self {
            Cause::Input(input) => end.handle_into(now, input, effects),
            Cause::PowerLoss => *effects = end.crash(now),
        }
    }

    /// Lets B act together with its listener: in whose connection, and what was sent to whom.
    fn act_with(
        self,
        now: Instant,
        (end, listener): (&mut Endpoint, &mut Arc<Listener>),
        stranger: Option<StrangerId>,
        effects: &mut Effects,
    ) -> (Option<StrangerId>, Letters) {
        let Cause::Input(input) = self else {
            *effects = end.crash(now);
            *listener = Arc::new(Listener::new(listener.backlog));
            return (None, Vec::new());
        };
        let mut port = Port::new(now, end, Arc::make_mut(listener));
        let (stranger, done) = port.handle(stranger, input);
        *effects = done;
        (stranger, port.into_sent())
    }
}

/// Who acted in a step, and how long was waited before.
pub(crate) struct Happened {
    /// How long was waited for the sake of waiting.
    pub(crate) waited: Duration,
    /// The endpoint that acted, if one did.
    pub(crate) actor: Option<Side>,
    /// The stranger who wrote or was written to, if one was.
    pub(crate) stranger: Option<StrangerId>,
}

impl World {
    /// Makes a choice where nothing happens for a while before, and changes this world into the
    /// next one. What an endpoint did is put in the place of older effects, if one acted.
    ///
    /// # Errors
    ///
    /// Those of [`after`](Self::after); the world is then as it was.
    #[inline]
    pub(crate) fn go_on(
        &mut self,
        wait: Duration,
        choice: &Choice,
        effects: &mut Effects,
    ) -> Result<Happened, Impossible> {
        let World { now, ends, network, listener } = self;
        let mut prospect = Prospect::none(*now);
        prospect.see(choice, network, ends, listener.as_deref())?;
        let waited = prospect.wait(*now + wait, wait);
        let Prospect { at, network: happening, stranger, act } = prospect;
        *now = at;
        let Some((side, cause)) = act else {
            network.happen(at, happening);
            return Ok(Happened { waited, actor: None, stranger });
        };
        let end = ends[side].make_mut();
        let Some(listener) = listener.as_mut().filter(|_| side == Side::B) else {
            cause.act(at, end, effects);
            network.happen(at, happening);
            for segment in effects.segments() {
                network.send(at, side, None, segment.clone());
            }
            return Ok(Happened { waited, actor: Some(side), stranger });
        };
        let (stranger, letters) = cause.act_with(at, (end, listener), stranger, effects);
        network.happen(at, happening);
        for (stranger, segment) in letters {
            network.send(at, side, stranger, segment);
        }
        Ok(Happened { waited, actor: Some(side), stranger })
    }
}

/// What an endpoint did: all that the other ends and the network notice of it.
#[derive(Debug)]
pub(crate) struct Deed {
    /// The endpoint as it is since then.
    pub(crate) end: Arc<Endpoint>,
    /// B's listener as it is since then, if it took part.
    pub(crate) listener: Option<Arc<Listener>>,
    /// What was sent.
    pub(crate) sent: Letters,
}

impl World {
    /// What a choice comes to where nobody waits. Nothing happens.
    #[inline]
    pub(crate) fn foresee<'a>(
        &'a self,
        choice: &'a Choice,
    ) -> Result<Prospect<'a, 'a>, Impossible> {
        let mut prospect = Prospect::none(self.now);
        prospect.see(choice, &self.network, &self.ends, self.listener.as_deref())?;
        Ok(prospect)
    }

    /// What an endpoint would do.
    pub(crate) fn deed(&self, prospect: &Prospect<'_, '_>, effects: &mut Effects) -> Option<Deed> {
        let (side, cause) = prospect.act?;
        let mut end = Endpoint::clone(&self.ends[side]);
        let mut listener = self.listener.clone().filter(|_| side == Side::B);
        let sent = if let Some(listener) = &mut listener {
            cause.act_with(prospect.at, (&mut end, listener), prospect.stranger, effects).1
        } else {
            cause.act(prospect.at, &mut end, effects);
            effects.segments().map(|segment| (None, segment.clone())).collect()
        };
        Some(Deed { end: Arc::new(end), listener, sent })
    }

    /// The world in which it has happened, and an endpoint has done this, if one acts.
    pub(crate) fn next(&self, prospect: &Prospect<'_, '_>, deed: Option<&Deed>) -> World {
        let now = prospect.at;
        let sent = deed.map_or(&[][..], |deed| &deed.sent);
        let mut network = self.network.after(now, prospect.network, sent.len());
        let mut ends = self.ends.clone();
        if let (Some((side, _)), Some(deed)) = (prospect.act, deed) {
            ends[side] = Shared::Copy(deed.end.clone());
            for (stranger, segment) in sent {
                network.send(now, side, *stranger, segment.clone());
            }
        }
        let listener = deed.and_then(|deed| deed.listener.as_ref()).or(self.listener.as_ref());
        World { now, ends, network, listener: listener.cloned() }
    }
}
