//! HTML as the page writes it, read as a tree: what is to be shown is compared with what is.
//!
//! It reads what `maud` and the drawings' files write: every element is closed, every value stands
//! in double quotes. Anything else is text, or ends the tree early; nothing panics.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of HTML, and where its elements lie in it.
pub struct Tree {
    html: String,
    /// In the order in which they begin.
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
}

/// An element or a text.
struct Node {
    source: Range<usize>,
    /// Of the tag; empty for a text.
    name: Range<usize>,
    attributes: Range<usize>,
    /// The first node behind all that is in this one.
    after: usize,
}

struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

/// Elements that hold nothing and are not closed.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// The attribute that tells elements of the same tag apart.
const KEY: &str = "data-key";

/// The attribute of elements that are drawn in a turn of their own.
const TURN: &str = "data-turn";

impl Tree {
    /// Reads HTML.
    pub fn read(html: String) -> Tree {
        let mut tree = Tree { html, nodes: Vec::new(), attributes: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(&first) = tree.html.as_bytes().get(at) {
            let end = match (first, tree.html.as_bytes().get(at + 1)) {
                (b'<', Some(b'/')) => {
                    let end = tree.behind(at, b'>');
                    if let Some(index) = open.pop() {
                        tree.close(index, end);
                    }
                    end
                }
                (b'<', Some(_)) => {
                    let (end, holds) = tree.element(at);
                    if holds {
                        open.push(tree.nodes.len() - 1);
                    }
                    end
                }
                _ => tree.text(at),
            };
            at = end;
        }
        for index in open {
            tree.close(index, at);
        }
        tree
    }

    /// The HTML that was read.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// Where `byte` is found next, and one further; the end, where it is not.
    fn behind(&self, at: usize, byte: u8) -> usize {
        let found = self.html.as_bytes()[at..].iter().position(|each| *each == byte);
        found.map_or(self.html.len(), |found| at + found + 1)
    }

    fn close(&mut self, index: usize, end: usize) {
        let after = self.nodes.len();
        let node = &mut self.nodes[index];
        (node.source.end, node.after) = (end, after);
    }

    fn text(&mut self, start: usize) -> usize {
        let bytes = &self.html.as_bytes()[start + 1..];
        let length = bytes.iter().position(|byte| *byte == b'<').unwrap_or(bytes.len());
        let end = start + 1 + length;
        let attributes = self.attributes.len()..self.attributes.len();
        let after = self.nodes.len() + 1;
        self.nodes.push(Node { source: start..end, name: start..start, attributes, after });
        end
    }

    /// Reads an element's tag. Where does it end, and is there more to come before the element
    /// does?
    fn element(&mut self, start: usize) -> (usize, bool) {
        let first = self.attributes.len();
        let name = start + 1..self.word_end(start + 1);
        let mut at = name.end;
        let (end, is_closed) = loop {
            match self.html.as_bytes().get(at) {
                None => break (at, true),
                Some(b'>') => break (at + 1, false),
                Some(b'/') => break (self.behind(at, b'>'), true),
                Some(b' ' | b'\n') => at += 1,
                Some(_) => at = self.attribute(at),
            }
        };
        let holds = !is_closed && !VOID.contains(&&self.html[name.clone()]);
        let (attributes, after) = (first..self.attributes.len(), self.nodes.len() + 1);
        self.nodes.push(Node { source: start..end, name, attributes, after });
        (end, holds)
    }

    fn attribute(&mut self, start: usize) -> usize {
        let name = start..self.word_end(start + 1);
        let has_value = self.html.as_bytes()[name.end..].starts_with(b"=\"");
        let (value, end) = if has_value {
            let start = name.end + 2;
            let quote = self.html[start..].find('"').map(|length| start + length);
            let end = quote.unwrap_or(self.html.len());
            (start..end, (end + 1).min(self.html.len()))
        } else {
            (name.end..name.end, name.end)
        };
        self.attributes.push(Attribute { name, value });
        end
    }

    /// Where a name ends that begins before `at`.
    fn word_end(&self, at: usize) -> usize {
        let bytes = self.html.as_bytes();
        let ends = |byte: &u8| matches!(byte, b' ' | b'\n' | b'=' | b'>' | b'/');
        let length = bytes.get(at..).and_then(|rest| rest.iter().position(ends));
        length.map_or(bytes.len(), |length| at + length)
    }

    /// The nodes that stand in no other.
    pub(crate) fn roots(&self) -> Vec<usize> {
        self.among(0..self.nodes.len())
    }

    /// The nodes that stand in this one, and in none between.
    pub(crate) fn children(&self, node: usize) -> Vec<usize> {
        self.among(node + 1..self.nodes[node].after)
    }

    fn among(&self, nodes: Range<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = nodes.start;
        while next < nodes.end {
            found.push(next);
            next = self.nodes[next].after;
        }
        found
    }

    /// A node as it is written.
    pub(crate) fn source(&self, node: usize) -> &str {
        &self.html[self.nodes[node].source.clone()]
    }

    /// These nodes and what stands between them, as they are written.
    pub(crate) fn sources(&self, first: usize, last: usize) -> &str {
        &self.html[self.nodes[first].source.start..self.nodes[last].source.end]
    }

    /// Is this element drawn in a turn of its own?
    pub(crate) fn has_turn(&self, node: usize) -> bool {
        self.attributes(node).any(|(name, _)| name == TURN)
    }

    /// An element's tag; nothing for a text.
    pub(crate) fn tag(&self, node: usize) -> &str {
        &self.html[self.nodes[node].name.clone()]
    }

    /// What tells this element from others of its tag.
    pub(crate) fn key(&self, node: usize) -> Option<&str> {
        self.attributes(node).find(|(name, _)| *name == KEY).map(|(_, value)| value)
    }

    /// Names and values, as they are written.
    pub(crate) fn attributes(&self, node: usize) -> impl Iterator<Item = (&str, &str)> {
        let attributes = &self.attributes[self.nodes[node].attributes.clone()];
        let text = |range: &Range<usize>| &self.html[range.clone()];
        attributes.iter().map(move |each| (text(&each.name), text(&each.value)))
    }
}

/// Text as it is meant, from text as it is written.
pub(crate) fn meant(written: &str) -> Cow<'_, str> {
    if !written.contains('&') {
        return Cow::Borrowed(written);
    }
    let text = written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Cow::Owned(text.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_and_text_is_found_with_what_it_holds() {
        let html =
            r#"<p class="a b" hidden>one <b>two</b><br>three</p><svg><path d="M0 0"/></svg>"#;
        let tree = Tree::read(html.to_owned());
        let roots = tree.roots();
        assert_eq!(roots.iter().map(|node| tree.tag(*node)).collect::<Vec<_>>(), ["p", "svg"]);
        let inner = tree.children(roots[0]);
        let sources: Vec<&str> = inner.iter().map(|node| tree.source(*node)).collect();
        assert_eq!(sources, ["one ", "<b>two</b>", "<br>", "three"]);
        let attributes: Vec<_> = tree.attributes(roots[0]).collect();
        assert_eq!(attributes, [("class", "a b"), ("hidden", "")]);
        assert_eq!(tree.source(roots[1]), r#"<svg><path d="M0 0"/></svg>"#);
        assert_eq!(tree.children(roots[1]).len(), 1);
    }

    #[test]
    fn what_is_cut_off_ends_the_tree_and_nothing_else() {
        let html = r#"<p class="é" data-key="爱"><b>x</b>&amp;爱</p>"#;
        for end in (0..=html.len()).filter(|end| html.is_char_boundary(*end)) {
            let tree = Tree::read(html[..end].to_owned());
            for node in tree.roots() {
                assert!(tree.source(node).len() <= end);
                let _ = (tree.key(node), tree.children(node), tree.attributes(node).count());
            }
        }
    }

    #[test]
    fn what_stands_for_a_character_is_read_as_that_character() {
        assert_eq!(meant("a &lt;b&gt; &amp;lt; &quot;c&quot;"), "a <b> &lt; \"c\"");
        assert_eq!(meant("plain"), "plain");
    }
}
