//! The octets that are sent, as a reader can read them.

use crate::Language;

/// How wide a quotation may be, in Latin letters; a Chinese character is twice as wide.
const WIDTH_MAX: usize = 60;

/// Text in quotation marks where it can be read, cut where it is long; else how much it is.
pub fn spoken(octets: &[u8], language: Language) -> String {
    if let Some(text) = readable(octets) {
        return format!("“{}”", cut(text));
    }
    match (octets.len(), language.here()) {
        (octets, Language::Chinese) => format!("{octets} 字节"),
        (1, Language::English) => "1 byte".to_owned(),
        (octets, Language::English) => format!("{octets} bytes"),
    }
}

/// The text, if it is UTF-8 and every character of it can be seen.
fn readable(octets: &[u8]) -> Option<&str> {
    let text = str::from_utf8(octets).ok()?.trim();
    // Whoever writes a link could turn the writing round with these.
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let can_be_read = !text.is_empty() && !text.chars().any(|c| c.is_control() || turns(c));
    can_be_read.then_some(text)
}

fn cut(text: &str) -> String {
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    if text.chars().map(width).sum::<usize>() <= WIDTH_MAX {
        return text.to_owned();
    }
    let mut room = WIDTH_MAX - 1;
    let fits = text.chars().take_while(|&c| {
        let left = room.checked_sub(width(c));
        room = left.unwrap_or(0);
        left.is_some()
    });
    let kept: String = fits.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_quoted() {
        assert_eq!(spoken(b"hello", Language::English), "“hello”");
        assert_eq!(spoken("今晚的月色真美\n".as_bytes(), Language::Chinese), "“今晚的月色真美”");
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        for octets in [&b"\xff\xfe\x00"[..], b"a\x07b", "\u{202e}abc".as_bytes(), b" \n"] {
            let counted = format!("{} bytes", octets.len());
            assert_eq!(spoken(octets, Language::English), counted);
        }
        assert_eq!(spoken(b"\xff", Language::English), "1 byte");
        assert_eq!(spoken(b"\xff", Language::Chinese), "1 字节");
        assert_eq!(spoken(b"", Language::English), "0 bytes");
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = spoken("blah ".repeat(100).as_bytes(), Language::English);
        assert!(long.ends_with("…”") && long.chars().count() <= WIDTH_MAX + 2, "{long}");
        let long = spoken("啦".repeat(100).as_bytes(), Language::Chinese);
        assert_eq!(long.chars().count(), 32, "{long}");
        let fits = "x".repeat(WIDTH_MAX);
        assert_eq!(spoken(fits.as_bytes(), Language::English), format!("“{fits}”"));
    }
}
