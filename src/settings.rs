//! What a reader likes: read when the page opens, kept when it changes.

use story::Numbers;

use crate::session::{Lens, Session, Speed, Switch, Theme, named};
use crate::{browser, store};

const ON: &str = "on";
const OFF: &str = "off";

impl Session {
    /// The session with what the reader chose on an earlier visit. What cannot be read any more
    /// stays as it is.
    #[must_use]
    pub fn with_kept_settings(mut self) -> Session {
        self.speed = kept("speed", &Speed::ALL, Speed::factor).unwrap_or(self.speed);
        self.numbers = kept("numbers", &Numbers::ALL, Numbers::id).unwrap_or(self.numbers);
        self.lens = kept("lens", &Lens::ALL, Lens::id).unwrap_or(self.lens);
        self.theme = kept_theme();
        for switch in Switch::ALL {
            match store::get(switch.id()).as_deref() {
                Some(ON) => self.set(switch, true),
                Some(OFF) => self.set(switch, false),
                _ => (),
            }
        }
        self
    }
}

/// The theme that the reader chose last.
pub fn kept_theme() -> Theme {
    kept("theme", &Theme::ALL, Theme::id).unwrap_or(Theme::System)
}

/// The one of `all` whose id was kept under this key.
fn kept<T: Copy>(key: &str, all: &[T], id: fn(T) -> &'static str) -> Option<T> {
    named(all, id, &store::get(key)?)
}

/// Each setting by the key under which it is kept.
fn settings(session: &Session) -> Vec<(&'static str, &'static str)> {
    let switches = Switch::ALL.map(|switch| {
        let on = if session.is_on(switch) { ON } else { OFF };
        (switch.id(), on)
    });
    let others = [
        ("speed", session.speed.factor()),
        ("numbers", session.numbers.id()),
        ("lens", session.lens.id()),
        ("theme", session.theme.id()),
    ];
    others.into_iter().chain(switches).collect()
}

/// Keeps each setting that the reader changes, and shows the page in the theme. What a setting is
/// at first is not kept: the address may have brought it.
#[derive(Default, Debug)]
pub(crate) struct Settings {
    before: Vec<(&'static str, &'static str)>,
    worn: Option<Theme>,
}

impl Settings {
    /// Keeps what is different from before.
    pub(crate) fn follow(&mut self, session: &Session) {
        let settings = settings(session);
        for (now, before) in settings.iter().zip(&self.before) {
            if now != before {
                store::put(now.0, now.1);
            }
        }
        self.before = settings;
        if self.worn.replace(session.theme) != Some(session.theme) {
            browser::wear(session.theme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Language, Scene};

    #[test]
    fn a_later_visit_finds_the_settings_again() {
        let fresh = || Session::new(Scene::confession().unwrap(), Language::English);
        assert_eq!(fresh().with_kept_settings(), fresh());
        let values = [("speed", "2"), ("numbers", "real"), ("lens", "tcp"), ("theme", "projector")];
        for (key, value) in values {
            store::put(key, value);
        }
        store::put(Switch::Sound.id(), ON);
        store::put(Switch::Keys.id(), OFF);
        let later = fresh().with_kept_settings();
        assert_eq!((later.speed, later.numbers), (Speed::Double, Numbers::Real));
        assert_eq!((later.lens, later.theme), (Lens::Tcp, Theme::Projector));
        assert!(later.is_on(Switch::Sound) && !later.is_on(Switch::Keys));
        store::put("theme", "neon");
        assert_eq!(fresh().with_kept_settings().theme, Theme::System);
    }
}
