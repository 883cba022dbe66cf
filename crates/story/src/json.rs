//! Reads what the project writes in JSON (RFC 8259): objects of known fields, lists and strings.
//! What is wrong is said with its line and column. Numbers are no part of it: no file here has one.

use std::fmt;

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Wrong {
    /// How far it was read.
    pub(crate) at: usize,
    /// What is wrong there.
    pub(crate) flaw: Flaw,
}

/// What was expected at a place of a text, or should not be there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// There should be this sign.
    Expected(char),
    /// There should be a comma or this sign.
    ExpectedMore(char),
    /// There should be nothing any more.
    ExpectedEnd,
    /// A string has no quotation mark behind it.
    EndlessString,
    /// This character stands in a string as an escape only.
    Control(char),
    /// No such escape is known.
    UnknownEscape,
    /// A code consists of four digits.
    ExpectedCode,
    /// Half of a surrogate pair is no character.
    HalfPair,
    /// An object has this field twice.
    Twice(String),
    /// An object has this field, which is none of those.
    Unknown(String, &'static [&'static str]),
    /// An object lacks this field.
    Missing(&'static str),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Expected(sign) => write!(f, "expected `{sign}`"),
            Flaw::ExpectedMore(sign) => write!(f, "expected `,` or `{sign}`"),
            Flaw::ExpectedEnd => f.write_str("expected the end"),
            Flaw::EndlessString => f.write_str("a string does not end"),
            Flaw::Control(sign) => {
                write!(f, "expected `\\u{:04x}` for a control character", u32::from(*sign))
            }
            Flaw::UnknownEscape => f.write_str("unknown escape"),
            Flaw::ExpectedCode => f.write_str("expected `u` and four hexadecimal digits"),
            Flaw::HalfPair => f.write_str("expected both halves of a surrogate pair"),
            Flaw::Twice(key) => write!(f, "`{key}` stands here twice"),
            Flaw::Unknown(key, known) => {
                write!(f, "unknown field `{key}`, expected one of {}", known.join(", "))
            }
            Flaw::Missing(key) => write!(f, "missing field `{key}`"),
        }
    }
}

/// The line and the column of a place in a text, both from 1; the column in characters.
pub(crate) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let read = text.get(..at).unwrap_or(text);
    let line = read.split('\n').count();
    (line, read.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

/// Something that can be read.
pub(crate) trait Read: Sized {
    /// Reads it where the reader stands.
    fn read(reader: &mut Reader) -> Result<Self, Wrong>;

    /// What a field is that an object does not have.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a whole text.
pub(crate) fn from_json<T: Read>(text: &str) -> Result<T, Wrong> {
    let mut reader = Reader { text, at: 0 };
    let value = T::read(&mut reader)?;
    reader.skip_space();
    if reader.at == text.len() { Ok(value) } else { reader.wrong(Flaw::ExpectedEnd) }
}

/// Makes an object readable whose fields are these, and no others.
macro_rules! object {
    ($type:ident $(<$T:ident>)? { $($(#[$if:meta])? $key:literal => $field:ident),+ $(,)? }) => {
        impl $(<$T: $crate::json::Read>)? $crate::json::Read for $type $(<$T>)? {
            fn read(reader: &mut $crate::json::Reader) -> Result<Self, $crate::json::Wrong> {
                $($(#[$if])? let mut $field = None;)+
                reader.object(&mut |reader, key| match key {
                    $($(#[$if])? $key => reader.field(key, &mut $field),)+
                    _ => reader.unknown(key, &[$($(#[$if])? $key),+]),
                })?;
                Ok($type { $($(#[$if])? $field: reader.given($key, $field)?),+ })
            }
        }
    };
}
pub(crate) use object;

/// A text, and how far it was read.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// An object, whose fields `field` reads, by their names.
    pub(crate) fn object(
        &mut self,
        field: &mut dyn FnMut(&mut Self, &str) -> Result<(), Wrong>,
    ) -> Result<(), Wrong> {
        self.listed('{', '}', &mut |reader| {
            let key = reader.string()?;
            reader.expect(':')?;
            field(reader, &key)
        })
    }

    /// A field, unless it stands there for the second time.
    pub(crate) fn field<T: Read>(&mut self, key: &str, to: &mut Option<T>) -> Result<(), Wrong> {
        if to.is_some() {
            return self.wrong(Flaw::Twice(key.to_owned()));
        }
        *to = Some(T::read(self)?);
        Ok(())
    }

    /// The error of a field that the object should not have.
    pub(crate) fn unknown(&self, key: &str, known: &'static [&'static str]) -> Result<(), Wrong> {
        self.wrong(Flaw::Unknown(key.to_owned(), known))
    }

    /// What was read of a field, once its object is over.
    pub(crate) fn given<T: Read>(&self, key: &'static str, read: Option<T>) -> Result<T, Wrong> {
        match read.or_else(T::absent) {
            Some(value) => Ok(value),
            None => self.wrong(Flaw::Missing(key)),
        }
    }

    fn listed(
        &mut self,
        open: char,
        close: char,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Wrong>,
    ) -> Result<(), Wrong> {
        self.expect(open)?;
        if self.takes(close) {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.takes(close) {
                return Ok(());
            }
            if !self.takes(',') {
                return self.wrong(Flaw::ExpectedMore(close));
            }
        }
    }

    fn string(&mut self) -> Result<String, Wrong> {
        self.expect('"')?;
        let mut read = String::new();
        loop {
            let rest = &self.text[self.at..];
            let is_special = |c: char| matches!(c, '"' | '\\' | '\0'..='\u{1f}');
            let plain = rest.find(is_special).unwrap_or(rest.len());
            read.push_str(&rest[..plain]);
            self.at += plain;
            match rest[plain..].chars().next() {
                Some('"') => {
                    self.at += 1;
                    return Ok(read);
                }
                Some('\\') => {
                    self.at += 1;
                    read.push(self.escaped()?);
                }
                // Section 7: they stand in a string as escapes only.
                Some(control) if control != '\n' => return self.wrong(Flaw::Control(control)),
                _ => return self.wrong(Flaw::EndlessString),
            }
        }
    }

    /// The character for which an escape stands, after its backslash.
    fn escaped(&mut self) -> Result<char, Wrong> {
        let Some(name) = self.text[self.at..].chars().next() else {
            return self.wrong(Flaw::UnknownEscape);
        };
        let meant = match name {
            '"' | '\\' | '/' => name,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.escaped_by_code(),
            _ => return self.wrong(Flaw::UnknownEscape),
        };
        self.at += 1;
        Ok(meant)
    }

    /// The character whose code stands after `\u`: one, or the two halves of a surrogate pair.
    fn escaped_by_code(&mut self) -> Result<char, Wrong> {
        let begin = self.at;
        let mut halves = vec![self.code()?];
        if (0xd800..0xdc00).contains(&halves[0]) && self.text[self.at..].starts_with("\\u") {
            self.at += 1;
            halves.push(self.code()?);
        }
        if let Some(Ok(meant)) = char::decode_utf16(halves).next() {
            return Ok(meant);
        }
        self.at = begin;
        self.wrong(Flaw::HalfPair)
    }

    /// The four hexadecimal digits behind a `u`.
    fn code(&mut self) -> Result<u16, Wrong> {
        let digits = self.text.get(self.at + 1..self.at + 5);
        let digits = digits.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|code| u16::from_str_radix(code, 16).ok()) else {
            return self.wrong(Flaw::ExpectedCode);
        };
        self.at += 5;
        Ok(code)
    }

    fn expect(&mut self, wanted: char) -> Result<(), Wrong> {
        if self.takes(wanted) { Ok(()) } else { self.wrong(Flaw::Expected(wanted)) }
    }

    /// Goes past space and this character, if it comes next.
    fn takes(&mut self, wanted: char) -> bool {
        self.skip_space();
        let here = self.text[self.at..].starts_with(wanted);
        self.at += usize::from(here);
        here
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn wrong<T>(&self, flaw: Flaw) -> Result<T, Wrong> {
        Err(Wrong { at: self.at, flaw })
    }
}

/// A string, and where it stands.
pub(crate) struct Placed {
    pub(crate) text: String,
    /// Where its quotation mark is.
    pub(crate) at: usize,
}

impl Read for Placed {
    fn read(reader: &mut Reader) -> Result<Placed, Wrong> {
        reader.skip_space();
        let at = reader.at;
        Ok(Placed { text: reader.string()?, at })
    }
}

impl Read for String {
    fn read(reader: &mut Reader) -> Result<String, Wrong> {
        reader.string()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(reader: &mut Reader) -> Result<Self, Wrong> {
        T::read(reader).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(reader: &mut Reader) -> Result<Self, Wrong> {
        let mut list = Vec::new();
        reader.listed('[', ']', &mut |reader| {
            list.push(T::read(reader)?);
            Ok(())
        })?;
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(PartialEq, Debug)]
    struct Letter {
        words: Vec<String>,
        note: Option<String>,
    }

    object!(Letter { "words" => words, "note" => note });

    fn letter(json: &str) -> Result<Letter, Wrong> {
        from_json(json)
    }

    #[test]
    fn what_is_written_is_read() {
        let letter =
            letter("\n{ \"note\" : \"\",\t\"words\": [\"小T\", \"\\\"\\\\\\/\\n\\u5c0f\"] }\r\n");
        let words = vec!["小T".to_owned(), "\"\\/\n小".to_owned()];
        assert_eq!(letter, Ok(Letter { words, note: Some(String::new()) }));
        assert_eq!(from_json("[]"), Ok(Vec::<String>::new()));
    }

    #[test]
    fn what_may_be_absent_is_absent() {
        assert_eq!(letter("{\"words\":[]}"), Ok(Letter { words: Vec::new(), note: None }));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (json, line, column, what) in [
            ("", 1, 1, "expected `{`"),
            ("{}", 1, 3, "missing field `words`"),
            (
                "{\"words\": [],\n \"小\": 1}",
                2,
                6,
                "unknown field `小`, expected one of words, note",
            ),
            ("{\"words\": [], \"words\": []}", 1, 23, "`words` stands here twice"),
            ("{\"words\": [1]}", 1, 12, "expected `\"`"),
            ("{\"words\": [\"a\" \"b\"]}", 1, 16, "expected `,` or `]`"),
            ("{\"words\": [\"a\n\"]}", 1, 14, "a string does not end"),
            ("{\"words\": [\"\\x\"]}", 1, 14, "unknown escape"),
            ("{\"words\": [\"\\u00", 1, 14, "expected `u` and four hexadecimal digits"),
            ("{\"words\": [\"\\u+041\"]}", 1, 14, "expected `u` and four hexadecimal digits"),
            ("{\"words\": [\"\\u00小\"]}", 1, 14, "expected `u` and four hexadecimal digits"),
            ("{\"words\": [\"\\ud83d\\u00", 1, 20, "expected `u` and four hexadecimal digits"),
            ("{\"words\": [\"a\tb\"]}", 1, 14, "expected `\\u0009` for a control character"),
            ("{\"words\": [\"\u{0}\"]}", 1, 13, "expected `\\u0000` for a control character"),
            ("{\"words\": [\"\\", 1, 14, "unknown escape"),
            ("{\"words\": []} x", 1, 15, "expected the end"),
        ] {
            let Wrong { at, flaw } = letter(json).unwrap_err();
            assert_eq!(flaw.to_string(), what, "{json}");
            assert_eq!(line_and_column(json, at), (line, column), "{json}: {flaw}");
        }
    }

    /// RFC 8259 section 7: beyond the basic plane a character is written as two halves; a half
    /// alone is no character.
    #[test]
    fn a_surrogate_pair_is_one_character() {
        let heart = letter("{\"words\": [\"\\ud83d\\uDC95!\", \"\\uffff\"]}");
        let words = vec!["\u{1f495}!".to_owned(), "\u{ffff}".to_owned()];
        assert_eq!(heart, Ok(Letter { words, note: None }));
        for alone in [
            "\\ud800",
            "\\ud800x",
            "\\udc95",
            "\\udc95\\ud83d",
            "\\ud83d\\ud83d",
            "\\ud83d\\u0041",
            "\\ud83d\\n",
        ] {
            let wrong = letter(&format!("{{\"words\": [\"{alone}\"]}}")).unwrap_err();
            assert_eq!(wrong, Wrong { at: 13, flaw: Flaw::HalfPair }, "{alone}");
        }
    }

    /// Section 7: what is below U+0020 stands in a string as an escape only; between strings tabs
    /// and the ends of lines are space.
    #[test]
    fn no_control_character_stands_in_a_string() {
        for code in 0..0x20_u8 {
            let control = char::from(code);
            assert!(letter(&format!("{{\"words\": [\"{control}\"]}}")).is_err(), "{code}");
            let escaped = letter(&format!("{{\"words\": [\"\\u{code:04x}\"]}}"));
            assert_eq!(escaped.map(|it| it.words), Ok(vec![control.to_string()]), "{code}");
        }
        assert!(letter("{\"words\": [\"\u{7f}\"]}").is_ok());
    }

    #[test]
    fn no_text_makes_it_panic() {
        let json = "{\"words\": [\"小T\", \"\\u5c0f\\ud83d\\udc95\"], \"note\": \"x\"}";
        for at in 0..=json.len() {
            if let Some(cut) = json.get(..at) {
                assert_eq!(letter(cut).is_ok(), at == json.len(), "{cut}");
            }
            for other in ["\\", "\"", "}", "小", ""] {
                if let (Some(before), Some(after)) = (json.get(..at), json.get(at + 1..)) {
                    drop(letter(&format!("{before}{other}{after}")));
                }
            }
        }
    }
}
