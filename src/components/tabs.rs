//! The tabs among which a narrow screen chooses.

use story::Text;
use story::words::ui;
use web_sys::KeyboardEvent;
use yew::{Html, html};

use super::player::PlayerProps;
use crate::session::{Action, Tab};

pub(super) fn tabs(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let tab = |tab: Tab| {
        let act = act.clone();
        let onclick = move |_| act.emit(Action::SetTab(tab));
        html! {
            <button
                class="tab"
                type="button"
                role="tab"
                aria-selected={(session.tab == tab).to_string()}
                {onclick}
            >
                { name(tab).to(session.language) }
            </button>
        }
    };
    // The arrow keys move through the story; here they must not.
    let onkeydown = |event: KeyboardEvent| event.stop_propagation();
    html! {
        <div class="tabs" role="tablist" aria-label={ui::VIEWS.to(session.language)} {onkeydown}>
            { for Tab::ALL.into_iter().map(tab) }
        </div>
    }
}

fn name(tab: Tab) -> Text {
    match tab {
        Tab::Chat => ui::CHAT,
        Tab::Fields => ui::FIELDS,
        Tab::States => ui::STATES,
        Tab::Ladder => ui::LADDER,
    }
}
