//! Every rule is reached by a case with a name, so that none is a promise nobody keeps.

mod support;

use std::collections::BTreeSet;

use handshake::{Check, Effects, Endpoint, Flags, Rule, Segment, Trace};

use support::{
    IRS, ISS, ack, arrives, established, listening, plain, rst, syn_received, syn_received_active,
    syn_sent,
};

/// Rules that no case can reach before endpoints send data: in ESTABLISHED all that was sent, i.e.
/// the SYN, is acknowledged, so that no ACK is of something new.
const AWAIT_DATA: [Rule; 1] = [Rule::AckAdvances];

/// Runs, each with the rules that its steps follow, in order.
const RUNS: [(&str, &str, &[Rule]); 14] = [
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
];

/// Segments that no endpoint sends by itself so far, each with the rule that judges it.
fn forgeries() -> [(&'static str, Endpoint, Segment, Rule); 11] {
    let next = IRS + 1;
    let in_window = IRS + 51;
    [
        ("no flag in LISTEN", listening(), plain(next, Flags::NONE), Rule::ListenOther),
        ("a RST without ACK in SYN-SENT", syn_sent(), rst(next), Rule::SynSentReset),
        ("a RST below the window", established(), rst(IRS), Rule::UnacceptableReset),
        (
            "a RST at RCV.NXT in a simultaneous open",
            syn_received_active(),
            rst(next),
            Rule::SynReceivedRefused,
        ),
        ("a RST at RCV.NXT", established(), rst(next), Rule::Reset),
        ("a RST in the window", established(), rst(in_window), Rule::ResetChallenged),
        ("a SYN in the window", established(), support::syn(in_window), Rule::SynChallenged),
        ("no ACK", syn_received(), plain(next, Flags::NONE), Rule::AckAbsent),
        (
            "an ACK of something never sent, in SYN-RECEIVED",
            syn_received(),
            ack(next, ISS + 8),
            Rule::SynReceivedAckUnacceptable,
        ),
        (
            "an ACK of something never sent, in ESTABLISHED",
            established(),
            ack(next, ISS + 8),
            Rule::AckOfUnsent,
        ),
        (
            "an ACK from long ago",
            established(),
            ack(next, (ISS + 1).wrapping_sub(5000)),
            Rule::AckTooOld,
        ),
    ]
}

fn rules_in(effects: &Effects) -> impl Iterator<Item = Rule> {
    effects.reasons().map(|reason| reason.rule)
}

fn rules_of(run: &str) -> Vec<Rule> {
    let trace: Trace = run.parse().expect("a run that plays");
    trace.steps().iter().flat_map(|step| rules_in(&step.effects)).collect()
}

#[test]
fn every_run_follows_its_rules() {
    for (name, run, rules) in RUNS {
        assert_eq!(rules_of(run), rules, "{name}");
    }
}

#[test]
fn every_forged_segment_is_judged_by_its_rule() {
    for (name, endpoint, segment, rule) in forgeries() {
        let outcome = arrives(endpoint, segment);
        assert_eq!(rules_in(&outcome.effects).collect::<Vec<_>>(), [rule], "{name}");
    }
}

#[test]
fn every_rule_is_reached() {
    let by_runs = RUNS.iter().flat_map(|(_, run, _)| rules_of(run));
    let by_forgeries = forgeries().map(|(.., rule)| rule);
    let reached: BTreeSet<Rule> = by_runs.chain(by_forgeries).collect();
    let unreached: Vec<Rule> =
        Rule::ALL.iter().copied().filter(|rule| !reached.contains(rule)).collect();
    assert_eq!(unreached, AWAIT_DATA, "rules that no case reaches");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let names: Vec<&str> =
        RUNS.iter().map(|case| case.0).chain(forgeries().map(|case| case.0)).collect();
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

/// The table of contents of RFC 9293, as far as these rules come from it.
#[test]
fn every_section_exists() {
    let sections =
        ["3.5", "3.8.3", "3.10.1", "3.10.7.1", "3.10.7.2", "3.10.7.3", "3.10.7.4", "3.10.8"];
    for rule in Rule::ALL {
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
            // Figure 7 overrules the first check of 3.10.7.4.
            "3.10.7.4" | "3.5" => Check::OTHERWISE,
            _ => &[],
        };
        match rule.check() {
            Some(check) => assert!(checks.contains(&check), "{rule}"),
            None => assert_eq!(checks, [], "{rule}"),
        }
    }
}
