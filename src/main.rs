//! Starts the page.

use tcp_love_story::browser;
use tcp_love_story::components::App;

fn main() {
    yew::Renderer::<App>::with_root_and_props(browser::root(), browser::wishes()).render();
}
