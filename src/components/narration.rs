//! The narration: what happened, why, and what the story leaves out.

use story::words::ui;
use story::{CheckMark, Language, Ruling, Telling, Verdict, facts, tell};
use yew::{Html, classes, function_component, html, use_state_eq};

use super::phrases::{explained, phrases};
use super::player::PlayerProps;
use crate::session::Lens;

#[function_component]
pub(crate) fn Narration(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let (place, steps) = (session.place, session.trace.len());
    let telling = tell(&session.trace, place, Some(&session.scene), language, session.numbers);
    let told = match session.lens {
        Lens::Love => story(&telling, language),
        Lens::Tcp => plainly(&facts(&session.trace, place, language, session.numbers), language),
    };
    let Telling { rulings, left_out, .. } = telling;
    let rushing = session.is_rushing();
    let notes = use_state_eq(|| false);
    let toggle = {
        let notes = notes.clone();
        move |_| notes.set(!*notes)
    };
    html! {
        <section class="narration" data-notes={notes.then_some("open")}>
            <p class="step-no">
                <b aria-hidden="true">{ place }</b>
                <span aria-hidden="true">{ "/" }{ steps }</span>
            </p>
            // It stays, so that a screen reader hears it change. While places rush by nothing is
            // said; the words are put in anew where they come to rest, and then they are.
            <div class="story" aria-live={if rushing { "off" } else { "polite" }}>
                <div class="fade" key={format!("{place}{}{rushing}", session.lens.id())}>
                    <span class="visually-hidden">{ ui::step_of(place, steps, language) }{ ": " }</span>
                    { told }
                </div>
            </div>
            <button class="more" type="button" aria-expanded={notes.to_string()} onclick={toggle}>
                { ui::NOTES.to(language) }
            </button>
            <div class="margin" tabindex="0" role="group" aria-label={ui::NOTES.to(language)}>
                { for (0..rulings.len()).map(|index| ruling(&rulings, index, language)) }
                if let Some(left_out) = left_out {
                    <section class="leftout">
                        <h2>{ ui::LEFT_OUT.to(language) }</h2>
                        <p>{ explained(&left_out, language, "left-out", &mut Vec::new()) }</p>
                    </section>
                }
            </div>
        </section>
    }
}

/// What the narrator says, and how it feels.
fn story(Telling { story, feels, .. }: &Telling, language: Language) -> Html {
    html! {
        <>
            <p>{ explained(story, language, "story", &mut Vec::new()) }</p>
            if let Some(feels) = feels {
                <p class="feels"><span aria-hidden="true">{ "♥ " }</span>{ phrases(feels, language) }</p>
            }
        </>
    }
}

/// What TCP does, a line for each fact.
fn plainly(facts: &[String], language: Language) -> Html {
    let mut known = Vec::new();
    let fact = |(index, fact): (usize, &String)| {
        html! {
            <li>{ explained(fact, language, &format!("fact-{index}"), &mut known) }</li>
        }
    };
    html! {
        <ul class="facts">{ for facts.iter().enumerate().map(fact) }</ul>
    }
}

/// One of the rules. What follows another of the same source needs no heading of its own.
fn ruling(rulings: &[Ruling], index: usize, language: Language) -> Html {
    let ruling = &rulings[index];
    let before = index.checked_sub(1).map(|before| &rulings[before].cited);
    let is_headed = before != Some(&ruling.cited) || !ruling.checks.is_empty();
    let scope = format!("rule-{index}");
    html! {
        <section class="ruling" data-rule={ruling.id}>
            if is_headed {
                <div class="ruling-head">
                <h2>
                    <span class="visually-hidden">{ ui::RULE.to(language) }{ " " }</span>
                    <cite>
                        <a href={ruling.url.clone()} target="_blank" rel="noopener">{ &ruling.cited }</a>
                    </cite>
                </h2>
                { checks(&ruling.checks, language) }
                </div>
            }
            <p>
                { explained(&ruling.text, language, &scope, &mut Vec::new()) }
                if let Some(comparison) = &ruling.comparison {
                    { " " }<span class="comparison" lang="en">{ comparison }</span>
                }
            </p>
        </section>
    }
}

/// The questions that were asked of the segment, in the RFC's order, and which one decided. What
/// was not asked any more is left out: there is room for one line.
fn checks(checks: &[CheckMark], language: Language) -> Html {
    if checks.is_empty() {
        return Html::default();
    }
    let mark = |check: &CheckMark| {
        let class = match check.verdict {
            Verdict::Passed => "check--no",
            Verdict::Decided => "check--decided",
            Verdict::NotAsked => return None,
        };
        Some(html! {
            <li class={classes!("check", class)}>{ check.name }</li>
        })
    };
    html! {
        <ol class="checks" lang="en" aria-label={ui::CHECKS.to(language)}>
            { for checks.iter().filter_map(mark) }
        </ol>
    }
}
