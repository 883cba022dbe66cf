//! The endpoint against the real kernel: what Linux 6.18 did in recorded conversations is done
//! again, and every segment that Linux sent, and each side's path through the states, is compared.
//!
//! Each end gets exactly what its kernel got: the same calls, the same arriving segments, at the
//! same times. Compared are the times as well, flags, numbers, lengths, options, and whether the
//! window is closed. A segment that Linux sent because a timer expired makes our timer expire as
//! well; that ours would have expired at another time is a difference like any other.
//!
//! Most conversations were recorded twice: with MSS alone, and with all options.

mod capture;
mod deviations;
mod host;
mod replay;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use capture::{Capture, captures};
use deviations::{DEVIATIONS, NOT_REPLAYED};
use replay::Replay;

/// What is allowed to differ in this capture, with the reasons.
fn allowed(capture: &Capture) -> BTreeMap<&'static str, &'static str> {
    let here = DEVIATIONS.iter().filter(|(name, _, _)| capture.is_called(name));
    here.map(|(_, what, why)| (*what, *why)).collect()
}

#[test]
fn linux_and_the_endpoints_do_the_same_but_for_what_is_listed() {
    let (mut exact, mut deviating, mut skipped, mut problems) = (0, 0, 0, Vec::new());
    for capture in captures() {
        let name = &capture.name;
        if let Some((_, why)) = NOT_REPLAYED.iter().find(|(skipped, _)| capture.is_called(skipped))
        {
            println!("{name}: not replayed: {why}");
            skipped += 1;
            continue;
        }
        let allowed = allowed(&capture);
        let found = Replay::differences(&capture);
        for what in &found {
            match allowed.get(what.as_str()) {
                Some(why) => println!("{name}: {what}: {why}"),
                None => problems.push(format!("{name} ({}): {what}", capture.title)),
            }
        }
        for what in allowed.keys().filter(|what| !found.iter().any(|found| found == *what)) {
            problems.push(format!("{name}: no longer so: {what}"));
        }
        *(if found.is_empty() { &mut exact } else { &mut deviating }) += 1;
    }
    println!("{exact} the same, {deviating} with deviations, {skipped} not replayed");
    assert_eq!(exact + deviating + skipped, 159);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_tables_name_captures_that_exist_and_each_in_one_table() {
    let captures = captures();
    let meant = |name: &str| {
        let all = captures.iter().filter(|capture| capture.is_called(name));
        all.map(|capture| capture.name.as_str()).collect::<BTreeSet<&str>>()
    };
    let skipped: BTreeSet<&str> = NOT_REPLAYED.iter().flat_map(|(name, _)| meant(name)).collect();
    for (name, ..) in DEVIATIONS {
        assert!(!meant(name).is_empty(), "there is no {name}");
        assert!(meant(name).is_disjoint(&skipped), "{name} is not replayed");
    }
    assert!(NOT_REPLAYED.iter().all(|(name, _)| !meant(name).is_empty()));
    let listed = DEVIATIONS.iter().map(|(name, what, _)| (*name, *what));
    assert_eq!(listed.collect::<BTreeSet<_>>().len(), DEVIATIONS.len(), "listed twice");
}
