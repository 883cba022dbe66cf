//! What is claimed of a connection, for [`Explorer`](crate::Explorer): one function for each claim,
//! under the name by which it is known.
//!
//! X is either side and X' the other. An *incarnation* of a connection is known by its numbers:
//! X belongs to the one that X' calls its peer where X.IRS = X'.ISS. Two are *mutual* where each
//! belongs to the other's. (Where a variant gives every connection the same number, two
//! incarnations are one to these claims, and only their text tells them apart.) What B and a
//! stranger say to each other is no part of it.
//!
//! | claims about | names |
//! | --- | --- |
//! | who believes what of whom | [`h1`], [`s1`], [`n1`], [`n2`], [`one`] |
//! | single steps | [`ty`], [`r1`], [`r2`], [`g1`], [`g2`], [`ned`] |
//! | half-open connections | [`phi1`], [`phi1r`], [`ki`], [`rest`] |
//! | how it ends | [`l3`]; [`is_together`] and [`is_over`] are what should stay attainable |

use alloc::vec::Vec;

use crate::{
    Call, Choice, Effect, Origin, Packet, Property, Segment, SeqNum, Side, State, Step, Tcb, World,
};

/// Every claim that should hold of TCP as it is, whatever the network does.
pub fn all() -> [Property; 12] {
    [h1(), s1(), n1(), n2(), ty(), r1(), r2(), g1(), g2(), ned(), phi1(), phi1r()]
}

/// H1: who enters ESTABLISHED or CLOSE-WAIT was heard. X' has taken X's ISS, in the incarnation
/// that X takes it for (RFC 9293 section 3.4.1: what the third message is good for).
///
/// X' shows it by its own numbers. Where it has forgotten them meanwhile, the segment that let X
/// enter is the proof: X' sends an ACK only after it has taken a SYN, and X' it was, unless the
/// segment was forged or is another incarnation's, which its number shows.
pub fn h1() -> Property {
    Property::every_step("H1", |before, step, after| {
        let Some(actor) = newly_open(step) else { return true };
        let Some(tcb) = after.end(actor).tcb() else { return true };
        let heard = tcb_of_peer(after, actor, tcb).is_some_and(|peer| peer.rcv.irs == tcb.snd.iss);
        heard || delivered(before, step).is_some_and(|packet| is_heard(packet, tcb))
    })
}

/// S1: text that X takes is X' own, said to X: no octet is from another incarnation.
///
/// As long as X has not taken an octet X' keeps it, so what X takes is compared with what X' keeps.
/// Where X' has forgotten that connection, all that is known is that the segment was not forged.
pub fn s1() -> Property {
    Property::every_step("S1", |before, step, after| {
        let Some(packet) = delivered(before, step) else { return true };
        let receiver = packet.from.peer();
        let taken = text_taken(before, packet, after);
        // Where the connection is over with this segment, it is known as it was.
        let tcb = after.end(receiver).tcb().or(before.end(receiver).tcb());
        let Some(tcb) = tcb.filter(|_| !taken.is_empty()) else { return true };
        match tcb_of_peer(before, receiver, tcb) {
            Some(peer) => {
                peer.rcv.irs == tcb.snd.iss && taken.iter().all(|&octet| keeps(peer, octet))
            }
            None => !packet.forged,
        }
    })
}

/// N1: two that are ESTABLISHED know each other's initial numbers.
pub fn n1() -> Property {
    Property::always("N1", |world| {
        let Some([a, b]) = both_established(world) else { return true };
        is_mutual(a, b)
    })
}

/// N2: nobody has acknowledged more than was sent, or been acknowledged more than was taken:
/// X.SND.UNA =< X'.RCV.NXT =< X.SND.NXT, of two that are ESTABLISHED with each other.
pub fn n2() -> Property {
    Property::always("N2", |world| {
        let Some([a, b]) = both_established(world).filter(|[a, b]| is_mutual(a, b)) else {
            return true;
        };
        [(a, b), (b, a)].into_iter().all(|(sender, receiver)| {
            sender.snd.una.is_at_most(receiver.rcv.nxt)
                && receiver.rcv.nxt.is_at_most(sender.snd.nxt)
        })
    })
}

/// ONE: a simultaneous open makes one connection, not two: from the first SYNs on no side chooses
/// another initial number (section 3.5). It is about runs that begin after both OPENs.
pub fn one() -> Property {
    Property::every_step("ONE", |before, _, after| {
        Side::BOTH.into_iter().all(|side| before.end(side).next_iss() == after.end(side).next_iss())
    })
}

/// TY: names and numbers fit together: LISTEN is passive and SYN-SENT active, SND.UNA =< SND.NXT,
/// and RCV.NXT never goes back as long as a connection lives (section 3.3.1).
pub fn ty() -> Property {
    Property::every_step("TY", |before, _, after| {
        Side::BOTH.into_iter().all(|side| {
            let Some(tcb) = after.end(side).tcb() else { return true };
            let origin_fits = match tcb.state {
                State::Closed => false,
                State::Listen => tcb.origin == Origin::Passive,
                State::SynSent => tcb.origin == Origin::Active,
                _ => true,
            };
            let lived = before.end(side).tcb().filter(|old| is_same_life(old, tcb));
            origin_fits
                && tcb.snd.una.is_at_most(tcb.snd.nxt)
                && lived.is_none_or(|old| old.rcv.nxt.is_at_most(tcb.rcv.nxt))
        })
    })
}

/// R1: a RST is never answered with a RST (section 3.5.2).
pub fn r1() -> Property {
    Property::every_step("R1", |before, step, _| {
        let reset = delivered(before, step).is_some_and(|packet| packet.segment.is_reset());
        !reset || !step.effects.segments().any(Segment::is_reset)
    })
}

/// R2: a RST is sent only by ABORT or in answer to a segment (sections 3.5.2 and 3.10.5). Without
/// keep-alive, that is, which says goodbye to a silent peer with one, and without a listener of its
/// own, whose CLOSE does.
pub fn r2() -> Property {
    Property::every_step("R2", |before, step, _| {
        let aborts = matches!(step.choice, Choice::Call(_, Call::Abort));
        aborts
            || step.stranger.is_some()
            || delivered(before, step).is_some()
            || !step.effects.segments().any(Segment::is_reset)
    })
}

/// G1: a SYN stands at ISS and nowhere else, and every segment acknowledges something, except the
/// first SYN and a RST (section 3.10.1: once the connection is synchronized ACK is always there).
pub fn g1() -> Property {
    Property::every_step("G1", |_, step, after| {
        sent(step, after).all(|(tcb, segment)| {
            let first_syn = segment.is_syn() && tcb.state == State::SynSent;
            (!segment.is_syn() || segment.seq == tcb.snd.iss)
                && (segment.acknowledges().is_some() || first_syn)
        })
    })
}

/// G2: one number for the FIN while a connection lives, and nothing beyond it (section 3.10.4).
pub fn g2() -> Property {
    Property::every_step("G2", |before, step, after| {
        let keeps_its_number = Side::BOTH.into_iter().all(|side| {
            let [old, new] = [before, after].map(|world| world.end(side).tcb());
            let (Some(old), Some(new)) = (old, new) else { return true };
            old.outgoing.fin.is_none()
                || !is_same_life(old, new)
                || old.outgoing.fin == new.outgoing.fin
        });
        let nothing_beyond = sent(step, after).all(|(tcb, segment)| match tcb.outgoing.fin {
            Some(fin) => (segment.seq + segment.length()).is_at_most(fin + 1),
            None => !segment.is_fin(),
        });
        keeps_its_number && nothing_beyond
    })
}

/// NED: no text reaches the user before ESTABLISHED (sections 3.10.7.2 to 3.10.7.4: text that comes
/// with a SYN waits).
pub fn ned() -> Property {
    Property::every_step("NED", |before, step, _| {
        let Some(actor) = step.actor.filter(|_| step.stranger.is_none()) else { return true };
        let mut open = before.end(actor).state().is_synchronized();
        step.effects.iter().all(|effect| {
            open |= matches!(effect, Effect::Entered { to: State::Established, .. });
            open || !matches!(effect, Effect::Delivered(text) if !text.is_empty())
        })
    })
}

/// φ1: B is not ESTABLISHED while A is CLOSED. It fails with a crash, an ABORT whose RST is lost,
/// and somebody who gives up.
pub fn phi1() -> Property {
    Property::always("φ1", |world| {
        world.end(Side::A).state() != State::Closed || !is_established(world, Side::B)
    })
}

/// φ1r: nor is A ESTABLISHED while B, which listened, is CLOSED or listens again.
pub fn phi1r() -> Property {
    Property::always("φ1r", |world| {
        let b = world.end(Side::B).state();
        !matches!(b, State::Closed | State::Listen) || !is_established(world, Side::A)
    })
}

/// KI: with nothing under way both are ESTABLISHED or neither. It fails as soon as the network may
/// lose something.
pub fn ki() -> Property {
    Property::always("KI", |world| !world.network().in_flight().is_empty() || agree(world))
}

/// REST: at rest, i.e. with nothing under way and nothing to send again, both are ESTABLISHED or
/// neither. It fails as soon as somebody may give up: no number of messages is enough for both to
/// know (two generals).
pub fn rest() -> Property {
    Property::always("REST", |world| {
        let idle = |side| world.end(side).tcb().is_none_or(|tcb| tcb.snd.una == tcb.snd.nxt);
        let at_rest = world.network().in_flight().is_empty() && Side::BOTH.into_iter().all(idle);
        !at_rest || agree(world)
    })
}

/// L3: who cannot go on is at an end: both are ESTABLISHED, or both CLOSED, or one is CLOSED and
/// the other listens.
pub fn l3() -> Property {
    Property::finally("L3", |world| {
        Side::BOTH.into_iter().all(|side| is_established(world, side)) || is_over(world)
    })
}

/// The aim of L1: both are ESTABLISHED, with each other.
pub fn is_together(world: &World) -> bool {
    both_established(world).is_some_and(|[a, b]| is_mutual(a, b))
}

/// The aim of L2: both are CLOSED, or wait for somebody new.
pub fn is_over(world: &World) -> bool {
    let states = Side::BOTH.map(|side| world.end(side).state());
    states.iter().all(|state| matches!(state, State::Closed | State::Listen))
        && states.contains(&State::Closed)
}

fn is_established(world: &World, side: Side) -> bool {
    world.end(side).state() == State::Established
}

fn agree(world: &World) -> bool {
    is_established(world, Side::A) == is_established(world, Side::B)
}

fn both_established(world: &World) -> Option<[&Tcb; 2]> {
    let [a, b] = Side::BOTH.map(|side| world.end(side).tcb());
    Some([a?, b?]).filter(|both| both.iter().all(|tcb| tcb.state == State::Established))
}

fn is_mutual(a: &Tcb, b: &Tcb) -> bool {
    a.rcv.irs == b.snd.iss && b.rcv.irs == a.snd.iss
}

/// Is this one connection, seen before and after a step? Whoever listens or has only asked knows
/// no number of the peer's yet.
fn is_same_life(old: &Tcb, new: &Tcb) -> bool {
    let knows = |tcb: &Tcb| !matches!(tcb.state, State::Listen | State::SynSent);
    knows(old) && knows(new) && old.snd.iss == new.snd.iss && old.rcv.irs == new.rcv.irs
}

/// What the peer of `side` remembers, if it is in the incarnation that `side` takes it for.
fn tcb_of_peer<'a>(world: &'a World, side: Side, tcb: &Tcb) -> Option<&'a Tcb> {
    world.end(side.peer()).tcb().filter(|peer| peer.snd.iss == tcb.rcv.irs)
}

/// Who took up the conversation in this step. From ESTABLISHED on nobody begins to believe in the
/// peer any more, but lives on what it believes.
fn newly_open(step: &Step) -> Option<Side> {
    let (actor, from, to) = step.transition()?;
    let opens = !from.is_synchronized() && matches!(to, State::Established | State::CloseWait);
    opens.then_some(actor)
}

/// The packet of A's or B's that a step delivers.
fn delivered<'a>(before: &'a World, step: &Step) -> Option<&'a Packet> {
    match step.choice {
        Choice::Deliver(id) => before.network().packet(id).filter(|it| it.stranger.is_none()),
        _ => None,
    }
}

/// Does this packet prove that the incarnation which a TCB takes for its peer has taken our SYN? It
/// acknowledges something of ours, and the peer's SYN,ACK and first ACK bear the first two of its
/// numbers.
fn is_heard(packet: &Packet, tcb: &Tcb) -> bool {
    let irs = tcb.rcv.irs;
    !packet.forged
        && packet.segment.acknowledges().is_some_and(|ack| tcb.snd.iss.is_before(ack))
        && [irs, irs + 1].contains(&packet.segment.seq)
}

/// What a step sends, beside the connection that it belongs to. A RST belongs to none.
fn sent<'a>(step: &'a Step, after: &'a World) -> impl Iterator<Item = (&'a Tcb, &'a Segment)> {
    let actor = step.actor.filter(|_| step.stranger.is_none());
    let tcb = actor.and_then(|actor| after.end(actor).tcb());
    let segments = step.effects.segments().filter(|segment| !segment.is_reset());
    segments.filter_map(move |segment| Some((tcb?, segment)))
}

/// The octets of a packet that its receiver took, with their numbers: those that RCV.NXT passed,
/// and those that are held until their turn comes.
fn text_taken(before: &World, packet: &Packet, after: &World) -> Vec<(SeqNum, u8)> {
    let receiver = packet.from.peer();
    let [old, new] = [before, after].map(|world| world.end(receiver).tcb());
    let Some(old) = old else { return Vec::new() };
    let begin = packet.segment.seq + u32::from(packet.segment.is_syn());
    let octets = (0_u32..).map(|place| begin + place).zip(packet.segment.text.iter().copied());
    let passed = |number: SeqNum| {
        // Where the connection is over at once, all that was acceptable was passed.
        let nxt = new.map_or(old.rcv.nxt, |new| new.rcv.nxt);
        old.rcv.nxt.is_at_most(number) && number.is_before(nxt)
    };
    let held = |number: SeqNum| {
        let held = new.into_iter().flat_map(|new| &new.incoming.held);
        let had = old.incoming.held.len();
        new.is_some_and(|new| new.incoming.held.len() > had)
            && held.into_iter().any(|held| held.seq.distance_to(number) < held.length())
    };
    octets.filter(|&(number, _)| passed(number) || held(number)).collect()
}

/// Is this octet among those that were sent and not acknowledged?
fn keeps(tcb: &Tcb, (number, octet): (SeqNum, u8)) -> bool {
    tcb.outgoing
        .unacknowledged
        .iter()
        .any(|(seq, text)| text.get(seq.distance_to(number) as usize) == Some(&octet))
}
