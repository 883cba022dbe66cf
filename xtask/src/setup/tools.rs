//! How the tools are called, once they are there.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use duct::{Expression, cmd};

use super::system::{DEBIAN_BIN, System};
use crate::process::ask;
use crate::project::Project;

/// The environment in which the page is compiled, and the browser that shows it.
pub(crate) struct Tools {
    root: PathBuf,
    environment: Vec<(&'static str, OsString)>,
    /// The page is compiled by Debian's Rust, whose clippy has to be called by its path.
    debian: bool,
    pub(crate) chromium: Option<PathBuf>,
}

impl Tools {
    pub(super) fn new(project: &Project, system: &System) -> Self {
        let debian = !system.target && system.debian.can_build();
        let mut environment = vec![
            ("PATH", search_path(system, debian)),
            ("CARGO_TARGET_DIR", project.wasm_target().into()),
            ("CARGO_ENCODED_RUSTFLAGS", shorter_paths(&project.root, debian)),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner".into()),
        ];
        if debian && let Some(linker) = system.debian.linker_name() {
            environment.extend([
                // Allows the next line, which lets cargo compile the standard library.
                ("RUSTC_BOOTSTRAP", "1".into()),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
            ]);
        }
        if let Some(driver) = &system.chromedriver {
            environment.push(("CHROMEDRIVER", driver.into()));
        }
        Self { root: project.root.clone(), environment, debian, chromium: system.chromium.clone() }
    }

    /// A command in the environment in which the page is compiled.
    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Expression {
        let mut command = cmd(program, args).dir(&self.root);
        for (name, value) in &self.environment {
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
