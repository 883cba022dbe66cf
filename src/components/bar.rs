//! The bar: through the run by step and by ruler, how fast, and with which numbers.

use std::ops::Range;

use maud::{Markup, html};
use story::view::{Timeline, timeline};
use story::words::ui;
use story::{Language, Numbers, Text};

use super::icon::{Glyph, icon};
use crate::session::{Action, Fold, Lens, Session, Speed, Switch};

pub(super) fn bar(session: &Session) -> Markup {
    let open = session.is_unfolded(Fold::Picks);
    html! {
        // It is drawn last: where it says that the reader is, all views are.
        footer class="bar" data-place=(session.place) data-picks=[open.then_some("open")] data-turn {
            (transport(session))
            (scrubber(session))
            (picks(session))
            button class="menu" type="button" aria-label=(ui::SETTINGS.to(session.language))
                aria-expanded=(open) data-do=(Action::Turn(Fold::Picks)) {
                (icon(Glyph::More))
            }
        }
    }
}

fn transport(session: &Session) -> Markup {
    let language = session.language;
    // A button that would do nothing keeps the focus, so it is not disabled, only dimmed.
    let button = |glyph: Glyph, name: Text, action: Action, off: bool| {
        let name = name.to(language);
        html! {
            button class="tb" type="button" aria-label=(name) title=(name)
                aria-disabled=[off.then_some("true")] data-do=(action) {
                (icon(glyph))
            }
        }
    };
    let (at_start, at_end) = (session.place == 0, session.at_end());
    let (play_glyph, play_name) =
        if session.playing { (Glyph::Pause, ui::PAUSE) } else { (Glyph::Play, ui::PLAY) };
    let play_name = play_name.to(language);
    let (next_name, next_glyph, next_action) = if at_end {
        (ui::RESTART, Glyph::Restart, Action::First)
    } else {
        (ui::NEXT, Glyph::Forward, Action::Next)
    };
    html! {
        div class="transport" role="group" aria-label=(ui::CONTROLS.to(language)) {
            (button(Glyph::First, ui::FIRST, Action::First, at_start))
            (button(Glyph::Back, ui::BACK, Action::Back, at_start))
            button class="tb tb--play" type="button" aria-label=(play_name) title=(play_name)
                data-do=(Action::TogglePlay) {
                (icon(play_glyph))
            }
            button class="tb tb--fwd" type="button" data-do=(next_action) {
                (next_name.to(language)) (icon(next_glyph))
            }
            (button(Glyph::Last, ui::LAST, Action::Last, at_end))
        }
    }
}

/// A drawn ruler over a native range, which brings keys, touch and a voice of its own.
fn scrubber(session: &Session) -> Markup {
    let (place, steps, language) = (session.place, session.trace.len(), session.language);
    let timeline = timeline(&session.trace, place, Some(&session.scene), language);
    html! {
        div class="scrub" {
            (ruler(place, &timeline))
            input class="scrub-range" type="range" name="place" min="0" max=(steps) step="1"
                value=(place) aria-label=(ui::PROGRESS.to(language))
                aria-valuetext={ (ui::step_of(place, steps, language)) ": " (timeline.name(place)) };
            div class="scrub-labels" aria-hidden="true" {
                @if timeline.is_crowded() {
                    (only_name(place, &timeline))
                } @else {
                    @for tick in &timeline.names {
                        span class=[(tick.place == place).then_some("is-now")] { (tick.label) }
                    }
                }
            }
        }
    }
}

/// The name of this place under its tick, where not all have room. A drawing puts it there without
/// making it larger or smaller.
fn only_name(place: usize, timeline: &Timeline) -> Markup {
    let percent = (100 * place + 50) / timeline.places.max(1);
    let anchor = match percent {
        ..10 => "start",
        91.. => "end",
        _ => "middle",
    };
    html! {
        svg class="scrub-now" {
            text x={ (percent) "%" } y="12" text-anchor=(anchor) { (timeline.name(place)) }
        }
    }
}

/// How many ticks can be told apart.
const TICKS_MAX: usize = 60;

/// The drawing of the ruler: as many equal columns as places, a tick in the middle of each, and the
/// heart where the reader is.
fn ruler(place: usize, timeline: &Timeline) -> Markup {
    let places = timeline.places;
    let x = |place: usize| (600 * place + 300) / places.max(1);
    let (first, here, last) = (x(0), x(place), x(places.saturating_sub(1)));
    let every = places.div_ceil(TICKS_MAX).max(1);
    let ticks = |places: Range<usize>| {
        html! {
            @for at in places {
                @if at % every == 0 { "M" (x(at)) " 11V21" }
            }
        }
    };
    html! {
        svg class="scrub-ticks" viewBox="0 0 600 32" aria-hidden="true" {
            path class="scrub-line" d={ "M" (first) " 16H" (last) } {}
            path class="scrub-done" d={ "M" (first) " 16H" (here) } {}
            path class="scrub-tick" d=(ticks(place + 1..places)) {}
            path class="scrub-tick scrub-tick--done" d=(ticks(0..place + 1)) {}
            g transform={ "translate(" (here) " 0)" } {
                g class="scrub-heart" {
                    path class="scrub-thumb-wash" d="M2 29C-15 17-8 5 2 14 12 5 19 17 2 29z" {}
                    path class="scrub-thumb" d="M0 26C-17 15-10 2 0 11 10 2 17 15 0 26z" {}
                }
            }
        }
    }
}

fn picks(session: &Session) -> Markup {
    let language = session.language;
    let choice = |name: Text, action: Action, chosen: bool| {
        html! {
            button type="button" aria-pressed=(chosen) data-do=(action) { (name.to(language)) }
        }
    };
    let lenses = Lens::ALL.into_iter().zip([ui::LOVE, ui::TCP]);
    let numbers = Numbers::ALL.into_iter().zip([ui::RELATIVE, ui::SYMBOLIC, ui::REAL]);
    let switches = html! {
        (switch(session, Switch::Pauses, Glyph::Pauses, ui::PAUSES))
        (switch(session, Switch::Sound, Glyph::Sound, ui::SOUND))
    };
    let lenses = html! {
        @for (lens, name) in lenses {
            (choice(name, Action::SetLens(lens), session.lens == lens))
        }
    };
    let numbers = html! {
        @for (numbers, name) in numbers {
            (choice(name, Action::SetNumbers(numbers), session.numbers == numbers))
        }
    };
    html! {
        div class="picks" {
            @if session.is_forked() {
                button class="share" type="button" data-do=(Action::BackToScene) {
                    (ui::BACK_TO_STORY.to(language))
                }
            }
            label class="pick" {
                span class="pick-name" { (ui::SPEED.to(language)) }
                select class="speed" name="speed" {
                    @for speed in Speed::ALL {
                        option value=(speed.factor()) selected[speed == session.speed] {
                            (speed.label())
                        }
                    }
                }
            }
            (pick(ui::PLAYING, "seg seg--icons", &switches, language))
            (pick(ui::LENS, "seg seg--lens", &lenses, language))
            (pick(ui::NUMBERS, "seg seg--numbers", &numbers, language))
        }
    }
}

/// Buttons that belong together, with their name over them.
fn pick(name: Text, class: &str, buttons: &Markup, language: Language) -> Markup {
    let name = name.to(language);
    html! {
        div class="pick" {
            span class="pick-name" aria-hidden="true" { (name) }
            div class=(class) role="group" aria-label=(name) { (buttons) }
        }
    }
}

/// Something to switch on and off: an icon, and its name where there is room.
fn switch(session: &Session, switch: Switch, glyph: Glyph, name: Text) -> Markup {
    let name = name.to(session.language);
    html! {
        button type="button" title=(name) aria-pressed=(session.is_on(switch))
            data-do=(Action::Flip(switch)) {
            (icon(glyph))
            span { (name) }
        }
    }
}
