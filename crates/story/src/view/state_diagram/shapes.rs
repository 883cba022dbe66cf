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
    /// Half-way along the narrow line, where its step's number stands.
    pub(super) badge: (i32, i32),
    pub(super) label: LabelShape,
}

/// A line: where it begins, its way from there in SVG's path notation, and its arrow head.
pub(super) struct Line {
    pub(super) start: (i32, i32),
    pub(super) way: &'static str,
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
        wide: Line { start: (248, 18), way: "h-171q-9 0 -9 9v96", head: (68, 128, Heading::Down) },
        narrow: Line { start: (132, 14), way: "h-79q-9 0 -9 9v81", head: (44, 109, Heading::Down) },
        badge: (46, 17),
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
        wide: Line { start: (94, 128), way: "v-88q0 -9 9 -9h132", head: (240, 31, Heading::Right) },
        narrow: Line {
            start: (70, 109),
            way: "v-73q0 -9 9 -9h40",
            head: (124, 27, Heading::Right),
        },
        badge: (70, 45),
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
        wide: Line { start: (340, 18), way: "h159q9 0 9 9v35", head: (508, 67, Heading::Down) },
        narrow: Line { start: (212, 14), way: "h71q9 0 9 9v27", head: (292, 55, Heading::Down) },
        badge: (268, 14),
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
        wide: Line {
            start: (476, 67),
            way: "v-27q0 -9 -9 -9h-114",
            head: (348, 31, Heading::Left),
        },
        narrow: Line {
            start: (260, 55),
            way: "v-19q0 -9 -9 -9h-26",
            head: (220, 27, Heading::Left),
        },
        badge: (255, 28),
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
        wide: Line { start: (434, 80), way: "h-303q-9 0 -9 9v34", head: (122, 128, Heading::Down) },
        narrow: Line {
            start: (224, 68),
            way: "h-117q-9 0 -9 9v27",
            head: (98, 109, Heading::Down),
        },
        badge: (145, 68),
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
        wide: Line { start: (508, 93), way: "v30", head: (508, 128, Heading::Down) },
        narrow: Line { start: (292, 81), way: "v23", head: (292, 109, Heading::Down) },
        badge: (292, 93),
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
        wide: Line { start: (468, 128), way: "v-30", head: (468, 93, Heading::Up) },
        narrow: Line { start: (252, 109), way: "v-23", head: (252, 81, Heading::Up) },
        badge: (252, 98),
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
        wide: Line { start: (150, 141), way: "h279", head: (434, 141, Heading::Right) },
        narrow: Line { start: (120, 122), way: "h99", head: (224, 122, Heading::Right) },
        badge: (170, 122),
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
            start: (454, 154),
            way: "v10q0 9 -9 9h-306q-9 0 -9 9v14a5 5 0 0 0 0 10v35",
            head: (130, 246, Heading::Down),
        },
        narrow: Line {
            start: (238, 135),
            way: "v10q0 9 -9 9h-114q-9 0 -9 9v8a5 5 0 0 0 0 10v29",
            head: (106, 215, Heading::Down),
        },
        badge: (154, 154),
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
        wide: Line { start: (96, 154), way: "v38q0 9 9 9h124", head: (234, 201, Heading::Right) },
        narrow: Line { start: (72, 135), way: "v32q0 9 9 9h34", head: (120, 176, Heading::Right) },
        badge: (75, 174),
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
        wide: Line { start: (488, 154), way: "v38q0 9 -9 9h-120", head: (354, 201, Heading::Left) },
        narrow: Line {
            start: (272, 135),
            way: "v32q0 9 -9 9h-34",
            head: (224, 176, Heading::Left),
        },
        badge: (269, 174),
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
        wide: Line { start: (264, 216), way: "v29q0 9 -9 9h-100", head: (150, 254, Heading::Left) },
        narrow: Line { start: (142, 191), way: "v23q0 9 -9 9h-8", head: (120, 223, Heading::Left) },
        badge: (142, 214),
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
        wide: Line { start: (324, 216), way: "v34q0 9 9 9h96", head: (434, 259, Heading::Right) },
        narrow: Line { start: (202, 191), way: "v28q0 9 9 9h8", head: (224, 228, Heading::Right) },
        badge: (202, 216),
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
        wide: Line { start: (58, 272), way: "v25", head: (58, 302, Heading::Down) },
        narrow: Line { start: (34, 241), way: "v19", head: (34, 265, Heading::Down) },
        badge: (34, 251),
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
        wide: Line { start: (150, 266), way: "h139q9 0 9 9v22", head: (298, 302, Heading::Down) },
        narrow: Line { start: (120, 235), way: "h41q9 0 9 9v16", head: (170, 265, Heading::Down) },
        badge: (156, 235),
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
        wide: Line { start: (138, 272), way: "v79", head: (138, 356, Heading::Down) },
        narrow: Line { start: (110, 241), way: "v67", head: (110, 313, Heading::Down) },
        badge: (110, 275),
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
        wide: Line { start: (50, 328), way: "v32q0 9 9 9h58", head: (122, 369, Heading::Right) },
        narrow: Line { start: (26, 291), way: "v26q0 9 9 9h38", head: (78, 326, Heading::Right) },
        badge: (34, 326),
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
        wide: Line { start: (298, 328), way: "v26q0 9 -9 9h-55", head: (229, 363, Heading::Left) },
        narrow: Line { start: (190, 291), way: "v23q0 6 -6 6h-6", head: (173, 320, Heading::Left) },
        badge: (190, 310),
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
        wide: Line { start: (222, 374), way: "h207", head: (434, 374, Heading::Right) },
        narrow: Line { start: (166, 331), way: "h53", head: (224, 331, Heading::Right) },
        badge: (193, 331),
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
        wide: Line { start: (488, 272), way: "v25", head: (488, 302, Heading::Down) },
        narrow: Line { start: (272, 241), way: "v19", head: (272, 265, Heading::Down) },
        badge: (272, 251),
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
        wide: Line { start: (488, 328), way: "v23", head: (488, 356, Heading::Down) },
        narrow: Line { start: (272, 291), way: "v17", head: (272, 313, Heading::Down) },
        badge: (272, 300),
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

#[cfg(test)]
mod tests {
    use super::*;

    type Point = (f64, f64);

    fn between(from: Point, to: Point, done: f64) -> Point {
        (from.0 + (to.0 - from.0) * done, from.1 + (to.1 - from.1) * done)
    }

    /// A point of a Bézier curve with these control points, after de Casteljau.
    fn on_curve(mut points: Vec<Point>, done: f64) -> Point {
        while points.len() > 1 {
            points = points.windows(2).map(|ends| between(ends[0], ends[1], done)).collect();
        }
        points[0]
    }

    /// Points along a line, close together. An arc counts as the short way across.
    fn points(line: &Line) -> Vec<Point> {
        let mut points = vec![(f64::from(line.start.0), f64::from(line.start.1))];
        for (at, command) in line.way.char_indices().filter(|(_, sign)| sign.is_alphabetic()) {
            let rest = &line.way[at + 1..];
            let rest = rest.split(char::is_alphabetic).next().unwrap();
            let numbers: Vec<f64> = rest.split(' ').map(|number| number.parse().unwrap()).collect();
            let from = *points.last().unwrap();
            let moved = |pair: &[f64]| (from.0 + pair[0], from.1 + pair[1]);
            let mut curve = vec![from];
            match (command, &numbers[..]) {
                ('h', [x]) => curve.push(moved(&[*x, 0.0])),
                ('v', [y]) => curve.push(moved(&[0.0, *y])),
                ('q', [_, _, _, _]) => curve.extend(numbers.chunks(2).map(moved)),
                ('a', [_, _, _, _, _, x, y]) => curve.push(moved(&[*x, *y])),
                _ => panic!("{command} in {}", line.way),
            }
            points.extend((1..=64).map(|piece| on_curve(curve.clone(), f64::from(piece) / 64.0)));
        }
        points
    }

    #[test]
    fn a_line_leads_to_its_head() {
        for line in EDGES.iter().flat_map(|shape| [&shape.wide, &shape.narrow]) {
            let (x, y, heading) = line.head;
            let before = match heading {
                Heading::Up => (x, y + 5),
                Heading::Down => (x, y - 5),
                Heading::Left => (x + 5, y),
                Heading::Right => (x - 5, y),
            };
            let end = *points(line).last().unwrap();
            assert_eq!(end, (f64::from(before.0), f64::from(before.1)), "{}", line.way);
        }
    }

    #[test]
    fn a_badge_has_as_much_line_before_it_as_behind() {
        for EdgeShape { narrow, badge, .. } in &EDGES {
            let points = points(narrow);
            let lengths: Vec<f64> = points
                .windows(2)
                .map(|ends| (ends[1].0 - ends[0].0).hypot(ends[1].1 - ends[0].1))
                .collect();
            let away =
                |point: &Point| (point.0 - f64::from(badge.0)).hypot(point.1 - f64::from(badge.1));
            let nearest = (0..points.len())
                .min_by(|one, other| away(&points[*one]).total_cmp(&away(&points[*other])));
            let (before, behind) = lengths.split_at(nearest.unwrap());
            let [before, behind] = [before, behind].map(|part| part.iter().sum::<f64>());
            assert!(away(&points[nearest.unwrap()]) < 1.0, "{}", narrow.way);
            assert!((before - behind).abs() < 4.0, "{}: {before} {behind}", narrow.way);
        }
    }
}
