//! What a page hands to the page in the other language, which is another program: all that a
//! reader would miss of a session, by name. What the reader likes is handed over by `store`.

use std::rc::Rc;

use handshake::{PacketId, Trace};

use crate::session::{Action, Fold, Session, Tab, named};

/// What is searched for in the inbox.
pub(crate) const ASKED: &str = "asked";
/// The switch of language has the focus.
pub(crate) const FOCUS: &str = "focus";
/// The help is open.
const HELP: &str = "help";
/// What is kept here, and might not be kept in the browser.
pub(crate) const KEPT: &str = "kept";
/// The reader has closed what was said about the run's text.
pub(crate) const SHUT: &str = "shut";
/// The run that the reader made of the scene's own.
const OWN: &str = "own";
const PICKED: &str = "picked";
const PLAYING: &str = "playing";
const TAB: &str = "tab";
/// What is so, or is not so where it is not handed over.
const YES: &str = "yes";

impl Session {
    /// What the page in the other language has to know of it.
    pub fn handed(&self, is_shut: bool) -> Vec<(&'static str, String)> {
        let folds = Fold::ALL.map(|fold| (fold.id(), self.is_unfolded(fold)));
        let so =
            [(SHUT, is_shut), (PLAYING, self.playing), (HELP, self.help)].into_iter().chain(folds);
        let so = so.filter(|(_, is_so)| *is_so).map(|(name, _)| (name, YES.to_owned()));
        let own = self.is_forked().then(|| (OWN, self.trace.to_string()));
        let picked = self.selected.map(|PacketId(id)| (PICKED, id.to_string()));
        let tab = (TAB, self.tab.id().to_owned());
        so.chain(own).chain(picked).chain([tab]).collect()
    }

    /// A session that begins at a place, and goes on from there as the page in the other language
    /// has left its own, if it has handed anything over.
    #[must_use]
    pub fn taken_up(mut self, place: usize, handed: impl Fn(&str) -> Option<String>) -> Session {
        if let Some(own) = handed(OWN) {
            self.trace = Rc::new(Trace::decode(&own).0);
        }
        if let Some(tab) = handed(TAB) {
            self.tab = named(&Tab::ALL, Tab::id, &tab).unwrap_or(self.tab);
        }
        self.unfolded = Fold::ALL.map(|fold| handed(fold.id()).is_some());
        self = self.after(Action::Seek(place));
        self.selected = handed(PICKED).and_then(|id| id.parse().ok()).map(PacketId);
        self.playing = handed(PLAYING).is_some();
        self.help = handed(HELP).is_some();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handshake::Choice;
    use story::{Language, Scene};

    fn begun(language: Language, place: usize) -> Session {
        let scene = Scene::confession().unwrap();
        Session::new(scene, language).after(Action::Seek(place))
    }

    /// The session on the page in the other language.
    fn over(session: &Session) -> Session {
        let handed = session.handed(false);
        let find = |name: &str| handed.iter().find(|(each, _)| *each == name);
        let other = begun(Language::Chinese, 0);
        other.taken_up(session.place, |name| find(name).map(|(_, value)| value.clone()))
    }

    fn arrives(session: &Session) {
        let there = over(session);
        let expected = Session {
            language: Language::Chinese,
            scene: there.scene.clone(),
            motion: there.motion,
            ..session.clone()
        };
        assert_eq!(there, expected);
        assert_eq!(there.is_forked(), session.is_forked());
    }

    #[test]
    fn the_language_changes_nothing_else() {
        let here = begun(Language::English, 3);
        arrives(&here);
        arrives(&here.after(Action::SetTab(Tab::Ladder)).after(Action::Turn(Fold::Notes)));
        arrives(&here.after(Action::Select(Some(PacketId(1)))));
        arrives(&here.after(Action::TogglePlay));
        arrives(&here.after(Action::SetHelp(true)));
    }

    #[test]
    fn the_run_that_the_reader_made_goes_along() {
        let flying = begun(Language::English, 2);
        let lost = flying.after(Action::Choose(Choice::Drop(PacketId(1))));
        arrives(&lost);
        let end = lost.after(Action::Last);
        assert!(end.place > begun(Language::English, 0).trace.len());
        arrives(&end);
        let copied = flying.after(Action::Choose(Choice::Duplicate(PacketId(1))));
        assert_eq!(over(&copied).position(), copied.position());
    }

    #[test]
    fn what_nobody_handed_over_is_as_it_begins() {
        let begun = begun(Language::English, 1);
        assert_eq!(begun.clone().taken_up(1, |_| None), begun);
        let nonsense = begun
            .clone()
            .taken_up(1, |name| [TAB, PICKED].contains(&name).then(|| "nonsense".to_owned()));
        assert_eq!(nonsense, begun);
    }
}
