//! The tags of an HTML text, and what the page's content security policy asks of them.

use anyhow::{Result, bail};

/// Nothing may be inline that the content security policy would block.
pub(super) fn check(html: &str) -> Result<()> {
    for tag in Tags::of(html) {
        let text = &html[tag.start..tag.end];
        if is_inline_script(&tag) || tag.name.eq_ignore_ascii_case("style") {
            bail!("index.html has something inline: {text}");
        }
        let inline = |name: &str| {
            let name = name.to_ascii_lowercase();
            name == "style" || name.starts_with("on")
        };
        if let Some((name, _)) = tag.attributes.iter().find(|(name, _)| inline(name)) {
            bail!("index.html has an inline {name:?} attribute: {text}");
        }
    }
    Ok(())
}

fn is_inline_script(tag: &Tag) -> bool {
    // Other types are data, which nobody runs.
    let runs = match tag.attribute("type").map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "module" | "importmap" | "speculationrules") => true,
        Some(kind) => kind.contains("javascript") || kind.contains("ecmascript"),
    };
    tag.name.eq_ignore_ascii_case("script") && tag.attribute("src").is_none() && runs
}

/// A start tag, and where it is in the text.
pub(crate) struct Tag<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }
}

/// The start tags of a text, without those in comments and scripts.
pub(crate) struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(crate) fn of(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    fn skip_past(&mut self, text: &str) {
        let found = self.html[self.at..].find(text);
        self.at = found.map_or(self.html.len(), |offset| self.at + offset + text.len());
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            self.at = start + 1;
            let rest = &self.html[self.at..];
            if rest.starts_with("!--") {
                self.skip_past("-->");
            } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let length = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
                let name = &rest[..length.unwrap_or(rest.len())];
                let (attributes, length) = attributes(&rest[name.len()..]);
                self.at += name.len() + length;
                let end = self.at;
                if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                    self.skip_past("</");
                }
                return Some(Tag { start, end, name, attributes });
            }
        }
    }
}

/// The attributes up to the tag's end, and the length of it all.
fn attributes(text: &str) -> (Vec<(&str, &str)>, usize) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            let length = text.len() - rest.len() + usize::from(!rest.is_empty());
            return (found, length);
        }
        let ends_name = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
        // A name may begin with "=", so that each turn takes at least one character.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..].find(ends_name).map_or(rest.len(), |at| at + first);
        let (name, after) = rest.split_at(length);
        rest = after.trim_start();
        let value;
        (value, rest) = match rest.strip_prefix('=') {
            Some(after) => value_at(after.trim_start()),
            None => ("", rest),
        };
        found.push((name, value));
    }
}

/// The value that the text begins with, and what follows it.
fn value_at(text: &str) -> (&str, &str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
        return text.split_at(end);
    };
    text[1..].split_once(quote).unwrap_or((&text[1..], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_policy_would_block_is_found() {
        for bad in [
            "<p style='color: red'>",
            "<body\nONLOAD=go()>",
            "<style>p {}</style>",
            "<img src=x onerror = \"x\">",
            "<script type=text/javascript>x</script>",
            "<script type=\"importmap\">{}</script>",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        for good in [
            "<p title=\"style='x'\">style=x</p>",
            "<script src=./a.js></script>",
            "<script type=\"application/ld+json\">{}</script>",
            "<!-- <p style=x> -->",
            "<p data-style=x class=onward>",
            "a < b <",
            "<p =x>",
            "<p",
        ] {
            check(good).unwrap_or_else(|error| panic!("{good}: {error}"));
        }
    }
}
