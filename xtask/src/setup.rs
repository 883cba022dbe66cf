//! What the other commands need, looked for and where it is missing got.
//!
//! `system` looks at what is there, `plan` decides without touching anything what to do next,
//! `step` does it; around they go until nothing is missing or nothing helps. `tools` is the result.

mod plan;
mod step;
mod system;
mod tools;

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result, bail};

pub(crate) use self::plan::Part;
use self::plan::{Missing, Plan, plan};
use self::system::{Attempt, System};
pub(crate) use self::tools::Tools;
use crate::project::Project;

pub(crate) const TRUNK: &str = "0.22.1";
/// The npm package that brings `wasm-opt`.
pub(crate) const BINARYEN: &str = "132.0.0";
/// What that `wasm-opt` says of itself.
pub(crate) const WASM_OPT: &str = "132";
/// The oldest one that the end-to-end tests run with.
pub(crate) const NODE: u32 = 20;

pub(crate) const FOR_BUILD: &[Part] =
    &[Part::Wasm, Part::Sources, Part::WasmOpt, Part::WasmBindgen, Part::Trunk];
pub(crate) const EVERYTHING: &[Part] = &[
    Part::Lints,
    Part::Wasm,
    Part::Sources,
    Part::WasmLints,
    Part::Browser,
    Part::Node,
    Part::E2e,
    Part::WasmOpt,
    Part::WasmBindgen,
    Part::Trunk,
];

/// Gets what `parts` lack. Says a line for each thing that it does, and nothing when it has
/// nothing to do.
pub(crate) fn prepare(project: &Project, parts: &[Part]) -> Result<Tools> {
    fs::create_dir_all(&project.cache)
        .with_context(|| format!("making {}", project.cache.display()))?;
    let mut attempts = Vec::new();
    loop {
        let mut system = System::look(project, attempts)?;
        let mut next = plan(parts, &system);
        if !matches!(next, Plan::Ready) {
            system.look_for_apt();
            next = plan(parts, &system);
        }
        match next {
            Plan::Ready => return Ok(Tools::new(project, &system)),
            Plan::Missing(missing) => bail!("{}", message(&missing, &system.attempts)),
            Plan::Get(step) => {
                println!("· {}", step.announcement(&system));
                let result = step.run(project, &system);
                attempts = system.attempts;
                // Tried steps are remembered also when they went well: one that changes nothing
                // must not come round again.
                let why = result.err().map(|error| format!("{error:#}"));
                attempts.push(Attempt { step, why });
            }
        }
    }
}

/// One message for all that is missing: what, what for, and the command that gets it.
fn message(missing: &[Missing], attempts: &[Attempt]) -> String {
    let mut text = String::from("this machine lacks what the command needs:\n");
    for item in missing {
        let _ = write!(text, "\n  {}, {}\n", item.what, item.purpose);
        let _ = writeln!(text, "    get it with:  {}", item.get);
        let tried = attempts.iter().filter(|attempt| item.tried.contains(&attempt.step));
        for (step, why) in tried.filter_map(|f| Some((&f.step, f.why.as_ref()?))) {
            let _ = writeln!(text, "    tried here, in vain:  {step}");
            for line in why.lines() {
                let _ = writeln!(text, "      | {line}");
            }
        }
    }
    text.push_str("\nThen run the same command again.");
    text
}
