//! The head of the page: which scene it is, and in which language
//! and colours, and where help is.

use story::words::{home, ui};
use yew::{Html, html};

use super::icon::{Glyph, icon};
use super::player::PlayerProps;
use super::theme::theme_button;
use crate::session::Action;

pub(super) fn masthead(PlayerProps { session, act, inbox }: &PlayerProps) -> Html {
    let language = session.language;
    let other = language.other();
    let emit = |action: Action| {
        let act = act.clone();
        move |_| act.emit(action.clone())
    };
    let choose = act.reform(Action::SetTheme);
    html! {
        <header class="masthead">
            <a class="mast-back" href={inbox.clone()} aria-label={home::TO_INBOX.to(language)}
                title={home::TO_INBOX.to(language)}>
                { icon(Glyph::Back) }
            </a>
            <h1 class="mast-scene">{ session.scene.title(language) }</h1>
            <p class="mast-sub">
                { session.scene.summary(language) }{ " · " }
                { ui::length(session.trace.len(), language) }
            </p>
            <div class="mast-r">
                <button class="quiet" type="button" lang={other.tag()} onclick={emit(Action::SetLanguage(other))}>
                    { ui::LANGUAGE_SWITCH.to(language) }
                </button>
                { theme_button(session.theme, language, choose) }
                <button class="quiet quiet--icon quiet--help" type="button" aria-label={ui::HELP.to(language)}
                    title={ui::HELP.to(language)} aria-haspopup="dialog" onclick={emit(Action::SetHelp(true))}>
                    { icon(Glyph::Help) }
                </button>
            </div>
        </header>
    }
}
