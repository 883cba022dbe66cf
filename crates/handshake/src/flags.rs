//! The control bits of a segment (RFC 9293 section 3.1).

use core::fmt;
use core::ops::BitOr;

/// Any combination of the eight control bits, sensible or not: a forged segment may carry them all.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(u8);

impl Flags {
    /// No control bit at all.
    pub const NONE: Flags = Flags(0);
    /// No more data from the sender.
    pub const FIN: Flags = Flags(0x01);
    /// Synchronize sequence numbers.
    pub const SYN: Flags = Flags(0x02);
    /// Reset the connection.
    pub const RST: Flags = Flags(0x04);
    /// Push function.
    pub const PSH: Flags = Flags(0x08);
    /// The acknowledgment field is significant.
    pub const ACK: Flags = Flags(0x10);
    /// The urgent pointer field is significant.
    pub const URG: Flags = Flags(0x20);
    /// ECN-Echo (RFC 3168).
    pub const ECE: Flags = Flags(0x40);
    /// Congestion window reduced (RFC 3168).
    pub const CWR: Flags = Flags(0x80);

    /// Every bit with its name, in the order of the header, from the left.
    pub const IN_HEADER_ORDER: [(Flags, &str); 8] = [
        (Flags::CWR, "CWR"),
        (Flags::ECE, "ECE"),
        (Flags::URG, "URG"),
        (Flags::ACK, "ACK"),
        (Flags::PSH, "PSH"),
        (Flags::RST, "RST"),
        (Flags::SYN, "SYN"),
        (Flags::FIN, "FIN"),
    ];

    /// The order in which the RFC's figures write them: `SYN,ACK`, `FIN,ACK`, `RST,ACK`.
    const IN_FIGURE_ORDER: [(Flags, &'static str); 8] = [
        (Flags::SYN, "SYN"),
        (Flags::FIN, "FIN"),
        (Flags::RST, "RST"),
        (Flags::PSH, "PSH"),
        (Flags::URG, "URG"),
        (Flags::ECE, "ECE"),
        (Flags::CWR, "CWR"),
        (Flags::ACK, "ACK"),
    ];

    /// Are all bits of `others` set here?
    pub fn contain(self, others: Flags) -> bool {
        self.0 & others.0 == others.0
    }

    /// The names of the bits that are set, in the order of the figures: `SYN`, `ACK`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let set = Flags::IN_FIGURE_ORDER.into_iter().filter(move |(flag, _)| self.contain(*flag));
        set.map(|(_, name)| name)
    }

    /// The bits as they stand in byte 13 of the header.
    pub fn bits(self) -> u8 {
        self.0
    }
}

impl BitOr for Flags {
    type Output = Flags;

    fn bitor(self, others: Flags) -> Flags {
        Flags(self.0 | others.0)
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for name in self.names() {
            write!(f, "{separator}{name}")?;
            separator = ",";
        }
        Ok(())
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn flags_are_written_as_the_figures_write_them() {
        assert_eq!((Flags::ACK | Flags::SYN).to_string(), "SYN,ACK");
        assert_eq!((Flags::ACK | Flags::RST).to_string(), "RST,ACK");
        assert_eq!(Flags::NONE.to_string(), "");
    }

    #[test]
    fn both_orders_name_all_eight_bits() {
        for order in [Flags::IN_HEADER_ORDER, Flags::IN_FIGURE_ORDER] {
            let all = order.iter().fold(Flags::NONE, |sum, &(flag, _)| sum | flag);
            assert_eq!(all.bits(), 0xff);
        }
    }
}
