//! The ways that lead out of a state: those of figure 5, and those that it leaves out.

use handshake::State;

use super::shapes::EDGES;
use crate::{Language, Text, text};

/// A way out of a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WayOut {
    /// What has to happen.
    pub event: &'static str,
    /// What is done about it.
    pub action: Option<&'static str>,
    /// Where it leads.
    pub to: State,
}

/// All ways out of a state, those of the figure first (RFC 9293 section 3.3.2).
pub(super) fn ways_out(state: State, language: Language) -> Vec<WayOut> {
    let drawn = EDGES.iter().filter(|edge| edge.from == state).map(|edge| {
        // In the drawing this label takes two lines.
        if (edge.from, edge.to) == (State::FinWait1, State::FinWait2) {
            return (ACK_OF_FIN, None, edge.to);
        }
        (edge.label.event, edge.label.action, edge.to)
    });
    drawn
        .chain(left_out(state))
        .map(|(event, action, to)| WayOut {
            event: event.to(language),
            action: action.map(|action| action.to(language)),
            to,
        })
        .collect()
}

const ACK_OF_FIN: Text = text!("收 FIN 的 ACK", "rcv ACK of FIN");

/// The ways out that the figure does not draw: its notes say so, or sections 3.10.5, 3.10.7 and
/// 3.10.8.
fn left_out(state: State) -> Vec<(Text, Option<Text>, State)> {
    const RESET: Text = text!("收 RST", "rcv RST");
    const ABORT: Text = text!("ABORT", "ABORT");
    const SEND_RESET: Option<Text> = Some(text!("发 RST", "snd RST"));
    const TIMEOUT: Text = text!("等太久", "user timeout");
    let to_closed = |event, action| (event, action, State::Closed);
    match state {
        State::Closed => vec![],
        State::Listen => vec![
            (text!("主动 OPEN", "active OPEN"), Some(text!("发 SYN", "snd SYN")), State::SynSent),
            to_closed(ABORT, None),
        ],
        State::SynReceived => vec![
            to_closed(text!("主动 OPEN 后收 RST", "rcv RST after an active OPEN"), None),
            (text!("被动 OPEN 后收 SYN", "rcv SYN after a passive OPEN"), None, State::Listen),
            (text!("收 ACK 和 FIN", "rcv ACK and FIN"), None, State::CloseWait),
            to_closed(ABORT, SEND_RESET),
            to_closed(TIMEOUT, None),
        ],
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait => {
            vec![to_closed(RESET, None), to_closed(ABORT, SEND_RESET), to_closed(TIMEOUT, None)]
        }
        State::SynSent | State::Closing | State::LastAck => {
            vec![to_closed(RESET, None), to_closed(ABORT, None), to_closed(TIMEOUT, None)]
        }
        State::TimeWait => vec![
            (text!("收全新的 SYN", "rcv a fresh SYN"), None, State::SynReceived),
            to_closed(RESET, None),
            to_closed(ABORT, None),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9293 figure 5 and its note 3.
    #[test]
    fn every_state_says_how_one_leaves_it() {
        for state in State::ALL {
            let ways = ways_out(state, Language::English);
            assert!(ways.len() >= 2, "{state}");
            let reset = ways.iter().any(|way| way.event.contains("RST") && way.to == State::Closed);
            assert_eq!(reset, !matches!(state, State::Closed | State::Listen), "{state}");
        }
    }

    #[test]
    fn half_a_label_is_no_action() {
        let ways = ways_out(State::FinWait1, Language::English);
        assert_eq!((ways[0].event, ways[0].action), ("rcv ACK of FIN", None));
    }
}
