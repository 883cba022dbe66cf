//! Before the first check of RFC 9293 section 3.10.7.4: timestamps, once they are agreed on
//! (RFC 7323 sections 3.2, 4.3 and 5.3).

use crate::turn::Turn;
use crate::{Compared, Rule, Segment};

/// PAWS, protection against wrapped sequence numbers: what was said before the newest that was
/// heard in order is old, whatever its number. A RST is exempt. False ends the matter.
pub(super) fn check(turn: &mut Turn, segment: &Segment) -> bool {
    let Some(clocks) = turn.endpoint.tcb().and_then(|tcb| tcb.agreed.timestamps) else {
        return true;
    };
    if segment.is_reset() {
        return true;
    }
    let Some(timestamps) = segment.options.timestamps else {
        turn.apply(Rule::TimestampAbsent, Compared::Nothing);
        return false;
    };
    let value = timestamps.value;
    if clocks.are_after(value, turn.now) {
        turn.apply(Rule::TimestampOld, Compared::Clock { value, recent: clocks.recent });
        // A peer that forgot the connection learns of it by this.
        turn.send_ack();
        return false;
    }
    true
}

/// Takes the peer's clock over for the echo: that of the oldest segment that is not acknowledged
/// yet, so that the peer measures the whole round trip, delays included.
pub(super) fn note(turn: &mut Turn, segment: &Segment) {
    let now = turn.now;
    let tcb = turn.endpoint.tcb.as_mut();
    let Some(clocks) = tcb.and_then(|tcb| tcb.agreed.timestamps.as_mut()) else { return };
    let Some(timestamps) = segment.options.timestamps.filter(|_| !segment.is_reset()) else {
        return;
    };
    if segment.seq.is_at_most(clocks.last_ack_sent) && !clocks.are_after(timestamps.value, now) {
        (clocks.recent, clocks.recent_at) = (timestamps.value, now);
    }
}
