//! Prints a run as a text ladder, in the notation of the RFC's figures.
//!
//! `cargo run -q -p handshake --example ladder -- v1~B.listen~A.open~deliver.1~deliver.2~deliver.3`

use std::env;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use handshake::{
    Call, Choice, Effect, PacketId, Rule, RunError, Side, Source, State, Step, Trace, World,
};

const USAGE: &str = "\
Prints a run as a ladder: every step, the states after it, and the rule behind it.

usage:   cargo run -q -p handshake --example ladder -- RUN
example: cargo run -q -p handshake --example ladder -- \\
             v1~B.listen~A.open~deliver.1~deliver.2~deliver.3

A run is words joined by `~`. First its version, v1, then how it starts, where that is not as usual;
one value counts for both sides, of two the first is A's:
  iss.100.300  port.51314.520  delay.100ms.80ms     numbers, ports, and how long letters take
  window.200.65535  mss.536  options.mss-ws7-sack-ts  msl.60s  usertimeout.30s
  keepalive.7200s.75s.9  acks.delayed  reads.off  quiet.on  variant.linux
  backlog.4.2  backlog.4.2.reset                    B has a listener with two queues
Every further word is one step:
  A.open  B.listen  B.listen.51315                  OPEN: active, passive, for one port only
  A.send.hello  A.send.0x6869  A.receive            SEND and RECEIVE
  A.close  A.abort  A.status                        the other calls
  A.rto  A.giveup  A.probe  A.ack  A.2msl  A.keepalive  A.quiet
                                                    a timer of A's expires
  A.crash                                           A loses power and forgets everything
  deliver.1  drop.1                                 packet 1 arrives, or is lost
  copy.1  delay.1.500ms                             the network doubles it, or holds it back
  forge.B.SYN-ACK.300.101.65535.1460.hi             somebody else writes to B in A's name: flags,
                                                    SEQ, ACK, window, MSS, text
With a backlog strangers may call, too:
  stranger.7.SYN.5000  stranger.7.rto               stranger 7 writes to B; B's timer for it expires
  B.accept                                          B takes a connection that its listener made
";

fn main() -> ExitCode {
    let arguments: Vec<String> =
        env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let answer = answer(&arguments);
    let printed = print(&mut io::stdout().lock(), &answer.out);
    // If not even the complaint can be printed, the status still tells.
    let _ = print(&mut io::stderr().lock(), &answer.err);
    match printed {
        Ok(()) => ExitCode::from(answer.status),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Prints all of it. A reader who closed the pipe has read enough; that is no error.
fn print(to: &mut impl Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// What the program says to its arguments.
pub(crate) struct Answer {
    /// To standard output.
    pub(crate) out: String,
    /// To standard error.
    pub(crate) err: String,
    /// The exit status.
    pub(crate) status: u8,
}

/// Answers the command line.
pub(crate) fn answer(arguments: &[String]) -> Answer {
    match arguments {
        [help] if help == "--help" || help == "-h" => {
            Answer { out: USAGE.to_owned(), err: String::new(), status: 0 }
        }
        [run] => {
            let (trace, error) = Trace::decode(run);
            let err = error.as_ref().map_or_else(String::new, |error| complaint(run, error));
            Answer { out: ladder(&trace), err, status: if error.is_some() { 2 } else { 0 } }
        }
        _ => Answer { out: String::new(), err: USAGE.to_owned(), status: 2 },
    }
}

/// The most characters of a run that a complaint shows.
const EXCERPT: usize = 90;
/// How many of them, at most, stand before the wrong word.
const BEFORE: usize = 50;

/// What is wrong with a run, and under its text a caret for each character of the wrong word.
fn complaint(run: &str, error: &RunError) -> String {
    // One place for each character, so that the carets stand below the word.
    let visible = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let before = error.column - 1;
    let skipped = before.saturating_sub(BEFORE);
    let excerpt: String = run.chars().skip(skipped).take(EXCERPT).map(visible).collect();
    let cut = if skipped > 0 { "..." } else { "" };
    let margin = " ".repeat(cut.len() + before - skipped);
    let word: String = error.word.chars().take(EXCERPT - BEFORE).map(visible).collect();
    let carets = "^".repeat(word.chars().count().max(1));
    let (ordinal, column, problem) = (error.ordinal, error.column, error.problem);
    format!(
        "ladder: word {ordinal} (`{word}`, column {column}): {problem}\n  \
         {cut}{excerpt}\n  {margin}{carets}\n"
    )
}

/// The run as text: both sides, then every step with the states after it and the rule behind it.
///
/// `...` beside a segment means that it is in the network on that side, as in the RFC's figures;
/// `--x` and `x--` that it is lost there. What a step sends stands on the lines below it.
pub(crate) fn ladder(trace: &Trace) -> String {
    let mut rows = vec![Row {
        time: "ms".to_owned(),
        state: ["TCP peer A".to_owned(), "TCP peer B".to_owned()],
        ..Row::default()
    }];
    rows.push(Row { time: "0".to_owned(), ..Row::default() }.with_states(trace.world_at(0)));
    for (index, step) in trace.steps().iter().enumerate() {
        rows.extend(rows_of(step, trace.world_at(index), trace.world_at(index + 1)));
    }
    let mut text = header(trace);
    for line in aligned(&rows) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Two lines that introduce the sides.
fn header(trace: &Trace) -> String {
    let start = trace.start();
    let mut text = String::new();
    for side in Side::BOTH {
        let (port, iss, delay) = (start.port[side], start.iss[side], start.delay[side]);
        let peer = side.peer();
        let _ = writeln!(text, "TCP peer {side}: port {port}, ISS {iss}, {delay} to {peer}");
    }
    text.push('\n');
    text
}

/// One line of the ladder, before its columns are aligned.
#[derive(Default)]
struct Row {
    time: String,
    /// The states of A and of B.
    state: [String; 2],
    /// The packet's ordinal, for a segment.
    ordinal: String,
    /// A segment between its arrows, or what else happened.
    event: String,
    /// The rule with its section, or what the network did.
    reason: String,
}

impl Row {
    fn with_states(mut self, world: &World) -> Row {
        self.state = Side::BOTH.map(|side| world.end(side).state().to_string());
        self
    }
}

/// A call as the RFC names it.
fn call_name(call: &Call) -> String {
    match call {
        Call::ActiveOpen => "active OPEN".to_owned(),
        Call::PassiveOpen => "passive OPEN".to_owned(),
        Call::PassiveOpenFor(port) => format!("passive OPEN for port {port}"),
        Call::Send(text) => format!("SEND, {} octets", text.len()),
        Call::Receive => "RECEIVE".to_owned(),
        Call::Close => "CLOSE".to_owned(),
        Call::Abort => "ABORT".to_owned(),
        Call::Status => "STATUS".to_owned(),
        Call::Accept => "ACCEPT".to_owned(),
    }
}

/// The step itself, then what it sent and what it told a user.
fn rows_of(step: &Step, before: &World, after: &World) -> Vec<Row> {
    let mut first = Row { time: step.at.as_millis().to_string(), ..Row::default() };
    let reasons: Vec<String> = step
        .effects
        .reasons()
        .map(|reason| format!("{}  {}", reason.rule, source(reason.rule)))
        .collect();
    first.reason = reasons.join(", ");
    match &step.choice {
        Choice::Deliver(id) => first.show(before, *id, Place::Arrives),
        Choice::Drop(id) => {
            first.show(before, *id, Place::Lost);
            "lost".clone_into(&mut first.reason);
        }
        Choice::Duplicate(id) => {
            first.show(before, *id, Place::Between);
            let copies: Vec<String> = step.sent.iter().map(|id| id.to_string()).collect();
            first.reason = format!("copied as {}", copies.join(", "));
        }
        Choice::Delay(id, by) => {
            first.show(before, *id, Place::Between);
            let due = after.network().packet(*id).map_or(0, |packet| packet.due_at.as_millis());
            first.reason = format!("held back {by}, due at {due}");
        }
        Choice::Expire(side, timer) => first.event = format!("{side}: {timer} timer expires"),
        Choice::ExpireStranger(id, timer) => {
            first.event = format!("B: {timer} timer for stranger {id} expires");
        }
        Choice::Stranger(id, segment) => first.event = format!("stranger {id} to B: {segment}"),
        Choice::Crash(side) => first.event = format!("{side}: loses power"),
        Choice::Forge(side, segment) => {
            first.event = format!("somebody else to {side}: {segment}");
            "forged".clone_into(&mut first.reason);
        }
        Choice::Call(side, call) => first.event = format!("{side}: {}", call_name(call)),
    }
    let mut rows = vec![first.with_states(after)];
    rows.extend(consequences(step, after));
    rows
}

/// One row for each segment that a step sent, and for each message to a user.
fn consequences(step: &Step, after: &World) -> Vec<Row> {
    let mut sent = step.sent.iter();
    let mut rows = Vec::new();
    for effect in step.effects.iter() {
        let mut row = Row::default();
        match (effect, step.actor) {
            (Effect::Transmitted(_), _) => {
                let Some(id) = sent.next() else { continue };
                row.show(after, id, Place::Leaves);
            }
            (Effect::Signalled(error) | Effect::Returned(Err(error)), Some(side)) => {
                row.event = format!("{side} is told: {error}");
            }
            _ => continue,
        }
        rows.push(row);
    }
    rows
}

/// Where a segment is on the line that shows it.
#[derive(Clone, Copy)]
enum Place {
    Leaves,
    Between,
    Arrives,
    Lost,
}

impl Row {
    /// Shows a packet of this world between its arrows.
    fn show(&mut self, world: &World, id: PacketId, place: Place) {
        let Some(packet) = world.network().packet(id) else { return };
        let segment = &packet.segment;
        self.ordinal = id.to_string();
        let (left, right) = match (packet.from, place) {
            (Side::A, Place::Leaves) => ("-->", "..."),
            (Side::A, Place::Arrives) => ("...", "-->"),
            (Side::A, Place::Lost) => ("...", "--x"),
            (Side::B, Place::Leaves) => ("...", "<--"),
            (Side::B, Place::Arrives) => ("<--", "..."),
            (Side::B, Place::Lost) => ("x--", "..."),
            (_, Place::Between) => ("...", "..."),
        };
        let whose = packet.stranger.map_or_else(String::new, |id| format!("  stranger {id}"));
        self.event = format!("{left} {segment} {right}{whose}");
    }
}

/// Where a rule stands, i.e. `RFC 9293 §3.10.7.2`, or whose it is where that is no RFC.
fn source(rule: Rule) -> String {
    match rule.source() {
        Source::Rfc(rfc) => format!("RFC {rfc} §{}", rule.section()),
        Source::Linux => "Linux".to_owned(),
        Source::Sockets => "sockets".to_owned(),
        Source::WhatIf => "what if".to_owned(),
    }
}

/// The rows as lines, every column as wide as its widest entry.
fn aligned(rows: &[Row]) -> impl Iterator<Item = String> {
    let widest = |entry: fn(&Row) -> &str| {
        rows.iter().map(|row| entry(row).chars().count()).max().unwrap_or_default()
    };
    let time = widest(|row| &row.time);
    let state = State::SynReceived.name().len();
    let ordinal = widest(|row| &row.ordinal);
    let event = widest(|row| &row.event);
    rows.iter().map(move |row| {
        let [a, b] = &row.state;
        let line = format!(
            "{:>time$} {a:state$} {:>ordinal$} {:event$} {b:state$} {}",
            row.time, row.ordinal, row.event, row.reason
        );
        line.trim_end().to_owned()
    })
}
