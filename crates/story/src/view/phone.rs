//! A phone: what its owner knows, and never more.

use handshake::{
    Choice, Endpoint, Fate, PacketHistory, Rule, Side, State, Step, StrangerId, Timer, Trace, World,
};

use super::conversation::{Bubble, Mark, bubble, is_turned_away};
use super::share;
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
    /// The timer that expires next.
    pub timer: Option<TimerArc>,
    /// How full the queues of its owner's listener are, while it has one.
    pub queues: Option<Queues>,
    /// The messages that it has exchanged with the other phone, and P's with strangers as well, in
    /// the order in which its owner sent or received them.
    pub bubbles: Vec<Bubble>,
    /// How many messages there are before these.
    pub earlier: usize,
    /// Does its owner wait for an answer, although none of the messages here says so?
    pub waiting: bool,
    /// The calls that can be made now: exactly what the world offers.
    pub calls: Vec<CallButton>,
}

/// The queues of a listener: how many each holds, and how many it has room for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Queues {
    /// Who was answered and has not nodded.
    pub half_open: (usize, u8),
    /// Who has nodded and was not let in.
    pub waiting: (usize, u8),
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

/// What a side's phone shows at a position, with at most so many of its newest messages.
pub fn phone(
    trace: &Trace,
    position: Position,
    side: Side,
    scene: Option<&Scene>,
    (language, numbers): (Language, Numbers),
    newest: usize,
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
    let earlier = known.len().saturating_sub(newest);
    let bubbles: Vec<Bubble> = known
        .into_iter()
        .skip(earlier)
        .map(|(place, packet, mark)| bubble(trace, packet, (mark, place), scene, language, numbers))
        .collect();
    Phone {
        side,
        name: words::name(side).to(language),
        state,
        feeling: words::feeling_of(world.end(side)).to(language),
        timer: timer(world, position, side, language),
        queues: queues(world, side),
        waiting: waits(world.end(side))
            && bubbles.iter().all(|bubble| bubble.mark != Mark::Awaiting),
        bubbles,
        earlier,
        calls: calls(world, side, language),
    }
}

fn queues(world: &World, side: Side) -> Option<Queues> {
    let listener = world.listener().filter(|listener| side == Side::B && listener.is_open())?;
    let backlog = listener.backlog();
    Some(Queues {
        half_open: (world.half_open(), backlog.half_open),
        waiting: (listener.waiting().len(), backlog.accept),
    })
}

/// Since which place of the run a side knows of a packet, and how it stands with it for that side.
fn known_to(
    side: Side,
    trace: &Trace,
    place: usize,
    history: &PacketHistory,
) -> Option<(usize, Mark)> {
    let packet = &history.packet;
    // Strangers call P, and T knows nothing of them.
    if packet.stranger.is_some() && side == Side::A {
        return None;
    }
    if packet.from != side {
        if is_turned_away(trace, place, history) {
            return None;
        }
        let arrived = (history.sent_in..=place).find(|&place| {
            trace.step_to(place).is_some_and(|step| step.choice == Choice::Deliver(packet.id))
        })?;
        return matches!(history.fate, Fate::Delivered(_)).then_some((arrived, Mark::Arrived));
    }
    // Nobody knows of copies that the network made, or of letters in one's own name by others.
    if packet.copy_of.is_some() || packet.forged {
        return None;
    }
    Some((history.sent_in, mark_of_own(side, trace, place, history)))
}

/// What a sender knows of its own message: was it acknowledged in the connection in which it was
/// sent, and if not, does it still wait for that?
fn mark_of_own(side: Side, trace: &Trace, place: usize, history: &PacketHistory) -> Mark {
    let segment = &history.packet.segment;
    let end = segment.seq + segment.length();
    let stranger = history.packet.stranger;
    let tcb_at = |place: usize| {
        let world = trace.world_at(place);
        let tcb = match stranger {
            None => world.end(side).tcb(),
            Some(id) => world.listener()?.stranger(id),
        };
        tcb.filter(|tcb| tcb.state != State::Listen)
    };
    let Some(sent_by) = tcb_at(history.sent_in).filter(|_| segment.length() > 0) else {
        return Mark::Sent;
    };
    // Where nobody has to confirm anything, a number counts as acknowledged from the start.
    if end.is_at_most(sent_by.snd.una) {
        return Mark::Sent;
    }
    let same = |place: usize| tcb_at(place).filter(|tcb| tcb.snd.iss == sent_by.snd.iss);
    let lived = || (history.sent_in..=place).take_while(|&place| same(place).is_some());
    let acknowledged = lived().filter_map(same).any(|tcb| end.is_at_most(tcb.snd.una))
        || lived()
            .last()
            .is_some_and(|last| last < place && ends_heard((side, stranger), trace, last + 1));
    match (acknowledged, same(place)) {
        (true, _) => Mark::Acknowledged,
        (false, Some(tcb)) if tcb.retransmission.is_some() => Mark::Awaiting,
        (false, _) => Mark::Sent,
    }
}

/// Does a side forget the connection in this step because its FIN, and so all before it, was
/// acknowledged?
fn ends_heard((side, stranger): (Side, Option<StrangerId>), trace: &Trace, place: usize) -> bool {
    let acted = |step: &&Step| step.actor == Some(side) && step.stranger == stranger;
    let step = trace.step_to(place).filter(acted);
    step.is_some_and(|step| step.effects.followed(Rule::LastAckAcknowledged))
}

/// The timer of a side that expires next.
fn timer(world: &World, position: Position, side: Side, language: Language) -> Option<TimerArc> {
    let end = world.end(side);
    let (due_at, timer) = end.next_timeout()?;
    let left = due_at - position.at;
    let whole = end.length_of(timer)?;
    let left_permille = u16::try_from(share(1000, left.0, whole.0)).unwrap_or(1000);
    let what = what_expires(timer, end.gives_up_at(due_at, timer)).to(language);
    let text = what.replace("{left}", &words::duration(left.as_millis()));
    Some(TimerArc { left_permille, text })
}

/// What happens when a running timer expires, `{left}` from now.
fn what_expires(timer: Timer, is_last: bool) -> Text {
    match timer {
        _ if is_last => text!("再等 {left} 就放手", "gives up in {left}"),
        Timer::Retransmission | Timer::User => {
            text!("{left} 后再说一遍", "says it again in {left}")
        }
        Timer::Probe => text!("{left} 后问一声装不装得下", "asks for room in {left}"),
        Timer::DelayedAck => text!("{left} 后应一声“听见了”", "says “heard you” in {left}"),
        Timer::TimeWait => text!("冷静期还有 {left}", "stays up for another {left}"),
        Timer::Quiet => text!("再静 {left}", "keeps quiet for another {left}"),
        Timer::KeepAlive => text!("{left} 后问一声还在吗", "asks “still there?” in {left}"),
    }
}

/// Does a side wait for an answer: to what it said, or to a question whether the other is there?
fn waits(end: &Endpoint) -> bool {
    let asked = end.tcb().and_then(|tcb| tcb.keep_alive).is_some_and(|(_, asked)| asked > 0);
    asked || end.timer(Timer::Retransmission).is_some()
}

fn calls(world: &World, side: Side, language: Language) -> Vec<CallButton> {
    let at_listener = world.is_at_listener(side);
    let state = if at_listener { State::Listen } else { world.end(side).state() };
    let offered = world.choices();
    offered
        .into_iter()
        .filter_map(|choice| {
            let Choice::Call(by, call) = &choice else { return None };
            let words = words::call(call, state);
            let (name, meaning) = (words.name, words.meaning.to(language));
            (*by == side).then_some(CallButton { choice, name, meaning })
        })
        .collect()
}
