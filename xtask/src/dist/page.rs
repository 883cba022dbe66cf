//! Finishes the HTML that Trunk writes. Trunk starts the page by an inline script, which the
//! page's content security policy forbids: it becomes a file, named by what is in it.

use std::fmt::Write;

use anyhow::{Context, Result, bail};

pub(super) struct Page {
    pub(super) html: String,
    /// File names and contents.
    pub(super) scripts: Vec<(String, String)>,
}

/// Moves each inline script to a file of its own.
pub(super) fn without_inline_scripts(html: &str) -> Result<Page> {
    let mut page = Page { html: String::with_capacity(html.len()), scripts: Vec::new() };
    let mut done = 0;
    for tag in Tags::of(html) {
        if tag.start < done || !is_inline_script(&tag) {
            continue;
        }
        let length = html[tag.end..].find("</script").context("a script does not end")?;
        let body = html[tag.end..tag.end + length].trim();
        let name = format!("boot-{:016x}.js", fingerprint(body.as_bytes()));
        let kind = if tag.attribute("type") == Some("module") { " type=\"module\"" } else { "" };
        page.html.push_str(&html[done..tag.start]);
        let _ = write!(page.html, "<script{kind} src=\"./{name}\">");
        done = tag.end + length;
        page.scripts.push((name, format!("{body}\n")));
    }
    page.html.push_str(&html[done..]);
    Ok(page)
}

/// Names what a script fetches from where the script lies: the pages lie in folders of their own.
pub(super) fn with_own_paths(script: &str) -> String {
    let parts: Vec<&str> = script.split("module_or_path: '").collect();
    let [before, after] = parts[..] else { return script.to_owned() };
    let Some((path, after)) = after.split_once('\'') else { return script.to_owned() };
    format!("{before}module_or_path: new URL('{path}', import.meta.url){after}")
}

/// Drops the `integrity` attributes. They guard against a foreign host, and all files are the
/// page's own; but browsers warn of those on a preloaded wasm file, and in a sandboxed frame,
/// where the page has no origin, the style sheets that have one are not loaded.
pub(super) fn without_integrity(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut done = 0;
    for tag in Tags::of(html) {
        if let Some(value) = tag.attribute("integrity") {
            text.push_str(&html[done..tag.start]);
            let attribute = format!(" integrity=\"{value}\"");
            text.push_str(&html[tag.start..tag.end].replace(&attribute, ""));
            done = tag.end;
        }
    }
    text.push_str(&html[done..]);
    text
}

/// Nothing may be inline that the content security policy would block.
pub(super) fn check(html: &str) -> Result<()> {
    for tag in Tags::of(html) {
        let text = &html[tag.start..tag.end];
        if is_inline_script(&tag) || tag.name.eq_ignore_ascii_case("style") {
            bail!("index.html has something inline: {text}");
        }
        if tag.attribute("integrity").is_some() {
            bail!("index.html has an integrity attribute: {text}");
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

/// FNV-1a: a name for a content, in which nobody has to be unable to find another.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A start tag, and where it is in the text.
pub(super) struct Tag<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }
}

/// The start tags of a text, without those in comments and scripts.
pub(super) struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(html: &'a str) -> Self {
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

    const TRUNKS: &str = "<!doctype html>\n<head>\n<!-- <script>no</script> -->\n\
        <script type=\"module\" nonce=\"x\">\nimport init from './a.js';\nif (1 < 2) init();\n\
        </script>\n<link rel=\"modulepreload\" href=\"./a.js\"></head><body></body>\n";

    #[test]
    fn trunks_script_becomes_a_file_and_all_else_stays() {
        let page = without_inline_scripts(TRUNKS).unwrap();
        let (name, text) = &page.scripts[0];
        assert_eq!(text, "import init from './a.js';\nif (1 < 2) init();\n");
        let start = TRUNKS.find("<script type").unwrap();
        let end = TRUNKS.rfind("</script>").unwrap();
        let script = format!("<script type=\"module\" src=\"./{name}\">");
        assert_eq!(page.html, format!("{}{script}{}", &TRUNKS[..start], &TRUNKS[end..]));
        assert_eq!(page.scripts.len(), 1);
        check(&page.html).unwrap();
        assert!(check(TRUNKS).is_err());
    }

    #[test]
    fn the_wasm_is_found_from_any_folder() {
        let script = "await init({ module_or_path: './a.wasm' });";
        let expected = "await init({ module_or_path: new URL('./a.wasm', import.meta.url) });";
        assert_eq!(with_own_paths(script), expected);
        assert_eq!(with_own_paths("go()"), "go()");
    }

    #[test]
    fn a_finished_page_is_left_alone() {
        let html = without_inline_scripts(TRUNKS).unwrap().html;
        let again = without_inline_scripts(&html).unwrap();
        assert_eq!(again.html, html);
        assert!(again.scripts.is_empty());
    }

    #[test]
    fn the_name_follows_the_content() {
        let name = |html| without_inline_scripts(html).unwrap().scripts.remove(0).0;
        assert_eq!(name("<script>a</script>"), name("<script> a </script>"));
        assert_ne!(name("<script>a</script>"), name("<script>b</script>"));
    }

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

    #[test]
    fn integrity_goes_and_all_else_stays() {
        let html =
            "<p>integrity=\"x\"</p><link rel=\"preload\" integrity=\"sha384-a/+\" as=\"fetch\">";
        let rest = "<p>integrity=\"x\"</p><link rel=\"preload\" as=\"fetch\">";
        assert!(check(html).is_err());
        assert_eq!(without_integrity(html), rest);
        check(rest).unwrap();
    }

    #[test]
    fn a_script_without_an_end_is_an_error() {
        assert!(without_inline_scripts("<script>alert()").is_err());
    }
}
