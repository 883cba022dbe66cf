//! The page of a wrong address. A host shows it at whatever path was asked for, from where a
//! relative link leads astray: all that it needs it names from the host's root. It needs no script.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use story::Language;
use story::words::{home, ui};

use super::tags::Tags;

/// What is sent back: P's pigeon with the answer of a port at which nobody listens.
const ART: [&str; 2] = ["src/art/pigeon.svg", "src/art/envelope.svg"];

/// The page, in both languages, with the style of `index`; all lies on its host under `under`.
pub(super) fn page(root: &Path, index: &str, under: &str) -> Result<String> {
    let is_path = under.starts_with('/') && under.ends_with('/');
    let is_plain = !under.contains(['"', '<', '>', '&', '\\']) && !under.starts_with("//");
    ensure!(is_path && is_plain, "{under} is no path from a host's root: write /path/");
    let mut links = String::new();
    for tag in Tags::of(index) {
        if let (Some(rel @ ("icon" | "stylesheet")), Some(href)) =
            (tag.attribute("rel"), tag.attribute("href"))
        {
            let href = href.trim_start_matches("./");
            let _ = writeln!(links, "  <link rel=\"{rel}\" href=\"{under}{href}\">");
        }
    }
    let mut art = String::new();
    for path in ART {
        art += &fs::read_to_string(root.join(path)).with_context(|| path.to_owned())?;
    }
    let titles = Language::ALL.map(|language| home::LOST.to(language)).join(" · ");
    let said = Language::ALL.map(|language| words(language, under)).concat();
    Ok(format!(
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n  <meta charset=\"utf-8\">\n  \
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n  \
         <meta name=\"robots\" content=\"noindex\">\n  \
         <meta name=\"color-scheme\" content=\"light dark\">\n  <title>{titles}</title>\n{links}\
         </head>\n<body>\n<main class=\"notice lost\">\n<div class=\"lost-letter side-p\" \
         aria-hidden=\"true\">{art}<span class=\"env-text\"><span class=\"env-flags\">\
         <b class=\"env-flag\">RST</b></span><span class=\"env-line\">404</span></span></div>\n\
         {said}</main>\n</body>\n</html>\n"
    ))
}

fn words(language: Language, under: &str) -> String {
    let tag = language.tag();
    let (title, why) = (home::LOST.to(language), home::LOST_WHY.to(language));
    let (name, inbox) = (ui::TITLE.to(language), home::TO_INBOX.to(language));
    format!(
        "<article lang=\"{tag}\"><h1>{title}</h1><p>{why}</p>\
         <p><a href=\"{under}{tag}/\">{inbox}</a> · {name}</p></article>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<head><link rel=\"icon\" href=\"./i.svg\">\
        <link rel=\"stylesheet\" href=\"./page.css\"><script src=\"./crash.js\"></script>\
        <link rel=\"preload\" href=\"./a.wasm\"></head>";

    fn at(under: &str) -> Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        page(root, INDEX, under)
    }

    #[test]
    fn it_leads_to_both_inboxes_from_any_depth() {
        for under in ["/", "/sub/path/"] {
            let html = at(under).unwrap();
            for address in ["en/", "zh-Hans/", "i.svg", "page.css"] {
                assert!(html.contains(&format!("href=\"{under}{address}\"")), "{address}: {html}");
            }
            for language in Language::ALL {
                assert!(html.contains(home::LOST_WHY.to(language)), "{html}");
            }
            let relative = Tags::of(&html).filter_map(|tag| tag.attribute("href"));
            assert!(relative.into_iter().all(|href| href.starts_with(under)), "{html}");
        }
    }

    #[test]
    fn it_needs_no_script_and_nothing_inline() {
        let html = at("/").unwrap();
        assert!(!html.contains("<script"), "{html}");
        super::super::tags::check(&html).unwrap();
    }

    #[test]
    fn what_is_no_path_from_the_root_is_an_error() {
        for under in ["", "sub/", "/sub", "//elsewhere/", "/a\"b/"] {
            assert!(at(under).is_err(), "{under}");
        }
    }
}
