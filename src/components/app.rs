//! The app: it owns the session and hands it to the player.

use std::rc::Rc;

use story::{Scene, words::ui};
use yew::{Callback, Html, Properties, function_component, html, use_effect_with, use_reducer};

use super::bar::Bar;
use super::chat::Chat;
use super::help::Help;
use super::masthead::Masthead;
use super::plates::Plates;
use super::stage::Stage;
use super::tabs::Tabs;
use crate::browser::{self, Wishes};
use crate::keys::use_keys;
use crate::playback::use_playback;
use crate::session::{Action, Session};
use crate::settings::use_settings;
use crate::sound::use_sound;

/// The page, as the address and the reader's settings ask for it.
#[function_component]
pub fn App(wishes: &Wishes) -> Html {
    match Scene::confession() {
        Ok(scene) => html! {
            <Told scene={Rc::new(scene)} wishes={*wishes} />
        },
        Err(error) => html! {
            <p role="alert">{ ui::BROKEN.to(wishes.language) }{ " " }{ error.to_string() }</p>
        },
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    scene: Rc<Scene>,
    wishes: Wishes,
}

/// A scene with a session of its own.
#[function_component]
fn Told(props: &ToldProps) -> Html {
    let session = use_reducer(|| {
        let wishes = props.wishes;
        let first = Session::new((*props.scene).clone(), wishes.language);
        let first = Session { reduced_motion: wishes.reduced_motion, ..first };
        first.with_kept_settings().after(Action::Seek(wishes.place))
    });
    use_playback(&session);
    use_settings(&session);
    use_keys(&session);
    use_sound(&session);
    let title = session.scene.title(session.language).to_owned();
    let shown = (session.language, title, session.place);
    use_effect_with(shown, |(language, title, place)| {
        browser::announce(*language, title, *place);
    });
    let dispatcher = session.dispatcher();
    let act = Callback::from(move |action| dispatcher.dispatch(action));
    html! {
        <Player session={Rc::new((*session).clone())} {act} />
    }
}

/// What every part of the player is given.
#[derive(Properties, PartialEq, Clone)]
pub struct PlayerProps {
    /// The session to show.
    pub session: Rc<Session>,
    /// What to do with what the reader does.
    pub act: Callback<Action>,
}

/// The player: the picture, the plates, the bar.
#[function_component]
pub fn Player(PlayerProps { session, act }: &PlayerProps) -> Html {
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
            <Masthead session={session.clone()} act={act.clone()} />
            <main>
                <Stage session={session.clone()} act={act.clone()} />
                <Tabs session={session.clone()} act={act.clone()} />
                <Chat session={session.clone()} act={act.clone()} />
                <Plates session={session.clone()} act={act.clone()} />
            </main>
            <Bar session={session.clone()} act={act.clone()} />
            <Help session={session.clone()} act={act.clone()} />
        </div>
    }
}
