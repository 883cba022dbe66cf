//! The page: what is on the screen, and how a reader moves through a run.
//!
//! A [`session::Session`] is all that the page knows, a [`session::Action`] all that can happen to
//! it. Components turn a session into HTML through the view models of the crate `story`; an element
//! says in `data-do` which action a touch brings about. [`tree`] and [`patch`] find out what has to
//! change on the screen. Wall time enters in one place, [`playback`].

mod art;
pub mod browser;
pub mod components;
mod crosslight;
pub mod handed;
mod hear;
pub mod keys;
pub mod page;
pub mod patch;
mod pictures;
pub mod playback;
mod program;
pub mod progress;
pub mod route;
pub mod screen;
mod scrolls;
pub mod session;
pub mod settings;
pub mod sound;
pub mod store;
pub mod tree;
