//! Starts the page.

use tcp_love_story::browser;
use tcp_love_story::page::Page;

fn main() {
    // It lives as long as the document.
    std::mem::forget(Page::open(browser::root(), browser::wishes()));
}
