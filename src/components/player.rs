//! The player: the picture, the plates, the bar.

use std::rc::Rc;

use yew::{Callback, Html, Properties, function_component, html};

use super::bar::Bar;
use super::chat::Chat;
use super::help::Help;
use super::masthead::masthead;
use super::plates::plates;
use super::stage::stage;
use super::tabs::tabs;
use crate::session::{Action, Session};

/// What every part of the player is given.
#[derive(Properties, PartialEq, Clone)]
pub struct PlayerProps {
    /// The session to show.
    pub session: Rc<Session>,
    /// What to do with what the reader does.
    pub act: Callback<Action>,
    /// Where the inbox lies.
    #[prop_or_default]
    pub inbox: String,
}

/// The player, whole.
#[function_component]
pub fn Player(player: &PlayerProps) -> Html {
    let session = &player.session;
    html! {
        <div
            class="player"
            lang={session.language.tag()}
            data-lang={session.language.tag()}
            data-speed={session.speed.factor()}
            data-tab={session.tab.id()}
            data-place={session.place.to_string()}
            data-paused={(!session.playing).then_some("")}
        >
            { masthead(player) }
            <main>
                { stage(player) }
                { tabs(player) }
                <Chat ..player.clone() />
                { plates(player) }
            </main>
            <Bar ..player.clone() />
            <Help ..player.clone() />
        </div>
    }
}
