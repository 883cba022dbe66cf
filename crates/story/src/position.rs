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
    /// Where a reader rests at a place: while a message is in the air, half way to what time alone
    /// would bring next, so that it is seen on its way and can be touched, but never later than
    /// the next step; else at the moment of the step itself. Whatever is made to happen there
    /// leaves the place where it is.
    pub fn resting(trace: &Trace, place: usize) -> Position {
        let place = place.min(trace.len());
        let world = trace.world_at(place);
        let now = world.now();
        let due = world.next_due().filter(|_| !world.network().in_flight().is_empty());
        let half_way = due.map_or(now, |(due_at, _)| Instant(now.0.midpoint(due_at.0)));
        let next = trace.step_to(place + 1).map_or(half_way, |step| step.at);
        Position { place, at: half_way.min(next).max(now) }
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

    #[test]
    fn a_reader_rests_in_the_same_place_whatever_happens_there() {
        let told: Trace = "v1~B.listen~A.open~deliver.1".parse().unwrap();
        let made: Trace = "v1~B.listen~A.open~after.50ms.drop.1".parse().unwrap();
        assert_eq!(Position::resting(&told, 2), Position::resting(&made, 2));
        assert_eq!(Position::resting(&made, 3).at, Instant(50_000));
    }

    #[test]
    fn nobody_rests_beyond_a_time_out() {
        let late: Trace = "v1~B.listen~A.open~delay.1.9s".parse().unwrap();
        // RFC 6298 section 2.1: the SYN is sent again after one second.
        assert!(Position::resting(&late, 3).at < Instant(1_000_000));
        let gone: Trace = "v1~B.listen~A.open~delay.1.9s~A.rto".parse().unwrap();
        assert_eq!(Position::resting(&gone, 3), Position::resting(&late, 3));
    }
}
