//! Section 3.4: comparison on a circle of 2^32 numbers, and which segments are acceptable.

use handshake::{Call, Input, Rule, SeqNum, Settings, State};

use crate::support::{ISS, ack, arrives, closed_with, led, syn_ack, with_text};
use crate::vectors::{list, number, tables};

#[test]
fn numbers_are_compared_modulo_2_to_the_32() {
    let tables = tables();
    let vectors = list(&tables["seq_compare"]);
    for vector in vectors {
        let (a, b) = (SeqNum(number(&vector["a"])), SeqNum(number(&vector["b"])));
        assert_eq!(a.is_before(b), vector["lt"], "{vector}");
        assert_eq!(a.is_at_most(b), vector["le"], "{vector}");
    }
    assert_eq!(vectors.len(), 14);
}

/// Table 6, and the segment that covers the window without beginning or ending in it.
#[test]
fn segment_is_acceptable_as_table_6_says() {
    let tables = tables();
    let vectors = list(&tables["acceptability"]);
    for vector in vectors {
        let window = u16::try_from(number(&vector["rcv_wnd"])).expect("a window");
        let nxt = number(&vector["rcv_nxt"]);
        let closed = closed_with(Settings { window: window.into(), ..Settings::default() }, ISS);
        let peer_syn = syn_ack(nxt.wrapping_sub(1), ISS + 1);
        let established = led(closed, &[Input::Call(&Call::ActiveOpen), Input::Segment(&peer_syn)]);
        assert_eq!(established.state(), State::Established);

        let bare = ack(number(&vector["seg_seq"]), ISS + 1);
        let length = number(&vector["seg_len"]) as usize;
        let outcome = arrives(established, with_text(bare, length));
        let refused = outcome.effects.followed(Rule::Unacceptable);
        assert_eq!(!refused, vector["acceptable"], "{vector}");
        if refused {
            let expected = format!("<SEQ={}><ACK={nxt}><CTL=ACK>", ISS + 1);
            let rcv = outcome.before.tcb().expect("a connection").rcv;
            let outcome = outcome.sends(&[&expected]).enters_no_state();
            assert_eq!(outcome.tcb().rcv, rcv);
        }
    }
    assert_eq!(vectors.len(), 145);
}

/// Table 6, first and second row. The vectors hold only segments that occupy numbers.
#[test]
fn bare_ack_is_acceptable_at_rcv_nxt_even_while_the_window_is_closed() {
    for (window, seq, acceptable) in [
        (0, 301, true),
        (0, 300, false),
        (0, 302, false),
        (200, 301, true),
        (200, 500, true),
        (200, 300, false),
        (200, 501, false),
    ] {
        let established = crate::support::established_with_window(window);
        let outcome = arrives(established, ack(seq, ISS + 1));
        let rule = if acceptable { Rule::AckDuplicate } else { Rule::Unacceptable };
        outcome.follows(rule);
    }
}
