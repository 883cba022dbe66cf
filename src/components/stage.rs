//! The stage: the landscape, the phones at its sides, the letters in the air, the narration.

use handshake::{Choice, Side};
use story::view::{Letter, letters};
use story::{Language, Text, words::ui};
use yew::{Callback, Html, classes, html};

use super::icon::{Glyph, icon};
use super::narration::Narration;
use super::phone::Phone;
use super::player::PlayerProps;
use super::{side_class, side_letter};
use crate::session::{Action, Motion};
use crate::{art, browser};

pub(super) fn stage(player: &PlayerProps) -> Html {
    let PlayerProps { session, act, .. } = player;
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
    let one_way = letters.iter().all(|letter| letter.from == letters[0].from);
    let side = letters.first().filter(|_| one_way).map(|letter| side_class(letter.from));
    let way = classes!("sky-way", side);
    html! {
        <section class="stage">
            { for art::landscapes() }
            <div class={way}>
                if count > 0 {
                    { art::flight_line() }
                }
                { for in_the_air }
                { for lost }
            </div>
            <div class="tags">
                { for letters.iter().map(|each| menu(each, act, session.language)) }
            </div>
            { ruler(letters.last(), session.language) }
            <Phone side={Side::A} player={player.clone()} />
            <Phone side={Side::B} player={player.clone()} />
            <Narration session={session.clone()} act={act.clone()} />
        </section>
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
    let place = match (index, count) {
        (_, 0 | 1) => None,
        (0, 2) => Some("letter--1of2"),
        (1, 2) => Some("letter--2of2"),
        (0, _) => Some("letter--1of3"),
        (1, _) => Some("letter--2of3"),
        // A fourth would cover the third; it is in the ladder and in the menus all the same.
        (_, _) => Some("letter--3of3"),
    };
    // T's pigeon carries neither what others write in its name nor what strangers write.
    let forged = (letter.forged || letter.stranger.is_some()).then_some("letter--forged");
    let flag = |name: &&'static str| {
        html! {
            <b class="env-flag">{ *name }</b>
        }
    };
    html! {
        <div
            key={format!("{}{motion}", letter.packet)}
            class={classes!("letter", side_class(letter.from), motion, place, forged)}
            data-from={side_letter(letter.from)}
            data-packet={letter.packet.0.to_string()}
            lang="en"
        >
            <div class="letter-body">
                { art::pigeon(letter.from) }
                { art::envelope() }
                <div class="env-text">
                    <span class="env-flags">{ for letter.flags.iter().map(flag) }</span>
                    { line("seq", &letter.seq) }
                    { for letter.ack.iter().map(|ack| line("ack", ack)) }
                    <span class="stamp-num">{ &letter.numeral }</span>
                </div>
            </div>
        </div>
    }
}

/// A number on the envelope; a long one is written smaller.
fn line(name: &'static str, number: &str) -> Html {
    let small = (number.len() > 6).then_some("env-line--s");
    html! {
        <span class={classes!("env-line", small)}>{ name }{ " " }{ number }</span>
    }
}

/// What can be done to a letter in the air: exactly what the world offers.
fn menu(letter: &Letter, act: &Callback<Action>, language: Language) -> Html {
    let button = |choice: &Choice| {
        let (glyph, name) = act_words(choice)?;
        let (act, choice) = (act.clone(), choice.clone());
        let onclick = move |_| {
            act.emit(Action::Choose(choice.clone()));
            browser::focus_next_step();
        };
        Some(html! {
            <button class="act" type="button" title={name.to(language)} {onclick}>
                { icon(glyph) }
                <span>{ name.to(language) }</span>
            </button>
        })
    };
    let title = ui::letter_title(&letter.numeral, language);
    html! {
        <div class="tag" role="group" aria-label={title.clone()} key={letter.packet.0}>
            <span class="tag-no" aria-hidden="true">{ title }</span>
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
        Choice::Expire(..)
        | Choice::ExpireStranger(..)
        | Choice::Call(..)
        | Choice::Crash(_)
        | Choice::Forge(..)
        | Choice::Stranger(..) => None,
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
            <p class="ruler-part"><span>{ left }</span></p>
            <p class="ruler-part"><span>{ right }</span></p>
        </div>
    }
}
