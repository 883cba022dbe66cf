//! Starts the page.

use tcp_love_story::browser;
use tcp_love_story::page::Page;

fn main() {
    Page::open(browser::root(), browser::wishes());
}
