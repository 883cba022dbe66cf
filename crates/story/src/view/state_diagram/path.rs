//! Lines in SVG's path notation.

use std::fmt::Write;

/// How many numbers a command takes, and which of them is the first of its points.
fn arity(command: char) -> (usize, usize) {
    // An arc has radii, an angle and two flags before its one point.
    if command == 'A' { (7, 5) } else { (2, 0) }
}

/// The same line, moved. It may consist of the commands M, L, Q, C and A, and of whole numbers:
/// what it takes to read others would weigh more than all drawings.
pub(super) fn moved(path: &str, (dx, dy): (i32, i32)) -> String {
    let mut moved = String::with_capacity(path.len());
    let (mut command, mut index) = ('M', 0);
    let mut rest = path;
    while let Some(next) = rest.chars().next() {
        if next.is_ascii_alphabetic() {
            (command, index) = (next, 0);
            moved.push(next);
            rest = &rest[1..];
            continue;
        }
        let end = rest.find(|c: char| c == ' ' || c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        rest = after.trim_start();
        let Ok(number) = number.parse::<i32>() else { continue };
        let (numbers, first) = arity(command);
        let shift = match (index % numbers).checked_sub(first) {
            Some(0) => dx,
            Some(_) => dy,
            None => 0,
        };
        let _ = write!(moved, "{} ", number + shift); // a string takes everything
        index += 1;
    }
    moved.trim_end().to_owned()
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
}
