//! The timers: when they start, and for how long.

use super::Turn;
use crate::{
    Compared, DelayedAck, Duration, Effect, Endpoint, Instant, Retransmission, Rule, Segment,
    SeqNum, Timer, Timestamps, Variant,
};

impl Turn<'_> {
    /// Starts the retransmission timer unless it runs (RFC 6298 section 5.1).
    pub(crate) fn start_retransmission(&mut self) {
        let now = self.now;
        let Some(tcb) = &self.endpoint.tcb else { return };
        if tcb.retransmission.is_none() {
            let rto = tcb.round_trip.rto();
            self.run_retransmission(Retransmission { due_at: now + rto, rto, since: now });
        }
    }

    /// Starts it anew if it runs, for as long as the last time: as Linux does with a repeated
    /// SYN,ACK.
    pub(crate) fn restart_retransmission(&mut self) {
        if let Some(last) = self.endpoint.tcb().and_then(|tcb| tcb.retransmission) {
            self.run_retransmission(Retransmission { due_at: self.now + last.rto, ..last });
        }
    }

    /// Starts it anew, twice as long as the last time (sections 5.5 and 5.6). What was sent twice
    /// is not timed any more (Karn).
    pub(crate) fn back_off(&mut self, last: Retransmission) {
        let rto = last.rto.doubled().min(Endpoint::LONGEST_RTO);
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.round_trip.timed = None;
            if tcb.is_syn_acknowledged() {
                tcb.round_trip.backed_off = Some(rto);
            } else {
                tcb.round_trip.syn_repeated = true;
            }
        }
        self.run_retransmission(Retransmission { due_at: self.now + rto, rto, since: last.since });
    }

    /// This segment acknowledged something new: the round trip is measured, and the timer stops, or
    /// starts anew for what is still under way (sections 5.2 and 5.3).
    pub(crate) fn note_progress(&mut self, segment: &Segment) {
        let now = self.now;
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let timed = tcb.round_trip.timed.take_if(|(until, _)| until.is_at_most(tcb.snd.una));
        // The echo tells which sending is answered, so that even what was sent twice can be
        // measured (RFC 7323 section 4.1).
        let echo = segment.options.timestamps.filter(|_| tcb.agreed.timestamps.is_some());
        let measured = match echo {
            Some(Timestamps { echo, .. }) => since_timestamp(now, echo),
            None => timed.map(|(_, sent_at)| now - sent_at),
        };
        if let Some(measured) = measured {
            tcb.round_trip.measure(measured);
        }
        let all = tcb.snd.una == tcb.snd.nxt;
        self.stop(Timer::Retransmission);
        if !all {
            self.start_retransmission();
        }
    }

    fn run_retransmission(&mut self, running: Retransmission) {
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.retransmission = Some(running);
            self.effects.push(|| Effect::Armed(Timer::Retransmission, running.due_at));
        }
    }

    /// Starts or restarts 2 MSL and stops all other timers.
    pub(crate) fn wait_two_msl(&mut self) {
        if self.variant() == Variant::NoTimeWait {
            self.apply(Rule::TimeWaitSkipped, Compared::Nothing);
            self.delete();
            return;
        }
        self.stop_timers();
        let over = self.now + self.endpoint.settings.msl.doubled();
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.time_wait = Some(over);
            self.effects.push(|| Effect::Armed(Timer::TimeWait, over));
        }
    }

    /// While the window is closed and text waits, a timer asks for it (section 3.8.6.1).
    pub(crate) fn watch_window(&mut self) {
        let now = self.now;
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let waits = tcb.snd.wnd == 0 && tcb.snd.una == tcb.snd.nxt;
        if waits && !tcb.outgoing.unsent.is_empty() && tcb.is_syn_acknowledged() {
            if tcb.probe.is_none() {
                let rto = tcb.round_trip.rto();
                tcb.probe = Some((now + rto, rto));
                self.effects.push(|| Effect::Armed(Timer::Probe, now + rto));
            }
        } else {
            self.stop(Timer::Probe);
        }
    }

    /// Lets the acknowledgment of what came since `RCV.NXT = since` wait for something to carry it
    /// (section 3.8.6.3). One that waits already is not put off any further (RFC 5681 section 4.2).
    pub(crate) fn delay_ack(&mut self, since: SeqNum) {
        let due_at = self.now + Endpoint::ACK_DELAY;
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        if tcb.delayed_ack.is_none() {
            tcb.delayed_ack = Some(DelayedAck { due_at, since });
            self.effects.push(|| Effect::Armed(Timer::DelayedAck, due_at));
        }
    }

    /// The peer was heard: if it falls silent now, it is asked only after the whole idle time.
    pub(crate) fn note_sign_of_life(&mut self) {
        let Some(keep_alive) = self.endpoint.settings.keep_alive else { return };
        let synchronized = self.endpoint.state().is_synchronized();
        if synchronized && self.endpoint.tcb().is_some_and(|tcb| tcb.time_wait.is_none()) {
            self.arm_keep_alive(self.now + keep_alive.idle, 0);
        }
    }

    /// Arms the keep-alive timer, so many probes being unanswered.
    pub(crate) fn arm_keep_alive(&mut self, due_at: Instant, unanswered: u8) {
        if let Some(tcb) = &mut self.endpoint.tcb {
            tcb.keep_alive = Some((due_at, unanswered));
            self.effects.push(|| Effect::Armed(Timer::KeepAlive, due_at));
        }
    }

    /// Begins the quiet time of one MSL (section 3.4.3). What is done about connections does not
    /// end it; only its timer does.
    pub(crate) fn keep_quiet(&mut self) {
        let over = self.now + self.endpoint.settings.msl;
        self.endpoint.quiet_until = Some(over);
        self.effects.push(|| Effect::Armed(Timer::Quiet, over));
    }

    /// Is this still the quiet time?
    pub(crate) fn is_quiet(&self) -> bool {
        self.endpoint.is_quiet(self.now)
    }

    /// Stops a timer of the connection, if it runs.
    #[inline]
    pub(crate) fn stop(&mut self, timer: Timer) {
        let Some(tcb) = &mut self.endpoint.tcb else { return };
        let ran = match timer {
            Timer::Retransmission => tcb.retransmission.take().is_some(),
            Timer::Probe => tcb.probe.take().is_some(),
            Timer::DelayedAck => tcb.delayed_ack.take().is_some(),
            Timer::TimeWait => tcb.time_wait.take().is_some(),
            Timer::KeepAlive => tcb.keep_alive.take().is_some(),
            // The one has no clock but the retransmission timer's, the other needs no connection.
            Timer::User | Timer::Quiet => false,
        };
        if ran {
            self.effects.push(|| Effect::Stopped(timer));
        }
    }

    /// Stops every timer of the connection that runs.
    pub(crate) fn stop_timers(&mut self) {
        self.stop(Timer::Retransmission);
        self.stop(Timer::Probe);
        self.stop(Timer::DelayedAck);
        self.stop(Timer::TimeWait);
        self.stop(Timer::KeepAlive);
    }
}

/// The time since our clock stood there; `None` where that is yet to come, as only a forger says.
fn since_timestamp(now: Instant, echo: u32) -> Option<Duration> {
    let now = now.as_timestamp();
    let elapsed = u64::from(now.wrapping_sub(echo));
    (!SeqNum(now).is_before(SeqNum(echo))).then(|| Duration::from_millis(elapsed))
}
