//! A text message: what the heart says, under it what the header says and how it stands with it.

use handshake::PacketId;
use story::view::{Bubble, Mark};
use yew::{Callback, Classes, Html, classes, html};

use super::phrases::phrases;
use super::side_class;
use crate::session::{Action, Lens, Session};

/// What picks a message out, or lets go of it.
pub(super) fn pick<E>(packet: PacketId, act: &Callback<Action>) -> Callback<E> {
    act.reform(move |_| Action::Select(Some(packet)))
}

/// A message in a list of messages, standing where `place` says. To TCP it says what its header
/// says, and nothing else.
pub(super) fn bubble(
    bubble: &Bubble,
    place: Classes,
    session: &Session,
    act: &Callback<Action>,
) -> Html {
    let language = session.language;
    let mark = match bubble.mark {
        Mark::Sent => "bubble--sent",
        Mark::Awaiting => "bubble--awaiting",
        Mark::Acknowledged => "bubble--acknowledged",
        Mark::InFlight => "bubble--flying",
        Mark::Arrived => "bubble--arrived",
        Mark::TurnedAway | Mark::Lost => "bubble--lost",
    };
    let is_picked = session.selected == Some(bubble.packet);
    html! {
        // A finger may touch the whole message; keys and voices have the button in it.
        <li
            key={bubble.packet.0}
            class={classes!("bubble", mark, place, side_class(bubble.from))}
            data-packet={bubble.packet.0.to_string()}
            onclick={pick(bubble.packet, act)}
        >
            { match session.lens {
                Lens::Love => html! {
                    <p class="bubble-text">{ phrases(&bubble.text, language) }</p>
                },
                Lens::Tcp => html! {
                    <p class="bubble-text bubble-text--tcp" lang="en">{ plain(bubble) }</p>
                },
            } }
            <button class="bubble-head" type="button" aria-pressed={is_picked.to_string()}>
                <i class="visually-hidden">{ &bubble.name }</i>
                <b class="num" aria-hidden="true">{ &bubble.numeral }</b>
                if session.lens == Lens::Love {
                    <span lang="en" aria-hidden="true">{ &bubble.header }</span>
                }
                <em aria-hidden="true">{ bubble.mark.words().to(language) }</em>
            </button>
        </li>
    }
}

/// The header's words, and how much text comes behind it.
fn plain(bubble: &Bubble) -> String {
    match bubble.octets {
        0 => bubble.header.clone(),
        octets => format!("{} len {octets}", bubble.header),
    }
}
