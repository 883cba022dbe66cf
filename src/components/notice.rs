//! What the page says when there is nothing to show, or something is wrong with it.

use handshake::RunError;
use maud::{Markup, html};
use story::Language;
use story::words::{home, own_run, ui};

use super::icon::{Glyph, icon};
use crate::page::{AGAIN, SHUT};

/// A scene is being fetched.
pub fn opening(language: Language) -> Markup {
    html! {
        p class="opening" role="status" lang=(language.tag()) { (home::OPENING.to(language)) }
    }
}

/// Says what is wrong, with the way back to the `inbox`, and with another try where there can be
/// one.
pub fn notice(what: &str, again: bool, inbox: &str, language: Language) -> Markup {
    html! {
        main class="notice" role="alert" lang=(language.tag()) {
            p { (what) }
            @if again {
                button class="quiet" type="button" data-do=(AGAIN) { (home::AGAIN.to(language)) }
            }
            a href=(inbox) { (home::TO_INBOX.to(language)) }
        }
    }
}

/// Says what is wrong with a run, over the page, until the reader closes it.
pub fn remark(error: &RunError, language: Language) -> Markup {
    let close = ui::CLOSE.to(language);
    html! {
        div class="remark" role="alert" lang=(language.tag()) {
            p { (own_run::run_error(error, language)) }
            button class="quiet quiet--icon" type="button" aria-label=(close) title=(close)
                data-do=(SHUT) {
                (icon(Glyph::Close))
            }
        }
    }
}
