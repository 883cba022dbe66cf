//! The stage: the landscape, the phones at its sides, the letters in the air, the narration.

use handshake::{Choice, Side};
use maud::{Markup, html};
use story::view::{Letter, letters, measured};
use story::words::ui;
use story::{Language, Position, Text};

use super::icon::{Glyph, icon};
use super::narration::narration;
use super::phone::phone;
use super::{side_class, side_letter};
use crate::art;
use crate::pictures::landscape;
use crate::session::{Action, Motion, Session};

/// The most letters that are drawn in the air; the others are counted, and found in the menus.
const DRAWN: usize = 3;

pub(super) fn stage(session: &Session) -> Markup {
    let letters = letters_at(session, session.position());
    let drawn = drawn(&letters);
    let fallen = lost_just_now(session);
    let moves: Vec<&str> = drawn.iter().map(|letter| motion(letter, session)).collect();
    let places = places(&drawn);
    let one_way =
        letters.first().filter(|first| letters.iter().all(|each| each.from == first.from));
    html! {
        section class="stage" {
            (landscape())
            div class={ "weather" @if fallen.is_some() { " weather--lost" } } aria-hidden="true" {}
            div class={
                    "sky-way"
                    @if let Some(one) = one_way { " " (side_class(one.from)) }
                    @if places == [HALF_WAY] { " half-way" }
                } data-turn {
                @if !letters.is_empty() { (art::flight_line()) }
                @for ((each, place), moves) in drawn.iter().zip(&places).zip(&moves) {
                    (letter(each, moves, (*place, drawn.len()), session))
                }
                @if let Some(fallen) = &fallen { (fallen) }
                @if letters.len() > DRAWN {
                    p class="sky-more" aria-hidden="true" { "+" (letters.len() - DRAWN) }
                }
            }
            (menus(
                &letters,
                &from_left(&drawn, &places),
                &tags_class(&moves, fallen.is_some()),
                session.language,
            ))
            @if let Some(letter) = measured(&letters) {
                (ruler(letter, letters.len() > 1, session.language))
            }
            (phone(session, Side::A))
            (phone(session, Side::B))
            (narration(session))
        }
    }
}

/// Where the two halves of the flight line meet, in per cent of the way.
const HALF_WAY: u16 = 50;

/// The menus come when a letter sets out and go when all that is there lands. The more letters, the
/// less room each has.
fn tags_class(moves: &[&str], is_lost: bool) -> String {
    let has = |motion: &str| moves.contains(&motion);
    let many = match moves.len() {
        0 | 1 => "",
        2 => " tags--many",
        _ => " tags--many tags--three",
    };
    let motion = if has("letter--depart") {
        " tags--depart"
    } else if (has("letter--arrive") || is_lost) && !has("letter--rest") {
        " tags--gone"
    } else {
        ""
    };
    format!("tags{many}{motion}")
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

/// Counts a way from the left, where T's letters come from; and back again.
fn counted_from_left(letter: &Letter, way: u16) -> u16 {
    match letter.from {
        Side::A => way,
        Side::B => 100 - way,
    }
}

/// Those that are drawn, as they stand beside each other.
fn from_left<'a>(drawn: &[&'a Letter], places: &[u16]) -> Vec<&'a Letter> {
    let mut order: Vec<_> = drawn.iter().copied().zip(places).collect();
    order.sort_by_key(|&(letter, &place)| counted_from_left(letter, place));
    order.into_iter().map(|(letter, _)| letter).collect()
}

/// Where along its way each letter is drawn, in per cent: where it is, as far as those beside it
/// leave room, in steps of five. One alone is large, and keeps off the houses.
fn places(drawn: &[&Letter]) -> Vec<u16> {
    let (apart, edge): (u16, u16) = match drawn.len() {
        0 | 1 => (0, 30),
        2 => (36, 15),
        _ => (28, 15),
    };
    let mut order: Vec<(u16, usize)> = drawn
        .iter()
        .enumerate()
        .map(|(index, letter)| (counted_from_left(letter, letter.flown_permille / 10), index))
        .collect();
    order.sort_unstable();
    let (mut least, mut others) = (edge, u16::try_from(order.len()).unwrap_or(0));
    for (place, _) in &mut order {
        others = others.saturating_sub(1);
        let most = (100 - edge).saturating_sub(apart * others).max(least);
        *place = (*place).clamp(least, most);
        least = *place + apart;
    }
    let mut places = vec![HALF_WAY; drawn.len()];
    for (place, index) in order {
        places[index] = (counted_from_left(drawn[index], place) + 2) / 5 * 5;
    }
    places
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
    Some(letter(fallen, "letter--lost", (places(&[fallen])[0], 1), session))
}

/// A letter that is drawn, with how it moves, where it rests and among how many.
fn letter(
    letter: &Letter,
    motion: &str,
    (place, count): (u16, usize),
    session: &Session,
) -> Markup {
    let is_picked = session.selected == Some(letter.packet);
    // One that appears where it is has to be new, since it fades in.
    let flies = motion != "letter--rest" && !session.reduced_motion;
    html! {
        div data-key=(letter.packet) data-reused[flies]
            class={
                "letter " (side_class(letter.from)) " " (motion)
                // The more there are, the smaller they are.
                @if count > 1 { " letter--" (count) }
                @if letter.is_by_crow() { " letter--forged" }
                @if letter.copied { " letter--copied" }
                @if letter.delayed { " letter--delayed" }
            }
            data-from=(side_letter(letter.from)) data-at=(place) data-packet=(letter.packet) lang="en" {
            button class="letter-body" type="button" lang=(session.language.tag())
                aria-pressed=(is_picked) data-do=(Action::Select(Some(letter.packet))) {
                i class="visually-hidden" { (letter.name) }
                // The copy of a letter has a pigeon of its own, behind that of the first.
                @if letter.copied {
                    span class="pigeon-second" { (art::pigeon()) }
                }
                (art::pigeon())
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

/// The menus of all letters in the air, in the order in which they hang; where there are many,
/// those that are not drawn share one.
fn menus(letters: &[Letter], drawn: &[&Letter], class: &str, language: Language) -> Markup {
    let is_drawn = |letter: &Letter| drawn.iter().any(|each| each.packet == letter.packet);
    let rest: Vec<&Letter> = letters.iter().filter(|letter| !is_drawn(letter)).collect();
    html! {
        div class=(class) data-turn {
            @for letter in drawn { (menu(letter, language)) }
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

/// The dimension line under the flight: how far a letter has come and how far it has to go, and
/// which one it is where there are several.
fn ruler(letter: &Letter, is_one_of_several: bool, language: Language) -> Markup {
    let (flown, to_go) =
        (ui::flown(letter.flown_ms, language), ui::to_go(letter.left_ms, language));
    let name = if is_one_of_several { letter.numeral.as_str() } else { "" };
    let flown = html! { @if !name.is_empty() { (name) " " } (flown) };
    let to_go = html! { (to_go) };
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

#[cfg(test)]
mod tests {
    use super::*;
    use story::Scene;

    #[test]
    fn letters_stand_where_they_are_and_not_on_each_other() {
        let resting = Session::new(Scene::confession().unwrap(), Language::English);
        let resting = resting.after(Action::Seek(2));
        let at = |session: &Session| {
            let letters = letters_at(session, session.position());
            places(&drawn(&letters))
        };
        assert_eq!(at(&resting), [50]);
        // The copy is where its original is: both give way.
        let copied = resting.after(Action::Choose(Choice::Duplicate(handshake::PacketId(1))));
        let places = at(&copied);
        assert!(places.len() == 2 && places[0].abs_diff(places[1]) >= 35, "{places:?}");
    }

    #[test]
    fn menus_stand_in_the_order_in_which_their_letters_hang() {
        let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hi~after.90ms.A.send.ho";
        let (scene, wrong) = Scene::of_run(run);
        assert_eq!(wrong, None);
        let session = Session::new(scene, Language::English);
        let session = session.after(Action::Seek(session.trace.len()));
        let letters = letters_at(&session, session.position());
        let drawn = drawn(&letters);
        let hanging = from_left(&drawn, &places(&drawn));
        let numerals: Vec<&str> = hanging.iter().map(|letter| letter.numeral.as_str()).collect();
        assert_eq!(numerals, ["⑤", "④"]);
    }
}
