//! What can be checked about the code as a whole: layers, documentation, both languages, size.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest function, in lines. One that needs more says so with `too_many_lines` and a reason.
const FUNCTION_LINES_MAX: usize = 70;
/// The longest line of code, in characters. Words that people read are not broken for it.
const LINE_CHARACTERS_MAX: usize = 100;
/// Where a text has to begin that may run on beyond that: further right it could have been put on a
/// line of its own.
const TEXT_BEGINS_BEFORE: usize = 60;
/// The longest line of mark-up, which nobody breaks but by hand.
const MARKUP_CHARACTERS_MAX: usize = 120;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files with this extension below a folder of the project.
fn paths(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default();
            if path.is_dir() && name != "node_modules" && name != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|is| is == extension) {
                found.push(path);
            }
        }
    }
    found
}

/// The same with their texts; there has to be one.
fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let found = paths(folder, extension);
    assert!(!found.is_empty(), "no .{extension} in {folder}");
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a text");
        (path, text)
    };
    found.into_iter().map(text).collect()
}

fn rust_files() -> Vec<(PathBuf, String)> {
    ["src", "crates", "xtask", "tests"].into_iter().flat_map(|folder| files(folder, "rs")).collect()
}

fn manifest(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a manifest")
}

/// The lines of one section of a manifest.
fn section<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    let after = manifest.split(&format!("\n[{name}]\n")).nth(1).unwrap_or_default();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn the_simulator_depends_on_nothing() {
    let dependencies = manifest("crates/handshake/Cargo.toml");
    let headers = dependencies.lines().filter(|line| line.starts_with('['));
    let needs: Vec<&str> = headers.filter(|header| header.contains("dependencies")).collect();
    assert_eq!(needs, ["[dependencies]", "[dev-dependencies]"]);
    // Nothing but what a feature asks for.
    for line in section(&dependencies, "dependencies") {
        assert!(line.contains("optional = true"), "{line}");
    }
}

#[test]
fn the_telling_knows_no_page() {
    let dependencies = manifest("crates/story/Cargo.toml");
    let names: Vec<&str> = section(&dependencies, "dependencies")
        .into_iter()
        .filter_map(|line| line.split([' ', '=']).next())
        .collect();
    assert_eq!(names, ["capture", "handshake"]);
}

#[test]
fn components_do_not_move_the_world() {
    for (path, text) in files("src/components", "rs") {
        for word in ["World", "Endpoint", ".after(&", "extend("] {
            assert!(!text.contains(word), "{} names `{word}`", path.display());
        }
    }
}

#[test]
fn the_simulator_draws_nothing() {
    for (path, text) in files("crates/handshake/src", "rs") {
        for word in ["svg", "pixel", "std::"] {
            assert!(!text.contains(word), "{} names `{word}`", path.display());
        }
    }
}

/// What asks for the time, or for something to happen later.
const CLOCKS: [&str; 6] =
    ["timers::", "performance", "Date::now", "Instant::now", "SystemTime", "current_time"];

/// Who may: the one timer of the page, and two that ask how far something has come that the browser
/// plays by itself. No step waits for those.
const CLOCK_OWNERS: [(&str, &[&str]); 3] = [
    ("src/playback.rs", &["timers::", "performance"]),
    ("src/sound.rs", &["current_time"]),
    ("src/browser.rs", &["current_time"]),
];

#[test]
fn wall_time_enters_in_one_file() {
    let folders = ["src", "crates/handshake/src", "crates/story/src", "crates/capture/src"];
    for (path, text) in folders.into_iter().flat_map(|folder| files(folder, "rs")) {
        let owner = CLOCK_OWNERS.iter().find(|(owner, _)| path.ends_with(owner));
        let may = owner.map_or(&[][..], |(_, clocks)| clocks);
        for clock in CLOCKS.into_iter().filter(|clock| !may.contains(clock)) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let found = code.into_iter().find(|line| line.contains(clock));
            assert_eq!(found, None, "{} has a clock", path.display());
        }
    }
}

/// `tree.rs` reads no more of HTML than is written here.
#[test]
fn drawings_are_written_as_the_page_reads_them() {
    for (path, text) in files("src/art", "svg").into_iter().chain(files("static/art", "svg")) {
        for sign in ["<!", "<?", "='", "= "] {
            assert!(!text.contains(sign), "{} has {sign:?}", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in rust_files() {
        let first = text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        assert!(first.starts_with("//! "), "{} begins with {first:?}", path.display());
    }
}

#[test]
fn no_line_is_too_long() {
    for (path, text) in rust_files() {
        // The components' module and all in it.
        let is_markup = path.starts_with(root().join("src/components"))
            || path == root().join("src/components.rs");
        for (index, line) in text.lines().enumerate() {
            let characters = line.chars().count();
            let may = characters <= LINE_CHARACTERS_MAX
                || has_long_text(line)
                || is_markup && characters <= MARKUP_CHARACTERS_MAX && line.contains(['<', '=']);
            assert!(may, "{}:{}: {characters}", path.display(), index + 1);
        }
    }
}

/// Is a line too long only because of a text in it? A text cannot be broken without changing what
/// it says, nor can an SVG path. Texts one after the other, as in a table of words, count as one.
fn has_long_text(line: &str) -> bool {
    let mut texts: Vec<(usize, usize)> = Vec::new();
    let mut begun: Option<usize> = None;
    let mut before = [' '; 2];
    let mut between = String::new();
    for (column, c) in line.chars().enumerate() {
        let is_escaped = before[1] == '\\' && before[0] != '\\';
        match (c, begun) {
            ('"', Some(from)) if !is_escaped => {
                match texts.last_mut().filter(|_| between == ", ") {
                    Some((_, to)) => *to = column,
                    None => texts.push((from, column)),
                }
                begun = None;
                between.clear();
            }
            // The character `'"'` begins no text.
            ('"', None) if before[1] != '\'' => begun = Some(column),
            (_, None) => between.push(c),
            _ => {}
        }
        before = [before[1], c];
    }
    // One that goes on in the next line.
    texts.extend(begun.map(|from| (from, line.chars().count())));
    let is_long =
        |(from, to): (usize, usize)| from < TEXT_BEGINS_BEFORE && to + 1 >= LINE_CHARACTERS_MAX;
    texts.into_iter().any(is_long)
}

#[test]
fn only_a_text_that_begins_early_makes_a_line_longer() {
    let many = "x".repeat(100);
    for (line, is_long) in [
        (format!("    let words = \"{many}\";"), true),
        (format!("    (\"{}\", \"{}\"),", &many[..60], &many[..60]), true),
        (format!("    \"he said \\\"{many}\\\" \\"), true),
        (format!("    \"{}", &many[..96]), true),
        (format!("{}\"{many}\"", " ".repeat(60)), false),
        (format!("    call(\"short\", {many});"), false),
        (format!("    call('\"', {many});"), false),
        (format!("    // no text: {many}"), false),
    ] {
        assert_eq!(has_long_text(&line), is_long, "{line}");
    }
}

#[test]
fn no_function_is_too_long() {
    for (path, text) in rust_files() {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let Some(indent) = function_indent(line) else { continue };
            let end = format!("{}}}", " ".repeat(indent));
            let Some(length) = lines[start..].iter().position(|line| *line == end) else {
                continue;
            };
            let excused = lines[..start]
                .iter()
                .rev()
                .take_while(|line| line.trim_start().starts_with(['#', '/']))
                .any(|line| line.contains("too_many_lines"));
            let at = format!("{}:{}", path.display(), start + 1);
            assert!(excused || length < FUNCTION_LINES_MAX, "{at}: {} lines", length + 1);
        }
    }
}

/// The indentation of a line that begins a function with a body.
fn function_indent(line: &str) -> Option<usize> {
    let trimmed = line.trim_start();
    let words: Vec<&str> = trimmed.split_whitespace().take(4).collect();
    let begins = words.iter().position(|&word| word == "fn")?;
    let modifiers = ["pub", "pub(crate)", "pub(super)", "const", "async"];
    let is_function = words[..begins].iter().all(|word| modifiers.contains(word));
    is_function.then(|| line.len() - trimmed.len())
}

#[test]
fn words_stand_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let both = |text: story::Text| story::Language::ALL.map(|language| text.to(language));
    for (name, text) in story::words::ui::ALL {
        let [zh, en] = both(*text);
        assert!(!zh.is_empty() && !en.is_empty(), "{name}");
        // The switch names each language in itself.
        if *name != "LANGUAGE_SWITCH" {
            assert!(is_chinese(zh), "{name}: {zh}");
            assert!(!is_chinese(en), "{name}: {en}");
        }
    }
    for term in story::words::glossary::TERMS {
        assert!(term.names(story::Language::English).iter().all(|name| !is_chinese(name)));
    }
    for &meaning in story::words::glossary::MEANINGS {
        let [zh, en] = both(meaning);
        assert!(is_chinese(zh) && !is_chinese(en), "{en}");
    }
    for &rule in handshake::Rule::ALL {
        for text in [story::words::why(rule), story::words::tale(rule)] {
            let [zh, en] = both(text);
            assert!(is_chinese(zh) && !is_chinese(en), "{rule}");
        }
    }
    for state in handshake::State::ALL {
        for text in [story::words::feeling(state), story::words::meaning(state)] {
            let [zh, en] = both(text);
            assert!(is_chinese(zh) && !is_chinese(en), "{state}");
        }
    }
}

#[test]
fn documents_name_only_files_that_exist() {
    let ours = file_names();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(root().join(document)).expect("a document");
        for name in text.split('`').skip(1).step_by(2) {
            let is_name = !name.contains([' ', '*', ':', '$', '<', '~']);
            if is_name && !name.contains('/') && looks_like_a_file(name) {
                assert!(ours.contains(name), "{document} names {name}");
            }
            let is_made = name.starts_with("dist") || name.starts_with("target");
            if is_name && name.contains('/') && !is_made {
                assert!(root().join(name).exists(), "{document} names {name}");
            }
        }
    }
}

/// The kinds of files that the project has.
const EXTENSIONS: [&str; 9] = ["rs", "toml", "json", "css", "js", "mjs", "html", "svg", "md"];

/// Is a word the name of a file, such as `session.rs`?
fn looks_like_a_file(name: &str) -> bool {
    let (stem, extension) = name.rsplit_once('.').unwrap_or_default();
    !stem.is_empty() && EXTENSIONS.contains(&extension)
}

/// The names of all files of those kinds, wherever they lie.
fn file_names() -> BTreeSet<String> {
    let folders = ["src", "crates", "xtask", "tests", "static"];
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (folder, extension) in
        folders.into_iter().flat_map(|folder| EXTENSIONS.map(|extension| (folder, extension)))
    {
        let found = paths(folder, extension);
        names.extend(found.iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned)));
    }
    let at_the_root = fs::read_dir(root()).expect("the project");
    names.extend(at_the_root.filter_map(|entry| entry.ok()?.file_name().into_string().ok()));
    names
}

#[test]
fn drawings_and_components_have_no_colour_of_their_own() {
    let mut texts = files("src", "svg");
    texts.extend(files("static/css", "css"));
    for (path, text) in texts {
        if path.ends_with("tokens.css") {
            continue;
        }
        let named = text.split('#').skip(1).any(|after| {
            let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
            let ends =
                after.as_bytes().get(digits).is_none_or(|byte| !byte.is_ascii_alphanumeric());
            matches!(digits, 3 | 6 | 8) && ends
        });
        assert!(!named && !text.contains("rgb("), "{} names a colour", path.display());
    }
}

#[test]
fn night_is_the_same_for_the_system_and_for_the_reader() {
    let tokens = fs::read_to_string(root().join("static/css/tokens.css")).expect("the tokens");
    let block = |head: &str| -> Vec<String> {
        let after = tokens.split(head).nth(1).unwrap_or_else(|| panic!("no {head}"));
        let body = after.split('}').next().unwrap_or_default();
        body.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let system = block(":root:not([data-theme]) {");
    let reader = block(":root[data-theme=\"dark\"] {");
    assert!(system.len() > 30);
    assert_eq!(system, reader);
}
