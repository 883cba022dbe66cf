//! Small settings, kept in the browser from one visit to the next. Where the browser keeps nothing,
//! in a frame without rights say, they last as long as the page: nothing here ever fails.

use std::cell::RefCell;

use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Other pages of the same host keep things too.
fn name(key: &str) -> String {
    format!("tcp-love-story.{key}")
}

fn storage() -> Option<Storage> {
    // There is no window to ask outside a browser.
    let window = if cfg!(target_arch = "wasm32") { web_sys::window() } else { None };
    window?.local_storage().ok().flatten()
}

/// What was put under this key, now or on an earlier visit.
pub fn get(key: &str) -> Option<String> {
    let name = name(key);
    let remembered = MEMORY.with_borrow(|memory| {
        let found = memory.iter().find(|(kept, _)| *kept == name);
        found.map(|(_, value)| value.clone())
    });
    remembered.or_else(|| storage()?.get_item(&name).ok().flatten())
}

/// Puts a value under a key, in place of what was there.
pub fn put(key: &str, value: &str) {
    let name = name(key);
    if let Some(storage) = storage() {
        // A full storage refuses; the memory below has it all the same.
        let _ = storage.set_item(&name, value);
    }
    MEMORY.with_borrow_mut(|memory| {
        memory.retain(|(kept, _)| *kept != name);
        memory.push((name, value.to_owned()));
    });
}

/// What was put here and might not be there on the next page, as a text.
pub(crate) fn memory() -> String {
    MEMORY.with_borrow(|memory| {
        let lines = memory.iter().flat_map(|(name, value)| [name, "=", value, "\n"]);
        lines.collect()
    })
}

/// Remembers what the page before had in its memory.
pub(crate) fn recall(memory: &str) {
    let lines = memory.lines().filter_map(|line| line.split_once('='));
    let lines = lines.map(|(name, value)| (name.to_owned(), value.to_owned()));
    MEMORY.with_borrow_mut(|memory| memory.extend(lines));
}

/// Will what is put here be there on the next visit?
pub fn is_kept() -> bool {
    storage().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_the_memory_keeps_what_was_put_last() {
        assert!(!is_kept());
        assert_eq!(get("lens"), None);
        put("lens", "tcp");
        put("lens", "love");
        assert_eq!(get("lens").as_deref(), Some("love"));
        assert_eq!(get("theme"), None);
    }

    #[test]
    fn the_next_page_recalls_what_this_one_remembers() {
        put("last", "confession 3");
        put("speed", "2");
        let memory = memory();
        MEMORY.with_borrow_mut(Vec::clear);
        recall(&memory);
        recall("nonsense");
        assert_eq!(get("last").as_deref(), Some("confession 3"));
        assert_eq!(get("speed").as_deref(), Some("2"));
    }
}
