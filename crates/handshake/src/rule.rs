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

            /// The section of the RFC that says so; where none does, the section of RFC 9293 that
            /// has the branch to which this one is an exception or an addition.
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
    /// CLOSED, passive OPEN that names one remote socket: wait in LISTEN for that one alone.
    OpenPassiveNamed, "open-passive-named", "3.10.1", None;
    /// CLOSED, active OPEN: choose ISS, send a SYN, enter SYN-SENT.
    OpenActive, "open-active", "3.10.1", None;
    /// LISTEN, active OPEN: the passive side turns active and sends a SYN.
    OpenActiveFromListen, "open-active-from-listen", "3.10.1", None;
    /// Any other state, OPEN: the connection exists already.
    OpenExists, "open-exists", "3.10.1", None;
    /// CLOSED, SEND: there is no connection.
    SendWithoutConnection, "send-without-connection", "3.10.2", None;
    /// LISTEN, SEND: the passive side turns active, the text waits for ESTABLISHED.
    SendFromListen, "send-from-listen", "3.10.2", None;
    /// LISTEN for somebody who is not here, SEND: nobody can be reached.
    SendToAbsent, "send-to-absent", "3.10.2", None;
    /// SYN-SENT or SYN-RECEIVED, SEND: the text waits for ESTABLISHED.
    SendQueued, "send-queued", "3.10.2", None;
    /// ESTABLISHED or CLOSE-WAIT, SEND: the text goes as far as the window allows.
    Send, "send", "3.10.2", None;
    /// After CLOSE, SEND: it is too late.
    SendClosing, "send-closing", "3.10.2", None;
    /// CLOSED, RECEIVE: there is no connection.
    ReceiveWithoutConnection, "receive-without-connection", "3.10.3", None;
    /// RECEIVE before anything has arrived: it waits.
    ReceiveQueued, "receive-queued", "3.10.3", None;
    /// RECEIVE with text there: it is handed over.
    Receive, "receive", "3.10.3", None;
    /// RECEIVE when nothing is left and nothing more will come.
    ReceiveClosing, "receive-closing", "3.10.3", None;
    /// CLOSED, CLOSE: there is no connection.
    CloseWithoutConnection, "close-without-connection", "3.10.4", None;
    /// LISTEN, CLOSE: delete the TCB, enter CLOSED.
    CloseListen, "close-listen", "3.10.4", None;
    /// SYN-SENT, CLOSE: delete the TCB, enter CLOSED; nothing is sent.
    CloseSynSent, "close-syn-sent", "3.10.4", None;
    /// SYN-RECEIVED, CLOSE with text waiting: it waits as well, until ESTABLISHED.
    CloseQueued, "close-queued", "3.10.4", None;
    /// SYN-RECEIVED, CLOSE: send a FIN, enter FIN-WAIT-1.
    CloseSynReceived, "close-syn-received", "3.10.4", None;
    /// ESTABLISHED, CLOSE: send what is left and a FIN behind it, enter FIN-WAIT-1.
    CloseEstablished, "close-established", "3.10.4", None;
    /// CLOSE-WAIT, CLOSE: send what is left and a FIN behind it, enter LAST-ACK.
    CloseWaitCloses, "close-wait-closes", "3.10.4", None;
    /// CLOSE a second time: no second FIN.
    CloseAgain, "close-again", "3.10.4", None;
    /// CLOSING, LAST-ACK or TIME-WAIT, CLOSE: it is closing already.
    CloseClosing, "close-closing", "3.10.4", None;
    /// CLOSED, ABORT: there is no connection.
    AbortWithoutConnection, "abort-without-connection", "3.10.5", None;
    /// LISTEN or SYN-SENT, ABORT: delete the TCB; there is nobody to send a RST to.
    AbortUnheard, "abort-unheard", "3.10.5", None;
    /// An open connection, ABORT: send a RST, forget everything, enter CLOSED.
    Abort, "abort", "3.10.5", None;
    /// CLOSING, LAST-ACK or TIME-WAIT, ABORT: delete the TCB; a RST is not needed any more.
    AbortClosing, "abort-closing", "3.10.5", None;
    /// CLOSED, STATUS: there is no connection.
    StatusWithoutConnection, "status-without-connection", "3.10.6", None;
    /// STATUS: tell how it stands.
    Status, "status", "3.10.6", None;

    /// CLOSED, a RST: there is nothing to reset.
    ClosedReset, "closed-reset", "3.10.7.1", Some(Check::Reset);
    /// CLOSED, no ACK: refuse with a RST that acknowledges what came.
    ClosedRefuses, "closed-refuses", "3.10.7.1", Some(Check::Ack);
    /// CLOSED, an ACK: refuse with a RST at the number that the ACK names.
    ClosedRefusesAck, "closed-refuses-ack", "3.10.7.1", Some(Check::Ack);

    /// LISTEN for somebody else, a RST: it belongs to no connection, and nothing is answered.
    StrangerReset, "stranger-reset", "3.10.7.1", Some(Check::Reset);
    /// LISTEN for somebody else, any other segment: it belongs to no connection and is answered as
    /// in CLOSED, with a RST.
    StrangerRefused, "stranger-refused", "3.10.7.1", Some(Check::Ack);

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

    /// Timestamps: it was said before what came last in order (PAWS); ACK it, drop it. RFC 7323
    /// section 5.3 puts this before the sequence check.
    TimestampOld, "timestamp-old", "5.3", Some(Check::Sequence);
    /// Timestamps were agreed on and it has none: drop it silently (RFC 7323 section 3.2).
    TimestampAbsent, "timestamp-absent", "3.2", Some(Check::Sequence);
    /// A segment outside the window: say with an ACK what is expected, drop it.
    Unacceptable, "unacceptable", "3.10.7.4", Some(Check::Sequence);
    /// A RST outside the window: drop it silently.
    UnacceptableReset, "unacceptable-reset", "3.10.7.4", Some(Check::Sequence);
    /// SYN-RECEIVED, the SYN,ACK that crossed ours in a simultaneous open: take it as the ACK.
    ///
    /// Table 6 would refuse it, yet figure 7 draws it; the figure is followed.
    SynReceivedCrossing, "syn-received-crossing", "3.5", Some(Check::Sequence);
    /// Linux: the same, and the SYN,ACK is acknowledged, so that a simultaneous open takes six
    /// segments.
    SynReceivedCrossingAnswered, "syn-received-crossing-answered", "3.5", Some(Check::Sequence);
    /// Linux: SYN-RECEIVED, the peer's SYN again: send the SYN,ACK again instead of a bare ACK, and
    /// start its timer anew.
    SynReceivedRepeats, "syn-received-repeats", "3.10.7.4", Some(Check::Sequence);
    /// SYN-RECEIVED after a passive OPEN, a RST at RCV.NXT: back to LISTEN.
    SynReceivedResetToListen, "syn-received-reset-to-listen", "3.10.7.4", Some(Check::Reset);
    /// SYN-RECEIVED after an active OPEN, a RST at RCV.NXT: refused, enter CLOSED.
    SynReceivedRefused, "syn-received-refused", "3.10.7.4", Some(Check::Reset);
    /// A RST at RCV.NXT: the connection is reset, enter CLOSED.
    Reset, "reset", "3.10.7.4", Some(Check::Reset);
    /// CLOSING, LAST-ACK or TIME-WAIT, a RST at RCV.NXT: it was over anyway, enter CLOSED.
    ResetClosing, "reset-closing", "3.10.7.4", Some(Check::Reset);
    /// A RST in the window but not at RCV.NXT: send a challenge ACK, drop it.
    ResetChallenged, "reset-challenged", "3.10.7.4", Some(Check::Reset);
    /// Too many challenge ACKs in too short a time (RFC 5961 section 7): this one is not sent.
    ChallengeWithheld, "challenge-withheld", "3.10.7.4", None;
    /// TIME-WAIT, a fresh SYN beyond all old numbers: the connection opens anew (MAY-2).
    TimeWaitReopens, "time-wait-reopens", "3.6.1", Some(Check::Sequence);
    /// TIME-WAIT, the peer's FIN again: our last ACK was lost; repeat it, wait 2 MSL anew.
    TimeWaitFinRepeated, "time-wait-fin-repeated", "3.10.7.4", Some(Check::Sequence);
    /// SYN-RECEIVED after a passive OPEN, a SYN in the window: back to LISTEN.
    SynReceivedSynToListen, "syn-received-syn-to-listen", "3.10.7.4", Some(Check::Syn);
    /// A SYN in the window: send a challenge ACK, drop it.
    SynChallenged, "syn-challenged", "3.10.7.4", Some(Check::Syn);
    /// Without challenge ACKs: a SYN in the window resets the connection (RFC 793).
    SynResets, "syn-resets", "3.9", Some(Check::Syn);
    /// The flag ACK is off: drop it.
    AckAbsent, "ack-absent", "3.10.7.4", Some(Check::Ack);
    /// SYN-RECEIVED, an ACK of our SYN: enter ESTABLISHED.
    SynReceivedAck, "syn-received-ack", "3.10.7.4", Some(Check::Ack);
    /// SYN-RECEIVED, an ACK of something else: answer with a RST.
    SynReceivedAckUnacceptable, "syn-received-ack-unacceptable", "3.10.7.4", Some(Check::Ack);
    /// An ACK of something new: SND.UNA advances.
    AckAdvances, "ack-advances", "3.10.7.4", Some(Check::Ack);
    /// An ACK of what was acknowledged before: nothing changes.
    AckDuplicate, "ack-duplicate", "3.10.7.4", Some(Check::Ack);
    /// An ACK of something not sent yet: say with an ACK what is expected.
    AckOfUnsent, "ack-of-unsent", "3.10.7.4", Some(Check::Ack);
    /// An ACK older than any that can still be under way: say with an ACK what is expected.
    AckTooOld, "ack-too-old", "3.10.7.4", Some(Check::Ack);

    /// FIN-WAIT-1, our FIN is acknowledged: enter FIN-WAIT-2.
    FinAcknowledged, "fin-acknowledged", "3.10.7.4", Some(Check::Ack);
    /// CLOSING, our FIN is acknowledged: enter TIME-WAIT.
    ClosingAcknowledged, "closing-acknowledged", "3.10.7.4", Some(Check::Ack);
    /// LAST-ACK, our FIN is acknowledged: delete the TCB, enter CLOSED.
    LastAckAcknowledged, "last-ack-acknowledged", "3.10.7.4", Some(Check::Ack);
    /// TIME-WAIT, a bare ACK: all was acknowledged, nothing is answered.
    TimeWaitAck, "time-wait-ack", "3.10.7.4", Some(Check::Ack);
    /// The bare text: TIME-WAIT, a bare ACK: acknowledge it as well, wait 2 MSL anew.
    TimeWaitAckAnswered, "time-wait-ack-answered", "3.10.7.4", Some(Check::Ack);
    /// TIME-WAIT, anything that uses up numbers: acknowledge it, wait 2 MSL anew.
    TimeWaitText, "time-wait-text", "3.10.7.4", Some(Check::Ack);
    /// Text in order: it is taken for the user, RCV.NXT advances, an ACK is owed.
    TextTaken, "text-taken", "3.10.7.4", Some(Check::Text);
    /// Text or FIN in the window but before its turn: it is held (SHLD-31).
    TextHeld, "text-held", "3.10.7.4", Some(Check::Text);
    /// Text or FIN after the peer's FIN: it cannot be, and is ignored.
    TextIgnored, "text-ignored", "3.10.7.4", Some(Check::Text);
    /// ESTABLISHED, the peer's FIN: enter CLOSE-WAIT.
    FinArrives, "fin-arrives", "3.10.7.4", Some(Check::Fin);
    /// FIN-WAIT-1, the peer's FIN before ours is acknowledged: both close at once, enter CLOSING.
    FinCrosses, "fin-crosses", "3.10.7.4", Some(Check::Fin);
    /// FIN-WAIT-2, the peer's FIN: enter TIME-WAIT.
    FinAnswers, "fin-answers", "3.10.7.4", Some(Check::Fin);

    /// Two messages: LISTEN, a SYN: it is believed at once; answer SYN,ACK, enter ESTABLISHED.
    TwoMessagesSyn, "two-messages-syn", "3.10.7.2", Some(Check::Syn);
    /// Two messages: SYN-SENT, SYN,ACK: enter ESTABLISHED and say nothing.
    TwoMessagesSynAck, "two-messages-syn-ack", "3.10.7.3", Some(Check::Syn);
    /// No TIME-WAIT: delete the TCB at once instead of waiting 2 MSL.
    TimeWaitSkipped, "time-wait-skipped", "3.10.7.4", None;

    /// The retransmission timer expired: send the oldest segment again, wait twice as long.
    Retransmit, "retransmit", "3.10.8", None;
    /// Unanswered for the whole user timeout: tell the user, enter CLOSED.
    UserTimeout, "user-timeout", "3.10.8", None;
    /// Unanswered for the whole user timeout after a passive OPEN: the listener waits on in LISTEN.
    UserTimeoutToListen, "user-timeout-to-listen", "3.10.8", None;
    /// 2 MSL are over: delete the TCB, enter CLOSED.
    TimeWaitOver, "time-wait-over", "3.10.8", None;
    /// In the quiet time, active OPEN or SEND in LISTEN: no number is assigned yet.
    QuietTimeOpen, "quiet-time-open", "3.4.3", None;
    /// In the quiet time, a segment: nothing is answered, whatever it is.
    QuietTimeArrival, "quiet-time-arrival", "3.4.3", None;
    /// One MSL after the crash: whatever was under way is gone, and numbers are assigned again.
    QuietTimeOver, "quiet-time-over", "3.4.3", None;
    /// Unanswered for too long (R2 of section 3.8.3): tell the user, enter CLOSED.
    GiveUp, "give-up", "3.8.3", None;
    /// Unanswered for too long after a passive OPEN: the listener waits on in LISTEN.
    GiveUpToListen, "give-up-to-listen", "3.8.3", None;
    /// Nothing was heard for long: ask whether the peer is still there.
    KeepAliveProbe, "keep-alive-probe", "3.8.4", None;
    /// So many probes were left unanswered: send a RST, tell the user, enter CLOSED.
    KeepAliveGivesUp, "keep-alive-gives-up", "3.8.4", None;
    /// The peer's window is closed and text waits: send one octet of it to ask.
    ZeroWindowProbe, "zero-window-probe", "3.8.6.1", None;
    /// Delayed acknowledgments: text or FIN in order: its ACK waits for something to carry it.
    AckDelayed, "ack-delayed", "3.8.6.3", None;
    /// Delayed acknowledgments: the second full-sized segment, or what fills a gap: ACK it at once
    /// (RFC 5681 section 4.2).
    AckNotDelayed, "ack-not-delayed", "3.8.6.3", None;
    /// Delayed acknowledgments: nothing has carried the ACK in time: send it alone.
    AckDelayOver, "ack-delay-over", "3.8.6.3", None;

    /// A listener with a full queue of half-open connections, a SYN: drop it silently.
    SynDropped, "syn-dropped", "2.2", Some(Check::Syn);
    /// A listener for whom too many wait to be accepted, a SYN: drop it silently.
    SynDroppedUnaccepted, "syn-dropped-unaccepted", "3.10.7.2", Some(Check::Syn);
    /// SYN cookies, the queue is full, a SYN: answer SYN,ACK with a cookie for ISS, keep nothing.
    SynCookieSent, "syn-cookie-sent", "3.6", Some(Check::Syn);
    /// SYN cookies, an ACK that sends a valid cookie back: make the connection from it.
    SynCookieTaken, "syn-cookie-taken", "3.6", Some(Check::Ack);
    /// Too many wait to be accepted, the ACK that would complete one more: drop it.
    AckDropped, "ack-dropped", "3.10.7.4", Some(Check::Ack);
    /// The same, where the listener says so: answer with a RST, forget the connection.
    AckRefused, "ack-refused", "3.10.7.4", Some(Check::Ack);
    /// ACCEPT: the connection that has waited longest is the user's now, with all its text.
    Accept, "accept", "3.9.1.1", None;
    /// ACCEPT when nobody waits: the call waits.
    AcceptQueued, "accept-queued", "3.9.1.1", None;
    /// ACCEPT where no listener makes connections: there is nothing to take.
    AcceptWithoutListener, "accept-without-listener", "3.9.1.1", None;
    /// SEND or RECEIVE before ACCEPT: the user has no connection yet.
    CallBeforeAccept, "call-before-accept", "3.9.1.1", None;
    /// The connection is gone, its listener is not: it waits on in LISTEN.
    ListenerStays, "listener-stays", "3.9.1.1", None;
    /// CLOSE of a listener: who waits to be accepted gets a RST, who was only answered nothing.
    CloseListener, "close-listener", "3.9.1.1", None;
}

impl Rule {
    /// Who says so: RFC 9293, unless another RFC, a system, or nobody does.
    pub fn source(self) -> Source {
        match self {
            Rule::SynResets => Source::Rfc(793),
            Rule::SynDropped | Rule::SynCookieSent | Rule::SynCookieTaken => Source::Rfc(4987),
            Rule::TimestampOld | Rule::TimestampAbsent => Source::Rfc(7323),
            Rule::SynReceivedCrossingAnswered
            | Rule::SynReceivedRepeats
            | Rule::SynDroppedUnaccepted
            | Rule::AckDropped
            | Rule::AckRefused => Source::Linux,
            Rule::Accept
            | Rule::AcceptQueued
            | Rule::AcceptWithoutListener
            | Rule::CallBeforeAccept
            | Rule::ListenerStays
            | Rule::CloseListener => Source::Sockets,
            Rule::TwoMessagesSyn | Rule::TwoMessagesSynAck | Rule::TimeWaitSkipped => {
                Source::WhatIf
            }
            _ => Source::Rfc(9293),
        }
    }
}

/// Who says what a rule says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    /// The RFC of this number.
    Rfc(u16),
    /// No RFC: it is how Linux does it.
    Linux,
    /// No RFC: it belongs to the calls of sockets.
    Sockets,
    /// Nobody: it is how TCP could have been, see [`Variant`](crate::Variant).
    WhatIf,
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
    /// Is there text?
    Text,
    /// Is FIN set?
    Fin,
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
    /// The questions of section 3.10.7.4, in its order, without those of security and urgent data.
    pub const OTHERWISE: &[Check] =
        &[Check::Sequence, Check::Reset, Check::Syn, Check::Ack, Check::Text, Check::Fin];
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
    /// The port that a segment came from against the one that the passive OPEN named.
    Port {
        /// The peer's port.
        came_from: u16,
        /// The port that is waited for.
        awaited: u16,
    },
    /// The peer's clock against the one that is echoed (RFC 7323 section 5.3), in milliseconds.
    Clock {
        /// SEG.TSval.
        value: u32,
        /// TS.Recent.
        recent: u32,
    },
    /// A number that was taken over: RCV.NXT = SEG.SEQ + 1.
    Noted {
        /// SEG.SEQ of the SYN.
        seq: SeqNum,
        /// RCV.NXT from now on.
        nxt: SeqNum,
    },
}
