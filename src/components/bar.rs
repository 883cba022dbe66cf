//! The bar: through the run by step and by ruler, how fast, and with which numbers.

use story::view::timeline;
use story::words::ui;
use story::{Numbers, Text};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, TargetCast, classes, function_component, html};

use super::app::PlayerProps;
use super::icon::{Glyph, Icon};
use crate::session::Action;

#[function_component]
pub(crate) fn Bar(player: &PlayerProps) -> Html {
    let language = player.session.language;
    html! {
        <footer class="bar" aria-label={ui::CONTROLS.to(language)}>
            { transport(player) }
            { scrubber(player) }
            { picks(player) }
        </footer>
    }
}

fn transport(PlayerProps { session, act }: &PlayerProps) -> Html {
    let language = session.language;
    let button = |glyph: Glyph, name: Text, action: Action, off: bool| {
        let act = act.clone();
        let onclick = move |_| act.emit(action.clone());
        html! {
            // A button that would do nothing keeps the focus, so it is not disabled, only dimmed.
            <button class="tb" type="button" aria-label={name.to(language)} title={name.to(language)}
                aria-disabled={off.then_some("true")} {onclick}>
                <Icon {glyph} />
            </button>
        }
    };
    let (at_start, at_end) = (session.place == 0, session.at_end());
    let (play_glyph, play_name) =
        if session.playing { (Glyph::Pause, ui::PAUSE) } else { (Glyph::Play, ui::PLAY) };
    let play = emit(act, Action::TogglePlay);
    let (next_name, next_glyph, next_action) = if at_end {
        (ui::RESTART, Glyph::Restart, Action::First)
    } else {
        (ui::NEXT, Glyph::Forward, Action::Next)
    };
    let next = emit(act, next_action);
    html! {
        <div class="transport">
            { button(Glyph::First, ui::FIRST, Action::First, at_start) }
            { button(Glyph::Back, ui::BACK, Action::Back, at_start) }
            <button class="tb tb--play" type="button" aria-label={play_name.to(language)}
                title={play_name.to(language)} onclick={play}>
                <Icon glyph={play_glyph} />
            </button>
            <button class="tb tb--fwd" type="button" onclick={next}>
                { next_name.to(language) }
                <Icon glyph={next_glyph} />
            </button>
            { button(Glyph::Last, ui::LAST, Action::Last, at_end) }
        </div>
    }
}

fn emit<E>(act: &Callback<Action>, action: Action) -> Callback<E> {
    let act = act.clone();
    Callback::from(move |_| act.emit(action.clone()))
}

/// The most ticks that are drawn with names; more would be written over each other.
const NAMED_TICKS_MAX: usize = 10;

/// A drawn ruler over a native range, which brings keys, touch and a voice of its own.
fn scrubber(PlayerProps { session, act }: &PlayerProps) -> Html {
    let ticks = timeline(&session.trace, Some(&session.scene), session.language);
    let steps = session.trace.len();
    let here = ticks.get(session.place).map(|tick| tick.label.clone()).unwrap_or_default();
    let value_text = format!("{}: {here}", ui::step_of(session.place, steps, session.language));
    let act = act.clone();
    let oninput = move |event: InputEvent| {
        let place = event
            .target_dyn_into::<HtmlInputElement>()
            .and_then(|input| input.value().parse().ok());
        if let Some(place) = place {
            act.emit(Action::Seek(place));
        }
    };
    // Thousandths of the ruler's length.
    let along = |place: usize| (place * 1000).checked_div(steps).unwrap_or(0);
    let marks = ticks.iter().map(|tick| {
        html! {
            <path class="scrub-tick" d={format!("M{} 4v12", along(tick.place))} vector-effect="non-scaling-stroke" />
        }
    });
    let labels = (ticks.len() <= NAMED_TICKS_MAX).then(|| {
        let label = |tick: &story::view::Tick| {
            let now = (tick.place == session.place).then_some("scrub-label--now");
            html! {
                <li class={classes!("scrub-label", now)}>{ &tick.label }</li>
            }
        };
        html! {
            <ol class="scrub-labels" aria-hidden="true">
                { for ticks.iter().map(label) }
            </ol>
        }
    });
    html! {
        <div class="scrub">
            <svg class="scrub-ticks" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
                <path class="scrub-line" d="M0 10H1000" vector-effect="non-scaling-stroke" />
                <path class="scrub-done" d={format!("M0 10H{}", along(session.place))} vector-effect="non-scaling-stroke" />
                { for marks }
            </svg>
            <input
                class="scrub-range"
                type="range"
                min="0"
                max={steps.to_string()}
                step="1"
                value={session.place.to_string()}
                aria-label={ui::PROGRESS.to(session.language)}
                aria-valuetext={value_text}
                {oninput}
            />
            { labels }
            if labels_missing(ticks.len()) {
                <p class="scrub-here" aria-hidden="true">{ here }</p>
            }
        </div>
    }
}

fn labels_missing(ticks: usize) -> bool {
    ticks > NAMED_TICKS_MAX
}

fn picks(PlayerProps { session, act }: &PlayerProps) -> Html {
    let language = session.language;
    let speed = emit(act, Action::SetSpeed(session.speed.next()));
    let number = |(numbers, name): (Numbers, Text)| {
        let onclick = emit(act, Action::SetNumbers(numbers));
        html! {
            <button type="button" aria-pressed={(session.numbers == numbers).to_string()} {onclick}>
                { name.to(language) }
            </button>
        }
    };
    let names = [ui::RELATIVE, ui::SYMBOLIC, ui::REAL];
    html! {
        <div class="picks">
            <div class="pick pick--speed">
                <span class="pick-name" id="speed-name">{ ui::SPEED.to(language) }</span>
                <button class="seg seg--one" type="button" onclick={speed}
                    aria-label={format!("{} {}", ui::SPEED.to(language), session.speed.label())}>
                    { session.speed.label() }
                </button>
            </div>
            <div class="pick pick--numbers" role="group" aria-label={ui::NUMBERS.to(language)}>
                <span class="pick-name" aria-hidden="true">{ ui::NUMBERS.to(language) }</span>
                <div class="seg">{ for Numbers::ALL.into_iter().zip(names).map(number) }</div>
            </div>
            if session.is_forked() {
                <button class="pick-back" type="button" onclick={emit(act, Action::BackToScene)}>
                    { ui::BACK_TO_STORY.to(language) }
                </button>
            }
        </div>
    }
}

