//! The session: all that the page knows, and the only place where it changes.

use std::rc::Rc;

mod action;
mod options;

use handshake::{ByTime, Choice, PacketId, Trace};
use story::{Language, Lexicon, Numbers, Position, Scene};

pub(crate) use action::named;
pub use action::{Action, NoAction};
pub use options::{
    Drawing, Fold, Lens, Motion, Room, Shared, Speed, Surface, Switch, Tab, Theme, following,
};

/// All that the page knows at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// The scene that is told.
    pub scene: Rc<Scene>,
    /// The run: the scene's own, or what the reader made of it.
    pub trace: Rc<Trace>,
    /// How many steps of the run have been made.
    pub place: usize,
    /// What moves.
    pub motion: Motion,
    /// Does the run play by itself?
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// How sequence numbers are written.
    pub numbers: Numbers,
    /// In which language.
    pub language: Language,
    /// The words that have come since the page was loaded.
    pub lexicon: Lexicon,
    /// The place at which they were asked for last in vain.
    pub wordless: Option<usize>,
    /// As a story, or as what TCP does.
    pub lens: Lens,
    /// In which colours.
    pub theme: Theme,
    /// What is switched on, see [`is_on`](Session::is_on).
    pub switches: [bool; Switch::ALL.len()],
    /// Is the help open?
    pub help: bool,
    /// Which view is in front where there is room for only one.
    pub tab: Tab,
    /// Does the reader want things to appear in place instead of moving?
    pub reduced_motion: bool,
    /// The message that the reader picked out, until the story goes on.
    pub selected: Option<PacketId>,
    /// What has become of the link to what is shown, until the story goes on.
    pub shared: Option<Shared>,
    /// What is unfolded, see [`is_unfolded`](Session::is_unfolded).
    pub unfolded: [bool; Fold::ALL.len()],
    /// The part of a drawing that is touched, and explained.
    pub touched: Option<(Drawing, u32)>,
    /// The part of each drawing that was walked to last, which Tab reaches.
    pub walked: [Option<u32>; Drawing::ALL.len()],
    /// About which height of the ladder it was scrolled, and at which place of the run.
    pub scrolled: Option<(usize, i32)>,
    /// How much room the window has.
    pub room: Room,
    /// Where the page can be seen.
    pub surface: Surface,
}

/// The most steps that follow a choice of the reader's by themselves.
const STEPS_AFTER_CHOICE: usize = 40;

impl Session {
    /// A scene at its first moment.
    pub fn new(scene: impl Into<Rc<Scene>>, language: Language) -> Session {
        let scene = scene.into();
        Session {
            trace: scene.trace().clone(),
            scene,
            place: 0,
            motion: Motion::Still,
            playing: false,
            speed: Speed::Normal,
            numbers: Numbers::Relative,
            language,
            lexicon: Lexicon::default(),
            wordless: None,
            lens: Lens::Love,
            theme: Theme::System,
            switches: Switch::ALL.map(|switch| switch == Switch::Keys),
            help: false,
            tab: Tab::Chat,
            reduced_motion: false,
            selected: None,
            shared: None,
            unfolded: [false; Fold::ALL.len()],
            touched: None,
            walked: [None; Drawing::ALL.len()],
            scrolled: None,
            room: Room::Unknown,
            surface: Surface::Screen,
        }
    }

    /// Where the reader is.
    pub fn position(&self) -> Position {
        Position::resting(&self.trace, self.place)
    }

    /// Is this the end of the run?
    pub fn at_end(&self) -> bool {
        self.place == self.trace.len()
    }

    /// Has the reader made the run into another one?
    pub fn is_forked(&self) -> bool {
        !Rc::ptr_eq(&self.trace, self.scene.trace())
    }

    /// Is this a run for which words are missing? The scene brings those of its own.
    pub fn wants_words(&self) -> bool {
        let is_told = !self.scene.id.is_empty() && !self.is_forked();
        !is_told && !self.lexicon.has(self.language)
    }

    /// Is this switched on?
    pub fn is_on(&self, switch: Switch) -> bool {
        self.switches[switch as usize]
    }

    /// Is this unfolded?
    pub fn is_unfolded(&self, fold: Fold) -> bool {
        self.unfolded[fold as usize]
    }

    /// The part of a drawing where the reader was last, if it is one that is there now.
    pub fn part_walked_to(&self, drawing: Drawing, is_there: impl Fn(u32) -> bool) -> Option<u32> {
        self.walked[drawing as usize].filter(|part| is_there(*part))
    }

    pub(crate) fn set(&mut self, switch: Switch, on: bool) {
        self.switches[switch as usize] = on;
    }

    /// Do places go by too fast to be read out? Where they come to rest, one is.
    pub fn is_rushing(&self) -> bool {
        self.motion == Motion::Scrubbed || (self.playing && self.speed > Speed::Normal)
    }

    /// The session after an action.
    #[must_use]
    pub fn after(&self, action: Action) -> Session {
        let mut next = self.clone();
        match action {
            Action::Next => next.go_on(),
            Action::Back => next.jump(self.place.saturating_sub(1)),
            Action::First => next.jump(0),
            Action::Last => next.jump(self.trace.len()),
            Action::Seek(place) => next.jump(place),
            Action::Scrub(place) => {
                next.jump(place);
                next.motion = Motion::Scrubbed;
            }
            Action::TogglePlay => next.toggle_play(),
            Action::Elapsed => next.elapse(),
            Action::SetSpeed(speed) => next.speed = speed,
            Action::SetNumbers(numbers) => next.numbers = numbers,
            Action::Learn(Some(words)) => {
                next.lexicon = next.lexicon.with(self.language, words);
                next.wordless = None;
            }
            Action::Learn(None) => next.wordless = Some(self.place),
            Action::ChangeLanguage => (),
            Action::Share => next.shared = None,
            Action::Shared(shared) => next.shared = shared,
            Action::SetLens(lens) => next.lens = lens,
            Action::SetTheme(theme) => next.theme = theme,
            Action::Flip(switch) => next.set(switch, !self.is_on(switch)),
            Action::SetHelp(open) => {
                next.help = open;
                next.playing &= !open;
            }
            Action::SetTab(tab) => next.tab = tab,
            Action::Choose(choice) => next.choose(&choice),
            Action::BackToScene => next.back_to_scene(),
            Action::Select(which) => next.selected = which.filter(|_| which != self.selected),
            Action::Turn(fold) => next.unfolded[fold as usize] = !self.is_unfolded(fold),
            Action::Touch(part) => next.touched = part,
            Action::Walk(drawing, part) => {
                next.walked[drawing as usize] = Some(part);
                next.touched = Some((drawing, part));
            }
            Action::Scroll(y) => next.scrolled = Some((self.place, y)),
            Action::SetRoom(room) => next.room = room,
            Action::SetSurface(surface) => next.surface = surface,
        }
        next
    }

    /// Forward: first the letter that is due lands, if there is one, then the step is made.
    fn go_on(&mut self) {
        let Some(step) = self.trace.step_to(self.place + 1) else {
            self.playing = false;
            return;
        };
        let flies = matches!(step.choice, Choice::Deliver(_));
        if flies && self.motion != Motion::Landing && !self.reduced_motion {
            self.motion = Motion::Landing;
        } else {
            self.place += 1;
            self.let_go();
            self.motion = Motion::SettingOut;
            self.playing &= !self.is_on(Switch::Pauses);
        }
    }

    /// What was about the place before has no meaning at another.
    fn let_go(&mut self) {
        self.selected = None;
        self.shared = None;
    }

    fn jump(&mut self, place: usize) {
        self.place = place.min(self.trace.len());
        self.let_go();
        self.motion = Motion::Still;
        self.playing = false;
    }

    /// Playing from the end begins at the beginning. Who stops after each step has read this one.
    fn toggle_play(&mut self) {
        self.playing = !self.playing;
        if self.playing && self.at_end() {
            self.place = 0;
            self.motion = Motion::Still;
        } else if self.playing && self.is_on(Switch::Pauses) {
            self.go_on();
        }
    }

    fn elapse(&mut self) {
        if self.motion == Motion::Landing || self.playing {
            self.go_on();
        }
        if self.at_end() {
            self.playing = false;
        }
    }

    fn choose(&mut self, choice: &Choice) {
        let foreseen =
            self.trace.step_to(self.place + 1).is_some_and(|step| step.choice == *choice);
        if !foreseen {
            let mut fork = self.trace.fork_at(self.place);
            // It happens at the moment that is shown.
            let wait = self.position().at - fork.last().now();
            if fork.extend_after(wait, choice).is_err() {
                return;
            }
            fork.run(&mut ByTime, STEPS_AFTER_CHOICE);
            // Whoever does all as it is told is in the scene's own run again. A run's text says all
            // that makes it; comparing the worlds would weigh more.
            let own = self.scene.trace();
            let is_own = fork.to_string() == own.to_string();
            self.trace = if is_own { own.clone() } else { Rc::new(fork) };
            self.wordless = None;
        }
        self.motion = Motion::Still;
        self.go_on();
    }

    /// Back to the last place that both runs share.
    fn back_to_scene(&mut self) {
        let own = self.scene.trace().clone();
        let choices = |trace: &Trace| -> Vec<Choice> {
            trace.steps().iter().map(|step| step.choice.clone()).collect()
        };
        let (made, told) = (choices(&self.trace), choices(&own));
        let shared = made.iter().zip(&told).take_while(|(made, told)| made == told).count();
        self.trace = own;
        self.wordless = None;
        self.jump(self.place.min(shared));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handshake::{Instant, Side, State};

    fn session() -> Session {
        Session::new(Scene::confession().unwrap(), Language::English)
    }

    fn after(actions: &[Action]) -> Session {
        actions.iter().fold(session(), |session, action| session.after(action.clone()))
    }

    #[test]
    fn a_run_of_the_readers_wants_words_until_they_are_there() {
        let own = after(&[Action::Seek(2)]);
        assert!(!own.wants_words());
        let forked = own.after(Action::Choose(Choice::Drop(PacketId(1))));
        assert!(forked.wants_words() && !forked.after(Action::BackToScene).wants_words());
        let words = Action::Learn(Some(Lexicon::text(Language::English).into()));
        assert!(!forked.after(words).wants_words());
        assert!(forked.after(Action::Learn(None)).wants_words());
        let (scene, _) = Scene::of_run("v1~B.listen");
        assert!(Session::new(scene, Language::English).wants_words());
    }

    /// Lands what flies, as the clock does.
    fn step(session: &Session) -> Session {
        let next = session.after(Action::Next);
        if next.motion == Motion::Landing { next.after(Action::Elapsed) } else { next }
    }

    #[test]
    fn the_letter_lands_before_the_step_is_made() {
        let flying = after(&[Action::Seek(2), Action::Next]);
        assert_eq!((flying.place, flying.motion), (2, Motion::Landing));
        let landed = flying.after(Action::Elapsed);
        assert_eq!((landed.place, landed.motion), (3, Motion::SettingOut));
        // Whoever is impatient makes it land at once.
        assert_eq!(flying.after(Action::Next).place, 3);
    }

    #[test]
    fn under_reduced_motion_a_step_is_made_at_once() {
        let still = Session { reduced_motion: true, ..after(&[Action::Seek(2)]) };
        assert_eq!(still.after(Action::Next).place, 3);
    }

    #[test]
    fn forward_and_back_undo_each_other() {
        let mut now = session();
        for place in 0..now.trace.len() {
            assert_eq!(now.place, place);
            let next = step(&now);
            assert_eq!(next.after(Action::Back).position(), now.position());
            now = next;
        }
        assert!(now.at_end());
        assert_eq!(now.after(Action::Next).place, now.place);
    }

    #[test]
    fn playing_ends_at_the_end_and_begins_again_at_the_beginning() {
        let mut now = after(&[Action::TogglePlay]);
        for _ in 0..20 {
            now = now.after(Action::Elapsed);
        }
        assert!(now.at_end() && !now.playing);
        let again = now.after(Action::TogglePlay);
        assert!(again.playing && again.place == 0);
    }

    #[test]
    fn who_wants_a_pause_at_each_step_gets_one() {
        let mut now = after(&[Action::Flip(Switch::Pauses), Action::Seek(1)]);
        for place in 2..=5 {
            now = now.after(Action::TogglePlay);
            if now.motion == Motion::Landing {
                assert!(now.playing);
                now = now.after(Action::Elapsed);
            }
            assert_eq!((now.place, now.playing), (place, false));
        }
    }

    #[test]
    fn time_passed_at_any_speed_is_time_told() {
        for speed in Speed::ALL {
            assert_eq!(speed.told(speed.stretch(4200)), 4200, "{speed:?}");
        }
        assert_eq!((Speed::Quarter.stretch(600), Speed::Fourfold.stretch(600)), (2400, 150));
        assert_eq!(
            (Speed::Quarter.slower(), Speed::Normal.slower()),
            (Speed::Quarter, Speed::Half)
        );
        assert_eq!(Speed::Double.faster().faster(), Speed::Fourfold);
    }

    #[test]
    fn a_place_is_read_out_when_it_is_arrived_at() {
        let dragged = after(&[Action::Scrub(1), Action::Scrub(3)]);
        assert!(dragged.is_rushing() && dragged.place == 3);
        assert!(!dragged.after(Action::Seek(3)).is_rushing());
        let fast = after(&[Action::SetSpeed(Speed::Double), Action::TogglePlay]);
        assert!(fast.is_rushing() && !fast.after(Action::TogglePlay).is_rushing());
    }

    #[test]
    fn the_help_pauses() {
        let helped = after(&[Action::TogglePlay, Action::SetHelp(true)]);
        assert!(helped.help && !helped.playing);
        assert!(!helped.after(Action::SetHelp(false)).help);
    }

    #[test]
    fn a_paused_page_does_not_move() {
        let resting = after(&[Action::Seek(2)]);
        assert_eq!(resting.after(Action::Elapsed), resting);
    }

    #[test]
    fn a_lost_letter_is_said_again_and_they_get_together_all_the_same() {
        let lost = after(&[Action::Seek(2), Action::Choose(Choice::Drop(PacketId(1)))]);
        assert!(lost.is_forked());
        assert_eq!(lost.place, 3);
        assert_eq!(lost.trace.last().end(Side::A).state(), State::Established);
        assert_eq!(lost.trace.last().end(Side::B).state(), State::Established);
    }

    #[test]
    fn what_a_reader_does_happens_at_the_moment_that_is_shown() {
        let flying = after(&[Action::Seek(2)]);
        let shown = flying.position().at;
        assert_eq!(shown, Instant(50_000));
        let lost = flying.after(Action::Choose(Choice::Drop(PacketId(1))));
        assert_eq!(lost.trace.step_to(3).map(|step| step.at), Some(shown));
        // Whoever goes back finds the letter where it was.
        assert_eq!(lost.after(Action::Back).position().at, shown);
    }

    #[test]
    fn doing_what_happens_anyway_changes_nothing() {
        let early = after(&[Action::Seek(2), Action::Choose(Choice::Deliver(PacketId(1)))]);
        assert!(!early.is_forked());
        assert_eq!(early.motion, Motion::Landing);
    }

    #[test]
    fn the_way_back_to_the_scene_leads_to_the_last_place_shared() {
        let lost = after(&[Action::Seek(2), Action::Choose(Choice::Drop(PacketId(1)))]);
        let back = lost.after(Action::Last).after(Action::BackToScene);
        assert!(!back.is_forked());
        assert_eq!(back.place, 2);
    }

    #[test]
    fn what_became_of_a_link_is_said_until_the_story_goes_on() {
        let copied = after(&[Action::Seek(3), Action::Shared(Some(Shared::Copied))]);
        assert_eq!(copied.shared, Some(Shared::Copied));
        // Said once more, it is said anew.
        assert_eq!(copied.after(Action::Share).shared, None);
        assert_eq!(step(&copied).shared, None);
        assert_eq!(copied.after(Action::Back).shared, None);
    }

    #[test]
    fn a_message_is_picked_out_until_it_is_let_go_or_the_story_goes_on() {
        let first = Some(PacketId(1));
        let picked = after(&[Action::Seek(3), Action::Select(first)]);
        assert_eq!(picked.selected, first);
        assert_eq!(picked.after(Action::Select(first)).selected, None);
        assert_eq!(picked.after(Action::Select(None)).selected, None);
        assert_eq!(picked.after(Action::Select(Some(PacketId(2)))).selected, Some(PacketId(2)));
        assert_eq!(step(&picked).selected, None);
        assert_eq!(picked.after(Action::Back).selected, None);
    }
}
