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
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, SvgAnimationElement};

use crate::browser::{self, Unfetched, Wishes};
use crate::components::{self, Inbox};
use crate::crosslight::Crosslight;
use crate::pictures;
use crate::playback::{ARRIVED_MS, Frame, Later, PATIENCE_MS, Playback};
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
    /// What waits for the words that are not in the program, while they are being fetched.
    awaiting: RefCell<Vec<Awaiting>>,
}

/// What is done when words have come.
type Awaiting = Box<dyn FnOnce()>;

struct State {
    shown: Shown,
    screen: Screen,
    crosslight: Crosslight,
    /// The session as it was drawn last, if one was.
    drawn: Option<Drawn>,
    /// Is a frame waited for in which more is drawn?
    awaits_frame: bool,
    /// Are there tokens that may have to be sent on their way when they are drawn?
    has_walks: bool,
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
        let listed = LISTING.map(|leave| {
            let asked = wishes.handed(handed::ASKED).unwrap_or_default();
            Shown::Inbox(Only::new(Inbox::of(families, asked), leave))
        });
        listed.unwrap_or_else(|| Shown::nothing(wishes))
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
    /// The same, where the reader stays: while the run plays no place is remembered, since that
    /// takes longer than to draw it.
    rests: Option<(usize, bool)>,
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
            awaits_frame: false,
            has_walks: false,
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
            awaiting: RefCell::default(),
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
            state.draw(&fetched, false);
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

    /// The window has become another: other pictures may be seen.
    pub(crate) fn resized(&self) {
        self.with(|state| {
            pictures::look_again(state.screen.root());
            state.fill_frames(self);
        });
    }

    /// Does something with the state, and then all that has been waiting. A message that comes
    /// while the document changes waits for its turn; anything else then would be about what is
    /// going.
    fn with(&self, act: impl FnOnce(&mut State)) {
        let Ok(mut state) = self.0.state.try_borrow_mut() else { return };
        act(&mut state);
        loop {
            let Some(message) = self.0.waiting.borrow_mut().pop_front() else { return };
            let is_clock = matches!(message, Message::Act(Action::Elapsed));
            state.take(message, self);
            state.draw(self, is_clock);
        }
    }

    /// Fetches the words that are not in the program, and does something when the session has them.
    /// Where they cannot be fetched nothing is done: whoever still wants them asks again.
    pub(crate) fn fetch_words(&self, act: impl FnOnce() + 'static) {
        let mut awaiting = self.0.awaiting.borrow_mut();
        awaiting.push(Box::new(act));
        if awaiting.len() > 1 {
            // They are on their way.
            return;
        }
        let Wishes { root, language, .. } = &self.0.wishes;
        let path = format!("{root}{}/words.txt", language.tag());
        let (page, waited) = (self.clone(), self.clone());
        // Nobody listens to silence for long.
        let patience = Later::new(PATIENCE_MS, move || waited.act(Action::Learn(None)));
        spawn_local(async move {
            let fetched = browser::fetch_words(&path).await;
            drop(patience);
            let awaiting = page.0.awaiting.take();
            let has_come = fetched.is_ok();
            page.act(Action::Learn(fetched.ok().map(Into::into)));
            for act in awaiting.into_iter().filter(|_| has_come) {
                act();
            }
        });
    }

    /// Hands on a link to exactly what is shown.
    fn share(&self, session: &Session) {
        let Wishes { root, language, .. } = &self.0.wishes;
        let id = if session.is_forked() { "" } else { &session.scene.id };
        let path = Route::link(id, &session.trace, session.place, root, *language);
        let (page, place, run) = (self.clone(), session.place, session.trace.clone());
        spawn_local(async move {
            let Some(link) = browser::link_to(&path) else { return };
            let shared = browser::share(&link).await;
            // The story may have gone on meanwhile.
            let is_here = |session: &Session| {
                Some(session.place == place && Rc::ptr_eq(&session.trace, &run))
            };
            if page.with_session(is_here) == Some(true) {
                page.act(Action::Shared(shared));
                browser::mark_link();
            }
        });
    }

    /// Fetches what the page shows: a scene, or the inbox.
    fn fetch(&self) {
        let Wishes { root, route, language, .. } = &self.0.wishes;
        let is_scene = matches!(route, Route::Scene(_));
        let file = if is_scene { "scene.txt" } else { "inbox.txt" };
        let path = route.path(root, *language) + file;
        let page = self.clone();
        spawn_local(async move {
            let script = browser::fetch_words(&path).await;
            // Whoever builds the page writes it; here it can only be something else.
            let unread = || Unfetched::from(path);
            if PLAYING.is_some() && is_scene {
                let scene = script.and_then(|text| Scene::from_script(&text).ok_or_else(unread));
                return page.send(Message::Fetched(scene.map(Rc::new)));
            }
            if LISTING.is_none() {
                return;
            }
            let families = script.and_then(|text| Family::from_script(&text).ok_or_else(unread));
            page.send(Message::Listed(families));
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
            (Shown::Told(session, _), Message::Act(action)) => {
                if let Action::Share = action {
                    page.share(session);
                }
                **session = session.after(action);
            }
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
            (Shown::Inbox(inbox), Message::Ask(asked)) => inbox.asked = asked,
            // What was read meanwhile, on a page that the reader comes back from.
            (Shown::Inbox(inbox), Message::Act(Action::SetSurface(Surface::Screen))) => {
                inbox.look_again();
            }
            (Shown::Inbox(inbox), Message::Act(Action::SetTheme(theme))) => {
                inbox.theme = theme;
                store::put("theme", theme.id());
            }
            // It came too late, or there is nothing that it could be done to.
            _ => (),
        }
    }

    /// Draws all in this frame; on a slow machine, where the clock has brought it about, one view
    /// in each of those that follow.
    fn draw(&mut self, page: &Page, is_clock: bool) {
        let (frame, can_wait) = (Frame::begin(), is_clock && self.can_wait());
        let mut is_new = self.screen.show(html(&self.shown, &page.0.wishes).into_string());
        is_new |=
            if can_wait && !frame.has_room() { self.screen.go_on() } else { self.screen.finish() };
        if is_new {
            self.forget();
        }
        if self.refocuses && !matches!(self.shown, Shown::Opening) {
            self.refocuses = false;
            browser::focus_language();
        }
        self.follow(page);
        self.draw_on(page);
    }

    /// Fetches the pictures that are to be seen now.
    fn fill_frames(&self, page: &Page) {
        pictures::fill_frames(self.screen.root(), &format!("{}art/", page.0.wishes.root));
    }

    /// Nothing of what was drawn before is there any more.
    fn forget(&mut self) {
        self.drawn = None;
        self.crosslight = Crosslight::default();
        self.scrolls = Scrolls::default();
    }

    /// May views be drawn in later frames, so that what moves goes on moving? Paper does not wait,
    /// and a page that nobody sees has no frames. Nor does a reader who has touched something.
    fn can_wait(&self) -> bool {
        let Shown::Told(session, _) = &self.shown else { return false };
        session.surface == Surface::Screen && self.drawn.is_some()
    }

    /// Does what follows from what has been drawn, and takes the next turn in the next frame.
    fn draw_on(&mut self, page: &Page) {
        self.follow_drawn(page);
        if self.screen.is_done() || self.awaits_frame {
            return;
        }
        self.awaits_frame = true;
        let page = page.clone();
        Frame::next(move || {
            page.with(|state| {
                state.awaits_frame = false;
                if state.screen.go_on() {
                    state.forget();
                    state.follow(&page);
                }
                state.draw_on(&page);
            });
        });
    }

    /// What follows from what has been drawn: some sets out, and when all is there some scrolls and
    /// lights up.
    fn follow_drawn(&mut self, page: &Page) {
        if self.screen.is_done() {
            self.fill_frames(page);
        }
        let Shown::Told(session, _) = &self.shown else { return };
        let (root, is_done) = (self.screen.root(), self.screen.is_done());
        // A token would be seen at its goal first if it was not sent off as soon as it is drawn.
        if self.has_walks {
            self.has_walks = !walk_tokens(root, session.place) && !is_done;
        }
        if is_done {
            if let Some(laid_out) = page.0.laid_out.get() {
                self.scrolls.follow(root, session.place, laid_out);
            }
            self.crosslight.follow(root, session);
        }
    }

    /// What follows from what is shown now: in the address, the clock, the storage.
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
        let place = session.place;
        hold_ruler(root, place);
        let drawn = Drawn {
            told: (place, session.is_forked()),
            rests: (!session.playing).then_some((place, session.is_forked())),
            motion: (place, session.motion),
            help: session.help,
        };
        let before = self.drawn.replace(drawn);
        if before.is_none_or(|before| before.told != drawn.told) {
            if session.wants_words() {
                page.fetch_words(|| ());
            }
            let title = session.scene.title(session.language);
            let title = format!("{title} · {}", ui::TITLE.to(session.language));
            browser::entitle(&title);
        }
        if before.is_none_or(|before| before.rests != drawn.rests) {
            let page = page.clone();
            let remember = move || page.with(|state| state.remember(&page.0.wishes));
            self.remembering = drawn.rests.map(|_| Later::new(ARRIVED_MS, remember));
        }
        // A page that is hidden may not come back.
        if before.is_none() || session.surface == Surface::Hidden {
            self.remember(wishes);
        }
        if before.is_none_or(|before| before.help != drawn.help) {
            follow_help(root, session.help);
        }
        if before.is_none_or(|before| before.motion != drawn.motion) {
            self.has_walks = session.motion == Motion::SettingOut && !session.reduced_motion;
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

/// The ruler stands where the reader is before it is drawn so: a finger may have it, which must not
/// find it where it was.
fn hold_ruler(root: &Element, place: usize) {
    let ruler = root.query_selector(".scrub-range").ok().flatten();
    let ruler = ruler.and_then(|ruler| ruler.dyn_into::<HtmlInputElement>().ok());
    let place = place.to_string();
    if let Some(ruler) = ruler.filter(|ruler| ruler.value() != place) {
        ruler.set_value(&place);
    }
}

/// Goes to the same page in the other language, which takes up what is here.
fn change_language(shown: &Shown, wishes: &Wishes) {
    let (handed, place) = match shown {
        Shown::Told(session, error) => (session.handed(error.is_none()), session.place),
        Shown::Inbox(inbox) => (vec![(handed::ASKED, inbox.asked.clone())], 0),
        Shown::Opening | Shown::Notice(..) => (Vec::new(), 0),
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

/// Sets the tokens that have changed their state at this place on their way. Are there any?
fn walk_tokens(root: &Element, place: usize) -> bool {
    let walks = format!("animateMotion[data-at=\"{place}\"]");
    let Ok(found) = root.query_selector_all(&walks) else { return false };
    for index in 0..found.length() {
        if let Some(Ok(walk)) = found.item(index).map(JsCast::dyn_into::<SvgAnimationElement>) {
            // Where it cannot walk, the token is there already.
            let _ = walk.begin_element();
        }
    }
    found.length() > 0
}
