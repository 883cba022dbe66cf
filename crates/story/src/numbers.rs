//! How sequence numbers are written: as they are, from where their side began, or as symbols.

use handshake::{PacketHistory, PerSide, Segment, SeqNum, Side, State, Trace};

use crate::words;

/// A way of writing sequence numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbers {
    /// Counted from the side's initial number, as packet analysers do: 0, 1, 2.
    Relative,
    /// With the initial number as a letter: t, t+1, p+1.
    Symbolic,
    /// As they stand in the header.
    Real,
}

impl Numbers {
    /// All of them.
    pub const ALL: [Numbers; 3] = [Numbers::Relative, Numbers::Symbolic, Numbers::Real];

    /// As it is kept, and as the page writes it.
    pub fn id(self) -> &'static str {
        match self {
            Numbers::Relative => "relative",
            Numbers::Symbolic => "symbolic",
            Numbers::Real => "real",
        }
    }
}

/// The initial numbers from which each side's numbers are counted, and how they are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numbering {
    numbers: Numbers,
    /// None where a side has not chosen a number yet.
    iss: PerSide<Option<SeqNum>>,
}

impl Numbering {
    /// The numbering that holds at a place of a run.
    pub fn at(trace: &Trace, place: usize, numbers: Numbers) -> Numbering {
        let iss = PerSide::from_fn(|side| {
            (0..=place).rev().find_map(|place| {
                let tcb = trace.world_at(place).end(side).tcb()?;
                (tcb.state != State::Listen).then_some(tcb.snd.iss)
            })
        });
        Numbering { numbers, iss }
    }

    /// The numbering of a packet. Numbers between P and a stranger count nothing of T's, so that
    /// they stand as they are.
    pub fn of(trace: &Trace, packet: &PacketHistory, numbers: Numbers) -> Numbering {
        let is_strangers = packet.packet.stranger.is_some();
        Numbering::at(trace, packet.said_in, if is_strangers { Numbers::Real } else { numbers })
    }

    /// Writes a number that counts what `owner` sends; as it is, where its owner has not begun.
    pub fn write(&self, owner: Side, number: SeqNum) -> String {
        let Some(iss) = self.iss[owner] else { return number.to_string() };
        let (sign, offset) = if number.is_before(iss) {
            ("-", number.distance_to(iss))
        } else {
            ("+", iss.distance_to(number))
        };
        match self.numbers {
            Numbers::Real => number.to_string(),
            Numbers::Relative if sign == "-" => format!("-{offset}"),
            Numbers::Relative => offset.to_string(),
            Numbers::Symbolic if offset == 0 => words::symbol(owner).to_owned(),
            Numbers::Symbolic => format!("{}{sign}{offset}", words::symbol(owner)),
        }
    }

    /// Writes SEG.SEQ. That of a RST that answers a segment without ACK is 0 by the RFC's word and
    /// counts nothing (section 3.5.2).
    pub fn write_seq(&self, from: Side, segment: &Segment) -> String {
        if segment.is_reset() && segment.acknowledges().is_some() {
            segment.seq.to_string()
        } else {
            self.write(from, segment.seq)
        }
    }

    /// Writes both numbers of a segment with their names: `seq 0`, and `ack 1` where it counts.
    pub fn write_numbers(&self, from: Side, segment: &Segment) -> Vec<String> {
        let seq = format!("seq {}", self.write_seq(from, segment));
        let ack = segment.acknowledges();
        let ack = ack.map(|ack| format!("ack {}", self.write(from.peer(), ack)));
        [Some(seq), ack].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(numbers: Numbers) -> Numbering {
        let trace: Trace = "v1~iss.4294967295.300~B.listen~A.open".parse().unwrap();
        Numbering::at(&trace, 2, numbers)
    }

    #[test]
    fn relative_numbers_count_over_the_wrap() {
        assert_eq!(numbering(Numbers::Relative).write(Side::A, SeqNum(u32::MAX)), "0");
        assert_eq!(numbering(Numbers::Relative).write(Side::A, SeqNum(0)), "1");
        assert_eq!(numbering(Numbers::Relative).write(Side::A, SeqNum(u32::MAX - 10)), "-10");
    }

    #[test]
    fn a_side_that_has_not_begun_has_nothing_to_count_from() {
        assert_eq!(numbering(Numbers::Relative).write(Side::B, SeqNum(290)), "290");
        let refusal: Trace = "v1~A.open~deliver.1".parse().unwrap();
        let numbering = Numbering::at(&refusal, 2, Numbers::Symbolic);
        let packets = refusal.packets_at(2);
        assert_eq!(numbering.write_seq(Side::B, &packets[1].packet.segment), "0");
    }

    #[test]
    fn symbols_are_the_letters_of_the_sides() {
        assert_eq!(numbering(Numbers::Symbolic).write(Side::A, SeqNum(u32::MAX)), "t");
        assert_eq!(numbering(Numbers::Symbolic).write(Side::A, SeqNum(1)), "t+2");
    }

    #[test]
    fn real_numbers_are_what_the_header_carries() {
        assert_eq!(numbering(Numbers::Real).write(Side::A, SeqNum(301)), "301");
    }
}
