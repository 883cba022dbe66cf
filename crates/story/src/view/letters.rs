//! The letters in the air between the two houses.

use handshake::{Choice, PacketId, Side, StrangerId, Trace};

use super::Mark;
use crate::{Language, Numbering, Numbers, Position, words};

/// A letter in the air.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The packet that it is.
    pub packet: PacketId,
    /// Its number as every view writes it.
    pub numeral: String,
    /// Who sent it.
    pub from: Side,
    /// The lit flags, in the order of the RFC's figures.
    pub flags: Vec<&'static str>,
    /// Its sequence number.
    pub seq: String,
    /// Its acknowledgment number, where the flag ACK is lit.
    pub ack: Option<String>,
    /// Is it the network's copy of another?
    pub copied: bool,
    /// Does it bear a name that is not its sender's?
    pub forged: bool,
    /// Was it held back, so that it takes longer than its way needs?
    pub delayed: bool,
    /// All of that in one sentence, for whoever hears it.
    pub name: String,
    /// The stranger who writes it to P or is written to, where T is neither.
    pub stranger: Option<StrangerId>,
    /// Milliseconds already flown.
    pub flown_ms: u64,
    /// Milliseconds left to fly.
    pub left_ms: u64,
    /// What can be done to it: exactly what the world offers.
    pub choices: Vec<Choice>,
}

/// All letters in the air, the oldest first.
pub fn letters(
    trace: &Trace,
    position: Position,
    language: Language,
    numbers: Numbers,
) -> Vec<Letter> {
    let world = trace.world_at(position.place);
    let offered = world.choices();
    let histories = trace.packets_at(position.place);
    world
        .network()
        .in_flight()
        .iter()
        .map(|packet| {
            let history = histories.iter().find(|history| history.packet.id == packet.id);
            let numbering = history.map_or_else(
                || Numbering::at(trace, position.place, numbers),
                |history| Numbering::of(trace, history, numbers),
            );
            let (id, segment) = (packet.id, &packet.segment);
            let written = numbering.write_numbers(packet.from, segment);
            let standing = Mark::InFlight.words().to(language);
            Letter {
                packet: id,
                numeral: words::numeral(id.0),
                from: packet.from,
                flags: segment.flags.names().collect(),
                seq: numbering.write_seq(packet.from, segment),
                ack: segment.acknowledges().map(|ack| numbering.write(packet.from.peer(), ack)),
                copied: packet.copy_of.is_some(),
                forged: packet.forged,
                stranger: packet.stranger,
                delayed: packet.due_at - packet.sent_at > trace.start().delay[packet.from],
                name: words::message_name(packet, &written, standing, language),
                flown_ms: (position.at - packet.sent_at).as_millis(),
                left_ms: (packet.due_at - position.at).as_millis(),
                choices: offered.iter().filter(|choice| acts_on(choice, id)).cloned().collect(),
            }
        })
        .collect()
}

fn acts_on(choice: &Choice, id: PacketId) -> bool {
    match choice {
        Choice::Deliver(on) | Choice::Drop(on) | Choice::Duplicate(on) | Choice::Delay(on, _) => {
            *on == id
        }
        Choice::Expire(..)
        | Choice::ExpireStranger(..)
        | Choice::Call(..)
        | Choice::Crash(_)
        | Choice::Forge(..)
        | Choice::Stranger(..) => false,
    }
}
