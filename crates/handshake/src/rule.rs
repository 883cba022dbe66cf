//! Rules: why an endpoint did what it did, one for each branch of RFC 9293 section 3.10.
//!
//! A rule is a value, so that a test can assert it and a page can show it.

use core::fmt;

use crate::SeqNum;

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident, $id:literal, $section:literal, $check:expr;)+) => {
        /// One branch of RFC 9293 section 3.10 (user calls, arriving segments, time-outs).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// Every rule, in the order of the RFC's sections.
            pub const ALL: &[Rule] = &[$(Rule::$name,)+];

            /// A short stable name for texts and files, i.e. `listen-syn`.
            pub fn id(self) -> &'static str {
                match self { $(Rule::$name => $id,)+ }
            }

            /// The section of RFC 9293 that says so.
            pub fn section(self) -> &'static str {
                match self { $(Rule::$name => $section,)+ }
            }

            /// Which of the section's checks decided, where a segment arrived.
            pub fn check(self) -> Option<Check> {
                match self { $(Rule::$name => $check,)+ }
            }
        }
    };
}

rules! {
    /// CLOSED, passive OPEN: make a TCB and wait in LISTEN.
    OpenPassive, "open-passive", "3.10.1", None;
    /// CLOSED, active OPEN: choose ISS, send a SYN, enter SYN-SENT.
    OpenActive, "open-active", "3.10.1", None;
    /// LISTEN, active OPEN: the passive side turns active and sends a SYN.
    OpenActiveFromListen, "open-active-from-listen", "3.10.1", None;
    /// Any other state, OPEN: the connection exists already.
    OpenExists, "open-exists", "3.10.1", None;

    /// CLOSED, a RST: there is nothing to reset.
    ClosedReset, "closed-reset", "3.10.7.1", Some(Check::Reset);
    /// CLOSED, no ACK: refuse with a RST that acknowledges what came.
    ClosedRefuses, "closed-refuses", "3.10.7.1", Some(Check::Ack);
    /// CLOSED, an ACK: refuse with a RST at the number that the ACK names.
    ClosedRefusesAck, "closed-refuses-ack", "3.10.7.1", Some(Check::Ack);

    /// LISTEN, a RST: nothing here can be meant.
    ListenReset, "listen-reset", "3.10.7.2", Some(Check::Reset);
    /// LISTEN, an ACK: nothing was sent, so nothing can be acknowledged; answer with a RST.
    ListenAck, "listen-ack", "3.10.7.2", Some(Check::Ack);
    /// LISTEN, a SYN: note its number, choose ISS, answer SYN,ACK, enter SYN-RECEIVED.
    ListenSyn, "listen-syn", "3.10.7.2", Some(Check::Syn);
    /// LISTEN, neither RST, ACK nor SYN: drop it.
    ListenOther, "listen-other", "3.10.7.2", Some(Check::Other);

    /// SYN-SENT, an ACK of something never sent: answer with a RST.
    SynSentAckUnacceptable, "syn-sent-ack-unacceptable", "3.10.7.3", Some(Check::Ack);
    /// SYN-SENT, a RST whose ACK names something never sent: drop it.
    SynSentResetUnacceptable, "syn-sent-reset-unacceptable", "3.10.7.3", Some(Check::Ack);
    /// SYN-SENT, a RST that acknowledges our SYN: refused, enter CLOSED.
    SynSentRefused, "syn-sent-refused", "3.10.7.3", Some(Check::Reset);
    /// SYN-SENT, a RST that acknowledges nothing: drop it.
    SynSentReset, "syn-sent-reset", "3.10.7.3", Some(Check::Reset);
    /// SYN-SENT, SYN,ACK: our SYN is acknowledged; acknowledge the peer's, enter ESTABLISHED.
    SynSentSynAck, "syn-sent-syn-ack", "3.10.7.3", Some(Check::Syn);
    /// SYN-SENT, a SYN alone: both sides open at once; answer SYN,ACK, enter SYN-RECEIVED.
    SynSentSyn, "syn-sent-syn", "3.10.7.3", Some(Check::Syn);
    /// SYN-SENT, neither SYN nor RST: drop it.
    SynSentOther, "syn-sent-other", "3.10.7.3", Some(Check::Other);

    /// A segment outside the window: say with an ACK what is expected, drop it.
    Unacceptable, "unacceptable", "3.10.7.4", Some(Check::Sequence);
    /// A RST outside the window: drop it silently.
    UnacceptableReset, "unacceptable-reset", "3.10.7.4", Some(Check::Sequence);
    /// SYN-RECEIVED, the SYN,ACK that crossed ours in a simultaneous open: take it as the ACK.
    ///
    /// Table 6 would refuse it, yet figure 7 draws it; the figure is followed.
    SynReceivedCrossing, "syn-received-crossing", "3.5", Some(Check::Sequence);
    /// SYN-RECEIVED after a passive OPEN, a RST at RCV.NXT: back to LISTEN.
    SynReceivedResetToListen, "syn-received-reset-to-listen", "3.10.7.4", Some(Check::Reset);
    /// SYN-RECEIVED after an active OPEN, a RST at RCV.NXT: refused, enter CLOSED.
    SynReceivedRefused, "syn-received-refused", "3.10.7.4", Some(Check::Reset);
    /// A RST at RCV.NXT: the connection is reset, enter CLOSED.
    Reset, "reset", "3.10.7.4", Some(Check::Reset);
    /// A RST in the window but not at RCV.NXT: send a challenge ACK, drop it.
    ResetChallenged, "reset-challenged", "3.10.7.4", Some(Check::Reset);
    /// SYN-RECEIVED after a passive OPEN, a SYN in the window: back to LISTEN.
    SynReceivedSynToListen, "syn-received-syn-to-listen", "3.10.7.4", Some(Check::Syn);
    /// A SYN in the window: send a challenge ACK, drop it.
    SynChallenged, "syn-challenged", "3.10.7.4", Some(Check::Syn);
    /// The flag ACK is off: drop it.
    AckAbsent, "ack-absent", "3.10.7.4", Some(Check::Ack);
    /// SYN-RECEIVED, an ACK of our SYN: enter ESTABLISHED.
    SynReceivedAck, "syn-received-ack", "3.10.7.4", Some(Check::Ack);
    /// SYN-RECEIVED, an ACK of something else: answer with a RST.
    SynReceivedAckUnacceptable, "syn-received-ack-unacceptable", "3.10.7.4", Some(Check::Ack);
    /// ESTABLISHED, an ACK of something new: SND.UNA advances.
    AckAdvances, "ack-advances", "3.10.7.4", Some(Check::Ack);
    /// ESTABLISHED, an ACK of what was acknowledged before: nothing changes.
    AckDuplicate, "ack-duplicate", "3.10.7.4", Some(Check::Ack);
    /// ESTABLISHED, an ACK of something not sent yet: say with an ACK what is expected.
    AckOfUnsent, "ack-of-unsent", "3.10.7.4", Some(Check::Ack);
    /// An ACK older than any that can still be under way: say with an ACK what is expected.
    AckTooOld, "ack-too-old", "3.10.7.4", Some(Check::Ack);

    /// The retransmission timer expired: send the SYN or SYN,ACK again, wait twice as long.
    Retransmit, "retransmit", "3.10.8", None;
    /// Unanswered for too long (R2 of section 3.8.3): tell the user, enter CLOSED.
    GiveUp, "give-up", "3.8.3", None;
    /// Unanswered for too long after a passive OPEN: the listener waits on in LISTEN.
    GiveUpToListen, "give-up-to-listen", "3.8.3", None;
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The questions that section 3.10.7 asks of an arriving segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Check {
    /// Is it in the window?
    Sequence,
    /// Is RST set?
    Reset,
    /// Is SYN set?
    Syn,
    /// Is ACK set, and of what?
    Ack,
    /// None of the above.
    Other,
}

impl Check {
    /// The questions of section 3.10.7.1, in its order.
    pub const CLOSED: &[Check] = &[Check::Reset, Check::Ack];
    /// The questions of section 3.10.7.2, in its order.
    pub const LISTEN: &[Check] = &[Check::Reset, Check::Ack, Check::Syn, Check::Other];
    /// The questions of section 3.10.7.3, in its order.
    pub const SYN_SENT: &[Check] = &[Check::Ack, Check::Reset, Check::Syn, Check::Other];
    /// The questions of section 3.10.7.4, in its order, as far as they open a connection.
    pub const OTHERWISE: &[Check] = &[Check::Sequence, Check::Reset, Check::Syn, Check::Ack];
}

/// A rule together with the numbers that it looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reason {
    /// The rule that was applied.
    pub rule: Rule,
    /// What it compared.
    pub compared: Compared,
}

/// The comparison behind a rule, with its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Compared {
    /// Only flags and the state counted.
    Nothing,
    /// An acknowledgment number: `low < ack =< high`.
    Acknowledgment {
        /// SEG.ACK.
        ack: SeqNum,
        /// SND.UNA, or ISS in SYN-SENT: one less than the least acceptable number.
        low: SeqNum,
        /// SND.NXT, the greatest acceptable number.
        high: SeqNum,
    },
    /// A sequence number against the receive window (table 6): `nxt =< seq < nxt + wnd`.
    Sequence {
        /// SEG.SEQ.
        seq: SeqNum,
        /// SEG.LEN.
        length: u32,
        /// RCV.NXT.
        nxt: SeqNum,
        /// RCV.WND.
        wnd: u32,
    },
    /// A number that was taken over: RCV.NXT = SEG.SEQ + 1.
    Noted {
        /// SEG.SEQ of the SYN.
        seq: SeqNum,
        /// RCV.NXT from now on.
        nxt: SeqNum,
    },
}
