//! A phone: its owner's face, state and feeling, the chat, and the calls that are possible now.

use handshake::Side;
use story::Language;
use story::view::{Bubble, CallButton, Phone as Shown, TimerArc, phone};
use story::words::{self, ui};
use yew::{Callback, Classes, Html, Properties, classes, function_component, html, use_state_eq};

use super::bubble::bubble;
use super::chat::{earlier, newest, use_scrolled_to_end};
use super::phrases::phrases;
use super::player::PlayerProps;
use super::room::{Room, use_room};
use super::{side_class, side_letter};
use crate::session::{Action, Lens, Motion, Session};
use crate::{art, browser};

#[derive(Properties, PartialEq)]
pub(crate) struct PhoneProps {
    #[prop_or(Side::A)]
    pub(crate) side: Side,
    pub(crate) player: PlayerProps,
}

#[function_component]
pub(crate) fn Phone(PhoneProps { side, player }: &PhoneProps) -> Html {
    let PlayerProps { session, act, .. } = player;
    let (whole, is_narrow) = (use_state_eq(|| false), use_room() == Room::Narrow);
    // On a narrow screen there is one chat for both.
    let newest = if is_narrow { 0 } else { newest(*whole) };
    let shown = shown(session, *side, newest);
    let side = *side;
    let bubbles = shown.bubbles.iter().map(|each| {
        let place = place_of(each, side, session);
        bubble(each, place, session, act)
    });
    let feeling = match session.lens {
        Lens::Love => shown.feeling,
        Lens::Tcp => words::meaning(shown.state).to(session.language),
    };
    let messages = ui::CHAT.to(session.language);
    let chat = use_scrolled_to_end(shown.earlier + shown.bubbles.len());
    let phone = format!("phone--{}", side_letter(side));
    html! {
        <article
            class={classes!("phone", phone, side_class(side))}
            aria-label={shown.name}
            data-state={shown.state.name()}
        >
            <header class="phone-head">
                <div class="face-wrap">
                    { art::face(side) }
                    { ring(shown.timer.as_ref()) }
                </div>
                <div>
                    <p class="phone-who">
                        <span class="phone-name">{ shown.name }</span>
                        <span class="state" lang="en" key={shown.state.name()}>
                            { shown.state.name() }
                        </span>
                    </p>
                    <p class="phone-feel">{ phrases(feeling, session.language) }</p>
                    { queues(&shown, session.language) }
                    <p class="phone-timer">{ shown.timer.as_ref().map(|timer| timer.text.clone()) }</p>
                </div>
            </header>
            <ol class="chat" tabindex="0" aria-label={messages} ref={chat}>
                { earlier(shown.earlier, &whole, session.language) }
                { for bubbles }
                if shown.waiting {
                    <li class="bubble-wait">
                        <i></i><i></i><i></i>
                        <span>{ ui::NO_ANSWER.to(session.language) }</span>
                    </li>
                }
            </ol>
            { calls(&shown, act) }
        </article>
    }
}

pub(super) fn shown(session: &Session, side: Side, newest: usize) -> Shown {
    let (position, scene) = (session.position(), Some(&*session.scene));
    phone(&session.trace, position, side, scene, (session.language, session.numbers), newest)
}

/// How full the queues at the owner's door are.
fn queues(shown: &Shown, language: Language) -> Html {
    let Some(queues) = shown.queues else { return Html::default() };
    html! {
        <p class="phone-queues">{ ui::queues(queues.half_open, queues.waiting, language) }</p>
    }
}

/// The ring round the face: what is left of the timer.
fn ring(timer: Option<&TimerArc>) -> Html {
    let left = timer.map(|timer| format!("{} 1000", timer.left_permille));
    html! {
        <svg class="timer" viewBox="0 0 48 48" aria-hidden="true">
            <circle class="timer-track" cx="24" cy="24" r="22.3" />
            if let Some(left) = left {
                <circle
                    class="timer-arc"
                    cx="24"
                    cy="24"
                    r="22.3"
                    pathLength="1000"
                    stroke-dasharray={left}
                    transform="rotate(-90 24 24)"
                />
            }
        </svg>
    }
}

/// Where a message stands on the phone of `owner`, and whether it has just come to be there.
fn place_of(bubble: &Bubble, owner: Side, session: &Session) -> Classes {
    let is_own = bubble.from == owner;
    let is_fresh = session.motion == Motion::SettingOut && bubble.since == session.place;
    let fresh = match (is_fresh, is_own) {
        (false, _) => None,
        (true, true) => Some("bubble--new"),
        (true, false) => Some("bubble--landed"),
    };
    classes!(if is_own { "bubble--out" } else { "bubble--in" }, fresh)
}

/// The calls that can be made now, by whose phone it is.
pub(super) fn calls(shown: &Shown, act: &Callback<Action>) -> Html {
    let button = |call: &CallButton| {
        let (act, choice) = (act.clone(), call.choice.clone());
        let onclick = move |_| {
            act.emit(Action::Choose(choice.clone()));
            browser::focus_next_step();
        };
        html! {
            <button class="call" type="button" {onclick}>
                <span class="visually-hidden">{ shown.name }{ ": " }</span>
                <b lang="en">{ call.name }</b>
                { call.meaning }
            </button>
        }
    };
    if shown.calls.is_empty() {
        return Html::default();
    }
    html! {
        <div class={classes!("calls", side_class(shown.side))}>
            { for shown.calls.iter().map(button) }
        </div>
    }
}
