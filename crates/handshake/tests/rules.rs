//! Every rule is reached by a case with a name, so that none is a promise nobody keeps.

mod support;

use std::collections::BTreeSet;

use handshake::{
    Call, Check, Effects, Endpoint, Flags, Input, Instant, Rule, Segment, Settings, Source, Timer,
    Trace, Variant,
};

use support::{
    IRS, ISS, ack, arrives, careful, close_wait, established, established_with,
    facing_a_closed_window, happens, led, led_to, listening, opened, plain, rst, run, saying,
    syn_received, syn_received_active, syn_sent, time_wait, with_unread,
};

/// Runs, each with the rules that its steps follow, in order.
const RUNS: [(&str, &str, &[Rule]); 37] = [
    (
        "without TIME-WAIT A forgets at once",
        "v1~variant.no-time-wait~B.listen~A.open~deliver.1~deliver.2~deliver.3\
         ~A.close~deliver.4~deliver.5~B.close~deliver.6",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinArrives,
            Rule::AckAdvances,
            Rule::FinAcknowledged,
            Rule::CloseWaitCloses,
            Rule::AckDuplicate,
            Rule::FinAnswers,
            Rule::TimeWaitSkipped,
        ],
    ),
    (
        "B holds its acknowledgments back",
        "v1~acks.delayed~mss.2~B.listen~A.open~deliver.1~deliver.2~deliver.3\
         ~A.send.hel~deliver.4~deliver.5~A.send.o~deliver.6~deliver.7~A.close~deliver.8~B.ack",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::Send,
            Rule::AckDuplicate,
            Rule::TextTaken,
            Rule::AckDelayed,
            Rule::AckDuplicate,
            Rule::TextTaken,
            Rule::AckDelayed,
            Rule::Send,
            Rule::AckDuplicate,
            Rule::TextTaken,
            Rule::AckNotDelayed,
            Rule::AckAdvances,
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinArrives,
            Rule::AckDelayed,
            Rule::AckDelayOver,
        ],
    ),
    (
        "B waits for somebody else, and has words for them",
        "v1~B.listen.51315~A.open~deliver.1~deliver.2~forge.B.RST.1~deliver.3~B.send.hi",
        &[
            Rule::OpenPassiveNamed,
            Rule::OpenActive,
            Rule::StrangerRefused,
            Rule::SynSentRefused,
            Rule::StrangerReset,
            Rule::SendToAbsent,
        ],
    ),
    (
        "A forgets everything and keeps quiet",
        "v1~quiet.on~A.open~A.crash~A.open~deliver.1~deliver.2~A.quiet~A.open",
        &[
            Rule::OpenActive,
            Rule::QuietTimeOpen,
            Rule::ClosedRefuses,
            Rule::QuietTimeArrival,
            Rule::QuietTimeOver,
            Rule::OpenActive,
        ],
    ),
    (
        "a letter with an old date, and one without",
        "v1~options.mss-ts~B.listen~A.open~deliver.1~deliver.2~deliver.3\
         ~forge.B.ACK.101.301.65535.0-ts100_0~deliver.4~forge.B.ACK.101.301~deliver.6",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::TimestampOld,
            Rule::TimestampAbsent,
        ],
    ),
    (
        "two messages: an old SYN is enough",
        "v1~variant.two-messages~B.listen~A.open~deliver.1~deliver.2",
        &[Rule::OpenPassive, Rule::OpenActive, Rule::TwoMessagesSyn, Rule::TwoMessagesSynAck],
    ),
    (
        "Linux: a simultaneous open takes six segments",
        "v1~variant.linux~A.open~B.open~deliver.1~deliver.2~deliver.3~deliver.4~deliver.5~deliver.6",
        &[
            Rule::OpenActive,
            Rule::OpenActive,
            Rule::SynSentSyn,
            Rule::SynSentSyn,
            Rule::SynReceivedCrossingAnswered,
            Rule::SynReceivedCrossingAnswered,
            Rule::AckDuplicate,
            Rule::AckDuplicate,
        ],
    ),
    (
        "Linux: a repeated SYN draws the SYN,ACK again",
        "v1~variant.linux~B.listen~A.open~deliver.1~drop.2~A.rto~deliver.3",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::Retransmit,
            Rule::SynReceivedRepeats,
        ],
    ),
    (
        "without challenge ACKs a SYN resets",
        "v1~variant.no-challenge-ack~B.listen~A.open~deliver.1~deliver.2~deliver.3\
         ~forge.B.SYN.150~deliver.4",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::SynResets,
        ],
    ),
    (
        "B waits, A opens, three messages",
        "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
        ],
    ),
    (
        "a listener turns active",
        "v1~A.listen~A.open",
        &[Rule::OpenPassive, Rule::OpenActiveFromListen],
    ),
    ("A opens twice", "v1~A.open~A.open", &[Rule::OpenActive, Rule::OpenExists]),
    (
        "nobody home, and the refusal arrives twice",
        "v1~A.open~deliver.1~copy.2~deliver.2~deliver.3",
        &[Rule::OpenActive, Rule::ClosedRefuses, Rule::SynSentRefused, Rule::ClosedReset],
    ),
    (
        "both open at once",
        "v1~A.open~B.open~deliver.1~deliver.2~deliver.3~deliver.4",
        &[
            Rule::OpenActive,
            Rule::OpenActive,
            Rule::SynSentSyn,
            Rule::SynSentSyn,
            Rule::SynReceivedCrossing,
            Rule::SynReceivedCrossing,
        ],
    ),
    (
        "the SYN arrives twice",
        "v1~B.listen~A.open~copy.1~deliver.1~deliver.2~deliver.4",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::Unacceptable,
            Rule::SynSentOther,
        ],
    ),
    (
        "the last ACK arrives twice",
        "v1~B.listen~A.open~deliver.1~deliver.2~copy.3~deliver.3~deliver.4",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::AckDuplicate,
        ],
    ),
    (
        "B begins to listen after it refused, and A hears the refusal first",
        "v1~A.open~copy.1~deliver.1~B.listen~deliver.2~deliver.3~deliver.4~copy.5~deliver.5\
         ~deliver.6",
        &[
            Rule::OpenActive,
            Rule::ClosedRefuses,
            Rule::OpenPassive,
            Rule::ListenSyn,
            Rule::SynSentRefused,
            Rule::ClosedRefusesAck,
            Rule::SynReceivedResetToListen,
            Rule::ListenReset,
        ],
    ),
    (
        "the same, but A begins to listen as well",
        "v1~A.open~copy.1~deliver.1~B.listen~deliver.2~deliver.3~A.listen~deliver.4",
        &[
            Rule::OpenActive,
            Rule::ClosedRefuses,
            Rule::OpenPassive,
            Rule::ListenSyn,
            Rule::SynSentRefused,
            Rule::OpenPassive,
            Rule::ListenAck,
        ],
    ),
    (
        "the same, but A opens again: the SYN,ACK answers the old SYN",
        "v1~A.open~copy.1~deliver.1~B.listen~deliver.2~deliver.3~A.open~deliver.4",
        &[
            Rule::OpenActive,
            Rule::ClosedRefuses,
            Rule::OpenPassive,
            Rule::ListenSyn,
            Rule::SynSentRefused,
            Rule::OpenActive,
            Rule::SynSentAckUnacceptable,
        ],
    ),
    (
        "the new SYN reaches B while it answers the old one",
        "v1~A.open~copy.1~deliver.1~B.listen~deliver.2~deliver.3~A.open~deliver.5",
        &[
            Rule::OpenActive,
            Rule::ClosedRefuses,
            Rule::OpenPassive,
            Rule::ListenSyn,
            Rule::SynSentRefused,
            Rule::OpenActive,
            Rule::SynReceivedSynToListen,
        ],
    ),
    (
        "a refusal of the old SYN reaches A after it opened again",
        "v1~A.open~copy.1~deliver.1~deliver.2~deliver.3~A.open~deliver.4",
        &[
            Rule::OpenActive,
            Rule::ClosedRefuses,
            Rule::ClosedRefuses,
            Rule::SynSentRefused,
            Rule::OpenActive,
            Rule::SynSentResetUnacceptable,
        ],
    ),
    (
        "nobody ever answers A",
        "v1~A.open~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto",
        &[
            Rule::OpenActive,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::GiveUp,
        ],
    ),
    (
        "nobody ever answers B",
        "v1~B.listen~A.open~deliver.1~B.rto~B.rto~B.rto~B.rto~B.rto~B.rto~B.rto~B.rto",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::GiveUpToListen,
        ],
    ),
    (
        "calls where there is no connection",
        "v1~A.send.hi~A.receive~A.close~A.abort~A.status",
        &[
            Rule::SendWithoutConnection,
            Rule::ReceiveWithoutConnection,
            Rule::CloseWithoutConnection,
            Rule::AbortWithoutConnection,
            Rule::StatusWithoutConnection,
        ],
    ),
    (
        "a listener waits for text, and closes",
        "v1~A.listen~A.receive~A.status~A.close",
        &[Rule::OpenPassive, Rule::ReceiveQueued, Rule::Status, Rule::CloseListen],
    ),
    ("a listener aborts", "v1~A.listen~A.abort", &[Rule::OpenPassive, Rule::AbortUnheard]),
    (
        "a listener speaks, and closes before anybody answers",
        "v1~A.listen~A.send.hi~A.send.ho~A.close",
        &[Rule::OpenPassive, Rule::SendFromListen, Rule::SendQueued, Rule::CloseSynSent],
    ),
    (
        "B closes in SYN-RECEIVED while text waits",
        "v1~B.listen~A.open~deliver.1~B.send.hi~B.close",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SendQueued,
            Rule::CloseQueued,
        ],
    ),
    (
        "B closes in SYN-RECEIVED, closes again, and speaks",
        "v1~B.listen~A.open~deliver.1~B.close~B.close~B.send.hi",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::CloseSynReceived,
            Rule::CloseAgain,
            Rule::SendClosing,
        ],
    ),
    (
        "a listener with a queue of one hears two strangers, of whom the first gives up",
        "v1~backlog.1.1~B.listen~stranger.1.SYN.5000~stranger.2.SYN.6000~deliver.1~deliver.2\
         ~stranger.1.rto~stranger.1.RST.5001~deliver.5",
        &[
            Rule::OpenPassive,
            Rule::ListenSyn,
            Rule::SynDropped,
            Rule::Retransmit,
            Rule::SynReceivedResetToListen,
        ],
    ),
    (
        "a listener with a queue of none answers with a cookie, and A brings it back",
        "v1~variant.syn-cookies~backlog.0.1~B.listen~A.open~deliver.1~deliver.2~deliver.3~B.accept",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::SynCookieSent,
            Rule::SynSentSynAck,
            Rule::SynCookieTaken,
            Rule::SynReceivedAck,
            Rule::Accept,
        ],
    ),
    (
        "one has come before A is done, and one comes later",
        "v1~backlog.2.1~B.listen~A.open~deliver.1~deliver.2~stranger.1.SYN.5000~deliver.4\
         ~stranger.1.ACK.5001.401~deliver.6~deliver.3~stranger.2.SYN.6000~deliver.7",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::ListenSyn,
            Rule::SynReceivedAck,
            Rule::AckDropped,
            Rule::SynDroppedUnaccepted,
        ],
    ),
    (
        "the same, where the listener says so",
        "v1~backlog.2.1.reset~B.listen~A.open~deliver.1~deliver.2~stranger.1.SYN.5000~deliver.4\
         ~stranger.1.ACK.5001.401~deliver.6~deliver.3",
        &[
            Rule::OpenPassive,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::ListenSyn,
            Rule::SynReceivedAck,
            Rule::AckRefused,
        ],
    ),
    (
        "B accepts before it listens, before A comes, and speaks before it accepts; A breaks off",
        "v1~backlog.2.1~B.accept~B.listen~B.send.hi~B.accept~A.open~deliver.1~deliver.2~deliver.3\
         ~A.abort~deliver.4",
        &[
            Rule::AcceptWithoutListener,
            Rule::OpenPassive,
            Rule::CallBeforeAccept,
            Rule::AcceptQueued,
            Rule::OpenActive,
            Rule::ListenSyn,
            Rule::SynSentSynAck,
            Rule::SynReceivedAck,
            Rule::Accept,
            Rule::Abort,
            Rule::Reset,
            Rule::ListenerStays,
        ],
    ),
    (
        "a listener with a queue closes",
        "v1~backlog.1.1~B.listen~B.close",
        &[Rule::OpenPassive, Rule::CloseListener],
    ),
    ("the user of A loses patience", "v1~A.open~A.giveup", &[Rule::OpenActive, Rule::UserTimeout]),
    (
        "the user of B loses patience, and B listens on",
        "v1~B.listen~A.open~deliver.1~B.giveup",
        &[Rule::OpenPassive, Rule::OpenActive, Rule::ListenSyn, Rule::UserTimeoutToListen],
    ),
];

/// Runs that go on after the three messages of [`support::OPENED`], with the rules that follow from
/// there.
const OPENED_RUNS: [(&str, &str, &[Rule]); 11] = [
    (
        "A speaks, B acknowledges",
        "~A.send.hi~deliver.4~deliver.5",
        &[Rule::Send, Rule::AckDuplicate, Rule::TextTaken, Rule::AckAdvances],
    ),
    (
        "the second text arrives first",
        "~A.send.one~A.send.two~deliver.5~deliver.4",
        &[
            Rule::Send,
            Rule::Send,
            Rule::AckDuplicate,
            Rule::TextHeld,
            Rule::AckDuplicate,
            Rule::TextTaken,
            Rule::TextTaken,
        ],
    ),
    (
        "A closes, then B (figure 12), and nobody calls at the wrong time but the users",
        "~A.close~deliver.4~B.receive~deliver.5~B.close~deliver.6~A.close~deliver.7~A.2msl",
        &[
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinArrives,
            Rule::ReceiveClosing,
            Rule::AckAdvances,
            Rule::FinAcknowledged,
            Rule::CloseWaitCloses,
            Rule::AckDuplicate,
            Rule::FinAnswers,
            Rule::CloseClosing,
            Rule::AckAdvances,
            Rule::LastAckAcknowledged,
            Rule::TimeWaitOver,
        ],
    ),
    (
        "both close at once (figure 13), and an ACK arrives twice",
        "~A.close~B.close~deliver.4~deliver.5~copy.6~deliver.6~deliver.7~deliver.8",
        &[
            Rule::CloseEstablished,
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinCrosses,
            Rule::AckDuplicate,
            Rule::FinCrosses,
            Rule::AckAdvances,
            Rule::ClosingAcknowledged,
            Rule::AckAdvances,
            Rule::ClosingAcknowledged,
            Rule::TimeWaitAck,
        ],
    ),
    (
        "the last ACK is lost",
        "~A.close~deliver.4~deliver.5~B.close~deliver.6~drop.7~B.rto~deliver.8",
        &[
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinArrives,
            Rule::AckAdvances,
            Rule::FinAcknowledged,
            Rule::CloseWaitCloses,
            Rule::AckDuplicate,
            Rule::FinAnswers,
            Rule::Retransmit,
            Rule::TimeWaitFinRepeated,
        ],
    ),
    (
        "B closes first, and A opens anew while B waits for 2 MSL",
        "~B.close~deliver.4~deliver.5~A.close~deliver.6~deliver.7~A.open~deliver.8",
        &[
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinArrives,
            Rule::AckAdvances,
            Rule::FinAcknowledged,
            Rule::CloseWaitCloses,
            Rule::AckDuplicate,
            Rule::FinAnswers,
            Rule::AckAdvances,
            Rule::LastAckAcknowledged,
            Rule::OpenActive,
            Rule::TimeWaitReopens,
        ],
    ),
    ("A aborts", "~A.abort~deliver.4", &[Rule::Abort, Rule::Reset]),
    (
        "both close, and A aborts",
        "~A.close~B.close~deliver.5~A.abort",
        &[
            Rule::CloseEstablished,
            Rule::CloseEstablished,
            Rule::AckDuplicate,
            Rule::FinCrosses,
            Rule::AbortClosing,
        ],
    ),
    (
        "both close, and B aborts",
        "~A.close~B.close~B.abort~deliver.5~deliver.6",
        &[
            Rule::CloseEstablished,
            Rule::CloseEstablished,
            Rule::Abort,
            Rule::AckDuplicate,
            Rule::FinCrosses,
            Rule::ResetClosing,
        ],
    ),
    (
        "text is lost for good",
        "~A.send.hi~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto~A.rto",
        &[
            Rule::Send,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::Retransmit,
            Rule::GiveUp,
        ],
    ),
    ("a user waits for text", "~A.receive~A.status", &[Rule::ReceiveQueued, Rule::Status]),
];

/// Segments that no endpoint sends by itself, each with the rules that judge it.
fn forgeries() -> Vec<(&'static str, Endpoint, Segment, &'static [Rule])> {
    let next = IRS + 1;
    let in_window = IRS + 51;
    vec![
        ("no flag in LISTEN", listening(), plain(next, Flags::NONE), &[Rule::ListenOther]),
        ("a RST without ACK in SYN-SENT", syn_sent(), rst(next), &[Rule::SynSentReset]),
        ("a RST below the window", established(), rst(IRS), &[Rule::UnacceptableReset]),
        (
            "a RST at RCV.NXT in a simultaneous open",
            syn_received_active(),
            rst(next),
            &[Rule::SynReceivedRefused],
        ),
        ("a RST in the window", established(), rst(in_window), &[Rule::ResetChallenged]),
        (
            "the eleventh RST in the window",
            tired_of_challenges(),
            rst(in_window),
            &[Rule::ResetChallenged, Rule::ChallengeWithheld],
        ),
        ("a SYN in the window", established(), support::syn(in_window), &[Rule::SynChallenged]),
        ("no ACK", syn_received(), plain(next, Flags::NONE), &[Rule::AckAbsent]),
        (
            "an ACK of something never sent, in SYN-RECEIVED",
            syn_received(),
            ack(next, ISS + 8),
            &[Rule::SynReceivedAckUnacceptable],
        ),
        (
            "an ACK of something never sent, in ESTABLISHED",
            established(),
            ack(next, ISS + 8),
            &[Rule::AckOfUnsent],
        ),
        (
            "an ACK from long ago",
            established(),
            ack(next, (ISS + 1).wrapping_sub(5000)),
            &[Rule::AckTooOld],
        ),
        (
            "text after the peer's FIN",
            close_wait(),
            saying(IRS + 2, ISS + 1, "more"),
            &[Rule::AckDuplicate, Rule::TextIgnored],
        ),
        ("text in TIME-WAIT", time_wait(), saying(IRS + 2, ISS + 2, "more"), &[Rule::TimeWaitText]),
        (
            "by the bare text TIME-WAIT answers an ACK",
            pedant(),
            ack(IRS + 2, ISS + 2),
            &[Rule::TimeWaitAckAnswered],
        ),
    ]
}

/// TIME-WAIT of an endpoint that follows the bare text.
fn pedant() -> Endpoint {
    led_to("TIME-WAIT", Settings { variant: Variant::Literal, ..Settings::default() })
}

/// ESTABLISHED, after as many challenge ACKs as may be sent.
fn tired_of_challenges() -> Endpoint {
    let challenged = Input::Segment(&rst(IRS + 51));
    led(established(), &vec![challenged; usize::from(Endpoint::CHALLENGES_MAX)])
}

/// What happens only to endpoints that are set up in their own way, or whose peer is.
fn inputs() -> Vec<(&'static str, Endpoint, Input<'static>, Rule)> {
    let asking = established_with(careful());
    let unheard = led(asking.clone(), &[Input::Expired(Timer::KeepAlive); 3]);
    let (unread, waiting) = (with_unread("hi"), facing_a_closed_window());
    vec![
        ("text is fetched", unread, Input::Call(&Call::Receive), Rule::Receive),
        ("the window is closed", waiting, Input::Expired(Timer::Probe), Rule::ZeroWindowProbe),
        ("all is quiet", asking, Input::Expired(Timer::KeepAlive), Rule::KeepAliveProbe),
        ("all stays quiet", unheard, Input::Expired(Timer::KeepAlive), Rule::KeepAliveGivesUp),
    ]
}

fn rules_in(effects: &Effects) -> impl Iterator<Item = Rule> {
    effects.reasons().map(|reason| reason.rule)
}

fn rules_of(trace: &Trace) -> Vec<Rule> {
    trace.steps().iter().flat_map(|step| rules_in(&step.effects)).collect()
}

/// Every run with all the rules that it follows.
fn runs() -> Vec<(&'static str, Trace, Vec<Rule>)> {
    let opening = rules_of(&opened(""));
    let after_opening = OPENED_RUNS
        .iter()
        .map(|(name, rest, rules)| (*name, opened(rest), [&opening[..], rules].concat()));
    let whole = RUNS.iter().map(|(name, text, rules)| (*name, run(text), rules.to_vec()));
    whole.chain(after_opening).collect()
}

#[test]
fn every_run_follows_its_rules() {
    for (name, trace, rules) in runs() {
        assert_eq!(rules_of(&trace), rules, "{name}");
    }
}

#[test]
fn every_forged_segment_is_judged_by_its_rules() {
    for (name, endpoint, segment, rules) in forgeries() {
        let outcome = arrives(endpoint, segment);
        assert_eq!(rules_in(&outcome.effects).collect::<Vec<_>>(), rules, "{name}");
    }
}

#[test]
fn every_input_follows_its_rule() {
    for (name, endpoint, input, rule) in inputs() {
        let outcome = happens(endpoint, Instant::START, input);
        assert_eq!(rules_in(&outcome.effects).collect::<Vec<_>>(), [rule], "{name}");
    }
}

#[test]
fn every_rule_is_reached() {
    let by_runs = runs().into_iter().flat_map(|(_, trace, _)| rules_of(&trace));
    let by_forgeries = forgeries().into_iter().flat_map(|(.., rules)| rules.iter().copied());
    let by_inputs = inputs().into_iter().map(|(.., rule)| rule);
    let reached: BTreeSet<Rule> = by_runs.chain(by_forgeries).chain(by_inputs).collect();
    let unreached: Vec<Rule> =
        Rule::ALL.iter().copied().filter(|rule| !reached.contains(rule)).collect();
    assert_eq!(unreached, [], "rules that no case reaches");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let by_runs = runs().into_iter().map(|case| case.0);
    let by_forgeries = forgeries().into_iter().map(|case| case.0);
    let by_inputs = inputs().into_iter().map(|case| case.0);
    let names: Vec<&str> = by_runs.chain(by_forgeries).chain(by_inputs).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn every_id_is_unique_and_fit_for_a_file() {
    let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        let id = rule.id();
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{id}");
        assert!(id.starts_with(|c: char| c != '-') && id.ends_with(|c: char| c != '-'), "{id}");
        assert!(!id.contains("--"), "{id}");
        assert_eq!(rule.to_string(), id);
    }
}

/// The id is the name of the variant, so that whoever knows one knows the other.
#[test]
fn every_id_is_the_name_in_lower_case() {
    for rule in Rule::ALL {
        let mut name = String::new();
        for c in format!("{rule:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        assert_eq!(rule.id(), name);
    }
}

/// The tables of contents of RFC 9293, 793, 4987 and 7323, as far as these rules come from them.
#[test]
fn every_section_exists() {
    let sections = [
        "3.4.3", "3.5", "3.6.1", "3.8.3", "3.8.4", "3.8.6.1", "3.8.6.3", "3.9.1.1", "3.10.1",
        "3.10.2", "3.10.3", "3.10.4", "3.10.5", "3.10.6", "3.10.7.1", "3.10.7.2", "3.10.7.3",
        "3.10.7.4", "3.10.8",
    ];
    for rule in Rule::ALL {
        let sections: &[&str] = match rule.source() {
            Source::Rfc(793) => &["3.9"],
            Source::Rfc(4987) => &["2.2", "3.6"],
            Source::Rfc(7323) => &["3.2", "5.3"],
            Source::Rfc(9293) | Source::Linux | Source::Sockets | Source::WhatIf => &sections,
            Source::Rfc(other) => panic!("{rule}: RFC {other}"),
        };
        assert!(sections.contains(&rule.section()), "{rule}: {}", rule.section());
    }
}

#[test]
fn rule_for_a_segment_names_one_of_its_section_s_checks() {
    for rule in Rule::ALL {
        let checks: &[Check] = match rule.section() {
            "3.10.7.1" => Check::CLOSED,
            "3.10.7.2" => Check::LISTEN,
            "3.10.7.3" => Check::SYN_SENT,
            // Several of the checks may lead there.
            _ if [Rule::ChallengeWithheld, Rule::TimeWaitSkipped].contains(rule) => &[],
            // Other RFCs add to the checks of 3.10.7.4.
            _ if matches!(rule.source(), Source::Rfc(rfc) if rfc != 9293) => Check::OTHERWISE,
            // Figure 7 and MAY-2 overrule the first check of 3.10.7.4.
            "3.10.7.4" | "3.5" | "3.6.1" => Check::OTHERWISE,
            _ => &[],
        };
        match rule.check() {
            Some(check) => assert!(checks.contains(&check), "{rule}"),
            None => assert_eq!(checks, [], "{rule}"),
        }
    }
}
