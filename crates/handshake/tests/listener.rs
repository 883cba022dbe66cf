//! A listener that is a record of its own (RFC 9293 section 3.9.1.1, RFC 1122 section 4.2.2.18):
//! its queues, what happens when they are full, and SYN cookies (RFC 4987).
//!
//! Where neither says what a full queue does, Linux is followed as it was captured: it drops.

mod support;

use handshake::{
    Agreed, ByTime, Call, Choice, Effect, Explorer, Fate, Flags, Impossible, Instant, Options,
    Packet, Property, Rule, RunProblem, SeqNum, Side, State, StrangerId, Timer, Trace,
};
use handshake::{Budget, Cookie};
use support::{run, states};

fn extend(trace: &mut Trace, words: &str) {
    for word in words.split('~') {
        trace.extend(&word.parse().expect("a word of a run")).expect("possible");
    }
}

fn followed(trace: &Trace, rule: Rule) -> usize {
    trace.steps().iter().filter(|step| step.effects.followed(rule)).count()
}

/// All that was ever sent to this stranger.
fn sent_to(trace: &Trace, id: u16) -> Vec<Packet> {
    let packets = trace.packets_at(trace.len()).into_iter().map(|history| history.packet);
    let is_theirs =
        |packet: &Packet| packet.from == Side::B && packet.stranger == Some(StrangerId(id));
    packets.filter(is_theirs).collect()
}

/// The name of the packet that was sent last.
fn newest(trace: &Trace) -> u32 {
    trace.last().network().named()
}

/// The packet that was sent last arrives.
fn lands(trace: &mut Trace) {
    let id = newest(trace);
    extend(trace, &format!("deliver.{id}"));
}

/// A stranger says this to B, and it arrives.
fn hears(trace: &mut Trace, id: u16, segment: &str) {
    extend(trace, &format!("stranger.{id}.{segment}"));
    lands(trace);
}

/// A stranger who is really there opens a connection; B's answer is lost on nobody.
fn connects(trace: &mut Trace, id: u16) {
    hears(trace, id, "SYN.5000.0.1000");
    let answer = sent_to(trace, id).pop().expect("an answer").segment;
    hears(trace, id, &format!("ACK.5001.{}.1000", answer.seq + 1));
}

/// So many strangers send a SYN and never answer.
fn flooded(start: &str, strangers: u16) -> Trace {
    let mut trace = run(&format!("v1~{start}~B.listen"));
    for id in 0..strangers {
        hears(&mut trace, id, &format!("SYN.{}.0.1000.1460", 5000 + id));
    }
    trace
}

/// T connects, with as many messages as it takes at once.
fn t_calls(trace: &mut Trace) {
    extend(trace, "A.open");
    for _ in 0..3 {
        let packets = trace.last().network().in_flight();
        let next = packets.iter().find(|packet| packet.stranger.is_none()).map(|packet| packet.id);
        let Some(id) = next else { return };
        extend(trace, &format!("deliver.{id}"));
    }
}

#[test]
fn rfc4987_a_flood_fills_the_queue_and_no_more_is_kept_than_the_queue_holds() {
    let flood = flooded("backlog.4.2", 100);
    assert_eq!(flood.last().half_open(), 4);
    assert_eq!(flood.last().strangers().len(), 4);
    assert_eq!(followed(&flood, Rule::ListenSyn), 4);
    assert_eq!(followed(&flood, Rule::SynDropped), 96);
    assert!(sent_to(&flood, 3).len() == 1 && sent_to(&flood, 4).is_empty());
}

#[test]
fn rfc4987_in_a_flood_nobody_else_gets_in() {
    let mut flood = flooded("backlog.4.2", 100);
    t_calls(&mut flood);
    assert_eq!(states(&flood), [State::SynSent, State::Listen]);
    // Nor does T get a word of it: its SYN is repeated like one that was lost.
    assert!(flood.last().end(Side::A).timer(Timer::Retransmission).is_some());
}

#[test]
fn rfc4987_with_cookies_a_flood_keeps_nobody_out() {
    let mut flood = flooded("variant.syn-cookies~backlog.4.2", 100);
    assert_eq!(flood.last().strangers().len(), 4, "nothing is kept for who gets a cookie");
    assert_eq!(followed(&flood, Rule::SynCookieSent), 96);
    t_calls(&mut flood);
    assert_eq!(states(&flood), [State::Established; 2]);
    assert_eq!(flood.last().listener().expect("a backlog").waiting(), [None]);
    extend(&mut flood, "B.accept~A.send.hi");
    lands(&mut flood);
    let last = flood.steps().last().expect("a step");
    assert!(last.effects.iter().any(|effect| *effect == Effect::Delivered(b"hi".into())));
}

#[test]
fn rfc4987_a_cookie_costs_nothing_until_it_comes_back() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen~A.open");
    let listening = trace.last().end(Side::B).clone();
    extend(&mut trace, "deliver.1");
    // Not even an initial number is used up.
    assert_eq!(*trace.last().end(Side::B), listening);
    let answer = &trace.packets_at(trace.len())[1].packet.segment;
    assert_eq!((answer.flags, answer.ack), (Flags::SYN | Flags::ACK, SeqNum(101)));
    let cookie = Cookie::bake(trace.last().now(), None, SeqNum(100), Some(1460));
    assert_eq!(answer.seq, cookie.iss(SeqNum(100)));
}

/// Text with the cookie fits no closed window. It is answered as section 3.10.7.4 says, and nothing
/// is kept; a bare ACK opens.
#[test]
fn rfc4987_a_cookie_that_does_not_open_costs_nothing_either() {
    let start = "v1~variant.rfc9293.syn-cookies~window.100.0~backlog.0.2~B.listen~A.open";
    let mut trace = run(&format!("{start}~deliver.1~deliver.2"));
    let listening = trace.last().end(Side::B).clone();
    extend(&mut trace, "drop.3~A.send.hi~A.probe~deliver.4");
    assert_eq!(*trace.last().end(Side::B), listening);
    assert_eq!(followed(&trace, Rule::Unacceptable), 1);
    assert_eq!(followed(&trace, Rule::SynCookieTaken), 0);
    let answer = trace.packets_at(trace.len()).pop().expect("an answer").packet.segment;
    assert_eq!((answer.flags, answer.ack, answer.window), (Flags::ACK, SeqNum(101), 0));

    let syn_ack = trace.packets_at(trace.len())[1].packet.segment.clone();
    extend(&mut trace, &format!("forge.B.ACK.101.{}.100", syn_ack.seq + 1));
    lands(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn rfc4987_of_the_options_only_the_mss_survives_a_cookie_and_rounded_down() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen");
    hears(&mut trace, 7, "SYN.5000.0.1000.1500");
    let answer = sent_to(&trace, 7)[0].segment.clone();
    hears(&mut trace, 7, &format!("ACK.5001.{}.1000", answer.seq + 1));
    let [stranger] = trace.last().strangers() else { panic!("one connection") };
    assert_eq!((stranger.tcb.state, stranger.tcb.send_mss), (State::Established, 1460));
    assert_eq!((stranger.tcb.rcv.irs, stranger.tcb.rcv.nxt), (SeqNum(5000), SeqNum(5001)));
    assert_eq!((stranger.tcb.snd.iss, stranger.tcb.snd.una), (answer.seq, answer.seq + 1));
}

#[test]
fn rfc4987_with_a_cookie_neither_side_believes_in_any_other_option() {
    let agreed = |backlog: &str| {
        let trace = run(&format!(
            "v1~variant.syn-cookies~window.200000~options.mss-ws7-sack-ts~{backlog}\
             ~B.listen~A.open~deliver.1~deliver.2~deliver.3"
        ));
        assert_eq!(states(&trace), [State::Established; 2]);
        let answer = trace.packets_at(trace.len())[1].packet.segment.options;
        let [t, p] = Side::BOTH.map(|side| trace.last().end(side).tcb().expect("open").clone());
        (answer, t.agreed, p.agreed, t.snd.wnd)
    };
    let (answer, t, p, wnd) = agreed("backlog.0.2");
    assert_eq!(answer, Options { mss: Some(1460), ..Options::default() });
    assert_eq!((t, p), (Agreed::default(), Agreed::default()));
    assert_eq!(wnd, 65_535, "no window is scaled");
    // With a place in the queue all of it is remembered.
    let (answer, t, p, _) = agreed("backlog.1.2");
    assert!(answer.sack_permitted && answer.window_scale == Some(7) && answer.timestamps.is_some());
    for end in [t, p] {
        assert!(end.sack_permitted && end.scale.is_some() && end.timestamps.is_some());
    }
}

#[test]
fn rfc4987_a_made_up_cookie_meets_a_rst_as_in_listen() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen");
    hears(&mut trace, 7, "ACK.5001.7777.1000");
    assert_eq!(followed(&trace, Rule::ListenAck), 1);
    let reset = &sent_to(&trace, 7)[0].segment;
    assert_eq!((reset.flags, reset.seq), (Flags::RST, SeqNum(7777)));
    assert!(trace.last().strangers().is_empty());
}

#[test]
fn rfc4987_a_cookie_is_nobody_elses() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen");
    hears(&mut trace, 7, "SYN.5000.0.1000.1460");
    let answer = sent_to(&trace, 7)[0].segment.clone();
    hears(&mut trace, 8, &format!("ACK.5001.{}.1000", answer.seq + 1));
    assert_eq!(followed(&trace, Rule::SynCookieTaken), 0);
    hears(&mut trace, 7, &format!("ACK.5001.{}.1000", answer.seq + 1));
    assert_eq!(followed(&trace, Rule::SynCookieTaken), 1);
}

#[test]
fn rfc4987_when_the_ack_of_a_cookie_is_lost_the_text_behind_it_opens() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen~A.open~deliver.1~deliver.2");
    extend(&mut trace, "drop.3~A.send.hi~deliver.4");
    assert_eq!(states(&trace), [State::Established; 2]);
    let tcb = trace.last().end(Side::B).tcb().expect("a connection");
    assert_eq!((&*tcb.incoming.unread, tcb.rcv.nxt), (&b"hi"[..], SeqNum(103)));
}

#[test]
fn rfc4987_an_old_cookie_is_worth_nothing() {
    let irs = SeqNum(100);
    let baked = Cookie::bake(Instant::START, None, irs, None);
    let ticks = |n: u64| Instant(n * Cookie::TICK.0);
    let last = u64::from(Cookie::TICKS_VALID);
    assert_eq!(baked.open(ticks(last), None, irs), Some(536), "MUST-15: the default MSS");
    assert_eq!(baked.open(ticks(last + 1), None, irs), None);
    // The counter of five bits comes round again; the hash does not.
    assert_eq!(baked.open(ticks(32), None, irs), None);
}

#[test]
fn rfc4987_every_part_of_a_cookie_is_sealed() {
    let irs = SeqNum(u32::MAX);
    let late = Instant(40 * Cookie::TICK.0);
    let baked = Cookie::bake(late, Some(StrangerId(7)), irs, Some(1460));
    assert_eq!((baked.counter, baked.mss_index), (8, 5));
    let iss = baked.iss(irs);
    assert_eq!(Cookie::of(iss, irs), baked);
    assert_eq!(baked.open(late, Some(StrangerId(7)), irs), Some(1460));
    assert_eq!(baked.open(late, Some(StrangerId(8)), irs), None);
    assert_eq!(baked.open(late, Some(StrangerId(7)), SeqNum(0)), None);
    for bit in 0..32 {
        let forged = Cookie::of(SeqNum(iss.0 ^ 1 << bit), irs);
        assert_eq!(forged.open(late, Some(StrangerId(7)), irs), None, "bit {bit}");
    }
    assert_eq!(Cookie::bake(late, None, irs, Some(0)).mss_index, 0, "below the least");
    assert_eq!(Cookie::bake(late, None, irs, Some(u16::MAX)).mss_index, 7);
}

#[test]
fn rfc1122_4_2_2_18_a_listener_makes_a_connection_for_each_caller_and_stays() {
    let mut trace = run("v1~backlog.4.4~B.listen");
    connects(&mut trace, 1);
    connects(&mut trace, 2);
    t_calls(&mut trace);
    let listener = trace.last().listener().expect("a backlog");
    assert!(listener.is_open());
    assert_eq!(listener.waiting(), [Some(StrangerId(1)), Some(StrangerId(2)), None]);
    let isses = listener.strangers().iter().map(|stranger| stranger.tcb.snd.iss);
    assert_eq!(isses.collect::<Vec<_>>(), [SeqNum(300), SeqNum(400)]);
    assert_eq!(trace.last().end(Side::B).tcb().map(|tcb| tcb.snd.iss), Some(SeqNum(500)));
}

#[test]
fn rfc1122_4_2_2_18_after_a_connection_its_listener_takes_the_next() {
    let life = "A.close~deliver.4~deliver.5~B.close~deliver.6~deliver.7";
    let mut trace = run(&format!(
        "v1~variant.no-time-wait~backlog.1.1~B.listen~A.open~deliver.1~deliver.2~deliver.3~B.accept~{life}"
    ));
    assert_eq!(states(&trace), [State::Closed, State::Listen]);
    assert_eq!(followed(&trace, Rule::ListenerStays), 1);
    t_calls(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn s3_8_3_a_handshake_that_is_given_up_frees_its_place() {
    let mut trace = flooded("backlog.1.1", 1);
    for _ in 0..8 {
        extend(&mut trace, "stranger.0.rto");
    }
    assert_eq!(followed(&trace, Rule::GiveUpToListen), 1);
    assert!(trace.last().strangers().is_empty());
    assert_eq!(trace.last().half_open(), 0);
    assert_eq!(trace.last().end(Side::B).state(), State::Listen);
    t_calls(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn s3_10_7_4_a_reset_frees_a_place_in_either_queue() {
    let mut half_open = flooded("backlog.1.1", 1);
    hears(&mut half_open, 0, "RST.5001");
    assert!(half_open.last().strangers().is_empty());
    let mut waiting = run("v1~backlog.1.1~B.listen");
    connects(&mut waiting, 1);
    hears(&mut waiting, 1, "RST.5001");
    assert!(waiting.last().listener().expect("a backlog").waiting().is_empty());
    assert_eq!(waiting.last().end(Side::B).state(), State::Listen);
}

#[test]
fn without_accept_t_is_connected_and_its_text_is_acknowledged_and_waits() {
    let mut trace = run("v1~backlog.2.2~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    assert_eq!(states(&trace), [State::Established; 2]);
    extend(&mut trace, "A.send.hi~deliver.4~deliver.5");
    let [t, p] = Side::BOTH.map(|side| trace.last().end(side).tcb().expect("open"));
    assert_eq!((t.snd.una, p.rcv.nxt), (SeqNum(103), SeqNum(103)), "the host acknowledges");
    assert_eq!(p.incoming.unread, b"hi");
    let delivered = Effect::Delivered(b"hi".into());
    let is_delivered =
        |trace: &Trace| trace.steps().iter().any(|s| s.effects.iter().any(|e| *e == delivered));
    assert!(!is_delivered(&trace));
    extend(&mut trace, "B.accept");
    assert!(is_delivered(&trace));
    assert!(trace.last().listener().expect("a backlog").waiting().is_empty());
}

#[test]
fn what_is_not_accepted_fills_the_window_and_accept_opens_it() {
    let mut trace = run("v1~backlog.2.2~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    let text = vec![b'x'; usize::from(u16::MAX)];
    trace.extend(&Choice::Call(Side::A, Call::Send(text.into()))).expect("possible");
    while let Some(packet) = trace.last().network().in_flight().first() {
        let id = packet.id;
        trace.extend(&Choice::Deliver(id)).expect("possible");
    }
    assert_eq!(trace.last().end(Side::A).tcb().expect("open").snd.wnd, 0);
    extend(&mut trace, "B.accept");
    let update = trace.last().network().in_flight().last().expect("a window update");
    assert_eq!((update.from, update.segment.window), (Side::B, u16::MAX));
}

#[test]
fn before_accept_the_user_has_no_connection_to_speak_on() {
    let mut trace = run("v1~backlog.2.2~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    extend(&mut trace, "B.send.hi~B.receive");
    assert_eq!(followed(&trace, Rule::CallBeforeAccept), 2);
    let calls = |trace: &Trace| -> Vec<Choice> {
        let is_ps = |choice: &Choice| matches!(choice, Choice::Call(Side::B, _));
        trace.last().choices().into_iter().filter(is_ps).collect()
    };
    let of = |call: Call| Choice::Call(Side::B, call);
    assert_eq!(calls(&trace), [of(Call::Accept), of(Call::Close), of(Call::Abort)]);
    extend(&mut trace, "B.accept");
    assert_eq!(calls(&trace)[0], of(Call::Send(Choice::TEXT.into())));
}

#[test]
fn an_accept_before_anybody_calls_waits_for_the_first() {
    let mut trace = run("v1~backlog.2.1~B.listen~B.accept");
    connects(&mut trace, 1);
    assert_eq!(followed(&trace, Rule::Accept), 1);
    assert!(trace.last().listener().expect("a backlog").waiting().is_empty());
    connects(&mut trace, 2);
    assert_eq!(trace.last().listener().expect("a backlog").waiting(), [Some(StrangerId(2))]);
}

#[test]
fn linux_20a_while_the_accept_queue_is_full_a_syn_is_dropped() {
    let mut trace = run("v1~backlog.4.1~B.listen");
    connects(&mut trace, 1);
    hears(&mut trace, 2, "SYN.5000.0.1000");
    assert_eq!(followed(&trace, Rule::SynDroppedUnaccepted), 1);
    assert!(sent_to(&trace, 2).is_empty());
    extend(&mut trace, "B.accept");
    hears(&mut trace, 2, "SYN.5000.0.1000");
    assert_eq!(sent_to(&trace, 2).len(), 1);
}

/// T and a stranger are both half open where there is room to accept one; the stranger wins.
fn overflowed(start: &str) -> Trace {
    let mut trace = run(&format!("v1~{start}~B.listen~A.open~deliver.1~deliver.2"));
    connects(&mut trace, 1);
    extend(&mut trace, "deliver.3");
    trace
}

#[test]
fn linux_20b_the_ack_that_finds_the_accept_queue_full_is_dropped_and_one_side_is_open_alone() {
    let mut trace = overflowed("backlog.4.1");
    assert_eq!(followed(&trace, Rule::AckDropped), 1);
    assert_eq!(states(&trace), [State::Established, State::SynReceived]);
    // T's text brings the same ACK, and is dropped with it.
    extend(&mut trace, "A.send.hi");
    lands(&mut trace);
    assert_eq!(states(&trace), [State::Established, State::SynReceived]);
    // The SYN,ACK goes out again; once there is room, its answer opens the connection.
    extend(&mut trace, "B.accept~B.rto");
    lands(&mut trace);
    lands(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn linux_20c_a_listener_that_resets_tells_who_is_one_too_many() {
    let mut trace = overflowed("backlog.4.1.reset");
    assert_eq!(followed(&trace, Rule::AckRefused), 1);
    assert_eq!(states(&trace), [State::Established, State::Listen]);
    lands(&mut trace);
    assert_eq!(states(&trace), [State::Closed, State::Listen]);
    assert_eq!(followed(&trace, Rule::Reset), 1);
}

#[test]
fn linux_20d_a_cookie_that_finds_the_accept_queue_full_is_dropped_and_stays_good() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.1~B.listen~A.open~deliver.1~deliver.2");
    connects(&mut trace, 1);
    extend(&mut trace, "deliver.3");
    assert_eq!(states(&trace), [State::Established, State::Listen]);
    extend(&mut trace, "B.accept~A.send.hi");
    lands(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn linux_06d_closing_a_listener_resets_who_waits_to_be_accepted() {
    let mut trace = run("v1~backlog.4.4~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    connects(&mut trace, 1);
    extend(&mut trace, "B.close");
    assert_eq!(followed(&trace, Rule::CloseListener), 1);
    assert_eq!(states(&trace), [State::Established, State::Closed]);
    let resets = trace.last().network().in_flight().iter().rev().take(2);
    let resets: Vec<_> = resets.map(|packet| (packet.stranger, packet.segment.flags)).collect();
    assert_eq!(resets, [(Some(StrangerId(1)), Flags::RST), (None, Flags::RST)]);
    let to_t = newest(&trace) - 1;
    extend(&mut trace, &format!("deliver.{to_t}"));
    assert_eq!(states(&trace), [State::Closed; 2]);
    assert!(trace.last().strangers().is_empty());
}

#[test]
fn linux_06i_closing_a_listener_forgets_a_handshake_half_done_whose_ack_meets_a_rst() {
    let mut trace = run("v1~backlog.4.4~B.listen~A.open~deliver.1~deliver.2~B.close");
    assert_eq!(states(&trace), [State::Established, State::Closed]);
    extend(&mut trace, "deliver.3");
    assert_eq!(followed(&trace, Rule::ClosedRefusesAck), 1);
    extend(&mut trace, "deliver.4");
    assert_eq!(states(&trace), [State::Closed; 2]);
}

#[test]
fn must_41_who_was_accepted_outlives_the_listener() {
    let mut trace = run("v1~backlog.4.4~B.listen");
    connects(&mut trace, 1);
    extend(&mut trace, "B.accept~B.close");
    let [stranger] = trace.last().strangers() else { panic!("one connection") };
    assert_eq!(stranger.tcb.state, State::Established);
    assert_eq!(trace.last().end(Side::B).state(), State::Closed);
    hears(&mut trace, 2, "SYN.5000");
    let refusal = &sent_to(&trace, 2)[0].segment;
    assert_eq!(refusal.flags, Flags::RST | Flags::ACK, "section 3.10.7.1: nobody listens");
}

#[test]
fn linux_25h_who_closes_before_accept_waits_in_close_wait() {
    let mut trace = run("v1~backlog.2.2~B.listen~A.open~deliver.1~deliver.2~deliver.3");
    extend(&mut trace, "A.send.hi~deliver.4~A.close~deliver.6");
    assert_eq!(trace.last().end(Side::B).state(), State::CloseWait);
    assert_eq!(trace.last().listener().expect("a backlog").waiting(), [None]);
    extend(&mut trace, "B.accept");
    let last = trace.steps().last().expect("a step");
    assert!(last.effects.iter().any(|effect| *effect == Effect::Delivered(b"hi".into())));
}

#[test]
fn must_41_an_open_does_not_touch_a_listener() {
    let trace = run("v1~backlog.2.2~B.listen~B.open~B.listen");
    assert_eq!(followed(&trace, Rule::OpenExists), 2);
    assert_eq!(trace.last().end(Side::B).state(), State::Listen);
}

/// Section 3.10.1: a passive OPEN may name the remote socket. A stranger's port is its name.
#[test]
fn s3_10_1_a_listener_for_one_caller_refuses_all_others() {
    let mut trace = run("v1~backlog.2.2~B.listen.7");
    connects(&mut trace, 7);
    hears(&mut trace, 8, "SYN.5000");
    assert_eq!(sent_to(&trace, 8)[0].segment.flags, Flags::RST | Flags::ACK);
    t_calls(&mut trace);
    assert_eq!(states(&trace), [State::Closed, State::Listen]);
    assert_eq!(followed(&trace, Rule::StrangerRefused), 2);
    let listener = trace.last().listener().expect("a backlog");
    assert_eq!(listener.waiting(), [Some(StrangerId(7))]);
}

#[test]
fn s3_10_1_a_listener_for_t_waits_for_t_again_when_a_connection_is_over() {
    let mut trace = run("v1~port.51314.520~variant.no-time-wait~backlog.1.1~B.listen.51314");
    t_calls(&mut trace);
    extend(&mut trace, "B.accept~A.close~deliver.4~deliver.5~B.close~deliver.6~deliver.7");
    assert_eq!(states(&trace), [State::Closed, State::Listen]);
    hears(&mut trace, 8, "SYN.5000");
    assert_eq!(followed(&trace, Rule::StrangerRefused), 1);
    t_calls(&mut trace);
    assert_eq!(states(&trace), [State::Established; 2]);
}

#[test]
fn s3_10_1_nobody_gets_a_cookie_who_is_not_waited_for() {
    let mut trace = run("v1~variant.syn-cookies~backlog.0.2~B.listen.7");
    hears(&mut trace, 8, "SYN.5000.0.1000");
    assert_eq!(followed(&trace, Rule::SynCookieSent), 0);
    // Not even a good one opens, if its bearer is not the one.
    let now = trace.last().now();
    let cookie = Cookie::bake(now, Some(StrangerId(8)), SeqNum(5000), None).iss(SeqNum(5000));
    hears(&mut trace, 8, &format!("ACK.5001.{}.1000", cookie + 1));
    assert_eq!(followed(&trace, Rule::SynCookieTaken), 0);
    assert_eq!(followed(&trace, Rule::StrangerRefused), 2);
    connects(&mut trace, 7);
    assert_eq!(followed(&trace, Rule::SynCookieTaken), 1);
}

/// Section 3.4.3: all segments are delayed, whomever they would go to; a passive OPEN is none.
#[test]
fn s3_4_3_in_the_quiet_time_a_listener_answers_nobody() {
    let mut trace = run("v1~quiet.on~backlog.2.2~B.listen");
    connects(&mut trace, 1);
    extend(&mut trace, "B.crash~B.listen");
    hears(&mut trace, 1, "ACK.5001.301.1000");
    hears(&mut trace, 2, "SYN.6000.0.1000");
    assert_eq!(followed(&trace, Rule::QuietTimeArrival), 2);
    assert!(sent_to(&trace, 2).is_empty());
    extend(&mut trace, "B.quiet");
    connects(&mut trace, 2);
    let waiting = trace.last().listener().expect("a backlog").waiting();
    assert_eq!(waiting, [Some(StrangerId(2))]);
}

#[test]
fn s3_4_3_in_the_quiet_time_no_cookie_is_taken() {
    let mut trace = run("v1~quiet.on~msl.10s~variant.syn-cookies~backlog.0.2~B.listen");
    hears(&mut trace, 7, "SYN.5000.0.1000.1460");
    let answer = sent_to(&trace, 7)[0].segment.clone();
    let ack = format!("ACK.5001.{}.1000", answer.seq + 1);
    extend(&mut trace, "B.crash~B.listen");
    hears(&mut trace, 7, &ack);
    assert_eq!(followed(&trace, Rule::QuietTimeArrival), 1);
    assert!(trace.last().strangers().is_empty());
}

#[test]
fn who_loses_power_forgets_every_caller() {
    let mut trace = run("v1~backlog.4.4~B.listen");
    connects(&mut trace, 1);
    extend(&mut trace, "B.crash");
    assert!(trace.last().strangers().is_empty());
    assert!(!trace.last().listener().expect("a backlog").is_open());
    hears(&mut trace, 1, "ACK.5001.301.1000");
    assert_eq!(followed(&trace, Rule::ClosedRefusesAck), 1);
}

/// A connection with a stranger is something to forget, even where none with T is left.
#[test]
fn who_has_only_strangers_left_can_lose_power_as_well() {
    let mut trace = run("v1~backlog.4.4~B.listen");
    connects(&mut trace, 1);
    extend(&mut trace, "B.accept~B.close");
    assert_eq!(states(&trace), [State::Closed; 2]);
    assert_eq!(trace.last().strangers().len(), 1);
    assert!(trace.last().choices().contains(&Choice::Crash(Side::B)));
    extend(&mut trace, "B.crash");
    assert!(!trace.last().choices().contains(&Choice::Crash(Side::B)));
}

#[test]
fn a_backlog_is_two_numbers_that_fit_and_at_most_one_word() {
    let problem = |start: &str| Trace::decode(&format!("v1~{start}")).1.map(|error| error.problem);
    assert_eq!(problem("backlog.0.128.reset"), None);
    assert_eq!(problem("backlog.1"), Some(RunProblem::NotANumber));
    assert_eq!(problem("backlog.1.129"), Some(RunProblem::NotANumber));
    assert_eq!(problem("backlog.1.1.sulk"), Some(RunProblem::UnknownWord));
}

#[test]
fn strangers_call_only_where_there_is_a_backlog() {
    let mut trace = run("v1~B.listen");
    let choice = "stranger.7.SYN.5000".parse().expect("a choice");
    assert_eq!(trace.extend(&choice), Err(Impossible::NoBacklog));
    let mut trace = run("v1~backlog.1.1~B.listen");
    let choice = "stranger.7.rto".parse().expect("a choice");
    let id = StrangerId(7);
    let why = Impossible::StrangersTimerNotRunning(id, Timer::Retransmission);
    assert_eq!(trace.extend(&choice), Err(why));
}

/// Section 3.4.1: a pair of sockets names one connection, so that nobody else can have T's port.
#[test]
fn s3_4_1_nobody_calls_from_the_port_of_t() {
    let mut trace = run("v1~port.51314.520~backlog.2.2~B.listen");
    let choice = "stranger.51314.SYN.5000".parse().expect("a choice");
    assert_eq!(trace.extend(&choice), Err(Impossible::NoStranger(StrangerId(51314))));
    hears(&mut trace, 51315, "SYN.5000");
    assert_eq!(trace.last().half_open(), 1);
}

#[test]
fn what_b_writes_to_a_stranger_arrives_and_changes_nobody() {
    let mut trace = flooded("backlog.1.1", 1);
    let before = trace.last().clone();
    lands(&mut trace);
    let step = trace.steps().last().expect("a step");
    assert_eq!((step.actor, step.stranger), (None, Some(StrangerId(0))));
    for side in Side::BOTH {
        assert_eq!(trace.last().end(side), before.end(side));
    }
    let history = trace.packets_at(trace.len()).pop().expect("a packet");
    assert!(matches!(history.fate, Fate::Delivered(_)));
}

#[test]
fn time_alone_brings_strangers_packets_and_timers_as_well() {
    let mut trace = flooded("backlog.4.2", 2);
    trace.run(&mut ByTime, 100);
    // Both were answered eight times and given up; B is where it was.
    assert!(trace.last().strangers().is_empty());
    assert_eq!(followed(&trace, Rule::GiveUpToListen), 2);
    assert_eq!(sent_to(&trace, 0).len(), 8);
    assert_eq!(trace.last().next_due(), None);
}

#[test]
fn a_cookie_listener_that_keeps_nothing_waits_for_nothing() {
    let mut trace = flooded("variant.syn-cookies~backlog.0.2", 3);
    trace.run(&mut ByTime, 100);
    assert_eq!(trace.last().next_due(), None);
    assert_eq!(sent_to(&trace, 0).len(), 1);
}

#[test]
fn worlds_that_differ_in_a_queue_are_different_worlds() {
    let explored = |text: &str| {
        let start = run(text);
        let budget = Budget { timeouts: 2, calls: 2, ..Budget::default() };
        let fits = Property::always("no queue holds more than it may", |world| {
            let Some(listener) = world.listener() else { return false };
            let backlog = listener.backlog();
            world.half_open() <= usize::from(backlog.half_open)
                && listener.waiting().len() <= usize::from(backlog.accept)
        });
        let mut explorer = Explorer::new(start, vec![fits], budget);
        explorer.finish();
        assert!(explorer.holds(0), "{:?}", explorer.discovery(0).map(|trace| trace.to_string()));
        explorer.unique()
    };
    let alone = explored("v1~backlog.1.1~B.listen~A.open");
    let with_stranger = explored("v1~backlog.1.1~B.listen~A.open~stranger.7.SYN.5000.0.1000");
    assert!(with_stranger > alone, "{with_stranger} and {alone}");
}
