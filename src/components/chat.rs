//! Both voices in one chat, for a screen that has no room for two phones.

use handshake::Side;
use story::Language;
use story::view::{Bubble, newest_messages};
use story::words::ui;
use web_sys::Element;
use yew::{
    Classes, Html, NodeRef, UseStateHandle, classes, function_component, hook, html,
    use_effect_with, use_node_ref, use_state_eq,
};

use super::bubble::bubble;
use super::phone::{calls, shown};
use super::player::PlayerProps;
use super::side_letter;

#[function_component]
pub(crate) fn Chat(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let (position, wording) = (session.position(), (session.language, session.numbers));
    let whole = use_state_eq(|| false);
    let (before, bubbles) =
        newest_messages(&session.trace, position, Some(&session.scene), wording, newest(*whole));
    let chat = use_scrolled_to_end(before + bubbles.len());
    html! {
        <section class="chat-both" tabindex="0" aria-label={ui::CHAT.to(session.language)}>
            <ol ref={chat}>
                { earlier(before, &whole, session.language) }
                { for bubbles.iter().map(|each| bubble(each, place_of(each), session, act)) }
            </ol>
            <div class="calls-both">
                { for Side::BOTH.map(|side| calls(&shown(session, side, 0), act)) }
            </div>
        </section>
    }
}

/// How many messages a chat shows: more than its place has room for, and in a long run not all.
const NEWEST: usize = 24;

/// How many messages are shown in a chat that the reader wants to see whole, or does not.
pub(super) fn newest(whole: bool) -> usize {
    if whole { usize::MAX } else { NEWEST }
}

/// What shows the messages before those that are shown.
pub(super) fn earlier(before: usize, whole: &UseStateHandle<bool>, language: Language) -> Html {
    if before == 0 {
        return Html::default();
    }
    let whole = whole.clone();
    let onclick = move |_| whole.set(true);
    html! {
        <li class="chat-earlier">
            <button class="quiet" type="button" {onclick}>
                { ui::earlier_messages(before, language) }
            </button>
        </li>
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
