//! `index.html`, from which every page is made: what it names gets the names of `dist`, and a page
//! whose program is known loads that while it is read.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};

use super::program::{Kind, Program};
use super::tags::{self, Tag, Tags};

/// The source, and what its files are called in `dist`.
pub(super) struct Index<'a> {
    source: &'a str,
    names: BTreeMap<String, String>,
}

impl<'a> Index<'a> {
    pub(super) fn new(source: &'a str) -> Index<'a> {
        Index { source, names: BTreeMap::new() }
    }

    /// From now on calls a file by this name.
    pub(super) fn call(&mut self, path: &str, name: String) {
        self.names.insert(path.to_owned(), name);
    }

    /// Where the style sheets lie that a page of this kind needs, in their order.
    pub(super) fn sheets(&self, kind: Kind) -> Vec<&'a str> {
        let sheets = Tags::of(self.source).filter(is_sheet);
        let only = |tag: &Tag| tag.attribute("data-only").is_none_or(|only| only == kind.name());
        sheets.filter(only).filter_map(|tag| tag.attribute("href")).collect()
    }

    /// The page of this kind, with one style sheet.
    pub(super) fn page(&self, kind: Kind, program: Option<&Program>) -> Result<String> {
        let mut html = String::with_capacity(self.source.len());
        let mut done = 0;
        let mut has_sheet = false;
        for tag in Tags::of(self.source) {
            let Some(text) = self.rewritten(&tag, kind, &mut has_sheet)? else { continue };
            html.push_str(&self.source[done..tag.start]);
            html.push_str(&text);
            done = tag.end;
        }
        html.push_str(&self.source[done..]);
        if let Some(program) = program {
            html = html.replacen("</head>", &format!("{}</head>", preloads(program)), 1);
        }
        tags::check(&html)?;
        let lines = html.lines().filter(|line| !line.trim().is_empty());
        Ok(lines.flat_map(|line| [line, "\n"]).collect())
    }

    /// What stands in the place of a tag, if it does not stay.
    fn rewritten(&self, tag: &Tag, kind: Kind, has_sheet: &mut bool) -> Result<Option<String>> {
        // What Trunk reads; and of all style sheets the first stands for all.
        let is_sheet = is_sheet(tag);
        if tag.attribute("data-trunk").is_some() || (is_sheet && *has_sheet) {
            return Ok(Some(String::new()));
        }
        let Some(path) = tag.attribute("href").or(tag.attribute("src")) else { return Ok(None) };
        *has_sheet |= is_sheet;
        let name = self.names.get(if is_sheet { kind.name() } else { path });
        let name =
            name.with_context(|| format!("index.html names {path}, which is not in dist"))?;
        let text = &self.source[tag.start..tag.end];
        Ok(Some(text.replace(path, &format!("./{name}"))))
    }
}

fn is_sheet(tag: &Tag) -> bool {
    tag.attribute("rel") == Some("stylesheet")
}

/// Lets a browser load a program before the script asks for it.
fn preloads(program: &Program) -> String {
    let file = format!("./{}-{}", program.name(), program.print());
    let mut links = String::new();
    for (rel, ending, more) in [
        ("modulepreload", "js", ""),
        ("preload", "wasm", " as=\"fetch\" type=\"application/wasm\""),
    ] {
        let href = format!("{file}.{ending}");
        let _ = writeln!(
            links,
            "  <link rel=\"{rel}\" href=\"{href}\" crossorigin=\"anonymous\"{more}>"
        );
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Language;

    const SOURCE: &str = "<head>\n  <link rel=\"icon\" href=\"i.svg\">\n\
        <link rel=\"stylesheet\" href=\"a.css\">\n\
        <link rel=\"stylesheet\" href=\"b.css\" data-only=\"player\">\n\
        <link data-trunk rel=\"rust\">\n<script src=\"x.js\"></script>\n</head>\n";

    fn index() -> Index<'static> {
        let mut index = Index::new(SOURCE);
        for (path, name) in [("i.svg", "i-1.svg"), ("x.js", "x-2.js"), ("inbox", "inbox-3.css")] {
            index.call(path, name.to_owned());
        }
        index
    }

    #[test]
    fn a_page_names_the_files_of_its_kind() {
        let expected = "<head>\n  <link rel=\"icon\" href=\"./i-1.svg\">\n\
            <link rel=\"stylesheet\" href=\"./inbox-3.css\">\n\
            <script src=\"./x-2.js\"></script>\n</head>\n";
        assert_eq!(index().page(Kind::Inbox, None).unwrap(), expected);
        assert_eq!(index().sheets(Kind::Inbox), ["a.css"]);
        assert_eq!(index().sheets(Kind::Player), ["a.css", "b.css"]);
    }

    #[test]
    fn a_page_preloads_its_own_program_and_no_other() {
        let program = Program {
            language: Language::English,
            kind: Kind::Inbox,
            script: "go".to_owned(),
            wasm: Vec::new(),
        };
        let html = index().page(Kind::Inbox, Some(&program)).unwrap();
        let preloaded = Tags::of(&html).filter_map(|tag| {
            let rel = tag.attribute("rel").filter(|rel| rel.ends_with("preload"));
            rel.and(tag.attribute("href")).map(str::to_owned)
        });
        let file = format!("./en-inbox-{}", program.print());
        assert_eq!(preloaded.collect::<Vec<_>>(), [format!("{file}.js"), format!("{file}.wasm")]);
    }

    #[test]
    fn what_is_not_in_dist_cannot_be_named() {
        let error = index().page(Kind::Player, None).unwrap_err();
        assert!(error.to_string().contains("a.css"), "{error}");
    }
}
