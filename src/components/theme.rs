//! The button that goes through the colours in which the page can be seen.

use maud::{Markup, html};
use story::Language;
use story::words::ui;

use super::icon::{Glyph, icon};
use crate::session::{Action, Theme, following};

/// Shows the theme of now; touched, it chooses the following one.
pub(super) fn theme_button(now: Theme, language: Language) -> Markup {
    let (glyph, name) = match now {
        Theme::System => (Glyph::System, ui::THEME_SYSTEM),
        Theme::Light => (Glyph::Sun, ui::THEME_LIGHT),
        Theme::Dark => (Glyph::Moon, ui::THEME_DARK),
        Theme::Projector => (Glyph::Projector, ui::THEME_PROJECTOR),
    };
    let name = format!("{}{}", ui::THEME.to(language), name.to(language));
    let choose = Action::SetTheme(following(&Theme::ALL, now));
    html! {
        button class="quiet quiet--icon quiet--theme" type="button" aria-label=(name) title=(name)
            data-do=(choose) {
            (icon(glyph))
        }
    }
}
