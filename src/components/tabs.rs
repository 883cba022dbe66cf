//! The tabs among which a narrow screen chooses.

use maud::{Markup, html};
use story::Text;
use story::words::ui;

use crate::session::{Action, Session, Tab};

pub(super) fn tabs(session: &Session) -> Markup {
    html! {
        div class="tabs" role="tablist" aria-label=(ui::VIEWS.to(session.language)) {
            @for tab in Tab::ALL {
                button class="tab" type="button" role="tab" aria-selected=(session.tab == tab)
                    data-do=(Action::SetTab(tab)) {
                    (name(tab).to(session.language))
                }
            }
        }
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
