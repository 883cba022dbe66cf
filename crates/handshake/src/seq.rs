//! Sequence numbers: a circle of 2^32 of them (RFC 9293 section 3.4).

use core::fmt;
use core::ops::Add;

/// A number on the circle of 2^32 sequence numbers.
///
/// There is no `Ord`: on a circle "before" is not transitive, so the two questions that TCP asks
/// have names of their own, [`is_before`](Self::is_before) and [`Window::contains`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeqNum(pub u32);

impl SeqNum {
    /// Is this number less than `other` in the RFC's modular sense?
    ///
    /// I.e. 4294967295 is before 0. Numbers exactly 2^31 apart are each before the other; TCP never
    /// relies on that, because no window is larger than 2^30.
    pub fn is_before(self, other: SeqNum) -> bool {
        self.0.wrapping_sub(other.0) >= 1 << 31
    }

    /// Is this number equal to `other` or before it?
    pub fn is_at_most(self, other: SeqNum) -> bool {
        self == other || self.is_before(other)
    }

    /// How many steps forward lead from here to `other`.
    pub fn distance_to(self, other: SeqNum) -> u32 {
        other.0.wrapping_sub(self.0)
    }
}

impl Add<u32> for SeqNum {
    type Output = SeqNum;

    fn add(self, octets: u32) -> SeqNum {
        SeqNum(self.0.wrapping_add(octets))
    }
}

impl fmt::Display for SeqNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SeqNum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A stretch of `length` sequence numbers that begins at `start`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first number inside.
    pub start: SeqNum,
    /// How many numbers are inside; zero makes a closed window.
    pub length: u32,
}

impl Window {
    /// Is `number` inside?
    pub fn contains(self, number: SeqNum) -> bool {
        self.start.distance_to(number) < self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers at which arithmetic on a circle goes wrong if it goes wrong at all.
    const BOUNDARIES: [u32; 9] =
        [0, 1, 2, (1 << 31) - 1, 1 << 31, (1 << 31) + 1, u32::MAX - 1, u32::MAX, 100];

    #[test]
    fn the_largest_number_is_before_zero() {
        assert!(SeqNum(u32::MAX).is_before(SeqNum(0)));
        assert!(!SeqNum(0).is_before(SeqNum(u32::MAX)));
    }

    #[test]
    fn no_number_is_before_itself() {
        for n in BOUNDARIES {
            assert!(!SeqNum(n).is_before(SeqNum(n)));
            assert!(SeqNum(n).is_at_most(SeqNum(n)));
        }
    }

    #[test]
    fn of_two_numbers_one_is_before_the_other_unless_they_are_opposite() {
        for a in BOUNDARIES {
            for b in BOUNDARIES {
                let (before, after) =
                    (SeqNum(a).is_before(SeqNum(b)), SeqNum(b).is_before(SeqNum(a)));
                match a.wrapping_sub(b) {
                    0 => assert!(!before && !after),
                    0x8000_0000 => assert!(before && after),
                    _ => assert!(before != after, "{a} and {b}"),
                }
            }
        }
    }

    #[test]
    fn a_sum_and_a_distance_undo_each_other() {
        for a in BOUNDARIES {
            for n in BOUNDARIES {
                assert_eq!(SeqNum(a).distance_to(SeqNum(a) + n), n);
            }
        }
    }

    #[test]
    fn a_window_reaches_over_the_wrap() {
        let window = Window { start: SeqNum(u32::MAX - 1), length: 4 };
        assert!([u32::MAX - 1, u32::MAX, 0, 1].iter().all(|&n| window.contains(SeqNum(n))));
        assert!([u32::MAX - 2, 2].iter().all(|&n| !window.contains(SeqNum(n))));
    }

    #[test]
    fn a_closed_window_contains_nothing() {
        assert!(!Window { start: SeqNum(7), length: 0 }.contains(SeqNum(7)));
    }
}
