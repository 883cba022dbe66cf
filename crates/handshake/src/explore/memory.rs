//! What endpoints did. There are many worlds, but few endpoints that they are made of: what one of
//! them does, it did in another world before.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::hash::Hash;
use core::iter::repeat_with;

use super::fingerprint::{DeedShape, hash_of, hash_of_packet, hash_of_segment};
use crate::change::{Cause, Deed, KeptCause, Prospect};
use crate::network::OnNetwork;
use crate::shared::Shared;
use crate::{Effects, Endpoint, Input, Instant, Listener, Network, Side, StrangerId, World};

/// The deeds that were done last and what came of them, each in the place that a hash of its
/// circumstances gives it. What needs a taken place takes it over, so that there are never more.
#[derive(Debug)]
pub(super) struct Memory {
    deeds: Vec<Option<Known>>,
    /// Equal endpoints are shared, and so told apart by where they lie; and so are listeners.
    ends: Vec<Option<Arc<Endpoint>>>,
    listeners: Vec<Option<Arc<Listener>>>,
    /// The hashes of the packets under way in the world that is looked at.
    packets: Vec<u64>,
    /// Room for what is done, of which only the deed is kept.
    effects: Effects,
}

/// A deed, and what it makes of a world's shape.
#[derive(Debug)]
pub(super) struct Known {
    circumstances: Circumstances,
    pub(super) deed: Deed,
    pub(super) shape: DeedShape,
}

/// All on which a deed depends.
#[derive(Debug)]
struct Circumstances {
    side: Side,
    /// Told by where it lies, as the listener is: while they are kept, no others lie there.
    end: Shared<Endpoint>,
    listener: Option<Arc<Listener>>,
    stranger: Option<StrangerId>,
    at: Instant,
    cause: KeptCause,
}

impl Memory {
    /// Most deeds that an exploration comes back to are among so many.
    const PLACES: usize = 1 << 12;

    /// No memory of anything.
    pub(super) fn new() -> Memory {
        Memory::with_places(Memory::PLACES)
    }

    /// The same, with so many places for each kind of thing.
    fn with_places(places: usize) -> Memory {
        let deeds = repeat_with(|| None).take(places).collect();
        let (ends, listeners) = (vec![None; places], vec![None; places]);
        Memory { deeds, ends, listeners, packets: Vec::new(), effects: Effects::default() }
    }

    /// Looks at the packets of a world, whose choices are tried next.
    pub(super) fn look_at(&mut self, network: &Network) {
        self.packets.clear();
        self.packets.extend(network.in_flight().iter().map(hash_of_packet));
    }

    /// The hash of the packet that comes or goes there, if one does.
    pub(super) fn hash_of_moved(&self, happening: OnNetwork<'_>) -> u64 {
        match happening {
            OnNetwork::Gone(place) | OnNetwork::Doubled(place) => self.packets[place],
            OnNetwork::Forged(from, segment) => hash_of_segment(from, (true, None), segment),
            OnNetwork::Called(who, segment) => {
                hash_of_segment(Side::A, (false, Some(who)), segment)
            }
            OnNetwork::Delayed(..) | OnNetwork::Nothing => 0,
        }
    }

    /// What an endpoint does in a world, if one acts, where a packet of this hash comes or goes.
    pub(super) fn recall(
        &mut self,
        world: &World,
        prospect: &Prospect<'_, '_>,
        moved: u64,
    ) -> Option<&Known> {
        let (side, cause) = prospect.act?;
        let (end, listener) = actor(world, side);
        let why = match cause {
            Cause::Input(Input::Segment(_)) => moved,
            _ => hash_of(cause),
        };
        let who = (end.address(), listener.map(|listener| Arc::as_ptr(listener).addr()));
        let hash = hash_of((who, prospect.at, why));
        let place = place_in(&mut self.deeds, hash);
        place.take_if(|known| !known.circumstances.are(world, prospect));
        if place.is_none() {
            let mut deed = world.deed(prospect, &mut self.effects)?;
            share(&mut deed.end, &mut self.ends);
            if let Some(listener) = &mut deed.listener {
                share(listener, &mut self.listeners);
            }
            let shape = DeedShape::of(side, &deed);
            let circumstances = Circumstances {
                side,
                end: end.clone(),
                listener: listener.cloned(),
                stranger: prospect.stranger,
                at: prospect.at,
                cause: KeptCause::of(cause),
            };
            *place = Some(Known { circumstances, deed, shape });
        }
        place.as_ref()
    }
}

impl Circumstances {
    /// Are these the circumstances in which an endpoint of this world would act?
    fn are(&self, world: &World, prospect: &Prospect<'_, '_>) -> bool {
        let (end, listener) = actor(world, self.side);
        self.end.address() == end.address()
            && self.listener.as_ref().map(Arc::as_ptr) == listener.map(Arc::as_ptr)
            && (self.at, self.stranger) == (prospect.at, prospect.stranger)
            && prospect.act == Some((self.side, self.cause.as_cause()))
    }
}

/// Who acts on this side of a world: an endpoint, and B's listener with it.
fn actor(world: &World, side: Side) -> (&Shared<Endpoint>, Option<&Arc<Listener>>) {
    (&world.ends[side], world.listener.as_ref().filter(|_| side == Side::B))
}

/// Takes an equal thing instead, if one is known.
fn share<T: Hash + Eq>(thing: &mut Arc<T>, known: &mut [Option<Arc<T>>]) {
    match place_in(known, hash_of(&**thing)) {
        Some(other) if other == thing => thing.clone_from(other),
        place => *place = Some(thing.clone()),
    }
}

/// The place that a hash leads to, of as many as a power of two.
#[expect(clippy::cast_possible_truncation, reason = "the lower bits are enough")]
fn place_in<T>(places: &mut [T], hash: u64) -> &mut T {
    let place = hash as usize & (places.len() - 1);
    &mut places[place]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Explorer, Property, State, Trace};
    use alloc::string::ToString;

    fn someone_is_together_alone(world: &World) -> bool {
        let [a, b] = Side::BOTH.map(|side| world.end(side).state());
        [(a, b), (b, a)].contains(&(State::Established, State::Closed))
    }

    fn explored(run: &str, budget: Budget, memory: Memory) -> Explorer {
        let start: Trace = run.parse().expect("a run that plays");
        let alone =
            Property::always("nobody is together alone", |world| !someone_is_together_alone(world));
        let mut explorer = Explorer::new(start, vec![alone], budget);
        explorer.memory = Some(memory);
        explorer.finish();
        explorer
    }

    /// Where there is one place, only the comparison tells deeds apart, and nearly all are done
    /// anew; where there are many, nearly none. Each case has deeds that differ in one circumstance
    /// alone.
    #[test]
    fn what_is_remembered_changes_nothing() {
        let nothing = Budget::default();
        let cases = [
            // Who, and in answer to what.
            ("v1~B.listen~A.open", Budget { drops: 1, duplicates: 1, timeouts: 2, ..nothing }),
            ("v1~A.open~B.open", Budget { drops: 1, timeouts: 1, calls: 1, ..nothing }),
            ("v1~B.listen~A.open", Budget { forgeries: 1, timeouts: 1, ..nothing }),
            ("v1~iss.100", Budget { calls: 2, timeouts: 2, ..nothing }),
            // When: the quiet time is over for the one copy, and not for the other.
            ("v1~quiet.on~B.crash~A.open~copy.1~delay.1.200s", nothing),
            // With what listener, and for whom.
            (
                "v1~backlog.1.1~B.listen~stranger.7.SYN.100~stranger.8.SYN.100~A.open",
                Budget { drops: 1, timeouts: 1, ..nothing },
            ),
        ];
        for (run, budget) in cases {
            let many = explored(run, budget, Memory::new());
            let one = explored(run, budget, Memory::with_places(1));
            assert_eq!(many.generated(), one.generated(), "{run}");
            assert!(many.reached == one.reached, "{run}: other worlds, or in another way");
            let found = [&many, &one].map(|explorer| explorer.discovery(0));
            let [many, one] = found.map(|trace| trace.map(|trace| trace.to_string()));
            assert_eq!(many, one, "{run}");
        }
    }
}
