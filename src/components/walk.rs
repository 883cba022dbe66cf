//! Walking through a drawing: one of its parts can be reached by Tab, the others by arrow keys.
//!
//! A drawing bears its name in `data-drawing`; each of its parts has its number in `data-walk` and
//! the tabindex that [`tabindex`] gives it.

use handshake::PacketId;
use story::view::{Heading, nearest};

use super::plates::fields_shown;
use super::{ladder, segment, state_diagram};
use crate::session::{Drawing, Session};

/// Whether Tab reaches a part, where `here` is the one that it reaches.
pub(super) fn tabindex(part: u32, here: u32) -> &'static str {
    if part == here { "0" } else { "-1" }
}

/// Where an arrow key leads from a part of a drawing.
pub(crate) fn way(session: &Session, drawing: Drawing, from: u32, heading: Heading) -> Option<u32> {
    let places = match drawing {
        Drawing::Header => {
            segment::places(&segment::form(fields_shown(session).as_ref(), session.language).cells)
        }
        Drawing::States => state_diagram::places(session),
        Drawing::Ladder => {
            let to = ladder::shown(session).walk(PacketId(from), heading);
            return to.map(|packet| packet.0);
        }
    };
    let to = nearest(&places, usize::try_from(from).ok()?, heading)?;
    u32::try_from(to).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Action;
    use story::{Language, Scene};

    fn session() -> Session {
        Session::new(Scene::confession().unwrap(), Language::English).after(Action::Seek(3))
    }

    #[test]
    fn arrow_keys_lead_through_every_drawing() {
        let session = session();
        let way = |drawing, from, heading| way(&session, drawing, from, heading);
        // From port to port, and from one number to the other below it.
        assert_eq!(way(Drawing::Header, 0, Heading::Right), Some(1));
        assert_eq!(way(Drawing::Header, 2, Heading::Down), Some(3));
        assert_eq!(way(Drawing::Ladder, 1, Heading::Down), Some(2));
        assert_eq!(way(Drawing::Ladder, 2, Heading::Left), Some(1));
        for drawing in Drawing::ALL {
            assert_eq!(way(drawing, 99, Heading::Up), None, "{drawing:?}");
        }
    }

    #[test]
    fn a_blank_form_can_be_walked_through_as_well() {
        let session = session().after(Action::First);
        assert_eq!(way(&session, Drawing::Header, 2, Heading::Down), Some(3));
    }

    #[test]
    fn every_state_can_be_walked_to() {
        let session = session();
        let count = state_diagram::places(&session).len();
        let mut reached = vec![0];
        let mut next = 0;
        while let Some(&from) = reached.get(next) {
            for heading in [Heading::Up, Heading::Down, Heading::Left, Heading::Right] {
                let to = way(&session, Drawing::States, from, heading);
                if let Some(to) = to.filter(|to| !reached.contains(to)) {
                    reached.push(to);
                }
            }
            next += 1;
        }
        assert_eq!((reached.len(), count), (11, 11));
    }
}
