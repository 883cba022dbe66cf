//! Wall time: the one place where it enters.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use yew::{UseReducerHandle, UseStateHandle, hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::browser;
use crate::session::{Action, Motion, Session, Speed};

/// How long a letter takes from the middle of its way to its end, as told. The style sheet's
/// `--d-flight` is twice as long.
const LANDING_MS: u32 = 600;
/// How long a step is left to be read while playing, as told.
const READING_MS: u32 = 4200;

/// What is waited for, and at which place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wait {
    Landing(usize),
    Reading(usize),
}

impl Wait {
    fn of(session: &Session) -> Option<Wait> {
        match (session.motion, session.playing) {
            (Motion::Landing, _) => Some(Wait::Landing(session.place)),
            (_, true) => Some(Wait::Reading(session.place)),
            (_, false) => None,
        }
    }

    fn told_ms(self) -> u32 {
        match self {
            Wait::Landing(_) => LANDING_MS,
            Wait::Reading(_) => READING_MS,
        }
    }
}

/// How much of a wait is over. It counts whatever the speed was, and not while nobody can look.
#[derive(Clone, Copy, Default, Debug)]
struct Waited {
    wait: Option<Wait>,
    told_ms: u32,
}

impl Waited {
    /// What is left of this wait, in milliseconds as told. Another wait begins at its beginning.
    fn left(&mut self, wait: Option<Wait>) -> Option<u32> {
        if self.wait != wait {
            *self = Waited { wait, told_ms: 0 };
        }
        wait.map(|wait| wait.told_ms().saturating_sub(self.told_ms))
    }

    fn pass(&mut self, millis: u32, speed: Speed) {
        self.told_ms = self.told_ms.saturating_add(speed.told(millis));
    }
}

/// Tells the session when the motion, or the time to read, is over. A page at rest has no timer,
/// nor has one that is hidden.
#[hook]
pub fn use_playback(session: &UseReducerHandle<Session>) {
    let dispatcher = session.dispatcher();
    let waited = use_mut_ref(Waited::default);
    let hidden = *use_hidden();
    use_steady_motion(session.speed);
    let waits = (Wait::of(session), session.speed, hidden);
    use_effect_with(waits, move |&(wait, speed, hidden)| {
        let left = waited.borrow_mut().left(wait).filter(|_| !hidden);
        let since = now();
        let timeout = left.map(|told| {
            Timeout::new(speed.stretch(told), move || dispatcher.dispatch(Action::Elapsed))
        });
        move || {
            if timeout.is_some() {
                waited.borrow_mut().pass(now().saturating_sub(since), speed);
            }
            drop(timeout);
        }
    });
}

/// Milliseconds since the page was opened, on a clock that only goes forward.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn now() -> u32 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0, |clock| clock.now() as u32)
}

/// Can nobody see the page, since another tab is in front of it?
#[hook]
fn use_hidden() -> UseStateHandle<bool> {
    let hidden = use_state_eq(|| false);
    let seen = hidden.clone();
    use_effect_with((), move |()| {
        let changed = move |_: &web_sys::Event| seen.set(browser::is_hidden());
        let listener = browser::document()
            .map(|document| EventListener::new(&document, "visibilitychange", changed));
        move || drop(listener)
    });
    hidden
}

/// What moves goes on from where it is when the speed changes.
#[hook]
fn use_steady_motion(speed: Speed) {
    let before = use_mut_ref(|| speed);
    use_effect_with(speed, move |&speed| {
        let before = before.replace(speed);
        if before != speed {
            let factor = f64::from(speed.stretch(1000)) / f64::from(before.stretch(1000));
            browser::stretch_motion(factor);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_speed_forgets_no_time() {
        let mut waited = Waited::default();
        let wait = Some(Wait::Reading(3));
        assert_eq!(waited.left(wait), Some(4200));
        waited.pass(2100, Speed::Normal);
        assert_eq!(waited.left(wait), Some(2100));
        waited.pass(400, Speed::Quarter);
        assert_eq!(waited.left(wait), Some(2000));
        waited.pass(9999, Speed::Fourfold);
        assert_eq!(waited.left(wait), Some(0));
    }

    #[test]
    fn another_wait_begins_at_its_beginning() {
        let mut waited = Waited::default();
        waited.left(Some(Wait::Landing(3)));
        waited.pass(500, Speed::Normal);
        assert_eq!(waited.left(Some(Wait::Landing(3))), Some(100));
        assert_eq!(waited.left(None), None);
        assert_eq!(waited.left(Some(Wait::Landing(3))), Some(600));
    }
}
