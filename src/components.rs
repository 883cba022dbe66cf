//! What is on the screen. Components are pure: view models in, HTML and actions out.

mod app;
mod bar;
mod bubble;
mod chat;
mod glossary;
mod help;
mod icon;
mod ladder;
mod masthead;
mod narration;
mod phone;
mod phrases;
mod plates;
mod segment;
mod stage;
mod state_diagram;
mod tabs;

pub use app::{App, Player, PlayerProps};
pub(crate) use icon::Glyph;

use handshake::Side;

/// The class that gives everything inside the colours of a side.
fn side_class(side: Side) -> &'static str {
    match side {
        Side::A => "side-t",
        Side::B => "side-p",
    }
}

/// A side as the style sheet knows it.
fn side_letter(side: Side) -> &'static str {
    match side {
        Side::A => "t",
        Side::B => "p",
    }
}
