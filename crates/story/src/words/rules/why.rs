//! Each rule as the RFC says it, in the words of the trade.

use handshake::Rule;

use crate::{Text, text};

/// What the rule says, in the words of the trade.
#[expect(clippy::too_many_lines, reason = "one arm a rule; apart they would be harder to compare")]
pub fn why(rule: Rule) -> Text {
    match rule {
        Rule::OpenPassive => text!(
            "被动 OPEN：建立 TCB，进入 LISTEN，不发报文。",
            "Passive OPEN: create a TCB and enter LISTEN. Nothing is sent.",
        ),
        Rule::OpenPassiveNamed => text!(
            "被动 OPEN 指明了对方的端口：进入 LISTEN，只等这一个，别人的报文不算数。",
            "Passive OPEN with a named remote socket: LISTEN for that one; what others send matches nothing.",
        ),
        Rule::OpenActive => text!(
            "选 ISS，发 <SEQ=ISS><CTL=SYN>，SND.NXT = ISS + 1，进入 SYN-SENT。",
            "Choose an ISS, send <SEQ=ISS><CTL=SYN>, enter SYN-SENT; SND.NXT = ISS + 1.",
        ),
        Rule::OpenActiveFromListen => text!(
            "LISTEN 中主动 OPEN：由被动改为主动，选 ISS，发 SYN，进入 SYN-SENT。",
            "Active OPEN in LISTEN: turn from passive to active, choose an ISS, send a SYN, enter SYN-SENT.",
        ),
        Rule::OpenExists => text!(
            "连接已经存在，OPEN 返回错误。",
            "The connection exists already: OPEN returns an error.",
        ),
        Rule::SendWithoutConnection => text!(
            "没有连接：SEND 返回“连接不存在”。",
            "There is no connection: SEND returns “connection does not exist”.",
        ),
        Rule::SendFromListen => text!(
            "LISTEN 中 SEND：改为主动，发 SYN，进入 SYN-SENT；数据等到 ESTABLISHED 再发。",
            "SEND in LISTEN: turn active, send a SYN, enter SYN-SENT. The text waits for ESTABLISHED.",
        ),
        Rule::SendToAbsent => text!(
            "LISTEN 指明了别人，那人不在这里：SEND 无处可发，返回错误。",
            "LISTEN names somebody who is not in this world: SEND has nobody to reach and ends in an error.",
        ),
        Rule::SendQueued => text!(
            "连接还没建好：数据排队，到 ESTABLISHED 再发。",
            "The connection is not open yet: the text is queued until ESTABLISHED.",
        ),
        Rule::Send => text!(
            "从 SND.NXT 起分段发出，不超过 SND.UNA + SND.WND；未确认的留副本。",
            "Send segments from SND.NXT, not beyond SND.UNA + SND.WND; keep what is unacknowledged.",
        ),
        Rule::SendClosing => text!(
            "已经 CLOSE，FIN 之后不能再有数据：SEND 返回“连接正在关闭”。",
            "After CLOSE nothing may follow the FIN: SEND returns “connection closing”.",
        ),
        Rule::ReceiveWithoutConnection => text!(
            "没有连接：RECEIVE 返回“连接不存在”。",
            "There is no connection: RECEIVE returns “connection does not exist”.",
        ),
        Rule::ReceiveQueued => {
            text!("还没有数据可交：RECEIVE 排队等着。", "No text is there yet: RECEIVE is queued.")
        }
        Rule::Receive => text!(
            "按序到达的数据交给用户，RCV.WND 随之变大。",
            "Text that arrived in order goes to the user; RCV.WND grows by as much.",
        ),
        Rule::ReceiveClosing => text!(
            "CLOSE-WAIT 中已无数据，或状态更靠后：RECEIVE 返回“连接正在关闭”。",
            "CLOSE-WAIT with no text left, or a later state: RECEIVE returns “connection closing”.",
        ),
        Rule::CloseWithoutConnection => text!(
            "没有连接：CLOSE 返回“连接不存在”。",
            "There is no connection: CLOSE returns “connection does not exist”.",
        ),
        Rule::CloseListen => text!(
            "LISTEN 中 CLOSE：删除 TCB，进入 CLOSED，不发报文。",
            "CLOSE in LISTEN: delete the TCB, enter CLOSED. Nothing is sent.",
        ),
        Rule::CloseSynSent => text!(
            "SYN-SENT 中 CLOSE：删除 TCB，进入 CLOSED，不发报文。",
            "CLOSE in SYN-SENT: delete the TCB, enter CLOSED. Nothing is sent.",
        ),
        Rule::CloseQueued => text!(
            "SYN-RECEIVED 中还有数据没发：CLOSE 排队，到 ESTABLISHED 再办。",
            "CLOSE in SYN-RECEIVED while text waits: it is queued until ESTABLISHED.",
        ),
        Rule::CloseSynReceived => text!(
            "SYN-RECEIVED 中 CLOSE，没有数据要发：发 FIN，进入 FIN-WAIT-1。",
            "CLOSE in SYN-RECEIVED, no text waiting: send a FIN, enter FIN-WAIT-1.",
        ),
        Rule::CloseEstablished => text!(
            "发完剩下的数据，再发 <SEQ=SND.NXT><ACK=RCV.NXT><CTL=FIN,ACK>，进入 FIN-WAIT-1。",
            "Send what is left, then <SEQ=SND.NXT><ACK=RCV.NXT><CTL=FIN,ACK>; enter FIN-WAIT-1.",
        ),
        Rule::CloseWaitCloses => text!(
            "发完剩下的数据，再发 FIN，进入 LAST-ACK。",
            "Send what is left and a FIN behind it, enter LAST-ACK.",
        ),
        Rule::CloseAgain => text!(
            "CLOSE 过了：返回“连接正在关闭”，不会有第二个 FIN。",
            "CLOSE was called before: it returns “connection closing”, and there is no second FIN.",
        ),
        Rule::CloseClosing => text!(
            "CLOSING、LAST-ACK 或 TIME-WAIT 中 CLOSE：返回“连接正在关闭”。",
            "CLOSE in CLOSING, LAST-ACK or TIME-WAIT: it returns “connection closing”.",
        ),
        Rule::AbortWithoutConnection => text!(
            "没有连接：ABORT 返回“连接不存在”。",
            "There is no connection: ABORT returns “connection does not exist”.",
        ),
        Rule::AbortUnheard => text!(
            "LISTEN 或 SYN-SENT 中 ABORT：删除 TCB，进入 CLOSED，不发 RST。",
            "ABORT in LISTEN or SYN-SENT: delete the TCB, enter CLOSED. No RST is sent.",
        ),
        Rule::Abort => text!(
            "发 <SEQ=SND.NXT><CTL=RST>，丢掉排队和未确认的数据，删除 TCB，进入 CLOSED。",
            "Send <SEQ=SND.NXT><CTL=RST>, drop all queued text, delete the TCB, enter CLOSED.",
        ),
        Rule::AbortClosing => text!(
            "CLOSING、LAST-ACK 或 TIME-WAIT 中 ABORT：删除 TCB，进入 CLOSED，不必发 RST。",
            "ABORT in CLOSING, LAST-ACK or TIME-WAIT: delete the TCB, enter CLOSED. No RST is needed.",
        ),
        Rule::StatusWithoutConnection => text!(
            "没有连接：STATUS 返回“连接不存在”。",
            "There is no connection: STATUS returns “connection does not exist”.",
        ),
        Rule::Status => text!(
            "STATUS：报告状态和 SND、RCV 各变量，什么也不改变。",
            "STATUS: report the state and the SND and RCV variables. Nothing changes.",
        ),
        Rule::ClosedReset => {
            text!("没有连接，RST 直接丢弃。", "There is no connection: a RST is dropped.")
        }
        Rule::ClosedRefuses => text!(
            "没有连接，报文不带 ACK：回 <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>。",
            "No connection, and no ACK in what came: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>.",
        ),
        Rule::ClosedRefusesAck => text!(
            "没有连接，来的报文带 ACK：回 <SEQ=SEG.ACK><CTL=RST>。",
            "No connection, and the segment has an ACK: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::StrangerReset => text!(
            "LISTEN 等的不是这个端口：报文不属于任何连接，是 RST 就丢弃。",
            "LISTEN names another port, so the segment belongs to no connection; a RST is dropped.",
        ),
        Rule::StrangerRefused => text!(
            "LISTEN 等的不是这个端口：找不到连接，像 CLOSED 那样回 RST；自己仍在 LISTEN。",
            "LISTEN names another port: nothing matches, so a RST answers as from CLOSED. LISTEN goes on.",
        ),
        Rule::ListenReset => text!(
            "LISTEN 中的 RST 不可能有所指，忽略。",
            "In LISTEN a RST cannot mean anything: ignore it.",
        ),
        Rule::ListenAck => text!(
            "LISTEN 中什么都没发过，带 ACK 的报文回 <SEQ=SEG.ACK><CTL=RST>。",
            "In LISTEN nothing was sent that could be acknowledged: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::ListenSyn => text!(
            "记下对方的号码，选自己的 ISS，回 SYN,ACK，进入 SYN-RECEIVED。",
            "Note the peer’s number, choose an ISS, send SYN,ACK, enter SYN-RECEIVED.",
        ),
        Rule::ListenOther => {
            text!("既不是 RST、ACK，也不是 SYN：丢弃。", "Neither RST, ACK nor SYN: drop it.")
        }
        Rule::SynSentAckUnacceptable => text!(
            "对方确认的是我没发过的号码：回 <SEQ=SEG.ACK><CTL=RST>，丢弃。",
            "It acknowledges something never sent: answer <SEQ=SEG.ACK><CTL=RST> and drop it.",
        ),
        Rule::SynSentResetUnacceptable => text!(
            "RST 确认的号码不对：丢弃。",
            "The RST acknowledges something never sent: drop it.",
        ),
        Rule::SynSentRefused => text!(
            "RST 确认了我的 SYN：删除 TCB，告诉用户“连接被拒绝”。",
            "The RST acknowledges our SYN: delete the TCB, tell the user “connection refused”.",
        ),
        Rule::SynSentReset => {
            text!(
                "RST 没有 ACK，不可信：丢弃。",
                "A RST without ACK is not believed here: drop it."
            )
        }
        Rule::SynSentSynAck => text!(
            "我的 SYN 被确认，对方的 SYN 也到了：进入 ESTABLISHED，回 ACK。",
            "Our SYN is acknowledged and the peer’s is here: enter ESTABLISHED, send an ACK.",
        ),
        Rule::SynSentSyn => text!(
            "只有 SYN、没有 ACK：同时打开。回 SYN,ACK，进入 SYN-RECEIVED。",
            "A SYN without ACK: a simultaneous open. Answer SYN,ACK, enter SYN-RECEIVED.",
        ),
        Rule::SynSentOther => {
            text!("既没有 SYN 也没有 RST：丢弃。", "Neither SYN nor RST: drop it.")
        }
        Rule::Unacceptable => text!(
            "序号在接收窗口外：回 ACK 说明在等哪个号码，丢弃报文。",
            "Outside the receive window: say with an ACK which number is expected, drop the segment.",
        ),
        Rule::UnacceptableReset => {
            text!("窗口外的 RST：丢弃，不作声。", "A RST outside the window: drop it in silence.")
        }
        Rule::SynReceivedCrossing => text!(
            "交错的 SYN,ACK：按表 6 低了一个号，按图 7 就是确认。依图 7，进入 ESTABLISHED。",
            "The SYN,ACK that crossed ours: one too low by table 6, the acknowledgment by figure 7. By figure 7, enter ESTABLISHED.",
        ),
        Rule::SynReceivedResetToListen => text!(
            "RST 正好在 RCV.NXT，而连接来自被动 OPEN：回到 LISTEN。",
            "A RST exactly at RCV.NXT, and the open was passive: back to LISTEN.",
        ),
        Rule::SynReceivedRefused => text!(
            "RST 正好在 RCV.NXT，而连接来自主动 OPEN：告诉用户“连接被拒绝”，进入 CLOSED。",
            "A RST exactly at RCV.NXT, and the open was active: tell the user “connection refused”, enter CLOSED.",
        ),
        Rule::Reset => text!(
            "RST 正好在 RCV.NXT：连接被重置，进入 CLOSED。",
            "A RST exactly at RCV.NXT: the connection is reset, enter CLOSED.",
        ),
        Rule::ResetClosing => text!(
            "RST 正好在 RCV.NXT，而连接本就在关闭：删除 TCB，进入 CLOSED。",
            "A RST exactly at RCV.NXT, and the connection is closing anyway: delete the TCB, enter CLOSED.",
        ),
        Rule::ResetChallenged => text!(
            "RST 在窗口内，但不是 RCV.NXT：回一个挑战 ACK，丢弃（RFC 5961）。",
            "A RST in the window but not at RCV.NXT: send a challenge ACK, drop it (RFC 5961).",
        ),
        Rule::ChallengeWithheld => text!(
            "5 秒之内已经发过 10 个挑战 ACK，这一个不发（RFC 5961）。",
            "Ten challenge ACKs went out within five seconds: this one is withheld (RFC 5961).",
        ),
        Rule::TimeWaitReopens => text!(
            "TIME-WAIT 中来了新 SYN，SEG.SEQ 在 RCV.NXT 之后：重新打开，进入 SYN-RECEIVED（MAY-2）。",
            "A SYN in TIME-WAIT with SEG.SEQ beyond RCV.NXT: open anew, enter SYN-RECEIVED (MAY-2).",
        ),
        Rule::TimeWaitFinRepeated => text!(
            "对方又发了一遍 FIN，上一个 ACK 多半丢了：再回一个，重新等 2 MSL。",
            "The peer’s FIN again, so our ACK was probably lost: repeat it, wait 2 MSL anew.",
        ),
        Rule::SynReceivedSynToListen => text!(
            "窗口内又来一个 SYN，而连接来自被动 OPEN：回到 LISTEN。",
            "Another SYN in the window, and the open was passive: back to LISTEN.",
        ),
        Rule::SynChallenged => text!(
            "连接里不该再有 SYN：回一个挑战 ACK（RFC 5961）。",
            "A SYN has no place here any more: send a challenge ACK (RFC 5961).",
        ),
        Rule::AckAbsent => text!("ACK 灯没亮：丢弃。", "The flag ACK is off: drop the segment."),
        Rule::SynReceivedAck => text!(
            "SND.UNA < SEG.ACK ≤ SND.NXT：我的 SYN 被确认，进入 ESTABLISHED。",
            "SND.UNA < SEG.ACK ≤ SND.NXT: our SYN is acknowledged, enter ESTABLISHED.",
        ),
        Rule::SynReceivedAckUnacceptable => text!(
            "确认号不对：回 <SEQ=SEG.ACK><CTL=RST>。",
            "The acknowledgment is of something else: answer <SEQ=SEG.ACK><CTL=RST>.",
        ),
        Rule::AckAdvances => {
            text!("新的确认：SND.UNA = SEG.ACK。", "A new acknowledgment: SND.UNA = SEG.ACK.")
        }
        Rule::AckDuplicate => {
            text!("重复的确认，没有新内容：忽略。", "A duplicate acknowledgment: nothing changes.")
        }
        Rule::AckOfUnsent => text!(
            "确认了还没发的号码：回一个 ACK，丢弃。",
            "It acknowledges something not yet sent: send an ACK, drop it.",
        ),
        Rule::AckTooOld => text!(
            "确认号太旧，不可能还在路上：回一个 ACK，丢弃（RFC 5961）。",
            "The acknowledgment is too old to be still under way: send an ACK, drop it (RFC 5961).",
        ),
        Rule::FinAcknowledged => text!(
            "自己的 FIN 被确认：进入 FIN-WAIT-2。",
            "Our FIN is acknowledged: enter FIN-WAIT-2.",
        ),
        Rule::ClosingAcknowledged => text!(
            "自己的 FIN 被确认，对方的早已收到：进入 TIME-WAIT，等 2 MSL。",
            "Our FIN is acknowledged, the peer’s came before: enter TIME-WAIT for 2 MSL.",
        ),
        Rule::LastAckAcknowledged => text!(
            "自己的 FIN 被确认，对方的早已收到：删除 TCB，进入 CLOSED。",
            "Our FIN is acknowledged, the peer’s came before: delete the TCB, enter CLOSED.",
        ),
        Rule::TimeWaitAck => text!(
            "TIME-WAIT 中的空 ACK 不占号码：不回答。",
            "A bare ACK in TIME-WAIT uses up no number: it is not answered.",
        ),
        Rule::TimeWaitAckAnswered => text!(
            "照字面：TIME-WAIT 中凡能接受的都确认，空 ACK 也不例外，并重新等 2 MSL。",
            "By the bare text TIME-WAIT acknowledges all that is acceptable, even an ACK, and waits anew.",
        ),
        Rule::TimeWaitText => text!(
            "TIME-WAIT 中来了占号码的报文：回 ACK，重新等 2 MSL。",
            "In TIME-WAIT, something that uses up numbers: send an ACK, wait 2 MSL anew.",
        ),
        Rule::TextTaken => text!(
            "按序（SEG.SEQ ≤ RCV.NXT）：收下新的部分，RCV.NXT 前移，确认到 RCV.NXT。",
            "Text in order (SEG.SEQ ≤ RCV.NXT): take what is new, advance RCV.NXT, ACK it.",
        ),
        Rule::TextHeld => text!(
            "在窗口内，但 SEG.SEQ > RCV.NXT：先留着，回 ACK 说还在等 RCV.NXT（SHLD-31）。",
            "In the window, but SEG.SEQ > RCV.NXT: hold it, say with an ACK what is missing (SHLD-31).",
        ),
        Rule::TextIgnored => text!(
            "对方的 FIN 之后不该再有数据：忽略。",
            "Nothing can follow the peer’s FIN: ignore it.",
        ),
        Rule::FinArrives => text!(
            "对方的 FIN：RCV.NXT 加 1，确认，通知用户，进入 CLOSE-WAIT。",
            "The peer’s FIN: advance RCV.NXT, ACK it, tell the user, enter CLOSE-WAIT.",
        ),
        Rule::FinCrosses => text!(
            "自己的 FIN 还没被确认，对方的先来了：RCV.NXT 加 1，回 ACK，进入 CLOSING。",
            "The peer’s FIN, ours being unacknowledged: advance RCV.NXT, ACK it, enter CLOSING.",
        ),
        Rule::FinAnswers => text!(
            "对方的 FIN：RCV.NXT 加 1，回 ACK，进入 TIME-WAIT，等 2 MSL。",
            "The peer’s FIN: advance RCV.NXT, ACK it, enter TIME-WAIT for 2 MSL.",
        ),
        Rule::TimestampOld => text!(
            "PAWS：SEG.TSval 比 TS.Recent 还旧，这是早先说的话。回一个 ACK，丢弃（RFC 7323 5.3 节）。",
            "PAWS: SEG.TSval is before TS.Recent, so this was said earlier. ACK it, drop it (RFC 7323 section 5.3).",
        ),
        Rule::TimestampAbsent => text!(
            "约好了每条都带时间戳，这条没有：悄悄丢弃（RFC 7323 3.2 节）。",
            "Both agreed to timestamps and this has none: drop it silently (RFC 7323 section 3.2).",
        ),
        Rule::SynReceivedCrossingAnswered => text!(
            "Linux：交错的 SYN,ACK 既算作确认，又再回一个 ACK，所以同时打开要六条。",
            "Linux: the crossing SYN,ACK counts as the ACK and is acknowledged as well: six segments in all.",
        ),
        Rule::SynReceivedRepeats => text!(
            "Linux：SYN 又来一次，就把 SYN,ACK 再发一遍，不只回一个 ACK，定时器也重新计时。",
            "Linux: the SYN came again, so the SYN,ACK is sent again, not a bare ACK, and its timer starts anew.",
        ),
        Rule::SynResets => text!(
            "没有挑战 ACK 的年代（RFC 793）：窗口内的 SYN 直接重置连接。",
            "Before challenge ACKs (RFC 793): a SYN in the window resets the connection.",
        ),
        Rule::TwoMessagesSyn => text!(
            "假想的两次握手：收到 SYN 就当真，回 SYN,ACK，直接进入 ESTABLISHED。",
            "What if two messages were enough: believe the SYN, answer SYN,ACK, enter ESTABLISHED at once.",
        ),
        Rule::TwoMessagesSynAck => text!(
            "假想的两次握手：收到 SYN,ACK 就进入 ESTABLISHED，不再确认。",
            "What if two messages were enough: enter ESTABLISHED on the SYN,ACK and confirm nothing.",
        ),
        Rule::TimeWaitSkipped => text!(
            "没有 TIME-WAIT：不等 2 MSL，马上删除 TCB。",
            "No TIME-WAIT: delete the TCB at once instead of waiting 2 MSL.",
        ),
        Rule::Retransmit => text!(
            "最早未确认的报文再发一次，RTO 加倍，至多 60 秒（RFC 6298）。",
            "Send the oldest unacknowledged segment again; the RTO doubles, up to 60 s (RFC 6298).",
        ),
        Rule::UserTimeout => text!(
            "用户超时到了还没被确认：删除 TCB，通知用户，进入 CLOSED。",
            "Unacknowledged for the whole user timeout: delete the TCB, tell the user, enter CLOSED.",
        ),
        Rule::UserTimeoutToListen => text!(
            "用户超时到了，握手还没完成：放弃这次打开，监听者继续 LISTEN。",
            "The user timeout is over before the handshake: give up this open; the listener stays in LISTEN.",
        ),
        Rule::TimeWaitOver => text!(
            "2 MSL 已过，旧报文都消失了：删除 TCB，进入 CLOSED。",
            "2 MSL are over and old segments are gone: delete the TCB, enter CLOSED.",
        ),
        Rule::QuietTimeOpen => text!(
            "重启后的静默时间：用过哪些序号已经忘了，一个 MSL 之内不分配新号，也就不能主动打开。",
            "Quiet time after a restart: which numbers were used is forgotten, so none is assigned for one MSL, and no OPEN can be active.",
        ),
        Rule::QuietTimeArrival => text!(
            "重启后的静默时间：一个 MSL 之内什么都不发，RST 也不发；来的报文丢弃。",
            "Quiet time after a restart: nothing is sent for one MSL, not even a RST. The segment is dropped.",
        ),
        Rule::QuietTimeOver => text!(
            "静默满一个 MSL：上辈子的报文都已消失，可以重新分配序号了。",
            "One MSL of quiet is over: all segments of the former life are gone, and numbers may be assigned again.",
        ),
        Rule::GiveUp => text!(
            "超过 R2（SYN 3 分钟，其余 100 秒）没被确认：删除 TCB，通知用户，进入 CLOSED。",
            "Unacknowledged beyond R2 (SYN 3 min, else 100 s): delete the TCB, tell the user, enter CLOSED.",
        ),
        Rule::GiveUpToListen => text!(
            "试了 3 分钟以上（R2）：放弃这次打开，监听者继续 LISTEN。",
            "More than three minutes of trying (R2): give up this open; the listener stays in LISTEN.",
        ),
        Rule::KeepAliveProbe => text!(
            "久无动静：发 <SEQ=SND.NXT-1><ACK=RCV.NXT><CTL=ACK>，旧号码引来 ACK。",
            "Long idle: send <SEQ=SND.NXT-1><ACK=RCV.NXT><CTL=ACK>; the old number draws an ACK.",
        ),
        Rule::KeepAliveGivesUp => text!(
            "几次探测都没有回答：发 RST，删除 TCB，通知用户，进入 CLOSED。",
            "All probes went unanswered: send a RST, delete the TCB, tell the user, enter CLOSED.",
        ),
        Rule::ZeroWindowProbe => text!(
            "SND.WND = 0 而还有数据要发：发一个字节，问窗口开了没有（MUST-36）。",
            "SND.WND = 0 and text waits: send one octet to ask whether the window is open (MUST-36).",
        ),
        Rule::AckDelayed => text!(
            "ACK 可以等着别的报文捎上：不到半秒，这里 200 毫秒（MUST-40）。",
            "The ACK may wait to be carried: less than half a second, here 200 ms (MUST-40).",
        ),
        Rule::AckNotDelayed => text!(
            "至少每两个满长的报文确认一次，补上空缺的也不拖：马上回 ACK（SHLD-19，RFC 5681 4.2 节）。",
            "Every second full-sized segment, at least, and whatever fills a gap: ACK it at once (SHLD-19, RFC 5681 section 4.2).",
        ),
        Rule::AckDelayOver => text!(
            "延迟确认的时间到了，没有报文来捎：单独发 <ACK=RCV.NXT>。",
            "The delay is over and no segment has carried the acknowledgment: send <ACK=RCV.NXT> alone.",
        ),
        Rule::SynDropped => text!(
            "监听者的半连接队列满了：丢弃 SYN，不回答。",
            "The listener’s queue of half-open connections is full: drop the SYN, answer nothing.",
        ),
        Rule::SynDroppedUnaccepted => text!(
            "等待 ACCEPT 的队列满了：丢弃 SYN，不回答；对方会重发。",
            "The queue of connections that wait for ACCEPT is full: drop the SYN. Its sender will repeat it.",
        ),
        Rule::SynCookieSent => text!(
            "队列满了：回 SYN,ACK，ISS 是 cookie（时间 5 位、MSS 3 位、密钥散列 24 位），不留状态。",
            "The queue is full: SYN,ACK with a cookie for ISS (5 bits of time, 3 of MSS, 24 of keyed hash). Nothing is kept.",
        ),
        Rule::SynCookieTaken => text!(
            "SEG.ACK - 1 是没过期的 cookie：据此重建连接；MSS 之外的选项都丢了。",
            "SEG.ACK - 1 is our cookie, not too old: make the connection from it. Of the options only MSS is left.",
        ),
        Rule::AckDropped => text!(
            "等待 ACCEPT 的队列满了：丢弃完成握手的 ACK，留在 SYN-RECEIVED，到时重发 SYN,ACK。",
            "The queue for ACCEPT is full: drop the ACK that would complete the open. SYN-RECEIVED stays, the SYN,ACK goes out again in time.",
        ),
        Rule::AckRefused => text!(
            "等待 ACCEPT 的队列满了，而监听者不愿拖着：回 RST，忘掉这个连接。",
            "The queue for ACCEPT is full, and this listener says so: answer with a RST and forget the connection.",
        ),
        Rule::Accept => text!(
            "ACCEPT：队首的连接归用户，数据一并交付。连接本身早已建好。",
            "ACCEPT: the user gets the first connection of the queue, with its text. It was open long before.",
        ),
        Rule::AcceptQueued => text!(
            "队列是空的：ACCEPT 等下一个建好的连接。",
            "The queue is empty: ACCEPT waits for the next connection that is completed.",
        ),
        Rule::AcceptWithoutListener => text!(
            "没有另立的监听者：LISTEN 和连接共用一个 TCB，ACCEPT 返回“连接不存在”。",
            "No listener of its own: LISTEN and the connection share one TCB. ACCEPT returns “connection does not exist”.",
        ),
        Rule::CallBeforeAccept => text!(
            "连接还没被 ACCEPT，用户手里没有它：返回“连接不存在”。",
            "The connection was not accepted, so the user does not have it: “connection does not exist”.",
        ),
        Rule::ListenerStays => text!(
            "连接的 TCB 删除了；监听者另有记录，仍在 LISTEN（MUST-41）。",
            "The connection’s TCB is deleted. The listener has a record of its own and stays in LISTEN (MUST-41).",
        ),
        Rule::CloseListener => text!(
            "监听者 CLOSE：等待 ACCEPT 的连接收到 RST，SYN-RECEIVED 的直接忘掉；已 ACCEPT 的不受影响。",
            "CLOSE of a listener: what waits for ACCEPT gets a RST, what is in SYN-RECEIVED is forgotten, what was accepted stays.",
        ),
    }
}
