//! Drives two endpoints from another program: JSON lines in, one JSON line out for each.
//!
//! `cargo run -q --release -p handshake --features serde --example drive`
//!
//! The endpoints are not connected: whoever drives them carries the segments, loses or forges them.
//! A line is a reset, or one input for one side at one moment:
//!
//! ```json
//! {"reset":{"iss":{"A":100,"B":300},"window":200}}
//! {"now_us":0,"side":"B","call":{"open":"passive"}}
//! {"now_us":1000,"side":"B","segment":{"flags":"SYN","seq":100,"ack":0,"win":65535,"mss":1460,"text":""}}
//! {"now_us":5000,"side":"A","advance":true}
//! ```
//!
//! Only `advance` lets timers expire, those due at `now_us` included. A text is one octet a
//! character.

use std::io::{self, BufRead, Write};

use handshake::{
    Call, Effect, Effects, Endpoint, Flags, InitialNumbers, Input, Instant, Octets, Options,
    PerSide, Reason, Segment, SeqNum, Settings, Side, Tcb, Variant,
};
use serde::{Deserialize, Serialize};

fn main() -> io::Result<()> {
    let mut driver = Driver::new(&Reset::default(), Variant::default());
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = match read(&line?) {
            Ok(command) => serde_json::to_string(&driver.carry_out(command)),
            Err(error) => serde_json::to_string(&Failed { error }),
        };
        writeln!(out, "{}", answer?)?;
        out.flush()?;
    }
    Ok(())
}

/// One line of input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    reset: Option<Reset>,
    now_us: Option<u64>,
    side: Option<Side>,
    call: Option<CallWords>,
    segment: Option<SegmentWords>,
    advance: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Reset {
    iss: IssWords,
    variant: String,
    window: u16,
}

impl Default for Reset {
    fn default() -> Self {
        let iss = IssWords { a: 100, b: 300 };
        Reset { iss, variant: Variant::default().to_string(), window: u16::MAX }
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
#[serde(untagged)]
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
    #[serde(default)]
    text: String,
}

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

fn complaint(message: impl Into<String>) -> Complaint {
    Complaint { kind: "input", message: message.into(), column: Some(1) }
}

fn read(line: &str) -> Result<Command, Complaint> {
    let line: Line = serde_json::from_str(line).map_err(|error| Complaint {
        kind: "input",
        message: error.to_string(),
        column: Some(error.column()),
    })?;
    if let Some(reset) = line.reset {
        let Ok(variant) = reset.variant.parse() else {
            let names = Variant::ALL.map(Variant::name).join(", ");
            let message = format!("unknown variant `{}`, expected one of {names}", reset.variant);
            return Err(complaint(message));
        };
        return Ok(Command::Reset(reset, variant));
    }
    let (Some(now), Some(side)) = (line.now_us.map(Instant), line.side) else {
        return Err(complaint("expected `reset`, or `now_us` and `side`"));
    };
    match (line.call, line.segment, line.advance) {
        (Some(words), None, None) => {
            let (call, iss) = read_call(words)?;
            Ok(Command::Call { now, side, call, iss })
        }
        (None, Some(words), None) => {
            read_segment(&words).map(|segment| Command::Segment { now, side, segment })
        }
        (None, None, Some(true)) => Ok(Command::Advance { now, side }),
        _ => Err(complaint("expected one of `call`, `segment` and `\"advance\":true`")),
    }
}

fn read_call(words: CallWords) -> Result<(Call, Option<SeqNum>), Complaint> {
    Ok(match words {
        CallWords::Open { open: OpenWord::Active, iss } => (Call::ActiveOpen, iss.map(SeqNum)),
        CallWords::Open { open: OpenWord::Passive, iss } => (Call::PassiveOpen, iss.map(SeqNum)),
        CallWords::Send { send } => (Call::Send(octets(&send)?), None),
        CallWords::Word(word) => match word.as_str() {
            "receive" => (Call::Receive, None),
            "close" => (Call::Close, None),
            "abort" => (Call::Abort, None),
            "status" => (Call::Status, None),
            _ => return Err(complaint(format!("unknown call `{word}`"))),
        },
    })
}

fn read_segment(words: &SegmentWords) -> Result<Segment, Complaint> {
    let mut flags = Flags::NONE;
    for name in words.flags.split(',').filter(|name| !name.is_empty()) {
        let known = Flags::IN_HEADER_ORDER.iter().find(|(_, known)| *known == name);
        let (flag, _) = known.ok_or_else(|| complaint(format!("unknown flag `{name}`")))?;
        flags = flags | *flag;
    }
    Ok(Segment {
        seq: SeqNum(words.seq),
        ack: SeqNum(words.ack),
        flags,
        window: words.win,
        options: Options { mss: words.mss },
        text: octets(&words.text)?,
    })
}

/// One octet a character.
fn octets(text: &str) -> Result<Octets, Complaint> {
    let octet = |c: char| u8::try_from(u32::from(c)).ok();
    let octets: Option<Octets> = text.chars().map(octet).collect();
    octets.ok_or_else(|| complaint("a text has characters from U+0000 to U+00FF only"))
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
    seq: SeqNum,
    ack: SeqNum,
    win: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    mss: Option<u16>,
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
    una: SeqNum,
    nxt: SeqNum,
    wnd: u32,
    iss: SeqNum,
}

#[derive(Serialize)]
struct RcvWords {
    nxt: SeqNum,
    wnd: u32,
    irs: SeqNum,
}

struct Driver {
    ends: PerSide<Endpoint>,
}

impl Driver {
    fn new(reset: &Reset, variant: Variant) -> Driver {
        let settings = Settings { window: reset.window, variant, ..Settings::default() };
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
                let effects = end.handle(now, &Input::Call(call));
                answer(end, &[effects])
            }
            Command::Segment { now, side, segment } => {
                let end = &mut self.ends[side];
                let effects = end.handle(now, &Input::Segment(segment));
                answer(end, &[effects])
            }
            Command::Advance { now, side } => self.advance(now, side),
        }
    }

    /// Lets the timers of one side expire that are due by now, each at its own moment.
    fn advance(&mut self, now: Instant, side: Side) -> Answer {
        let end = &mut self.ends[side];
        let mut turns = Vec::new();
        while let Some((due_at, timer)) = end.next_timeout().filter(|(due_at, _)| *due_at <= now) {
            turns.push(end.handle(due_at, &Input::Expired(timer)));
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
    Sent {
        flags: segment.flags.to_string(),
        seq: segment.seq,
        ack: segment.acknowledges().unwrap_or(SeqNum(0)),
        win: segment.window,
        mss: segment.options.mss,
        text: characters(&segment.text),
    }
}

fn tcb_words(tcb: &Tcb) -> TcbWords {
    TcbWords {
        snd: SndWords { una: tcb.snd.una, nxt: tcb.snd.nxt, wnd: tcb.snd.wnd, iss: tcb.snd.iss },
        rcv: RcvWords { nxt: tcb.rcv.nxt, wnd: tcb.rcv.wnd, irs: tcb.rcv.irs },
    }
}
