//! Both voices in one chat, for a screen that has no room for two phones.

use story::view::{Bubble, Mark, conversation};
use story::{Language, words::ui};
use yew::{Html, classes, function_component, html};

use super::app::PlayerProps;
use super::{side_class, side_letter};

#[function_component]
pub(crate) fn Chat(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let bubbles = conversation(
        &session.trace,
        session.position(),
        Some(&session.scene),
        session.language,
        session.numbers,
    );
    html! {
        <section class="chat-both pane" data-pane="chat" aria-label={ui::CHAT.to(session.language)}>
            <ol class="chat">
                { for bubbles.iter().map(|each| bubble(each, session.language)) }
            </ol>
        </section>
    }
}

fn bubble(bubble: &Bubble, language: Language) -> Html {
    let (mark, words) = match bubble.mark {
        Mark::InFlight => ("bubble--flying", ui::IN_THE_AIR),
        Mark::Lost => ("bubble--lost", ui::LOST),
        _ => ("bubble--arrived", ui::ARRIVED),
    };
    let side = format!("bubble--{}", side_letter(bubble.from));
    html! {
        <li key={bubble.packet.0} class={classes!("bubble", side, mark, side_class(bubble.from))}>
            <p class="bubble-text">{ &bubble.text }</p>
            <p class="bubble-head">
                <b class="num">{ &bubble.numeral }</b>
                <span lang="en">{ &bubble.header }</span>
                <em>{ words.to(language) }</em>
            </p>
        </li>
    }
}
