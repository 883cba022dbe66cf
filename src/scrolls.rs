//! What scrolls by itself: the chats to their newest message, the ladder to the moment shown. Only
//! when there is something new to see, so that a reader who scrolls back is left alone.

use js_sys::Array;
use story::view::Ladder;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use crate::components::about;
use crate::session::Action;

/// What the page scrolled to last, and what it has to scroll to.
#[derive(Default)]
pub(crate) struct Scrolls {
    /// What each list of messages showed.
    shown: Vec<String>,
    /// Where the ladder's line of now was, in a ladder how high.
    now: Option<(i32, i32)>,
    due: Vec<Due>,
}

/// Something that has to be scrolled.
enum Due {
    /// A list of messages, to its end.
    Chat(Element),
    /// The ladder, to a height of its drawing, which is how high.
    Ladder(Element, i32, i32),
}

/// The lists of messages: on both phones, or in the one chat.
const CHATS: &str = ".phone .chat, .chat-both ol";
/// What the ladder scrolls in.
const LADDER: &str = ".ld-wrap";
/// The height of the names at the ladder's head.
const HEAD: i32 = 48;

impl Scrolls {
    /// Finds what has to be scrolled. How far is known only after the browser has laid it out;
    /// asked before, it would do so twice.
    pub(crate) fn follow(&mut self, root: &Element, laid_out: &LaidOut) {
        self.find_chats(root);
        self.find_ladder(root);
        if !self.due.is_empty() {
            laid_out.ask(root);
        }
    }

    fn find_chats(&mut self, root: &Element) {
        let Ok(lists) = root.query_selector_all(CHATS) else { return };
        let mut all = Vec::new();
        for index in 0..lists.length() {
            let Some(list) = lists.item(index) else { continue };
            let list: Element = list.unchecked_into();
            let shown = list.get_attribute("data-shown").unwrap_or_default();
            if self.shown.get(all.len()) != Some(&shown) {
                self.due.push(Due::Chat(list));
            }
            all.push(shown);
        }
        self.shown = all;
    }

    fn find_ladder(&mut self, root: &Element) {
        let list = root.query_selector(LADDER).ok().flatten();
        let number = |name: &str| list.as_ref()?.get_attribute(name)?.parse().ok();
        let now: Option<(i32, i32)> = number("data-now").zip(number("data-height"));
        if self.now != now
            && let (Some(list), Some((now_y, height))) = (list, now)
        {
            self.due.push(Due::Ladder(list, now_y, height));
        }
        self.now = now;
    }

    /// Scrolls what has to be scrolled.
    pub(crate) fn settle(&mut self) {
        for due in self.due.drain(..) {
            match due {
                Due::Chat(list) => {
                    list.set_scroll_top(list.scroll_height());
                    // On a narrow screen it is what is around the list that scrolls.
                    if let Some(around) = list.parent_element() {
                        around.set_scroll_top(around.scroll_height());
                    }
                }
                // The moment shown stands two thirds down, in a ladder higher than its place.
                Due::Ladder(list, now_y, height) => {
                    let now_y = list.scroll_height() * now_y / height.max(1);
                    let top = now_y - list.client_height() * 2 / 3;
                    // For so little the names at the head are not cut in half.
                    list.set_scroll_top(if top < HEAD { 0 } else { top });
                }
            }
        }
    }
}

/// Says when the browser has laid out what was drawn, and has not painted it yet.
pub(crate) struct LaidOut {
    observer: Option<ResizeObserver>,
    /// It is called as long as it lives.
    _heard: Closure<dyn FnMut(Array)>,
}

impl LaidOut {
    /// Calls back each time that it was asked to.
    pub(crate) fn new(mut call: impl FnMut() + 'static) -> LaidOut {
        let heard: Closure<dyn FnMut(Array)> = Closure::new(move |_: Array| call());
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        LaidOut { observer, _heard: heard }
    }

    /// Whoever begins to observe an element is told its size after the next layout.
    fn ask(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.unobserve(element);
            observer.observe(element);
        }
    }
}

/// About which height of its drawing the ladder was scrolled; a ladder that is drawn whole stays as
/// it is.
pub(crate) fn scrolled(list: &Element) -> Option<Action> {
    let height: i32 = list.get_attribute("data-height")?.parse().ok()?;
    if !list.matches(LADDER).unwrap_or(false) || height <= Ladder::WHOLE {
        return None;
    }
    let middle = list.scroll_top() + list.client_height() / 2;
    let y = middle * height / list.scroll_height().max(1);
    Some(Action::Scroll(about(y)))
}
