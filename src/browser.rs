//! The browser: what the page asks of it and tells it. Everything here may be refused, in a frame
//! without rights say, and then the page goes on without.

use story::Language;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CssAnimation, Document, Element, HtmlElement, HtmlInputElement, MediaQueryList, Response,
    ShareData, UrlSearchParams, Window,
};

use crate::handed::{FOCUS, KEPT};
use crate::route::{Address, RUN, Route};
use crate::session::{Room, Shared, Surface, Theme};
use crate::store;

/// What the address and the reader's settings ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wishes {
    /// The language.
    pub language: Language,
    /// Which page.
    pub route: Route,
    /// The path under which everything lies.
    pub root: String,
    /// The place to begin at.
    pub place: usize,
    /// Should things appear in place instead of moving?
    pub reduced_motion: bool,
    /// What the page in the other language handed over, if the reader comes from there.
    pub handed: Option<UrlSearchParams>,
}

impl Wishes {
    /// What the page in the other language handed over under this name.
    pub(crate) fn handed(&self, name: &str) -> Option<String> {
        self.handed.as_ref()?.get(name)
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

fn html() -> Option<Element> {
    document()?.document_element()
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

/// Reads the wishes from the address and from the browser. In which language the page is, its
/// document says: `boot.js` has decided that, since the program that it chose speaks no other.
pub fn wishes() -> Wishes {
    let parameter = |names: &[&str]| {
        let parameters = address()?;
        names.iter().find_map(|name| parameters.get(name))
    };
    let Address { root, route } = path();
    let tag = html().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    let language = Language::from_tag(&tag).unwrap_or(Language::English).here();
    let handed = take_handed();
    let hash = hash();
    // A hash is written as it is where it can be, and as `%7E` and the like where it cannot.
    let hash = js_sys::decode_uri_component(&hash).map_or(hash, String::from);
    let in_query = |route: &Route| {
        match parameter(&["scene", "lesson"]) {
            Some(id) => Some(Route::to(&id)),
            None => Route::to_run(parameter(&[RUN]), &hash),
        }
        .filter(|_| *route == Route::Inbox)
    };
    let wishes = Wishes {
        language,
        route: in_query(&route).unwrap_or(route),
        root,
        place: parameter(&["step"]).and_then(|step| step.parse().ok()).unwrap_or_default(),
        reduced_motion: reduced_motion(),
        handed,
    };
    store::recall(&wishes.handed(KEPT).unwrap_or_default());
    wishes
}

/// What stands between the page's own hash and what the page in the other language handed over:
/// in a hash nothing is too long, and no server sees it.
const HANDED: &str = "&handed&";

/// The address's own hash.
fn hash() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.split(HANDED).next().unwrap_or_default().to_owned()
}

/// Takes out of the address what the page in the other language handed over: it is so now, and may
/// not be so when the reader comes back.
fn take_handed() -> Option<UrlSearchParams> {
    let window = window()?;
    let address = window.location().href().ok()?;
    let (own, handed) = address.split_once(HANDED)?;
    let own = own.trim_end_matches('#');
    if let Ok(history) = window.history() {
        // In a frame without rights the address stays as it was.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(own));
    }
    UrlSearchParams::new_with_str(handed).ok()
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
pub async fn fetch(path: &str) -> Result<String, Unfetched> {
    let said = |error: JsValue| {
        let error: Option<js_sys::Error> = error.dyn_into().ok();
        error.map_or_else(|| "?".to_owned(), |error| String::from(error.message()))
    };
    let window = window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(path)).await.map_err(said)?;
    let response: Response = response.dyn_into().map_err(said)?;
    if !response.ok() {
        let status = response.status();
        return Err(Unfetched { is_missing: status == 404, why: format!("{status} {path}") });
    }
    let text = JsFuture::from(response.text().map_err(said)?).await.map_err(said)?;
    Ok(text.as_string().ok_or(path)?)
}

/// Fetches words that belong to this page: those that a cache has of another day do not. `boot.js`
/// says by what they are told apart.
pub(crate) async fn fetch_words(path: &str) -> Result<String, Unfetched> {
    let print = html().and_then(|html| html.get_attribute("data-words")).unwrap_or_default();
    fetch(&(path.to_owned() + &print)).await
}

fn address() -> Option<UrlSearchParams> {
    let search = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()
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

/// Says in the document's head what the page is called.
pub(crate) fn entitle(title: &str) {
    if let Some(document) = document().filter(|document| document.title() != title) {
        document.set_title(title);
    }
}

/// The address of a page in a language, at a place of its run; the hash stands behind it.
fn located(wishes: &Wishes, language: Language, place: usize) -> Option<String> {
    let parameters = address()?;
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
    Some(format!("{}{mark}{query}", wishes.route.path(&wishes.root, language)))
}

/// Says in the address which page it is, in which language, how far.
pub(crate) fn locate(wishes: &Wishes, place: usize) {
    let Some(address) = located(wishes, wishes.language, place) else { return };
    hold_icon(&wishes.root);
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let address = address + hash().trim_end_matches('#');
        // In a frame without rights the address stays as it was.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Goes to the same page in the other language, with what it is handed. The way back leads to
/// where the reader was before either.
pub(crate) fn hand_over(wishes: &Wishes, place: usize, handed: &[(&str, String)]) {
    let other = wishes.language.other();
    store::put("language", other.tag());
    let (Some(address), Some(window), Ok(parameters)) =
        (located(wishes, other, place), window(), UrlSearchParams::new())
    else {
        return;
    };
    for (name, value) in handed {
        parameters.set(name, value);
    }
    parameters.set(KEPT, &store::memory());
    if has_focus(LANGUAGE) {
        parameters.set(FOCUS, "");
    }
    let hash = hash();
    let mark = if hash.is_empty() { "#" } else { "" };
    let parameters = String::from(parameters.to_string());
    // It is refused nowhere; if it were, the reader would stay here.
    let _ = window.location().replace(&format!("{address}{mark}{hash}{HANDED}{parameters}"));
}

/// The switch of language.
const LANGUAGE: &str = ".mast-r [lang]";

/// Has the element with the focus this look?
pub(crate) fn has_focus(selector: &str) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|focused| focused.matches(selector).unwrap_or_default())
}

/// Moves the focus to the switch of language, if it is there.
pub(crate) fn focus_language() {
    focus(LANGUAGE);
}

/// Shows the page in a theme; without the attribute the style sheet asks the reader's system.
pub fn wear(theme: Theme) {
    let Some(html) = html() else { return };
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

/// The link to a path of this host.
pub(crate) fn link_to(path: &str) -> Option<String> {
    Some(window()?.location().origin().ok()? + path)
}

/// Hands on a link: where a finger has touched, to whomever the device knows, else by the
/// clipboard. Where both are refused it is to be shown.
pub(crate) async fn share(link: &str) -> Option<Shared> {
    let navigator = window()?.navigator();
    let can_share = js_sys::Reflect::has(&navigator, &"share".into()).unwrap_or_default();
    if can_share && media("(pointer: coarse)").is_some_and(|query| query.matches()) {
        let data = ShareData::new();
        data.set_url(link);
        match JsFuture::from(navigator.share_with_data(&data)).await {
            // Who has changed their mind wants nothing else.
            Err(error) if !is_aborted(&error) => (),
            _ => return None,
        }
    }
    let clipboard = navigator.clipboard();
    // Without a certificate there is none, whatever the type says.
    let is_copied =
        !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(link)).await.is_ok();
    Some(if is_copied { Shared::Copied } else { Shared::Shown(link.into()) })
}

fn is_aborted(error: &JsValue) -> bool {
    let name = js_sys::Reflect::get(error, &"name".into());
    name.is_ok_and(|name| name == "AbortError")
}

/// Marks the link where it is shown, if it is, so that one key copies it.
pub(crate) fn mark_link() {
    let found = document().and_then(|it| it.query_selector(LINK).ok().flatten());
    if let Some(field) = found.and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

/// The field with the link that the reader has to copy.
pub(crate) const LINK: &str = ".shared input";

/// Moves the focus back to the button that shares.
pub(crate) fn focus_share() {
    focus("[data-do=share]");
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

/// Is the reader's focus in this page, wherever?
pub(crate) fn has_reader() -> bool {
    document().is_some_and(|document| document.has_focus().unwrap_or_default())
}

/// Moves the focus to the button for the next step: what was pressed has gone with its letter.
pub fn focus_next_step() {
    focus(".tb--fwd");
}

/// Moves the focus to an element, if it is there. Where it is refused, the focus is where it was.
fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
