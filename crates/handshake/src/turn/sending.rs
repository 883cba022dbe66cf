//! Sending text and FIN: what the window allows, and again what was not acknowledged.

use super::{Turn, announced};
use crate::{Effect, Flags, Octets, Outgoing, State, Tcb, Timer};

impl Turn<'_> {
    /// Sends all text that the peer has room for, and the FIN behind it, if there is any.
    #[inline]
    pub(crate) fn send_what_is_due(&mut self) {
        let is_due = |Outgoing { unsent, fin_wanted, fin, .. }: &Outgoing| {
            !unsent.is_empty() || (*fin_wanted && fin.is_none())
        };
        if self.endpoint.tcb().is_some_and(|tcb| is_due(&tcb.outgoing)) {
            self.send_text_and_fin();
        } else {
            self.stop(Timer::Probe);
        }
    }

    /// Mostly there is nothing to send: what asks that stays small without this.
    #[inline(never)]
    fn send_text_and_fin(&mut self) {
        // A CLOSE that waits for text has its state already; so may the peer's FIN by then.
        let may_send_text = matches!(
            self.state(),
            State::Established | State::CloseWait | State::FinWait1 | State::Closing
        );
        while may_send_text && self.send_text() {}
        self.send_fin();
        self.watch_window();
    }

    /// Sends one segment of text: as much as there is, as fits the peer's MSS and its window.
    fn send_text(&mut self) -> bool {
        let Some(tcb) = &mut self.endpoint.tcb else { return false };
        let in_flight = tcb.snd.una.distance_to(tcb.snd.nxt);
        let room = tcb.snd.wnd.saturating_sub(in_flight).min(u32::from(tcb.effective_send_mss()));
        let octets = tcb.outgoing.unsent.len().min(room as usize);
        if octets == 0 || tcb.outgoing.fin.is_some() {
            return false;
        }
        let text = tcb.outgoing.unsent.take_first(octets);
        self.send_new_text(&text);
        true
    }

    /// Sends text for the first time and keeps it until it is acknowledged.
    pub(crate) fn send_new_text(&mut self, text: &Octets) {
        let now = self.now;
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let seq = tcb.snd.nxt;
        tcb.snd.nxt = seq + u32::try_from(text.len()).unwrap_or(u32::MAX);
        tcb.round_trip.timed.get_or_insert((tcb.snd.nxt, now));
        tcb.outgoing.unacknowledged.push((seq, text.clone()));
        self.send_at(seq, Flags::ACK, text);
        self.start_retransmission();
    }

    /// Sends the FIN, if it is wanted and nothing is left before it, and enters the state of one
    /// that has said goodbye.
    fn send_fin(&mut self) {
        let now = self.now;
        let state = self.state();
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let due = tcb.outgoing.fin_wanted && tcb.outgoing.fin.is_none();
        let may = !matches!(state, State::Listen | State::SynSent);
        if !due || !may || !tcb.outgoing.unsent.is_empty() {
            return;
        }
        let seq = tcb.snd.nxt;
        tcb.outgoing.fin = Some(seq);
        tcb.snd.nxt = seq + 1;
        tcb.round_trip.timed.get_or_insert((tcb.snd.nxt, now));
        self.send_at(seq, Flags::FIN | Flags::ACK, &Octets::NONE);
        self.start_retransmission();
        match state {
            State::CloseWait => self.enter(State::LastAck),
            State::SynReceived => self.enter(State::FinWait1),
            _ => {}
        }
    }

    /// Sends the segment at the front of the retransmission queue again: the SYN, else the oldest
    /// text, else the FIN. The same numbers always carry the same content.
    pub(crate) fn send_again(&mut self) {
        let Some(tcb) = self.endpoint.tcb() else { return };
        if !tcb.is_syn_acknowledged() {
            self.send_syn();
        } else if let Some((seq, text)) = tcb.outgoing.unacknowledged.first() {
            let (seq, text) = (*seq, text.clone());
            self.send_at(seq, Flags::ACK, &text);
        } else if let Some(fin) = tcb.outgoing.fin {
            self.send_at(fin, Flags::FIN | Flags::ACK, &Octets::NONE);
        }
    }

    /// Forgets text that was acknowledged: whole segments, and the beginning of one that was
    /// acknowledged in part.
    pub(crate) fn forget_acknowledged(&mut self) {
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let una = tcb.snd.una;
        tcb.outgoing.unacknowledged.retain_mut(|(seq, text)| {
            let octets = if seq.is_before(una) { seq.distance_to(una) as usize } else { 0 };
            let is_left = octets < text.len();
            if is_left && octets > 0 {
                text.take_first(octets);
                *seq = una;
            }
            is_left
        });
    }

    /// Gives the user all text that has arrived in order. The window opens by as much. Was it
    /// nearly closed before, so that the peer has to be told (section 3.8.6.2.2)?
    #[must_use]
    pub(crate) fn hand_over(&mut self) -> bool {
        let Some(tcb) = &mut self.endpoint.tcb else { return false };
        let text = core::mem::take(&mut tcb.incoming.unread);
        tcb.incoming.wanted = false;
        let mss = u32::from(self.endpoint.settings.mss);
        let was_closed = window_as_announced(tcb) < mss;
        self.open_window();
        let Some(tcb) = &self.endpoint.tcb else { return false };
        // Whoever has said goodbye has no use for a window.
        let may_send = matches!(tcb.state, State::Established | State::FinWait1 | State::FinWait2);
        let reads_late = !self.endpoint.settings.reads_at_once || tcb.incoming.awaits_accept;
        let opened = was_closed && may_send && reads_late && window_as_announced(tcb) > 0;
        self.effects.push(|| Effect::Delivered(text));
        opened
    }

    /// The user has accepted the connection: what waited for that is handed over, unless the user
    /// wants to be asked.
    pub(crate) fn accept(&mut self) {
        let reads = self.endpoint.settings.reads_at_once;
        let waits = self.endpoint.tcb().is_some_and(|tcb| !tcb.incoming.unread.is_empty());
        if reads && waits && self.hand_over() {
            self.send_ack();
        }
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.incoming.awaits_accept = false;
        }
    }
}

/// The window as the peer reads it: what a shift cuts off is not announced.
fn window_as_announced(tcb: &Tcb) -> u32 {
    u32::from(announced(tcb)) << tcb.agreed.scale.map_or(0, |scale| scale.rcv)
}
