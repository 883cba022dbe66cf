//! All worlds and the steps between them, found without the explorer: a second way to count, and
//! the way to ask whether something can still be come to from everywhere.

use std::collections::btree_map::{BTreeMap, Entry};
use std::hash::{DefaultHasher, Hash, Hasher};

use handshake::{Budget, Choice, Endpoint, Side, Timer, World};

use crate::case::Plan;

/// A graph of worlds, breadth first.
pub(crate) struct Graph {
    /// How many steps lead to each world, and whether it is where one wants to come.
    found: Vec<(usize, bool)>,
    /// From which worlds a step leads to each.
    comes_from: Vec<Vec<usize>>,
}

impl Graph {
    /// All that can happen from here within a budget and after a plan.
    pub(crate) fn new(start: &World, budget: Budget, plan: Plan, aim: fn(&World) -> bool) -> Graph {
        let mut graph = Graph { found: vec![(0, aim(start))], comes_from: vec![Vec::new()] };
        let mut known = BTreeMap::from([(key(start, budget), 0)]);
        let mut layer = vec![(0, start.clone(), budget)];
        for depth in 1.. {
            let mut next_layer = Vec::new();
            for (from, world, budget) in &layer {
                let forgeries = if budget.forgeries > 0 { world.forgeries() } else { Vec::new() };
                for choice in world.choices().into_iter().chain(forgeries) {
                    let Some(left) = left_after(*budget, &choice) else { continue };
                    if !plan(world, *budget, &choice) {
                        continue;
                    }
                    let (next, _) = world.after(&choice).expect("a choice that is listed");
                    let index = match known.entry(key(&next, left)) {
                        Entry::Occupied(entry) => *entry.get(),
                        Entry::Vacant(entry) => {
                            entry.insert(graph.found.len());
                            graph.found.push((depth, aim(&next)));
                            graph.comes_from.push(Vec::new());
                            next_layer.push((graph.found.len() - 1, next, left));
                            graph.found.len() - 1
                        }
                    };
                    graph.comes_from[index].push(*from);
                }
            }
            if next_layer.is_empty() {
                break;
            }
            layer = next_layer;
        }
        graph
    }

    /// How many worlds there are.
    pub(crate) fn worlds(&self) -> usize {
        self.found.len()
    }

    /// How many steps lead to the nearest world from which no way leads to the aim.
    pub(crate) fn astray(&self) -> Option<usize> {
        let mut good: Vec<bool> = self.found.iter().map(|(_, is_aim)| *is_aim).collect();
        let mut open: Vec<usize> = (0..good.len()).filter(|index| good[*index]).collect();
        while let Some(index) = open.pop() {
            for &from in &self.comes_from[index] {
                if !std::mem::replace(&mut good[from], true) {
                    open.push(from);
                }
            }
        }
        let bad = self.found.iter().zip(good).filter(|(_, good)| !good);
        bad.map(|((depth, _), _)| *depth).min()
    }
}

fn left_after(mut budget: Budget, choice: &Choice) -> Option<Budget> {
    let counter = match choice {
        Choice::Deliver(_) => return Some(budget),
        Choice::Delay(..) => return None,
        Choice::Drop(_) => &mut budget.drops,
        Choice::Duplicate(_) => &mut budget.duplicates,
        Choice::Expire(..) => &mut budget.timeouts,
        Choice::Call(..) => &mut budget.calls,
        Choice::Crash(_) => &mut budget.crashes,
        Choice::Forge(..) => &mut budget.forgeries,
    };
    match *counter {
        Budget::UNLIMITED => {}
        0 => return None,
        _ => *counter -= 1,
    }
    Some(budget)
}

/// A world without clock, round trips, and the names and order of packets.
fn key(world: &World, budget: Budget) -> u64 {
    let in_flight = world.network().in_flight().iter();
    let mut packets: Vec<u64> =
        in_flight.map(|packet| hash(&(packet.from, packet.forged, &packet.segment))).collect();
    packets.sort_unstable();
    hash(&(budget, packets, Side::BOTH.map(|side| end_key(world.end(side)))))
}

fn end_key(end: &Endpoint) -> u64 {
    let timers = Timer::ALL.map(|timer| end.timer(timer).is_some());
    let tcb = end.tcb().map(|tcb| {
        let numbers = (tcb.state, tcb.origin, tcb.snd, tcb.rcv, tcb.send_mss);
        hash(&(numbers, &tcb.outgoing, &tcb.incoming))
    });
    hash(&(end.next_iss(), timers, tcb))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
