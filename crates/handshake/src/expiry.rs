//! Time-outs (RFC 9293 section 3.10.8), and those of sections 3.4.3, 3.8.3, 3.8.4,
//! 3.8.6.1 and 3.8.6.3.

use crate::turn::Turn;
use crate::{CallError, Compared, Duration, Endpoint, Instant, Origin, Rule, State, Timer};

impl Endpoint {
    /// If this timer expires at that moment, does the endpoint give up for want of an answer: after
    /// R2 (section 3.8.3), the user timeout (section 3.10.8), or the last keep-alive probe (section
    /// 3.8.4)? One that does not run ends nothing.
    pub fn gives_up_at(&self, now: Instant, timer: Timer) -> bool {
        let Some(tcb) = self.tcb() else { return false };
        match timer {
            Timer::Retransmission => tcb.retransmission.is_some_and(|running| {
                let r2 = if tcb.is_syn_acknowledged() { Endpoint::R2 } else { Endpoint::SYN_R2 };
                now - running.since >= r2
            }),
            Timer::User => tcb.retransmission.is_some(),
            Timer::KeepAlive => tcb.keep_alive.is_some_and(|(_, unanswered)| {
                unanswered >= self.settings().keep_alive.unwrap_or_default().probes
            }),
            Timer::Probe | Timer::DelayedAck | Timer::TimeWait | Timer::Quiet => false,
        }
    }
}

/// A timer has expired; one that does not run cannot.
pub(crate) fn handle(turn: &mut Turn, timer: Timer) {
    if turn.endpoint.timer(timer).is_none() {
        return;
    }
    match timer {
        Timer::Retransmission => retransmit(turn),
        Timer::User => give_up(turn, Rule::UserTimeout, Rule::UserTimeoutToListen),
        Timer::Probe => probe(turn),
        Timer::DelayedAck => {
            turn.apply(Rule::AckDelayOver, Compared::Nothing);
            turn.send_ack();
        }
        Timer::TimeWait => {
            turn.apply(Rule::TimeWaitOver, Compared::Nothing);
            turn.delete();
        }
        Timer::KeepAlive => keep_alive(turn),
        Timer::Quiet => {
            turn.apply(Rule::QuietTimeOver, Compared::Nothing);
            turn.endpoint.quiet_until = None;
        }
    }
}

/// Sends the oldest segment again and waits twice as long, or gives up after R2.
fn retransmit(turn: &mut Turn) {
    let Some(last) = turn.endpoint.tcb().and_then(|tcb| tcb.retransmission) else { return };
    if turn.endpoint.gives_up_at(turn.now, Timer::Retransmission) {
        give_up(turn, Rule::GiveUp, Rule::GiveUpToListen);
    } else {
        turn.apply(Rule::Retransmit, Compared::Nothing);
        turn.send_again();
        turn.back_off(last);
    }
}

/// Ends the connection by one rule, or the attempt at a listener by the other.
fn give_up(turn: &mut Turn, rule: Rule, to_listen: Rule) {
    let Some(tcb) = turn.endpoint.tcb() else { return };
    if tcb.state == State::SynReceived && tcb.origin == Origin::Passive {
        // The RFC would delete the TCB, and with it the listener: one lost handshake would end
        // the service. Here LISTEN and the connection share one TCB, so it goes back to LISTEN.
        turn.apply(to_listen, Compared::Nothing);
        turn.listen();
    } else {
        turn.apply(rule, Compared::Nothing);
        turn.close(CallError::ConnectionAborted);
    }
}

/// Sends one octet into the closed window; its acknowledgment tells the window of now.
fn probe(turn: &mut Turn) {
    turn.apply(Rule::ZeroWindowProbe, Compared::Nothing);
    turn.stop(Timer::Probe);
    let Some(tcb) = &mut turn.endpoint.tcb else { return };
    if tcb.outgoing.unsent.is_empty() {
        return;
    }
    let octet = tcb.outgoing.unsent.take_first(1);
    turn.send_new_text(&octet);
}

/// Asks a silent peer whether it is there, or gives up after so many unanswered probes.
fn keep_alive(turn: &mut Turn) {
    let Some((_, unanswered)) = turn.endpoint.tcb().and_then(|tcb| tcb.keep_alive) else { return };
    if turn.endpoint.gives_up_at(turn.now, Timer::KeepAlive) {
        turn.apply(Rule::KeepAliveGivesUp, Compared::Nothing);
        turn.send_reset();
        turn.close(CallError::ConnectionAborted);
        return;
    }
    turn.apply(Rule::KeepAliveProbe, Compared::Nothing);
    turn.send_keep_alive();
    let interval: Duration = turn.endpoint.settings.keep_alive.unwrap_or_default().interval;
    turn.arm_keep_alive(turn.now + interval, unanswered + 1);
}
