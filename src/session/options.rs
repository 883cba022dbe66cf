//! What a reader can choose, and how it is written in the page and where it is kept.

use std::rc::Rc;

/// What moves between steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Motion {
    /// The place was jumped to: everything stands where it is.
    Still,
    /// The place was reached by going forward: what was sent sets out.
    SettingOut,
    /// What is due next completes its flight.
    Landing,
    /// The ruler is being dragged: every place on the way is passed, none is arrived at.
    Scrubbed,
}

/// How what happens is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lens {
    /// As the story of two who fall in love.
    Love,
    /// As what TCP does.
    Tcp,
}

impl Lens {
    /// Both.
    pub const ALL: [Lens; 2] = [Lens::Love, Lens::Tcp];

    /// As it is kept.
    pub fn id(self) -> &'static str {
        match self {
            Lens::Love => "love",
            Lens::Tcp => "tcp",
        }
    }
}

/// The colours of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// Day or night, as the reader's system has it.
    System,
    /// Day.
    Light,
    /// Night.
    Dark,
    /// For a bright room: black on white, thick lines, larger type.
    Projector,
}

impl Theme {
    /// All of them, in the order in which the button goes through them.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Projector];

    /// As the style sheet knows it.
    pub fn id(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Projector => "projector",
        }
    }
}

/// What a reader can switch on and off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Switch {
    /// Playing stops after each step.
    Pauses,
    /// A letter that lands is heard.
    Sound,
    /// Keys that write a character move the page; whoever dictates would press them by speaking.
    Keys,
}

impl Switch {
    /// All of them.
    pub const ALL: [Switch; 3] = [Switch::Pauses, Switch::Sound, Switch::Keys];

    /// As it is kept.
    pub fn id(self) -> &'static str {
        match self {
            Switch::Pauses => "pauses",
            Switch::Sound => "sound",
            Switch::Keys => "keys",
        }
    }
}

/// The one after `this` in `all`; after the last comes the first.
pub fn following<T: Copy + PartialEq>(all: &[T], this: T) -> T {
    let index = all.iter().position(|each| *each == this);
    all[index.map_or(0, |index| (index + 1) % all.len())]
}

/// How fast a run plays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Speed {
    /// A quarter as fast.
    Quarter,
    /// Half as fast.
    Half,
    /// As told.
    Normal,
    /// Twice as fast.
    Double,
    /// Four times as fast.
    Fourfold,
}

impl Speed {
    /// All of them, the slowest first.
    pub const ALL: [Speed; 5] =
        [Speed::Quarter, Speed::Half, Speed::Normal, Speed::Double, Speed::Fourfold];

    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            Speed::Quarter => "¼×",
            Speed::Half => "½×",
            Speed::Normal => "1×",
            Speed::Double => "2×",
            Speed::Fourfold => "4×",
        }
    }

    /// As the style sheet knows it.
    pub fn factor(self) -> &'static str {
        match self {
            Speed::Quarter => "0.25",
            Speed::Half => "0.5",
            Speed::Normal => "1",
            Speed::Double => "2",
            Speed::Fourfold => "4",
        }
    }

    /// In quarters of the speed as told.
    fn quarters(self) -> u32 {
        match self {
            Speed::Quarter => 1,
            Speed::Half => 2,
            Speed::Normal => 4,
            Speed::Double => 8,
            Speed::Fourfold => 16,
        }
    }

    /// How many milliseconds something takes that takes so many as told.
    pub fn stretch(self, told: u32) -> u32 {
        told * 4 / self.quarters()
    }

    /// How many milliseconds as told have passed in so many.
    pub fn told(self, passed: u32) -> u32 {
        passed.saturating_mul(self.quarters()) / 4
    }

    /// The next slower one; the slowest stays.
    #[must_use]
    pub fn slower(self) -> Speed {
        Speed::ALL.into_iter().rev().find(|speed| *speed < self).unwrap_or(self)
    }

    /// The next faster one; the fastest stays.
    #[must_use]
    pub fn faster(self) -> Speed {
        Speed::ALL.into_iter().find(|speed| *speed > self).unwrap_or(self)
    }
}

/// The views among which a narrow screen chooses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    /// Both voices in one chat.
    Chat,
    /// The segment laid open.
    Fields,
    /// The state diagram.
    States,
    /// The ladder.
    Ladder,
}

impl Tab {
    /// All of them, in order.
    pub const ALL: [Tab; 4] = [Tab::Chat, Tab::Fields, Tab::States, Tab::Ladder];

    /// As the style sheet knows it.
    pub fn id(self) -> &'static str {
        match self {
            Tab::Chat => "chat",
            Tab::Fields => "fields",
            Tab::States => "states",
            Tab::Ladder => "ladder",
        }
    }
}

/// What lies folded until it is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    /// The settings, where the bar has no room for them.
    Picks,
    /// The notes beside the story, where there is no room for them.
    Notes,
    /// The older messages of a long chat.
    Chat,
}

impl Fold {
    /// All of them.
    pub const ALL: [Fold; 3] = [Fold::Picks, Fold::Notes, Fold::Chat];

    /// As the page writes it.
    pub fn id(self) -> &'static str {
        match self {
            Fold::Picks => "picks",
            Fold::Notes => "notes",
            Fold::Chat => "chat",
        }
    }
}

/// A drawing that can be walked through, part by part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drawing {
    /// The bits of the header.
    Header,
    /// The state diagram.
    States,
    /// The ladder.
    Ladder,
}

impl Drawing {
    /// All of them.
    pub const ALL: [Drawing; 3] = [Drawing::Header, Drawing::States, Drawing::Ladder];

    /// As the page writes it.
    pub fn id(self) -> &'static str {
        match self {
            Drawing::Header => "header",
            Drawing::States => "states",
            Drawing::Ladder => "ladder",
        }
    }
}

/// How much room the window has, as the style sheets see its width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Room {
    /// One column: both voices in one chat, and one view at a time.
    Narrow,
    /// Two phones, and all views at once.
    Wide,
    /// There is no window to ask, so that everything is drawn.
    Unknown,
}

/// What has become of a link to what is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shared {
    /// It can be pasted anywhere.
    Copied,
    /// It is shown, and the reader has to copy it: the browser refuses.
    Shown(Rc<str>),
}

/// Where the page can be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Surface {
    /// On the screen.
    Screen,
    /// Nowhere: another tab is in front of it.
    Hidden,
    /// On paper: it is being printed.
    Paper,
}
