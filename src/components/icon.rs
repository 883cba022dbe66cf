//! Icons: drawings without words of their own.

pub(crate) use crate::art::icon;

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
    Share,
    Help,
    Close,
    System,
    Sun,
    Moon,
    Projector,
    Pauses,
    Sound,
}
