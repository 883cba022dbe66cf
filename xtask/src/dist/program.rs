//! The programs of the page: one for each language and kind of page, made from the same sources.
//! Trunk makes each in a folder of its own, again only when something of it has changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use story::Language;

use super::{fingerprint, glue};
use crate::bench::files;
use crate::process::watched;
use crate::project::Project;
use crate::setup::Tools;

/// What a page shows, and a program can.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// All conversations.
    Inbox,
    /// A run.
    Player,
}

impl Kind {
    pub(super) const ALL: [Kind; 2] = [Kind::Inbox, Kind::Player];

    /// As the feature and the files are called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Inbox => "inbox",
            Kind::Player => "player",
        }
    }
}

/// A program as it is loaded.
pub(super) struct Program {
    pub(super) language: Language,
    pub(super) kind: Kind,
    /// What stands between it and the browser.
    pub(super) script: String,
    pub(super) wasm: Vec<u8>,
}

impl Program {
    /// What both of its files are called, before what is in them.
    pub(super) fn name(&self) -> String {
        name(self.language, self.kind)
    }

    /// What is in both of its files.
    pub(super) fn print(&self) -> String {
        fingerprint(&[self.script.as_bytes(), &self.wasm].concat())
    }
}

fn name(language: Language, kind: Kind) -> String {
    format!("{}-{}", language.tag(), kind.name())
}

/// All of them.
pub(super) fn all(project: &Project, tools: &Tools) -> Result<Vec<Program>> {
    let sources = sources(project, tools)?;
    let each =
        Language::ALL.into_iter().flat_map(|language| Kind::ALL.map(|kind| (language, kind)));
    each.map(|(language, kind)| made(project, tools, &sources, language, kind)).collect()
}

/// One of them, as it was made of these sources or is made now.
fn made(
    project: &Project,
    tools: &Tools,
    sources: &str,
    language: Language,
    kind: Kind,
) -> Result<Program> {
    let folder = project.target().join("programs").join(name(language, kind));
    let made_of = folder.join("made-of");
    if fs::read_to_string(&made_of).ok().as_deref() != Some(sources) {
        compile(tools, &folder, language, kind)?;
        fs::write(&made_of, sources).with_context(|| made_of.display().to_string())?;
    }
    let read = |file: &str| fs::read(folder.join(file)).with_context(|| file.to_owned());
    let text = |file: &str| Ok(String::from_utf8(read(file)?)?);
    let script = glue::joined(&text("tcp-love-story.js")?, text)?;
    let (script, wasm) = glue::shortened(&script, &read("tcp-love-story_bg.wasm")?)?;
    Ok(Program { language, kind, script, wasm })
}

fn compile(tools: &Tools, folder: &Path, language: Language, kind: Kind) -> Result<()> {
    println!("the program {}", name(language, kind));
    let language = match language {
        Language::Chinese => "chinese",
        Language::English => "english",
    };
    let features = format!("{language},{}", kind.name());
    let dist = folder.to_str().context("the folder for programs has no name in UTF-8")?;
    let release = ["build", "--release", "--offline", "--skip-version-check"];
    let what = ["--no-default-features", "--features", &features, "--dist", dist];
    // Its own failures would come with a backtrace.
    let trunk = tools.small("trunk", &[&release[..], &what].concat()).env("RUST_BACKTRACE", "0");
    ensure!(watched(&trunk, |_| ())?, "trunk cannot build the page");
    Ok(())
}

/// All that programs are made of, and by which compiler, as one fingerprint. Scenes are not among
/// it: they are fetched, and in no program.
fn sources(project: &Project, tools: &Tools) -> Result<String> {
    let mut read = tools.signature()?.into_bytes();
    for path in paths(&project.root)? {
        let name = path.strip_prefix(&project.root)?.to_string_lossy().into_owned();
        read.extend(name.bytes());
        read.extend(fs::read(&path).with_context(|| format!("reading {name}"))?);
    }
    Ok(fingerprint(&read))
}

fn paths(root: &Path) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html"].map(|name| root.join(name)).into();
    paths.extend(files(&root.join("src"))?);
    let crates = files(&root.join("crates"))?;
    let is_source = |path: &PathBuf| {
        let parts: Vec<_> = path.strip_prefix(root).iter().flat_map(|path| path.iter()).collect();
        parts
            .get(2)
            .is_some_and(|part| ["src", "Cargo.toml", "build.rs"].iter().any(|it| it == part))
    };
    paths.extend(crates.into_iter().filter(is_source));
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_made_of_sources_and_of_nothing_else() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let paths = paths(root).unwrap();
        for path in ["src/main.rs", "crates/story/src/words.rs", "crates/story/Cargo.toml"] {
            assert!(paths.contains(&root.join(path)), "{path}");
        }
        for folder in ["crates/story/scenes", "crates/handshake/tests", "static", "xtask"] {
            assert!(!paths.iter().any(|path| path.starts_with(root.join(folder))), "{folder}");
        }
    }

    #[test]
    fn a_program_is_called_by_what_is_in_both_of_its_files() {
        let program = |script: &str, wasm: &[u8]| Program {
            language: Language::Chinese,
            kind: Kind::Player,
            script: script.to_owned(),
            wasm: wasm.to_owned(),
        };
        let one = program("a", b"b");
        assert_eq!(one.name(), "zh-Hans-player");
        assert_eq!(one.print(), program("a", b"b").print());
        assert_ne!(one.print(), program("a", b"c").print());
        assert_ne!(one.print(), program("c", b"b").print());
    }
}
