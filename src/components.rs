//! What is on the screen. Components are pure: view models in, HTML and actions out.

mod bar;
mod bubble;
mod chat;
mod glossary;
mod help;
mod icon;
mod inbox;
mod ladder;
mod masthead;
mod narration;
mod notice;
mod phone;
mod phrases;
mod plates;
mod player;
mod segment;
mod stage;
mod state_diagram;
mod strip;
mod tabs;
mod theme;
mod walk;

pub(crate) use glossary::note;
pub(crate) use icon::Glyph;
pub use inbox::{Inbox, inbox};
pub use notice::{notice, opening, remark};
pub use player::player;
pub use strip::strip;
pub(crate) use walk::way;

use handshake::Side;
use maud::{Markup, html};
use story::Language;

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

/// The title of the whole, with its two letters in their owners' colours.
fn title(language: Language) -> Markup {
    let letters = html! { span class="side-t" { "T" } "C" span class="side-p" { "P" } };
    match language.here() {
        Language::Chinese => html! {
            h1 class="cover-title" { (letters) i { " " } "爱情故事" }
        },
        Language::English => html! {
            h1 class="cover-title" { "A " (letters) " " br; "Love " br; "Story" }
        },
    }
}
