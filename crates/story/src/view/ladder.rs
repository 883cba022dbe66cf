//! The ladder: time runs down, to scale; what is sent slants from one lifeline to the other.

mod labels;

use handshake::{Fate, Instant, PacketHistory, PacketId, Side, State, StrangerId, Trace};

use super::letters::lands_in_run;
use super::{Heading, Mark, share};
use crate::{Language, Numbering, Numbers, Position, words};

/// The ladder at one position of a run. Coordinates are pixels of the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ladder {
    /// Its width and height.
    pub size: (i32, i32),
    /// Where it begins: left of nothing where the times of the run are long.
    pub left: i32,
    /// Where the lifelines stand, T's and P's.
    pub lanes: (i32, i32),
    /// Where strangers stand, at the edge, if any has written to P.
    pub strangers: Option<i32>,
    /// The lifelines, piece by piece.
    pub lifelines: Vec<Lifeline>,
    /// The states, where they were entered.
    pub states: Vec<StateMark>,
    /// What was sent, and what will be if time alone decides.
    pub arrows: Vec<Arrow>,
    /// The marks of the time axis.
    pub times: Vec<TimeMark>,
    /// Where a long wait is drawn shorter than it is.
    pub gaps: Vec<Gap>,
    /// Where the axis begins: above it stands what happened before the first message.
    pub zero_y: i32,
    /// The height about which it is drawn.
    pub about: i32,
    /// The moment shown: how far down, and in milliseconds.
    pub now: (i32, u64),
    /// Which time that is, in words.
    pub now_words: String,
    /// Where these words end at the right, on their base line.
    pub now_words_at: (i32, i32),
}

/// A piece of a lifeline in one state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lifeline {
    /// Whose.
    pub side: Side,
    /// Where it begins.
    pub from_y: i32,
    /// Where it ends.
    pub to_y: i32,
    /// The state in it.
    pub state: State,
}

/// A state, where it was entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateMark {
    /// Whose.
    pub side: Side,
    /// How far down.
    pub y: i32,
    /// How far down its name is written: those of states that were left at once stand above it.
    pub name_y: i32,
    /// Which.
    pub state: State,
    /// Is it the state at the moment shown?
    pub current: bool,
}

/// A message on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrow {
    /// The packet that it is.
    pub packet: PacketId,
    /// Its number as every view writes it.
    pub numeral: String,
    /// Who sent it.
    pub from: Side,
    /// The stranger who sent it to P or is to get it, where T is neither.
    pub stranger: Option<StrangerId>,
    /// Where it was sent.
    pub start: (i32, i32),
    /// Where it is now, arrived, or was lost.
    pub end: (i32, i32),
    /// Where it will arrive, where it is still in the air.
    pub target: (i32, i32),
    /// How its line ends.
    pub fate: ArrowEnd,
    /// Was it made by the network?
    pub copied: bool,
    /// Does it go the way of the letter that it is a copy of, whose labels say all?
    pub beside_original: bool,
    /// Does it bear a name that is not its sender's?
    pub forged: bool,
    /// What stands over it: its flags, where there is room for them.
    pub flags: String,
    /// What stands under it, line by line: its numbers, where there is room for them.
    pub numbers: Vec<String>,
    /// As the RFC's figures write it, with the numbers that the header carries.
    pub notation: String,
    /// All of that in one sentence, for whoever hears it.
    pub name: String,
    /// How far along, in hundredths of its way, its labels stand; nowhere if there is no room.
    pub labels_at: Option<i32>,
}

/// How an arrow's line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrowEnd {
    /// In a letter: it is in the air.
    Letter,
    /// In a head: it arrived.
    Head,
    /// In a cross: it was lost.
    Cross,
}

/// A mark of the time axis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeMark {
    /// How far down.
    pub y: i32,
    /// What is written there.
    pub label: String,
}

/// A long wait, drawn shorter than it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// The middle of the break.
    pub y: i32,
    /// How long the wait is, in milliseconds.
    pub millis: u64,
}

const WIDTH: i32 = 340;
const LANES: (i32, i32) = (126, 248);
/// The least height; a long run makes the ladder grow.
const HEIGHT: i32 = 386;
/// Where strangers stand, right of P.
const STRANGERS: i32 = 327;
/// How far outside its lane a forged message begins.
const OUTSIDE: i32 = 24;
/// Where what happened before the first message is listed, and how far apart.
const LEAD_TOP: i32 = 31;
const LEAD_ROW: i32 = 22;
/// What is left free below the last event, so that labels fit.
const TAIL: i32 = 44;
/// How far from the height asked for things are still drawn: on most screens more than is seen.
const NEAR: i32 = 900;
/// How many letters a line of numbers may have.
const LINE: usize = 18;
/// A wait longer than this many milliseconds is drawn as long as this and marked as a break.
const LONGEST_MS: u64 = 200;
/// How high a letter's way is at least, in pixels, where the whole run has room, and how high it is
/// where it has none: the steeper it is, the more room labels have along it.
const FALL: (i64, i64) = (80, 100);
/// The most pixels for each 100 ms, unless letters are faster.
const MOST_SCALE: i64 = 108;
/// A flight shorter than this many milliseconds is drawn flatter.
const SHORT_MS: u64 = 50;

/// The ladder of a run at a position: what T and P say to each other, and what strangers at the
/// edge say to P.
///
/// Its scale is that of the whole run, so that nothing moves while the run plays. Of a long run
/// only what lies about the height `about` is drawn, or about the moment shown where none is asked
/// for.
pub fn ladder(
    trace: &Trace,
    position: Position,
    language: Language,
    numbers: Numbers,
    about: Option<i32>,
) -> Ladder {
    let axis = Axis::of(trace);
    let states = states(trace, position, &axis);
    let now_y = if position.place < axis.first_send {
        Axis::lead_y(position.place)
    } else {
        axis.y(position.at)
    };
    let about = about.unwrap_or(now_y);
    let is_near = |from_y: i32, to_y: i32| from_y < about + NEAR && to_y > about - NEAR;
    let mut lifelines = lifelines(&states, now_y);
    lifelines.retain(|line| is_near(line.from_y, line.to_y));
    let mut times = axis.marks();
    // Each character beyond "1000" needs seven pixels more.
    let longest = times.iter().map(|mark| mark.label.len()).max().unwrap_or(0);
    let left = -7 * i32::try_from(longest.saturating_sub(4)).unwrap_or(0);
    times.retain(|mark| is_near(mark.y, mark.y));
    let mut arrows = arrows(trace, position, &axis, is_near, (language, numbers));
    let mut gaps = axis.gaps.clone();
    gaps.retain(|gap| is_near(gap.y, gap.y));
    let millis = (position.at - axis.zero).as_millis();
    let now_words = format!("{} {}", words::ui::NOW.to(language), shortly(millis, " ms"));
    let taken = labels::arrange(&mut arrows, &states, &gaps);
    let now_words_at = labels::free_of(&taken, &arrows, now_y, &now_words);
    Ladder {
        size: (WIDTH, axis.height),
        left,
        lanes: LANES,
        strangers: arrows.iter().any(|arrow| arrow.stranger.is_some()).then_some(STRANGERS),
        lifelines,
        arrows,
        states: states.into_iter().filter(|mark| is_near(mark.y, mark.y)).collect(),
        times,
        gaps,
        zero_y: axis.zero_y,
        about,
        now: (now_y, millis),
        now_words,
        now_words_at,
    }
}

impl Ladder {
    /// So far from the height asked for all is drawn: a ladder of at most this height is drawn
    /// whole.
    pub const WHOLE: i32 = NEAR;

    /// The message that an arrow key leads to from another: up and down in the order of sending,
    /// left and right to the nearest that T or P sent.
    pub fn walk(&self, from: PacketId, heading: Heading) -> Option<PacketId> {
        let index = self.arrows.iter().position(|arrow| arrow.packet == from)?;
        let here = &self.arrows[index];
        // Whatever a stranger says stands on P's side.
        let side_of = |arrow: &Arrow| arrow.stranger.map_or(arrow.from, |_| Side::B);
        let other = |side: Side| {
            let sent = self.arrows.iter().filter(|arrow| side_of(arrow) == side);
            let nearest = sent.min_by_key(|arrow| (arrow.start.1 - here.start.1).abs());
            nearest.filter(|_| side_of(here) != side)
        };
        let to = match heading {
            Heading::Up => self.arrows.get(index.checked_sub(1)?),
            Heading::Down => self.arrows.get(index + 1),
            Heading::Left => other(Side::A),
            Heading::Right => other(Side::B),
        };
        to.map(|arrow| arrow.packet)
    }
}

/// How moments become heights: to scale between events, with long waits cut short.
struct Axis {
    /// The place at which the first message was sent; what came before stands above the axis.
    first_send: usize,
    zero: Instant,
    zero_y: i32,
    height: i32,
    /// Moments at which something happens, each with its height, ascending.
    stops: Vec<(Instant, i32)>,
    gaps: Vec<Gap>,
}

impl Axis {
    fn of(trace: &Trace) -> Axis {
        let first_send = (1..=trace.len())
            .find(|&place| trace.step_to(place).is_some_and(|step| !step.sent.is_empty()))
            .unwrap_or(trace.len() + 1);
        let zero = trace.step_to(first_send).map_or(trace.last().now(), |step| step.at);
        let lead_rows = i32::try_from(first_send.clamp(1, 8)).unwrap_or(1);
        let zero_y = LEAD_TOP + LEAD_ROW * lead_rows + 11;

        let mut moments: Vec<Instant> = vec![zero];
        moments.extend(trace.steps().iter().map(|step| step.at));
        // What is still in the air at the end of the run will arrive, too; and what was lost is
        // drawn on the way to where it would have arrived.
        let packets = trace.packets_at(trace.len());
        let not_arrived =
            packets.iter().filter(|packet| !matches!(packet.fate, Fate::Delivered(_)));
        moments.extend(not_arrived.map(|history| history.packet.due_at));
        moments.retain(|&moment| moment >= zero);
        moments.sort_unstable();
        moments.dedup();

        let waits = moments.windows(2).map(|pair| (pair[1] - pair[0]).as_millis());
        let drawn_ms: u64 = waits.map(|wait| wait.min(LONGEST_MS)).sum();
        let room = i64::from(HEIGHT - TAIL - zero_y);
        let drawn_ms = i64::try_from(drawn_ms.max(1)).unwrap_or(i64::MAX);
        let flights = packets.iter().map(|history| history.packet.due_at - history.packet.sent_at);
        let shortest = flights.map(|flight| flight.as_millis().clamp(SHORT_MS, 100)).min();
        let [least, steep] = [FALL.0, FALL.1]
            .map(|fall| fall * 100 / i64::try_from(shortest.unwrap_or(100)).unwrap_or(100));
        let whole = room * 100 / drawn_ms;
        let scale = if whole < least { steep } else { whole.min(least.max(MOST_SCALE)) };
        let mut stops = vec![(zero, zero_y)];
        let mut gaps = Vec::new();
        for pair in moments.windows(2) {
            let wait = (pair[1] - pair[0]).as_millis();
            let drawn = i64::try_from(wait.min(LONGEST_MS)).unwrap_or(0) * scale / 100;
            let (_, y) = stops[stops.len() - 1];
            let below = y + i32::try_from(drawn).unwrap_or(0);
            if wait > LONGEST_MS {
                gaps.push(Gap { y: i32::midpoint(y, below), millis: wait });
            }
            stops.push((pair[1], below));
        }
        let (_, bottom) = stops[stops.len() - 1];
        Axis { first_send, zero, zero_y, height: HEIGHT.max(bottom + TAIL), stops, gaps }
    }

    /// The height of a moment; between two events as far down as time has passed between them.
    fn y(&self, at: Instant) -> i32 {
        let after = self.stops.partition_point(|(moment, _)| *moment <= at);
        let Some(&(earlier, above)) = self.stops.get(after.wrapping_sub(1)) else {
            return self.zero_y;
        };
        let Some(&(later, below)) = self.stops.get(after) else { return above };
        above + share(below - above, (at - earlier).0, (later - earlier).0)
    }

    /// The height of what happened before the first message, one row a step.
    fn lead_y(place: usize) -> i32 {
        LEAD_TOP + LEAD_ROW * i32::try_from(place.min(8)).unwrap_or(0)
    }

    fn marks(&self) -> Vec<TimeMark> {
        let mut marks: Vec<TimeMark> = Vec::new();
        for &(moment, y) in &self.stops {
            let label = shortly((moment - self.zero).as_millis(), "");
            // Two marks closer than a line of text would be written over each other, and of two
            // that say the same the second says nothing.
            if marks.last().is_none_or(|last| y - last.y >= 14 && last.label != label) {
                marks.push(TimeMark { y, label });
            }
        }
        marks
    }
}

/// A time of the axis: in milliseconds with this unit, or in seconds where that would be long.
fn shortly(millis: u64, unit: &str) -> String {
    if millis < 10_000 { format!("{millis}{unit}") } else { words::duration(millis) }
}

fn states(trace: &Trace, position: Position, axis: &Axis) -> Vec<StateMark> {
    let mut marks: Vec<StateMark> =
        Side::BOTH.into_iter().map(|side| state_mark(side, LEAD_TOP, State::Closed)).collect();
    for place in 1..=position.place {
        let Some(step) = trace.step_to(place) else { break };
        let Some((side, _, state)) = step.transition() else { continue };
        let y = if place < axis.first_send { Axis::lead_y(place) } else { axis.y(step.at) };
        marks.push(state_mark(side, y, state));
    }
    for side in Side::BOTH {
        let own = marks.iter_mut().rev().filter(|mark| mark.side == side);
        own.fold(i32::MAX, |below, mark| {
            mark.name_y = mark.y.min(below.saturating_sub(NAME_HEIGHT));
            mark.name_y
        });
        if let Some(last) = marks.iter_mut().rev().find(|mark| mark.side == side) {
            last.current = true;
        }
    }
    marks
}

/// The height of a line that names a state.
const NAME_HEIGHT: i32 = 14;

fn state_mark(side: Side, y: i32, state: State) -> StateMark {
    StateMark { side, y, name_y: y, state, current: false }
}

fn lifelines(states: &[StateMark], now_y: i32) -> Vec<Lifeline> {
    let mut lifelines = Vec::new();
    for side in Side::BOTH {
        let own: Vec<&StateMark> = states.iter().filter(|mark| mark.side == side).collect();
        for (index, mark) in own.iter().enumerate() {
            let to_y = own.get(index + 1).map_or(now_y, |next| next.y);
            let (from_y, state) = (mark.y, mark.state);
            lifelines.push(Lifeline { side, from_y, to_y: to_y.max(from_y), state });
        }
    }
    lifelines
}

fn arrows(
    trace: &Trace,
    position: Position,
    axis: &Axis,
    is_near: impl Fn(i32, i32) -> bool,
    wording: (Language, Numbers),
) -> Vec<Arrow> {
    let packets = trace.packets_at(position.place);
    let ways = packets.iter().map(|history| (history, way(trace, history, axis)));
    let near = ways.filter(|(_, way)| is_near(way.start.1, way.target.1));
    let mut arrows: Vec<Arrow> =
        near.map(|(history, way)| arrow(trace, history, position, way, wording)).collect();
    let ways: Vec<_> =
        arrows.iter().map(|arrow| (arrow.packet, arrow.start, arrow.target)).collect();
    for arrow in arrows.iter_mut().filter(|arrow| arrow.copied) {
        let copied = packets.iter().find(|history| history.packet.id == arrow.packet);
        let original = copied.and_then(|history| history.packet.copy_of);
        let same_way = original.map(|original| (original, arrow.start, arrow.target));
        arrow.beside_original = same_way.is_some_and(|same| ways.contains(&same));
    }
    arrows
}

/// The way of a packet over the ladder, and when it arrives.
#[derive(Clone, Copy)]
struct Way {
    start: (i32, i32),
    target: (i32, i32),
    arrives_at: Instant,
}

fn way(trace: &Trace, history: &PacketHistory, axis: &Axis) -> Way {
    let packet = &history.packet;
    let others = packet.stranger.map_or(LANES.0, |_| STRANGERS);
    let (x1, x2) = match packet.from {
        Side::A => (others, LANES.1),
        Side::B => (LANES.1, others),
    };
    let arrives_at = match history.fate {
        Fate::Delivered(at) => at,
        Fate::InFlight | Fate::Lost(_) => lands_in_run(trace, packet.id).unwrap_or(packet.due_at),
    };
    // Who forges stands outside, beside the one whose name is used.
    let outside = if packet.forged { OUTSIDE * (x1 - x2).signum() } else { 0 };
    Way {
        start: (x1 + outside, axis.y(packet.sent_at)),
        target: (x2, axis.y(arrives_at.max(packet.sent_at))),
        arrives_at,
    }
}

fn arrow(
    trace: &Trace,
    history: &PacketHistory,
    position: Position,
    Way { start, target, arrives_at }: Way,
    (language, numbers): (Language, Numbers),
) -> Arrow {
    let packet = &history.packet;
    let whole = (arrives_at - packet.sent_at).0;
    let part_way = |done: u64, whole: u64| {
        let along = |from: i32, to: i32| from + share(to - from, done, whole);
        (along(start.0, target.0), along(start.1, target.1))
    };
    let (fate, end, mark) = match history.fate {
        Fate::Delivered(_) => (ArrowEnd::Head, target, Mark::Arrived),
        Fate::Lost(at) => {
            // What is lost at once would be hidden by its sender's lifeline, and what is lost at
            // the last moment would seem to have arrived.
            let flown = (at - packet.sent_at).0.clamp(whole / 6, whole - whole / 6);
            (ArrowEnd::Cross, part_way(flown, whole), Mark::Lost)
        }
        Fate::InFlight => {
            let flown = (position.at - packet.sent_at).0;
            (ArrowEnd::Letter, part_way(flown, whole), Mark::InFlight)
        }
    };
    let segment = &packet.segment;
    let numbering = Numbering::of(trace, history, numbers);
    let numbers = numbering.write_numbers(packet.from, segment);
    let standing = mark.words().to(language);
    Arrow {
        packet: packet.id,
        numeral: words::numeral(packet.id.0),
        from: packet.from,
        stranger: packet.stranger,
        start,
        end,
        target,
        fate,
        copied: packet.copy_of.is_some(),
        beside_original: false,
        forged: packet.forged,
        flags: segment.flags.to_string(),
        notation: segment.to_string(),
        name: words::message_name(packet, &numbers, standing, language),
        numbers: lines(numbers),
        labels_at: None,
    }
}

/// Short numbers stand in one line, long ones take a line each.
fn lines(numbers: Vec<String>) -> Vec<String> {
    let together = numbers.join(" ");
    if together.chars().count() <= LINE { vec![together] } else { numbers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use handshake::Choice;

    const CONFESSION: &str = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3";

    fn ladder_at(run: &str, place: usize) -> Ladder {
        let trace: Trace = run.parse().unwrap();
        let position = Position::resting(&trace, place);
        ladder(&trace, position, Language::English, Numbers::Relative, None)
    }

    #[test]
    fn names_of_states_at_one_moment_stand_above_each_other() {
        // P hears the FIN and says goodbye at once: CLOSE-WAIT and LAST-ACK lie at one height.
        let run = format!("{CONFESSION}~A.close~deliver.4~B.close");
        let ladder = ladder_at(&run, 8);
        let own: Vec<_> = ladder.states.iter().filter(|mark| mark.side == Side::B).collect();
        let [.., close_wait, last_ack] = own[..] else { panic!("{own:?}") };
        assert_eq!((close_wait.y, last_ack.name_y), (last_ack.y, last_ack.y));
        assert_eq!(close_wait.name_y, last_ack.name_y - NAME_HEIGHT);
    }

    #[test]
    fn time_is_to_scale() {
        let ladder = ladder_at(CONFESSION, 5);
        let labels: Vec<&str> = ladder.times.iter().map(|mark| mark.label.as_str()).collect();
        assert_eq!(labels, ["0", "100", "200", "300"]);
        let heights: Vec<i32> = ladder.times.iter().map(|mark| mark.y).collect();
        assert_eq!(heights[1] - heights[0], heights[3] - heights[2]);
    }

    #[test]
    fn an_arrow_ends_where_the_letter_is() {
        let ladder = ladder_at(CONFESSION, 2);
        let [arrow] = &ladder.arrows[..] else { panic!("one arrow") };
        assert_eq!(arrow.fate, ArrowEnd::Letter);
        assert_eq!(arrow.start.0, LANES.0);
        assert_eq!(arrow.target.0, LANES.1);
        assert_eq!(arrow.end.0, i32::midpoint(LANES.0, LANES.1));
        assert_eq!(arrow.end.1, ladder.now.0);
    }

    #[test]
    fn the_scale_stays_while_the_run_plays() {
        let marks = |place| ladder_at(CONFESSION, place).times;
        assert_eq!(marks(0), marks(5));
    }

    #[test]
    fn a_letter_is_lost_where_it_was_at_that_moment() {
        let ladder = ladder_at("v1~B.listen~A.open~after.75ms.drop.1", 3);
        let arrow = &ladder.arrows[0];
        assert_eq!(arrow.end.0, LANES.0 + (LANES.1 - LANES.0) * 3 / 4);
        assert_eq!((arrow.end.1, 75), ladder.now);
    }

    #[test]
    fn a_long_wait_is_cut_and_says_so() {
        let ladder = ladder_at("v1~B.listen~A.open~drop.1~A.rto~deliver.2~deliver.3~deliver.4", 7);
        // From where the lost letter would have arrived, at 100 ms, to T's alarm at 1 s.
        assert_eq!(ladder.gaps.iter().map(|gap| gap.millis).collect::<Vec<_>>(), [900]);
        assert_eq!(ladder.arrows[0].fate, ArrowEnd::Cross);
    }

    #[test]
    fn a_copy_has_labels_of_its_own_where_it_goes_another_way() {
        let beside = |run: &str| {
            let trace: Trace = run.parse().unwrap();
            let arrows = ladder_at(run, trace.len()).arrows;
            arrows.iter().map(|arrow| arrow.beside_original).collect::<Vec<_>>()
        };
        let copied = "v1~B.listen~A.open~copy.1";
        assert_eq!(beside(copied), [false, true]);
        assert_eq!(beside(&format!("{copied}~delay.1.500ms")), [false, false]);
    }

    /// A stranger calls P before T does, and P's answer goes back to it.
    const CALLED: &str = "v1~backlog.1.2~B.listen~stranger.1.SYN.2890417365.0.1024~A.open~deliver.1\
        ~deliver.2";

    #[test]
    fn the_time_now_is_written_where_no_letter_is() {
        // The letter to the stranger is half-way, just where the words stand as a rule.
        let ladder = ladder_at(CALLED, 5);
        let [.., answer] = &ladder.arrows[..] else { panic!("no letter") };
        assert!(answer.stranger.is_some() && answer.fate == ArrowEnd::Letter, "{answer:?}");
        assert_eq!(ladder.now_words, "now 150 ms");
        assert!(ladder.now_words_at.0 < LANES.1, "{:?}", ladder.now_words_at);
        // With nothing in its way they stand at the edge, under their line.
        let ladder = ladder_at(CONFESSION, 2);
        assert_eq!(ladder.now_words_at, (WIDTH, ladder.now.0 + 14));
    }

    #[test]
    fn where_a_letter_was_lost_nothing_is_written() {
        let ladder = ladder_at("v1~B.listen~A.open~after.50ms.drop.1", 3);
        // The cross lies in the middle, where the labels stand as a rule. They are before it.
        assert_eq!(ladder.arrows[0].fate, ArrowEnd::Cross);
        assert!(ladder.arrows[0].labels_at.unwrap() < 35, "{:?}", ladder.arrows[0].labels_at);
    }

    #[test]
    fn a_time_that_says_the_same_as_the_one_before_is_left_out() {
        // T says something after 20 s, and again 50 ms later: both are 20 s.
        let run = format!("{CONFESSION}~after.20s.A.send.hi~after.50ms.A.send.ho");
        let ladder = ladder_at(&run, 7);
        let mut labels: Vec<&str> = ladder.times.iter().map(|mark| &*mark.label).collect();
        let all = labels.len();
        labels.dedup();
        assert_eq!(labels.len(), all, "{labels:?}");
        assert!(labels.contains(&"20.3 s"), "{labels:?}");
    }

    /// They get together and T says sixty things, each of which is answered.
    fn long_run() -> Trace {
        let mut trace: Trace = CONFESSION.parse().unwrap();
        let say: handshake::Choice = Choice::Call(Side::A, "send.hi".parse().unwrap());
        for _ in 0..60 {
            trace.extend(&say).unwrap();
            trace.run(&mut handshake::ByTime, 2);
        }
        trace
    }

    #[test]
    fn arrow_keys_lead_through_time_and_from_side_to_side() {
        let ladder = ladder_at(CONFESSION, 5);
        let from_the_second = |heading| ladder.walk(PacketId(2), heading).map(|id| id.0);
        assert_eq!(from_the_second(Heading::Up), Some(1));
        assert_eq!(from_the_second(Heading::Down), Some(3));
        assert_eq!(from_the_second(Heading::Left), Some(1));
        assert_eq!(from_the_second(Heading::Right), None);
        assert_eq!(ladder.walk(PacketId(3), Heading::Down), None);
    }

    #[test]
    fn a_forged_message_comes_from_outside() {
        let ladder = ladder_at("v1~A.open~forge.B.RST.1", 2);
        let arrow = ladder.arrows.last().unwrap();
        // It goes to P, in the name of T, whose lane is the left one.
        assert!(arrow.forged && arrow.start.0 < LANES.0, "{arrow:?}");
    }

    #[test]
    fn of_a_long_run_only_what_is_near_is_drawn() {
        let trace = long_run();
        let position = Position::resting(&trace, trace.len());
        let drawn = |about| {
            ladder(&trace, position, Language::English, Numbers::Relative, Some(about)).arrows
        };
        let (top, bottom) = (drawn(0), drawn(9000));
        assert_eq!(top[0].packet, PacketId(1));
        assert!(bottom.iter().all(|arrow| arrow.packet != PacketId(1)));
    }

    #[test]
    fn a_run_without_a_message_has_a_ladder_too() {
        assert!(ladder_at("v1", 0).arrows.is_empty());
        assert_eq!(ladder_at("v1~B.listen", 1).states.len(), 3);
    }
}
