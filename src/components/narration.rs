//! The narration: what happened, why, and what the story leaves out.

use story::words::ui;
use story::{CheckMark, Language, Ruling, Telling, Verdict, tell};
use yew::{Html, classes, function_component, html};

use super::app::PlayerProps;

#[function_component]
pub(crate) fn Narration(PlayerProps { session, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let (place, steps) = (session.place, session.trace.len());
    let Telling { story, rulings, left_out } =
        tell(&session.trace, place, Some(&session.scene), language, session.numbers);
    html! {
        <section class="narration">
            <p class="step-no">
                <b aria-hidden="true">{ place }</b>
                <span aria-hidden="true">{ "/" }{ steps }</span>
                <span class="unseen">{ ui::step_of(place, steps, language) }</span>
            </p>
            <p class="story" aria-live="polite" key={place}>{ story }</p>
            <div class="margin">
                { for rulings.iter().map(|each| ruling(each, language)) }
                if let Some(left_out) = left_out {
                    <section class="leftout">
                        <h2>{ ui::LEFT_OUT.to(language) }</h2>
                        <p>{ left_out }</p>
                    </section>
                }
            </div>
        </section>
    }
}

fn ruling(ruling: &Ruling, language: Language) -> Html {
    html! {
        <section class="ruling" data-rule={ruling.id}>
            <h2>
                { ui::RULE.to(language) }{ " " }
                <cite lang="en">
                    <a href={ruling.url.clone()}>{ "RFC 9293 §" }{ ruling.section }</a>
                </cite>
                { checks(&ruling.checks, language) }
            </h2>
            <p>
                { &ruling.text }
                if let Some(comparison) = &ruling.comparison {
                    { " " }<span class="comparison" lang="en">{ comparison }</span>
                }
            </p>
        </section>
    }
}

/// The questions that were asked of the segment, in the RFC's order, and which one decided.
fn checks(checks: &[CheckMark], language: Language) -> Html {
    if checks.is_empty() {
        return Html::default();
    }
    let mark = |check: &CheckMark| {
        let class = match check.verdict {
            Verdict::Passed => "check--passed",
            Verdict::Decided => "check--decided",
            Verdict::NotAsked => "check--later",
        };
        html! {
            <li class={classes!("check", class)}>{ check.name }</li>
        }
    };
    html! {
        <ol class="checks" lang="en" aria-label={ui::CHECKS.to(language)}>
            { for checks.iter().map(mark) }
        </ol>
    }
}
