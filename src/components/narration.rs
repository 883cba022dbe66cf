//! The narration: what happened, why, and what the story leaves out.

use story::words::ui;
use story::{CheckMark, Language, Ruling, Telling, Verdict, tell};
use yew::{Html, classes, function_component, html, use_state_eq};

use super::phrases::phrases;
use super::player::PlayerProps;

#[function_component]
pub(crate) fn Narration(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let (place, steps) = (session.place, session.trace.len());
    let Telling { story, rulings, left_out } =
        tell(&session.trace, place, Some(&session.scene), language, session.numbers);
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
                <span class="visually-hidden">{ ui::step_of(place, steps, language) }</span>
            </p>
            // The paragraph stays, so that a screen reader hears it change.
            <p class="story" aria-live="polite">
                <span class="fade" key={place}>{ phrases(&story, language) }</span>
            </p>
            <button class="more" type="button" aria-expanded={notes.to_string()} onclick={toggle}>
                { ui::NOTES.to(language) }
            </button>
            <div class="margin" tabindex="0" role="group" aria-label={ui::NOTES.to(language)}>
                { for rulings.iter().map(|each| ruling(each, language)) }
                if let Some(left_out) = left_out {
                    <section class="leftout">
                        <h2>{ ui::LEFT_OUT.to(language) }</h2>
                        <p>{ phrases(&left_out, language) }</p>
                    </section>
                }
            </div>
        </section>
    }
}

fn ruling(ruling: &Ruling, language: Language) -> Html {
    html! {
        <section class="ruling" data-rule={ruling.id}>
            <div class="ruling-head">
            <h2>
                <span class="visually-hidden">{ ui::RULE.to(language) }{ " " }</span>
                <cite lang="en">
                    <a href={ruling.url.clone()} target="_blank" rel="noopener">{ "RFC 9293 §" }{ ruling.section }</a>
                </cite>
            </h2>
            { checks(&ruling.checks, language) }
            </div>
            <p>
                { phrases(&ruling.text, language) }
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
