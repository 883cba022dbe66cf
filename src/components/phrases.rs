//! Phrases of Chinese that are not broken: lines end after punctuation.

use maud::{Markup, html};
use story::Language;
use story::words::glossary::{Part, Term, explain};

use super::glossary::word;

/// The punctuation after which a line of Chinese may end.
const PHRASE_ENDS: [char; 6] = ['，', '。', '！', '？', '；', '：'];

/// The text in phrases as below, its words of the trade explained; `scope` is a name that no other
/// text on the page has, and what is `known` is not explained again.
pub(super) fn explained(
    text: &str,
    language: Language,
    scope: &str,
    known: &mut Vec<&'static Term>,
) -> Markup {
    let mut parts = |text: &str| {
        html! {
            @for part in explain(text, language, known) {
                @match part {
                    Part::Plain(text) => (text),
                    Part::Term(written, term) => (word(written, term, language, scope)),
                }
            }
        }
    };
    if language == Language::English {
        return parts(text);
    }
    html! {
        @for phrase in text.split_inclusive(PHRASE_ENDS) {
            span class="nb" { (parts(phrase)) }
        }
    }
}

/// The text in phrases that stay together. English breaks between words, as it is used to.
pub(super) fn phrases(text: &str, language: Language) -> Markup {
    if language == Language::English {
        return html! { (text) };
    }
    html! {
        @for phrase in text.split_inclusive(PHRASE_ENDS) {
            span class="nb" { (phrase) }
        }
    }
}
