//! A phone: what its owner knows, and never more.

use handshake::{Call, Choice, Fate, PacketHistory, Side, State, Timer, Trace, World};

use super::conversation::{Bubble, Mark, bubble};
use crate::{Language, Numbers, Position, Scene, Text, text, words};

/// All that one phone shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Whose it is.
    pub side: Side,
    /// What its owner is called.
    pub name: &'static str,
    /// The state of its end of the connection.
    pub state: State,
    /// What that feels like.
    pub feeling: &'static str,
    /// The timer that runs.
    pub timer: Option<TimerArc>,
    /// The messages that its owner has sent or received, in the order of that.
    pub bubbles: Vec<Bubble>,
    /// Does its owner wait for an answer?
    pub waiting: bool,
    /// The calls that can be made now: exactly what the world offers.
    pub calls: Vec<CallButton>,
}

/// A running timer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimerArc {
    /// How much of it is left, in thousandths.
    pub left_permille: u16,
    /// What happens when it expires, and when.
    pub text: String,
}

/// A call that can be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallButton {
    /// What is chosen.
    pub choice: Choice,
    /// The call as programs name it.
    pub name: &'static str,
    /// What it means to the heart.
    pub meaning: &'static str,
}

/// What a side's phone shows at a position.
pub fn phone(
    trace: &Trace,
    position: Position,
    side: Side,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> Phone {
    let world = trace.world_at(position.place);
    let state = world.end(side).state();
    let packets = trace.packets_at(position.place);
    let mut known: Vec<(usize, &PacketHistory, Mark)> = packets
        .iter()
        .filter_map(|packet| {
            let (place, mark) = known_to(side, trace, position.place, packet)?;
            Some((place, packet, mark))
        })
        .collect();
    known.sort_by_key(|(place, packet, _)| (*place, packet.packet.id));
    let bubbles = known
        .into_iter()
        .map(|(place, packet, mark)| bubble(trace, packet, (mark, place), scene, language, numbers))
        .collect();
    Phone {
        side,
        name: words::name(side).to(language),
        state,
        feeling: words::feeling(state).to(language),
        timer: timer(world, position, side, language),
        bubbles,
        waiting: world.end(side).timer(Timer::Retransmission).is_some(),
        calls: calls(world, side, language),
    }
}

/// Since which place of the run a side knows of a packet, and how it stands with it for that side.
fn known_to(
    side: Side,
    trace: &Trace,
    place: usize,
    history: &PacketHistory,
) -> Option<(usize, Mark)> {
    let packet = &history.packet;
    if packet.from != side {
        let arrived = (history.sent_in..=place).find(|&place| {
            trace.step_to(place).is_some_and(|step| step.choice == Choice::Deliver(packet.id))
        })?;
        return matches!(history.fate, Fate::Delivered(_)).then_some((arrived, Mark::Arrived));
    }
    // The sender knows nothing of copies that the network made.
    if packet.copy_of.is_some() {
        return None;
    }
    Some((history.sent_in, mark_of_own(side, trace, place, history)))
}

/// What a sender knows of its own message: was it acknowledged in the connection in which it was
/// sent, and if not, does it still wait for that?
fn mark_of_own(side: Side, trace: &Trace, place: usize, history: &PacketHistory) -> Mark {
    let segment = &history.packet.segment;
    let end = segment.seq + segment.length();
    let tcb_at = |place: usize| {
        trace.world_at(place).end(side).tcb().filter(|tcb| tcb.state != State::Listen)
    };
    let Some(sent_by) = tcb_at(history.sent_in).filter(|_| segment.length() > 0) else {
        return Mark::Sent;
    };
    let same = |place: usize| tcb_at(place).filter(|tcb| tcb.snd.iss == sent_by.snd.iss);
    let in_time = (history.sent_in..=place).map_while(same);
    let acknowledged = in_time.into_iter().any(|tcb| end.is_at_most(tcb.snd.una));
    match (acknowledged, same(place)) {
        (true, _) => Mark::Acknowledged,
        (false, Some(tcb)) if tcb.retransmission.is_some() => Mark::Awaiting,
        (false, _) => Mark::Sent,
    }
}

fn timer(world: &World, position: Position, side: Side, language: Language) -> Option<TimerArc> {
    let running = world.end(side).tcb()?.retransmission?;
    let left = running.due_at - position.at;
    let left_permille = (left.0 * 1000).checked_div(running.rto.0).unwrap_or(0).min(1000);
    let left = words::duration(left.as_millis());
    let text = match language {
        Language::Chinese => format!("{left} 后再说一遍"),
        Language::English => format!("says it again in {left}"),
    };
    Some(TimerArc { left_permille: u16::try_from(left_permille).unwrap_or(1000), text })
}

fn calls(world: &World, side: Side, language: Language) -> Vec<CallButton> {
    let offered = world.choices();
    offered
        .into_iter()
        .filter_map(|choice| {
            let Choice::Call(by, call) = &choice else { return None };
            let (name, meaning) = call_words(call);
            (*by == side).then(|| CallButton { name, meaning: meaning.to(language), choice })
        })
        .collect()
}

fn call_words(call: &Call) -> (&'static str, Text) {
    match call {
        Call::PassiveOpen => ("LISTEN", text("等人来", "wait")),
        Call::ActiveOpen => ("CONNECT", text("表白", "confess")),
    }
}
