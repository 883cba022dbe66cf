//! What is on the screen. Components are pure: view models in, HTML and actions out.

mod app;
mod bar;
mod bubble;
mod chat;
mod crosslight;
mod glossary;
mod help;
mod icon;
mod inbox;
mod ladder;
mod masthead;
mod narration;
mod phone;
mod phrases;
mod plates;
mod player;
mod room;
mod segment;
mod stage;
mod state_diagram;
mod strip;
mod tabs;
mod theme;
mod walk;

pub use app::{App, OwnRun, OwnRunProps, Told, ToldProps};
pub(crate) use icon::Glyph;
pub use inbox::Inbox;
pub use player::{Player, PlayerProps};
pub use strip::strip;

use handshake::Side;
use story::Language;
use yew::{Html, html};

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
fn title(language: Language) -> Html {
    let letters = html! {
        <><span class="side-t">{ "T" }</span>{ "C" }<span class="side-p">{ "P" }</span></>
    };
    match language {
        Language::Chinese => html! {
            <h1 class="cover-title">{ letters }<i>{ " " }</i>{ "爱情故事" }</h1>
        },
        Language::English => html! {
            <h1 class="cover-title">{ "A " }{ letters }{ " " }<br />{ "Love " }<br />{ "Story" }</h1>
        },
    }
}
