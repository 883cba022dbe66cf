//! The transmission control block: all that an endpoint remembers of a connection
//! (RFC 9293 section 3.3.1).

use alloc::vec::Vec;
use core::fmt;

use crate::{
    Duration, Few, Instant, Octets, Options, Segment, SeqNum, Settings, State, Timestamps, Window,
};

/// What an endpoint remembers of one connection.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Tcb {
    /// Where the connection is in its life. Never [`State::Closed`]: then there is no TCB.
    pub state: State,
    /// How the connection began, which decides where a refusal leads (MUST-11).
    pub origin: Origin,
    /// The port that a passive OPEN named, where it named one: nobody else is answered.
    pub awaited: Option<u16>,
    /// The numbers of what is sent from here.
    pub snd: SendSpace,
    /// The numbers of what is received here.
    pub rcv: ReceiveSpace,
    /// What the user has given to be sent, sent or not, until it is acknowledged.
    pub outgoing: Outgoing,
    /// What has arrived and is not with the user yet.
    pub incoming: Incoming,
    /// The most text that the peer takes in one segment: its MSS option, or 536 where it sent none
    /// (MUST-15).
    pub send_mss: u16,
    /// What both SYNs agreed on beyond MSS.
    pub agreed: Agreed,
    /// What was learned about the time that a round trip takes.
    pub round_trip: RoundTrip,
    /// The retransmission timer, while anything sent is not acknowledged.
    pub retransmission: Option<Retransmission>,
    /// The zero-window probe timer: when it expires, and after how long.
    pub probe: Option<(Instant, Duration)>,
    /// The acknowledgment that waits for something to carry it, if one does.
    pub delayed_ack: Option<DelayedAck>,
    /// When TIME-WAIT is over.
    pub time_wait: Option<Instant>,
    /// The keep-alive timer: when it expires, and how many probes were left unanswered.
    pub keep_alive: Option<(Instant, u8)>,
    /// Challenge ACKs: since when they are counted, and how many there were.
    pub challenges: (Instant, u8),
}

impl Tcb {
    /// A TCB that knows nothing yet.
    pub(crate) fn new(state: State, origin: Origin) -> Tcb {
        Tcb {
            state,
            origin,
            awaited: None,
            snd: SendSpace::default(),
            rcv: ReceiveSpace::default(),
            outgoing: Outgoing::default(),
            incoming: Incoming::default(),
            send_mss: Tcb::DEFAULT_SEND_MSS,
            agreed: Agreed::default(),
            round_trip: RoundTrip::default(),
            retransmission: None,
            probe: None,
            delayed_ack: None,
            time_wait: None,
            keep_alive: None,
            challenges: (Instant::START, 0),
        }
    }

    /// The send MSS where the peer's SYN names none (MUST-15, over IPv4).
    pub const DEFAULT_SEND_MSS: u16 = 536;

    /// When this timer expires, if it runs, by the endpoint's settings.
    pub(crate) fn timer(&self, timer: Timer, settings: &Settings) -> Option<Instant> {
        match timer {
            Timer::Retransmission => self.retransmission.map(|running| running.due_at),
            Timer::User => self.retransmission.map(|running| running.since + settings.user_timeout),
            Timer::Probe => self.probe.map(|(due_at, _)| due_at),
            Timer::TimeWait => self.time_wait,
            Timer::DelayedAck => self.delayed_ack.map(|delayed| delayed.due_at),
            // Nobody is asked for a sign of life who owes an acknowledgment (MUST-26).
            Timer::KeepAlive if self.snd.una != self.snd.nxt => None,
            Timer::KeepAlive => self.keep_alive.map(|(due_at, _)| due_at),
            // The quiet time is the endpoint's: it needs no connection.
            Timer::Quiet => None,
        }
    }

    /// The most text that goes out in one segment: what the peer takes, less the options that every
    /// segment carries (MUST-16, section 3.7.1).
    pub fn effective_send_mss(&self) -> u16 {
        self.less_options(self.send_mss)
    }

    /// The most text that the peer sends in one segment: what we take, less the same options. Two
    /// of these are acknowledged at once (SHLD-19).
    pub fn effective_receive_mss(&self, settings: &Settings) -> u16 {
        let announced = settings.offers.mss.then_some(settings.mss);
        self.less_options(announced.unwrap_or(Tcb::DEFAULT_SEND_MSS))
    }

    fn less_options(&self, mss: u16) -> u16 {
        let timestamps = self.agreed.timestamps.map(|_| Timestamps::default());
        let options = Options { timestamps, ..Options::default() };
        mss.saturating_sub(options.octets()).max(1)
    }

    /// Has our SYN been acknowledged?
    pub fn is_syn_acknowledged(&self) -> bool {
        self.snd.una != self.snd.iss
    }

    /// Has our FIN been sent and acknowledged?
    pub fn is_fin_acknowledged(&self) -> bool {
        self.outgoing.fin.is_some_and(|fin| fin.is_before(self.snd.una))
    }
}

/// Most of it is plain numbers, which are copied in one go.
impl Clone for Tcb {
    #[inline]
    fn clone(&self) -> Tcb {
        Tcb { outgoing: self.outgoing.clone(), incoming: self.incoming.clone(), ..*self }
    }

    /// Nothing is made elsewhere and moved.
    #[inline]
    fn clone_from(&mut self, other: &Tcb) {
        self.outgoing.clone_from(&other.outgoing);
        self.incoming.clone_from(&other.incoming);
        (self.state, self.origin, self.awaited) = (other.state, other.origin, other.awaited);
        (self.snd, self.rcv, self.send_mss) = (other.snd, other.rcv, other.send_mss);
        (self.agreed, self.round_trip) = (other.agreed, other.round_trip);
        (self.retransmission, self.probe) = (other.retransmission, other.probe);
        (self.delayed_ack, self.time_wait) = (other.delayed_ack, other.time_wait);
        (self.keep_alive, self.challenges) = (other.keep_alive, other.challenges);
    }
}

/// What both SYNs agreed on. An option counts only where both carried it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Agreed {
    /// Window scaling (RFC 7323 section 2).
    pub scale: Option<Scale>,
    /// Selective acknowledgments were permitted; none are sent here (RFC 2018).
    pub sack_permitted: bool,
    /// Timestamps (RFC 7323 sections 3 to 5).
    pub timestamps: Option<Clocks>,
}

/// The shifts of both windows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Scale {
    /// Snd.Wind.Shift: the windows that the peer announces count so many bits more.
    pub snd: u8,
    /// Rcv.Wind.Shift: the windows that we announce count so many bits more.
    pub rcv: u8,
}

impl Scale {
    /// The largest shift; a larger one counts as this (RFC 7323 section 2.3).
    pub const SHIFT_MAX: u8 = 14;

    /// What the shifts come to that both SYNs asked for.
    pub(crate) fn new(snd: u8, rcv: u8) -> Scale {
        Scale { snd: snd.min(Scale::SHIFT_MAX), rcv: rcv.min(Scale::SHIFT_MAX) }
    }
}

/// What timestamps are judged by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Clocks {
    /// TS.Recent, the peer's clock that is echoed.
    pub recent: u32,
    /// When it was taken over. It says nothing any more after 24 days (RFC 7323 section 5.5).
    pub recent_at: Instant,
    /// Last.ACK.sent, the acknowledgment number that went out last.
    pub last_ack_sent: SeqNum,
}

impl Clocks {
    /// How long TS.Recent counts: a clock that ticks every millisecond is half round after 24.8
    /// days, and cannot be compared beyond.
    pub const VALID_FOR: Duration = Duration::from_secs(24 * 24 * 3600);

    /// Is this clock before the one that was taken over last (the R1 of RFC 7323 section 5.3)?
    pub(crate) fn are_after(&self, value: u32, now: Instant) -> bool {
        let is_valid = now - self.recent_at < Clocks::VALID_FOR;
        is_valid && SeqNum(value).is_before(SeqNum(self.recent))
    }
}

/// What is to be sent, or was sent and may have to be sent again.
#[derive(PartialEq, Eq, Hash, Default, Debug)]
pub struct Outgoing {
    /// The retransmission queue: text that was sent and is not acknowledged, the oldest first, in
    /// the segments in which it was sent.
    pub unacknowledged: Few<(SeqNum, Octets)>,
    /// Text that was not sent yet.
    pub unsent: Octets,
    /// The user has called CLOSE: a FIN goes behind the last octet.
    pub fin_wanted: bool,
    /// The number of our FIN, once it was sent.
    pub fin: Option<SeqNum>,
}

impl Clone for Outgoing {
    #[inline]
    fn clone(&self) -> Outgoing {
        let (unacknowledged, unsent) = (self.unacknowledged.clone(), self.unsent.clone());
        Outgoing { unacknowledged, unsent, ..*self }
    }

    #[inline]
    fn clone_from(&mut self, other: &Outgoing) {
        self.unacknowledged.clone_from(&other.unacknowledged);
        self.unsent.clone_from(&other.unsent);
        (self.fin_wanted, self.fin) = (other.fin_wanted, other.fin);
    }
}

/// What has arrived.
#[derive(PartialEq, Eq, Hash, Default, Debug)]
pub struct Incoming {
    /// Text in order that the user has not received yet.
    pub unread: Octets,
    /// The user has called RECEIVE and waits for text.
    pub wanted: bool,
    /// Segments that came before their turn (SHLD-31), by distance from RCV.NXT.
    pub held: Vec<Segment>,
    /// A listener has made the connection and nobody has accepted it: what arrives waits.
    pub awaits_accept: bool,
}

impl Clone for Incoming {
    #[inline]
    fn clone(&self) -> Incoming {
        Incoming { unread: self.unread.clone(), held: self.held.clone(), ..*self }
    }

    #[inline]
    fn clone_from(&mut self, other: &Incoming) {
        self.unread.clone_from(&other.unread);
        self.held.clone_from(&other.held);
        (self.wanted, self.awaits_accept) = (other.wanted, other.awaits_accept);
    }
}

/// RFC 6298's estimate of the round trip.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct RoundTrip {
    /// SRTT and RTTVAR, once a round trip was measured.
    pub estimate: Option<(Duration, Duration)>,
    /// The segment that is being timed: the acknowledgment that will stop the clock, and when it
    /// was sent. A segment that was sent twice is never timed (Karn).
    pub timed: Option<(SeqNum, Instant)>,
    /// RTO as it was doubled last. It holds until a round trip is measured again (section 5).
    pub backed_off: Option<Duration>,
    /// The SYN was sent more than once: RTO is at least 3 seconds when text begins (section 5.7).
    pub syn_repeated: bool,
}

impl RoundTrip {
    /// RTO: SRTT + 4 RTTVAR, at least 1 second; 1 second before any measurement (section 2); as it
    /// was doubled last, until the next measurement.
    pub fn rto(&self) -> Duration {
        if let Some(backed_off) = self.backed_off {
            return backed_off;
        }
        let Some((srtt, rttvar)) = self.estimate else {
            let first = if self.syn_repeated { 3 } else { 1 };
            return Duration::from_secs(first);
        };
        let rto = Duration(srtt.0.saturating_add(rttvar.0.saturating_mul(4)));
        rto.clamp(Duration::from_secs(1), Duration::from_secs(60))
    }

    /// Takes a measured round trip into the estimate (sections 2.2 and 2.3).
    pub(crate) fn measure(&mut self, measured: Duration) {
        self.backed_off = None;
        self.estimate = Some(match self.estimate {
            None => (measured, Duration(measured.0 / 2)),
            Some((srtt, rttvar)) => {
                let off = srtt.0.abs_diff(measured.0);
                let rttvar = rttvar.0.saturating_mul(3).saturating_add(off) / 4;
                let srtt = srtt.0.saturating_mul(7).saturating_add(measured.0) / 8;
                (Duration(srtt), Duration(rttvar))
            }
        });
    }
}

/// How a connection began.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// By a passive OPEN, i.e. by waiting in LISTEN.
    Passive,
    /// By an active OPEN, i.e. by sending a SYN.
    Active,
}

/// The send sequence variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct SendSpace {
    /// SND.UNA, the oldest number not acknowledged yet.
    pub una: SeqNum,
    /// SND.NXT, the number that the next octet will carry.
    pub nxt: SeqNum,
    /// SND.WND, the octets beyond SND.UNA that the peer has room for.
    pub wnd: u32,
    /// MAX.SND.WND, the largest SND.WND so far (RFC 5961 section 5.2).
    pub max_wnd: u32,
    /// SND.WL1, the SEG.SEQ of the segment that last set SND.WND.
    pub wl1: SeqNum,
    /// SND.WL2, the SEG.ACK of the segment that last set SND.WND.
    pub wl2: SeqNum,
    /// ISS, the initial number, i.e. the number of our SYN.
    pub iss: SeqNum,
}

/// The receive sequence variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct ReceiveSpace {
    /// RCV.NXT, the number expected next.
    pub nxt: SeqNum,
    /// RCV.WND, the octets beyond RCV.NXT that we have room for.
    pub wnd: u32,
    /// IRS, the peer's initial number, i.e. the number of its SYN.
    pub irs: SeqNum,
}

impl ReceiveSpace {
    /// The numbers that may arrive now.
    pub fn window(&self) -> Window {
        Window { start: self.nxt, length: self.wnd }
    }
}

/// The retransmission timer of RFC 6298 while it runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Retransmission {
    /// When it expires.
    pub due_at: Instant,
    /// RTO, the time from its start to its expiry.
    pub rto: Duration,
    /// When the segment that it guards was first sent.
    pub since: Instant,
}

/// An acknowledgment that is held back (RFC 9293 section 3.8.6.3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DelayedAck {
    /// When it goes out, if nothing has carried it by then.
    pub due_at: Instant,
    /// RCV.NXT as it was acknowledged last.
    pub since: SeqNum,
}

/// What an endpoint can wait for with a clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Sends the oldest unacknowledged segment again (RFC 6298).
    Retransmission,
    /// Gives up when nothing was acknowledged for the whole user timeout (section 3.10.8).
    User,
    /// Asks whether a closed window has opened (section 3.8.6.1).
    Probe,
    /// Sends an acknowledgment that nothing has carried so far (section 3.8.6.3).
    DelayedAck,
    /// Ends TIME-WAIT after 2 MSL (section 3.10.8).
    TimeWait,
    /// Asks whether a silent peer is still there (section 3.8.4).
    KeepAlive,
    /// Ends the quiet time after a crash (section 3.4.3). It needs no connection.
    Quiet,
}

impl Timer {
    /// Every timer, in the order in which they are listed.
    pub const ALL: [Timer; 7] = [
        Timer::Retransmission,
        Timer::User,
        Timer::Probe,
        Timer::DelayedAck,
        Timer::TimeWait,
        Timer::KeepAlive,
        Timer::Quiet,
    ];

    /// Its word in the text of a run.
    pub fn word(self) -> &'static str {
        match self {
            Timer::Retransmission => "rto",
            Timer::User => "giveup",
            Timer::Probe => "probe",
            Timer::DelayedAck => "ack",
            Timer::TimeWait => "2msl",
            Timer::KeepAlive => "keepalive",
            Timer::Quiet => "quiet",
        }
    }
}

impl fmt::Display for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Timer::Retransmission => "retransmission",
            Timer::User => "user",
            Timer::Probe => "zero-window probe",
            Timer::DelayedAck => "delayed ACK",
            Timer::TimeWait => "TIME-WAIT",
            Timer::KeepAlive => "keep-alive",
            Timer::Quiet => "quiet time",
        })
    }
}
