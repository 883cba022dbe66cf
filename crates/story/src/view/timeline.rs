//! The scrubber: one tick for each place of a run.

use handshake::Trace;

use crate::{Language, Scene, label};

/// One tick of the scrubber.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    /// How many steps have been made there.
    pub place: usize,
    /// A name of a few words.
    pub label: String,
}

/// The ticks of a run, in order.
pub fn timeline(trace: &Trace, scene: Option<&Scene>, language: Language) -> Vec<Tick> {
    (0..=trace.len())
        .map(|place| Tick { place, label: label(trace, place, scene, language) })
        .collect()
}
