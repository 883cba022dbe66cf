//! Runs as text, and what holds of any run: reading undoes writing, a place in a run is the run up
//! to there, time never goes back, and the numbers of both endpoints stay sane.

use std::collections::BTreeMap;

use handshake::{
    Backlog, ByTime, Call, CallError, Choice, Duration, Effect, Endpoint, Flags, Impossible,
    Instant, KeepAlive, Octets, Offers, Options, Overflow, PacketId, PerSide, Rule, RunProblem,
    Scale, Segment, SendSpace, SeqNum, Settings, Side, Start, State, Step, StrangerId, Tcb, Timer,
    Timestamps, Trace, Variant, World,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Any start; now and then with numbers close to the end of the circle.
fn starts() -> impl Strategy<Value = Start> {
    let iss = prop_oneof![any::<u32>(), Just(u32::MAX), Just(u32::MAX - 1), Just(0)];
    let delay = prop_oneof![0_u64..5_000_000, Just(0), Just(u64::MAX)];
    let overflow = prop_oneof![Just(Overflow::Drop), Just(Overflow::Reset)];
    let backlog = proptest::option::of(
        (0..4_u8, 0..4_u8, overflow).prop_map(|(half_open, accept, overflow)| Backlog {
            half_open,
            accept,
            overflow,
        }),
    );
    let sides = (iss.clone(), iss, delay.clone(), delay, any::<u16>(), any::<u16>());
    let start = (sides, settings(), settings(), backlog).prop_map(|(sides, a, b, backlog)| {
        let (iss_a, iss_b, delay_a, delay_b, port_a, port_b) = sides;
        Start {
            iss: PerSide { a: SeqNum(iss_a), b: SeqNum(iss_b) },
            delay: PerSide { a: Duration(delay_a), b: Duration(delay_b) },
            port: PerSide { a: port_a, b: port_b },
            settings: PerSide { a, b },
            backlog,
        }
    });
    prop_oneof![Just(Start::default()), start]
}

/// Any settings, usual ones among them; a window in which text fits.
fn settings() -> impl Strategy<Value = Settings> {
    let usual = Settings::default();
    let variant = prop::sample::select(Variant::ALL.to_vec());
    let window = prop_oneof![Just(usual.window), 500_u32..=65_535 << 14];
    let mss = prop_oneof![Just(usual.mss), 100_u16..];
    let msl = prop_oneof![Just(usual.msl), any::<u64>().prop_map(Duration)];
    let user_timeout = prop_oneof![Just(usual.user_timeout), any::<u64>().prop_map(Duration)];
    let times = (any::<u64>(), any::<u64>(), any::<u8>());
    let keep_alive = proptest::option::of(times.prop_map(|(idle, interval, probes)| KeepAlive {
        idle: Duration(idle),
        interval: Duration(interval),
        probes,
    }));
    let shift = proptest::option::of(0..=Scale::SHIFT_MAX);
    let offers = (any::<bool>(), shift, any::<bool>(), any::<bool>()).prop_map(
        |(mss, window_scale, sack_permitted, timestamps)| Offers {
            mss,
            window_scale,
            sack_permitted,
            timestamps,
        },
    );
    let offers = prop_oneof![Just(usual.offers), offers];
    let sizes = (window, mss, offers);
    let times = (msl, user_timeout, keep_alive);
    let switches = any::<[bool; 3]>();
    (sizes, times, switches, variant).prop_map(|(sizes, times, switches, variant)| {
        let (window, mss, offers) = sizes;
        let [reads_at_once, delays_acks, quiet_time] = switches;
        let (msl, user_timeout, keep_alive) = times;
        Settings {
            window,
            mss,
            offers,
            msl,
            user_timeout,
            reads_at_once,
            delays_acks,
            keep_alive,
            quiet_time,
            variant,
        }
    })
}

/// A forged segment with numbers, flags and text that the salt decides.
fn forgery(salt: u64) -> Choice {
    let bytes = salt.to_be_bytes();
    let word = |at| u32::from_be_bytes(std::array::from_fn(|index| bytes[at + index]));
    let (high, low) = (word(0), word(4));
    let flags = Flags::IN_HEADER_ORDER
        .into_iter()
        .enumerate()
        .filter(|(bit, _)| low >> (bit + 8) & 1 == 1)
        .fold(Flags::NONE, |flags, (_, (flag, _))| flags | flag);
    let segment = Segment {
        seq: SeqNum(low),
        ack: SeqNum(high),
        flags,
        window: u16::from_be_bytes([bytes[2], bytes[3]]),
        options: Options {
            mss: (low & 1 << 7 != 0).then_some(1460),
            window_scale: (low & 1 << 5 != 0).then_some(bytes[1]),
            sack_permitted: low & 1 << 4 != 0,
            timestamps: (low & 1 << 3 != 0).then_some(Timestamps { value: high, echo: low }),
        },
        text: bytes[..usize::from(bytes[3] % 4)].into(),
    };
    Choice::Forge(if low & 1 << 6 == 0 { Side::A } else { Side::B }, segment)
}

/// What a stranger may send: its SYN, the ACK that answers what it was last sent, or nonsense.
fn caller(trace: &Trace, salt: u64) -> Choice {
    let nth = u16::try_from(salt >> 8 & 3).expect("two bits");
    // Any port but T's.
    let id = StrangerId(trace.start().port.a.wrapping_add(1 + nth));
    let flags = if salt & 1 << 10 == 0 { Flags::SYN } else { Flags::ACK };
    let packets = trace.packets_at(trace.len());
    let mut heard = packets.iter().rev().map(|history| &history.packet);
    let last = heard.find(|packet| packet.stranger == Some(id) && packet.from == Side::B);
    let Choice::Forge(_, nonsense) = forgery(salt) else { unreachable!() };
    let segment = match last {
        _ if salt & 1 << 11 == 0 => nonsense,
        Some(packet) if flags == Flags::ACK => Segment {
            seq: packet.segment.ack,
            ack: packet.segment.seq + packet.segment.length(),
            flags,
            ..Segment::default()
        },
        _ => Segment { seq: SeqNum(5000), flags: Flags::SYN, ..Segment::default() },
    };
    Choice::Stranger(id, segment)
}

/// Any run: at each step some place in the list of choices, with a delay or a text of its own for
/// those that take one, and now and then after a wait.
fn runs() -> impl Strategy<Value = Trace> {
    (starts(), vec((any::<u16>(), any::<u64>()), 0..60)).prop_map(|(start, places)| {
        let mut trace = Trace::new(start);
        for (place, salt) in places {
            let choices = trace.last().choices();
            if salt % 16 == 1 && trace.start().backlog.is_some() {
                trace.extend(&caller(&trace, salt)).expect("strangers may call");
                continue;
            }
            if salt % 16 == 0 {
                trace.extend(&forgery(salt)).expect("anything can be forged");
                continue;
            }
            let choice = match &choices[usize::from(place) % choices.len()] {
                Choice::Delay(id, _) => Choice::Delay(*id, Duration(salt)),
                Choice::Call(side, Call::Send(_)) => {
                    let octets = salt.to_be_bytes();
                    let text = if salt % 2 == 0 { b"a-b_c".into() } else { (&octets).into() };
                    Choice::Call(*side, Call::Send(text))
                }
                Choice::Call(side, Call::PassiveOpen) if salt % 4 == 1 => {
                    let peers = start.port[side.peer()];
                    let port = if salt % 8 == 1 { peers } else { place };
                    Choice::Call(*side, Call::PassiveOpenFor(port))
                }
                other => other.clone(),
            };
            let wait = if salt % 5 == 2 { Duration(salt >> (salt % 64)) } else { Duration::ZERO };
            trace.extend_after(wait, &choice).expect("a choice from the list");
        }
        trace
    })
}

/// Runs of one connection in which nobody loses patience: whatever the network does, and whenever
/// the users speak and close.
fn lives() -> impl Strategy<Value = Trace> {
    (starts(), any::<bool>(), vec(any::<u16>(), 0..90)).prop_map(|(start, both_open, places)| {
        // Nobody calls RECEIVE here, and nobody asks for a sign of life without end. One life needs
        // no ACCEPT; what waits for one is for the listener's own tests.
        let settings = PerSide::from_fn(|side| Settings {
            reads_at_once: true,
            keep_alive: None,
            ..start.settings[side]
        });
        let mut trace = Trace::new(Start { settings, backlog: None, ..start });
        let first = if both_open { Call::ActiveOpen } else { Call::PassiveOpen };
        for (side, call) in [(Side::B, first), (Side::A, Call::ActiveOpen)] {
            trace.extend(&Choice::Call(side, call)).expect("an OPEN in CLOSED");
        }
        for (ordinal, place) in places.into_iter().enumerate() {
            let choices: Vec<Choice> =
                trace.last().choices().into_iter().filter(is_of_one_life).collect();
            if choices.is_empty() {
                break;
            }
            let choice = match &choices[usize::from(place) % choices.len()] {
                Choice::Call(side, Call::Send(_)) => {
                    Choice::Call(*side, Call::Send(words_of(ordinal)))
                }
                other => other.clone(),
            };
            trace.extend(&choice).expect("a choice from the list");
        }
        trace
    })
}

fn is_of_one_life(choice: &Choice) -> bool {
    !matches!(
        choice,
        Choice::Crash(_)
            | Choice::Forge(..)
            | Choice::Call(_, Call::PassiveOpen | Call::ActiveOpen | Call::Abort)
            | Choice::Expire(_, Timer::User)
    )
}

/// A text that differs from every other; some are longer than a segment.
fn words_of(ordinal: usize) -> Octets {
    let times = if ordinal.is_multiple_of(3) { 500 } else { 1 };
    format!("<{ordinal}>").repeat(times).as_str().into()
}

fn played(run: &str) -> Trace {
    run.parse().unwrap_or_else(|error| panic!("{run}: {error}"))
}

#[test]
fn what_is_chosen_after_a_wait_happens_then() {
    let trace = played("v1~A.open~after.50ms.drop.1");
    assert_eq!(trace.step_to(2).map(|step| step.at), Some(Instant(50_000)));
    // RFC 6298 section 5.1: the timer runs since the SYN was sent, whenever that was lost.
    assert_eq!(trace.last().next_due().map(|(due_at, _)| due_at), Some(Instant(1_000_000)));
    let called = played("v1~after.2s.A.open");
    assert_eq!(called.last().now(), Instant(2_000_000));
}

#[test]
fn nobody_waits_for_what_is_not_due_by_then() {
    let waited = played("v1~B.listen~A.open~after.99ms.deliver.1~after.100ms.deliver.2");
    assert_eq!(waited.to_string(), "v1~B.listen~A.open~deliver.1~deliver.2");
    assert_eq!(waited, played("v1~B.listen~A.open~deliver.1~deliver.2"));
}

#[test]
fn what_is_overtaken_by_a_wait_is_late() {
    let late = played("v1~B.listen~A.open~after.300ms.deliver.1");
    assert_eq!(late.last().now(), Instant(300_000));
    assert_eq!(late.to_string(), "v1~B.listen~A.open~after.300ms.deliver.1");
}

#[test]
fn a_wait_that_cannot_be_read_is_told() {
    for (run, problem) in [
        ("v1~A.open~after.drop.1", RunProblem::NotADuration),
        ("v1~A.open~after.50ms", RunProblem::UnknownWord),
        ("v1~A.open~after.50ms.after.50ms.drop.1", RunProblem::UnknownWord),
    ] {
        let (trace, error) = Trace::decode(run);
        assert_eq!((trace.len(), error.map(|error| error.problem)), (1, Some(problem)), "{run}");
    }
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
        let fit = |byte: u8| byte.is_ascii_alphanumeric() || b".~-_".contains(&byte);
        prop_assert!(trace.to_string().bytes().all(fit));
    }

    #[test]
    fn same_choices_make_the_same_run(trace in runs()) {
        let mut again = Trace::new(*trace.start());
        for step in trace.steps() {
            again.extend_after(step.waited, &step.choice).expect("the choice was possible before");
        }
        prop_assert_eq!(again, trace);
    }

    /// A world that is changed where it stands, and one that is made anew while the one before it
    /// stays: no step shows which of the two it was.
    #[test]
    fn looking_back_changes_nothing(trace in runs()) {
        let mut unseen = Trace::new(*trace.start());
        let mut seen = unseen.clone();
        prop_assert!(seen.steps().is_empty());
        for (place, step) in trace.steps().iter().enumerate() {
            let nobody = Choice::Deliver(PacketId(u32::MAX));
            prop_assert!(unseen.extend(&nobody).is_err());
            prop_assert_eq!(unseen.last(), seen.last());
            let before = seen.last().clone();
            let (after, again) = before.after_wait(step.waited, &step.choice).expect("possible");
            prop_assert_eq!(&again, step);
            for run in [&mut unseen, &mut seen] {
                run.extend_after(step.waited, &step.choice).expect("possible");
                prop_assert_eq!(run.last(), &after);
            }
            prop_assert_eq!(seen.world_at(place), &before);
            prop_assert_eq!(trace.world_at(place), &before);
        }
        for place in 0..=trace.len() {
            prop_assert_eq!(unseen.world_at(place), seen.world_at(place));
            prop_assert_eq!(unseen.step_to(place), seen.step_to(place));
        }
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

    /// A button that can only say no is not offered.
    #[test]
    fn no_listed_call_ends_in_an_error(trace in runs()) {
        for choice in trace.last().choices() {
            if !matches!(choice, Choice::Call(..)) {
                continue;
            }
            let (_, step) = trace.last().after(&choice).expect("a choice from the list");
            let returned = step.effects.iter().any(|effect| *effect == Effect::Returned(Ok(())));
            prop_assert!(returned, "{} after {}", choice, trace);
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
    fn no_step_breaks_a_connection(trace in runs()) {
        let mut said = Said::default();
        for place in 1..=trace.len() {
            let step = trace.step_to(place).expect("a step");
            let (before, after) = (trace.world_at(place - 1), trace.world_at(place));
            assert_reset_answers_no_reset(before, step);
            if let Some(side) = step.actor {
                assert_goes_forward(before.end(side), after.end(side));
                said.note(side, after.end(side), step);
            }
        }
    }

    /// In order, and nothing lost or doubled: what was delivered is where the text begins that was
    /// sent.
    #[test]
    fn text_delivered_is_a_prefix_of_the_text_sent(trace in lives()) {
        let talk = Talk::of(&trace);
        for (key, delivered) in &talk.delivered {
            let sent = talk.sent.get(key).map_or(&[][..], Vec::as_slice);
            prop_assert!(sent.starts_with(delivered), "{:?} in {}", key, trace);
        }
    }

    /// Once the network behaves, all that was sent arrives, unless somebody gave up or was refused.
    #[test]
    fn all_text_arrives_in_the_end(trace in lives()) {
        let mut trace = trace;
        trace.run(&mut ByTime, 500);
        let over = |error: CallError| error != CallError::ConnectionClosing;
        let broke = trace.steps().iter().any(|step| {
            step.effects.iter().any(|effect| match effect {
                Effect::Signalled(error) => over(*error),
                Effect::Applied(reason) => BROKEN_OFF.contains(&reason.rule),
                _ => false,
            })
        });
        if !broke {
            let talk = Talk::of(&trace);
            prop_assert_eq!(talk.sent, talk.delivered, "{}", trace);
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

/// One of these words.
fn words<const N: usize>(words: [&'static str; N]) -> impl Strategy<Value = String> {
    (0..N).prop_map(move |place| words[place].to_owned())
}

fn nearly_words() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("A"),
        Just("B"),
        Just("deliver"),
        Just("drop"),
        Just("copy"),
        Just("delay"),
        Just("after"),
        Just("after.1ms.drop"),
        Just("iss"),
        Just("port"),
        Just("variant"),
        Just("window"),
        Just("mss"),
        Just("msl"),
        Just("usertimeout"),
        Just("keepalive"),
        Just("quiet"),
        Just("options"),
        Just("acks"),
        Just("reads"),
        Just(""),
        Just("C"),
        Just("愛"),
    ];
    let value = prop_oneof![
        Just("open".to_owned()),
        Just("listen".to_owned()),
        words(["close", "abort", "status", "receive", "send", "hello", "0x68690a", "0x", "0xz"]),
        words([
            "rto",
            "giveup",
            "probe",
            "2msl",
            "quiet",
            "keepalive",
            "linux",
            "on",
            "off",
            "none",
            "delayed",
            "prompt"
        ]),
        words(["mss", "ws7-ts", "sack", "1460-ws7", "0-ts1_2"]),
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

/// Section 3.3.1: SND.UNA =< SND.NXT, and what the numbers and timers of each state can be.
#[track_caller]
fn assert_sane(tcb: &Tcb) {
    let (snd, rcv) = (tcb.snd, tcb.rcv);
    // What lies beyond the window is a probe or a FIN, one number each.
    assert!(snd.una.distance_to(snd.nxt) <= snd.max_wnd + 2, "{tcb:?}");
    assert_eq!(tcb.retransmission.is_some(), snd.una != snd.nxt, "{tcb:?}");
    assert_eq!(tcb.time_wait.is_some(), tcb.state == State::TimeWait, "{tcb:?}");
    let our_syn_waits = snd.una == snd.iss && snd.nxt == snd.iss + 1;
    let our_syn_is_acknowledged = snd.una != snd.iss;
    let peer_syn_is_known = rcv.nxt != rcv.irs;
    let fin_is_out = tcb.outgoing.fin.is_some_and(|fin| snd.nxt == fin + 1);
    let fin_is_acknowledged = fin_is_out && snd.una == snd.nxt;
    let no_fin = tcb.outgoing.fin.is_none();
    let sane = match tcb.state {
        State::Listen => snd == SendSpace::default(),
        State::SynSent => our_syn_waits && !peer_syn_is_known,
        State::SynReceived => our_syn_waits && peer_syn_is_known,
        State::Established => our_syn_is_acknowledged && no_fin && !tcb.outgoing.fin_wanted,
        State::CloseWait => our_syn_is_acknowledged && no_fin,
        // The FIN may still wait for text, and that for the window.
        State::FinWait1 | State::Closing => tcb.outgoing.fin_wanted && !fin_is_acknowledged,
        State::LastAck => fin_is_out && !fin_is_acknowledged,
        State::FinWait2 | State::TimeWait => fin_is_acknowledged,
        State::Closed => false,
    };
    assert!(sane, "{tcb:?}");
    assert_queue_is_sane(tcb);
}

/// The retransmission queue: no gap from SND.UNA to SND.NXT, but the SYN and the FIN at its ends.
#[track_caller]
fn assert_queue_is_sane(tcb: &Tcb) {
    let begin = if tcb.is_syn_acknowledged() { tcb.snd.una } else { tcb.snd.iss + 1 };
    let mut next = begin;
    for (seq, text) in &tcb.outgoing.unacknowledged {
        assert!(*seq == next && !text.is_empty(), "{tcb:?}");
        next = next + u32::try_from(text.len()).expect("a segment");
    }
    let end = tcb.outgoing.fin.unwrap_or(tcb.snd.nxt);
    let has_text = !tcb.outgoing.unacknowledged.is_empty();
    assert!(!has_text || next == end, "{tcb:?}");
}

/// The glossary of RFC 9293: a RST never answers a RST.
#[track_caller]
fn assert_reset_answers_no_reset(before: &World, step: &Step) {
    let Choice::Deliver(id) = step.choice else { return };
    let arrived = before.network().packet(id).expect("it was under way");
    let answered = step.effects.segments().any(Segment::is_reset);
    assert!(!(arrived.segment.is_reset() && answered), "{step:?}");
}

/// RCV.NXT, SND.UNA and SND.NXT never go back within a connection.
#[track_caller]
fn assert_goes_forward(before: &Endpoint, after: &Endpoint) {
    let (Some(then), Some(now)) = (before.tcb(), after.tcb()) else { return };
    let listens = [then, now].iter().any(|tcb| tcb.state == State::Listen);
    if !listens && (then.snd.iss, then.rcv.irs) == (now.snd.iss, now.rcv.irs) {
        assert!(then.rcv.nxt.is_at_most(now.rcv.nxt) || then.state == State::SynSent, "{now:?}");
        assert!(then.snd.una.is_at_most(now.snd.una), "{now:?}");
        assert!(then.snd.nxt.is_at_most(now.snd.nxt), "{now:?}");
    }
}

/// What each number of each connection stood for when it was sent.
#[derive(Default)]
struct Said(BTreeMap<(Side, u32, u32), Content>);

#[derive(Clone, Copy, PartialEq, Debug)]
enum Content {
    Syn,
    Octet(u8),
    Fin,
}

impl Said {
    /// A number never stands for two things.
    #[track_caller]
    fn note(&mut self, side: Side, end: &Endpoint, step: &Step) {
        let Some(tcb) = end.tcb() else { return };
        for segment in step.effects.segments().filter(|segment| !segment.is_reset()) {
            let syn = segment.is_syn().then_some(Content::Syn);
            let text = segment.text.iter().copied().map(Content::Octet);
            let fin = segment.is_fin().then_some(Content::Fin);
            let mut number = segment.seq;
            for content in syn.into_iter().chain(text).chain(fin) {
                let key = (side, tcb.snd.iss.0, number.0);
                let known = *self.0.entry(key).or_insert(content);
                assert_eq!(known, content, "{segment}");
                number = number + 1;
            }
        }
    }
}

/// All text by the side and the initial number of its sender: as it was sent, and as it arrived.
#[derive(Default)]
struct Talk {
    sent: BTreeMap<(Side, u32), Vec<u8>>,
    delivered: BTreeMap<(Side, u32), Vec<u8>>,
}

impl Talk {
    fn of(trace: &Trace) -> Talk {
        let mut talk = Talk::default();
        for place in 1..=trace.len() {
            let step = trace.step_to(place).expect("a step");
            let Some(side) = step.actor else { continue };
            let [now, then] = [place, place - 1].map(|place| trace.world_at(place).end(side).tcb());
            let Some(tcb) = now.or(then) else { continue };
            let accepted = step.effects.iter().any(|effect| *effect == Effect::Returned(Ok(())));
            if let Choice::Call(_, Call::Send(text)) = &step.choice
                && accepted
            {
                talk.sent.entry((side, tcb.snd.iss.0)).or_default().extend(text.iter());
            }
            for effect in step.effects.iter() {
                if let Effect::Delivered(text) = effect {
                    let key = (side.peer(), tcb.rcv.irs.0);
                    talk.delivered.entry(key).or_default().extend(text.iter());
                }
            }
        }
        talk
    }
}

/// After these, text may be lost without anybody being told.
const BROKEN_OFF: [Rule; 6] = [
    Rule::CloseSynSent,
    Rule::CloseListen,
    Rule::GiveUpToListen,
    Rule::SynReceivedResetToListen,
    Rule::SynReceivedSynToListen,
    Rule::UserTimeoutToListen,
];

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

const WRONG: [Wrong; 53] = [
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
    wrong("v1~variant.linux.tahoe", RunProblem::UnknownVariant, ("variant.linux.tahoe", 2, 4), 0),
    wrong("v1~window.1073725441", RunProblem::NotANumber, ("window.1073725441", 2, 4), 0),
    wrong("v1~window.200.", RunProblem::NotANumber, ("window.200.", 2, 4), 0),
    wrong("v1~mss.0", RunProblem::NotANumber, ("mss.0", 2, 4), 0),
    wrong("v1~msl.60", RunProblem::NotADuration, ("msl.60", 2, 4), 0),
    wrong("v1~usertimeout.5min", RunProblem::NotADuration, ("usertimeout.5min", 2, 4), 0),
    wrong("v1~keepalive.2s.1s", RunProblem::NotANumber, ("keepalive.2s.1s", 2, 4), 0),
    wrong("v1~keepalive.off.on", RunProblem::NotADuration, ("keepalive.off.on", 2, 4), 0),
    wrong("v1~keepalive.off.off.off", RunProblem::UnknownWord, ("keepalive.off.off.off", 2, 4), 0),
    wrong("v1~options.mss-urgent", RunProblem::NotOptions, ("options.mss-urgent", 2, 4), 0),
    wrong("v1~options.", RunProblem::NotOptions, ("options.", 2, 4), 0),
    wrong("v1~options.ws", RunProblem::NotANumber, ("options.ws", 2, 4), 0),
    // RFC 7323 section 2.3.
    wrong("v1~options.ws15", RunProblem::NotANumber, ("options.ws15", 2, 4), 0),
    wrong(
        "v1~forge.B.SYN.1.0.1.0-ts5",
        RunProblem::NotOptions,
        ("forge.B.SYN.1.0.1.0-ts5", 2, 4),
        0,
    ),
    wrong(
        "v1~forge.B.SYN.1.0.1.9-eol",
        RunProblem::NotOptions,
        ("forge.B.SYN.1.0.1.9-eol", 2, 4),
        0,
    ),
    wrong("v1~quiet.60s", RunProblem::NotASwitch, ("quiet.60s", 2, 4), 0),
    wrong("v1~acks.on", RunProblem::NotAPace, ("acks.on", 2, 4), 0),
    wrong("v1~reads.late", RunProblem::NotASwitch, ("reads.late", 2, 4), 0),
    wrong("v1~B.listen.any", RunProblem::NotANumber, ("B.listen.any", 2, 4), 0),
    wrong("v1~B.listen.65536", RunProblem::NotANumber, ("B.listen.65536", 2, 4), 0),
    wrong("v1~A.open~deliver.+1", RunProblem::NotANumber, ("deliver.+1", 3, 11), 1),
    wrong("v1~A.open~deliver.", RunProblem::NotANumber, ("deliver.", 3, 11), 1),
    wrong("v1~A.open~drop.-1", RunProblem::NotANumber, ("drop.-1", 3, 11), 1),
    wrong("v1~A.send", RunProblem::UnknownWord, ("A.send", 2, 4), 0),
    wrong("v1~A.send.a.b", RunProblem::NotAText, ("A.send.a.b", 2, 4), 0),
    wrong("v1~A.send.0x686", RunProblem::NotAText, ("A.send.0x686", 2, 4), 0),
    wrong("v1~A.send.0x愛", RunProblem::NotAText, ("A.send.0x愛", 2, 4), 0),
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

/// Whoever wrote a word that no run has learns which there are, parameters included.
#[test]
fn unknown_word_is_answered_with_all_that_are_known() {
    let error = "v1~hello".parse::<Trace>().expect_err("no word").to_string();
    let calls = ["listen", "open", "receive", "close", "abort", "status", "accept", "send.hello"];
    let words = calls.into_iter().chain(Timer::ALL.map(Timer::word)).chain(["crash"]);
    for word in words.map(|word| format!("A.{word}")) {
        assert!(error.contains(&format!("`{word}`")), "{word}: {error}");
        assert!(word.parse::<Choice>().is_ok(), "{word}");
    }
    for word in [
        "B.listen.51315",
        "deliver.1",
        "drop.1",
        "copy.1",
        "delay.1.500ms",
        "forge.B.SYN-ACK.300.101",
        "stranger.7.SYN.5000",
        "stranger.7.rto",
    ] {
        assert!(error.contains(&format!("`{word}`")), "{word}: {error}");
        assert!(word.parse::<Choice>().is_ok(), "{word}");
    }
    for parameter in [
        "iss.1",
        "delay.1s",
        "port.1",
        "variant.linux",
        "window.1",
        "mss.1",
        "options.none",
        "msl.1s",
        "usertimeout.1s",
        "keepalive.off",
        "acks.delayed",
        "reads.off",
        "quiet.on",
        "backlog.1.1",
    ] {
        let name = parameter.split('.').next().expect("a name");
        assert!(error.contains(&format!("`{name}`")), "{name}: {error}");
        assert!(format!("v1~{parameter}").parse::<Trace>().is_ok(), "{parameter}");
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
    let trace: Trace = "v1~window.200.200~msl.60s".parse().unwrap();
    assert_eq!(trace.to_string(), "v1~window.200~msl.60s");
}

/// Each setting by its word: what A's and B's are afterwards, all others being the usual ones.
#[test]
fn every_setting_of_a_side_has_its_word() {
    let usual = Settings::default;
    let probes =
        KeepAlive { idle: Duration::from_secs(60), interval: Duration::from_secs(5), probes: 3 };
    for (word, a, b) in [
        ("variant.linux", Variant::Linux, Variant::Linux),
        ("variant.linux.rfc9293", Variant::Linux, Variant::Rfc9293),
    ]
    .map(|(word, a, b)| {
        (word, Settings { variant: a, ..usual() }, Settings { variant: b, ..usual() })
    })
    .into_iter()
    .chain([
        ("window.200.65535", Settings { window: 200, ..usual() }, usual()),
        ("mss.536.1460", Settings { mss: 536, ..usual() }, usual()),
        (
            "options.mss-ws7-sack-ts.none",
            Settings {
                offers: Offers {
                    mss: true,
                    window_scale: Some(7),
                    sack_permitted: true,
                    timestamps: true,
                },
                ..usual()
            },
            Settings { offers: Offers { mss: false, ..usual().offers }, ..usual() },
        ),
        ("msl.120s.30s", usual(), Settings { msl: Duration::from_secs(30), ..usual() }),
        (
            "usertimeout.9s.300s",
            Settings { user_timeout: Duration::from_secs(9), ..usual() },
            usual(),
        ),
        ("keepalive.60s.5s.3.off", Settings { keep_alive: Some(probes), ..usual() }, usual()),
        ("keepalive.off.60s.5s.3", usual(), Settings { keep_alive: Some(probes), ..usual() }),
        ("quiet.off.on", usual(), Settings { quiet_time: true, ..usual() }),
        ("acks.delayed.prompt", Settings { delays_acks: true, ..usual() }, usual()),
        ("reads.on.off", usual(), Settings { reads_at_once: false, ..usual() }),
    ]) {
        let text = format!("v1~{word}");
        let trace: Trace = text.parse().expect(word);
        assert_eq!(trace.start().settings, PerSide { a, b }, "{word}");
        assert_eq!(trace.to_string(), text);
    }
}

/// A link carries letters, digits, `-` and `_` as they are; any other text stands in hexadecimal.
#[test]
fn text_is_readable_where_a_link_carries_it() {
    for (text, word) in [
        (&b"hello"[..], "A.send.hello"),
        (b"", "A.send."),
        (b"a-b_C9", "A.send.a-b_C9"),
        (b"hi\n", "A.send.0x68690a"),
        (b"0xff", "A.send.0x30786666"),
        ("愛".as_bytes(), "A.send.0xe6849b"),
        (&[0, 255], "A.send.0x00ff"),
    ] {
        let choice = Choice::Call(Side::A, Call::Send(text.into()));
        assert_eq!(choice.to_string(), word);
        assert_eq!(word.parse(), Ok(choice));
    }
}

#[test]
fn every_call_and_timer_has_its_word() {
    for word in ["listen", "listen.51315", "open", "receive", "close", "abort", "status"] {
        let choice: Choice = format!("A.{word}").parse().expect(word);
        assert!(matches!(choice, Choice::Call(Side::A, _)), "{word}");
        assert_eq!(choice.to_string(), format!("A.{word}"));
    }
    for timer in Timer::ALL {
        let choice = Choice::Expire(Side::B, timer);
        assert_eq!(choice.to_string(), format!("B.{}", timer.word()));
        assert_eq!(choice.to_string().parse(), Ok(choice));
    }
}
