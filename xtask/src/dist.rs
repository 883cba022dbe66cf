//! The page as static files: Trunk builds it, and `page` finishes what Trunk wrote, `plain`
//! makes the pages of each language and scene from it.

mod page;
mod plain;

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::process::watched;
use crate::project::Project;
use crate::setup::Tools;

/// Makes `dist/`.
pub(crate) fn build(project: &Project, tools: &Tools) -> Result<()> {
    // Trunk then runs without a network; it would fetch other tools than ours without a word.
    let fetch = ["fetch", "--quiet", "--target", "wasm32-unknown-unknown"];
    ensure!(watched(&tools.command("cargo", &fetch), |_| ())?, "cargo cannot fetch the crates");
    let trunk = ["build", "--release", "--offline", "--skip-version-check"];
    // Its own failures would come with a backtrace.
    let command = tools.command("trunk", &trunk).env("RUST_BACKTRACE", "0");
    ensure!(watched(&command, |_| ())?, "trunk cannot build the page");
    finish(project)
}

/// Makes the page need no inline script, and checks that it needs nothing inline.
fn finish(project: &Project) -> Result<()> {
    let dist = project.dist();
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).context("reading dist/index.html")?;
    let page = page::without_inline_scripts(&html)?;
    for (name, text) in &page.scripts {
        fs::write(dist.join(name), page::with_own_paths(text))
            .with_context(|| format!("writing {name}"))?;
    }
    let html = page::without_integrity(&page.html);
    page::check(&html)?;
    for plain::Plain { path, html } in plain::pages(&project.root, &html)? {
        let path = dist.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&dist))?;
        fs::write(&path, &html).with_context(|| format!("writing {}", path.display()))?;
    }
    fs::write(&index, plain::root(&html)?).context("writing dist/index.html")?;
    // Only Trunk wants this one, while it runs.
    drop(fs::remove_file(dist.join(".trunk-lock")));
    Ok(())
}
