//! How sequence numbers are written: as they are, from where their side began, or as symbols.

use handshake::{PerSide, SeqNum, Side, State, Trace};

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
}

/// The initial numbers from which each side's numbers are counted, and how they are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numbering {
    numbers: Numbers,
    iss: PerSide<SeqNum>,
}

impl Numbering {
    /// The numbering that holds at a place of a run.
    pub fn at(trace: &Trace, place: usize, numbers: Numbers) -> Numbering {
        let iss = PerSide::from_fn(|side| {
            let chosen = (0..=place).rev().find_map(|place| {
                let tcb = trace.world_at(place).end(side).tcb()?;
                (tcb.state != State::Listen).then_some(tcb.snd.iss)
            });
            chosen.unwrap_or(trace.start().iss[side])
        });
        Numbering { numbers, iss }
    }

    /// Writes a number that counts what `owner` sends.
    pub fn write(&self, owner: Side, number: SeqNum) -> String {
        let iss = self.iss[owner];
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

    /// How far a number lies beyond its side's initial number.
    pub fn offset(&self, owner: Side, number: SeqNum) -> u32 {
        self.iss[owner].distance_to(number)
    }

    /// The initial number of a side.
    pub fn iss(&self, owner: Side) -> SeqNum {
        self.iss[owner]
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
        assert_eq!(numbering(Numbers::Relative).write(Side::B, SeqNum(290)), "-10");
    }

    #[test]
    fn symbols_are_the_letters_of_the_sides() {
        assert_eq!(numbering(Numbers::Symbolic).write(Side::A, SeqNum(u32::MAX)), "t");
        assert_eq!(numbering(Numbers::Symbolic).write(Side::B, SeqNum(301)), "p+1");
    }

    #[test]
    fn real_numbers_are_what_the_header_carries() {
        assert_eq!(numbering(Numbers::Real).write(Side::B, SeqNum(301)), "301");
    }
}
