//! The head of the page: which scene it is, and in which language.

use story::words::{home, ui};
use yew::{Html, function_component, html};

use super::icon::{Glyph, Icon};
use super::player::PlayerProps;
use crate::session::Action;

#[function_component]
pub(crate) fn Masthead(PlayerProps { session, act, inbox }: &PlayerProps) -> Html {
    let language = session.language;
    let other = language.other();
    let act = act.clone();
    let switch = move |_| act.emit(Action::SetLanguage(other));
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
                <button class="quiet" type="button" lang={other.tag()} onclick={switch}>
                    { ui::LANGUAGE_SWITCH.to(language) }
                </button>
            </div>
        </header>
    }
}
