//! Both voices in one chat, for a screen that has no room for two phones.

use handshake::Side;
use maud::{Markup, html};
use story::view::newest_messages;
use story::words::ui;

use super::bubble::bubble;
use super::phone::{calls, shown};
use crate::session::{Action, Fold, Session};

pub(super) fn chat(session: &Session) -> Markup {
    let (position, wording) = (session.position(), (session.language, session.numbers));
    let scene = Some(&*session.scene);
    let (before, bubbles) =
        newest_messages(&session.trace, position, scene, wording, newest(session));
    html! {
        section class="chat-both" tabindex="0" aria-label=(ui::CHAT.to(session.language))
            data-turn {
            ol data-shown=(what_is_shown(before + bubbles.len(), session)) {
                (earlier(before, session))
                @for each in &bubbles {
                    (bubble(each, place_of(each.from), session))
                }
            }
            div class="calls-both" {
                @for side in Side::BOTH {
                    (calls(&shown(session, side, 0)))
                }
            }
        }
    }
}

/// What a chat shows, by its look: how many messages and in which words. When that changes it is
/// scrolled to its end.
pub(super) fn what_is_shown(messages: usize, session: &Session) -> Markup {
    html! { (messages) " " (session.lens.id()) " " (session.numbers.id()) }
}

/// How many messages a chat shows: more than its place has room for, and in a long run not all.
const NEWEST: usize = 12;

/// How many messages are shown in a chat that the reader wants to see whole, or does not.
pub(super) fn newest(session: &Session) -> usize {
    if session.is_unfolded(Fold::Chat) { usize::MAX } else { NEWEST }
}

/// What shows the messages before those that are shown.
pub(super) fn earlier(before: usize, session: &Session) -> Markup {
    html! {
        @if before > 0 {
            li class="chat-earlier" {
                button class="quiet" type="button" data-do=(Action::Turn(Fold::Chat)) {
                    (ui::earlier_messages(before, session.language))
                }
            }
        }
    }
}

/// T's messages stand at the left, P's at the right.
fn place_of(from: Side) -> &'static str {
    match from {
        Side::A => "bubble--t",
        Side::B => "bubble--p",
    }
}
