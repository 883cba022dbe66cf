//! The fields of a header, named and explained.

use crate::{Text, text};

/// A field in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct FieldWords {
    /// As it fits into the drawing.
    pub(crate) short: Text,
    /// Its name.
    pub(crate) name: Text,
    /// What it is for.
    pub(crate) meaning: Text,
}

const fn field(short: Text, name: Text, meaning: Text) -> FieldWords {
    FieldWords { short, name, meaning }
}

/// A field of an option, whose name needs no second, shorter one.
const fn option(name: Text, meaning: Text) -> FieldWords {
    field(name, name, meaning)
}

pub(crate) const SOURCE_PORT: FieldWords = field(
    text!("源端口", "src port"),
    text!("源端口", "source port"),
    text!("信从这个信箱寄出", "the pigeonhole that the letter left from"),
);
pub(crate) const DESTINATION_PORT: FieldWords = field(
    text!("目的端口", "dst port"),
    text!("目的端口", "destination port"),
    text!("信要投进这个信箱", "the pigeonhole that the letter is for"),
);
pub(crate) const SEQ: FieldWords = field(
    text!("序号 seq", "sequence number"),
    text!("序号", "sequence number"),
    text!(
        "正文第一个字节的号码；有 SYN 时是 SYN 自己的号码",
        "the number of the first byte of text, or of the SYN itself",
    ),
);
pub(crate) const ACK: FieldWords = field(
    text!("确认号 ack", "acknowledgment number"),
    text!("确认号", "acknowledgment number"),
    text!(
        "盼着对方的下一个号码，这之前的都收到了",
        "the peer’s number that comes next; all before it has arrived",
    ),
);
pub(crate) const ACK_UNUSED: FieldWords = field(
    ACK.short,
    ACK.name,
    text!("ACK 灯没亮，这一栏不算数", "means nothing while the ACK lamp is off"),
);
pub(crate) const DATA_OFFSET: FieldWords = field(
    text!("长", "off"),
    text!("数据偏移", "data offset"),
    text!("首部有几个 32 位的字", "how many words of 32 bits the header has"),
);
pub(crate) const RESERVED: FieldWords = field(
    text!("留", "rsv"),
    text!("保留位", "reserved"),
    text!("留给将来，现在都是 0", "kept for the future, and 0 until then"),
);
pub(crate) const WINDOW: FieldWords = field(
    text!("窗口", "window"),
    text!("窗口", "window"),
    text!("寄信人还装得下多少字节", "how many bytes its sender still has room for"),
);
pub(crate) const CHECKSUM: FieldWords = field(
    text!("校验和", "checksum"),
    text!("校验和", "checksum"),
    text!(
        "由地址、首部和正文算出，路上改了一位就对不上",
        "made of addresses, header and text: one bit damaged, and it no longer fits",
    ),
);
pub(crate) const URGENT_POINTER: FieldWords = field(
    text!("紧急指针", "urgent ptr"),
    text!("紧急指针", "urgent pointer"),
    text!("URG 灯亮时，急话到哪里为止", "where urgent text ends, when the URG lamp is on"),
);

/// A flag, by its place in the order of the header.
pub(crate) const FLAGS: [FieldWords; 8] = [
    flag("CWR", text!("我已经放慢了", "I have slowed down")),
    flag("ECE", text!("路上挤，你慢一点", "the road is crowded, slow down")),
    flag("URG", text!("紧急指针有效", "the urgent pointer counts")),
    flag("ACK", text!("确认号有效", "the acknowledgment number counts")),
    flag("PSH", text!("别攒着，马上交给程序", "do not hoard it, hand it on at once")),
    flag("RST", text!("这条连接不算数了", "this connection is off")),
    flag("SYN", text!("我的号码从这里数起", "my numbers begin here")),
    flag("FIN", text!("我的话说完了", "I have nothing more to say")),
];

const fn flag(name: &'static str, meaning: Text) -> FieldWords {
    option(Text::same(name), meaning)
}

pub(crate) const NOP: FieldWords =
    option(text!("nop", "nop"), text!("空选项，只为对齐", "no operation: it only fills up a word"));
pub(crate) const LENGTH: FieldWords = option(
    text!("len", "len"),
    text!("这个选项一共几个字节", "how many bytes the option has, with kind and length"),
);
pub(crate) const KIND_MSS: FieldWords =
    kind(text!("选项：最长报文段", "the option maximum segment size"));
pub(crate) const KIND_SCALE: FieldWords = kind(text!("选项：窗口扩大", "the option window scale"));
pub(crate) const KIND_SACK: FieldWords =
    kind(text!("选项：允许选择确认", "the option SACK-permitted"));
pub(crate) const KIND_TIMESTAMPS: FieldWords = kind(text!("选项：时间戳", "the option timestamps"));

const fn kind(meaning: Text) -> FieldWords {
    option(text!("kind", "kind"), meaning)
}

pub(crate) const MSS: FieldWords = option(
    text!("MSS", "MSS"),
    text!(
        "寄给我的一封信，正文最多几个字节",
        "the most bytes of text that a letter to me may hold"
    ),
);
pub(crate) const SHIFT: FieldWords = option(
    text!("shift", "shift"),
    text!("以后我的窗口要左移几位", "by how many bits to shift my later windows left"),
);
pub(crate) const TS_VALUE: FieldWords =
    option(text!("TSval", "TSval"), text!("寄出时我的钟", "my clock as the letter left"));
pub(crate) const TS_ECHO: FieldWords =
    option(text!("TSecr", "TSecr"), text!("把你的钟点还给你", "your clock, given back to you"));
