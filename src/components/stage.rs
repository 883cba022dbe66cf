//! The stage: the landscape, the phones at its sides, the letters in the air, the narration.

use handshake::{Choice, Side};
use story::view::{Letter, letters};
use story::{Language, Text, words::ui};
use yew::{Callback, Html, classes, function_component, html};

use super::app::PlayerProps;
use super::icon::{Glyph, Icon};
use super::narration::Narration;
use super::phone::Phone;
use super::{side_class, side_letter};
use crate::art;
use crate::session::{Action, Motion};

#[function_component]
pub(crate) fn Stage(player: &PlayerProps) -> Html {
    let PlayerProps { session, act } = player;
    let letters = letters(&session.trace, session.position(), session.numbers);
    let lost = lost_just_now(player);
    let count = letters.len();
    let lands = session.trace.step_to(session.place + 1).map(|step| step.choice.clone());
    let in_the_air = letters.iter().enumerate().map(|(index, each)| {
        let lands = lands == Some(Choice::Deliver(each.packet));
        let motion = match session.motion {
            Motion::Landing if lands => "letter--arrive",
            Motion::SettingOut if each.flown_ms < each.left_ms + 2 => "letter--depart",
            _ => "letter--rest",
        };
        letter(each, motion, index, count)
    });
    html! {
        <section class="stage">
            { for art::landscapes() }
            <div class="sky-way" aria-hidden={letters.is_empty().then_some("true")}>
                { for letters.iter().take(1).map(|each| flight_line(each.from)) }
                { for in_the_air }
                { for lost }
            </div>
            { menu(letters.last(), act, session.language) }
            { ruler(letters.last(), session.language) }
            <Phone side={Side::A} player={player.clone()} />
            <Phone side={Side::B} player={player.clone()} />
            <Narration session={session.clone()} act={act.clone()} />
        </section>
    }
}

/// The way through the air: dashed where the letter has been, dotted where it will go.
fn flight_line(from: Side) -> Html {
    let class = classes!("flight-line", side_class(from));
    let (done, to_go) = match from {
        Side::A => ("M0 100Q25 20 50 20", "M50 20Q75 20 100 100"),
        Side::B => ("M100 100Q75 20 50 20", "M50 20Q25 20 0 100"),
    };
    html! {
        <svg {class} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <path class="flight flight--done" d={done} vector-effect="non-scaling-stroke" />
            <path class="flight" d={to_go} vector-effect="non-scaling-stroke" />
        </svg>
    }
}

/// The letter that the last step lost: it falls, and the pigeon returns without it.
fn lost_just_now(PlayerProps { session, .. }: &PlayerProps) -> Option<Html> {
    let step = session.trace.step_to(session.place)?;
    let Choice::Drop(id) = step.choice else { return None };
    if session.motion != Motion::SettingOut {
        return None;
    }
    let before = story::Position::resting(&session.trace, session.place - 1);
    let letters = letters(&session.trace, before, session.numbers);
    let fallen = letters.iter().find(|letter| letter.packet == id)?;
    Some(letter(fallen, "letter--lost", 0, 1))
}

fn letter(letter: &Letter, motion: &'static str, index: usize, count: usize) -> Html {
    let place = (count > 1).then(|| format!("letter--{}of{}", index + 1, count.min(3)));
    let flag = |name: &&'static str| {
        html! {
            <span class="env-flag">{ *name }</span>
        }
    };
    html! {
        <div
            key={format!("{}{motion}", letter.packet)}
            class={classes!("letter", side_class(letter.from), motion, place)}
            data-from={side_letter(letter.from)}
            data-packet={letter.packet.0.to_string()}
            lang="en"
        >
            { art::pigeon(letter.from) }
            <div class="envelope">
                { art::envelope() }
                <p class="env-flags">{ for letter.flags.iter().map(flag) }</p>
                <p class="env-line">{ "seq " }{ &letter.seq }</p>
                if let Some(ack) = &letter.ack {
                    <p class="env-line">{ "ack " }{ ack }</p>
                }
                <span class="stamp-num">{ &letter.numeral }</span>
            </div>
        </div>
    }
}

/// What can be done to the letter in the air: exactly what the world offers.
fn menu(letter: Option<&Letter>, act: &Callback<Action>, language: Language) -> Html {
    let Some(letter) = letter else { return Html::default() };
    let button = |choice: &Choice| {
        let (glyph, name) = act_words(choice)?;
        let (act, choice) = (act.clone(), choice.clone());
        let onclick = move |_| act.emit(Action::Choose(choice.clone()));
        Some(html! {
            <button class="act" type="button" {onclick}>
                <Icon {glyph} />
                <span>{ name.to(language) }</span>
            </button>
        })
    };
    html! {
        <div class={classes!("tag", side_class(letter.from))} role="group"
            aria-label={ui::letter_title(&letter.numeral, language)}>
            <span class="tag-no">{ ui::letter_title(&letter.numeral, language) }</span>
            { for letter.choices.iter().filter_map(button) }
        </div>
    }
}

fn act_words(choice: &Choice) -> Option<(Glyph, Text)> {
    match choice {
        Choice::Deliver(_) => Some((Glyph::Deliver, ui::DELIVER)),
        Choice::Drop(_) => Some((Glyph::Lose, ui::LOSE)),
        Choice::Delay(..) => Some((Glyph::Delay, ui::DELAY)),
        Choice::Duplicate(_) => Some((Glyph::Copy, ui::COPY)),
        Choice::Expire(..) | Choice::Call(..) => None,
    }
}

/// The dimension line under the flight: how far it has come and how far it has to go.
fn ruler(letter: Option<&Letter>, language: Language) -> Html {
    let Some(letter) = letter else { return Html::default() };
    let flown = ui::flown(letter.flown_ms, language);
    let to_go = ui::to_go(letter.left_ms, language);
    let (left, right) = match letter.from {
        Side::A => (flown, to_go),
        Side::B => (to_go, flown),
    };
    html! {
        <div class="ruler">
            <span class="ruler-part">{ left }</span>
            <span class="ruler-part">{ right }</span>
        </div>
    }
}
