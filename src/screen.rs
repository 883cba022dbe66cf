//! The screen: what the browser shows, and how it comes to show something else.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement, Node};

use crate::patch::{Document, Turns};
use crate::tree::Tree;

/// An element of the document, the HTML that it is to show, and what is left to do for that.
pub(crate) struct Screen {
    root: Element,
    shown: Option<Tree>,
    turns: Option<Turns<Node>>,
}

impl Screen {
    /// A screen on which nothing is shown yet.
    pub(crate) fn new(root: Element) -> Screen {
        Screen { root, shown: None, turns: None }
    }

    /// The element that holds all that is shown.
    pub(crate) fn root(&self) -> &Element {
        &self.root
    }

    /// Begins to show this HTML; what has a turn of its own is left for [`go_on`](Self::go_on), and
    /// what was left of the HTML before is done first. Is all of it new, since nothing was shown
    /// before, or something else than what was put there?
    pub(crate) fn show(&mut self, html: String) -> bool {
        if self.shown.as_ref().is_some_and(|shown| shown.html() == html) {
            return false;
        }
        let mut is_new = false;
        while !self.is_done() {
            is_new |= self.go_on();
        }
        let next = Tree::read(html);
        let shown = self.shown.take();
        self.turns =
            shown.and_then(|shown| Turns::begin(&Browser, self.root.as_ref(), shown, &next));
        if self.turns.is_none() {
            // The first time, and where others have changed what was drawn.
            self.root.set_inner_html(next.html());
        }
        self.shown = Some(next);
        is_new || self.turns.is_none()
    }

    /// Does the screen show what it is to show?
    pub(crate) fn is_done(&self) -> bool {
        self.turns.as_ref().is_none_or(Turns::are_over)
    }

    /// Takes the next turn. Is all new, since what was there was not what was put there?
    pub(crate) fn go_on(&mut self) -> bool {
        let (Some(turns), Some(shown)) = (&mut self.turns, &self.shown) else { return false };
        let is_new = turns.take(&Browser, shown).is_none();
        if is_new {
            self.root.set_inner_html(shown.html());
            self.turns = None;
        }
        is_new
    }
}

/// The browser's document. What it refuses is taken for a document that others have changed.
struct Browser;

impl Document for Browser {
    type Node = Node;

    fn child(&self, parent: &Node, index: usize, tag: &str) -> Option<Node> {
        let tag = if tag.is_empty() { "#text" } else { tag };
        // HTML's own names are written in capitals here.
        at(parent, index).filter(|node| node.node_name().eq_ignore_ascii_case(tag))
    }

    fn set_text(&self, node: &Node, text: &str) -> Option<()> {
        node.set_node_value(Some(text));
        Some(())
    }

    fn set_attribute(&self, node: &Node, name: &str, value: &str) -> Option<()> {
        set_property(node, name, Some(value));
        element(node)?.set_attribute(name, value).ok()
    }

    fn remove_attribute(&self, node: &Node, name: &str) -> Option<()> {
        set_property(node, name, None);
        element(node)?.remove_attribute(name).ok()
    }

    fn insert(&self, parent: &Node, index: usize, html: &str, nodes: usize) -> Option<()> {
        let before = at(parent, index);
        if let Some(before) = before.as_ref().and_then(element) {
            return before.insert_adjacent_html("beforebegin", html).ok();
        }
        element(parent)?.insert_adjacent_html("beforeend", html).ok()?;
        if let Some(mut before) = before {
            // In front of a text nothing can be put but nodes that are there.
            for _ in 0..nodes {
                before = parent.insert_before(&parent.last_child()?, Some(&before)).ok()?;
            }
        }
        Some(())
    }

    fn remove(&self, parent: &Node, index: usize, tag: &str) -> Option<()> {
        parent.remove_child(&self.child(parent, index, tag)?).ok().map(drop)
    }
}

fn at(parent: &Node, index: usize) -> Option<Node> {
    parent.child_nodes().item(u32::try_from(index).ok()?)
}

fn element(node: &Node) -> Option<&Element> {
    node.dyn_ref()
}

/// What a reader has set by hand no longer follows its attribute.
fn set_property(node: &Node, name: &str, value: Option<&str>) {
    match name {
        "value" | "checked" => {
            let Some(input) = node.dyn_ref::<HtmlInputElement>() else { return };
            match (name, value) {
                ("checked", _) => input.set_checked(value.is_some()),
                (_, value) => input.set_value(value.unwrap_or_default()),
            }
        }
        "selected" => {
            if let Some(option) = node.dyn_ref::<HtmlOptionElement>() {
                option.set_selected(value.is_some());
            }
        }
        _ => (),
    }
}
