//! What the inbox says.

use crate::{Language, Text, text};

/// Over the list.
pub const INBOX: Text = text!("收件箱", "Inbox");
/// The lines on the cover.
pub const COVER: [Text; 3] = [
    text!("两台电脑，", "Two computers, "),
    text!("三条短信，", "three texts, "),
    text!("一段连接。", "one connection."),
];
/// What this is, in two sentences.
pub const ABOUT: Text = text!(
    "每条短信都是一个真的 TCP 报文段。你可以弄丢它、拖延它、复制它，看看 RFC 9293 会怎么说。",
    "Every text message is a real TCP segment. Lose one, delay one, copy one, and see what RFC 9293 \
     has to say.",
);
/// The pun, owned up to.
pub const PUN: Text = text!(
    "T 连上（Connect）P，就是 TCP。学名：传输控制协议。",
    "T Connects P: that makes TCP. Its proper name is Transmission Control Protocol.",
);
/// Leads to the first conversation.
pub const BEGIN: Text = text!("从头读起", "Begin at the beginning");
/// Leads to the conversation that was open last.
pub const CONTINUE: Text = text!("接着读", "Read on");
/// The field that narrows the list.
pub const SEARCH: Text = text!("找一段对话", "Find a conversation");
/// Where nothing is found.
pub const NOTHING: Text = text!("没有这样的对话。", "No such conversation.");
/// A conversation's mark.
pub const UNREAD: Text = text!("没读过", "unread");
/// A conversation's mark.
pub const BEGUN: Text = text!("读到一半", "begun");
/// A conversation's mark.
pub const READ: Text = text!("读完了", "read");
/// While a conversation is fetched.
pub const OPENING: Text = text!("正在翻开……", "Opening …");
/// Where a conversation could not be fetched.
pub const FAILED: Text = text!("这段对话没能打开：", "This conversation could not be opened: ");
/// Where the list could not be fetched.
pub const UNLISTED: Text = text!("收件箱没能打开：", "The inbox could not be opened: ");
/// Tries once more.
pub const AGAIN: Text = text!("再试一次", "Try again");
/// The way back to the list.
pub const TO_INBOX: Text = text!("回到收件箱", "Back to the inbox");
/// Where no page lies at an address.
pub const LOST: Text = text!("查无此人", "Return to sender");
/// The same, in the story's words and in TCP's.
pub const LOST_WHY: Text = text!(
    "信送到了，门牌对不上，只好退回来。没有人在听的端口，TCP 会回一个 RST；这一页也是。",
    "The letter came this far, but nobody lives at this address. Where nobody listens, TCP answers \
     with a RST. So does this page.",
);

/// What a reader without scripts misses.
pub const WITHOUT_SCRIPT: Text = text!(
    "打开 JavaScript，就可以弄丢、拖延、复制任何一封信，看看会怎样。",
    "With JavaScript on, you can lose, delay or copy any letter and see what happens.",
);

/// How many conversations there are, how many were read, and how many begun.
pub fn count(all: usize, read: usize, begun: usize, language: Language) -> String {
    let written = |count: usize, zh: &str, en: &str| match language.here() {
        Language::Chinese => format!("{count} 段{zh}"),
        Language::English => format!("{count} {en}"),
    };
    let mut said = vec![written(all, "对话", "conversations")];
    if read > 0 {
        said.push(written(read, "看完", "read"));
    }
    if begun > 0 {
        said.push(written(begun, "看到一半", "begun"));
    }
    said.join(" · ")
}

/// How long a conversation is, in steps, and the minutes that these take to read.
pub fn length(steps: usize, minutes: usize, language: Language) -> [String; 2] {
    match language.here() {
        Language::Chinese => [format!("{steps} 步 · "), format!("{minutes} 分")],
        Language::English if steps == 1 => ["1 step · ".to_owned(), format!("{minutes} min")],
        Language::English => [format!("{steps} steps · "), format!("{minutes} min")],
    }
}

/// What is said where an address names no scene.
pub fn unknown(name: &str, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("这里没有叫“{name}”的对话。"),
        Language::English => format!("There is no conversation called “{name}” here."),
    }
}
