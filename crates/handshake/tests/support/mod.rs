//! What the tests share: runs, endpoints in each state, templates of segments, and what to expect
//! of a turn.
//!
//! Two endpoints in some state are a run, one alone is led there by inputs. Our endpoint begins at
//! 100 and its peer at 300, as A and B do in figure 6.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use handshake::{
    Call, Duration, Effect, Effects, Endpoint, Flags, InitialNumbers, Input, Instant, KeepAlive,
    Rule, Segment, SeqNum, Settings, Side, State, Tcb, Timer, Trace,
};

/// The shortest handshake, of which most runs make the beginning: then both are ESTABLISHED.
pub(crate) const OPENED: &str = "B.listen~A.open~deliver.1~deliver.2~deliver.3";

/// A run from its text.
#[track_caller]
pub(crate) fn run(text: &str) -> Trace {
    text.parse().unwrap_or_else(|error| panic!("{text} does not play: {error}"))
}

/// The handshake, and what these words say happens then.
#[track_caller]
pub(crate) fn opened(then: &str) -> Trace {
    run(&format!("v1~{OPENED}{then}"))
}

/// The states in which a run leaves A and B.
pub(crate) fn states(trace: &Trace) -> [State; 2] {
    Side::BOTH.map(|side| trace.last().end(side).state())
}

/// Our initial number.
pub(crate) const ISS: u32 = 100;
/// The peer's initial number.
pub(crate) const IRS: u32 = 300;
/// The window that the peer's segments announce.
pub(crate) const PEER_WINDOW: u16 = 1000;

/// CLOSED, with a receive window of the usual size.
pub(crate) fn closed() -> Endpoint {
    closed_with(Settings::default(), ISS)
}

/// CLOSED, with these settings and this initial number.
pub(crate) fn closed_with(settings: Settings, iss: u32) -> Endpoint {
    Endpoint::new(settings, InitialNumbers { next: SeqNum(iss), step: 100 })
}

/// An endpoint with these settings in a state, which in SYN-RECEIVED is followed by its origin; the
/// others it has come to by an active OPEN.
pub(crate) fn led_to(state: &str, settings: Settings) -> Endpoint {
    let closed = closed_with(settings, ISS);
    let [passive, active, close] = [Call::PassiveOpen, Call::ActiveOpen, Call::Close];
    let [passive, active, close] = [&passive, &active, &close].map(Input::Call);
    let called = syn(IRS);
    let answered = syn_ack(IRS, ISS + 1);
    let goodbye = fin(IRS + 1, ISS + 1);
    let heard = ack(IRS + 1, ISS + 2);
    let goodbye_then = fin(IRS + 1, ISS + 2);
    let [called, answered, goodbye, heard, goodbye_then] =
        [&called, &answered, &goodbye, &heard, &goodbye_then].map(Input::Segment);
    match state {
        "CLOSED" => closed,
        "LISTEN" => led(closed, &[passive]),
        "SYN-SENT" => led(closed, &[active]),
        "SYN-RECEIVED/passive" => led(closed, &[passive, called]),
        "SYN-RECEIVED/active" => led(closed, &[active, called]),
        "ESTABLISHED" => led(closed, &[active, answered]),
        "FIN-WAIT-1" => led(closed, &[active, answered, close]),
        "FIN-WAIT-2" => led(closed, &[active, answered, close, heard]),
        "CLOSE-WAIT" => led(closed, &[active, answered, goodbye]),
        "CLOSING" => led(closed, &[active, answered, close, goodbye]),
        "LAST-ACK" => led(closed, &[active, answered, goodbye, close]),
        "TIME-WAIT" => led(closed, &[active, answered, close, heard, goodbye_then]),
        other => panic!("nothing leads to {other}"),
    }
}

/// LISTEN.
pub(crate) fn listening() -> Endpoint {
    led_to("LISTEN", Settings::default())
}

/// SYN-SENT, our SYN at 100.
pub(crate) fn syn_sent() -> Endpoint {
    led_to("SYN-SENT", Settings::default())
}

/// SYN-RECEIVED after a passive OPEN; RCV.NXT is 301.
pub(crate) fn syn_received() -> Endpoint {
    led_to("SYN-RECEIVED/passive", Settings::default())
}

/// SYN-RECEIVED after an active OPEN, i.e. in a simultaneous open; RCV.NXT is 301.
pub(crate) fn syn_received_active() -> Endpoint {
    led_to("SYN-RECEIVED/active", Settings::default())
}

/// ESTABLISHED after an active OPEN; SND.NXT is 101 and RCV.NXT 301.
pub(crate) fn established() -> Endpoint {
    established_with(Settings::default())
}

/// ESTABLISHED, with room for so many octets.
pub(crate) fn established_with_window(window: u16) -> Endpoint {
    established_with(Settings { window: window.into(), ..Settings::default() })
}

/// ESTABLISHED after an active OPEN, with these settings.
pub(crate) fn established_with(settings: Settings) -> Endpoint {
    led_to("ESTABLISHED", settings)
}

/// FIN-WAIT-1: our FIN at 101 is under way; SND.NXT is 102.
pub(crate) fn fin_wait_1() -> Endpoint {
    led_to("FIN-WAIT-1", Settings::default())
}

/// FIN-WAIT-2: our FIN is acknowledged.
pub(crate) fn fin_wait_2() -> Endpoint {
    led_to("FIN-WAIT-2", Settings::default())
}

/// CLOSE-WAIT: the peer's FIN was at 301; RCV.NXT is 302.
pub(crate) fn close_wait() -> Endpoint {
    led_to("CLOSE-WAIT", Settings::default())
}

/// CLOSING: both FINs crossed.
pub(crate) fn closing() -> Endpoint {
    led_to("CLOSING", Settings::default())
}

/// LAST-ACK: our FIN at 101 answers the peer's.
pub(crate) fn last_ack() -> Endpoint {
    led_to("LAST-ACK", Settings::default())
}

/// TIME-WAIT after an active OPEN.
pub(crate) fn time_wait() -> Endpoint {
    led_to("TIME-WAIT", Settings::default())
}

/// TIME-WAIT after a passive OPEN.
pub(crate) fn time_wait_passive() -> Endpoint {
    let inputs = [
        Input::Segment(&ack(IRS + 1, ISS + 1)),
        Input::Call(&Call::Close),
        Input::Segment(&fin(IRS + 1, ISS + 2)),
    ];
    led(syn_received(), &inputs)
}

/// The user takes text only when it calls RECEIVE; there is room for 2000 octets.
pub(crate) fn lazy() -> Settings {
    Settings { reads_at_once: false, window: 2000, ..Settings::default() }
}

/// ESTABLISHED, with this text unread.
pub(crate) fn with_unread(text: &str) -> Endpoint {
    led(established_with(lazy()), &[Input::Segment(&saying(IRS + 1, ISS + 1, text))])
}

/// ESTABLISHED, the peer's window closed, and "hello" waiting.
pub(crate) fn facing_a_closed_window() -> Endpoint {
    let shut = announcing(0, ack(IRS + 1, ISS + 1));
    led(established(), &[Input::Segment(&shut), Input::Call(&Call::Send(b"hello".into()))])
}

/// Idle for a minute, then three keep-alive probes, ten seconds apart.
pub(crate) fn careful() -> Settings {
    let [idle, interval] = [60, 10].map(Duration::from_secs);
    let keep_alive = Some(KeepAlive { idle, interval, probes: 3 });
    Settings { keep_alive, ..Settings::default() }
}

/// RCV.NXT of this endpoint.
pub(crate) fn rcv_nxt(endpoint: &Endpoint) -> u32 {
    endpoint.tcb().expect("a connection").rcv.nxt.0
}

/// SND.NXT of this endpoint.
pub(crate) fn snd_nxt(endpoint: &Endpoint) -> u32 {
    endpoint.tcb().expect("a connection").snd.nxt.0
}

/// SND.UNA of this endpoint.
pub(crate) fn snd_una(endpoint: &Endpoint) -> u32 {
    endpoint.tcb().expect("a connection").snd.una.0
}

/// An endpoint in each of the eleven states, those after an active OPEN where both are possible.
pub(crate) fn every_state() -> [Endpoint; 11] {
    [
        closed(),
        listening(),
        syn_sent(),
        syn_received_active(),
        established(),
        fin_wait_1(),
        fin_wait_2(),
        close_wait(),
        closing(),
        last_ack(),
        time_wait(),
    ]
}

/// Those in the synchronized states (section 3.3.2).
pub(crate) fn synchronized() -> Vec<Endpoint> {
    let all = every_state().into_iter();
    all.filter(|endpoint| endpoint.state().is_synchronized()).collect()
}

/// The endpoint after these inputs, all at the first moment.
pub(crate) fn led(mut endpoint: Endpoint, inputs: &[Input<'_>]) -> Endpoint {
    for input in inputs {
        endpoint.handle(Instant::START, *input);
    }
    endpoint
}

/// A segment without ACK.
pub(crate) fn plain(seq: u32, flags: Flags) -> Segment {
    Segment { seq: SeqNum(seq), flags, window: PEER_WINDOW, ..Segment::default() }
}

/// A segment with ACK.
pub(crate) fn acking(seq: u32, ack: u32, flags: Flags) -> Segment {
    Segment { ack: SeqNum(ack), ..plain(seq, flags | Flags::ACK) }
}

/// The same segment with so many octets of text.
pub(crate) fn with_text(mut segment: Segment, octets: usize) -> Segment {
    segment.text = vec![b'.'; octets].into();
    segment
}

/// `<SEQ=seq><CTL=SYN>`
pub(crate) fn syn(seq: u32) -> Segment {
    plain(seq, Flags::SYN)
}

/// `<SEQ=seq><ACK=ack><CTL=SYN,ACK>`
pub(crate) fn syn_ack(seq: u32, ack: u32) -> Segment {
    acking(seq, ack, Flags::SYN)
}

/// `<SEQ=seq><ACK=ack><CTL=ACK>`
pub(crate) fn ack(seq: u32, ack: u32) -> Segment {
    acking(seq, ack, Flags::NONE)
}

/// `<SEQ=seq><ACK=ack><CTL=FIN,ACK>`
pub(crate) fn fin(seq: u32, ack: u32) -> Segment {
    acking(seq, ack, Flags::FIN)
}

/// `<SEQ=seq><ACK=ack><CTL=ACK>` and this text.
pub(crate) fn saying(seq: u32, number: u32, text: &str) -> Segment {
    Segment { text: text.into(), ..ack(seq, number) }
}

/// The same segment with another window.
pub(crate) fn announcing(window: u16, segment: Segment) -> Segment {
    Segment { window, ..segment }
}

/// The number of the ACK with which this endpoint says what it expects, in the RFC's notation.
pub(crate) fn expectation(endpoint: &Endpoint) -> String {
    let tcb = endpoint.tcb().expect("a connection");
    format!("<SEQ={}><ACK={}><CTL=ACK>", tcb.snd.nxt, tcb.rcv.nxt)
}

/// `<SEQ=seq><CTL=RST>`
pub(crate) fn rst(seq: u32) -> Segment {
    plain(seq, Flags::RST)
}

/// `<SEQ=seq><ACK=ack><CTL=RST,ACK>`
pub(crate) fn rst_ack(seq: u32, ack: u32) -> Segment {
    acking(seq, ack, Flags::RST)
}

/// A turn that is over: what the endpoint was, what it did, and what it is now.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) before: Endpoint,
    pub(crate) effects: Effects,
    pub(crate) endpoint: Endpoint,
}

/// A segment arrives.
#[expect(clippy::needless_pass_by_value, reason = "tests make what they hand over in place")]
pub(crate) fn arrives(at: Endpoint, segment: Segment) -> Outcome {
    happens(at, Instant::START, Input::Segment(&segment))
}

/// A user calls.
#[expect(clippy::needless_pass_by_value, reason = "tests make what they hand over in place")]
pub(crate) fn calls(at: Endpoint, call: Call) -> Outcome {
    happens(at, Instant::START, Input::Call(&call))
}

/// The retransmission timer expires when it is due.
pub(crate) fn expires(at: Endpoint) -> Outcome {
    elapses(at, Timer::Retransmission)
}

/// A timer expires when it is due.
#[track_caller]
pub(crate) fn elapses(at: Endpoint, timer: Timer) -> Outcome {
    let due_at = at.timer(timer).expect("the timer runs");
    happens(at, due_at, Input::Expired(timer))
}

/// The user sends this text.
pub(crate) fn says(at: Endpoint, text: &str) -> Outcome {
    calls(at, Call::Send(text.into()))
}

/// Anything happens.
pub(crate) fn happens(at: Endpoint, now: Instant, input: Input<'_>) -> Outcome {
    let mut endpoint = at.clone();
    let effects = endpoint.handle(now, input);
    Outcome { before: at, effects, endpoint }
}

impl Outcome {
    /// This rule was followed, and no other.
    #[track_caller]
    pub(crate) fn follows(self, rule: Rule) -> Outcome {
        let rules: Vec<Rule> = self.effects.reasons().map(|reason| reason.rule).collect();
        assert_eq!(rules, [rule]);
        self
    }

    /// These rules were followed, in this order, and no other.
    #[track_caller]
    pub(crate) fn follows_all(self, expected: &[Rule]) -> Outcome {
        let rules: Vec<Rule> = self.effects.reasons().map(|reason| reason.rule).collect();
        assert_eq!(rules, expected);
        self
    }

    /// These segments left, in the RFC's notation.
    #[track_caller]
    pub(crate) fn sends(self, segments: &[&str]) -> Outcome {
        let sent: Vec<String> = self.effects.segments().map(Segment::to_string).collect();
        assert_eq!(sent, segments);
        self
    }

    /// Nothing left.
    #[track_caller]
    pub(crate) fn sends_nothing(self) -> Outcome {
        self.sends(&[])
    }

    /// The state changed to this one.
    #[track_caller]
    pub(crate) fn enters(self, state: State) -> Outcome {
        assert_eq!(self.effects.transition(), Some((self.before.state(), state)));
        assert_eq!(self.endpoint.state(), state);
        self
    }

    /// Nothing at all changed in what the endpoint remembers.
    #[track_caller]
    pub(crate) fn changes_nothing(self) -> Outcome {
        assert_eq!(self.effects.transition(), None);
        assert_eq!(self.endpoint, self.before);
        self
    }

    /// Nothing changed but the count of challenge ACKs, which is one more.
    #[track_caller]
    pub(crate) fn counts_one_challenge(self) -> Outcome {
        assert_eq!(self.effects.transition(), None);
        let mut before = self.before.tcb().cloned().expect("a connection");
        before.challenges.1 += 1;
        assert_eq!(self.tcb(), &before);
        self
    }

    /// This text went to the user, all in all.
    #[track_caller]
    pub(crate) fn delivers(self, text: &str) -> Outcome {
        assert_eq!(self.delivered(), text);
        self
    }

    /// The text that went to the user.
    pub(crate) fn delivered(&self) -> String {
        let octets = self.effects.iter().filter_map(|effect| match effect {
            Effect::Delivered(text) => Some(text.to_vec()),
            _ => None,
        });
        String::from_utf8(octets.flatten().collect()).expect("letters")
    }

    /// The texts of the segments that left.
    pub(crate) fn texts(&self) -> Vec<String> {
        let segments = self.effects.segments();
        segments.map(|sent| String::from_utf8_lossy(&sent.text).into_owned()).collect()
    }

    /// The state stayed the same.
    #[track_caller]
    pub(crate) fn enters_no_state(self) -> Outcome {
        assert_eq!(self.effects.transition(), None);
        assert_eq!(self.endpoint.state(), self.before.state());
        self
    }

    /// The user was told this unasked.
    #[track_caller]
    pub(crate) fn signals(self, error: handshake::CallError) -> Outcome {
        assert!(self.effects.iter().any(|effect| *effect == Effect::Signalled(error)));
        self
    }

    /// The user was told nothing unasked.
    #[track_caller]
    pub(crate) fn signals_nothing(self) -> Outcome {
        assert!(!self.effects.iter().any(|effect| matches!(effect, Effect::Signalled(_))));
        self
    }

    /// The call was answered so.
    #[track_caller]
    pub(crate) fn returns(self, answer: Result<(), handshake::CallError>) -> Outcome {
        assert!(self.effects.iter().any(|effect| *effect == Effect::Returned(answer)));
        self
    }

    /// The TCB, where there must be one.
    #[track_caller]
    pub(crate) fn tcb(&self) -> &Tcb {
        self.endpoint.tcb().expect("a connection")
    }

    /// When the retransmission timer is due, if it runs.
    pub(crate) fn due_at(&self) -> Option<Instant> {
        self.endpoint.timer(Timer::Retransmission)
    }
}
