//! The head of the page: which scene it is, how others are told of it, in which language and
//! colours it is, and where help is.

use maud::{Markup, html};
use story::words::{home, ui};

use super::icon::{Glyph, icon};
use super::theme::theme_button;
use crate::session::{Action, Session, Shared};

pub(super) fn masthead(session: &Session, inbox: &str) -> Markup {
    let language = session.language;
    let other = language.other();
    let to_inbox = home::TO_INBOX.to(language);
    let (share, help) = (ui::SHARE.to(language), ui::HELP.to(language));
    html! {
        header class="masthead" {
            a class="mast-back" href=(inbox) aria-label=(to_inbox) title=(to_inbox) {
                (icon(Glyph::Back))
            }
            h1 class="mast-scene" { (session.scene.title(language)) }
            p class="mast-sub" {
                (session.scene.summary(language)) " · " (ui::length(session.trace.len(), language))
            }
            div class="mast-r" {
                button class="quiet quiet--icon" type="button" aria-label=(share) title=(share)
                    data-do=(Action::Share) {
                    (icon(Glyph::Share))
                }
                button class="quiet" type="button" lang=(other.tag())
                    data-do=(Action::ChangeLanguage) {
                    (ui::LANGUAGE_SWITCH.to(language))
                }
                (theme_button(session.theme, language))
                button class="quiet quiet--icon quiet--help" type="button" aria-label=(help)
                    title=(help) aria-haspopup="dialog" data-do=(Action::SetHelp(true)) {
                    (icon(Glyph::Help))
                }
            }
            // It stays, so that a screen reader hears it change.
            div class="shared" role="status" {
                @match &session.shared {
                    None => {}
                    Some(Shared::Copied) => p { (ui::LINK_COPIED.to(language)) }
                    Some(Shared::Shown(link)) => label {
                        (ui::LINK.to(language))
                        input type="text" name="link" value=(link) readonly;
                    }
                }
            }
        }
    }
}
