//! Wall time: the one place where it enters.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::browser;
use crate::session::{Motion, Session, Speed, Surface};

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
#[derive(Default, Debug)]
pub(crate) struct Playback {
    waited: Waited,
    /// What is waited for, how fast, and whether nobody can look.
    waits: Option<(Option<Wait>, Speed, bool)>,
    /// The timer, and when it was set.
    timer: Option<(Timeout, u32)>,
}

impl Playback {
    /// Sets the timer that the session asks for; `elapsed` is called when it is over.
    pub(crate) fn follow(&mut self, session: &Session, elapsed: impl FnOnce() + 'static) {
        let (wait, speed, hidden) =
            (Wait::of(session), session.speed, session.surface == Surface::Hidden);
        let before = self.waits.replace((wait, speed, hidden));
        if before == self.waits {
            return;
        }
        let speed_before = before.map_or(speed, |(_, speed, _)| speed);
        if let Some((timeout, since)) = self.timer.take() {
            timeout.cancel();
            self.waited.pass(now().saturating_sub(since), speed_before);
        }
        let left = self.waited.left(wait).filter(|_| !hidden);
        self.timer = left.map(|told| (Timeout::new(speed.stretch(told), elapsed), now()));
        if speed != speed_before {
            // What moves goes on from where it is when the speed changes.
            let factor = f64::from(speed.stretch(1000)) / f64::from(speed_before.stretch(1000));
            browser::stretch_motion(factor);
        }
    }
}

/// How long a reader has to be at a place before it is remembered, in milliseconds: browsers refuse
/// an address that changes too often, and to write it down takes longer than to show it.
pub(crate) const ARRIVED_MS: u32 = 250;

/// How long words are waited for before what is there instead is read out, in milliseconds.
pub(crate) const PATIENCE_MS: u32 = 2000;

/// Something that is done later, unless it is dropped before.
pub(crate) struct Later(#[expect(dead_code, reason = "it is kept, not read")] Timeout);

impl Later {
    /// Does it so many milliseconds from now.
    pub(crate) fn new(millis: u32, act: impl FnOnce() + 'static) -> Later {
        Later(Timeout::new(millis, act))
    }
}

/// How long it may take to find out what has to be drawn, in milliseconds, where all of it can be
/// drawn in one frame: the browser takes about ten times as long to lay it out and to paint it,
/// and a frame has sixteen.
const THINKING_MS: f64 = 1.5;

/// A frame in which something is drawn.
pub(crate) struct Frame {
    since: f64,
}

impl Frame {
    /// It begins now.
    pub(crate) fn begin() -> Frame {
        Frame { since: clock() }
    }

    /// What has to be drawn has been found out. Has the frame room for all of it?
    pub(crate) fn has_room(&self) -> bool {
        clock() - self.since < THINKING_MS
    }

    /// Calls back when the next frame begins. A page that is hidden has no frames.
    pub(crate) fn next(call: impl FnOnce() + 'static) {
        if let Some(window) = web_sys::window() {
            // Without frames there is nothing to be in time for.
            let _ = window.request_animation_frame(Closure::once_into_js(call).unchecked_ref());
        }
    }
}

/// Milliseconds since the page was opened, on a clock that only goes forward.
fn clock() -> f64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn now() -> u32 {
    clock() as u32
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
