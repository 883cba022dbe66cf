//! The browser: what the page asks of it and tells it. Everything here may be refused, in a frame
//! without rights say, and then the page goes on without.

use story::Language;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CssAnimation, Document, Element, HtmlElement, MediaQueryList, Response, UrlSearchParams, Window,
};

use crate::route::{Address, RUN, Route};
use crate::session::{Room, Surface, Theme};
use crate::store;

/// What the address and the reader's settings ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wishes {
    /// The language: the address's, else the one chosen before, else the browser's, else English.
    pub language: Language,
    /// Which page.
    pub route: Route,
    /// The path under which everything lies.
    pub root: String,
    /// The place to begin at.
    pub place: usize,
    /// Should things appear in place instead of moving?
    pub reduced_motion: bool,
}

fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The element that the page is drawn into.
///
/// # Panics
///
/// Never in a browser: `index.html` has the element, and without it there is nothing to draw into.
pub fn root() -> Element {
    let page = document().and_then(|document| document.get_element_by_id("page"));
    page.expect("index.html has an element with the id `page`")
}

/// Reads the wishes from the address and from the browser.
pub fn wishes() -> Wishes {
    let parameter = |names: &[&str]| {
        let parameters = address()?;
        names.iter().find_map(|name| parameters.get(name))
    };
    let Address { root, language, route } = path();
    let asked = parameter(&["lang", "locale", "hl"]).as_deref().and_then(Language::from_tag);
    let chosen = || store::get("language").as_deref().and_then(Language::from_tag);
    let language = asked.or(language).or_else(chosen).or_else(spoken);
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    // A hash is written as it is where it can be, and as `%7E` and the like where it cannot.
    let hash = js_sys::decode_uri_component(&hash).map_or(hash, String::from);
    let in_query = |route: &Route| {
        match parameter(&["scene", "lesson"]) {
            Some(id) => Some(Route::to(&id)),
            None => Route::to_run(parameter(&[RUN]), &hash),
        }
        .filter(|_| *route == Route::Inbox)
    };
    Wishes {
        language: language.unwrap_or(Language::English),
        route: in_query(&route).unwrap_or(route),
        root,
        place: parameter(&["step"]).and_then(|step| step.parse().ok()).unwrap_or_default(),
        reduced_motion: reduced_motion(),
    }
}

fn path() -> Address {
    let path = window().and_then(|window| window.location().pathname().ok());
    Address::of(path.as_deref().unwrap_or("/"))
}

/// Why something could not be fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfetched {
    /// Is it because the server has no such thing?
    pub is_missing: bool,
    /// In the browser's own words where the network fails, in the server's where it refuses.
    pub why: String,
}

impl<T: ToString> From<T> for Unfetched {
    fn from(why: T) -> Unfetched {
        Unfetched { is_missing: false, why: why.to_string() }
    }
}

/// Fetches a text that belongs to the page.
///
/// # Errors
///
/// [`Unfetched`] says why there is none.
pub async fn fetch(path: String) -> Result<String, Unfetched> {
    let said = |error: JsValue| {
        let error: Option<js_sys::Error> = error.dyn_into().ok();
        error.map_or_else(|| "?".to_owned(), |error| String::from(error.message()))
    };
    let window = window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(&path)).await.map_err(said)?;
    let response: Response = response.dyn_into().map_err(said)?;
    if !response.ok() {
        let status = response.status();
        return Err(Unfetched { is_missing: status == 404, why: format!("{status} {path}") });
    }
    let text = JsFuture::from(response.text().map_err(said)?).await.map_err(said)?;
    Ok(text.as_string().ok_or(path)?)
}

fn address() -> Option<UrlSearchParams> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()
}

/// The first of the reader's languages that the page speaks.
fn spoken() -> Option<Language> {
    let languages = window()?.navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| Language::from_tag(&tag))
}

fn reduced_motion() -> bool {
    media("(prefers-reduced-motion: reduce)").is_some_and(|query| query.matches())
}

/// A media query; there is nobody to ask outside a browser.
pub(crate) fn media(query: &str) -> Option<MediaQueryList> {
    let window = if cfg!(target_arch = "wasm32") { window() } else { None };
    window?.match_media(query).ok().flatten()
}

/// The width at which the style sheets change to one column.
pub(crate) const NARROW: &str = "(max-width: 640px)";

/// How much room the window has now.
pub(crate) fn room() -> Room {
    match media(NARROW) {
        Some(query) if query.matches() => Room::Narrow,
        Some(_) => Room::Wide,
        None => Room::Unknown,
    }
}

/// Says in the document's head in which language the page is, and what it is called.
pub(crate) fn speak(language: Language, title: &str) {
    let Some(document) = document() else { return };
    // What stays as it is is left alone: a new language has every element styled anew.
    if document.title() != title {
        document.set_title(title);
    }
    let html = document.document_element();
    if let Some(html) =
        html.filter(|html| html.get_attribute("lang").as_deref() != Some(language.tag()))
    {
        // Without the attribute a screen reader picks the voice by guessing; nothing else is lost.
        let _ = html.set_attribute("lang", language.tag());
    }
}

/// Says in the address which page it is, in which language, how far.
pub(crate) fn locate(language: Language, root: &str, route: &Route, place: usize) {
    let (Some(parameters), Some(window)) = (address(), window()) else { return };
    // The path says these.
    for name in ["lang", "locale", "hl", "scene", "lesson", "step"] {
        parameters.delete(name);
    }
    if place > 0 {
        parameters.set("step", &place.to_string());
    }
    // A run is read more easily as it was written.
    let query = String::from(parameters.to_string()).replace("%7E", "~");
    let mark = if query.is_empty() { "" } else { "?" };
    let hash = window.location().hash().unwrap_or_default();
    let address = format!("{}{mark}{query}{hash}", route.path(root, language));
    hold_icon(root);
    if let Ok(history) = window.history() {
        // In a frame without rights the address stays as it was.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Shows the page in a theme; without the attribute the style sheet asks the reader's system.
pub fn wear(theme: Theme) {
    let Some(html) = document().and_then(|document| document.document_element()) else { return };
    // Neither is refused anywhere, and the page can be read in any colours.
    let _ = match theme {
        Theme::System => html.remove_attribute("data-theme"),
        _ => html.set_attribute("data-theme", theme.id()),
    };
}

/// Where the page can be seen, unless it is being printed.
pub(crate) fn surface() -> Surface {
    let hidden = document().is_some_and(|document| document.hidden());
    if hidden { Surface::Hidden } else { Surface::Screen }
}

/// Puts every flight under way where it would be if it had always taken so many times as long: the
/// style sheet has just changed how long flights take, and would else let them jump.
pub(crate) fn stretch_motion(factor: f64) {
    let Some(document) = document() else { return };
    for animation in document.get_animations().iter() {
        let Ok(animation) = animation.dyn_into::<CssAnimation>() else { continue };
        // Fades take the same time at any speed.
        if animation.animation_name().starts_with("letter") {
            animation.set_current_time(animation.current_time().map(|time| time * factor));
        }
    }
}

/// The icon may be fetched only after the address has changed, and then lies elsewhere from there.
fn hold_icon(root: &str) {
    let icon = document().and_then(|document| document.query_selector("link[rel=icon]").ok()?);
    let Some(icon) = icon else { return };
    let path = icon.get_attribute("href").unwrap_or_default();
    if let Some(name) = path.strip_prefix("./") {
        // Without it there is no picture beside the title; nothing else is lost.
        let _ = icon.set_attribute("href", &format!("{root}{name}"));
    }
}

/// Moves the focus to the button for the next step: what was pressed has gone with its letter.
pub fn focus_next_step() {
    let next = document().and_then(|document| document.query_selector(".tb--fwd").ok().flatten());
    if let Some(button) = next.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // Where it is refused, the focus is where it was.
        let _ = button.focus();
    }
}
