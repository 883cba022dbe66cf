//! The stage: the landscape, the phones at its sides, the letters in the air, the narration.

use handshake::{Choice, Side};
use maud::{Markup, html};
use story::view::{Letter, letters};
use story::words::ui;
use story::{Language, Position, Text};

use super::icon::{Glyph, icon};
use super::narration::narration;
use super::phone::phone;
use super::{side_class, side_letter};
use crate::art;
use crate::session::{Action, Motion, Session};

/// The most letters that are drawn in the air; the others are counted, and found in the menus.
const DRAWN: usize = 3;

pub(super) fn stage(session: &Session) -> Markup {
    let letters = letters_at(session, session.position());
    let drawn = drawn(&letters);
    let one_way =
        letters.first().filter(|first| letters.iter().all(|each| each.from == first.from));
    html! {
        section class="stage" {
            @for landscape in art::landscapes() { (landscape) }
            div class="weather" aria-hidden="true" {}
            div class={ "sky-way" @if let Some(one) = one_way { " " (side_class(one.from)) } } {
                @if !letters.is_empty() { (art::flight_line()) }
                @for (index, each) in drawn.iter().enumerate() {
                    (letter(each, motion(each, session), (index, drawn.len()), session))
                }
                @if let Some(fallen) = lost_just_now(session) { (fallen) }
                @if letters.len() > DRAWN {
                    p class="sky-more" aria-hidden="true" { "+" (letters.len() - DRAWN) }
                }
            }
            (menus(&letters, &drawn, session.language))
            @if let Some(letter) = letters.last() { (ruler(letter, session.language)) }
            (phone(session, Side::A))
            (phone(session, Side::B))
            (narration(session))
        }
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

/// How a letter in the air moves.
fn motion(letter: &Letter, session: &Session) -> &'static str {
    let lands = || {
        let next = session.trace.step_to(session.place + 1);
        next.is_some_and(|step| step.choice == Choice::Deliver(letter.packet))
    };
    match session.motion {
        Motion::Landing if lands() => "letter--arrive",
        Motion::SettingOut if letter.flown_ms < letter.left_ms + 2 => "letter--depart",
        _ => "letter--rest",
    }
}

/// The letter that the last step lost: it falls, and the pigeon returns without it.
fn lost_just_now(session: &Session) -> Option<Markup> {
    let step = session.trace.step_to(session.place)?;
    let Choice::Drop(id) = step.choice else { return None };
    if session.motion != Motion::SettingOut {
        return None;
    }
    let letters = letters_at(session, Position::resting(&session.trace, session.place - 1));
    let fallen = letters.iter().find(|letter| letter.packet == id)?;
    Some(letter(fallen, "letter--lost", (0, 1), session))
}

/// A letter that is drawn, with how it moves and which of how many it is.
fn letter(
    letter: &Letter,
    motion: &str,
    (index, count): (usize, usize),
    session: &Session,
) -> Markup {
    let is_picked = session.selected == Some(letter.packet);
    html! {
        div data-key={ (letter.packet) (motion) }
            class={
                "letter " (side_class(letter.from)) " " (motion)
                // Where it stands among several.
                @if count > 1 { " letter--" (index + 1) "of" (count) }
                // T's pigeon carries neither what others write in its name nor what
                // strangers write.
                @if letter.forged || letter.stranger.is_some() { " letter--forged" }
                @if letter.copied { " letter--copied" }
                @if letter.delayed { " letter--delayed" }
            }
            data-from=(side_letter(letter.from)) data-packet=(letter.packet) lang="en" {
            button class="letter-body" type="button" lang=(session.language.tag())
                aria-pressed=(is_picked) data-do=(Action::Select(Some(letter.packet))) {
                i class="visually-hidden" { (letter.name) }
                // The copy of a letter has a pigeon of its own, behind that of the first.
                @if letter.copied {
                    span class="pigeon-second" { (art::pigeon(letter.from)) }
                }
                (art::pigeon(letter.from))
                (art::envelope())
                span class="env-text" aria-hidden="true" {
                    span class="env-flags" {
                        @for flag in &letter.flags { b class="env-flag" { (flag) } }
                    }
                    (line("seq", &letter.seq))
                    @if let Some(ack) = &letter.ack { (line("ack", ack)) }
                    span class="stamp-num" { (letter.numeral) }
                }
            }
        }
    }
}

/// A number on the envelope; a long one is written smaller.
fn line(name: &str, number: &str) -> Markup {
    let class = if number.len() > 6 { "env-line env-line--s" } else { "env-line" };
    html! {
        span class=(class) { (name) " " (number) }
    }
}

/// The menus of all letters in the air; where there are many, those that are not drawn share one.
fn menus(letters: &[Letter], drawn: &[&Letter], language: Language) -> Markup {
    let is_drawn = |letter: &Letter| drawn.iter().any(|each| each.packet == letter.packet);
    let (first, rest): (Vec<_>, Vec<_>) = letters.iter().partition(|letter| is_drawn(letter));
    html! {
        div class="tags" {
            @for letter in first { (menu(letter, language)) }
            @if !rest.is_empty() {
                details class="tags-more" {
                    summary class="tag" aria-label=(ui::more_letters(rest.len(), language)) {
                        "+" (rest.len())
                    }
                    div class="tags-rest" {
                        @for letter in rest { (menu(letter, language)) }
                    }
                }
            }
        }
    }
}

/// What can be done to a letter in the air: exactly what the world offers.
fn menu(letter: &Letter, language: Language) -> Markup {
    html! {
        div class="tag" role="group" aria-label=(ui::letter_title(&letter.numeral, language))
            data-key=(letter.packet) data-packet=(letter.packet) {
            span class="tag-no" aria-hidden="true" {
                (letter.numeral)
                i { " " (ui::IN_FLIGHT.to(language)) }
            }
            @for choice in &letter.choices {
                @if let Some((glyph, name)) = act_words(choice) {
                    button class="act" type="button" title=(name.to(language))
                        data-do=(Action::Choose(choice.clone())) {
                        (icon(glyph))
                        span { (name.to(language)) }
                    }
                }
            }
        }
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
fn ruler(letter: &Letter, language: Language) -> Markup {
    let flown = ui::flown(letter.flown_ms, language);
    let to_go = ui::to_go(letter.left_ms, language);
    let (left, right) = match letter.from {
        Side::A => (flown, to_go),
        Side::B => (to_go, flown),
    };
    html! {
        div class="ruler" {
            p class="ruler-part" { span { (left) } }
            p class="ruler-part" { span { (right) } }
        }
    }
}
