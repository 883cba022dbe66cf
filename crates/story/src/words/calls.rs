//! Calls and timers in words: on buttons, and as names of steps.

use handshake::{Call, State, Timer};

use crate::{Text, text};

/// A call in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallWords {
    /// As programs name it.
    pub name: &'static str,
    /// What it means to the heart, on a button.
    pub meaning: Text,
    /// A name of a few words for the step in which `{me}` makes it.
    pub label: Text,
}

/// The words for a call that is made in a state.
pub fn call(call: &Call, state: State) -> CallWords {
    // Before anything was agreed there is nobody to say goodbye to.
    let is_early = matches!(state, State::Listen | State::SynSent);
    let (name, meaning, label) = match call {
        Call::PassiveOpen => {
            ("LISTEN", text!("等人来", "wait"), text!("{me} 等人来", "{me} waits"))
        }
        Call::PassiveOpenFor(_) => {
            ("LISTEN", text!("等一个人", "wait for one"), text!("{me} 等一个人", "{me} awaits one"))
        }
        Call::ActiveOpen => {
            ("CONNECT", text!("表白", "confess"), text!("{me} 表白", "{me} confesses"))
        }
        Call::Send(_) => ("SEND", text!("说话", "talk"), text!("{me} 说话", "{me} talks")),
        Call::Receive => ("RECEIVE", text!("拆信", "read"), text!("{me} 拆信", "{me} reads")),
        Call::Close if is_early => {
            ("CLOSE", text!("算了", "let go"), text!("{me} 算了", "{me} lets go"))
        }
        Call::Close => ("CLOSE", text!("分手", "part"), text!("{me} 分手", "{me} says bye")),
        Call::Abort => ("ABORT", text!("拉黑", "block"), text!("{me} 拉黑", "{me} blocks")),
        Call::Accept => ("ACCEPT", text!("接起", "pick up"), text!("{me} 接起", "{me} picks up")),
        Call::Status => ("STATUS", text!("看一眼", "check"), text!("{me} 看一眼", "{me} checks")),
    };
    CallWords { name, meaning, label }
}

/// A name of a few words for the step in which a timer of `{me}`'s expires, and whether it leads
/// to giving up.
pub fn expiry(timer: Timer, gives_up: bool) -> Text {
    match timer {
        _ if gives_up => text!("{me} 放手", "{me} gives up"),
        Timer::Retransmission | Timer::User => text!("{me} 闹钟响", "{me}’s alarm"),
        Timer::Probe => text!("{me} 问一声", "{me} asks"),
        Timer::DelayedAck => text!("{me} 应一声", "{me} says ok"),
        Timer::TimeWait => text!("{me} 冷静完", "{me} moves on"),
        Timer::Quiet => text!("{me} 静够了", "{me} is ready"),
        Timer::KeepAlive => text!("{me} 问在吗", "{me} checks in"),
    }
}

/// A timer as the trade calls it.
pub fn timer(timer: Timer) -> Text {
    match timer {
        Timer::Retransmission => text!("重传定时器", "retransmission timer"),
        Timer::User => text!("用户超时定时器", "user timeout"),
        Timer::Probe => text!("零窗口探测定时器", "zero-window probe timer"),
        Timer::TimeWait => text!("TIME-WAIT 定时器", "TIME-WAIT timer"),
        Timer::KeepAlive => text!("保活定时器", "keep-alive timer"),
        Timer::DelayedAck => text!("延迟确认定时器", "delayed-ACK timer"),
        Timer::Quiet => text!("静默定时器", "quiet-time timer"),
    }
}
