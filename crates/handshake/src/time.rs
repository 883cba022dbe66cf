//! Simulated time, in microseconds. Wall time does not exist here.

use core::fmt;
use core::ops::{Add, Sub};

/// A moment of simulated time: microseconds since the run began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Instant(pub u64);

impl Instant {
    /// The moment at which a run begins.
    pub const START: Instant = Instant(0);

    /// Whole milliseconds since the run began.
    pub fn as_millis(self) -> u64 {
        self.0 / 1000
    }

    /// The clock of timestamps: whole milliseconds since the run began, without the offset by which
    /// a real endpoint hides how long it has been up (RFC 7323 section 7.1), so that a run is the
    /// same each time. It goes round after 49.7 days.
    #[expect(clippy::cast_possible_truncation, reason = "timestamps go round after 2^32")]
    pub fn as_timestamp(self) -> u32 {
        self.as_millis() as u32
    }
}

/// A length of simulated time in microseconds.
///
/// It is written in the largest unit that keeps it whole: `3s`, `100ms`, `250us`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Duration(pub u64);

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);

    /// So many seconds.
    pub const fn from_secs(seconds: u64) -> Duration {
        Duration(seconds * 1_000_000)
    }

    /// So many milliseconds.
    pub const fn from_millis(millis: u64) -> Duration {
        Duration(millis * 1000)
    }

    /// Whole milliseconds.
    pub fn as_millis(self) -> u64 {
        self.0 / 1000
    }

    /// Twice as long.
    pub fn doubled(self) -> Duration {
        Duration(self.0.saturating_mul(2))
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        Instant(self.0.saturating_add(duration.0))
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// The time from `earlier` to here; none if `earlier` is in fact later.
    fn sub(self, earlier: Instant) -> Duration {
        Duration(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("0s"),
            us if us % 1_000_000 == 0 => write!(f, "{}s", us / 1_000_000),
            us if us % 1000 == 0 => write!(f, "{}ms", us / 1000),
            us => write!(f, "{us}us"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_duration_is_written_in_the_largest_whole_unit() {
        assert_eq!(Duration::ZERO.to_string(), "0s");
        assert_eq!(Duration::from_secs(60).to_string(), "60s");
        assert_eq!(Duration::from_millis(1500).to_string(), "1500ms");
        assert_eq!(Duration(250).to_string(), "250us");
    }

    #[test]
    fn time_never_overflows() {
        assert_eq!(Instant(u64::MAX) + Duration(1), Instant(u64::MAX));
        assert_eq!(Instant(1) - Instant(2), Duration::ZERO);
        assert_eq!(Duration(u64::MAX).doubled(), Duration(u64::MAX));
    }
}
