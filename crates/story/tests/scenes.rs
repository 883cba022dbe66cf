//! Every scene holds what it promises: it plays, it is told in both languages, and its words name
//! only flags and states that the run has at that moment.

use std::collections::BTreeSet;
use std::path::PathBuf;

use handshake::{Choice, Flags, Side, State, Trace};
use story::view::{Arrow, ArrowEnd, ladder};
use story::{Family, Language, Lexicon, Numbers, Position, Scene, StepWords, inbox, tell};

fn scene(id: &str) -> Scene {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("scenes/{id}.json"));
    let json = std::fs::read_to_string(&path).expect("the scene's file is there");
    Scene::from_json(&json).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn scenes() -> Vec<Scene> {
    let listed = inbox().iter().flat_map(|family| &family.scenes);
    listed.map(|conversation| scene(&conversation.id)).collect()
}

/// Runs a check at each place of each scene in each language.
fn at_each_place(check: impl Fn(&Scene, usize, Language, &StepWords)) {
    for scene in scenes() {
        for place in 0..=scene.trace().len() {
            for language in Language::ALL {
                let words = scene.words(scene.trace(), place, language);
                let words = words.unwrap_or_else(|| panic!("{} {place}: no words", scene.id));
                check(&scene, place, language, words);
            }
        }
    }
}

#[test]
fn a_scene_comes_to_the_page_as_it_was_written() {
    let (none, whole) = (Lexicon::default(), Lexicon::whole());
    for scene in scenes() {
        for language in Language::ALL {
            let script = scene.script(language);
            let read = Scene::from_script(&script).unwrap_or_else(|| panic!("{script}"));
            let names = |scene: &Scene| {
                let told = [scene.title(language), scene.hook(language), scene.summary(language)];
                (scene.id.clone(), scene.family.clone(), told.map(str::to_owned))
            };
            assert_eq!(names(&read), names(&scene));
            assert_eq!(read.trace(), scene.trace());
            for place in 0..=scene.trace().len() {
                let words = |scene: &Scene| scene.words(scene.trace(), place, language).cloned();
                assert_eq!(words(&read), words(&scene), "{} {place}", scene.id);
                // It brings what the rules say that its run meets.
                let told = |lexicon| {
                    tell(read.trace(), place, Some(&read), lexicon, language, Numbers::Relative)
                };
                assert!(told(&none).rulings.iter().all(|ruling| ruling.text.is_some()));
                assert_eq!(told(&none), told(&whole), "{} {place}", scene.id);
            }
        }
    }
}

#[test]
fn the_inbox_comes_to_the_page_as_it_was_written() {
    for language in Language::ALL {
        let script = Family::script(inbox(), language);
        let read = Family::from_script(&script).unwrap();
        assert_eq!(Family::script(&read, language), script);
        for (read, written) in read.iter().zip(inbox()) {
            assert_eq!(read.title(language), written.title(language));
            assert_eq!(read.scenes.len(), written.scenes.len());
        }
        assert_eq!(read.len(), inbox().len());
    }
}

#[test]
fn a_script_that_is_broken_is_none() {
    let script = scene("confession").script(Language::English);
    for (at, _) in script.char_indices() {
        // Cut short it is a scene only behind the empty line: with fewer words of rules.
        let cut = Scene::from_script(&script[..at]);
        assert_eq!(cut.is_some(), script[..at].contains("\n\n"), "{at}");
    }
    for bad in ["", "\n\n", "<!doctype html>\n\n", "a\tb\tc\td\te\nv9~x\n\n"] {
        assert!(Scene::from_script(bad).is_none(), "{bad:?}");
    }
    for bad in ["<html>", "id\ttitle\thook\tasked\trun"] {
        assert!(Family::from_script(bad).is_none(), "{bad:?}");
    }
}

/// The words written with Latin capitals: names of flags and states among them.
fn capitals(told: &str) -> BTreeSet<&str> {
    let words = told.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.len() > 1 && word.starts_with(char::is_uppercase)).collect()
}

fn flags_in(told: &str) -> BTreeSet<&str> {
    let names = ["SYN", "ACK", "FIN", "RST", "PSH", "URG"];
    capitals(told).into_iter().filter(|word| names.contains(word)).collect()
}

fn states_in(told: &str) -> BTreeSet<String> {
    let names: Vec<String> = State::ALL.iter().map(ToString::to_string).collect();
    let words = capitals(told).into_iter().map(str::to_owned);
    words.filter(|word| names.contains(word)).collect()
}

/// The packets that a reader sees at a place: those in the air before and after the step.
fn seen(trace: &Trace, place: usize) -> Vec<Flags> {
    let before = trace.world_at(place.saturating_sub(1)).network().in_flight();
    let after = trace.world_at(place).network().in_flight();
    before.iter().chain(after).map(|packet| packet.segment.flags).collect()
}

/// Does an endpoint say something in this step?
fn says(trace: &Trace, place: usize) -> bool {
    let step = trace.step_to(place).filter(|step| !matches!(step.choice, Choice::Duplicate(_)));
    step.is_some_and(|step| !step.sent.is_empty())
}

#[test]
fn the_flags_that_are_named_are_lit() {
    at_each_place(|scene, place, language, words| {
        let seen = seen(scene.trace(), place);
        for flag in flags_in(&words.story) {
            let lit = seen.iter().any(|flags| flags.names().any(|name| name == flag));
            assert!(lit, "{} {place} {language:?}: no {flag} in sight", scene.id);
        }
    });
}

#[test]
fn the_states_that_are_named_are_those_of_the_moment() {
    at_each_place(|scene, place, language, words| {
        let worlds = [place.saturating_sub(1), place].map(|place| scene.trace().world_at(place));
        let states: Vec<String> = worlds
            .iter()
            .flat_map(|world| Side::BOTH.map(|side| world.end(side).state().to_string()))
            .collect();
        for state in states_in(&words.story) {
            let held = states.contains(&state);
            assert!(held, "{} {place} {language:?}: nobody is in {state}", scene.id);
        }
    });
}

#[test]
fn both_languages_tell_the_same_facts() {
    for scene in scenes() {
        for place in 0..=scene.trace().len() {
            let told = Language::ALL.map(|language| {
                let words = scene.words(scene.trace(), place, language).expect("words");
                let bubble = words.bubble.as_deref().unwrap_or_default();
                let holes = ["{seq}", "{ack}"].map(|hole| bubble.contains(hole));
                let told = (flags_in(&words.story), states_in(&words.story), holes);
                (told, words.left_out.is_some(), words.bubble.is_some())
            });
            assert_eq!(told[0], told[1], "{} {place}", scene.id);
        }
    }
}

#[test]
fn whoever_sends_something_says_something() {
    at_each_place(|scene, place, language, words| {
        let says = says(scene.trace(), place);
        assert_eq!(words.bubble.is_some(), says, "{} {place} {language:?}", scene.id);
    });
}

#[test]
fn the_words_fit_their_places() {
    at_each_place(|scene, place, language, words| {
        let (label, story, feels, bubble) = match language {
            Language::Chinese => (6, 72, 16, 44),
            Language::English => (14, 200, 40, 110),
        };
        let fits = |name: &str, told: &str, most: usize| {
            let length = told.chars().count();
            let what = format!("{} {place} {language:?}: {name} has {length} > {most}", scene.id);
            assert!((1..=most).contains(&length), "{what}");
        };
        fits("label", &words.label, label);
        fits("story", &words.story, story);
        fits("feels", &words.feels, feels);
        fits("bubble", words.bubble.as_deref().unwrap_or("-"), bubble);
        fits("left_out", words.left_out.as_deref().unwrap_or("-"), story);
    });
}

#[test]
fn a_letter_is_lost_or_held_up_on_its_way() {
    for scene in scenes() {
        for (index, step) in scene.trace().steps().iter().enumerate() {
            let (Choice::Drop(id) | Choice::Delay(id, _)) = step.choice else { continue };
            let packet = scene.trace().world_at(index).network().packet(id).expect("in the air");
            let is_on_its_way = packet.sent_at < step.at && step.at < packet.due_at;
            assert!(is_on_its_way, "{}: {id} at {:?}", scene.id, step.at);
        }
    }
}

/// The note under the picture: what happens, the rules behind it, and what the story leaves out.
#[test]
fn a_note_fits_its_place() {
    let lexicon = Lexicon::whole();
    at_each_place(|scene, place, language, words| {
        let numbers = Numbers::Relative;
        let told = tell(scene.trace(), place, Some(scene), &lexicon, language, numbers);
        let rules = told.rulings.iter().filter_map(|ruling| ruling.text.as_deref());
        let all = rules.chain([words.story.as_str()]).chain(words.left_out.as_deref());
        let length: usize = all.map(|told| told.chars().count()).sum();
        let most = match language {
            Language::Chinese => 180,
            Language::English => 360,
        };
        assert!(length <= most, "{} {place} {language:?}: {length} > {most}", scene.id);
    });
}

/// A hook has two short lines in the list.
#[test]
fn a_hook_fits_its_place() {
    for scene in scenes() {
        assert!(scene.hook(Language::English).chars().count() <= 42, "{}", scene.id);
        assert!(scene.hook(Language::Chinese).chars().count() <= 14, "{}", scene.id);
    }
}

#[test]
fn the_inbox_lists_what_the_scenes_say() {
    for family in inbox() {
        for listed in &family.scenes {
            let scene = scene(&listed.id);
            assert_eq!(listed.trace(), **scene.trace(), "{}", listed.id);
            for language in Language::ALL {
                assert_eq!(listed.title(language), scene.title(language));
                assert_eq!(listed.hook(language), scene.hook(language));
            }
        }
    }
}

/// How wide a line along an arrow is, as browsers draw it: capitals are at most eight pixels wide,
/// what is not ASCII twelve, blanks and commas three, all else seven.
fn width(line: &str) -> f64 {
    let wide = |sign: char| match sign {
        ' ' | ',' => 3.0,
        'A'..='Z' => 8.0,
        sign if sign.is_ascii() => 7.0,
        _ => 12.0,
    };
    line.chars().map(wide).sum()
}

/// The corners of what is written along an arrow, in pixels of the ladder: a line of flags over it,
/// from 4 to 17 above, and its numbers under it. Is anything?
fn corners(arrow: &Arrow) -> Option<[(f64, f64); 4]> {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let (dx, dy) = (f64::from(x2 - x1), f64::from(y2 - y1));
    let along = f64::from(arrow.labels_at?) / 100.0;
    let middle = (f64::from(x1) + dx * along, f64::from(y1) + dy * along);
    let turn = (dy * dx.signum()).atan2(dx.abs());
    let under: &[String] = if arrow.fate == ArrowEnd::Letter { &[] } else { &arrow.numbers };
    let over = format!("{} {}", arrow.numeral, arrow.flags);
    let half = under.iter().map(|line| width(line)).fold(width(&over), f64::max) / 2.0;
    let (above, below) = (17.0, [-4.0, 19.0, 33.0][under.len().min(2)]);
    let corners = [(-half, -above), (half, -above), (half, below), (-half, below)];
    Some(corners.map(|(x, y)| {
        let (sin, cos) = turn.sin_cos();
        (middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos)
    }))
}

/// Two boxes lie apart where a side of one of them has all of the other beyond it.
fn apart(one: &[(f64, f64); 4], other: &[(f64, f64); 4]) -> bool {
    let divides = |a: &[(f64, f64); 4], b: &[(f64, f64); 4]| {
        (0..4).any(|side| {
            let ((x1, y1), (x2, y2)) = (a[side], a[(side + 1) % 4]);
            b.iter().all(|(x, y)| (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) <= 0.0)
        })
    };
    divides(one, other) || divides(other, one)
}

#[test]
fn no_label_on_the_ladder_lies_on_another() {
    let mut crowded = Vec::new();
    for scene in scenes() {
        for place in 0..=scene.trace().len() {
            for numbers in Numbers::ALL {
                let position = Position::resting(scene.trace(), place);
                let shown = ladder(scene.trace(), position, Language::English, numbers, None);
                let labelled: Vec<_> = shown
                    .arrows
                    .iter()
                    .filter_map(|arrow| Some((arrow.packet, corners(arrow)?)))
                    .collect();
                for (index, (packet, one)) in labelled.iter().enumerate() {
                    for (other_packet, other) in &labelled[index + 1..] {
                        if !apart(one, other) {
                            let pair = (packet.0, other_packet.0);
                            crowded.push(format!("{} {place} {numbers:?} {pair:?}", scene.id));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(crowded, Vec::<String>::new());
}

/// Between T and P each letter has room for its flags in every scene; what strangers say at one
/// moment goes one way.
#[test]
fn each_letter_on_the_ladder_says_what_it_is() {
    for scene in scenes() {
        for place in 0..=scene.trace().len() {
            let position = Position::resting(scene.trace(), place);
            let numbers = Numbers::Relative;
            let shown = ladder(scene.trace(), position, Language::English, numbers, None);
            for arrow in shown.arrows.iter().filter(|arrow| !arrow.beside_original) {
                let told = (arrow.labels_at.is_some(), !arrow.flags.is_empty());
                let most = (true, arrow.stranger.is_none() || told.1);
                assert_eq!(told, most, "{} {place} {}", scene.id, arrow.name);
            }
        }
    }
}
