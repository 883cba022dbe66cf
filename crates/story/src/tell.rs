//! Telling: the words for one place of any run.

use handshake::{
    Check, Choice, Compared, Effect, Listener, PacketId, Reason, Rule, Side, State, Step, Trace,
    World,
};

use crate::facts::capitalised;
use crate::{Language, Lexicon, Numbering, Numbers, Scene, Text, text, words};

/// All that is said about one place of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Telling {
    /// What happens, as the narrator tells it.
    pub story: String,
    /// How it feels to whoever acts; none where nobody does.
    pub feels: Option<String>,
    /// The rules that decided it, in order.
    pub rulings: Vec<Ruling>,
    /// Where the story is looser than TCP.
    pub left_out: Option<String>,
    /// Would `lexicon` have better words for the story, if they had come?
    pub awaits_words: bool,
}

/// One rule that was followed, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruling {
    /// The rule's short name, i.e. `listen-syn`.
    pub id: &'static str,
    /// Who says so, i.e. `RFC 9293 §3.10.7.2`; where no RFC does, who does it so.
    pub cited: String,
    /// Where that can be read.
    pub url: String,
    /// What it says, if that is known.
    pub text: Option<String>,
    /// The comparison that decided, with its numbers.
    pub comparison: Option<String>,
    /// The questions that were asked of the arriving segment, in the RFC's order; none where an
    /// earlier rule of the same step has them.
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
    /// It decided something about the segment.
    Decided,
    /// The matter was decided before it was asked.
    NotAsked,
}

/// Tells one place of a run: in the words of `scene` where the run is still the scene's, else in
/// words that the meaning of the step picks. What neither the scene nor `lexicon` says of a rule is
/// not told: the rule is named then by where it stands.
pub fn tell(
    trace: &Trace,
    place: usize,
    scene: Option<&Scene>,
    lexicon: &Lexicon,
    language: Language,
    numbers: Numbers,
) -> Telling {
    let own = scene.and_then(|scene| scene.words(trace, place, language));
    let story = own.map_or_else(|| tale(trace, place, lexicon, language), |own| own.story.clone());
    let feels = match own {
        Some(own) => Some(own.feels.clone()),
        None => trace
            .step_to(place)
            .and_then(|step| step.actor)
            .map(|side| words::feeling_of(trace.world_at(place).end(side)).to(language).to_owned()),
    };
    let is_strangers = trace.step_to(place).is_some_and(|step| step.stranger.is_some());
    // What P and a stranger say counts nothing of T's.
    let written = if is_strangers { Numbers::Real } else { numbers };
    let numbering = Numbering::at(trace, place, written);
    let rulings = trace.step_to(place).map_or_else(Vec::new, |step| {
        let before = trace.world_at(place - 1);
        let why = |rule| {
            let why = scene.and_then(|scene| scene.why(rule, language));
            why.or_else(|| lexicon.why(rule, language)).map(str::to_owned)
        };
        rulings(step, judged_by(before, step), &numbering, language, &why)
    });
    let left_out = match own {
        Some(own) => {
            own.left_out.as_deref().map(|words| with_numbers(words, trace, place, &numbering))
        }
        None => trace.step_to(place).and_then(|step| left_out(step, language)),
    };
    let by_rules = trace.step_to(place).is_some_and(is_told_by_rules);
    let awaits_words = own.is_none() && by_rules && !lexicon.has(language);
    Telling { story, feels, rulings, left_out, awaits_words }
}

/// The state of the connection that an input was for, before it came.
fn judged_by(before: &World, step: &Step) -> State {
    let Some(side) = step.actor else { return State::Closed };
    let Some(id) = step.stranger else { return before.end(side).state() };
    let listener = before.listener();
    let waits = if listener.is_some_and(Listener::is_open) { State::Listen } else { State::Closed };
    listener.and_then(|listener| listener.stranger(id)).map_or(waits, |tcb| tcb.state)
}

/// Puts in the numbers of the message that was sent in this step.
fn with_numbers(told: &str, trace: &Trace, place: usize, numbering: &Numbering) -> String {
    let packets = trace.packets_at(place);
    let Some(sent) = packets.iter().rev().find(|history| history.said_in == place) else {
        return told.to_owned();
    };
    let (from, segment) = (sent.packet.from, &sent.packet.segment);
    told.replace("{seq}", &numbering.write_seq(from, segment))
        .replace("{ack}", &numbering.write(from.peer(), segment.ack))
}

/// Where the story is looser than the network, for what a reader makes happen.
fn left_out(step: &Step, language: Language) -> Option<String> {
    let words = match step.choice {
        Choice::Drop(_) => text!(
            "IP 不保证送达：路由器队列满了，包就直接丢掉，谁也不通知。",
            "IP promises no delivery: a router whose queue is full drops a packet and tells nobody.",
        ),
        Choice::Delay(..) => text!(
            "排队和改道都会让包迟到，后发的可能先到。",
            "Queues and detours make packets late, and later ones may overtake them.",
        ),
        Choice::Crash(_) => text!(
            "重启的主机丢了所有 TCB。RFC 建议它先静默一个 MSL，再用新的序号。",
            "A host that restarts has lost every TCB. The RFC asks it to keep quiet for one MSL.",
        ),
        Choice::Forge(..) => text!(
            "IP 不核对寄件人：谁都可以冒名，只要猜中地址、端口和序号。",
            "IP does not check who sends: anyone can forge who guesses addresses, ports and numbers.",
        ),
        Choice::Stranger(..) => text!(
            "SYN 里的源地址可以是编的：发件人收不到回信，也不在乎。",
            "The source address of a SYN can be made up: its sender never sees the answer, and does not care.",
        ),
        Choice::Duplicate(_) => text!(
            "IP 也不保证只送一次。接收方靠序号认出重复。",
            "Nor does IP promise to deliver only once. The receiver tells copies by their numbers.",
        ),
        _ => return None,
    };
    Some(words.to(language).to_owned())
}

/// A name of a few words for a place of a run, for the scrubber.
pub fn label(trace: &Trace, place: usize, scene: Option<&Scene>, language: Language) -> String {
    if let Some(own) = scene.and_then(|scene| scene.words(trace, place, language)) {
        return own.label.clone();
    }
    let Some(step) = trace.step_to(place) else {
        return text!("开头", "Start").to(language).to_owned();
    };
    let of = |told: Text, id: PacketId| told.to(language).replace("{n}", &words::numeral(id.0));
    let by = |told: Text, side: Side| {
        told.to(language).replace("{me}", words::name(side).to(Language::English))
    };
    match &step.choice {
        Choice::Deliver(id) => of(text!("{n}到", "{n} lands"), *id),
        Choice::Drop(id) => of(text!("{n}丢", "{n} lost"), *id),
        Choice::Duplicate(id) => of(text!("{n}成双", "{n} doubled"), *id),
        Choice::Delay(id, _) => of(text!("{n}耽搁", "{n} delayed"), *id),
        Choice::Crash(side) => by(text!("{me} 失忆", "{me} forgets"), *side),
        Choice::Forge(..) => text!("冒名信", "A forgery").to(language).to_owned(),
        Choice::Stranger(id, _) => capitalised(&words::stranger(*id, language)),
        Choice::ExpireStranger(_, timer) => by(words::expiry(*timer, gives_up(step)), Side::B),
        Choice::Expire(side, timer) => by(words::expiry(*timer, gives_up(step)), *side),
        Choice::Call(side, call) => {
            let state = trace.world_at(place - 1).end(*side).state();
            by(words::call(call, state).label, *side)
        }
    }
}

/// Does a timer's expiry end the matter for want of an answer?
fn gives_up(step: &Step) -> bool {
    let ends = [
        Rule::GiveUp,
        Rule::GiveUpToListen,
        Rule::UserTimeout,
        Rule::UserTimeoutToListen,
        Rule::KeepAliveGivesUp,
    ];
    ends.into_iter().any(|rule| step.effects.followed(rule))
}

/// The narrator's words for a step that no scene has words for.
fn tale(trace: &Trace, place: usize, lexicon: &Lexicon, language: Language) -> String {
    let Some(step) = trace.step_to(place) else {
        return text!("故事还没有开始。", "The story has not begun.").to(language).to_owned();
    };
    let told = match &step.choice {
        Choice::Drop(_) => text!(
            "{message}在路上丢了。没有人知道，直到有谁等得太久。",
            "{message} is lost on the way. Nobody knows, until somebody has waited too long.",
        ),
        Choice::Duplicate(_) => text!(
            "路上的{message}变成了一模一样的两封，前后脚飞着。",
            "On the way {message} has become two, exactly alike, one behind the other.",
        ),
        Choice::Delay(..) => text!(
            "{message}在半路耽搁了，要晚些才到。",
            "{message} is held up on the way and will be late.",
        ),
        Choice::Crash(_) => text!(
            "{me}的手机摔坏了，换了一部新的。从前的一切，一个字也不记得。",
            "{me}’s phone breaks, and the new one remembers nothing, not a word of what was.",
        ),
        Choice::Forge(..) => {
            text!("有人冒{you}的名，给{me}寄了一封信。", "Somebody writes to {me} in {you}’s name.")
        }
        Choice::Stranger(..) => text!(
            "{you}也给{me}寄了一封信，真心假意，信封上看不出来。",
            "{you} writes to {me} as well. Whether it is meant, no envelope tells.",
        ),
        Choice::Deliver(_) if step.actor.is_none() => text!(
            "回信寄到{you}的地址，那里没有人拆。",
            "The reply reaches the address of {you}, where nobody opens it.",
        ),
        Choice::Deliver(_) | Choice::Expire(..) | Choice::ExpireStranger(..) | Choice::Call(..) => {
            return tale_of_effects(step, lexicon, language);
        }
    };
    fill(told.to(language), step, language)
}

/// Is what happens in a step what somebody does by the rules?
fn is_told_by_rules(step: &Step) -> bool {
    let is_somebodys = matches!(
        step.choice,
        Choice::Deliver(_) | Choice::Expire(..) | Choice::ExpireStranger(..) | Choice::Call(..)
    );
    is_somebodys && step.actor.is_some()
}

/// The tale of each rule that was followed, of each text that was handed over, and of each answer
/// that the program got, one after another.
fn tale_of_effects(step: &Step, lexicon: &Lexicon, language: Language) -> String {
    let mut rules = step.effects.reasons().map(|reason| reason.rule).peekable();
    let mut before = None;
    let tales = step.effects.iter().filter_map(|effect| match effect {
        Effect::Applied(_) => {
            let rule = rules.next()?;
            let is_repeated = before.replace(rule) == Some(rule);
            let is_told = !is_repeated && !is_told_by_next(rule, rules.peek().copied());
            is_told.then(|| tale_of_rule(rule, step, lexicon, language))
        }
        Effect::Delivered(octets) => {
            let letter = words::spoken(octets, language);
            Some(
                text!("信里是：{letter}。", "Inside: {letter}.")
                    .to(language)
                    .replace("{letter}", &letter),
            )
        }
        Effect::Returned(Err(error)) | Effect::Signalled(error) => {
            let what = words::signal(*error, language);
            let told = text!("程序得到的消息是：{what}。", "What the program is told: {what}.");
            Some(told.to(language).replace("{what}", what))
        }
        _ => None,
    });
    let tales: Vec<String> = tales.collect();
    tales.join(if language == Language::English { " " } else { "" })
}

/// The tale of a rule; where it is not known, whose rule it is.
fn tale_of_rule(rule: Rule, step: &Step, lexicon: &Lexicon, language: Language) -> String {
    let tale = lexicon.tale(rule, language).unwrap_or_else(|| {
        text!("{me}按这条规矩办：{rule}。", "{me} goes by this rule: {rule}.").to(language)
    });
    fill(tale, step, language).replace("{rule}", &words::cited(rule, language))
}

/// Does the tale of the rule that was followed next make that of this one needless?
fn is_told_by_next(rule: Rule, next: Option<Rule>) -> bool {
    let Some(next) = next else { return false };
    match (rule, next) {
        (
            Rule::AckAdvances,
            Rule::FinAcknowledged | Rule::ClosingAcknowledged | Rule::LastAckAcknowledged,
        )
        // What is not said in the end is not told.
        | (_, Rule::ChallengeWithheld) => true,
        _ => says_nothing_new(rule),
    }
}

/// Every segment repeats an acknowledgment; that is no news where the segment brings some.
fn says_nothing_new(rule: Rule) -> bool {
    rule == Rule::AckDuplicate
}

/// Puts names in: `{me}` acts, `{you}` is the other, `{message}` is what is acted on.
fn fill(told: &str, step: &Step, language: Language) -> String {
    let me = match step.choice {
        Choice::Forge(to, _) => to,
        Choice::Stranger(..) => Side::B,
        _ => step.actor.unwrap_or(Side::A),
    };
    let stranger = match step.choice {
        Choice::Stranger(id, _) => Some(id),
        _ => step.stranger,
    };
    let you = stranger.map_or_else(
        || words::name(me.peer()).to(language).to_owned(),
        |id| words::stranger(id, language),
    );
    let message = match step.choice {
        Choice::Drop(id) | Choice::Duplicate(id) | Choice::Delay(id, _) => words::numeral(id.0),
        _ => String::new(),
    };
    let letter = match language.here() {
        Language::Chinese => format!("{message}号信"),
        Language::English => format!("letter {message}"),
    };
    let filled = told
        .replace("{me}", words::name(me).to(language))
        .replace("{you}", &you)
        .replace("{message}", &letter);
    capitalised(&filled)
}

/// The rules that were followed. The questions asked of a segment stand with the first of them.
fn rulings(
    step: &Step,
    state: State,
    numbering: &Numbering,
    language: Language,
    why: &dyn Fn(Rule) -> Option<String>,
) -> Vec<Ruling> {
    let all: Vec<&Reason> = step.effects.reasons().collect();
    let told = |index: usize| index + 1 == all.len() || !says_nothing_new(all[index].rule);
    let told: Vec<&Reason> =
        (0..all.len()).filter(|&index| told(index)).map(|index| all[index]).collect();
    let decided: Vec<Check> = told.iter().filter_map(|reason| reason.rule.check()).collect();
    let first = told.iter().position(|reason| reason.rule.check().is_some());
    let rulings = told.iter().enumerate().map(|(index, reason)| Ruling {
        checks: if Some(index) == first { checks(&decided, state) } else { Vec::new() },
        id: reason.rule.id(),
        cited: words::cited(reason.rule, language),
        url: words::url(reason.rule),
        text: why(reason.rule),
        comparison: step.actor.and_then(|side| comparison(reason.compared, side, numbering)),
    });
    rulings.collect()
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
        Compared::Port { came_from, awaited } => Some(format!("{came_from} ≠ {awaited}")),
        Compared::Clock { value, recent } => {
            Some(format!("SEG.TSval = {value}, TS.Recent = {recent}"))
        }
        Compared::Sequence { seq, nxt, wnd, .. } => {
            let (seq, nxt) = (peers(seq), peers(nxt));
            Some(format!("SEG.SEQ = {seq}, RCV.NXT = {nxt}, RCV.WND = {wnd}"))
        }
    }
}

/// The questions of the section that judged the segment, up to the last one that decided anything.
fn checks(decided: &[Check], state: State) -> Vec<CheckMark> {
    let asked = match state {
        State::Closed => Check::CLOSED,
        State::Listen => Check::LISTEN,
        State::SynSent => Check::SYN_SENT,
        _ => Check::OTHERWISE,
    };
    let Some(last) = asked.iter().rposition(|check| decided.contains(check)) else {
        return Vec::new();
    };
    let verdict = |index: usize, check: Check| match index.cmp(&last) {
        _ if decided.contains(&check) => Verdict::Decided,
        std::cmp::Ordering::Greater => Verdict::NotAsked,
        _ => Verdict::Passed,
    };
    // “None of these” is no question of its own; it is named only where it decided.
    let named = |&(index, &check): &(usize, &Check)| check != Check::Other || index == last;
    let marks = asked.iter().enumerate().filter(named);
    marks
        .map(|(index, &check)| CheckMark {
            name: check_name(check),
            verdict: verdict(index, check),
        })
        .collect()
}

fn check_name(check: Check) -> &'static str {
    match check {
        Check::Sequence => "SEQ",
        Check::Reset => "RST",
        Check::Syn => "SYN",
        Check::Ack => "ACK",
        Check::Text => "TEXT",
        Check::Fin => "FIN",
        Check::Other => "…",
    }
}
