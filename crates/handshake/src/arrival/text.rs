//! The seventh check of RFC 9293 section 3.10.7.4: the segment's text.

use super::{compare_sequence, fin};
use crate::turn::Turn;
use crate::{Compared, Flags, Rule, Segment, SeqNum, State};

/// Where the text of a segment begins, and how many octets it has: behind the SYN, if it has one.
pub(super) fn text_of(segment: &Segment) -> (SeqNum, u32) {
    let text = u32::try_from(segment.text.len()).unwrap_or(u32::MAX);
    (segment.seq + u32::from(segment.is_syn()), text)
}

/// Takes text and FIN, if there are any, or were any before their turn.
#[inline]
pub(super) fn take(turn: &mut Turn, segment: &Segment) {
    let has_news = !segment.text.is_empty() || segment.is_fin();
    let has_held = turn.endpoint.tcb().is_some_and(|tcb| !tcb.incoming.held.is_empty());
    if has_news && !receives(turn.state()) {
        turn.apply(Rule::TextIgnored, Compared::Nothing);
    } else if has_news || has_held {
        take_in_order(turn, segment, has_news, has_held);
    }
}

/// Delivers what is in order, holds what came before its turn, and acknowledges both together. Most
/// segments bring nothing: what asks that stays small without this.
#[inline(never)]
fn take_in_order(turn: &mut Turn, segment: &Segment, has_news: bool, had_held: bool) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    let (nxt, (begin, _)) = (tcb.rcv.nxt, text_of(segment));
    let mut opened = false;
    if has_news {
        if begin.is_at_most(nxt) {
            opened = deliver(turn, segment);
        } else {
            turn.apply(Rule::TextHeld, compare_sequence(tcb, segment));
            hold(turn, segment);
        }
    }
    let by_held = if had_held { deliver_held(turn) } else { None };
    opened |= by_held == Some(true);
    let is_owed = has_news || by_held.is_some();
    // One ACK says what came, and how much room there is again.
    if is_owed && !ack_may_wait(turn, segment, nxt, had_held, opened) {
        turn.send_ack();
    }
}

/// May the acknowledgment of what came since `RCV.NXT = before` wait for something to carry it
/// (section 3.8.6.3)? Then it does.
fn ack_may_wait(
    turn: &mut Turn,
    segment: &Segment,
    before: SeqNum,
    had_gap: bool,
    opened: bool,
) -> bool {
    let settings = turn.endpoint.settings;
    let Some(tcb) = turn.endpoint.tcb() else { return false };
    // After both FINs nothing is left that could carry it.
    let is_over = matches!(tcb.state, State::Closing | State::TimeWait);
    // What brings RCV.NXT no further came before its turn, or did not fit (RFC 5681 section 4.2).
    let is_news = tcb.rcv.nxt != before;
    // The peer waits for the handshake's own ACK, whatever else it answers.
    if !settings.delays_acks || is_over || !is_news || segment.is_syn() {
        return false;
    }
    let since = tcb.delayed_ack.map_or(before, |delayed| delayed.since);
    let unsaid = since.distance_to(tcb.rcv.nxt);
    if had_gap || unsaid >= 2 * u32::from(tcb.effective_receive_mss(&settings)) {
        turn.apply(Rule::AckNotDelayed, Compared::Nothing);
        return false;
    }
    // The peer may be waiting for the window that has just opened.
    if opened {
        return false;
    }
    turn.apply(Rule::AckDelayed, Compared::Nothing);
    turn.delay_ack(before);
    true
}

/// Takes what was held until the connection was open.
pub(super) fn take_held(turn: &mut Turn) {
    if deliver_held(turn).is_some() {
        turn.send_ack();
    }
}

/// The states in which the peer may still say something.
fn receives(state: State) -> bool {
    matches!(state, State::Established | State::FinWait1 | State::FinWait2)
}

/// Delivers the part of a segment from RCV.NXT on that fits the window, then its FIN, if all its
/// text fitted. Has that opened a window which was nearly closed?
fn deliver(turn: &mut Turn, segment: &Segment) -> bool {
    let (begin, octets) = text_of(segment);
    let Some(tcb) = &mut turn.endpoint.tcb else { return false };
    let compared = compare_sequence(tcb, segment);
    let old = begin.distance_to(tcb.rcv.nxt).min(octets);
    let fresh = (octets - old).min(tcb.rcv.wnd);
    // The FIN has a number as well, which has to lie in the window.
    let has_fin = segment.is_fin() && octets - old < tcb.rcv.wnd;
    let end = begin + octets;
    let mut opened = false;
    if fresh > 0 {
        let taken = segment.text.part(old as usize..(old + fresh) as usize);
        tcb.incoming.unread.append(taken);
        tcb.rcv.nxt = tcb.rcv.nxt + fresh;
        tcb.rcv.wnd -= fresh;
        let reads = turn.endpoint.settings.reads_at_once || tcb.incoming.wanted;
        let is_read = reads && !tcb.incoming.awaits_accept;
        turn.apply(Rule::TextTaken, compared);
        if is_read {
            opened = turn.hand_over();
        }
    }
    let is_whole = turn.endpoint.tcb().is_some_and(|tcb| tcb.rcv.nxt == end);
    if has_fin && is_whole {
        fin::take(turn);
    }
    opened
}

/// Keeps text and FIN of a segment for later (SHLD-31), as far as they fit the window, the nearest
/// first.
pub(super) fn hold(turn: &mut Turn, segment: &Segment) {
    let (seq, octets) = text_of(segment);
    if octets == 0 && !segment.is_fin() {
        return;
    }
    let Some(tcb) = &mut turn.endpoint.tcb else { return };
    let nxt = tcb.rcv.nxt;
    let distance = nxt.distance_to(seq);
    let room = tcb.rcv.wnd.saturating_sub(distance);
    let text = segment.text.part(0..octets.min(room) as usize);
    // The FIN has a number as well, which has to lie in the window.
    let flags = if segment.is_fin() && octets < room { Flags::FIN } else { Flags::NONE };
    let kept = Segment { seq, flags, text, ..Segment::default() };
    let held = &mut tcb.incoming.held;
    let place = held.partition_point(|other| nxt.distance_to(other.seq) <= distance);
    if kept.length() > 0 && !held.contains(&kept) {
        held.insert(place, kept);
    }
}

/// Delivers held segments whose turn has come, if there are any. Has that opened a window which was
/// nearly closed?
fn deliver_held(turn: &mut Turn) -> Option<bool> {
    let mut opened = None;
    while receives(turn.state()) {
        let Some(tcb) = &mut turn.endpoint.tcb else { break };
        let nxt = tcb.rcv.nxt;
        let Some(index) = tcb.incoming.held.iter().position(|held| held.seq.is_at_most(nxt)) else {
            break;
        };
        let held = tcb.incoming.held.remove(index);
        let opens = deliver(turn, &held);
        opened = Some(opens || opened == Some(true));
    }
    opened
}
