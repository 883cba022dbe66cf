//! Reads what the project writes in JSON (RFC 8259): objects of known fields, lists and strings.
//! What is wrong is said with its line and column. Numbers are no part of it: no file here has one,
//! and a page that reads none need not carry what it takes to read them.

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Wrong {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
    /// What was expected, or should not be there.
    pub(crate) what: String,
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
    if reader.at == text.len() { Ok(value) } else { reader.wrong("expected the end") }
}

/// Makes an object readable whose fields are these, and no others.
macro_rules! object {
    ($type:ident $(<$T:ident>)? { $($key:literal => $field:ident),+ $(,)? }) => {
        impl $(<$T: $crate::json::Read>)? $crate::json::Read for $type $(<$T>)? {
            fn read(reader: &mut $crate::json::Reader) -> Result<Self, $crate::json::Wrong> {
                $(let mut $field = None;)+
                reader.object(&mut |reader, key| match key {
                    $($key => reader.field(key, &mut $field),)+
                    _ => reader.unknown(key, &[$($key),+]),
                })?;
                Ok($type { $($field: reader.given($key, $field)?),+ })
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
            return self.wrong(&format!("`{key}` stands here twice"));
        }
        *to = Some(T::read(self)?);
        Ok(())
    }

    /// The error of a field that the object should not have.
    pub(crate) fn unknown(&self, key: &str, known: &[&str]) -> Result<(), Wrong> {
        self.wrong(&format!("unknown field `{key}`, expected one of {}", known.join(", ")))
    }

    /// What was read of a field, once its object is over.
    pub(crate) fn given<T: Read>(&self, key: &str, read: Option<T>) -> Result<T, Wrong> {
        match read.or_else(T::absent) {
            Some(value) => Ok(value),
            None => self.wrong(&format!("missing field `{key}`")),
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
                return self.wrong(&format!("expected `,` or `{close}`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Wrong> {
        self.expect('"')?;
        let mut read = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(['"', '\\', '\n']).unwrap_or(rest.len());
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
                _ => return self.wrong("a string does not end"),
            }
        }
    }

    /// The character for which an escape stands, after its backslash.
    fn escaped(&mut self) -> Result<char, Wrong> {
        let name = self.text[self.at..].chars().next();
        let meant = match name {
            Some('"' | '\\' | '/') => name,
            Some('n') => Some('\n'),
            Some('t') => Some('\t'),
            Some('r') => Some('\r'),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('u') => {
                let code = self.text.get(self.at + 1..self.at + 5);
                self.at += 4;
                code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
            }
            _ => None,
        };
        let Some(meant) = meant else {
            self.at = self.at.min(self.text.len());
            return self.wrong("unknown escape");
        };
        self.at += 1;
        Ok(meant)
    }

    fn expect(&mut self, wanted: char) -> Result<(), Wrong> {
        if self.takes(wanted) { Ok(()) } else { self.wrong(&format!("expected `{wanted}`")) }
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

    fn wrong<T>(&self, what: &str) -> Result<T, Wrong> {
        let read = self.text.get(..self.at).unwrap_or(self.text);
        let line = read.split('\n').count();
        let column = read.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let what = format!("{what} at line {line} column {column}");
        Err(Wrong { line, column, what })
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
            ("{\"words\": [\"\\ud800\"]}", 1, 18, "unknown escape"),
            ("{\"words\": [\"\\u00", 1, 17, "unknown escape"),
            ("{\"words\": [\"\\", 1, 14, "unknown escape"),
            ("{\"words\": []} x", 1, 15, "expected the end"),
        ] {
            let wrong = letter(json).unwrap_err();
            assert!(wrong.what.starts_with(what), "{json}: {}", wrong.what);
            assert_eq!((wrong.line, wrong.column), (line, column), "{json}: {}", wrong.what);
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        let json = "{\"words\": [\"小T\", \"\\u5c0f\\n\"], \"note\": \"x\"}";
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
