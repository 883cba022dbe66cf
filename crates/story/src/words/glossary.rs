//! The words of the trade, explained where they are read.

use std::sync::OnceLock;

use crate::language::Both;
use crate::{Language, Text, text};

/// A word of the trade.
#[derive(PartialEq, Eq, Debug)]
pub struct Term {
    /// How it is written; the first is its title.
    names: Both<&'static [&'static str]>,
}

/// A part of a told text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// Words that everybody knows.
    Plain(&'a str),
    /// A word of the trade, as it is written here.
    Term(&'a str, &'static Term),
}

impl Term {
    /// As it is looked up.
    pub fn title(&self, language: Language) -> &'static str {
        self.names(language)[0]
    }

    /// All the ways to write it.
    pub fn names(&self, language: Language) -> &'static [&'static str] {
        self.names.to(language)
    }
}

/// Splits a told text into plain parts and terms. Of terms that begin at the same place the longest
/// wins. A term that is in `known` already is plain: it is explained once.
pub fn explain<'a>(
    told: &'a str,
    language: Language,
    known: &mut Vec<&'static Term>,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some(next) = told[at..].chars().next() {
        let Some((term, length)) = term_at(told, at, language) else {
            at += next.len_utf8();
            continue;
        };
        if !known.contains(&term) {
            known.push(term);
            parts.push(Part::Plain(&told[plain..at]));
            parts.push(Part::Term(&told[at..at + length], term));
            plain = at + length;
        }
        at += length;
    }
    parts.push(Part::Plain(&told[plain..]));
    parts.retain(|part| *part != Part::Plain(""));
    parts
}

/// The longest term that is written here, and how long.
fn term_at(told: &str, at: usize, language: Language) -> Option<(&'static Term, usize)> {
    let (before, here) = told.split_at(at);
    let one_word = |left: Option<char>, right: Option<char>| {
        left.is_some_and(joins) && right.is_some_and(joins)
    };
    let first = here.chars().next();
    if one_word(before.chars().next_back(), first) {
        return None;
    }
    let is_cut_short =
        |name: &str| one_word(name.chars().next_back(), here[name.len()..].chars().next());
    let names = names(language);
    let from = names.partition_point(|(name, _)| name.chars().next() < first);
    names[from..]
        .iter()
        .take_while(|(name, _)| name.chars().next() == first)
        .filter(|(name, _)| here.starts_with(name) && !is_cut_short(name))
        .map(|(name, term)| (*term, name.len()))
        .max_by_key(|(_, length)| *length)
}

/// All that terms are written like, in alphabetical order: it is looked at behind every letter that
/// is told.
fn names(language: Language) -> &'static [(&'static str, &'static Term)] {
    static NAMES: [OnceLock<Vec<(&str, &Term)>>; 2] = [const { OnceLock::new() }; 2];
    NAMES[language as usize].get_or_init(|| {
        let each = |term: &'static Term| term.names(language).iter().map(move |name| (*name, term));
        let mut names: Vec<_> = TERMS.iter().flat_map(each).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        names
    })
}

/// Does a letter make one word with the letter beside it? Chinese characters stand alone.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

macro_rules! terms {
    ($([$($zh:literal),+] [$($en:literal),+]: $meaning_zh:literal, $meaning_en:literal;)+) => {
        /// All of them.
        pub static TERMS: &[Term] = &[$(
            Term {
                names: Both {
                    #[cfg(feature = "chinese")]
                    zh: &[$($zh),+],
                    #[cfg(feature = "english")]
                    en: &[$($en),+],
                },
            },
        )+];

        /// What each means, in one or two sentences. They are part of a
        /// [`Lexicon`](crate::Lexicon), and come with it.
        pub static MEANINGS: &[Text] = &[$(text!($meaning_zh, $meaning_en)),+];
    };
}

terms! {
    ["报文段", "报文"] ["segment", "segments", "Segment"]:
        "TCP 一次说出的话：一个首部，后面可以跟着数据。它装在 IP 包里走。",
        "What TCP says in one go: a header, and maybe text behind it. It travels inside an IP packet.";
    ["SYN"] ["SYN", "SYNs"]:
        "“同步”标志：我的编号从这里开始。它自己也占一个序号。",
        "The flag “synchronize”: my numbering starts here. It takes up one sequence number itself.";
    ["SYN,ACK"] ["SYN,ACK"]:
        "一个报文段说两件事：你的 SYN 我收到了，这是我的 SYN。",
        "One segment that says two things: I have your SYN, and here is mine.";
    ["ACK"] ["ACK", "ACKs"]:
        "“确认”标志：它亮着，ack 栏里的号码才算数。",
        "The flag “acknowledgment”: only while it is set does the number in the ack field count.";
    ["ack", "SEG.ACK", "确认号"] ["ack", "SEG.ACK", "acknowledgment number"]:
        "确认号：我等的是你的这个号码，在它之前的我都收到了。",
        "The acknowledgment number: the one I expect from you next. I have everything before it.";
    ["FIN"] ["FIN", "FINs"]:
        "“结束”标志：我的话说完了，但还听得见。它占一个序号，所以也要被确认。",
        "The flag “finished”: I have no more to say, but I still listen. It takes a sequence number, so it is acknowledged too.";
    ["RST"] ["RST", "RSTs"]:
        "“重置”标志：这个连接不存在，或者到此为止。它不需要确认，也没有确认。",
        "The flag “reset”: there is no such connection, or none any more. Nobody acknowledges it.";
    ["seq", "SEG.SEQ", "序号"] ["seq", "SEG.SEQ", "sequence number", "sequence numbers"]:
        "序号：这段话的第一个字节是我的第几个。32 位，数满了从头再来。",
        "The sequence number: which of my octets this one begins with. It has 32 bits and wraps around.";
    ["ISN", "ISS", "初始序号"] ["ISN", "ISS", "initial sequence number", "initial number"]:
        "初始序号：编号从哪里开始。它要难猜，免得旧报文或外人混进来。",
        "The initial sequence number. It should be hard to guess, so that neither old segments nor strangers fit in.";
    ["IRS"] ["IRS"]:
        "对方的初始序号，从它的 SYN 里抄下来的。",
        "The peer’s initial sequence number, copied from its SYN.";
    ["SND.NXT"] ["SND.NXT"]:
        "我下一个要发的序号。",
        "The next sequence number that I shall send.";
    ["SND.UNA"] ["SND.UNA"]:
        "我发过的序号里，最早还没被确认的那一个。",
        "The oldest sequence number of mine that has not been acknowledged.";
    ["RCV.NXT"] ["RCV.NXT"]:
        "我等着收的下一个序号；我发的 ack 就是它。",
        "The next sequence number that I expect; it is what my ack says.";
    ["SND.WND"] ["SND.WND"]:
        "对方还装得下多少字节，按它最近说的算。",
        "How many octets the peer has room for, by what it said last.";
    ["RCV.WND", "接收窗口"] ["RCV.WND", "receive window"]:
        "我还装得下多少字节。从 RCV.NXT 数起，数不到的就不收。",
        "How many octets I have room for, counted from RCV.NXT. What lies beyond is refused.";
    ["零窗口"] ["zero window", "closed window"]:
        "装不下了：窗口是 0。对方要停下来，隔一阵问一声。",
        "No room left: the window is 0. The peer has to stop, and asks from time to time.";
    ["MSS"] ["MSS"]:
        "最大段长：一个报文段里最多收多少字节数据。只能写在 SYN 里。",
        "Maximum segment size: how many octets of text I accept in one segment. Only a SYN may say it.";
    ["RTO", "重传定时器"] ["RTO", "retransmission timer", "Retransmission timer"]:
        "重传的等待时间：这么久没有确认，就再说一遍，下次等两倍。最初是 1 秒。",
        "How long to wait for an acknowledgment before saying it again, and then twice as long. At first it is one second.";
    ["2 MSL", "2MSL", "MSL"] ["2 MSL", "2MSL", "MSL"]:
        "MSL 是报文在网络里最多能活多久。等两倍，来回路上的旧报文就都没了。",
        "MSL is how long a segment can live in the network. After two of them, nothing old is left in either direction.";
    ["TCB"] ["TCB", "TCBs"]:
        "传输控制块：关于一个连接所记得的一切。没有它，就没有连接。",
        "Transmission control block: all that is remembered of a connection. Without it there is none.";
    ["半开"] ["half-open"]:
        "一方以为还连着，另一方已经忘了。谁先开口谁就会发现。",
        "One side still believes in the connection, the other has forgotten it. Whoever speaks first finds out.";
    ["挑战 ACK"] ["challenge ACK", "challenge ACKs"]:
        "号码可疑的 RST 或 SYN 不直接信，先回一个 ACK：真是你，就用对的号码再说（RFC 5961）。",
        "A RST or SYN with a doubtful number is not believed but answered with an ACK: if it was you, say it again with the right one (RFC 5961).";
    ["backlog", "半连接队列", "全连接队列"] ["backlog"]:
        "监听者替还没被取走的连接排的队；队满了，新来的就得等或者被丢掉。",
        "The listener’s queue of connections that nobody has accepted yet. When it is full, newcomers wait or are dropped.";
    ["SYN cookie", "SYN cookies"] ["SYN cookie", "SYN cookies"]:
        "不记任何东西，把要记的算进初始序号里；对方的 ACK 回来再验（RFC 4987）。",
        "Remember nothing and compute what you need into the initial number; the peer’s ACK brings it back (RFC 4987).";
    ["SYN 洪水", "SYN flood"] ["SYN flood"]:
        "发一大堆 SYN，却从不答第三句，让监听者的队排满。",
        "Many SYNs and never a third message, until the listener’s queue is full.";
    ["保活"] ["keep-alive", "Keep-alive"]:
        "很久没有动静，就发一个旧序号的空报文：还在的人会回一个 ACK。",
        "After a long silence, an empty segment with an old number: whoever is still there answers with an ACK.";
    ["重传"] ["retransmission", "retransmitted"]:
        "没等到确认，就把同样的序号再发一遍。收两遍没关系，序号认得出。",
        "The same sequence numbers sent again for want of an acknowledgment. Getting them twice does no harm: the numbers tell.";
    ["三次握手"] ["three-way handshake"]:
        "SYN、SYN,ACK、ACK：双方各报一个初始序号，各被确认一次。",
        "SYN; SYN,ACK; ACK: each side gives its initial number and has it acknowledged.";
    ["同时打开"] ["simultaneous open"]:
        "双方都先发了 SYN，在路上错过。TCP 照样只建一个连接。",
        "Both send a SYN first and they cross on the way. TCP makes one connection of it all the same.";
    ["被动打开", "被动 OPEN"] ["passive OPEN", "Passive OPEN"]:
        "只是等着，什么也不发；程序里叫 listen。",
        "Only waits and sends nothing; programs call it listen.";
    ["主动打开", "主动 OPEN"] ["active OPEN", "Active OPEN"]:
        "先开口，发出 SYN；程序里叫 connect。",
        "Speaks first and sends a SYN; programs call it connect.";
    ["PSH"] ["PSH"]:
        "“推送”标志：到这里为止的数据可以交给程序了，不必再等。",
        "The flag “push”: what has come so far may go to the program without waiting for more.";
    ["CLOSED"] ["CLOSED"]:
        "没有连接，也没有连接的记录。它不是真的状态，是没有状态。",
        "No connection and no record of one. It is less a state than the lack of any.";
    ["LISTEN"] ["LISTEN"]:
        "等着任何一方发来 SYN。",
        "Waits for a SYN from anybody.";
    ["SYN-SENT"] ["SYN-SENT"]:
        "发了 SYN，等对方的 SYN 和对自己的确认。",
        "Has sent a SYN; waits for the peer’s and for the acknowledgment of its own.";
    ["SYN-RECEIVED"] ["SYN-RECEIVED"]:
        "收到也发出了 SYN，就等自己的被确认。",
        "Has received a SYN and sent one; only its acknowledgment is missing.";
    ["ESTABLISHED"] ["ESTABLISHED"]:
        "连接已经建立，两边都可以收发数据。",
        "The connection is open: text can go both ways.";
    ["FIN-WAIT-1"] ["FIN-WAIT-1"]:
        "发了 FIN，还没有被确认。",
        "Has sent a FIN that is not acknowledged yet.";
    ["FIN-WAIT-2"] ["FIN-WAIT-2"]:
        "自己的 FIN 已被确认；对方还可以说，等它的 FIN。",
        "Its FIN is acknowledged. The peer may go on talking; its FIN is awaited.";
    ["CLOSE-WAIT"] ["CLOSE-WAIT"]:
        "收到了对方的 FIN，等自己的程序也说 CLOSE。",
        "Has received the peer’s FIN; waits for its own program to call CLOSE.";
    ["CLOSING"] ["CLOSING"]:
        "双方的 FIN 在路上错过，自己的还没被确认。",
        "Both FINs crossed on the way, and its own is not acknowledged yet.";
    ["LAST-ACK"] ["LAST-ACK"]:
        "后说再见的一方，等最后一个确认。",
        "The one who said goodbye second waits for the last acknowledgment.";
    ["TIME-WAIT"] ["TIME-WAIT"]:
        "都说完了，再等 2 MSL：最后的 ACK 若丢了可以补，旧报文也都散了。",
        "All is said. It waits 2 MSL, to repeat the last ACK if it got lost and to let old segments die.";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(told: &str, language: Language) -> Vec<&str> {
        let parts = explain(told, language, &mut Vec::new());
        let terms = parts.into_iter().filter_map(|part| match part {
            Part::Term(written, _) => Some(written),
            Part::Plain(_) => None,
        });
        terms.collect()
    }

    #[test]
    fn the_longest_term_wins() {
        let told = "A SYN in SYN-SENT; then a SYN,ACK.";
        assert_eq!(terms(told, Language::English), ["SYN", "SYN-SENT", "SYN,ACK"]);
        assert_eq!(terms("收到挑战 ACK", Language::Chinese), ["挑战 ACK"]);
        assert_eq!(terms("报文段", Language::Chinese), ["报文段"]);
    }

    #[test]
    fn each_is_explained_where_it_first_stands() {
        assert_eq!(terms("SYN, SYNs and SYN", Language::English), ["SYN"]);
        let mut known = Vec::new();
        explain("SYN", Language::Chinese, &mut known);
        assert_eq!(
            explain("又一个 SYN", Language::Chinese, &mut known),
            [Part::Plain("又一个 SYN")]
        );
    }

    #[test]
    fn a_term_is_a_word_of_its_own() {
        assert!(terms("Jack packs SYNONYMS into a track", Language::English).is_empty());
        assert_eq!(terms("发SYN给你", Language::Chinese), ["SYN"]);
        assert_eq!(terms("<SEQ=SND.NXT>", Language::English), ["SND.NXT"]);
    }

    #[test]
    fn nothing_is_lost_by_splitting() {
        for told in ["", "SYN", "a SYN", "ACK。ACK", "确认号是 ack，SYN-FOO"] {
            for language in Language::ALL {
                let parts = explain(told, language, &mut Vec::new());
                let text = |part| match part {
                    Part::Plain(text) | Part::Term(text, _) => text,
                };
                assert_eq!(parts.into_iter().map(text).collect::<String>(), told);
            }
        }
    }

    #[test]
    fn a_name_stands_for_one_term_and_every_state_is_one() {
        for language in Language::ALL {
            let mut names: Vec<&str> =
                TERMS.iter().flat_map(|term| term.names(language)).copied().collect();
            for state in handshake::State::ALL {
                assert!(names.contains(&state.name()), "{state}");
            }
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
