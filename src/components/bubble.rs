//! A text message: what the heart says, under it what the header says and how it stands with it.

use story::view::{Bubble, Mark};
use story::{Language, words::ui};
use yew::{Classes, Html, classes, html};

use super::phrases::phrases;
use super::side_class;

/// A message in a list of messages, standing where `place` says.
pub(super) fn bubble(bubble: &Bubble, place: Classes, language: Language) -> Html {
    let (mark, words) = match bubble.mark {
        Mark::Sent => ("bubble--sent", ui::SENT),
        Mark::Awaiting => ("bubble--awaiting", ui::AWAITING),
        Mark::Acknowledged => ("bubble--acknowledged", ui::ACKNOWLEDGED),
        Mark::InFlight => ("bubble--flying", ui::IN_THE_AIR),
        Mark::Arrived => ("bubble--arrived", ui::ARRIVED),
        Mark::Lost => ("bubble--lost", ui::LOST),
    };
    html! {
        <li
            key={bubble.packet.0}
            class={classes!("bubble", mark, place, side_class(bubble.from))}
            data-packet={bubble.packet.0.to_string()}
        >
            <p class="bubble-text">{ phrases(&bubble.text, language) }</p>
            <p class="bubble-head">
                <b class="num">{ &bubble.numeral }</b>
                <span lang="en">{ &bubble.header }</span>
                <em>{ words.to(language) }</em>
            </p>
        </li>
    }
}
