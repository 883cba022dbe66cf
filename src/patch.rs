//! What has to change on the screen so that it shows another tree: as little as can be, so that
//! what stays keeps its focus, its scroll and its motion. What stands in an element that has a turn
//! of its own can wait: a frame takes as many turns as it has time for.

use crate::tree::{Tree, meant};

/// A document that can be changed: the browser's, or a test's. Each `None` says that it is not as
/// it was drawn, as when a translator has been at it.
pub trait Document {
    /// An element or a text of it.
    type Node: Clone;

    /// The node that so many stand in front of, in this element, if it has this tag; a text has
    /// none.
    fn child(&self, parent: &Self::Node, index: usize, tag: &str) -> Option<Self::Node>;
    /// Gives a text other words.
    fn set_text(&self, node: &Self::Node, text: &str) -> Option<()>;
    /// Gives an element an attribute, or the attribute another value.
    fn set_attribute(&self, node: &Self::Node, name: &str, value: &str) -> Option<()>;
    /// Takes an attribute away.
    fn remove_attribute(&self, node: &Self::Node, name: &str) -> Option<()>;
    /// Puts HTML, which is so many nodes, into `parent`, behind `index` others.
    fn insert(&self, parent: &Self::Node, index: usize, html: &str, nodes: usize) -> Option<()>;
    /// Takes the node that so many stand in front of out of `parent`, if it has this tag.
    fn remove(&self, parent: &Self::Node, index: usize, tag: &str) -> Option<()>;
}

/// What is still to be done until the screen shows a tree.
pub struct Turns<N> {
    old: Tree,
    /// The next one is the last: an element, as what it was drawn, and as what it is wanted.
    left: Vec<(N, usize, usize)>,
}

impl<N: Clone> Turns<N> {
    /// Begins to make what is in `root`, drawn as `old`, look like `new`.
    pub fn begin<D>(document: &D, root: &N, old: Tree, new: &Tree) -> Option<Turns<N>>
    where
        D: Document<Node = N>,
    {
        let mut patch = Patch { document, old: &old, new, left: Vec::new() };
        patch.children(root, &old.roots(), &new.roots())?;
        let mut left = patch.left;
        left.reverse();
        Some(Turns { old, left })
    }

    /// Is all done?
    pub fn are_over(&self) -> bool {
        self.left.is_empty()
    }

    /// Does what is next in the order of the page.
    pub fn take<D: Document<Node = N>>(&mut self, document: &D, new: &Tree) -> Option<()> {
        let Some((node, was, wanted)) = self.left.pop() else { return Some(()) };
        let mut patch = Patch { document, old: &self.old, new, left: Vec::new() };
        patch.turn_into(&node, was, wanted)?;
        let mut left = patch.left;
        left.reverse();
        self.left.append(&mut left);
        Some(())
    }
}

struct Patch<'a, D: Document> {
    document: &'a D,
    old: &'a Tree,
    new: &'a Tree,
    /// What has a turn of its own, in the order of the page.
    left: Vec<(D::Node, usize, usize)>,
}

impl<D: Document> Patch<'_, D> {
    /// Can the one become the other? A key is for life, and a tag as well.
    fn is_same(&self, old: usize, new: usize) -> bool {
        self.old.tag(old) == self.new.tag(new) && self.old.key(old) == self.new.key(new)
    }

    /// Walks along what is in `parent`. What is the same at the beginning and at the end stays.
    /// Between, an old node stays where a new one can be made of it; those before it that nothing
    /// can be made of go, and the new ones that no old one is left for come.
    fn children(&mut self, parent: &D::Node, old: &[usize], new: &[usize]) -> Option<()> {
        let can_stay = |(old, new): &(&usize, &usize)| self.is_same(**old, **new);
        let start = old.iter().zip(new).take_while(can_stay).count();
        let (rest, wanted) = (&old[start..], &new[start..]);
        let end = rest.iter().rev().zip(wanted.iter().rev()).take_while(can_stay).count();
        let (rest, end_old) = rest.split_at(rest.len() - end);
        let (wanted, end_new) = wanted.split_at(wanted.len() - end);

        for (index, (&was, &wanted)) in old[..start].iter().zip(new).enumerate() {
            self.turn_child(parent, index, was, wanted)?;
        }
        let (mut rest, mut wanted, mut index) = (rest, wanted, start);
        while let Some(&first) = wanted.first() {
            let found = rest.iter().position(|old| self.is_same(*old, first));
            let made = if let Some(found) = found {
                self.remove(parent, index, &rest[..found])?;
                self.turn_child(parent, index, rest[found], first)?;
                rest = &rest[found + 1..];
                1
            } else {
                let is_new = |wanted: &&usize| !rest.iter().any(|old| self.is_same(*old, **wanted));
                let count = wanted.iter().take_while(is_new).count();
                let html = self.new.sources(first, wanted[count - 1]);
                self.document.insert(parent, index, html, count)?;
                count
            };
            index += made;
            wanted = &wanted[made..];
        }
        self.remove(parent, index, rest)?;
        for (&was, &wanted) in end_old.iter().zip(end_new) {
            self.turn_child(parent, index, was, wanted)?;
            index += 1;
        }
        Some(())
    }

    /// Removes these, which stand behind each other from here on.
    fn remove(&self, parent: &D::Node, index: usize, gone: &[usize]) -> Option<()> {
        gone.iter().try_for_each(|gone| self.document.remove(parent, index, self.old.tag(*gone)))
    }

    /// Makes a child into what is wanted, now or in its turn. One that is that already is not even
    /// looked for.
    fn turn_child(
        &mut self,
        parent: &D::Node,
        index: usize,
        was: usize,
        wanted: usize,
    ) -> Option<()> {
        if self.old.source(was) == self.new.source(wanted) {
            return Some(());
        }
        let child = self.document.child(parent, index, self.old.tag(was))?;
        if self.new.has_turn(wanted) {
            self.left.push((child, was, wanted));
            return Some(());
        }
        self.turn_into(&child, was, wanted)
    }

    fn turn_into(&mut self, node: &D::Node, was: usize, wanted: usize) -> Option<()> {
        let (old, new) = (self.old, self.new);
        if new.tag(wanted).is_empty() {
            return self.document.set_text(node, &meant(new.source(wanted)));
        }
        for (name, value) in new.attributes(wanted) {
            if !old.attributes(was).any(|each| each == (name, value)) {
                self.document.set_attribute(node, name, &meant(value))?;
            }
        }
        for (name, _) in old.attributes(was) {
            if !new.attributes(wanted).any(|each| each.0 == name) {
                self.document.remove_attribute(node, name)?;
            }
        }
        self.children(node, &old.children(was), &new.children(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    /// A document of our own: nodes that know what they hold, and a count of what was done to them.
    #[derive(Default)]
    struct Paper {
        changes: Cell<usize>,
    }

    #[derive(Clone)]
    struct Node(Rc<RefCell<Inner>>);

    #[derive(Default)]
    struct Inner {
        tag: String,
        text: String,
        attributes: Vec<(String, String)>,
        children: Vec<Node>,
    }

    impl Node {
        fn read(tree: &Tree, index: usize) -> Node {
            let tag = tree.tag(index).to_owned();
            let words = if tag.is_empty() { tree.source(index) } else { "" };
            let attributes = tree.attributes(index);
            let attributes = attributes.map(|(name, value)| (name.to_owned(), meant(value).into()));
            let children = tree.children(index).into_iter();
            let inner = Inner {
                tag,
                text: meant(words).into_owned(),
                attributes: attributes.collect(),
                children: children.map(|child| Node::read(tree, child)).collect(),
            };
            Node(Rc::new(RefCell::new(inner)))
        }

        fn root(html: &str) -> Node {
            let tree = Tree::read(html.to_owned());
            let children = tree.roots().into_iter().map(|child| Node::read(&tree, child));
            Node(Rc::new(RefCell::new(Inner { children: children.collect(), ..Inner::default() })))
        }

        /// Attributes in the order of their names: where they stand means nothing.
        fn written(&self) -> String {
            let inner = self.0.borrow();
            let children: String = inner.children.iter().map(Node::written).collect();
            let mut attributes = inner.attributes.clone();
            attributes.sort();
            format!("({}{}{attributes:?}{children})", inner.tag, inner.text)
        }
    }

    impl Paper {
        fn count(&self) {
            self.changes.set(self.changes.get() + 1);
        }
    }

    impl Document for Paper {
        type Node = Node;

        fn child(&self, parent: &Node, index: usize, tag: &str) -> Option<Node> {
            let found = parent.0.borrow().children.get(index).cloned();
            found.filter(|found| found.0.borrow().tag == tag)
        }

        fn set_text(&self, node: &Node, text: &str) -> Option<()> {
            self.count();
            node.0.borrow_mut().text = text.to_owned();
            Some(())
        }

        fn set_attribute(&self, node: &Node, name: &str, value: &str) -> Option<()> {
            self.count();
            let mut node = node.0.borrow_mut();
            node.attributes.retain(|each| each.0 != name);
            node.attributes.push((name.to_owned(), value.to_owned()));
            Some(())
        }

        fn remove_attribute(&self, node: &Node, name: &str) -> Option<()> {
            self.count();
            node.0.borrow_mut().attributes.retain(|each| each.0 != name);
            Some(())
        }

        fn insert(&self, parent: &Node, index: usize, html: &str, nodes: usize) -> Option<()> {
            self.count();
            let read = Node::root(html).0.take().children;
            assert_eq!(read.len(), nodes, "{html}");
            let children = &mut parent.0.borrow_mut().children;
            (index <= children.len()).then(|| drop(children.splice(index..index, read)))
        }

        fn remove(&self, parent: &Node, index: usize, tag: &str) -> Option<()> {
            self.count();
            self.child(parent, index, tag)?;
            let children = &mut parent.0.borrow_mut().children;
            (index < children.len()).then(|| drop(children.remove(index)))
        }
    }

    /// Makes `root`, drawn as `old`, look like `new`, one turn after the other.
    fn patch(paper: &Paper, root: &Node, old: &str, new: &str) -> Option<()> {
        let (old, new) = (Tree::read(old.to_owned()), Tree::read(new.to_owned()));
        let mut turns = Turns::begin(paper, root, old, &new)?;
        while !turns.are_over() {
            turns.take(paper, &new)?;
        }
        Some(())
    }

    /// Draws `old`, patches it into `new`, and says how many changes that took.
    fn changes(old: &str, new: &str) -> usize {
        let (paper, root) = (Paper::default(), Node::root(old));
        assert!(patch(&paper, &root, old, new).is_some(), "{old} -> {new}");
        assert_eq!(root.written(), Node::root(new).written(), "{old} -> {new}");
        paper.changes.get()
    }

    #[test]
    fn any_page_becomes_any_other() {
        let pages = [
            "",
            "text",
            "<p>one</p>",
            "<p>two &amp; <b>three</b></p>",
            "<p>two</p><p>three</p>",
            r#"<ul><li data-key="1">a</li><li data-key="2">b</li></ul>"#,
            r#"<ul><li data-key="2" class="x">b</li><li data-key="3">c</li></ul>"#,
            r#"<ul><li data-key="3">c</li><li data-key="1">a</li></ul><p>one</p>"#,
            r#"<svg viewBox="0 0 1 1"><path d="M0 0"></path><text>x</text></svg>"#,
            r#"<svg viewBox="0 0 2 2"><text>x</text></svg>text"#,
            r#"<input type="range" value="3"><br>text<p hidden></p>"#,
            "<div data-turn><p>one</p><p data-turn>two</p></div><p data-turn>three</p>",
            r#"<div data-turn id="x"><p>four</p><p data-turn>five</p>six</div>"#,
        ];
        for old in pages {
            for new in pages {
                let changes = changes(old, new);
                assert_eq!(changes == 0, old == new, "{old} -> {new}");
            }
        }
    }

    #[test]
    fn what_stays_is_left_alone() {
        let list = |keys: &[u32]| -> String {
            let items = keys.iter().map(|key| format!(r#"<li data-key="{key}">{key}</li>"#));
            items.collect()
        };
        assert_eq!(changes(&list(&[1, 2, 3]), &list(&[1, 2, 3, 4])), 1);
        assert_eq!(changes(&list(&[1, 2, 3]), &list(&[2, 3])), 1);
        assert_eq!(changes(&list(&[1, 2, 3, 4]), &list(&[1, 4])), 2);
        assert_eq!(changes(&list(&[1, 2, 3]), &list(&[0, 1, 2, 3])), 1);
        // What comes beside each other comes at once.
        assert_eq!(changes(&list(&[1, 2]), &list(&[3, 4, 5])), 3);
        assert_eq!(changes("<p>a</p><p>b</p>", "<p>a</p><p>b</p><p>c</p>"), 1);
        assert_eq!(changes(r#"<p class="a" id="b"></p>"#, r#"<p class="c" id="b"></p>"#), 1);
    }

    #[test]
    fn a_document_that_is_not_as_it_was_drawn_is_noticed() {
        for others in ["<p>a</p>", "<p>a</p><i>b</i>", "<p>a</p><b><font>b</font></b>"] {
            let (old, new) = ("<p>a</p><b>b</b>", "<p>a</p><b>c</b>");
            let found = patch(&Paper::default(), &Node::root(others), old, new);
            assert!(found.is_none(), "{others}");
        }
    }

    #[test]
    fn each_turn_draws_what_is_its_own_in_the_order_of_the_page() {
        let page = |words: &str| {
            let inner = format!("<p>{words}</p><i data-turn>{words}</i>");
            format!("<b>{words}</b><div data-turn>{inner}</div><u data-turn>{words}</u>")
        };
        let (old, new) = (page("old"), Tree::read(page("new")));
        let (paper, root) = (Paper::default(), Node::root(&old));
        // How many are still old, none of them before one that is new?
        let left = || {
            let written = root.written();
            let (new, old) = (written.rfind("new").unwrap(), written.find("old"));
            assert!(old.is_none_or(|old| new < old), "{written}");
            written.matches("old").count()
        };
        let mut turns = Turns::begin(&paper, &root, Tree::read(old), &new).unwrap();
        let mut seen = vec![left()];
        while !turns.are_over() {
            turns.take(&paper, &new).unwrap();
            seen.push(left());
        }
        assert_eq!(seen, [3, 2, 1, 0]);
    }
}
