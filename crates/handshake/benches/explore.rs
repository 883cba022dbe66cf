//! Our explorer against another model checker, stateright, both breadth first on one thread: the
//! same worlds, choices, properties and budget, hence the same counts, which is asserted.

#![expect(clippy::disallowed_methods, reason = "a bench measures wall time")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use handshake::{Budget, Choice, Explorer, Property, Side, State, Trace, World};
use stateright::{Checker, Model};

/// How often each explores; the best time counts, because all that disturbs makes it longer.
const ROUNDS: usize = 3;

fn main() {
    println!(
        "{:<34} {:>9} {:>10} {:>9} {:>9} {:>6} {:>11} {:>10}",
        "explored", "unique", "generated", "ours/s", "theirs/s", "ratio", "bytes/world", "at most"
    );
    let cases = [
        (
            "v1~B.listen~A.open",
            Budget { drops: 2, duplicates: 2, timeouts: 2, calls: 0, crashes: 0, forgeries: 0 },
        ),
        (
            "v1~B.listen~A.open",
            Budget { drops: 1, duplicates: 1, timeouts: 1, calls: 2, crashes: 0, forgeries: 0 },
        ),
        (
            "v1~A.open~B.open",
            Budget { drops: 2, duplicates: 2, timeouts: 2, calls: 0, crashes: 0, forgeries: 0 },
        ),
    ];
    for (run, budget) in cases {
        compare(run, budget);
    }
}

fn compare(run: &str, budget: Budget) {
    let mut best = [Duration::MAX; 2];
    let mut counts = [(0, 0); 2];
    for _ in 0..ROUNDS {
        let (ours, our_counts) = explored_by_us(run, budget);
        let (theirs, their_counts) = explored_by_them(run, budget);
        assert_eq!(our_counts, their_counts, "{run}: the counts must agree");
        best = [best[0].min(ours), best[1].min(theirs)];
        counts = [our_counts, their_counts];
    }
    let (unique, generated) = counts[0];
    let memory = Memory::of(run, budget);
    let per_second = |time: Duration| unique as f64 / time.as_secs_f64();
    let name = format!(
        "{} {}/{}/{}/{}",
        run.trim_start_matches("v1~"),
        budget.drops,
        budget.duplicates,
        budget.timeouts,
        budget.calls
    );
    println!(
        "{name:<34} {unique:>9} {generated:>10} {:>9.0} {:>9.0} {:>6.2} {:>11.1} {:>10.1}",
        per_second(best[0]),
        per_second(best[1]),
        best[1].as_secs_f64() / best[0].as_secs_f64(),
        memory.kept / unique as f64,
        memory.most / unique as f64,
    );
}

fn explorer(run: &str, budget: Budget) -> Explorer {
    let start: Trace = run.parse().expect("a run that plays");
    let laws = laws().map(|(name, always, holds)| {
        if always { Property::always(name, holds) } else { Property::sometimes(name, holds) }
    });
    Explorer::new(start, laws.to_vec(), budget)
}

fn explored_by_us(run: &str, budget: Budget) -> (Duration, (usize, u64)) {
    let mut explorer = explorer(run, budget);
    let begin = Instant::now();
    explorer.finish();
    (begin.elapsed(), (explorer.unique(), explorer.generated()))
}

fn explored_by_them(run: &str, budget: Budget) -> (Duration, (usize, u64)) {
    let start: Trace = run.parse().expect("a run that plays");
    let model = Wrapped { first: Reached { world: start.last().clone(), budget } };
    let checker = model.checker().threads(1);
    let begin = Instant::now();
    let checker = checker.spawn_bfs().join();
    (begin.elapsed(), (checker.unique_state_count(), checker.state_count() as u64))
}

/// What our explorer asks of the heap: when it is done, and at most with the worlds whose choices
/// were not tried yet.
struct Memory {
    kept: f64,
    most: f64,
}

impl Memory {
    fn of(run: &str, budget: Budget) -> Memory {
        let mut explorer = explorer(run, budget);
        let info = allocation_counter::measure(|| explorer.finish());
        Memory { kept: info.bytes_current as f64, most: info.bytes_max as f64 }
    }
}

type Law = (&'static str, bool, fn(&World) -> bool);

/// A name, whether it is to hold always or sometimes, and what.
fn laws() -> [Law; 3] {
    [
        ("the numbers of each side are sane", true, numbers_are_sane),
        ("two that are together know each other's number", true, know_each_other),
        ("both get together", false, |world| {
            Side::BOTH.into_iter().all(|side| world.end(side).state() == State::Established)
        }),
    ]
}

fn numbers_are_sane(world: &World) -> bool {
    Side::BOTH.into_iter().filter_map(|side| world.end(side).tcb()).all(|tcb| {
        let under_way = tcb.snd.una.distance_to(tcb.snd.nxt);
        tcb.snd.una.is_at_most(tcb.snd.nxt) && under_way <= tcb.snd.max_wnd + 2
    })
}

fn know_each_other(world: &World) -> bool {
    let [Some(a), Some(b)] = Side::BOTH.map(|side| world.end(side).tcb()) else { return true };
    let together = a.state == State::Established && b.state == State::Established;
    !together || (a.rcv.irs == b.snd.iss && b.rcv.irs == a.snd.iss)
}

/// A world and what is left of the budget.
#[derive(Clone, Debug)]
struct Reached {
    world: World,
    budget: Budget,
}

impl Hash for Reached {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.budget.hash(hasher);
        self.world.hash_canonical(hasher);
    }
}

impl PartialEq for Reached {
    fn eq(&self, other: &Reached) -> bool {
        self.world == other.world && self.budget == other.budget
    }
}

/// Our worlds as stateright's model.
struct Wrapped {
    first: Reached,
}

impl Model for Wrapped {
    type State = Reached;
    type Action = Choice;

    fn init_states(&self) -> Vec<Reached> {
        vec![self.first.clone()]
    }

    fn actions(&self, state: &Reached, actions: &mut Vec<Choice>) {
        let choices = state.world.choices().into_iter();
        actions.extend(choices.filter(|choice| state.budget.after(choice).is_some()));
    }

    fn next_state(&self, state: &Reached, action: Choice) -> Option<Reached> {
        let budget = state.budget.after(&action)?;
        let (world, _) = state.world.after(&action).ok()?;
        Some(Reached { world, budget })
    }

    fn properties(&self) -> Vec<stateright::Property<Wrapped>> {
        let [sane, known, together] = laws().map(|(name, _, _)| name);
        vec![
            stateright::Property::always(sane, |_, state: &Reached| laws()[0].2(&state.world)),
            stateright::Property::always(known, |_, state: &Reached| laws()[1].2(&state.world)),
            stateright::Property::sometimes(together, |_, state: &Reached| {
                laws()[2].2(&state.world)
            }),
        ]
    }
}
