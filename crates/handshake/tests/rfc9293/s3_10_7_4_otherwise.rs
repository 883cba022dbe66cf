//! Section 3.10.7.4: a segment arrives in SYN-RECEIVED or ESTABLISHED, check by check. What its
//! later checks say in the states of closing stands in `s3_10_7_4_fifth_ack`, `_seventh_text` and
//! `_eighth_fin`.
//!
//! ISS is 100, SND.NXT 101, RCV.NXT 301, and the window 65535 numbers wide, i.e. up to 65835.

use handshake::{CallError, Endpoint, Flags, Origin, Rule, SeqNum, State};

use crate::support::{
    IRS, ISS, PEER_WINDOW, ack, acking, announcing, arrives, established, established_with_window,
    plain, rst, rst_ack, syn, syn_ack, syn_received, syn_received_active, with_text,
};

/// What is sent wherever the peer is told what is expected: `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`.
const EXPECTED: &str = "<SEQ=101><ACK=301><CTL=ACK>";
/// The last number in the window.
const LAST: u32 = 65_835;

/// The states of this section in which a connection opens.
fn all() -> [Endpoint; 3] {
    [syn_received(), syn_received_active(), established()]
}

mod first_sequence {
    use super::*;

    #[test]
    fn segment_outside_the_window_is_answered_with_ack() {
        for endpoint in all() {
            for segment in [
                syn(IRS),
                syn(LAST + 1),
                ack(IRS, ISS + 1),
                ack(LAST + 1, ISS + 1),
                plain(IRS, Flags::NONE),
                acking(IRS, ISS + 1, Flags::FIN),
                with_text(ack(281, ISS + 1), 10),
            ] {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::Unacceptable)
                    .sends(&[EXPECTED])
                    .changes_nothing();
            }
        }
    }

    #[test]
    fn reset_outside_the_window_is_dropped() {
        for endpoint in all() {
            for segment in [
                rst(0),
                rst(IRS),
                rst(LAST + 1),
                rst_ack(0, ISS + 1),
                rst_ack(IRS, 0),
                acking(IRS, ISS + 1, Flags::RST | Flags::SYN),
            ] {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::UnacceptableReset)
                    .sends_nothing()
                    .changes_nothing();
            }
        }
    }

    /// The peer's SYN,ACK again: our ACK of it was lost.
    #[test]
    fn repeated_syn_ack_is_acknowledged_again() {
        for endpoint in [syn_received(), established()] {
            arrives(endpoint, syn_ack(IRS, ISS + 1))
                .follows(Rule::Unacceptable)
                .sends(&[EXPECTED])
                .changes_nothing();
        }
    }

    /// Figure 7, line 6. Table 6 alone would refuse the segment; the figure is followed.
    #[test]
    fn crossing_syn_ack_is_taken_as_ack() {
        let outcome = arrives(syn_received_active(), syn_ack(IRS, ISS + 1))
            .follows(Rule::SynReceivedCrossing)
            .enters(State::Established)
            .sends_nothing();
        assert_eq!(outcome.tcb().snd.una, SeqNum(ISS + 1));
        assert_eq!(outcome.tcb().rcv.nxt, SeqNum(IRS + 1));
        assert_eq!(outcome.due_at(), None);
    }

    /// It crosses ours only if it says nothing more.
    #[test]
    fn syn_ack_with_text_is_not_taken_as_the_crossing_one() {
        let outcome = arrives(syn_received_active(), with_text(syn_ack(IRS, ISS + 1), 10));
        assert!(!outcome.effects.followed(Rule::SynReceivedCrossing));
    }

    #[test]
    fn syn_ack_that_does_not_cross_ours_is_answered_with_ack() {
        for segment in [
            syn_ack(IRS, ISS),          // wrong ack
            syn_ack(IRS, ISS + 8),      // wrong ack
            syn_ack(IRS - 1, ISS + 1),  // wrong seq
            syn_ack(LAST + 1, ISS + 1), // wrong seq
        ] {
            arrives(syn_received_active(), segment)
                .follows(Rule::Unacceptable)
                .sends(&[EXPECTED])
                .changes_nothing();
        }
    }
}

mod second_reset {
    use super::*;

    #[test]
    fn reset_after_a_passive_open_leads_back_to_listen() {
        for segment in [rst(IRS + 1), rst_ack(IRS + 1, ISS + 1)] {
            let outcome = arrives(syn_received(), segment)
                .follows(Rule::SynReceivedResetToListen)
                .enters(State::Listen)
                .sends_nothing()
                .signals_nothing();
            assert_eq!(outcome.tcb().origin, Origin::Passive);
            assert_eq!(outcome.due_at(), None);
        }
    }

    #[test]
    fn reset_after_an_active_open_refuses_the_connection() {
        let outcome = arrives(syn_received_active(), rst(IRS + 1))
            .follows(Rule::SynReceivedRefused)
            .enters(State::Closed)
            .sends_nothing()
            .signals(CallError::ConnectionRefused);
        assert_eq!(outcome.endpoint.tcb(), None);
    }

    #[test]
    fn reset_ends_an_open_connection() {
        for endpoint in [established(), established_with_window(0)] {
            let outcome = arrives(endpoint, rst(IRS + 1))
                .follows(Rule::Reset)
                .enters(State::Closed)
                .sends_nothing()
                .signals(CallError::ConnectionReset);
            assert_eq!(outcome.endpoint.tcb(), None);
        }
    }

    /// RFC 5961 section 3.2.
    #[test]
    fn reset_in_the_window_but_not_at_rcv_nxt_is_challenged() {
        for endpoint in all() {
            for segment in [rst(IRS + 2), rst(351), rst(LAST), rst_ack(351, ISS + 1)] {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::ResetChallenged)
                    .sends(&[EXPECTED])
                    .counts_one_challenge();
            }
        }
    }

    /// Text in a reset may reach into the window; what counts is the number of the reset.
    #[test]
    fn reset_below_the_window_is_dropped_even_if_its_text_reaches_into_it() {
        for endpoint in all() {
            for segment in
                [with_text(rst(IRS), 10), plain(IRS, Flags::RST | Flags::SYN | Flags::FIN)]
            {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::UnacceptableReset)
                    .sends_nothing()
                    .changes_nothing();
            }
        }
    }
}

mod fourth_syn {
    use super::*;

    #[test]
    fn syn_after_a_passive_open_leads_back_to_listen() {
        for segment in [syn(IRS + 1), syn(351), syn(LAST), syn_ack(IRS + 1, ISS + 1)] {
            let outcome = arrives(syn_received(), segment)
                .follows(Rule::SynReceivedSynToListen)
                .enters(State::Listen)
                .sends_nothing()
                .signals_nothing();
            assert_eq!(outcome.tcb().origin, Origin::Passive);
            assert_eq!(outcome.due_at(), None);
        }
    }

    /// RFC 5961 section 4.2.
    #[test]
    fn syn_is_challenged() {
        for endpoint in [syn_received_active(), established()] {
            for segment in [syn(IRS + 1), syn(351), syn(LAST), syn_ack(IRS + 1, ISS + 1)] {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::SynChallenged)
                    .sends(&[EXPECTED])
                    .counts_one_challenge();
            }
        }
    }

    /// Section 3.10.7.4 trims what lies outside the window, SYN included, before it looks at flags.
    #[test]
    fn repeated_syn_whose_text_reaches_into_the_window_does_not_end_the_attempt() {
        arrives(syn_received(), with_text(syn(IRS), 10))
            .follows(Rule::AckAbsent)
            .sends_nothing()
            .changes_nothing();
    }
}

mod fifth_ack {
    use super::*;

    #[test]
    fn segment_without_ack_is_dropped() {
        for endpoint in all() {
            for segment in [
                plain(IRS + 1, Flags::NONE),
                plain(IRS + 1, Flags::FIN),
                plain(LAST, Flags::PSH | Flags::URG),
            ] {
                arrives(endpoint.clone(), segment)
                    .follows(Rule::AckAbsent)
                    .sends_nothing()
                    .changes_nothing();
            }
        }
    }

    #[test]
    fn ack_of_our_syn_establishes() {
        for endpoint in [syn_received(), syn_received_active()] {
            let outcome = arrives(endpoint, ack(IRS + 1, ISS + 1))
                .follows(Rule::SynReceivedAck)
                .enters(State::Established)
                .sends_nothing()
                .signals_nothing();
            let tcb = outcome.tcb();
            assert_eq!(tcb.snd.una, SeqNum(ISS + 1));
            assert_eq!(tcb.snd.nxt, SeqNum(ISS + 1));
            assert_eq!(tcb.snd.wnd, u32::from(PEER_WINDOW));
            assert_eq!(tcb.snd.wl1, SeqNum(IRS + 1));
            assert_eq!(tcb.snd.wl2, SeqNum(ISS + 1));
            assert_eq!(tcb.rcv.nxt, SeqNum(IRS + 1));
            assert_eq!(outcome.due_at(), None);
        }
    }

    #[test]
    fn ack_of_anything_else_is_answered_with_reset_in_syn_received() {
        for endpoint in [syn_received(), syn_received_active()] {
            for number in [0, 91, ISS, ISS + 2, ISS + 8, ISS + (1 << 31) - 1, u32::MAX] {
                let reset = format!("<SEQ={number}><CTL=RST>");
                arrives(endpoint.clone(), ack(IRS + 1, number))
                    .follows(Rule::SynReceivedAckUnacceptable)
                    .sends(&[&reset])
                    .changes_nothing();
            }
        }
    }

    #[test]
    fn repeated_ack_changes_nothing() {
        arrives(established(), ack(IRS + 1, ISS + 1))
            .follows(Rule::AckDuplicate)
            .sends_nothing()
            .enters_no_state();
    }

    #[test]
    fn ack_of_something_never_sent_is_answered_with_ack_in_established() {
        for number in [ISS + 2, ISS + 8, ISS + (1 << 31)] {
            arrives(established(), ack(IRS + 1, number))
                .follows(Rule::AckOfUnsent)
                .sends(&[EXPECTED])
                .counts_one_challenge();
        }
    }

    /// RFC 5961 section 5.2: acceptable are `SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT`.
    #[test]
    fn ack_older_than_one_window_is_answered_with_ack() {
        let oldest = (ISS + 1).wrapping_sub(u32::from(PEER_WINDOW));
        arrives(established(), ack(IRS + 1, oldest)).follows(Rule::AckDuplicate).sends_nothing();
        for number in [oldest.wrapping_sub(1), ISS + 2 + (1 << 31)] {
            arrives(established(), ack(IRS + 1, number))
                .follows(Rule::AckTooOld)
                .sends(&[EXPECTED])
                .counts_one_challenge();
        }
    }

    #[test]
    fn newer_segment_sets_the_send_window() {
        let outcome = arrives(established(), announcing(5, ack(350, ISS + 1)));
        let snd = outcome.tcb().snd;
        assert_eq!((snd.wnd, snd.wl1, snd.wl2), (5, SeqNum(350), SeqNum(ISS + 1)));
    }

    /// `SND.WL1 = SEG.SEQ and SND.WL2 =< SEG.ACK`: a bare ACK uses no number, so the next one has
    /// the same.
    #[test]
    fn segment_with_the_same_numbers_sets_the_send_window() {
        let once = arrives(established(), announcing(5, ack(350, ISS + 1))).endpoint;
        let twice = arrives(once, announcing(7, ack(350, ISS + 1)));
        assert_eq!(twice.tcb().snd.wnd, 7);
    }

    #[test]
    fn older_segment_does_not_set_the_send_window() {
        let newer = arrives(established(), announcing(5, ack(350, ISS + 1))).endpoint;
        arrives(newer, announcing(7, ack(349, ISS + 1)))
            .follows(Rule::AckDuplicate)
            .changes_nothing();
        arrives(established(), announcing(7, ack(350, ISS)))
            .follows(Rule::AckDuplicate)
            .changes_nothing();
    }
}
