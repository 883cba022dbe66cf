//! The screen: what the browser shows, and how it comes to show something else.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::patch::{Script, Turns};
use crate::tree::Tree;

#[wasm_bindgen(module = "/src/draw.js")]
extern "C" {
    /// Does what a script says. Is all done? Not in a document that others have changed.
    fn draw(root: &Element, words: &str, parts: &str) -> bool;
}

/// An element of the document, the HTML that it is to show, and what is left to do for that.
pub struct Screen {
    root: Element,
    shown: Option<Tree>,
    turns: Option<Turns>,
}

impl Screen {
    /// A screen on which nothing is shown yet.
    pub fn new(root: Element) -> Screen {
        Screen { root, shown: None, turns: None }
    }

    /// The element that holds all that is shown.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// Finds out what has to change to show this HTML. [`finish`](Self::finish) does it at once,
    /// [`go_on`](Self::go_on) in turns; what was left of the HTML before is done first. Is all that
    /// is there new, since nothing was shown before, or something else than what was put there?
    pub fn show(&mut self, html: String) -> bool {
        if self.shown.as_ref().is_some_and(|shown| shown.html() == html) {
            return false;
        }
        let is_new = self.finish();
        let Some(was) = self.shown.take() else {
            self.shown = Some(Tree::read(html));
            self.draw_anew();
            return true;
        };
        let wanted = self.shown.insert(Tree::read(html));
        self.turns = Some(Turns::new(was, wanted));
        is_new
    }

    /// Does the screen show what it is to show?
    pub fn is_done(&self) -> bool {
        self.turns.as_ref().is_none_or(Turns::are_over)
    }

    /// Takes the next turn: first what has none of its own. Is all new, since what was there was
    /// not what was put there?
    pub fn go_on(&mut self) -> bool {
        let (Some(turns), Some(shown)) = (&mut self.turns, &self.shown) else { return false };
        let Some(script) = turns.take(shown) else { return false };
        self.perform(&script)
    }

    /// Takes all turns that are left. Is all new, since what was there was not what was put there?
    pub fn finish(&mut self) -> bool {
        let (false, Some(turns), Some(shown)) = (self.is_done(), &mut self.turns, &self.shown)
        else {
            return false;
        };
        let script = turns.take_all(shown);
        self.perform(&script)
    }

    /// Does what a script says. Is all new, since it could not?
    fn perform(&mut self, script: &Script) -> bool {
        let is_refused = !draw(&self.root, script.words(), script.parts());
        if is_refused {
            self.draw_anew();
        }
        is_refused
    }

    fn draw_anew(&mut self) {
        if let Some(shown) = &self.shown {
            self.root.set_inner_html(shown.html());
        }
        self.turns = None;
    }
}
