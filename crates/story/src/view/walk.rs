//! Walking through a drawing by arrow keys.

use super::Heading;

/// Which of these places one reaches from one of them in a direction: the nearest that lies more in
/// that direction than beside it.
pub fn nearest(places: &[(i32, i32)], from: usize, heading: Heading) -> Option<usize> {
    let (x, y) = *places.get(from)?;
    let candidates = places.iter().enumerate().filter_map(|(index, &(to_x, to_y))| {
        let (across, down) = (to_x - x, to_y - y);
        let (along, aside) = match heading {
            Heading::Up => (-down, across.abs()),
            Heading::Down => (down, across.abs()),
            Heading::Left => (-across, down.abs()),
            Heading::Right => (across, down.abs()),
        };
        // What is beside the way costs four times as much, so that rows and columns are kept.
        (along > 0 && index != from).then_some((along + 4 * aside, index))
    });
    candidates.min().map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CROSS: [(i32, i32); 5] = [(50, 50), (50, 0), (50, 100), (0, 50), (110, 60)];

    #[test]
    fn each_arrow_key_leads_its_own_way() {
        let ways = [Heading::Up, Heading::Down, Heading::Left, Heading::Right];
        let reached = ways.map(|heading| nearest(&CROSS, 0, heading));
        assert_eq!(reached, [Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn a_row_is_kept_although_something_nearer_lies_beside_it() {
        assert_eq!(nearest(&[(0, 0), (200, 60), (390, 0)], 0, Heading::Right), Some(2));
    }

    #[test]
    fn at_the_edge_there_is_nowhere_to_go() {
        assert_eq!(nearest(&CROSS, 1, Heading::Up), None);
        assert_eq!(nearest(&CROSS, 9, Heading::Up), None);
        assert_eq!(nearest(&[], 0, Heading::Up), None);
    }
}
