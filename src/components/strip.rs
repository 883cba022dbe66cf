//! The whole story as a comic strip, for paper: each step with both states, how it feels and what
//! was said.

use handshake::Side;
use maud::{Markup, html};
use story::view::{Bubble, conversation};
use story::words::{self, ui};
use story::{Position, Ruling, tell};

use super::phrases::phrases;
use super::side_class;
use crate::art;
use crate::session::Session;

/// All panels of the strip. It is for a page that is printed: on the screen it would be work that
/// nobody sees.
pub fn strip(session: &Session) -> Markup {
    let (language, last) = (session.language, session.trace.len());
    let end = Position::resting(&session.trace, last);
    let said = conversation(&session.trace, end, Some(&session.scene), language, session.numbers);
    html! {
        section class="strip" {
            h1 { (session.scene.title(language)) " · " (ui::TITLE.to(language)) }
            ol {
                @for place in 0..=last { (panel(session, place, &said)) }
            }
        }
    }
}

fn panel(session: &Session, place: usize, said: &[Bubble]) -> Markup {
    let (trace, language) = (&session.trace, session.language);
    let Session { scene, lexicon, numbers, .. } = session;
    let telling = tell(trace, place, Some(scene), lexicon, language, *numbers);
    html! {
        li class="panel" aria-label=(ui::step_of(place, trace.len(), language)) {
            p class="panel-states" {
                @for side in Side::BOTH {
                    span class={ "panel-who " (side_class(side)) } {
                        (art::face(side))
                        span {
                            (words::name(side).to(language)) " "
                            b lang="en" { (trace.world_at(place).end(side).state().name()) }
                        }
                    }
                }
            }
            p class="panel-story" { b { (place) } " " (phrases(&telling.story, language)) }
            @if let Some(feels) = &telling.feels {
                p class="panel-feels" { "♥ " (phrases(feels, language)) }
            }
            @for bubble in said.iter().filter(|bubble| bubble.since == place) {
                p class=(side_class(bubble.from)) {
                    (bubble.numeral) " " (phrases(&bubble.text, language))
                    span lang="en" { (bubble.header) }
                }
            }
            @if !telling.rulings.is_empty() {
                p class="panel-rules" {
                    (sources(&telling.rulings))
                }
            }
        }
    }
}

/// Where the rules stand; those that stand in one place are named once.
fn sources(rulings: &[Ruling]) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for ruling in rulings {
        if !sources.contains(&&*ruling.cited) {
            sources.push(&ruling.cited);
        }
    }
    sources.join(", ")
}
