//! HTML as the page writes it, read as a tree: what is to be shown is compared with what is.
//!
//! It reads what `maud` and the drawings' files write: every element is closed, every value stands
//! in double quotes, and no `>` in it. Anything else ends the tree early; nothing panics.

use std::borrow::Cow;
use std::ops::Range;

use crate::patch::Script;

/// A piece of HTML, and where its elements lie in it.
pub struct Tree {
    html: String,
    /// In the order in which they begin.
    nodes: Vec<Node>,
}

/// An element or a text.
struct Node {
    source: Range<usize>,
    /// Where the name ends of an element, or a text begins.
    name: usize,
    /// Where an element's tag ends, or a text begins.
    inside: usize,
    /// The value of [`KEY`], if there is one.
    key: Option<Range<usize>>,
    has_turn: bool,
    can_be_reused: bool,
    /// The first node behind all that is in this one.
    after: usize,
}

/// How long a node is in the page's HTML, about.
const BYTES_A_NODE: usize = 32;

/// Elements that hold nothing and are not closed.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// The attribute that tells elements of the same tag apart.
const KEY: &str = "data-key=\"";

/// The attribute of elements that are drawn in a turn of their own.
const TURN: &str = "data-turn";

/// The attribute of elements of which, when they are to go, another like them can be made: to put
/// in a new one takes longer.
const REUSED: &str = "data-reused";

impl Tree {
    /// Reads HTML, without [`Script::END`] in it: no page needs that. Most of what stands in the
    /// tags is read when somebody asks: of most elements nobody does, since nothing of them has
    /// changed.
    pub fn read(html: String) -> Tree {
        let html = if html.contains(Script::END) { html.replace(Script::END, "") } else { html };
        let nodes = Vec::with_capacity(html.len() / BYTES_A_NODE);
        let mut tree = Tree { html, nodes };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(&first) = tree.html.as_bytes().get(at) {
            at = match (first, tree.html.as_bytes().get(at + 1)) {
                (b'<', Some(b'/')) => {
                    let end = behind(tree.html.as_bytes(), at, b'>');
                    if let Some(index) = open.pop() {
                        tree.close(index, end);
                    }
                    end
                }
                (b'<', _) => {
                    let (end, holds) = tree.element(at);
                    if holds {
                        open.push(tree.nodes.len() - 1);
                    }
                    end
                }
                _ => tree.text(at),
            };
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

    fn close(&mut self, index: usize, end: usize) {
        let after = self.nodes.len();
        let node = &mut self.nodes[index];
        (node.source.end, node.after) = (end, after);
    }

    /// Where does a text end that begins here?
    fn text(&mut self, start: usize) -> usize {
        let end = until(self.html.as_bytes(), start, b'<');
        let after = self.nodes.len() + 1;
        let (name, inside) = (start, start);
        let (key, has_turn, can_be_reused) = (None, false, false);
        let source = start..end;
        self.nodes.push(Node { source, name, inside, key, has_turn, can_be_reused, after });
        end
    }

    /// Reads an element's tag. Where does it end, and is there more to come before the element
    /// does?
    fn element(&mut self, start: usize) -> (usize, bool) {
        let html = self.html.as_bytes();
        let name = word_end(html, start + 1);
        let (mut at, mut key, mut has_turn, mut can_be_reused) = (name, None, false, false);
        // In a value, what is called like a key would have a quotation mark behind it.
        while at < html.len() && html[at] != b'>' {
            if html[at] == b' ' {
                let rest = &html[at + 1..];
                if rest.starts_with(KEY.as_bytes()) {
                    let value = at + 1 + KEY.len();
                    key = Some(value..until(html, value, b'"'));
                }
                has_turn |= has_name(rest, TURN);
                can_be_reused |= has_name(rest, REUSED);
            }
            at += 1;
        }
        let end = html.len().min(at + 1);
        let is_closed = at == html.len() || html[at - 1] == b'/';
        let holds = !is_closed && !VOID.contains(&&self.html[start + 1..name]);
        let after = self.nodes.len() + 1;
        let (source, inside) = (start..end, end);
        self.nodes.push(Node { source, name, inside, key, has_turn, can_be_reused, after });
        (end, holds)
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
        self.nodes[node].has_turn
    }

    /// Can another element like this one be made of it, when it is to go?
    pub(crate) fn can_be_reused(&self, node: usize) -> bool {
        self.nodes[node].can_be_reused
    }

    /// An element's tag; nothing for a text.
    pub(crate) fn tag(&self, node: usize) -> &str {
        let node = &self.nodes[node];
        self.html.get(node.source.start + 1..node.name).unwrap_or_default()
    }

    /// What tells this element from others of its tag.
    pub(crate) fn key(&self, node: usize) -> Option<&str> {
        self.nodes[node].key.clone().map(|key| &self.html[key])
    }

    /// Names and values, as they are written.
    pub(crate) fn attributes(&self, node: usize) -> Attributes<'_> {
        let node = &self.nodes[node];
        Attributes(&self.html[node.name..node.inside])
    }
}

/// Does an attribute of this name begin here, which has no value?
fn has_name(tag: &[u8], name: &str) -> bool {
    tag.starts_with(name.as_bytes()) && matches!(tag.get(name.len()), Some(b' ' | b'>'))
}

/// Where this byte is found next; the end, where it is not.
fn until(bytes: &[u8], mut at: usize, byte: u8) -> usize {
    while at < bytes.len() && bytes[at] != byte {
        at += 1;
    }
    at
}

/// One further than that.
fn behind(bytes: &[u8], at: usize, byte: u8) -> usize {
    bytes.len().min(until(bytes, at, byte) + 1)
}

/// Where a name ends.
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && !matches!(bytes[at], b' ' | b'\n' | b'=' | b'>' | b'/') {
        at += 1;
    }
    at
}

/// Attributes that have not been read yet.
pub(crate) struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let bytes = self.0.as_bytes();
        let start = bytes.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'>' | b'/'))?;
        let end = word_end(bytes, start + 1);
        let (value, after) = if bytes[end..].starts_with(b"=\"") {
            let close = until(bytes, end + 2, b'"');
            (end + 2..close, bytes.len().min(close + 1))
        } else {
            (end..end, end)
        };
        let found = (&self.0[start..end], &self.0[value]);
        self.0 = &self.0[after..];
        Some(found)
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
    fn no_page_can_end_a_word_of_a_script() {
        let tree = Tree::read("<i title=\"a\u{1}b\">c\u{1}d</i>".to_owned());
        assert_eq!(tree.html(), "<i title=\"ab\">cd</i>");
    }

    #[test]
    fn what_stands_for_a_character_is_read_as_that_character() {
        assert_eq!(meant("a &lt;b&gt; &amp;lt; &quot;c&quot;"), "a <b> &lt; \"c\"");
        assert_eq!(meant("plain"), "plain");
    }
}
