//! `cargo xtask`: sets up, builds, serves, tests and measures the project.
//!
//! Reading order: `project` (where things are), `process` (running programs), `setup` (what the
//! rest needs), `dist` (the page as static files), `serve`, `test`, `bench`.

#![allow(
    clippy::disallowed_methods,
    reason = "this program waits for other programs and measures them: wall time is its matter"
)]

mod bench;
mod dist;
mod process;
mod project;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

/// What is not built for the project and where it comes from.
const NEEDS: &str = "\
What they need besides Rust: Node.js with npm (build, serve, test), Chromium with ChromeDriver and
a font with Chinese (test). What is missing is installed by apt-get where that may be used;
elsewhere a message says what is missing and how to get it. The wasm32 target comes from rustup,
or, where rustup cannot fetch it, from Debian's packages rustc-web, cargo-web and rust-web-src.
Where rustup has no rust-src, the page is built all the same, and is a little larger.";

/// Sets up, builds, serves, tests and measures the project.
///
/// Each command sets up what it needs by itself and says what it does meanwhile. Tools that are
/// built for the project are kept in $XDG_CACHE_HOME/tcp-love-story (else
/// ~/.cache/tcp-love-story), so that a second checkout builds none of them again.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = NEEDS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Get all that the other commands need; quick when nothing is missing
    Setup,
    /// Build the page as static files in dist/
    Build(dist::Options),
    /// Build the page and serve it on this machine; rebuilds when a file changes
    Serve(serve::Options),
    /// Run everything that CI runs; stops at the first failure
    Test(test::Options),
    /// Build the page, print how large it is, and how fast it and the simulator are
    Bench,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not `{:?}`: a backtrace would bury the one message that helps.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let project = Project::here()?;
    match command {
        Command::Setup => setup::prepare(&project, setup::EVERYTHING).map(|_| ()),
        Command::Build(options) => {
            let tools = setup::prepare(&project, setup::FOR_BUILD)?;
            dist::build(&project, &tools, &options.under)
        }
        Command::Serve(options) => serve::run(&project, &options),
        Command::Test(options) => test::run(&project, &options),
        Command::Bench => {
            let tools = setup::prepare(&project, setup::FOR_BUILD)?;
            dist::build(&project, &tools, dist::ROOT)?;
            bench::run(&project, &tools)
        }
    }
}
