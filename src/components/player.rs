//! The player: the picture, the plates, the bar.

use std::rc::Rc;

use story::family_of;
use web_sys::{FocusEvent, KeyboardEvent, PointerEvent};
use yew::{Callback, Html, Properties, function_component, html, use_memo};

use super::bar::Bar;
use super::chat::Chat;
use super::crosslight::use_crosslight;
use super::help::Help;
use super::masthead::masthead;
use super::plates::Plates;
use super::room::{Room, use_room};
use super::stage::stage;
use super::strip::Strip;
use super::tabs::tabs;
use crate::session::{Action, Session, Tab};

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
    let light = use_crosslight(session);
    let has_chat = match use_room() {
        Room::Narrow => session.tab == Tab::Chat,
        Room::Wide => false,
        Room::Unknown => true,
    };
    let season = use_memo(session.scene.id.clone(), |id| family_of(id));
    let (act, is_picked) = (player.act.clone(), session.selected.is_some());
    let onkeydown = move |event: KeyboardEvent| {
        if is_picked && event.key() == "Escape" {
            act.emit(Action::Select(None));
        }
    };
    html! {
        <div
            class="player"
            ref={light.root}
            onpointerover={light.touch.reform(|event: PointerEvent| event.into())}
            onpointerleave={light.leave.reform(|event: PointerEvent| event.into())}
            onfocusin={light.touch.reform(|event: FocusEvent| event.into())}
            onfocusout={light.leave.reform(|event: FocusEvent| event.into())}
            {onkeydown}
            lang={session.language.tag()}
            data-lang={session.language.tag()}
            data-speed={session.speed.factor()}
            data-tab={session.tab.id()}
            data-season={season.as_deref().map(str::to_owned)}
            data-place={session.place.to_string()}
            data-paused={(!session.playing).then_some("")}
        >
            { masthead(player) }
            <main>
                { stage(player) }
                { tabs(player) }
                if has_chat {
                    <Chat ..player.clone() />
                }
                <Plates ..player.clone() />
            </main>
            <Bar ..player.clone() />
            <Help ..player.clone() />
            <Strip ..player.clone() />
        </div>
    }
}
