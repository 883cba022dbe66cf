//! The stage: the landscape, the phones at its sides, the letters in the air, the narration.

use handshake::{Choice, PacketId, Side};
use story::view::{Letter, letters};
use story::words::ui;
use story::{Language, Position, Text};
use yew::{Callback, Html, classes, html};

use super::bubble::pick;
use super::icon::{Glyph, icon};
use super::narration::Narration;
use super::phone::Phone;
use super::player::PlayerProps;
use super::{side_class, side_letter};
use crate::session::{Action, Motion, Session};
use crate::{art, browser};

/// The most letters that are drawn in the air; the others are counted, and found in the menus.
const DRAWN: usize = 3;

pub(super) fn stage(player: &PlayerProps) -> Html {
    let PlayerProps { session, act, .. } = player;
    let letters = letters_at(session, session.position());
    let lost = lost_just_now(player);
    let lands = session.trace.step_to(session.place + 1).map(|step| step.choice.clone());
    let drawn = drawn(&letters);
    let in_the_air = drawn.iter().enumerate().map(|(index, each)| {
        let lands = lands == Some(Choice::Deliver(each.packet));
        let motion = match session.motion {
            Motion::Landing if lands => "letter--arrive",
            Motion::SettingOut if each.flown_ms < each.left_ms + 2 => "letter--depart",
            _ => "letter--rest",
        };
        letter(each, (motion, place_among(index, drawn.len())), player)
    });
    let one_way = letters.iter().all(|letter| letter.from == letters[0].from);
    let side = letters.first().filter(|_| one_way).map(|letter| side_class(letter.from));
    let way = classes!("sky-way", side);
    html! {
        <section class="stage">
            { for art::landscapes() }
            <div class="weather" aria-hidden="true"></div>
            <div class={way}>
                if !letters.is_empty() {
                    { art::flight_line() }
                }
                { for in_the_air }
                { for lost }
                if letters.len() > DRAWN {
                    <p class="sky-more" aria-hidden="true">{ "+" }{ letters.len() - DRAWN }</p>
                }
            </div>
            { menus(&letters, player) }
            { ruler(letters.last(), session.language) }
            <Phone side={Side::A} player={player.clone()} />
            <Phone side={Side::B} player={player.clone()} />
            <Narration session={session.clone()} act={act.clone()} />
        </section>
    }
}

fn letters_at(session: &Session, position: Position) -> Vec<Letter> {
    letters(&session.trace, position, session.language, session.numbers)
}

/// Those that land first are drawn, in the order in which they were sent.
fn drawn(letters: &[Letter]) -> Vec<&Letter> {
    let mut drawn: Vec<&Letter> = letters.iter().collect();
    drawn.sort_by_key(|letter| letter.left_ms);
    drawn.truncate(DRAWN);
    drawn.sort_by_key(|letter| letter.packet);
    drawn
}

/// The letter that the last step lost: it falls, and the pigeon returns without it.
fn lost_just_now(player: &PlayerProps) -> Option<Html> {
    let session = &player.session;
    let step = session.trace.step_to(session.place)?;
    let Choice::Drop(id) = step.choice else { return None };
    if session.motion != Motion::SettingOut {
        return None;
    }
    let letters = letters_at(session, Position::resting(&session.trace, session.place - 1));
    let fallen = letters.iter().find(|letter| letter.packet == id)?;
    Some(letter(fallen, ("letter--lost", None), player))
}

/// Where a letter stands among several.
fn place_among(index: usize, count: usize) -> Option<String> {
    (count > 1).then(|| format!("letter--{}of{count}", index + 1))
}

fn letter(
    letter: &Letter,
    (motion, place): (&'static str, Option<String>),
    PlayerProps { session, act, .. }: &PlayerProps,
) -> Html {
    let is_picked = session.selected == Some(letter.packet);
    let flag = |name: &&'static str| {
        html! {
            <b class="env-flag">{ *name }</b>
        }
    };
    let manner = classes!(
        // T's pigeon carries neither what others write in its name nor what strangers write.
        (letter.forged || letter.stranger.is_some()).then_some("letter--forged"),
        letter.copied.then_some("letter--copied"),
        letter.delayed.then_some("letter--delayed"),
    );
    html! {
        <div
            key={format!("{}{motion}", letter.packet)}
            class={classes!("letter", side_class(letter.from), motion, place, manner)}
            data-from={side_letter(letter.from)}
            data-packet={letter.packet.0.to_string()}
            lang="en"
        >
            <button
                class="letter-body"
                type="button"
                lang={session.language.tag()}
                aria-pressed={is_picked.to_string()}
                onclick={pick(letter.packet, act)}
            >
                <i class="visually-hidden">{ &letter.name }</i>
                // The copy of a letter has a pigeon of its own, behind that of the first.
                if letter.copied {
                    <span class="pigeon-second">{ art::pigeon(letter.from) }</span>
                }
                { art::pigeon(letter.from) }
                { art::envelope() }
                <span class="env-text" aria-hidden="true">
                    <span class="env-flags">{ for letter.flags.iter().map(flag) }</span>
                    { line("seq", &letter.seq) }
                    { for letter.ack.iter().map(|ack| line("ack", ack)) }
                    <span class="stamp-num">{ &letter.numeral }</span>
                </span>
            </button>
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

/// The menus of all letters in the air; where there are many, those that are not drawn share one.
fn menus(letters: &[Letter], PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let shown: Vec<PacketId> = drawn(letters).iter().map(|letter| letter.packet).collect();
    let (first, rest): (Vec<_>, Vec<_>) =
        letters.iter().partition(|letter| shown.contains(&letter.packet));
    let each = |letter: &&Letter| menu(letter, act, session.language);
    html! {
        <div class="tags">
            { for first.iter().map(each) }
            if !rest.is_empty() {
                <details class="tags-more">
                    <summary class="tag" aria-label={ui::more_letters(rest.len(), session.language)}>
                        { "+" }{ rest.len() }
                    </summary>
                    <div class="tags-rest">{ for rest.iter().map(each) }</div>
                </details>
            }
        </div>
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
        <div
            class="tag"
            role="group"
            aria-label={title}
            key={letter.packet.0}
            data-packet={letter.packet.0.to_string()}
        >
            <span class="tag-no" aria-hidden="true">
                { &letter.numeral }<i>{ " " }{ ui::IN_FLIGHT.to(language) }</i>
            </span>
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
