//! The driver itself: a line of JSON in, a line of JSON out.

use handshake::{
    Call, Effect, Effects, Endpoint, Flags, InitialNumbers, Input, Instant, Octets, Offers,
    Options, PerSide, Reason, Scale, Segment, SeqNum, Settings, Side, Tcb, Timestamps, Variant,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

/// One line of input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// `null` is no reset.
    #[serde(default, deserialize_with = "present")]
    reset: Option<Reset>,
    now_us: Option<u64>,
    side: Option<SideWord>,
    call: Option<CallWords>,
    segment: Option<SegmentWords>,
    advance: Option<bool>,
}

fn present<'a, D: Deserializer<'a>>(words: D) -> Result<Option<Reset>, D::Error> {
    Reset::deserialize(words).map(Some)
}

#[derive(Clone, Copy, Deserialize)]
enum SideWord {
    A,
    B,
}

/// How both endpoints begin. Options beyond MSS are off unless they are asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Reset {
    iss: IssWords,
    variant: String,
    window: u16,
    window_scale: Option<u8>,
    sack_permitted: bool,
    timestamps: bool,
}

impl Default for Reset {
    fn default() -> Self {
        let iss = IssWords { a: 100, b: 300 };
        Reset {
            iss,
            variant: Variant::default().to_string(),
            window: u16::MAX,
            window_scale: None,
            sack_permitted: false,
            timestamps: false,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssWords {
    #[serde(rename = "A")]
    a: u32,
    #[serde(rename = "B")]
    b: u32,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum CallWords {
    Word(String),
    Open { open: OpenWord, iss: Option<u32> },
    Send { send: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum OpenWord {
    Active,
    Passive,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SegmentWords {
    flags: String,
    seq: u32,
    #[serde(default)]
    ack: u32,
    #[serde(default)]
    win: u16,
    mss: Option<u16>,
    window_scale: Option<u8>,
    #[serde(default)]
    sack_permitted: bool,
    timestamps: Option<TimestampWords>,
    #[serde(default)]
    text: String,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct TimestampWords {
    value: u32,
    #[serde(default)]
    echo: u32,
}

/// The latest moment, in microseconds: all that JSON's numbers hold exactly, 285 years. Beyond the
/// end of time no timer could expire later than another.
const NOW_MAX: u64 = 1 << 53;

/// A line that was understood.
enum Command {
    Reset(Reset, Variant),
    Call { now: Instant, side: Side, call: Call, iss: Option<SeqNum> },
    Segment { now: Instant, side: Side, segment: Segment },
    Advance { now: Instant, side: Side },
}

/// What is wrong with a line, or with a call.
#[derive(Serialize)]
struct Complaint {
    kind: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Failed {
    error: Complaint,
}

/// What is wrong with a line that is JSON of the right shape: in which value, named by the keys
/// that lead to it, and what.
struct Problem {
    at: &'static [&'static str],
    message: String,
}

fn problem(at: &'static [&'static str], message: impl Into<String>) -> Problem {
    Problem { at, message: message.into() }
}

fn read(line: &str) -> Result<Command, Complaint> {
    let complaint = |message, column| Complaint { kind: "input", message, column: Some(column) };
    let words: Line =
        serde_json::from_str(line).map_err(|error| complaint(error.to_string(), error.column()))?;
    understand(words).map_err(|Problem { at, message }| {
        let begin = value_at(line, at).unwrap_or(0);
        complaint(message, begin + 1)
    })
}

/// Where the value begins to which these keys lead in a line of JSON, in octets from 0.
fn value_at(line: &str, keys: &[&str]) -> Option<usize> {
    let space = [' ', '\t', '\r', '\n'];
    let is_between = |c: char| space.contains(&c) || c == ',' || c == ':';
    let begin = |from: usize| {
        let rest = line.get(from..)?;
        Some(line.len() - rest.trim_start_matches(is_between).len())
    };
    let mut at = begin(0)?;
    for wanted in keys {
        // Behind the brace.
        at = begin(at + 1)?;
        loop {
            let (key, end) = first::<String>(&line[at..])?;
            at = begin(at + end)?;
            if key == *wanted {
                break;
            }
            let (_, end) = first::<IgnoredAny>(&line[at..])?;
            at = begin(at + end)?;
        }
    }
    Some(at)
}

/// The first value in a text, and where it ends.
fn first<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

fn understand(line: Line) -> Result<Command, Problem> {
    if let Some(reset) = line.reset {
        let beside: [(bool, &[&str]); 5] = [
            (line.now_us.is_some(), &["now_us"]),
            (line.side.is_some(), &["side"]),
            (line.call.is_some(), &["call"]),
            (line.segment.is_some(), &["segment"]),
            (line.advance.is_some(), &["advance"]),
        ];
        if let Some((_, at)) = beside.into_iter().find(|(stands, _)| *stands) {
            return Err(problem(at, "expected nothing beside `reset`"));
        }
        let Ok(variant) = reset.variant.parse() else {
            let names = Variant::ALL.map(Variant::name).join(", ");
            let message = format!("unknown variant `{}`, expected one of {names}", reset.variant);
            return Err(problem(&["reset", "variant"], message));
        };
        if reset.window_scale.is_some_and(|shift| shift > Scale::SHIFT_MAX) {
            let message = format!("`window_scale` is at most {}", Scale::SHIFT_MAX);
            return Err(problem(&["reset", "window_scale"], message));
        }
        return Ok(Command::Reset(reset, variant));
    }
    let (Some(now), Some(side)) = (line.now_us, line.side) else {
        return Err(problem(&[], "expected `reset`, or `now_us` and `side`"));
    };
    if now > NOW_MAX {
        return Err(problem(&["now_us"], format!("expected `now_us` of at most {NOW_MAX}")));
    }
    let now = Instant(now);
    let side = match side {
        SideWord::A => Side::A,
        SideWord::B => Side::B,
    };
    let one_of = "expected one of `call`, `segment` and `\"advance\":true`";
    match (line.call, line.segment, line.advance) {
        (Some(words), None, None) => {
            let (call, iss) = read_call(words)?;
            Ok(Command::Call { now, side, call, iss })
        }
        (None, Some(words), None) => {
            read_segment(&words).map(|segment| Command::Segment { now, side, segment })
        }
        (None, None, Some(true)) => Ok(Command::Advance { now, side }),
        (_, _, Some(_)) => Err(problem(&["advance"], one_of)),
        (_, Some(_), _) => Err(problem(&["segment"], one_of)),
        (None, None, None) => Err(problem(&[], one_of)),
    }
}

fn read_call(words: CallWords) -> Result<(Call, Option<SeqNum>), Problem> {
    Ok(match words {
        CallWords::Open { open: OpenWord::Active, iss } => (Call::ActiveOpen, iss.map(SeqNum)),
        CallWords::Open { open: OpenWord::Passive, iss } => (Call::PassiveOpen, iss.map(SeqNum)),
        CallWords::Send { send } => (Call::Send(octets(&["call", "send"], &send)?), None),
        CallWords::Word(word) => match word.as_str() {
            "receive" => (Call::Receive, None),
            "close" => (Call::Close, None),
            "abort" => (Call::Abort, None),
            "status" => (Call::Status, None),
            _ => return Err(problem(&["call"], format!("unknown call `{word}`"))),
        },
    })
}

fn read_segment(words: &SegmentWords) -> Result<Segment, Problem> {
    let mut flags = Flags::NONE;
    for name in words.flags.split(',').filter(|name| !name.is_empty()) {
        let known = Flags::IN_HEADER_ORDER.iter().find(|(_, known)| *known == name);
        let unknown = || problem(&["segment", "flags"], format!("unknown flag `{name}`"));
        let (flag, _) = known.ok_or_else(unknown)?;
        flags = flags | *flag;
    }
    Ok(Segment {
        seq: SeqNum(words.seq),
        ack: SeqNum(words.ack),
        flags,
        window: words.win,
        options: Options {
            mss: words.mss,
            window_scale: words.window_scale,
            sack_permitted: words.sack_permitted,
            timestamps: words
                .timestamps
                .map(|TimestampWords { value, echo }| Timestamps { value, echo }),
        },
        text: octets(&["segment", "text"], &words.text)?,
    })
}

/// One octet a character.
fn octets(at: &'static [&'static str], text: &str) -> Result<Octets, Problem> {
    let octet = |c: char| u8::try_from(u32::from(c)).ok();
    let octets: Option<Octets> = text.chars().map(octet).collect();
    octets.ok_or_else(|| problem(at, "a text has characters from U+0000 to U+00FF only"))
}

fn characters(octets: &[u8]) -> String {
    octets.iter().map(|&octet| char::from(octet)).collect()
}

/// One line of output.
#[derive(Serialize)]
struct Answer {
    state: &'static str,
    sent: Vec<Sent>,
    rules: Vec<RuleWords>,
    delivered: String,
    error: Option<Complaint>,
    /// What the user was told unasked.
    signals: Vec<String>,
    next_timeout_us: Option<u64>,
    tcb: Option<TcbWords>,
}

#[derive(Serialize)]
struct Sent {
    flags: String,
    seq: u32,
    ack: u32,
    win: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    mss: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window_scale: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sack_permitted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamps: Option<TimestampWords>,
    text: String,
}

#[derive(Serialize)]
struct RuleWords {
    id: &'static str,
    section: &'static str,
}

#[derive(Serialize)]
struct TcbWords {
    snd: SndWords,
    rcv: RcvWords,
}

#[derive(Serialize)]
struct SndWords {
    una: u32,
    nxt: u32,
    wnd: u32,
    iss: u32,
}

#[derive(Serialize)]
struct RcvWords {
    nxt: u32,
    wnd: u32,
    irs: u32,
}

/// Two endpoints, which are not connected: whoever drives them carries the segments.
pub(crate) struct Driver {
    ends: PerSide<Endpoint>,
}

/// As after a reset that asks for nothing.
impl Default for Driver {
    fn default() -> Self {
        Driver::new(&Reset::default(), Variant::default())
    }
}

impl Driver {
    /// Carries out one line and answers with one, whatever it holds.
    ///
    /// # Errors
    ///
    /// Where the answer cannot be written as JSON, which is a mistake of this program's.
    pub(crate) fn answer(&mut self, line: &str) -> serde_json::Result<String> {
        match read(line) {
            Ok(command) => serde_json::to_string(&self.carry_out(command)),
            Err(error) => serde_json::to_string(&Failed { error }),
        }
    }

    fn new(reset: &Reset, variant: Variant) -> Driver {
        let offers = Offers {
            window_scale: reset.window_scale,
            sack_permitted: reset.sack_permitted,
            timestamps: reset.timestamps,
            ..Offers::default()
        };
        let window = reset.window.into();
        let settings = Settings { window, offers, variant, ..Settings::default() };
        let end = |iss| {
            let numbers = InitialNumbers { next: SeqNum(iss), step: 100 };
            Endpoint::new(settings, numbers)
        };
        Driver { ends: PerSide { a: end(reset.iss.a), b: end(reset.iss.b) } }
    }

    fn carry_out(&mut self, command: Command) -> Answer {
        match command {
            Command::Reset(reset, variant) => {
                *self = Driver::new(&reset, variant);
                answer(&self.ends.a, &[])
            }
            Command::Call { now, side, call, iss } => {
                let end = &mut self.ends[side];
                if let Some(iss) = iss {
                    end.choose_next_iss(iss);
                }
                let effects = end.handle(now, Input::Call(&call));
                answer(end, &[effects])
            }
            Command::Segment { now, side, segment } => {
                let end = &mut self.ends[side];
                let effects = end.handle(now, Input::Segment(&segment));
                answer(end, &[effects])
            }
            Command::Advance { now, side } => self.advance(now, side),
        }
    }

    /// Lets the timers of one side expire that are due by now, each at its own moment.
    fn advance(&mut self, now: Instant, side: Side) -> Answer {
        let end = &mut self.ends[side];
        let mut turns = Vec::new();
        let mut last = None;
        while let Some(next) = end.next_timeout().filter(|(due_at, _)| *due_at <= now) {
            // What has expired stops or is put off: the same again would never end.
            if last.replace(next) == Some(next) {
                break;
            }
            let (due_at, timer) = next;
            turns.push(end.handle(due_at, Input::Expired(timer)));
        }
        answer(end, &turns)
    }
}

/// What a side did in these turns, and how it stands now.
fn answer(end: &Endpoint, turns: &[Effects]) -> Answer {
    let mut answer = Answer {
        state: end.state().name(),
        sent: Vec::new(),
        rules: Vec::new(),
        delivered: String::new(),
        error: None,
        signals: Vec::new(),
        next_timeout_us: end.next_timeout().map(|(due_at, _)| due_at.0),
        tcb: end.tcb().map(tcb_words),
    };
    for effect in turns.iter().flat_map(Effects::iter) {
        match effect {
            Effect::Transmitted(segment) => answer.sent.push(sent(segment)),
            Effect::Applied(Reason { rule, .. }) => {
                answer.rules.push(RuleWords { id: rule.id(), section: rule.section() });
            }
            Effect::Delivered(text) => answer.delivered.push_str(&characters(text)),
            Effect::Returned(Err(error)) => {
                let message = error.to_string();
                answer.error = Some(Complaint { kind: "call", message, column: None });
            }
            Effect::Signalled(error) => answer.signals.push(error.to_string()),
            // The state and the next time-out tell of these.
            _ => {}
        }
    }
    answer
}

fn sent(segment: &Segment) -> Sent {
    let Options { mss, window_scale, sack_permitted, timestamps } = segment.options;
    Sent {
        flags: segment.flags.to_string(),
        seq: segment.seq.0,
        ack: segment.acknowledges().map_or(0, |ack| ack.0),
        win: segment.window,
        mss,
        window_scale,
        sack_permitted: sack_permitted.then_some(true),
        timestamps: timestamps.map(|Timestamps { value, echo }| TimestampWords { value, echo }),
        text: characters(&segment.text),
    }
}

fn tcb_words(tcb: &Tcb) -> TcbWords {
    let (snd, rcv) = (&tcb.snd, &tcb.rcv);
    TcbWords {
        snd: SndWords { una: snd.una.0, nxt: snd.nxt.0, wnd: snd.wnd, iss: snd.iss.0 },
        rcv: RcvWords { nxt: rcv.nxt.0, wnd: rcv.wnd, irs: rcv.irs.0 },
    }
}
