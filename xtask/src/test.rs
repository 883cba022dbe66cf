//! Runs everything that CI runs, one step after the other, and stops at the first failure.

mod count;

use std::env;
use std::fmt::Write;
use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use duct::{Expression, cmd};

use self::count::count_in;
use crate::dist;
use crate::process::{ask, watched};
use crate::project::Project;
use crate::serve::Server;
use crate::setup::{self, Part, Tools};

#[derive(Args)]
pub(crate) struct Options {
    /// Run only this; may be given more than once
    #[arg(long, value_name = "STAGE")]
    only: Vec<Stage>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Formatting
    Fmt,
    /// Clippy for native and for wasm code, warnings are errors
    Clippy,
    /// Tests that need no browser, and the documentation with its examples
    Native,
    /// Component tests in headless Chromium
    Browser,
    /// End-to-end tests of the built page in headless Chromium
    E2e,
}

impl Stage {
    const ALL: &[Self] = &[Self::Fmt, Self::Clippy, Self::Native, Self::Browser, Self::E2e];

    fn needs(self) -> &'static [Part] {
        match self {
            Self::Fmt => &[Part::Lints],
            Self::Clippy => &[Part::Lints, Part::Wasm, Part::WasmLints],
            Self::Native => &[],
            Self::Browser => &[Part::Wasm, Part::Browser, Part::WasmBindgen],
            Self::E2e => &[Part::Browser, Part::Node, Part::E2e],
        }
    }
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let stages = if options.only.is_empty() { Stage::ALL } else { &options.only };
    let tools = setup::prepare(project, &parts(stages))?;
    let mut report = Report::default();
    let result =
        stages.iter().try_for_each(|stage| run_stage(*stage, project, &tools, &mut report));
    println!("\n{}", report.table());
    result?;
    println!("{} tests run, all passed", report.tests());
    Ok(())
}

fn parts(stages: &[Stage]) -> Vec<Part> {
    let builds = stages.contains(&Stage::E2e).then_some(setup::FOR_BUILD).into_iter().flatten();
    let needed: Vec<Part> = stages.iter().flat_map(|s| s.needs()).chain(builds).copied().collect();
    // In the order in which set-up gets them.
    setup::EVERYTHING.iter().copied().filter(|part| needed.contains(part)).collect()
}

fn run_stage(stage: Stage, project: &Project, tools: &Tools, report: &mut Report) -> Result<()> {
    let cargo = |args: &[&str]| colour(cmd("cargo", args).dir(&project.root));
    let deny = ["--", "-D", "warnings"];
    match stage {
        Stage::Fmt => report.check("format", &cargo(&["fmt", "--all", "--check"])),
        Stage::Clippy => {
            let native = ["clippy", "--workspace", "--all-targets"];
            report.check("clippy", &cargo(&[&native[..], &deny].concat()))?;
            let wasm = colour(tools.clippy(&[&page_for_wasm(project)[..], &deny].concat()));
            report.check("clippy, wasm32", &wasm)
        }
        Stage::Native => {
            report.tests_of("native tests", &cargo(&["test", "--workspace"]))?;
            // Links in it that lead nowhere, say.
            let documentation = cargo(&["doc", "--workspace", "--no-deps"]);
            report.check("documentation", &documentation.env("RUSTDOCFLAGS", "-D warnings"))
        }
        Stage::Browser => {
            let args = ["test", "--target", WASM, "--package", PAGE];
            let all = [&args[..], &["--test", "browser"]].concat();
            report.tests_of("component tests", &colour(tools.command("cargo", &all)))
        }
        Stage::E2e => {
            report.step("build", || dist::build(project, tools, dist::ROOT).map(|()| None))?;
            let server = Server::start(&project.dist(), 0)?;
            report.tests_of("end-to-end tests", &colour(e2e(project, tools, &server)?))
        }
    }
}

const PAGE: &str = "tcp-love-story";
const WASM: &str = "wasm32-unknown-unknown";

/// The page, and its component tests; the other tests are native.
fn page_for_wasm(project: &Project) -> Vec<&'static str> {
    let mut args = vec!["--target", WASM, "--package", PAGE, "--lib", "--bins"];
    if project.root.join("tests/browser.rs").exists() {
        args.extend(["--test", "browser"]);
    }
    args
}

fn e2e(project: &Project, tools: &Tools, server: &Server) -> Result<Expression> {
    // Kept after the run: screenshots, and what else a test wants to show.
    let artefacts = project.target().join("e2e");
    drop(fs::remove_dir_all(&artefacts));
    fs::create_dir_all(&artefacts).context("making the folder for artefacts")?;
    let mut args = vec!["--test".into(), "--test-reporter=spec".into()];
    // A failed test may leave its browser open, which some versions of Node can ignore.
    if ask("node", &["--test-force-exit", "--version"]).is_some() {
        args.push("--test-force-exit".into());
    }
    // File by file: how Node reads a folder here differs between its versions.
    args.extend(e2e_files(project)?.into_iter().map(PathBuf::into_os_string));
    let chromium = tools.chromium.as_ref().context("no browser")?;
    Ok(cmd("node", args)
        .dir(&project.root)
        .env("BASE_URL", server.address())
        .env("CHROMIUM", chromium)
        .env("ARTEFACTS", artefacts))
}

/// tests/e2e/*.test.js and *.test.mjs.
fn e2e_files(project: &Project) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(project.e2e()).context("reading tests/e2e")? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".test.js") || name.ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "tests/e2e has no *.test.js and no *.test.mjs");
    Ok(found)
}

/// Colours as in a terminal, though the output passes through here to be counted.
fn colour(command: Expression) -> Expression {
    if stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
        return command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    command
}

fn judged(passed: bool, count: u32) -> Result<Option<u32>> {
    ensure!(passed, "see above");
    // Tests that are not found would otherwise look like tests that pass.
    ensure!(count > 0, "not one test ran");
    Ok(Some(count))
}

#[derive(Default)]
struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    /// `None` for a step that has no tests to count.
    tests: Option<u32>,
    took: Duration,
    passed: bool,
}

impl Report {
    fn step(
        &mut self,
        name: &'static str,
        run: impl FnOnce() -> Result<Option<u32>>,
    ) -> Result<()> {
        println!("\n── {name} ──");
        let start = Instant::now();
        let result = run();
        let tests = *result.as_ref().unwrap_or(&None);
        self.rows.push(Row { name, tests, took: start.elapsed(), passed: result.is_ok() });
        result.map(|_| ()).with_context(|| format!("failed: {name}"))
    }

    fn check(&mut self, name: &'static str, command: &Expression) -> Result<()> {
        self.step(name, || {
            ensure!(watched(command, |_| ())?, "see above");
            Ok(None)
        })
    }

    fn tests_of(&mut self, name: &'static str, command: &Expression) -> Result<()> {
        self.step(name, || {
            let mut count = 0;
            let passed = watched(command, |line| count += count_in(line))?;
            judged(passed, count)
        })
    }

    fn tests(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.tests).sum()
    }

    fn table(&self) -> String {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
        let mut text = format!("  {:width$} {:>6} {:>8}\n", "step", "tests", "seconds");
        for row in &self.rows {
            let mark = if row.passed { '✓' } else { '✗' };
            let tests = row.tests.map_or_else(String::new, |count| count.to_string());
            let took = row.took.as_secs_f32();
            let _ = writeln!(text, "{mark} {:width$} {tests:>6} {took:>8.1}", row.name);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_of_a_stage_is_known_to_set_up() {
        for stage in Stage::ALL {
            for part in stage.needs() {
                assert!(setup::EVERYTHING.contains(part), "{part:?}");
            }
        }
        assert!(parts(&[Stage::Native]).is_empty());
        assert_eq!(parts(Stage::ALL).len(), setup::EVERYTHING.len());
    }

    #[test]
    fn a_step_without_tests_is_a_failure_where_tests_are_expected() {
        let mut report = Report::default();
        let error = report.step("silent", || judged(true, 0)).unwrap_err();
        assert!(format!("{error:#}").contains("not one test ran"), "{error:#}");
        report.step("good", || judged(true, 3)).unwrap();
        report.step("uncounted", || Ok(None)).unwrap();
        report.step("bad", || judged(false, 5)).unwrap_err();
        assert_eq!(report.tests(), 3);
        let table = report.table();
        assert!(table.contains("✗ silent") && table.contains("✓ good"), "{table}");
    }
}
