//! What if the protocol were another one, or the world worse: variants, crashes and forgeries.

mod support;

use handshake::{Check, Choice, Duration, Effect, Flags, Rule, SeqNum, Side, State, Timer, Trace};
use support::{OPENED, run, states};

/// Both close, B first hears of it; the last ACK is on its way.
fn closed_with(variant: &str) -> Trace {
    run(&format!("v1~variant.{variant}~{OPENED}~A.close~deliver.4~deliver.5~B.close~deliver.6"))
}

#[test]
fn with_two_messages_an_old_syn_makes_p_together_alone() {
    // RFC 9293 section 3.4.1: this is what the third message is good for.
    let ghost = "B.listen~forge.B.SYN.90~deliver.1";
    assert_eq!(states(&run(&format!("v1~variant.two-messages~{ghost}")))[1], State::Established);
    assert_eq!(states(&run(&format!("v1~{ghost}")))[1], State::SynReceived);
}

/// Sections 3.10.7.2 and 3.10.7.3: text behind a SYN is processed once the connection is open.
#[test]
fn with_two_messages_text_behind_a_syn_is_not_lost() {
    let delivered = |trace: &Trace, text: &str| {
        let delivered = Effect::Delivered(text.into());
        trace.steps().iter().flat_map(|step| step.effects.iter()).any(|it| *it == delivered)
    };
    for variant in ["rfc9293", "two-messages"] {
        // B hears "hi" with the SYN, and hands it over with whatever comes next.
        let with_syn = "B.listen~forge.B.SYN.100.0.1000.0.hi~deliver.1~forge.B.ACK.103.301.1000";
        let trace = run(&format!("v1~variant.{variant}~{with_syn}~deliver.3"));
        assert!(delivered(&trace, "hi"), "{variant}");
        let b = trace.last().end(Side::B).tcb().expect("a connection");
        assert_eq!((b.state, b.rcv.nxt), (State::Established, SeqNum(103)), "{variant}");

        let with_answer = "A.open~forge.A.FIN-SYN-ACK.300.101.1000.0.hi~deliver.2";
        let trace = run(&format!("v1~variant.{variant}~{with_answer}"));
        assert!(delivered(&trace, "hi"), "{variant}");
        assert_eq!(states(&trace)[0], State::CloseWait, "{variant}");
        let [.., answer] = trace.last().network().in_flight() else { panic!("an ACK") };
        assert_eq!(answer.segment.ack, SeqNum(304), "{variant}");
    }
}

#[test]
fn with_three_messages_the_ghost_is_sent_away() {
    // Figure 8: the old SYN arrives first; A answers the strange SYN,ACK with a RST.
    let trace = run(
        "v1~B.listen~A.open~forge.B.SYN.90~deliver.2~deliver.3~deliver.4~deliver.1~deliver.5~deliver.6",
    );
    assert_eq!(states(&trace), [State::Established; 2]);
    let reset = &trace.packets_at(6)[3].packet.segment;
    assert_eq!((reset.seq, reset.flags), (SeqNum(91), Flags::RST));
    assert_eq!(trace.last().end(Side::B).tcb().map(|tcb| tcb.snd.iss), Some(SeqNum(400)));
}

/// RFC 6298 section 5.1: a timer that runs goes on. In capture 15d Linux starts it anew with the
/// answer to a repeated SYN.
#[test]
fn the_timer_of_a_syn_ack_that_is_asked_for_again_starts_anew_in_linux_only() {
    for variant in ["rfc9293", "linux"] {
        let trace =
            run(&format!("v1~variant.{variant}~B.listen~A.open~deliver.1~drop.2~A.rto~deliver.3"));
        let due_at = |place| {
            let due_at = trace.world_at(place).end(Side::B).timer(Timer::Retransmission);
            due_at.expect("a SYN,ACK that waits for its ACK")
        };
        let anew = trace.last().now() + Duration::from_secs(1);
        let expected = if variant == "linux" { anew } else { due_at(3) };
        assert_ne!(due_at(3), anew);
        assert_eq!(due_at(trace.len()), expected, "{variant}");
    }
}

#[test]
fn without_time_wait_whoever_closes_first_is_closed_at_once() {
    assert_eq!(states(&closed_with("rfc9293"))[0], State::TimeWait);
    let forgetful = closed_with("no-time-wait");
    assert_eq!(states(&forgetful)[0], State::Closed);
    // The last ACK has gone out all the same.
    let goes_out = &forgetful.last().network().in_flight()[0].segment;
    assert_eq!((goes_out.flags, goes_out.seq), (Flags::ACK, SeqNum(102)));
}

/// Section 3.10.7.4: in CLOSING it is the fifth check, of the ACK, that would lead to TIME-WAIT.
#[test]
fn without_time_wait_the_ack_of_crossing_fins_ends_it_and_no_fin_is_asked_for() {
    let crossing = "A.close~B.close~deliver.4~deliver.5~deliver.6";
    let trace = run(&format!("v1~variant.no-time-wait~{OPENED}~{crossing}"));
    assert_eq!(states(&trace), [State::Closed, State::Closing]);
    let step = trace.steps().last().expect("a step");
    assert!(step.effects.followed(Rule::TimeWaitSkipped));
    let asked: Vec<Check> =
        step.effects.reasons().filter_map(|reason| reason.rule.check()).collect();
    assert_eq!(asked, [Check::Ack; 2]);
}

#[test]
fn with_a_fixed_number_every_connection_begins_alike() {
    let twice = |variant: &str| {
        let trace = run(&format!("v1~variant.{variant}~A.open~A.close~A.open"));
        trace.last().end(Side::A).tcb().map(|tcb| tcb.snd.iss)
    };
    assert_eq!(twice("fixed-iss"), Some(SeqNum(100)));
    assert_eq!(twice("rfc9293"), Some(SeqNum(200)));
}

#[test]
fn a_blind_reset_in_the_window_is_believed_only_without_challenge_acks() {
    // RFC 5961 section 3.2.
    let blind = format!("{OPENED}~forge.A.RST.400~deliver.4");
    assert_eq!(states(&run(&format!("v1~{blind}")))[0], State::Established);
    assert_eq!(states(&run(&format!("v1~variant.no-challenge-ack~{blind}")))[0], State::Closed);
}

#[test]
fn by_the_bare_text_figure_7_takes_two_segments_more() {
    let crossing = "A.open~B.open~deliver.1~deliver.2~deliver.3~deliver.4";
    assert_eq!(states(&run(&format!("v1~{crossing}"))), [State::Established; 2]);
    let literal = format!("v1~variant.literal~{crossing}");
    assert_eq!(states(&run(&literal)), [State::SynReceived; 2]);
    assert_eq!(states(&run(&format!("{literal}~deliver.5~deliver.6"))), [State::Established; 2]);
}

#[test]
fn a_crash_is_found_out_by_opening_again() {
    // Figure 9: A has forgotten, B has not; B's ACK meets a RST, which ends B's old connection.
    let trace = run(&format!("v1~{OPENED}~A.crash~A.open~deliver.4~deliver.5~deliver.6"));
    assert_eq!(states(&trace), [State::SynSent, State::Closed]);
    assert!(trace.steps().iter().any(|step| step.effects.followed(Rule::SynSentAckUnacceptable)));
}

#[test]
fn a_crash_is_found_out_by_talking() {
    // Figure 10: B talks to somebody who has forgotten everything.
    let trace = run(&format!("v1~{OPENED}~A.crash~B.send.hello~deliver.4~deliver.5"));
    assert_eq!(states(&trace), [State::Closed, State::Closed]);
}

#[test]
fn nobody_hears_of_a_crash() {
    let trace = run(&format!("v1~{OPENED}~A.crash"));
    let step = trace.step_to(trace.len()).expect("a step");
    assert!(step.sent.is_empty());
    assert_eq!(step.effects.transition(), Some((State::Established, State::Closed)));
    assert_eq!(states(&trace)[1], State::Established);
}

#[test]
fn a_forged_goodbye_is_obeyed_only_at_the_exact_number() {
    for (seq, survives) in [(300, true), (301, false), (302, true), (70_000, true)] {
        let trace = run(&format!("v1~{OPENED}~forge.A.RST.{seq}~deliver.4"));
        assert_eq!(states(&trace)[0] == State::Established, survives, "RST at {seq}");
    }
}

#[test]
fn a_forgery_bears_the_peers_name_but_is_not_the_peers() {
    let trace = run("v1~forge.B.SYN-ACK.300.101.65535.1460.hi");
    let [packet] = trace.last().network().in_flight() else { panic!("one packet") };
    assert!(packet.forged);
    assert_eq!(packet.from, Side::A);
    assert_eq!(packet.segment.text, b"hi");
    assert!(matches!(trace.steps()[0].choice, Choice::Forge(Side::B, _)));
}
