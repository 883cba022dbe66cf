//! CLOSED: nobody is here (RFC 9293 section 3.10.7.1).

use crate::turn::Turn;
use crate::{Compared, Rule, Segment};

pub(super) fn handle(turn: &mut Turn, segment: &Segment) {
    if segment.is_reset() {
        turn.apply(Rule::ClosedReset, Compared::Nothing);
        return;
    }
    let rule = match segment.acknowledges() {
        Some(_) => Rule::ClosedRefusesAck,
        None => Rule::ClosedRefuses,
    };
    turn.apply(rule, Compared::Nothing);
    turn.send_reset_for(segment);
}
