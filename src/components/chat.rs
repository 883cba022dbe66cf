//! Both voices in one chat, for a screen that has no room for two phones.

use handshake::Side;
use story::view::{Bubble, conversation};
use story::words::ui;
use web_sys::Element;
use yew::{
    Classes, Html, NodeRef, classes, function_component, hook, html, use_effect_with, use_node_ref,
};

use super::bubble::bubble;
use super::phone::{calls, shown};
use super::player::PlayerProps;
use super::side_letter;

#[function_component]
pub(crate) fn Chat(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let bubbles = conversation(
        &session.trace,
        session.position(),
        Some(&session.scene),
        session.language,
        session.numbers,
    );
    let chat = use_scrolled_to_end(bubbles.len());
    html! {
        <section class="chat-both" tabindex="0" aria-label={ui::CHAT.to(session.language)}>
            <ol ref={chat}>
                { for bubbles.iter().map(|each| bubble(each, place_of(each), session, act)) }
            </ol>
            <div class="calls-both">
                { for Side::BOTH.map(|side| calls(&shown(session, side), act)) }
            </div>
        </section>
    }
}

/// Keeps the newest of so many messages in view, in a list that scrolls or in what scrolls around
/// it.
#[hook]
pub(super) fn use_scrolled_to_end(messages: usize) -> NodeRef {
    let list = use_node_ref();
    let scrolled = list.clone();
    use_effect_with(messages, move |_| {
        let Some(list) = scrolled.cast::<Element>() else { return };
        list.set_scroll_top(list.scroll_height());
        if let Some(around) = list.parent_element() {
            around.set_scroll_top(around.scroll_height());
        }
    });
    list
}

/// T's messages stand at the left, P's at the right.
fn place_of(bubble: &Bubble) -> Classes {
    classes!(format!("bubble--{}", side_letter(bubble.from)))
}
