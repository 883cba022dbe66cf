//! Each rule in words: why, as the RFC says it, and the tale, as the narrator tells it where a
//! scene has no words of its own.

use handshake::Rule;

use crate::{Text, text};

/// What the rule says, in the words of the trade.
#[expect(clippy::too_many_lines, reason = "one arm a rule; apart they would be harder to compare")]
pub fn why(rule: Rule) -> Text {
    match rule {
        Rule::OpenPassive => text(
            "被动 OPEN：建立 TCB，进入 LISTEN，不发报文。",
            "Passive OPEN: create a TCB and enter LISTEN. Nothing is sent.",
        ),
        Rule::OpenActive => text(
            "主动 OPEN：选 ISS，发 <SEQ=ISS><CTL=SYN>，令 SND.NXT = ISS + 1，进入 SYN-SENT。",
            "Active OPEN: choose an ISS, send <SEQ=ISS><CTL=SYN>, set SND.NXT = ISS + 1, enter SYN-SENT.",
        ),
        Rule::OpenActiveFromListen => text(
            "LISTEN 中主动 OPEN：由被动改为主动，选 ISS，发 SYN，进入 SYN-SENT。",
            "Active OPEN in LISTEN: turn from passive to active, choose an ISS, send a SYN, enter SYN-SENT.",
        ),
        Rule::OpenExists => text(
            "连接已经存在，OPEN 返回错误。",
            "The connection exists already: OPEN returns an error.",
        ),
        Rule::ClosedReset => {
            text("没有连接，RST 直接丢弃。", "There is no connection: a RST is dropped.")
        }
        Rule::ClosedRefuses => text(
            "没有连接，来的报文不带 ACK：回 <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>。",
            "No connection, and the segment has no ACK: answer <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>.",
        ),
        Rule::ClosedRefusesAck => text(
            "没有连接，来的报文带 ACK：回 <SEQ=SEG.ACK><CTL=RST>。",
            "No connection, and the segment has an ACK: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::ListenReset => text(
            "LISTEN 中的 RST 不可能有所指，忽略。",
            "In LISTEN a RST cannot mean anything: ignore it.",
        ),
        Rule::ListenAck => text(
            "LISTEN 中什么都没发过，带 ACK 的报文回 <SEQ=SEG.ACK><CTL=RST>。",
            "In LISTEN nothing was sent that could be acknowledged: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::ListenSyn => text(
            "记下对方的号码，选自己的 ISS，回 SYN,ACK，进入 SYN-RECEIVED。",
            "Note the peer’s number, choose an ISS, send SYN,ACK, enter SYN-RECEIVED.",
        ),
        Rule::ListenOther => {
            text("既不是 RST、ACK，也不是 SYN：丢弃。", "Neither RST, ACK nor SYN: drop it.")
        }
        Rule::SynSentAckUnacceptable => text(
            "对方确认的是我没发过的号码：回 <SEQ=SEG.ACK><CTL=RST>，丢弃。",
            "It acknowledges something never sent: answer <SEQ=SEG.ACK><CTL=RST> and drop it.",
        ),
        Rule::SynSentResetUnacceptable => text(
            "RST 确认的号码不对：丢弃。",
            "The RST acknowledges something never sent: drop it.",
        ),
        Rule::SynSentRefused => text(
            "RST 确认了我的 SYN，可信：删除 TCB，告诉用户“连接被拒绝”。",
            "The RST acknowledges our SYN, so it is believed: delete the TCB, tell the user “connection refused”.",
        ),
        Rule::SynSentReset => {
            text("RST 没有 ACK，不可信：丢弃。", "A RST without ACK is not believed here: drop it.")
        }
        Rule::SynSentSynAck => text(
            "我的 SYN 被确认，对方的 SYN 也到了：进入 ESTABLISHED，回 ACK。",
            "Our SYN is acknowledged and the peer’s is here: enter ESTABLISHED, send an ACK.",
        ),
        Rule::SynSentSyn => text(
            "只有 SYN、没有 ACK：同时打开。回 SYN,ACK，进入 SYN-RECEIVED。",
            "A SYN without ACK: a simultaneous open. Answer SYN,ACK, enter SYN-RECEIVED.",
        ),
        Rule::SynSentOther => {
            text("既没有 SYN 也没有 RST：丢弃。", "Neither SYN nor RST: drop it.")
        }
        Rule::Unacceptable => text(
            "序号不在接收窗口内：回一个 ACK 说明在等哪个号码，丢弃报文。",
            "The sequence number is outside the receive window: say with an ACK which number is expected, drop the segment.",
        ),
        Rule::UnacceptableReset => {
            text("窗口外的 RST：丢弃，不作声。", "A RST outside the window: drop it in silence.")
        }
        Rule::SynReceivedCrossing => text(
            "同时打开时交错的 SYN,ACK：按表 6 它低了一个号，按图 7 它就是确认。这里依图 7，进入 ESTABLISHED。",
            "The SYN,ACK that crossed ours: by table 6 it is one too low, by figure 7 it is the acknowledgment. Figure 7 is followed: enter ESTABLISHED.",
        ),
        Rule::SynReceivedResetToListen => text(
            "RST 正好在 RCV.NXT，而连接来自被动 OPEN：回到 LISTEN。",
            "A RST exactly at RCV.NXT, and the open was passive: back to LISTEN.",
        ),
        Rule::SynReceivedRefused => text(
            "RST 正好在 RCV.NXT，而连接来自主动 OPEN：告诉用户“连接被拒绝”，进入 CLOSED。",
            "A RST exactly at RCV.NXT, and the open was active: tell the user “connection refused”, enter CLOSED.",
        ),
        Rule::Reset => text(
            "RST 正好在 RCV.NXT：连接被重置，进入 CLOSED。",
            "A RST exactly at RCV.NXT: the connection is reset, enter CLOSED.",
        ),
        Rule::ResetChallenged => text(
            "RST 在窗口内，但不是 RCV.NXT：回一个挑战 ACK，丢弃（RFC 5961）。",
            "A RST in the window but not at RCV.NXT: send a challenge ACK, drop it (RFC 5961).",
        ),
        Rule::SynReceivedSynToListen => text(
            "窗口内又来一个 SYN，而连接来自被动 OPEN：回到 LISTEN。",
            "Another SYN in the window, and the open was passive: back to LISTEN.",
        ),
        Rule::SynChallenged => text(
            "连接里不该再有 SYN：回一个挑战 ACK（RFC 5961）。",
            "A SYN has no place here any more: send a challenge ACK (RFC 5961).",
        ),
        Rule::AckAbsent => text("ACK 灯没亮：丢弃。", "The flag ACK is off: drop the segment."),
        Rule::SynReceivedAck => text(
            "SND.UNA < SEG.ACK ≤ SND.NXT：我的 SYN 被确认，进入 ESTABLISHED。",
            "SND.UNA < SEG.ACK ≤ SND.NXT: our SYN is acknowledged, enter ESTABLISHED.",
        ),
        Rule::SynReceivedAckUnacceptable => text(
            "确认号不对：回 <SEQ=SEG.ACK><CTL=RST>。",
            "The acknowledgment is of something else: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::AckAdvances => {
            text("新的确认：SND.UNA = SEG.ACK。", "A new acknowledgment: SND.UNA = SEG.ACK.")
        }
        Rule::AckDuplicate => {
            text("重复的确认，没有新内容：忽略。", "A duplicate acknowledgment: nothing changes.")
        }
        Rule::AckOfUnsent => text(
            "确认了还没发的号码：回一个 ACK，丢弃。",
            "It acknowledges something not yet sent: send an ACK, drop it.",
        ),
        Rule::AckTooOld => text(
            "确认号太旧，不可能还在路上：回一个 ACK，丢弃（RFC 5961）。",
            "The acknowledgment is too old to be still under way: send an ACK, drop it (RFC 5961).",
        ),
        Rule::Retransmit => text(
            "重传计时器到时：最早未确认的报文再发一次，RTO 加倍（RFC 6298）。",
            "The retransmission timer expired: send the oldest unacknowledged segment again and double the RTO (RFC 6298).",
        ),
        Rule::GiveUp => text(
            "试了 3 分钟以上（R2）：删除 TCB，告诉用户超时，进入 CLOSED。",
            "More than three minutes of trying (R2): delete the TCB, tell the user, enter CLOSED.",
        ),
        Rule::GiveUpToListen => text(
            "试了 3 分钟以上（R2）：放弃这次打开，监听者继续 LISTEN。",
            "More than three minutes of trying (R2): give up this open; the listener stays in LISTEN.",
        ),
    }
}

/// What happens, as a narrator tells it. `{me}` is who acts, `{you}` the other.
#[expect(clippy::too_many_lines, reason = "one arm a rule; apart they would be harder to compare")]
pub fn tale(rule: Rule) -> Text {
    match rule {
        Rule::OpenPassive => text(
            "{me}打开信箱，盼着有人来表白。",
            "{me} opens a pigeonhole and hopes that somebody will confess.",
        ),
        Rule::OpenActive => text(
            "{me}先开了口，附上自己的起点号码，闹钟也上好了。",
            "{me} makes the first move, names a starting number, and sets an alarm.",
        ),
        Rule::OpenActiveFromListen => text(
            "等着等着，{me}不等了，自己先开口。",
            "{me} is tired of waiting and speaks first after all.",
        ),
        Rule::OpenExists => text(
            "{me}已经有了这段关系，再开口也不会多出一段。",
            "{me} has this relationship already; asking again does not make a second one.",
        ),
        Rule::ClosedReset | Rule::ListenReset => text(
            "一句“算了”飘到{me}这里，可什么都还没开始，听过就忘。",
            "A “never mind” drifts in, but nothing has begun here; {me} forgets it at once.",
        ),
        Rule::ClosedRefuses | Rule::ClosedRefusesAck => text(
            "信送到了，可{me}这里没有人在等。一张“好人卡”照原路退回。",
            "The letter arrives, but nobody is waiting at {me}’s. A “you’re a good person” goes straight back.",
        ),
        Rule::ListenAck => text(
            "有人回答{me}没说过的话。{me}回一句：认错人了。",
            "Somebody answers words that {me} never said. “You must mean somebody else.”",
        ),
        Rule::ListenSyn => text(
            "信到了，{me}脸红到耳根，一封回信说了两件事：你的话我听见了，这是我的起点。",
            "The letter lands, and {me} blushes. One reply says two things: I heard you, and here is where my lines start.",
        ),
        Rule::ListenOther | Rule::SynSentOther | Rule::AckAbsent => text(
            "{me}看了看，这不是自己在等的话，放下了。",
            "{me} looks at it; it is not what was hoped for, and it is put aside.",
        ),
        Rule::SynSentAckUnacceptable | Rule::SynReceivedAckUnacceptable => text(
            "{you}答应的是{me}没问过的话，大概是很久以前的旧信。{me}赶紧说：不是那一句。",
            "{you} says yes to something {me} never asked, perhaps an old letter from long ago. {me} puts it right: not that one.",
        ),
        Rule::SynSentResetUnacceptable | Rule::SynSentReset | Rule::UnacceptableReset => text(
            "一句“算了”，号码却对不上。{me}不信。",
            "A “never mind” with the wrong number on it. {me} does not believe it.",
        ),
        Rule::SynSentRefused | Rule::SynReceivedRefused => text(
            "{me}收到一张好人卡，号码对得上，只好认了。",
            "{me} gets a “you’re a good person”, and the number is right. That is that.",
        ),
        Rule::SynSentSynAck => text(
            "回信到了！{me}进入 ESTABLISHED，马上回一句“听见了”。在它落地之前，只有{me}知道两人在一起了。",
            "The answer is here! {me} is ESTABLISHED and replies “heard you” at once. Until that lands, {me} alone knows.",
        ),
        Rule::SynSentSyn => text(
            "原来{you}也在同一刻表白了！两封信在空中擦肩而过，{me}连忙回答：听见了。",
            "So {you} confessed at the very same moment! Two letters passed in mid-air, and {me} hurries to answer: I heard you.",
        ),
        Rule::Unacceptable => text(
            "这句话{me}早就听过，或者对不上号。{me}说：我等的是下一句。",
            "{me} has heard this before, or the number does not fit. “I am waiting for the next line.”",
        ),
        Rule::SynReceivedCrossing => text(
            "{you}的“听见了”也到了，和自己的那封在路上交错。一段关系，{me}也安心了。",
            "{you}’s “heard you” arrives, having crossed with {me}’s own. It is one relationship, and {me} is at ease.",
        ),
        Rule::SynReceivedResetToListen | Rule::SynReceivedSynToListen => text(
            "空欢喜一场，{me}擦擦眼睛，接着等。",
            "It was all a mistake. {me} wipes away a tear and goes on waiting.",
        ),
        Rule::Reset => {
            text("门砰地关上了。{me}又是一个人。", "The door slams. {me} is alone again.")
        }
        Rule::ResetChallenged => text(
            "有人说“分手”，号码却不太对。{me}不慌：真是你说的吗？",
            "Somebody says “it is over”, but the number is not quite right. {me} stays calm: was that really you?",
        ),
        Rule::SynChallenged => text(
            "又一次“我喜欢你”？我们不是已经在一起了吗。{me}问一句：是你吗？",
            "“I like you”, again? But we are together already. {me} asks: is that you?",
        ),
        Rule::SynReceivedAck => text(
            "{me}也听见了。两个起点都得到确认，从此句句有回音。",
            "{me} has heard it too. Both starting numbers are confirmed, and every line will get its answer.",
        ),
        Rule::AckAdvances => {
            text("{me}知道自己的话都被听见了。", "{me} knows now that every word was heard.")
        }
        Rule::AckDuplicate => text(
            "{you}又说了一遍“听见了”。{me}早就知道了，心里还是暖的。",
            "{you} says “heard you” once more. {me} knew already, and is glad all the same.",
        ),
        Rule::AckOfUnsent | Rule::AckTooOld => text(
            "{you}的“听见了”对不上号。{me}说：我等的是这一句。",
            "{you}’s “heard you” has the wrong number. {me} says which line is expected.",
        ),
        Rule::Retransmit => text(
            "闹钟响了，没有回音。{me}把话又说了一遍，下一次要等两倍那么久。",
            "The alarm rings, and there is no answer. {me} says it again, and will wait twice as long this time.",
        ),
        Rule::GiveUp => text(
            "三分多钟，一遍又一遍，没有回音。{me}放下了手机。",
            "More than three minutes, again and again, and no answer. {me} puts the phone down.",
        ),
        Rule::GiveUpToListen => text(
            "{you}再没点头。{me}不再等这一个，信箱还开着。",
            "{you} never nodded. {me} stops waiting for this one; the pigeonhole stays open.",
        ),
    }
}
