//! A capture being replayed: each end gets what its kernel got, and what it does is compared.

use std::collections::BTreeMap;

use handshake::{Duration, Flags, Instant, Options, Segment, SeqNum, Side, Timer};

use crate::capture::{Capture, Event};
use crate::host::Host;

/// A capture being replayed.
pub(crate) struct Replay<'a> {
    capture: &'a Capture,
    hosts: Vec<Host>,
    /// The numbers of the SYNs by which numbers in differences are counted.
    bases: BTreeMap<(Side, u16), SeqNum>,
    differences: Vec<String>,
}

impl Replay<'_> {
    /// Replays a capture; what differed?
    pub(crate) fn differences(capture: &Capture) -> Vec<String> {
        let hosts = Side::BOTH.into_iter().flat_map(|side| Host::all(capture, side)).collect();
        let bases = BTreeMap::new();
        let mut replay = Replay { capture, hosts, bases, differences: Vec::new() };
        for (now, event) in capture.events() {
            replay.expire_overdue(now);
            replay.happen(now, event);
        }
        for side in Side::BOTH {
            for port in capture.ports() {
                replay.report_unmatched(side, port, usize::MAX);
            }
        }
        if capture.unstable {
            replay.differences.clear();
        }
        for side in Side::BOTH {
            for port in capture.ports() {
                replay.compare_path(side, port);
            }
        }
        replay.differences.sort();
        replay.differences
    }

    fn host(&mut self, side: Side, port: u16) -> &mut Host {
        let found = self.hosts.iter_mut().find(|host| host.has(side, port));
        found.expect("a host for each connection")
    }

    fn happen(&mut self, now: Instant, event: Event<'_>) {
        match event {
            Event::Called { side, port, words, result } => {
                let meant = |host: &&mut Host| {
                    host.side == side && port.is_none_or(|port| host.has(side, port))
                };
                for host in self.hosts.iter_mut().filter(meant) {
                    host.call(now, words, result);
                }
            }
            Event::Arrived { to, port, segment } => self.host(to, port).arrive(now, port, segment),
            Event::Sent { side, port, segment, crafted } => {
                let is_known = self.bases.contains_key(&(side, port));
                if segment.is_syn() && (!crafted || !is_known) {
                    self.bases.insert((side, port), segment.seq);
                }
                if !crafted {
                    self.expect(now, side, port, &segment);
                }
            }
            Event::Expired { side, port, to } => self.give_up(now, side, port, to),
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
            let timeouts = self.hosts.iter_mut().filter_map(|host| {
                let first = host.next_timeout()?;
                (first.due_at + tolerance(first.due_at) < now).then_some((first, host))
            });
            let Some((first, host)) = timeouts.min_by_key(|(first, _)| first.due_at) else {
                return;
            };
            host.expire(first.due_at, &first);
        }
    }

    /// The kernel sent this: our end has to have sent it, or does so now.
    fn expect(&mut self, now: Instant, side: Side, port: u16, segment: &Segment) {
        let host = self.host(side, port);
        if !host.lives[&port].unmatched.iter().any(|(_, ours)| are_alike(ours, segment)) {
            expire_for(host, now, port, segment);
        }
        let unmatched = &host.lives[&port].unmatched;
        let place = |fits: &dyn Fn(Instant, &Segment) -> bool| {
            unmatched.iter().position(|(sent_at, ours)| fits(*sent_at, ours))
        };
        // Of several that are the same, the one that was sent when the kernel sent this.
        let same = place(&|sent_at, ours| are_same(ours, segment) && !are_apart(sent_at, now))
            .or_else(|| place(&|_, ours| are_same(ours, segment)));
        let alike = place(&|_, ours| are_alike(ours, segment));
        let shown = self.show(side, port, segment);
        let Some(place) = same.or(alike) else {
            self.differ(format!("only Linux: {shown}"));
            return;
        };
        self.report_unmatched(side, port, place);
        let life = self.host(side, port).lives.get_mut(&port).expect("it has it");
        let Some((sent_at, said)) = life.unmatched.pop_front() else { return };
        if are_apart(sent_at, now) {
            let (theirs, ours) = (seconds(now), seconds(sent_at));
            self.differ(format!("{shown} at {theirs}, ours at {ours}"));
        }
        if same.is_none() {
            let ours = self.show(side, port, &said);
            self.differ(format!("{shown}, ours {ours}"));
        }
        let (theirs, ours) = (show_options(&segment.options), show_options(&said.options));
        if theirs != ours {
            self.differ(format!("{shown} with {theirs}, ours with {ours}"));
        }
        let is_closed = |segment: &Segment| segment.window == 0 && !segment.is_reset();
        if is_closed(segment) != is_closed(&said) {
            let (theirs, ours) = (segment.window, said.window);
            self.differ(format!("{shown} with window {theirs}, ours with {ours}"));
        }
    }

    /// The kernel gave up: our end does as well, if it has a timer for that.
    fn give_up(&mut self, now: Instant, side: Side, port: u16, to: &str) {
        let host = self.host(side, port);
        for running in host.timers(port) {
            if are_apart(running.due_at, now) {
                continue;
            }
            let mut tried = host.clone();
            tried.expire(now, &running);
            if tried.lives[&port].path.last().is_some_and(|(state, _)| *state == to) {
                *host = tried;
                return;
            }
        }
    }

    /// Reports the first of what the kernel has not sent.
    fn report_unmatched(&mut self, side: Side, port: u16, count: usize) {
        let life = self.host(side, port).lives.get_mut(&port).expect("it has it");
        let count = count.min(life.unmatched.len());
        let extra: Vec<_> = life.unmatched.drain(..count).collect();
        for (_, ours) in extra {
            self.differ(format!("only ours: {}", self.show(side, port, &ours)));
        }
    }

    fn compare_path(&mut self, side: Side, port: u16) {
        let theirs = self.capture.path(side, port);
        let ours = self.host(side, port).lives[&port].path.clone();
        let who = self.name(side, port);
        let steps = theirs.iter().zip(&ours);
        let common = steps.clone().take_while(|(theirs, ours)| theirs.0 == ours.0).count();
        for ((state, theirs), (_, ours)) in steps.take(common) {
            if are_apart(Instant(*theirs), *ours) {
                let (theirs, ours) = (seconds(Instant(*theirs)), seconds(*ours));
                self.differ(format!("{who} {state} at {theirs}, ours at {ours}"));
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
            self.differ(format!("{who} from state {step}: {theirs}, ours {ours}"));
        }
    }

    /// A host, and which of its connections, where it has several.
    fn name(&self, side: Side, port: u16) -> String {
        match self.capture.ports().len() {
            1 => side.to_string(),
            _ => format!("{side}:{port}"),
        }
    }

    /// A segment in short: `B>S. 0/1` is the SYN,ACK of B, numbers counted from the SYNs.
    fn show(&self, side: Side, port: u16, segment: &Segment) -> String {
        let letters = [(Flags::SYN, 'S'), (Flags::FIN, 'F'), (Flags::RST, 'R')];
        let letters = letters.into_iter().chain([(Flags::ECE, 'E'), (Flags::CWR, 'W')]);
        let set = letters.chain([(Flags::ACK, '.')]);
        let set = set.filter(|(flag, _)| segment.flags.contain(*flag));
        let flags: String = set.map(|(_, letter)| letter).collect();
        let own = self.bases.get(&(side, port));
        let count = |number: SeqNum, side| match self.bases.get(&(side, port)).or(own) {
            Some(base) if number.0 != 0 => number.0.wrapping_sub(base.0).cast_signed().to_string(),
            _ => format!("raw{}", number.0),
        };
        let (who, seq) = (self.name(side, port), count(segment.seq, side));
        let shown = match segment.acknowledges() {
            Some(ack) => format!("{who}>{flags} {seq}/{}", count(ack, side.peer())),
            None => format!("{who}>{flags} {seq}"),
        };
        match segment.text.len() {
            0 => shown,
            octets => format!("{shown}({octets})"),
        }
    }
}

/// Lets the timer expire that makes our end send this, if there is one.
fn expire_for(host: &mut Host, now: Instant, port: u16, segment: &Segment) {
    // What follows at once on an arrival is an answer.
    let heard_at = host.lives[&port].heard_at;
    if heard_at.is_some_and(|at| now - at < Duration::from_millis(1)) {
        return;
    }
    let before = host.lives[&port].unmatched.len();
    for running in host.timers(port) {
        if matches!(running.timer, Timer::User | Timer::TimeWait | Timer::Quiet) {
            continue;
        }
        let mut tried = host.clone();
        tried.expire(now, &running);
        let first = tried.lives[&port].unmatched.get(before);
        if first.is_some_and(|(_, ours)| are_alike(ours, segment)) {
            *host = tried;
            return;
        }
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

/// The same but for what ECN says; or two resets at the same number, whether or not they
/// acknowledge anything.
fn are_alike(one: &Segment, other: &Segment) -> bool {
    let are_resets = one.is_reset() && other.is_reset() && one.seq == other.seq;
    let without_ecn = |segment: &Segment| {
        let known = Flags::IN_HEADER_ORDER.into_iter().map(|(flag, _)| flag);
        let kept = known.filter(|flag| {
            segment.flags.contain(*flag) && ![Flags::ECE, Flags::CWR].contains(flag)
        });
        Segment { flags: kept.fold(Flags::NONE, |sum, flag| sum | flag), ..segment.clone() }
    };
    are_resets || are_same(&without_ecn(one), &without_ecn(other))
}

/// Options in short. A clock of one's own cannot be compared, the echo of the peer's can.
fn show_options(options: &Options) -> String {
    let shown = [
        options.mss.map(|octets| format!("MSS {octets}")),
        options.window_scale.map(|shift| format!("scale {shift}")),
        options.sack_permitted.then(|| "SACK-permitted".to_owned()),
        options.timestamps.map(|timestamps| format!("echo {}", timestamps.echo)),
    ];
    let shown: Vec<String> = shown.into_iter().flatten().collect();
    if shown.is_empty() { "no option".to_owned() } else { shown.join(", ") }
}

/// How far two times may lie apart: the kernel's clock for timers is coarse, and it holds the ACK
/// of a FIN back for a moment.
fn tolerance(at: Instant) -> Duration {
    Duration(60_000 + at.0 / 32)
}

fn are_apart(one: Instant, other: Instant) -> bool {
    (one - other).max(other - one) > tolerance(one.min(other))
}

fn seconds(at: Instant) -> String {
    format!("{}.{:02} s", at.as_millis() / 1000, at.as_millis() % 1000 / 10)
}
