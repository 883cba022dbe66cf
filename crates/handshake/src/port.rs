//! B's port where B has a listener: it finds the connection that an input is for, and watches the
//! listener's queues. What happens inside a connection is [`Endpoint::handle`]'s alone.

use alloc::vec::Vec;
use core::mem;

use crate::change::Letters;
use crate::listener::is_half_open;
use crate::turn::Turn;
use crate::{
    Call, CallError, Compared, Cookie, Effect, Effects, Endpoint, Input, Instant, Listener,
    Options, Origin, Overflow, Rule, Segment, SeqNum, State, StrangerId, Timer, Variant,
};

/// An endpoint together with its listener while one input is being handled.
pub(crate) struct Port<'a> {
    now: Instant,
    /// Its TCB is the connection with the peer, or the stranger's whose turn it is.
    end: &'a mut Endpoint,
    listener: &'a mut Listener,
    /// What was sent, and to whom.
    sent: Letters,
}

/// Whose connection acted, and what was done.
type Acted = (Option<StrangerId>, Effects);

/// What there is room for in the two queues.
#[derive(Clone, Copy)]
struct Room {
    half_open: bool,
    accept: bool,
}

impl<'a> Port<'a> {
    pub(crate) fn new(now: Instant, end: &'a mut Endpoint, listener: &'a mut Listener) -> Self {
        Port { now, end, listener, sent: Vec::new() }
    }

    /// Takes an input for the connection with a stranger, or with the peer where there is none.
    pub(crate) fn handle(&mut self, who: Option<StrangerId>, input: Input<'_>) -> Acted {
        match input {
            Input::Segment(segment) => (who, self.arrives(who, segment)),
            Input::Expired(timer) => (who, self.expires(who, timer)),
            Input::Call(call) => self.calls(call),
        }
    }

    /// What was sent, and to whom.
    pub(crate) fn into_sent(self) -> Letters {
        self.sent
    }

    /// A segment arrives, from a stranger or from the peer.
    fn arrives(&mut self, who: Option<StrangerId>, segment: &Segment) -> Effects {
        let room = self.room();
        self.seated(who, |port| {
            let mut effects = port.judge(who, segment, room);
            port.settle(who, &mut effects);
            effects
        })
    }

    /// A timer of a connection expires.
    fn expires(&mut self, who: Option<StrangerId>, timer: Timer) -> Effects {
        self.seated(who, |port| {
            let mut effects = port.end.handle(port.now, Input::Expired(timer));
            port.settle(who, &mut effects);
            effects
        })
    }

    /// B's user calls. A connection that was not accepted has no name yet by which it could be
    /// meant; until then CLOSE and ABORT mean the listener.
    fn calls(&mut self, call: &Call) -> Acted {
        let is_named = self.end.is_accepted();
        match call {
            Call::Accept if self.listener.is_open => self.accept(),
            Call::PassiveOpen | Call::PassiveOpenFor(_) | Call::ActiveOpen
                if self.listener.is_open =>
            {
                (None, self.refuse(Rule::OpenExists, CallError::ConnectionExists))
            }
            Call::Close | Call::Abort if self.listener.is_open && !is_named => (None, self.close()),
            Call::Send(_) | Call::Receive if self.listener.is_open && !is_named => {
                (None, self.refuse(Rule::CallBeforeAccept, CallError::NoConnection))
            }
            _ => {
                let effects = self.seated(None, |port| {
                    let mut effects = port.end.handle(port.now, Input::Call(call));
                    if effects.followed(Rule::OpenPassive)
                        || effects.followed(Rule::OpenPassiveNamed)
                    {
                        port.listener.is_open = true;
                        port.listener.awaited = port.end.tcb().and_then(|tcb| tcb.awaited);
                    }
                    port.settle(None, &mut effects);
                    effects
                });
                (None, effects)
            }
        }
    }

    fn room(&self) -> Room {
        let half_open = self.listener.half_open(self.end.tcb());
        let backlog = self.listener.backlog;
        Room {
            half_open: half_open < usize::from(backlog.half_open),
            accept: self.listener.waiting.len() < usize::from(backlog.accept)
                || self.listener.accept_wanted,
        }
    }

    /// Does something with one caller's connection in the place of the endpoint's, and notes what
    /// was sent to whom.
    fn seated(
        &mut self,
        who: Option<StrangerId>,
        act: impl FnOnce(&mut Self) -> Effects,
    ) -> Effects {
        let Some(id) = who else {
            let effects = act(self);
            self.sent.extend(effects.segments().map(|segment| (who, segment.clone())));
            return effects;
        };
        let theirs = self.listener.take(id);
        let aside = mem::replace(&mut self.end.tcb, theirs);
        let peer_port = mem::replace(&mut self.end.peer_port, id.0);
        let effects = act(self);
        self.sent.extend(effects.segments().map(|segment| (who, segment.clone())));
        self.end.peer_port = peer_port;
        let theirs = mem::replace(&mut self.end.tcb, aside);
        self.listener.put(id, theirs);
        effects
    }

    /// Lets the connection judge a segment; what it led to is undone where a queue is too full.
    fn judge(&mut self, who: Option<StrangerId>, segment: &Segment, room: Room) -> Effects {
        let before = self.end.clone();
        let rebuilt = self.rebuild(who, segment);
        let was_open = self.end.state().is_synchronized();
        let effects = self.end.handle(self.now, Input::Segment(segment));
        let is_opened = begins(&effects);
        let is_completed = !was_open && self.end.state().is_synchronized();
        let fits = match (is_opened, is_completed) {
            (true, false) => room.accept && room.half_open,
            (_, true) => room.accept,
            (false, false) => true,
        };
        if !fits && self.listener.is_open {
            *self.end = before;
            return if is_opened && room.accept && self.bakes() {
                self.answer_with_cookie(who, segment)
            } else if is_opened {
                let is_half = room.accept;
                self.say(if is_half { Rule::SynDropped } else { Rule::SynDroppedUnaccepted })
            } else {
                self.overflow(segment)
            };
        }
        let Some(mut all) = rebuilt else { return effects };
        if !is_completed {
            // A cookie is kept by the peer until it opens: half of a connection would wait here
            // without a place in the queue, and without a timer.
            *self.end = before;
            return effects;
        }
        all.extend(effects);
        all
    }

    /// Does this endpoint answer with cookies when the queue is full?
    fn bakes(&self) -> bool {
        self.end.settings.variant == Variant::SynCookies
    }

    /// Answers a SYN with a cookie for ISS, and keeps nothing. No option is agreed to but MSS: the
    /// cookie has no room for another.
    fn answer_with_cookie(&mut self, who: Option<StrangerId>, segment: &Segment) -> Effects {
        let cookie = Cookie::bake(self.now, who, segment.seq, segment.options.mss);
        let settings = self.end.settings;
        let nxt = segment.seq + 1;
        let options =
            Options { mss: settings.offers.mss.then_some(settings.mss), ..Options::default() };
        self.end.turn(self.now, |turn| {
            turn.apply(Rule::SynCookieSent, Compared::Noted { seq: segment.seq, nxt });
            turn.transmit_syn(cookie.iss(segment.seq), Some(nxt), settings.window, options);
        })
    }

    /// Makes the connection again that a cookie stands for, as it would be in SYN-RECEIVED. Only
    /// an ACK that sends a valid one back leads there.
    fn rebuild(&mut self, who: Option<StrangerId>, segment: &Segment) -> Option<Effects> {
        let may = self.bakes()
            && self.end.state() == State::Listen
            && !self.end.awaits_another()
            && !self.end.is_quiet(self.now);
        let ack = segment.acknowledges().filter(|_| may)?;
        if segment.is_syn() || segment.is_reset() {
            return None;
        }
        let (iss, irs) = (before(ack), before(segment.seq));
        let mss = Cookie::of(iss, irs).open(self.now, who, irs)?;
        let numbers = self.end.numbers;
        self.end.choose_next_iss(iss);
        let effects = self.end.turn(self.now, |turn| {
            turn.apply(Rule::SynCookieTaken, Compared::Acknowledgment { ack, low: iss, high: ack });
            turn.create(State::SynReceived, Origin::Passive);
        });
        self.end.numbers = numbers;
        let tcb = self.end.tcb.as_mut()?;
        tcb.snd.nxt = ack;
        (tcb.rcv.irs, tcb.rcv.nxt) = (irs, segment.seq);
        tcb.send_mss = mss;
        tcb.incoming.awaits_accept = true;
        Some(effects)
    }

    /// The accept queue is full for an ACK that would complete a connection.
    fn overflow(&mut self, segment: &Segment) -> Effects {
        if self.listener.backlog.overflow == Overflow::Drop {
            return self.say(Rule::AckDropped);
        }
        self.end.turn(self.now, |turn| {
            turn.apply(Rule::AckRefused, Compared::Nothing);
            turn.send_reset_for(segment);
            if turn.state() != State::Listen {
                turn.listen();
            }
        })
    }

    /// Follows a rule that changes nothing.
    fn say(&mut self, rule: Rule) -> Effects {
        self.end.turn(self.now, |turn| turn.apply(rule, Compared::Nothing))
    }

    fn refuse(&mut self, rule: Rule, error: CallError) -> Effects {
        let mut effects = self.say(rule);
        effects.push(|| Effect::Returned(Err(error)));
        effects
    }

    /// Keeps the queues in step with the connection that has just acted.
    fn settle(&mut self, who: Option<StrangerId>, effects: &mut Effects) {
        if !self.listener.is_open {
            return;
        }
        let is_begun = begins(effects);
        let state = self.end.state();
        let is_waiting = self.end.tcb.as_mut().is_some_and(|tcb| {
            tcb.incoming.awaits_accept |= is_begun;
            tcb.incoming.awaits_accept && state.is_synchronized()
        });
        let place = self.listener.waiting.iter().position(|&waiting| waiting == who);
        match place {
            None if is_waiting && mem::take(&mut self.listener.accept_wanted) => {
                effects.extend(self.accept_seated());
            }
            None if is_waiting => self.listener.waiting.push(who),
            Some(place) if !is_waiting => drop(self.listener.waiting.remove(place)),
            _ => {}
        }
        if who.is_none() && state == State::Closed {
            let mut turn = Turn::new(self.end, self.now, effects);
            turn.apply(Rule::ListenerStays, Compared::Nothing);
            turn.listen();
            self.end.tcb = Some(self.listener.listening());
        }
    }

    /// ACCEPT: takes the connection that has waited longest, or waits for one.
    fn accept(&mut self) -> Acted {
        if self.listener.waiting.is_empty() {
            self.listener.accept_wanted = true;
            let mut effects = self.say(Rule::AcceptQueued);
            effects.push(|| Effect::Returned(Ok(())));
            return (None, effects);
        }
        let who = self.listener.waiting.remove(0);
        let mut effects = self.seated(who, Port::accept_seated);
        effects.push(|| Effect::Returned(Ok(())));
        (who, effects)
    }

    /// The user has the connection now, and what has arrived in it.
    fn accept_seated(&mut self) -> Effects {
        self.end.turn(self.now, |turn| {
            turn.apply(Rule::Accept, Compared::Nothing);
            turn.accept();
        })
    }

    /// CLOSE of the listener: who waits is sent away with a RST; who was only answered is
    /// forgotten, and hears of it with the next segment. Who was accepted stays.
    fn close(&mut self) -> Effects {
        let mut all = self.say(Rule::CloseListener);
        self.listener.is_open = false;
        self.listener.accept_wanted = false;
        self.listener.strangers.retain(|stranger| !is_half_open(&stranger.tcb));
        let waiting = mem::take(&mut self.listener.waiting);
        if !waiting.contains(&None) {
            Turn::new(self.end, self.now, &mut all).delete();
        }
        for who in waiting {
            let effects = self.seated(who, |port| {
                port.end.turn(port.now, |turn| {
                    turn.send_reset();
                    turn.delete();
                })
            });
            // What becomes of a stranger's connection is no change of state of the peer's.
            let is_told =
                |effect: &Effect| who.is_none() || matches!(effect, Effect::Transmitted(_));
            all.extend(effects.into_iter().filter(is_told));
        }
        all.push(|| Effect::Returned(Ok(())));
        all
    }
}

/// Has a SYN begun a connection here?
fn begins(effects: &Effects) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Entered { to: State::SynReceived, .. }))
}

/// The number before another.
fn before(number: SeqNum) -> SeqNum {
    number + u32::MAX
}
