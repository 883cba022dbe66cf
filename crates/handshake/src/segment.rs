//! Segments: what one endpoint says to the other (RFC 9293 section 3.1).

use core::fmt;

use crate::{Flags, Octets, SeqNum};

/// One segment. Ports and checksum belong to the wire and are not kept here.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Segment {
    /// SEG.SEQ, the number of the first octet; of the SYN itself, where there is one.
    pub seq: SeqNum,
    /// SEG.ACK as it stands in the header; it means something only beside the flag ACK, see
    /// [`acknowledges`](Self::acknowledges).
    pub ack: SeqNum,
    /// The control bits.
    pub flags: Flags,
    /// SEG.WND, the octets that the sender still has room for.
    pub window: u16,
    /// The options, which stand behind the header.
    pub options: Options,
    /// The text, i.e. the application's octets. Empty in every segment that only shakes hands.
    pub text: Octets,
}

/// The options of a segment (RFC 9293 section 3.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Options {
    /// Maximum segment size, in octets of text, that the sender of a SYN is ready to receive.
    pub mss: Option<u16>,
    /// Window scale: the sender of a SYN shifts the windows that it will announce right by so many
    /// bits (RFC 7323 section 2.2).
    pub window_scale: Option<u8>,
    /// SACK-permitted: the sender of a SYN understands selective acknowledgments (RFC 2018).
    pub sack_permitted: bool,
    /// Timestamps (RFC 7323 section 3.2).
    pub timestamps: Option<Timestamps>,
}

impl Options {
    /// The octets that they take behind the header, each laid out on words of 32 bits by
    /// no-operations before it, as RFC 7323 appendix A recommends.
    pub fn octets(&self) -> u16 {
        let words = u16::from(self.mss.is_some())
            + u16::from(self.window_scale.is_some())
            + u16::from(self.sack_permitted)
            + u16::from(self.timestamps.is_some()) * 3;
        4 * words
    }
}

/// The option Timestamps (RFC 7323 section 3.2). Like sequence numbers, its values go round.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Timestamps {
    /// `TSval`: the sender's clock, in milliseconds.
    pub value: u32,
    /// `TSecr`: the peer's clock, as it came; zero where there is no ACK.
    pub echo: u32,
}

impl Segment {
    /// Is the flag SYN set?
    pub fn is_syn(&self) -> bool {
        self.flags.contain(Flags::SYN)
    }

    /// Is the flag RST set?
    pub fn is_reset(&self) -> bool {
        self.flags.contain(Flags::RST)
    }

    /// Is the flag FIN set?
    pub fn is_fin(&self) -> bool {
        self.flags.contain(Flags::FIN)
    }

    /// The acknowledgment number, if the flag ACK says that it counts.
    pub fn acknowledges(&self) -> Option<SeqNum> {
        self.flags.contain(Flags::ACK).then_some(self.ack)
    }

    /// SEG.LEN: the sequence numbers that the segment uses up. SYN and FIN use one each, like an
    /// octet of text; no other flag uses any (RFC 9293 section 3.4).
    pub fn length(&self) -> u32 {
        let text = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        text.saturating_add(u32::from(self.is_syn())).saturating_add(u32::from(self.is_fin()))
    }
}

/// As in the RFC's figures: `<SEQ=300><ACK=101><CTL=SYN,ACK>`.
impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<SEQ={}>", self.seq)?;
        if let Some(ack) = self.acknowledges() {
            write!(f, "<ACK={ack}>")?;
        }
        if self.flags != Flags::NONE {
            write!(f, "<CTL={}>", self.flags)?;
        }
        match self.text.len() {
            0 => Ok(()),
            octets => write!(f, "<DATA={octets}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn syn_and_fin_use_up_one_number_each() {
        let bare = Segment { flags: Flags::ACK, ..Segment::default() };
        assert_eq!(bare.length(), 0);
        let syn = Segment { flags: Flags::SYN, ..Segment::default() };
        assert_eq!(syn.length(), 1);
        let all = Segment { flags: Flags::SYN | Flags::FIN, text: b"hi".into(), ..syn };
        assert_eq!(all.length(), 4);
    }

    #[test]
    fn the_number_counts_only_beside_the_flag() {
        let flag_off = Segment { ack: SeqNum(7), flags: Flags::SYN, ..Segment::default() };
        assert_eq!(flag_off.acknowledges(), None);
        assert_eq!(flag_off.to_string(), "<SEQ=0><CTL=SYN>");
    }

    #[test]
    fn a_segment_is_written_as_in_figure_6() {
        let reply = Segment {
            seq: SeqNum(300),
            ack: SeqNum(101),
            flags: Flags::SYN | Flags::ACK,
            ..Segment::default()
        };
        assert_eq!(reply.to_string(), "<SEQ=300><ACK=101><CTL=SYN,ACK>");
    }
}
