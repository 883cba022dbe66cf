//! Each rule in words: why, as the RFC says it, the tale, as the narrator tells it where a scene
//! has no words of its own, and whose rule it is.

mod source;
mod tale;
mod why;

pub(crate) use source::{cited, url};
pub use tale::tale;
pub use why::why;
