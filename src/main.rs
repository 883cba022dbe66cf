//! Starts the page.

use tcp_love_story::browser;
use tcp_love_story::page::Page;

/// A third of the size of the standard library's, which every reader would load.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    Page::open(browser::root(), browser::wishes());
}
