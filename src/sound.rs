//! A small bell, struck when a letter lands and the reader wants to hear it. It is made, not
//! recorded.

use handshake::Choice;
use wasm_bindgen::JsValue;
use web_sys::AudioContext;

use crate::session::{Motion, Session, Switch};

/// The bell's pitch, in hertz.
const PITCH: f32 = 1318.5;
/// How loud it is struck, of 1.
const LOUDNESS: f32 = 0.15;
/// How long it rings, in seconds.
const RINGS: f64 = 0.6;

/// The bell, and for which landing it was struck last.
#[derive(Default, Debug)]
pub(crate) struct Bell {
    context: Option<AudioContext>,
    landing: Option<usize>,
}

impl Bell {
    /// Strikes the bell whenever a letter lands, if sound is on.
    pub(crate) fn follow(&mut self, session: &Session) {
        let landing = landed(session).then_some(session.place);
        let is_new = landing.is_some() && landing != self.landing;
        self.landing = landing;
        if is_new {
            if self.context.is_none() {
                self.context = AudioContext::new().ok();
            }
            // Where the browser makes no sound, the letter has still been seen to land.
            let _ = self.context.as_ref().map(strike);
        }
    }
}

/// Has a letter just landed that is to be heard?
fn landed(session: &Session) -> bool {
    let step = session.trace.step_to(session.place);
    session.is_on(Switch::Sound)
        && session.motion == Motion::SettingOut
        && step.is_some_and(|step| matches!(step.choice, Choice::Deliver(_)))
}

fn strike(context: &AudioContext) -> Result<(), JsValue> {
    let now = context.current_time();
    let (tone, loudness) = (context.create_oscillator()?, context.create_gain()?);
    tone.frequency().set_value(PITCH);
    loudness.gain().set_value_at_time(LOUDNESS, now)?;
    loudness.gain().exponential_ramp_to_value_at_time(LOUDNESS / 100.0, now + RINGS)?;
    tone.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(&context.destination())?;
    tone.start()?;
    tone.stop_with_when(now + RINGS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Action;
    use story::{Language, Scene};

    #[test]
    fn only_a_letter_that_lands_is_heard_and_only_where_sound_is_on() {
        let silent = Session::new(Scene::confession().unwrap(), Language::English);
        let silent = Session { reduced_motion: true, ..silent };
        let heard = silent.after(Action::Flip(Switch::Sound));
        // The SYN sets out in step 2 and lands in step 3.
        let at = |session: &Session, place: usize| {
            landed(&session.after(Action::Seek(place - 1)).after(Action::Next))
        };
        assert!(!at(&heard, 2) && at(&heard, 3));
        assert!(!at(&silent, 3));
        assert!(!landed(&heard.after(Action::Seek(3))), "nobody saw it land");
    }
}
