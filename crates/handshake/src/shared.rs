//! Shared things: what worlds before and after have in common.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use core::ptr;

/// Something that is shared with its copies until one of them is changed.
///
/// An original is nobody else's. To change it needs no atomic operation, of which one takes as long
/// as a tenth of a step; and the last world of most runs is made of originals.
#[derive(Debug)]
pub(crate) enum Shared<T> {
    /// An original: its copies are copied in full.
    Original(Box<T>),
    /// A copy, shared with the copies that are made of it.
    Copy(Arc<T>),
}

impl<T: Clone> Shared<T> {
    pub(crate) fn new(thing: T) -> Shared<T> {
        Shared::Original(Box::new(thing))
    }

    /// Where it lies: those that share it lie in the same place.
    pub(crate) fn address(&self) -> usize {
        ptr::from_ref::<T>(self).addr()
    }

    /// The thing, to be changed for nobody else.
    pub(crate) fn make_mut(&mut self) -> &mut T {
        match self {
            Shared::Original(thing) => thing,
            Shared::Copy(thing) => copy_mut(thing),
        }
    }
}

/// Who changes an original should not have to keep the room that copying takes.
#[inline(never)]
fn copy_mut<T: Clone>(thing: &mut Arc<T>) -> &mut T {
    Arc::make_mut(thing)
}

impl<T: Clone> Clone for Shared<T> {
    #[inline]
    fn clone(&self) -> Shared<T> {
        Shared::Copy(match self {
            Shared::Original(thing) => Arc::new(T::clone(thing)),
            Shared::Copy(thing) => thing.clone(),
        })
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match self {
            Shared::Original(thing) => thing,
            Shared::Copy(thing) => thing,
        }
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: Hash> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (**self).hash(hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_nobody_elses() {
        let mut original = Shared::new(1);
        let mut copy = original.clone();
        let other = copy.clone();
        *original.make_mut() = 2;
        *copy.make_mut() = 3;
        assert_eq!([*original, *copy, *other], [2, 3, 1]);
    }

    #[test]
    fn copies_of_a_copy_lie_in_one_place_until_one_is_changed() {
        let original = Shared::new(1);
        let copy = original.clone();
        let mut other = copy.clone();
        assert_ne!(original.address(), copy.address());
        assert_eq!(copy.address(), other.address());
        other.make_mut();
        assert_ne!(copy.address(), other.address());
    }
}
