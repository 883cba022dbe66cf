//! The two ends of a conversation, under the names that the RFC's figures give them.

use core::fmt;
use core::ops::{Index, IndexMut};

/// One end of the conversation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Side {
    /// TCP peer A, on the left in the figures.
    A,
    /// TCP peer B, on the right.
    B,
}

impl Side {
    /// Both, in the order in which everything that concerns both is listed.
    pub const BOTH: [Side; 2] = [Side::A, Side::B];

    /// The other end.
    pub fn peer(self) -> Side {
        match self {
            Side::A => Side::B,
            Side::B => Side::A,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::A => "A",
            Side::B => "B",
        })
    }
}

/// One thing for each side.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct PerSide<T> {
    /// What belongs to A.
    pub a: T,
    /// What belongs to B.
    pub b: T,
}

impl<T> PerSide<T> {
    /// The same thing for both.
    pub fn both(value: T) -> PerSide<T>
    where
        T: Clone,
    {
        PerSide { a: value.clone(), b: value }
    }

    /// What `make` makes for each side.
    pub fn from_fn(mut make: impl FnMut(Side) -> T) -> PerSide<T> {
        PerSide { a: make(Side::A), b: make(Side::B) }
    }
}

impl<T> Index<Side> for PerSide<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

impl<T> IndexMut<Side> for PerSide<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::A => &mut self.a,
            Side::B => &mut self.b,
        }
    }
}
