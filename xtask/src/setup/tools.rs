//! How the tools are called, once they are there.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duct::{Expression, cmd};

use super::TRUNK;
use super::system::{DEBIAN_BIN, System};
use crate::process::ask;
use crate::project::Project;

type Variable = (&'static str, OsString);

/// The environment in which the page is compiled, and the browser that shows it.
pub(crate) struct Tools {
    root: PathBuf,
    environment: Vec<Variable>,
    /// What is set as well where the page is built for readers.
    small: Vec<Variable>,
    /// The page is compiled by Debian's Rust, whose clippy has to be called by its path.
    debian: bool,
    pub(crate) chromium: Option<PathBuf>,
}

impl Tools {
    pub(super) fn new(project: &Project, system: &System) -> Self {
        let debian = !system.target && system.debian.can_build();
        let paths = shorter_paths(&project.root, debian);
        let small = if debian || system.sources { smaller(&paths) } else { Vec::new() };
        let mut environment = vec![
            ("PATH", search_path(system, debian)),
            ("CARGO_TARGET_DIR", project.wasm_target().into()),
            ("CARGO_ENCODED_RUSTFLAGS", paths),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner".into()),
        ];
        if debian && let Some(linker) = system.debian.linker_name() {
            environment.extend(BUILD_STD.map(|(name, value)| (name, value.into())));
            environment.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()));
        }
        if let Some(driver) = &system.chromedriver {
            environment.push(("CHROMEDRIVER", driver.into()));
        }
        let (root, chromium) = (project.root.clone(), system.chromium.clone());
        Self { root, environment, small, debian, chromium }
    }

    /// A command in the environment in which the page is compiled.
    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Expression {
        self.command_with(&[], program, args)
    }

    /// A command in the environment in which the page is compiled for readers: as small as can be.
    pub(crate) fn small(&self, program: &str, args: &[&str]) -> Expression {
        self.command_with(&self.small, program, args)
    }

    fn command_with(&self, more: &[Variable], program: &str, args: &[&str]) -> Expression {
        let mut command = cmd(program, args).dir(&self.root);
        // Of two values for one name the first counts.
        for (name, value) in more.iter().chain(&self.environment) {
            command = command.env(name, value);
        }
        if self.debian {
            // Set by the cargo that runs this program; they would lead back to it.
            for name in ["CARGO", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC"] {
                command = command.env_remove(name);
            }
        }
        command
    }

    /// What decides, beside the sources, how the page is compiled for readers.
    pub(crate) fn signature(&self) -> Result<String> {
        let compiler =
            self.small("rustc", &["-vV"]).read().context("asking for rustc's version")?;
        let mut variables = self.small.iter().chain(&self.environment).collect::<Vec<_>>();
        variables.retain(|(name, _)| *name != "PATH");
        Ok(format!("{compiler}\ntrunk {TRUNK}\n{variables:?}"))
    }

    /// Clippy in that environment.
    pub(crate) fn clippy(&self, args: &[&str]) -> Expression {
        let all: Vec<&str> = ["clippy"].iter().chain(args).copied().collect();
        if self.debian {
            // `cargo clippy` might find the one of another toolchain.
            self.command(&format!("{DEBIAN_BIN}/cargo-clippy"), &all)
        } else {
            self.command("cargo", &all)
        }
    }
}

/// Lets cargo compile the standard library. The first allows the second.
const BUILD_STD: [(&str, &str); 2] =
    [("RUSTC_BOOTSTRAP", "1"), ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")];

/// A standard library compiled with the page, both without what only a developer reads: where a
/// program that traps was, and in which words it would complain. The trap itself stays.
fn smaller(paths: &OsStr) -> Vec<Variable> {
    let mut flags = paths.to_owned();
    for flag in [
        "-Zunstable-options",
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
        "-Zfmt-debug=none",
        // The stack lies below all data: a quarter of the usual one makes every address shorter.
        "-Clink-arg=-zstack-size=262144",
    ] {
        flags.push("\u{1f}");
        flags.push(flag);
    }
    let std = BUILD_STD.map(|(name, value)| (name, value.into()));
    let flags = ("CARGO_ENCODED_RUSTFLAGS", flags);
    let small_std = ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size".into());
    std.into_iter().chain([small_std, flags]).collect()
}

/// Our tools first, whatever else of the same name is installed; then Debian's Rust, if it is it.
fn search_path(system: &System, debian: bool) -> OsString {
    let tools = [&system.trunk, &system.wasm_bindgen, &system.wasm_opt];
    let mut dirs: Vec<PathBuf> =
        tools.into_iter().flatten().filter_map(|tool| Some(tool.parent()?.to_owned())).collect();
    // A tool in Debian's own folder is found there anyway, after the others.
    dirs.retain(|dir| dir != Path::new(DEBIAN_BIN));
    if debian {
        dirs.push(DEBIAN_BIN.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    dirs.extend(env::split_paths(&path));
    env::join_paths(dirs).unwrap_or(path)
}

/// Compiler flags that keep this machine's folders out of the page, which makes it smaller, and
/// the same wherever it is built.
fn shorter_paths(root: &Path, debian: bool) -> OsString {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let rustc = if debian { format!("{DEBIAN_BIN}/rustc") } else { "rustc".into() };
    let sysroot = ask(rustc, &["--print", "sysroot"]).unwrap_or_default();
    let sources = Path::new(&sysroot).join("lib/rustlib/src/rust");
    let mut flags = OsString::new();
    for (from, to) in [(root, "."), (&cargo.join("registry/src"), "crates"), (&sources, "rust")] {
        for part in [OsStr::new("--remap-path-prefix"), from.as_os_str()] {
            if !flags.is_empty() {
                flags.push("\u{1f}");
            }
            flags.push(part);
        }
        flags.push(format!("={to}"));
    }
    flags
}
