//! A recorded host, played by one end of a world of its own. Nobody sits at the other end: what
//! arrives is put on the network in the peer's name, or in a stranger's.
//!
//! The world chooses its own initial numbers (its cookies are some), so a host's own numbers are
//! shifted by the distance to the kernel's, and its clock of timestamps likewise. Where the
//! kernel's timer expires before ours would, the world's clock runs ahead from then on.

use std::collections::{BTreeMap, VecDeque};

use handshake::{
    Backlog, Call, Choice, Duration, Endpoint, Flags, Instant, Overflow, PerSide, Segment, SeqNum,
    Side, Start, State, StrangerId, Timer, World,
};
use serde_json::Value;

use crate::capture::Capture;
use crate::settings;

/// A host. One that listens has one world for all who call; one that calls has a world for each
/// connection.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) side: Side,
    /// The end of the world that plays it: B where it listens.
    seat: Side,
    world: World,
    /// The connection with the world's other end. All other callers are strangers.
    main: u16,
    /// By how much the world's clock is ahead of the capture's.
    ahead: Duration,
    timers: Vec<Running>,
    pub(crate) lives: BTreeMap<u16, Life>,
    /// `SO_LINGER` with no time: `close()` is an ABORT.
    lingers: bool,
    /// The listener was closed while CLOSE meant a connection: it is closed after that.
    closes_listener: bool,
}

/// A timer that runs.
#[derive(Clone)]
pub(crate) struct Running {
    port: u16,
    pub(crate) timer: Timer,
    /// When it is due in the time of the world.
    due_in_world: Instant,
    /// The same in the time of the capture. What was armed before the world's clock ran ahead
    /// comes no sooner for that.
    pub(crate) due_at: Instant,
}

/// A connection at a host.
#[derive(Clone)]
pub(crate) struct Life {
    /// The initial numbers that the kernel chose, the next one first.
    initial: VecDeque<SeqNum>,
    /// The initial number that our end chose last.
    iss: Option<SeqNum>,
    /// How far the kernel's numbers lie beyond ours.
    shift: u32,
    /// What the kernel's clock of timestamps showed, and when.
    clock: Option<(Instant, u32)>,
    /// When a segment arrived last.
    pub(crate) heard_at: Option<Instant>,
    /// What our end sent and the kernel has not sent yet, and when: if a timer made it, when that
    /// was due.
    pub(crate) unmatched: VecDeque<(Instant, Segment)>,
    pub(crate) path: Vec<(&'static str, Instant)>,
}

impl Life {
    fn new(capture: &Capture, side: Side, port: u16) -> Life {
        let mut initial: VecDeque<SeqNum> = VecDeque::new();
        let syns = capture.sent_by(side, port).filter(|(_, segment)| segment.is_syn());
        for (_, segment) in syns {
            if !initial.contains(&segment.seq) {
                initial.push_back(segment.seq);
            }
        }
        let mut clocks = capture.sent_by(side, port).filter_map(|(at, segment)| {
            segment.options.timestamps.map(|timestamps| (at, timestamps.value))
        });
        Life {
            initial,
            iss: None,
            shift: 0,
            clock: clocks.next(),
            heard_at: None,
            unmatched: VecDeque::new(),
            path: Vec::new(),
        }
    }

    /// A segment of ours with the kernel's numbers.
    fn numbered_as_theirs(&mut self, segment: &Segment) -> Segment {
        if segment.is_syn() && self.iss != Some(segment.seq) {
            self.iss = Some(segment.seq);
            if let Some(theirs) = self.initial.pop_front() {
                self.shift = segment.seq.distance_to(theirs);
            }
        }
        // The number of such a RST is none of ours: it is zero.
        let is_blank = segment.flags.contain(Flags::RST | Flags::ACK);
        let shift = if is_blank { 0 } else { self.shift };
        Segment { seq: segment.seq + shift, ..segment.clone() }
    }

    /// A segment for the kernel with our numbers.
    fn numbered_as_ours(&self, mut segment: Segment, ahead: Duration) -> Segment {
        if segment.acknowledges().is_some() {
            segment.ack = segment.ack + 0_u32.wrapping_sub(self.shift);
        }
        if let (Some(timestamps), Some((at, value))) = (&mut segment.options.timestamps, self.clock)
            && timestamps.echo != 0
        {
            let ours = (at + ahead).as_timestamp();
            timestamps.echo = timestamps.echo.wrapping_sub(value).wrapping_add(ours);
        }
        segment
    }

    fn enter(&mut self, now: Instant, state: State) {
        // Linux keeps its listener beside the connections.
        let state = if state == State::Listen { State::Closed } else { state };
        let last = self.path.last().map_or(State::Closed.name(), |(last, _)| *last);
        if last != state.name() {
            self.path.push((state.name(), now));
        }
    }
}

impl Host {
    /// The hosts of one side.
    pub(crate) fn all(capture: &Capture, side: Side) -> Vec<Host> {
        let calls = |verb: &str| capture.calls_of(side).any(|(call, _)| call.contains(verb));
        let ports = capture.ports();
        if calls("listen(") && !calls("connect(") {
            let named = capture.calls_of(side).find_map(|(_, port)| port);
            let main = named.or(ports.first().copied()).expect("somebody calls");
            return vec![Host::new(capture, side, Side::B, main, &ports)];
        }
        ports.iter().map(|port| Host::new(capture, side, Side::A, *port, &[*port])).collect()
    }

    fn new(capture: &Capture, side: Side, seat: Side, main: u16, ports: &[u16]) -> Host {
        let lives: BTreeMap<u16, Life> =
            ports.iter().map(|port| (*port, Life::new(capture, side, *port))).collect();
        let backlog = capture.backlog(side).filter(|_| seat == Side::B);
        let start = Start {
            iss: PerSide::both(lives[&main].initial.front().copied().unwrap_or_default()),
            delay: PerSide::both(Duration::ZERO),
            port: PerSide { a: main, b: 0 },
            settings: PerSide::both(settings::of(capture, side)),
            // A queue of Linux holds one more than its name says.
            backlog: backlog.map(|places| Backlog {
                half_open: if settings::bakes_always(capture) { 0 } else { places + 1 },
                accept: places + 1,
                overflow: Overflow::Drop,
            }),
        };
        Host {
            side,
            seat,
            world: start.world(),
            main,
            ahead: Duration::ZERO,
            timers: Vec::new(),
            lives,
            lingers: false,
            closes_listener: false,
        }
    }

    /// Does this host have this connection?
    pub(crate) fn has(&self, side: Side, port: u16) -> bool {
        self.side == side && self.lives.contains_key(&port)
    }

    fn state(&self, port: u16) -> State {
        if port == self.main {
            return self.world.end(self.seat).state();
        }
        let listener = self.world.listener();
        let tcb = listener.and_then(|listener| listener.stranger(StrangerId(port)));
        tcb.map_or(State::Closed, |tcb| tcb.state)
    }

    /// Makes a choice at a moment of the capture, and notes what came of it.
    fn choose(&mut self, now: Instant, choice: &Choice, due_at: Option<Instant>) {
        let Ok((world, step)) = self.world.after(choice) else {
            panic!("{choice:?} is not possible");
        };
        self.world = world;
        for id in step.sent.iter() {
            let packet = self.world.network().packet(id).expect("it was just sent");
            if packet.from != self.seat || packet.forged {
                continue;
            }
            let port = packet.stranger.map_or(self.main, |StrangerId(port)| port);
            let life = self.lives.get_mut(&port).expect("one of the callers");
            let segment = life.numbered_as_theirs(&packet.segment);
            life.unmatched.push_back((due_at.unwrap_or(now), segment));
            (self.world, _) = self.world.after(&Choice::Drop(id)).expect("it is under way");
        }
        for port in self.lives.keys().copied().collect::<Vec<_>>() {
            let state = self.state(port);
            self.lives.get_mut(&port).expect("one of the callers").enter(now, state);
        }
    }

    /// Puts a segment on the network that arrives at a moment of the capture.
    fn arrange(&mut self, now: Instant, choice: &Choice) {
        self.choose(now, choice, None);
        let id = self.world.network().in_flight().last().expect("it was just sent").id;
        let wait = (now + self.ahead) - self.world.now();
        self.choose(now, &Choice::Delay(id, wait), None);
        self.choose(now, &Choice::Deliver(id), None);
    }

    /// Lets time pass until a moment of the capture: nobody hears a RST.
    fn wait_until(&mut self, now: Instant) {
        let nothing = Segment { flags: Flags::RST, ..Segment::default() };
        self.arrange(now, &Choice::Forge(self.seat.peer(), nothing));
    }

    /// A segment arrives.
    pub(crate) fn arrive(&mut self, now: Instant, port: u16, segment: Segment) {
        let life = self.lives.get_mut(&port).expect("one of the callers");
        life.heard_at = Some(now);
        let segment = life.numbered_as_ours(segment, self.ahead);
        let choice = if port == self.main {
            Choice::Forge(self.seat, segment)
        } else {
            Choice::Stranger(StrangerId(port), segment)
        };
        self.arrange(now, &choice);
        self.settle(now);
    }

    /// The timer that expires first.
    pub(crate) fn next_timeout(&self) -> Option<Running> {
        self.timers.iter().min_by_key(|running| running.due_at).cloned()
    }

    /// The timers of a connection that run.
    pub(crate) fn timers(&self, port: u16) -> Vec<Running> {
        self.timers.iter().filter(|running| running.port == port).cloned().collect()
    }

    /// A timer expires at a moment of the capture, whenever it was due.
    pub(crate) fn expire(&mut self, now: Instant, running: &Running) {
        let choice = if running.port == self.main {
            Choice::Expire(self.seat, running.timer)
        } else {
            Choice::ExpireStranger(StrangerId(running.port), running.timer)
        };
        self.wait_until(now);
        self.choose(now, &choice, Some(running.due_at));
        self.ahead = self.world.now() - now;
        self.settle(now);
    }

    /// Takes note of the timers that run now.
    fn note_timers(&mut self) {
        let own = Timer::ALL
            .into_iter()
            .filter_map(|timer| self.end().timer(timer).map(|due_at| (self.main, timer, due_at)));
        // Nothing but its SYN,ACK is ever sent again to a stranger here.
        let strangers = self.world.strangers().iter().filter_map(|stranger| {
            let running = stranger.tcb.retransmission?;
            Some((stranger.id.0, Timer::Retransmission, running.due_at))
        });
        let running = own.chain(strangers).map(|(port, timer, due_in_world)| {
            let known = self.timers.iter().find(|known| {
                (known.port, known.timer, known.due_in_world) == (port, timer, due_in_world)
            });
            let due_at = Instant(due_in_world.0.saturating_sub(self.ahead.0));
            let fresh = Running { port, timer, due_in_world, due_at };
            known.cloned().unwrap_or(fresh)
        });
        self.timers = running.collect();
    }

    /// The user calls: a socket call becomes a call of RFC 9293.
    pub(crate) fn call(&mut self, now: Instant, words: &str, result: &Value) {
        let Some(call) = self.call_for(words, result) else { return };
        self.wait_until(now);
        let choice = match call {
            Asked::Call(call) => Choice::Call(self.seat, call),
            Asked::PowerCut => Choice::Crash(self.seat),
        };
        self.choose(now, &choice, None);
        self.settle(now);
    }

    fn call_for(&mut self, words: &str, result: &Value) -> Option<Asked> {
        let state = self.state(self.main);
        let (socket, rest) = words.split_once('.').unwrap_or((words, ""));
        let verb = rest.split('(').next().unwrap_or_default();
        let call = match (socket, verb) {
            ("power cut", _) => {
                self.closes_listener = false;
                return Some(Asked::PowerCut);
            }
            ("listener", "listen") => {
                // To open what is about to be closed is to leave it open.
                let is_open = std::mem::take(&mut self.closes_listener);
                return (!is_open).then_some(Asked::Call(Call::PassiveOpen));
            }
            ("listener", "accept") => {
                let accepts = result.as_str().is_some_and(|said| said.starts_with("accepted"));
                return accepts.then_some(Asked::Call(Call::Accept));
            }
            ("listener", "close") => {
                let is_alone = state == State::Listen || self.world.is_at_listener(self.seat);
                self.closes_listener = !is_alone && self.seat == Side::B;
                return is_alone.then_some(Asked::Call(Call::Close));
            }
            (_, "connect") if result == "EINPROGRESS" => Call::ActiveOpen,
            (_, "send") => {
                let octets = usize::try_from(result.as_u64()?).expect("a few");
                Call::Send(vec![b'.'; octets].into())
            }
            (_, "setsockopt") => {
                self.lingers |= rest.contains("SO_LINGER");
                return None;
            }
            // Without text the socket does not wait, as RECEIVE would.
            (_, "recv") if result == "EAGAIN" || self.end().settings().reads_at_once => {
                return None;
            }
            (_, "recv") => Call::Receive,
            (_, "destroy") => Call::Abort,
            (_, "shutdown" | "close") => match state {
                State::Closed | State::Listen => return None,
                _ if self.lingers => Call::Abort,
                _ if self.end().tcb().is_some_and(|tcb| tcb.outgoing.fin_wanted) => return None,
                _ => Call::Close,
            },
            _ => return None,
        };
        Some(Asked::Call(call))
    }

    fn end(&self) -> &Endpoint {
        self.world.end(self.seat)
    }

    /// After anything has happened: closes the listener as soon as CLOSE means it again, and looks
    /// at the timers.
    fn settle(&mut self, now: Instant) {
        if self.closes_listener && self.world.is_at_listener(self.seat) {
            self.closes_listener = false;
            self.choose(now, &Choice::Call(self.seat, Call::Close), None);
        }
        self.note_timers();
    }
}

/// What is asked of an end.
enum Asked {
    Call(Call),
    PowerCut,
}
