//! The endpoint against the real kernel: what Linux 6.18 did in recorded conversations is done
//! again, and every segment that Linux sent, and each side's path through the states, is compared.
//!
//! Each endpoint gets exactly what its kernel got: the same calls, the same arriving segments, at
//! the same times. A segment that Linux sent because a timer expired makes our timer expire as
//! well; that ours would have expired at another time is a difference like any other. Linux keeps
//! a listener beside its connections, we have room for one: here, whoever listens does so again
//! as soon as its connection is gone, and LISTEN counts as CLOSED in the paths.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use handshake::{
    Call, Duration, Effects, Endpoint, Flags, InitialNumbers, Input, Instant, KeepAlive, Options,
    PerSide, Segment, SeqNum, Settings, Side, State, Timer,
};
use serde::Deserialize;
use serde_json::Value;

/// What is allowed to differ: in which capture, what, and why.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("06a-linger0-abort-after-accept", "B>R. 1/1, ours B>R 1", ABORT),
    ("06b-close-with-unread-data", "B from state 3: CLOSED, ours FIN-WAIT-1", UNREAD),
    ("06b-close-with-unread-data", "only Linux: B>R. 1/11", UNREAD),
    ("06b-close-with-unread-data", "only ours: B>F. 1/11", UNREAD),
    ("06d-listener-closed-with-queued-connections", "B>R. 1/1, ours B>R 1", ABORT),
    ("06e-client-aborts-before-accept", "A>R. 1/1, ours A>R 1", ABORT),
    ("06g-abort-in-close-wait", "B>R. 1/2, ours B>R 1", ABORT),
    ("06i-listener-closed-in-syn-received", "B CLOSED at 0.22 s, ours at 0.10 s", FORGOTTEN),
    ("06i-listener-closed-in-syn-received", "only ours: B>R 1", FORGOTTEN),
    ("07a-simultaneous-open", "only Linux: A>. 1/1", CROSSED),
    ("07a-simultaneous-open", "only Linux: B>. 1/1", CROSSED),
    (
        "07c-self-connect",
        "A from state 1: ESTABLISHED TIME-WAIT, \
         ours SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT",
        SEEN_LATE,
    ),
    ("07c-self-connect", "only Linux: A>. 1/1", CROSSED),
    ("07e-simultaneous-open-with-listeners", "only Linux: A>. 1/1", CROSSED),
    ("07e-simultaneous-open-with-listeners", "only Linux: B>. 1/1", CROSSED),
    ("09b-syn-lost-linear", "A>S 0 at 2.03 s, ours at 3.00 s", LINEAR),
    ("09b-syn-lost-linear", "A>S 0 at 3.05 s, ours at 6.03 s", LINEAR),
    ("09b-syn-lost-linear", "A>S 0 at 4.07 s, ours at 11.05 s", LINEAR),
    ("10a-synack-lost", "only Linux: B>S. 0/1", SYN_AGAIN),
    ("10a-synack-lost", "only ours: B>. 1/1", SYN_AGAIN),
    ("11e-defer-accept", "B ESTABLISHED at 0.24 s, ours at 0.03 s", DEFERRED),
    ("12a-active-fin-lost", "A>F. 1/1 at 0.33 s, ours at 1.11 s", LEAST_RTO),
    ("13a-last-ack-lost", "B>F. 1/2 at 0.45 s, ours at 1.23 s", LEAST_RTO),
    ("13b-last-ack-lost-and-peer-rebooted", "B>F. 1/2 at 0.46 s, ours at 1.23 s", LEAST_RTO),
    ("14b-half-open-discovery-by-syn", "A>S 0 at 0.24 s, ours at 1.21 s", SYN_SOON),
    ("14c-socket-destroyed", "B>R. 1/1, ours B>R 1", ABORT),
    ("15d-syn-in-syn-received", "only Linux: B>R. raw0/3001", OTHER_SYN),
    ("15d-syn-in-syn-received", "only Linux: B>S. 0/1", SYN_AGAIN),
    ("15d-syn-in-syn-received", "only ours: B>. 1/1", SYN_AGAIN),
    ("16a-blind-rst", "only Linux: B>. 1/1", EDGE),
    ("16c-rst-in-time-wait", "only ours: A>. 2/2", TIME_WAIT_RESET),
    ("16d-rst-in-time-wait-rfc1337", "A from state 6: no more, ours CLOSED", RFC_1337),
    ("16d-rst-in-time-wait-rfc1337", "only ours: A>. 2/2", TIME_WAIT_RESET),
    ("16j-challenge-ack-rate-limit", "only ours: B>. 1/1", CHALLENGES),
    ("16j-challenge-ack-rate-limit", "only ours: B>. 1/1, again", CHALLENGES),
    ("17a-unacceptable-ack-in-syn-sent", "A>S 0 at 0.04 s, ours at 1.00 s", SYN_SOON),
    ("18c-recovery-from-old-duplicate-syn", "A>S 0 at 0.02 s, ours at 1.00 s", SYN_SOON),
    ("18d-real-syn-while-syn-received-for-old", "A>S 0 at 0.06 s, ours at 1.00 s", SYN_SOON),
    ("18d-real-syn-while-syn-received-for-old", "only Linux: B>R. raw0/1", OTHER_SYN),
    ("19b-syn-to-time-wait-lower-isn", "A>S 0 at 0.38 s, ours at 1.35 s", SYN_SOON),
    (
        "21a-syn-cookies-always",
        "B from state 1: ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED, \
         ours SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED",
        COOKIES,
    ),
    (
        "21b-syn-cookie-forged",
        "B from state 1: ESTABLISHED, ours SYN-RECEIVED ESTABLISHED",
        COOKIES,
    ),
    (
        "21c-syn-cookie-third-ack-lost",
        "B from state 1: ESTABLISHED, ours SYN-RECEIVED ESTABLISHED",
        COOKIES,
    ),
    ("21c-syn-cookie-third-ack-lost", "only ours: B>S. 0/1", COOKIES),
    ("22d-fin-wait-2-timeout", "A from state 5: CLOSED, ours TIME-WAIT", FIN_WAIT_2),
    ("22d-fin-wait-2-timeout", "only Linux: A>R 2", FIN_WAIT_2),
    ("22d-fin-wait-2-timeout", "only ours: A>. 2/2", FIN_WAIT_2),
    ("22e-data-never-acked", "A>. 1/1(5) at 0.34 s, ours at 1.11 s", LEAST_RTO),
    ("22e-data-never-acked", "A>. 1/1(5) at 0.81 s, ours at 2.34 s", LEAST_RTO),
    ("22e-data-never-acked", "A>. 1/1(5) at 1.74 s, ours at 4.81 s", LEAST_RTO),
    ("22f-user-timeout", "A>. 1/1(5) at 0.33 s, ours at 1.11 s", LEAST_RTO),
    ("22f-user-timeout", "A>. 1/1(5) at 0.80 s, ours at 2.33 s", LEAST_RTO),
    ("22f-user-timeout", "A CLOSED at 1.35 s, ours at 1.11 s", LOOKS_LATE),
    ("23a-keepalive-dead-peer", "A>R. 1/1, ours A>R 1", ABORT),
    ("23d-keepalive-in-half-close", "A>. 1/1 at 1.14 s, ours at 2.14 s", PROBED),
    ("25g-fin-waits-for-window", "only Linux: A>. 1/1(730)", HALF_WINDOW),
    ("25g-fin-waits-for-window", "only Linux: A>. 1460/1", PROBE),
    ("25g-fin-waits-for-window", "only Linux: A>. 1460/1, again", PROBE),
    ("25g-fin-waits-for-window", "only Linux: A>. 1461/1(730)", PROBE),
    ("25g-fin-waits-for-window", "only Linux: A>. 731/1(730)", HALF_WINDOW),
    ("25g-fin-waits-for-window", "only Linux: A>F. 3651/1(350)", FIN_ALONE),
    ("25g-fin-waits-for-window", "only ours: A>. 1/1(1460)", HALF_WINDOW),
    ("25g-fin-waits-for-window", "only ours: A>. 1461/1(1)", PROBE),
    ("25g-fin-waits-for-window", "only ours: A>. 1462/1(729)", PROBE),
    ("25g-fin-waits-for-window", "only ours: A>. 3651/1(350)", FIN_ALONE),
    ("25g-fin-waits-for-window", "only ours: A>F. 4001/1", FIN_ALONE),
    ("25g-fin-waits-for-window", "only ours: B>. 1/1461", CHALLENGES),
    ("25r-shutdown-both-ways", "A from state 5: CLOSED, ours no more", DEAF),
    ("25r-shutdown-both-ways", "only Linux: A>R 2", DEAF),
    ("25r-shutdown-both-ways", "only ours: A>. 2/6", DEAF),
];

const ABORT: &str = "an ABORT sends a bare RST (section 3.10.5), in Linux a RST,ACK";
const CHALLENGES: &str = "Linux answers only one such segment in 500 ms, we ten in 5 s";
const COOKIES: &str = "with a SYN cookie Linux keeps nothing, and is never in SYN-RECEIVED";
const CROSSED: &str = "Linux answers a crossing SYN,ACK with an ACK, figure 7 does not";
const DEAF: &str =
    "Linux answers text after shutdown(SHUT_RDWR) with a RST; CLOSE lets the peer speak";
const DEFERRED: &str = "with TCP_DEFER_ACCEPT the third ACK is ignored until text comes";
const EDGE: &str = "to Linux a RST at RCV.NXT+RCV.WND is in the window still, in table 6 it is not";
const FIN_ALONE: &str = "our FIN never rides on text";
const FIN_WAIT_2: &str = "tcp_fin_timeout ends FIN-WAIT-2; the RFC waits for ever";
const FORGOTTEN: &str = "an ABORT in SYN-RECEIVED sends a RST, Linux only refuses the third ACK";
const HALF_WINDOW: &str = "Linux sends no more at once than half the largest window it was offered";
const LEAST_RTO: &str = "the least RTO is 1 s in RFC 6298 section 2.4, and 200 ms in Linux";
const LINEAR: &str =
    "the first four SYNs of Linux go out 1 s apart, RFC 6298 section 5.5 doubles RTO";
const LOOKS_LATE: &str = "Linux looks at its user timeout only when it would send again";
const OTHER_SYN: &str =
    "another SYN in SYN-RECEIVED leads to LISTEN in silence, in Linux it is refused";
const PROBE: &str =
    "Linux probes a closed window with an old number, section 3.8.6.1 with an octet";
const PROBED: &str = "to us the peer's keep-alive probe is a sign of life, to Linux it is not";
const RFC_1337: &str = "tcp_rfc1337=1: no RST ends TIME-WAIT. RFC 9293 has no such setting";
const SEEN_LATE: &str = "no state that lasts no time over loopback was seen";
const SYN_AGAIN: &str =
    "a repeated SYN in SYN-RECEIVED is answered with an ACK, by Linux with SYN,ACK";
const SYN_SOON: &str = "after an unacceptable ACK, Linux soon sends its SYN again";
const TIME_WAIT_RESET: &str = "Linux challenges no RST in TIME-WAIT, RFC 5961 does in every state";
const UNREAD: &str =
    "close() while text is unread is a RST in Linux; our CLOSE says goodbye all the same";

/// Captures that are not replayed, and why.
const NOT_REPLAYED: &[(&str, &str)] = &[
    ("19g-server-restart-address-in-use", SEVERAL),
    ("20a-accept-queue-full-syn-dropped", SEVERAL),
    ("20b-accept-queue-full-ack-dropped", SEVERAL),
    ("20d-listen-0-cookie-then-overflow", SEVERAL),
    ("21d-syn-flood-cookies-on-demand", SEVERAL),
    ("21e-syn-flood-no-cookies", SEVERAL),
    ("22g-icmp-unreachable", "ICMP is not modelled"),
    ("24b-tcp-fast-open", FAST_OPEN),
    ("24c-tfo-early-data-and-early-reply", FAST_OPEN),
    ("24d-scans-against-listen", SEVERAL),
    ("24e-bad-checksum", "checksums are not modelled"),
    ("25c-ecn-negotiation", "ECN is not modelled"),
    ("25l-two-clients-one-listener", SEVERAL),
];

const SEVERAL: &str = "several connections: an endpoint has room for one";
const FAST_OPEN: &str = "TCP Fast Open is not modelled";

/// Where Linux held an acknowledgment back, and its own FIN carried it. In the others it sent all
/// at once.
const DELAYED_ACKS: &[&str] = &["04a-fin-ack-merged"];

/// How long Linux tried, where it was told to give up after so many milliseconds or tries.
const USER_TIMEOUTS: &[(&str, u64)] = &[
    ("22a-connect-timeout", 7000),
    ("22b-syn-received-timeout", 7000),
    ("22e-data-never-acked", 3400),
    ("22f-user-timeout", 1000),
];

/// All captures, as `tests/data/linux` has them.
#[derive(Deserialize)]
struct Captures {
    captures: Vec<Capture>,
}

/// One conversation. Times are microseconds.
#[derive(Deserialize)]
struct Capture {
    name: String,
    title: String,
    /// The segments were not the same each time it was recorded, the states were.
    #[serde(default)]
    unstable: bool,
    /// When, which call, and its result.
    calls: Vec<(u64, String, Value)>,
    /// In the order of sending.
    segments: Vec<Captured>,
    /// When, on which host, and which state a timer led to.
    expired: Vec<(u64, String, String)>,
    /// The host, the client's port, and the states of that connection there, with their times.
    paths: Vec<(String, u16, Path)>,
}

/// States, and when each was entered.
type Path = Vec<(String, u64)>;

/// A segment that was seen on the wire.
#[derive(Deserialize)]
struct Captured {
    t: u64,
    from: String,
    /// Where it went, if not to the other host.
    to: Option<String>,
    flags: String,
    seq: u32,
    ack: Option<u32>,
    len: u32,
    window: u16,
    mss: Option<u16>,
    /// When it reached the other host, if it did.
    arrives: Option<u64>,
    /// Not the kernel's.
    crafted: Option<String>,
}

impl Captured {
    fn segment(&self) -> Segment {
        Segment {
            seq: SeqNum(self.seq),
            ack: SeqNum(self.ack.unwrap_or(0)),
            flags: flags_named(&self.flags),
            window: self.window,
            options: Options { mss: self.mss, ..Options::default() },
            text: vec![b'.'; self.len as usize].into(),
        }
    }
}

fn captures() -> Vec<Capture> {
    let all: Captures =
        serde_json::from_str(include_str!("data/linux/captures.json")).expect("well-formed JSON");
    all.captures
}

fn flags_named(names: &str) -> Flags {
    let known = Flags::IN_HEADER_ORDER.into_iter();
    let set = known.filter(|(_, name)| names.split(',').any(|given| given == *name));
    set.fold(Flags::NONE, |sum, (flag, _)| sum | flag)
}

fn side_named(name: &str) -> Side {
    match name {
        "A" => Side::A,
        "B" => Side::B,
        other => panic!("no host is called {other}"),
    }
}

/// The flags that are compared. When to push is the sender's own affair.
fn bits(segment: &Segment) -> u8 {
    segment.flags.bits() & !Flags::PSH.bits()
}

fn are_same(one: &Segment, other: &Segment) -> bool {
    bits(one) == bits(other)
        && one.seq == other.seq
        && one.acknowledges() == other.acknowledges()
        && one.text.len() == other.text.len()
}

/// Two resets at the same number, whether or not they acknowledge anything.
fn are_like_resets(one: &Segment, other: &Segment) -> bool {
    one.is_reset() && other.is_reset() && one.seq == other.seq
}

/// How far two times may lie apart: the kernel's clock for timers is coarse.
fn tolerance(at: Instant) -> Duration {
    Duration(60_000 + at.0 / 32)
}

fn are_apart(one: Instant, other: Instant) -> bool {
    (one - other).max(other - one) > tolerance(one.min(other))
}

fn seconds(at: Instant) -> String {
    format!("{}.{:02} s", at.as_millis() / 1000, at.as_millis() % 1000 / 10)
}

/// One thing that happened in a capture. What is listed first comes first at the same time.
enum Event<'a> {
    Called { side: Side, words: &'a str, result: &'a Value },
    Arrived { to: Side, segment: Segment },
    Sent { side: Side, segment: Segment, crafted: bool },
    Expired { side: Side, to: &'a str },
}

fn events(capture: &Capture) -> Vec<(Instant, Event<'_>)> {
    let called = capture.calls.iter().map(|(at, call, result)| {
        let (host, words) = call.split_once('.').expect("a host");
        (*at, Event::Called { side: side_named(host), words, result })
    });
    let arrived = capture.segments.iter().filter_map(|captured| {
        let to = captured.to.as_deref().map(side_named);
        let to = to.unwrap_or_else(|| side_named(&captured.from).peer());
        Some((captured.arrives?, Event::Arrived { to, segment: captured.segment() }))
    });
    let sent = capture.segments.iter().map(|captured| {
        let (side, segment) = (side_named(&captured.from), captured.segment());
        (captured.t, Event::Sent { side, segment, crafted: captured.crafted.is_some() })
    });
    let expired = capture.expired.iter();
    let expired =
        expired.map(|(at, host, to)| (*at, Event::Expired { side: side_named(host), to }));
    let all = called.chain(arrived).chain(sent).chain(expired);
    let mut all: Vec<_> = all.map(|(at, event)| (Instant(at), event)).collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

/// A host: our endpoint, and what else belongs to its sockets.
#[derive(Clone)]
struct Host {
    endpoint: Endpoint,
    /// The initial numbers that the kernel chose, the next one first.
    initial: VecDeque<SeqNum>,
    /// The number of the SYN by which numbers in differences are counted.
    base: Option<SeqNum>,
    /// When a segment arrived last.
    heard_at: Option<Instant>,
    listens: bool,
    accepted: bool,
    /// `SO_LINGER` with no time: `close()` is an ABORT.
    lingers: bool,
    /// What our endpoint sent and the kernel has not sent yet; when, if a timer made it.
    unmatched: VecDeque<(Option<Instant>, Segment)>,
    path: Vec<(&'static str, Instant)>,
}

impl Host {
    fn new(capture: &Capture, side: Side) -> Host {
        let mut initial: VecDeque<SeqNum> = VecDeque::new();
        for captured in &capture.segments {
            let (segment, own) = (captured.segment(), side_named(&captured.from) == side);
            let known = initial.contains(&segment.seq);
            if own && captured.crafted.is_none() && segment.is_syn() && !known {
                initial.push_back(segment.seq);
            }
        }
        let timeouts = USER_TIMEOUTS.iter().find(|(name, _)| *name == capture.name);
        let sets = |option: &str| {
            let own = capture.calls.iter().filter(|(_, call, _)| side_named(&call[..1]) == side);
            own.into_iter().any(|(_, call, _)| call.contains(option))
        };
        let announced = capture.segments.iter().find(|sent| side_named(&sent.from) == side);
        let small = sets("SO_RCVBUF=");
        let second = Duration::from_secs(1);
        let settings = Settings {
            window: if small { announced.map_or(0, |sent| sent.window.into()) } else { 64240 },
            reads_at_once: !small,
            delays_acks: DELAYED_ACKS.contains(&capture.name.as_str()),
            msl: Duration::from_secs(30),
            user_timeout: timeouts
                .map_or(Duration::from_secs(300), |(_, millis)| Duration::from_millis(*millis)),
            keep_alive: sets("SO_KEEPALIVE=1").then_some(KeepAlive {
                idle: second,
                interval: second,
                probes: 3,
            }),
            ..Settings::default()
        };
        let numbers = InitialNumbers { next: SeqNum(0), step: 100 };
        Host {
            endpoint: Endpoint::new(settings, numbers),
            initial,
            base: None,
            heard_at: None,
            listens: false,
            accepted: false,
            lingers: false,
            unmatched: VecDeque::new(),
            path: Vec::new(),
        }
    }

    /// Gives the endpoint an input, and notes what it did.
    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if let Some(iss) = self.initial.front() {
            self.endpoint.choose_next_iss(*iss);
        }
        let effects = self.endpoint.handle(now, input);
        let by_timer = matches!(input, Input::Expired(_)).then_some(now);
        self.note(now, by_timer, &effects);
        if self.listens && self.endpoint.state() == State::Closed {
            self.handle(now, Input::Call(&Call::PassiveOpen));
        }
    }

    fn note(&mut self, now: Instant, by_timer: Option<Instant>, effects: &Effects) {
        self.unmatched.extend(effects.segments().map(|sent| (by_timer, sent.clone())));
        let Some((from, to)) = effects.transition() else { return };
        let fresh = matches!(from, State::Closed | State::Listen | State::TimeWait);
        if fresh && matches!(to, State::SynSent | State::SynReceived) {
            self.initial.pop_front();
        }
        self.enter(now, to);
    }

    fn enter(&mut self, now: Instant, state: State) {
        let state = if state == State::Listen { State::Closed } else { state };
        let last = self.path.last().map_or(State::Closed.name(), |(last, _)| *last);
        if last != state.name() {
            self.path.push((state.name(), now));
        }
    }

    /// A socket call becomes a call of RFC 9293.
    fn call(&mut self, now: Instant, words: &str, result: &Value) {
        let state = self.endpoint.state();
        let (socket, rest) = words.split_once('.').unwrap_or((words, ""));
        let verb = rest.split('(').next().unwrap_or_default();
        let call = match (socket, verb) {
            ("power cut", _) => {
                let numbers = InitialNumbers { next: SeqNum(0), step: 100 };
                self.endpoint = Endpoint::new(*self.endpoint.settings(), numbers);
                self.listens = false;
                self.enter(now, State::Closed);
                return;
            }
            ("listener", "listen") => {
                self.listens = true;
                Call::PassiveOpen
            }
            ("listener", "accept") => {
                self.accepted |= result.as_str().is_some_and(|said| said.starts_with("accepted"));
                return;
            }
            ("listener", "close") => {
                self.listens = false;
                match state {
                    State::Listen => Call::Close,
                    State::Closed => return,
                    _ if self.accepted => return,
                    _ => Call::Abort,
                }
            }
            (_, "connect") if result == "EINPROGRESS" => Call::ActiveOpen,
            (_, "send") => match result.as_u64() {
                Some(octets) => {
                    Call::Send(vec![b'.'; usize::try_from(octets).expect("a few")].into())
                }
                None => return,
            },
            (_, "setsockopt") => {
                self.lingers |= rest.contains("SO_LINGER");
                return;
            }
            (_, "recv") if !self.endpoint.settings().reads_at_once => Call::Receive,
            (_, "destroy") => Call::Abort,
            (_, "shutdown" | "close") => match state {
                State::Closed | State::Listen => return,
                _ if self.lingers => Call::Abort,
                _ if self.endpoint.tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted) => return,
                _ => Call::Close,
            },
            _ => return,
        };
        self.handle(now, Input::Call(&call));
    }
}

/// A capture being replayed.
struct Replay {
    hosts: PerSide<Host>,
    differences: Vec<String>,
}

impl Replay {
    /// Replays a capture; what differed?
    fn differences(capture: &Capture) -> Vec<String> {
        let hosts = PerSide::from_fn(|side| Host::new(capture, side));
        let mut replay = Replay { hosts, differences: Vec::new() };
        for (now, event) in events(capture) {
            replay.expire_overdue(now);
            replay.happen(now, event);
        }
        for side in Side::BOTH {
            replay.report_unmatched(side, usize::MAX);
        }
        if capture.unstable {
            replay.differences.clear();
        }
        for side in Side::BOTH {
            replay.compare_path(capture, side);
        }
        replay.differences.sort();
        replay.differences
    }

    fn happen(&mut self, now: Instant, event: Event<'_>) {
        match event {
            Event::Called { side, words, result } => self.hosts[side].call(now, words, result),
            Event::Arrived { to, segment } => {
                self.hosts[to].heard_at = Some(now);
                self.hosts[to].handle(now, Input::Segment(&segment));
            }
            Event::Sent { side, segment, crafted } => {
                let base = self.hosts[side].base;
                if segment.is_syn() && (!crafted || base.is_none()) {
                    self.hosts[side].base = Some(segment.seq);
                }
                if !crafted {
                    self.expect(now, side, &segment);
                }
            }
            Event::Expired { side, to } => self.give_up(now, side, to),
        }
    }

    /// Notes a difference. One that was there before is another one.
    fn differ(&mut self, mut what: String) {
        while self.differences.contains(&what) {
            what += ", again";
        }
        self.differences.push(what);
    }

    /// Timers that were due long ago expire when they were due.
    fn expire_overdue(&mut self, now: Instant) {
        loop {
            let timeouts = Side::BOTH.into_iter().filter_map(|side| {
                let (due_at, timer) = self.hosts[side].endpoint.next_timeout()?;
                (due_at + tolerance(due_at) < now).then_some((due_at, side, timer))
            });
            let Some((due_at, side, timer)) = timeouts.min_by_key(|(due_at, _, _)| *due_at) else {
                return;
            };
            self.hosts[side].handle(due_at, Input::Expired(timer));
        }
    }

    /// The kernel sent this: our endpoint has to have sent it, or does so now.
    fn expect(&mut self, now: Instant, side: Side, segment: &Segment) {
        if !self.hosts[side].unmatched.iter().any(|(_, ours)| are_same(ours, segment)) {
            self.expire_for(now, side, segment);
        }
        let unmatched = &self.hosts[side].unmatched;
        let same = unmatched.iter().position(|(_, ours)| are_same(ours, segment));
        let alike = unmatched.iter().position(|(_, ours)| are_like_resets(ours, segment));
        let shown = self.show(side, segment);
        let Some(place) = same.or(alike) else {
            self.differ(format!("only Linux: {shown}"));
            return;
        };
        self.report_unmatched(side, place);
        let Some((by_timer, ours)) = self.hosts[side].unmatched.pop_front() else { return };
        if let Some(due_at) = by_timer
            && are_apart(due_at, now)
        {
            let (theirs, ours) = (seconds(now), seconds(due_at));
            self.differ(format!("{shown} at {theirs}, ours at {ours}"));
        }
        if same.is_none() {
            let ours = self.show(side, &ours);
            self.differ(format!("{shown}, ours {ours}"));
        }
    }

    /// Lets the timer expire that makes our endpoint send this, if there is one.
    fn expire_for(&mut self, now: Instant, side: Side, segment: &Segment) {
        let host = &mut self.hosts[side];
        // What follows at once on an arrival is an answer.
        if host.heard_at.is_some_and(|at| now - at < Duration::from_millis(1)) {
            return;
        }
        for timer in [Timer::Retransmission, Timer::Probe, Timer::DelayedAck, Timer::KeepAlive] {
            let Some(due_at) = host.endpoint.timer(timer) else { continue };
            let mut tried = host.endpoint.clone();
            let effects = tried.handle(now, Input::Expired(timer));
            let first = effects.segments().next();
            if first.is_some_and(|ours| are_same(ours, segment) || are_like_resets(ours, segment)) {
                host.endpoint = tried;
                host.note(now, Some(due_at), &effects);
                return;
            }
        }
    }

    /// The kernel gave up: our endpoint does as well, if it has a timer for that.
    fn give_up(&mut self, now: Instant, side: Side, to: &str) {
        let host = &mut self.hosts[side];
        for timer in [Timer::User, Timer::Retransmission, Timer::KeepAlive, Timer::TimeWait] {
            let running = host.endpoint.timer(timer);
            if running.is_none_or(|due_at| are_apart(due_at, now)) {
                continue;
            }
            let mut tried = host.clone();
            tried.handle(now, Input::Expired(timer));
            if tried.path.last().is_some_and(|(state, _)| *state == to) {
                *host = tried;
                return;
            }
        }
    }

    /// Reports the first of what the kernel has not sent.
    fn report_unmatched(&mut self, side: Side, count: usize) {
        let count = count.min(self.hosts[side].unmatched.len());
        let extra: Vec<_> = self.hosts[side].unmatched.drain(..count).collect();
        for (_, ours) in extra {
            self.differ(format!("only ours: {}", self.show(side, &ours)));
        }
    }

    fn compare_path(&mut self, capture: &Capture, side: Side) {
        let theirs = capture.paths.iter().find(|(host, _, _)| side_named(host) == side);
        let theirs = theirs.map_or(&[][..], |(_, _, path)| path);
        let ours = self.hosts[side].path.clone();
        let steps = theirs.iter().zip(&ours);
        let common = steps.clone().take_while(|(theirs, ours)| theirs.0 == ours.0).count();
        for ((state, theirs), (_, ours)) in steps.take(common) {
            if are_apart(Instant(*theirs), *ours) {
                let (theirs, ours) = (seconds(Instant(*theirs)), seconds(*ours));
                self.differ(format!("{side} {state} at {theirs}, ours at {ours}"));
            }
        }
        if common < theirs.len().max(ours.len()) {
            let theirs: Vec<&str> = theirs[common..].iter().map(|(state, _)| &**state).collect();
            let ours: Vec<&str> = ours[common..].iter().map(|(state, _)| *state).collect();
            let joined = |rest: &[&str]| match rest {
                [] => "no more".to_owned(),
                _ => rest.join(" "),
            };
            let (step, theirs, ours) = (common + 1, joined(&theirs), joined(&ours));
            self.differ(format!("{side} from state {step}: {theirs}, ours {ours}"));
        }
    }

    /// A segment in short: `B>S. 0/1` is the SYN,ACK of B, numbers counted from the SYNs.
    fn show(&self, side: Side, segment: &Segment) -> String {
        let letters = [(Flags::SYN, 'S'), (Flags::FIN, 'F'), (Flags::RST, 'R'), (Flags::ACK, '.')];
        let set = letters.iter().filter(|(flag, _)| segment.flags.contain(*flag));
        let flags: String = set.map(|(_, letter)| letter).collect();
        let own = self.hosts[side].base;
        let count = |number: SeqNum, side: Side| match self.hosts[side].base.or(own) {
            Some(base) if number.0 != 0 => number.0.wrapping_sub(base.0).cast_signed().to_string(),
            _ => format!("raw{}", number.0),
        };
        let seq = count(segment.seq, side);
        let shown = match segment.acknowledges() {
            Some(ack) => format!("{side}>{flags} {seq}/{}", count(ack, side.peer())),
            None => format!("{side}>{flags} {seq}"),
        };
        match segment.text.len() {
            0 => shown,
            octets => format!("{shown}({octets})"),
        }
    }
}

/// What is allowed to differ in this capture, with the reasons.
fn allowed(capture: &Capture) -> BTreeMap<&'static str, &'static str> {
    let here = DEVIATIONS.iter().filter(|(name, _, _)| *name == capture.name);
    here.map(|(_, what, why)| (*what, *why)).collect()
}

#[test]
fn linux_and_the_endpoints_do_the_same_but_for_what_is_listed() {
    let (mut exact, mut deviating, mut skipped, mut problems) = (0, 0, 0, Vec::new());
    for capture in captures() {
        let name = &capture.name;
        if let Some((_, why)) = NOT_REPLAYED.iter().find(|(skipped, _)| skipped == name) {
            println!("{name}: not replayed: {why}");
            skipped += 1;
            continue;
        }
        let allowed = allowed(&capture);
        let found = Replay::differences(&capture);
        for what in &found {
            match allowed.get(what.as_str()) {
                Some(why) => println!("{name}: {what}: {why}"),
                None => problems.push(format!("{name} ({}): {what}", capture.title)),
            }
        }
        for what in allowed.keys().filter(|what| !found.iter().any(|found| found == *what)) {
            problems.push(format!("{name}: no longer so: {what}"));
        }
        *(if found.is_empty() { &mut exact } else { &mut deviating }) += 1;
    }
    println!("{exact} the same, {deviating} with deviations, {skipped} not replayed");
    assert_eq!(exact + deviating + skipped, 78);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_tables_name_captures_that_exist_and_each_in_one_table() {
    let captures = captures();
    let names: BTreeSet<&str> = captures.iter().map(|capture| capture.name.as_str()).collect();
    let deviating: BTreeSet<&str> = DEVIATIONS.iter().map(|(name, _, _)| *name).collect();
    let skipped: BTreeSet<&str> = NOT_REPLAYED.iter().map(|(name, _)| *name).collect();
    assert!(deviating.is_subset(&names), "{:?}", deviating.difference(&names));
    assert!(skipped.is_subset(&names), "{:?}", skipped.difference(&names));
    assert!(deviating.is_disjoint(&skipped), "{:?}", deviating.intersection(&skipped));
    assert_eq!(skipped.len(), NOT_REPLAYED.len(), "a capture is listed twice");
    let listed = DEVIATIONS.iter().map(|(name, what, _)| (*name, *what));
    assert_eq!(listed.collect::<BTreeSet<_>>().len(), DEVIATIONS.len(), "listed twice");
}
