//! What has to change on the screen so that it shows another tree: as little as can be, so that
//! what stays keeps its focus, its scroll and its motion. What stands in an element that has a turn
//! of its own can wait for its turn.

use maud::Render;

use crate::tree::{Tree, meant};

/// What is still to be done until the screen shows a tree.
pub struct Turns {
    old: Tree,
    /// What has no turn of its own is done before all others.
    first: Option<Script>,
    left: Vec<Turn>,
}

/// An element that is drawn in a turn of its own.
struct Turn {
    /// The way to it from the root, as a script.
    way: Script,
    /// As what it was drawn.
    was: usize,
    /// As what it is wanted.
    wanted: usize,
}

impl Turns {
    /// What has to be done to make what was drawn as `old` look like `new`.
    pub fn new(old: Tree, new: &Tree) -> Turns {
        let mut patch = Patch::new(&old, new, Script::default());
        patch.children(&old.roots(), &new.roots());
        let Patch { script, mut left, .. } = patch;
        left.reverse();
        Turns { old, first: Some(script), left }
    }

    /// Is all done?
    pub fn are_over(&self) -> bool {
        self.first.is_none() && self.left.is_empty()
    }

    /// All that is left, as if it were one turn.
    pub fn take_all(&mut self, new: &Tree) -> Script {
        let mut all = Script::default();
        while let Some(script) = self.take(new) {
            all.append(&script);
        }
        all
    }

    /// What is next in the order of the page, if anything is left.
    pub fn take(&mut self, new: &Tree) -> Option<Script> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let Turn { way, was, wanted } = self.left.pop()?;
        let mut patch = Patch::new(&self.old, new, way);
        patch.turn_into(was, wanted);
        let Patch { script, left, .. } = patch;
        self.left.extend(left.into_iter().rev());
        Some(script)
    }
}

/// Changes of a document, one behind the other, as words that `draw.js` reads: to do them one by
/// one would cost the program more than the browser.
///
/// It begins at the root. `<` goes into the child that so many stand in front of, and says which
/// tag it must have, a text none; `>` goes out again, and `^` back to the root. There `t` gives a
/// text other words, `a` an attribute a value, `-` takes an attribute away, `+` puts in what the
/// next [part](Self::parts) holds, behind so many others, and `x` takes out the child that so many
/// stand in front of, if it has this tag.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Script {
    words: String,
    parts: String,
}

impl Script {
    /// What ends each word, and stands in none: [`Tree::read`] leaves it out.
    pub const END: char = '\u{1}';

    /// Its words, each with its end.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The HTML of all that is put in, which the browser reads in one go: an element for each time,
    /// in whose stead what it holds belongs on the screen.
    pub fn parts(&self) -> &str {
        &self.parts
    }

    fn word(&mut self, word: &str) {
        self.words.push_str(word);
        self.words.push(Script::END);
    }

    fn number(&mut self, number: usize) {
        number.render_to(&mut self.words);
        self.words.push(Script::END);
    }

    fn enter(&mut self, index: usize, tag: &str) {
        self.word("<");
        self.number(index);
        self.word(tag);
    }

    fn leave(&mut self) {
        self.word(">");
    }

    /// And then what another script says.
    fn append(&mut self, other: &Script) {
        self.word("^");
        self.words.push_str(&other.words);
        self.parts.push_str(&other.parts);
    }

    fn set_text(&mut self, text: &str) {
        self.word("t");
        self.word(text);
    }

    fn set_attribute(&mut self, name: &str, value: &str) {
        self.word("a");
        self.word(name);
        self.word(value);
    }

    fn remove_attribute(&mut self, name: &str) {
        self.word("-");
        self.word(name);
    }

    fn insert(&mut self, index: usize, html: &str, holder: &str) {
        self.word("+");
        self.number(index);
        for piece in ["<", holder, ">", html, "</", holder, ">"] {
            self.parts.push_str(piece);
        }
    }

    fn remove(&mut self, index: usize, tag: &str) {
        self.word("x");
        self.number(index);
        self.word(tag);
    }
}

/// Two trees, and what is found out about them.
struct Patch<'a> {
    old: &'a Tree,
    new: &'a Tree,
    script: Script,
    /// Where the script is, from the root: behind which child, and in which tag.
    way: Script,
    /// What has a turn of its own, in the order of the page.
    left: Vec<Turn>,
}

impl<'a> Patch<'a> {
    /// Begins where this way leads.
    fn new(old: &'a Tree, new: &'a Tree, way: Script) -> Patch<'a> {
        Patch { old, new, script: way.clone(), way, left: Vec::new() }
    }

    /// Can the one become the other? A key is for life, and a tag as well.
    fn is_same(&self, old: usize, new: usize) -> bool {
        self.old.tag(old) == self.new.tag(new) && self.old.key(old) == self.new.key(new)
    }

    /// In which element what is put in here is read: what belongs into a drawing means something
    /// else where there is none.
    fn holder(&self) -> &'static str {
        let is_in_drawing = self.way.words.contains("\u{1}svg\u{1}");
        if is_in_drawing { "svg" } else { "div" }
    }

    /// Can this old node, which no wanted one is the same as, become a wanted one all the same?
    fn can_be_reused(&self, old: usize, new: usize, wanted: &[usize]) -> bool {
        self.old.can_be_reused(old)
            && self.new.can_be_reused(new)
            && self.old.tag(old) == self.new.tag(new)
            && !wanted.iter().any(|new| self.is_same(old, *new))
    }

    /// Walks along what is in an element. What is the same at the beginning and at the end stays.
    /// Between, an old node stays where a new one can be made of it; those before it that nothing
    /// can be made of go, and the new ones that no old one is left for come.
    fn children(&mut self, old: &[usize], new: &[usize]) {
        let can_stay = |(old, new): &(&usize, &usize)| self.is_same(**old, **new);
        let start = old.iter().zip(new).take_while(can_stay).count();
        let (rest, wanted) = (&old[start..], &new[start..]);
        let end = rest.iter().rev().zip(wanted.iter().rev()).take_while(can_stay).count();
        let (rest, end_old) = rest.split_at(rest.len() - end);
        let (wanted, end_new) = wanted.split_at(wanted.len() - end);

        for (index, (&was, &wanted)) in old[..start].iter().zip(new).enumerate() {
            self.turn_child(index, was, wanted);
        }
        let (mut rest, mut wanted, mut index) = (rest, wanted, start);
        while let Some(&first) = wanted.first() {
            let found = rest.iter().position(|old| self.is_same(*old, first));
            let is_reused = |old: &&usize| self.can_be_reused(**old, first, wanted);
            let found = found.or_else(|| rest.first().filter(is_reused).map(|_| 0));
            let made = if let Some(found) = found {
                self.remove(index, &rest[..found]);
                self.turn_child(index, rest[found], first);
                rest = &rest[found + 1..];
                1
            } else {
                let is_new = |wanted: &&usize| !rest.iter().any(|old| self.is_same(*old, **wanted));
                let count = wanted.iter().take_while(is_new).count();
                let html = self.new.sources(first, wanted[count - 1]);
                self.script.insert(index, html, self.holder());
                count
            };
            index += made;
            wanted = &wanted[made..];
        }
        self.remove(index, rest);
        for (&was, &wanted) in end_old.iter().zip(end_new) {
            self.turn_child(index, was, wanted);
            index += 1;
        }
    }

    /// Removes these, which stand behind each other from here on.
    fn remove(&mut self, index: usize, gone: &[usize]) {
        for gone in gone {
            self.script.remove(index, self.old.tag(*gone));
        }
    }

    /// Makes a child into what is wanted, now or in its turn. One that is that already is not even
    /// looked for.
    fn turn_child(&mut self, index: usize, was: usize, wanted: usize) {
        if self.old.source(was) == self.new.source(wanted) {
            return;
        }
        let (tag, here) = (self.old.tag(was), self.way.words.len());
        self.way.enter(index, tag);
        if self.new.has_turn(wanted) {
            self.left.push(Turn { way: self.way.clone(), was, wanted });
        } else {
            self.script.enter(index, tag);
            self.turn_into(was, wanted);
            self.script.leave();
        }
        self.way.words.truncate(here);
    }

    fn turn_into(&mut self, was: usize, wanted: usize) {
        let (old, new) = (self.old, self.new);
        if new.tag(wanted).is_empty() {
            return self.script.set_text(&meant(new.source(wanted)));
        }
        let had: Vec<_> = old.attributes(was).collect();
        let has: Vec<_> = new.attributes(wanted).collect();
        for (name, value) in &has {
            if !had.contains(&(name, value)) {
                self.script.set_attribute(name, &meant(value));
            }
        }
        for (name, _) in &had {
            if !has.iter().any(|each| each.0 == *name) {
                self.script.remove_attribute(name);
            }
        }
        self.children(&old.children(was), &new.children(wanted));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    /// A document of our own: nodes that know what they hold.
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

    impl Node {
        fn child(&self, index: &str, tag: &str) -> Option<Node> {
            let found = self.0.borrow().children.get(index.parse::<usize>().ok()?).cloned();
            found.filter(|found| found.0.borrow().tag == tag)
        }

        fn remove_attribute(&self, name: &str) {
            self.0.borrow_mut().attributes.retain(|each| each.0 != name);
        }

        fn insert(&self, index: &str, part: &Node) -> Option<()> {
            let part = part.0.take().children;
            let (index, children) =
                (index.parse::<usize>().ok()?, &mut self.0.borrow_mut().children);
            (index <= children.len()).then(|| drop(children.splice(index..index, part)))
        }

        /// Does what a script says, and counts the changes. None: there is no such child.
        fn perform(&self, script: &Script) -> Option<usize> {
            let mut words = script.words().split_terminator(Script::END);
            let mut parts = Node::root(script.parts()).0.take().children.into_iter();
            let (mut way, mut changes) = (vec![self.clone()], 0);
            while let Some(verb) = words.next() {
                let here = way.last()?.clone();
                let mut word = || words.next().expect("a script ends behind a change");
                changes += usize::from(!"<>^".contains(verb));
                match verb {
                    "<" => way.push(here.child(word(), word())?),
                    ">" => drop(way.pop()),
                    "^" => way.truncate(1),
                    "t" => here.0.borrow_mut().text = word().to_owned(),
                    "a" => {
                        let (name, value) = (word(), word().to_owned());
                        here.remove_attribute(name);
                        here.0.borrow_mut().attributes.push((name.to_owned(), value));
                    }
                    "-" => here.remove_attribute(word()),
                    "+" => here.insert(word(), &parts.next().expect("a part for each"))?,
                    "x" => {
                        let (index, tag) = (word(), word());
                        here.child(index, tag)?;
                        let index = index.parse::<usize>().ok()?;
                        drop(here.0.borrow_mut().children.remove(index));
                    }
                    _ => panic!("{verb:?} is no change"),
                }
            }
            Some(changes)
        }
    }

    /// Makes `root`, drawn as `old`, look like `new`, at once.
    fn patch(root: &Node, old: &str, new: &str) -> Option<usize> {
        let (old, new) = (Tree::read(old.to_owned()), Tree::read(new.to_owned()));
        let mut turns = Turns::new(old, &new);
        let changes = root.perform(&turns.take_all(&new))?;
        assert!(turns.are_over());
        Some(changes)
    }

    /// Draws `old`, patches it into `new`, and says how many changes that took.
    fn changes(old: &str, new: &str) -> usize {
        let root = Node::root(old);
        let changes = patch(&root, old, new);
        assert_eq!(root.written(), Node::root(new).written(), "{old} -> {new}");
        changes.expect("it is as it was drawn")
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
    fn what_is_to_go_can_become_another_like_it() {
        let list = |keys: &[u32]| -> String {
            let item =
                |key| format!(r#"<li data-key="{key}" data-reused><b>a</b><i>{key}</i></li>"#);
            keys.iter().map(item).collect()
        };
        // A key, and a text.
        assert_eq!(changes(&list(&[1]), &list(&[2])), 2);
        // Those that stay are themselves.
        assert_eq!(changes(&list(&[1, 2]), &list(&[1, 3])), 2);
        assert_eq!(changes(&list(&[1, 2]), &list(&[2, 3])), 2);
        assert_eq!(changes(&list(&[1, 2]), &list(&[3, 2])), 2);
        assert_eq!(changes(&list(&[1]), &list(&[2, 3])), 3);
        assert_eq!(changes(&list(&[1]), &list(&[2, 1])), 1);
        assert_eq!(changes(&list(&[1]), r#"<b data-key="2" data-reused></b>"#), 2);
    }

    #[test]
    fn a_document_that_is_not_as_it_was_drawn_is_noticed() {
        for others in ["<p>a</p>", "<p>a</p><i>b</i>", "<p>a</p><b><font>b</font></b>"] {
            let (old, new) = ("<p>a</p><b>b</b>", "<p>a</p><b>c</b>");
            let found = patch(&Node::root(others), old, new);
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
        let root = Node::root(&old);
        // How many are still old, none of them before one that is new?
        let left = || {
            let written = root.written();
            let (new, old) = (written.rfind("new").unwrap(), written.find("old"));
            assert!(old.is_none_or(|old| new < old), "{written}");
            written.matches("old").count()
        };
        let mut turns = Turns::new(Tree::read(old), &new);
        let mut seen = Vec::new();
        while let Some(script) = turns.take(&new) {
            root.perform(&script).unwrap();
            seen.push(left());
        }
        assert_eq!(seen, [3, 2, 1, 0]);
    }
}
