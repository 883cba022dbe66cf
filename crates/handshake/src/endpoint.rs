//! One end of a connection: it is given an input and returns what it did.

use crate::turn::Turn;
use crate::{
    Call, Duration, Effects, Instant, Segment, SeqNum, State, Tcb, Timer, Variant, arrival, call,
    expiry,
};

/// One TCP endpoint with room for one connection.
///
/// The verbs: [`handle`](Self::handle) is the only one that changes a connection;
/// [`state`](Self::state), [`tcb`](Self::tcb) and [`timer`](Self::timer) look.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Endpoint {
    pub(crate) settings: Settings,
    pub(crate) numbers: InitialNumbers,
    pub(crate) peer_port: u16,
    pub(crate) quiet_until: Option<Instant>,
    pub(crate) tcb: Option<Tcb>,
}

impl Clone for Endpoint {
    #[inline]
    fn clone(&self) -> Endpoint {
        Endpoint { tcb: self.tcb.clone(), ..*self }
    }

    #[inline]
    fn clone_from(&mut self, other: &Endpoint) {
        self.tcb.clone_from(&other.tcb);
        (self.settings, self.numbers) = (other.settings, other.numbers);
        (self.peer_port, self.quiet_until) = (other.peer_port, other.quiet_until);
    }
}

/// What an endpoint is told once and for all.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Settings {
    /// The octets that it has room for, i.e. RCV.WND while nothing is unread, as far as a segment
    /// can announce them.
    pub window: u32,
    /// The maximum segment size that its SYNs announce (MUST-14).
    pub mss: u16,
    /// The options that its SYNs offer, and that it agrees to where the peer's offers them.
    pub offers: Offers,
    /// MSL, the longest life of a segment. TIME-WAIT lasts twice as long (section 3.4.2).
    pub msl: Duration,
    /// How long something may go unacknowledged before the user timeout ends the connection.
    pub user_timeout: Duration,
    /// Does the user take text as soon as it is there, or only when it calls RECEIVE?
    pub reads_at_once: bool,
    /// Does the acknowledgment of text or FIN wait for [`Endpoint::ACK_DELAY`], so that something
    /// else can carry it (SHLD-18)? Otherwise it goes out at once.
    pub delays_acks: bool,
    /// Keep-alive probes, which are off unless asked for (MUST-25).
    pub keep_alive: Option<KeepAlive>,
    /// Does it keep quiet for one MSL after it forgot everything (section 3.4.3)? A stack may omit
    /// that, at its own risk.
    pub quiet_time: bool,
    /// How it departs from the RFC.
    pub variant: Variant,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            window: 65_535,
            mss: 1460,
            offers: Offers::default(),
            msl: Duration::from_secs(120),
            user_timeout: Duration::from_secs(300),
            reads_at_once: true,
            delays_acks: false,
            keep_alive: None,
            quiet_time: false,
            variant: Variant::Rfc9293,
        }
    }
}

/// The options that an endpoint knows. Each can be switched off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Offers {
    /// Maximum segment size.
    pub mss: bool,
    /// Window scale, with the shift of the windows that it announces itself.
    pub window_scale: Option<u8>,
    /// SACK-permitted. It is agreed on, as most endpoints do, but no SACK is sent: all
    /// acknowledgments here are cumulative, which RFC 2018 allows.
    pub sack_permitted: bool,
    /// Timestamps.
    pub timestamps: bool,
}

impl Default for Offers {
    fn default() -> Self {
        Offers { mss: true, window_scale: None, sack_permitted: false, timestamps: false }
    }
}

/// How to find out whether a silent peer is still there (section 3.8.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct KeepAlive {
    /// How long nothing may arrive before the first probe; at least two hours by default (MUST-28).
    pub idle: Duration,
    /// How long to wait for the answer to a probe.
    pub interval: Duration,
    /// How many probes may go unanswered: one alone proves nothing (MUST-29).
    pub probes: u8,
}

impl Default for KeepAlive {
    fn default() -> Self {
        KeepAlive { idle: Duration::from_secs(7200), interval: Duration::from_secs(75), probes: 9 }
    }
}

/// Where initial sequence numbers come from: they are an input, so that a run can be repeated.
///
/// A real endpoint computes them from a clock and a secret (RFC 9293 section 3.4.1), as
/// [`initial_number`](crate::initial_number) does; here the first is given and each later
/// connection begins `step` further on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct InitialNumbers {
    /// ISS of the next connection.
    pub next: SeqNum,
    /// How far apart the numbers of successive connections lie.
    pub step: u32,
}

impl InitialNumbers {
    pub(crate) fn take(&mut self) -> SeqNum {
        let iss = self.next;
        self.next = iss + self.step;
        iss
    }
}

/// What can happen to an endpoint (RFC 9293 section 3.10: user calls, arriving segments, timeouts).
///
/// It is only shown to the endpoint, so that nobody has to copy a segment to deliver it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Input<'a> {
    /// Its user calls.
    Call(&'a Call),
    /// A segment arrives.
    Segment(&'a Segment),
    /// A timer expires.
    Expired(Timer),
}

impl Endpoint {
    /// The greatest RTO (RFC 6298 section 2.5 allows a limit of 60 seconds or more).
    pub const LONGEST_RTO: Duration = Duration::from_secs(60);
    /// R2 for a SYN: how long to try before giving up (RFC 9293 section 3.8.3, MUST-23).
    pub const SYN_R2: Duration = Duration::from_secs(180);
    /// R2 for text and FIN (section 3.8.3, SHLD-11).
    pub const R2: Duration = Duration::from_secs(100);
    /// How long an acknowledgment waits where it may: less than half a second (MUST-40), as long as
    /// Linux and others wait.
    pub const ACK_DELAY: Duration = Duration::from_millis(200);
    /// How many challenge ACKs go out in [`Self::CHALLENGE_PERIOD`] (RFC 5961 section 7).
    pub const CHALLENGES_MAX: u8 = 10;
    /// The time in which challenge ACKs are counted.
    pub const CHALLENGE_PERIOD: Duration = Duration::from_secs(5);

    /// An endpoint in CLOSED.
    pub fn new(settings: Settings, numbers: InitialNumbers) -> Endpoint {
        Endpoint { settings, numbers, peer_port: 0, quiet_until: None, tcb: None }
    }

    /// The same endpoint, with a peer that calls from this port; from port 0 unless it is said.
    ///
    /// It matters only to [`Call::PassiveOpenFor`].
    #[must_use]
    pub fn with_peer_port(self, peer_port: u16) -> Endpoint {
        Endpoint { peer_port, ..self }
    }

    /// Chooses ISS of the next connection. Initial numbers are an input here.
    pub fn choose_next_iss(&mut self, iss: SeqNum) {
        self.numbers.next = iss;
    }

    /// ISS of the next connection, unless another is chosen.
    pub fn next_iss(&self) -> SeqNum {
        self.numbers.next
    }

    /// Takes an input at a moment, and returns all that it led to.
    pub fn handle(&mut self, now: Instant, input: Input<'_>) -> Effects {
        let mut effects = Effects::with_room();
        self.handle_into(now, input, &mut effects);
        effects
    }

    /// The same, with the effects put in the place of older ones: who keeps none of them needs
    /// heap memory once only.
    pub fn handle_into(&mut self, now: Instant, input: Input<'_>, effects: &mut Effects) {
        effects.clear();
        let mut turn = Turn::new(self, now, effects);
        match input {
            Input::Call(call) => call::handle(&mut turn, call),
            Input::Segment(segment) => arrival::handle(&mut turn, segment),
            Input::Expired(timer) => expiry::handle(&mut turn, timer),
        }
    }

    /// Loses power at a moment: all is forgotten, and nobody is told. What it begins next has a new
    /// number. With [`Settings::quiet_time`] it begins nothing and says nothing for one MSL.
    pub fn crash(&mut self, now: Instant) -> Effects {
        self.turn(now, |turn| {
            if turn.state() != State::Closed {
                turn.delete();
            }
            if turn.endpoint.settings.quiet_time {
                turn.keep_quiet();
            }
        })
    }

    /// Does something of its own accord, and returns all that it led to.
    pub(crate) fn turn(&mut self, now: Instant, act: impl FnOnce(&mut Turn<'_>)) -> Effects {
        let mut effects = Effects::default();
        act(&mut Turn::new(self, now, &mut effects));
        effects
    }

    /// The state; [`State::Closed`] where there is no connection.
    pub fn state(&self) -> State {
        self.tcb.as_ref().map_or(State::Closed, |tcb| tcb.state)
    }

    /// Is there a connection that the user can name? One that a listener has made has to be
    /// accepted first.
    pub(crate) fn is_accepted(&self) -> bool {
        let tcb = self.tcb.as_ref();
        tcb.is_some_and(|tcb| tcb.state != State::Listen && !tcb.incoming.awaits_accept)
    }

    /// What it remembers of the connection, if there is one.
    pub fn tcb(&self) -> Option<&Tcb> {
        self.tcb.as_ref()
    }

    /// When this timer expires, if it runs.
    pub fn timer(&self, timer: Timer) -> Option<Instant> {
        match timer {
            Timer::Quiet => self.quiet_until,
            _ => self.tcb()?.timer(timer, &self.settings),
        }
    }

    /// The timer that expires next, and when.
    pub fn next_timeout(&self) -> Option<(Instant, Timer)> {
        let running = Timer::ALL.into_iter().filter_map(|timer| Some((self.timer(timer)?, timer)));
        running.min_by_key(|(due_at, _)| *due_at)
    }

    /// How long a timer that runs takes from its start to its expiry.
    pub fn length_of(&self, timer: Timer) -> Option<Duration> {
        self.timer(timer)?;
        let tcb = self.tcb();
        Some(match timer {
            Timer::Quiet => self.settings.msl,
            Timer::Retransmission => tcb?.retransmission?.rto,
            Timer::User => self.settings.user_timeout,
            Timer::Probe => tcb?.probe?.1,
            Timer::DelayedAck => Endpoint::ACK_DELAY,
            Timer::TimeWait => self.settings.msl.doubled(),
            Timer::KeepAlive => {
                let settings = self.settings.keep_alive?;
                if tcb?.keep_alive?.1 == 0 { settings.idle } else { settings.interval }
            }
        })
    }

    /// Is this still its quiet time?
    pub(crate) fn is_quiet(&self, now: Instant) -> bool {
        self.quiet_until.is_some_and(|over| now < over)
    }

    /// Did its passive OPEN name somebody else than the peer?
    pub(crate) fn awaits_another(&self) -> bool {
        let awaited = self.tcb().and_then(|tcb| tcb.awaited);
        awaited.is_some_and(|awaited| awaited != self.peer_port)
    }

    /// What it was told once and for all.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
