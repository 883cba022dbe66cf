//! Icons: drawings without words of their own.

use crate::art::{self, Drawing};

/// The icons that the page uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Glyph {
    First,
    Back,
    Play,
    Pause,
    Forward,
    Last,
    More,
    Restart,
    Deliver,
    Lose,
    Delay,
    Copy,
    Help,
    Close,
    System,
    Sun,
    Moon,
    Projector,
    Pauses,
    Sound,
}

/// One icon; whatever holds it says in words what it means.
pub(crate) fn icon(glyph: Glyph) -> Drawing {
    art::icon(glyph)
}
