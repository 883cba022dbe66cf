//! Wall time: the one place where it enters.

use gloo::timers::callback::Timeout;
use yew::{UseReducerHandle, hook, use_effect_with};

use crate::session::{Action, Motion, Session};

/// How long a letter takes from the middle of its way to its end, as told. The style sheet's
/// `--d-flight` is twice as long.
const LANDING_MS: u32 = 600;
/// How long a step is left to be read while playing, as told.
const READING_MS: u32 = 4200;

/// Tells the session when the motion, or the time to read, is over. A page at rest has no timer.
#[hook]
pub fn use_playback(session: &UseReducerHandle<Session>) {
    let dispatcher = session.dispatcher();
    let (motion, playing, place, speed) =
        (session.motion, session.playing, session.place, session.speed);
    use_effect_with((motion, playing, place, speed), move |_| {
        let wait = match (motion, playing) {
            (Motion::Landing, _) => Some(LANDING_MS),
            (_, true) => Some(READING_MS),
            (_, false) => None,
        };
        let timeout = wait.map(|millis| {
            Timeout::new(speed.stretch(millis), move || dispatcher.dispatch(Action::Elapsed))
        });
        move || drop(timeout)
    });
}
