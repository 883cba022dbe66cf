//! The bar: through the run by step and by ruler, how fast, and with which numbers.

use std::ops::Range;

use story::view::{Tick, timeline};
use story::words::ui;
use story::{Numbers, Text};
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, PointerEvent};
use yew::{
    Callback, Html, InputEvent, TargetCast, function_component, html, use_memo, use_state_eq,
};

use super::icon::{Glyph, icon};
use super::player::PlayerProps;
use crate::session::{Action, Lens, Speed, Switch};

#[function_component]
pub(crate) fn Bar(player: &PlayerProps) -> Html {
    let language = player.session.language;
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let session = &player.session;
    let run = (session.trace.clone(), session.scene.clone(), language);
    let ticks = use_memo(run, |(trace, scene, language)| timeline(trace, Some(scene), *language));
    html! {
        <footer class="bar" data-picks={open.then_some("open")}>
            { transport(player) }
            { scrubber(player, &ticks) }
            { picks(player) }
            <button class="menu" type="button" aria-label={ui::SETTINGS.to(language)}
                aria-expanded={open.to_string()} onclick={toggle}>
                { icon(Glyph::More) }
            </button>
        </footer>
    }
}

fn transport(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let button = |glyph: Glyph, name: Text, action: Action, off: bool| {
        let act = act.clone();
        let onclick = move |_| act.emit(action.clone());
        html! {
            // A button that would do nothing keeps the focus, so it is not disabled, only dimmed.
            <button class="tb" type="button" aria-label={name.to(language)} title={name.to(language)}
                aria-disabled={off.then_some("true")} {onclick}>
                { icon(glyph) }
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
        <div class="transport" role="group" aria-label={ui::CONTROLS.to(language)}>
            { button(Glyph::First, ui::FIRST, Action::First, at_start) }
            { button(Glyph::Back, ui::BACK, Action::Back, at_start) }
            <button class="tb tb--play" type="button" aria-label={play_name.to(language)}
                title={play_name.to(language)} onclick={play}>
                { icon(play_glyph) }
            </button>
            <button class="tb tb--fwd" type="button" onclick={next}>
                { next_name.to(language) }
                { icon(next_glyph) }
            </button>
            { button(Glyph::Last, ui::LAST, Action::Last, at_end) }
        </div>
    }
}

fn emit<E>(act: &Callback<Action>, action: Action) -> Callback<E> {
    let act = act.clone();
    Callback::from(move |_| act.emit(action.clone()))
}

/// How many Latin letters fit under the ruler; a Chinese one is as wide as two.
const LETTERS_MAX: usize = 84;

/// Would the names of the ticks be written over each other?
fn is_crowded(ticks: &[Tick]) -> bool {
    let width = |label: &str| label.chars().map(|each| 1 + usize::from(!each.is_ascii())).sum();
    let widest: usize = ticks.iter().map(|tick| width(&tick.label)).max().unwrap_or(0);
    (widest + 1) * ticks.len() > LETTERS_MAX
}

/// A drawn ruler over a native range, which brings keys, touch and a voice of its own.
fn scrubber(PlayerProps { session, act, .. }: &PlayerProps, ticks: &[Tick]) -> Html {
    let (place, steps) = (session.place, session.trace.len());
    let here = ticks.get(place).map(|tick| tick.label.clone()).unwrap_or_default();
    let value_text = format!("{}: {here}", ui::step_of(place, steps, session.language));
    let oninput = {
        let act = act.clone();
        move |event: InputEvent| {
            if let Some(place) = value(&event) {
                act.emit(Action::Scrub(place));
            }
        }
    };
    // Let go, which a ruler that stands where it stood before tells only by the pointer.
    let settle = {
        let act = act.clone();
        move |place: Option<usize>| {
            if let Some(place) = place {
                act.emit(Action::Seek(place));
            }
        }
    };
    let onchange = {
        let settle = settle.clone();
        move |event: Event| settle(value(&event))
    };
    let onpointerup = move |event: PointerEvent| settle(value(&event));
    let is_crowded = is_crowded(ticks);
    let label = |tick: &Tick| {
        let now = (tick.place == place).then_some("is-now");
        // Where names would be written over each other, only the one of the place shown is.
        let written = !is_crowded || tick.place == place;
        html! {
            <span class={now}>{ written.then(|| tick.label.clone()) }</span>
        }
    };
    html! {
        <div class="scrub">
            { ruler(place, ticks.len()) }
            <input
                class="scrub-range"
                type="range"
                min="0"
                max={steps.to_string()}
                step="1"
                value={place.to_string()}
                aria-label={ui::PROGRESS.to(session.language)}
                aria-valuetext={value_text}
                {oninput}
                {onchange}
                {onpointerup}
            />
            <div class="scrub-labels" aria-hidden="true">{ for ticks.iter().map(label) }</div>
        </div>
    }
}

fn value(event: &impl TargetCast) -> Option<usize> {
    let input = event.target_dyn_into::<HtmlInputElement>()?;
    input.value().parse().ok()
}

/// The drawing of the ruler: as many equal columns as places, a tick in the middle of each, and the
/// heart where the reader is.
fn ruler(place: usize, places: usize) -> Html {
    let x = |place: usize| (600 * place + 300) / places.max(1);
    let (first, here, last) = (x(0), x(place), x(places.saturating_sub(1)));
    let ticks = |places: Range<usize>| {
        let each: Vec<String> = places.map(|at| format!("M{} 11V21", x(at))).collect();
        each.concat()
    };
    html! {
        <svg class="scrub-ticks" viewBox="0 0 600 32" aria-hidden="true">
            <path class="scrub-line" d={format!("M{first} 16H{last}")} />
            <path class="scrub-done" d={format!("M{first} 16H{here}")} />
            <path class="scrub-tick" d={ticks(place + 1..places)} />
            <path class="scrub-tick scrub-tick--done" d={ticks(0..place + 1)} />
            <g transform={format!("translate({here} 0)")}>
                <g class="scrub-heart">
                    <path class="scrub-thumb-wash" d="M2 29C-15 17-8 5 2 14 12 5 19 17 2 29z" />
                    <path class="scrub-thumb" d="M0 26C-17 15-10 2 0 11 10 2 17 15 0 26z" />
                </g>
            </g>
        </svg>
    }
}

fn picks(player: &PlayerProps) -> Html {
    let PlayerProps { session, act, .. } = player;
    let language = session.language;
    let speed = {
        let act = act.clone();
        move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let factor = select.map(|select| select.value()).unwrap_or_default();
            if let Some(speed) = Speed::ALL.into_iter().find(|speed| speed.factor() == factor) {
                act.emit(Action::SetSpeed(speed));
            }
        }
    };
    let choice = |name: Text, action: Action, chosen: bool| {
        let onclick = emit(act, action);
        html! {
            <button type="button" aria-pressed={chosen.to_string()} {onclick}>
                { name.to(language) }
            </button>
        }
    };
    let lens =
        |(lens, name): (Lens, Text)| choice(name, Action::SetLens(lens), session.lens == lens);
    let number = |(numbers, name): (Numbers, Text)| {
        choice(name, Action::SetNumbers(numbers), session.numbers == numbers)
    };
    let lenses = [ui::LOVE, ui::TCP];
    let names = [ui::RELATIVE, ui::SYMBOLIC, ui::REAL];
    html! {
        <div class="picks">
            if session.is_forked() {
                <button class="share" type="button" onclick={emit(act, Action::BackToScene)}>
                    { ui::BACK_TO_STORY.to(language) }
                </button>
            }
            <label class="pick">
                <span class="pick-name">{ ui::SPEED.to(language) }</span>
                <select class="speed" onchange={speed}>
                    { for Speed::ALL.into_iter().map(|each| option(each, session.speed)) }
                </select>
            </label>
            <div class="pick">
                <span class="pick-name" aria-hidden="true">{ ui::PLAYING.to(language) }</span>
                <div class="seg seg--icons" role="group" aria-label={ui::PLAYING.to(language)}>
                    { switch(player, Switch::Pauses, Glyph::Pauses, ui::PAUSES) }
                    { switch(player, Switch::Sound, Glyph::Sound, ui::SOUND) }
                </div>
            </div>
            <div class="pick">
                <span class="pick-name" aria-hidden="true">{ ui::LENS.to(language) }</span>
                <div class="seg seg--lens" role="group" aria-label={ui::LENS.to(language)}>
                    { for Lens::ALL.into_iter().zip(lenses).map(lens) }
                </div>
            </div>
            <div class="pick">
                <span class="pick-name" aria-hidden="true">{ ui::NUMBERS.to(language) }</span>
                <div class="seg seg--numbers" role="group" aria-label={ui::NUMBERS.to(language)}>
                    { for Numbers::ALL.into_iter().zip(names).map(number) }
                </div>
            </div>
        </div>
    }
}

/// Something to switch on and off: an icon, and its name where there is room.
fn switch(
    PlayerProps { session, act, .. }: &PlayerProps,
    switch: Switch,
    glyph: Glyph,
    name: Text,
) -> Html {
    let name = name.to(session.language);
    let pressed = session.is_on(switch).to_string();
    html! {
        <button type="button" title={name} aria-pressed={pressed} onclick={emit(act, Action::Flip(switch))}>
            { icon(glyph) }
            <span>{ name }</span>
        </button>
    }
}

fn option(speed: Speed, chosen: Speed) -> Html {
    html! {
        <option value={speed.factor()} selected={speed == chosen}>{ speed.label() }</option>
    }
}
