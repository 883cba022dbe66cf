//! Components in a real browser, where there are clicks, keys and a clock.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use gloo_timers::future::sleep;
use std::rc::Rc;
use std::time::Duration;
use story::{Language, Scene};
use tcp_love_story::browser::Wishes;
use tcp_love_story::page::Page;
use tcp_love_story::route::Route;
use tcp_love_story::screen::Screen;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The page in an element of its own, drawn at this place.
async fn page(wishes: Wishes, drawn: usize) -> Element {
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    let scene = Rc::new(Scene::confession().unwrap());
    Page::telling(scene, place.clone(), wishes);
    placed(&place, drawn).await;
    place
}

/// Waits until this is there, for at most ten seconds.
async fn shown(page: &Element, selector: &str) -> HtmlElement {
    for _ in 0..500 {
        if let Some(found) = page.query_selector(selector).unwrap() {
            return found.dyn_into().unwrap();
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no {selector}")
}

/// Waits until all views show this place; the bar, which says it, is drawn last.
async fn placed(page: &Element, place: usize) {
    shown(page, &format!(".bar[data-place='{place}']")).await;
}

fn wishes() -> Wishes {
    Wishes {
        language: Language::English,
        route: Route::to("confession"),
        root: "/".to_owned(),
        place: 0,
        reduced_motion: true,
        handed: None,
    }
}

fn find(page: &Element, selector: &str) -> HtmlElement {
    let found = page.query_selector(selector).unwrap();
    found.unwrap_or_else(|| panic!("no {selector}")).dyn_into().unwrap()
}

#[wasm_bindgen_test]
async fn next_makes_one_step_and_back_undoes_it() {
    let page = page(wishes(), 0).await;
    find(&page, ".tb--fwd").click();
    placed(&page, 1).await;
    assert_eq!(find(&page, ".phone--p").get_attribute("data-state").unwrap(), "LISTEN");
    find(&page, ".tb[aria-label='Back']").click();
    placed(&page, 0).await;
    page.remove();
}

#[wasm_bindgen_test]
async fn a_letter_flies_before_it_lands() {
    let page = page(Wishes { place: 2, reduced_motion: false, ..wishes() }, 2).await;
    find(&page, ".tb--fwd").click();
    shown(&page, ".letter--arrive").await;
    assert_eq!(find(&page, ".bar").get_attribute("data-place").unwrap(), "2");
    placed(&page, 3).await;
    page.remove();
}

#[wasm_bindgen_test]
async fn a_lost_letter_makes_the_story_another_one() {
    let page = page(Wishes { place: 2, ..wishes() }, 2).await;
    find(&page, ".tag .act:nth-of-type(2)").click();
    placed(&page, 3).await;
    assert!(find(&page, ".story").inner_text().contains("is lost on the way"));
    find(&page, ".picks .share").click();
    placed(&page, 2).await;
    page.remove();
}

#[wasm_bindgen_test]
async fn a_step_beyond_the_end_is_the_end() {
    let page = page(Wishes { place: 99, ..wishes() }, 5).await;
    page.remove();
}

/// What an element shows when it shows this HTML at once.
fn shown_at_once(html: &str) -> String {
    let element = document().create_element("div").unwrap();
    element.set_inner_html(html);
    element.inner_html()
}

#[wasm_bindgen_test]
fn a_screen_that_shows_one_page_can_show_any_other() {
    let pages = [
        "",
        "text",
        "<p>one</p>",
        "<p>two &amp; <b>three</b></p>text",
        "text<p>one</p><p>two</p>text",
        r#"<ul><li data-key="1">a</li><li data-key="2">b</li></ul>"#,
        r#"<ul><li data-key="2" class="x &quot;y&quot;">爱</li><li data-key="3">c</li></ul>"#,
        r#"<svg viewBox="0 0 1 1"><path d="M0 0"></path><text>x</text></svg>"#,
        r#"<svg viewBox="0 0 2 2"><text>x</text><animateMotion dur="1s"></animateMotion></svg>"#,
        "<div data-turn><p>one</p><p data-turn>two</p></div><p data-turn>three</p>",
        r#"<div data-turn id="x"><p>four</p>five<p data-turn>six</p></div>"#,
        r#"<ul><li data-key="1" data-reused>a</li><li data-key="2" data-reused>b</li></ul>"#,
        r#"<ul>x<li data-key="3" data-reused><b>c</b></li><li data-key="2">b</li></ul>"#,
    ];
    for old in pages {
        for new in pages {
            for in_turns in [false, true] {
                let root = document().create_element("div").unwrap();
                let mut screen = Screen::new(root.clone());
                assert!(screen.show(old.to_owned()));
                let mut is_anew = screen.show(new.to_owned());
                while in_turns && !screen.is_done() {
                    is_anew |= screen.go_on();
                }
                is_anew |= screen.finish();
                assert_eq!(root.inner_html(), shown_at_once(new), "{old} -> {new}");
                assert!(!is_anew, "{old} -> {new}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn a_screen_that_others_have_changed_is_drawn_anew() {
    let root = document().create_element("div").unwrap();
    let mut screen = Screen::new(root.clone());
    screen.show("<p>one</p><i>two</i>".to_owned());
    root.set_inner_html("<p><font>eins</font></p>");
    screen.show("<p>one</p><i>three</i>".to_owned());
    assert!(screen.finish());
    assert_eq!(root.inner_html(), "<p>one</p><i>three</i>");
}

#[wasm_bindgen_test]
fn what_a_reader_has_set_by_hand_follows_the_page_again() {
    let root = document().create_element("div").unwrap();
    let mut screen = Screen::new(root.clone());
    let ruler = |value: &str| format!(r#"<input type="range" max="9" value="{value}">"#);
    screen.show(ruler("3"));
    let input: HtmlInputElement = find(&root, "input").unchecked_into();
    input.set_value("7");
    screen.show(ruler("4"));
    screen.finish();
    assert_eq!(input.value(), "4");
}
