//! Phrases of Chinese that are not broken: lines end after punctuation.

use maud::{Markup, html};
use story::Language;
use story::words::glossary::{Part, Term, explain};

use super::glossary::word;

/// The punctuation after which a line of Chinese may end.
const PHRASE_ENDS: [char; 6] = ['，', '。', '！', '？', '；', '：'];

/// What no line of English begins with.
const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', ')', '”', '’'];

/// What closes the word before this part.
fn closing<'a>(next: Option<&Part<'a>>) -> &'a str {
    match next {
        Some(Part::Plain(text)) => &text[..text.len() - text.trim_start_matches(CLOSING).len()],
        Some(Part::Term(..)) | None => "",
    }
}

/// The text in phrases as below, its words of the trade explained; `scope` is a name that no other
/// text on the page has, and what is `known` is not explained again.
pub(super) fn explained(
    text: &str,
    language: Language,
    scope: &str,
    known: &mut Vec<&'static Term>,
) -> Markup {
    let mut parts = |text: &str| {
        let parts = explain(text, language, known);
        html! {
            @for (index, part) in parts.iter().enumerate() {
                @match part {
                    Part::Plain(text) => {
                        @let is_behind = index > 0;
                        (if is_behind { text.trim_start_matches(CLOSING) } else { text })
                    },
                    Part::Term(written, term) => {
                        @let closing = closing(parts.get(index + 1));
                        // A line may end behind a button, so what closes the word goes with it.
                        @if closing.is_empty() {
                            (word(written, term, language, scope))
                        } @else {
                            span class="nb" { (word(written, term, language, scope)) (closing) }
                        }
                    }
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
