//! Walking through a drawing: one of its parts can be reached by Tab, the others by arrow keys.
//!
//! Each part has its number in `data-walk` and the tabindex that [`Walk::tabindex`] gives it.

use story::view::Heading;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent, SvgElement};
use yew::{Callback, NodeRef, hook, use_node_ref, use_state_eq};

/// What the drawing listens with, and where the reader is in it.
pub(super) struct Walk {
    pub(super) root: NodeRef,
    /// The part where the reader was last.
    pub(super) here: u32,
    pub(super) onkeydown: Callback<KeyboardEvent>,
    pub(super) onfocusin: Callback<FocusEvent>,
}

impl Walk {
    /// Whether Tab reaches a part.
    pub(super) fn tabindex(&self, part: u32) -> &'static str {
        if part == self.here { "0" } else { "-1" }
    }
}

/// A walk that begins at `start`; `way` says where a key leads from a part, `is_there` which parts
/// there are now.
#[hook]
pub(super) fn use_walk(
    start: u32,
    is_there: impl Fn(u32) -> bool,
    way: impl Fn(u32, Heading) -> Option<u32> + 'static,
) -> Walk {
    let root = use_node_ref();
    let last = use_state_eq(|| None);
    let here = last.filter(|&part| is_there(part)).unwrap_or(start);
    let drawing = root.clone();
    let onkeydown = move |event: KeyboardEvent| {
        let heading = match event.key().as_str() {
            "ArrowUp" => Heading::Up,
            "ArrowDown" => Heading::Down,
            "ArrowLeft" => Heading::Left,
            "ArrowRight" => Heading::Right,
            _ => return,
        };
        let Some(from) = part_of(event.target()) else { return };
        // The page neither scrolls nor goes on with the story, even at the edge of the drawing.
        event.prevent_default();
        event.stop_propagation();
        if let Some(part) = way(from, heading) {
            focus(&drawing, part);
        }
    };
    let onfocusin = move |event: FocusEvent| {
        if let Some(part) = part_of(event.target()) {
            last.set(Some(part));
        }
    };
    Walk { root, here, onkeydown: Callback::from(onkeydown), onfocusin: Callback::from(onfocusin) }
}

/// The part to which an element belongs.
pub(super) fn part_of(target: Option<web_sys::EventTarget>) -> Option<u32> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest("[data-walk]").ok()??.get_attribute("data-walk")?.parse().ok()
}

/// Focuses a part. A drawing may be there twice, once for each width; what is hidden refuses.
fn focus(root: &NodeRef, part: u32) {
    let Some(root) = root.cast::<Element>() else { return };
    let Ok(found) = root.query_selector_all(&format!("[data-walk=\"{part}\"]")) else { return };
    for index in 0..found.length() {
        if let Some(Ok(part)) = found.item(index).map(JsCast::dyn_into::<SvgElement>) {
            // Where it is refused, the focus is where it was.
            let _ = part.focus();
        }
    }
}
