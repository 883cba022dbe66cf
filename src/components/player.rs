//! The player: the picture, the plates, the bar.

use maud::{Markup, html};

use super::bar::bar;
use super::chat::chat;
use super::help::help;
use super::masthead::masthead;
use super::plates::plates;
use super::stage::stage;
use super::strip::strip;
use super::tabs::tabs;
use crate::session::{Room, Session, Surface, Tab};

/// The player, whole; `inbox` is where the inbox lies.
pub fn player(session: &Session, inbox: &str) -> Markup {
    let language = session.language.tag();
    let has_chat = match session.room {
        Room::Narrow => session.tab == Tab::Chat,
        Room::Wide => false,
        Room::Unknown => true,
    };
    html! {
        div class="player" lang=(language) data-lang=(language) data-speed=(session.speed.factor())
            data-tab=(session.tab.id()) data-season=[&session.scene.family]
            data-paused=[(!session.playing).then_some("")] {
            (masthead(session, inbox))
            main {
                (stage(session))
                (tabs(session))
                @if has_chat { (chat(session)) }
                (plates(session))
            }
            (bar(session))
            (help(session))
            // On the screen it would be work that nobody sees.
            @if session.surface == Surface::Paper { (strip(session)) }
        }
    }
}
