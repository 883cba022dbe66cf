//! Plate 3: the ladder. Time runs down; what is sent slants from one life to the other.

use handshake::{Side, State};
use maud::{Markup, html};
use story::Language;
pub(crate) use story::view::Ladder as Shown;
use story::view::{self, Arrow, ArrowEnd, Lifeline, StateMark};
use story::words::{self, ui};

use super::side_class;
use super::walk::tabindex;
use crate::session::{Action, Drawing, Session};

/// The ladder, as far as it is drawn: about where the reader scrolled to at this place of the run.
pub(super) fn shown(session: &Session) -> Shown {
    let about = session.scrolled.and_then(|(at, y)| (at == session.place).then_some(y));
    view::ladder(&session.trace, session.position(), session.language, session.numbers, about)
}

pub(super) fn ladder(session: &Session) -> Markup {
    let language = session.language;
    let shown = &shown(session);
    let ((width, height), left) = (shown.size, shown.left);
    let world = session.trace.world_at(session.place);
    let state = |side: Side| world.end(side).state().name();
    let name = ui::both_states(state(Side::A), state(Side::B), language);
    let is_there = |id| shown.arrows.iter().any(|arrow| arrow.packet.0 == id);
    let here = session.part_walked_to(Drawing::Ladder, is_there);
    let here = here.or(shown.arrows.last().map(|arrow| arrow.packet.0)).unwrap_or(0);
    let middle = i32::midpoint(shown.lanes.0, shown.lanes.1);
    html! {
        // A long run scrolls in its place, by touch and by arrow keys.
        div class="ld-wrap" tabindex="0" data-now=(shown.now.0) data-height=(height)
            data-about=(shown.about) {
            (owners(shown, language))
            svg class="ld" viewBox={ (left) " " (HEAD) " " (width - left) " " (height - HEAD) } role="group"
                aria-label=(name) data-drawing=(Drawing::Ladder.id()) {
                (drawn_once(shown, language))
                @for (index, each) in shown.lifelines.iter().enumerate() {
                    (lifeline(shown, each, index))
                }
                (breaks(shown, shown.zero_y - 16))
                @for gap in &shown.gaps {
                    (breaks(shown, gap.y))
                }
                (now(shown))
                @for each in &shown.arrows {
                    (arrow(each, session, here))
                }
                @for gap in &shown.gaps {
                    (text("ld-later", middle, gap.y + 4, "middle", &words::duration(gap.millis)))
                }
                @for (index, each) in shown.states.iter().enumerate() {
                    (state_mark(shown, each, index))
                }
            }
        }
    }
}

/// Where the axis of time stands: the longest name of a state ends beside it.
const AXIS: i32 = 32;

/// How much of the drawing's height the lanes' owners take, at its head.
const HEAD: i32 = 20;

/// Whose the lanes are. It is a drawing of its own, which stays while the other one scrolls.
fn owners(shown: &Shown, language: Language) -> Markup {
    let ((width, _), left) = (shown.size, shown.left);
    html! {
        svg class="ld-owners" viewBox={ (left) " 0 " (width - left) " " (HEAD) } aria-hidden="true" {
            @for side in Side::BOTH {
                text class={ "ld-who " (side_class(side)) } x=(lane(shown, side)) y="13"
                    text-anchor="middle" {
                    (words::name(side).to(language))
                }
            }
            @if let Some(x) = shown.strangers {
                text class="ld-who ld-strangers" x=(x) y="13" text-anchor="middle" { "?" }
            }
        }
    }
}

/// What lies under all that happens: what is still to come, the axis of time.
fn drawn_once(shown: &Shown, language: Language) -> Markup {
    let ((left, right), bottom) = (shown.lanes, shown.size.1 - 12);
    html! {
        g aria-hidden="true" {
            (future(shown, language))
            @if let Some(x) = shown.strangers {
                path class="ld-life ld-strange" d={ "M" (x) " 22V" (shown.now.0) } {}
            }
            @for mark in &shown.times {
                (text("ld-ms", 26, mark.y + 4, "end", &mark.label))
                path class="ld-mstick" d={ "M" (AXIS - 4) " " (mark.y) "h4" } {}
                path class="ld-grid" d={ "M" (left) " " (mark.y) "H" (right) } {}
            }
            path class="ld-mstick" d={ "M" (AXIS) " " (shown.zero_y) "V" (bottom) } {}
            (text("ld-ms", 26, shown.zero_y - 14, "end", "ms"))
        }
    }
}

fn lane(shown: &Shown, side: Side) -> i32 {
    match side {
        Side::A => shown.lanes.0,
        Side::B => shown.lanes.1,
    }
}

fn text(class: &str, x: i32, y: i32, anchor: &str, words: &str) -> Markup {
    html! {
        text class=(class) x=(x) y=(y) text-anchor=(anchor) { (words) }
    }
}

fn lifeline(shown: &Shown, lifeline: &Lifeline, index: usize) -> Markup {
    let life = match lifeline.state {
        State::Closed => "ld-closed",
        State::Listen => "ld-wait",
        _ => "ld-live",
    };
    let (x, from_y, to_y) = (lane(shown, lifeline.side), lifeline.from_y, lifeline.to_y);
    html! {
        path data-key=(index) class={ "ld-life " (life) " " (side_class(lifeline.side)) }
            d={ "M" (x) " " (from_y) "V" (to_y) } {}
    }
}

/// The zigzags on both lifelines that say: time is missing here.
fn breaks(shown: &Shown, y: i32) -> Markup {
    html! {
        @for side in Side::BOTH {
            @for (class, off) in [("ld-break", 0), ("ld-breakline", 3), ("ld-breakline", -3)] {
                path class=(class) d={ "M" (lane(shown, side) - 9) " " (y + off) "l6-4 6 8 6-4" } {}
            }
        }
    }
}

/// What has not happened yet: hatched, with dotted lifelines.
fn future(shown: &Shown, language: Language) -> Markup {
    let ((left, right), (now, _), bottom) = (shown.lanes, shown.now, shown.size.1 - 12);
    html! {
        @if bottom - now >= 8 {
            defs {
                pattern id="ladder-hatch" width="7" height="7" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    path class="ld-hatch" d="M0 0v7" {}
                }
            }
            rect fill="url(#ladder-hatch)" x=(left + 8) y=(now) width=(right - left - 16)
                height=(bottom - now) {}
            @for x in [left, right] {
                path class="ld-life ld-future" d={ "M" (x) " " (now) "V" (bottom) } {}
            }
            @if bottom - now > 60 {
                (text(
                    "ld-later",
                    i32::midpoint(left, right),
                    bottom - 16,
                    "middle",
                    ui::NOT_YET.to(language),
                ))
            }
        }
    }
}

fn now(shown: &Shown) -> Markup {
    let ((y, _), (x, base)) = (shown.now, shown.now_words_at);
    html! {
        path class="ld-now" d={ "M" (AXIS) " " (y) "H" (shown.size.0) } {}
        (text("ld-nowtext", x, base, "end", &shown.now_words))
    }
}

fn state_mark(shown: &Shown, mark: &StateMark, index: usize) -> Markup {
    let (x, side) = (lane(shown, mark.side), side_class(mark.side));
    let (text_x, anchor) = match mark.side {
        Side::A => (x - 11, "end"),
        Side::B => (x + 11, "start"),
    };
    let entered = mark.state != State::Closed;
    html! {
        // Its key is no arrow's.
        g data-key={ "s" (index) } {
            @if entered {
                circle class={ "ld-dot " (side) } cx=(x) cy=(mark.y) r="3.6" {}
            }
            text class={
                    "ld-state"
                    @if !mark.current { " ld-state--past" }
                    @if mark.current || entered { " " (side) }
                } x=(text_x) y=(mark.name_y + 4) text-anchor=(anchor) {
                (mark.state.name())
            }
        }
    }
}

fn arrow(arrow: &Arrow, session: &Session, here: u32) -> Markup {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.end);
    let id = arrow.packet.0;
    let line = html! { "M" (x1) " " (y1) "L" (x2) " " (y2) };
    html! {
        g data-key=(id) class={
                "ld-msg " (side_class(arrow.from))
                @if arrow.copied { " ld-msg--copied" }
                @if arrow.forged { " ld-msg--forged" }
                @if arrow.stranger.is_some() { " ld-msg--strange" }
            } data-packet=(id) data-walk=(id) role="button" tabindex=(tabindex(id, here))
            aria-pressed=(session.selected == Some(arrow.packet))
            data-do=(Action::Select(Some(arrow.packet))) {
            // What is heard, and what a pointer that rests on it is shown.
            title { (arrow.name) "\n" (arrow.notation) }
            // Wide enough for a finger.
            path class="ld-touch" d=(line) {}
            path class="ld-arrow" d=(line) {}
            @if arrow.copied {
                path class="ld-between" d=(line) {}
            }
            (arrow_end(arrow))
            // A copy says the same as its original, whose labels stand beside it.
            @if let Some(at) = arrow.labels_at {
                (arrow_labels(arrow, at))
            }
        }
    }
}

fn arrow_end(arrow: &Arrow) -> Markup {
    let ((x, y), (tx, ty)) = (arrow.end, arrow.target);
    html! {
        @match arrow.fate {
            ArrowEnd::Head => {
                // It lies along its arrow, so it is drawn flat and turned.
                @let turn = if x > arrow.start.0 { 0 } else { 180 };
                path class="ld-head" transform=(placed(x, y, turn + degrees(arrow)))
                    d="M0 0L-9 4V-4Z" {}
            },
            ArrowEnd::Cross => {
                path class="ld-lost" d={ "M" (x - 5) " " (y - 5) "l10 10m0-10l-10 10" } {}
            },
            ArrowEnd::Letter => {
                path class="ld-togo" d={ "M" (x) " " (y) "L" (tx) " " (ty) } {}
                rect class="ld-env" x=(x - 12) y=(y - 8) width="24" height="16" rx="2" {}
                path class="ld-flap" d={ "M" (x - 12) " " (y - 7) "l12 8 12-8" } {}
                path class="ld-seal" d={ "M" (x) " " (y + 6) "c-6-4-3-8 0-5c3-3 6 1 0 5z" } {}
            },
        }
    }
}

/// Moved to a place and turned there.
fn placed(x: i32, y: i32, turn: i32) -> Markup {
    html! { "translate(" (x) " " (y) ") rotate(" (turn) ")" }
}

/// The flags over the arrow, the numbers under it, both along its slope and read from the left.
fn arrow_labels(arrow: &Arrow, at: i32) -> Markup {
    let along = |from: i32, to: i32| from + (to - from) * at / 100;
    let x = along(arrow.start.0, arrow.target.0);
    let y = along(arrow.start.1, arrow.target.1);
    // Long numbers take a line each.
    let together = [arrow.numbers.join(" ")];
    let lines = if together[0].len() <= 18 { &together[..] } else { &arrow.numbers };
    html! {
        g transform=(placed(x, y, degrees(arrow))) aria-hidden="true" {
            text class="ld-text" y="-7" text-anchor="middle" {
                (arrow.numeral) " " (arrow.flags)
            }
            @if arrow.fate != ArrowEnd::Letter && !arrow.numbers.is_empty() {
                @for (index, line) in (0..).zip(lines) {
                    text class="ld-text ld-under" y=(16 + 14 * index) text-anchor="middle" {
                        (line)
                    }
                }
            }
        }
    }
}

/// The slope of an arrow in whole degrees, read from the left to the right.
fn degrees(arrow: &Arrow) -> i32 {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let (left_y, right_y) = if x1 < x2 { (y1, y2) } else { (y2, y1) };
    slope(right_y - left_y, (x2 - x1).abs())
}

/// The angle whose tangent is `rise` over `run`, in whole degrees, at most a tenth of a degree
/// beside the true one before it is rounded: an exact arc tangent would have to be loaded.
fn slope(rise: i32, run: i32) -> i32 {
    let (short, long) = (rise.abs().min(run), rise.abs().max(run));
    let ratio = f64::from(short) / f64::from(long.max(1));
    let angle = ratio * (45.0 + (1.0 - ratio) * (14.02 + 3.8 * ratio));
    let angle = if rise.abs() > run { 90.0 - angle } else { angle };
    #[expect(clippy::cast_possible_truncation, reason = "an angle is between 0 and 90")]
    let whole = (angle + 0.5) as i32;
    whole * rise.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_is_the_arc_tangent() {
        for (rise, run) in (-60..=60).flat_map(|rise| (0..=60).map(move |run| (rise, run))) {
            let exact = f64::from(rise).atan2(f64::from(run)).to_degrees();
            let error = (f64::from(slope(rise, run)) - exact).abs();
            assert!(error <= 0.6, "{rise} over {run}: {error}");
        }
        assert_eq!([slope(1, 1), slope(-1, 1), slope(5, 0), slope(0, 5)], [45, -45, 90, 0]);
    }
}
