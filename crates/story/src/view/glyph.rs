//! A run's own little ladder, for a list of runs.

use std::collections::BTreeSet;

use handshake::{Fate, Instant, PacketHistory, Side, Trace};

/// A ladder in a square of [`Glyph::SIZE`]: T's lifeline left, P's right, time down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glyph {
    /// The messages, as far as there is room, in the order in which they were sent.
    pub arrows: Vec<GlyphArrow>,
}

/// A message in a little ladder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GlyphArrow {
    /// In whose name it was sent.
    pub from: Side,
    /// Where it begins.
    pub y: i32,
    /// Where it ends, or would have.
    pub end_y: i32,
    /// What stands at its end.
    pub end: GlyphEnd,
    /// Does it carry text?
    pub talks: bool,
    /// Did somebody else send it?
    pub forged: bool,
}

/// What stands at the end of a message in a little ladder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlyphEnd {
    /// A dot: it lands.
    Dot,
    /// A cross: it is lost.
    Cross,
    /// A bar: it is a RST, which refuses or ends everything.
    Bar,
}

impl Glyph {
    /// The length of its sides. The lifelines stand 120 from each side.
    pub const SIZE: i32 = 440;
    const TOP: i32 = 75;
    const BOTTOM: i32 = 365;
    /// More messages could not be told apart.
    const ARROWS_MAX: usize = 9;
}

/// Draws a run small: not to scale, each moment at which anything is sent or lands as far from the
/// next as any other.
pub fn glyph(trace: &Trace) -> Glyph {
    let mut packets = trace.packets_at(trace.len());
    packets.truncate(Glyph::ARROWS_MAX);
    let moments: BTreeSet<Instant> =
        packets.iter().flat_map(|history| [history.packet.sent_at, end(history)]).collect();
    let gaps = i32::try_from(moments.len()).unwrap_or(i32::MAX).saturating_sub(1).max(2);
    let y = |moment: Instant| {
        let rank = moments.range(..moment).count();
        let rank = i32::try_from(rank).unwrap_or(i32::MAX);
        Glyph::TOP + (Glyph::BOTTOM - Glyph::TOP) * rank / gaps
    };
    let arrow = |history: &PacketHistory| GlyphArrow {
        from: history.packet.from,
        y: y(history.packet.sent_at),
        end_y: y(end(history)),
        end: match history.fate {
            Fate::Lost(_) => GlyphEnd::Cross,
            _ if history.packet.segment.is_reset() => GlyphEnd::Bar,
            _ => GlyphEnd::Dot,
        },
        talks: !history.packet.segment.text.is_empty(),
        forged: history.packet.forged,
    };
    Glyph { arrows: packets.iter().map(arrow).collect() }
}

/// When a message lands; if it was lost, when it would have.
fn end(history: &PacketHistory) -> Instant {
    match history.fate {
        Fate::Delivered(at) => at,
        Fate::InFlight | Fate::Lost(_) => history.packet.due_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(run: &str) -> Vec<GlyphArrow> {
        glyph(&run.parse().unwrap()).arrows
    }

    #[test]
    fn the_three_messages_go_down_like_stairs() {
        let arrows = arrows("v1~B.listen~A.open~deliver.1~deliver.2~deliver.3");
        let ends: Vec<_> = arrows.iter().map(|arrow| (arrow.y, arrow.end_y)).collect();
        assert_eq!(ends, [(75, 171), (171, 268), (268, 365)]);
        assert!(
            arrows.iter().all(|arrow| arrow.end == GlyphEnd::Dot && !arrow.talks && !arrow.forged)
        );
    }

    #[test]
    fn what_is_sent_at_once_is_drawn_at_one_height() {
        let arrows = arrows("v1~A.open~B.open~deliver.1~deliver.2");
        assert_eq!(arrows[0].y, arrows[1].y);
        assert_eq!(arrows[0].end_y, arrows[1].end_y);
    }

    #[test]
    fn a_loss_and_a_refusal_are_marked() {
        let arrows = arrows("v1~A.open~drop.1~A.rto~deliver.2~deliver.3");
        let ends: Vec<_> = arrows.iter().map(|arrow| arrow.end).collect();
        assert_eq!(ends, [GlyphEnd::Cross, GlyphEnd::Dot, GlyphEnd::Bar]);
    }

    #[test]
    fn a_long_run_is_cut() {
        let sends = "~A.send.hello".repeat(50);
        let run = format!("v1~B.listen~A.open~deliver.1~deliver.2~deliver.3{sends}");
        assert_eq!(arrows(&run).len(), Glyph::ARROWS_MAX);
    }
}
