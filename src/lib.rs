//! The page: what is on the screen, and how a reader moves through a run.
//!
//! A [`session::Session`] is all that the page knows, a [`session::Action`] all that can happen to
//! it. Components turn a session into HTML through the view models of the crate `story`, and give
//! actions back. Wall time enters in one hook, [`playback::use_playback`].

mod art;
pub mod browser;
pub mod components;
pub mod keys;
pub mod playback;
pub mod progress;
pub mod route;
pub mod session;
pub mod settings;
pub mod sound;
pub mod store;
