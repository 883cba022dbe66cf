//! What is said about a run that is no scene's, and about the text of one that cannot be read.

use handshake::{Impossible, RunError, RunProblem, Side, Trace, Variant};

use super::{name, numeral, spoken, stranger, timer};
use crate::{Language, Text, text};

/// What such a run is called.
pub const TITLE: Text = text!("你的一段", "A run of your own");
/// One line about it.
pub const HOOK: Text = text!("没人写好台词，全凭规则。", "Nobody wrote it; the rules play it.");
/// What it is about.
pub const SUMMARY: Text = text!("按 RFC 9293 推演", "Played by RFC 9293");
/// The row of the inbox that opens a run in which nothing has happened.
pub const BLANK: Text = text!("空白信纸", "A blank sheet");
/// What can be done with it.
pub const BLANK_HOOK: Text =
    text!("两个 CLOSED，往后全看你。", "Two in CLOSED; the rest is up to you.");

/// What is wrong with the text of a run, where, and what was expected there.
pub fn run_error(error: &RunError, language: Language) -> String {
    let (ordinal, column) = (error.ordinal, error.column);
    // Whoever wrote the link wrote the word as well.
    let word = if error.word.is_empty() {
        "“”".to_owned()
    } else {
        spoken(error.word.as_bytes(), language)
    };
    let problem = problem(error.problem, language);
    match language.here() {
        Language::Chinese => format!(
            "这段的文本读到第 {ordinal} 个词{word}（第 {column} 个字符起）为止，前面的照样能放。{problem}"
        ),
        Language::English => {
            format!("This run plays up to word {ordinal}, {word}, at character {column}. {problem}")
        }
    }
}

fn problem(problem: RunProblem, language: Language) -> String {
    let said = match problem {
        RunProblem::Version => text!("开头应当是版本 v1。", "A run begins with its version, v1."),
        RunProblem::UnknownWord => text!(
            "这里应当是一次调用（A.open）、一封信的下落（deliver.1、drop.1、copy.1、delay.1.500ms）或一个定时器（A.rto）。",
            "Expected a call (A.open), the fate of a letter (deliver.1, drop.1, copy.1, delay.1.500ms) or a timer (A.rto).",
        ),
        RunProblem::NotANumber => text!(
            "这里应当是一个十进制数，并且不出范围。",
            "Expected a number in decimal digits, within its range.",
        ),
        RunProblem::NotADuration => {
            text!("这里应当是一段时间，例如 500ms。", "Expected a time, such as 500ms.")
        }
        RunProblem::NotAText => text!(
            "这里应当是一句话：字母、数字、- 和 _，或十六进制的 0x6869。",
            "Expected what is said: letters, digits, - and _, or in hexadecimal, 0x6869.",
        ),
        RunProblem::NotOptions => text!(
            "这里应当是选项，例如 mss-ws7-sack-ts，或 none。",
            "Expected options, such as mss-ws7-sack-ts, or none.",
        ),
        RunProblem::NotASwitch => text!("这里应当是 on 或 off。", "Expected on or off."),
        RunProblem::NotAPace => {
            text!("这里应当是 delayed 或 prompt。", "Expected delayed or prompt.")
        }
        RunProblem::UnknownVariant => return variants(language),
        RunProblem::Impossible(why) => return impossible(why, language),
        RunProblem::TooLong => return too_long(language),
    };
    said.to(language).to_owned()
}

fn variants(language: Language) -> String {
    let names: Vec<String> = Variant::ALL.iter().map(Variant::to_string).collect();
    match language.here() {
        Language::Chinese => format!("这里应当是一种变体：{}。", names.join("、")),
        Language::English => format!("Expected a variant: {}.", names.join(", ")),
    }
}

/// Why a choice cannot be made where it stands.
fn impossible(why: Impossible, language: Language) -> String {
    let timer_of = |timer| self::timer(timer).to(language);
    match (why, language.here()) {
        (Impossible::NoSuchPacket(id), Language::Chinese) => {
            format!("此刻路上没有 {} 这封信。", numeral(id.0))
        }
        (Impossible::NoSuchPacket(id), Language::English) => {
            format!("No letter {} is on its way at that moment.", numeral(id.0))
        }
        (Impossible::TimerNotRunning(side, timer), Language::Chinese) => {
            format!("此刻{}的{}没有在走。", name(side).to(language), timer_of(timer))
        }
        (Impossible::TimerNotRunning(side, timer), Language::English) => {
            format!(
                "{}’s {} is not running at that moment.",
                name(side).to(language),
                timer_of(timer)
            )
        }
        (Impossible::StrangersTimerNotRunning(id, timer), Language::Chinese) => {
            let who = stranger(id, language);
            format!("此刻{}给{who}的{}没有在走。", name(Side::B).to(language), timer_of(timer))
        }
        (Impossible::StrangersTimerNotRunning(id, timer), Language::English) => {
            let who = stranger(id, language);
            let timer = timer_of(timer);
            format!(
                "{}’s {timer} for {who} is not running at that moment.",
                name(Side::B).to(language)
            )
        }
        (Impossible::NoBacklog, _) => text!(
            "只有写了 backlog 的一段里，陌生主机才能打来。",
            "Strangers can call only in a run that has a backlog.",
        )
        .to(language)
        .to_owned(),
        (Impossible::NoStranger(id), Language::Chinese) => {
            format!("{id} 是小T的端口，她不是陌生主机。")
        }
        (Impossible::NoStranger(id), Language::English) => {
            format!("{id} is T’s own port, and T is no stranger.")
        }
        (Impossible::TooLong, _) => too_long(language),
    }
}

fn too_long(language: Language) -> String {
    let most = Trace::STEPS_MAX;
    match language.here() {
        Language::Chinese => format!("一段最多 {most} 步。"),
        Language::English => format!("A run has at most {most} steps."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handshake::{StrangerId, Timer};

    fn said(run: &str, language: Language) -> String {
        run_error(&Trace::decode(run).1.expect("something is wrong"), language)
    }

    #[test]
    fn a_bad_word_is_named_with_its_place_and_what_was_expected() {
        let english = said("v1~B.listen~A.oepn", Language::English);
        assert!(english.contains("word 3, “A.oepn”, at character 13"), "{english}");
        assert!(english.contains("Expected a call (A.open)"), "{english}");
        let chinese = said("v1~B.listen~A.oepn", Language::Chinese);
        assert!(chinese.contains("第 3 个词“A.oepn”（第 13 个字符起）"), "{chinese}");
    }

    #[test]
    fn what_cannot_happen_is_said_by_what_is_missing() {
        let lost = said("v1~B.listen~deliver.1", Language::English);
        assert!(lost.contains("No letter ① is on its way"), "{lost}");
        let early = said("v1~A.rto", Language::Chinese);
        assert!(early.contains("此刻小T的重传定时器没有在走"), "{early}");
    }

    #[test]
    fn every_problem_is_said_in_both_languages() {
        let timer = Timer::Retransmission;
        let impossible = [
            Impossible::NoSuchPacket(handshake::PacketId(1)),
            Impossible::TimerNotRunning(Side::A, timer),
            Impossible::StrangersTimerNotRunning(StrangerId(1), timer),
            Impossible::NoBacklog,
            Impossible::TooLong,
        ];
        let others = [
            RunProblem::Version,
            RunProblem::UnknownWord,
            RunProblem::NotANumber,
            RunProblem::NotADuration,
            RunProblem::NotAText,
            RunProblem::NotOptions,
            RunProblem::NotASwitch,
            RunProblem::NotAPace,
            RunProblem::UnknownVariant,
            RunProblem::TooLong,
        ];
        for each in impossible.map(RunProblem::Impossible).into_iter().chain(others) {
            let [zh, en] = Language::ALL.map(|language| problem(each, language));
            assert!(zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
        }
    }
}
