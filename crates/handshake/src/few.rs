//! A few things in a row, of which there is mostly one.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::mem::{forget, replace, take};
use core::ops::{Deref, DerefMut};

/// A row of things, mostly of none or one: then it takes no heap memory.
///
/// It is read as a slice.
#[derive(Clone)]
pub struct Few<T>(Row<T>);

#[derive(Clone)]
enum Row<T> {
    None,
    One(T),
    /// As many as there may be: what was once longer stays on the heap.
    Long(Vec<T>),
}

impl<T> Few<T> {
    /// An empty row.
    pub(crate) const NONE: Few<T> = Few(Row::None);

    /// An empty row with room for so many.
    pub(crate) fn with_room(room: usize) -> Few<T> {
        if room > 1 { Few(Row::Long(Vec::with_capacity(room))) } else { Few::NONE }
    }

    /// Adds one behind the others.
    pub(crate) fn push(&mut self, thing: T) {
        match &mut self.0 {
            // There is nothing that would have to be dropped.
            Row::None => forget(replace(&mut self.0, Row::One(thing))),
            Row::Long(things) => things.push(thing),
            Row::One(_) => {
                if let Row::One(first) = take(self).0 {
                    self.0 = Row::Long(vec![first, thing]);
                }
            }
        }
    }

    /// Takes away the one that stands there, if one does.
    pub(crate) fn remove(&mut self, place: usize) {
        match &mut self.0 {
            Row::Long(things) if place < things.len() => drop(things.remove(place)),
            Row::One(_) if place == 0 => self.0 = Row::None,
            _ => {}
        }
    }

    /// Keeps those of which this is true, and which may be changed by that.
    pub(crate) fn retain_mut(&mut self, mut keeps: impl FnMut(&mut T) -> bool) {
        match &mut self.0 {
            Row::Long(things) => things.retain_mut(keeps),
            Row::One(thing) => {
                if !keeps(thing) {
                    self.0 = Row::None;
                }
            }
            Row::None => {}
        }
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few::NONE
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Row::None => &[],
            Row::One(thing) => core::slice::from_ref(thing),
            Row::Long(things) => things,
        }
    }
}

impl<T> DerefMut for Few<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Row::None => &mut [],
            Row::One(thing) => core::slice::from_mut(thing),
            Row::Long(things) => things,
        }
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Few<T>) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Few<T> {
    fn eq(&self, others: &[T; N]) -> bool {
        **self == *others
    }
}

impl<T: Hash> Hash for Few<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (**self).hash(hasher);
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_stands_in_order() {
        let mut row = Few::default();
        for n in 0..4 {
            assert_eq!(*row, *(0..n).collect::<Vec<_>>());
            row.push(n);
        }
    }

    #[test]
    fn what_is_taken_away_is_gone_and_the_others_stay() {
        for length in 0..4 {
            for place in 0..4 {
                let mut row = Few::default();
                (0..length).for_each(|n| row.push(n));
                row.remove(place);
                assert_eq!(*row, *(0..length).filter(|&n| n != place).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_is_not_kept_is_gone_and_the_others_stay() {
        for length in 0..4 {
            for other in 0..4 {
                let mut row = Few::default();
                (0..length).for_each(|n| row.push(n));
                row.retain_mut(|n| *n != other);
                assert_eq!(*row, *(0..length).filter(|&n| n != other).collect::<Vec<_>>());
            }
        }
    }
}
