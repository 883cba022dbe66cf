//! The words that a run can have, as whoever wrote another one is told.

use core::fmt;

use super::{CALL_WORDS, parameters};
use crate::Timer;

/// Writes all words of a run: what differs at its start, then what can happen.
pub(super) fn write(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("expected a call or a timer of `A` or `B` (")?;
    for (word, _) in CALL_WORDS {
        write!(f, "`A.{word}`, ")?;
    }
    f.write_str("`B.listen.51315`, `A.send.hello`")?;
    for timer in Timer::ALL {
        write!(f, ", `A.{}`", timer.word())?;
    }
    f.write_str(
        "), a loss of power (`A.crash`), a packet's fate (`deliver.1`, `drop.1`, `copy.1`, \
         `delay.1.500ms`), somebody else's segment (`forge.B.SYN-ACK.300.101`, \
         `stranger.7.SYN.5000`), a timer for a stranger (`stranger.7.rto`) or, before all these, \
         a parameter (",
    )?;
    for (index, name) in parameters::NAMES.iter().enumerate() {
        write!(f, "{}`{name}`", if index > 0 { ", " } else { "" })?;
    }
    f.write_str(")")
}
