//! Pictures that are fetched by themselves: each only where it is seen, and into a frame in which
//! nothing else is drawn.

use maud::{Markup, html};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::browser;

/// When the landscape for a narrow window is seen. A low one, as a frame in somebody else's page
/// may be, has no room for it and sees the middle of the wide one.
const NARROW_AND_HIGH: &str = "(max-width: 640px) and (min-height: 521px)";

/// What a frame says that has been looked at: `yes` where its picture is there or on its way, `no`
/// where it is not seen.
const ASKED: &str = "data-asked";

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

/// Fetches the pictures that are seen now and have not been asked for; `from` is where the pictures
/// lie.
pub(crate) fn fill_frames(root: &Element, from: &str) {
    frames(root, ".picture:not([data-asked])", |frame| fill(frame, from));
}

/// Others may be seen now.
pub(crate) fn look_again(root: &Element) {
    frames(root, "[data-asked=no]", |frame| drop(frame.remove_attribute(ASKED)));
}

fn frames(root: &Element, selector: &str, act: impl Fn(Element)) {
    let Ok(frames) = root.query_selector_all(selector) else { return };
    for index in 0..frames.length() {
        if let Some(Ok(frame)) = frames.item(index).map(JsCast::dyn_into) {
            act(frame);
        }
    }
}

fn fill(frame: Element, from: &str) {
    let said = |name| frame.get_attribute(name).unwrap_or_default();
    let is_seen = browser::media(&said("data-when")).is_some_and(|query| query.matches());
    let _ = frame.set_attribute(ASKED, if is_seen { "yes" } else { "no" });
    if !is_seen {
        return;
    }
    let path = format!("{from}{}.svg", said("data-picture"));
    spawn_local(async move {
        match browser::fetch(&path).await {
            Ok(picture) => frame.set_inner_html(&picture),
            // Until the next step there is sky, or paper, and nothing else is lost.
            Err(_) => drop(frame.remove_attribute(ASKED)),
        }
    });
}
