//! Plate 2: the eleven states, with both tokens.

use handshake::{Side, State};
use maud::{Markup, html};
use story::Language;
use story::view::{
    self, Anchor, Diagram, DiagramEdge, DiagramLabel, DiagramNode, Heading, Token, WayOut,
};
use story::words::ui;

use super::phrases::phrases;
use super::side_class;
use super::walk::tabindex;
use crate::session::{Action, Drawing, Motion, Room, Session};

/// How long a token walks, as told; the edge is inked as long.
const WALK_MS: u32 = 420;

pub(super) fn state_diagram(session: &Session) -> Markup {
    let wide = shown(session, false);
    // Walking from state to state begins where T is. CLOSED's second place is not another state.
    let nodes = || (0..).zip(wide.nodes.iter().filter(|node| !node.ghost));
    let start = nodes().find(|(_, node)| node.here.contains(&Side::A));
    let is_there = |part| nodes().any(|(index, _)| index == part);
    let here = session.part_walked_to(Drawing::States, is_there);
    let here = here.or(start.map(|(part, _)| part)).unwrap_or(0);
    let card = match session.touched {
        Some((Drawing::States, part)) => wide.nodes.get(part as usize),
        _ => None,
    };
    html! {
        div class="sd-wrap" data-drawing=(Drawing::States.id()) {
            @if session.room != Room::Narrow {
                (draw(&wide, "sd sd--wide", session, here))
            }
            @if session.room != Room::Wide {
                @let small = shown(session, true);
                (draw(&small, "sd sd--small", session, here))
                (next(&small, session.language))
            }
            @if let Some(node) = card {
                (state_card(node, &wide, session))
            }
        }
    }
}

fn shown(session: &Session, narrow: bool) -> Diagram {
    view::state_diagram(&session.trace, session.position(), session.language, narrow)
}

/// Where the states are, to whom walks from one to another.
pub(super) fn places(session: &Session) -> Vec<(i32, i32)> {
    let diagram = shown(session, false);
    let nodes = diagram.nodes.iter().filter(|node| !node.ghost);
    nodes.map(|DiagramNode { place: (x, y, w, h), .. }| (x + w / 2, y + h / 2)).collect()
}

/// What a state is, in words, where it hides neither the state nor the ways out of it.
fn state_card(node: &DiagramNode, diagram: &Diagram, session: &Session) -> Markup {
    let (_, top, _, height) = diagram.frame;
    let below = node.place.1 < top + height / 2;
    html! {
        // The state itself bears all this as its name.
        div class={ "sd-card" @if below { " sd-card--below" } } aria-hidden="true" {
            p {
                b lang="en" { (node.state.name()) }
                " "
                (phrases(node.feeling, session.language))
            }
            p { (phrases(node.meaning, session.language)) }
            ul {
                @for way in &node.ways {
                    li {
                        span { (event(way)) }
                        b lang="en" { (way.to.name()) }
                    }
                }
            }
        }
    }
}

/// What has to happen for a way out, and what is done about it.
fn event(way: &WayOut) -> Markup {
    html! {
        (way.event)
        @if let Some(action) = way.action { " / " (action) }
    }
}

/// Draws the diagram; the edge that was walked in this step is inked now.
fn draw(diagram: &Diagram, class: &str, session: &Session, here: u32) -> Markup {
    let (left, top, width, height) = diagram.frame;
    let world = session.trace.world_at(session.place);
    let state = |side: Side| world.end(side).state().name();
    let name = ui::both_states(state(Side::A), state(Side::B), session.language);
    let arrived = (session.motion == Motion::SettingOut).then_some(session.place);
    html! {
        svg class=(class) viewBox={ (left) " " (top) " " (width) " " (height) }
            preserveAspectRatio="xMidYMin" role="group" aria-label=(name) {
            // What was walked lies over what was not.
            @for over in [false, true] {
                @for (index, each) in diagram.edges.iter().enumerate() {
                    @if mark(each).is_some() == over {
                        (edge(each, index, arrived))
                    }
                }
            }
            @for each in &diagram.edges {
                @if let Some(words) = &each.label {
                    (label(words, mark(each)))
                }
            }
            @for (part, each) in (0..).zip(&diagram.nodes) {
                (node(each, part, here))
            }
            @for each in &diagram.tokens {
                (token(each, session))
            }
            @for each in &diagram.edges {
                (badge(each))
            }
        }
    }
}

/// The step in which an edge was walked, on its middle: the small drawing has no room for words.
fn badge(edge: &DiagramEdge) -> Markup {
    html! {
        @if let (Some((x, y)), Some(step), Some(side)) = (edge.badge, edge.walked_at, edge.walked) {
            @let step = step.to_string();
            // A circle, or a pill for three digits.
            @let half = 8 + 3 * i32::try_from(step.len().saturating_sub(2)).unwrap_or(0);
            g class={ "sd-badge " (side_class(side)) } aria-hidden="true" {
                rect x=(x - half) y=(y - 8) width=(2 * half) height="16" rx="8" {}
                text x=(x) y=(y + 4) text-anchor="middle" { (step) }
            }
        }
    }
}

/// What the small drawing leaves out of the way ahead: who goes, what for, and where to.
fn next(diagram: &Diagram, language: Language) -> Markup {
    html! {
        @if let Some(ahead) = &diagram.ahead {
            p class={ "next " (side_class(ahead.side)) } {
                b { (ui::goes_next(ahead.side, language)) }
                span { @if let Some(way) = &ahead.way { (event(way)) } }
                span { (ui::LEADS_TO.to(language)) " " b lang="en" { (ahead.to.name()) } }
            }
        }
    }
}

/// How an edge is set off, and in whose colours: next before walked, because next is now.
fn mark(edge: &DiagramEdge) -> Option<(&'static str, Side)> {
    let next = edge.next.map(|side| ("next", side));
    next.or(edge.walked.map(|side| ("walked", side)))
}

fn edge(edge: &DiagramEdge, index: usize, arrived: Option<usize>) -> Markup {
    let packets = edge.packets.split_first().map(|(first, others)| {
        html! { (first.0) @for other in others { " " (other.0) } }
    });
    // What was sent on the way, else what set it off.
    let pick = edge.packets.last().map(|packet| Action::Select(Some(*packet)));
    let mark = mark(edge);
    let now = arrived.is_some() && edge.next.is_none() && edge.walked_at == arrived;
    let path = edge.path();
    html! {
        g data-key=(index) class={
                "sd-edge"
                @if let Some((what, side)) = mark { " sd-" (what) " " (side_class(side)) }
                @if now { " sd-now" }
                @if edge.outside { " sd-outside" }
            } data-packet=[packets] data-do=[pick] {
            @if edge.walked.is_some() {
                path class="sd-touch" d=(path) {}
            }
            path class="sd-line" d=(path) pathLength=[now.then_some("1")] {}
            // Both have gone this way: the other's colour lies over it in dashes.
            @if let (true, Some((_, side))) = (edge.both, mark) {
                path class={ "sd-other " (side_class(side.peer())) } d=(path) {}
            }
            @if let Some(head) = edge.head {
                (arrow_head(head, if mark.is_some() { (10, 4) } else { (8, 3) }))
            }
        }
    }
}

/// An arrow head, so long and half as wide as that.
fn arrow_head((x, y, heading): (i32, i32, Heading), (long, half): (i32, i32)) -> Markup {
    let (back_x, back_y) = match heading {
        Heading::Down => (x, y - long),
        Heading::Up => (x, y + long),
        Heading::Left => (x + long, y),
        Heading::Right => (x - long, y),
    };
    let (across, down) = if back_x == x { (half, 0) } else { (0, half) };
    html! {
        path class="sd-head" d={
                "M" (x) " " (y)
                "L" (back_x - across) " " (back_y - down)
                "L" (back_x + across) " " (back_y + down) "Z"
            } {}
    }
}

fn label(label: &DiagramLabel, mark: Option<(&str, Side)>) -> Markup {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    html! {
        // The states say which ways lead out of them.
        text class={
                "sd-label"
                @if let Some((what, side)) = mark { " sd-label--" (what) " " (side_class(side)) }
            } aria-hidden="true" text-anchor=(anchor) x=(label.x) y=(label.y) {
            (label.event)
            @if let Some(action) = label.action {
                @if label.stacked {
                    tspan class="sd-act" x=(label.x) dy="14" { (action) }
                } @else {
                    tspan class="sd-slash" { " / " }
                    tspan class="sd-act" { (action) }
                }
            }
        }
    }
}

fn node(node: &DiagramNode, part: u32, here: u32) -> Markup {
    let (x, y, width, height) = node.place;
    let state = node.state.name();
    let name = full_name(node);
    html! {
        g class={
                "sd-state"
                @if node.ghost { " sd-ghost" }
                @match node.here[..] {
                    [] if node.state == State::Established => " sd-heart",
                    [] => {},
                    [side] => { " sd-here " (side_class(side)) },
                    _ => " sd-both",
                }
            } data-state=(state) data-walk=[(!node.ghost).then_some(part)]
            tabindex=[(!node.ghost).then(|| tabindex(part, here))] role="img" {
            // What is heard, and what a pointer that rests on it is shown.
            title { (name) }
            rect x=(x) y=(y) width=(width) height=(height) rx=(height / 2) {}
            text x=(x + width / 2) y=(y + height / 2 + 4) text-anchor="middle" { (state) }
        }
    }
}

/// A state with what it feels like, what it means and how one leaves it, a line each.
fn full_name(node: &DiagramNode) -> Markup {
    html! {
        (node.state.name()) ": " (node.feeling) "\n" (node.meaning)
        @for way in &node.ways { "\n" (event(way)) " → " (way.to.name()) }
    }
}

/// A heart with the side's letter, beside its state. If it has just come, it walks there.
fn token(token: &Token, session: &Session) -> Markup {
    let letter = match token.side {
        Side::A => "T",
        Side::B => "P",
    };
    let moves = session.motion == Motion::SettingOut && !session.reduced_motion;
    let walk = token.walk.as_ref().filter(|_| moves);
    html! {
        g class={ "token " (side_class(token.side)) }
            transform={ "translate(" (token.x) " " (token.y) ")" } data-side=(letter) {
            g class=[walk.is_none().then_some("token--new")] data-key={ (token.x) " " (token.y) } {
                path class="token-wash" d="M2 14C-18 1-10-15 2-4C14-15 22 1 2 14Z" {}
                path class="token-heart" d="M0 12C-20-1-12-16 0-6C12-16 20-1 0 12Z" {}
                text y="4" text-anchor="middle" { (letter) }
                @if let Some(path) = walk {
                    animateMotion begin="indefinite" dur={ (session.speed.stretch(WALK_MS)) "ms" }
                        path=(path) data-at=(session.place) {}
                }
            }
        }
    }
}
