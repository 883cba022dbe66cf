//! The screen: what the browser shows, and how it comes to show something else.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement, Node};

use crate::patch::{Document, patch};
use crate::tree::Tree;

/// An element of the document, and the HTML that was put into it last.
pub(crate) struct Screen {
    root: Element,
    shown: Option<Tree>,
}

impl Screen {
    /// A screen on which nothing is shown yet.
    pub(crate) fn new(root: Element) -> Screen {
        Screen { root, shown: None }
    }

    /// The element that holds all that is shown.
    pub(crate) fn root(&self) -> &Element {
        &self.root
    }

    /// Shows this HTML. Is all of it new, since nothing was shown before, or something else than
    /// what was put there?
    pub(crate) fn show(&mut self, html: String) -> bool {
        if self.shown.as_ref().is_some_and(|shown| shown.html() == html) {
            return false;
        }
        let next = Tree::read(html);
        let shown = self.shown.as_ref();
        let patched = shown.and_then(|shown| patch(&Browser, self.root.as_ref(), shown, &next));
        if patched.is_none() {
            // The first time, and where others have changed what was drawn.
            self.root.set_inner_html(next.html());
        }
        self.shown = Some(next);
        patched.is_none()
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

    fn insert(&self, parent: &Node, index: usize, html: &str) -> Option<()> {
        let before = at(parent, index);
        if let Some(before) = before.as_ref().and_then(element) {
            return before.insert_adjacent_html("beforebegin", html).ok();
        }
        element(parent)?.insert_adjacent_html("beforeend", html).ok()?;
        if before.is_some() {
            // In front of a text nothing can be put but a node that is there.
            parent.insert_before(&parent.last_child()?, before.as_ref()).ok()?;
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
