//! Section 3.10.7 as a whole: single steps from a table, and every segment that there is in kind.

use std::ops::ControlFlow;

use handshake::{Call, Effect, Endpoint, Flags, Input, Rule, Segment, SeqNum, Settings, State};
use serde_json::Value;

use crate::support::{
    IRS, ISS, arrives, closed, closed_with, established, established_with_window, led, listening,
    plain, syn, syn_ack, syn_received, syn_received_active, syn_sent,
};
use crate::vectors::{list, number, segment, tables, text};

/// Every starting state with every segment of the table: what leaves, the next state, the numbers.
#[test]
fn single_steps_are_as_the_table_says() {
    let tables = tables();
    let window = number(&tables["single_step_rcv_wnd"]);
    let vectors = list(&tables["single_step"]);
    for vector in vectors {
        let start = starting(text(&vector["state"]), window);
        let outcome = arrives(start, segment(&vector["seg"], number));
        let result = &vector["result"];

        let sent: Vec<String> = outcome.effects.segments().map(Segment::to_string).collect();
        let expected: Vec<String> =
            list(&result["out"]).iter().map(|answer| segment(answer, number).to_string()).collect();
        assert_eq!(sent, expected, "{vector}");
        assert_eq!(outcome.endpoint.state().name(), result["next"], "{vector}");

        let (snd, rcv) = outcome.endpoint.tcb().map(|tcb| (tcb.snd, tcb.rcv)).unwrap_or_default();
        assert_eq!(snd.una, SeqNum(number(&result["snd_una"])), "{vector}");
        assert_eq!(snd.nxt, SeqNum(number(&result["snd_nxt"])), "{vector}");
        assert_eq!(rcv.nxt, SeqNum(number(&result["rcv_nxt"])), "{vector}");
        assert_eq!(told(&outcome.effects), errors_in(result), "{vector}");
    }
    assert_eq!(vectors.len(), 70);
}

fn starting(name: &str, window: u32) -> Endpoint {
    let window = u16::try_from(window).expect("a window");
    let closed = closed_with(Settings { window, ..Settings::default() }, ISS);
    let passive = Input::Call(Call::PassiveOpen);
    let active = Input::Call(Call::ActiveOpen);
    match name {
        "CLOSED" => closed,
        "LISTEN" => led(closed, &[passive]),
        "SYN-SENT" => led(closed, &[active]),
        "SYN-RECEIVED/passive" => led(closed, &[passive, Input::Segment(syn(IRS))]),
        "SYN-RECEIVED/active" => led(closed, &[active, Input::Segment(syn(IRS))]),
        "ESTABLISHED" => led(closed, &[active, Input::Segment(syn_ack(IRS, ISS + 1))]),
        other => panic!("no vector begins in {other}"),
    }
}

/// What the user was told, unasked.
fn told(effects: &handshake::Effects) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Signalled(error) => Some(error.to_string()),
            _ => None,
        })
        .collect()
}

/// The table also names what is no message to the user, i.e. "challenge".
fn errors_in(result: &Value) -> Vec<String> {
    let errors = ["connection refused", "connection reset"];
    let signals = list(&result["signal"]).iter().map(|signal| text(signal).to_owned());
    signals.filter(|signal| errors.contains(&signal.as_str())).collect()
}

/// The window of the endpoints below; small, so that its end is near.
const WINDOW: u16 = 200;

fn fixtures() -> Vec<Endpoint> {
    let narrow = |endpoint: &str| starting(endpoint, u32::from(WINDOW));
    vec![
        closed(),
        listening(),
        syn_sent(),
        syn_received(),
        syn_received_active(),
        established(),
        established_with_window(0),
        narrow("SYN-RECEIVED/passive"),
        narrow("SYN-RECEIVED/active"),
        narrow("ESTABLISHED"),
    ]
}

/// Every combination of flags.
fn all_flags() -> impl Iterator<Item = Flags> {
    (0_u32..256).map(|bits| {
        let chosen = Flags::IN_HEADER_ORDER.into_iter().enumerate();
        chosen
            .filter(|(place, _)| bits & (1 << place) != 0)
            .fold(Flags::NONE, |all, (_, (flag, _))| all | flag)
    })
}

/// Numbers below, at, in, at the end of and beyond the window, and on the far side of the circle.
const SEQS: [u32; 8] = [IRS - 20, IRS, IRS + 1, IRS + 50, IRS + 200, IRS + 201, 80_000, 1 << 31];
/// Numbers below, at and above what was sent.
const ACKS: [u32; 7] = [0, ISS - 1, ISS, ISS + 1, ISS + 2, ISS + 5000, ISS + (1 << 31)];
/// Text that is absent, or that reaches into the window, or right through it.
const TEXTS: [usize; 3] = [0, 30, 300];

/// Shows every fixture every segment, and counts them.
fn for_each(mut look: impl FnMut(&Endpoint, &Segment, &crate::support::Outcome)) -> usize {
    let mut count = 0;
    let texts = TEXTS.map(|octets| vec![b'.'; octets]);
    for endpoint in fixtures() {
        for flags in all_flags() {
            for (seq, ack) in SEQS.iter().flat_map(|seq| ACKS.map(|ack| (*seq, ack))) {
                for text in &texts {
                    let text = text.clone();
                    let segment = Segment { ack: SeqNum(ack), text, ..plain(seq, flags) };
                    let outcome = arrives(endpoint.clone(), segment.clone());
                    look(&endpoint, &segment, &outcome);
                    count += 1;
                }
            }
        }
    }
    count
}

#[test]
fn every_segment_has_one_reason_and_at_most_one_answer() {
    let count = for_each(|endpoint, segment, outcome| {
        let at = format!("{} {segment}", endpoint.state());
        assert_eq!(outcome.effects.reasons().count(), 1, "{at}");
        assert!(outcome.effects.segments().count() <= 1, "{at}");
    });
    assert_eq!(count, 10 * 256 * 8 * 7 * 3);
}

#[test]
fn reset_is_never_answered_with_reset() {
    for_each(|endpoint, segment, outcome| {
        let answered = outcome.effects.segments().any(Segment::is_reset);
        assert!(!(segment.is_reset() && answered), "{} {segment}", endpoint.state());
    });
}

/// Section 3.5.2, group 3: an open connection answers what it cannot use with an empty ACK.
#[test]
fn open_connection_never_sends_reset() {
    for_each(|endpoint, segment, outcome| {
        let answered = outcome.effects.segments().any(Segment::is_reset);
        assert!(!(endpoint.state() == State::Established && answered), "{segment}");
    });
}

/// Section 3.5.2, group 2: what asks for a reset leaves the state as it is.
#[test]
fn whoever_sends_reset_stays_as_it_is() {
    for_each(|endpoint, segment, outcome| {
        if outcome.effects.segments().any(Segment::is_reset) {
            assert_eq!(&outcome.endpoint, endpoint, "{segment}");
        }
    });
}

/// The state after decides what may be sent: a SYN,ACK in SYN-RECEIVED, a bare ACK later.
#[test]
fn answers_carry_the_numbers_of_the_connection() {
    for_each(|_, segment, outcome| {
        let _ = outcome.effects.segments().try_for_each(|answer| {
            let Some(tcb) = outcome.endpoint.tcb() else { return ControlFlow::Break(()) };
            if answer.is_reset() {
                return ControlFlow::Break(());
            }
            let syn = answer.is_syn();
            assert_eq!(answer.seq, if syn { tcb.snd.iss } else { tcb.snd.nxt }, "{segment}");
            assert_eq!(answer.acknowledges(), Some(tcb.rcv.nxt), "{segment}");
            ControlFlow::Continue(())
        });
    });
}

/// Every rule that judges a segment is one of its state's section.
#[test]
fn rule_belongs_to_the_section_of_the_state() {
    for_each(|endpoint, segment, outcome| {
        let section = match endpoint.state() {
            State::Closed => "3.10.7.1",
            State::Listen => "3.10.7.2",
            State::SynSent => "3.10.7.3",
            _ => "3.10.7.4",
        };
        for reason in outcome.effects.reasons() {
            // Figure 7 against the letter of 3.10.7.4.
            let follows_figure = reason.rule == Rule::SynReceivedCrossing;
            assert!(follows_figure || reason.rule.section() == section, "{segment}");
        }
    });
}
