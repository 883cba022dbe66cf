//! A text message: what the heart says, under it what the header says and how it stands with it.

use story::view::{Bubble, Mark};
use story::words::ui;
use yew::{Classes, Html, classes, html};

use super::phrases::phrases;
use super::side_class;
use crate::session::{Lens, Session};

/// A message in a list of messages, standing where `place` says. To TCP it says what its header
/// says, and nothing else.
pub(super) fn bubble(bubble: &Bubble, place: Classes, session: &Session) -> Html {
    let language = session.language;
    let (mark, words) = match bubble.mark {
        Mark::Sent => ("bubble--sent", ui::SENT),
        Mark::Awaiting => ("bubble--awaiting", ui::AWAITING),
        Mark::Acknowledged => ("bubble--acknowledged", ui::ACKNOWLEDGED),
        Mark::InFlight => ("bubble--flying", ui::IN_THE_AIR),
        Mark::Arrived => ("bubble--arrived", ui::ARRIVED),
        Mark::TurnedAway => ("bubble--lost", ui::TURNED_AWAY),
        Mark::Lost => ("bubble--lost", ui::LOST),
    };
    html! {
        <li
            key={bubble.packet.0}
            class={classes!("bubble", mark, place, side_class(bubble.from))}
            data-packet={bubble.packet.0.to_string()}
        >
            { match session.lens {
                Lens::Love => html! {
                    <p class="bubble-text">{ phrases(&bubble.text, language) }</p>
                },
                Lens::Tcp => html! {
                    <p class="bubble-text bubble-text--tcp" lang="en">{ plain(bubble) }</p>
                },
            } }
            <p class="bubble-head">
                <b class="num">{ &bubble.numeral }</b>
                if session.lens == Lens::Love {
                    <span lang="en">{ &bubble.header }</span>
                }
                <em>{ words.to(language) }</em>
            </p>
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
