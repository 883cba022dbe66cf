//! Keys: one table, from which the page obeys and from which the help is drawn.

use story::words::ui;
use story::{Numbers, Text};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::browser;
use crate::session::{Action, Lens, Session, Switch, following};

/// Some keys that do the same.
pub struct Row {
    /// The keys, as the browser names them.
    pub keys: &'static [&'static str],
    /// What they do, in a few words.
    pub words: Text,
    does: fn(&Session, &str) -> Option<Action>,
}

/// All keys that the page obeys, in the order in which the help lists them.
pub const ROWS: &[Row] = &[
    Row { keys: &[" ", "k"], words: ui::KEY_PLAY, does: |_, _| Some(Action::TogglePlay) },
    Row {
        keys: &["ArrowRight", ".", "PageDown"],
        words: ui::KEY_NEXT,
        does: |_, _| Some(Action::Next),
    },
    Row {
        keys: &["ArrowLeft", ",", "PageUp"],
        words: ui::KEY_BACK,
        does: |_, _| Some(Action::Back),
    },
    Row { keys: &["Home"], words: ui::KEY_FIRST, does: |_, _| Some(Action::First) },
    Row { keys: &["End"], words: ui::KEY_LAST, does: |_, _| Some(Action::Last) },
    Row {
        keys: &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        words: ui::KEY_TENTHS,
        does: tenths,
    },
    Row {
        keys: &["<"],
        words: ui::KEY_SLOWER,
        does: |session, _| Some(Action::SetSpeed(session.speed.slower())),
    },
    Row {
        keys: &[">"],
        words: ui::KEY_FASTER,
        does: |session, _| Some(Action::SetSpeed(session.speed.faster())),
    },
    Row {
        keys: &["m"],
        words: ui::KEY_LENS,
        does: |session, _| Some(Action::SetLens(following(&Lens::ALL, session.lens))),
    },
    Row {
        keys: &["n"],
        words: ui::KEY_NUMBERS,
        does: |session, _| Some(Action::SetNumbers(following(&Numbers::ALL, session.numbers))),
    },
    Row { keys: &["l"], words: ui::KEY_LANGUAGE, does: |_, _| Some(Action::ChangeLanguage) },
    Row { keys: &["s"], words: ui::KEY_SOUND, does: |_, _| Some(Action::Flip(Switch::Sound)) },
    Row { keys: &["?"], words: ui::KEY_HELP, does: |_, _| Some(Action::SetHelp(true)) },
    // The browser closes by itself, and says so; `hear.rs` lets go of what the page has opened.
    Row { keys: &["Escape"], words: ui::KEY_CLOSE, does: |_, _| None },
];

fn tenths(session: &Session, key: &str) -> Option<Action> {
    let tenths: usize = key.parse().ok()?;
    Some(Action::Seek(session.trace.len() * tenths / 10))
}

/// A key as it stands on a keyboard.
pub fn cap(key: &str) -> String {
    match key {
        " " => "Space".to_owned(),
        "ArrowRight" => "→".to_owned(),
        "ArrowLeft" => "←".to_owned(),
        "PageDown" => "PgDn".to_owned(),
        "PageUp" => "PgUp".to_owned(),
        "Escape" => "Esc".to_owned(),
        letter if letter.len() == 1 => letter.to_ascii_uppercase(),
        name => name.to_owned(),
    }
}

/// What has the focus, as far as keys are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// Nothing that has a use for keys.
    Page,
    /// A button or a link, which is pressed with Space and Enter.
    Button,
    /// A pane that scrolls, or a drawing that is walked through: keys with names are its own.
    Pane,
    /// An open dialog: only the language changes behind it, since it is read in one.
    Dialog,
    /// A field, a list, a ruler: every key is its own.
    Field,
}

/// What a key does now, and under this focus.
pub fn action_for(key: &str, focus: Focus, session: &Session) -> Option<Action> {
    let writes = key.chars().count() == 1 && key != " ";
    let heard = match focus {
        Focus::Field => false,
        Focus::Dialog if !key.eq_ignore_ascii_case("l") => false,
        _ if writes => session.is_on(Switch::Keys),
        Focus::Pane | Focus::Dialog => false,
        Focus::Button => key != " ",
        Focus::Page => true,
    };
    // Whoever has Caps Lock on means the same.
    let key = if writes { key.to_ascii_lowercase() } else { key.to_owned() };
    let row = ROWS.iter().find(|row| row.keys.contains(&key.as_str()))?;
    if heard { (row.does)(session, &key) } else { None }
}

/// What a pressed key does now.
pub(crate) fn pressed(event: &KeyboardEvent, session: &Session) -> Option<Action> {
    let key = event.key();
    // Shift is part of how some characters are written, and of nothing else here.
    let shifted = event.shift_key() && key.chars().count() > 1;
    if event.ctrl_key() || event.alt_key() || event.meta_key() || shifted {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    // Arrow keys go from tab to tab.
    let in_tabs = target
        .as_ref()
        .is_some_and(|target| target.closest(".tabs").is_ok_and(|tabs| tabs.is_some()));
    // The dialog itself knows first that it was closed.
    let in_dialog = browser::document().is_some_and(|document| {
        document.query_selector("dialog[open]").is_ok_and(|it| it.is_some())
    });
    let focus = match target.as_ref().map(Element::tag_name).as_deref() {
        _ if in_dialog => Focus::Dialog,
        _ if in_tabs => Focus::Pane,
        None | Some("BODY" | "HTML") => Focus::Page,
        Some("BUTTON" | "A") => Focus::Button,
        Some("INPUT" | "SELECT" | "TEXTAREA") => Focus::Field,
        Some(_) => Focus::Pane,
    };
    action_for(&key, focus, session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Language, Scene};

    fn session() -> Session {
        Session::new(Scene::confession().unwrap(), Language::English)
    }

    fn on_page(key: &str) -> Option<Action> {
        action_for(key, Focus::Page, &session())
    }

    #[test]
    fn players_everywhere_obey_these() {
        for key in [" ", "k", "K"] {
            assert_eq!(on_page(key), Some(Action::TogglePlay), "{key:?}");
        }
        for key in ["ArrowRight", ".", "PageDown"] {
            assert_eq!(on_page(key), Some(Action::Next), "{key:?}");
        }
        for key in ["ArrowLeft", ",", "PageUp"] {
            assert_eq!(on_page(key), Some(Action::Back), "{key:?}");
        }
        assert_eq!(on_page("0"), Some(Action::Seek(0)));
        assert_eq!(on_page("9"), Some(Action::Seek(4)));
        assert_eq!(on_page("?"), Some(Action::SetHelp(true)));
        assert_eq!((on_page("x"), on_page("Tab"), on_page("Escape")), (None, None, None));
    }

    #[test]
    fn a_key_means_one_thing() {
        let mut all: Vec<&str> = ROWS.iter().flat_map(|row| row.keys).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    /// WCAG 2.1.4: keys that write a character can be switched off.
    #[test]
    fn character_keys_can_be_switched_off_and_the_others_stay() {
        let off = session().after(Action::Flip(Switch::Keys));
        for key in ["k", ".", "5", "<", "l", "?"] {
            assert_eq!(action_for(key, Focus::Page, &off), None, "{key}");
        }
        assert_eq!(action_for("ArrowRight", Focus::Page, &off), Some(Action::Next));
        assert_eq!(action_for(" ", Focus::Page, &off), Some(Action::TogglePlay));
    }

    #[test]
    fn who_has_the_focus_keeps_its_own_keys() {
        let session = session();
        let heard = |key, focus| action_for(key, focus, &session).is_some();
        assert!(!heard(" ", Focus::Button) && heard("k", Focus::Button));
        assert!(heard("ArrowRight", Focus::Button) && !heard("ArrowRight", Focus::Pane));
        assert!(heard("n", Focus::Pane) && !heard("n", Focus::Field));
        assert!(heard("l", Focus::Dialog) && !heard("n", Focus::Dialog));
        assert!(!heard("Home", Focus::Dialog) && !heard(" ", Focus::Dialog));
    }
}
