//! The pages of each language and of each scene. Each has its own title and description, and can be
//! read without a script: the whole conversation, as it is told.

use std::fmt::Write;
use std::iter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use story::view::{Bubble, conversation};
use story::words::{home, name, ui};
use story::{Family, Language, Numbers, Position, Scene, inbox};

use super::program::Kind;
use super::words;

/// A page: where it lies under `dist`, and its HTML.
pub(super) struct Plain {
    pub(super) path: PathBuf,
    pub(super) html: String,
}

/// All pages but the one at the root, each made from the `index` of its language and kind.
pub(super) fn pages(
    root: &Path,
    index: impl Fn(Language, Kind) -> Result<String>,
) -> Result<Vec<Plain>> {
    let families = inbox();
    let mut pages = Vec::new();
    for language in Language::ALL {
        let title = ui::TITLE.to(language);
        let about = home::ABOUT.to(language);
        let list = contents(families, language, "");
        let [list_index, player_index] =
            [index(language, Kind::Inbox)?, index(language, Kind::Player)?];
        let html = page(&list_index, language, 1, "", title, about, &list)?;
        pages.push(Plain { path: Path::new(language.tag()).join("index.html"), html });
        for conversation in families.iter().flat_map(|family| &family.scenes) {
            let id = &conversation.id;
            let scene = words::scene(root, id)?;
            let title = format!("{} · {title}", scene.title(language));
            let told = transcript(&scene, language);
            let html = page(&player_index, language, 2, id, &title, scene.hook(language), &told)?;
            pages.push(Plain { path: Path::new(language.tag()).join(id).join("index.html"), html });
        }
    }
    Ok(pages)
}

/// The root's page with the list of both languages in place of its empty `noscript`.
pub(super) fn root(index: &str) -> Result<String> {
    let families = inbox();
    let lists = Language::ALL.map(|language| {
        let (title, tag) = (ui::TITLE.to(language), language.tag());
        let list = contents(families, language, &format!("{tag}/"));
        format!("<article class=\"plain\" lang=\"{tag}\"><h1>{title}</h1>{list}</article>")
    });
    with_plain(index, &lists.concat())
}

/// The root's page made into another that lies `depth` folders deeper.
fn page(
    index: &str,
    language: Language,
    depth: usize,
    id: &str,
    title: &str,
    description: &str,
    told: &str,
) -> Result<String> {
    let up = "../".repeat(depth);
    let tag = language.tag();
    let html = index.replace("=\"./", &format!("=\"{up}"));
    let html = put(&html, "<html lang=\"", "\"", tag)?;
    let html = put(&html, "<title>", "</title>", &escaped(title))?;
    let html = put(&html, "name=\"description\" content=\"", "\"", &escaped(description))?;
    let mut others = String::new();
    for other in Language::ALL {
        let folder = if id.is_empty() { String::new() } else { format!("{id}/") };
        let other = other.tag();
        let href = format!("{up}{other}/{folder}");
        let _ = writeln!(others, "  <link rel=\"alternate\" hreflang=\"{other}\" href=\"{href}\">");
    }
    if !id.is_empty() {
        others.push_str(&landscapes(&up));
    }
    let html = html.replacen("</head>", &format!("{others}</head>"), 1);
    let other = language.other();
    let folder = if id.is_empty() { String::new() } else { format!("{id}/") };
    let switch = format!(
        "<a href=\"{up}{0}/{folder}\" lang=\"{0}\">{1}</a>",
        other.tag(),
        ui::LANGUAGE_SWITCH.to(language)
    );
    let home = if id.is_empty() {
        String::new()
    } else {
        format!("<a href=\"{up}{tag}/\">{}</a> · ", home::TO_INBOX.to(language))
    };
    let heading = escaped(title.split(" · ").next().unwrap_or(title));
    let article = format!(
        "<article class=\"plain\" lang=\"{tag}\"><p>{home}{switch}</p><h1>{heading}</h1>{told}\
         <p>{}</p></article>",
        home::WITHOUT_SCRIPT.to(language)
    );
    with_plain(&html, &article)
}

/// When a scene shows which landscape, as `src/pictures.rs` has it.
const LANDSCAPES: [(&str, &str); 2] = [
    ("landscape", "not all and (max-width: 640px) and (min-height: 521px)"),
    ("landscape-small", "(max-width: 640px) and (min-height: 521px)"),
];

/// Links by which a browser fetches a scene's landscape while it still fetches the program that
/// will ask for it.
fn landscapes(up: &str) -> String {
    let links = LANDSCAPES.map(|(name, when)| {
        let href = format!("{up}art/{name}.svg");
        let link = "  <link rel=\"preload\" as=\"fetch\" crossorigin";
        format!("{link} media=\"{when}\" href=\"{href}\">\n")
    });
    links.concat()
}

fn with_plain(html: &str, article: &str) -> Result<String> {
    put(html, "<noscript>", "</noscript>", article)
}

/// Puts `text` between the first `before` and the next `after`.
fn put(html: &str, before: &str, after: &str, text: &str) -> Result<String> {
    let begin = html.find(before).with_context(|| format!("index.html has no {before}"))?;
    let begin = begin + before.len();
    let length = html[begin..].find(after).with_context(|| format!("no {after} in index.html"))?;
    Ok([&html[..begin], text, &html[begin + length..]].concat())
}

/// The list of conversations; `under` leads from the page to the folder of its language.
fn contents(families: &[Family], language: Language, under: &str) -> String {
    let about = escaped(home::ABOUT.to(language));
    let mut list = format!("<p>{about}</p>");
    for family in families.iter().filter(|family| !family.scenes.is_empty()) {
        let _ = write!(list, "<h2>{}</h2><ul>", escaped(family.title(language)));
        for scene in &family.scenes {
            let (title, hook) = (scene.title(language), scene.hook(language));
            let (id, title, hook) = (&scene.id, escaped(title), escaped(hook));
            let _ = write!(list, "<li><a href=\"{under}{id}/\">{title}</a>: {hook}</li>");
        }
        list.push_str("</ul>");
    }
    list
}

/// A scene as it is told, step by step: the story, what is said, and the states after it.
fn transcript(scene: &Scene, language: Language) -> String {
    let trace = scene.trace();
    let mut told = format!("<p>{}</p><ol start=\"0\">", escaped(scene.summary(language)));
    let last = Position::resting(trace, trace.len());
    let said = conversation(trace, last, Some(scene), language, Numbers::Relative);
    for place in 0..=trace.len() {
        let Some(words) = scene.words(trace, place, language) else { continue };
        let _ = write!(told, "<li><p>{}</p>", escaped(&words.story));
        let spoken = said.iter().filter(|bubble| bubble.since == place);
        told.extend(spoken.map(|bubble| quote(bubble, language)));
        let world = trace.world_at(place);
        let states = handshake::Side::BOTH.map(|side| world.end(side).state().name());
        let states = ui::both_states(states[0], states[1], language);
        let _ = write!(told, "<p><small>{}</small></p>", escaped(&states));
        for note in words.left_out.iter().filter(|note| !note.contains('{')) {
            let _ = write!(told, "<p><small>{}</small></p>", escaped(note));
        }
        told.push_str("</li>");
    }
    told + "</ol>"
}

fn quote(bubble: &Bubble, language: Language) -> String {
    let name = name(bubble.from).to(language);
    let (text, header) = (escaped(&bubble.text), escaped(&bubble.header));
    format!("<blockquote>{name}: “{text}” <code lang=\"en\">{header}</code></blockquote>")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.extend(iter::once(other)),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const INDEX: &str = "<!doctype html><html lang=\"en\"><head><title>x</title>\
        <meta name=\"description\" content=\"y\"><link href=\"./a.css\"></head><body>\
        <noscript></noscript></body></html>";

    fn all() -> Vec<Plain> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        pages(root, |_, _| Ok(INDEX.to_owned())).unwrap()
    }

    #[test]
    fn each_scene_can_be_read_in_both_languages() {
        let scenes: usize = inbox().iter().map(|family| family.scenes.len()).sum();
        assert_eq!(all().len(), 2 * (scenes + 1));
        let confession =
            all().into_iter().find(|page| page.path.ends_with("en/confession/index.html"));
        let html = confession.unwrap().html;
        for text in [
            "<html lang=\"en\">",
            "<title>The confession · A TCP Love Story</title>",
            "href=\"../../a.css\"",
            "hreflang=\"zh-Hans\" href=\"../../zh-Hans/confession/\"",
            "I like you. This is my line 0.",
            "<code lang=\"en\">SYN,ACK seq 0 ack 1</code>",
            "T is in ESTABLISHED, P is in SYN-RECEIVED",
        ] {
            assert!(html.contains(text), "{text} is not in {html}");
        }
    }

    #[test]
    fn a_landscape_is_fetched_ahead_when_the_program_will_ask_for_it() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let pictures = fs::read_to_string(root.join("src/pictures.rs")).unwrap();
        let [(wide, not_narrow), (small, narrow)] = LANDSCAPES;
        assert!(pictures.contains(&format!("NARROW_AND_HIGH: &str = \"{narrow}\"")));
        assert!(pictures.contains(&format!("(frame(\"{small}\", NARROW_AND_HIGH))")));
        assert!(pictures.contains(&format!("(frame(\"{wide}\", &format!(\"not all and ")));
        assert_eq!(not_narrow, format!("not all and {narrow}"));
    }

    #[test]
    fn what_a_file_says_cannot_become_markup() {
        assert_eq!(escaped("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }

    #[test]
    fn a_page_without_a_place_for_it_is_an_error() {
        assert!(root("<html></html>").is_err());
        assert!(root(INDEX).unwrap().contains("en/confession/"));
    }
}
