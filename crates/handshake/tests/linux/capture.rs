//! What was recorded: `tests/data/linux` as Rust has it.

use handshake::{Flags, Instant, Options, Segment, SeqNum, Side, Timestamps};
use serde::Deserialize;
use serde_json::Value;

/// All of them.
pub(crate) fn captures() -> Vec<Capture> {
    let all: Captures = serde_json::from_str(include_str!("../data/linux/captures.json"))
        .expect("well-formed JSON");
    all.captures
}

#[derive(Deserialize)]
struct Captures {
    captures: Vec<Capture>,
}

/// One conversation. Times are microseconds; a connection is named by its port at A.
#[derive(Deserialize)]
pub(crate) struct Capture {
    pub(crate) name: String,
    pub(crate) title: String,
    /// The segments were not the same each time it was recorded, the states were.
    #[serde(default)]
    pub(crate) unstable: bool,
    /// The hosts that offer window scale, SACK-permitted and timestamps. The others have switched
    /// them off.
    #[serde(default)]
    offers: Vec<String>,
    calls: Vec<Called>,
    /// In the order of sending.
    segments: Vec<Captured>,
    /// When, on which host, in which connection, and which state a timer led to.
    expired: Vec<(u64, String, u16, String)>,
    /// The host, the connection, and its states there.
    paths: Vec<(String, u16, Path)>,
}

/// When, which call, its result, and in which connection, if it was in one.
type Called = (u64, String, Value, Option<u16>);

/// States, and when each was entered.
pub(crate) type Path = Vec<(String, u64)>;

/// A segment that was seen on the wire.
#[derive(Deserialize)]
pub(crate) struct Captured {
    t: u64,
    from: String,
    /// Where it went, if not to the other host.
    to: Option<String>,
    port: u16,
    flags: String,
    seq: u32,
    ack: Option<u32>,
    len: u32,
    window: u16,
    mss: Option<u16>,
    shift: Option<u8>,
    #[serde(default)]
    sack: bool,
    ts: Option<(u32, u32)>,
    /// When it reached the other host, if it did.
    arrives: Option<u64>,
    /// Not the kernel's.
    crafted: Option<String>,
}

impl Captured {
    /// Is its checksum wrong? Then the kernel throws it away before it reads anything else (section
    /// 3.1), and to TCP it never arrives. `crates/capture/tests/linux.rs` has its octets.
    fn is_damaged(&self) -> bool {
        self.crafted.as_deref() == Some("SYN, bad checksum")
    }

    fn segment(&self) -> Segment {
        let known = Flags::IN_HEADER_ORDER.into_iter();
        let set = known.filter(|(_, name)| self.flags.split(',').any(|given| given == *name));
        Segment {
            seq: SeqNum(self.seq),
            ack: SeqNum(self.ack.unwrap_or(0)),
            flags: set.fold(Flags::NONE, |sum, (flag, _)| sum | flag),
            window: self.window,
            options: Options {
                mss: self.mss,
                window_scale: self.shift,
                sack_permitted: self.sack,
                timestamps: self.ts.map(|(value, echo)| Timestamps { value, echo }),
            },
            text: vec![b'.'; self.len as usize].into(),
        }
    }
}

/// One thing that happened in a capture. What is listed first comes first at the same time.
pub(crate) enum Event<'a> {
    /// In a connection, or at the host where there is none.
    Called {
        side: Side,
        port: Option<u16>,
        words: &'a str,
        result: &'a Value,
    },
    Arrived {
        to: Side,
        port: u16,
        segment: Segment,
    },
    Sent {
        side: Side,
        port: u16,
        segment: Segment,
        crafted: bool,
    },
    Expired {
        side: Side,
        port: u16,
        to: &'a str,
    },
}

impl Capture {
    /// All that happened, in order.
    pub(crate) fn events(&self) -> Vec<(Instant, Event<'_>)> {
        let called = self.calls.iter().map(|(at, call, result, port)| {
            let (host, words) = call.split_once('.').expect("a host");
            (*at, Event::Called { side: side_named(host), port: *port, words, result })
        });
        let arrived = self.segments.iter().filter_map(|captured| {
            let to = captured.to.as_deref().map(side_named);
            let to = to.unwrap_or_else(|| side_named(&captured.from).peer());
            let (port, segment) = (captured.port, captured.segment());
            let arrives = captured.arrives.filter(|_| !captured.is_damaged())?;
            Some((arrives, Event::Arrived { to, port, segment }))
        });
        let sent = self.segments.iter().map(|captured| {
            let (side, port) = (side_named(&captured.from), captured.port);
            let (segment, crafted) = (captured.segment(), captured.crafted.is_some());
            (captured.t, Event::Sent { side, port, segment, crafted })
        });
        let expired = self.expired.iter().map(|(at, host, port, to)| {
            (*at, Event::Expired { side: side_named(host), port: *port, to })
        });
        let all = called.chain(arrived).chain(sent).chain(expired);
        let mut all: Vec<_> = all.map(|(at, event)| (Instant(at), event)).collect();
        all.sort_by_key(|(at, _)| *at);
        all
    }

    /// The calls of a host, and the connection of each.
    pub(crate) fn calls_of(&self, side: Side) -> impl Iterator<Item = (&str, Option<u16>)> {
        let own = self.calls.iter().filter(move |(_, call, ..)| side_named(&call[..1]) == side);
        own.map(|(_, call, _, port)| (&call[2..], *port))
    }

    /// The segments that a host's kernel sent in a connection.
    pub(crate) fn sent_by(
        &self,
        side: Side,
        port: u16,
    ) -> impl Iterator<Item = (Instant, Segment)> {
        let own = self
            .segments
            .iter()
            .filter(move |captured| side_named(&captured.from) == side && captured.port == port);
        let own = own.filter(|captured| captured.crafted.is_none());
        own.map(|captured| (Instant(captured.t), captured.segment()))
    }

    /// The connections, in the order of their first segments.
    pub(crate) fn ports(&self) -> Vec<u16> {
        let mut ports = Vec::new();
        for captured in &self.segments {
            if !ports.contains(&captured.port) {
                ports.push(captured.port);
            }
        }
        ports
    }

    /// The SYNs of a host's kernel.
    pub(crate) fn syns_of(&self, side: Side) -> impl Iterator<Item = Segment> {
        let own = self.segments.iter().filter(move |captured| side_named(&captured.from) == side);
        let own = own.filter(|captured| captured.crafted.is_none()).map(Captured::segment);
        own.filter(Segment::is_syn)
    }

    /// Does this name mean this capture? `07a` means both of its scenario, that without options and
    /// that with all; `07a+plain` and `07a+options` mean one.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let (scenario, kind) = self.name.split_once('+').expect("a kind");
        let number = scenario.split('-').next().unwrap_or_default();
        name == number || name.strip_prefix(number) == Some(&format!("+{kind}"))
    }

    /// The states of a connection at a host.
    pub(crate) fn path(&self, side: Side, port: u16) -> &[(String, u64)] {
        let found = self.paths.iter().find(|(host, of, _)| side_named(host) == side && *of == port);
        found.map_or(&[], |(_, _, path)| path)
    }

    /// Does this host offer all options?
    pub(crate) fn offers(&self, side: Side) -> bool {
        self.offers.iter().any(|host| side_named(host) == side)
    }

    /// The number in a call such as `listen(port 9500, backlog 8)`.
    pub(crate) fn backlog(&self, side: Side) -> Option<u8> {
        let mut words = self.calls_of(side).filter_map(|(call, _)| call.split_once("backlog "));
        words.next().and_then(|(_, number)| number.trim_end_matches(')').parse().ok())
    }
}

fn side_named(name: &str) -> Side {
    match name {
        "A" => Side::A,
        "B" => Side::B,
        other => panic!("no host is called {other}"),
    }
}
