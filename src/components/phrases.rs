//! Phrases of Chinese that are not broken: lines end after punctuation.

use story::Language;
use story::words::glossary::{Part, Term, explain};
use yew::{Html, html};

use super::glossary::Word;

/// The punctuation after which a line of Chinese may end.
const PHRASE_ENDS: [char; 6] = ['，', '。', '！', '？', '；', '：'];

/// The text in phrases as below, its words of the trade explained; `scope` is a name that no other
/// text on the page has, and what is `known` is not explained again.
pub(super) fn explained(
    text: &str,
    language: Language,
    scope: &str,
    known: &mut Vec<&'static Term>,
) -> Html {
    let mut parts = |text: &str| {
        let parts = explain(text, language, known).into_iter().map(|part| match part {
            Part::Plain(text) => Html::from(text.to_owned()),
            Part::Term(written, term) => html! {
                <Word
                    key={term.title(language)}
                    written={written.to_owned()}
                    scope={scope.to_owned()}
                    {term}
                    {language}
                />
            },
        });
        parts.collect::<Html>()
    };
    if language == Language::English {
        return parts(text);
    }
    let phrase = |phrase: &str| {
        html! {
            <span class="nb">{ parts(phrase) }</span>
        }
    };
    html! {
        { for text.split_inclusive(PHRASE_ENDS).map(phrase) }
    }
}

/// The text in phrases that stay together. English breaks between words, as it is used to.
pub(super) fn phrases(text: &str, language: Language) -> Html {
    if language == Language::English {
        return html! {
            { text.to_owned() }
        };
    }
    let phrase = |phrase: &str| {
        html! {
            <span class="nb">{ phrase.to_owned() }</span>
        }
    };
    html! {
        { for text.split_inclusive(PHRASE_ENDS).map(phrase) }
    }
}
