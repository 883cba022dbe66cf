//! Messages: what a segment says to the heart.

use handshake::{Compared, PacketHistory, Rule, Side, State, Step, Tcb, Trace};

use crate::{Language, Numbering, Numbers, Scene, Text, text, words};

/// What a message says to whom it is sent: in the scene's words, or in those that its flags and
/// the rule behind it pick.
pub fn message(
    trace: &Trace,
    packet: &PacketHistory,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> String {
    let numbering = Numbering::of(trace, packet, numbers);
    let (from, segment) = (packet.packet.from, &packet.packet.segment);
    let fill = |words: &str| {
        words
            .replace("{seq}", &numbering.write_seq(from, segment))
            .replace("{ack}", &numbering.write(from.peer(), segment.ack))
            .replace("{room}", &segment.window.to_string())
    };
    let own = scene
        .and_then(|scene| scene.words(trace, packet.said_in, language))
        .and_then(|own| own.bubble.as_deref());
    if let Some(own) = own {
        return fill(own);
    }
    let meant = meaning(trace, packet).map(|meant| fill(meant.to(language)));
    // What the sender wrote is not looked through for numbers to fill in.
    let written =
        (!segment.text.is_empty()).then(|| words::spoken(&segment.text, language) + gap(language));
    let said = [written, meant].into_iter().flatten().collect::<String>();
    said.trim_end().to_owned()
}

fn gap(language: Language) -> &'static str {
    match language.here() {
        Language::Chinese => "",
        Language::English => " ",
    }
}

/// What a segment means beyond the text in it; none where the text says it all.
fn meaning(trace: &Trace, packet: &PacketHistory) -> Option<Text> {
    let segment = &packet.packet.segment;
    let step = trace.step_to(packet.said_in);
    let state = sender(trace, packet).map_or(State::Closed, |tcb| tcb.state);
    Some(match (segment.is_reset(), segment.is_syn(), segment.is_fin()) {
        (true, _, _) => refusal(step),
        (_, true, _) => confession(segment.acknowledges().is_some()),
        (_, _, true) => goodbye(state),
        _ if segment.text.is_empty() => nod(trace, packet, state),
        _ if followed(step, Rule::ZeroWindowProbe) => {
            text!("现在装得下了吗？", "Is there room now?")
        }
        _ => return None,
    })
}

/// What the sender of a packet remembers of the connection. What a stranger does is not known.
fn sender<'a>(trace: &'a Trace, packet: &PacketHistory) -> Option<&'a Tcb> {
    let world = trace.world_at(packet.said_in);
    match packet.packet.stranger {
        None => world.end(packet.packet.from).tcb(),
        Some(id) if packet.packet.from == Side::B => world.listener()?.stranger(id),
        Some(_) => None,
    }
}

fn followed(step: Option<&Step>, rule: Rule) -> bool {
    step.is_some_and(|step| step.effects.followed(rule))
}

fn confession(answers: bool) -> Text {
    if answers {
        text!(
            "听见了，等你的第 {ack} 句！我也喜欢你，这是我的第 {seq} 句。",
            "I heard you, and I’m waiting for your line {ack}! I like you too. This is my line {seq}.",
        )
    } else {
        text!(
            "我喜欢你。这是我的第 {seq} 句，听得见吗？",
            "I like you. This is my line {seq}. Can you hear me?",
        )
    }
}

/// A RST, by the rule that sent it.
fn refusal(step: Option<&Step>) -> Text {
    let followed = |rule| followed(step, rule);
    if followed(Rule::Abort) {
        text!("到此为止，我把你拉黑了。", "It’s over. I’m blocking you.")
    } else if followed(Rule::AckRefused) || followed(Rule::CloseListener) {
        text!(
            "排队的人太多，我不等了，你也别等。",
            "The line is too long. I’m not waiting, and neither should you.",
        )
    } else if followed(Rule::KeepAliveGivesUp) {
        text!("问了这么多遍都不应，我走了。", "You never answer. I’m hanging up.")
    } else if followed(Rule::ClosedRefusesAck) {
        text!("我们认识吗？我这里没有记录。", "Do we know each other? I have no record of it.")
    } else if followed(Rule::ListenAck) {
        text!("你认错人了，我什么都没说过。", "You must mean somebody else. I never said a thing.")
    } else if followed(Rule::SynSentAckUnacceptable) || followed(Rule::SynReceivedAckUnacceptable) {
        text!("不是那一句，我没说过。", "Not that one. I never said it.")
    } else {
        text!("你是个好人。", "You’re a good person.")
    }
}

/// A FIN: the first goodbye, or the one that answers it.
fn goodbye(state: State) -> Text {
    if state == State::LastAck {
        text!(
            "我的话也说完了，再见。第 {seq} 句是我的最后一句。",
            "I’m done as well. Goodbye. My last line is {seq}.",
        )
    } else {
        text!(
            "我说完了，再见。第 {seq} 句是我的最后一句。",
            "That’s all I had to say. Goodbye. My last line is {seq}.",
        )
    }
}

/// A bare ACK: what it answers, by the rule that sent it and by what its sender has heard.
fn nod(trace: &Trace, packet: &PacketHistory, state: State) -> Text {
    let step = trace.step_to(packet.said_in);
    let followed = |rule| followed(step, rule);
    if followed(Rule::KeepAliveProbe) {
        return text!("还在吗？", "Are you still there?");
    }
    if followed(Rule::Receive) {
        return text!(
            "信都看完了，又装得下 {room} 字节了。",
            "I’ve read it all. There is room for {room} bytes again.",
        );
    }
    if followed(Rule::ResetChallenged) || followed(Rule::SynChallenged) {
        return text!(
            "真是你说的吗？我等的是你的第 {ack} 句。",
            "Was that really you? I’m waiting for your line {ack}.",
        );
    }
    if followed(Rule::AckOfUnsent) || followed(Rule::AckTooOld) {
        return text!(
            "你这声“听见了”对不上号。我等的是第 {ack} 句。",
            "Your “heard you” has the wrong number. I’m waiting for your line {ack}.",
        );
    }
    if followed(Rule::TextHeld) {
        return text!(
            "这一句先留着，我还在等第 {ack} 句。",
            "I’ll keep this one for later. I’m still waiting for your line {ack}.",
        );
    }
    if let Some(correction) = step.and_then(correction) {
        return correction;
    }
    match state {
        State::TimeWait => text!("嗯，听见了。再见。", "Ok, I heard you. Goodbye."),
        State::CloseWait | State::LastAck | State::Closing => {
            text!("嗯，你的再见我听见了。", "Ok. I heard your goodbye.")
        }
        _ if has_heard_text(trace, packet) => {
            text!("第 {ack} 句之前的都听见了。", "I’ve heard everything before your line {ack}.")
        }
        _ => text!("听见了，等你的第 {ack} 句。", "I heard you. Waiting for your line {ack}."),
    }
}

/// The answer to a segment outside the window, by where it lies.
fn correction(step: &Step) -> Option<Text> {
    let reason = step.effects.reasons().find(|reason| reason.rule == Rule::Unacceptable)?;
    let Compared::Sequence { seq, length, nxt, .. } = reason.compared else { return None };
    Some(if length == 0 && seq + 1 == nxt {
        // This is how a keep-alive probe looks.
        text!("在呢，等你的第 {ack} 句。", "I’m here, and waiting for your line {ack}.")
    } else if seq.is_before(nxt) {
        text!(
            "这一句听过了。我等的是你的第 {ack} 句。",
            "I’ve heard that one. I’m waiting for your line {ack}.",
        )
    } else {
        text!(
            "这一句我现在收不下。我等的是第 {ack} 句。",
            "I can’t take that one now. I’m waiting for your line {ack}.",
        )
    })
}

/// Does the ACK acknowledge more than the peer's SYN?
fn has_heard_text(trace: &Trace, packet: &PacketHistory) -> bool {
    sender(trace, packet).is_some_and(|tcb| (tcb.rcv.irs + 1).is_before(packet.packet.segment.ack))
}
