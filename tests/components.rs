//! The page as HTML, without a browser: what each moment of the story shows, in both languages.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use handshake::{Choice, PacketId};
use story::{Language, Scene};
use tcp_love_story::components::{Player, PlayerProps};
use tcp_love_story::session::{Action, Session};
use yew::{Callback, LocalServerRenderer};

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
