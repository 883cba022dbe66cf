//! What is told and shown of runs, of the scene's and of others.

use handshake::{PacketId, Side, State, Trace};
use proptest::prelude::*;
use story::view::{self, Form, Mark};
use story::{Language, Lexicon, Numbers, Position, Scene, SceneError, Telling, Verdict, label};

fn run(text: &str) -> Trace {
    text.parse().expect("a run that plays")
}

/// Tells a place where all words are there.
fn tell(
    trace: &Trace,
    place: usize,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> Telling {
    thread_local!(static WHOLE: Lexicon = Lexicon::whole());
    WHOLE.with(|whole| story::tell(trace, place, scene, whole, language, numbers))
}

fn phone(trace: &Trace, side: Side) -> view::Phone {
    let position = Position::resting(trace, trace.len());
    view::phone(trace, position, side, None, (Language::English, Numbers::Relative), usize::MAX)
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
    assert!(told.left_out.is_some_and(|words| words.starts_with("IP promises no delivery")));
}

#[test]
fn facts_are_the_same_in_both_languages() {
    let scene = Scene::confession().unwrap();
    let trace = scene.trace();
    for place in 0..=trace.len() {
        let [zh, en] = Language::ALL
            .map(|language| tell(trace, place, Some(&scene), language, Numbers::Relative).rulings);
        let facts = |rulings: &[story::Ruling]| -> Vec<_> {
            rulings.iter().map(|it| (it.id, it.url.clone(), it.comparison.clone())).collect()
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
    let ladder = view::ladder(&trace, position, Language::English, Numbers::Relative, None);
    let arrow = &ladder.arrows[0];
    assert_eq!(arrow.fate, view::ArrowEnd::Cross);
    assert!(arrow.target.1 > arrow.start.1);
}

#[test]
fn a_letter_offers_what_the_world_offers() {
    let trace = run("v1~B.listen~A.open");
    let position = Position::resting(&trace, 2);
    let letters = view::letters(&trace, position, Language::English, Numbers::Real);
    let offered = &letters[0].choices;
    assert_eq!(offered.len(), 4);
    assert!(offered.iter().all(|choice| trace.last().choices().contains(choice)));
    assert_eq!((letters[0].flown_ms, letters[0].left_ms), (50, 50));
}

/// A whole life: open, a word, T's goodbye, P's, and the wait.
const LIFE: &str = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hello~deliver.4\
    ~deliver.5~A.close~deliver.6~deliver.7~B.close~deliver.8~deliver.9~A.2msl";

fn story(trace: &Trace, place: usize, language: Language) -> String {
    tell(trace, place, None, language, Numbers::Relative).story
}

fn said(trace: &Trace, ordinal: u32, language: Language) -> String {
    let position = Position::resting(trace, trace.len());
    let bubbles = view::conversation(trace, position, None, language, Numbers::Relative);
    let bubble = bubbles.into_iter().find(|bubble| bubble.packet == PacketId(ordinal));
    bubble.expect("a message that was sent").text
}

/// The sum that made a number of a message, i.e. `1 + 5`, and what it is.
fn sum(trace: &Trace, ordinal: u32, kind: view::RowKind) -> (String, String, Vec<String>) {
    let position = Position::resting(trace, trace.len());
    let packet = PacketId(ordinal);
    let fields = view::fields(trace, position, packet, Language::English, Numbers::Relative)
        .expect("a message that was sent");
    let row = fields.rows.into_iter().find(|row| row.kind == kind).expect("a row of that kind");
    let numbers: Vec<String> = row.parts.iter().filter_map(|part| part.number.clone()).collect();
    let words = row.parts.into_iter().map(|part| part.text).collect();
    (row.value, numbers.join(" + "), words)
}

/// Every option stands in the line of options, in the length of the header and among its cells.
#[test]
fn options_of_a_message_are_laid_open() {
    let trace: Trace = "v1~options.mss-ws7-sack-ts~B.listen~A.open".parse().unwrap();
    let position = Position::resting(&trace, trace.len());
    for (language, scale) in [
        (Language::English, "later windows count 128 times"),
        (Language::Chinese, "以后的窗口再乘 128"),
    ] {
        let fields =
            view::fields(&trace, position, PacketId(1), language, Numbers::Relative).unwrap();
        let row = fields.rows.last().unwrap();
        assert_eq!((row.kind.name(), row.value.as_str()), ("opt", "MSS 1460 WS 7 SACK TS 0"));
        assert_eq!(row.parts[1].text, scale);
        assert_eq!(row.parts.len(), 4);
        // 20 octets, and 4 + 4 + 4 + 12 of options.
        assert_eq!(fields.header_octets, 44);
        let bytes: Vec<&str> = fields
            .form
            .cells
            .iter()
            .filter(|cell| cell.row >= 5)
            .filter_map(|cell| cell.hex.as_deref())
            .collect();
        let wire = "02 04 05 B4 01 01 04 02 01 01 08 0A 00 00 00 00 00 00 00 00 01 03 03 07";
        assert_eq!(bytes.join(" "), wire);
    }
}

/// RFC 9293 section 3.1: the bytes of a SYN,ACK, with a checksum over the documentation addresses
/// that T and P have, as they were worked out by hand.
#[test]
fn the_header_drawn_is_the_one_that_goes_over_the_wire() {
    let trace = run("v1~iss.100.300~port.49152.80~window.502.65160~B.listen~A.open~deliver.1");
    let position = Position::resting(&trace, trace.len());
    let numbers = Numbers::Relative;
    let fields = view::fields(&trace, position, PacketId(2), Language::English, numbers).unwrap();
    let hex = |name: &str| {
        let cell = fields.form.cells.iter().find(|cell| cell.name == name).unwrap();
        cell.hex.clone().unwrap()
    };
    assert_eq!(hex("src port"), "00 50");
    assert_eq!(hex("dst port"), "C0 00");
    assert_eq!(hex("sequence number"), "00 00 01 2C");
    assert_eq!(hex("acknowledgment number"), "00 00 00 65");
    assert_eq!(hex("window"), "FE 88");
    assert_eq!(hex("checksum"), "EB 74");
    assert_eq!(hex("MSS"), "05 B4");
}

/// Every bit of the header has a name and a meaning, in both languages, and none has two.
#[test]
fn every_bit_of_a_header_is_explained() {
    let trace = run("v1~options.mss-ws7-sack-ts~B.listen~A.open");
    let position = Position::resting(&trace, trace.len());
    for language in Language::ALL {
        let fields =
            view::fields(&trace, position, PacketId(1), language, Numbers::Relative).unwrap();
        let blank = Form::blank(language);
        for (form, octets) in [(&fields.form, fields.header_octets), (&blank, 20)] {
            let mut bit = 0;
            for cell in &form.cells {
                assert_eq!(u16::from(cell.row) * 32 + u16::from(cell.bit), bit, "{cell:?}");
                assert!(cell.note.ends_with(['.', '。']), "{cell:?}");
                bit += u16::from(cell.bits);
            }
            assert_eq!(bit, octets * 8);
        }
        // What both have is the same, but for what fills it in.
        let names = |form: &Form| form.cells.iter().map(|cell| cell.name).collect::<Vec<_>>();
        assert_eq!(names(&blank), names(&fields.form)[..blank.cells.len()]);
        assert!(blank.cells.iter().all(|cell| cell.value.is_none() && cell.hex.is_none()));
        assert!(!blank.lamps.iter().any(|lamp| lamp.lit));
    }
}

fn timer_at(trace: &Trace, place: usize, side: Side, language: Language) -> Option<(u16, String)> {
    let position = Position::resting(trace, place);
    let phone = view::phone(trace, position, side, None, (language, Numbers::Relative), usize::MAX);
    phone.timer.map(|timer| (timer.left_permille, timer.text))
}

fn buttons(trace: &Trace, side: Side, language: Language) -> Vec<(&'static str, &'static str)> {
    let position = Position::resting(trace, trace.len());
    let phone = view::phone(trace, position, side, None, (language, Numbers::Relative), usize::MAX);
    phone.calls.into_iter().map(|call| (call.name, call.meaning)).collect()
}

#[test]
fn a_whole_life_is_told_in_both_languages() {
    let life = run(LIFE);
    let told = [
        (6, "小T打开了话匣子", "T talks"),
        (7, "信里是：“hello”。", "Inside: “hello”."),
        (8, "小T心里一块石头", "weight off T’s mind"),
        (9, "小T的话说完了", "T has nothing more to say"),
        (10, "小T说了再见", "P swallows hard"),
        (11, "小T的再见，小P听见了", "P has heard the goodbye"),
        (12, "现在小P的话也说完了", "now P is done"),
        (13, "小T回一声“嗯”", "T says “ok”"),
        (14, "小P合上手机", "P closes the book"),
        (15, "小T放下手机", "T puts the phone down"),
    ];
    for (place, zh, en) in told {
        let (chinese, english) =
            (story(&life, place, Language::Chinese), story(&life, place, Language::English));
        assert!(chinese.contains(zh), "{place}: {chinese}");
        assert!(english.contains(en), "{place}: {english}");
        assert!(is_whole(&chinese) && is_whole(&english), "{place}");
    }
}

#[test]
fn what_says_nothing_new_is_not_told() {
    // Every segment acknowledges something; P is not told “heard you” again with the text.
    let life = run(LIFE);
    let told = tell(&life, 7, None, Language::English, Numbers::Relative);
    assert_eq!(told.rulings.iter().map(|ruling| ruling.id).collect::<Vec<_>>(), ["text-taken"]);
    assert!(!told.story.contains("once more"), "{}", told.story);
    // Alone it is told.
    let again = run("v1~B.listen~A.open~deliver.1~deliver.2~copy.3~deliver.3~deliver.4");
    assert!(story(&again, 7, Language::English).contains("once more"));
}

#[test]
fn all_that_was_asked_of_a_segment_is_marked_once() {
    let life = run(LIFE);
    let marks = |place: usize| -> Vec<Vec<String>> {
        let rulings = tell(&life, place, None, Language::English, Numbers::Relative).rulings;
        let mark = |check: &story::CheckMark| match check.verdict {
            Verdict::Passed => check.name.to_lowercase(),
            Verdict::Decided => check.name.to_owned(),
            Verdict::NotAsked => "-".to_owned(),
        };
        rulings.iter().map(|ruling| ruling.checks.iter().map(mark).collect()).collect()
    };
    assert_eq!(marks(7), [["seq", "rst", "syn", "ack", "TEXT", "-"]]);
    assert_eq!(marks(10), [["seq", "rst", "syn", "ack", "text", "FIN"]]);
    let [first, second] = &marks(14)[..] else { panic!("two rules") };
    assert_eq!(first[..], ["seq", "rst", "syn", "ACK", "-", "-"]);
    assert!(second.is_empty());
}

#[test]
fn steps_of_a_life_have_short_names() {
    let life = run(LIFE);
    let names = |language| [6, 9, 15].map(|place| label(&life, place, None, language));
    assert_eq!(names(Language::Chinese), ["T 说话", "T 分手", "T 冷静完"]);
    assert_eq!(names(Language::English), ["T talks", "T says bye", "T moves on"]);
    let blocked = run("v1~B.listen~A.open~A.abort~B.close");
    let names = |language| [3, 4].map(|place| label(&blocked, place, None, language));
    assert_eq!(names(Language::Chinese), ["T 拉黑", "P 算了"]);
    assert_eq!(names(Language::English), ["T blocks", "P lets go"]);
}

#[test]
fn messages_say_what_they_carry() {
    let life = run(LIFE);
    let texts = [
        (4, "“hello”", "“hello”"),
        (5, "第 6 句之前的都听见了。", "I’ve heard everything before your line 6."),
        (
            6,
            "我说完了，再见。第 6 句是我的最后一句。",
            "That’s all I had to say. Goodbye. My last line is 6.",
        ),
        (7, "嗯，你的再见我听见了。", "Ok. I heard your goodbye."),
        (
            8,
            "我的话也说完了，再见。第 1 句是我的最后一句。",
            "I’m done as well. Goodbye. My last line is 1.",
        ),
        (9, "嗯，听见了。再见。", "Ok, I heard you. Goodbye."),
    ];
    for (ordinal, zh, en) in texts {
        assert_eq!(said(&life, ordinal, Language::Chinese), zh);
        assert_eq!(said(&life, ordinal, Language::English), en);
    }
}

#[test]
fn a_goodbye_that_is_repeated_says_the_same() {
    let again = run("v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.close~drop.4~A.rto");
    assert_eq!(said(&again, 4, Language::English), said(&again, 5, Language::English));
}

#[test]
fn what_was_written_is_never_filled_in() {
    let open = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
    // “{seq}” in hexadecimal, and octets that are no text.
    let trace = run(&format!("{open}~A.send.0x7b7365717d~A.send.0xff~deliver.5~deliver.4"));
    assert_eq!(said(&trace, 4, Language::English), "“{seq}”");
    assert_eq!(said(&trace, 5, Language::English), "1 byte");
    assert_eq!(said(&trace, 5, Language::Chinese), "1 字节");
    // ⑤ came first and was held; both are read in their order.
    let told = story(&trace, trace.len(), Language::English);
    assert!(told.ends_with("Inside: “{seq}”. Inside: 1 byte."), "{told}");
}

#[test]
fn a_refusal_says_why() {
    let open = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
    let blocked = run(&format!("{open}~A.abort~deliver.4"));
    assert_eq!(said(&blocked, 4, Language::Chinese), "到此为止，我把你拉黑了。");
    let (_, numbers, words) = sum(&blocked, 4, view::RowKind::Seq);
    assert_eq!((numbers.as_str(), words.len()), ("0 + 1", 2));
    assert!(story(&blocked, 7, Language::English).ends_with("is told: connection reset."));

    let nobody = run("v1~A.open~deliver.1");
    assert_eq!(said(&nobody, 2, Language::English), "You’re a good person.");
    let forgotten = run(&format!("{open}~A.abort~drop.4~B.send.hello~deliver.5"));
    assert_eq!(said(&forgotten, 6, Language::Chinese), "我们认识吗？我这里没有记录。");
}

#[test]
fn a_call_that_is_refused_says_so() {
    let late = run("v1~B.listen~A.open~deliver.1~deliver.2~A.close~A.send.more~A.close");
    for place in [6, 7] {
        let told = story(&late, place, Language::English);
        assert!(told.ends_with("is told: connection closing."), "{told}");
        let told = story(&late, place, Language::Chinese);
        assert!(told.ends_with("程序得到的消息是：连接正在关闭。"), "{told}");
    }
}

#[test]
fn sums_count_text_and_goodbye() {
    use view::RowKind::{Ack, Seq};
    let life = run(LIFE);
    let is = |value: &str, numbers: &str, words: &[&str]| {
        let words = words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        (value.to_owned(), numbers.to_owned(), words)
    };
    assert_eq!(sum(&life, 5, Ack), is("6", "1 + 5", &["seq of ④", "bytes of text"]));
    assert_eq!(sum(&life, 7, Ack), is("7", "6 + 1", &["seq of ⑥", "its FIN takes one"]));
    let begins = ["where T starts", "its SYN took one", "bytes said before", "its FIN took one"];
    assert_eq!(sum(&life, 6, Seq), is("6", "0 + 1 + 5", &begins[..3]));
    assert_eq!(sum(&life, 9, Seq), is("7", "0 + 1 + 5 + 1", &begins));
    // The sums are right whatever was sent.
    for ordinal in 1..=9 {
        for kind in [Seq, Ack] {
            if (ordinal, kind) == (1, Ack) || (kind == Seq && ordinal < 3) {
                continue;
            }
            let (value, numbers, _) = sum(&life, ordinal, kind);
            let total: u32 = numbers.split(" + ").map(|n| n.parse::<u32>().unwrap()).sum();
            assert_eq!(value, total.to_string(), "{kind:?} of {ordinal}");
        }
    }
}

#[test]
fn text_and_goodbyes_are_ticked_when_they_were_heard() {
    let mark_at = |place: usize, side: Side, numeral: &str| {
        let trace = run(LIFE).fork_at(place);
        marks(&trace, side).into_iter().find(|(it, _)| it == numeral).map(|(_, mark)| mark)
    };
    assert_eq!(mark_at(7, Side::A, "④"), Some(Mark::Awaiting));
    assert_eq!(mark_at(8, Side::A, "④"), Some(Mark::Acknowledged));
    assert_eq!(mark_at(10, Side::A, "⑥"), Some(Mark::Awaiting));
    assert_eq!(mark_at(11, Side::A, "⑥"), Some(Mark::Acknowledged));
    assert_eq!(mark_at(13, Side::B, "⑧"), Some(Mark::Awaiting));
    // The ACK of the last FIN ends the connection, and with it the record of what was heard.
    assert_eq!(mark_at(14, Side::B, "⑧"), Some(Mark::Acknowledged));
    assert_eq!(mark_at(15, Side::A, "⑨"), Some(Mark::Sent));
}

#[test]
fn who_forgets_a_goodbye_does_not_know_that_it_was_heard() {
    let life = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.close~deliver.4~B.close~B.abort";
    let marks = marks(&run(life), Side::B);
    assert_eq!(marks.last(), Some(&("⑥".to_owned(), Mark::Sent)));
}

#[test]
fn a_phone_shows_the_timer_that_is_next() {
    let life = run(LIFE);
    let at = |place, side, language| timer_at(&life, place, side, language).unwrap();
    assert_eq!(at(6, Side::A, Language::Chinese), (950, "950 ms 后再说一遍".to_owned()));
    assert_eq!(timer_at(&life, 8, Side::A, Language::English), None);
    let (left, text) = at(13, Side::A, Language::Chinese);
    assert_eq!((left, text.as_str()), (999, "冷静期还有 239.9 s"));
    let (_, text) = at(13, Side::A, Language::English);
    assert_eq!(text, "stays up for another 239.9 s");
    assert_eq!(timer_at(&life, 15, Side::A, Language::English), None);
}

#[test]
fn the_last_wait_says_that_it_is_the_last() {
    // Expiries after 1, 3, 7, 15, 31, 63, 123 and 183 s: the eighth is beyond R2.
    let trace = run(&format!("v1~A.open~drop.1{}", "~A.rto".repeat(8)));
    let (_, text) = timer_at(&trace, 8, Side::A, Language::English).unwrap();
    assert!(text.starts_with("says it again"), "{text}");
    let (_, text) = timer_at(&trace, 9, Side::A, Language::English).unwrap();
    assert!(text.starts_with("gives up in"), "{text}");
    assert_eq!(label(&trace, 9, None, Language::English), "T’s alarm");
    assert_eq!(label(&trace, 10, None, Language::English), "T gives up");
    assert!(story(&trace, 10, Language::English).ends_with("connection timed out."));
}

/// Who keeps an acknowledgment back has an alarm for it, and is not told to have sent it.
#[test]
fn an_acknowledgment_that_waits_is_told_when_it_goes() {
    let told = "v1~acks.delayed~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hi~deliver.4";
    let waits = run(told);
    let held_back = "A letter, and just the line that P was waiting for. Not a word is missed. Inside: “hi”. P has heard, but keeps the “ok” back for a moment: if there is something to say, one letter can carry both.";
    assert_eq!(story(&waits, 7, Language::English), held_back);
    let english = Some((1000, "says “heard you” in 200 ms".to_owned()));
    assert_eq!(timer_at(&waits, 7, Side::B, Language::English), english);
    let chinese = Some((1000, "200 ms 后应一声“听见了”".to_owned()));
    assert_eq!(timer_at(&waits, 7, Side::B, Language::Chinese), chinese);
    let goes = run(&format!("{told}~B.ack"));
    assert_eq!(timer_at(&goes, 8, Side::B, Language::English), None);
    assert_eq!(label(&goes, 8, None, Language::English), "P says ok");
}

#[test]
fn buttons_say_what_a_call_means() {
    let open = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
    let together = run(open);
    assert_eq!(
        buttons(&together, Side::A, Language::Chinese),
        [("SEND", "说话"), ("CLOSE", "分手"), ("ABORT", "拉黑")]
    );
    let early = run("v1~B.listen~A.open");
    assert!(buttons(&early, Side::A, Language::English).contains(&("CLOSE", "let go")));
    assert!(buttons(&early, Side::B, Language::Chinese).contains(&("CLOSE", "算了")));
}

#[test]
fn a_bad_scene_is_told_what_is_wrong_and_where() {
    let good = include_str!("../scenes/confession.json");
    let cut = Scene::from_json(good.split_at(good.find("hook").unwrap()).0).unwrap_err();
    assert!(matches!(cut, SceneError::Json { line: 5, .. }), "{cut}");

    let one_language = good.replacen("\"en\": \"The confession\"", "\"fr\": \"La confession\"", 1);
    let error = Scene::from_json(&one_language).unwrap_err();
    assert!(error.to_string().contains("unknown field `fr`"), "{error}");
}

/// A word of the run is told with its step, its place in the file and what was expected there.
#[test]
fn a_scene_s_word_is_one_step_that_can_happen_there() {
    let good = include_str!("../scenes/confession.json");
    let place = |word: &str| {
        let line = good.lines().position(|line| line.contains(word)).expect(word);
        let before = good.lines().nth(line).and_then(|line| line.split(word).next()).unwrap();
        (line + 1, before.chars().count() + 1)
    };
    let started = "v1~iss.2621382867.1531875780";
    for (said, instead, id, wrong, expected) in [
        ("deliver.2", "deliver.9", "t-nods", "deliver.9", "no packet 9 is under way"),
        ("deliver.2", "deliver.two", "t-nods", "deliver.two", "expected a number"),
        ("deliver.2", "deliver.2~deliver.3", "t-nods", "deliver.2~deliver.3", "exactly one step"),
        ("deliver.2", "", "t-nods", "", "expected a "),
        ("B.listen", "window.5", "p-hopes", "window.5", "expected a "),
        (started, "v1~A.open", "start", "A.open", "steps stand in `steps`"),
        (started, "v1~delay.x", "start", "delay.x", "expected a "),
        (started, "v2", "start", "v2", "begins with its version"),
    ] {
        let bad = good.replacen(&format!("\"{said}\""), &format!("\"{instead}\""), 1);
        let error = Scene::from_json(&bad).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        let SceneError::Step { step, line, column, word, .. } = error else { panic!("{error}") };
        assert_eq!((step.as_str(), word.as_str()), (id, wrong), "{instead}");
        assert_eq!((line, column), place(&format!("\"{said}\"")), "{instead}");
    }
}

/// Two strangers fill the queue, then T calls in vain.
const CROWD: &str = "v1~backlog.2.1~B.listen~stranger.1.SYN.5000.0.1000~deliver.1\
    ~stranger.2.SYN.6000.0.1000~deliver.3~A.open~deliver.5";

#[test]
fn a_stranger_is_told_as_one_and_not_as_t() {
    let trace = run(CROWD);
    let told = story(&trace, 2, Language::English);
    assert!(told.starts_with("Fake admirer 1 writes to P"), "{told}");
    assert!(story(&trace, 2, Language::Chinese).starts_with("假仰慕者1号也给小P"));
    assert_eq!(label(&trace, 2, None, Language::English), "Fake admirer 1");
    // What P says to a stranger counts nothing of T's: the numbers stand as they are.
    let told = tell(&trace, 3, None, Language::English, Numbers::Relative);
    assert_eq!(told.rulings[0].comparison.as_deref(), Some("RCV.NXT = 5000 + 1 = 5001"));
    assert_eq!(told.rulings[0].checks.last().map(|check| check.name), Some("SYN"));
    let told = story(&trace, trace.len(), Language::English);
    assert!(told.contains("what T wrote"), "{told}");
}

#[test]
fn what_strangers_write_is_on_ps_side_and_never_on_ts() {
    let trace = run(CROWD);
    let position = Position::resting(&trace, trace.len());
    assert_eq!(bubbles(&trace, None).len(), 5);
    let strangers: Vec<_> =
        phone(&trace, Side::B).bubbles.into_iter().map(|bubble| bubble.stranger).collect();
    let [one, two] = ["fake admirer 1", "fake admirer 2"].map(|name| Some(name.to_owned()));
    assert_eq!(strangers, [one.clone(), one, two.clone(), two]);
    assert!(phone(&trace, Side::A).bubbles.iter().all(|bubble| bubble.stranger.is_none()));
    let ladder = view::ladder(&trace, position, Language::English, Numbers::Relative, None);
    let (ts, ps) = ladder.lanes;
    let edge = ladder.strangers.unwrap();
    assert!(ts < ps && ps < edge && edge <= ladder.size.0);
    for arrow in &ladder.arrows {
        let from = match (arrow.stranger, arrow.from) {
            (_, Side::B) => ps,
            (None, Side::A) => ts,
            (Some(_), Side::A) => edge,
        };
        assert_eq!(arrow.start.0, from, "{arrow:?}");
    }
    // P's lifeline stays in LISTEN: only a connection with T would change it.
    let states = ladder.states.iter().filter(|mark| mark.side == Side::B);
    assert_eq!(states.map(|mark| mark.state).collect::<Vec<_>>(), [State::Closed, State::Listen]);
    // In the air they can be touched like any other letter.
    let letters = view::letters(&trace, position, Language::English, Numbers::Relative);
    assert_eq!(letters.iter().filter(|letter| letter.stranger.is_some()).count(), 2);
    assert_eq!((letters[0].seq.as_str(), letters[0].choices.len()), ("300", 4));
}

#[test]
fn what_a_full_queue_drops_is_never_heard() {
    let mut trace = run(CROWD);
    let ts = |trace: &Trace| -> Vec<view::Bubble> {
        let heard = phone(trace, Side::B).bubbles.into_iter();
        heard.filter(|bubble| bubble.stranger.is_none()).collect()
    };
    assert_eq!(ts(&trace), []);
    assert_eq!(bubbles(&trace, None)[4].mark, Mark::TurnedAway);
    // T cannot know that, and waits.
    assert_eq!(phone(&trace, Side::A).bubbles[0].mark, Mark::Awaiting);
    // Once there is room, the same words are heard when they come again.
    for word in ["stranger.1.RST.5001", "deliver.6", "A.rto", "deliver.7"] {
        trace.extend(&word.parse().unwrap()).unwrap();
    }
    let heard = ts(&trace);
    assert_eq!(heard[0].packet, PacketId(7));
    assert_eq!((heard.len(), heard[0].mark), (2, Mark::Arrived));
}

#[test]
fn an_ack_that_a_full_queue_drops_is_never_heard() {
    let trace = run("v1~backlog.2.0~B.listen~A.open~deliver.1");
    assert_eq!(bubbles(&trace, None)[0].mark, Mark::TurnedAway);
    let trace = run("v1~backlog.2.1~B.listen~A.open~stranger.1.SYN.5000~deliver.1~deliver.2\
         ~stranger.1.ACK.5001.401~deliver.5~deliver.3~deliver.6");
    let last = bubbles(&trace, None).into_iter().find(|it| it.packet == PacketId(6)).unwrap();
    assert_eq!(last.mark, Mark::TurnedAway);
    let heard: Vec<u32> = phone(&trace, Side::B).bubbles.iter().map(|it| it.packet.0).collect();
    assert_eq!(heard, [1, 3, 2, 4, 5]);
}

/// What P knows of its own letters to strangers is what each connection knows.
#[test]
fn a_strangers_ack_tells_p_that_it_was_heard() {
    let mut trace = run("v1~backlog.2.2~B.listen~stranger.1.SYN.5000~deliver.1");
    let answer = |trace: &Trace| phone(trace, Side::B).bubbles[1].mark;
    assert_eq!(answer(&trace), Mark::Awaiting);
    for word in ["stranger.1.ACK.5001.301", "deliver.3"] {
        trace.extend(&word.parse().unwrap()).unwrap();
    }
    assert_eq!(answer(&trace), Mark::Acknowledged);
}

/// A stranger's name is its port (RFC 9293 section 3.1 for the places of the ports).
#[test]
fn a_strangers_letter_bears_its_own_port() {
    let trace = run("v1~port.51314.520~backlog.2.2~B.listen~stranger.7.SYN.5000~deliver.1");
    let position = Position::resting(&trace, trace.len());
    let ports = |packet: u32| {
        let numbers = Numbers::Relative;
        let id = PacketId(packet);
        let fields = view::fields(&trace, position, id, Language::English, numbers).unwrap();
        let values: Vec<_> =
            fields.form.cells.iter().take(2).map(|cell| cell.value.clone().unwrap()).collect();
        (values, fields.ends)
    };
    let names = |from: &str, to: &str| [from.to_owned(), to.to_owned()];
    let stranger = "fake admirer 7";
    assert_eq!(ports(1), (names("7", "520").to_vec(), names(stranger, "P")));
    assert_eq!(ports(2), (names("520", "7").to_vec(), names("P", stranger)));
}

/// RFC 4987 section 3.6: a cookie is no number from which anything is counted. RFC 9293 section
/// 3.5.2: the number of a RST is taken from what it answers.
#[test]
fn a_number_that_counts_nothing_says_where_it_comes_from() {
    let cookie = run("v1~variant.syn-cookies~backlog.0.2~B.listen~A.open~deliver.1");
    let words = |trace: &Trace, ordinal| sum(trace, ordinal, view::RowKind::Seq).2.join(" ");
    assert!(words(&cookie, 2).contains("cookie"), "{}", words(&cookie, 2));
    let ghost = run("v1~B.listen~A.open~forge.B.SYN.90~deliver.2");
    assert!(words(&ghost, 2).contains("long ago"), "{}", words(&ghost, 2));
    let refused = run("v1~A.open~deliver.1");
    assert!(words(&refused, 2).starts_with('0'), "{}", words(&refused, 2));
    let reset = run("v1~B.listen~forge.B.ACK.90.91~deliver.1");
    assert!(words(&reset, 2).contains("ack number"), "{}", words(&reset, 2));
    let stranger = run("v1~backlog.2.2~B.listen~stranger.7.SYN.5000~deliver.1");
    assert!(words(&stranger, 1).contains("where the stranger starts"), "{}", words(&stranger, 1));
    assert!(words(&stranger, 2).contains("where P starts"), "{}", words(&stranger, 2));
}

#[test]
fn a_phone_says_once_that_it_waits() {
    let asked = run("v1~B.listen~A.open");
    let shown = phone(&asked, Side::A);
    assert_eq!((shown.waiting, shown.bubbles[0].mark), (false, Mark::Awaiting));
    // Whoever asks “still there?” waits as well, although a bare ACK needs no answer.
    let probed = run("v1~keepalive.60s.10s.2.off~B.listen~A.open~deliver.1~deliver.2~deliver.3\
         ~A.keepalive");
    assert!(phone(&probed, Side::A).waiting);
}

#[test]
fn ps_phone_shows_how_full_its_queues_are() {
    let trace = run(CROWD);
    let queues = phone(&trace, Side::B).queues.unwrap();
    assert_eq!((queues.half_open, queues.waiting), ((2, 2), (0, 1)));
    assert_eq!(phone(&trace, Side::A).queues, None);
    assert_eq!(phone(&run("v1~B.listen"), Side::B).queues, None);
}

#[test]
fn p_does_not_know_of_a_connection_that_was_not_accepted() {
    let mut trace = run("v1~backlog.1.1~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    let before = phone(&trace, Side::B);
    assert_eq!(before.queues.map(|queues| queues.waiting), Some((1, 1)));
    assert_ne!(before.feeling, "together");
    let names = |trace: &Trace| buttons(trace, Side::B, Language::English);
    let listeners = [("ACCEPT", "pick up"), ("CLOSE", "let go"), ("ABORT", "block")];
    assert_eq!(names(&trace), listeners);
    trace.extend(&"B.accept".parse().unwrap()).unwrap();
    assert_eq!(phone(&trace, Side::B).feeling, "together");
    assert!(names(&trace).contains(&("CLOSE", "part")));
}

/// Is something said, and nothing left to be filled in?
fn is_whole(said: &str) -> bool {
    !said.is_empty() && !said.contains(['{', '}'])
}

proptest! {
    /// Whatever happens, everything can be shown, in both languages, at every place.
    #[test]
    fn nothing_that_happens_cannot_be_shown(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        opening in prop::sample::select(vec![
            "",
            "~backlog.1.1~B.listen~stranger.7.SYN.5000~deliver.1~stranger.8.SYN.6000",
            "~backlog.1.1.reset~variant.syn-cookies~B.listen~stranger.7.SYN.5000~deliver.1\
             ~stranger.7.ACK.5001.301",
        ]),
    ) {
        let mut trace = run(&format!("v1~delay.100ms.9000000000000000000us{opening}"));
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
                    let told = tell(&trace, place, None, language, numbers).story;
                    prop_assert!(is_whole(&told), "{}", told);
                    for bubble in view::conversation(&trace, position, None, language, numbers) {
                        prop_assert!(is_whole(&bubble.text), "{}", bubble.text);
                    }
                    for side in Side::BOTH {
                        view::phone(&trace, position, side, None, (language, numbers), usize::MAX);
                    }
                    if let Some(packet) = view::newest_packet(&trace, position) {
                        let fields = view::fields(&trace, position, packet, language, numbers);
                        prop_assert!(fields.is_some());
                    }
                }
                view::state_diagram(&trace, position, language, false);
                view::timeline(&trace, place, None, language);
            }
            let language = Language::English;
            let ladder = view::ladder(&trace, position, language, Numbers::Relative, None);
            prop_assert!(ladder.now.0 <= ladder.size.1);
        }
    }
}

#[test]
fn who_acts_feels_something_and_the_network_feels_nothing() {
    let scene = Scene::confession().unwrap();
    let own = tell(scene.trace(), 1, Some(&scene), Language::English, Numbers::Relative);
    assert_eq!(own.feels.as_deref(), Some("Hope, kept very quiet"));
    let other = run("v1~B.listen~A.open~drop.1");
    let feels = |place| tell(&other, place, None, Language::English, Numbers::Relative).feels;
    assert_eq!(feels(2).as_deref(), Some("confessed, staring at the phone"));
    assert_eq!((feels(0), feels(3)), (None, None));
}
