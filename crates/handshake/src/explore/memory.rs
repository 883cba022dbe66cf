//! What endpoints did. There are many worlds, but few endpoints that they are made of: what one of
//! them does, it did in another world before.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::iter::repeat_with;

use super::fingerprint::{DeedShape, hash_of, hash_of_segment};
use crate::change::{Cause, Deed};
use crate::{Endpoint, Input, Instant, Side};

/// The deeds that were done last and the endpoints that came of them, each in the place that its
/// fingerprint gives it. What needs a taken place takes it over, so that there are never more.
#[derive(Debug)]
pub(super) struct Memory {
    deeds: Vec<Option<Known>>,
    /// Equal endpoints are shared, and so told apart by where they lie.
    ends: Vec<Option<Arc<Endpoint>>>,
}

/// A deed, and what it makes of a world's shape.
#[derive(Debug)]
struct Known {
    /// A hash of all on which the deed depends: who did it, when, and why.
    fingerprint: u64,
    /// Who did it. While it is kept, no other endpoint lies where it does.
    before: Arc<Endpoint>,
    deed: Deed,
    shape: DeedShape,
}

impl Memory {
    const PLACES: usize = 1 << 12;

    /// No memory of anything.
    pub(super) fn new() -> Memory {
        let deeds = repeat_with(|| None).take(Memory::PLACES).collect();
        Memory { deeds, ends: vec![None; Memory::PLACES] }
    }

    /// What an endpoint does, and what that makes of a world's shape.
    pub(super) fn recall(
        &mut self,
        side: Side,
        before: &Arc<Endpoint>,
        at: Instant,
        cause: Cause<'_>,
    ) -> (Cow<'_, Deed>, DeedShape) {
        let cause_hash = match cause {
            Cause::Input(Input::Segment(segment)) => hash_of_segment(side, (false, None), segment),
            _ => hash_of((side, cause)),
        };
        let fingerprint = hash_of((Arc::as_ptr(before).addr(), at, cause_hash));
        let place = &mut self.deeds[place_of(fingerprint)];
        place.take_if(|known| {
            known.fingerprint != fingerprint || !Arc::ptr_eq(&known.before, before)
        });
        let known = place.get_or_insert_with(|| {
            let mut deed = Deed::of(before, at, cause);
            share(&mut deed.end, &mut self.ends);
            let sent = deed.effects.segments().map(|segment| (None, segment));
            let shape = DeedShape::of(side, &deed.end, sent);
            Known { fingerprint, before: before.clone(), deed, shape }
        });
        (Cow::Borrowed(&known.deed), known.shape)
    }
}

/// Takes an equal endpoint instead, if one is known.
fn share(end: &mut Arc<Endpoint>, ends: &mut [Option<Arc<Endpoint>>]) {
    match &mut ends[place_of(hash_of(&**end))] {
        Some(other) if other == end => end.clone_from(other),
        place => *place = Some(end.clone()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower bits are enough")]
fn place_of(fingerprint: u64) -> usize {
    fingerprint as usize % Memory::PLACES
}
