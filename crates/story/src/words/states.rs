//! What each state feels like, and what it means.

use handshake::{Endpoint, State};

use crate::{Text, text};

/// What its end of the connection feels like to its owner, who may not have looked yet.
pub fn feeling_of(end: &Endpoint) -> Text {
    let awaits_accept = end.tcb().is_some_and(|tcb| tcb.incoming.awaits_accept);
    match end.state() {
        state if awaits_accept && state.is_synchronized() => text!(
            "信箱替我答应了，我还没去看",
            "my letterbox said yes for me; I have not looked yet",
        ),
        state => feeling(state),
    }
}

/// What a state feels like.
pub fn feeling(state: State) -> Text {
    match state {
        State::Closed => text!("单身", "single"),
        State::Listen => text!("春心萌动，等人来表白", "hoping that somebody will confess"),
        State::SynSent => text!("表白了，盯着手机等回音", "confessed, staring at the phone"),
        State::SynReceived => text!("答应了，就差对方点头", "said yes, waiting for the last word"),
        State::Established => text!("在一起了", "together"),
        State::FinWait1 => text!("说了分手，等对方听见", "said goodbye, not heard yet"),
        State::FinWait2 => {
            text!("对方听见了，等TA把话说完", "heard; waiting for the other’s last words")
        }
        State::CloseWait => {
            text!("被分手，还有话没说完", "was told goodbye, still has things to say")
        }
        State::Closing => text!("两个人同时说了分手", "both said goodbye at once"),
        State::LastAck => text!("最后一句说了，等一个“嗯”", "said the last word, waiting for “ok”"),
        State::TimeWait => {
            text!("冷静期，怕那声“嗯”没送到", "staying up in case the last “ok” was lost")
        }
    }
}

/// What a state means in TCP (RFC 9293 section 3.3.2).
pub fn meaning(state: State) -> Text {
    match state {
        State::Closed => text!("没有连接，也没有连接的记录", "no connection, and no record of one"),
        State::Listen => text!("等着任何一方发来 SYN", "waiting for a SYN from anybody"),
        State::SynSent => text!("发了 SYN，等对方的 SYN", "sent a SYN, waiting for the peer’s"),
        State::SynReceived => text!(
            "收到也发出了 SYN，等对方确认",
            "received and sent a SYN, waiting for its acknowledgment",
        ),
        State::Established => text!("连接已建立，可以收发数据", "open: data can flow both ways"),
        State::FinWait1 => text!("发了 FIN，等确认", "sent a FIN, waiting for its acknowledgment"),
        State::FinWait2 => {
            text!("FIN 已被确认，等对方的 FIN", "FIN acknowledged, waiting for the peer’s FIN")
        }
        State::CloseWait => {
            text!("收到 FIN，等本地程序关闭", "received a FIN, waiting for the local user to close")
        }
        State::Closing => text!(
            "双方都发了 FIN，等自己的被确认",
            "both sent a FIN, waiting for the acknowledgment of ours",
        ),
        State::LastAck => text!(
            "回了最后的 FIN，等确认",
            "answered with the last FIN, waiting for its acknowledgment",
        ),
        State::TimeWait => {
            text!("等 2 MSL，让旧报文消失", "waiting 2 MSL until old segments are gone")
        }
    }
}
