//! The steps that get what is missing.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use duct::{Expression, cmd};

use super::system::{Apt, System, refusal};
use super::{BINARYEN, TRUNK};
use crate::process::quietly;
use crate::project::Project;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    RustupTarget,
    RustupLints,
    RustupSources,
    Apt { what: &'static str, packages: Vec<String> },
    Trunk,
    WasmBindgen(String),
    Binaryen,
    E2e,
}

/// Where rustup's server cannot be reached it does not give up by itself.
const RUSTUP_LIMIT: Duration = Duration::from_mins(1);

impl Step {
    pub(super) fn apt(what: &'static str, packages: &[&str]) -> Self {
        Self::Apt { what, packages: packages.iter().map(ToString::to_string).collect() }
    }

    /// The line that is printed before the step is taken.
    pub(super) fn announcement(&self, system: &System) -> String {
        match self {
            Self::RustupTarget => format!("wasm32 target: {self}, at most a minute"),
            Self::RustupSources => format!("standard library's sources: {self}"),
            Self::RustupLints => format!("rustfmt and clippy: {self}"),
            Self::Apt { what, packages } => {
                let sudo = if system.apt == Apt::BySudo { "sudo " } else { "" };
                format!("{what}: {sudo}apt-get install {}, about a minute", packages.join(" "))
            }
            Self::Trunk => format!("trunk {TRUNK}: building, about 6 minutes, once"),
            Self::WasmBindgen(version) => {
                format!("wasm-bindgen-cli {version}: building, about 4 minutes, once")
            }
            Self::Binaryen => format!("wasm-opt: npm install binaryen@{BINARYEN}, once"),
            Self::E2e => format!("end-to-end test packages: {self}"),
        }
    }

    pub(super) fn run(&self, project: &Project, system: &System) -> Result<()> {
        let log = project.cache.join(format!("step-{}.log", std::process::id()));
        match self {
            Self::RustupTarget | Self::RustupSources => {
                let args: &[&str] = if *self == Self::RustupTarget {
                    &["target", "add", "wasm32-unknown-unknown"]
                } else {
                    &["component", "add", "rust-src"]
                };
                let command = cmd("rustup", args);
                let result = quietly(&command, &log, Some(RUSTUP_LIMIT));
                if result.is_err() {
                    // The next run shall not wait for the same time-out again.
                    drop(fs::write(refusal(project), ""));
                }
                result
            }
            Self::RustupLints => {
                let command = cmd!("rustup", "component", "add", "rustfmt", "clippy");
                quietly(&command, &log, Some(RUSTUP_LIMIT))
            }
            Self::Apt { packages, .. } => apt_install(packages, system, &log),
            Self::Trunk => {
                // Its manifest asks for a newer Rust than it needs.
                let args = ["--version", TRUNK, "--locked", "--ignore-rust-version"];
                cargo_install("trunk", &args, &kept(project, "trunk", TRUNK), &log)
            }
            Self::WasmBindgen(version) => {
                // Not --locked: its lock file names a package that is not to be had everywhere.
                let home = kept(project, "wasm-bindgen-cli", version);
                cargo_install("wasm-bindgen-cli", &["--version", version], &home, &log)
            }
            Self::Binaryen => {
                let home = kept(project, "binaryen", BINARYEN);
                let package = format!("binaryen@{BINARYEN}");
                whole(&home, |partial| {
                    // Without a manifest of its own, npm would install into a folder above.
                    fs::write(partial.join("package.json"), "{}")?;
                    quietly(&npm(&["install", "--no-save", &package], partial), &log, None)
                })
            }
            Self::E2e => e2e_packages(project, &log),
        }
    }
}

/// As a command that a person can type.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::RustupTarget => f.write_str("rustup target add wasm32-unknown-unknown"),
            Self::RustupSources => f.write_str("rustup component add rust-src"),
            Self::RustupLints => f.write_str("rustup component add rustfmt clippy"),
            Self::Apt { packages, .. } => write!(f, "apt-get install {}", packages.join(" ")),
            Self::Trunk => {
                write!(f, "cargo install trunk --version {TRUNK} --locked --ignore-rust-version")
            }
            Self::WasmBindgen(version) => {
                write!(f, "cargo install wasm-bindgen-cli --version {version}")
            }
            Self::Binaryen => write!(f, "npm install binaryen@{BINARYEN}"),
            Self::E2e => f.write_str("npm ci --prefix tests/e2e"),
        }
    }
}

/// The folder in the cache that holds one version of a tool.
pub(super) fn kept(project: &Project, tool: &str, version: &str) -> PathBuf {
    project.cache.join(format!("{tool}-{version}"))
}

/// Makes `home` by filling a folder beside it, which is renamed when it is complete: what was
/// interrupted is never taken for finished.
fn whole(home: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    sweep(home);
    let partial = home.with_added_extension(format!("{PARTIAL}{}", std::process::id()));
    fs::create_dir_all(&partial).with_context(|| format!("making {}", partial.display()))?;
    let result = fill(&partial).and_then(|()| {
        // It fails when another run was quicker: then what that one made is as good.
        let renamed = fs::rename(&partial, home);
        ensure!(renamed.is_ok() || home.is_dir(), "cannot make {}", home.display());
        Ok(())
    });
    drop(fs::remove_dir_all(&partial));
    result
}

const PARTIAL: &str = "partial-";

/// Removes what interrupted runs left beside `home`. What is younger than a day may be in use.
fn sweep(home: &Path) {
    let is_old = |path: &Path| {
        let age = path.metadata().ok()?.modified().ok()?.elapsed().ok()?;
        Some(age > Duration::from_hours(24))
    };
    let beside = home.parent().and_then(|cache| fs::read_dir(cache).ok());
    for path in beside.into_iter().flatten().flatten().map(|entry| entry.path()) {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        if extension.starts_with(PARTIAL) && is_old(&path) == Some(true) {
            drop(fs::remove_dir_all(&path));
        }
    }
}

fn cargo_install(tool: &str, args: &[&str], home: &Path, log: &Path) -> Result<()> {
    whole(home, |partial| {
        let target = partial.join("target");
        let mut all = vec!["install", tool];
        all.extend(args);
        let command = cmd("cargo", all)
            // Outside of the checkout, whose cargo settings are not meant for it.
            .dir(partial)
            .env("CARGO_INSTALL_ROOT", partial)
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTFLAGS");
        quietly(&command, log, None)?;
        fs::remove_dir_all(&target).context("removing what the build left")
    })
}

fn apt_install(packages: &[String], system: &System, log: &Path) -> Result<()> {
    // The lists of a fresh machine are empty or old, and an update costs a second. It fails for
    // any one source that is away, which may be none that is needed: the install will tell.
    drop(quietly(&apt_get(system, &["update"]), log, None));
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(packages.iter().map(String::as_str));
    quietly(&apt_get(system, &args), log, None)
}

fn apt_get(system: &System, args: &[&str]) -> Expression {
    let options = [
        "-oDPkg::Lock::Timeout=120",
        "-oAcquire::Retries=1",
        "-oAcquire::http::Timeout=20",
        "-oAcquire::https::Timeout=20",
    ];
    let mut all = match system.apt {
        Apt::BySudo => vec!["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
        _ => vec!["apt-get"],
    };
    all.extend(options);
    all.extend(args);
    cmd(all[0], &all[1..]).env("DEBIAN_FRONTEND", "noninteractive")
}

/// npm without what a person would want of it, and without minutes of patience.
fn npm(args: &[&str], dir: &Path) -> Expression {
    let options = ["--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
    cmd("npm", args.iter().chain(&options)).dir(dir)
}

fn e2e_packages(project: &Project, log: &Path) -> Result<()> {
    let e2e = project.e2e();
    quietly(&npm(&["ci"], &e2e), log, None)?;
    // Beside the packages, so that it goes when they are deleted.
    fs::copy(e2e.join(LOCK), e2e.join(INSTALLED_LOCK)).context("noting what is installed")?;
    Ok(())
}

pub(super) const LOCK: &str = "package-lock.json";
pub(super) const INSTALLED_LOCK: &str = "node_modules/.installed-lock.json";

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()))
    }

    #[test]
    fn what_was_not_finished_does_not_look_finished() {
        let home = scratch("unfinished-1.0");
        let result = whole(&home, |partial| {
            fs::write(partial.join("half"), "")?;
            anyhow::bail!("interrupted")
        });
        assert!(result.is_err());
        assert!(!home.exists());
    }

    #[test]
    fn the_quicker_of_two_runs_wins_and_the_other_uses_what_it_made() {
        let home = scratch("twice-1.0");
        for text in ["first", "second"] {
            whole(&home, |partial| Ok(fs::write(partial.join("tool"), text)?)).unwrap();
        }
        assert_eq!(fs::read_to_string(home.join("tool")).unwrap(), "first");
        fs::remove_dir_all(&home).unwrap();
    }
}
