//! Runs as text, and what holds of any run: reading undoes writing, a place in a run is the run up
//! to there, time never goes back, and the numbers of both endpoints stay sane.

use handshake::{
    Choice, Duration, Impossible, Instant, PacketId, PerSide, RunProblem, SeqNum, Side, Start,
    State, Tcb, Timer, Trace, World,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Any start; now and then with numbers close to the end of the circle.
fn starts() -> impl Strategy<Value = Start> {
    let iss = prop_oneof![any::<u32>(), Just(u32::MAX), Just(u32::MAX - 1), Just(0)];
    let delay = prop_oneof![0_u64..5_000_000, Just(0), Just(u64::MAX)];
    let sides = (iss.clone(), iss, delay.clone(), delay, any::<u16>(), any::<u16>());
    let start = sides.prop_map(|(iss_a, iss_b, delay_a, delay_b, port_a, port_b)| Start {
        iss: PerSide { a: SeqNum(iss_a), b: SeqNum(iss_b) },
        delay: PerSide { a: Duration(delay_a), b: Duration(delay_b) },
        port: PerSide { a: port_a, b: port_b },
    });
    prop_oneof![Just(Start::default()), start]
}

/// Any run: at each step some place in the list of choices, and a delay for those that take one.
fn runs() -> impl Strategy<Value = Trace> {
    (starts(), vec((any::<u16>(), any::<u64>()), 0..60)).prop_map(|(start, places)| {
        let mut trace = Trace::new(start);
        for (place, by) in places {
            let choices = trace.last().choices();
            // Both sides are together and nothing is under way: so far the story ends there.
            if choices.is_empty() {
                break;
            }
            let choice = match &choices[usize::from(place) % choices.len()] {
                Choice::Delay(id, _) => Choice::Delay(*id, Duration(by)),
                other => other.clone(),
            };
            trace.extend(&choice).expect("a choice from the list");
        }
        trace
    })
}

proptest! {
    // A failure prints the smallest run that fails; nothing is kept beside the sources.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_undoes_writing(trace in runs()) {
        let text = trace.to_string();
        let read: Trace = text.parse().expect("a run that plays");
        prop_assert_eq!(read.to_string(), text);
        prop_assert_eq!(read, trace);
    }

    #[test]
    fn text_of_a_run_is_fit_for_a_link(trace in runs()) {
        let fit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'~';
        prop_assert!(trace.to_string().bytes().all(fit));
    }

    #[test]
    fn same_choices_make_the_same_run(trace in runs()) {
        let mut again = Trace::new(*trace.start());
        for step in trace.steps() {
            again.extend(&step.choice).expect("the choice was possible before");
        }
        prop_assert_eq!(again, trace);
    }

    #[test]
    fn place_in_a_run_is_the_run_up_to_there(trace in runs()) {
        for place in 0..=trace.len() {
            let part = trace.fork_at(place);
            prop_assert_eq!(part.len(), place);
            prop_assert_eq!(part.last(), trace.world_at(place));
            let replayed: Trace = part.to_string().parse().expect("a part plays as well");
            prop_assert_eq!(&replayed, &part);
            prop_assert_eq!(replayed.packets_at(place), trace.packets_at(place));
        }
    }

    #[test]
    fn every_listed_choice_is_possible(trace in runs()) {
        for choice in trace.last().choices() {
            prop_assert!(trace.last().after(&choice).is_ok(), "{}", choice);
            prop_assert_eq!(choice.to_string().parse::<Choice>(), Ok(choice));
        }
    }

    #[test]
    fn time_never_goes_back(trace in runs()) {
        let mut last = Instant::START;
        for (index, step) in trace.steps().iter().enumerate() {
            prop_assert!(last <= step.at);
            prop_assert_eq!(trace.world_at(index + 1).now(), step.at);
            last = step.at;
        }
    }

    #[test]
    fn numbers_of_every_connection_stay_sane(trace in runs()) {
        for place in 0..=trace.len() {
            let world = trace.world_at(place);
            for side in Side::BOTH {
                if let Some(tcb) = world.end(side).tcb() {
                    assert_sane(tcb);
                }
            }
            assert_network_is_sane(world);
        }
    }

    #[test]
    fn reading_never_panics(text in any::<String>()) {
        let _ = Trace::decode(&text);
        let _ = Trace::decode(&format!("v1~{text}"));
    }

    /// Words that are nearly right go deeper than words that are not words at all.
    #[test]
    fn reading_what_is_nearly_a_run_never_panics(words in vec(nearly_words(), 0..12)) {
        let text = format!("v1~{}", words.join("~"));
        let (trace, error) = Trace::decode(&text);
        let read: Trace = trace.to_string().parse().expect("what was read plays");
        prop_assert_eq!(&read, &trace);
        if let Some(error) = error {
            let at: String =
                text.chars().skip(error.column - 1).take(error.word.chars().count()).collect();
            prop_assert_eq!(&at, &error.word);
            prop_assert_eq!(text.split('~').nth(error.ordinal - 1), Some(error.word.as_str()));
        }
    }
}

fn nearly_words() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("A"),
        Just("B"),
        Just("deliver"),
        Just("drop"),
        Just("copy"),
        Just("delay"),
        Just("iss"),
        Just("port"),
        Just(""),
        Just("C"),
        Just("愛"),
    ];
    let value = prop_oneof![
        Just("open".to_owned()),
        Just("listen".to_owned()),
        Just("rto".to_owned()),
        (0_u8..6).prop_map(|id| id.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| format!("{n}us")),
        Just("500ms".to_owned()),
        Just(String::new()),
        Just("愛s".to_owned()),
    ];
    (name, vec(value, 0..3)).prop_map(|(name, values)| {
        values.into_iter().fold(name.to_owned(), |word, value| format!("{word}.{value}"))
    })
}

/// Section 3.3.1: SND.UNA =< SND.NXT, and the rest of what an opening connection can be.
#[track_caller]
fn assert_sane(tcb: &Tcb) {
    let (snd, rcv) = (tcb.snd, tcb.rcv);
    assert!(snd.una.is_at_most(snd.nxt), "{tcb:?}");
    let our_syn_waits = snd.una == snd.iss && snd.nxt == snd.iss + 1;
    let our_syn_is_acknowledged = snd.una == snd.iss + 1 && snd.nxt == snd.iss + 1;
    let peer_syn_is_known = rcv.nxt == rcv.irs + 1;
    let sane = match tcb.state {
        State::Listen => tcb.retransmission.is_none(),
        State::SynSent => our_syn_waits && tcb.retransmission.is_some(),
        State::SynReceived => our_syn_waits && peer_syn_is_known && tcb.retransmission.is_some(),
        State::Established => {
            our_syn_is_acknowledged && peer_syn_is_known && tcb.retransmission.is_none()
        }
        _ => false,
    };
    assert!(sane, "{tcb:?}");
}

/// Every packet is under way once, sent by now, and due no earlier than it was sent.
#[track_caller]
fn assert_network_is_sane(world: &World) {
    let packets = world.network().in_flight();
    assert!(packets.is_sorted_by(|a, b| a.id < b.id));
    for packet in packets {
        assert!(packet.sent_at <= packet.due_at && packet.sent_at <= world.now());
        assert!((1..=world.network().named()).contains(&packet.id.0));
        assert!(packet.copy_of.is_none_or(|original| original < packet.id));
    }
}

/// A wrong text: what is wrong with which word, where it stands, and how many steps still play.
struct Wrong {
    text: &'static str,
    problem: RunProblem,
    word: &'static str,
    ordinal: usize,
    column: usize,
    plays: usize,
}

const fn wrong(
    text: &'static str,
    problem: RunProblem,
    (word, ordinal, column): (&'static str, usize, usize),
    plays: usize,
) -> Wrong {
    Wrong { text, problem, word, ordinal, column, plays }
}

const WRONG: [Wrong; 29] = [
    wrong("", RunProblem::Version, ("", 1, 1), 0),
    wrong("~", RunProblem::Version, ("", 1, 1), 0),
    wrong("A.open", RunProblem::Version, ("A.open", 1, 1), 0),
    wrong("v2~A.open", RunProblem::Version, ("v2", 1, 1), 0),
    wrong("V1~A.open", RunProblem::Version, ("V1", 1, 1), 0),
    wrong(" v1~A.open", RunProblem::Version, (" v1", 1, 1), 0),
    wrong("v1~~A.open", RunProblem::UnknownWord, ("", 2, 4), 0),
    wrong("v1~hello", RunProblem::UnknownWord, ("hello", 2, 4), 0),
    wrong("v1~C.open", RunProblem::UnknownWord, ("C.open", 2, 4), 0),
    wrong("v1~a.open", RunProblem::UnknownWord, ("a.open", 2, 4), 0),
    wrong("v1~A.opens", RunProblem::UnknownWord, ("A.opens", 2, 4), 0),
    wrong("v1~A.open.B", RunProblem::UnknownWord, ("A.open.B", 2, 4), 0),
    wrong("v1~A.open~愛~B.listen", RunProblem::UnknownWord, ("愛", 3, 11), 1),
    wrong("v1~A.open~愛.1~B.listen", RunProblem::UnknownWord, ("愛.1", 3, 11), 1),
    wrong("v1~A.open~iss.1.2", RunProblem::UnknownWord, ("iss.1.2", 3, 11), 1),
    wrong("v1~iss.x", RunProblem::NotANumber, ("iss.x", 2, 4), 0),
    wrong("v1~iss.1.2.3", RunProblem::NotANumber, ("iss.1.2.3", 2, 4), 0),
    wrong("v1~iss.4294967296", RunProblem::NotANumber, ("iss.4294967296", 2, 4), 0),
    wrong("v1~port.65536", RunProblem::NotANumber, ("port.65536", 2, 4), 0),
    wrong("v1~A.open~deliver.+1", RunProblem::NotANumber, ("deliver.+1", 3, 11), 1),
    wrong("v1~A.open~deliver.", RunProblem::NotANumber, ("deliver.", 3, 11), 1),
    wrong("v1~A.open~drop.-1", RunProblem::NotANumber, ("drop.-1", 3, 11), 1),
    wrong("v1~delay.1s.2", RunProblem::NotADuration, ("delay.1s.2", 2, 4), 0),
    wrong("v1~A.open~delay.1", RunProblem::NotADuration, ("delay.1", 3, 11), 1),
    wrong("v1~A.open~delay.1.5min", RunProblem::NotADuration, ("delay.1.5min", 3, 11), 1),
    wrong(
        "v1~A.open~delay.1.99999999999999999s",
        RunProblem::NotADuration,
        ("delay.1.99999999999999999s", 3, 11),
        1,
    ),
    wrong(
        "v1~A.open~deliver.2~B.open",
        RunProblem::Impossible(Impossible::NoSuchPacket(PacketId(2))),
        ("deliver.2", 3, 11),
        1,
    ),
    wrong(
        "v1~A.open~drop.1~copy.1",
        RunProblem::Impossible(Impossible::NoSuchPacket(PacketId(1))),
        ("copy.1", 4, 18),
        2,
    ),
    wrong(
        "v1~B.listen~A.open~B.rto",
        RunProblem::Impossible(Impossible::TimerNotRunning(Side::B, Timer::Retransmission)),
        ("B.rto", 4, 20),
        2,
    ),
];

#[test]
fn wrong_text_says_what_is_wrong_and_where() {
    for Wrong { text, problem, word, ordinal, column, .. } in WRONG {
        let (_, error) = Trace::decode(text);
        let error = error.expect(text);
        assert_eq!(error.problem, problem, "{text}");
        assert_eq!(error.word, word, "{text}");
        assert_eq!((error.ordinal, error.column), (ordinal, column), "{text}");
        assert_eq!(text.parse::<Trace>(), Err(error), "{text}");
    }
}

#[test]
fn part_before_the_wrong_word_still_plays() {
    for Wrong { text, ordinal, plays, .. } in WRONG {
        let (trace, _) = Trace::decode(text);
        assert_eq!(trace.len(), plays, "{text}");
        if ordinal > 1 {
            let words: Vec<&str> = text.split('~').take(ordinal - 1).collect();
            assert_eq!(words.join("~").parse(), Ok(trace), "{text}");
        }
    }
}

#[test]
fn every_problem_is_told_in_a_sentence_with_its_place() {
    for Wrong { text, ordinal, column, .. } in WRONG {
        let error = text.parse::<Trace>().expect_err(text).to_string();
        let place = [format!("word {ordinal} "), format!("column {column})")];
        assert!(place.iter().all(|part| error.contains(part)), "{error}");
    }
}

/// Copies are what makes worlds grow, so the longest run of them is the dearest run that there is.
#[test]
fn run_has_an_end() {
    let steps = |count: usize| format!("v1~A.open{}", "~copy.1".repeat(count - 1));
    assert_eq!(steps(1000).parse::<Trace>().map(|trace| trace.len()), Ok(1000));
    let (trace, error) = Trace::decode(&steps(1001));
    let error = error.expect("one step too many");
    assert_eq!((trace.len(), error.problem, error.ordinal), (1000, RunProblem::TooLong, 1002));
}

#[test]
fn what_is_usual_is_not_written() {
    assert_eq!(Trace::new(Start::default()).to_string(), "v1");
    let trace: Trace = "v1~iss.100.300~delay.100ms~port.51314.520~A.open".parse().unwrap();
    assert_eq!(trace.to_string(), "v1~A.open");
}

#[test]
fn one_value_counts_for_both_sides() {
    let trace: Trace = "v1~iss.7~delay.2s~port.9".parse().unwrap();
    assert_eq!(trace.to_string(), "v1~iss.7.7~delay.2s.2s~port.9.9");
}
