//! Runs of the simulator told in words and drawn in numbers, in Chinese and English.
//!
//! Everything here is a pure function of a [`Trace`](handshake::Trace) and a [`Position`] in it:
//! [`tell`] gives the words, the modules of [`view`] give plain structs with integer coordinates in
//! named spaces. A [`Scene`] brings a run with words of its own; where it is silent, or where a
//! reader has made the run into another one, the meaning of what happened picks the words.
//!
//! What this is not: there is no component here, no document and no clock.

#![deny(missing_docs)]

mod facts;
mod inbox;
mod json;
mod language;
mod lexicon;
mod message;
mod numbers;
mod position;
mod scene;
mod script;
mod tell;
pub mod view;
pub mod words;

pub use facts::facts;
pub use inbox::{Conversation, Family, inbox};
pub use json::Flaw;
pub(crate) use language::text;
pub use language::{Language, Text};
pub use lexicon::Lexicon;
pub(crate) use lexicon::rules_met;
pub use message::message;
pub use numbers::{Numbering, Numbers};
pub use position::Position;
pub use scene::{Misplaced, Scene, SceneError, StepWords};
pub use tell::{CheckMark, Ruling, Telling, Verdict, label, tell};
