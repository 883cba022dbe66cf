//! View models: what is on the screen, as plain structs with integer coordinates.
//!
//! Each is a total, pure function of a run and a position in it. Coordinates are in spaces of their
//! own, named by the module: pixels of the ladder have nothing to do with those of the diagram.

mod conversation;
mod fields;
mod glyph;
mod ladder;
mod letters;
mod phone;
mod state_diagram;
mod timeline;
mod walk;

pub use conversation::{Bubble, Mark, conversation, newest_messages};
pub use fields::{Fields, Form, HeaderCell, Lamp, Part, Row, RowKind, Tint, fields, newest_packet};
pub use glyph::{Glyph, GlyphArrow, GlyphEnd, glyph};
pub use ladder::{Arrow, ArrowEnd, Gap, Ladder, Lifeline, StateMark, TimeMark, ladder};
pub use letters::{Letter, letters, measured};
pub use phone::{CallButton, Phone, Queues, TimerArc, phone};
pub use state_diagram::{
    Ahead, Anchor, Diagram, DiagramEdge, DiagramLabel, DiagramNode, Heading, Token, WayOut,
    state_diagram,
};
pub use timeline::{Tick, Timeline, timeline};
pub use walk::nearest;

/// The share of a length that is done, of so much in all. A whole of more than an hour, in
/// microseconds, is measured in coarser units: no eye sees the difference.
fn share(length: i32, done: u64, whole: u64) -> i32 {
    let coarser = (u64::BITS - whole.leading_zeros()).saturating_sub(u32::BITS);
    let part = |of: u64| i64::try_from(of >> coarser).unwrap_or(i64::MAX);
    let share = i64::from(length) * part(done.min(whole)) / part(whole).max(1);
    i32::try_from(share).unwrap_or(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_what_is_done() {
        assert_eq!(share(1000, 1, 3), 333);
        assert_eq!(share(-1000, 1, 3), -333);
        assert_eq!(share(1000, 7, 3), 1000);
        assert_eq!(share(1000, 0, 0), 0);
        assert_eq!(share(600, u64::MAX / 2, u64::MAX), 299);
        assert_eq!(share(i32::MIN, u64::MAX, u64::MAX), i32::MIN);
    }
}
