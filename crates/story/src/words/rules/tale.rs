//! Each rule as the narrator tells it, where a scene has no words of its own.

use handshake::Rule;

use crate::{Text, text};

/// What happens, as a narrator tells it. `{me}` is who acts, `{you}` the other.
#[expect(clippy::too_many_lines, reason = "one arm a rule; apart they would be harder to compare")]
pub fn tale(rule: Rule) -> Text {
    match rule {
        Rule::OpenPassive => text!(
            "{me}打开信箱，盼着有人来表白。",
            "{me} opens a pigeonhole and hopes that somebody will confess.",
        ),
        Rule::OpenPassiveNamed => text!(
            "{me}心里有了人，信箱只为那一个人开着。",
            "{me} has somebody in mind. The pigeonhole is open, but for that one alone.",
        ),
        Rule::OpenActive => text!(
            "{me}先开了口，附上自己的起点号码，闹钟也上好了。",
            "{me} makes the first move, names a starting number, and sets an alarm.",
        ),
        Rule::OpenActiveFromListen => text!(
            "等着等着，{me}不等了，自己先开口。",
            "{me} is tired of waiting and speaks first after all.",
        ),
        Rule::OpenExists => text!(
            "{me}已经有了这段关系，再开口也不会多出一段。",
            "{me} has this relationship already; asking again does not make a second one.",
        ),
        Rule::SendWithoutConnection => text!(
            "{me}对着空气说了一句话，那头没有人。",
            "{me} says something to thin air. There is nobody on the line.",
        ),
        Rule::SendFromListen => text!(
            "{me}有话憋不住了：不等了，先表白。那句话揣在怀里，等在一起了再讲。",
            "{me} has something to say and cannot wait any more: first the confession. The words themselves stay in a pocket until the two are together.",
        ),
        Rule::SendToAbsent => text!(
            "{me}想对心里那个人说话，可那个人不在这里。",
            "{me} has words for the one in mind, but that one is nowhere near.",
        ),
        Rule::SendQueued => text!(
            "还没在一起呢。{me}把话写好，先压在枕头底下。",
            "They are not together yet. {me} writes it all down and keeps it under the pillow.",
        ),
        Rule::Send => text!(
            "{me}打开了话匣子：{you}装得下多少就寄多少，封封留底，听见回音才扔。",
            "{me} talks: as much as {you} has room for, and a copy of each letter is kept until it has been heard.",
        ),
        Rule::SendClosing => text!(
            "{me}还想补一句，可再见已经说了。",
            "{me} would like to add something, but goodbye has been said.",
        ),
        Rule::ReceiveWithoutConnection => text!(
            "{me}翻翻信箱，空的。没有谁在写信来。",
            "{me} looks for letters, but nobody is writing any.",
        ),
        Rule::ReceiveQueued => text!(
            "{me}守着信箱，信一到就拆。",
            "{me} sits by the letterbox, ready to tear open whatever comes.",
        ),
        Rule::Receive => text!(
            "{me}把攒下的信拆开看了，信箱又腾出了地方。",
            "{me} opens what has piled up, and the letterbox has room again.",
        ),
        Rule::ReceiveClosing => text!(
            "{me}还想找找信，可不会再有了。",
            "{me} looks for one more letter, but no more will come.",
        ),
        Rule::CloseWithoutConnection => text!(
            "{me}想说再见，却没有人可以告别。",
            "{me} says goodbye to an empty room: there is nobody to part from.",
        ),
        Rule::CloseListen => text!(
            "{me}合上信箱：算了，不等了。",
            "{me} shuts the pigeonhole. That was enough waiting.",
        ),
        Rule::CloseSynSent => text!(
            "{me}把手机扣在桌上：算了，当我没说。可寄出去的信，收不回来了。",
            "“Forget I asked,” says {me}, to nobody. But a letter that went out cannot be called back.",
        ),
        Rule::CloseQueued => text!(
            "{me}想走，可想说的话还没寄出去。等连上了，说完再走。",
            "{me} wants to leave, but not with words unsaid: first the connection, then the words, then goodbye.",
        ),
        Rule::CloseSynReceived => text!(
            "才说“我也是”，{me}就道了再见。这句再见照样占一个号，照样要等{you}应一声。",
            "Barely a yes, and already a goodbye. It takes a number like any other word, and wants an answer from {you}.",
        ),
        Rule::CloseEstablished => text!(
            "{me}的话说完了，要说再见了。再见也占一个号，等{you}应一声才算数。",
            "{me} has nothing more to say, and says so. Even a goodbye takes a number, and counts only when {you} has answered.",
        ),
        Rule::CloseWaitCloses => text!(
            "{you}早说了再见，现在{me}的话也说完了。道一声再见，只等一个“嗯”。",
            "{you} said goodbye a while ago, and now {me} is done as well: one last goodbye, and a wait for “ok”.",
        ),
        Rule::CloseAgain => text!(
            "再见只有一句，{me}已经说过了。",
            "There is only one goodbye, and {me} has said it.",
        ),
        Rule::CloseClosing => text!(
            "两个人都道过别了，{me}不用再说。",
            "Both have said goodbye already; there is nothing left for {me} to say.",
        ),
        Rule::AbortWithoutConnection => text!(
            "{me}想拉黑谁，可通讯录是空的。",
            "{me} would like to block somebody, but the address book is empty.",
        ),
        Rule::AbortUnheard => text!(
            "{me}干脆把号码删了。反正谁也没答应过谁，不用通知。",
            "{me} deletes the number. Nobody has promised anything, so nobody needs to be told.",
        ),
        Rule::Abort => text!(
            "{me}撂下一句“到此为止”，把{you}拉黑了。还在路上的、没说完的，统统不算。",
            "“It’s over,” says {me}, and blocks {you}. Whatever was on its way or still unsaid is thrown to the winds.",
        ),
        Rule::AbortClosing => text!(
            "都道过别了，{me}不想再等，把记录一删了之。",
            "The goodbyes are said. {me} will not wait any longer and deletes the record.",
        ),
        Rule::StatusWithoutConnection => text!(
            "{me}问：我们算什么关系？没有人回答，因为还没有“我们”。",
            "“What are we?” asks {me}. There is no “we” to ask about.",
        ),
        Rule::Status => text!(
            "{me}看一眼手机：到哪一步了，下一句是几号，心里有数。",
            "{me} checks the phone: how far the two have come, and which number is next.",
        ),
        Rule::ClosedReset | Rule::ListenReset | Rule::StrangerReset => text!(
            "一句“算了”飘到{me}这里，可什么都还没开始，听过就忘。",
            "A “never mind” drifts in, but nothing has begun here; {me} forgets it at once.",
        ),
        Rule::ClosedRefuses => text!(
            "信送到了，可{me}这里没有人在等。一张“好人卡”照原路退回。",
            "The letter arrives, but nobody is waiting at {me}’s. A “you’re a good person” goes straight back.",
        ),
        Rule::StrangerRefused => text!(
            "信送到了，可{me}等的是另一个人。一张“好人卡”退回去，{me}接着等。",
            "The letter arrives, but {me} is waiting for somebody else. “You’re a good person” goes back, and {me} waits on.",
        ),
        Rule::ClosedRefusesAck => text!(
            "信送到了，可{me}这里没有这段记录。一句“我们认识吗”照原路退回。",
            "The letter arrives, but {me} has no record of any of this. “Do we know each other?” goes straight back.",
        ),
        Rule::ListenAck => text!(
            "有人回答{me}没说过的话。{me}回一句：认错人了。",
            "Somebody answers words that {me} never said. “You must mean somebody else.”",
        ),
        Rule::ListenSyn => text!(
            "信到了，{me}脸红到耳根，一封回信说了两件事：你的话我听见了，这是我的起点。",
            "The letter lands, and {me} blushes. One reply says two things: I heard you, and here is where my lines start.",
        ),
        Rule::ListenOther | Rule::SynSentOther | Rule::AckAbsent => text!(
            "{me}看了看，这不是自己在等的话，放下了。",
            "{me} looks at it; it is not what was hoped for, and it is put aside.",
        ),
        Rule::SynSentAckUnacceptable | Rule::SynReceivedAckUnacceptable => text!(
            "{you}答应的是{me}没问过的话，大概是很久以前的旧信。{me}赶紧说：不是那一句。",
            "{you} says yes to something {me} never asked, perhaps an old letter from long ago. {me} puts it right: not that one.",
        ),
        Rule::SynSentResetUnacceptable | Rule::SynSentReset | Rule::UnacceptableReset => text!(
            "一句“算了”，号码却对不上。{me}不信。",
            "A “never mind” with the wrong number on it. {me} does not believe it.",
        ),
        Rule::SynSentRefused | Rule::SynReceivedRefused => text!(
            "{me}收到一张好人卡，号码对得上，只好认了。",
            "{me} gets a “you’re a good person”, and the number is right. That is that.",
        ),
        Rule::SynSentSynAck => text!(
            "回信到了！{me}进入 ESTABLISHED，马上回一句“听见了”。在它落地之前，只有{me}知道两人在一起了。",
            "The answer is here! {me} is ESTABLISHED and replies “heard you” at once. Until that lands, {me} alone knows.",
        ),
        Rule::SynSentSyn => text!(
            "原来{you}也在同一刻表白了！两封信在空中擦肩而过，{me}连忙回答：听见了。",
            "So {you} confessed at the very same moment! Two letters passed in mid-air, and {me} hurries to answer: I heard you.",
        ),
        Rule::Unacceptable => text!(
            "这句话{me}早就听过，或者对不上号。{me}说：我等的是下一句。",
            "{me} has heard this before, or the number does not fit. “I am waiting for the next line.”",
        ),
        Rule::SynReceivedCrossing => text!(
            "{you}的“听见了”也到了，和自己的那封在路上交错。一段关系，{me}也安心了。",
            "{you}’s “heard you” arrives, having crossed with {me}’s own. It is one relationship, and {me} is at ease.",
        ),
        Rule::SynReceivedResetToListen | Rule::SynReceivedSynToListen => text!(
            "空欢喜一场，{me}擦擦眼睛，接着等。",
            "It was all a mistake. {me} wipes away a tear and goes on waiting.",
        ),
        Rule::Reset => {
            text!("门砰地关上了。{me}又是一个人。", "The door slams. {me} is alone again.")
        }
        Rule::ResetClosing => text!(
            "门砰地关上了。反正也在道别，{me}耸耸肩，走了。",
            "The door slams. They were parting anyway; {me} shrugs and goes.",
        ),
        Rule::ResetChallenged => text!(
            "有人说“分手”，号码却不太对。{me}不慌：真是你说的吗？",
            "Somebody says “it is over”, but the number is not quite right. {me} stays calm: was that really you?",
        ),
        Rule::SynChallenged => text!(
            "又一次“我喜欢你”？我们不是已经在一起了吗。{me}问一句：是你吗？",
            "“I like you”, again? But we are together already. {me} asks: is that you?",
        ),
        Rule::ChallengeWithheld => text!(
            "又来一句不对劲的。几秒钟里问了十遍，{me}这回不吭声。",
            "Another one that is not quite right. {me} has asked ten times within seconds, and this time keeps quiet.",
        ),
        Rule::TimeWaitReopens => text!(
            "冷静期还没过，{you}又来表白，号码是全新的。{me}心一软：那就重新开始。",
            "{me} is still getting over it when {you} confesses afresh, with brand-new numbers. Well then: let us start over.",
        ),
        Rule::TimeWaitFinRepeated => text!(
            "{you}又说了一遍再见，看来那声“嗯”没送到。{me}再“嗯”一次，冷静期从头算。",
            "{you} says goodbye once more; it seems that the last “ok” got lost. {me} says it again and starts the wait anew.",
        ),
        Rule::SynReceivedAck => text!(
            "{me}也听见了。两个起点都得到确认，从此句句有回音。",
            "{me} has heard it too. Both starting numbers are confirmed, and every line will get its answer.",
        ),
        Rule::AckAdvances => text!(
            "“听见了。”{me}心里一块石头落了地。",
            "“Heard you.” That is a weight off {me}’s mind.",
        ),
        Rule::AckDuplicate => text!(
            "{you}又说了一遍“听见了”。{me}早就知道了，心里还是暖的。",
            "{you} says “heard you” once more. {me} knew already, and is glad all the same.",
        ),
        Rule::AckOfUnsent | Rule::AckTooOld => text!(
            "{you}的“听见了”对不上号。{me}说：我等的是这一句。",
            "{you}’s “heard you” has the wrong number. {me} says which line is expected.",
        ),
        Rule::FinAcknowledged => text!(
            "{me}的再见，{you}听见了。{you}要是还有话，{me}都会听完。",
            "{you} has heard the goodbye. Whatever {you} still has to say, {me} will hear it out.",
        ),
        Rule::ClosingAcknowledged => text!(
            "{me}的再见也有了回音。好聚好散，只是先别睡：怕自己那声“嗯”没送到。",
            "{me}’s goodbye has been heard, too. All is said, but {me} stays up a while, in case the last “ok” got lost.",
        ),
        Rule::LastAckAcknowledged => text!(
            "那声“嗯”到了。{me}合上手机，好聚好散。",
            "There is the “ok”. {me} closes the book on it, and no hard feelings.",
        ),
        Rule::TimeWaitAck => text!(
            "又飘来一声“嗯”，不用回。{me}接着守。",
            "One more “ok” drifts in. It needs no answer, and {me} keeps waiting.",
        ),
        Rule::TimeWaitAckAnswered => text!(
            "只是一声“嗯”，{me}也照章回一声“嗯”，冷静期从头算。要是{you}也这样，就没完没了了。",
            "A mere “ok”, and by the book {me} says “ok” too and starts the wait anew. If {you} does the same, it never ends.",
        ),
        Rule::TimeWaitText => text!(
            "都散了，还有话飘来。{me}应一声，冷静期从头算。",
            "All is over, and still words drift in. {me} answers them and starts the wait anew.",
        ),
        Rule::TextTaken => text!(
            "信到了，正是{me}在等的那一句，一个字也没漏。",
            "A letter, and just the line that {me} was waiting for. Not a word is missed.",
        ),
        Rule::TextHeld => text!(
            "后写的信先到了。{me}收进抽屉，告诉{you}：前面那一句还没到呢。",
            "A later letter has overtaken an earlier one. {me} puts it in a drawer and tells {you} which line is missing.",
        ),
        Rule::TextIgnored => text!(
            "{you}明明说过再见，后面不该还有话。{me}没当真。",
            "{you} has said goodbye, and nothing can come after that. {me} pays no heed.",
        ),
        Rule::FinArrives => text!(
            "{you}说了再见。{me}愣了愣，听清楚了。自己要是还有话，还来得及说完。",
            "{you} says goodbye. {me} swallows hard. If there is anything left to say, there is still time for it.",
        ),
        Rule::FinCrosses => text!(
            "{me}的再见还没等到回音，{you}的再见先到了：两个人同时说了分手。",
            "{me}’s goodbye is not answered yet, and here comes {you}’s: they have both said it at once.",
        ),
        Rule::FinAnswers => text!(
            "{you}的话也说完了。{me}回一声“嗯”，却不敢睡：万一没送到，还得再说一遍。",
            "{you} is done as well. {me} says “ok” but stays up: should it get lost, it has to be said again.",
        ),
        Rule::TimestampOld => text!(
            "这封信上的日子，比{me}已经读过的还早。旧信不作数，{me}只说自己读到了哪里。",
            "The date on this letter is older than what {me} has read already. Old news: {me} only says how far the reading got.",
        ),
        Rule::TimestampAbsent => text!(
            "说好每封信都写日期，这封没有。{me}不认得，放到一边。",
            "They agreed to date every letter, and this one has no date. {me} puts it aside.",
        ),
        Rule::SynReceivedCrossingAnswered => text!(
            "{you}的“听见了”也到了。{me}安了心，又回了一句：我也听见了。",
            "{you}’s “heard you” arrives. {me} is at ease, and says so once more to be sure.",
        ),
        Rule::SynReceivedRepeats => text!(
            "{you}又表白了一遍，想必是没收到回信。{me}把“我也喜欢你”再说一遍，闹钟也重新上好。",
            "{you} asks again; the answer must have been lost. {me} says “I like you too” once more, and sets the alarm anew.",
        ),
        Rule::SynResets => text!(
            "又一声“我喜欢你”，{me}以为从前都是梦，把一切都收了回去。",
            "“I like you”, again? {me} takes all that was for a dream and calls everything off.",
        ),
        Rule::TwoMessagesSyn => text!(
            "一句“我喜欢你”到了，{me}立刻当真：在一起了！可这句话，会不会是去年寄出的？",
            "“I like you” arrives, and {me} believes it at once: together! But what if it was posted last year?",
        ),
        Rule::TwoMessagesSynAck => text!(
            "回信到了，{me}心满意足，什么也没再说。",
            "The answer is here. {me} is content and says no more.",
        ),
        Rule::TimeWaitSkipped => text!(
            "{me}说完最后一句就走，不管对方听没听见。",
            "{me} says the last word and is gone, heard or not.",
        ),
        Rule::Retransmit => text!(
            "闹钟响了，没有回音。{me}把话又说了一遍，耐心翻了一倍，至多等一分钟。",
            "The alarm rings, and there is no answer. {me} says it again, and doubles the wait, to a minute at most.",
        ),
        Rule::UserTimeout => text!(
            "等了这么久，还是没有一声回音。{me}决定不等了。",
            "So much time, and not one answer. {me} has waited long enough.",
        ),
        Rule::UserTimeoutToListen => text!(
            "{me}说好只等这么久。{you}的点头没有来，信箱留给下一封信。",
            "{me} had set a limit, and {you} did not nod in time. The pigeonhole is free for the next letter.",
        ),
        Rule::TimeWaitOver => text!(
            "冷静期过了，再没有旧信会来敲门。{me}放下手机，又是单身。",
            "The wait is over; no old letter can come knocking now. {me} puts the phone down, single again.",
        ),
        Rule::QuietTimeOpen => text!(
            "{me}刚醒过来，什么都不记得，怕说出口的话跟从前的混在一起，先忍着不开口。",
            "{me} has only just come round and remembers nothing. Lest new words get mixed up with old ones, not a word yet.",
        ),
        Rule::QuietTimeArrival => text!(
            "有信来，可{me}还在静养，不拆，也不回。",
            "A letter comes, but {me} is still resting: it is not opened, and not answered.",
        ),
        Rule::QuietTimeOver => text!(
            "静养够了，从前寄出的信再也不会到。{me}可以重新开口了。",
            "Rested enough: no letter from before can arrive any more. {me} may speak again.",
        ),
        Rule::GiveUp => text!(
            "说了一遍又一遍，一直没有回音。{me}放下了手机。",
            "Again and again, and no answer. {me} puts the phone down.",
        ),
        Rule::GiveUpToListen => text!(
            "{you}再没点头。{me}不再等这一个，信箱还开着。",
            "{you} never nodded. {me} stops waiting for this one; the pigeonhole stays open.",
        ),
        Rule::KeepAliveProbe => text!(
            "好久没有{you}的动静了。{me}轻轻问一句：还在吗？",
            "It has been quiet for a long time. {me} asks softly: are you still there?",
        ),
        Rule::KeepAliveGivesUp => text!(
            "问了一遍又一遍“还在吗”，没有人应。{me}只好当{you}已经走了。",
            "“Are you there?”, again and again, and no reply. {me} has to take it that {you} is gone.",
        ),
        Rule::ZeroWindowProbe => text!(
            "{you}的信箱满了，{me}还有一肚子话。先塞一个字节，看装不装得下。",
            "{you}’s letterbox is full, and {me} is full of words. One byte goes out, to see whether it fits.",
        ),
        Rule::AckDelayed => text!(
            "{me}听见了，却不急着应：说不定马上有话要说，一封信就都带上了。",
            "{me} has heard, but keeps the “ok” back for a moment: if there is something to say, one letter can carry both.",
        ),
        Rule::AckNotDelayed => text!(
            "这一回不好再拖，{me}马上应一声，让{you}放心。",
            "This time it had better not wait: {me} answers at once, to put {you} at ease.",
        ),
        Rule::AckDelayOver => text!(
            "没有别的话要寄，{me}那声“听见了”就自己上了路。",
            "{me} has found nothing to add, so “heard you” sets out on its own.",
        ),
        Rule::SynDropped => text!(
            "等回话的名单已经写满。{you}的表白，{me}连看都没看，也没有回音。",
            "The list of those who owe an answer is full. {me} does not even look at what {you} wrote, and nothing goes back.",
        ),
        Rule::SynDroppedUnaccepted => text!(
            "门口排队等{me}接起的人已经站满，{you}的表白被挡在外面，没有回音。",
            "Too many already stand in line for {me} to pick up. What {you} wrote is left outside, unanswered.",
        ),
        Rule::SynCookieSent => text!(
            "名单满了，{me}就不记了：把要记的都写成暗号，当作自己的起点，一起寄给{you}。谁真心，自会把暗号带回来。",
            "No room on the list, so {me} writes nothing down: all that matters goes to {you} as a secret, in the place of a starting number. Whoever means it will bring it back.",
        ),
        Rule::SynCookieTaken => text!(
            "{you}把暗号原样带了回来。{me}一算，对得上：真有这么个人，刚才也真聊过。",
            "{you} brings the secret back. {me} works it out, and it fits: there is such a somebody, and they did talk.",
        ),
        Rule::AckDropped => text!(
            "{you}点了头，可门口已经站满。{me}装作没听见，等会儿再问一遍。",
            "{you} nods, but the line at the door is full. {me} takes no notice, and will ask again later.",
        ),
        Rule::AckRefused => text!(
            "{you}点了头，可门口已经站满。{me}干脆回绝，让TA别等了。",
            "{you} nods, but the line at the door is full. {me} says no outright, so that nobody waits in vain.",
        ),
        Rule::Accept => text!(
            "{me}终于看向门口，把等得最久的{you}接了进来，连同TA寄来的话。",
            "{me} looks up at last and lets in who has waited longest: {you}, with all that was written meanwhile.",
        ),
        Rule::AcceptQueued => text!(
            "{me}守在门口，谁先来就接谁。",
            "{me} stands at the door, ready for whoever comes first.",
        ),
        Rule::AcceptWithoutListener => text!(
            "{me}想接人，可门口没有排队的地方。",
            "{me} would let somebody in, but there is no door at which anybody could wait.",
        ),
        Rule::CallBeforeAccept => text!(
            "还没接起来呢，{me}不知道该跟谁说。",
            "Nobody has been let in yet; {me} has nobody to talk to.",
        ),
        Rule::ListenerStays => text!(
            "这一段过去了，{me}的信箱还开着。",
            "That one is over. The pigeonhole of {me} stays open.",
        ),
        Rule::CloseListener => text!(
            "{me}关了信箱：排队等着的一一回绝，只答应了一半的就当没有过。",
            "{me} shuts the pigeonhole. Those in line are sent away one by one; those half answered never were.",
        ),
    }
}
