//! Octets: the text of a connection.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::{Deref, Range};

/// Octets that are written once and shared by all who hold them: the user who sends them, the
/// retransmission queue, every segment that carries them, and the user who receives them.
///
/// They are read as a slice. A short text is copied rather than shared: it lies in the value itself
/// and takes no heap memory.
#[derive(Clone)]
pub struct Octets(Kept);

/// Where they lie.
#[derive(Clone)]
enum Kept {
    /// Here: so many of these.
    Here(u32, Short),
    /// In memory that is shared.
    Shared(Arc<[u8]>),
}

/// Room for a short text. It begins where a word does, and is copied in whole words: a processor
/// waits for what was just written in other pieces than it is read.
#[derive(Clone, Copy)]
#[repr(align(8))]
struct Short([u8; Octets::SHORT]);

impl Octets {
    /// None at all.
    pub const NONE: Octets = Octets(Kept::Here(0, Short([0; Octets::SHORT])));

    /// The length of what still counts as short: as much room as a shared text's address and length
    /// take.
    const SHORT: usize = 16;

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Here(len, _) => *len as usize,
            Kept::Shared(octets) => octets.len(),
        }
    }

    /// Are there none? None are always here.
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Kept::Here(0, _))
    }

    /// Some of them, shared where these are all. Must lie within.
    pub(crate) fn part(&self, range: Range<usize>) -> Octets {
        if range == (0..self.len()) { self.clone() } else { Octets::from(&self[range]) }
    }

    /// Takes the first ones away, and returns them.
    pub(crate) fn take_first(&mut self, octets: usize) -> Octets {
        if octets == self.len() { core::mem::take(self) } else { self.split_off(octets) }
    }

    /// Mostly all are taken: what asks that stays small without this.
    #[inline(never)]
    fn split_off(&mut self, octets: usize) -> Octets {
        let (first, rest) = self.split_at(octets);
        let (first, rest) = (Octets::from(first), Octets::from(rest));
        *self = rest;
        first
    }

    /// Adds others behind them.
    pub(crate) fn append(&mut self, others: Octets) {
        if self.is_empty() {
            *self = others;
        } else if !others.is_empty() {
            self.join(&others);
        }
    }

    /// Mostly there are none to be joined with: what asks that stays small without this.
    #[inline(never)]
    fn join(&mut self, others: &[u8]) {
        *self = Octets::from([self, others].concat());
    }
}

impl Deref for Octets {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Kept::Here(len, Short(octets)) => octets.get(..*len as usize).unwrap_or_default(),
            Kept::Shared(octets) => octets,
        }
    }
}

impl From<&[u8]> for Octets {
    fn from(octets: &[u8]) -> Octets {
        match u32::try_from(octets.len()) {
            Ok(len) if octets.len() <= Octets::SHORT => {
                let mut here = [0; Octets::SHORT];
                here[..octets.len()].copy_from_slice(octets);
                Octets(Kept::Here(len, Short(here)))
            }
            _ => Octets(Kept::Shared(Arc::from(octets))),
        }
    }
}

impl Default for Octets {
    fn default() -> Self {
        Octets::NONE
    }
}

impl PartialEq for Octets {
    fn eq(&self, other: &Octets) -> bool {
        **self == **other
    }
}

impl Eq for Octets {}

impl Hash for Octets {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_usize(self.len());
        if !self.is_empty() {
            hasher.write(self);
        }
    }
}

impl<const N: usize> From<&[u8; N]> for Octets {
    fn from(octets: &[u8; N]) -> Octets {
        Octets::from(octets.as_slice())
    }
}

impl From<Vec<u8>> for Octets {
    fn from(octets: Vec<u8>) -> Octets {
        Octets::from(octets.as_slice())
    }
}

impl From<&str> for Octets {
    fn from(text: &str) -> Octets {
        Octets::from(text.as_bytes())
    }
}

impl FromIterator<u8> for Octets {
    fn from_iter<T: IntoIterator<Item = u8>>(octets: T) -> Octets {
        Octets::from(octets.into_iter().collect::<Vec<_>>())
    }
}

impl<const N: usize> PartialEq<&[u8; N]> for Octets {
    fn eq(&self, octets: &&[u8; N]) -> bool {
        **self == **octets
    }
}

impl fmt::Debug for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_and_added_again_is_what_was_there() {
        for length in 0..=4 {
            let mut rest = Octets::from(b"love");
            let mut first = rest.take_first(length);
            assert_eq!(*first, b"love"[..length]);
            first.append(rest);
            assert_eq!(first, Octets::from(b"love"));
        }
    }

    #[test]
    fn no_octets_are_equal_however_they_came_about() {
        let mut taken = Octets::from(b"hi");
        taken.take_first(2);
        for none in [taken, Octets::from(b""), Octets::from(Vec::new()), Octets::default()] {
            assert_eq!(none, Octets::NONE);
        }
    }

    #[test]
    fn all_of_a_long_text_is_shared() {
        let text = Octets::from(&[b'x'; Octets::SHORT + 1]);
        assert_eq!(text.part(0..text.len()).as_ptr(), text.as_ptr());
    }

    #[test]
    fn long_and_short_texts_are_what_they_were_made_of() {
        for length in [0, 1, Octets::SHORT, Octets::SHORT + 1, 300] {
            let octets: Vec<u8> = (0..=255).cycle().take(length).collect();
            assert_eq!(*Octets::from(&*octets), *octets);
        }
    }

    #[test]
    fn they_take_as_little_room_as_a_shared_text_and_a_word() {
        assert!(size_of::<Octets>() <= size_of::<Arc<[u8]>>() + size_of::<u64>());
    }
}
