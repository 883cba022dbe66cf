//! The whole story as a comic strip, for paper: each step with both states and what was said.

use gloo::events::EventListener;
use handshake::Side;
use story::tell;
use story::view::{Bubble, conversation};
use story::words::{self, ui};
use yew::{Html, function_component, html, use_effect_with, use_state_eq};

use super::phrases::phrases;
use super::player::PlayerProps;
use super::side_class;
use crate::session::Session;

/// Drawn only while the page is printed: on the screen it would be work that nobody sees.
#[function_component]
pub(crate) fn Strip(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let printing = use_state_eq(|| false);
    {
        let printing = printing.clone();
        use_effect_with((), move |()| {
            let listen = |event: &'static str, is_printing: bool| {
                let printing = printing.clone();
                let window = web_sys::window()?;
                Some(EventListener::new(&window, event, move |_| printing.set(is_printing)))
            };
            let listeners = [listen("beforeprint", true), listen("afterprint", false)];
            move || drop(listeners)
        });
    }
    if !*printing {
        return Html::default();
    }
    strip(session)
}

/// All panels of the strip.
pub fn strip(session: &Session) -> Html {
    let (language, last) = (session.language, session.trace.len());
    let end = story::Position::resting(&session.trace, last);
    let said = conversation(&session.trace, end, Some(&session.scene), language, session.numbers);
    let panel = |place: usize| panel(session, place, &said);
    html! {
        <section class="strip">
            <h1>{ session.scene.title(language) }{ " · " }{ ui::TITLE.to(language) }</h1>
            <ol>{ for (0..=last).map(panel) }</ol>
        </section>
    }
}

fn panel(session: &Session, place: usize, said: &[Bubble]) -> Html {
    let (trace, language) = (&session.trace, session.language);
    let telling = tell(trace, place, Some(&session.scene), language, session.numbers);
    let state = |side: Side| {
        html! {
            <span class={side_class(side)}>
                { words::name(side).to(language) }{ " " }
                <b lang="en">{ trace.world_at(place).end(side).state().name() }</b>
            </span>
        }
    };
    let message = |bubble: &Bubble| {
        html! {
            <p class={side_class(bubble.from)}>
                { &bubble.numeral }{ " " }{ phrases(&bubble.text, language) }
                <span lang="en">{ &bubble.header }</span>
            </p>
        }
    };
    let sources = telling.rulings.iter().map(|ruling| ruling.cited.as_str());
    html! {
        <li class="panel" aria-label={ui::step_of(place, trace.len(), language)}>
            <p class="panel-states">{ for Side::BOTH.map(state) }</p>
            <p class="panel-story"><b>{ place }</b>{ " " }{ phrases(&telling.story, language) }</p>
            { for said.iter().filter(|bubble| bubble.since == place).map(message) }
            if !telling.rulings.is_empty() {
                <p class="panel-rules">
                    { sources.collect::<Vec<_>>().join(", ") }
                </p>
            }
        </li>
    }
}
