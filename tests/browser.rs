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
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};

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
