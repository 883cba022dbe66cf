//! Forgeries: a short list of what somebody else could say in a side's name, or what could arrive
//! from an earlier life.

use alloc::vec::Vec;

use crate::{Choice, Flags, Segment, SeqNum, Side, State, World};

impl World {
    /// How far an old SYN lies below the number with which its sender begins now, as in figure 8 of
    /// the RFC: 90 where it begins with 100.
    const OLD_SYN: u32 = 10;

    /// What is worth forging, first to A, then to B. Any segment could be forged; these are the
    /// ones of which RFC 9293 speaks, each with the numbers that its receiver looks at:
    ///
    /// | its receiver | is shown |
    /// | --- | --- |
    /// | in any state | a SYN from an earlier life of the peer (section 3.5, figure 8) |
    /// | in any state | an ACK of what was never sent (section 3.5.2) |
    /// | in CLOSED and LISTEN | a RST, which says nothing to it |
    /// | in SYN-SENT | a RST that acknowledges nothing, and one that acknowledges its SYN |
    /// | in every later state | a RST before, at and behind RCV.NXT (RFC 5961 section 3.2) |
    pub fn forgeries(&self) -> Vec<Choice> {
        let to = |side| {
            let forged = self.forgeries_to(side).into_iter();
            forged.map(move |segment| Choice::Forge(side, segment))
        };
        Side::BOTH.into_iter().flat_map(to).collect()
    }

    fn forgeries_to(&self, side: Side) -> Vec<Segment> {
        let (end, peer) = (self.end(side), self.end(side.peer()));
        let (snd, rcv) = end.tcb().map(|tcb| (tcb.snd, tcb.rcv)).unwrap_or_default();
        let in_life = peer.tcb().filter(|tcb| tcb.state != State::Listen);
        let peer_iss = in_life.map_or(peer.next_iss(), |tcb| tcb.snd.iss);
        let forged = |flags, seq, ack| {
            // As much of it as the field holds.
            let window = u16::try_from(peer.settings().window).unwrap_or(u16::MAX);
            Segment { seq, ack, flags, window, ..Segment::default() }
        };
        let reset = |seq| forged(Flags::RST, seq, SeqNum(0));
        let mut all = [
            forged(Flags::SYN, below(peer_iss, World::OLD_SYN), SeqNum(0)),
            forged(Flags::ACK, rcv.nxt, snd.nxt + 1),
        ]
        .to_vec();
        all.extend(match end.state() {
            State::Closed | State::Listen => [reset(rcv.nxt)].to_vec(),
            State::SynSent => {
                [reset(rcv.nxt), forged(Flags::RST | Flags::ACK, rcv.nxt, snd.nxt)].to_vec()
            }
            _ => [below(rcv.nxt, 1), rcv.nxt, rcv.nxt + 1].map(reset).to_vec(),
        });
        all
    }
}

/// The number so far below another.
fn below(number: SeqNum, by: u32) -> SeqNum {
    SeqNum(number.0.wrapping_sub(by))
}
