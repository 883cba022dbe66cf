//! What the simulator offers to forge: the segments of which RFC 9293 and RFC 5961 speak.

mod support;

use handshake::{Budget, Choice, Explorer, Property, Side, State, World};
use support::{OPENED, opened, run};

fn played(text: &str) -> World {
    run(text).last().clone()
}

/// What is offered to show to a side, in the RFC's notation.
fn offered(run: &str, to: Side) -> Vec<String> {
    let forgeries = played(run).forgeries().into_iter();
    forgeries
        .filter_map(|choice| match choice {
            Choice::Forge(side, segment) if side == to => Some(segment.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn who_waits_for_a_syn_is_shown_an_old_one_as_in_figure_8() {
    // Section 3.5: the old SYN has 90, A begins with 100.
    let shown = offered("v1~B.listen~A.open", Side::B);
    assert_eq!(shown, ["<SEQ=90><CTL=SYN>", "<SEQ=0><ACK=1><CTL=ACK>", "<SEQ=0><CTL=RST>"]);
}

#[test]
fn who_has_asked_is_shown_resets_with_and_without_acknowledgment() {
    // Section 3.10.7.3: only the second is believed.
    let shown = offered("v1~B.listen~A.open", Side::A);
    let resets = ["<SEQ=0><CTL=RST>", "<SEQ=0><ACK=101><CTL=RST,ACK>"];
    let others = ["<SEQ=290><CTL=SYN>", "<SEQ=0><ACK=102><CTL=ACK>"];
    assert_eq!(shown, [others, resets].concat());
}

#[test]
fn who_is_together_is_shown_resets_before_at_and_in_the_window() {
    // RFC 5961 section 3.2: only the one at RCV.NXT is believed.
    let shown = offered(&format!("v1~{OPENED}"), Side::B);
    let resets = ["<SEQ=100><CTL=RST>", "<SEQ=101><CTL=RST>", "<SEQ=102><CTL=RST>"];
    let others = ["<SEQ=90><CTL=SYN>", "<SEQ=101><ACK=302><CTL=ACK>"];
    assert_eq!(shown, [&others[..], &resets[..]].concat());
}

#[test]
fn everything_that_is_offered_can_be_made_and_written() {
    let places = opened("");
    for place in 0..=places.len() {
        for forgery in places.world_at(place).forgeries() {
            let mut forged = places.fork_at(place);
            forged.extend(&forgery).expect("possible");
            assert_eq!(forged.to_string().parse(), Ok(forged));
        }
    }
}

#[test]
fn of_one_forgery_only_the_exact_reset_ends_what_is_open() {
    // RFC 5961 sections 3.2, 4.2 and 5.2.
    let gone =
        Property::sometimes("B is gone", |world| world.end(Side::B).state() == State::Closed);
    let start = opened("");
    let budget = Budget { forgeries: 1, ..Budget::default() };
    let mut explorer = Explorer::new(start, vec![gone], budget);
    explorer.finish();
    let run = explorer.discovery(0).expect("an example").to_string();
    assert!(run.ends_with("~forge.B.RST.101.0.65535.0.~deliver.4"), "{run}");
}
