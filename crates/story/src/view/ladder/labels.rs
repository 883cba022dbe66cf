//! Where the labels stand along their arrows, so that none lies on another.

use handshake::Side;

use super::{Arrow, ArrowEnd, Gap, LANES, StateMark, WIDTH};
use crate::words;

/// Where a label may stand, in hundredths of its arrow's way, the best place first.
type Spots = [i32; 15];

/// Where nothing crosses the arrow and no letter is in the air on it, the middle is best.
const IN_THE_MIDDLE: Spots = [50, 45, 55, 40, 60, 34, 66, 28, 72, 24, 76, 20, 80, 14, 86];
const NEAR_AN_END: Spots = [28, 72, 24, 76, 20, 80, 34, 66, 14, 86, 40, 60, 45, 55, 50];

/// How wide a letter of a name is, and of what is written along an arrow most of them.
const LETTER: i32 = 7;

/// How wide this is, written along an arrow.
fn width(text: &str) -> i32 {
    let wide = |sign: char| match sign {
        ' ' | ',' => 3,
        'A'..='Z' => 8,
        sign if sign.is_ascii() => LETTER,
        _ => 12,
    };
    text.chars().map(wide).sum()
}

/// Of what is written along an arrow: how far a line over the arrow reaches above it, and how far
/// no line, one or two reach below it.
const ABOVE: i32 = 17;
const BELOW: [i32; 3] = [-4, 19, 33];

/// Something that takes a place on the ladder: its corners, and how far up and down it reaches, in
/// tenths of a pixel.
#[derive(Clone, Copy)]
pub(super) struct Patch {
    corners: [(i32, i32); 4],
    reach: (i32, i32),
}

impl Patch {
    fn upright((x, y): (i32, i32), half: (i32, i32)) -> Patch {
        Patch::along((x, y), (1, 0), (half.0, half.1, half.1))
    }

    /// So wide to both sides and so high above and below, along a line through its middle that goes
    /// so far to the right and down.
    fn along(middle: (i32, i32), line: (i32, i32), (half, above, below): (i32, i32, i32)) -> Patch {
        // A letter may be under way for most of a long run.
        let (right, down) = (i64::from(line.0), i64::from(line.1));
        let length = (right * right + down * down).isqrt().max(1);
        let tenths = |from: i32, product: i64| {
            i32::try_from(i64::from(from) * 10 + product * 10 / length).unwrap_or(i32::MAX)
        };
        let corners = [(-half, -above), (half, -above), (half, below), (-half, below)];
        let corners = corners.map(|(across, under)| {
            let (across, under) = (i64::from(across), i64::from(under));
            let x = tenths(middle.0, across * right - under * down);
            let y = tenths(middle.1, across * down + under * right);
            (x, y)
        });
        let widened = |(top, bottom): (i32, i32), &(_, y): &(i32, i32)| (top.min(y), bottom.max(y));
        Patch { corners, reach: corners.iter().fold((i32::MAX, i32::MIN), widened) }
    }

    /// Does it lie within the drawing?
    fn is_inside(&self) -> bool {
        self.corners.iter().all(|&(x, y)| (0..=WIDTH * 10).contains(&x) && y >= 0)
    }

    /// Two patches lie apart where one side of either has all of the other beyond it. Most lie
    /// above or below.
    fn overlaps(&self, other: &Patch) -> bool {
        let ((top, bottom), (others_top, others_bottom)) = (self.reach, other.reach);
        let is_level = top < others_bottom && others_top < bottom;
        is_level && !self.keeps_off(other) && !other.keeps_off(self)
    }

    fn keeps_off(&self, other: &Patch) -> bool {
        (0..4).any(|side| {
            let ((x1, y1), (x2, y2)) = (self.corners[side], self.corners[(side + 1) % 4]);
            let is_beyond = |&(x, y): &(i32, i32)| {
                i64::from(x2 - x1) * i64::from(y - y1) <= i64::from(y2 - y1) * i64::from(x - x1)
            };
            other.corners.iter().all(is_beyond)
        })
    }
}

/// How much of its labels an arrow has room for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Numeral,
    Flags,
    Numbers,
}

impl Told {
    /// The least first.
    const ALL: [Told; 3] = [Told::Numeral, Told::Flags, Told::Numbers];

    /// The most that is told of an arrow. The numbers of a letter in the air stand on the letter.
    fn most(arrow: &Arrow) -> Told {
        if arrow.fate == ArrowEnd::Letter { Told::Flags } else { Told::Numbers }
    }
}

/// The labels of an arrow at a place of it, as far as they are told.
fn label(arrow: &Arrow, at: i32, told: Told) -> Patch {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let along = |from: i32, to: i32| from + (to - from) * at / 100;
    let flags = if told == Told::Numeral { "" } else { &arrow.flags };
    let numbers: &[String] = if told == Told::Numbers { &arrow.numbers } else { &[] };
    let over = width(&arrow.numeral) + width(" ") + width(flags);
    let widest = numbers.iter().map(|line| width(line)).fold(over, i32::max);
    // They are read from the left, wherever the arrow goes.
    let line = ((x2 - x1).abs(), (y2 - y1) * (x2 - x1).signum());
    let size = (widest / 2 + 1, ABOVE, BELOW[numbers.len().min(2)]);
    Patch::along((along(x1, x2), along(y1, y2)), line, size)
}

/// What is drawn at the end of an arrow and is not its head: a letter in the air, or a cross.
fn end(arrow: &Arrow) -> Option<Patch> {
    match arrow.fate {
        ArrowEnd::Letter => Some(Patch::upright(arrow.end, (12, 8))),
        ArrowEnd::Cross => Some(Patch::upright(arrow.end, (6, 6))),
        ArrowEnd::Head => None,
    }
}

/// The head of an arrow that has arrived.
fn head(arrow: &Arrow) -> Option<Patch> {
    let (x, y) = arrow.end;
    let back = 5 * (x - arrow.start.0).signum();
    (arrow.fate == ArrowEnd::Head).then(|| Patch::upright((x - back, y), (5, 5)))
}

/// The name of a state beside its lifeline.
fn state(mark: &StateMark) -> Patch {
    let half = i32::try_from(mark.state.name().len()).unwrap_or(0) * LETTER / 2;
    let x = match mark.side {
        Side::A => LANES.0 - 11 - half,
        Side::B => LANES.1 + 11 + half,
    };
    Patch::upright((x, mark.name_y), (half, 7))
}

/// The whole of a lifeline.
fn lifeline(x: i32) -> Patch {
    Patch::upright((x, 0), (2, i32::MAX / 40))
}

/// How long a wait is, between the lanes, where it is cut short.
fn gap(gap: &Gap) -> Patch {
    let half = i32::try_from(words::duration(gap.millis).len()).unwrap_or(0) * LETTER / 2;
    Patch::upright((i32::midpoint(LANES.0, LANES.1), gap.y), (half, 7))
}

/// The line of an arrow itself.
fn shaft(arrow: &Arrow) -> Patch {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let (line, middle) = ((x2 - x1, y2 - y1), (i32::midpoint(x1, x2), i32::midpoint(y1, y2)));
    let square = i64::from(line.0).pow(2) + i64::from(line.1).pow(2);
    let half = i32::try_from(square.isqrt() / 2).unwrap_or(i32::MAX);
    Patch::along(middle, line, (half, 2, 2))
}

/// Where words about the line of the moment shown stand on nothing: at the right or between the
/// lanes, under the line rather than over it.
pub(super) fn free_of(taken: &[Patch], arrows: &[Arrow], now_y: i32, said: &str) -> (i32, i32) {
    let wide = |sign: char| if sign.is_ascii() { LETTER } else { 12 };
    let half = said.chars().map(wide).sum::<i32>() / 2;
    let shafts: Vec<Patch> = arrows.iter().map(shaft).collect();
    let between = i32::midpoint(LANES.0, LANES.1) + half;
    let at_the_edge = [(WIDTH, 14), (WIDTH, 19), (WIDTH, -5)];
    let inside = [(between, 14), (LANES.1 - 8, 14), (between, -5), (LANES.1 - 8, -5)];
    let places = at_the_edge.into_iter().chain(inside).map(|(right, down)| (right, now_y + down));
    let is_free = |&(right, base): &(i32, i32)| {
        let patch = Patch::upright((right - half, base - 4), (half, 6));
        !taken.iter().chain(&shafts).any(|other| other.overlaps(&patch))
    };
    places.clone().find(is_free).unwrap_or((WIDTH, now_y + 14))
}

/// Finds a place for each arrow's labels where they lie on nothing else, and says what is taken
/// then.
///
/// First each gets its numeral, which says what message it is, then its flags, then its numbers, as
/// far as there is room; those sent last choose first. One that is in the way moves, if it finds
/// another place. A numeral for which there is no place at all is left out.
pub(super) fn arrange(arrows: &mut [Arrow], states: &[StateMark], gaps: &[Gap]) -> Vec<Patch> {
    let names = states.iter().map(state).chain(gaps.iter().map(gap));
    let mut things: Vec<Patch> = arrows.iter().filter_map(end).chain(names).collect();
    let lifelines = [LANES.0, LANES.1].map(lifeline);
    let lines: Vec<Patch> = arrows.iter().filter_map(head).chain(lifelines).collect();
    let mut room = Room {
        spots: arrows
            .iter()
            .map(|arrow| Told::ALL.map(|told| free_spots(arrow, told, arrows, (&things, &lines))))
            .collect(),
        placed: vec![None; arrows.len()],
    };
    for told in Told::ALL {
        for index in (0..arrows.len()).rev() {
            room.tell(index, told);
        }
    }
    for (arrow, placed) in arrows.iter_mut().zip(room.placed) {
        let told = placed.as_ref().map(|placed| placed.told);
        if told < Some(Told::Numbers) && arrow.fate != ArrowEnd::Letter {
            arrow.numbers.clear();
        }
        if told < Some(Told::Flags) {
            arrow.flags.clear();
        }
        arrow.labels_at = placed.as_ref().map(|placed| placed.at);
        things.extend(placed.map(|placed| placed.patch));
    }
    things
}

/// Labels of an arrow, at a place of it.
#[derive(Clone, Copy)]
struct Placed {
    at: i32,
    told: Told,
    patch: Patch,
}

/// Where so much of an arrow may stand, the best place first, as far as nothing else than other
/// labels is there. They lie on a head or a lifeline only where there is no other place.
fn free_spots(
    arrow: &Arrow,
    told: Told,
    arrows: &[Arrow],
    (things, lines): (&[Patch], &[Patch]),
) -> Vec<Placed> {
    let (mut free, mut on_lines) = (Vec::new(), Vec::new());
    if arrow.beside_original || told > Told::most(arrow) {
        return free;
    }
    // A numeral alone is short enough to stand beyond a cross as well.
    let is_short = told == Told::Numeral && arrow.fate == ArrowEnd::Cross;
    let spots = if is_short { NEAR_AN_END } else { spots(arrow, arrows) };
    let is_kept_off = told == Told::Numbers || arrow.forged || arrow.stranger.is_some();
    for at in spots {
        let patch = label(arrow, at, told);
        let is_on = |those: &[Patch]| those.iter().any(|it| it.overlaps(&patch));
        if patch.is_inside() && !is_on(things) {
            let placed = Placed { at, told, patch };
            match is_on(lines) {
                false => free.push(placed),
                true if !is_kept_off => on_lines.push(placed),
                true => (),
            }
        }
    }
    free.append(&mut on_lines);
    free
}

/// How many labels may be asked to move for one, and among how many: to ask all who could takes too
/// long in a crowd.
const MOVED: usize = 3;
const CROWD: usize = 60;

/// The labels of each arrow, where they could be and where they are.
struct Room {
    spots: Vec<[Vec<Placed>; Told::ALL.len()]>,
    placed: Vec<Option<Placed>>,
}

impl Room {
    /// Tells this much of an arrow, if there is room for it: best where nobody has to move.
    fn tell(&mut self, index: usize, told: Told) {
        let spots = &self.spots[index][told as usize];
        let most = if self.placed.len() > CROWD { 0 } else { MOVED };
        let moves = [0, most]
            .iter()
            .find_map(|&most| spots.iter().find_map(|&spot| self.moves(index, spot, most)));
        for (index, to) in moves.into_iter().flatten() {
            self.placed[index] = Some(to);
        }
    }

    /// Who has to go where so that an arrow's labels can stand here, if all who must can, and are
    /// no more than this.
    fn moves(&self, index: usize, spot: Placed, most: usize) -> Option<Vec<(usize, Placed)>> {
        let mut moves = vec![(index, spot)];
        for (other, told) in self.blocking(index, &spot.patch) {
            let is_free = |to: &&Placed| {
                let is_taken = moves.iter().any(|(_, moved)| moved.patch.overlaps(&to.patch));
                !is_taken && self.blocking(other, &to.patch).all(|(other, _)| other == index)
            };
            if moves.len() > most {
                return None;
            }
            let to = *self.spots[other][told as usize].iter().find(is_free)?;
            moves.push((other, to));
        }
        Some(moves)
    }

    /// The other labels that lie where one of this arrow would: whose they are, and how much they
    /// tell.
    fn blocking(&self, index: usize, patch: &Patch) -> impl Iterator<Item = (usize, Told)> {
        self.placed.iter().enumerate().filter_map(move |(other, placed)| {
            let placed = placed.as_ref()?;
            (other != index && placed.patch.overlaps(patch)).then_some((other, placed.told))
        })
    }
}

/// Where the labels of an arrow may stand, the best place first.
fn spots(arrow: &Arrow, arrows: &[Arrow]) -> Spots {
    if arrow.fate == ArrowEnd::Cross {
        // Beyond the cross there is no arrow any more.
        let whole = (arrow.target.0 - arrow.start.0).abs().max(1);
        let flown = (arrow.end.0 - arrow.start.0).abs();
        return IN_THE_MIDDLE.map(|spot| spot * flown / whole);
    }
    let is_free = arrow.fate != ArrowEnd::Letter && !is_crossed(arrow, arrows);
    if is_free { IN_THE_MIDDLE } else { NEAR_AN_END }
}

/// Does an arrow the other way cross this one, or set out or land where this one does?
fn is_crossed(this: &Arrow, arrows: &[Arrow]) -> bool {
    arrows.iter().any(|other| {
        other.from != this.from
            && other.stranger.is_some() == this.stranger.is_some()
            && other.start.1 < this.target.1
            && this.start.1 < other.target.1
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Ladder, ladder};
    use super::*;
    use crate::{Language, Numbers, Position};
    use handshake::{ByTime, Choice, Trace};

    /// They get together, and six times T says six things, each two milliseconds after the other.
    fn crowd() -> Trace {
        let mut trace: Trace = "v1~B.listen~A.open~deliver.1~deliver.2~deliver.3".parse().unwrap();
        let say: Choice = "A.send.hi".parse().unwrap();
        for _ in 0..6 {
            for wait in [0, 2, 2, 2, 2, 2] {
                trace.extend_after(handshake::Duration::from_millis(wait), &say).unwrap();
            }
            trace.run(&mut ByTime, 12);
        }
        trace
    }

    fn at(trace: &Trace, place: usize) -> Ladder {
        let position = Position::resting(trace, place);
        ladder(trace, position, Language::English, Numbers::Relative, None)
    }

    /// The labels of an arrow as they are drawn.
    fn drawn(arrow: &Arrow) -> Option<Patch> {
        let told = match (arrow.flags.is_empty(), arrow.numbers.is_empty()) {
            (true, _) => Told::Numeral,
            (false, true) => Told::Flags,
            (false, false) => Told::most(arrow),
        };
        arrow.labels_at.map(|at| label(arrow, at, told))
    }

    #[test]
    fn in_a_crowd_no_label_lies_on_another() {
        let trace = crowd();
        for place in (0..=trace.len()).step_by(7) {
            let labels: Vec<Patch> = at(&trace, place).arrows.iter().filter_map(drawn).collect();
            for (index, label) in labels.iter().enumerate() {
                let others = &labels[index + 1..];
                assert!(!others.iter().any(|other| other.overlaps(label)), "at {place}");
            }
        }
    }

    #[test]
    fn in_a_crowd_those_sent_last_are_told_first() {
        let trace = crowd();
        let (mut last, mut before) = (0, 0);
        let places: Vec<usize> = (12..=trace.len()).step_by(7).collect();
        for &place in &places {
            let arrows = at(&trace, place).arrows;
            let told = |arrow: &Arrow| usize::from(!arrow.flags.is_empty());
            let (earlier, latest) = arrows.split_at(arrows.len() - 4);
            last += latest.iter().map(told).sum::<usize>() * earlier.len();
            before += earlier.iter().map(told).sum::<usize>() * latest.len();
        }
        assert!(last > before, "{last}, {before}");
    }

    #[test]
    fn what_strangers_say_keeps_off_the_lanes() {
        // A stranger calls P before T does, and P's answer goes back to it.
        let run = "v1~backlog.1.2~B.listen~stranger.1.SYN.2890417365.0.1024~A.open~deliver.1\
            ~deliver.2~deliver.3";
        let arrows = at(&run.parse().unwrap(), 6).arrows;
        let strange: Vec<_> = arrows.iter().filter(|arrow| arrow.stranger.is_some()).collect();
        let flags: Vec<&str> = strange.iter().map(|arrow| &*arrow.flags).collect();
        assert_eq!(flags, ["SYN", "SYN,ACK"]);
        for label in strange.into_iter().filter_map(drawn) {
            assert!(![LANES.0, LANES.1].iter().any(|&lane| lifeline(lane).overlaps(&label)));
        }
    }

    #[test]
    fn a_patch_reaches_as_far_as_its_corners() {
        let flat = Patch::upright((100, 50), (20, 5));
        assert_eq!(flat.reach, (450, 550));
        let steep = Patch::along((100, 50), (0, 1), (20, 5, 5));
        assert_eq!(steep.reach, (300, 700));
        assert!(flat.overlaps(&steep) && steep.overlaps(&flat));
        assert!(!flat.overlaps(&Patch::upright((100, 61), (20, 5))));
        let long = Patch::along((60, 30_000), (120, 60_000), (30_000, 2, 2));
        assert!(long.reach.0 < 100 && long.reach.1 > 599_900, "{:?}", long.reach);
    }
}
