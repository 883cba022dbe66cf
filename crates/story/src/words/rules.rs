//! Each rule in words: why, as the RFC says it, and the tale, as the narrator tells it where a
//! scene has no words of its own.

mod tale;
mod why;

pub use tale::tale;
pub use why::why;
