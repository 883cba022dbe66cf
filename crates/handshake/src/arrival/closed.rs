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

/// LISTEN for somebody else: what comes belongs to no connection, as if nobody were here (section
/// 3.10.1: a passive OPEN may name the remote socket).
pub(super) fn handle_stranger(turn: &mut Turn, segment: &Segment) {
    let rule = if segment.is_reset() { Rule::StrangerReset } else { Rule::StrangerRefused };
    let awaited = turn.endpoint.tcb().and_then(|tcb| tcb.awaited).unwrap_or_default();
    turn.apply(rule, Compared::Port { came_from: turn.endpoint.peer_port, awaited });
    if rule == Rule::StrangerRefused {
        turn.send_reset_for(segment);
    }
}
