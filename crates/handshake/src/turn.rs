//! A turn: one input being handled. It holds the verbs that the RFC's sections are written with.

use crate::{
    CallError, Compared, Effect, Effects, Endpoint, Flags, Instant, Options, Origin, Reason,
    ReceiveSpace, Retransmission, Rule, Segment, SendSpace, SeqNum, State, Tcb, Timer,
};

/// One input being handled by one endpoint.
pub(crate) struct Turn<'a> {
    pub(crate) endpoint: &'a mut Endpoint,
    pub(crate) now: Instant,
    pub(crate) effects: Effects,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(endpoint: &'a mut Endpoint, now: Instant) -> Self {
        Turn { endpoint, now, effects: Effects::default() }
    }

    pub(crate) fn state(&self) -> State {
        self.endpoint.state()
    }

    /// Says which rule is followed, and on which numbers.
    pub(crate) fn apply(&mut self, rule: Rule, compared: Compared) {
        self.effects.push(Effect::Applied(Reason { rule, compared }));
    }

    /// Makes a fresh TCB with a fresh ISS and enters its first state.
    pub(crate) fn create(&mut self, state: State, origin: Origin) {
        let from = self.state();
        let iss = self.endpoint.numbers.take();
        self.endpoint.tcb = Some(Tcb {
            state,
            origin,
            snd: SendSpace { una: iss, nxt: iss, iss, ..SendSpace::default() },
            rcv: ReceiveSpace {
                wnd: u32::from(self.endpoint.settings.window),
                ..ReceiveSpace::default()
            },
            retransmission: None,
        });
        self.note_transition(from, state);
    }

    /// Waits for a connection. No number is chosen before a SYN arrives.
    pub(crate) fn listen(&mut self) {
        let from = self.state();
        self.stop_retransmission();
        self.endpoint.tcb = Some(Tcb {
            state: State::Listen,
            origin: Origin::Passive,
            snd: SendSpace::default(),
            rcv: ReceiveSpace::default(),
            retransmission: None,
        });
        self.note_transition(from, State::Listen);
    }

    /// Enters another state of the same connection.
    pub(crate) fn enter(&mut self, to: State) {
        let from = self.state();
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.state = to;
        }
        self.note_transition(from, to);
    }

    /// Deletes the TCB, i.e. enters CLOSED, and tells the user why.
    pub(crate) fn close(&mut self, why: CallError) {
        let from = self.state();
        self.stop_retransmission();
        self.endpoint.tcb = None;
        self.effects.push(Effect::Signalled(why));
        self.note_transition(from, State::Closed);
    }

    fn note_transition(&mut self, from: State, to: State) {
        self.effects.push(Effect::Entered { from, to });
    }

    /// Sends any segment.
    pub(crate) fn transmit(&mut self, segment: Segment) {
        self.effects.push(Effect::Transmitted(segment));
    }

    /// `<SEQ=ISS><CTL=SYN>`, with the acknowledgment of the peer's SYN where it is known.
    pub(crate) fn send_syn(&mut self) {
        let Endpoint { settings, tcb: Some(tcb), .. } = &mut *self.endpoint else { return };
        tcb.snd.nxt = tcb.snd.iss + 1;
        let answers = tcb.state == State::SynReceived;
        let segment = Segment {
            seq: tcb.snd.iss,
            ack: if answers { tcb.rcv.nxt } else { SeqNum(0) },
            flags: if answers { Flags::SYN | Flags::ACK } else { Flags::SYN },
            window: settings.window,
            options: Options { mss: Some(settings.mss) },
            ..Segment::default()
        };
        self.transmit(segment);
    }

    /// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`.
    pub(crate) fn send_ack(&mut self) {
        let Endpoint { settings, tcb: Some(tcb), .. } = &*self.endpoint else { return };
        let segment = Segment {
            seq: tcb.snd.nxt,
            ack: tcb.rcv.nxt,
            flags: Flags::ACK,
            window: settings.window,
            ..Segment::default()
        };
        self.transmit(segment);
    }

    /// The RST that answers `segment` (section 3.5.2): at the number that its ACK names, or else
    /// at zero with an acknowledgment of all that came.
    pub(crate) fn send_reset_for(&mut self, segment: &Segment) {
        let reset = match segment.acknowledges() {
            Some(ack) => Segment { seq: ack, flags: Flags::RST, ..Segment::default() },
            None => Segment {
                ack: segment.seq + segment.length(),
                flags: Flags::RST | Flags::ACK,
                ..Segment::default()
            },
        };
        self.transmit(reset);
    }

    /// Starts the retransmission timer for something sent for the first time.
    pub(crate) fn start_retransmission(&mut self) {
        let rto = Endpoint::FIRST_RTO;
        let since = self.now;
        self.run_retransmission(Retransmission { due_at: since + rto, rto, since });
    }

    /// Starts it anew, twice as long as the last time (RFC 6298 sections 5.5 and 5.6).
    pub(crate) fn back_off(&mut self, last: Retransmission) {
        let rto = last.rto.doubled().min(Endpoint::LONGEST_RTO);
        self.run_retransmission(Retransmission { due_at: self.now + rto, rto, since: last.since });
    }

    fn run_retransmission(&mut self, running: Retransmission) {
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.retransmission = Some(running);
            self.effects.push(Effect::Armed(Timer::Retransmission, running.due_at));
        }
    }

    /// Stops the retransmission timer, if it runs.
    pub(crate) fn stop_retransmission(&mut self) {
        let running = self.endpoint.tcb.as_mut().and_then(|tcb| tcb.retransmission.take());
        if running.is_some() {
            self.effects.push(Effect::Stopped(Timer::Retransmission));
        }
    }
}
