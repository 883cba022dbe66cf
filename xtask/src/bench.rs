//! Measures. One section for each thing that is measured.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use story::Language;

use crate::dist::{Tag, Tags};
use crate::process::{find, watched};
use crate::project::Project;
use crate::serve::Server;
use crate::setup::Tools;

/// Prints all sections.
pub(crate) fn run(project: &Project, tools: &Tools) -> Result<()> {
    sizes(&project.dist())?;
    println!();
    page(project, tools)?;
    println!();
    simulator(project)
}

/// How fast the page is in a browser, where there is one. Figures only: whatever else the machine
/// does is in them, so that nothing fails for them.
fn page(project: &Project, tools: &Tools) -> Result<()> {
    let playwright = project.e2e().join("node_modules/playwright-core");
    let lack = match &tools.chromium {
        None => Some("Chromium"),
        _ if find("node").is_none() => Some("Node.js"),
        _ if !playwright.exists() => Some("playwright-core; `cargo xtask setup` gets it"),
        _ => None,
    };
    if let Some(lack) = lack {
        println!("the page's speed is not measured: there is no {lack}");
        return Ok(());
    }
    let chromium = tools.chromium.as_deref().context("no browser")?;
    let server = Server::start(&project.dist(), 0)?;
    let bench = duct::cmd("node", [project.e2e().join("bench.mjs")])
        .dir(&project.root)
        .env("BASE_URL", server.address())
        .env("CHROMIUM", chromium);
    if !watched(&bench, |_| ())? {
        println!("the page's speed could not be measured: see above");
    }
    Ok(())
}

/// How fast the simulator is, side by side with what it is compared with.
fn simulator(project: &Project) -> Result<()> {
    let arguments = ["bench", "--quiet", "--package", "handshake"];
    let benches = duct::cmd("cargo", arguments).dir(&project.root);
    ensure!(watched(&benches, |_| ())?, "the simulator's benches have failed");
    Ok(())
}

/// How large the page is: as it is, and as hosts send it.
fn sizes(dist: &Path) -> Result<()> {
    let mut rows = Vec::new();
    for path in files(dist)? {
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let name = path.strip_prefix(dist)?.display().to_string();
        rows.push((name, Size::of(&bytes)?));
    }
    rows.sort_by(|(a, x), (b, y)| y.raw.cmp(&x.raw).then_with(|| a.cmp(b)));
    println!("{}", size_table(&rows));
    for language in Language::ALL {
        let page = format!("{}/{FIRST_SCENE}", language.tag());
        let html = fs::read_to_string(dist.join(&page).join("index.html"))?;
        print!("{}", first_load(&rows, &page, &html)?);
    }
    Ok(())
}

/// What the first load of the original story may weigh with brotli, in bytes: 150 KB.
const FIRST_LOAD: usize = 150 * 1024;
const FIRST_SCENE: &str = "confession";

/// What a browser that knows nothing of the page loads to play a scene, beside the limit.
fn first_load(rows: &[(String, Size)], page: &str, html: &str) -> Result<String> {
    let weight = |name: String| -> Result<usize> {
        let row = rows.iter().find(|(each, _)| *each == name);
        Ok(row.with_context(|| format!("{page} loads {name}, which is not there"))?.1.brotli)
    };
    let mut total = weight(format!("{page}/index.html"))? + weight(format!("{page}/scene.txt"))?;
    // Of the pictures for windows of different sizes one is loaded, at worst the largest.
    let mut picture = 0;
    for (name, is_for_some) in named(html) {
        let weight = weight(name)?;
        if is_for_some {
            picture = weight.max(picture);
        } else {
            total += weight;
        }
    }
    total += picture;
    let verdict = match total.checked_sub(FIRST_LOAD) {
        None | Some(0) => "within the limit".to_owned(),
        Some(over) => format!("{over} over the limit"),
    };
    Ok(format!("first load of {page}/, brotli: {total} of {FIRST_LOAD}, {verdict}\n"))
}

/// The files that a page names and a browser loads with it, as they lie in `dist`, and whether it
/// does so in windows of some size only.
fn named(html: &str) -> Vec<(String, bool)> {
    let loads = |tag: &Tag| match tag.attribute("rel") {
        Some(rel) => ["icon", "stylesheet", "preload", "modulepreload"].contains(&rel),
        None => tag.attribute("src").is_some(),
    };
    let file = |tag: Tag| {
        let path = tag.attribute("href").or(tag.attribute("src"))?;
        Some((path.trim_start_matches("../").to_owned(), tag.attribute("media").is_some()))
    };
    Tags::of(html).filter(loads).filter_map(file).collect()
}

#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip.finish()?.len(),
            brotli: compress(bytes, 11)?.len(),
        })
    }

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

fn size_table(rows: &[(String, Size)]) -> String {
    const TOTAL: &str = "html + css + js + wasm";
    let loaded = |name: &str| {
        ["html", "css", "js", "wasm"].contains(&name.rsplit('.').next().unwrap_or_default())
    };
    let counted = rows.iter().filter(|(name, _)| loaded(name)).map(|(_, size)| *size);
    let total = counted.fold(Size::default(), Size::add);
    let names = rows.iter().map(|(name, _)| name.chars().count());
    let width = names.max().unwrap_or(0).max(TOTAL.len());
    let mut text = format!("{:width$} {:>9} {:>9} {:>9}\n", "file", "raw", "gzip", "brotli");
    for (name, size) in rows.iter().map(|(name, size)| (name.as_str(), size)) {
        text.push_str(&size_row(name, *size, width));
    }
    text.push_str(&size_row(TOTAL, total, width));
    text
}

fn size_row(name: &str, size: Size, width: usize) -> String {
    format!("{name:width$} {:>9} {:>9} {:>9}\n", size.raw, size.gzip, size.brotli)
}

/// Brotli at the given quality, of 0 to 11.
pub(crate) fn compress(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).context("compressing")?;
    Ok(out)
}

/// All files below a folder, in order of their names.
pub(crate) fn files(dir: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_counts_what_a_browser_loads_to_play() {
        let size = |raw| Size { raw, gzip: raw / 2, brotli: raw / 4 };
        let rows = [("a.wasm".into(), size(400)), ("b.svg".into(), size(80))];
        let table = size_table(&rows);
        let total = table.lines().last().unwrap();
        let numbers: Vec<_> = total.split_whitespace().rev().take(3).collect();
        assert_eq!(numbers, ["100", "200", "400"]);
        assert_eq!(table.lines().count(), 4);
    }

    #[test]
    fn the_first_load_is_one_page_one_scene_and_what_the_page_names() {
        let size = |brotli| Size { raw: 9, gzip: 9, brotli };
        let mut rows: Vec<(String, Size)> = [
            ("en-player-1.wasm", FIRST_LOAD - 1131),
            ("boot.js", 1000),
            ("player.css", 100),
            ("en/confession/index.html", 10),
            ("en/confession/scene.txt", 1),
            ("zh-Hans-player-1.wasm", 7000),
            ("en-inbox-1.wasm", 7000),
            ("en/breakup/scene.txt", 7000),
            ("art/cover.svg", 7000),
            ("art/wide.svg", 20),
            ("art/small.svg", 10),
        ]
        .map(|(name, brotli)| (name.into(), size(brotli)))
        .into();
        let html = "<link rel=\"preload\" href=\"../../en-player-1.wasm\">\
            <link rel=\"stylesheet\" href=\"../../player.css\">\
            <link rel=\"preload\" media=\"(x)\" href=\"../../art/wide.svg\">\
            <link rel=\"preload\" media=\"(y)\" href=\"../../art/small.svg\">\
            <link rel=\"alternate\" href=\"../../zh-Hans/confession/\">\
            <script src=\"../../boot.js\"></script>";
        let load = |rows: &[(String, Size)]| first_load(rows, "en/confession", html);
        assert!(load(&rows).unwrap().contains(&format!("{FIRST_LOAD} of {FIRST_LOAD}, within")));
        rows[1].1.brotli += 1;
        assert!(load(&rows).unwrap().contains(", 1 over the limit"));
        // What is not counted would make it look light.
        rows.remove(1);
        assert!(load(&rows).is_err());
    }

    #[test]
    fn compressing_makes_smaller() {
        let size = Size::of(&[b'x'; 5000]).unwrap();
        assert_eq!(size.raw, 5000);
        assert!(size.gzip < 100 && size.brotli < 100);
    }
}
