//! Pictures that are fetched by themselves: each only where it is seen, and into a frame in which
//! nothing else is drawn.

use maud::{Markup, html};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::browser;

/// Where the landscape is drawn for a narrow window. A low one, as a frame in somebody else's page
/// may be, has no room for it and sees the middle of the wide one.
const NARROW_AND_HIGH: &str = "(max-width: 640px) and (min-height: 521px)";

/// A frame for a picture of this name, filled while the media query holds.
pub(crate) fn frame(name: &str, when: &str) -> Markup {
    html! { div class="picture" data-picture=(name) data-when=(when) {} }
}

/// T's house, P's observatory and the land between them, wide or for a narrow window.
pub(crate) fn landscape() -> Markup {
    html! {
        (frame("landscape", &format!("not all and {NARROW_AND_HIGH}")))
        (frame("landscape-small", NARROW_AND_HIGH))
    }
}

/// Fills the frames.
#[derive(Default, Debug)]
pub(crate) struct Pictures {
    asked: Vec<String>,
}

impl Pictures {
    /// Fetches the pictures that are seen now and have not been asked for; `from` is where the
    /// pictures lie.
    pub(crate) fn follow(&mut self, root: &Element, from: &str) {
        let Ok(frames) = root.query_selector_all(".picture") else { return };
        for index in 0..frames.length() {
            if let Some(Ok(frame)) = frames.item(index).map(JsCast::dyn_into) {
                self.fill(frame, from);
            }
        }
    }

    fn fill(&mut self, frame: Element, from: &str) {
        let said = |name| frame.get_attribute(name).unwrap_or_default();
        let name = said("data-picture");
        let is_seen = browser::media(&said("data-when")).is_some_and(|query| query.matches());
        if !is_seen || self.asked.contains(&name) {
            return;
        }
        let path = format!("{from}{name}.svg");
        self.asked.push(name);
        spawn_local(async move {
            // Without it there is sky, or paper, and nothing else is lost.
            if let Ok(picture) = browser::fetch(&path).await {
                frame.set_inner_html(&picture);
            }
        });
    }
}
