//! The page as HTML, without a browser: what each moment of the story shows, in both languages.
#![cfg(not(target_arch = "wasm32"))]

use handshake::{Choice, PacketId};
use story::{Language, Lexicon, Scene};
use tcp_love_story::components::{player, strip};
use tcp_love_story::keys;
use tcp_love_story::session::{Action, Lens, Room, Session, Speed, Switch, Tab, Theme};

fn session(language: Language) -> Session {
    Session::new(Scene::confession().expect("the scene is built in"), language)
}

fn render(session: &Session) -> String {
    player(session, "../").into_string()
}

fn render_at(place: usize, language: Language) -> String {
    render(&session(language).after(Action::Seek(place)))
}

fn assert_shows(html: &str, expected: &[&str]) {
    for text in expected {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}

#[test]
fn each_moment_shows_both_states() {
    let states = [
        ["CLOSED", "CLOSED"],
        ["CLOSED", "LISTEN"],
        ["SYN-SENT", "LISTEN"],
        ["SYN-SENT", "SYN-RECEIVED"],
        ["ESTABLISHED", "SYN-RECEIVED"],
        ["ESTABLISHED", "ESTABLISHED"],
    ];
    for language in Language::ALL {
        for (place, [t, p]) in states.into_iter().enumerate() {
            let html = render_at(place, language);
            let (t, p) = (format!("data-state=\"{t}\""), format!("data-state=\"{p}\""));
            assert_shows(&html, &[&t, &p]);
        }
    }
}

#[test]
fn the_reply_in_flight_shows_its_numbers() {
    let html = render_at(3, Language::English);
    assert_shows(
        &html,
        &["SYN,ACK seq 0 ack 1", "seq of ①", "its SYN takes one", "§3.10.7.2", "1531875780"],
    );
}

#[test]
fn the_menu_offers_what_can_happen_to_the_letter() {
    let in_flight = render_at(2, Language::English);
    assert_shows(&in_flight, &["Deliver", "Lose", "Delay", "Copy"]);
    let quiet = render_at(5, Language::English);
    assert!(!quiet.contains("class=\"tag\""), "nothing is in the air at the end");
}

#[test]
fn a_phone_shows_no_more_than_its_owner_knows() {
    // P's answer is on its way: T's phone still waits and shows one message only.
    let html = render_at(3, Language::English);
    let phone_of_t = html.split("phone--t").nth(1).and_then(|rest| rest.split("</article>").next());
    let phone_of_t = phone_of_t.expect("a phone of T");
    assert_eq!(phone_of_t.matches("bubble-text").count(), 1);
    assert_shows(phone_of_t, &["no answer yet"]);
}

#[test]
fn a_run_that_the_reader_made_is_told_as_well() {
    let lost = session(Language::English)
        .after(Action::Seek(2))
        .after(Action::Choose(Choice::Drop(PacketId(1))));
    let html = render(&lost);
    assert_shows(&html, &["Letter ① is lost on the way", "Back to the story as written"]);
    let again = lost.after(Action::Seek(4));
    // Until its words are there, a rule is named by where it stands.
    let named = render(&again);
    assert_shows(&named, &["T goes by this rule: RFC 9293 §3.10.8.", "data-rule=\"retransmit\""]);
    assert!(!named.contains("The alarm rings"), "{named}");
    let words = Action::Learn(Some(Lexicon::text(Language::English).into()));
    assert_shows(&render(&again.after(words)), &["The alarm rings", "RFC 6298"]);
}

#[test]
fn nothing_needs_an_inline_style() {
    for language in Language::ALL {
        for place in 0..=5 {
            assert!(!render_at(place, language).contains("style="));
        }
    }
}

/// The narration's story as it is read, without the markup around its words of the trade.
fn story_of(html: &str) -> String {
    let after = html.split("class=\"story\"").nth(1).expect("a story");
    let story = after.split("class=\"more\"").next().unwrap_or_default();
    let text = story.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text);
    text.collect()
}

#[test]
fn under_the_tcp_lens_the_story_is_plain_facts() {
    let love = session(Language::English).after(Action::Seek(3));
    let html = render(&love);
    assert!(html.contains("I like you. This is my line 0."));
    assert_shows(&html, &["class=\"feels\""]);

    let html = render(&love.after(Action::SetLens(Lens::Tcp)));
    let story = story_of(&html);
    assert_shows(&story, &["① SYN seq 0 arrives at P.", "P sends ② SYN,ACK seq 0 ack 1."]);
    assert!(!html.contains("I like you") && !html.contains("class=\"feels\""));
    assert_shows(
        &html,
        &["sent a SYN, waiting for the peer’s", "aria-pressed=\"true\" data-do=\"lens tcp\">TCP<"],
    );
}

#[test]
fn the_small_diagram_numbers_the_ways_walked_and_says_who_goes_next() {
    let html = |language| {
        let narrow = session(language).after(Action::SetRoom(Room::Narrow));
        render(&narrow.after(Action::SetTab(Tab::States)).after(Action::Seek(3)))
    };
    let english = html(Language::English);
    assert_eq!(english.matches("sd-badge").count(), 3);
    assert_shows(
        between(&english, "class=\"next", "</p>"),
        &["T goes next", "to <b", "ESTABLISHED"],
    );
    let chinese = html(Language::Chinese);
    assert_shows(between(&chinese, "class=\"next", "</p>"), &["接下来小T", "到 <b", "ESTABLISHED"]);
}

#[test]
fn how_it_feels_stands_under_the_story_in_both_languages() {
    for (language, feels) in
        [(Language::English, "Hope, kept very quiet"), (Language::Chinese, "心里像揣了只兔子")]
    {
        assert_shows(&story_of(&render_at(1, language)), &[feels]);
    }
}

#[test]
fn the_page_speaks_with_one_voice() {
    let resting = session(Language::English).after(Action::Seek(3));
    let live = |html: &str| {
        let regions = ["aria-live", "role=\"status\"", "role=\"log\"", "role=\"alert\""];
        regions.map(|region| html.matches(region).count())
    };
    let html = render(&resting);
    // What is said of a link is said apart, and as a rule nothing is.
    assert_eq!(live(&html), [1, 1, 0, 0]);
    assert_shows(&html, &["role=\"status\"></div>"]);
    assert_shows(&html, &["aria-live=\"polite\""]);
    assert_shows(&story_of(&html), &["Step 3 of 5: "]);
    // While places rush by, it is silent.
    let dragged = render(&resting.after(Action::Scrub(2)));
    assert_shows(&dragged, &["aria-live=\"off\""]);
    let fast = resting.after(Action::SetSpeed(Speed::Fourfold)).after(Action::TogglePlay);
    assert_shows(&render(&fast), &["aria-live=\"off\""]);
    let slow = resting.after(Action::TogglePlay);
    assert_shows(&render(&slow), &["aria-live=\"polite\""]);
}

#[test]
fn words_of_the_trade_explain_themselves() {
    let html = render_at(0, Language::Chinese);
    // The note is there, and empty until it is wanted.
    assert_shows(&html, &["popovertarget=\"term-story-CLOSED\"", "id=\"term-story-CLOSED\""]);
    assert_shows(&story_of(&html), &["这就叫 CLOSED。"]);
    assert!(!html.contains("它不是真的状态"));
}

#[test]
fn what_closes_a_sentence_stays_with_its_last_word() {
    // A button ends here, and behind it a line may end.
    let html = (0..=5).map(|place| render_at(place, Language::English)).collect::<String>();
    let notes = html.split("popover=\"auto\"").skip(1);
    let behind = notes.filter_map(|note| note.split_once("</span></span>"));
    let behind: Vec<&str> = behind.map(|(_, behind)| behind).collect();
    let closed = behind.iter().filter(|behind| behind.starts_with('.'));
    let mut closed = closed.map(|behind| behind.starts_with(".</span>")).peekable();
    assert!(closed.peek().is_some() && closed.all(|together| together));
}

#[test]
fn where_there_are_no_notes_there_is_no_button_for_them() {
    let (scene, _) = Scene::of_run("v1~B.listen");
    let html = render(&Session::new(scene, Language::English));
    assert!(!html.contains("class=\"more\"") && !html.contains("class=\"margin\""));
    assert_shows(&render_at(1, Language::English), &["class=\"more\"", "class=\"margin\""]);
}

#[test]
fn the_help_lists_every_key() {
    let closed = session(Language::Chinese);
    assert!(!render(&closed).contains("<kbd"));
    for language in Language::ALL {
        let html = render(&session(language).after(Action::SetHelp(true)));
        for row in keys::ROWS {
            assert_shows(&html, &[row.words.to(language)]);
        }
        assert_shows(&html, &["Space", "PgDn", "type=\"checkbox\""]);
    }
}

#[test]
fn every_theme_has_a_name() {
    let names = ["as your system", "day", "night", "projector"];
    for (theme, name) in Theme::ALL.into_iter().zip(names) {
        let html = render(&session(Language::English).after(Action::SetTheme(theme)));
        assert_shows(&html, &[&format!("aria-label=\"Colours: {name}\"")]);
    }
}

#[test]
fn what_is_switched_on_says_so() {
    let on = session(Language::English).after(Action::Flip(Switch::Pauses));
    let pressed = |html: &str, name: &str| {
        let button = html.split("<button").find(|button| button.contains(name));
        button.expect("a button of that name").contains("aria-pressed=\"true\"")
    };
    let html = render(&on);
    assert!(pressed(&html, "title=\"Pause at each step\""));
    assert!(!pressed(&html, "title=\"Ding when a letter lands\""));
}

/// The part of the page between two texts.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let rest = html.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

#[test]
fn every_view_says_which_message_it_shows() {
    let html = render_at(3, Language::English);
    let views = [
        ("the ladder", between(&html, "class=\"ld\"", "</svg></div>")),
        ("the state diagram", between(&html, "sd sd--wide", "</svg>")),
        ("the phone of P", between(&html, "phone--p", "</article>")),
        ("the chat", between(&html, "chat-both", "</ol>")),
        ("the air", between(&html, "sky-way", "class=\"tags")),
        ("the menus", between(&html, "class=\"tags", "ruler")),
    ];
    for (view, html) in views {
        let says = html.split("data-packet=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let says = says.flat_map(str::split_whitespace).any(|packet| packet == "2");
        assert!(says, "{view} does not show message 2");
    }
    assert_shows(&html, &["class=\"plate plate--fields\" data-key=\"fields\" data-packet=\"2\""]);
}

#[test]
fn a_message_has_a_full_name_wherever_it_can_be_touched() {
    let html = render_at(4, Language::English);
    assert_shows(&html, &["Message 2, P to T, SYN and ACK, seq 0, ack 1, arrived"]);
    let html = render_at(4, Language::Chinese);
    assert_shows(&html, &["第 2 封，小P寄给小T，SYN 和 ACK，seq 0，ack 1，已到"]);
}

#[test]
fn the_message_picked_out_is_laid_open() {
    let picked =
        session(Language::English).after(Action::Seek(4)).after(Action::Select(Some(PacketId(1))));
    let html = render(&picked);
    assert_shows(&html, &["class=\"plate plate--fields\" data-key=\"fields\" data-packet=\"1\""]);
    let released = render(&picked.after(Action::Select(Some(PacketId(1)))));
    assert_shows(
        &released,
        &["class=\"plate plate--fields\" data-key=\"fields\" data-packet=\"3\""],
    );
    let pressed = |html: &str| html.matches("aria-pressed=\"true\"").count();
    assert!(pressed(&released) < pressed(&html));
}

#[test]
fn each_drawing_has_one_part_that_tab_reaches() {
    let html = render_at(4, Language::English);
    let drawings = [
        ("the header", between(&html, "class=\"hd\"", "</svg>")),
        ("the states", between(&html, "sd sd--wide", "</svg>")),
        ("the ladder", between(&html, "class=\"ld\"", "</svg></div>")),
    ];
    for (drawing, html) in drawings {
        assert_eq!(html.matches("tabindex=\"0\"").count(), 1, "{drawing}");
        assert!(html.matches("tabindex=\"-1\"").count() > 1, "{drawing}");
    }
}

#[test]
fn four_letters_in_the_air_are_three_and_one_more() {
    let copy = Action::Choose(Choice::Duplicate(PacketId(1)));
    let crowd = session(Language::English)
        .after(Action::Seek(2))
        .after(copy.clone())
        .after(copy.clone())
        .after(copy);
    let html = render(&crowd);
    let air = between(&html, "sky-way", "class=\"tags");
    assert_eq!(air.matches("class=\"letter-body\"").count(), 3);
    assert_shows(air, &["+1"]);
    assert_shows(&html, &["one more letter in flight"]);
}

#[test]
fn on_paper_every_step_has_a_panel() {
    for language in Language::ALL {
        let html = strip(&session(language)).into_string();
        assert_eq!(html.matches("class=\"panel\"").count(), 6);
        assert_eq!(html.matches("class=\"face\"").count(), 12);
        assert!(html.contains("♥"));
        assert_shows(&html, &["SYN-RECEIVED", "SYN,ACK seq 0 ack 1", "§3.10.7.2"]);
    }
}

#[test]
fn a_run_of_ones_own_is_told_in_both_languages() {
    for (language, title) in
        [(Language::Chinese, "你的一段"), (Language::English, "A run of your own")]
    {
        let (scene, error) = Scene::of_run("v1~B.listen~A.open");
        assert_eq!(error, None);
        let html = render(&Session::new(scene, language).after(Action::Last));
        assert_shows(&html, &[title, "SYN-SENT", "LISTEN"]);
    }
}

#[test]
fn what_cannot_be_read_of_a_run_leaves_the_rest() {
    let (scene, error) = Scene::of_run("v1~B.listen~A.oepn");
    assert_eq!(scene.trace().len(), 1);
    assert_eq!(error.expect("a word that is none").word, "A.oepn");
}

#[test]
fn a_long_chat_shows_its_newest_messages_and_the_way_to_the_others() {
    let said: Vec<String> = (0..30).map(|n| format!("~A.send.x{n}")).collect();
    let run = format!("v1~B.listen~A.open~deliver.1~deliver.2~deliver.3{}", said.concat());
    let (scene, error) = Scene::of_run(&run);
    assert_eq!(error, None);
    // T has sent a SYN, an ACK and thirty lines, and heard a SYN,ACK.
    let html = render(&Session::new(scene, Language::English).after(Action::Last));
    assert_shows(&html, &["Show 21 earlier messages", "“x29”"]);
}
