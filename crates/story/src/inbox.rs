//! The inbox: every scene that is built, by family, with what is needed to list it.

use std::sync::LazyLock;

use handshake::Trace;

use crate::Language;
use crate::json::{from_json, object};
use crate::language::Both;

/// Some scenes that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family {
    /// A short stable name, i.e. `losing`.
    pub id: String,
    title: Both<String>,
    /// Its scenes, in the order in which they are read.
    pub scenes: Vec<Conversation>,
}

/// A scene as it is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversation {
    /// The scene's id.
    pub id: String,
    title: Both<String>,
    hook: Both<String>,
    run: String,
}

object!(Family { "id" => id, "title" => title, "scenes" => scenes });
object!(Conversation { "id" => id, "title" => title, "hook" => hook, "run" => run });

/// All families, the original story first.
pub fn inbox() -> &'static [Family] {
    // A test reads it; what the build wrote cannot change afterwards.
    static INBOX: LazyLock<Vec<Family>> = LazyLock::new(|| {
        from_json(include_str!(concat!(env!("OUT_DIR"), "/inbox.json"))).unwrap_or_default()
    });
    &INBOX
}

/// The id of the family to which a scene belongs, if it is listed.
pub fn family_of(scene: &str) -> Option<&'static str> {
    let has_it = |family: &&Family| family.scenes.iter().any(|listed| listed.id == scene);
    inbox().iter().find(has_it).map(|family| family.id.as_str())
}

impl Family {
    /// What its scenes have in common.
    pub fn title(&self, language: Language) -> &str {
        self.title.to(language)
    }
}

impl Conversation {
    /// Its title.
    pub fn title(&self, language: Language) -> &str {
        self.title.to(language)
    }

    /// One line that makes one want to open it.
    pub fn hook(&self, language: Language) -> &str {
        self.hook.to(language)
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        self.trace().len()
    }

    /// Its run.
    pub fn trace(&self) -> Trace {
        // What does not play is told by the scene's own test.
        Trace::decode(&self.run).0
    }
}
