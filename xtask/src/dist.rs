//! The page as static files: `program` has Trunk make its programs, `glue` shortens names in them,
//! `index` makes the page that loads one of them and `style` what it looks like, `plain` makes from
//! it the pages of each language and scene, `words` what they fetch, `lost` the page of a wrong
//! address.

mod glue;
mod index;
mod lost;
mod plain;
mod program;
mod style;
mod tags;
mod words;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use self::index::Index;
use self::program::{Kind, Program};
pub(crate) use self::tags::{Tag, Tags};
use crate::process::watched;
use crate::project::Project;
use crate::setup::Tools;

/// The root of a host.
pub(crate) const ROOT: &str = "/";

#[derive(Args)]
pub(crate) struct Options {
    /// Where on its host the page will lie; of all files only 404.html has to know
    #[arg(long, value_name = "/PATH/", default_value = ROOT)]
    pub(crate) under: String,
}

/// Makes `dist/`, which will lie under this path of its host.
pub(crate) fn build(project: &Project, tools: &Tools, under: &str) -> Result<()> {
    // Trunk then runs without a network; it would fetch other tools than ours without a word.
    let fetch = ["fetch", "--quiet", "--target", "wasm32-unknown-unknown"];
    ensure!(watched(&tools.small("cargo", &fetch), |_| ())?, "cargo cannot fetch the crates");
    let programs = program::all(project, tools)?;
    finish(&project.root, &Dist::empty(project.dist())?, &programs, under)
}

/// Puts the programs and all that stands around them into `dist`.
fn finish(root: &Path, dist: &Dist, programs: &[Program], under: &str) -> Result<()> {
    let read = |path: &str| fs::read_to_string(root.join(path)).with_context(|| path.to_owned());
    let source = read("index.html")?;
    let mut index = Index::new(&source);
    let mut prints = Vec::new();
    for kind in Kind::ALL {
        let sheets = index.sheets(kind).into_iter().map(|path| Ok(style::squeezed(&read(path)?)));
        let sheet = style::renamed(&sheets.collect::<Result<String>>()?);
        prints.push((kind.name().to_owned(), fingerprint(sheet.as_bytes())));
        index.call(kind.name(), dist.put_named(kind.name(), "css", &sheet)?);
    }
    for program in programs {
        let (name, print) = (program.name(), program.print());
        dist.put(format!("{name}-{print}.js"), &program.script)?;
        dist.put(format!("{name}-{print}.wasm"), &program.wasm)?;
        prints.push((name, print));
    }
    let words = words::files(root)?;
    let all: Vec<&[u8]> = words.iter().map(|(_, words)| words.as_bytes()).collect();
    prints.push((WORDS.to_owned(), fingerprint(&all.concat())));
    let boot = boot(&read("static/boot.js")?, &prints)?;
    index.call("static/boot.js", dist.put_named("boot", "js", &boot)?);
    let crash = glue::squeezed(&read("static/crash.js")?)?;
    index.call("static/crash.js", dist.put_named("crash", "js", &crash)?);
    index.call("static/icon.svg", dist.put_named("icon", "svg", &read("static/icon.svg")?)?);
    for picture in ["cover", "landscape", "landscape-small"] {
        let path = format!("art/{picture}.svg");
        dist.put(&path, read(&format!("static/{path}"))?)?;
    }
    for (path, words) in words {
        dist.put(path, words)?;
    }
    put_pages(root, dist, &index, programs, under)
}

fn put_pages(
    root: &Path,
    dist: &Dist,
    index: &Index,
    programs: &[Program],
    under: &str,
) -> Result<()> {
    let pages = plain::pages(root, |language, kind| {
        // Where the inbox lies there may be a run: who reads the address knows what to load.
        let own = |it: &&Program| (it.language, it.kind) == (language, Kind::Player);
        let program = programs.iter().find(own).filter(|_| kind == Kind::Player);
        index.page(kind, program)
    })?;
    for plain::Plain { path, html } in pages {
        dist.put(path, html)?;
    }
    // In which language these are, their readers say.
    let any = index.page(Kind::Inbox, None)?;
    let lost = lost::page(root, &any, under)?;
    tags::check(&lost)?;
    dist.put("404.html", lost)?;
    dist.put("index.html", plain::root(&any)?)
}

/// What `static/boot.js` calls all words that the page fetches.
const WORDS: &str = "words";

/// The script that chooses a program, told what is in the files that it can choose.
fn boot(source: &str, prints: &[(String, String)]) -> Result<String> {
    let prints: Vec<String> =
        prints.iter().map(|(name, print)| format!("\"{name}\":\"{print}\"")).collect();
    let Some((before, after)) = source.split_once("PRINTS") else {
        bail!("static/boot.js has no place for PRINTS")
    };
    glue::squeezed(&format!("{before}{{{}}}{after}", prints.join(",")))
}

/// FNV-1a: a name for a content, in which nobody has to be unable to find another.
fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The folder into which the page is put.
struct Dist(PathBuf);

impl Dist {
    /// The folder, without what was in it.
    fn empty(folder: PathBuf) -> Result<Dist> {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("emptying {}", folder.display()))
            }
            _ => Ok(Dist(folder)),
        }
    }

    fn put(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<()> {
        let path = self.0.join(path);
        let folder = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        fs::write(&path, content).with_context(|| format!("writing {}", path.display()))
    }

    /// Puts a file there whose name says what is in it, and says the name.
    fn put_named(&self, stem: &str, ending: &str, content: &str) -> Result<String> {
        let name = format!("{stem}-{}.{ending}", fingerprint(content.as_bytes()));
        self.put(&name, content)?;
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_that_starts_the_page_knows_each_file_by_its_name() {
        let prints =
            [("inbox".to_owned(), "0a".to_owned()), ("player".to_owned(), "1b".to_owned())];
        let filled = boot("// Why.\nconst prints = PRINTS;\n", &prints).unwrap();
        assert_eq!(filled, "const prints = {\"inbox\":\"0a\",\"player\":\"1b\"};\n");
        assert!(boot("go()", &prints).is_err());
    }

    /// The script and the programs find each other's languages and settings.
    #[test]
    fn the_script_that_starts_the_page_speaks_of_what_the_programs_know() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let script = fs::read_to_string(root.join("static/boot.js")).unwrap();
        let tags = story::Language::ALL.map(|language| format!("\"{}\"", language.tag()));
        assert!(script.contains(&format!("const languages = [{}];", tags.join(", "))), "{script}");
        for kind in Kind::ALL {
            assert!(script.contains(&format!("\"{}\"", kind.name())), "{script}");
        }
        assert!(script.contains("`${language}-${kind}`"), "as Program::name has it");
        assert!(script.contains(&format!("prints.{WORDS}")), "{script}");
        assert!(boot(&script, &[]).is_ok());
    }

    #[test]
    fn the_name_follows_the_content() {
        assert_eq!(fingerprint(b"a"), fingerprint(b"a"));
        assert_ne!(fingerprint(b"a"), fingerprint(b"b"));
        assert_eq!(fingerprint(b"").len(), 16);
    }
}
