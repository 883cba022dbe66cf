//! The app: it finds out which page is asked for, and owns the session of the one that is told.

use std::rc::Rc;

use handshake::RunError;
use story::words::{home, own_run, ui};
use story::{Language, Scene};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Html, Properties, UseStateHandle, function_component, html, use_effect_with,
    use_memo, use_reducer, use_state, use_state_eq,
};

use super::icon::{Glyph, icon};
use super::inbox::Inbox;
use super::player::Player;
use crate::browser::{self, Wishes};
use crate::keys::use_keys;
use crate::playback::use_playback;
use crate::progress::Progress;
use crate::route::Route;
use crate::session::{Action, Session};
use crate::settings::use_settings;
use crate::sound::use_sound;

/// The page, as the address and the reader's settings ask for it.
#[function_component]
pub fn App(wishes: &Wishes) -> Html {
    match &wishes.route {
        Route::Inbox => html! {
            <Inbox ..wishes.clone() />
        },
        Route::Scene(id) => html! {
            <Opening id={id.clone()} wishes={wishes.clone()} />
        },
        Route::Run(text) => html! {
            <OwnRun text={text.clone()} wishes={wishes.clone()} />
        },
        Route::Unknown(name) => {
            notice(home::unknown(name, wishes.language), Html::default(), wishes)
        }
    }
}

/// A run that no scene tells.
#[derive(Properties, PartialEq)]
pub struct OwnRunProps {
    /// The run's text.
    pub text: String,
    /// Where to begin, in which language.
    pub wishes: Wishes,
}

/// Plays a run as far as its text can be read, and says what is wrong with the rest.
#[function_component]
pub fn OwnRun(OwnRunProps { text, wishes }: &OwnRunProps) -> Html {
    let read = use_memo(text.clone(), |text| {
        let (scene, error) = Scene::of_run(text);
        (Rc::new(scene), error)
    });
    let (scene, error) = &*read;
    html! {
        <Told scene={scene.clone()} wishes={wishes.clone()} error={error.clone()} />
    }
}

#[derive(Properties, PartialEq)]
struct OpeningProps {
    id: String,
    wishes: Wishes,
}

/// How it stands with a scene that is fetched.
#[derive(Clone, PartialEq)]
enum Fetched {
    Underway,
    Here(Rc<Scene>),
    Failed(String),
}

/// Fetches a scene, and tells it once it is there.
#[function_component]
fn Opening(OpeningProps { id, wishes }: &OpeningProps) -> Html {
    let fetched = use_state(|| Fetched::Underway);
    let attempt = use_state_eq(|| 0);
    let path = format!("{}scenes/{id}.json", wishes.root);
    {
        let fetched = fetched.clone();
        use_effect_with((path, *attempt), move |(path, _)| fetch(path.clone(), fetched));
    }
    match &*fetched {
        Fetched::Underway => html! {
            <p class="opening" role="status">{ home::OPENING.to(wishes.language) }</p>
        },
        Fetched::Here(scene) => html! {
            <Told scene={scene.clone()} wishes={wishes.clone()} />
        },
        Fetched::Failed(why) => {
            let again = Callback::from(move |_| attempt.set(*attempt + 1));
            let again = html! {
                <button class="quiet" type="button" onclick={again}>
                    { home::AGAIN.to(wishes.language) }
                </button>
            };
            notice(format!("{}{why}", home::FAILED.to(wishes.language)), again, wishes)
        }
    }
}

fn fetch(path: String, fetched: UseStateHandle<Fetched>) {
    spawn_local(async move {
        let scene = browser::fetch(path).await.and_then(|json| {
            Scene::from_json(&json).map(Rc::new).map_err(|error| error.to_string())
        });
        fetched.set(scene.map_or_else(Fetched::Failed, Fetched::Here));
    });
}

/// Says what is wrong, with the way back.
fn notice(what: String, action: Html, wishes: &Wishes) -> Html {
    let inbox = Route::Inbox.path(&wishes.root, wishes.language);
    html! {
        <main class="notice" role="alert">
            <p>{ what }</p>
            { action }
            <a href={inbox}>{ home::TO_INBOX.to(wishes.language) }</a>
        </main>
    }
}

/// A scene to tell, and how.
#[derive(Properties, PartialEq)]
pub struct ToldProps {
    /// The scene.
    pub scene: Rc<Scene>,
    /// Where to begin, in which language.
    pub wishes: Wishes,
    /// What is wrong with the text of the run, where it is no scene's.
    #[prop_or_default]
    pub error: Option<RunError>,
}

/// A scene with a session of its own.
#[function_component]
pub fn Told(ToldProps { scene, wishes, error }: &ToldProps) -> Html {
    let session = use_reducer(|| {
        let first = Session::new(scene.clone(), wishes.language);
        let first = Session { reduced_motion: wishes.reduced_motion, ..first };
        first.with_kept_settings().after(Action::Seek(wishes.place))
    });
    use_playback(&session);
    use_settings(&session);
    use_keys(&session);
    use_sound(&session);
    let (root, route) = (wishes.root.clone(), wishes.route.clone());
    let shown = (session.language, session.scene.title(session.language).to_owned(), session.place);
    use_effect_with(shown, move |(language, title, place)| {
        let title = page_title(title, *language);
        browser::announce(*language, &title, &root, &route, Some(*place));
    });
    let read = (scene.id.clone(), session.place, session.is_forked());
    let steps = scene.trace().len();
    use_effect_with(read, move |(id, place, forked)| {
        let is_listed = !id.is_empty();
        if is_listed && !forked {
            Progress::note(id, *place, steps);
        }
    });
    let dispatcher = session.dispatcher();
    let act = Callback::from(move |action| dispatcher.dispatch(action));
    let inbox = Route::Inbox.path(&wishes.root, session.language);
    html! {
        <>
            <Player session={Rc::new((*session).clone())} {act} {inbox} />
            if let Some(error) = error {
                <Remark error={error.clone()} language={session.language} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RemarkProps {
    error: RunError,
    language: Language,
}

/// Says what is wrong with a run, over the page, until the reader closes it.
#[function_component]
fn Remark(RemarkProps { error, language }: &RemarkProps) -> Html {
    let closed = use_state_eq(|| false);
    if *closed {
        return Html::default();
    }
    let close = move |_| closed.set(true);
    html! {
        <div class="remark" role="alert" lang={language.tag()}>
            <p>{ own_run::run_error(error, *language) }</p>
            <button class="quiet quiet--icon" type="button" aria-label={ui::CLOSE.to(*language)}
                title={ui::CLOSE.to(*language)} onclick={close}>
                { icon(Glyph::Close) }
            </button>
        </div>
    }
}

/// A page's title in the browser's list of pages.
fn page_title(title: &str, language: Language) -> String {
    format!("{title} · {}", ui::TITLE.to(language))
}
