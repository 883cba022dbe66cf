//! What there is on this machine.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::step::{INSTALLED_LOCK, LOCK, Step, kept};
use super::{BINARYEN, TRUNK, WASM_OPT};
use crate::process::{ask, find, is_program};
use crate::project::Project;

/// The oldest Rust that compiles the workspace.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

#[expect(clippy::struct_excessive_bools, reason = "they are findings, each by itself")]
#[derive(Debug, Default)]
pub(super) struct System {
    pub(super) rustup: bool,
    /// rustup could not get what was asked of it in an earlier run.
    pub(super) rustup_refused: bool,
    /// rustfmt and clippy of the Rust on PATH.
    pub(super) lints: bool,
    /// The Rust on PATH has the standard library for wasm32.
    pub(super) target: bool,
    /// It has the standard library's sources, too.
    pub(super) sources: bool,
    pub(super) debian: Debian,
    pub(super) bindgen_version: String,
    /// The programs, in exactly the version that is wanted.
    pub(super) wasm_bindgen: Option<PathBuf>,
    pub(super) trunk: Option<PathBuf>,
    pub(super) wasm_opt: Option<PathBuf>,
    pub(super) chromium: Option<PathBuf>,
    pub(super) chromedriver: Option<PathBuf>,
    /// Node's major version.
    pub(super) node: Option<u32>,
    pub(super) npm: bool,
    /// The packages of the end-to-end tests are those of their lock file.
    pub(super) e2e: bool,
    pub(super) apt: Apt,
    pub(super) dnf: bool,
    pub(super) brew: bool,
    pub(super) attempts: Vec<Attempt>,
}

/// A step that was taken in this run, and why it failed if it did.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) step: Step,
    pub(super) why: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Apt {
    #[default]
    None,
    NeedsRoot,
    AsRoot,
    BySudo,
}

impl Apt {
    pub(super) fn usable(self) -> bool {
        matches!(self, Self::AsRoot | Self::BySudo)
    }
}

/// Debian's packages of a newer Rust, which can compile the standard library for wasm32 from
/// its sources. They are beside rustup's Rust and not on PATH before it.
#[expect(clippy::struct_excessive_bools, reason = "they are findings, each by itself")]
#[derive(Clone, Debug, Default)]
pub(super) struct Debian {
    /// LLVM's major version in its compiler, if that compiler is new enough.
    pub(super) llvm: Option<u32>,
    pub(super) cargo: bool,
    pub(super) sources: bool,
    pub(super) linker: bool,
    pub(super) clippy: bool,
}

/// Where Debian's Rust is.
pub(super) const DEBIAN_BIN: &str = "/usr/bin";

impl Debian {
    pub(super) fn compiler(&self) -> bool {
        self.llvm.is_some() && self.cargo && self.sources
    }

    pub(super) fn can_build(&self) -> bool {
        self.compiler() && self.linker
    }

    pub(super) fn linker_name(&self) -> Option<String> {
        self.llvm.map(|major| format!("wasm-ld-{major}"))
    }

    fn look() -> Self {
        let bin = Path::new(DEBIAN_BIN);
        let rustc = bin.join("rustc");
        if !is_program(&rustc) || !Path::new("/etc/debian_version").exists() {
            return Self::default();
        }
        let llvm = ask(&rustc, &["-vV"]).and_then(|text| llvm_of(&text, RUST));
        let mut this = Self {
            llvm,
            cargo: is_program(&bin.join("cargo")),
            sources: has_sources(&rustc),
            linker: false,
            clippy: ["cargo-clippy", "clippy-driver"].iter().all(|p| is_program(&bin.join(p))),
        };
        this.linker = this.linker_name().is_some_and(|name| is_program(&bin.join(name)));
        this
    }
}

impl System {
    pub(super) fn look(project: &Project, attempts: Vec<Attempt>) -> Result<Self> {
        let bindgen_version = project.locked("wasm-bindgen")?;
        let target = has_target();
        let mut system = Self {
            rustup: find("rustup").is_some(),
            lints: has("cargo", "fmt") && has("cargo", "clippy"),
            debian: if target { Debian::default() } else { Debian::look() },
            target,
            sources: has_sources("rustc"),
            wasm_bindgen: bindgen(project, &bindgen_version),
            trunk: tool("trunk", TRUNK, &kept(project, "trunk", TRUNK).join("bin")),
            wasm_opt: tool(
                "wasm-opt",
                WASM_OPT,
                &kept(project, "binaryen", BINARYEN).join("node_modules/.bin"),
            ),
            bindgen_version,
            chromium: chromium(),
            chromedriver: from_env("CHROMEDRIVER").or_else(|| find("chromedriver")),
            node: ask("node", &["--version"]).and_then(|text| major(&text)),
            npm: find("npm").is_some() && find("node").is_some(),
            e2e: e2e_is_current(&project.e2e()),
            apt: Apt::None,
            dnf: find("dnf").is_some(),
            brew: find("brew").is_some(),
            rustup_refused: false,
            attempts,
        };
        system.rustup_refused = system.rustup && refusal(project).exists();
        Ok(system)
    }

    /// Apart from `look`: to ask sudo leaves a trace in the machine's log, so it is asked only
    /// when there is something to install.
    pub(super) fn look_for_apt(&mut self) {
        self.apt = if find("apt-get").is_none() {
            Apt::None
        } else if ask("id", &["-u"]).as_deref() == Some("0") {
            Apt::AsRoot
        } else if ask("sudo", &["-n", "true"]).is_some() {
            Apt::BySudo
        } else {
            Apt::NeedsRoot
        };
    }

    pub(super) fn tried(&self, step: &Step) -> bool {
        self.attempts.iter().any(|attempt| attempt.step == *step)
    }
}

/// The file that remembers that rustup gets nothing for this toolchain.
pub(super) fn refusal(project: &Project) -> PathBuf {
    let rustc = ask("rustc", &["--version"]).unwrap_or_default();
    let version = rustc.split(' ').nth(1).unwrap_or("unknown");
    project.cache.join(format!("rustup-has-nothing-for-{version}"))
}

fn has(program: &str, subcommand: &str) -> bool {
    ask(program, &[subcommand, "--version"]).is_some()
}

fn has_target() -> bool {
    let args = ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"];
    ask("rustc", &args).is_some_and(|dir| Path::new(&dir).is_dir())
}

/// Can this compiler's standard library be built with the page?
fn has_sources(rustc: impl AsRef<OsStr>) -> bool {
    let sysroot = ask(rustc, &["--print", "sysroot"]).unwrap_or_default();
    // The lock file tells the whole of them from what is left of an older compiler's.
    Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

/// The tool on PATH if it is of that version, else the kept one.
fn tool(name: &str, version: &str, kept: &Path) -> Option<PathBuf> {
    // What is kept is of the right version by its folder's name: nothing has to be run.
    let kept = kept.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if is_program(&kept) {
        return Some(kept);
    }
    let found = find(name)?;
    says_version(&ask(&found, &["--version"])?, version).then_some(found)
}

/// wasm-bindgen, if the runner of the component tests is beside it.
fn bindgen(project: &Project, version: &str) -> Option<PathBuf> {
    let home = kept(project, "wasm-bindgen-cli", version).join("bin");
    let found = tool("wasm-bindgen", version, &home)?;
    let runner = format!("wasm-bindgen-test-runner{}", env::consts::EXE_SUFFIX);
    is_program(&found.with_file_name(runner)).then_some(found)
}

fn says_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    from_env("CHROMIUM")
        .or_else(|| names.into_iter().find_map(find))
        .or_else(|| is_program(mac).then(|| mac.to_owned()))
}

fn from_env(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| is_program(path))
}

fn e2e_is_current(e2e: &Path) -> bool {
    let installed = fs::read(e2e.join(INSTALLED_LOCK)).ok();
    installed.is_some() && installed == fs::read(e2e.join(LOCK)).ok()
}

/// 20 of "v20.11.1".
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// LLVM's major version from what `rustc -vV` prints, if the compiler is at least `oldest`.
fn llvm_of(text: &str, oldest: &str) -> Option<u32> {
    let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    let numbers = |version: &str| -> Vec<u32> {
        version.split(['.', '-']).map_while(|part| part.parse().ok()).collect()
    };
    let new_enough = numbers(line("release: ")?) >= numbers(oldest);
    new_enough.then(|| major(line("LLVM version: ")?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_goes_with_the_compilers_llvm() {
        let text = "rustc 1.96.0 (x)\nrelease: 1.96.0\nLLVM version: 22.1.8";
        assert_eq!(llvm_of(text, "1.95"), Some(22));
        assert_eq!(llvm_of(text, "1.96.0"), Some(22));
        assert_eq!(llvm_of(text, "1.100"), None, "too old");
        assert_eq!(llvm_of("", "1.95"), None);
        let debian = Debian { llvm: Some(22), ..Debian::default() };
        assert_eq!(debian.linker_name().as_deref(), Some("wasm-ld-22"));
    }

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(says_version("trunk 0.22.1", "0.22.1"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!says_version("trunk 0.22.10", "0.22.1"));
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
