//! The page as static files: Trunk builds it, and `page` finishes what Trunk wrote, `style` joins
//! the style sheets, `glue` shortens names, `plain` makes the pages of each language and scene from
//! it, `lost` the one of a wrong address, `words` the files of words that are fetched.

mod glue;
mod lost;
mod page;
mod plain;
mod style;
mod words;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use clap::Args;

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
    let trunk = ["build", "--release", "--offline", "--skip-version-check"];
    // Its own failures would come with a backtrace.
    let command = tools.small("trunk", &trunk).env("RUST_BACKTRACE", "0");
    ensure!(watched(&command, |_| ())?, "trunk cannot build the page");
    finish(project, under)
}

/// Makes the page need no inline script, and checks that it needs nothing inline.
fn finish(project: &Project, under: &str) -> Result<()> {
    let dist = project.dist();
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("reading dist/index.html")?;
    let page = page::without_inline_scripts(&glue::shortened(&dist, &html)?)?;
    for (name, text) in &page.scripts {
        fs::write(dist.join(name), page::with_own_paths(text))
            .with_context(|| format!("writing {name}"))?;
    }
    let html = with_one_style(&dist, &page::without_integrity(&page.html))?;
    page::check(&html)?;
    for plain::Plain { path, html } in plain::pages(&project.root, &html)? {
        let path = dist.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&dist))?;
        fs::write(&path, &html).with_context(|| format!("writing {}", path.display()))?;
    }
    let lost = lost::page(&project.root, &html, under)?;
    page::check(&lost)?;
    fs::write(dist.join("404.html"), lost).context("writing dist/404.html")?;
    words::write(&project.root, &dist)?;
    fs::write(&index, plain::root(&html)?).context("writing dist/index.html")?;
    fs::write(dist.join("scenes/inbox.json"), story::INBOX).context("writing the inbox")?;
    // Only Trunk wants this one, while it runs.
    drop(fs::remove_file(dist.join(".trunk-lock")));
    Ok(())
}

/// Puts all style sheets into one file, named by what is in it.
fn with_one_style(dist: &Path, html: &str) -> Result<String> {
    let (_, paths) = style::joined(html, "")?;
    let mut css = String::new();
    for path in &paths {
        let sheet =
            fs::read_to_string(dist.join(path)).with_context(|| format!("reading {path}"))?;
        css.push_str(&style::squeezed(&sheet));
        fs::remove_file(dist.join(path)).with_context(|| format!("removing {path}"))?;
    }
    let css = style::renamed(&css);
    let name = format!("page-{:016x}.css", page::fingerprint(css.as_bytes()));
    fs::write(dist.join(&name), css).with_context(|| format!("writing {name}"))?;
    Ok(style::joined(html, &name)?.0)
}
