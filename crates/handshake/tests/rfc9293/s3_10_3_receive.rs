//! Section 3.10.3: RECEIVE, and the window that it opens.

use handshake::{Call, CallError, Choice, Input, Rule, SeqNum, Settings, Side, State};

use crate::support::{
    IRS, ISS, ack, arrives, calls, close_wait, closed, closed_with, closing, established_with, fin,
    last_ack, lazy, led, run, saying, syn, time_wait, with_unread,
};

#[test]
fn nobody_can_receive_without_a_connection() {
    calls(closed(), Call::Receive)
        .follows(Rule::ReceiveWithoutConnection)
        .changes_nothing()
        .returns(Err(CallError::NoConnection));
}

#[test]
fn receive_waits_for_text() {
    let waits = calls(established_with(lazy()), Call::Receive)
        .follows(Rule::ReceiveQueued)
        .sends_nothing()
        .enters_no_state()
        .returns(Ok(()))
        .delivers("");
    let outcome = arrives(waits.endpoint, saying(IRS + 1, ISS + 1, "hi"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .delivers("hi");
    assert_eq!(outcome.tcb().incoming.unread, b"");

    // One RECEIVE, one delivery.
    arrives(outcome.endpoint, saying(IRS + 3, ISS + 1, "ho")).delivers("");
}

/// In LISTEN already.
#[test]
fn receive_waits_for_the_connection() {
    let listening = led(closed_with(lazy(), ISS), &[Input::Call(&Call::PassiveOpen)]);
    let waits = calls(listening, Call::Receive).follows(Rule::ReceiveQueued).returns(Ok(()));
    let opened = [Input::Segment(&syn(IRS)), Input::Segment(&ack(IRS + 1, ISS + 1))];
    let opened = led(waits.endpoint, &opened);
    assert_eq!(opened.state(), State::Established);
    arrives(opened, saying(IRS + 1, ISS + 1, "hi")).delivers("hi");
}

/// What is unread when both have closed stays so: RECEIVE is an error there, and is not offered.
#[test]
fn receive_is_not_offered_where_it_is_too_late() {
    let opened = "v1~reads.off~B.listen~A.open~deliver.1~deliver.2~deliver.3~B.send.hi~deliver.4";
    let trace = run(opened);
    let offered = Choice::Call(Side::A, Call::Receive);
    assert!(trace.last().choices().contains(&offered));
    for end in ["~A.close~B.close~deliver.7", "~B.close~deliver.6~A.close"] {
        let trace = run(&format!("{opened}{end}"));
        let tcb = trace.last().end(Side::A).tcb().expect("a connection");
        assert_eq!(tcb.incoming.unread, b"hi");
        assert!([State::Closing, State::LastAck].contains(&tcb.state), "{}", tcb.state);
        assert!(!trace.last().choices().contains(&offered), "{}", tcb.state);
    }
}

#[test]
fn receive_hands_over_all_text_that_is_there() {
    let twice = led(with_unread("hello"), &[Input::Segment(&saying(IRS + 6, ISS + 1, "you"))]);
    let outcome = calls(twice, Call::Receive)
        .follows(Rule::Receive)
        .enters_no_state()
        .returns(Ok(()))
        .delivers("helloyou");
    assert_eq!(outcome.tcb().incoming.unread, b"");
}

#[test]
fn unread_text_takes_up_the_window() {
    let unread = with_unread("hello");
    let tcb = unread.tcb().expect("a connection");
    assert_eq!((tcb.rcv.nxt, tcb.rcv.wnd), (SeqNum(IRS + 6), 1995));
    assert_eq!(tcb.incoming.unread, b"hello");

    let outcome = calls(unread, Call::Receive).follows(Rule::Receive).sends_nothing();
    assert_eq!(outcome.tcb().rcv.wnd, 2000);
}

/// Section 3.8.6.2.2: the peer is told when a window that was nearly closed is open again.
#[test]
fn window_that_opens_is_announced() {
    let full = with_unread(&".".repeat(2000));
    assert_eq!(full.tcb().map(|tcb| tcb.rcv.wnd), Some(0));
    let outcome =
        calls(full, Call::Receive).follows(Rule::Receive).sends(&["<SEQ=101><ACK=2301><CTL=ACK>"]);
    assert_eq!(outcome.effects.segments().next().map(|sent| sent.window), Some(2000));
}

/// MUST-58: the same ACK is not sent twice for the window that opens with what it acknowledges.
#[test]
fn text_that_a_receive_waits_for_is_acknowledged_once() {
    let settings = Settings { window: 1000, ..lazy() };
    let waits = led(established_with(settings), &[Input::Call(&Call::Receive)]);
    let outcome = arrives(waits, saying(IRS + 1, ISS + 1, "hi"))
        .delivers("hi")
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"]);
    assert_eq!(outcome.effects.segments().next().map(|sent| sent.window), Some(1000));
}

#[test]
fn text_before_the_peer_s_close_can_still_be_received() {
    let closed_by_peer = led(with_unread("hi"), &[Input::Segment(&fin(IRS + 3, ISS + 1))]);
    assert_eq!(closed_by_peer.state(), State::CloseWait);
    let outcome = calls(closed_by_peer, Call::Receive).follows(Rule::Receive).delivers("hi");
    calls(outcome.endpoint, Call::Receive)
        .follows(Rule::ReceiveClosing)
        .changes_nothing()
        .returns(Err(CallError::ConnectionClosing));
}

#[test]
fn nothing_more_can_be_received_after_the_peer_s_close() {
    for endpoint in [close_wait(), closing(), last_ack(), time_wait()] {
        calls(endpoint, Call::Receive)
            .follows(Rule::ReceiveClosing)
            .sends_nothing()
            .changes_nothing()
            .returns(Err(CallError::ConnectionClosing));
    }
}

#[test]
fn user_who_reads_at_once_gets_text_as_it_comes() {
    let outcome = arrives(established_with(Settings::default()), saying(IRS + 1, ISS + 1, "hi"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"])
        .delivers("hi");
    assert_eq!(outcome.tcb().rcv.wnd, u32::from(u16::MAX));
}
