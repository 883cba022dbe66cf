//! Phrases of Chinese that are not broken: lines end after punctuation.

use story::Language;
use yew::{Html, html};

/// The punctuation after which a line of Chinese may end.
const PHRASE_ENDS: [char; 6] = ['，', '。', '！', '？', '；', '：'];

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
