//! What scrolls by itself: the chats to their newest message, the ladder to the moment shown. Only
//! when there is something new to see, so that a reader who scrolls back is left alone.

use js_sys::Array;
use story::view::Ladder;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// What the page scrolled to last, and what it has to scroll to.
#[derive(Default)]
pub(crate) struct Scrolls {
    /// What each list of messages showed.
    shown: Vec<String>,
    /// At which place, and where the ladder's line of now was, in a ladder how high.
    now: Option<(usize, i32, i32)>,
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
/// What is not worth scrolling, in pixels.
const LITTLE: i32 = 48;

impl Scrolls {
    /// Finds what has to be scrolled. How far is known only after the browser has laid it out;
    /// asked before, it would do so twice.
    pub(crate) fn follow(&mut self, root: &Element, place: usize, laid_out: &LaidOut) {
        self.find_chats(root);
        self.find_ladder(root, place);
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

    fn find_ladder(&mut self, root: &Element, place: usize) {
        let list = root.query_selector(LADDER).ok().flatten();
        let number = |name: &str| list.as_ref()?.get_attribute(name)?.parse().ok();
        let now = number("data-now").zip(number("data-height"));
        let now = now.map(|(now_y, height)| (place, now_y, height));
        if self.now != now
            && let (Some(list), Some((_, now_y, height))) = (list, now)
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
                Due::Ladder(list, now_y, height) => show_now(&list, now_y, height),
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

/// What scrolls a ladder: its own place, or on a narrow screen what is around it.
fn scroller(list: &Element) -> Option<Element> {
    if list.scroll_height() > list.client_height() {
        return Some(list.clone());
    }
    list.closest(".plates").ok()?
}

/// How far a ladder's top is below that of what scrolls it, and how high it is on the screen.
fn drawn(list: &Element, scroller: &Element) -> (i32, i32) {
    let top = list.client_top() - list.scroll_top();
    let around = scroller.get_bounding_client_rect().top();
    let inside = list.get_bounding_client_rect().top();
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let offset = (inside - around) as i32;
    (offset + top, list.scroll_height().max(1))
}

/// What is so high in something of this height is how high in the same of another? The ladder of a
/// long run is so high that the product has no room in 32 bits.
fn scaled(y: i32, height: i32, other: i32) -> i32 {
    let scaled = i64::from(y) * i64::from(other) / i64::from(height.max(1));
    i32::try_from(scaled).unwrap_or(other)
}

/// The moment shown stands two thirds down, in a ladder higher than its place.
fn show_now(list: &Element, now_y: i32, height: i32) {
    let Some(scroller) = scroller(list) else { return };
    let (offset, drawn) = drawn(list, &scroller);
    let now_y = scroller.scroll_top() + offset + scaled(now_y, height, drawn);
    let top = now_y - scroller.client_height() * 2 / 3;
    // So little is not worth a movement.
    scroller.set_scroll_top(if top < LITTLE { 0 } else { top });
}

/// About which height a ladder in this element has to be drawn anew, if it was scrolled so far that
/// something is missing.
pub(crate) fn scrolled(scroller: &Element) -> Option<i32> {
    let list = if scroller.matches(LADDER).unwrap_or(false) {
        scroller.clone()
    } else {
        scroller.query_selector(LADDER).ok()??
    };
    let number = |name: &str| list.get_attribute(name)?.parse::<i32>().ok();
    let (height, about) = (number("data-height")?, number("data-about")?);
    if height <= Ladder::WHOLE {
        return None;
    }
    let (offset, drawn) = drawn(&list, scroller);
    let y = scaled(scroller.client_height() / 2 - offset, drawn, height);
    // So far beyond its middle things are seen; as far as WHOLE from `about` they are drawn.
    let seen = scaled(scroller.client_height() / 2, drawn, height);
    ((y - about).abs() + seen > Ladder::WHOLE).then_some(y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_down_a_long_ladder_stays_there() {
        assert_eq!(scaled(50, 100, 30), 15);
        assert_eq!(scaled(48_886, 49_930, 45_073), 44_130);
        assert_eq!(scaled(-10, 0, 50), -500);
    }
}
