//! Where a reader is in a run.

use handshake::{Instant, Trace};

/// A place in a trace and the moment that is shown: that of the step, or a later one before the
/// next step. In between nothing happens but the passing of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// How many steps have been made.
    pub place: usize,
    /// The moment shown.
    pub at: Instant,
}

impl Position {
    /// Where a reader rests at a place: half way to the next step while a message is in the air, so
    /// that it is seen on its way and can be touched; else at the moment of the step itself.
    pub fn resting(trace: &Trace, place: usize) -> Position {
        let place = place.min(trace.len());
        let world = trace.world_at(place);
        let now = world.now();
        let lands = world.network().in_flight().iter().map(|packet| packet.due_at).min();
        let next = trace.step_to(place + 1).map(|step| step.at);
        let until = match (lands, next) {
            (Some(lands), Some(next)) => lands.min(next),
            (Some(lands), None) => lands,
            (None, _) => now,
        };
        Position { place, at: Instant(now.0.midpoint(until.0.max(now.0))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_rests_where_the_letter_is_half_way() {
        let trace: Trace = "v1~B.listen~A.open~deliver.1".parse().unwrap();
        assert_eq!(Position::resting(&trace, 1).at, Instant(0));
        assert_eq!(Position::resting(&trace, 2).at, Instant(50_000));
        assert_eq!(Position::resting(&trace, 3).at, Instant(150_000));
        assert_eq!(Position::resting(&trace, 99).place, 3);
    }
}
