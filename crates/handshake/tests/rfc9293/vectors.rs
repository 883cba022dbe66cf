//! Facts of the RFC as data: its figures and tables, kept in `tests/data`.

use handshake::{Flags, Segment, SeqNum, Side};
use serde_json::Value;

/// Figures 6 to 13.
pub(crate) fn figures() -> Value {
    parsed(include_str!("../data/rfc9293-figures.json"))
}

/// Comparisons, acceptability, single steps, and the schedule of retransmissions.
pub(crate) fn tables() -> Value {
    parsed(include_str!("../data/tcp-vectors.json"))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("well-formed JSON")
}

/// The entries of a list.
#[track_caller]
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// A text.
#[track_caller]
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A sequence number, a window or a length.
#[track_caller]
pub(crate) fn number(value: &Value) -> u32 {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a number of 32 bits")
}

/// A side by its name.
#[track_caller]
pub(crate) fn side(value: &Value) -> Side {
    match text(value) {
        "A" => Side::A,
        "B" => Side::B,
        other => panic!("no side {other}"),
    }
}

/// The flags of a list of names.
#[track_caller]
pub(crate) fn flags(names: &Value) -> Flags {
    list(names).iter().map(|name| flag(text(name))).fold(Flags::NONE, |all, flag| all | flag)
}

#[track_caller]
fn flag(name: &str) -> Flags {
    let named = Flags::IN_HEADER_ORDER.into_iter().find(|(_, known)| *known == name);
    named.expect("a flag").0
}

/// A segment; `resolve` reads its numbers.
#[track_caller]
pub(crate) fn segment(value: &Value, resolve: impl Fn(&Value) -> u32) -> Segment {
    let ack = &value["ack"];
    Segment {
        seq: SeqNum(resolve(&value["seq"])),
        ack: if ack.is_null() { SeqNum(0) } else { SeqNum(resolve(ack)) },
        flags: flags(&value["ctl"]),
        window: 200,
        text: vec![b'.'; number(&value["data"]) as usize].into(),
        ..Segment::default()
    }
}
