//! The drawing of figure 5: where each state and each transition stands, wide and narrow. The way
//! from FIN-WAIT-1 to TIME-WAIT, which note 2 of the figure says that it leaves out, has a place
//! as well.
//!
//! The side that speaks first walks down the left flank, the side that answers down the right one.

use handshake::State;

use super::{Anchor, Heading};
use crate::{Text, text};

/// One state's place in both drawings.
pub(super) struct NodeShape {
    pub(super) state: State,
    /// CLOSED stands twice, at the beginning and at the end.
    pub(super) ghost: bool,
    pub(super) wide: Frame,
    pub(super) narrow: Frame,
}

/// A place: left, top, width, height.
pub(super) type Frame = (i32, i32, i32, i32);

/// One transition's line in both drawings, and its label in the wide one.
pub(super) struct EdgeShape {
    pub(super) from: State,
    pub(super) to: State,
    pub(super) wide: Line,
    pub(super) narrow: Line,
    pub(super) label: LabelShape,
}

/// A line in SVG's path notation, and its arrow head.
pub(super) struct Line {
    pub(super) path: &'static str,
    pub(super) head: (i32, i32, Heading),
}

/// A label: the event, and the action where there is one.
pub(super) struct LabelShape {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) anchor: Anchor,
    /// The action stands below the event, not behind it.
    pub(super) stacked: bool,
    pub(super) event: Text,
    pub(super) action: Option<Text>,
}

/// The frames leave room for the tokens beside the outermost states.
pub(super) const WIDE_FRAME: Frame = (0, 0, 588, 386);
pub(super) const NARROW_FRAME: Frame = (-6, 0, 356, 344);

const fn node(state: State, wide: Frame, narrow: Frame) -> NodeShape {
    NodeShape { state, ghost: false, wide, narrow }
}

pub(super) const NODES: [NodeShape; 12] = [
    node(State::Closed, (240, 11, 108, 26), (124, 7, 96, 26)),
    node(State::Listen, (434, 67, 108, 26), (224, 55, 96, 26)),
    node(State::SynSent, (42, 128, 108, 26), (24, 109, 96, 26)),
    node(State::SynReceived, (434, 128, 108, 26), (224, 109, 96, 26)),
    node(State::Established, (234, 186, 120, 30), (120, 161, 104, 30)),
    node(State::FinWait1, (42, 246, 108, 26), (24, 215, 96, 26)),
    node(State::CloseWait, (434, 246, 108, 26), (224, 215, 96, 26)),
    node(State::FinWait2, (16, 302, 108, 26), (10, 265, 96, 26)),
    node(State::Closing, (244, 302, 108, 26), (122, 265, 96, 26)),
    node(State::LastAck, (434, 302, 108, 26), (224, 265, 96, 26)),
    node(State::TimeWait, (122, 356, 108, 26), (78, 313, 96, 26)),
    NodeShape { ghost: true, ..node(State::Closed, (434, 356, 108, 26), (224, 313, 96, 26)) },
];

pub(super) const EDGES: [EdgeShape; 21] = [
    EdgeShape {
        from: State::Closed,
        to: State::SynSent,
        wide: Line { path: "M248 18L77 18Q68 18 68 27L68 123", head: (68, 128, Heading::Down) },
        narrow: Line { path: "M132 14L53 14Q44 14 44 23L44 104", head: (44, 109, Heading::Down) },
        label: LabelShape {
            x: 150,
            y: 12,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("主动 OPEN", "active OPEN"),
            action: Some(text!("发 SYN", "snd SYN")),
        },
    },
    EdgeShape {
        from: State::SynSent,
        to: State::Closed,
        wide: Line { path: "M94 128L94 40Q94 31 103 31L235 31", head: (240, 31, Heading::Right) },
        narrow: Line { path: "M70 109L70 36Q70 27 79 27L119 27", head: (124, 27, Heading::Right) },
        label: LabelShape {
            x: 160,
            y: 44,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("CLOSE", "CLOSE"),
            action: Some(text!("删 TCB", "delete TCB")),
        },
    },
    EdgeShape {
        from: State::Closed,
        to: State::Listen,
        wide: Line { path: "M340 18L499 18Q508 18 508 27L508 62", head: (508, 67, Heading::Down) },
        narrow: Line {
            path: "M212 14L283 14Q292 14 292 23L292 50",
            head: (292, 55, Heading::Down),
        },
        label: LabelShape {
            x: 446,
            y: 12,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("被动 OPEN", "passive OPEN"),
            action: Some(text!("建 TCB", "create TCB")),
        },
    },
    EdgeShape {
        from: State::Listen,
        to: State::Closed,
        wide: Line { path: "M476 67L476 40Q476 31 467 31L353 31", head: (348, 31, Heading::Left) },
        narrow: Line {
            path: "M260 55L260 36Q260 27 251 27L225 27",
            head: (220, 27, Heading::Left),
        },
        label: LabelShape {
            x: 420,
            y: 44,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("CLOSE", "CLOSE"),
            action: Some(text!("删 TCB", "delete TCB")),
        },
    },
    EdgeShape {
        from: State::Listen,
        to: State::SynSent,
        wide: Line {
            path: "M434 80L131 80Q122 80 122 89L122 123",
            head: (122, 128, Heading::Down),
        },
        narrow: Line { path: "M224 68L107 68Q98 68 98 77L98 104", head: (98, 109, Heading::Down) },
        label: LabelShape {
            x: 294,
            y: 74,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("SEND 或 OPEN", "SEND or OPEN"),
            action: Some(text!("发 SYN", "snd SYN")),
        },
    },
    EdgeShape {
        from: State::Listen,
        to: State::SynReceived,
        wide: Line { path: "M508 93L508 123", head: (508, 128, Heading::Down) },
        narrow: Line { path: "M292 81L292 104", head: (292, 109, Heading::Down) },
        label: LabelShape {
            x: 515,
            y: 107,
            anchor: Anchor::Start,
            stacked: true,
            event: text!("收 SYN", "rcv SYN"),
            action: Some(text!("发 SYN,ACK", "snd SYN,ACK")),
        },
    },
    EdgeShape {
        from: State::SynReceived,
        to: State::Listen,
        wide: Line { path: "M468 128L468 98", head: (468, 93, Heading::Up) },
        narrow: Line { path: "M252 109L252 86", head: (252, 81, Heading::Up) },
        label: LabelShape {
            x: 461,
            y: 114,
            anchor: Anchor::End,
            stacked: false,
            event: text!("收 RST", "rcv RST"),
            action: None,
        },
    },
    EdgeShape {
        from: State::SynSent,
        to: State::SynReceived,
        wide: Line { path: "M150 141L429 141", head: (434, 141, Heading::Right) },
        narrow: Line { path: "M120 122L219 122", head: (224, 122, Heading::Right) },
        label: LabelShape {
            x: 294,
            y: 135,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("收 SYN", "rcv SYN"),
            action: Some(text!("发 SYN,ACK", "snd SYN,ACK")),
        },
    },
    EdgeShape {
        from: State::SynReceived,
        to: State::FinWait1,
        wide: Line {
            path: "M454 154L454 164Q454 173 445 173L139 173Q130 173 130 182L130 196A5 5 0 0 0 130 206L130 241",
            head: (130, 246, Heading::Down),
        },
        narrow: Line {
            path: "M238 135L238 145Q238 154 229 154L115 154Q106 154 106 163L106 171A5 5 0 0 0 106 181L106 210",
            head: (106, 215, Heading::Down),
        },
        label: LabelShape {
            x: 294,
            y: 167,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("CLOSE", "CLOSE"),
            action: Some(text!("发 FIN", "snd FIN")),
        },
    },
    EdgeShape {
        from: State::SynSent,
        to: State::Established,
        wide: Line {
            path: "M96 154L96 192Q96 201 105 201L229 201",
            head: (234, 201, Heading::Right),
        },
        narrow: Line {
            path: "M72 135L72 167Q72 176 81 176L115 176",
            head: (120, 176, Heading::Right),
        },
        label: LabelShape {
            x: 89,
            y: 173,
            anchor: Anchor::End,
            stacked: true,
            event: text!("收 SYN,ACK", "rcv SYN,ACK"),
            action: Some(text!("发 ACK", "snd ACK")),
        },
    },
    EdgeShape {
        from: State::SynReceived,
        to: State::Established,
        wide: Line {
            path: "M488 154L488 192Q488 201 479 201L359 201",
            head: (354, 201, Heading::Left),
        },
        narrow: Line {
            path: "M272 135L272 167Q272 176 263 176L229 176",
            head: (224, 176, Heading::Left),
        },
        label: LabelShape {
            x: 478,
            y: 195,
            anchor: Anchor::End,
            stacked: false,
            event: text!("收 SYN 的 ACK", "rcv ACK of SYN"),
            action: None,
        },
    },
    EdgeShape {
        from: State::Established,
        to: State::FinWait1,
        wide: Line {
            path: "M264 216L264 245Q264 254 255 254L155 254",
            head: (150, 254, Heading::Left),
        },
        narrow: Line {
            path: "M142 191L142 214Q142 223 133 223L125 223",
            head: (120, 223, Heading::Left),
        },
        label: LabelShape {
            x: 208,
            y: 243,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("CLOSE", "CLOSE"),
            action: Some(text!("发 FIN", "snd FIN")),
        },
    },
    EdgeShape {
        from: State::Established,
        to: State::CloseWait,
        wide: Line {
            path: "M324 216L324 250Q324 259 333 259L429 259",
            head: (434, 259, Heading::Right),
        },
        narrow: Line {
            path: "M202 191L202 219Q202 228 211 228L219 228",
            head: (224, 228, Heading::Right),
        },
        label: LabelShape {
            x: 379,
            y: 246,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("收 FIN", "rcv FIN"),
            action: Some(text!("发 ACK", "snd ACK")),
        },
    },
    EdgeShape {
        from: State::FinWait1,
        to: State::FinWait2,
        wide: Line { path: "M58 272L58 297", head: (58, 302, Heading::Down) },
        narrow: Line { path: "M34 241L34 260", head: (34, 265, Heading::Down) },
        label: LabelShape {
            x: 65,
            y: 285,
            anchor: Anchor::Start,
            stacked: true,
            event: text!("收 FIN", "rcv ACK"),
            action: Some(text!("的 ACK", "of FIN")),
        },
    },
    EdgeShape {
        from: State::FinWait1,
        to: State::Closing,
        wide: Line {
            path: "M150 266L289 266Q298 266 298 275L298 297",
            head: (298, 302, Heading::Down),
        },
        narrow: Line {
            path: "M120 235L161 235Q170 235 170 244L170 260",
            head: (170, 265, Heading::Down),
        },
        label: LabelShape {
            x: 219,
            y: 279,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("收 FIN", "rcv FIN"),
            action: Some(text!("发 ACK", "snd ACK")),
        },
    },
    EdgeShape {
        from: State::FinWait1,
        to: State::TimeWait,
        wide: Line { path: "M138 272L138 351", head: (138, 356, Heading::Down) },
        narrow: Line { path: "M110 241L110 308", head: (110, 313, Heading::Down) },
        label: LabelShape {
            x: 153,
            y: 312,
            anchor: Anchor::Start,
            stacked: true,
            event: text!("收 FIN,ACK", "rcv FIN,ACK"),
            action: Some(text!("发 ACK", "snd ACK")),
        },
    },
    EdgeShape {
        from: State::FinWait2,
        to: State::TimeWait,
        wide: Line {
            path: "M50 328L50 360Q50 369 59 369L117 369",
            head: (122, 369, Heading::Right),
        },
        narrow: Line {
            path: "M26 291L26 317Q26 326 35 326L73 326",
            head: (78, 326, Heading::Right),
        },
        label: LabelShape {
            x: 57,
            y: 342,
            anchor: Anchor::Start,
            stacked: true,
            event: text!("收 FIN", "rcv FIN"),
            action: Some(text!("发 ACK", "snd ACK")),
        },
    },
    EdgeShape {
        from: State::Closing,
        to: State::TimeWait,
        wide: Line {
            path: "M298 328L298 354Q298 363 289 363L234 363",
            head: (229, 363, Heading::Left),
        },
        narrow: Line {
            path: "M190 291L190 314Q190 320 184 320L178 320",
            head: (173, 320, Heading::Left),
        },
        label: LabelShape {
            x: 305,
            y: 346,
            anchor: Anchor::Start,
            stacked: false,
            event: text!("收 FIN 的 ACK", "rcv ACK of FIN"),
            action: None,
        },
    },
    EdgeShape {
        from: State::TimeWait,
        to: State::Closed,
        wide: Line { path: "M222 374L429 374", head: (434, 374, Heading::Right) },
        narrow: Line { path: "M166 331L219 331", head: (224, 331, Heading::Right) },
        label: LabelShape {
            x: 352,
            y: 368,
            anchor: Anchor::Middle,
            stacked: false,
            event: text!("2 MSL 到", "2 MSL over"),
            action: Some(text!("删 TCB", "delete TCB")),
        },
    },
    EdgeShape {
        from: State::CloseWait,
        to: State::LastAck,
        wide: Line { path: "M488 272L488 297", head: (488, 302, Heading::Down) },
        narrow: Line { path: "M272 241L272 260", head: (272, 265, Heading::Down) },
        label: LabelShape {
            x: 495,
            y: 283,
            anchor: Anchor::Start,
            stacked: true,
            event: text!("CLOSE", "CLOSE"),
            action: Some(text!("发 FIN", "snd FIN")),
        },
    },
    EdgeShape {
        from: State::LastAck,
        to: State::Closed,
        wide: Line { path: "M488 328L488 351", head: (488, 356, Heading::Down) },
        narrow: Line { path: "M272 291L272 308", head: (272, 313, Heading::Down) },
        label: LabelShape {
            x: 495,
            y: 346,
            anchor: Anchor::Start,
            stacked: false,
            event: text!("收 FIN 的 ACK", "rcv ACK of FIN"),
            action: None,
        },
    },
];
