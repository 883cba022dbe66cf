//! Where the labels stand along their arrows, so that none lies on another.

use handshake::Side;

use super::{Arrow, ArrowEnd, Gap, LANES, StateMark, WIDTH};
use crate::words;

/// Where a label may stand, in hundredths of its arrow's way, the best place first.
type Spots = [i32; 13];

/// Where nothing crosses the arrow and no letter is in the air on it, the middle is best.
const IN_THE_MIDDLE: Spots = [50, 45, 55, 40, 60, 34, 66, 28, 72, 20, 80, 14, 86];
const NEAR_AN_END: Spots = [28, 72, 20, 80, 34, 66, 14, 86, 40, 60, 45, 55, 50];

/// Of what is written along an arrow: how wide a letter of it is, how far a line over the arrow
/// reaches above it, and how far no line, one or two reach below it.
const LETTER: i32 = 7;
const ABOVE: i32 = 17;
const BELOW: [i32; 3] = [0, 19, 33];

/// Something that takes a place on the ladder, by its corners, in tenths of a pixel.
pub(super) struct Patch([(i32, i32); 4]);

impl Patch {
    fn upright((x, y): (i32, i32), half: (i32, i32)) -> Patch {
        Patch::along((x, y), (1, 0), (half.0, half.1, half.1))
    }

    /// So wide to both sides and so high above and below, along a line through its middle that goes
    /// so far to the right and down.
    fn along(middle: (i32, i32), line: (i32, i32), (half, above, below): (i32, i32, i32)) -> Patch {
        let (right, down) = line;
        let square = (right * right + down * down).unsigned_abs();
        let length = i32::try_from(square.isqrt()).unwrap_or(i32::MAX).max(1);
        let corners = [(-half, -above), (half, -above), (half, below), (-half, below)];
        Patch(corners.map(|(across, under)| {
            let x = middle.0 * 10 + (across * right - under * down) * 10 / length;
            let y = middle.1 * 10 + (across * down + under * right) * 10 / length;
            (x, y)
        }))
    }

    /// Does it lie within the drawing?
    fn is_inside(&self) -> bool {
        self.0.iter().all(|&(x, y)| (0..=WIDTH * 10).contains(&x) && y >= 0)
    }

    /// Two patches lie apart where one side of either has all of the other beyond it.
    fn overlaps(&self, other: &Patch) -> bool {
        !self.keeps_off(other) && !other.keeps_off(self)
    }

    fn keeps_off(&self, other: &Patch) -> bool {
        (0..4).any(|side| {
            let ((x1, y1), (x2, y2)) = (self.0[side], self.0[(side + 1) % 4]);
            let is_beyond = |&(x, y): &(i32, i32)| {
                i64::from(x2 - x1) * i64::from(y - y1) <= i64::from(y2 - y1) * i64::from(x - x1)
            };
            other.0.iter().all(is_beyond)
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
    /// The most that is told of an arrow. The numbers of a letter in the air stand on the letter.
    fn most(arrow: &Arrow) -> Told {
        if arrow.fate == ArrowEnd::Letter { Told::Flags } else { Told::Numbers }
    }

    /// This much and less, the most first.
    fn and_less(self) -> impl Iterator<Item = Told> {
        let all = [Told::Numbers, Told::Flags, Told::Numeral];
        all.into_iter().filter(move |&told| told <= self)
    }

    fn less(self) -> Option<Told> {
        self.and_less().nth(1)
    }
}

/// The labels of an arrow at a place of it, as far as they are told.
fn label(arrow: &Arrow, at: i32, told: Told) -> Patch {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let along = |from: i32, to: i32| from + (to - from) * at / 100;
    let flags = if told == Told::Numeral { "" } else { &arrow.flags };
    let numbers: &[String] = if told == Told::Numbers { &arrow.numbers } else { &[] };
    let over = arrow.numeral.chars().count() + 1 + flags.len();
    let under = numbers.iter().map(|line| line.chars().count());
    let letters = i32::try_from(under.fold(over, usize::max)).unwrap_or(0);
    // They are read from the left, wherever the arrow goes.
    let line = ((x2 - x1).abs(), (y2 - y1) * (x2 - x1).signum());
    let size = (letters * LETTER / 2 + 1, ABOVE, BELOW[numbers.len().min(2)]);
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
fn state(mark: &StateMark, lanes: (i32, i32)) -> Patch {
    let half = i32::try_from(mark.state.name().len()).unwrap_or(0) * LETTER / 2;
    let x = match mark.side {
        Side::A => lanes.0 - 11 - half,
        Side::B => lanes.1 + 11 + half,
    };
    Patch::upright((x, mark.name_y), (half, 7))
}

/// The whole of a lifeline.
fn lifeline(x: i32) -> Patch {
    Patch::upright((x, 0), (2, i32::MAX / 40))
}

/// How long a wait is, between the lanes, where it is cut short.
fn gap(gap: &Gap, lanes: (i32, i32)) -> Patch {
    let half = i32::try_from(words::duration(gap.millis).len()).unwrap_or(0) * LETTER / 2;
    Patch::upright((i32::midpoint(lanes.0, lanes.1), gap.y), (half, 7))
}

/// The line of an arrow itself.
fn shaft(arrow: &Arrow) -> Patch {
    let ((x1, y1), (x2, y2)) = (arrow.start, arrow.target);
    let (line, middle) = ((x2 - x1, y2 - y1), (i32::midpoint(x1, x2), i32::midpoint(y1, y2)));
    let length = line.0.unsigned_abs().pow(2) + line.1.unsigned_abs().pow(2);
    let half = i32::try_from(length.isqrt() / 2).unwrap_or(0);
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

/// How often somebody may be asked to make room: where very many letters go one way at once there
/// is none, however often one asks.
const ROUNDS: usize = 24;

/// Finds a place for each arrow's labels where they lie on nothing else. Where there is no room for
/// all of them the numbers are left out, and then the flags: the numeral says which message it is.
/// It says what is taken then.
pub(super) fn arrange(
    arrows: &mut [Arrow],
    states: &[StateMark],
    gaps: &[Gap],
    lanes: (i32, i32),
) -> Vec<Patch> {
    let names = states.iter().map(|mark| state(mark, lanes));
    let names = names.chain(gaps.iter().map(|each| gap(each, lanes)));
    // What comes from outside the lanes keeps off them; between them there is little enough room.
    let lifelines = [lanes.0, lanes.1].map(lifeline);
    let from_within = lifelines.len();
    let ends = arrows.iter().filter_map(end);
    let heads: Vec<Patch> = arrows.iter().filter_map(head).collect();
    let mut things: Vec<Patch> = lifelines.into_iter().chain(ends).chain(names).collect();
    let labelled: Vec<usize> =
        (0..arrows.len()).filter(|&at| !arrows[at].beside_original).collect();
    let mut most: Vec<Told> = labelled.iter().map(|&at| Told::most(&arrows[at])).collect();
    let mut placed: Vec<Placed> = Vec::new();
    let mut rounds = 0;
    while let Some(&index) = labelled.get(placed.len()) {
        let arrow = &arrows[index];
        let spots = spots(arrow, arrows);
        let is_outside = arrow.forged || arrow.stranger.is_some();
        let things = if is_outside { &things[..] } else { &things[from_within..] };
        let room_for = most[placed.len()];
        let free = free_place(arrow, spots, room_for, (things, &heads), &placed);
        if free.is_none()
            && rounds < ROUNDS
            && let Some(before) = wordiest(arrow, spots, &placed)
            && let Some(less) = placed[before].told.less()
        {
            // It makes room, and whoever came after it looks for a place anew.
            most[before] = less;
            placed.truncate(before);
            rounds += 1;
            continue;
        }
        placed.push(free.unwrap_or_else(|| Placed::new(arrow, spots[0], Told::Numeral)));
    }
    for (&index, Placed { at, told, patch }) in labelled.iter().zip(placed) {
        let arrow = &mut arrows[index];
        arrow.labels_at = at;
        if told < Told::Numbers && arrow.fate != ArrowEnd::Letter {
            arrow.numbers.clear();
        }
        if told < Told::Flags {
            arrow.flags.clear();
        }
        things.push(patch);
    }
    things
}

/// The labels of an arrow that have found their place.
struct Placed {
    at: i32,
    told: Told,
    patch: Patch,
}

impl Placed {
    fn new(arrow: &Arrow, at: i32, told: Told) -> Placed {
        Placed { at, told, patch: label(arrow, at, told) }
    }
}

/// The first place where an arrow's labels lie on nothing, with as much of them as possible; on an
/// arrow's head only where there is no other.
fn free_place(
    arrow: &Arrow,
    spots: Spots,
    most: Told,
    (things, heads): (&[Patch], &[Patch]),
    placed: &[Placed],
) -> Option<Placed> {
    let is_free = |patch: &Patch, heads: &[Patch]| {
        let others = placed.iter().map(|other| &other.patch);
        let mut taken = things.iter().chain(heads).chain(others);
        patch.is_inside() && !taken.any(|other| other.overlaps(patch))
    };
    most.and_less().find_map(|told| {
        // A numeral alone is short enough to stand beyond a cross as well.
        let is_short = told == Told::Numeral && arrow.fate == ArrowEnd::Cross;
        let spots = if is_short { NEAR_AN_END } else { spots };
        [heads, &[]].into_iter().find_map(|heads| {
            let tried = spots.map(|at| Placed::new(arrow, at, told));
            tried.into_iter().find(|tried| is_free(&tried.patch, heads))
        })
    })
}

/// Of those whose labels are in an arrow's way the one that tells the most.
fn wordiest(arrow: &Arrow, spots: Spots, placed: &[Placed]) -> Option<usize> {
    let wanted = spots.map(|at| label(arrow, at, Told::Numeral));
    let is_in_the_way = |other: &Placed| wanted.iter().any(|patch| other.patch.overlaps(patch));
    (0..placed.len())
        .filter(|&before| placed[before].told > Told::Numeral && is_in_the_way(&placed[before]))
        .max_by_key(|&before| placed[before].told)
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
