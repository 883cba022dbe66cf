//! The head of the page: which scene it is, and in which language.

use story::words::ui;
use yew::{Html, function_component, html};

use super::app::PlayerProps;
use crate::session::Action;

#[function_component]
pub(crate) fn Masthead(PlayerProps { session, act }: &PlayerProps) -> Html {
    let language = session.language;
    let other = language.other();
    let act = act.clone();
    let switch = move |_| act.emit(Action::SetLanguage(other));
    html! {
        <header class="masthead">
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
