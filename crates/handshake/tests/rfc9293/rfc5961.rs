//! RFC 5961, as RFC 9293 carries it: against forged resets, SYNs and text; and its throttle.

use handshake::{Endpoint, Flags, Input, Instant, Rule, Segment, Settings, State, Variant};

use crate::support::{
    IRS, ISS, Outcome, ack, acking, arrives, established, established_with, expectation, happens,
    led, plain, rcv_nxt, rst, saying, snd_nxt, snd_una, syn_sent, synchronized, with_text,
};

/// Section 3.2.
#[test]
fn only_the_exact_number_resets() {
    for endpoint in synchronized() {
        let over = [State::Closing, State::LastAck, State::TimeWait].contains(&endpoint.state());
        let rule = if over { Rule::ResetClosing } else { Rule::Reset };
        let exact = rst(rcv_nxt(&endpoint));
        arrives(endpoint, exact).follows(rule).sends_nothing().enters(State::Closed);
    }
}

#[test]
fn reset_elsewhere_in_the_window_is_challenged() {
    for endpoint in synchronized() {
        for ahead in [1, 50, 65_534] {
            let reset = rst(rcv_nxt(&endpoint) + ahead);
            arrives(endpoint.clone(), reset)
                .follows(Rule::ResetChallenged)
                .sends(&[&expectation(&endpoint)])
                .counts_one_challenge();
        }
    }
}

#[test]
fn reset_outside_the_window_is_ignored() {
    for endpoint in synchronized() {
        for number in [rcv_nxt(&endpoint) - 1, rcv_nxt(&endpoint) + 65_535, 0] {
            arrives(endpoint.clone(), rst(number))
                .follows(Rule::UnacceptableReset)
                .sends_nothing()
                .changes_nothing();
        }
    }
}

/// Section 4.2: whatever its number.
#[test]
fn syn_is_answered_with_ack_whatever_its_number() {
    for endpoint in synchronized() {
        for ahead in [0, 50, 65_534, 65_535, 100_000, u32::MAX] {
            let syn = plain(rcv_nxt(&endpoint).wrapping_add(ahead), Flags::SYN);
            let outcome = arrives(endpoint.clone(), syn).sends(&[&expectation(&endpoint)]);
            let rule = if ahead < 65_535 { Rule::SynChallenged } else { Rule::Unacceptable };
            outcome.follows(rule).enters_no_state();
        }
    }
}

/// The peer that rebooted answers the challenge with a reset that cannot be guessed.
#[test]
fn challenge_of_a_rebooted_peer_clears_the_old_connection() {
    for endpoint in synchronized() {
        let syn = plain(rcv_nxt(&endpoint) + 50, Flags::SYN);
        let challenged = arrives(endpoint, syn);
        let challenge = challenged.effects.segments().next().cloned().expect("a challenge");
        let rebooted = syn_sent();
        let answered = arrives(rebooted, Segment { ack: challenge.ack + 900, ..challenge });
        let reset = answered.effects.segments().next().cloned().expect("a reset");
        assert!(reset.is_reset());
        let exact = Segment { seq: challenged.tcb().rcv.nxt, ..reset };
        assert_eq!(arrives(challenged.endpoint, exact).endpoint.state(), State::Closed);
    }
}

/// RFC 793 took an old acknowledgment for a duplicate, and the text with it.
#[test]
fn before_rfc_5961_no_acknowledgment_is_too_old() {
    let trusting = Settings { variant: Variant::NoChallengeAck, ..Settings::default() };
    let old = ISS.wrapping_sub(1 << 30);
    arrives(established_with(trusting), saying(IRS + 1, old, "old"))
        .follows_all(&[Rule::AckDuplicate, Rule::TextTaken])
        .delivers("old");
}

/// Section 5.2: `SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT`.
#[test]
fn acknowledgment_out_of_range_is_challenged_and_its_text_dropped() {
    for endpoint in synchronized() {
        let max = endpoint.tcb().expect("a connection").snd.max_wnd;
        for (number, rule) in [
            (snd_nxt(&endpoint) + 1, Rule::AckOfUnsent),
            (snd_nxt(&endpoint) + (1 << 30), Rule::AckOfUnsent),
            (snd_una(&endpoint).wrapping_sub(max + 1), Rule::AckTooOld),
            (snd_una(&endpoint).wrapping_sub(1 << 30), Rule::AckTooOld),
        ] {
            for octets in [0, 10] {
                let segment = with_text(ack(rcv_nxt(&endpoint), number), octets);
                arrives(endpoint.clone(), segment)
                    .follows(rule)
                    .sends(&[&expectation(&endpoint)])
                    .counts_one_challenge();
            }
        }
    }
}

#[test]
fn oldest_acknowledgment_in_range_is_a_duplicate() {
    let open = [State::Established, State::FinWait1, State::FinWait2, State::CloseWait];
    for endpoint in synchronized().into_iter().filter(|end| open.contains(&end.state())) {
        let max = endpoint.tcb().expect("a connection").snd.max_wnd;
        let oldest = ack(rcv_nxt(&endpoint), snd_una(&endpoint).wrapping_sub(max));
        arrives(endpoint, oldest).follows(Rule::AckDuplicate).sends_nothing().enters_no_state();
    }
}

/// Lets a segment arrive so many times at a moment; gives the last outcome.
fn repeatedly(mut endpoint: Endpoint, times: u8, now: Instant, segment: &Segment) -> Outcome {
    let input = Input::Segment(segment);
    for _ in 1..times {
        endpoint = happens(endpoint, now, input).endpoint;
    }
    happens(endpoint, now, input)
}

/// Section 7: ten in five seconds.
#[test]
fn eleventh_challenge_in_five_seconds_is_withheld() {
    for endpoint in synchronized() {
        let reset = rst(rcv_nxt(&endpoint) + 50);
        let expected = expectation(&endpoint);
        let tenth = repeatedly(endpoint, Endpoint::CHALLENGES_MAX, Instant::START, &reset)
            .follows(Rule::ResetChallenged)
            .sends(&[&expected]);
        let late = Instant(4_999_999);
        let eleventh = happens(tenth.endpoint, late, Input::Segment(&reset.clone()))
            .follows_all(&[Rule::ResetChallenged, Rule::ChallengeWithheld])
            .sends_nothing()
            .changes_nothing();
        happens(eleventh.endpoint, Instant(5_000_000), Input::Segment(&reset))
            .follows(Rule::ResetChallenged)
            .sends(&[&expected]);
    }
}

#[test]
fn all_kinds_of_challenges_are_counted_together() {
    let endpoint = established();
    let (reset, syn) = (rst(IRS + 51), plain(IRS + 51, Flags::SYN));
    let unsent = ack(IRS + 1, ISS + 8);
    let mixed = [reset, syn, unsent.clone()];
    let mixed: Vec<Input> = mixed.iter().cycle().take(10).map(Input::Segment).collect();
    arrives(led(endpoint, &mixed), unsent)
        .follows_all(&[Rule::AckOfUnsent, Rule::ChallengeWithheld])
        .sends_nothing();
}

/// The throttle holds back challenges, not the ACK of what lies outside the window.
#[test]
fn unacceptable_segment_is_answered_in_spite_of_the_throttle() {
    for endpoint in synchronized() {
        let expected = expectation(&endpoint);
        let (reset, old) = (rst(rcv_nxt(&endpoint) + 50), acking(IRS, ISS + 1, Flags::NONE));
        let tired = repeatedly(endpoint, 12, Instant::START, &reset).endpoint;
        arrives(tired, old).follows(Rule::Unacceptable).sends(&[&expected]).changes_nothing();
    }
}
