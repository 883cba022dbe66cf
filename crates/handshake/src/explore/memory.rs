//! What endpoints did. There are many worlds, but few endpoints that they are made of: what one of
//! them does, it did in another world before.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::hash::Hash;
use core::iter::repeat_with;

use super::fingerprint::{DeedShape, hash_of, hash_of_segment};
use crate::change::{Cause, Deed, Prospect};
use crate::{Effects, Endpoint, Input, Listener, Side, World};

/// The deeds that were done last and what came of them, each in the place that its fingerprint
/// gives it. What needs a taken place takes it over, so that there are never more.
#[derive(Debug)]
pub(super) struct Memory {
    deeds: Vec<Option<Known>>,
    /// Equal endpoints are shared, and so told apart by where they lie; and so are listeners.
    ends: Vec<Option<Arc<Endpoint>>>,
    listeners: Vec<Option<Arc<Listener>>>,
    /// Room for what is done, of which only the deed is kept.
    effects: Effects,
}

/// A deed, and what it makes of a world's shape.
#[derive(Debug)]
pub(super) struct Known {
    /// A hash of all on which the deed depends: who did it, when, and why.
    fingerprint: u64,
    /// Who did it. While they are kept, no others lie where they do.
    before: (Arc<Endpoint>, Option<Arc<Listener>>),
    pub(super) deed: Deed,
    pub(super) shape: DeedShape,
}

impl Memory {
    const PLACES: usize = 1 << 12;

    /// No memory of anything.
    pub(super) fn new() -> Memory {
        let deeds = repeat_with(|| None).take(Memory::PLACES).collect();
        let (ends, listeners) = (vec![None; Memory::PLACES], vec![None; Memory::PLACES]);
        Memory { deeds, ends, listeners, effects: Effects::default() }
    }

    /// What an endpoint does in a world, if one acts.
    pub(super) fn recall(&mut self, world: &World, prospect: &Prospect<'_, '_>) -> Option<&Known> {
        let (side, cause) = prospect.act?;
        let end = &world.ends[side];
        let listener = world.listener.as_ref().filter(|_| side == Side::B);
        let why = match cause {
            Cause::Input(Input::Segment(segment)) => {
                hash_of_segment(side, (false, prospect.stranger), segment)
            }
            _ => hash_of((side, prospect.stranger, cause)),
        };
        let who = addresses(end, listener);
        let fingerprint = hash_of((who, prospect.at, why));
        let place = &mut self.deeds[place_of(fingerprint)];
        place.take_if(|Known { fingerprint: other, before: (end, listener), .. }| {
            *other != fingerprint || addresses(end, listener.as_ref()) != who
        });
        if place.is_none() {
            let mut deed = world.deed(prospect, &mut self.effects)?;
            share(&mut deed.end, &mut self.ends);
            if let Some(listener) = &mut deed.listener {
                share(listener, &mut self.listeners);
            }
            let shape = DeedShape::of(side, &deed);
            let before = (end.clone(), listener.cloned());
            *place = Some(Known { fingerprint, before, deed, shape });
        }
        place.as_ref()
    }
}

/// Where they lie, by which they are told apart.
fn addresses(end: &Arc<Endpoint>, listener: Option<&Arc<Listener>>) -> (usize, Option<usize>) {
    (Arc::as_ptr(end).addr(), listener.map(|listener| Arc::as_ptr(listener).addr()))
}

/// Takes an equal thing instead, if one is known.
fn share<T: Hash + Eq>(thing: &mut Arc<T>, known: &mut [Option<Arc<T>>]) {
    match &mut known[place_of(hash_of(&**thing))] {
        Some(other) if other == thing => thing.clone_from(other),
        place => *place = Some(thing.clone()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower bits are enough")]
fn place_of(fingerprint: u64) -> usize {
    fingerprint as usize % Memory::PLACES
}
