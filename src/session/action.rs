//! What can happen to a session, and how the page writes what a touch does.

use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

use handshake::{Choice, PacketId};
use story::Numbers;

use super::{Drawing, Fold, Lens, Room, Shared, Speed, Surface, Switch, Tab, Theme};

/// All that can happen to a session.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// On to the next step.
    Next,
    /// Back to the step before.
    Back,
    /// To the first world.
    First,
    /// To the end of the run.
    Last,
    /// To any place.
    Seek(usize),
    /// Past a place, with the ruler in hand.
    Scrub(usize),
    /// Starts playing, or pauses.
    TogglePlay,
    /// The time that the motion or the reading takes has passed.
    Elapsed,
    /// Plays faster or slower.
    SetSpeed(Speed),
    /// Writes numbers in another way.
    SetNumbers(Numbers),
    /// The words have come that are not in the program, or cannot be had now.
    Learn(Option<Rc<str>>),
    /// Hands on a link to what is shown.
    Share,
    /// What became of that.
    Shared(Option<Shared>),
    /// Goes to the page that tells it in the other language: nothing happens to this one.
    ChangeLanguage,
    /// Tells it as a story, or as what TCP does.
    SetLens(Lens),
    /// Shows it in other colours.
    SetTheme(Theme),
    /// Switches on what was off, and off what was on.
    Flip(Switch),
    /// Opens the help, or closes it.
    SetHelp(bool),
    /// Brings another view to the front.
    SetTab(Tab),
    /// Makes something happen here and now, and lets time decide what follows.
    Choose(Choice),
    /// Leaves the run that the reader made for the scene's own.
    BackToScene,
    /// Picks a message out; the one that is picked out, or none, lets go of it.
    Select(Option<PacketId>),
    /// Unfolds what was folded, and folds what was not.
    Turn(Fold),
    /// A part of a drawing is touched, or none any more.
    Touch(Option<(Drawing, u32)>),
    /// A part of a drawing is walked to.
    Walk(Drawing, u32),
    /// The ladder is scrolled about this height of it.
    Scroll(i32),
    /// The window has this much room now.
    SetRoom(Room),
    /// The page can be seen elsewhere now, or no more.
    SetSurface(Surface),
}

/// What an element of the page does when it is touched, as its `data-do` says it. Only what can be
/// touched has words; the rest is never written.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, object) = match self {
            Action::Next => ("next", ""),
            Action::Back => ("back", ""),
            Action::First => ("first", ""),
            Action::Last => ("last", ""),
            Action::TogglePlay => ("play", ""),
            Action::BackToScene => ("own", ""),
            Action::SetHelp(true) => ("help", ""),
            Action::SetHelp(false) => ("close", ""),
            Action::SetNumbers(numbers) => ("numbers", numbers.id()),
            Action::ChangeLanguage => ("language", ""),
            Action::Share => ("share", ""),
            Action::SetLens(lens) => ("lens", lens.id()),
            Action::SetTheme(theme) => ("theme", theme.id()),
            Action::Flip(switch) => ("flip", switch.id()),
            Action::SetTab(tab) => ("tab", tab.id()),
            Action::Turn(fold) => ("turn", fold.id()),
            Action::Choose(choice) => return write!(f, "do {choice}"),
            Action::Select(Some(PacketId(id))) => return write!(f, "pick {id}"),
            Action::Select(None)
            | Action::Seek(_)
            | Action::Scrub(_)
            | Action::Elapsed
            | Action::SetSpeed(_)
            | Action::Learn(_)
            | Action::Shared(_)
            | Action::Touch(_)
            | Action::Walk(..)
            | Action::Scroll(_)
            | Action::SetRoom(_)
            | Action::SetSurface(_) => ("", ""),
        };
        f.write_str(verb)?;
        if object.is_empty() { Ok(()) } else { write!(f, " {object}") }
    }
}

/// Text that is no action's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoAction;

impl FromStr for Action {
    type Err = NoAction;

    fn from_str(text: &str) -> Result<Action, NoAction> {
        let (verb, object) = text.split_once(' ').unwrap_or((text, ""));
        let action = match verb {
            "next" => Some(Action::Next),
            "back" => Some(Action::Back),
            "first" => Some(Action::First),
            "last" => Some(Action::Last),
            "play" => Some(Action::TogglePlay),
            "own" => Some(Action::BackToScene),
            "help" => Some(Action::SetHelp(true)),
            "close" => Some(Action::SetHelp(false)),
            "numbers" => named(&Numbers::ALL, Numbers::id, object).map(Action::SetNumbers),
            "language" => Some(Action::ChangeLanguage),
            "share" => Some(Action::Share),
            "lens" => named(&Lens::ALL, Lens::id, object).map(Action::SetLens),
            "theme" => named(&Theme::ALL, Theme::id, object).map(Action::SetTheme),
            "flip" => named(&Switch::ALL, Switch::id, object).map(Action::Flip),
            "tab" => named(&Tab::ALL, Tab::id, object).map(Action::SetTab),
            "turn" => named(&Fold::ALL, Fold::id, object).map(Action::Turn),
            "do" => object.parse().ok().map(Action::Choose),
            "pick" => object.parse().ok().map(|id| Action::Select(Some(PacketId(id)))),
            _ => None,
        };
        action.ok_or(NoAction)
    }
}

/// The one of `all` that is written like this.
pub(crate) fn named<T: Copy>(all: &[T], id: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|each| id(*each) == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use handshake::{Call, Duration, Side};

    #[test]
    fn what_the_page_writes_is_what_a_touch_does() {
        let plain = ["next", "back", "first", "last", "play", "own", "help", "close"];
        for text in plain.into_iter().chain(["language", "share"]) {
            assert_eq!(text.parse::<Action>().map(|action| action.to_string()), Ok(text.into()));
        }
        let packet = PacketId(3);
        let chosen = [
            Choice::Deliver(packet),
            Choice::Drop(packet),
            Choice::Delay(packet, Duration::from_millis(500)),
            Choice::Call(Side::B, Call::Close),
        ];
        let mut actions: Vec<Action> = chosen.into_iter().map(Action::Choose).collect();
        actions.push(Action::Select(Some(packet)));
        actions.extend(Numbers::ALL.map(Action::SetNumbers));
        actions.extend(Lens::ALL.map(Action::SetLens));
        actions.extend(Theme::ALL.map(Action::SetTheme));
        actions.extend(Switch::ALL.map(Action::Flip));
        actions.extend(Tab::ALL.map(Action::SetTab));
        actions.extend(Fold::ALL.map(Action::Turn));
        for action in actions {
            assert_eq!(action.to_string().parse(), Ok(action));
        }
    }

    #[test]
    fn what_nobody_wrote_does_nothing() {
        for text in ["", "jump", "lens", "lens rose", "pick", "pick -1", "do", "do nothing"] {
            assert_eq!(text.parse::<Action>(), Err(NoAction), "{text:?}");
        }
    }
}
