//! Icons: drawings without words of their own.

use yew::{Html, Properties, function_component};

use crate::art;

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

#[derive(Properties, PartialEq)]
pub(crate) struct IconProps {
    pub(crate) glyph: Glyph,
}

/// One icon; whatever holds it says in words what it means.
#[function_component]
pub(crate) fn Icon(IconProps { glyph }: &IconProps) -> Html {
    art::icon(*glyph)
}
