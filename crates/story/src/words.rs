//! All words that are not a scene's own. Each stands in both languages, side by side.

mod calls;
pub mod glossary;
pub(crate) mod header;
pub mod home;
pub mod own_run;
mod rules;
mod spoken;
mod states;
pub mod ui;
mod views;

pub use calls::{CallWords, call, expiry, timer};
pub(crate) use rules::{cited, url};
pub use rules::{tale, why};
pub use spoken::spoken;
pub use states::{feeling, feeling_of, meaning};
pub(crate) use views::{ends, message_name};

use handshake::{CallError, Side, StrangerId};

use crate::{Language, Text, text};

/// What a side is called. T makes the first move and stands left, P answers and stands right.
pub fn name(side: Side) -> Text {
    match side {
        Side::A => text!("小T", "T"),
        Side::B => text!("小P", "P"),
    }
}

/// What a stranger is called, in the middle of a sentence.
pub fn stranger(id: StrangerId, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("假仰慕者{id}号"),
        Language::English => format!("fake admirer {id}"),
    }
}

/// The letter that stands for a side's initial number.
pub fn symbol(side: Side) -> &'static str {
    match side {
        Side::A => "t",
        Side::B => "p",
    }
}

/// A message's number as every view writes it: ① to ⑳, then (21).
pub fn numeral(ordinal: u32) -> String {
    match ordinal {
        1..=20 => char::from_u32(0x2460 + ordinal - 1).map(String::from).unwrap_or_default(),
        _ => format!("({ordinal})"),
    }
}

/// Simulated time for a reader: `160 ms`, `1.5 s`; `160 毫秒` would not fit a diagram.
pub fn duration(millis: u64) -> String {
    if millis < 1000 {
        return format!("{millis} ms");
    }
    let tenths = millis / 100;
    match tenths % 10 {
        0 => format!("{} s", tenths / 10),
        rest => format!("{}.{rest} s", tenths / 10),
    }
}

/// What an endpoint tells its user when things do not go as the user wished.
pub fn signal(error: CallError, language: Language) -> &'static str {
    let words = match error {
        CallError::ConnectionExists => text!("连接已经存在", "connection already exists"),
        CallError::NoConnection => text!("连接不存在", "connection does not exist"),
        CallError::ConnectionClosing => text!("连接正在关闭", "connection closing"),
        CallError::ConnectionRefused => text!("连接被拒绝", "connection refused"),
        CallError::ConnectionReset => text!("连接被重置", "connection reset"),
        CallError::ConnectionAborted => text!("连接超时", "connection timed out"),
        CallError::QuietTime => text!("刚重启，静默中", "quiet time after a restart"),
    };
    words.to(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_never_run_out() {
        assert_eq!(numeral(1), "①");
        assert_eq!(numeral(20), "⑳");
        assert_eq!(numeral(21), "(21)");
    }

    #[test]
    fn a_second_and_a_half_is_no_hundred_and_fifty() {
        assert_eq!(duration(160), "160 ms");
        assert_eq!(duration(1000), "1 s");
        assert_eq!(duration(1500), "1.5 s");
        assert_eq!(duration(183_000), "183 s");
    }
}
