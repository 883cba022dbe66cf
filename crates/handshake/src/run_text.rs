//! Runs as text: readable, fit for a link, with a version at the head.
//!
//! `v1~iss.100.300~delay.100ms~B.listen~A.open~deliver.1~drop.2`: words joined by `~`, the parts of
//! a word by `.`, all of them characters that a link carries as they are. First the version, then
//! what differs from [`Start::default`], then the choices. A choice names what it acts on, a packet
//! by its ordinal, so that a run survives changes to the order in which choices are listed.
//!
//! One value of a parameter counts for both sides; of two the first is A's and the second B's.
//!
//! | word | meaning |
//! | --- | --- |
//! | `iss.100.300` | the initial numbers of A and B |
//! | `delay.100ms.80ms` | how long what A sends, and what B sends, is under way |
//! | `port.51314.520` | the ports of A and B |
//! | `variant.linux.rfc9293` | how A and B depart from the RFC, see [`Variant`] |
//! | `window.200.65535` | the octets that A and B have room for |
//! | `mss.536.1460` | the maximum segment size that A and B announce |
//! | `options.mss-ws7-sack-ts.mss` | the options that A and B know; `none` for a side without |
//! | `msl.60s.120s` | MSL, as A and B take it |
//! | `usertimeout.30s` | how long something may go unacknowledged |
//! | `keepalive.7200s.75s.9` | keep-alive: idle time, interval, probes; `off` for a side without |
//! | `acks.delayed.prompt` | A delays its acknowledgments, B sends them at once |
//! | `reads.off` | the users take text only when they call RECEIVE |
//! | `quiet.on` | after a crash nothing is said for one MSL |
//! | `backlog.4.2`, `backlog.4.2.reset` | the [queues](crate::Backlog) of B's listener |
//! | `A.open`, `B.listen` | the calls active OPEN and passive OPEN |
//! | `B.listen.51315` | the call passive OPEN for one remote port and no other |
//! | `deliver.1`, `drop.1`, `copy.1`, `delay.1.500ms` | what the network does to packet 1 |
//! | `A.send.hello`, `A.send.0x68690a` | the call SEND, with its text as it is or in hexadecimal |
//! | `A.receive`, `A.close`, `A.abort`, `A.status` | the other calls |
//! | `B.accept` | B takes a connection that its listener has made |
//! | `A.crash` | A loses power and forgets everything |
//! | `forge.B.SYN-ACK.300.101.65535.1460.hi` | forged, to B: flags, SEQ, ACK, window, MSS, text |
//! | `forge.B.SYN.300.0.65535.1460-ws7-sack-ts5_0` | the same with other options behind the MSS |
//! | `stranger.7.SYN.5000.0.1000` | a segment as forged ones are, from stranger 7 and in its name |
//! | `stranger.7.rto` | a timer of B's connection with stranger 7 expires |
//! | `A.rto`, `A.giveup`, `A.probe`, `A.ack`, `A.2msl` | a timer of A expires |
//! | `A.keepalive`, `A.quiet` | and so do these |
//! | `after.50ms.drop.1` | any choice, made when nothing has happened for 50 ms |

mod known;
mod options;
mod parameters;

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use crate::{
    Call, Choice, Duration, Flags, Impossible, Octets, PacketId, Segment, SeqNum, Side, Start,
    StrangerId, Timer, Trace, Variant,
};

/// The version that is written, and the only one that can be read so far.
const VERSION: &str = "v1";

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VERSION)?;
        parameters::write(f, self.start())?;
        self.chosen().try_for_each(|(waited, choice)| match waited {
            Duration::ZERO => write!(f, "~{choice}"),
            waited => write!(f, "~after.{waited}.{choice}"),
        })
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choice::Deliver(id) => write!(f, "deliver.{id}"),
            Choice::Drop(id) => write!(f, "drop.{id}"),
            Choice::Duplicate(id) => write!(f, "copy.{id}"),
            Choice::Delay(id, by) => write!(f, "delay.{id}.{by}"),
            Choice::Expire(side, timer) => write!(f, "{side}.{}", timer.word()),
            Choice::Call(side, call) => write!(f, "{side}.{call}"),
            Choice::Crash(side) => write!(f, "{side}.crash"),
            Choice::ExpireStranger(id, timer) => write!(f, "stranger.{id}.{}", timer.word()),
            Choice::Forge(side, segment) => {
                write!(f, "forge.{side}.")?;
                write_segment(f, segment)
            }
            Choice::Stranger(id, segment) => {
                write!(f, "stranger.{id}.")?;
                write_segment(f, segment)
            }
        }
    }
}

/// The calls that are written as one word.
const CALL_WORDS: [(&str, Call); 7] = [
    ("listen", Call::PassiveOpen),
    ("open", Call::ActiveOpen),
    ("receive", Call::Receive),
    ("close", Call::Close),
    ("abort", Call::Abort),
    ("status", Call::Status),
    ("accept", Call::Accept),
];

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Call::Send(text) = self {
            f.write_str("send.")?;
            return write_text(f, text);
        }
        if let Call::PassiveOpenFor(port) = self {
            return write!(f, "listen.{port}");
        }
        let word = CALL_WORDS.iter().find(|(_, call)| call == self);
        f.write_str(word.map_or("", |(word, _)| word))
    }
}

impl FromStr for Call {
    type Err = RunProblem;

    fn from_str(word: &str) -> Result<Call, RunProblem> {
        if let Some(text) = word.strip_prefix("send.") {
            return read_text(text).map(Call::Send);
        }
        if let Some(port) = word.strip_prefix("listen.") {
            return number(port).map(Call::PassiveOpenFor);
        }
        let known = CALL_WORDS.iter().find(|(name, _)| *name == word);
        known.map(|(_, call)| call.clone()).ok_or(RunProblem::UnknownWord)
    }
}

/// Flags joined by `-`, then the numbers; what stands at the end and is nothing is left out.
fn write_segment(f: &mut fmt::Formatter<'_>, segment: &Segment) -> fmt::Result {
    for (index, name) in segment.flags.names().enumerate() {
        write!(f, "{}{name}", if index > 0 { "-" } else { "" })?;
    }
    write!(f, ".{}.{}.{}.", segment.seq, segment.ack, segment.window)?;
    options::write_forged(f, &segment.options)?;
    f.write_str(".")?;
    write_text(f, &segment.text)
}

fn read_forged(words: &str) -> Result<Choice, RunProblem> {
    let (side, segment) = words.split_once('.').unwrap_or((words, ""));
    let side = match side {
        "A" => Side::A,
        "B" => Side::B,
        _ => return Err(RunProblem::UnknownWord),
    };
    read_segment(segment).map(|segment| Choice::Forge(side, segment))
}

/// What a stranger sends, or its timer.
fn read_stranger(words: &str) -> Result<Choice, RunProblem> {
    let (id, what) = words.split_once('.').ok_or(RunProblem::UnknownWord)?;
    let id = number(id).map(StrangerId)?;
    match Timer::ALL.into_iter().find(|timer| timer.word() == what) {
        Some(timer) => Ok(Choice::ExpireStranger(id, timer)),
        None => read_segment(what).map(|segment| Choice::Stranger(id, segment)),
    }
}

fn read_segment(words: &str) -> Result<Segment, RunProblem> {
    let mut words = words.splitn(6, '.');
    let mut next = || words.next().unwrap_or_default();
    let mut flags = Flags::NONE;
    for name in next().split('-').filter(|name| !name.is_empty()) {
        let known = Flags::IN_HEADER_ORDER.into_iter().find(|(_, known)| *known == name);
        flags = flags | known.ok_or(RunProblem::UnknownWord)?.0;
    }
    let or_zero = |word: &str| if word.is_empty() { Ok(0) } else { number(word) };
    let seq = number(next()).map(SeqNum)?;
    let ack = or_zero(next()).map(SeqNum)?;
    let window = match next() {
        "" => 0,
        word => number(word)?,
    };
    let options = options::read_forged(next())?;
    let text = read_text(next())?;
    Ok(Segment { seq, ack, flags, window, options, text })
}

/// Text that a link carries as it is stands as it is; any other in hexadecimal.
fn write_text(f: &mut fmt::Formatter<'_>, text: &[u8]) -> fmt::Result {
    let plain = text.iter().all(|&octet| is_plain(octet)) && !text.starts_with(b"0x");
    if plain {
        return text.iter().try_for_each(|&octet| write!(f, "{}", char::from(octet)));
    }
    f.write_str("0x")?;
    text.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
}

fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_'
}

fn read_text(word: &str) -> Result<Octets, RunProblem> {
    let Some(digits) = word.strip_prefix("0x") else {
        let plain = word.bytes().all(is_plain);
        return plain.then(|| word.into()).ok_or(RunProblem::NotAText);
    };
    let digit =
        |octet: u8| char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = digits.as_bytes().chunks(2).map(|pair| match pair {
        &[high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    });
    pairs.collect::<Option<Octets>>().ok_or(RunProblem::NotAText)
}

impl FromStr for Trace {
    type Err = RunError;

    fn from_str(text: &str) -> Result<Trace, RunError> {
        match Trace::decode(text) {
            (trace, None) => Ok(trace),
            (_, Some(error)) => Err(error),
        }
    }
}

impl FromStr for Choice {
    type Err = RunProblem;

    fn from_str(word: &str) -> Result<Choice, RunProblem> {
        let (name, rest) = word.split_once('.').ok_or(RunProblem::UnknownWord)?;
        let side = match name {
            "A" => Some(Side::A),
            "B" => Some(Side::B),
            _ => None,
        };
        Ok(match (side, name, rest) {
            (Some(side), _, "crash") => Choice::Crash(side),
            (_, "forge", words) => read_forged(words)?,
            (_, "stranger", words) => read_stranger(words)?,
            (Some(side), _, what) => {
                match Timer::ALL.into_iter().find(|timer| timer.word() == what) {
                    Some(timer) => Choice::Expire(side, timer),
                    None => Choice::Call(side, what.parse()?),
                }
            }
            (_, "deliver", id) => Choice::Deliver(packet_id(id)?),
            (_, "drop", id) => Choice::Drop(packet_id(id)?),
            (_, "copy", id) => Choice::Duplicate(packet_id(id)?),
            (_, "delay", id_and_time) => {
                let (id, by) = id_and_time.split_once('.').ok_or(RunProblem::NotADuration)?;
                Choice::Delay(packet_id(id)?, duration(by)?)
            }
            _ => return Err(RunProblem::UnknownWord),
        })
    }
}

impl Trace {
    /// Reads a run. Where something is wrong with it, what was read before that still plays, and
    /// the error says what is wrong and where.
    pub fn decode(text: &str) -> (Trace, Option<RunError>) {
        let mut words = words(text);
        let head = words.next();
        if head.as_ref().map(|word| word.text) != Some(VERSION) {
            let word = head.unwrap_or(Word { text: "", column: 1, ordinal: 1 });
            return (Trace::new(Start::default()), Some(word.error(RunProblem::Version)));
        }
        let mut start = Start::default();
        let mut words = words.peekable();
        while let Some(word) = words.peek() {
            match parameters::read(&mut start, word.text) {
                Some(Ok(())) => drop(words.next()),
                Some(Err(problem)) => return (Trace::new(start), Some(word.error(problem))),
                None => break,
            }
        }
        let mut trace = Trace::new(start);
        for word in words {
            if let Err(problem) = trace.extend_by(word.text) {
                return (trace, Some(word.error(problem)));
            }
        }
        (trace, None)
    }

    /// Makes the one step that a word of a run's text says, `after.50ms.drop.1` say.
    ///
    /// # Errors
    ///
    /// [`RunProblem`] says what is wrong with the word, or with the step here; the run stays as it
    /// is.
    pub fn extend_by(&mut self, word: &str) -> Result<(), RunProblem> {
        let (wait, choice) = match word.strip_prefix("after.") {
            Some(words) => {
                let (wait, choice) = words.split_once('.').ok_or(RunProblem::UnknownWord)?;
                (duration(wait)?, choice)
            }
            None => (Duration::ZERO, word),
        };
        let choice = choice.parse()?;
        if self.len() >= Trace::STEPS_MAX {
            return Err(RunProblem::TooLong);
        }
        self.extend_after(wait, &choice).map_err(RunProblem::Impossible)
    }
}

fn packet_id(text: &str) -> Result<PacketId, RunProblem> {
    number(text).map(PacketId)
}

/// Digits only: Rust's own parser would take a plus sign as well.
fn number<T: FromStr>(text: &str) -> Result<T, RunProblem> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(RunProblem::NotANumber)
}

fn duration(text: &str) -> Result<Duration, RunProblem> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or(RunProblem::NotADuration)?;
    let (digits, unit) = text.split_at(unit_at);
    let micros_each: u64 = match unit {
        "us" => 1,
        "ms" => 1000,
        "s" => 1_000_000,
        _ => return Err(RunProblem::NotADuration),
    };
    let count: u64 = digits.parse().map_err(|_| RunProblem::NotADuration)?;
    count.checked_mul(micros_each).map(Duration).ok_or(RunProblem::NotADuration)
}

/// One word of a run and where it stands.
struct Word<'a> {
    text: &'a str,
    column: usize,
    ordinal: usize,
}

impl Word<'_> {
    fn error(&self, problem: RunProblem) -> RunError {
        let word = self.text.to_owned();
        RunError { problem, word, ordinal: self.ordinal, column: self.column }
    }
}

/// The words of a run, each with where it stands.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut column = 1;
    text.split('~').enumerate().map(move |(index, text)| {
        let word = Word { text, column, ordinal: index + 1 };
        column += text.chars().count() + 1;
        word
    })
}

/// What is wrong with the text of a run, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunError {
    /// What is wrong.
    pub problem: RunProblem,
    /// The word that is wrong.
    pub word: String,
    /// Which word it is, from 1.
    pub ordinal: usize,
    /// The place of its first character, from 1.
    pub column: usize,
}

/// What can be wrong with a word of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunProblem {
    /// The text does not begin with a version that can be read.
    Version,
    /// The word is none that a run can have here.
    UnknownWord,
    /// A number was expected, of decimal digits, and within its range.
    NotANumber,
    /// A duration was expected, i.e. `500ms`.
    NotADuration,
    /// A text was expected: letters, digits, `-` and `_`, or `0x` and pairs of hexadecimal digits.
    NotAText,
    /// Options were expected, i.e. `mss-ws7-sack-ts`.
    NotOptions,
    /// `on` or `off` was expected.
    NotASwitch,
    /// `delayed` or `prompt` was expected.
    NotAPace,
    /// The name of a variant was expected.
    UnknownVariant,
    /// The choice cannot be made at this place of the run.
    Impossible(Impossible),
    /// The run has more steps than are allowed.
    TooLong,
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "word {} (`{}`, column {}): {}",
            self.ordinal, self.word, self.column, self.problem
        )
    }
}

impl fmt::Display for RunProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunProblem::Version => write!(f, "a run begins with its version, `{VERSION}`"),
            RunProblem::UnknownWord => known::write(f),
            RunProblem::NotANumber => f.write_str("expected a number in decimal digits"),
            RunProblem::NotADuration => f.write_str("expected a duration, i.e. `500ms`"),
            RunProblem::NotAText => f.write_str(
                "expected a text of letters, digits, `-` and `_`, or in hexadecimal: `0x6869`",
            ),
            RunProblem::NotOptions => f.write_str(
                "expected options joined by `-`: `mss`, `ws7`, `sack`, `ts`, or `none`; in a forged \
                 segment the MSS as a number, and `ts` with both times: `1460-ws7-sack-ts5_0`",
            ),
            RunProblem::NotASwitch => f.write_str("expected `on` or `off`"),
            RunProblem::NotAPace => f.write_str("expected `delayed` or `prompt`"),
            RunProblem::UnknownVariant => {
                f.write_str("expected a variant:")?;
                Variant::ALL.iter().try_for_each(|variant| write!(f, " `{variant}`"))
            }
            RunProblem::Impossible(why) => write!(f, "cannot happen here: {why}"),
            RunProblem::TooLong => write!(f, "a run has at most {} steps", Trace::STEPS_MAX),
        }
    }
}

impl Error for RunError {}
