//! The page: what it shows, how that changes, and what follows on the screen.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::events::EventListener;
use handshake::RunError;
use maud::Markup;
use story::words::{home, ui};
use story::{Family, Scene, Text};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, SvgAnimationElement};

use crate::browser::{self, Unfetched, Wishes};
use crate::components::{self, Inbox};
use crate::crosslight::Crosslight;
use crate::playback::{Later, Playback};
use crate::program::{LISTING, Listing, Only, PLAYING, Playing};
use crate::progress::Progress;
use crate::route::Route;
use crate::screen::Screen;
use crate::scrolls::{LaidOut, Scrolls};
use crate::session::{Action, Motion, Session, Surface};
use crate::settings::Settings;
use crate::sound::Bell;
use crate::{handed, hear, store};

/// What a touch does that fetches once more what could not be fetched.
pub(crate) const AGAIN: &str = "again";
/// What a touch does that closes the remark about a run.
pub(crate) const SHUT: &str = "shut";

/// All that can happen to the page.
pub(crate) enum Message {
    /// To the session, or in part to the inbox.
    Act(Action),
    /// The scene that was fetched, or why there is none.
    Fetched(Result<Rc<Scene>, Unfetched>),
    /// The inbox that was fetched, or why there is none.
    Listed(Result<Vec<Family>, Unfetched>),
    /// Fetch it once more.
    Again,
    /// The reader has seen what is wrong with the run.
    Shut,
    /// The cover's picture is there.
    Picture(String),
    /// The reader looks for conversations with these words.
    Ask(String),
}

/// A page in an element of the document. Clones are the same page.
#[derive(Clone)]
pub struct Page(Rc<Inside>);

struct Inside {
    wishes: Wishes,
    state: RefCell<State>,
    /// What happened while something else was being dealt with.
    waiting: RefCell<VecDeque<Message>>,
    ears: OnceCell<Vec<EventListener>>,
    laid_out: OnceCell<LaidOut>,
    /// What the words of the trade mean, once one was asked about.
    meanings: RefCell<Meanings>,
}

/// The meanings of the words of the trade.
#[derive(Default)]
struct Meanings {
    here: Option<String>,
    /// What waits for those that are being fetched, if any are.
    awaited: Option<Vec<Awaiting>>,
}

/// What is done with the meanings when they are there.
type Awaiting = Box<dyn FnOnce(&str)>;

struct State {
    shown: Shown,
    screen: Screen,
    crosslight: Crosslight,
    /// The session as it was drawn last, if one was.
    drawn: Option<Drawn>,
    playback: Playback,
    settings: Settings,
    bell: Bell,
    scrolls: Scrolls,
    /// When the reader has been here for a while, the place is remembered.
    remembering: Option<Later>,
    /// The switch of language had the focus, and gets it when it is there.
    refocuses: bool,
}

/// What the page shows.
enum Shown {
    /// A scene or the inbox is being fetched.
    Opening,
    /// What is wrong, and whether another try could help.
    Notice(String, bool),
    Inbox(Only<Inbox, Listing>),
    /// A run that is told, and what is wrong with its text.
    Told(Only<Session, Playing>, Option<RunError>),
}

impl Shown {
    /// All conversations.
    fn inbox(families: Vec<Family>, wishes: &Wishes) -> Shown {
        let inbox = LISTING.map(|leave| Shown::Inbox(Only::new(Inbox::of(families), leave)));
        inbox.unwrap_or_else(|| Shown::nothing(wishes))
    }

    /// A run, told from where the reader wishes.
    fn told(scene: Rc<Scene>, error: Option<RunError>, wishes: &Wishes) -> Shown {
        let told = PLAYING.map(|leave| {
            let session = session(scene, wishes);
            let error = error.filter(|_| wishes.handed(handed::SHUT).is_none());
            Shown::Told(Only::new(session, leave), error)
        });
        told.unwrap_or_else(|| Shown::nothing(wishes))
    }

    /// What a program says to wishes that are another's.
    fn nothing(wishes: &Wishes) -> Shown {
        Shown::Notice(ui::BROKEN.to(wishes.language).to_owned(), false)
    }
}

/// What of a session must be known to see what is new in it.
#[derive(Clone, Copy)]
struct Drawn {
    told: (usize, bool),
    motion: (usize, Motion),
    help: bool,
}

impl Page {
    /// Opens the page that is wished for in an element.
    pub fn open(root: Element, wishes: Wishes) -> Page {
        let shown = match &wishes.route {
            Route::Inbox if LISTING.is_some() => Shown::Opening,
            Route::Scene(_) if PLAYING.is_some() => Shown::Opening,
            Route::Run(text) if PLAYING.is_some() => {
                let (scene, error) = Scene::of_run(text);
                Shown::told(Rc::new(scene), error, &wishes)
            }
            Route::Inbox | Route::Scene(_) | Route::Run(_) => Shown::nothing(&wishes),
            Route::Unknown(name) => Shown::Notice(home::unknown(name, wishes.language), false),
        };
        Page::showing(shown, root, wishes)
    }

    /// Opens a page that tells a scene which is there already.
    pub fn telling(scene: Rc<Scene>, root: Element, wishes: Wishes) -> Page {
        Page::showing(Shown::told(scene, None, &wishes), root, wishes)
    }

    fn showing(shown: Shown, root: Element, wishes: Wishes) -> Page {
        let state = State {
            shown,
            screen: Screen::new(root),
            crosslight: Crosslight::default(),
            drawn: None,
            playback: Playback::default(),
            settings: Settings::default(),
            bell: Bell::default(),
            scrolls: Scrolls::default(),
            remembering: None,
            refocuses: wishes.handed(handed::FOCUS).is_some(),
        };
        let page = Page(Rc::new(Inside {
            wishes,
            state: RefCell::new(state),
            waiting: RefCell::default(),
            ears: OnceCell::new(),
            laid_out: OnceCell::new(),
            meanings: RefCell::default(),
        }));
        let root = page.0.state.borrow().screen.root().clone();
        let _ = page.0.ears.set(hear::ears(&root, &page));
        let scrolled = page.clone();
        let settle = move || scrolled.with(|state| state.scrolls.settle());
        let _ = page.0.laid_out.set(LaidOut::new(settle));
        let wishes = &page.0.wishes;
        browser::entitle(ui::TITLE.to(wishes.language));
        let fetched = page.clone();
        page.with(|state| {
            if let Shown::Opening = state.shown {
                fetched.fetch();
            }
            state.draw(&fetched);
        });
        page
    }

    /// Tells the page what happened.
    pub(crate) fn send(&self, message: Message) {
        self.0.waiting.borrow_mut().push_back(message);
        self.with(|_| ());
    }

    /// Tells the page what somebody did.
    pub(crate) fn act(&self, action: Action) {
        self.send(Message::Act(action));
    }

    /// The session that is told, if one is and nothing is happening to it.
    pub(crate) fn with_session<T>(&self, ask: impl FnOnce(&Session) -> Option<T>) -> Option<T> {
        match &self.0.state.try_borrow().ok()?.shown {
            Shown::Told(session, _) => ask(session),
            Shown::Opening | Shown::Notice(..) | Shown::Inbox(_) => None,
        }
    }

    /// Something was touched: it lights up.
    pub(crate) fn light(&self, touched: Option<&Element>) {
        self.with(|state| state.crosslight.touch(state.screen.root(), touched));
    }

    /// Does something with the state, and then all that has been waiting. A message that comes
    /// while the document changes waits for its turn; anything else then would be about what is
    /// going.
    fn with(&self, act: impl FnOnce(&mut State)) {
        let Ok(mut state) = self.0.state.try_borrow_mut() else { return };
        act(&mut state);
        loop {
            let Some(message) = self.0.waiting.borrow_mut().pop_front() else { return };
            state.take(message, self);
            state.draw(self);
        }
    }

    /// Does something with the meanings of the words of the trade, as soon as they are there; with
    /// none where they cannot be fetched.
    pub(crate) fn with_meanings(&self, act: impl FnOnce(&str) + 'static) {
        let mut meanings = self.0.meanings.borrow_mut();
        if let Some(meanings) = &meanings.here {
            return act(meanings);
        }
        if let Some(awaited) = &mut meanings.awaited {
            return awaited.push(Box::new(act));
        }
        meanings.awaited = Some(vec![Box::new(act)]);
        let Wishes { root, language, .. } = &self.0.wishes;
        let path = format!("{root}{}/terms.txt", language.tag());
        let page = self.clone();
        spawn_local(async move {
            let fetched = browser::fetch(&path).await.ok();
            let awaited = page.0.meanings.borrow_mut().awaited.take();
            for act in awaited.unwrap_or_default() {
                act(fetched.as_deref().unwrap_or_default());
            }
            if let Some(meanings) = fetched {
                page.0.meanings.borrow_mut().here = Some(meanings);
            }
        });
    }

    /// Fetches what the page shows: a scene, or the inbox, and then the picture on its cover.
    fn fetch(&self) {
        let Wishes { root, route, language, .. } = &self.0.wishes;
        let is_scene = matches!(route, Route::Scene(_));
        let file = if is_scene { "scene.json" } else { "inbox.json" };
        let path = route.path(root, *language) + file;
        let picture = format!("{root}art/cover.svg");
        let page = self.clone();
        spawn_local(async move {
            let json = browser::fetch(&path).await;
            // What is wrong with a file, its test has said.
            let unread = |_| Unfetched::from(path);
            if PLAYING.is_some() && is_scene {
                let scene = json.and_then(|json| Scene::from_json(&json).map_err(unread));
                return page.send(Message::Fetched(scene.map(Rc::new)));
            }
            if LISTING.is_none() {
                return;
            }
            let families = json.and_then(|json| Family::list_from_json(&json).map_err(unread));
            page.send(Message::Listed(families));
            // Without it the cover is paper.
            if let Ok(picture) = browser::fetch(&picture).await {
                page.send(Message::Picture(picture));
            }
        });
    }
}

/// A session as it is wished for, with what the reader likes.
fn session(scene: Rc<Scene>, wishes: &Wishes) -> Session {
    let first = Session::new(scene, wishes.language);
    let first = Session { reduced_motion: wishes.reduced_motion, room: browser::room(), ..first };
    first.with_kept_settings().taken_up(wishes.place, |name| wishes.handed(name))
}

impl State {
    fn take(&mut self, message: Message, page: &Page) {
        let wishes = &page.0.wishes;
        match (&mut self.shown, message) {
            (shown, Message::Act(Action::ChangeLanguage)) => change_language(shown, wishes),
            (Shown::Told(session, _), Message::Act(action)) => **session = session.after(action),
            (Shown::Told(_, error), Message::Shut) => *error = None,
            (Shown::Opening, Message::Fetched(Ok(scene))) => {
                self.shown = Shown::told(scene, None, wishes);
            }
            (Shown::Opening, Message::Listed(Ok(families))) => {
                self.shown = Shown::inbox(families, wishes);
            }
            (Shown::Opening, Message::Fetched(Err(why))) => {
                self.shown = unfetched(&why, home::FAILED, wishes);
            }
            (Shown::Opening, Message::Listed(Err(why))) => {
                self.shown = unfetched(&why, home::UNLISTED, wishes);
            }
            (Shown::Notice(_, true), Message::Again) => {
                self.shown = Shown::Opening;
                page.fetch();
            }
            (Shown::Inbox(inbox), Message::Picture(picture)) => inbox.picture = Some(picture),
            (Shown::Inbox(inbox), Message::Ask(asked)) => inbox.asked = asked,
            (Shown::Inbox(inbox), Message::Act(Action::SetTheme(theme))) => {
                inbox.theme = theme;
                store::put("theme", theme.id());
            }
            // It came too late, or there is nothing that it could be done to.
            _ => (),
        }
    }

    fn draw(&mut self, page: &Page) {
        if self.screen.show(html(&self.shown, &page.0.wishes).into_string()) {
            // Nothing of what was drawn before is there any more.
            self.drawn = None;
            self.crosslight = Crosslight::default();
            self.scrolls = Scrolls::default();
        }
        if self.refocuses && browser::focus_language() {
            self.refocuses = false;
        }
        self.follow(page);
    }

    /// What follows from what is shown now: in the address, the clock, the storage, the scrolling.
    fn follow(&mut self, page: &Page) {
        let wishes = &page.0.wishes;
        let session = match &self.shown {
            Shown::Told(session, _) => session,
            Shown::Inbox(inbox) => {
                browser::wear(inbox.theme);
                return;
            }
            Shown::Opening | Shown::Notice(..) => return,
        };
        let root = self.screen.root();
        let elapsed = page.clone();
        self.playback.follow(session, move || elapsed.act(Action::Elapsed));
        self.settings.follow(session);
        self.bell.follow(session);
        if let Some(laid_out) = page.0.laid_out.get() {
            self.scrolls.follow(root, session.place, laid_out);
        }
        self.crosslight.follow(root, session);
        let place = session.place;
        let drawn = Drawn {
            told: (place, session.is_forked()),
            motion: (place, session.motion),
            help: session.help,
        };
        let before = self.drawn.replace(drawn);
        if before.is_none_or(|before| before.told != drawn.told) {
            let title = session.scene.title(session.language);
            let title = format!("{title} · {}", ui::TITLE.to(session.language));
            browser::entitle(&title);
            let page = page.clone();
            let remember = move || page.with(|state| state.remember(&page.0.wishes));
            self.remembering = Some(Later::new(remember));
        }
        // A page that is hidden may not come back.
        if before.is_none() || session.surface == Surface::Hidden {
            self.remember(wishes);
        }
        if before.is_none_or(|before| before.help != drawn.help) {
            follow_help(root, session.help);
        }
        let moves = session.motion == Motion::SettingOut;
        if moves && before.is_none_or(|before| before.motion != drawn.motion) {
            walk_tokens(root);
        }
    }

    /// Says in the address how far the reader is, and remembers it for the inbox.
    fn remember(&self, wishes: &Wishes) {
        let Shown::Told(session, _) = &self.shown else { return };
        browser::locate(wishes, session.place);
        let id = &session.scene.id;
        if !id.is_empty() && !session.is_forked() {
            Progress::note(id, session.place, session.trace.len());
        }
    }
}

/// Goes to the same page in the other language, which takes up what is here.
fn change_language(shown: &Shown, wishes: &Wishes) {
    let (handed, place) = match shown {
        Shown::Told(session, error) => (session.handed(error.is_none()), session.place),
        Shown::Inbox(_) | Shown::Opening | Shown::Notice(..) => (Vec::new(), 0),
    };
    browser::hand_over(wishes, place, &handed);
}

/// Says that something could not be fetched. Another try could help unless it is not there.
fn unfetched(why: &Unfetched, what: Text, wishes: &Wishes) -> Shown {
    match &wishes.route {
        Route::Scene(id) if why.is_missing => {
            Shown::Notice(home::unknown(id, wishes.language), false)
        }
        _ => Shown::Notice(format!("{}{}", what.to(wishes.language), why.why), true),
    }
}

fn html(shown: &Shown, wishes: &Wishes) -> Markup {
    let language = wishes.language;
    let inbox = Route::Inbox.path(&wishes.root, language);
    match shown {
        Shown::Opening => components::opening(language),
        Shown::Notice(what, again) => components::notice(what, *again, &inbox, language),
        Shown::Inbox(shown) => components::inbox(shown, wishes),
        Shown::Told(session, error) => {
            let player = components::player(session, &inbox);
            let remark = error.as_ref().map(|error| components::remark(error, language));
            maud::html! { (player) @if let Some(remark) = remark { (remark) } }
        }
    }
}

/// Opens the help or closes it. The browser keeps the focus inside, and gives it back to whoever
/// had it.
fn follow_help(root: &Element, open: bool) {
    let dialog = root.query_selector("dialog").ok().flatten();
    let Some(Ok(dialog)) = dialog.map(JsCast::dyn_into::<HtmlDialogElement>) else { return };
    match open {
        true if !dialog.open() => drop(dialog.show_modal()),
        false if dialog.open() => dialog.close(),
        _ => (),
    }
}

/// Sets the tokens that have just changed their state on their way.
fn walk_tokens(root: &Element) {
    let Ok(found) = root.query_selector_all("animateMotion") else { return };
    for index in 0..found.length() {
        if let Some(Ok(walk)) = found.item(index).map(JsCast::dyn_into::<SvgAnimationElement>) {
            // Where it cannot walk, the token is there already.
            let _ = walk.begin_element();
        }
    }
}
