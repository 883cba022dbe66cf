//! Plate 2: the eleven states, with both tokens.

use handshake::{Side, State};
use story::view::{
    Anchor, Diagram, DiagramEdge, DiagramLabel, DiagramNode, Heading, Token, state_diagram,
};
use story::words::ui;
use yew::{Classes, Html, classes, html};

use super::player::PlayerProps;
use super::side_class;
use crate::session::Motion;

pub(super) fn diagram(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let drawing =
        |narrow: bool| state_diagram(&session.trace, session.position(), session.language, narrow);
    let world = session.trace.world_at(session.place);
    let state = |side: Side| world.end(side).state().name();
    let name = ui::both_states(state(Side::A), state(Side::B), session.language);
    let arrived = (session.motion == Motion::SettingOut).then_some(session.place);
    html! {
        <div class="sd-wrap">
            { draw(&drawing(false), "sd sd--wide", &name, arrived) }
            { draw(&drawing(true), "sd sd--small", &name, arrived) }
        </div>
    }
}

/// Draws the diagram; the edge that was walked in the step `arrived` is inked now.
fn draw(diagram: &Diagram, class: &'static str, name: &str, arrived: Option<usize>) -> Html {
    let (left, top, width, height) = diagram.frame;
    // What was walked lies over what was not.
    let (walked, other): (Vec<_>, Vec<_>) =
        diagram.edges.iter().partition(|edge| edge.walked.is_some() || edge.next.is_some());
    html! {
        <svg {class} viewBox={format!("{left} {top} {width} {height}")} role="img" aria-label={name.to_owned()}>
            { for other.iter().chain(&walked).map(|each| edge(each, arrived)) }
            { for diagram.edges.iter().map(label) }
            { for diagram.nodes.iter().map(node) }
            { for diagram.tokens.iter().map(token) }
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

fn edge(edge: &DiagramEdge, arrived: Option<usize>) -> Html {
    let now = arrived.is_some() && edge.next.is_none() && edge.walked_at == arrived;
    let class =
        classes!("sd-edge", edge_class(edge, "sd-next", "sd-walked"), now.then_some("sd-now"),);
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
        <g {class}>
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
        <text {class} text-anchor={anchor} x={x.to_string()} y={y.to_string()}>
            { *event }
            { action }
        </text>
    }
}

fn node(node: &DiagramNode) -> Html {
    let (x, y, width, height) = node.place;
    let here = match node.here[..] {
        [] if node.state == State::Established => classes!("sd-heart"),
        [] => Classes::new(),
        [side] => classes!("sd-here", side_class(side)),
        _ => classes!("sd-both"),
    };
    html! {
        <g class={classes!("sd-state", node.ghost.then_some("sd-ghost"), here)} data-state={node.state.name()}>
            <title>{ node.state.name() }{ ": " }{ node.meaning }</title>
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

/// A heart with the side's letter, beside its state.
fn token(token: &Token) -> Html {
    let letter = match token.side {
        Side::A => "T",
        Side::B => "P",
    };
    html! {
        <g
            class={classes!("token", side_class(token.side))}
            transform={format!("translate({} {})", token.x, token.y)}
            data-side={letter}
        >
            <g class="token--new" key={format!("{} {}", token.x, token.y)}>
                <path class="token-wash" d="M2 14C-18 1-10-15 2-4C14-15 22 1 2 14Z" />
                <path class="token-heart" d="M0 12C-20-1-12-16 0-6C12-16 20-1 0 12Z" />
                <text y="4" text-anchor="middle">{ letter }</text>
            </g>
        </g>
    }
}
