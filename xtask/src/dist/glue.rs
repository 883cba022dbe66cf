//! The script that stands between the page's program and the browser, and what the two call each
//! other by. Names that nobody else reads become short ones, in the script and in the program;
//! comments and indentation stay behind.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

/// The script and the program with short names.
pub(super) fn shortened(script: &str, program: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut names = Names::default();
    let program = names.shorten_program(program)?;
    Ok((squeezed(&names.shorten(script))?, program))
}

/// The script with those that it imports in the place of the imports: one file is loaded faster
/// than two. `read` has what lies beside the script.
pub(super) fn joined(script: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut joined = String::with_capacity(script.len());
    for line in script.lines() {
        let path = line.split_once(" from './").and_then(|(_, path)| path.strip_suffix("';"));
        match path.filter(|_| line.starts_with("import ")) {
            Some(path) => {
                ensure!(!line.contains(" as "), "{line:?} gives an import another name");
                joined += &read(path)?.replace("\nexport ", "\n");
            }
            None => joined += line,
        }
        joined.push('\n');
    }
    ensure!(!joined.contains(" from './"), "the script imports what is not read");
    Ok(joined)
}

/// The script without lines of comments, empty lines and indentation.
pub(super) fn squeezed(js: &str) -> Result<String> {
    let mut text = String::with_capacity(js.len());
    let mut in_comment = false;
    for line in js.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if in_comment && line.find("*/").is_some_and(|end| end + 2 < line.len()) {
            bail!("{line:?} goes on behind a comment");
        }
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            text.push_str(line);
            text.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    Ok(text)
}

/// Short names, by the names that they stand for.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// A short name, where only the script and the program read the long one.
    fn short(&mut self, long: &str) -> String {
        if !long.contains("__") {
            return long.to_owned();
        }
        let next = format!("${}", self.0.len());
        self.0.entry(long.to_owned()).or_insert(next).clone()
    }

    /// A text with short names in the place of whole words.
    fn shorten(&self, text: &str) -> String {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut short = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(word);
            short.push_str(self.0.get(word).map_or(word, String::as_str));
            let gap = after.find(is_part).unwrap_or(after.len());
            short.push_str(&after[..gap]);
            rest = &after[gap..];
        }
        short
    }

    /// The program, in WebAssembly's binary format, with short names for what it imports and
    /// exports.
    fn shorten_program(&mut self, wasm: &[u8]) -> Result<Vec<u8>> {
        const HEAD: usize = 8;
        ensure!(wasm.starts_with(b"\0asm\x01\0\0\0"), "the program is not WebAssembly");
        let mut out = wasm[..HEAD].to_vec();
        let mut rest = Bytes(&wasm[HEAD..]);
        while let Some(id) = rest.next() {
            let length = rest.number()?;
            let section = rest.take(length)?;
            let section = match id {
                2 => self.shorten_list(section, 2)?,
                7 => self.shorten_list(section, 1)?,
                _ => section.to_vec(),
            };
            out.push(id);
            put_number(&mut out, section.len());
            out.extend(section);
        }
        Ok(out)
    }

    /// A list of what is imported or exported: so many names each, a kind and an index.
    fn shorten_list(&mut self, list: &[u8], names: usize) -> Result<Vec<u8>> {
        let (mut out, mut rest) = (Vec::new(), Bytes(list));
        let count = rest.number()?;
        put_number(&mut out, count);
        for _ in 0..count {
            for part in 1..=names {
                let length = rest.number()?;
                let name = std::str::from_utf8(rest.take(length)?)?;
                // The first of two is the module, which the script writes in quotes.
                let name = if part == names { self.short(name) } else { name.to_owned() };
                put_number(&mut out, name.len());
                out.extend(name.bytes());
            }
            let kind = rest.next().context("the program ends early")?;
            ensure!(names == 1 || kind == 0, "the program imports what is no function");
            out.push(kind);
            put_number(&mut out, rest.number()?);
        }
        Ok(out)
    }
}

/// Bytes that are read from their beginning.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("the program ends early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.next().context("the program ends early")?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("a number in the program is too long")
    }
}

/// The same, written: seven bits a byte, the lowest first.
fn put_number(out: &mut Vec<u8>, number: usize) {
    let [low, ..] = number.to_le_bytes();
    if number < 0x80 {
        return out.push(low);
    }
    out.push(low | 0x80);
    put_number(out, number >> 7);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_call_each_other_by_the_same_short_names() {
        let mut names = Names::default();
        let wasm = b"\0asm\x01\0\0\0\
            \x02\x0c\x01\x01m\x06f__123\0\x07\
            \x07\x10\x02\x06memory\x02\0\x03__b\0\x01\
            \x0a\x02\x01\x02";
        let short = names.shorten_program(wasm).unwrap();
        let expected = b"\0asm\x01\0\0\0\
            \x02\x08\x01\x01m\x02$0\0\x07\
            \x07\x0f\x02\x06memory\x02\0\x02$1\0\x01\
            \x0a\x02\x01\x02";
        assert_eq!(short, expected);
        assert_eq!(names.shorten("f__123: __b(memory) f__1234"), "$0: $1(memory) f__1234");
    }

    #[test]
    fn a_program_that_ends_early_is_an_error() {
        let wasm = b"\0asm\x01\0\0\0\x02\x0c\x01\x01m";
        assert!(Names::default().shorten_program(wasm).is_err());
        assert!(Names::default().shorten_program(b"<html>").is_err());
    }

    #[test]
    fn numbers_of_several_bytes_are_read_as_they_are_written() {
        for number in [0, 127, 128, 300, 489_463] {
            let mut out = Vec::new();
            put_number(&mut out, number);
            assert_eq!(Bytes(&out).number().unwrap(), number);
        }
        assert!(Bytes(&[0x80; 9]).number().is_err());
    }

    #[test]
    fn a_script_has_in_it_what_it_imports() {
        let js = "/* a */\nimport { f } from './snippets/x/f.js';\n\nf('import ');";
        let read = |path: &str| Ok(format!("// {path}\nexport function f() {{}}"));
        let joined = joined(js, read).unwrap();
        assert_eq!(joined, "/* a */\n// snippets/x/f.js\nfunction f() {}\n\nf('import ');\n");
    }

    #[test]
    fn a_script_says_the_same_without_comments() {
        let js = "/**\n * About.\n */\nfunction f() {\n\n    // Why.\n    g(`a/*b`);\n}\n/* c */\nh();\n";
        assert_eq!(squeezed(js).unwrap(), "function f() {\ng(`a/*b`);\n}\nh();\n");
        assert!(squeezed("/* c */ f();").is_err());
    }
}
