//! The page as HTML, without a browser: what each moment of the story shows, in both languages.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use handshake::{Choice, PacketId};
use story::{Language, Scene};
use tcp_love_story::components::{Player, PlayerProps, strip};
use tcp_love_story::session::{Action, Session};
use yew::{Callback, Html, LocalServerRenderer, Properties, function_component};

fn session(language: Language) -> Session {
    Session::new(Scene::confession().expect("the scene is built in"), language)
}

async fn render(session: &Session) -> String {
    let props = PlayerProps {
        session: Rc::new(session.clone()),
        act: Callback::noop(),
        inbox: String::new(),
    };
    LocalServerRenderer::<Player>::with_props(props).hydratable(false).render().await
}

async fn render_at(place: usize, language: Language) -> String {
    render(&session(language).after(Action::Seek(place))).await
}

fn assert_shows(html: &str, expected: &[&str]) {
    for text in expected {
        assert!(html.contains(text), "{text:?} is not in {html}");
    }
}

#[tokio::test]
async fn each_moment_shows_both_states() {
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
            let html = render_at(place, language).await;
            let (t, p) = (format!("data-state=\"{t}\""), format!("data-state=\"{p}\""));
            assert_shows(&html, &[&t, &p]);
        }
    }
}

#[tokio::test]
async fn the_reply_in_flight_shows_its_numbers() {
    let html = render_at(3, Language::English).await;
    assert_shows(
        &html,
        &["SYN,ACK seq 0 ack 1", "seq of ①", "its SYN takes one", "§3.10.7.2", "1531875780"],
    );
}

#[tokio::test]
async fn the_menu_offers_what_can_happen_to_the_letter() {
    let in_flight = render_at(2, Language::English).await;
    assert_shows(&in_flight, &["Deliver", "Lose", "Delay", "Copy"]);
    let quiet = render_at(5, Language::English).await;
    assert!(!quiet.contains("class=\"tag\""), "nothing is in the air at the end");
}

#[tokio::test]
async fn a_phone_shows_no_more_than_its_owner_knows() {
    // P's answer is on its way: T's phone still waits and shows one message only.
    let html = render_at(3, Language::English).await;
    let phone_of_t = html.split("phone--t").nth(1).and_then(|rest| rest.split("</article>").next());
    let phone_of_t = phone_of_t.expect("a phone of T");
    assert_eq!(phone_of_t.matches("bubble-text").count(), 1);
    assert_shows(phone_of_t, &["no answer yet"]);
}

#[tokio::test]
async fn a_run_that_the_reader_made_is_told_as_well() {
    let lost = session(Language::English)
        .after(Action::Seek(2))
        .after(Action::Choose(Choice::Drop(PacketId(1))));
    let html = render(&lost).await;
    assert_shows(&html, &["Letter ① is lost on the way", "Back to the story as written"]);
    let again = render(&lost.after(Action::Seek(4))).await;
    assert_shows(&again, &["The alarm rings", "RFC 6298"]);
}

#[tokio::test]
async fn nothing_needs_an_inline_style() {
    for language in Language::ALL {
        for place in 0..=5 {
            assert!(!render_at(place, language).await.contains("style="));
        }
    }
}

/// The part of the page between two texts.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let rest = html.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

#[tokio::test]
async fn every_view_says_which_message_it_shows() {
    let html = render_at(3, Language::English).await;
    let views = [
        ("the ladder", between(&html, "class=\"ld\"", "</svg></div>")),
        ("the state diagram", between(&html, "sd sd--wide", "</svg>")),
        ("the phone of P", between(&html, "phone--p", "</article>")),
        ("the chat", between(&html, "chat-both", "</ol>")),
        ("the air", between(&html, "sky-way", "class=\"tags\"")),
        ("the menus", between(&html, "class=\"tags\"", "ruler")),
    ];
    for (view, html) in views {
        let says = html.split("data-packet=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let says = says.flat_map(str::split_whitespace).any(|packet| packet == "2");
        assert!(says, "{view} does not show message 2");
    }
    assert_shows(&html, &["data-packet=\"2\" class=\"plate plate--fields\""]);
}

#[tokio::test]
async fn a_message_has_a_full_name_wherever_it_can_be_touched() {
    let html = render_at(4, Language::English).await;
    assert_shows(&html, &["Message 2, P to T, SYN and ACK, seq 0, ack 1, arrived"]);
    let html = render_at(4, Language::Chinese).await;
    assert_shows(&html, &["第 2 封，小P寄给小T，SYN 和 ACK，seq 0，ack 1，已到"]);
}

#[tokio::test]
async fn the_message_picked_out_is_laid_open() {
    let picked =
        session(Language::English).after(Action::Seek(4)).after(Action::Select(Some(PacketId(1))));
    let html = render(&picked).await;
    assert_shows(&html, &["data-packet=\"1\" class=\"plate plate--fields\""]);
    let released = render(&picked.after(Action::Select(Some(PacketId(1))))).await;
    assert_shows(&released, &["data-packet=\"3\" class=\"plate plate--fields\""]);
    let pressed = |html: &str| html.matches("aria-pressed=\"true\"").count();
    assert!(pressed(&released) < pressed(&html));
}

#[tokio::test]
async fn each_drawing_has_one_part_that_tab_reaches() {
    let html = render_at(4, Language::English).await;
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

#[tokio::test]
async fn four_letters_in_the_air_are_three_and_one_more() {
    let copy = Action::Choose(Choice::Duplicate(PacketId(1)));
    let crowd = session(Language::English)
        .after(Action::Seek(2))
        .after(copy.clone())
        .after(copy.clone())
        .after(copy);
    let html = render(&crowd).await;
    let air = between(&html, "sky-way", "class=\"tags\"");
    assert_eq!(air.matches("class=\"letter-body\"").count(), 3);
    assert_shows(air, &["+1"]);
    assert_shows(&html, &["one more letter in flight"]);
}

#[derive(Properties, PartialEq)]
struct PaperProps {
    session: Session,
}

#[function_component]
fn Paper(PaperProps { session }: &PaperProps) -> Html {
    strip(session)
}

#[tokio::test]
async fn on_paper_every_step_has_a_panel() {
    for language in Language::ALL {
        let props = PaperProps { session: session(language) };
        let html = LocalServerRenderer::<Paper>::with_props(props).hydratable(false).render().await;
        assert_eq!(html.matches("class=\"panel\"").count(), 6);
        assert_shows(&html, &["SYN-RECEIVED", "SYN,ACK seq 0 ack 1", "§3.10.7.2"]);
    }
}
