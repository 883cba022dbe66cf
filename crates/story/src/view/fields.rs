//! The segment: its flags as lamps, its numbers with the sums that made them, its header.

mod header;

use handshake::{
    Fate, Flags, Options, PacketHistory, PacketId, Rule, Scale, Segment, SeqNum, Side, Timestamps,
    Trace,
};

use crate::{Language, Numbering, Numbers, Position, Text, text, words};

/// One segment, laid open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fields {
    /// The packet that carries it.
    pub packet: PacketId,
    /// Its number as every view writes it.
    pub numeral: String,
    /// Who sent it.
    pub from: Side,
    /// What its sender and its receiver are called: one of them may be a stranger.
    pub ends: [String; 2],
    /// The octets of its header, options included.
    pub header_octets: u16,
    /// Its numbers, each with the sum that made it.
    pub rows: Vec<Row>,
    /// Its header.
    pub form: Form,
}

/// A header, as a form that is filled in or is not yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// The eight flags, in the order of the header.
    pub lamps: Vec<Lamp>,
    /// The header, cell by cell, in the order of the wire.
    pub cells: Vec<HeaderCell>,
}

impl Form {
    /// The form that nobody has filled in: no flag is set, no cell has a value.
    pub fn blank(language: Language) -> Form {
        Form { lamps: lamps(Flags::NONE), cells: header::blank(language) }
    }
}

/// One flag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lamp {
    /// Its name.
    pub name: &'static str,
    /// Is it set?
    pub lit: bool,
}

/// One number of the segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which number it is.
    pub kind: RowKind,
    /// Its value.
    pub value: String,
    /// What made it, in order.
    pub parts: Vec<Part>,
}

/// Which number a row explains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// SEG.SEQ.
    Seq,
    /// SEG.ACK.
    Ack,
    /// SEG.WND.
    Window,
    /// An option.
    Option,
}

impl RowKind {
    /// The field's short name.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Seq => "seq",
            RowKind::Ack => "ack",
            RowKind::Window => "wnd",
            RowKind::Option => "opt",
        }
    }
}

/// One part of the sum that made a number, or a remark about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Whose numbers it counts; none for a remark.
    pub owner: Option<Side>,
    /// The number.
    pub number: Option<String>,
    /// What it is.
    pub text: String,
}

/// One cell of the header drawing: rows of 32 bits, coordinates in bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderCell {
    /// The row of 32 bits, from 0.
    pub row: u8,
    /// Its first bit in the row.
    pub bit: u8,
    /// How many bits it has.
    pub bits: u8,
    /// What it is called.
    pub name: &'static str,
    /// Its value in the numbers chosen, where that says more than the bytes.
    pub value: Option<String>,
    /// Its name, its size, its value and what it is for, in one sentence.
    pub note: String,
    /// Its bytes in hexadecimal, as they go over the wire; none for parts of a byte.
    pub hex: Option<String>,
    /// How it is set off.
    pub tint: Tint,
}

/// How a cell is set off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tint {
    /// Not at all.
    Plain,
    /// In the colour of the side whose numbers it counts.
    Owner(Side),
    /// As a flag, lit or not.
    Flag(bool),
}

/// The packet that a position is about: the newest in the air, else the newest of all.
pub fn newest_packet(trace: &Trace, position: Position) -> Option<PacketId> {
    let in_flight = trace.world_at(position.place).network().in_flight();
    in_flight
        .last()
        .map(|packet| packet.id)
        .or_else(|| trace.packets_at(position.place).last().map(|history| history.packet.id))
}

/// Lays a packet open, if it was sent by then.
pub fn fields(
    trace: &Trace,
    position: Position,
    packet: PacketId,
    language: Language,
    numbers: Numbers,
) -> Option<Fields> {
    let packets = trace.packets_at(position.place);
    let history = packets.iter().find(|history| history.packet.id == packet)?;
    let numbering = Numbering::of(trace, history, numbers);
    let (from, segment) = (history.packet.from, &history.packet.segment);
    let mut rows = vec![seq_row(trace, history, &numbering, language)];
    rows.extend(ack_row(trace, history, &numbering, language));
    if !segment.is_reset() {
        rows.push(window_row(from, segment, language));
    }
    rows.extend(option_row(from, segment, language));
    Some(Fields {
        packet,
        numeral: words::numeral(packet.0),
        from,
        ends: words::ends(&history.packet, language),
        header_octets: 4 * header_words(segment),
        rows,
        form: Form {
            lamps: lamps(segment.flags),
            cells: header::cells(trace, &history.packet, &numbering, language),
        },
    })
}

fn lamps(flags: Flags) -> Vec<Lamp> {
    let all = Flags::IN_HEADER_ORDER.iter();
    all.map(|&(flag, name)| Lamp { name, lit: flags.contain(flag) }).collect()
}

fn remark(text: Text, language: Language) -> Part {
    Part { owner: None, number: None, text: text.to(language).to_owned() }
}

/// A number that is part of a sum.
fn summand(owner: Side, number: impl Into<String>, text: Text, language: Language) -> Part {
    Part { owner: Some(owner), number: Some(number.into()), text: text.to(language).to_owned() }
}

/// `seq`: where its side began, and what was said since.
fn seq_row(
    trace: &Trace,
    history: &PacketHistory,
    numbering: &Numbering,
    language: Language,
) -> Row {
    let (from, segment) = (history.packet.from, &history.packet.segment);
    let parts = match not_counted(trace, history) {
        Some(why) => vec![remark(why, language)],
        None => seq_parts(trace, history, numbering, language).unwrap_or_default(),
    };
    Row { kind: RowKind::Seq, value: numbering.write_seq(from, segment), parts }
}

/// Where a forged letter has its numbers from.
const NOT_OURS: Text =
    text!("别人写的，或是从前的号码", "somebody else’s, or a number of long ago");

/// Why a sequence number is not counted from where its sender began, if it is not.
fn not_counted(trace: &Trace, history: &PacketHistory) -> Option<Text> {
    let segment = &history.packet.segment;
    let step = trace.step_to(history.said_in);
    let followed = |rule| step.is_some_and(|step| step.effects.followed(rule));
    if history.packet.forged {
        Some(NOT_OURS)
    } else if followed(Rule::SynCookieSent) {
        Some(text!("算出来的 cookie，P 什么也不记", "a cookie: P works it out and keeps nothing"))
    } else if followed(Rule::KeepAliveProbe) && segment.length() == 0 {
        Some(text!("故意用旧号码，对方不能不答", "an old number, which has to be answered"))
    } else if !segment.is_reset() || followed(Rule::Abort) || followed(Rule::KeepAliveGivesUp) {
        None
    } else if segment.acknowledges().is_some() {
        // Section 3.5.2.
        Some(text!("来信没有 ACK，就填 0", "0, since what it answers had no ACK"))
    } else {
        Some(text!("来信里 ack 的号码", "the ack number of what it answers"))
    }
}

/// The initial number of whoever sent a packet, in the connection that it belongs to: that of the
/// last SYN of its own up to then.
fn initial_number(trace: &Trace, history: &PacketHistory) -> Option<SeqNum> {
    let packet = &history.packet;
    let sent = trace.packets_at(history.said_in);
    let mut own = sent.iter().rev().map(|sent| &sent.packet).filter(|sent| {
        (sent.from, sent.stranger) == (packet.from, packet.stranger) && !sent.forged
    });
    own.find(|sent| sent.segment.is_syn()).map(|sent| sent.segment.seq)
}

fn seq_parts(
    trace: &Trace,
    history: &PacketHistory,
    numbering: &Numbering,
    language: Language,
) -> Option<Vec<Part>> {
    let (from, segment) = (history.packet.from, &history.packet.segment);
    let iss = initial_number(trace, history)?;
    let begins = match (from, history.packet.stranger) {
        (Side::A, Some(_)) => text!("陌生人的起点", "where the stranger starts"),
        (Side::A, None) => text!("T 的起点", "where T starts"),
        (Side::B, _) => text!("P 的起点", "where P starts"),
    };
    if segment.seq == iss {
        let begins = Part { owner: Some(from), number: None, text: begins.to(language).to_owned() };
        let really = text!("真实值", "real value").to(language).to_owned();
        return Some(vec![
            begins,
            Part { owner: None, number: Some(iss.to_string()), text: really },
        ]);
    }
    if segment.seq.is_before(iss) {
        return None;
    }
    // What a RST ends is forgotten with it, so the FIN is looked up in the world before as well.
    let tcb_at = |place| {
        let world = trace.world_at(place);
        match history.packet.stranger {
            None => world.end(from).tcb(),
            Some(id) => world.listener()?.stranger(id).filter(|_| from == Side::B),
        }
    };
    let mut tcbs =
        [history.said_in, history.said_in.saturating_sub(1)].into_iter().filter_map(tcb_at);
    let fin = tcbs.find(|tcb| tcb.snd.iss == iss).and_then(|tcb| tcb.outgoing.fin);
    let behind_fin = fin.is_some_and(|fin| fin.is_before(segment.seq));
    let octets = iss.distance_to(segment.seq).saturating_sub(1 + u32::from(behind_fin));
    let syn = text!("SYN 占一个号", "its SYN took one");
    let mut parts = vec![
        summand(from, numbering.write(from, iss), begins, language),
        summand(from, "1", syn, language),
    ];
    if octets > 0 {
        let said = text!("字节说过了", "bytes said before");
        parts.push(summand(from, octets.to_string(), said, language));
    }
    if behind_fin {
        parts.push(summand(from, "1", text!("FIN 占一个号", "its FIN took one"), language));
    }
    Some(parts)
}

/// `ack`: the number of the peer's message that it answers, and the numbers which that used.
fn ack_row(
    trace: &Trace,
    history: &PacketHistory,
    numbering: &Numbering,
    language: Language,
) -> Option<Row> {
    let (from, ack) = (history.packet.from, history.packet.segment.acknowledges()?);
    let peer = from.peer();
    let mut parts = Vec::new();
    // What is answered is what had arrived by then; of several that say the same, the latest.
    let heard = trace.packets_at(history.said_in);
    let answered = heard.iter().filter_map(|other| {
        let segment = &other.packet.segment;
        let Fate::Delivered(at) = other.fate else { return None };
        let says_it = segment.length() > 0 && segment.seq + segment.length() == ack;
        let is_of_the_same = other.packet.stranger == history.packet.stranger;
        (other.packet.from == peer && is_of_the_same && says_it).then_some((at, other))
    });
    if let Some((_, other)) = answered.max_by_key(|(at, other)| (*at, other.packet.id)) {
        let (segment, numeral) = (&other.packet.segment, words::numeral(other.packet.id.0));
        let of = match language.here() {
            Language::Chinese => format!("{numeral} 的 seq"),
            Language::English => format!("seq of {numeral}"),
        };
        parts.push(Part {
            owner: Some(peer),
            number: Some(numbering.write(peer, segment.seq)),
            text: of,
        });
        let octets = segment.text.len();
        let bytes = match octets {
            1 => text!("字节", "byte of text"),
            _ => text!("字节", "bytes of text"),
        };
        let summands = [
            (usize::from(segment.is_syn()), text!("SYN 占一个号", "its SYN takes one")),
            (octets, bytes),
            (usize::from(segment.is_fin()), text!("FIN 占一个号", "its FIN takes one")),
        ];
        let used = summands.into_iter().filter(|(numbers, _)| *numbers > 0);
        parts
            .extend(used.map(|(numbers, what)| summand(peer, numbers.to_string(), what, language)));
    } else if history.packet.forged {
        parts.push(remark(NOT_OURS, language));
    }
    Some(Row { kind: RowKind::Ack, value: numbering.write(peer, ack), parts })
}

fn window_row(from: Side, segment: &Segment, language: Language) -> Row {
    let room = match from {
        Side::A => text!("T 还装得下这么多字节", "bytes that T still has room for"),
        Side::B => text!("P 还装得下这么多字节", "bytes that P still has room for"),
    };
    let parts = vec![remark(room, language)];
    Row { kind: RowKind::Window, value: segment.window.to_string(), parts }
}

fn option_row(from: Side, segment: &Segment, language: Language) -> Option<Row> {
    let Options { mss, window_scale, sack_permitted, timestamps } = segment.options;
    let told = [
        mss.map(|mss| (format!("MSS {mss}"), most_text(from, mss, language))),
        window_scale.map(|shift| {
            let what = match language.here() {
                Language::Chinese => format!("以后的窗口再乘 {}", 1 << shift.min(Scale::SHIFT_MAX)),
                Language::English => {
                    format!("later windows count {} times", 1 << shift.min(Scale::SHIFT_MAX))
                }
            };
            (format!("WS {shift}"), what)
        }),
        sack_permitted.then(|| {
            let what = text!("看得懂选择确认", "understands selective acknowledgments");
            ("SACK".to_owned(), what.to(language).to_owned())
        }),
        timestamps.map(|Timestamps { value, echo }| {
            let what = match language.here() {
                Language::Chinese => format!("寄出时的钟点，回应对方的 {echo}"),
                Language::English => format!("the clock as it was sent, in answer to {echo}"),
            };
            (format!("TS {value}"), what)
        }),
    ];
    let (values, texts): (Vec<String>, Vec<String>) = told.into_iter().flatten().unzip();
    let parts = texts.into_iter().map(|text| Part { owner: None, number: None, text }).collect();
    let value = values.join(" ");
    (!value.is_empty()).then_some(Row { kind: RowKind::Option, value, parts })
}

/// What an MSS says to the heart.
fn most_text(from: Side, mss: u16, language: Language) -> String {
    match (from, language.here()) {
        (Side::A, Language::Chinese) => format!("给 T 的一封信最多装 {mss} 字节"),
        (Side::B, Language::Chinese) => format!("给 P 的一封信最多装 {mss} 字节"),
        (Side::A, Language::English) => format!("a letter to T holds at most {mss} bytes"),
        (Side::B, Language::English) => format!("a letter to P holds at most {mss} bytes"),
    }
}

/// Data offset: the header's length in words of 32 bits (RFC 9293 section 3.1).
fn header_words(segment: &Segment) -> u16 {
    5 + segment.options.octets() / 4
}
