//! The scrubber: one tick for each place of a run, with as many names as there is room for.

use handshake::Trace;

use crate::{Language, Scene, label};

/// The ticks of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Timeline {
    /// How many places the run has.
    pub places: usize,
    /// The names that are written, in order: all of them, or where they would be written over each
    /// other only the one of the place shown.
    pub names: Vec<Tick>,
}

/// A tick that has a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    /// How many steps have been made there.
    pub place: usize,
    /// A name of a few words.
    pub label: String,
}

impl Timeline {
    /// Is there no room for all names?
    pub fn is_crowded(&self) -> bool {
        self.names.len() < self.places
    }

    /// The name of a place, if it is written.
    pub fn name(&self, place: usize) -> &str {
        self.names.iter().find(|tick| tick.place == place).map_or("", |tick| &tick.label)
    }
}

/// How many Latin letters fit under the ruler; a Chinese one is as wide as two.
const LETTERS_MAX: usize = 84;
/// The least room that a name takes: as wide as two letters, and one between.
const LEAST: usize = 3;

/// The ticks of a run, seen from a place.
pub fn timeline(
    trace: &Trace,
    place: usize,
    scene: Option<&Scene>,
    language: Language,
) -> Timeline {
    let places = trace.len() + 1;
    let tick = |place: usize| Tick { place, label: label(trace, place, scene, language) };
    if places * LEAST <= LETTERS_MAX {
        let names: Vec<Tick> = (0..places).map(tick).collect();
        let widest = names.iter().map(|tick| width(&tick.label)).max().unwrap_or(0);
        if (widest + 1) * places <= LETTERS_MAX {
            return Timeline { places, names };
        }
    }
    Timeline { places, names: vec![tick(place.min(trace.len()))] }
}

fn width(label: &str) -> usize {
    label.chars().map(|each| 1 + usize::from(!each.is_ascii())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_where_they_have_room() {
        let scene = Scene::confession().unwrap();
        let short = timeline(scene.trace(), 2, Some(&scene), Language::English);
        assert!(!short.is_crowded() && short.names.len() == 6 && !short.name(5).is_empty());
        let run = format!("v1~B.listen~A.open~deliver.1~deliver.2{}", "~A.send.x".repeat(40));
        let long: Trace = run.parse().unwrap();
        let long = timeline(&long, 7, None, Language::English);
        assert!(long.is_crowded() && long.names.len() == 1 && !long.name(7).is_empty());
    }
}
