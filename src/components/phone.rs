//! A phone: its owner's face, state and feeling, the chat, and the calls that are possible now.

use handshake::Side;
use maud::{Markup, html};
use story::view::{Bubble, Phone as Shown, TimerArc, phone as view};
use story::words::{self, ui};

use super::bubble::bubble;
use super::chat::{earlier, newest, what_is_shown};
use super::phrases::phrases;
use super::{side_class, side_letter};
use crate::art;
use crate::session::{Action, Lens, Motion, Room, Session};

pub(super) fn phone(session: &Session, side: Side) -> Markup {
    let language = session.language;
    // On a narrow screen there is one chat for both.
    let newest = if session.room == Room::Narrow { 0 } else { newest(session) };
    let shown = shown(session, side, newest);
    let feeling = match session.lens {
        Lens::Love => shown.feeling,
        Lens::Tcp => words::meaning(shown.state).to(language),
    };
    let (state, timer) = (shown.state.name(), shown.timer.as_ref());
    html! {
        article class={ "phone phone--" (side_letter(side)) " " (side_class(side)) }
            aria-label=(shown.name) data-state=(state) data-turn {
            header class="phone-head" {
                div class="face-wrap" {
                    (art::face(side))
                    (ring(timer))
                }
                div {
                    p class="phone-who" {
                        span class="phone-name" { (shown.name) }
                        span class="state" lang="en" data-key=(state) { (state) }
                    }
                    p class="phone-feel" { (phrases(feeling, language)) }
                    // How full the queues at the owner's door are.
                    @if let Some(queues) = shown.queues {
                        p class="phone-queues" {
                            (ui::queues(queues.half_open, queues.waiting, language))
                        }
                    }
                    p class="phone-timer" { @if let Some(timer) = timer { (timer.text) } }
                }
            }
            ol class="chat" tabindex="0" aria-label=(ui::CHAT.to(language))
                data-shown=(what_is_shown(shown.earlier + shown.bubbles.len(), session)) {
                (earlier(shown.earlier, session))
                @for each in &shown.bubbles {
                    (bubble(each, place_of(each, side, session), session))
                }
                @if shown.waiting {
                    li class="bubble-wait" {
                        i {} i {} i {}
                        span { (ui::NO_ANSWER.to(language)) }
                    }
                }
            }
            (calls(&shown))
        }
    }
}

pub(super) fn shown(session: &Session, side: Side, newest: usize) -> Shown {
    let (position, scene) = (session.position(), Some(&*session.scene));
    view(&session.trace, position, side, scene, (session.language, session.numbers), newest)
}

/// The ring round the face: what is left of the timer.
fn ring(timer: Option<&TimerArc>) -> Markup {
    html! {
        svg class="timer" viewBox="0 0 48 48" aria-hidden="true" {
            circle class="timer-track" cx="24" cy="24" r="22.3" {}
            @if let Some(timer) = timer {
                circle class="timer-arc" cx="24" cy="24" r="22.3" pathLength="1000"
                    stroke-dasharray={ (timer.left_permille) " 1000" }
                    transform="rotate(-90 24 24)" {}
            }
        }
    }
}

/// Where a message stands on the phone of `owner`, and whether it has just come to be there.
fn place_of(bubble: &Bubble, owner: Side, session: &Session) -> &'static str {
    let is_own = bubble.from == owner;
    let is_fresh = session.motion == Motion::SettingOut && bubble.since == session.place;
    match (is_own, is_fresh) {
        (true, false) => "bubble--out",
        (true, true) => "bubble--out bubble--new",
        (false, false) => "bubble--in",
        (false, true) => "bubble--in bubble--landed",
    }
}

/// The calls that can be made now, by whose phone it is.
pub(super) fn calls(shown: &Shown) -> Markup {
    html! {
        @if !shown.calls.is_empty() {
            div class={ "calls " (side_class(shown.side)) } {
                @for call in &shown.calls {
                    button class="call" type="button"
                        data-do=(Action::Choose(call.choice.clone())) {
                        span class="visually-hidden" { (shown.name) ": " }
                        b lang="en" { (call.name) }
                        (call.meaning)
                    }
                }
            }
        }
    }
}
