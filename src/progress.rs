//! How far each conversation was read.

use crate::store;

/// How far a conversation was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Progress {
    /// Not opened yet.
    Unread,
    /// As far as this step.
    UpTo(usize),
    /// To its end, at least once.
    Read,
}

impl Progress {
    /// What is remembered of a scene.
    pub fn of(scene: &str) -> Progress {
        Progress::from_text(store::get(&name(scene)).as_deref())
    }

    fn from_text(kept: Option<&str>) -> Progress {
        match kept {
            None => Progress::Unread,
            Some("read") => Progress::Read,
            Some(place) => place.parse().map_or(Progress::Unread, Progress::UpTo),
        }
    }

    /// Remembers how far a scene was read. Whoever has read it to its end has read it.
    pub fn note(scene: &str, place: usize, steps: usize) {
        store::put("last", &format!("{scene} {place}"));
        if place >= steps {
            store::put(&name(scene), "read");
        } else if Progress::of(scene) != Progress::Read {
            store::put(&name(scene), &place.to_string());
        }
    }

    /// The conversation that was open last, and how far.
    pub fn last() -> Option<(String, usize)> {
        let kept = store::get("last")?;
        let (scene, place) = kept.split_once(' ')?;
        Some((scene.to_owned(), place.parse().ok()?))
    }
}

fn name(scene: &str) -> String {
    format!("read/{scene}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_kept_means_something() {
        let kept = [None, Some("3"), Some("read"), Some("nonsense"), Some("-1")];
        let means = kept.map(Progress::from_text);
        let unread = Progress::Unread;
        assert_eq!(means, [unread, Progress::UpTo(3), Progress::Read, unread, unread]);
    }
}
