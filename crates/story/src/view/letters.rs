//! The letters in the air between the two houses.

use handshake::{Choice, Instant, PacketId, Side, StrangerId, Trace};

use super::{Mark, share};
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
    /// How much of its way it has flown, in thousandths.
    pub flown_permille: u16,
    /// What can be done to it: exactly what the world offers.
    pub choices: Vec<Choice>,
}

impl Letter {
    /// Is it the crow that carries it, since neither T nor P wrote it? What P answers to a stranger
    /// is carried by P's own bird.
    pub fn is_by_crow(&self) -> bool {
        self.forged || (self.stranger.is_some() && self.from == Side::A)
    }
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
            let lands_at = lands_in_run(trace, id).unwrap_or(packet.due_at);
            let whole = (lands_at - packet.sent_at).0;
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
                left_ms: (lands_at - position.at).as_millis(),
                flown_permille: permille((position.at - packet.sent_at).0, whole),
                choices: offered.iter().filter(|choice| acts_on(choice, id)).cloned().collect(),
            }
        })
        .collect()
}

/// The letter whose way is measured: of those in the air the one that lands first.
pub fn measured(letters: &[Letter]) -> Option<&Letter> {
    letters.iter().min_by_key(|letter| letter.left_ms)
}

/// When a packet arrives in this run, if it does.
pub(super) fn lands_in_run(trace: &Trace, id: PacketId) -> Option<Instant> {
    let lands = trace.steps().iter().find(|step| step.choice == Choice::Deliver(id));
    lands.map(|step| step.at)
}

/// So much of a whole in thousandths; what has no length is done.
fn permille(done: u64, whole: u64) -> u16 {
    if whole == 0 { 1000 } else { u16::try_from(share(1000, done, whole)).unwrap_or(1000) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn flying(run: &str, place: usize) -> Vec<Letter> {
        let trace: Trace = run.parse().unwrap();
        let position = Position::resting(&trace, place);
        letters(&trace, position, Language::English, Numbers::Relative)
    }

    #[test]
    fn a_letter_is_as_far_as_time_has_brought_it() {
        // T's first word is half way when she says the second: 50 of 100 ms, and later 75 and 25.
        let run = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.a~after.50ms.A.send.b";
        let flown: Vec<u16> = flying(run, 7).iter().map(|letter| letter.flown_permille).collect();
        assert_eq!(flown, [750, 250]);
    }

    #[test]
    fn what_is_measured_is_what_lands_first() {
        let letters = flying("v1~B.listen~A.open~copy.1~delay.1.400ms", 4);
        assert_eq!(measured(&letters).map(|letter| letter.packet), Some(PacketId(2)));
        assert_eq!(measured(&[]), None);
    }

    #[test]
    fn a_letter_that_lands_late_is_on_its_way_until_then() {
        let letters = flying("v1~B.listen~A.open~A.rto~deliver.1", 3);
        // Sent at 0, overtaken by the alarm at 1 s, and delivered right then.
        assert_eq!((letters[0].flown_permille, letters[0].left_ms), (1000, 0));
    }

    #[test]
    fn a_bird_carries_only_what_its_owner_wrote() {
        let crows = |run: &str, place| -> Vec<bool> {
            flying(run, place).iter().map(Letter::is_by_crow).collect()
        };
        assert_eq!(crows("v1~B.listen~A.open~forge.B.RST.1", 3), [false, true]);
        let called = "v1~backlog.2.2~B.listen~stranger.7.SYN.5000~deliver.1";
        assert_eq!(crows(called, 2), [true]);
        assert_eq!(crows(called, 3), [false]);
    }

    #[test]
    fn what_takes_no_time_has_arrived() {
        assert_eq!([permille(0, 0), permille(1, 3), permille(4, 3)], [1000, 333, 1000]);
    }
}
