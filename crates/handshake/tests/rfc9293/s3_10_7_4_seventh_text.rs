//! Section 3.10.7.4, seventh check: the text of a segment.

use handshake::{Call, Endpoint, Flags, Input, Rule, Segment, SeqNum, Settings, State};

use crate::support::{
    IRS, ISS, ack, acking, announcing, arrives, close_wait, closing, established, established_with,
    established_with_window, fin, fin_wait_1, fin_wait_2, last_ack, led, listening, saying,
    snd_una, syn, syn_ack, syn_received, syn_sent,
};

/// The states in which the peer may still say something.
fn receiving() -> [Endpoint; 3] {
    [established(), fin_wait_1(), fin_wait_2()]
}

#[test]
fn text_in_order_is_delivered_and_acknowledged() {
    for endpoint in receiving() {
        let segment = saying(IRS + 1, snd_una(&endpoint), "hello");
        let outcome = arrives(endpoint, segment)
            .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
            .enters_no_state()
            .delivers("hello");
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 6));
        let answers: Vec<Segment> = outcome.effects.segments().cloned().collect();
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].acknowledges(), Some(SeqNum(IRS + 6)));
    }
}

#[test]
fn text_may_come_with_the_acknowledgment_of_our_syn() {
    arrives(syn_received(), saying(IRS + 1, ISS + 1, "hi"))
        .follows_all(&[Rule::SynReceivedAck, Rule::TextTaken])
        .enters(State::Established)
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"])
        .delivers("hi");
}

#[test]
fn text_may_come_with_the_acknowledgment_of_our_fin() {
    arrives(fin_wait_1(), saying(IRS + 1, ISS + 2, "hi"))
        .follows_all(&[Rule::AckAdvances, Rule::FinAcknowledged, Rule::TextTaken])
        .enters(State::FinWait2)
        .sends(&["<SEQ=102><ACK=303><CTL=ACK>"])
        .delivers("hi");
}

/// SHLD-31.
#[test]
fn text_before_its_turn_is_held() {
    for endpoint in receiving() {
        let number = snd_una(&endpoint);
        let early = arrives(endpoint, saying(IRS + 4, number, "two"))
            .follows_all(&[Rule::AckDuplicate, Rule::TextHeld])
            .delivers("");
        assert_eq!(early.tcb().rcv.nxt, SeqNum(IRS + 1));
        assert_eq!(early.effects.segments().next().map(|sent| sent.ack), Some(SeqNum(IRS + 1)));

        let outcome = arrives(early.endpoint, saying(IRS + 1, number, "one"))
            .follows_all(&[Rule::AckDuplicate, Rule::TextTaken, Rule::TextTaken])
            .delivers("onetwo");
        assert_eq!(outcome.effects.segments().count(), 1);
        assert_eq!(outcome.effects.segments().next().map(|sent| sent.ack), Some(SeqNum(IRS + 7)));
        assert_eq!(outcome.tcb().incoming.held, []);
    }
}

#[test]
fn text_comes_in_order_whatever_order_it_arrives_in() {
    let parts = [(0, "ab"), (2, "cd"), (4, "ef"), (6, "gh")];
    let orders = [[3, 2, 1, 0], [1, 3, 2, 0], [2, 0, 3, 1], [0, 2, 1, 3], [3, 0, 2, 1]];
    for order in orders {
        let mut endpoint = established();
        let mut heard = String::new();
        for place in order {
            let (offset, text) = parts[place];
            // Everything comes twice.
            for _ in 0..2 {
                let outcome = arrives(endpoint, saying(IRS + 1 + offset, ISS + 1, text));
                heard += &outcome.delivered();
                endpoint = outcome.endpoint;
            }
        }
        assert_eq!(heard, "abcdefgh");
    }
}

#[test]
fn text_that_is_known_in_part_is_taken_in_part() {
    let heard = led(established(), &[Input::Segment(&saying(IRS + 1, ISS + 1, "abc"))]);
    let outcome = arrives(heard, saying(IRS + 2, ISS + 1, "bcdef"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .delivers("def");
    assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 7));
}

#[test]
fn held_text_that_overlaps_is_delivered_once() {
    let early = [(3, "cde"), (5, "efg"), (3, "cd")]
        .map(|(offset, text)| saying(IRS + offset, ISS + 1, text));
    arrives(
        led(established(), &early.each_ref().map(Input::Segment)),
        saying(IRS + 1, ISS + 1, "abc"),
    )
    .delivers("abcdefg");
}

#[test]
fn text_that_is_known_as_a_whole_is_acknowledged_again() {
    let heard = led(established(), &[Input::Segment(&saying(IRS + 1, ISS + 1, "abc"))]);
    arrives(heard, saying(IRS + 1, ISS + 1, "abc"))
        .follows(Rule::Unacceptable)
        .sends(&["<SEQ=101><ACK=304><CTL=ACK>"])
        .changes_nothing();
}

/// Section 3.10.7.4, first check: what lies outside the window is trimmed off.
#[test]
fn text_beyond_the_window_is_cut_off() {
    let lazy = Settings { window: 4, reads_at_once: false, ..Settings::default() };
    let outcome = arrives(established_with(lazy), saying(IRS + 1, ISS + 1, "abcdef"));
    assert_eq!(outcome.tcb().incoming.unread, b"abcd");
    assert_eq!((outcome.tcb().rcv.nxt, outcome.tcb().rcv.wnd), (SeqNum(IRS + 5), 0));
    outcome.sends(&["<SEQ=101><ACK=305><CTL=ACK>"]);
}

#[test]
fn held_text_is_cut_off_at_the_window_as_well() {
    let early = arrives(established_with_window(4), saying(IRS + 3, ISS + 1, "cdef"));
    assert_eq!(early.tcb().incoming.held[0].text, b"cd");
    arrives(early.endpoint, saying(IRS + 1, ISS + 1, "ab")).delivers("abcd");
}

/// The FIN has a number as well.
#[test]
fn fin_beyond_the_window_is_cut_off() {
    let whole = Segment { text: b"abcd".into(), ..fin(IRS + 1, ISS + 1) };
    let outcome = arrives(established_with_window(4), whole)
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .enters_no_state()
        .delivers("abcd");
    arrives(outcome.endpoint, fin(IRS + 5, ISS + 1)).enters(State::CloseWait);

    let early = Segment { text: b"cd".into(), ..fin(IRS + 3, ISS + 1) };
    let early = arrives(established_with_window(4), early)
        .follows_all(&[Rule::AckDuplicate, Rule::TextHeld]);
    assert!(!early.tcb().incoming.held[0].is_fin());
}

/// "This should not occur": the peer has said that nothing more would come.
#[test]
fn text_after_the_peer_s_fin_is_ignored() {
    for endpoint in [close_wait(), closing(), last_ack()] {
        arrives(endpoint, saying(IRS + 2, ISS + 1, "more"))
            .follows_all(&[Rule::AckDuplicate, Rule::TextIgnored])
            .sends_nothing()
            .enters_no_state()
            .delivers("");
    }
}

/// What is acknowledged beside it counts.
#[test]
fn acknowledgment_beside_ignored_text_counts() {
    arrives(last_ack(), saying(IRS + 2, ISS + 2, "more"))
        .follows_all(&[Rule::AckAdvances, Rule::LastAckAcknowledged])
        .enters(State::Closed)
        .delivers("");
}

/// Section 3.5: nothing is delivered before ESTABLISHED.
#[test]
fn text_behind_a_syn_waits_for_established() {
    let waits = arrives(listening(), Segment { text: b"early".into(), ..syn(IRS) })
        .follows(Rule::ListenSyn)
        .sends(&["<SEQ=100><ACK=301><CTL=SYN,ACK>"])
        .delivers("");
    arrives(waits.endpoint, ack(IRS + 6, ISS + 1))
        .follows_all(&[Rule::SynReceivedAck, Rule::TextTaken])
        .sends(&["<SEQ=101><ACK=306><CTL=ACK>"])
        .delivers("early");
}

#[test]
fn text_behind_a_syn_ack_is_taken_with_it() {
    arrives(syn_sent(), Segment { text: b"early".into(), ..syn_ack(IRS, ISS + 1) })
        .follows_all(&[Rule::SynSentSynAck, Rule::TextTaken])
        .sends(&["<SEQ=101><ACK=306><CTL=ACK>"])
        .enters(State::Established)
        .delivers("early");
}

/// PSH and URG change nothing: text is passed on at once, and urgent data is not modelled.
#[test]
fn push_and_urgent_change_nothing() {
    let segment = acking(IRS + 1, ISS + 1, Flags::PSH | Flags::URG);
    arrives(established(), Segment { text: b"hi".into(), ..segment })
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>"])
        .delivers("hi");
}

/// The ACK of what came goes first, and then what waited for the window.
#[test]
fn text_that_answers_carries_the_newest_acknowledgment() {
    let shut = led(
        established(),
        &[
            Input::Segment(&announcing(0, ack(IRS + 1, ISS + 1))),
            Input::Call(&Call::Send(b"ho".into())),
        ],
    );
    arrives(shut, saying(IRS + 1, ISS + 1, "hi"))
        .sends(&["<SEQ=101><ACK=303><CTL=ACK>", "<SEQ=101><ACK=303><CTL=ACK><DATA=2>"]);
}
