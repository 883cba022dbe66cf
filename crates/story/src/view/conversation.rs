//! The conversation as a narrator sees it, who knows what became of each message.

use handshake::{Choice, Fate, PacketHistory, PacketId, Rule, Side, Trace};

use crate::facts::header;
use crate::words::{self, ui};
use crate::{Language, Numbering, Numbers, Position, Scene, Text, message};

/// One text message, i.e. one segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bubble {
    /// The packet that it is.
    pub packet: PacketId,
    /// Its number as every view writes it.
    pub numeral: String,
    /// Who sent it.
    pub from: Side,
    /// What the stranger is called who wrote it to P or is written to, where T is neither.
    pub stranger: Option<String>,
    /// What the heart says.
    pub text: String,
    /// What the header says, i.e. `SYN,ACK seq 0 ack 1`.
    pub header: String,
    /// All of that in one sentence, for whoever hears it.
    pub name: String,
    /// How many octets of text it carries.
    pub octets: usize,
    /// How it stands with it.
    pub mark: Mark,
    /// The place of the run since which it is known here.
    pub since: usize,
}

/// How it stands with a message. The first three are all that its sender can know or suspect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// It was sent; its sender cannot know more, and it may need no answer.
    Sent,
    /// It was sent and its sender waits for an acknowledgment.
    Awaiting,
    /// Its sender knows that it arrived: it was acknowledged.
    Acknowledged,
    /// It is in the air.
    InFlight,
    /// It arrived.
    Arrived,
    /// It came as far as the receiver's door, and was dropped there unread.
    TurnedAway,
    /// It was lost.
    Lost,
}

impl Mark {
    /// In words.
    pub fn words(self) -> Text {
        match self {
            Mark::Sent => ui::SENT,
            Mark::Awaiting => ui::AWAITING,
            Mark::Acknowledged => ui::ACKNOWLEDGED,
            Mark::InFlight => ui::IN_THE_AIR,
            Mark::Arrived => ui::ARRIVED,
            Mark::TurnedAway => ui::TURNED_AWAY,
            Mark::Lost => ui::LOST,
        }
    }
}

/// All messages up to a position, in the order in which they were sent: those between T and P, and
/// those between P and strangers. Copies that the network made are bubbles of their own: they
/// arrive as such.
pub fn conversation(
    trace: &Trace,
    position: Position,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> Vec<Bubble> {
    newest_messages(trace, position, scene, (language, numbers), usize::MAX).1
}

/// The newest messages of the [`conversation`], at most so many, and how many come before them.
pub fn newest_messages(
    trace: &Trace,
    position: Position,
    scene: Option<&Scene>,
    (language, numbers): (Language, Numbers),
    newest: usize,
) -> (usize, Vec<Bubble>) {
    let packets = trace.packets_at(position.place);
    let bubble = |packet: &PacketHistory| {
        let mark = match packet.fate {
            Fate::InFlight => Mark::InFlight,
            Fate::Delivered(_) if is_turned_away(trace, position.place, packet) => Mark::TurnedAway,
            Fate::Delivered(_) => Mark::Arrived,
            Fate::Lost(_) => Mark::Lost,
        };
        bubble(trace, packet, (mark, packet.sent_in), scene, language, numbers)
    };
    let earlier = packets.len().saturating_sub(newest);
    (earlier, packets.iter().skip(earlier).map(bubble).collect())
}

/// Did a listener whose queue was full drop this packet when it came?
pub(super) fn is_turned_away(trace: &Trace, place: usize, history: &PacketHistory) -> bool {
    let drops = [Rule::SynDropped, Rule::SynDroppedUnaccepted, Rule::AckDropped];
    let steps = (history.sent_in..=place).filter_map(|place| trace.step_to(place));
    let arrival = steps.into_iter().find(|step| step.choice == Choice::Deliver(history.packet.id));
    arrival.is_some_and(|step| drops.into_iter().any(|rule| step.effects.followed(rule)))
}

/// One message as a bubble.
pub(super) fn bubble(
    trace: &Trace,
    history: &PacketHistory,
    (mark, since): (Mark, usize),
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> Bubble {
    let numbering = Numbering::of(trace, history, numbers);
    let packet = &history.packet;
    let segment = &packet.segment;
    let written = numbering.write_numbers(packet.from, segment);
    let standing = mark.words().to(language);
    Bubble {
        packet: packet.id,
        numeral: words::numeral(packet.id.0),
        from: packet.from,
        stranger: packet.stranger.map(|id| words::stranger(id, language)),
        text: message(trace, history, scene, language, numbers),
        header: header(&numbering, packet.from, segment),
        name: words::message_name(packet, &written, standing, language),
        octets: segment.text.len(),
        mark,
        since,
    }
}
