//! Both voices in one chat, for a screen that has no room for two phones.

use story::view::{Bubble, Mark, conversation};
use story::{Language, words::ui};
use web_sys::Element;
use yew::{Html, NodeRef, classes, function_component, hook, html, use_effect_with, use_node_ref};

use super::app::PlayerProps;
use super::phrases::phrases;
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
    let chat = use_scrolled_to_end(bubbles.len());
    html! {
        <section class="chat-both" ref={chat} aria-label={ui::CHAT.to(session.language)}>
            <ol>
                { for bubbles.iter().map(|each| bubble(each, session.language)) }
            </ol>
        </section>
    }
}

/// Keeps the newest of so many messages in view.
#[hook]
pub(super) fn use_scrolled_to_end(messages: usize) -> NodeRef {
    let list = use_node_ref();
    let scrolled = list.clone();
    use_effect_with(messages, move |_| {
        if let Some(list) = scrolled.cast::<Element>() {
            list.set_scroll_top(list.scroll_height());
        }
    });
    list
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
            <p class="bubble-text">{ phrases(&bubble.text, language) }</p>
            <p class="bubble-head">
                <b class="num">{ &bubble.numeral }</b>
                <span lang="en">{ &bubble.header }</span>
                <em>{ words.to(language) }</em>
            </p>
        </li>
    }
}
