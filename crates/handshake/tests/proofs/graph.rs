//! All worlds and the steps between them, found without the explorer: a second way to count, and
//! the way to ask whether something can still be come to from everywhere.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use handshake::{Budget, Choice, Endpoint, Side, Step, Timer, World};

use crate::case::Plan;

/// A graph of worlds, breadth first.
pub(crate) struct Graph {
    /// How many steps lead to each world, and whether it is where one wants to come.
    found: Vec<(usize, bool)>,
    /// From which worlds a step leads to each.
    comes_from: Vec<Vec<usize>>,
}

/// A step from one world to another, both by their ordinals, breadth first.
pub(crate) struct Seen<'a> {
    pub(crate) from: usize,
    pub(crate) before: &'a World,
    pub(crate) step: &'a Step,
    pub(crate) after: &'a World,
    pub(crate) to: usize,
    /// How many steps lead to the world after at least.
    pub(crate) depth: usize,
}

/// Shows every step that can happen from here within a budget and after a plan, breadth first.
pub(crate) fn walk(start: &World, budget: Budget, plan: Plan, mut see: impl FnMut(&Seen<'_>)) {
    let mut known = BTreeMap::from([(key(start, budget), (0, 0))]);
    let mut open = VecDeque::from([(0, 0, start.clone(), budget)]);
    while let Some((from, depth, before, budget)) = open.pop_front() {
        let forgeries = if budget.forgeries > 0 { before.forgeries() } else { Vec::new() };
        for choice in before.choices().into_iter().chain(forgeries) {
            let Some(left) = left_after(budget, &choice) else { continue };
            if !plan(&before, budget, &choice) {
                continue;
            }
            let (after, step) = before.after(&choice).expect("a choice that is listed");
            let ordinal = known.len();
            let (to, depth) = *known.entry(key(&after, left)).or_insert((ordinal, depth + 1));
            see(&Seen { from, before: &before, step: &step, after: &after, to, depth });
            if to == ordinal {
                open.push_back((to, depth, after, left));
            }
        }
    }
}

impl Graph {
    /// All that can happen from here within a budget and after a plan.
    pub(crate) fn new(start: &World, budget: Budget, plan: Plan, aim: fn(&World) -> bool) -> Graph {
        let mut graph = Graph { found: vec![(0, aim(start))], comes_from: vec![Vec::new()] };
        walk(start, budget, plan, |seen| {
            if seen.to == graph.found.len() {
                graph.found.push((seen.depth, aim(seen.after)));
                graph.comes_from.push(Vec::new());
            }
            graph.comes_from[seen.to].push(seen.from);
        });
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
        Choice::Delay(..) | Choice::Stranger(..) => return None,
        Choice::Drop(_) => &mut budget.drops,
        Choice::Duplicate(_) => &mut budget.duplicates,
        Choice::Expire(..) | Choice::ExpireStranger(..) => &mut budget.timeouts,
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
