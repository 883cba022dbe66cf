//! Lines in SVG's path notation.

use std::fmt::Write;

/// How many numbers a command takes at a time, and which of them is the first of its points.
fn arity(command: char) -> (usize, usize) {
    // An arc has radii, an angle and two flags before its one point.
    if command == 'A' { (7, 5) } else { (2, 0) }
}

/// A line's commands, each with its numbers. It may consist of M, L, Q, C and A, and of whole
/// numbers: what it takes to read others would weigh more than all drawings.
fn commands(path: &str) -> impl Iterator<Item = (char, Vec<i32>)> {
    path.char_indices().filter(|(_, sign)| sign.is_ascii_alphabetic()).map(|(at, command)| {
        let rest = &path[at + 1..];
        let end = rest.find(|sign: char| sign.is_ascii_alphabetic()).unwrap_or(rest.len());
        let numbers = rest[..end].split(' ').filter_map(|number| number.parse().ok());
        (command, numbers.collect())
    })
}

/// The same line, moved.
pub(super) fn moved(path: &str, (dx, dy): (i32, i32)) -> String {
    let mut moved = String::with_capacity(path.len());
    for (command, numbers) in commands(path) {
        moved.push(command);
        let (each, first) = arity(command);
        for (index, number) in numbers.into_iter().enumerate() {
            let shift = match (index % each).checked_sub(first) {
                Some(0) => dx,
                Some(_) => dy,
                None => 0,
            };
            let _ = write!(moved, "{} ", number + shift); // a string takes everything
        }
    }
    moved.trim_end().to_owned()
}

/// How many straight pieces stand for a curve.
const PIECES: u8 = 8;

/// The point half-way along a line.
pub(super) fn middle(path: &str) -> (i32, i32) {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (command, numbers) in commands(path) {
        let (_, first) = arity(command);
        let given = numbers.get(first..).unwrap_or_default();
        let given = given.chunks_exact(2).map(|pair| (f64::from(pair[0]), f64::from(pair[1])));
        let Some(&from) = points.last() else {
            points.extend(given);
            continue;
        };
        let curve: Vec<(f64, f64)> = [from].into_iter().chain(given).collect();
        let done = (1..=PIECES).map(|piece| f64::from(piece) / f64::from(PIECES));
        points.extend(done.map(|done| on_curve(curve.clone(), done)));
    }
    let lengths =
        points.windows(2).map(|ends| (ends[1].0 - ends[0].0).hypot(ends[1].1 - ends[0].1));
    let lengths: Vec<f64> = lengths.collect();
    let mut left = lengths.iter().sum::<f64>() / 2.0;
    for (ends, length) in points.windows(2).zip(lengths) {
        if left <= length && length > 0.0 {
            return rounded(between(ends[0], ends[1], left / length));
        }
        left -= length;
    }
    points.first().copied().map_or((0, 0), rounded)
}

/// A point of a Bézier curve with these control points, after de Casteljau.
fn on_curve(mut points: Vec<(f64, f64)>, done: f64) -> (f64, f64) {
    while points.len() > 1 {
        points = points.windows(2).map(|ends| between(ends[0], ends[1], done)).collect();
    }
    points[0]
}

fn between(from: (f64, f64), to: (f64, f64), done: f64) -> (f64, f64) {
    (from.0 + (to.0 - from.0) * done, from.1 + (to.1 - from.1) * done)
}

#[expect(clippy::cast_possible_truncation, reason = "a drawing is a few hundred pixels wide")]
fn rounded((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_points_move_and_nothing_else() {
        assert_eq!(moved("M248 18L77 18Q68 18 68 27", (-8, 2)), "M240 20 L69 20 Q60 20 60 29");
        assert_eq!(
            moved("M1 2A5 5 0 0 0 130 206L3 4", (10, 20)),
            "M11 22 A5 5 0 0 0 140 226 L13 24"
        );
        assert_eq!(moved("M142 -2", (0, 1)), "M142 -1");
        assert_eq!(moved("", (1, 1)), "");
    }

    #[test]
    fn the_middle_has_as_much_line_before_it_as_behind() {
        assert_eq!(middle("M292 81L292 104"), (292, 93));
        // Forty down, round the corner and forty to the right: the middle of the corner.
        assert_eq!(middle("M10 0L10 40Q10 60 30 60L70 60"), (15, 55));
        // An arc where it bridges another line counts as the short way across.
        assert_eq!(middle("M0 0L0 40A5 5 0 0 0 0 60L0 100"), (0, 50));
        assert_eq!(middle("M122 81C122 121 276 121 276 161"), (199, 121));
        assert_eq!(middle("M5 7"), (5, 7));
    }
}
