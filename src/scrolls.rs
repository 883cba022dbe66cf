//! What scrolls by itself: the chats to their newest message, the ladder to the moment shown. Only
//! when there is something new to see, so that a reader who scrolls back is left alone.

use story::view::Ladder;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::about;
use crate::session::Action;

/// What the page scrolled to last.
#[derive(Default, Debug)]
pub(crate) struct Scrolls {
    /// How many messages each list had.
    counts: Vec<String>,
    /// Where the ladder's line of now was, in a ladder how high.
    now: Option<(i32, i32)>,
}

/// The lists of messages: on both phones, or in the one chat.
const CHATS: &str = ".phone .chat, .chat-both ol";
/// What the ladder scrolls in.
const LADDER: &str = ".ld-wrap";
/// The height of the names at the ladder's head.
const HEAD: i32 = 48;

impl Scrolls {
    /// Scrolls to what is new.
    pub(crate) fn follow(&mut self, root: &Element) {
        self.chats(root);
        self.ladder(root);
    }

    fn chats(&mut self, root: &Element) {
        let Ok(lists) = root.query_selector_all(CHATS) else { return };
        let mut counts = Vec::new();
        for index in 0..lists.length() {
            let Some(list) = lists.item(index) else { continue };
            let list: &Element = list.unchecked_ref();
            let count = list.get_attribute("data-count").unwrap_or_default();
            if self.counts.get(counts.len()) != Some(&count) {
                list.set_scroll_top(list.scroll_height());
                // On a narrow screen it is what is around the list that scrolls.
                if let Some(around) = list.parent_element() {
                    around.set_scroll_top(around.scroll_height());
                }
            }
            counts.push(count);
        }
        self.counts = counts;
    }

    /// Keeps the moment shown in view, two thirds down, when the ladder is higher than its place.
    fn ladder(&mut self, root: &Element) {
        let list = root.query_selector(LADDER).ok().flatten();
        let number = |name: &str| list.as_ref()?.get_attribute(name)?.parse().ok();
        let now: Option<(i32, i32)> = number("data-now").zip(number("data-height"));
        if self.now == now {
            return;
        }
        self.now = now;
        let (Some(list), Some((now_y, height))) = (list, now) else { return };
        let now_y = list.scroll_height() * now_y / height.max(1);
        let top = now_y - list.client_height() * 2 / 3;
        // For so little the names at the head are not cut in half.
        list.set_scroll_top(if top < HEAD { 0 } else { top });
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
