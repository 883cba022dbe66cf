//! Beside a model of the connection states alone: the TLA+ specification of TCP in tlaplus/Examples
//! (`specifications/tcp/tcp.tla`), written down anew here.
//!
//! It knows the eleven states, one queue for each peer, and figure 5 of RFC 9293 with its notes; no
//! numbers, no loss, no repetition, and 2 MSL may be over at once. Whatever one of its peers can do
//! an endpoint here can do, and the other way round, except what the two lists below name. What
//! leaves the state as it is counts only where the model draws it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use handshake::{Budget, Call, Choice, Packet, Side, State, Step, Tcb, Timer, World};

use crate::case::NOTHING;
use crate::graph::walk;
use crate::support::OPENED;

/// What a peer does: its state, what happens, its next state.
type Move = (&'static str, &'static str, &'static str);

/// The same move from each of these states.
type Moves = (&'static [&'static str], &'static str, &'static str);

/// State, event, what is taken from the queue, what is sent, next state.
type Edge = (&'static str, &'static str, &'static [&'static str], &'static str, &'static str);

/// Figure 5 and its note 2.
const FIGURE_5: [Edge; 21] = [
    ("CLOSED", "passive OPEN", &[], "", "LISTEN"),
    ("CLOSED", "active OPEN", &[], "SYN", "SYN-SENT"),
    ("LISTEN", "SEND", &[], "SYN", "SYN-SENT"),
    ("LISTEN", "CLOSE", &[], "", "CLOSED"),
    ("SYN-SENT", "CLOSE", &[], "", "CLOSED"),
    ("SYN-RECEIVED", "CLOSE", &[], "FIN", "FIN-WAIT-1"),
    ("ESTABLISHED", "CLOSE", &[], "FIN", "FIN-WAIT-1"),
    ("CLOSE-WAIT", "CLOSE", &[], "FIN", "LAST-ACK"),
    ("LISTEN", "SYN", &["SYN"], "SYN,ACK", "SYN-RECEIVED"),
    ("SYN-SENT", "SYN", &["SYN"], "SYN,ACK", "SYN-RECEIVED"),
    ("SYN-SENT", "SYN,ACK", &["SYN,ACK"], "ACK", "ESTABLISHED"),
    ("SYN-RECEIVED", "ACK", &["ACK"], "", "ESTABLISHED"),
    ("SYN-RECEIVED", "RST", &["RST"], "", "LISTEN"),
    ("ESTABLISHED", "FIN", &["FIN"], "ACK of FIN", "CLOSE-WAIT"),
    ("FIN-WAIT-1", "FIN", &["FIN"], "ACK of FIN", "CLOSING"),
    ("FIN-WAIT-1", "ACK of FIN", &["ACK of FIN"], "", "FIN-WAIT-2"),
    ("FIN-WAIT-1", "FIN, ACK of FIN", &["FIN", "ACK of FIN"], "ACK of FIN", "TIME-WAIT"),
    ("FIN-WAIT-2", "FIN", &["FIN"], "ACK of FIN", "TIME-WAIT"),
    ("CLOSING", "ACK of FIN", &["ACK of FIN"], "", "TIME-WAIT"),
    ("LAST-ACK", "ACK of FIN", &["ACK of FIN"], "", "CLOSED"),
    ("TIME-WAIT", "2 MSL", &[], "", "CLOSED"),
];

/// Note 3, for every state: a RST that is sent leads to TIME-WAIT, one that arrives to LISTEN or
/// CLOSED, as one likes.
const NOTE_3: [(&str, &[&str], &str, &str); 3] = [
    ("RST goes", &[], "RST", "TIME-WAIT"),
    ("RST", &["RST"], "", "LISTEN"),
    ("RST", &["RST"], "", "CLOSED"),
];

/// A world of the model: for each peer whether it has a TCB, its state, and what is on its way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Model {
    tcb: [bool; 2],
    state: [&'static str; 2],
    queue: [Vec<&'static str>; 2],
}

impl Model {
    /// One peer has sent its SYN, the other listens.
    fn asked_by(peer: usize) -> Model {
        let mut first =
            Model { tcb: [true; 2], state: ["LISTEN"; 2], queue: [Vec::new(), Vec::new()] };
        first.state[peer] = "SYN-SENT";
        first.queue[1 - peer].push("SYN");
        first
    }

    /// All that can happen next.
    fn moves(&self) -> Vec<(Move, Model)> {
        let mut all = Vec::new();
        for peer in [0, 1] {
            let state = self.state[peer];
            let notes = NOTE_3.map(|(event, taken, sent, next)| (state, event, taken, sent, next));
            let drawn = FIGURE_5.iter().filter(|edge| edge.0 == state).copied();
            for (_, event, taken, sent, next) in drawn.chain(notes) {
                // Nobody sends a RST, or waits for the end of 2 MSL, without a TCB.
                let needs_tcb = matches!(event, "RST goes" | "2 MSL");
                if self.queue[peer].starts_with(taken) && (self.tcb[peer] || !needs_tcb) {
                    let after = self.after(peer, event, taken.len(), sent, next);
                    all.push(((state, event, next), after));
                }
            }
        }
        all
    }

    fn after(
        &self,
        peer: usize,
        event: &str,
        taken: usize,
        sent: &'static str,
        next: &'static str,
    ) -> Model {
        let mut after = self.clone();
        after.state[peer] = next;
        after.queue[peer].drain(..taken);
        if !sent.is_empty() {
            after.queue[1 - peer].push(sent);
        }
        match event {
            "passive OPEN" | "active OPEN" => after.tcb[peer] = true,
            "2 MSL" => after.tcb[peer] = false,
            "CLOSE" if next == "CLOSED" => after.tcb[peer] = false,
            _ => {}
        }
        after
    }

    /// With nothing on its way one peer is ESTABLISHED if and only if the other is.
    fn keeps_the_invariant(&self) -> bool {
        let agree = (self.state[0] == "ESTABLISHED") == (self.state[1] == "ESTABLISHED");
        agree || self.queue.iter().any(|queue| !queue.is_empty())
    }

    fn repeats_nothing(&self) -> bool {
        self.queue.iter().all(|queue| queue.windows(2).all(|pair| pair[0] != pair[1]))
    }
}

/// All worlds of the model in which nobody opens again, and how deep each lies; the first lie at 1.
fn worlds_of_the_model() -> BTreeMap<Model, usize> {
    let firsts = [0, 1].map(Model::asked_by);
    let mut found: BTreeMap<Model, usize> =
        firsts.iter().cloned().map(|world| (world, 1)).collect();
    let mut open = VecDeque::from(firsts);
    while let Some(world) = open.pop_front() {
        let depth = found[&world] + 1;
        for ((_, event, _), after) in world.moves() {
            let opens = matches!(event, "passive OPEN" | "active OPEN" | "SEND");
            if !opens && after.repeats_nothing() && !found.contains_key(&after) {
                found.insert(after.clone(), depth);
                open.push_back(after);
            }
        }
    }
    found
}

/// The model checker's own count: 1,182 distinct states, 14 deep.
#[test]
fn the_model_is_the_published_one() {
    let found = worlds_of_the_model();
    assert_eq!(found.len(), 1182);
    assert_eq!(found.values().max(), Some(&14));
    assert!(found.keys().all(Model::keeps_the_invariant));
}

/// What happens to whom in a step, in the words of the model.
fn event(before: &World, step: &Step) -> Option<(Side, &'static str)> {
    match &step.choice {
        Choice::Deliver(id) => {
            let packet = before.network().packet(*id)?;
            Some((packet.from.peer(), arrival(packet, before.end(packet.from.peer()).tcb())))
        }
        Choice::Call(side, call) => Some((
            *side,
            match call {
                Call::PassiveOpen | Call::PassiveOpenFor(_) => "passive OPEN",
                Call::ActiveOpen => "active OPEN",
                Call::Send(_) => "SEND",
                Call::Close => "CLOSE",
                Call::Abort => "ABORT",
                Call::Receive | Call::Status | Call::Accept => return None,
            },
        )),
        Choice::Expire(side, Timer::TimeWait) => Some((*side, "2 MSL")),
        Choice::Expire(side, Timer::User) => Some((*side, "user timeout")),
        _ => None,
    }
}

/// The model's messages are either a FIN or the ACK of one; a segment can be both.
fn arrival(packet: &Packet, tcb: Option<&Tcb>) -> &'static str {
    let segment = &packet.segment;
    let our_fin = tcb.filter(|tcb| !tcb.is_fin_acknowledged()).and_then(|tcb| tcb.outgoing.fin);
    let of_fin = our_fin.zip(segment.acknowledges()).is_some_and(|(fin, ack)| fin.is_before(ack));
    match (segment.is_reset(), segment.is_syn(), segment.is_fin(), of_fin) {
        (true, ..) => "RST",
        (_, true, ..) if segment.acknowledges().is_some() => "SYN,ACK",
        (_, true, ..) => "SYN",
        (_, _, true, true) => "FIN, ACK of FIN",
        (_, _, true, false) => "FIN",
        (.., true) => "ACK of FIN",
        _ => "ACK",
    }
}

/// Every move that the model allows.
fn allowed() -> BTreeSet<Move> {
    let drawn = FIGURE_5.map(|(state, event, _, _, next)| (state, event, next));
    let noted = State::ALL
        .into_iter()
        .flat_map(|state| NOTE_3.map(|(event, _, _, next)| (state.name(), event, next)));
    drawn.into_iter().chain(noted).collect()
}

/// Every move of an endpoint here: from the first world, from a connection that is open, with what
/// is old or forged, with time-outs, and with text.
fn simulated() -> BTreeSet<Move> {
    let budget = |calls, timeouts, forgeries| Budget { calls, timeouts, forgeries, ..NOTHING };
    let cases = [
        ("", budget(3, 0, 0)),
        ("~A.open~B.open", budget(1, 1, 0)),
        ("~A.open~B.open", budget(1, 0, 1)),
        ("~A.open~B.open~A.send.hello~A.close", NOTHING),
        ("~B.listen~A.open", budget(2, 1, 0)),
        ("~B.listen~A.open~forge.B.SYN.90.0.65535", budget(0, 0, 1)),
        ("~B.listen~A.open~A.send.hello~A.close", budget(1, 0, 0)),
        ("~OPENED", budget(2, 1, 0)),
        ("~OPENED~A.send.hello", budget(2, 0, 0)),
        ("~OPENED~B.send.hello~B.close~A.close", budget(0, 1, 0)),
        ("~OPENED~A.close", budget(2, 0, 0)),
        ("~OPENED~A.close", budget(1, 0, 1)),
        ("~OPENED~A.close~B.close", budget(2, 1, 0)),
        ("~OPENED~A.close~B.close", budget(0, 0, 1)),
        ("~OPENED~B.close~A.close", budget(1, 1, 0)),
    ];
    let mut moves = BTreeSet::new();
    for (start, budget) in cases {
        let start = format!("v1{}", start.replace("OPENED", OPENED));
        let start = crate::support::run(&start);
        walk(
            start.last(),
            budget,
            |_, _, _| true,
            |seen| {
                if let Some((side, event)) = event(seen.before, seen.step) {
                    let [from, to] = [seen.before, seen.after].map(|world| world.end(side).state());
                    moves.insert((from.name(), event, to.name()));
                }
            },
        );
    }
    moves
}

/// What the model allows and TCP does not: from these states, on this event, into this state.
const ONLY_IN_THE_MODEL: [Moves; 3] = [
    // Note 3 lets whoever sends a RST wait for 2 MSL. Section 3.10.5 deletes the TCB at once, and a
    // RST that answers a segment leaves the state as it is (section 3.5.2).
    (&EVERY_STATE, "RST goes", "TIME-WAIT"),
    // Note 3 lets a RST lead to LISTEN or to CLOSED, as one likes. Note 1 and section 3.10.7.4
    // lead back to LISTEN only from SYN-RECEIVED after a passive OPEN, …
    (&NEVER_BACK_TO_LISTEN, "RST", "LISTEN"),
    // … and LISTEN ignores it (section 3.10.7.2).
    (&["LISTEN"], "RST", "CLOSED"),
];

/// What TCP does and the model leaves out.
const BEYOND_THE_MODEL: [Moves; 17] = [
    // ABORT, section 3.10.5. In CLOSED there is nothing to abort.
    (&EVERY_CONNECTION, "ABORT", "CLOSED"),
    // The user timeout, section 3.10.8: it runs while something is not acknowledged.
    (&WHERE_SOMETHING_IS_UNDER_WAY, "user timeout", "CLOSED"),
    // After a passive OPEN one waits for somebody else instead.
    (&["SYN-RECEIVED"], "user timeout", "LISTEN"),
    // Section 3.10.1: a passive OPEN can be made an active one. The figure has only SEND for it.
    (&["LISTEN"], "active OPEN", "SYN-SENT"),
    // The fourth check of section 3.10.7.4: whoever was asked by a ghost hears the real question.
    (&["SYN-RECEIVED"], "SYN", "LISTEN"),
    (&["SYN-RECEIVED"], "SYN,ACK", "LISTEN"),
    // Figure 7: the SYN,ACKs of a simultaneous open cross. The model gets stuck there.
    (&["SYN-RECEIVED"], "SYN,ACK", "ESTABLISHED"),
    // A CLOSE that waited behind text (section 3.10.4) is carried out when the connection is open.
    (&["SYN-RECEIVED"], "SYN,ACK", "FIN-WAIT-1"),
    (&["SYN-RECEIVED"], "ACK", "FIN-WAIT-1"),
    // A FIN acknowledges too: here our SYN, before its own turn comes in the eighth check.
    (&["SYN-RECEIVED"], "FIN", "CLOSE-WAIT"),
    // The same, but text before the FIN is missing, so that the FIN has to wait (SHLD-31), …
    (&["SYN-RECEIVED"], "FIN", "ESTABLISHED"),
    (&["FIN-WAIT-1"], "FIN, ACK of FIN", "FIN-WAIT-2"),
    // … until the text arrives.
    (&["ESTABLISHED"], "ACK", "CLOSE-WAIT"),
    (&["FIN-WAIT-1"], "ACK", "CLOSING"),
    (&["FIN-WAIT-1"], "ACK of FIN", "TIME-WAIT"),
    (&["FIN-WAIT-2"], "ACK", "TIME-WAIT"),
    // MAY-2 and section 3.6.1: a fresh SYN opens anew what waits.
    (&["TIME-WAIT"], "SYN", "SYN-RECEIVED"),
];

const EVERY_STATE: [&str; 11] = [
    "CLOSED",
    "LISTEN",
    "SYN-SENT",
    "SYN-RECEIVED",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "CLOSE-WAIT",
    "CLOSING",
    "LAST-ACK",
    "TIME-WAIT",
];

const EVERY_CONNECTION: [&str; 10] = [
    "LISTEN",
    "SYN-SENT",
    "SYN-RECEIVED",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "CLOSE-WAIT",
    "CLOSING",
    "LAST-ACK",
    "TIME-WAIT",
];

const NEVER_BACK_TO_LISTEN: [&str; 9] = [
    "CLOSED",
    "SYN-SENT",
    "ESTABLISHED",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "CLOSE-WAIT",
    "CLOSING",
    "LAST-ACK",
    "TIME-WAIT",
];

const WHERE_SOMETHING_IS_UNDER_WAY: [&str; 7] =
    ["SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "CLOSE-WAIT", "CLOSING", "LAST-ACK"];

fn listed(list: &[Moves]) -> BTreeSet<Move> {
    let moves = list
        .iter()
        .flat_map(|&(states, event, next)| states.iter().map(move |&state| (state, event, next)));
    moves.collect()
}

/// Every move of the model is one of ours, but for those that are explained; each is needed.
#[test]
fn whatever_the_model_allows_an_endpoint_can_do() {
    let simulated = simulated();
    let missing: BTreeSet<Move> = allowed().difference(&simulated).copied().collect();
    assert_eq!(missing, listed(&ONLY_IN_THE_MODEL));
}

/// Every change of state here is one of the model's, but for those that are explained; each of them
/// is needed.
#[test]
fn whatever_an_endpoint_does_the_model_allows_or_leaves_out_for_a_reason() {
    let (simulated, allowed) = (simulated(), allowed());
    let changes = simulated.difference(&allowed).filter(|(from, _, to)| from != to);
    let beyond: BTreeSet<Move> = changes.copied().collect();
    assert_eq!(beyond, listed(&BEYOND_THE_MODEL));
}
