//! Facts: what a step of any run is to TCP, without the story.

use std::iter;

use handshake::{Choice, Effect, Packet, Segment, Side, Step, StrangerId, Trace};

use crate::{Language, Numbering, Numbers, Text, text, words};

/// The plain facts of one place of a run: who did what, each segment sent, arrived or lost with its
/// header, the states gone through, the timers armed; a sentence for each, in order. Numbers are
/// written as the reader likes them.
pub fn facts(trace: &Trace, place: usize, language: Language, numbers: Numbers) -> Vec<String> {
    let facts = Facts { trace, place, language, numbers };
    let Some(step) = trace.step_to(place) else { return vec![facts.beginning()] };
    let mut told = vec![facts.cause(step)];
    told.extend(facts.effects(step));
    if told.len() == 1 && step.actor.is_some() {
        told.push(
            text!("状态不变，什么也不发。", "No state changes and nothing is sent.")
                .to(language)
                .into(),
        );
    }
    told
}

/// A header in a few words, i.e. `SYN,ACK seq 0 ack 1`.
pub(crate) fn header(numbering: &Numbering, from: Side, segment: &Segment) -> String {
    let flags = segment.flags;
    let seq = numbering.write_seq(from, segment);
    match segment.acknowledges() {
        Some(ack) => format!("{flags} seq {seq} ack {}", numbering.write(from.peer(), ack)),
        None => format!("{flags} seq {seq}"),
    }
}

/// A place of a run, and how it is written.
struct Facts<'a> {
    trace: &'a Trace,
    place: usize,
    language: Language,
    numbers: Numbers,
}

impl Facts<'_> {
    /// A sentence with its blanks filled in.
    fn say(&self, told: Text, blanks: &[(&str, &str)]) -> String {
        let told = told.to(self.language).to_owned();
        blanks.iter().fold(told, |told, (blank, with)| told.replace(blank, with))
    }

    fn name(&self, side: Side) -> &'static str {
        words::name(side).to(self.language)
    }

    /// A side as one end of a connection, which may be P's with a stranger.
    fn end(&self, side: Side, with: Option<StrangerId>) -> String {
        let Some(id) = with else { return self.name(side).to_owned() };
        match side {
            Side::A => {
                self.say(text!("{n}号陌生主机", "stranger {n}"), &[("{n}", &id.to_string())])
            }
            Side::B => {
                let other = self.end(Side::A, with);
                self.say(text!("小P（对{other}）", "P (for {other})"), &[("{other}", &other)])
            }
        }
    }

    /// Who sent a packet, and who is to get it.
    fn ends(&self, packet: Option<&Packet>) -> [String; 2] {
        let Some(packet) = packet else { return Default::default() };
        [packet.from, packet.from.peer()].map(|side| match side {
            Side::A => self.end(side, packet.stranger),
            Side::B => self.name(side).to_owned(),
        })
    }

    fn beginning(&self) -> String {
        let states = Side::BOTH.map(|side| self.trace.world_at(0).end(side).state().name());
        self.say(
            text!(
                "还没有任何事发生。小T在 {t}，小P在 {p}。",
                "Nothing has happened yet. T is in {t}, P is in {p}.",
            ),
            &[("{t}", states[0]), ("{p}", states[1])],
        )
    }

    /// A segment that is or was under way, by its numeral, its header and how much text it carries.
    fn segment(&self, id: u32) -> String {
        let packets = self.trace.packets_at(self.place);
        let numeral = words::numeral(id);
        let Some(history) = packets.iter().find(|history| history.packet.id.0 == id) else {
            return numeral;
        };
        let numbering = Numbering::of(self.trace, history, self.numbers);
        let (from, segment) = (history.packet.from, &history.packet.segment);
        let length = match segment.text.len() {
            0 => String::new(),
            octets => format!(" len {octets}"),
        };
        format!("{numeral} {}{length}", header(&numbering, from, segment))
    }

    /// What was chosen.
    fn cause(&self, step: &Step) -> String {
        let before = self.trace.world_at(self.place - 1).network();
        let (told, who, what) = match &step.choice {
            Choice::Deliver(id)
            | Choice::Drop(id)
            | Choice::Duplicate(id)
            | Choice::Delay(id, _) => {
                let [sender, receiver] = self.ends(before.packet(*id));
                let arrives = matches!(step.choice, Choice::Deliver(_));
                (fate(&step.choice), if arrives { receiver } else { sender }, self.segment(id.0))
            }
            Choice::Forge(to, _) => (
                text!(
                    "有人冒{who}之名发出 {what}。",
                    "Somebody else sends {what} in the name of {who}.",
                ),
                self.name(to.peer()).to_owned(),
                self.first_sent(step),
            ),
            Choice::Stranger(id, _) => (
                text!("{who}发出 {what}。", "{who} sends {what}."),
                self.end(Side::A, Some(*id)),
                self.first_sent(step),
            ),
            Choice::Crash(side) => (
                text!("{who}重启，TCB 全部丢失。", "{who} restarts and has lost its TCB."),
                self.name(*side).to_owned(),
                String::new(),
            ),
            Choice::Expire(side, timer) => (
                text!("{who}的{what}到时。", "{who}’s {what} expires."),
                self.name(*side).to_owned(),
                words::timer(*timer).to(self.language).to_owned(),
            ),
            Choice::ExpireStranger(id, timer) => (
                text!("小P对{who}的{what}到时。", "P’s {what} for {who} expires."),
                self.end(Side::A, Some(*id)),
                words::timer(*timer).to(self.language).to_owned(),
            ),
            Choice::Call(side, call) => {
                let state = self.trace.world_at(self.place - 1).end(*side).state();
                (
                    text!("{who}的程序调用 {what}。", "{who}’s program calls {what}."),
                    self.name(*side).to_owned(),
                    words::call(call, state).name.to_owned(),
                )
            }
        };
        let late = match step.choice {
            Choice::Delay(_, by) => words::duration(by.as_millis()),
            _ => String::new(),
        };
        capitalised(&self.say(told, &[("{who}", &who), ("{what}", &what), ("{late}", &late)]))
    }

    /// The segment that a step put on the network.
    fn first_sent(&self, step: &Step) -> String {
        step.sent.first().map_or_else(String::new, |id| self.segment(id.0))
    }

    /// What whoever acted did then, in order.
    fn effects(&self, step: &Step) -> Vec<String> {
        let Some(side) = step.actor else { return Vec::new() };
        let who = self.end(side, step.stranger);
        let who = who.as_str();
        let mut sent = step.sent.iter();
        let effects: Vec<&Effect> = step.effects.iter().collect();
        let facts = effects.iter().enumerate().filter_map(|(index, effect)| match effect {
            Effect::Entered { from, to } => {
                let told = text!("{who}：{from} → {to}。", "{who}: {from} → {to}.");
                let names = [("{from}", from.name()), ("{to}", to.name())];
                Some(self.say(told, &[&[("{who}", who)], &names[..]].concat()))
            }
            Effect::Transmitted(_) => {
                let what = self.segment(sent.next()?.0);
                let told = text!("{who}发出 {what}。", "{who} sends {what}.");
                Some(self.say(told, &[("{who}", who), ("{what}", &what)]))
            }
            Effect::Armed(timer, due_at) => {
                let runs = words::duration((*due_at - step.at).as_millis());
                let told = text!("{timer}：{runs}。", "{timer}: {runs}.");
                let timer = words::timer(*timer).to(self.language);
                Some(capitalised(&self.say(told, &[("{timer}", timer), ("{runs}", &runs)])))
            }
            Effect::Stopped(timer) => {
                let is_restarted = effects[index..]
                    .iter()
                    .any(|later| matches!(later, Effect::Armed(again, _) if again == timer));
                let told = text!("{timer}停了。", "{timer} stopped.");
                let timer = words::timer(*timer).to(self.language);
                (!is_restarted).then(|| capitalised(&self.say(told, &[("{timer}", timer)])))
            }
            Effect::Delivered(octets) => {
                let what = words::spoken(octets, self.language);
                let told = text!("{who}的程序收到 {what}。", "{who}’s program is given {what}.");
                Some(self.say(told, &[("{who}", who), ("{what}", &what)]))
            }
            Effect::Returned(Err(error)) | Effect::Signalled(error) => {
                let what = words::signal(*error, self.language);
                let told =
                    text!("{who}的程序得到答复：{what}。", "{who}’s program is told: {what}.");
                Some(self.say(told, &[("{who}", who), ("{what}", what)]))
            }
            Effect::Applied(_) | Effect::Returned(Ok(())) => None,
        });
        facts.collect()
    }
}

/// What the network does to a packet.
fn fate(choice: &Choice) -> Text {
    match choice {
        Choice::Drop(_) => {
            text!("网络丢了{who}发的 {what}。", "The network loses {what}, sent by {who}.")
        }
        Choice::Duplicate(_) => text!(
            "网络把{who}发的 {what} 复制了一份。",
            "The network makes a second packet of {what}, sent by {who}.",
        ),
        Choice::Delay(..) => text!(
            "网络把{who}发的 {what} 多留了 {late}。",
            "The network holds {what}, sent by {who}, for another {late}.",
        ),
        _ => text!("{what} 到达{who}。", "{what} arrives at {who}."),
    }
}

/// With a capital at its beginning, where a sentence began with a word that was filled in.
pub(crate) fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| {
        iter::once(first.to_ascii_uppercase()).chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(run: &str, language: Language, numbers: Numbers) -> String {
        let trace: Trace = run.parse().unwrap();
        facts(&trace, trace.len(), language, numbers).join(" ")
    }

    fn english(run: &str) -> String {
        told(run, Language::English, Numbers::Relative)
    }

    #[test]
    fn nothing_has_happened_at_the_beginning() {
        let trace: Trace = "v1".parse().unwrap();
        let zh = facts(&trace, 0, Language::Chinese, Numbers::Relative);
        assert_eq!(zh, ["还没有任何事发生。小T在 CLOSED，小P在 CLOSED。"]);
    }

    /// RFC 9293 figure 6, line 3: SYN-RECEIVED by SYN, answered with SYN,ACK. RFC 6298 section 2.1:
    /// the first RTO is one second.
    #[test]
    fn a_syn_that_arrives_at_a_listener_is_told_in_full() {
        let run = "v1~iss.100.300~B.listen~A.open~deliver.1";
        let real = told(run, Language::English, Numbers::Real);
        assert!(real.starts_with("① SYN seq 100 arrives at P."), "{real}");
        assert!(real.contains("P sends ② SYN,ACK seq 300 ack 101."), "{real}");
        assert!(real.contains("P: LISTEN → SYN-RECEIVED."), "{real}");
        assert!(real.contains("Retransmission timer: 1 s."), "{real}");
        let zh = told(run, Language::Chinese, Numbers::Relative);
        assert!(zh.starts_with("① SYN seq 0 到达小P。"), "{zh}");
        assert!(zh.contains("小P发出 ② SYN,ACK seq 0 ack 1。"), "{zh}");
        assert!(zh.contains("重传定时器：1 s。"), "{zh}");
    }

    #[test]
    fn what_the_network_does_is_the_networks() {
        let sent = "v1~B.listen~A.open";
        assert_eq!(english(&format!("{sent}~drop.1")), "The network loses ① SYN seq 0, sent by T.");
        let late = english(&format!("{sent}~delay.1.2s"));
        assert_eq!(late, "The network holds ① SYN seq 0, sent by T, for another 2 s.");
        let copied = english(&format!("{sent}~copy.1"));
        assert_eq!(copied, "The network makes a second packet of ① SYN seq 0, sent by T.");
    }

    /// RFC 6298 section 5.5: the second time the timer runs twice as long.
    #[test]
    fn a_retransmission_backs_off() {
        let again = english("v1~B.listen~A.open~drop.1~A.rto");
        assert!(again.starts_with("T’s retransmission timer expires."), "{again}");
        assert!(again.contains("T sends ② SYN seq 0."), "{again}");
        assert!(again.contains("Retransmission timer: 2 s."), "{again}");
    }

    #[test]
    fn text_is_counted_and_quoted_to_whom_it_is_given() {
        let open = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3~A.send.hello";
        assert!(english(open).contains("seq 1 ack 1 len 5."), "{}", english(open));
        let crashed = english("v1~B.listen~B.crash");
        assert!(crashed.starts_with("P restarts and has lost its TCB."), "{crashed}");
    }

    /// RFC 4987 section 2: each caller has a place in the backlog, and a timer of its own.
    #[test]
    fn a_stranger_has_a_name_and_a_connection_of_its_own() {
        let called = "v1~backlog.1.1~B.listen~stranger.7.SYN.5000";
        assert_eq!(english(called), "Stranger 7 sends ① SYN seq 5000.");
        let answered = english(&format!("{called}~deliver.1"));
        assert!(answered.starts_with("① SYN seq 5000 arrives at P."), "{answered}");
        assert!(answered.contains("P (for stranger 7): LISTEN → SYN-RECEIVED."), "{answered}");
        let again =
            told(&format!("{called}~deliver.1~stranger.7.rto"), Language::Chinese, Numbers::Real);
        assert!(again.starts_with("小P对7号陌生主机的重传定时器到时。"), "{again}");
        let unheard = english(&format!("{called}~deliver.1~deliver.2"));
        assert_eq!(unheard, "② SYN,ACK seq 300 ack 5001 arrives at stranger 7.");
    }

    #[test]
    fn what_does_nothing_is_said_to_do_nothing() {
        // Section 3.10.7.1: a RST that arrives in CLOSED is dropped.
        let run = "v1~A.open~deliver.1~copy.2~deliver.2~deliver.3";
        let told = english(run);
        assert!(told.ends_with("No state changes and nothing is sent."), "{told}");
    }
}
