//! Changes: what one choice makes different in a world.
//!
//! A world that nobody looks back at is changed where it stands. Most worlds that an explorer comes
//! to were seen before, and what changes is enough to tell.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::network::OnNetwork;
use crate::port::Port;
use crate::{
    Choice, Duration, Effects, Endpoint, Impossible, Input, Instant, Listener, Network, PerSide,
    Segment, Side, StrangerId, World,
};

/// What a choice comes to, before anything has happened.
struct Prospect<'a, 'c> {
    /// When it happens: when it is due, or now if it is late.
    at: Instant,
    network: OnNetwork<'c>,
    /// The stranger who writes or is written to, if one does.
    stranger: Option<StrangerId>,
    /// The endpoint that acts, if one does, and what makes it act: the choice, or a packet.
    act: Option<(Side, Cause<'a>)>,
}

/// What makes an endpoint act.
#[derive(Clone, Copy, Hash)]
pub(crate) enum Cause<'a> {
    Input(Input<'a>),
    PowerLoss,
}

/// Segments, each with the stranger that it is for, or without one if it is for the peer.
type Letters = Vec<(Option<StrangerId>, Segment)>;

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
        ends: &PerSide<Arc<Endpoint>>,
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

impl World {
    /// Makes a choice where nothing happens for a while before, and changes this world into the
    /// next one. How long was waited for the sake of waiting?
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
    ) -> Result<Duration, Impossible> {
        let World { now, ends, network, listener } = self;
        let mut prospect = Prospect::none(*now);
        prospect.see(choice, network, ends, listener.as_deref())?;
        let waited = prospect.wait(*now + wait, wait);
        let Prospect { at, network: happening, stranger, act } = prospect;
        *now = at;
        let Some((side, cause)) = act else {
            network.happen(at, happening);
            return Ok(waited);
        };
        let end = Arc::make_mut(&mut ends[side]);
        let Some(listener) = listener.as_mut().filter(|_| side == Side::B) else {
            cause.act(at, end, effects);
            network.happen(at, happening);
            for segment in effects.take_segments() {
                network.send(at, side, None, segment);
            }
            return Ok(waited);
        };
        let (_, letters) = cause.act_with(at, (end, listener), stranger, effects);
        network.happen(at, happening);
        for (stranger, segment) in letters {
            network.send(at, side, stranger, segment);
        }
        Ok(waited)
    }
}

/// What an endpoint did, and what it is since then.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) end: Arc<Endpoint>,
    pub(crate) effects: Effects,
}

impl Deed {
    /// What an endpoint does that has no listener.
    #[inline]
    pub(crate) fn of(before: &Endpoint, now: Instant, cause: Cause<'_>) -> Deed {
        let (mut end, mut effects) = (before.clone(), Effects::with_room());
        cause.act(now, &mut end, &mut effects);
        Deed { end: Arc::new(end), effects }
    }
}

/// All in which a world differs from the one before.
#[derive(Clone)]
pub(crate) struct Change<'a> {
    pub(crate) now: Instant,
    /// How long was waited for the sake of waiting.
    pub(crate) waited: Duration,
    /// What an endpoint did, if one acted.
    pub(crate) acted: Option<(Side, Cow<'a, Deed>)>,
    /// The stranger who wrote or was written to, if one was.
    pub(crate) stranger: Option<StrangerId>,
    /// B's listener as it is now, if it took part, and what was sent from its port to whom.
    pub(crate) port: Option<(Arc<Listener>, Letters)>,
    pub(crate) network: OnNetwork<'a>,
}

impl World {
    /// What a choice changes where nothing happens for a while before, put where nothing has
    /// changed yet. `deed` says what an endpoint does that has no listener: [`Deed::of`], or
    /// somebody who remembers it.
    #[inline]
    pub(crate) fn change<'a>(
        &'a self,
        wait: Duration,
        choice: &'a Choice,
        change: &mut Change<'a>,
        deed: impl FnOnce(Side, Instant, Cause<'a>) -> Cow<'a, Deed>,
    ) -> Result<(), Impossible> {
        let World { now, ends, network, listener } = self;
        let mut prospect = Prospect::none(*now);
        prospect.see(choice, network, ends, listener.as_deref())?;
        change.waited = prospect.wait(*now + wait, wait);
        change.now = prospect.at;
        (change.network, change.stranger) = (prospect.network, prospect.stranger);
        let Some((side, cause)) = prospect.act else { return Ok(()) };
        let Some(listener) = listener.as_ref().filter(|_| side == Side::B) else {
            change.acted = Some((side, deed(side, change.now, cause)));
            return Ok(());
        };
        let (mut end, mut effects) = (Endpoint::clone(&ends[side]), Effects::default());
        let (listener, letters) = change.port.insert((listener.clone(), Vec::new()));
        (change.stranger, *letters) =
            cause.act_with(change.now, (&mut end, listener), change.stranger, &mut effects);
        change.acted = Some((side, Cow::Owned(Deed { end: Arc::new(end), effects })));
        Ok(())
    }

    /// The world after a change, and what an endpoint did.
    #[inline]
    pub(crate) fn changed<'a>(&self, change: Change<'a>) -> (World, Cow<'a, Effects>) {
        let now = change.now;
        let mut network = self.network.after(now, change.network, change.sent().count());
        if let Some((side, _)) = &change.acted {
            for (stranger, segment) in change.sent() {
                network.send(now, *side, stranger, segment.clone());
            }
        }
        let listener = change.port.map(|(listener, _)| listener).or_else(|| self.listener.clone());
        let Some((side, deed)) = change.acted else {
            let ends = self.ends.clone();
            return (World { now, ends, network, listener }, Cow::default());
        };
        let (end, effects) = match deed {
            Cow::Owned(Deed { end, effects }) => (end, Cow::Owned(effects)),
            Cow::Borrowed(Deed { end, effects }) => (end.clone(), Cow::Borrowed(effects)),
        };
        let ends = match side {
            Side::A => PerSide { a: end, b: self.ends.b.clone() },
            Side::B => PerSide { a: self.ends.a.clone(), b: end },
        };
        (World { now, ends, network, listener }, effects)
    }
}

impl Change<'_> {
    /// No change at all.
    #[inline]
    pub(crate) fn none(world: &World) -> Self {
        let (now, waited, network) = (world.now, Duration::ZERO, OnNetwork::Nothing);
        Change { now, waited, acted: None, stranger: None, port: None, network }
    }

    /// What the endpoint sent, and to which stranger if not to the peer.
    pub(crate) fn sent(&self) -> impl Iterator<Item = (Option<StrangerId>, &Segment)> {
        let letters = self.port.iter().flat_map(|(_, letters)| letters);
        let straight = self.acted.as_ref().filter(|_| self.port.is_none());
        letters
            .map(|(stranger, segment)| (*stranger, segment))
            .chain(straight.into_iter().flat_map(|(_, deed)| sent_to_peer(&deed.effects)))
    }
}

/// What was sent where there is nobody but the peer.
fn sent_to_peer(effects: &Effects) -> impl Iterator<Item = (Option<StrangerId>, &Segment)> {
    effects.segments().map(|segment| (None, segment))
}
