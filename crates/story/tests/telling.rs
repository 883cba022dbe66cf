//! What is told and shown of runs, of the scene's and of others.

use handshake::{PacketId, RunProblem, Side, Trace};
use proptest::prelude::*;
use story::view::{self, Mark};
use story::{Language, Numbers, Position, Scene, SceneError, Verdict, label, tell};

fn run(text: &str) -> Trace {
    text.parse().expect("a run that plays")
}

fn phone(trace: &Trace, side: Side) -> view::Phone {
    let position = Position::resting(trace, trace.len());
    view::phone(trace, position, side, None, Language::English, Numbers::Relative)
}

fn marks(trace: &Trace, side: Side) -> Vec<(String, Mark)> {
    let bubbles = phone(trace, side).bubbles;
    bubbles.into_iter().map(|bubble| (bubble.numeral, bubble.mark)).collect()
}

fn bubbles(trace: &Trace, scene: Option<&Scene>) -> Vec<view::Bubble> {
    let position = Position::resting(trace, trace.len());
    view::conversation(trace, position, scene, Language::English, Numbers::Relative)
}

#[test]
fn the_scene_tells_its_own_run_and_no_other() {
    let scene = Scene::confession().unwrap();
    let own = tell(scene.trace(), 3, Some(&scene), Language::English, Numbers::Relative);
    assert!(own.story.starts_with("It lands"), "{}", own.story);
    assert!(own.left_out.is_some());

    let other = run("v1~iss.2621382867.1531875780~B.listen~A.open~drop.1");
    let told = tell(&other, 3, Some(&scene), Language::English, Numbers::Relative);
    assert!(told.story.starts_with("Letter ① is lost"), "{}", told.story);
    assert_eq!(told.left_out, None);
}

#[test]
fn facts_are_the_same_in_both_languages() {
    let scene = Scene::confession().unwrap();
    let trace = scene.trace();
    for place in 0..=trace.len() {
        let [zh, en] = Language::ALL
            .map(|language| tell(trace, place, Some(&scene), language, Numbers::Relative).rulings);
        let facts = |rulings: &[story::Ruling]| -> Vec<_> {
            rulings.iter().map(|it| (it.id, it.section, it.comparison.clone())).collect()
        };
        assert_eq!(facts(&zh), facts(&en));
        // A message and a step have the same numbers and states in both languages.
        let [zh, en] = Language::ALL.map(|language| {
            let words = scene.words(trace, place, language).unwrap();
            let said = words.bubble.clone().unwrap_or_default();
            (said.contains("{seq}"), said.contains("{ack}"), words.left_out.is_some())
        });
        assert_eq!(zh, en, "place {place}");
    }
}

#[test]
fn the_check_that_decided_is_the_last_one_asked() {
    let trace = run("v1~B.listen~A.open~deliver.1");
    let told = tell(&trace, 3, None, Language::English, Numbers::Relative);
    let checks: Vec<_> =
        told.rulings[0].checks.iter().map(|check| (check.name, check.verdict)).collect();
    let expected = [("RST", Verdict::Passed), ("ACK", Verdict::Passed), ("SYN", Verdict::Decided)];
    assert_eq!(checks, expected);
    assert_eq!(told.rulings[0].comparison.as_deref(), Some("RCV.NXT = 0 + 1 = 1"));
}

#[test]
fn every_place_of_any_run_has_a_name() {
    let trace = run("v1~B.listen~A.open~copy.1~delay.2.1s~drop.1~A.rto~deliver.3");
    for language in Language::ALL {
        for place in 0..=trace.len() {
            assert!(!label(&trace, place, None, language).is_empty());
        }
    }
}

#[test]
fn a_message_is_ticked_when_its_sender_knows() {
    let waiting = run("v1~B.listen~A.open~deliver.1");
    assert_eq!(marks(&waiting, Side::A), [("①".to_owned(), Mark::Awaiting)]);
    let heard = run("v1~B.listen~A.open~deliver.1~deliver.2");
    assert_eq!(marks(&heard, Side::A)[0].1, Mark::Acknowledged);
    // A bare ACK is never acknowledged, so its sender never knows.
    assert_eq!(marks(&heard, Side::A)[2].1, Mark::Sent);
}

#[test]
fn who_was_refused_waits_no_longer() {
    let refused = run("v1~A.open~deliver.1~deliver.2");
    assert_eq!(marks(&refused, Side::A)[0].1, Mark::Sent);
}

#[test]
fn a_later_connection_does_not_answer_for_an_earlier_one() {
    let again =
        "v1~A.open~copy.1~deliver.1~B.listen~deliver.2~deliver.3~A.open~deliver.5~A.rto~deliver.6";
    let marks = marks(&run(again), Side::B);
    let fourth = marks.iter().find(|(numeral, _)| numeral == "④").unwrap();
    assert_ne!(fourth.1, Mark::Acknowledged);
}

#[test]
fn an_ack_is_explained_by_what_had_arrived() {
    let trace = run("v1~B.listen~A.open~A.rto~deliver.1");
    let position = Position::resting(&trace, trace.len());
    let fields =
        view::fields(&trace, position, PacketId(3), Language::English, Numbers::Relative).unwrap();
    let ack = fields.rows.iter().find(|row| row.kind == view::RowKind::Ack).unwrap();
    assert_eq!(ack.parts[0].text, "seq of ①");
}

#[test]
fn a_refusal_counts_from_nothing() {
    let trace = run("v1~iss.2621382867.1531875780~A.open~deliver.1");
    assert_eq!(bubbles(&trace, None)[1].header, "RST,ACK seq 0 ack 1");
}

#[test]
fn a_copy_says_what_its_original_says() {
    let scene = Scene::confession().unwrap();
    let copied = run("v1~iss.2621382867.1531875780~B.listen~A.open~deliver.1~deliver.2~copy.3");
    let [.., original, copy] = &bubbles(&copied, Some(&scene))[..] else { panic!("two at least") };
    assert_eq!(original.text, copy.text);
    assert!(copy.text.contains("Let’s be together"));
    assert_eq!(original.header, copy.header);
}

#[test]
fn a_phone_knows_nothing_of_the_networks_copies() {
    let trace = run("v1~B.listen~A.open~copy.1");
    assert_eq!(phone(&trace, Side::A).bubbles.len(), 1);
    assert_eq!(phone(&trace, Side::B).bubbles.len(), 0);
    assert_eq!(bubbles(&trace, None).len(), 2);
}

#[test]
fn what_is_lost_is_drawn_on_its_way() {
    let trace = run("v1~B.listen~A.open~drop.1");
    let position = Position::resting(&trace, 3);
    let arrow = view::ladder(&trace, position, Numbers::Relative).arrows.remove(0);
    assert_eq!(arrow.fate, view::ArrowEnd::Cross);
    assert!(arrow.target.1 > arrow.start.1);
}

#[test]
fn a_letter_offers_what_the_world_offers() {
    let trace = run("v1~B.listen~A.open");
    let position = Position::resting(&trace, 2);
    let letters = view::letters(&trace, position, Numbers::Real);
    let offered = &letters[0].choices;
    assert_eq!(offered.len(), 4);
    assert!(offered.iter().all(|choice| trace.last().choices().contains(choice)));
    assert_eq!((letters[0].flown_ms, letters[0].left_ms), (50, 50));
}

#[test]
fn a_bad_scene_is_told_what_is_wrong_and_where() {
    let good = include_str!("../scenes/confession.json");
    let cut = Scene::from_json(good.split_at(good.find("hook").unwrap()).0).unwrap_err();
    assert!(matches!(cut, SceneError::Json { line: 4, .. }), "{cut}");

    let one_language = good.replacen("\"en\": \"The confession\"", "\"fr\": \"La confession\"", 1);
    let error = Scene::from_json(&one_language).unwrap_err();
    assert!(error.to_string().contains("unknown field `fr`"), "{error}");

    let impossible = good.replacen("deliver.2", "deliver.9", 1);
    let error = Scene::from_json(&impossible).unwrap_err();
    let SceneError::Step { step, error } = error else { panic!("{error}") };
    assert_eq!(step, "t-nods");
    assert!(matches!(error.problem, RunProblem::Impossible(_)));
}

proptest! {
    /// Whatever happens, everything can be shown, in both languages, at every place.
    #[test]
    fn nothing_that_happens_cannot_be_shown(picks in prop::collection::vec(any::<prop::sample::Index>(), 0..14)) {
        let mut trace = run("v1~delay.100ms.9000000000000000000us");
        for pick in picks {
            let choices = trace.last().choices();
            if !choices.is_empty() {
                trace.extend(pick.get(&choices)).unwrap();
            }
        }
        for place in 0..=trace.len() {
            let position = Position::resting(&trace, place);
            for language in Language::ALL {
                for numbers in Numbers::ALL {
                    tell(&trace, place, None, language, numbers);
                    view::conversation(&trace, position, None, language, numbers);
                    for side in Side::BOTH {
                        view::phone(&trace, position, side, None, language, numbers);
                    }
                    if let Some(packet) = view::newest_packet(&trace, position) {
                        prop_assert!(view::fields(&trace, position, packet, language, numbers).is_some());
                    }
                }
                view::state_diagram(&trace, position, language, false);
                view::timeline(&trace, None, language);
            }
            let ladder = view::ladder(&trace, position, Numbers::Relative);
            prop_assert!(ladder.now.0 <= ladder.size.1);
        }
    }
}
