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
pub use fields::{Fields, HeaderCell, Lamp, Part, Row, RowKind, Tint, fields, newest_packet};
pub use glyph::{Glyph, GlyphArrow, GlyphEnd, glyph};
pub use ladder::{Arrow, ArrowEnd, Gap, Ladder, Lifeline, StateMark, TimeMark, ladder};
pub use letters::{Letter, letters, measured};
pub use phone::{CallButton, Phone, Queues, TimerArc, phone};
pub use state_diagram::{
    Ahead, Anchor, Diagram, DiagramEdge, DiagramLabel, DiagramNode, Heading, Token, WayOut,
    state_diagram,
};
pub use timeline::{Tick, timeline};
pub use walk::nearest;
