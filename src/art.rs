//! The drawings, as they stand in their files. They carry no words and no colours of their own.

use maud::PreEscaped;

use crate::components::Glyph;

/// A drawing as it stands in its file, to be put into HTML.
pub(crate) type Drawing = PreEscaped<&'static str>;

macro_rules! drawing {
    ($file:literal) => {
        PreEscaped(include_str!($file))
    };
}

/// The face of a side's owner.
pub(crate) fn face(side: handshake::Side) -> Drawing {
    match side {
        handshake::Side::A => drawing!("art/face-t.svg"),
        handshake::Side::B => drawing!("art/face-p.svg"),
    }
}

/// The pigeon that carries letters. It flies to the left; the style sheet turns round T's.
pub(crate) fn pigeon() -> Drawing {
    drawing!("art/pigeon.svg")
}

/// The way through the air, from pigeonhole to pigeonhole.
pub(crate) fn flight_line() -> Drawing {
    drawing!("art/flight-line.svg")
}

/// An empty envelope.
pub(crate) fn envelope() -> Drawing {
    drawing!("art/envelope.svg")
}

/// An icon; whatever holds it says in words what it means.
pub(crate) fn icon(glyph: Glyph) -> Drawing {
    match glyph {
        Glyph::First => drawing!("art/icons/first.svg"),
        Glyph::Back => drawing!("art/icons/back.svg"),
        Glyph::Play => drawing!("art/icons/play.svg"),
        Glyph::Pause => drawing!("art/icons/pause.svg"),
        Glyph::Forward => drawing!("art/icons/forward.svg"),
        Glyph::Last => drawing!("art/icons/last.svg"),
        Glyph::More => drawing!("art/icons/more.svg"),
        Glyph::Restart => drawing!("art/icons/restart.svg"),
        Glyph::Deliver => drawing!("art/icons/deliver.svg"),
        Glyph::Lose => drawing!("art/icons/lose.svg"),
        Glyph::Delay => drawing!("art/icons/delay.svg"),
        Glyph::Copy => drawing!("art/icons/copy.svg"),
        Glyph::Share => drawing!("art/icons/share.svg"),
        Glyph::Help => drawing!("art/icons/help.svg"),
        Glyph::Close => drawing!("art/icons/close.svg"),
        Glyph::System => drawing!("art/icons/system.svg"),
        Glyph::Sun => drawing!("art/icons/sun.svg"),
        Glyph::Moon => drawing!("art/icons/moon.svg"),
        Glyph::Projector => drawing!("art/icons/projector.svg"),
        Glyph::Pauses => drawing!("art/icons/pauses.svg"),
        Glyph::Sound => drawing!("art/icons/sound.svg"),
    }
}
