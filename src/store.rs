//! What the page remembers between visits, if the browser lets it: never more than a reader chose.

use web_sys::Storage;

/// The names of everything kept begin alike, because a host may be shared with other pages.
const PREFIX: &str = "tcp-love-story/";

/// What was kept under a name; nothing where the browser keeps nothing.
pub fn get(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// Keeps something under a name. Where the browser refuses, the page goes on without.
pub fn put(name: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), value);
    }
}

/// In a frame without rights the storage cannot even be asked for.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
