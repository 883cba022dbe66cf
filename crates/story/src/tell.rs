//! Telling: the words for one place of any run.

use handshake::{
    Call, Check, Choice, Compared, Effect, PacketHistory, Reason, Side, State, Step, Timer, Trace,
};

use crate::{Language, Numbering, Numbers, Scene, Text, text, words};

/// All that is said about one place of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Telling {
    /// What happens, as the narrator tells it.
    pub story: String,
    /// The rules that decided it, in order.
    pub rulings: Vec<Ruling>,
    /// Where the story is looser than TCP.
    pub left_out: Option<String>,
}

/// One rule that was followed, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// The rule's short name, i.e. `listen-syn`.
    pub id: &'static str,
    /// The RFC's section, i.e. `3.10.7.2`.
    pub section: &'static str,
    /// Where the section can be read.
    pub url: String,
    /// What it says.
    pub text: String,
    /// The comparison that decided, with its numbers.
    pub comparison: Option<String>,
    /// The questions that were asked of the arriving segment, in the RFC's order.
    pub checks: Vec<CheckMark>,
}

/// One question asked of an arriving segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckMark {
    /// What is asked about, i.e. `RST`.
    pub name: &'static str,
    /// How it went.
    pub verdict: Verdict,
}

/// How a question went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It was asked and let the segment pass.
    Passed,
    /// It decided what happened to the segment.
    Decided,
    /// The matter was decided before it was asked.
    NotAsked,
}

/// Tells one place of a run: in the words of `scene` where the run is still the scene's, else in
/// words that the meaning of the step picks.
pub fn tell(
    trace: &Trace,
    place: usize,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> Telling {
    let own = scene.and_then(|scene| scene.words(trace, place, language));
    let story = own.map_or_else(|| tale(trace, place, language), |own| own.story.clone());
    let numbering = Numbering::at(trace, place, numbers);
    let rulings = trace.step_to(place).map_or_else(Vec::new, |step| {
        let before = trace.world_at(place - 1);
        let state = step.actor.map_or(State::Closed, |side| before.end(side).state());
        let reasons = step.effects.reasons();
        reasons.map(|reason| ruling(reason, step, state, &numbering, language)).collect()
    });
    Telling { story, rulings, left_out: own.and_then(|own| own.left_out.clone()) }
}

/// A name of a few words for a place of a run, for the scrubber.
pub fn label(trace: &Trace, place: usize, scene: Option<&Scene>, language: Language) -> String {
    if let Some(own) = scene.and_then(|scene| scene.words(trace, place, language)) {
        return own.label.clone();
    }
    let Some(step) = trace.step_to(place) else {
        return text("开头", "Start").to(language).to_owned();
    };
    let who = |side: Side| words::name(side).to(language);
    match (&step.choice, language) {
        (Choice::Deliver(id), Language::Chinese) => format!("{}到", words::numeral(id.0)),
        (Choice::Deliver(id), Language::English) => format!("{} lands", words::numeral(id.0)),
        (Choice::Drop(id), Language::Chinese) => format!("{}丢", words::numeral(id.0)),
        (Choice::Drop(id), Language::English) => format!("{} lost", words::numeral(id.0)),
        (Choice::Duplicate(id), Language::Chinese) => format!("{}成双", words::numeral(id.0)),
        (Choice::Duplicate(id), Language::English) => format!("{} doubled", words::numeral(id.0)),
        (Choice::Delay(id, _), Language::Chinese) => format!("{}耽搁", words::numeral(id.0)),
        (Choice::Delay(id, _), Language::English) => format!("{} delayed", words::numeral(id.0)),
        (Choice::Expire(side, _), Language::Chinese) => format!("{}闹钟响", who(*side)),
        (Choice::Expire(side, _), Language::English) => format!("{}’s alarm", who(*side)),
        (Choice::Call(side, call), _) => format!("{} {}", who(*side), call_name(call)),
    }
}

/// A call as the RFC names it.
fn call_name(call: &Call) -> &'static str {
    match call {
        Call::PassiveOpen => "LISTEN",
        Call::ActiveOpen => "OPEN",
    }
}

/// What a message says to whom it is sent: in the scene's words, or in those that its flags pick.
pub fn message(
    trace: &Trace,
    packet: &PacketHistory,
    scene: Option<&Scene>,
    language: Language,
    numbers: Numbers,
) -> String {
    let numbering = Numbering::at(trace, packet.said_in, numbers);
    let (from, segment) = (packet.packet.from, &packet.packet.segment);
    let own = scene
        .and_then(|scene| scene.words(trace, packet.said_in, language))
        .and_then(|own| own.bubble.as_deref());
    let meant = match (segment.is_reset(), segment.is_syn(), segment.acknowledges()) {
        (true, _, _) => text("你是个好人。", "You’re a good person."),
        (_, true, None) => text(
            "我喜欢你。这是我的第 {seq} 句，听得见吗？",
            "I like you. This is my line {seq}. Can you hear me?",
        ),
        (_, true, Some(_)) => text(
            "听见了，等你的第 {ack} 句！我也喜欢你，这是我的第 {seq} 句。",
            "I heard you, and I’m waiting for your line {ack}! I like you too. This is my line {seq}.",
        ),
        (_, false, _) => {
            text("听见了，等你的第 {ack} 句。", "I heard you. Waiting for your line {ack}.")
        }
    };
    own.unwrap_or(meant.to(language))
        .replace("{seq}", &numbering.write_seq(from, segment))
        .replace("{ack}", &numbering.write(from.peer(), segment.ack))
}

/// The narrator's words for a step that no scene has words for.
fn tale(trace: &Trace, place: usize, language: Language) -> String {
    let Some(step) = trace.step_to(place) else {
        return text("故事还没有开始。", "The story has not begun.").to(language).to_owned();
    };
    let told = match &step.choice {
        Choice::Drop(_) => text(
            "{message}在路上丢了。没有人知道，直到有谁等得太久。",
            "{message} is lost on the way. Nobody knows, until somebody has waited too long.",
        ),
        Choice::Duplicate(_) => text(
            "路上的{message}变成了一模一样的两封，前后脚飞着。",
            "On the way {message} has become two, exactly alike, one behind the other.",
        ),
        Choice::Delay(..) => text(
            "{message}在半路耽搁了，要晚些才到。",
            "{message} is held up on the way and will be late.",
        ),
        Choice::Deliver(_) | Choice::Expire(_, Timer::Retransmission) | Choice::Call(..) => {
            return tale_of_rules(step, language);
        }
    };
    fill(told, step, language)
}

/// The tale of each rule that was followed, one after another.
fn tale_of_rules(step: &Step, language: Language) -> String {
    let mut tales: Vec<String> = step
        .effects
        .reasons()
        .map(|reason| fill(words::tale(reason.rule), step, language))
        .collect();
    for effect in step.effects.iter() {
        if let Effect::Signalled(error) = effect {
            let what = words::signal(*error, language);
            let said = match language {
                Language::Chinese => format!("程序得到的答复是：{what}。"),
                Language::English => format!("What the program is told: {what}."),
            };
            tales.push(said);
        }
    }
    let between = if language == Language::English { " " } else { "" };
    tales.join(between)
}

/// Puts names in: `{me}` acts, `{you}` is the other, `{message}` is what is acted on.
fn fill(told: Text, step: &Step, language: Language) -> String {
    let me = step.actor.unwrap_or(Side::A);
    let message = match step.choice {
        Choice::Drop(id) | Choice::Duplicate(id) | Choice::Delay(id, _) => words::numeral(id.0),
        _ => String::new(),
    };
    let letter = match language {
        Language::Chinese => format!("{message}号信"),
        Language::English => format!("letter {message}"),
    };
    let filled = told
        .to(language)
        .replace("{me}", words::name(me).to(language))
        .replace("{you}", words::name(me.peer()).to(language))
        .replace("{message}", &letter);
    capitalised(&filled)
}

/// With a capital at its beginning, where a sentence began with a word that was filled in.
fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn ruling(
    reason: &Reason,
    step: &Step,
    state: State,
    numbering: &Numbering,
    language: Language,
) -> Ruling {
    let section = reason.rule.section();
    Ruling {
        id: reason.rule.id(),
        section,
        url: format!("https://www.rfc-editor.org/rfc/rfc9293#section-{section}"),
        text: words::why(reason.rule).to(language).to_owned(),
        comparison: step.actor.and_then(|side| comparison(reason.compared, side, numbering)),
        checks: reason.rule.check().map_or_else(Vec::new, |decided| checks(decided, state)),
    }
}

/// The comparison with its numbers, i.e. `0 < 1 ≤ 1`.
fn comparison(compared: Compared, actor: Side, numbering: &Numbering) -> Option<String> {
    let own = |number| numbering.write(actor, number);
    let peers = |number| numbering.write(actor.peer(), number);
    match compared {
        Compared::Nothing => None,
        Compared::Noted { seq, nxt } => {
            Some(format!("RCV.NXT = {} + 1 = {}", peers(seq), peers(nxt)))
        }
        Compared::Acknowledgment { ack, low, high } => {
            let (after, upto) = (
                if low.is_before(ack) { "<" } else { "≮" },
                if ack.is_at_most(high) { "≤" } else { "≰" },
            );
            Some(format!("{} {after} {} {upto} {}", own(low), own(ack), own(high)))
        }
        Compared::Sequence { seq, nxt, wnd, .. } => {
            let (seq, nxt) = (peers(seq), peers(nxt));
            Some(format!("SEG.SEQ = {seq}, RCV.NXT = {nxt}, RCV.WND = {wnd}"))
        }
    }
}

/// The questions of the section that judged the segment, up to the one that decided.
fn checks(decided: Check, state: State) -> Vec<CheckMark> {
    let asked = match state {
        State::Closed => Check::CLOSED,
        State::Listen => Check::LISTEN,
        State::SynSent => Check::SYN_SENT,
        _ => Check::OTHERWISE,
    };
    let decided_at = asked.iter().position(|&check| check == decided).unwrap_or(0);
    let verdict = |index: usize| match index.cmp(&decided_at) {
        std::cmp::Ordering::Less => Verdict::Passed,
        std::cmp::Ordering::Equal => Verdict::Decided,
        std::cmp::Ordering::Greater => Verdict::NotAsked,
    };
    // “None of these” is no question of its own; it is named only where it decided.
    let named = |&(index, &check): &(usize, &Check)| check != Check::Other || index == decided_at;
    let marks = asked.iter().enumerate().filter(named);
    marks
        .map(|(index, &check)| CheckMark { name: check_name(check), verdict: verdict(index) })
        .collect()
}

fn check_name(check: Check) -> &'static str {
    match check {
        Check::Sequence => "SEQ",
        Check::Reset => "RST",
        Check::Syn => "SYN",
        Check::Ack => "ACK",
        Check::Other => "…",
    }
}
