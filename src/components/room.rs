//! How much room the window has: what it has no room for is not drawn.

use gloo::events::EventListener;
use yew::{hook, use_effect_with, use_state_eq};

use crate::browser;

/// As the style sheets see the window's width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Room {
    /// One column: both voices in one chat, and one view at a time.
    Narrow,
    /// Two phones, and all views at once.
    Wide,
    /// There is no window to ask, so that everything is drawn.
    Unknown,
}

/// The width at which the style sheets change to one column.
const NARROW: &str = "(max-width: 640px)";

impl Room {
    fn now() -> Room {
        match browser::media(NARROW) {
            Some(query) if query.matches() => Room::Narrow,
            Some(_) => Room::Wide,
            None => Room::Unknown,
        }
    }
}

/// How much room there is, while the window grows and shrinks.
#[hook]
pub(super) fn use_room() -> Room {
    let room = use_state_eq(Room::now);
    let now = *room;
    use_effect_with((), move |()| {
        let changed = move |_: &web_sys::Event| room.set(Room::now());
        let listener =
            browser::media(NARROW).map(|query| EventListener::new(&query, "change", changed));
        move || drop(listener)
    });
    now
}
