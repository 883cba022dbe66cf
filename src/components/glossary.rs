//! A word of the trade that explains itself: to a click, a tap, a pointer that rests on it, or the
//! keyboard. The browser opens and closes the note, and puts it above everything else.

use maud::{Markup, html};
use story::Language;
use story::words::glossary::Term;

/// A term as it is `written` in the text named `scope`. Its note is empty until it is wanted, so
/// that the text around it is read as it was written; `hear` fills it in.
pub(super) fn word(written: &str, term: &'static Term, language: Language, scope: &str) -> Markup {
    let title = term.title(language);
    let id = format!("term-{scope}-{}", title.replace([' ', ','], "-"));
    html! {
        span class="term-wrap" data-key=(title) data-term=(title) {
            button class="term" type="button" popovertarget=(id) popovertargetaction="show" {
                (written)
            }
            span class="term-note" popover="auto" id=(id) {}
        }
    }
}

/// What stands in the note of the term of this title; without its meaning it is named at least.
pub(crate) fn note(title: &str, meaning: Option<&str>) -> Markup {
    html! {
        b { (title) }
        @if let Some(meaning) = meaning { " " (meaning) }
    }
}
