//! Plate 2: the eleven states, with both tokens.

use std::fmt::Write;

use handshake::{Side, State};
use story::view::{
    Anchor, Diagram, DiagramEdge, DiagramLabel, DiagramNode, Heading, Token, WayOut, nearest,
    state_diagram,
};
use story::{Language, words::ui};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, NodeList, SvgAnimationElement};
use yew::{
    Callback, Classes, Html, classes, function_component, hook, html, use_effect_with, use_state_eq,
};

use super::bubble::pick;
use super::phrases::phrases;
use super::player::PlayerProps;
use super::room::{Room, use_room};
use super::side_class;
use super::walk::{Walk, part_of, use_walk};
use crate::session::{Action, Motion, Session};

/// How long a token walks, as told; the edge is inked as long.
const WALK_MS: u32 = 420;

#[function_component]
pub(crate) fn StateDiagram(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let drawing =
        |narrow: bool| state_diagram(&session.trace, session.position(), session.language, narrow);
    let wide = drawing(false);
    let room = use_room();
    let touched = use_state_eq(|| None);
    let walk = use_state_walk(&wide);
    use_walking_token(&walk, session);
    let onfocusin = {
        let (walking, touched) = (walk.onfocusin.clone(), touched.clone());
        move |event: FocusEvent| {
            touched.set(part_of(event.target()));
            walking.emit(event);
        }
    };
    let card = touched.and_then(|part| wide.nodes.get(usize::try_from(part).ok()?));
    let card = card.map(|node| state_card(node, &wide, session.language));
    let onfocusout = move |_: FocusEvent| touched.set(None);
    html! {
        <div
            class="sd-wrap"
            ref={walk.root.clone()}
            onkeydown={walk.onkeydown.clone()}
            {onfocusin}
            {onfocusout}
        >
            if room != Room::Narrow {
                { draw(&wide, "sd sd--wide", session, &walk, act) }
            }
            if room != Room::Wide {
                { draw(&drawing(true), "sd sd--small", session, &walk, act) }
            }
            // A place of its own, so that the drawings stay when the card comes and goes.
            if let Some(card) = card {
                { card }
            }
        </div>
    }
}

/// Walking from state to state, from where T is. CLOSED's second place is not another state.
#[hook]
fn use_state_walk(diagram: &Diagram) -> Walk {
    let nodes = || diagram.nodes.iter().filter(|node| !node.ghost);
    let place = |node: &DiagramNode| {
        let (x, y, width, height) = node.place;
        (x + width / 2, y + height / 2)
    };
    let places: Vec<(i32, i32)> = nodes().map(place).collect();
    let start = nodes().position(|node| node.here.contains(&Side::A));
    let count = u32::try_from(places.len()).unwrap_or(0);
    let way = move |from: u32, heading| {
        let to = nearest(&places, usize::try_from(from).ok()?, heading)?;
        u32::try_from(to).ok()
    };
    use_walk(
        start.and_then(|part| part.try_into().ok()).unwrap_or(0),
        move |part| part < count,
        way,
    )
}

/// Sets the token that has just changed its state on its way.
#[hook]
fn use_walking_token(walk: &Walk, session: &Session) {
    let root = walk.root.clone();
    use_effect_with((session.place, session.motion), move |(_, motion)| {
        let root = root.cast::<Element>().filter(|_| *motion == Motion::SettingOut);
        let found = root.and_then(|root| root.query_selector_all("animateMotion").ok());
        for index in 0..found.as_ref().map_or(0, NodeList::length) {
            let node = found.as_ref().and_then(|found| found.item(index));
            if let Some(Ok(animation)) = node.map(JsCast::dyn_into::<SvgAnimationElement>) {
                // Where it cannot walk, the token is there already.
                let _ = animation.begin_element();
            }
        }
    });
}

/// What a state is, in words, where it hides neither the state nor, at its other half, the way.
fn state_card(node: &DiagramNode, diagram: &Diagram, language: Language) -> Html {
    let (_, top, _, height) = diagram.frame;
    let below = node.place.1 < top + height / 2;
    let way = |way: &WayOut| {
        html! {
            <li>
                <span>
                    { way.event }
                    { for way.action.map(|action| format!(" / {action}")) }
                </span>
                <b lang="en">{ way.to.name() }</b>
            </li>
        }
    };
    html! {
        // The state itself bears all this as its name.
        <div class={classes!("sd-card", below.then_some("sd-card--below"))} aria-hidden="true">
            <p><b lang="en">{ node.state.name() }</b>{ " " }{ phrases(node.feeling, language) }</p>
            <p>{ phrases(node.meaning, language) }</p>
            <ul>{ for node.ways.iter().map(way) }</ul>
        </div>
    }
}

/// Draws the diagram; the edge that was walked in this step is inked now.
fn draw(
    diagram: &Diagram,
    class: &'static str,
    session: &Session,
    walk: &Walk,
    act: &Callback<Action>,
) -> Html {
    let (left, top, width, height) = diagram.frame;
    let world = session.trace.world_at(session.place);
    let state = |side: Side| world.end(side).state().name();
    let name = ui::both_states(state(Side::A), state(Side::B), session.language);
    let arrived = (session.motion == Motion::SettingOut).then_some(session.place);
    // What was walked lies over what was not.
    let (walked, other): (Vec<_>, Vec<_>) = (0..)
        .zip(&diagram.edges)
        .partition(|(_, edge)| edge.walked.is_some() || edge.next.is_some());
    let nodes = (0..).zip(&diagram.nodes).map(|(part, each)| node(each, part, walk));
    html! {
        <svg {class} viewBox={format!("{left} {top} {width} {height}")} role="group" aria-label={name}>
            { for other.iter().chain(&walked).map(|each| edge(each, arrived, act)) }
            { for diagram.edges.iter().map(label) }
            { for nodes }
            { for diagram.tokens.iter().map(|each| token(each, session)) }
        </svg>
    }
}

/// The colours of an edge: next before walked, because next is now.
fn edge_class(edge: &DiagramEdge, next: &'static str, walked: &'static str) -> Classes {
    match (edge.next, edge.walked) {
        (Some(side), _) => classes!(next, side_class(side)),
        (None, Some(side)) => classes!(walked, side_class(side)),
        (None, None) => Classes::new(),
    }
}

fn edge(
    &(index, edge): &(usize, &DiagramEdge),
    arrived: Option<usize>,
    act: &Callback<Action>,
) -> Html {
    let packets = edge.packets.iter().map(|packet| packet.0.to_string());
    let packets = packets.reduce(|all, packet| format!("{all} {packet}"));
    // What was sent on the way, else what set it off.
    let onclick = edge.packets.last().map(|&packet| pick(packet, act));
    let outside = edge.outside.then_some("sd-outside");
    let now = arrived.is_some() && edge.next.is_none() && edge.walked_at == arrived;
    let class = classes!(
        "sd-edge",
        edge_class(edge, "sd-next", "sd-walked"),
        now.then_some("sd-now"),
        outside
    );
    let head = edge.head.map(|(x, y, heading)| {
        let (back, half) =
            if edge.walked.is_some() || edge.next.is_some() { (10, 4) } else { (8, 3) };
        let (left, right) = match heading {
            Heading::Down => ((x - half, y - back), (x + half, y - back)),
            Heading::Up => ((x - half, y + back), (x + half, y + back)),
            Heading::Left => ((x + back, y - half), (x + back, y + half)),
            Heading::Right => ((x - back, y - half), (x - back, y + half)),
        };
        let d = format!("M{x} {y}L{} {}L{} {}Z", left.0, left.1, right.0, right.1);
        html! {
            <path class="sd-head" {d} />
        }
    });
    html! {
        <g key={index} {class} data-packet={packets} {onclick}>
            if edge.walked.is_some() {
                <path class="sd-touch" d={edge.path.clone()} />
            }
            <path class="sd-line" d={edge.path.clone()} pathLength={now.then_some("1")} />
            { head }
        </g>
    }
}

fn label(edge: &DiagramEdge) -> Html {
    let Some(DiagramLabel { x, y, anchor, stacked, event, action }) = &edge.label else {
        return Html::default();
    };
    let class = classes!("sd-label", edge_class(edge, "sd-label--next", "sd-label--walked"));
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let action = action.map(|action| {
        if *stacked {
            html! {
                <tspan class="sd-act" x={x.to_string()} dy="14">{ action }</tspan>
            }
        } else {
            html! {
                <>
                    <tspan class="sd-slash">{ " / " }</tspan>
                    <tspan class="sd-act">{ action }</tspan>
                </>
            }
        }
    });
    html! {
        // The states say which ways lead out of them.
        <text {class} aria-hidden="true" text-anchor={anchor} x={x.to_string()} y={y.to_string()}>
            { *event }
            { action }
        </text>
    }
}

fn node(node: &DiagramNode, part: u32, walk: &Walk) -> Html {
    let (x, y, width, height) = node.place;
    let here = match node.here[..] {
        [] if node.state == State::Established => classes!("sd-heart"),
        [] => Classes::new(),
        [side] => classes!("sd-here", side_class(side)),
        _ => classes!("sd-both"),
    };
    let name = full_name(node);
    html! {
        <g
            class={classes!("sd-state", node.ghost.then_some("sd-ghost"), here)}
            data-state={node.state.name()}
            data-walk={(!node.ghost).then(|| part.to_string())}
            tabindex={(!node.ghost).then(|| walk.tabindex(part))}
            role="img"
            aria-label={name.clone()}
        >
            <title>{ name }</title>
            <rect
                x={x.to_string()}
                y={y.to_string()}
                width={width.to_string()}
                height={height.to_string()}
                rx={(height / 2).to_string()}
            />
            <text x={(x + width / 2).to_string()} y={(y + height / 2 + 4).to_string()} text-anchor="middle">
                { node.state.name() }
            </text>
        </g>
    }
}

/// A state with what it feels like, what it means and how one leaves it, a line each.
fn full_name(node: &DiagramNode) -> String {
    let mut name = format!("{}: {}\n{}", node.state.name(), node.feeling, node.meaning);
    for WayOut { event, action, to } in &node.ways {
        let action = action.map(|action| format!(" / {action}")).unwrap_or_default();
        let _ = write!(name, "\n{event}{action} → {}", to.name()); // a string takes everything
    }
    name
}

/// A heart with the side's letter, beside its state. If it has just come, it walks there.
fn token(token: &Token, session: &Session) -> Html {
    let letter = match token.side {
        Side::A => "T",
        Side::B => "P",
    };
    let moves = session.motion == Motion::SettingOut && !session.reduced_motion;
    let walk = token.walk.clone().filter(|_| moves);
    let come = walk.is_none().then_some("token--new");
    let dur = format!("{}ms", session.speed.stretch(WALK_MS));
    html! {
        <g
            class={classes!("token", side_class(token.side))}
            transform={format!("translate({} {})", token.x, token.y)}
            data-side={letter}
        >
            <g class={classes!(come)} key={format!("{} {}", token.x, token.y)}>
                <path class="token-wash" d="M2 14C-18 1-10-15 2-4C14-15 22 1 2 14Z" />
                <path class="token-heart" d="M0 12C-20-1-12-16 0-6C12-16 20-1 0 12Z" />
                <text y="4" text-anchor="middle">{ letter }</text>
                if let Some(path) = walk {
                    <animateMotion begin="indefinite" {dur} {path} />
                }
            </g>
        </g>
    }
}
