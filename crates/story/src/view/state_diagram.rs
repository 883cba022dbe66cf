//! The state diagram: all states and every transition of RFC 9293's figure 5, with both sides'
//! tokens, the way they came and the way that is next.

mod shapes;
mod ways;

use handshake::{Choice, PacketId, Rule, Side, State, Step, Trace};

pub use self::ways::WayOut;

use self::shapes::{EDGES, EdgeShape, Line, NARROW_FRAME, NODES, NodeShape, WIDE_FRAME};
use self::ways::ways_out;
use crate::{Language, Position, words};

/// The diagram at one position of a run. Coordinates are pixels of the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagram {
    /// Its left edge, top, width and height.
    pub frame: (i32, i32, i32, i32),
    /// The states; CLOSED stands a second time, at the end.
    pub nodes: Vec<DiagramNode>,
    /// The transitions of the figure, and those outside it that were taken.
    pub edges: Vec<DiagramEdge>,
    /// Where each side is.
    pub tokens: Vec<Token>,
    /// The change of state that comes next.
    pub ahead: Option<Ahead>,
}

/// A change of state that is still to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// Who changes.
    pub side: Side,
    /// What sets it off, and what is done about it, where figure 5 says so.
    pub way: Option<WayOut>,
    /// The state that is entered.
    pub to: State,
}

/// One state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiagramNode {
    /// Which.
    pub state: State,
    /// Is it the CLOSED at the end, drawn again?
    pub ghost: bool,
    /// Left, top, width, height.
    pub place: (i32, i32, i32, i32),
    /// Who is there now.
    pub here: Vec<Side>,
    /// What it feels like.
    pub feeling: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How one leaves it.
    pub ways: Vec<WayOut>,
}

/// One transition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiagramEdge {
    /// Where it leads from.
    pub from: State,
    /// Where it leads to.
    pub to: State,
    /// Where its line begins.
    pub start: (i32, i32),
    /// Its way from there, in SVG's path notation, by relative commands: so that a token can walk
    /// on it that is drawn from somewhere else.
    pub way: String,
    /// The arrow head: its point and where it points.
    pub head: Option<(i32, i32, Heading)>,
    /// Its label; none in the narrow drawing and outside the figure.
    pub label: Option<DiagramLabel>,
    /// Who went this way last.
    pub walked: Option<Side>,
    /// Have both gone this way?
    pub both: bool,
    /// The step in which that happened.
    pub walked_at: Option<usize>,
    /// Where that step's number stands: half-way along, and only where there are no labels.
    pub badge: Option<(i32, i32)>,
    /// The messages of that step: what arrived, and what was sent.
    pub packets: Vec<PacketId>,
    /// Does figure 5 leave it out?
    pub outside: bool,
    /// Who goes this way next, if time alone decides.
    pub next: Option<Side>,
}

impl DiagramEdge {
    /// The line, in SVG's path notation.
    pub fn path(&self) -> String {
        path(self.start, &self.way)
    }
}

/// What stands beside a transition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DiagramLabel {
    /// Where, across.
    pub x: i32,
    /// Where, down.
    pub y: i32,
    /// Which end of the text stands there.
    pub anchor: Anchor,
    /// The action stands below the event, not behind it.
    pub stacked: bool,
    /// What happens.
    pub event: &'static str,
    /// What is done about it.
    pub action: Option<&'static str>,
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Where an arrow head points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heading {
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A side's token beside its state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Whose.
    pub side: Side,
    /// Its middle, across.
    pub x: i32,
    /// Its middle, down.
    pub y: i32,
    /// The way on which it came in the last step, seen from where it is now, in path notation.
    pub walk: Option<String>,
}

/// How far a token's middle stands from its state.
const TOKEN_GAP: i32 = 15;

/// The diagram at a position; `narrow` asks for the drawing that fits a phone.
pub fn state_diagram(
    trace: &Trace,
    position: Position,
    language: Language,
    narrow: bool,
) -> Diagram {
    let world = trace.world_at(position.place);
    let state_of = |side: Side| world.end(side).state();
    let walked = walked(trace, position.place);
    let next = next(trace, position.place);
    let nodes: Vec<DiagramNode> = NODES
        .iter()
        .map(|shape| DiagramNode {
            state: shape.state,
            ghost: shape.ghost,
            place: place_of(shape, narrow),
            here: Side::BOTH
                .into_iter()
                .filter(|&side| !shape.ghost && state_of(side) == shape.state)
                .collect(),
            feeling: words::feeling(shape.state).to(language),
            meaning: words::meaning(shape.state).to(language),
            ways: ways_out(shape.state, language),
        })
        .collect();
    let mut edges: Vec<DiagramEdge> =
        EDGES.iter().map(|shape| edge(shape, &walked, next.as_ref(), language, narrow)).collect();
    edges.extend(outside_the_figure(&walked, &nodes, narrow));
    let just_walked = edges.iter().find(|edge| edge.walked_at == Some(position.place));
    let tokens = Side::BOTH
        .into_iter()
        .filter_map(|side| {
            let node = nodes.iter().find(|node| node.here.contains(&side))?;
            let walk = just_walked.filter(|edge| edge.walked == Some(side));
            Some(token(side, node.place, walk))
        })
        .collect();
    let frame = if narrow { NARROW_FRAME } else { WIDE_FRAME };
    let ahead = next.map(|step| ahead(&step, language));
    Diagram { frame, nodes, edges, tokens, ahead }
}

/// One change of state in a run.
#[derive(Clone, PartialEq, Eq)]
struct Move {
    side: Side,
    from: State,
    to: State,
    place: usize,
    /// What arrived in this step, and what was sent.
    packets: Vec<PacketId>,
    /// Does figure 5 draw it? A reset, a time-out or an ABORT may lead where one of its edges leads
    /// as well, but not along it.
    drawn: bool,
}

/// The transition that note 2 of figure 5 says is left out of it.
const LEFT_OUT: (State, State) = (State::FinWait1, State::TimeWait);

/// The rules that lead from one state to another in ways that figure 5 does not draw.
const OUTSIDE: [Rule; 22] = [
    Rule::Abort,
    Rule::AbortClosing,
    Rule::AbortUnheard,
    Rule::AckRefused,
    Rule::CloseListener,
    Rule::GiveUp,
    Rule::GiveUpToListen,
    Rule::KeepAliveGivesUp,
    Rule::ListenerStays,
    Rule::OpenActiveFromListen,
    Rule::Reset,
    Rule::ResetClosing,
    Rule::SynCookieTaken,
    Rule::SynReceivedRefused,
    Rule::SynReceivedSynToListen,
    Rule::SynResets,
    Rule::SynSentRefused,
    Rule::TimeWaitReopens,
    Rule::TimeWaitSkipped,
    Rule::TwoMessagesSyn,
    Rule::UserTimeout,
    Rule::UserTimeoutToListen,
];

fn move_in(step: &Step, place: usize) -> Option<Move> {
    let (side, from, to) = step.transition()?;
    let in_table = EDGES.iter().any(|edge| edge.from == from && edge.to == to);
    let drawn = in_table && !OUTSIDE.into_iter().any(|rule| step.effects.followed(rule));
    let arrived = match step.choice {
        Choice::Deliver(id) => Some(id),
        _ => None,
    };
    let packets = arrived.into_iter().chain(step.sent.iter()).collect();
    Some(Move { side, from, to, place, packets, drawn })
}

fn move_at(trace: &Trace, place: usize) -> Option<Move> {
    move_in(trace.step_to(place)?, place)
}

fn walked(trace: &Trace, place: usize) -> Vec<Move> {
    (1..=place).filter_map(|place| move_at(trace, place)).collect()
}

/// The next change of state: the one that the run has, or else the one that time alone brings.
fn next(trace: &Trace, place: usize) -> Option<Move> {
    if place < trace.len() {
        return (place + 1..=trace.len()).find_map(|place| move_at(trace, place));
    }
    let (_, choice) = trace.last().next_due()?;
    let (_, step) = trace.last().after(&choice).ok()?;
    move_in(&step, place + 1)
}

fn ahead(step: &Move, language: Language) -> Ahead {
    let ways = ways_out(step.from, language).into_iter();
    let way = ways.filter(|_| step.drawn).find(|way| way.to == step.to);
    Ahead { side: step.side, way, to: step.to }
}

fn edge(
    shape: &EdgeShape,
    walked: &[Move],
    next: Option<&Move>,
    language: Language,
    narrow: bool,
) -> DiagramEdge {
    let is_this = |step: &&Move| step.drawn && step.from == shape.from && step.to == shape.to;
    let last = walked.iter().rev().find(is_this);
    let both = have_both(walked.iter().filter(is_this));
    let Line { start, way, head } = if narrow { &shape.narrow } else { &shape.wide };
    let label = &shape.label;
    DiagramEdge {
        from: shape.from,
        to: shape.to,
        start: *start,
        way: (*way).to_owned(),
        head: Some(*head),
        label: (!narrow).then(|| DiagramLabel {
            x: label.x,
            y: label.y,
            anchor: label.anchor,
            stacked: label.stacked,
            event: label.event.to(language),
            action: label.action.map(|action| action.to(language)),
        }),
        walked: last.map(|step| step.side),
        both,
        walked_at: last.map(|step| step.place),
        badge: last.filter(|_| narrow).map(|_| shape.badge),
        packets: last.map(|step| step.packets.clone()).unwrap_or_default(),
        outside: (shape.from, shape.to) == LEFT_OUT,
        next: next.filter(is_this).map(|step| step.side),
    }
}

/// Are there moves of both sides among these?
fn have_both<'a>(moves: impl Iterator<Item = &'a Move>) -> bool {
    let sides: Vec<Side> = moves.map(|step| step.side).collect();
    Side::BOTH.iter().all(|side| sides.contains(side))
}

/// Transitions that were taken although nothing is drawn for them: each swings from its state to
/// the next, out of the middle of one side and into the middle of another. Whoever goes one of them
/// again walks on the same line.
fn outside_the_figure(walked: &[Move], nodes: &[DiagramNode], narrow: bool) -> Vec<DiagramEdge> {
    let outside: Vec<&Move> =
        walked.iter().filter(|step| !step.drawn && step.from != step.to).collect();
    let same = |step: &Move, other: &Move| (step.from, step.to) == (other.from, other.to);
    let is_last = |&(index, step): &(usize, &&Move)| {
        !outside[index + 1..].iter().any(|later| same(later, step))
    };
    outside
        .iter()
        .enumerate()
        .filter(is_last)
        .filter_map(|(_, step)| {
            let on_it = outside.iter().copied().filter(|other| same(other, step));
            let place = |state| nodes.iter().find(|node| node.state == state);
            let swing = swing(place(step.from)?.place, place(step.to)?.place);
            Some(DiagramEdge {
                from: step.from,
                to: step.to,
                start: swing.start,
                way: swing.way,
                head: Some(swing.head),
                label: None,
                walked: Some(step.side),
                both: have_both(on_it),
                walked_at: Some(step.place),
                badge: narrow.then_some(swing.middle),
                packets: step.packets.clone(),
                outside: true,
                next: None,
            })
        })
        .collect()
}

/// A curve from one frame to another.
struct Swing {
    start: (i32, i32),
    way: String,
    middle: (i32, i32),
    head: (i32, i32, Heading),
}

fn swing(from: shapes::Frame, to: shapes::Frame) -> Swing {
    let ((x1, y1, width1, height1), (x2, y2, width2, height2)) = (from, to);
    let (middle1, middle2) = (x1 + width1 / 2, x2 + width2 / 2);
    if y1 == y2 {
        let y = y1 + height1 / 2;
        let (start, end, heading) = if x1 < x2 {
            (x1 + width1, x2, Heading::Right)
        } else {
            (x1, x2 + width2, Heading::Left)
        };
        let (across, half) = (end - start, (end - start) / 2);
        return Swing {
            start: (start, y),
            way: format!("q{half} -24 {across} 0"),
            middle: (start + half, y - 12),
            head: (end, y, heading),
        };
    }
    let (start, end, heading) =
        if y1 < y2 { (y1 + height1, y2, Heading::Down) } else { (y1, y2 + height2, Heading::Up) };
    let (across, down, half) = (middle2 - middle1, end - start, (end - start) / 2);
    Swing {
        start: (middle1, start),
        way: format!("c0 {half} {across} {half} {across} {down}"),
        middle: (middle1 + across / 2, start + half),
        head: (middle2, end, heading),
    }
}

/// A line in SVG's path notation.
fn path((x, y): (i32, i32), way: &str) -> String {
    format!("M{x} {y}{way}")
}

fn place_of(shape: &NodeShape, narrow: bool) -> (i32, i32, i32, i32) {
    if narrow { shape.narrow } else { shape.wide }
}

/// T's token stands to the left of its state, P's to the right.
fn token(
    side: Side,
    (left, top, width, height): shapes::Frame,
    walked: Option<&DiagramEdge>,
) -> Token {
    let x = match side {
        Side::A => left - TOKEN_GAP,
        Side::B => left + width + TOKEN_GAP,
    };
    let y = top + height / 2;
    let walk = walked.map(|edge| {
        let start = (edge.start.0 - x, edge.start.1 - y);
        path(start, &edge.way) + "L0 0"
    });
    Token { side, x, y, walk }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_stands_in_the_diagram() {
        for state in State::ALL {
            assert!(NODES.iter().any(|node| node.state == state && !node.ghost), "{state}");
        }
    }

    /// About how wide something is that is written in the drawing's small type.
    fn width(words: &str) -> i32 {
        words.chars().map(|sign| if sign.is_ascii() { 57 } else { 120 }).sum::<i32>() / 10
    }

    /// The left, top, right and bottom of a label.
    fn frame(label: &DiagramLabel) -> (i32, i32, i32, i32) {
        let action = label.action.unwrap_or_default();
        let (wide, bottom) = match label.action {
            Some(_) if !label.stacked => (width(label.event) + width(" / ") + width(action), 3),
            _ => (width(label.event).max(width(action)), if label.stacked { 17 } else { 3 }),
        };
        let left = match label.anchor {
            Anchor::Start => label.x,
            Anchor::Middle => label.x - wide / 2,
            Anchor::End => label.x - wide,
        };
        (left, label.y - 8, left + wide, label.y + bottom)
    }

    #[test]
    fn no_heart_lies_on_a_label() {
        let trace: Trace = "v1".parse().unwrap();
        for language in Language::ALL {
            let diagram = state_diagram(&trace, Position::resting(&trace, 0), language, false);
            let labels = || diagram.edges.iter().filter_map(|edge| edge.label.as_ref());
            for node in diagram.nodes.iter().filter(|node| !node.ghost) {
                for heart in Side::BOTH.map(|side| token(side, node.place, None)) {
                    let on = labels().find(|label| {
                        let (left, top, right, bottom) = frame(label);
                        let is_beside = heart.x + 12 <= left || heart.x - 12 >= right;
                        !is_beside && heart.y - 9 < bottom && heart.y + 9 > top
                    });
                    assert_eq!(on, None, "{:?} in {} ({language:?})", heart.side, node.state);
                }
            }
        }
    }

    #[test]
    fn the_way_next_is_the_way_that_is_taken() {
        let trace: Trace = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3".parse().unwrap();
        for place in 0..trace.len() {
            let here =
                state_diagram(&trace, Position::resting(&trace, place), Language::English, false);
            let there = state_diagram(
                &trace,
                Position::resting(&trace, place + 1),
                Language::English,
                false,
            );
            let next = here.edges.iter().find(|edge| edge.next.is_some()).unwrap();
            let taken = there.edges.iter().find(|edge| edge.walked_at == Some(place + 1)).unwrap();
            assert_eq!((next.from, next.to, next.next), (taken.from, taken.to, taken.walked));
        }
    }

    #[test]
    fn the_small_drawing_numbers_the_ways_walked_and_says_who_goes_next() {
        let trace: Trace = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3".parse().unwrap();
        let at = |place, narrow| {
            state_diagram(&trace, Position::resting(&trace, place), Language::English, narrow)
        };
        let small = at(3, true);
        let badges = |diagram: &Diagram| {
            let edges = diagram.edges.iter().filter(|edge| edge.badge.is_some());
            edges.map(|edge| (edge.walked_at, edge.to)).collect::<Vec<_>>()
        };
        let walked = [(2, State::SynSent), (1, State::Listen), (3, State::SynReceived)];
        assert_eq!(badges(&small), walked.map(|(step, to)| (Some(step), to)));
        assert_eq!(badges(&at(3, false)), [], "there each way has its label");
        let ahead = small.ahead.unwrap();
        let way = ahead.way.unwrap();
        assert_eq!((ahead.side, ahead.to), (Side::A, State::Established));
        assert_eq!((way.event, way.action), ("rcv SYN,ACK", Some("snd ACK")));
        assert_eq!(at(5, true).ahead, None);
    }

    /// Figure 5 draws no way on which a reset leads out of SYN-SENT.
    #[test]
    fn of_a_way_outside_the_figure_only_its_end_is_said() {
        let trace: Trace = "v1~A.open~deliver.1~deliver.2".parse().unwrap();
        let diagram = state_diagram(&trace, Position::resting(&trace, 2), Language::English, true);
        assert_eq!(diagram.ahead, Some(Ahead { side: Side::A, way: None, to: State::Closed }));
    }

    #[test]
    fn a_reset_is_no_close() {
        let trace: Trace = "v1~A.open~deliver.1~deliver.2".parse().unwrap();
        let diagram = state_diagram(&trace, Position::resting(&trace, 3), Language::English, false);
        let to_closed =
            |edge: &&DiagramEdge| edge.from == State::SynSent && edge.to == State::Closed;
        let taken: Vec<bool> =
            diagram.edges.iter().filter(to_closed).map(|edge| edge.walked.is_some()).collect();
        // The figure's edge, for CLOSE, was not walked; another line shows what was.
        assert_eq!(taken, [false, true]);
    }

    fn edges_at_end(run: &str) -> Vec<DiagramEdge> {
        let trace: Trace = run.parse().unwrap();
        let end = Position::resting(&trace, trace.len());
        state_diagram(&trace, end, Language::English, false).edges
    }

    fn walked_in(run: &str, from: State, to: State) -> Vec<(bool, bool)> {
        let edges = edges_at_end(run).into_iter();
        let walked =
            edges.filter(|edge| (edge.from, edge.to) == (from, to) && edge.walked.is_some());
        walked.map(|edge| (edge.both, edge.outside)).collect()
    }

    /// RFC 9293 figure 7: the SYN,ACK that crosses is the ACK of the SYN that figure 5 draws.
    #[test]
    fn who_confess_at_once_walk_the_figures_edges_together() {
        let run = "v1~A.open~B.open~deliver.1~deliver.2~deliver.3~deliver.4";
        let (received, together) = (State::SynReceived, State::Established);
        assert_eq!(walked_in(run, State::SynSent, received), [(true, false)]);
        assert_eq!(walked_in(run, received, together), [(true, false)]);
        let alone = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";
        assert_eq!(walked_in(alone, received, together), [(false, false)]);
    }

    /// RFC 9293 figure 5, note 2.
    #[test]
    fn a_goodbye_with_its_answer_in_one_goes_a_way_that_the_figure_leaves_out() {
        let outside: Vec<_> = edges_at_end("v1").into_iter().filter(|edge| edge.outside).collect();
        let [edge] = &outside[..] else { panic!("{outside:?}") };
        assert_eq!((edge.from, edge.to), (State::FinWait1, State::TimeWait));
    }

    /// RFC 9293 section 3.10.1; in figure 5 only SEND leads there.
    #[test]
    fn an_active_open_in_listen_is_not_in_the_figure() {
        let (listen, sent) = (State::Listen, State::SynSent);
        assert_eq!(walked_in("v1~B.listen~B.open", listen, sent), [(false, true)]);
        assert_eq!(walked_in("v1~B.listen~B.send.hello", listen, sent), [(false, false)]);
    }

    #[test]
    fn whoever_is_reset_again_walks_on_the_same_line() {
        let run = "v1~A.open~A.abort~B.open~B.abort~A.open~A.abort";
        assert_eq!(walked_in(run, State::SynSent, State::Closed), [(true, true)]);
    }

    /// The edge that a message walked belongs to it: that of its sender and that of its receiver.
    #[test]
    fn an_edge_knows_its_messages() {
        let trace: Trace = "v1~B.listen~A.open~deliver.1~deliver.2".parse().unwrap();
        let diagram = state_diagram(&trace, Position::resting(&trace, 4), Language::English, false);
        let of = |packet| {
            let edges = diagram.edges.iter().filter(|edge| edge.packets.contains(&packet));
            edges.map(|edge| (edge.from, edge.to)).collect::<Vec<_>>()
        };
        let (closed, listen) = (State::Closed, State::Listen);
        assert_eq!(of(PacketId(1)), [(closed, State::SynSent), (listen, State::SynReceived)]);
        let accepted = (State::SynSent, State::Established);
        assert_eq!(of(PacketId(2)), [(listen, State::SynReceived), accepted]);
    }

    #[test]
    fn a_token_walks_to_where_it_is() {
        let trace: Trace = "v1~B.listen~A.open".parse().unwrap();
        let diagram = state_diagram(&trace, Position::resting(&trace, 2), Language::English, false);
        let [t, p] = &diagram.tokens[..] else { panic!("two tokens") };
        // From CLOSED at (248, 18), seen from beside SYN-SENT at (27, 141).
        let walk = t.walk.as_deref().unwrap();
        assert!(walk.starts_with("M221 -123h-171q") && walk.ends_with("v96L0 0"), "{walk}");
        assert_eq!(p.walk, None);
    }

    #[test]
    fn tokens_stand_on_their_own_flank() {
        let trace: Trace = "v1~B.listen~A.open".parse().unwrap();
        let diagram = state_diagram(&trace, Position::resting(&trace, 2), Language::English, true);
        let [t, p] = &diagram.tokens[..] else { panic!("two tokens") };
        assert!(t.x < p.x);
        assert!(diagram.edges.iter().all(|edge| edge.label.is_none()));
    }
}
