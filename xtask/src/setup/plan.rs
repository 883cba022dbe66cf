//! What to do next, decided from a described system alone.

use std::path::PathBuf;

use super::step::Step;
use super::system::{Apt, System};
use super::{BINARYEN, NODE, TRUNK, WASM_OPT};

/// One thing that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// rustfmt and clippy for native code.
    Lints,
    /// A compiler for wasm32.
    Wasm,
    /// The standard library's sources, without which the page is larger.
    Sources,
    /// Clippy for wasm32.
    WasmLints,
    WasmBindgen,
    WasmOpt,
    Trunk,
    /// Chromium, and the driver that the component tests start it with.
    Browser,
    Node,
    /// The packages that the end-to-end tests are written with.
    E2e,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Ready,
    Get(Step),
    Missing(Vec<Missing>),
}

/// What a person has to get by hand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) what: String,
    pub(super) purpose: &'static str,
    pub(super) get: String,
    /// Steps whose failure explains why this is still missing.
    pub(super) tried: Vec<Step>,
}

/// The first step to take; or, before any slow step is taken, all that no step can get.
pub(super) fn plan(parts: &[Part], system: &System) -> Plan {
    let mut missing = Vec::new();
    let mut first = None;
    for part in parts {
        match part.status(system) {
            Ok(None) => {}
            Ok(Some(step)) => first = first.or(Some(step)),
            Err(item) if missing.contains(&item) => {}
            Err(item) => missing.push(item),
        }
    }
    match (missing.is_empty(), first) {
        (false, _) => Plan::Missing(missing),
        (true, Some(step)) => Plan::Get(step),
        (true, None) => Plan::Ready,
    }
}

/// Nothing to do, the step that brings it nearer, or what a person has to do.
type Status = Result<Option<Step>, Missing>;

impl Part {
    fn status(self, system: &System) -> Status {
        match self {
            Self::Lints => lints(system),
            Self::Wasm => wasm(system),
            Self::Sources => Ok(sources(system)),
            Self::WasmLints => wasm_lints(system),
            Self::WasmBindgen => built(
                system.wasm_bindgen.as_ref(),
                Step::WasmBindgen(system.bindgen_version.clone()),
                system,
                "which joins the page's wasm with JavaScript",
            ),
            Self::Trunk => {
                built(system.trunk.as_ref(), Step::Trunk, system, "which builds the page")
            }
            Self::WasmOpt => wasm_opt(system),
            Self::Browser => browser(system),
            Self::Node => node(system),
            Self::E2e => e2e(system),
        }
    }
}

fn lints(system: &System) -> Status {
    if system.lints {
        return Ok(None);
    }
    if system.rustup && !system.tried(&Step::RustupLints) {
        return Ok(Some(Step::RustupLints));
    }
    Err(Missing {
        what: "rustfmt and clippy".into(),
        purpose: "which check the code",
        get: system.with_rustup("rustup component add rustfmt clippy"),
        tried: vec![Step::RustupLints],
    })
}

const WASM_PURPOSE: &str = "which compiles the page for the browser";

fn wasm(system: &System) -> Status {
    if system.target || system.debian.can_build() {
        return Ok(None);
    }
    let by_rustup = Step::RustupTarget;
    if system.rustup && !system.rustup_refused && !system.tried(&by_rustup) {
        return Ok(Some(by_rustup));
    }
    let steps = debian_steps(system);
    if system.apt.usable()
        && let Some(step) = steps.iter().find(|step| !system.tried(step))
    {
        return Ok(Some(step.clone()));
    }
    // It has failed before, and nothing else is left: it may go now.
    if system.rustup && !system.tried(&by_rustup) {
        return Ok(Some(by_rustup));
    }
    let mut tried = vec![by_rustup];
    tried.extend(steps);
    Err(Missing {
        what: "Rust's standard library for wasm32-unknown-unknown".into(),
        purpose: WASM_PURPOSE,
        get: system.with_rustup("rustup target add wasm32-unknown-unknown"),
        tried,
    })
}

/// Debian's own compiler, and the linker that goes with its LLVM, known once that is there.
fn debian_steps(system: &System) -> Vec<Step> {
    let compiler = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
    let mut steps = Vec::new();
    if !system.debian.compiler() {
        steps.push(Step::apt("Debian's Rust, for wasm32", &compiler));
    }
    if let Some(llvm) = system.debian.llvm {
        steps.push(Step::apt("its linker for wasm32", &[&format!("lld-{llvm}")]));
    }
    steps
}

/// Never missing: where they cannot be had, the page is built with the library as it comes.
fn sources(system: &System) -> Option<Step> {
    let step = Step::RustupSources;
    let wanted = system.target && !system.sources && system.rustup && !system.rustup_refused;
    (wanted && !system.tried(&step)).then_some(step)
}

fn wasm_lints(system: &System) -> Status {
    // Before there is a compiler, nobody knows whose clippy goes with it.
    if system.target || system.debian.clippy || !system.debian.can_build() {
        return Ok(None);
    }
    let step = Step::apt("Debian's clippy, for wasm32", &["rust-web-clippy"]);
    if system.apt.usable() && !system.tried(&step) {
        return Ok(Some(step));
    }
    Err(Missing {
        what: "clippy for wasm32".into(),
        purpose: "which checks the page's code",
        get: system.by_hand(&["rust-web-clippy"], "", "", ""),
        tried: vec![step],
    })
}

fn built(have: Option<&PathBuf>, step: Step, system: &System, purpose: &'static str) -> Status {
    match have {
        Some(_) => Ok(None),
        None if !system.tried(&step) => Ok(Some(step)),
        None => {
            let what = match &step {
                Step::WasmBindgen(version) => format!("wasm-bindgen {version}"),
                _ => format!("trunk {TRUNK}"),
            };
            Err(Missing { what, purpose, get: step.to_string(), tried: vec![step] })
        }
    }
}

fn wasm_opt(system: &System) -> Status {
    if system.wasm_opt.is_some() {
        return Ok(None);
    }
    if !system.npm {
        return node(system);
    }
    if !system.tried(&Step::Binaryen) {
        return Ok(Some(Step::Binaryen));
    }
    Err(Missing {
        what: format!("wasm-opt {WASM_OPT}"),
        purpose: "which makes the page small",
        get: format!("npm install --global binaryen@{BINARYEN}"),
        tried: vec![Step::Binaryen],
    })
}

fn browser(system: &System) -> Status {
    if system.chromium.is_some() && system.chromedriver.is_some() {
        return Ok(None);
    }
    // Without the font, Chinese is boxes in the screenshots.
    let packages = ["chromium", "chromium-driver", "fonts-noto-cjk"];
    let step = Step::apt("a browser for the tests", &packages);
    if system.apt.usable() && !system.tried(&step) {
        return Ok(Some(step));
    }
    let what = match (&system.chromium, &system.chromedriver) {
        (Some(_), None) => "chromedriver",
        (None, Some(_)) => "Chromium or Chrome",
        _ => "Chromium or Chrome, and chromedriver",
    };
    Err(Missing {
        what: what.into(),
        purpose: "which the tests drive",
        get: system.by_hand(
            &packages,
            "chromium chromedriver google-noto-sans-cjk-fonts",
            "--cask chromium chromedriver",
            "see https://googlechromelabs.github.io/chrome-for-testing",
        ),
        tried: vec![step],
    })
}

fn node(system: &System) -> Status {
    let purpose = "which runs wasm-opt and the end-to-end tests";
    if system.npm && system.node >= Some(NODE) {
        return Ok(None);
    }
    let step = Step::apt("Node.js", &["nodejs", "npm"]);
    if system.apt.usable() && !system.tried(&step) && system.node.is_none() {
        return Ok(Some(step));
    }
    let what = match system.node {
        Some(old) if old < NODE => format!("Node.js {NODE} or newer (here is {old}), with npm"),
        _ => format!("Node.js {NODE} or newer, with npm"),
    };
    let packages: &[&str] = if system.node.is_none() { &["nodejs", "npm"] } else { &["npm"] };
    let get = match system.node {
        // The distribution has none that is new enough, or it would be here.
        Some(old) if old < NODE => "see https://nodejs.org/en/download".into(),
        _ => system.by_hand(packages, "nodejs npm", "node", "see https://nodejs.org/en/download"),
    };
    Err(Missing { what, purpose, get, tried: vec![step] })
}

fn e2e(system: &System) -> Status {
    if system.e2e {
        return Ok(None);
    }
    if !system.npm {
        return node(system);
    }
    if !system.tried(&Step::E2e) {
        return Ok(Some(Step::E2e));
    }
    Err(Missing {
        what: "the packages that tests/e2e/package-lock.json names".into(),
        purpose: "which the end-to-end tests are written with",
        get: Step::E2e.to_string(),
        tried: vec![Step::E2e],
    })
}

impl System {
    fn with_rustup(&self, command: &str) -> String {
        if self.rustup {
            return command.into();
        }
        format!("{command}  (rustup comes from https://rustup.rs)")
    }

    /// The command for this system's own packages.
    fn by_hand(&self, debian: &[&str], fedora: &str, brew: &str, other: &str) -> String {
        let debian = debian.join(" ");
        match self.apt {
            Apt::AsRoot => format!("apt-get install -y --no-install-recommends {debian}"),
            Apt::BySudo | Apt::NeedsRoot => {
                format!("sudo apt-get install -y --no-install-recommends {debian}")
            }
            Apt::None if self.dnf && !fedora.is_empty() => format!("sudo dnf install {fedora}"),
            Apt::None if self.brew && !brew.is_empty() => format!("brew install {brew}"),
            Apt::None => other.into(),
        }
    }
}

#[cfg(test)]
mod tests;
