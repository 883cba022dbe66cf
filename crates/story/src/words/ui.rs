//! What buttons, headings and remarks of the page say.

use handshake::Side;

use crate::{Language, Text, text};

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        $(
            #[doc = concat!("“", $en, "”")]
            pub const $name: Text = text!($zh, $en);
        )+
        /// All of them, for a test that looks at each.
        pub const ALL: &[(&str, Text)] = &[$((stringify!($name), $name),)+];
    };
}

texts! {
    TITLE: "TCP 爱情故事", "A TCP Love Story";
    LANGUAGE_SWITCH: "English", "中文";
    NEXT: "下一步", "Next";
    BACK: "上一步", "Back";
    FIRST: "回到开头", "To the start";
    LAST: "跳到结尾", "To the end";
    PLAY: "播放", "Play";
    PAUSE: "暂停", "Pause";
    RESTART: "再讲一遍", "Tell it again";
    PROGRESS: "故事进度", "Progress of the story";
    CONTROLS: "播放控制", "Player";
    SPEED: "速度", "Speed";
    NUMBERS: "号码", "Numbers";
    RELATIVE: "相对", "Relative";
    SYMBOLIC: "符号", "Symbolic";
    REAL: "真实", "Real";
    PLAYING: "播放时", "Playing";
    PAUSES: "每一步停一停", "Pause at each step";
    SOUND: "信到了，响一声", "Ding when a letter lands";
    LENS: "看法", "Lens";
    LOVE: "心里话", "Love";
    TCP: "说 TCP", "TCP";
    THEME: "颜色：", "Colours: ";
    THEME_SYSTEM: "跟随系统", "as your system";
    THEME_LIGHT: "白天", "day";
    THEME_DARK: "夜里", "night";
    THEME_PROJECTOR: "投影", "projector";
    SHARE: "分享这一刻", "Share this moment";
    LINK_COPIED: "链接复制好了", "Link copied";
    LINK: "把这个链接发给别人：", "Copy this link:";
    HELP: "帮助与按键", "Help and keys";
    HELP_INTRO: "每条短信就是一个 TCP 报文段，由真正的状态机算出来。飞在空中的信可以送达、弄丢、拖延、复制；手机下面的按钮随时可以按。带点线的词，点一下就有解释。", "Every text message is a TCP segment, worked out by a real state machine. A letter in the air can be delivered, lost, delayed or copied, and the buttons below the phones work at any time. Words on a dotted line explain themselves.";
    KEYS: "按键", "Keys";
    SINGLE_KEYS: "启用字符键（字母、数字、符号）", "Use character keys (letters, digits, signs)";
    SINGLE_KEYS_WHY: "用语音输入的人可以关掉，免得一说话就触发。方向键和空格一直有效。", "Switch them off if you dictate and words set them off. Arrows and Space always work.";
    NOT_KEPT: "这里不能保存设置，关掉页面就忘了。", "Settings cannot be kept here: they last as long as the page.";
    CLOSE: "关上", "Close";
    KEY_PLAY: "播放、暂停", "play, pause";
    KEY_NEXT: "下一步", "next step";
    KEY_BACK: "上一步", "step back";
    KEY_FIRST: "到开头", "to the start";
    KEY_LAST: "到结尾", "to the end";
    KEY_TENTHS: "跳到十分之几处", "jump by tenths";
    KEY_SLOWER: "慢一点", "slower";
    KEY_FASTER: "快一点", "faster";
    KEY_LANGUAGE: "换语言", "other language";
    KEY_LENS: "换看法：心里话、TCP", "other lens: love, TCP";
    KEY_NUMBERS: "换号码写法", "numbers another way";
    KEY_SOUND: "声音开、关", "sound on, off";
    KEY_HELP: "打开帮助", "this help";
    KEY_CLOSE: "关上帮助、解释或链接", "close help, a note or a link";
    RULE: "规则", "Rule";
    LEFT_OUT: "故事没说的", "What the story leaves out";
    CHECKS: "依次查看", "Checked in turn";
    DELIVER: "送达", "Deliver";
    LOSE: "弄丢", "Lose";
    DELAY: "拖延", "Delay";
    COPY: "复制", "Copy";
    IN_FLIGHT: "在半路", "in flight";
    SENT: "已发出", "sent";
    AWAITING: "等回音", "no answer yet";
    ACKNOWLEDGED: "对方听见了", "heard";
    IN_THE_AIR: "路上", "flying";
    ARRIVED: "已到", "arrived";
    TURNED_AWAY: "没进门", "turned away";
    LOST: "丢了", "lost";
    NO_ANSWER: "还没有回音……", "no answer yet …";
    CHAT: "聊天", "Chat";
    FIELDS: "首部", "Fields";
    STATES: "状态", "States";
    LADDER: "时序", "Ladder";
    FIGURE_1: "图一", "Fig. 1";
    FIGURE_2: "图二", "Fig. 2";
    FIGURE_3: "图三", "Fig. 3";
    ENVELOPE: "信封（报文段首部）", "The envelope (a\u{a0}header)";
    THE_STATES: "状态", "The states";
    THE_LADDER: "时序", "The ladder";
    TO_SCALE: "时间向下，按比例", "time runs down, to scale";
    WALKED: "走过", "walked";
    AHEAD: "下一步", "next";
    LEADS_TO: "到", "to";
    NOT_YET: "还没发生", "not yet";
    NOW: "此刻", "now";
    NO_LETTER: "还没有信。第一封上路时，这里会拆开给你看。", "No letter yet. The first one on its way will be opened here.";
    LAMPS: "标志位", "Flags";
    LAMP_ON: "亮", "on";
    LAMP_OFF: "灭", "off";
    BACK_TO_STORY: "回到原来的故事", "Back to the story as written";
    VIEWS: "四种看法", "Four views";
    SETTINGS: "设置", "Settings";
    NOTES: "规则与没说的", "Rule and notes";
    OUTSIDE: "虚线：图五没画的路", "dashed: not in figure 5";
    BROKEN: "这一页没能打开。", "This page could not be opened.";
}

/// Which step of how many, for a screen reader.
pub fn step_of(place: usize, steps: usize, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("第 {place} 步，共 {steps} 步"),
        Language::English => format!("Step {place} of {steps}"),
    }
}

/// A letter's title in its menu.
pub fn letter_title(numeral: &str, language: Language) -> String {
    format!("{numeral} {}", IN_FLIGHT.to(language))
}

/// From whom a message goes to whom, and how long its header is.
pub fn route(from: &str, to: &str, octets: u16, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("{from} → {to} · {octets} 字节"),
        Language::English => format!("{from} → {to} · {octets} bytes"),
    }
}

/// What an acknowledgment lamp means, said under the lamps.
pub fn lamp_note(acknowledges: bool, language: Language) -> &'static str {
    let note = if acknowledges {
        text!(
            "ACK 灯亮着，表示 ack 这个号码有效。",
            "The ACK lamp says that the ack number is valid.",
        )
    } else {
        text!(
            "ACK 灯没亮，ack 栏里的数字不算数。",
            "The ACK lamp is off, so the ack field means nothing.",
        )
    };
    note.to(language)
}

/// How full a listener's queues are: of those half answered, and of those who wait for ACCEPT.
pub fn queues(half_open: (usize, u8), waiting: (usize, u8), language: Language) -> String {
    let ((half, halves), (open, opens)) = (half_open, waiting);
    match language.here() {
        Language::Chinese => {
            format!("答应一半\u{a0}{half}/{halves} · 门口排队\u{a0}{open}/{opens}")
        }
        Language::English => {
            format!("half\u{a0}answered\u{a0}{half}/{halves} · in\u{a0}line\u{a0}{open}/{opens}")
        }
    }
}

/// About how many minutes so many steps take to read, at twenty seconds each.
pub fn minutes(steps: usize) -> usize {
    (steps * 20).div_ceil(60).max(1)
}

/// How many steps a scene has and about how long it takes.
pub fn length(steps: usize, language: Language) -> String {
    let minutes = minutes(steps);
    match language.here() {
        Language::Chinese => format!("{steps} 步 · 约 {minutes} 分钟"),
        Language::English if steps == 1 => format!("1 step · {minutes} min"),
        Language::English => format!("{steps} steps · {minutes} min"),
    }
}

/// How far a letter has flown.
pub fn flown(millis: u64, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("已走 {millis} ms"),
        Language::English => format!("{millis} ms flown"),
    }
}

/// How far a letter has left to fly.
pub fn to_go(millis: u64, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("还有 {millis} ms"),
        Language::English => format!("{millis} ms to go"),
    }
}

/// How many letters are in the air beside those that are drawn.
pub fn more_letters(count: usize, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("路上还有 {count} 封"),
        Language::English if count == 1 => "one more letter in flight".to_owned(),
        Language::English => format!("{count} more letters in flight"),
    }
}

/// What shows the messages before the newest, in a long chat.
pub fn earlier_messages(count: usize, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("看更早的 {count} 条"),
        Language::English if count == 1 => "Show one earlier message".to_owned(),
        Language::English => format!("Show {count} earlier messages"),
    }
}

/// Whose state changes next.
pub fn goes_next(side: Side, language: Language) -> String {
    let name = super::name(side).to(language);
    match language.here() {
        Language::Chinese => format!("接下来{name}"),
        Language::English => format!("{name} goes next"),
    }
}

/// A state diagram's or ladder's name for a screen reader, with both states.
pub fn both_states(t: &str, p: &str, language: Language) -> String {
    match language.here() {
        Language::Chinese => format!("小T在 {t}，小P在 {p}"),
        Language::English => format!("T is in {t}, P is in {p}"),
    }
}
