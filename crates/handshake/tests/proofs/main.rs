//! Everything that can happen, claim by claim: what holds, what fails and how soon, and how many
//! worlds there are. Each file is one chapter of a connection's life.
//!
//! What fails has to fail, in exactly so many steps: a claim that could not be broken would prove
//! nothing. Where the number of worlds is pinned it was counted twice, by the explorer and by
//! [`graph`], which share no code.

mod case;
mod graph;
mod plan;
#[path = "../support/mod.rs"]
mod support;

mod can_fail;
mod closed_windows;
mod closing;
mod half_open;
mod incarnations;
mod on_screen;
mod opening;
mod published;
mod simultaneous;

mod connection_states;
