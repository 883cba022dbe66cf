//! What the page hears, and what it means: events at its root, keys at the document, and what the
//! window says of its width, of paper and of other tabs.
//!
//! An element says in `data-do` what a touch does, in `data-walk` and `data-touch` which part of a
//! `data-drawing` it is, in `data-term` which term it explains, in its `name` which field it is.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use story::view::Heading;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, MouseEvent,
    PointerEvent,
};

use crate::browser::{self, LINK};
use crate::components::{note, way};
use crate::keys::pressed;
use crate::page::{AGAIN, Message, Page, SHUT};
use crate::scrolls::scrolled;
use crate::session::{Action, Drawing, Speed, Surface, Switch, named};

/// Listens for all that the page hears. What listens keeps the page, and the page keeps it: both
/// live as long as the document.
pub(crate) fn ears(root: &Element, page: &Page) -> Vec<EventListener> {
    let mut ears = Vec::new();
    let hovered = Rc::new(RefCell::new(Hovered::default()));
    for name in HEARD {
        let (page, hovered) = (page.clone(), hovered.clone());
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        ears.push(EventListener::new_with_options(root, name, options, move |event| {
            hear(event, &page, &hovered);
        }));
    }
    if let Some(document) = browser::document() {
        let options = EventListenerOptions::enable_prevent_default();
        let hearing = page.clone();
        let key = move |event: &Event| {
            if let Some(event) = event.dyn_ref() {
                press(event, &hearing);
            }
        };
        ears.push(EventListener::new_with_options(&document, "keydown", options, key));
        let page = page.clone();
        let seen = move |_: &Event| page.act(Action::SetSurface(browser::surface()));
        ears.push(EventListener::new(&document, "visibilitychange", seen));
    }
    if let Some(query) = browser::media(browser::NARROW) {
        let page = page.clone();
        let changed = move |_: &Event| page.act(Action::SetRoom(browser::room()));
        ears.push(EventListener::new(&query, "change", changed));
    }
    if let Some(window) = web_sys::window() {
        let resized = page.clone();
        ears.push(EventListener::new(&window, "resize", move |_| resized.resized()));
        for (name, surface) in [("beforeprint", Surface::Paper), ("afterprint", Surface::Screen)] {
            let page = page.clone();
            let printing = move |_: &Event| page.act(Action::SetSurface(surface));
            ears.push(EventListener::new(&window, name, printing));
        }
    }
    ears
}

/// What is heard from the root and all that is in it.
const HEARD: [&str; 10] = [
    "click",
    "input",
    "change",
    "pointerup",
    "pointerover",
    "pointerleave",
    "focusin",
    "focusout",
    "scroll",
    "close",
];

/// What the pointer is over that must notice when it is no more.
#[derive(Default)]
struct Hovered {
    /// A word of the trade.
    term: Option<Element>,
    /// A part of a drawing that explains itself.
    is_part: bool,
}

fn hear(event: &Event, page: &Page, hovered: &RefCell<Hovered>) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    match event.type_().as_str() {
        "click" => click(event, &target, page),
        "input" => input(&target, page),
        "change" => change(&target, page),
        "pointerup" => settle(&target, page),
        "pointerover" => {
            page.light(Some(&target));
            hover(&target, event, page, &mut hovered.borrow_mut());
        }
        "pointerleave" => leave(event, page, &mut hovered.borrow_mut()),
        "focusin" => focus(&target, page),
        "focusout" => {
            page.light(None);
            // Who goes to another window to paste it still needs it.
            if target.matches(LINK).unwrap_or_default() && browser::has_reader() {
                page.act(Action::Shared(None));
            }
            // Who cannot be asked is changing the document, and may have taken away what was
            // touched.
            if page.with_session(|session| Some(session.touched.is_some())) != Some(false) {
                page.act(Action::Touch(None));
            }
        }
        "scroll" => {
            if let Some(y) = scrolled(&target) {
                page.act(Action::Scroll(y));
            }
        }
        "close" => page.act(Action::SetHelp(false)),
        _ => (),
    }
}

/// The nearest element around this one, or itself, that has this attribute, and its value.
fn around(element: &Element, attribute: &str) -> Option<(Element, String)> {
    let around = element.closest(&format!("[{attribute}]")).ok()??;
    let value = around.get_attribute(attribute)?;
    Some((around, value))
}

fn click(event: &Event, target: &Element, page: &Page) {
    if let Some((term, title)) = around(target, "data-term") {
        explain(&term, &title, page);
    }
    let Some((element, does)) = around(target, "data-do") else { return };
    if element.has_attribute("href") {
        // What leads into another window leads there by itself.
        let elsewhere =
            |event: &MouseEvent| event.ctrl_key() || event.meta_key() || event.shift_key();
        if event.dyn_ref().is_some_and(elsewhere) {
            return;
        }
        event.prevent_default();
    }
    obey(&does, page);
}

fn obey(does: &str, page: &Page) {
    match does {
        AGAIN => page.send(Message::Again),
        SHUT => page.send(Message::Shut),
        _ => {
            let Ok(action) = does.parse() else { return };
            let is_choice = matches!(action, Action::Choose(_));
            page.act(action);
            if is_choice {
                browser::focus_next_step();
            }
        }
    }
}

fn input(target: &Element, page: &Page) {
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return };
    match input.name().as_str() {
        "place" => {
            if let Ok(place) = input.value().parse() {
                page.act(Action::Scrub(place));
            }
        }
        "asked" => page.send(Message::Ask(input.value())),
        _ => (),
    }
}

fn change(target: &Element, page: &Page) {
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        if let Some(speed) = named(&Speed::ALL, Speed::factor, &select.value()) {
            page.act(Action::SetSpeed(speed));
        }
    } else if target.get_attribute("name").as_deref() == Some(Switch::Keys.id()) {
        page.act(Action::Flip(Switch::Keys));
    } else {
        settle(target, page);
    }
}

/// The ruler is let go, which one that stands where it stood before tells only by the pointer.
fn settle(target: &Element, page: &Page) {
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else { return };
    if let ("place", Ok(place)) = (input.name().as_str(), input.value().parse()) {
        page.act(Action::Seek(place));
    }
}

/// A part of a drawing, by the attribute that numbers it.
fn part(target: &Element, attribute: &str) -> Option<(Drawing, u32)> {
    let (part, number) = around(target, attribute)?;
    let (_, drawing) = around(&part, "data-drawing")?;
    Some((named(&Drawing::ALL, Drawing::id, &drawing)?, number.parse().ok()?))
}

fn hover(target: &Element, event: &Event, page: &Page, hovered: &mut Hovered) {
    match part(target, "data-touch") {
        Some(part) => {
            hovered.is_part = true;
            if page.with_session(|session| session.touched) != Some(part) {
                page.act(Action::Touch(Some(part)));
            }
        }
        None => leave_part(page, hovered),
    }
    // A finger presses; only what hovers has to be shown the note without.
    let is_mouse =
        event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "mouse");
    let term = around(target, "data-term").filter(|_| is_mouse);
    if term.as_ref().map(|(term, _)| term) == hovered.term.as_ref() {
        return;
    }
    leave_term(hovered);
    if let Some((term, title)) = term {
        explain(&term, &title, page);
        if let Some(button) = inner(&term, ".term") {
            button.click();
        }
        hovered.term = Some(term);
    }
}

fn leave(event: &Event, page: &Page, hovered: &mut Hovered) {
    // It is heard from all that the pointer leaves; here it counts where it leaves the whole page.
    let whole = event.current_target().is_some_and(|root| event.target() == Some(root));
    if whole {
        page.light(None);
        leave_part(page, hovered);
        leave_term(hovered);
    }
}

fn leave_part(page: &Page, hovered: &mut Hovered) {
    let touched = page.with_session(|session| session.touched);
    // A part of another drawing may have the focus.
    let is_left = touched.is_some_and(|(drawing, _)| drawing == Drawing::Header);
    if std::mem::take(&mut hovered.is_part) && is_left {
        page.act(Action::Touch(None));
    }
}

fn leave_term(hovered: &mut Hovered) {
    let note = hovered.term.take().and_then(|term| inner(&term, ".term-note"));
    if let Some(note) = note {
        // It may be closed already.
        let _ = note.hide_popover();
    }
}

fn inner(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// Fills in a term's note, which is empty until it is wanted.
fn explain(term: &Element, title: &str, page: &Page) {
    let Some(place) = inner(term, ".term-note") else { return };
    let said = place.text_content().unwrap_or_default();
    if said.len() > title.len() {
        // It may be being read, or copied from.
        return;
    }
    fill_in(&place, title, page);
    if page.with_session(|session| Some(session.lexicon.has(session.language))) == Some(false) {
        let (title, told) = (title.to_owned(), page.clone());
        page.fetch_words(move || fill_in(&place, &title, &told));
    }
}

/// Writes into a note what is known of its term by now.
fn fill_in(place: &HtmlElement, title: &str, page: &Page) {
    let note = page.with_session(|session| {
        Some(note(title, session.lexicon.meaning(title, session.language)).into_string())
    });
    if let Some(note) = note {
        place.set_inner_html(&note);
    }
}

fn focus(target: &Element, page: &Page) {
    page.light(Some(target));
    if let Some((drawing, part)) = part(target, "data-walk") {
        page.act(Action::Walk(drawing, part));
    }
    if let Some((term, title)) = around(target, "data-term") {
        explain(&term, &title, page);
    }
}

fn press(event: &KeyboardEvent, page: &Page) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target
        && in_drawing(event, &target, page)
    {
        // The page neither scrolls nor goes on with the story, even at the edge of the drawing.
        event.prevent_default();
        return;
    }
    if event.key() == "Escape" {
        let_go(page);
    }
    if let Some(action) = page.with_session(|session| pressed(event, session)) {
        event.prevent_default();
        page.act(action);
    }
}

/// Lets go of the message that is picked out, and closes the field with a link to copy: where the
/// focus is no longer in it, it closes by itself. So does the help, but the browser says so later
/// than the next key may come.
fn let_go(page: &Page) {
    if page.with_session(|session| Some(session.help)) == Some(true) {
        page.act(Action::SetHelp(false));
    }
    if page.with_session(|session| session.selected).is_some() {
        page.act(Action::Select(None));
    }
    if browser::has_focus(LINK) {
        browser::focus_share();
    }
}

/// Walks through a drawing, or presses a part of it that is a button. Was the key one for that?
fn in_drawing(event: &KeyboardEvent, target: &Element, page: &Page) -> bool {
    let Some((drawing, from)) = part(target, "data-walk") else { return false };
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return false;
    }
    let heading = match event.key().as_str() {
        "ArrowUp" => Heading::Up,
        "ArrowDown" => Heading::Down,
        "ArrowLeft" => Heading::Left,
        "ArrowRight" => Heading::Right,
        "Enter" | " " => return press_part(event, target, page),
        _ => return false,
    };
    let to = page.with_session(|session| way(session, drawing, from, heading));
    if let (Some(to), Some((drawing, _))) = (to, around(target, "data-drawing")) {
        focus_part(&drawing, to);
    }
    true
}

/// Enter and the space bar press a button that is drawn, as they press any other.
fn press_part(event: &KeyboardEvent, target: &Element, page: &Page) -> bool {
    let is_button = target.get_attribute("role").as_deref() == Some("button");
    let does = target.get_attribute("data-do").filter(|_| is_button);
    // A key that is held down presses once.
    if let Some(does) = does.as_ref().filter(|_| !event.repeat()) {
        obey(does, page);
    }
    does.is_some()
}

/// Focuses a part. A drawing may be there twice, once for each width; what is hidden refuses.
fn focus_part(drawing: &Element, part: u32) {
    let Ok(found) = drawing.query_selector_all(&format!("[data-walk=\"{part}\"]")) else { return };
    for index in 0..found.length() {
        if let Some(Ok(part)) = found.item(index).map(JsCast::dyn_into::<web_sys::SvgElement>) {
            // Where it is refused, the focus is where it was.
            let _ = part.focus();
        }
    }
}
