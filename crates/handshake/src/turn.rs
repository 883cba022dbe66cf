//! A turn: one input being handled. It holds the verbs that the RFC's sections are written with.

mod sending;
mod timing;

use crate::{
    CallError, Compared, Effect, Effects, Endpoint, Flags, Incoming, Instant, Octets, Options,
    Origin, Reason, Rule, Scale, Segment, SendSpace, SeqNum, State, Tcb, Timer, Timestamps,
    Variant,
};

/// One input being handled by one endpoint.
pub(crate) struct Turn<'a> {
    pub(crate) endpoint: &'a mut Endpoint,
    pub(crate) now: Instant,
    pub(crate) effects: &'a mut Effects,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(endpoint: &'a mut Endpoint, now: Instant, effects: &'a mut Effects) -> Self {
        Turn { endpoint, now, effects }
    }

    pub(crate) fn state(&self) -> State {
        self.endpoint.state()
    }

    pub(crate) fn variant(&self) -> Variant {
        self.endpoint.settings.variant
    }

    /// Says which rule is followed, and on which numbers.
    pub(crate) fn apply(&mut self, rule: Rule, compared: Compared) {
        self.effects.push(move || Effect::Applied(Reason { rule, compared }));
    }

    /// Makes a fresh TCB with a fresh ISS and enters its first state.
    pub(crate) fn create(&mut self, state: State, origin: Origin) {
        let from = self.state();
        let iss = self.endpoint.numbers.take();
        if self.variant() == Variant::FixedIss {
            self.endpoint.numbers.next = iss;
        }
        self.stop_timers();
        // A RECEIVE that waits in LISTEN waits on; one in an older connection has been answered.
        let awaited = self.awaited().filter(|_| origin == Origin::Passive);
        let wanted =
            from == State::Listen && self.endpoint.tcb().is_some_and(|tcb| tcb.incoming.wanted);
        self.endpoint.tcb = Some(Tcb {
            snd: SendSpace { una: iss, nxt: iss, iss, ..SendSpace::default() },
            incoming: Incoming { wanted, ..Incoming::default() },
            awaited,
            ..Tcb::new(state, origin)
        });
        self.open_window();
        self.note_transition(from, state);
    }

    /// Waits for a connection. No number is chosen before a SYN arrives.
    pub(crate) fn listen(&mut self) {
        let from = self.state();
        self.stop_timers();
        let awaited = self.awaited();
        let waiting = Tcb { awaited, ..Tcb::new(State::Listen, Origin::Passive) };
        self.endpoint.tcb = Some(waiting);
        self.note_transition(from, State::Listen);
    }

    /// The port that the passive OPEN named: whoever goes back to LISTEN waits for the same one.
    fn awaited(&self) -> Option<u16> {
        self.endpoint.tcb().and_then(|tcb| tcb.awaited)
    }

    /// Enters another state of the same connection.
    pub(crate) fn enter(&mut self, to: State) {
        let from = self.state();
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.state = to;
        }
        self.note_transition(from, to);
    }

    /// Deletes the TCB, i.e. enters CLOSED.
    pub(crate) fn delete(&mut self) {
        let from = self.state();
        self.stop_timers();
        self.endpoint.tcb = None;
        self.note_transition(from, State::Closed);
    }

    /// Deletes the TCB and tells the user why.
    pub(crate) fn close(&mut self, why: CallError) {
        self.effects.push(|| Effect::Signalled(why));
        self.delete();
    }

    /// RCV.WND where nothing is unread: the room that the settings give, as far as a segment can
    /// announce it.
    pub(crate) fn open_window(&mut self) {
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let shift = tcb.agreed.scale.map_or(0, |scale| scale.rcv);
        let most = u32::from(u16::MAX) << shift;
        tcb.rcv.wnd = self.endpoint.settings.window.min(most);
    }

    fn note_transition(&mut self, from: State, to: State) {
        self.effects.push(move || Effect::Entered { from, to });
    }

    /// Sends any segment, with the timestamps that were agreed on.
    pub(crate) fn transmit(&mut self, segment: Segment) {
        if segment.flags.contain(Flags::ACK) {
            self.stop(Timer::DelayedAck);
        }
        self.effects.push(move || Effect::Transmitted(segment));
        self.stamp();
    }

    /// Puts timestamps on the segment that was sent last, where they were agreed on. A RST goes
    /// without (RFC 7323 section 3.2).
    fn stamp(&mut self) {
        let tcb = self.endpoint.tcb.as_mut();
        let Some(clocks) = tcb.and_then(|tcb| tcb.agreed.timestamps.as_mut()) else { return };
        let Some(Effect::Transmitted(segment)) = self.effects.last_mut() else { return };
        if !segment.is_reset() {
            let value = self.now.as_timestamp();
            segment.options.timestamps = Some(Timestamps { value, echo: clocks.recent });
            // Whoever agreed knows the peer's SYN, and acknowledges from then on.
            clocks.last_ack_sent = segment.ack;
        }
    }

    /// `<SEQ=ISS><CTL=SYN>`, with the acknowledgment of the peer's SYN where it is known.
    pub(crate) fn send_syn(&mut self) {
        let now = self.now;
        let Endpoint { settings, tcb: Some(tcb), .. } = &mut *self.endpoint else { return };
        // A SYN that is sent again may have text or a FIN behind it already.
        if tcb.snd.nxt == tcb.snd.iss {
            tcb.snd.nxt = tcb.snd.iss + 1;
            tcb.round_trip.timed = Some((tcb.snd.nxt, now));
        }
        let answers = tcb.state != State::SynSent;
        let offers = settings.offers;
        let shift = offers.window_scale.map(|shift| shift.min(Scale::SHIFT_MAX));
        let options = Options {
            mss: offers.mss.then_some(settings.mss),
            // An answer carries what was offered and is agreed to, and nothing else.
            window_scale: shift.filter(|_| !answers || tcb.agreed.scale.is_some()),
            sack_permitted: if answers { tcb.agreed.sack_permitted } else { offers.sack_permitted },
            timestamps: (offers.timestamps && !answers)
                .then(|| Timestamps { value: now.as_timestamp(), echo: 0 }),
        };
        let (iss, wnd) = (tcb.snd.iss, tcb.rcv.wnd);
        let ack = answers.then_some(tcb.rcv.nxt);
        self.transmit_syn(iss, ack, wnd, options);
    }

    /// `<SEQ=seq><CTL=SYN>` with these options, with an acknowledgment where there is one.
    pub(crate) fn transmit_syn(
        &mut self,
        seq: SeqNum,
        ack: Option<SeqNum>,
        wnd: u32,
        options: Options,
    ) {
        self.transmit(Segment {
            seq,
            ack: ack.unwrap_or_default(),
            flags: if ack.is_some() { Flags::SYN | Flags::ACK } else { Flags::SYN },
            // The window of a SYN is never scaled.
            window: u16::try_from(wnd).unwrap_or(u16::MAX),
            options,
            ..Segment::default()
        });
    }

    /// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`.
    pub(crate) fn send_ack(&mut self) {
        let Some(tcb) = self.endpoint.tcb() else { return };
        self.send_at(tcb.snd.nxt, Flags::ACK, &Octets::NONE);
    }

    /// The same ACK, sent because something cannot be right. Whoever floods us with forgeries gets
    /// only so many of them (RFC 5961 section 7).
    pub(crate) fn send_challenge(&mut self) {
        let now = self.now;
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let (since, count) = &mut tcb.challenges;
        if now - *since >= Endpoint::CHALLENGE_PERIOD {
            (*since, *count) = (now, 0);
        }
        if *count >= Endpoint::CHALLENGES_MAX {
            self.apply(Rule::ChallengeWithheld, Compared::Nothing);
            return;
        }
        *count += 1;
        self.send_ack();
    }

    /// `<SEQ=seq><ACK=RCV.NXT>` with these flags, ACK among them, this text and the window of now.
    /// Nearly all segments are sent here, so none is made elsewhere and moved.
    fn send_at(&mut self, seq: SeqNum, flags: Flags, text: &Octets) {
        let Some(tcb) = self.endpoint.tcb() else { return };
        let (ack, window) = (tcb.rcv.nxt, announced(tcb));
        self.stop(Timer::DelayedAck);
        self.effects.push(|| {
            let (options, text) = (Options::default(), text.clone());
            Effect::Transmitted(Segment { seq, ack, flags, window, options, text })
        });
        self.stamp();
    }

    /// A keep-alive probe: a number that was acknowledged long ago, which has to be answered with
    /// an ACK (section 3.8.4).
    pub(crate) fn send_keep_alive(&mut self) {
        let Some(tcb) = self.endpoint.tcb() else { return };
        self.send_at(tcb.snd.nxt + u32::MAX, Flags::ACK, &Octets::NONE);
    }

    /// `<SEQ=SND.NXT><CTL=RST>`: away with it (section 3.10.5).
    pub(crate) fn send_reset(&mut self) {
        let Some(tcb) = self.endpoint.tcb() else { return };
        let segment = Segment { seq: tcb.snd.nxt, flags: Flags::RST, ..Segment::default() };
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
}

/// The window that a segment announces, unless it is a SYN: RCV.WND, shifted right by what was
/// agreed on (RFC 7323 section 2.3).
fn announced(tcb: &Tcb) -> u16 {
    let shift = tcb.agreed.scale.map_or(0, |scale| scale.rcv);
    u16::try_from(tcb.rcv.wnd >> shift).unwrap_or(u16::MAX)
}
