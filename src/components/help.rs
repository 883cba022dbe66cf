//! The help: what the page is, and the keys from the table that the page obeys.

use maud::{Markup, html};
use story::Language;
use story::words::ui;

use super::icon::{Glyph, icon};
use crate::keys::{ROWS, Row, cap};
use crate::session::{Action, Session, Switch};
use crate::store;

/// The dialog; `page` opens and closes it, so that the browser keeps the focus inside.
pub(super) fn help(session: &Session) -> Markup {
    html! {
        dialog class="help" aria-labelledby="help-title" {
            @if session.help { (content(session)) }
        }
    }
}

fn content(session: &Session) -> Markup {
    let language = session.language;
    let close = ui::CLOSE.to(language);
    html! {
        header class="help-head" {
            h2 id="help-title" { (ui::HELP.to(language)) }
            button class="quiet quiet--icon" type="button" aria-label=(close) title=(close)
                data-do=(Action::SetHelp(false)) {
                (icon(Glyph::Close))
            }
        }
        p { (ui::HELP_INTRO.to(language)) }
        h3 { (ui::KEYS.to(language)) }
        dl class="help-keys" {
            @for each in ROWS { (row(each, language)) }
        }
        label class="help-switch" {
            input type="checkbox" name=(Switch::Keys.id()) checked[session.is_on(Switch::Keys)];
            span {
                (ui::SINGLE_KEYS.to(language))
                small { (ui::SINGLE_KEYS_WHY.to(language)) }
            }
        }
        @if !store::is_kept() {
            p class="help-note" { (ui::NOT_KEPT.to(language)) }
        }
    }
}

/// One row; where many keys do the same, the first and the last are drawn.
fn row(row: &Row, language: Language) -> Markup {
    let key = |key: &str| html! { kbd lang="en" { (cap(key)) } };
    html! {
        div {
            dt {
                @match row.keys {
                    [first, _, _, .., last] => { (key(first)) "–" (key(last)) }
                    keys => { @for each in keys { (key(each)) } }
                }
            }
            dd { (row.words.to(language)) }
        }
    }
}
