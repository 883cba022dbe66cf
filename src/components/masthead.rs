//! The head of the page: which scene it is, and in which language
//! and colours, and where help is.

use story::Text;
use story::words::{home, ui};
use yew::{Html, function_component, html};

use super::icon::{Glyph, Icon};
use super::player::PlayerProps;
use crate::session::{Action, Theme, following};

#[function_component]
pub(crate) fn Masthead(PlayerProps { session, act, inbox }: &PlayerProps) -> Html {
    let language = session.language;
    let other = language.other();
    let emit = |action: Action| {
        let act = act.clone();
        move |_| act.emit(action.clone())
    };
    let (glyph, theme) = theme(session.theme);
    let theme = format!("{}{}", ui::THEME.to(language), theme.to(language));
    let next_theme = Action::SetTheme(following(&Theme::ALL, session.theme));
    html! {
        <header class="masthead">
            <a class="mast-back" href={inbox.clone()} aria-label={home::TO_INBOX.to(language)}
                title={home::TO_INBOX.to(language)}>
                <Icon glyph={Glyph::Back} />
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
                <button class="quiet quiet--icon quiet--theme" type="button" aria-label={theme.clone()}
                    title={theme} onclick={emit(next_theme)}>
                    <Icon {glyph} />
                </button>
                <button class="quiet quiet--icon quiet--help" type="button" aria-label={ui::HELP.to(language)}
                    title={ui::HELP.to(language)} aria-haspopup="dialog" onclick={emit(Action::SetHelp(true))}>
                    <Icon glyph={Glyph::Help} />
                </button>
            </div>
        </header>
    }
}

fn theme(theme: Theme) -> (Glyph, Text) {
    match theme {
        Theme::System => (Glyph::System, ui::THEME_SYSTEM),
        Theme::Light => (Glyph::Sun, ui::THEME_LIGHT),
        Theme::Dark => (Glyph::Moon, ui::THEME_DARK),
        Theme::Projector => (Glyph::Projector, ui::THEME_PROJECTOR),
    }
}
