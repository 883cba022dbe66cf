//! Plate 3: the ladder. Time runs down; what is sent slants from one life to the other.

use std::rc::Rc;

use handshake::{PacketId, Side, State};
use story::Language;
use story::view::{Arrow, ArrowEnd, Gap, Ladder as Shown, Lifeline, StateMark, TimeMark, ladder};
use story::words::{self, ui};
use web_sys::{Element, Event, KeyboardEvent};
use yew::{
    Callback, Html, NodeRef, classes, function_component, hook, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use super::bubble::pick;
use super::player::PlayerProps;
use super::side_class;
use super::walk::{Walk, use_walk};
use crate::session::{Action, Session};

/// How far apart, in pixels of the drawing, two heights are drawn about anew.
const REACH: i32 = 400;

#[function_component]
pub(crate) fn Ladder(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let (language, place) = (session.language, session.place);
    // Where the reader scrolled to, at which place of the run.
    let scrolled = use_state_eq(|| None);
    let about = scrolled.and_then(|(at, y)| (at == place).then_some(y));
    let shown =
        Rc::new(ladder(&session.trace, session.position(), language, session.numbers, about));
    let (width, height) = shown.size;
    // Room for the longest time: each character beyond "1000" needs seven pixels more.
    let longest = shown.times.iter().map(|mark| mark.label.len()).max().unwrap_or(0);
    let left = -7 * i32::try_from(longest.saturating_sub(4)).unwrap_or(0);
    let world = session.trace.world_at(place);
    let state = |side: Side| world.end(side).state().name();
    let name = ui::both_states(state(Side::A), state(Side::B), language);
    let list = use_scrolled_to(shown.now.0, height);
    let onscroll = {
        let list = list.clone();
        move |_: Event| {
            // A ladder that is drawn whole stays as it is.
            let Some(list) = list.cast::<Element>().filter(|_| height > Shown::WHOLE) else {
                return;
            };
            let middle = list.scroll_top() + list.client_height() / 2;
            let y = middle * height / list.scroll_height().max(1);
            scrolled.set(Some((place, y / REACH * REACH + REACH / 2)));
        }
    };
    let walk = {
        let (start, shown) = (shown.arrows.last().map_or(0, |arrow| arrow.packet.0), shown.clone());
        let there = shown.clone();
        use_walk(
            start,
            move |id| there.arrows.iter().any(|arrow| arrow.packet.0 == id),
            move |from, heading| shown.walk(PacketId(from), heading).map(|to| to.0),
        )
    };
    let one = |each: &Arrow| arrow(each, session, &walk, act);
    html! {
        // A long run scrolls in its place, by touch and by arrow keys.
        <div class="ld-wrap" tabindex="0" ref={list} {onscroll}>
        <svg
            class="ld"
            ref={walk.root.clone()}
            onkeydown={walk.onkeydown.clone()}
            onfocusin={walk.onfocusin.clone()}
            viewBox={format!("{left} 0 {} {height}", width - left)}
            role="group"
            aria-label={name}
        >
            { drawn_once(&shown, language) }
            { for (0..).zip(&shown.lifelines).map(|each| lifeline(&shown, each)) }
            { for breaks(&shown, shown.zero_y - 16) }
            { for shown.gaps.iter().map(|each| gap(&shown, each)) }
            { now(&shown, language) }
            { for shown.arrows.iter().map(one) }
            { for (0..).zip(&shown.states).map(|each| state_mark(&shown, each)) }
        </svg>
        </div>
    }
}

/// What lies under all that happens: what is still to come, the lanes' owners, the axis of time.
fn drawn_once(shown: &Shown, language: Language) -> Html {
    html! {
        <g aria-hidden="true">
            { future(shown, language) }
            { for Side::BOTH.into_iter().map(|side| owner(shown, side, language)) }
            { for shown.times.iter().map(|mark| time(shown, mark)) }
            <path class="ld-mstick" d={format!("M37 {}V{}", shown.zero_y, shown.size.1 - 12)} />
            <text class="ld-ms" x="26" y={(shown.zero_y - 14).to_string()} text-anchor="end">{ "ms" }</text>
        </g>
    }
}

/// Keeps the moment shown in view, two thirds down, when the ladder is higher than its place.
#[hook]
fn use_scrolled_to(now_y: i32, height: i32) -> NodeRef {
    let list = use_node_ref();
    let scrolled = list.clone();
    use_effect_with((now_y, height), move |(now_y, height)| {
        if let Some(list) = scrolled.cast::<Element>() {
            let now_y = list.scroll_height() * now_y / height;
            let top = now_y - list.client_height() * 2 / 3;
            // For so little the names at the head are not cut in half.
            list.set_scroll_top(if top < HEAD { 0 } else { top });
        }
    });
    list
}

/// The height of the names at the head.
const HEAD: i32 = 48;

fn lane(shown: &Shown, side: Side) -> i32 {
    match side {
        Side::A => shown.lanes.0,
        Side::B => shown.lanes.1,
    }
}

fn owner(shown: &Shown, side: Side, language: Language) -> Html {
    let class = classes!("ld-who", side_class(side));
    html! {
        <text {class} x={lane(shown, side).to_string()} y="13" text-anchor="middle">
            { words::name(side).to(language) }
        </text>
    }
}

fn time(shown: &Shown, mark: &TimeMark) -> Html {
    let (left, right) = shown.lanes;
    html! {
        <>
            <text class="ld-ms" x="26" y={(mark.y + 4).to_string()} text-anchor="end">{ &mark.label }</text>
            <path class="ld-mstick" d={format!("M32 {}h5", mark.y)} />
            <path class="ld-grid" d={format!("M{left} {}H{right}", mark.y)} />
        </>
    }
}

fn lifeline(shown: &Shown, (index, lifeline): (usize, &Lifeline)) -> Html {
    let x = lane(shown, lifeline.side);
    let life = match lifeline.state {
        State::Closed => "ld-closed",
        State::Listen => "ld-wait",
        _ => "ld-live",
    };
    let class = classes!("ld-life", life, side_class(lifeline.side));
    html! {
        <path key={index} {class} d={format!("M{x} {}V{}", lifeline.from_y, lifeline.to_y)} />
    }
}

/// The zigzags on both lifelines that say: time is missing here.
fn breaks(shown: &Shown, y: i32) -> [Html; 2] {
    Side::BOTH.map(|side| break_mark(lane(shown, side) - 9, y))
}

fn break_mark(x: i32, y: i32) -> Html {
    html! {
        <>
            <path class="ld-break" d={format!("M{x} {y}l6-4 6 8 6-4")} />
            <path class="ld-breakline" d={format!("M{x} {}l6-4 6 8 6-4", y + 3)} />
            <path class="ld-breakline" d={format!("M{x} {}l6-4 6 8 6-4", y - 3)} />
        </>
    }
}

fn gap(shown: &Shown, gap: &Gap) -> Html {
    let middle = i32::midpoint(shown.lanes.0, shown.lanes.1);
    html! {
        <>
            { for breaks(shown, gap.y) }
            <text class="ld-later" x={middle.to_string()} y={(gap.y + 4).to_string()} text-anchor="middle">
                { words::duration(gap.millis) }
            </text>
        </>
    }
}

/// What has not happened yet: hatched, with dotted lifelines.
fn future(shown: &Shown, language: Language) -> Html {
    let ((left, right), (now, _), bottom) = (shown.lanes, shown.now, shown.size.1 - 12);
    if bottom - now < 8 {
        return Html::default();
    }
    html! {
        <>
            <defs>
                <pattern
                    id="ladder-hatch"
                    width="7"
                    height="7"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path class="ld-hatch" d="M0 0v7" />
                </pattern>
            </defs>
            <rect
                fill="url(#ladder-hatch)"
                x={(left + 8).to_string()}
                y={now.to_string()}
                width={(right - left - 16).to_string()}
                height={(bottom - now).to_string()}
            />
            <path class="ld-life ld-future" d={format!("M{left} {now}V{bottom}")} />
            <path class="ld-life ld-future" d={format!("M{right} {now}V{bottom}")} />
            if bottom - now > 60 {
                <text
                    class="ld-later"
                    x={i32::midpoint(left, right).to_string()}
                    y={(bottom - 16).to_string()}
                    text-anchor="middle"
                >
                    { ui::NOT_YET.to(language) }
                </text>
            }
        </>
    }
}

fn now(shown: &Shown, language: Language) -> Html {
    let ((y, millis), width) = (shown.now, shown.size.0);
    // A state that is entered now stands on the line itself.
    let entered = shown.states.iter().any(|mark| mark.side == Side::B && (mark.y - y).abs() < 12);
    let below = if entered { 19 } else { 14 };
    html! {
        <>
            <path class="ld-now" d={format!("M37 {y}H{width}")} />
            <text class="ld-nowtext" x={width.to_string()} y={(y + below).to_string()} text-anchor="end">
                { ui::NOW.to(language) }{ " " }{ words::duration(millis) }
            </text>
        </>
    }
}

fn state_mark(shown: &Shown, (index, mark): (usize, &StateMark)) -> Html {
    let x = lane(shown, mark.side);
    let (text_x, anchor) = match mark.side {
        Side::A => (x - 11, "end"),
        Side::B => (x + 11, "start"),
    };
    let past = (!mark.current).then_some("ld-state--past");
    let side = (mark.current || mark.state != State::Closed).then(|| side_class(mark.side));
    html! {
        <g key={index}>
            if mark.state != State::Closed {
                <circle
                    class={classes!("ld-dot", side_class(mark.side))}
                    cx={x.to_string()}
                    cy={mark.y.to_string()}
                    r="3.6"
                />
            }
            <text
                class={classes!("ld-state", past, side)}
                x={text_x.to_string()}
                y={(mark.name_y + 4).to_string()}
                text-anchor={anchor}
            >
                { mark.state.name() }
            </text>
        </g>
    }
}

fn arrow(arrow: &Arrow, session: &Session, walk: &Walk, act: &Callback<Action>) -> Html {
    let ((x1, y1), (x2, y2), (tx, ty)) = (arrow.start, arrow.end, arrow.target);
    let manner = classes!(
        arrow.copied.then_some("ld-msg--copied"),
        arrow.forged.then_some("ld-msg--forged"),
    );
    let end = match arrow.fate {
        ArrowEnd::Head => head(arrow),
        ArrowEnd::Cross => html! {
            <path class="ld-lost" d={format!("M{} {}l10 10m0-10l-10 10", x2 - 5, y2 - 5)} />
        },
        ArrowEnd::Letter => html! {
            <>
                <path class="ld-togo" d={format!("M{x2} {y2}L{tx} {ty}")} />
                <rect class="ld-env" x={(x2 - 12).to_string()} y={(y2 - 8).to_string()} width="24" height="16" rx="2" />
                <path class="ld-flap" d={format!("M{} {}l12 8 12-8", x2 - 12, y2 - 7)} />
                <path class="ld-seal" d={format!("M{x2} {}c-6-4-3-8 0-5c3-3 6 1 0 5z", y2 + 6)} />
            </>
        },
    };
    let line = format!("M{x1} {y1}L{x2} {y2}");
    let is_picked = session.selected == Some(arrow.packet);
    html! {
        <g
            key={arrow.packet.0}
            class={classes!("ld-msg", side_class(arrow.from), manner)}
            data-packet={arrow.packet.0.to_string()}
            data-walk={arrow.packet.0.to_string()}
            role="button"
            tabindex={walk.tabindex(arrow.packet.0)}
            aria-pressed={is_picked.to_string()}
            onclick={pick(arrow.packet, act)}
            onkeydown={press(arrow.packet, act)}
        >
            // What is heard, and what a pointer that rests on it is shown.
            <title>{ &arrow.name }{ "\n" }{ &arrow.notation }</title>
            // Wide enough for a finger.
            <path class="ld-touch" d={line.clone()} />
            <path class="ld-arrow" d={line.clone()} />
            if arrow.copied {
                <path class="ld-between" d={line} />
            }
            { end }
            { arrow_labels(arrow) }
        </g>
    }
}

/// Enter and the space bar press a button that is drawn, as they press any other.
fn press(packet: PacketId, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            act.emit(Action::Select(Some(packet)));
        }
    })
}

/// An arrow head lies along its arrow, so it is drawn flat and turned.
fn head(arrow: &Arrow) -> Html {
    let (x, y) = arrow.end;
    let right = arrow.end.0 > arrow.start.0;
    let slope = degrees(arrow);
    let turn = if right { slope } else { 180 + slope };
    html! {
        <path class="ld-head" transform={format!("translate({x} {y}) rotate({turn})")} d="M0 0L-9 4V-4Z" />
    }
}

/// The flags over the arrow, the numbers under it, both along its slope and read from the left.
fn arrow_labels(arrow: &Arrow) -> Html {
    // A copy says the same as its original, whose labels stand beside it.
    if arrow.copied {
        return Html::default();
    }
    let along = |from: i32, to: i32| from + (to - from) * arrow.labels_at / 100;
    let x = along(arrow.start.0, arrow.target.0);
    let y = along(arrow.start.1, arrow.target.1);
    let turn = degrees(arrow);
    html! {
        <g transform={format!("translate({x} {y}) rotate({turn})")} aria-hidden="true">
            <text class="ld-text" y="-7" text-anchor="middle">{ &arrow.numeral }{ " " }{ &arrow.flags }</text>
            if arrow.fate != ArrowEnd::Letter {
                { numbers_under(&arrow.numbers) }
            }
        </g>
    }
}

/// Long numbers take a line each.
fn numbers_under(numbers: &[String]) -> Html {
    let together = numbers.join(" ");
    if together.len() <= 18 {
        return html! {
            <text class="ld-text ld-under" y="16" text-anchor="middle">{ together }</text>
        };
    }
    let line = |(index, number): (i32, &String)| {
        html! {
            <text class="ld-text ld-under" y={(16 + 14 * index).to_string()} text-anchor="middle">
                { number }
            </text>
        }
    };
    html! {
        { for (0..).zip(numbers).map(line) }
    }
}

/// The slope of an arrow in whole degrees, read from the left to the right.
fn degrees(arrow: &Arrow) -> i32 {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let (left_y, right_y) = if x1 < x2 { (y1, y2) } else { (y2, y1) };
    let slope = f64::from(right_y - left_y).atan2(f64::from((x2 - x1).abs()));
    #[expect(clippy::cast_possible_truncation, reason = "an angle is between -90 and 90")]
    let whole = slope.to_degrees().round() as i32;
    whole
}
