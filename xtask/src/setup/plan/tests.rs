//! Described systems, and what is to be done on each.

use std::path::PathBuf;

use super::super::system::{Attempt, Debian};
use super::super::{EVERYTHING, FOR_BUILD};
use super::*;

/// Nothing but rustup's Rust and Node.
fn fresh() -> System {
    System {
        rustup: true,
        lints: true,
        node: Some(20),
        npm: true,
        bindgen_version: "0.2.130".into(),
        ..System::default()
    }
}

fn fresh_debian() -> System {
    System { apt: Apt::AsRoot, ..fresh() }
}

fn complete() -> System {
    let here = || Some(PathBuf::from("here"));
    System {
        target: true,
        sources: true,
        trunk: here(),
        wasm_bindgen: here(),
        wasm_opt: here(),
        chromium: here(),
        chromedriver: here(),
        e2e: true,
        ..fresh()
    }
}

fn failed(step: Step) -> Attempt {
    Attempt { step, why: Some("why".into()) }
}

/// The steps until nothing is left to do, each of which changes the system as it would.
fn steps(parts: &[Part], mut system: System, rustup_works: bool) -> (Vec<String>, Plan) {
    let mut taken = Vec::new();
    loop {
        let Plan::Get(step) = plan(parts, &system) else {
            return (taken, plan(parts, &system));
        };
        taken.push(step.to_string());
        assert!(taken.len() < 20, "it goes in a circle: {taken:?}");
        let here = Some(PathBuf::from("here"));
        match &step {
            Step::RustupTarget if rustup_works => system.target = true,
            Step::RustupSources if rustup_works => system.sources = true,
            Step::RustupTarget | Step::RustupSources => system.rustup_refused = true,
            Step::RustupLints => system.lints = true,
            Step::Trunk => system.trunk = here,
            Step::WasmBindgen(_) => system.wasm_bindgen = here,
            Step::Binaryen => system.wasm_opt = here,
            Step::E2e => system.e2e = true,
            Step::Apt { packages, .. } => match packages[0].as_str() {
                "rustc-web" => {
                    system.debian = Debian { llvm: Some(22), cargo: true, ..Debian::default() };
                    system.debian.sources = true;
                }
                "lld-22" => system.debian.linker = true,
                "rust-web-clippy" => system.debian.clippy = true,
                "chromium" => (system.chromium, system.chromedriver) = (here.clone(), here),
                _ => {}
            },
        }
        system.attempts.push(Attempt { step, why: None });
    }
}

#[test]
fn nothing_is_done_where_nothing_is_missing() {
    assert_eq!(plan(EVERYTHING, &complete()), Plan::Ready);
}

#[test]
fn on_an_ordinary_machine_rustup_brings_the_target() {
    let (taken, end) = steps(FOR_BUILD, fresh(), true);
    assert_eq!(end, Plan::Ready);
    assert_eq!(
        taken,
        [
            "rustup target add wasm32-unknown-unknown",
            "rustup component add rust-src",
            "npm install binaryen@132.0.0",
            "cargo install wasm-bindgen-cli --version 0.2.130",
            "cargo install trunk --version 0.22.1 --locked --ignore-rust-version",
        ]
    );
}

#[test]
fn where_rustup_cannot_debian_does() {
    let (taken, end) = steps(EVERYTHING, fresh_debian(), false);
    assert_eq!(end, Plan::Ready);
    let position = |text: &str| taken.iter().position(|step| step.contains(text));
    assert_eq!(position("rustup"), Some(0));
    assert_eq!(position("rustc-web"), Some(1));
    assert_eq!(position("lld-22"), Some(2));
    assert_eq!(position("rust-web-clippy"), Some(3));
}

#[test]
fn rustup_is_not_waited_for_twice() {
    let refused = System { rustup_refused: true, ..fresh_debian() };
    let (taken, end) = steps(FOR_BUILD, refused, false);
    assert_eq!(end, Plan::Ready);
    assert!(taken[0].contains("rustc-web"), "{taken:?}");
}

#[test]
fn debians_rust_is_used_at_once_where_it_is() {
    let debian = Debian { llvm: Some(22), cargo: true, sources: true, linker: true, clippy: true };
    let system = System { target: false, debian, ..complete() };
    assert_eq!(plan(EVERYTHING, &system), Plan::Ready);
}

#[test]
fn without_the_sources_the_page_is_built_all_the_same() {
    let system = || System { sources: false, ..complete() };
    let (taken, end) = steps(FOR_BUILD, system(), false);
    assert_eq!((taken.len(), end), (1, Plan::Ready));
    let refused = System { rustup_refused: true, ..system() };
    assert_eq!(plan(FOR_BUILD, &refused), Plan::Ready);
}

#[test]
fn a_refused_rustup_is_asked_again_when_nothing_else_is_left() {
    let system = System { rustup_refused: true, ..fresh() };
    assert_eq!(plan(&[Part::Wasm], &system), Plan::Get(Step::RustupTarget));
    let system = System { attempts: vec![failed(Step::RustupTarget)], ..system };
    assert!(matches!(plan(&[Part::Wasm], &system), Plan::Missing(_)));
}

#[test]
fn what_cannot_be_got_is_said_before_anything_slow_is_done() {
    let system = System { apt: Apt::NeedsRoot, ..fresh() };
    let Plan::Missing(missing) = plan(EVERYTHING, &system) else { panic!("a browser is missing") };
    assert_eq!(missing.len(), 1);
    assert_eq!(
        missing[0].get,
        "sudo apt-get install -y --no-install-recommends \
         chromium chromium-driver fonts-noto-cjk"
    );
    assert!(matches!(plan(FOR_BUILD, &system), Plan::Get(_)), "a build needs no browser");
}

#[test]
fn all_that_is_missing_is_told_at_once_and_each_thing_once() {
    let (taken, end) = steps(EVERYTHING, System::default(), false);
    let Plan::Missing(missing) = end else { panic!("{end:?}") };
    assert!(taken.is_empty(), "{taken:?}");
    let what: Vec<&str> = missing.iter().map(|item| item.what.as_str()).collect();
    for wanted in ["rustfmt", "wasm32", "Chromium", "Node.js"] {
        let count = what.iter().filter(|text| text.contains(wanted)).count();
        assert_eq!(count, 1, "{wanted} in {what:?}");
    }
    assert!(missing.iter().all(|item| !item.get.is_empty()));
}

#[test]
fn each_platform_is_told_its_own_command() {
    let get = |system: System| match plan(&[Part::Browser], &system) {
        Plan::Missing(missing) => missing[0].get.clone(),
        other => panic!("{other:?}"),
    };
    assert!(get(System { dnf: true, ..fresh() }).starts_with("sudo dnf install chromium"));
    assert!(get(System { brew: true, ..fresh() }).starts_with("brew install"));
    assert!(get(fresh()).starts_with("see https://"));
}

#[test]
fn an_old_node_is_named() {
    let system = System { node: Some(18), ..fresh_debian() };
    let Plan::Missing(missing) = plan(&[Part::Node], &system) else { panic!("18 is too old") };
    assert!(missing[0].what.contains("here is 18"), "{}", missing[0].what);
    let system = System { node: None, npm: false, ..fresh_debian() };
    assert!(matches!(plan(&[Part::Node], &system), Plan::Get(_)));
}
