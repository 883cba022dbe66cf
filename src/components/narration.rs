//! The narration: what happened, why, and what the story leaves out.

use maud::{Markup, html};
use story::words::ui;
use story::{CheckMark, Language, Ruling, Telling, Verdict, facts, tell};

use super::phrases::{explained, phrases};
use crate::session::{Action, Fold, Lens, Session};

pub(super) fn narration(session: &Session) -> Markup {
    let language = session.language;
    let (place, steps) = (session.place, session.trace.len());
    let Session { scene, lexicon, numbers, .. } = session;
    let telling = tell(&session.trace, place, Some(scene), lexicon, language, *numbers);
    let awaits = telling.awaits_words && session.wordless != Some(place);
    let hushed = session.is_rushing() || (awaits && session.lens == Lens::Love);
    let notes = session.is_unfolded(Fold::Notes);
    let bare = session.lens == Lens::Tcp || telling.feels.is_none();
    html! {
        section class="narration" data-notes=[notes.then_some("open")] data-turn {
            p class="step-no" {
                b aria-hidden="true" { (place) }
                span aria-hidden="true" { "/" (steps) }
            }
            // It stays, so that a screen reader hears it change. While places rush by, or better
            // words are on their way, nothing is said; the words are put in anew where places come
            // to rest, or when better ones come, and then they are.
            div class="story" aria-live=(if hushed { "off" } else { "polite" }) {
                // Without feelings the last line is the button's.
                div class={ "fade" @if bare { " fade--bare" } }
                    data-key={ (place) (session.lens.id()) (hushed) } {
                    span class="visually-hidden" { (ui::step_of(place, steps, language)) ": " }
                    @match session.lens {
                        Lens::Love => (story(&telling, language)),
                        Lens::Tcp => (plainly(session)),
                    }
                }
            }
            @if !telling.rulings.is_empty() || telling.left_out.is_some() {
                button class="more" type="button" aria-expanded=(notes)
                    data-do=(Action::Turn(Fold::Notes)) {
                    (ui::NOTES.to(language))
                }
                (margin(&telling, place, language))
            }
        }
    }
}

/// What stands beside the story: the rules, and what the story leaves out. At another place all of
/// it is new: to put it in at once is cheaper than to change each word.
fn margin(telling: &Telling, place: usize, language: Language) -> Markup {
    html! {
        div class="margin" tabindex="0" role="group" aria-label=(ui::NOTES.to(language)) {
            @for index in 0..telling.rulings.len() {
                (ruling(&telling.rulings, index, place, language))
            }
            @if let Some(left_out) = &telling.left_out {
                section class="leftout" data-key=(place) {
                    h2 { (ui::LEFT_OUT.to(language)) }
                    p { (explained(left_out, language, "left-out", &mut Vec::new())) }
                }
            }
        }
    }
}

/// What the narrator says, and how it feels.
fn story(Telling { story, feels, .. }: &Telling, language: Language) -> Markup {
    html! {
        p { (explained(story, language, "story", &mut Vec::new())) }
        @if let Some(feels) = feels {
            p class="feels" { span aria-hidden="true" { "♥ " } (phrases(feels, language)) }
        }
    }
}

/// What TCP does, a line for each fact.
fn plainly(session: &Session) -> Markup {
    let language = session.language;
    let facts = facts(&session.trace, session.place, language, session.numbers);
    let mut known = Vec::new();
    html! {
        ul class="facts" {
            @for (index, fact) in facts.iter().enumerate() {
                li { (explained(fact, language, &format!("fact-{index}"), &mut known)) }
            }
        }
    }
}

/// One of the rules. What follows another of the same source needs no heading of its own.
fn ruling(rulings: &[Ruling], index: usize, place: usize, language: Language) -> Markup {
    let ruling = &rulings[index];
    let before = index.checked_sub(1).map(|before| &rulings[before].cited);
    let is_headed = before != Some(&ruling.cited) || !ruling.checks.is_empty();
    let scope = format!("rule-{index}");
    html! {
        section class="ruling" data-key=(place) data-rule=(ruling.id) {
            @if is_headed {
                div class="ruling-head" {
                    h2 {
                        span class="visually-hidden" { (ui::RULE.to(language)) " " }
                        cite {
                            a href=(ruling.url) target="_blank" rel="noopener" { (ruling.cited) }
                        }
                    }
                    (checks(&ruling.checks, language))
                }
            }
            p {
                @if let Some(text) = &ruling.text {
                    (explained(text, language, &scope, &mut Vec::new()))
                }
                @if let Some(comparison) = &ruling.comparison {
                    " "
                    span class="comparison" lang="en" { (comparison) }
                }
            }
        }
    }
}

/// The questions that were asked of the segment, in the RFC's order, and which one decided. What
/// was not asked any more is left out: there is room for one line.
fn checks(checks: &[CheckMark], language: Language) -> Markup {
    html! {
        @if !checks.is_empty() {
            ol class="checks" lang="en" aria-label=(ui::CHECKS.to(language)) {
                @for check in checks {
                    @match check.verdict {
                        Verdict::Passed => li class="check check--no" { (check.name) },
                        Verdict::Decided => li class="check check--decided" { (check.name) },
                        Verdict::NotAsked => {}
                    }
                }
            }
        }
    }
}
