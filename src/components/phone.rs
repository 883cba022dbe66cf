//! A phone: its owner's face, state and feeling, the chat, and the calls that are possible now.

use handshake::Side;
use story::view::{Bubble, CallButton, Mark, Phone as Shown, TimerArc, phone};
use story::words::ui;
use yew::{Callback, Html, Properties, classes, function_component, html};

use super::app::PlayerProps;
use super::chat::use_scrolled_to_end;
use super::phrases::phrases;
use super::{side_class, side_letter};
use crate::art;
use crate::session::{Action, Motion, Session};

#[derive(Properties, PartialEq)]
pub(crate) struct PhoneProps {
    #[prop_or(Side::A)]
    pub(crate) side: Side,
    pub(crate) player: PlayerProps,
}

#[function_component]
pub(crate) fn Phone(PhoneProps { side, player }: &PhoneProps) -> Html {
    let PlayerProps { session, act } = player;
    let shown = shown(session, *side);
    let side = *side;
    let chat = use_scrolled_to_end(shown.bubbles.len());
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
                    <p class="phone-feel">{ phrases(shown.feeling, session.language) }</p>
                    <p class="phone-timer">{ shown.timer.as_ref().map(|timer| timer.text.clone()) }</p>
                </div>
            </header>
            <ol class="chat" ref={chat}>
                { for shown.bubbles.iter().map(|each| bubble(each, side, session)) }
                if shown.waiting {
                    <li class="bubble-wait">
                        <i></i><i></i><i></i>
                        <span>{ ui::NO_ANSWER.to(session.language) }</span>
                    </li>
                }
            </ol>
            { calls(&shown.calls, act) }
        </article>
    }
}

fn shown(session: &Session, side: Side) -> Shown {
    let (position, scene) = (session.position(), Some(&*session.scene));
    phone(&session.trace, position, side, scene, session.language, session.numbers)
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

/// A message on the phone of `owner`.
fn bubble(bubble: &Bubble, owner: Side, session: &Session) -> Html {
    let language = session.language;
    let fresh = (session.motion == Motion::SettingOut && bubble.since == session.place)
        .then_some(if bubble.from == owner { "bubble--new" } else { "bubble--landed" });
    let direction = if bubble.from == owner { "bubble--out" } else { "bubble--in" };
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
            class={classes!("bubble", direction, mark, fresh, side_class(bubble.from))}
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

fn calls(calls: &[CallButton], act: &Callback<Action>) -> Html {
    let button = |call: &CallButton| {
        let (act, choice) = (act.clone(), call.choice.clone());
        let onclick = move |_| act.emit(Action::Choose(choice.clone()));
        html! {
            <button class="call" type="button" {onclick}>
                <b lang="en">{ call.name }</b>
                { call.meaning }
            </button>
        }
    };
    if calls.is_empty() {
        return Html::default();
    }
    html! {
        <div class="calls">
            { for calls.iter().map(button) }
        </div>
    }
}
