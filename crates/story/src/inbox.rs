//! The inbox: every scene that is built, by family, with what is needed to list it.

use std::sync::LazyLock;

use handshake::Trace;

use crate::Language;
use crate::json::{from_json, object};
use crate::language::Both;

/// All families as a text in JSON.
const INBOX: &str = include_str!(concat!(env!("OUT_DIR"), "/inbox.json"));

/// Some scenes that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family {
    /// A short stable name, i.e. `losing`.
    pub id: String,
    pub(crate) title: Both<String>,
    /// Its scenes, in the order in which they are read.
    pub scenes: Vec<Conversation>,
}

/// A scene as it is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversation {
    /// The scene's id.
    pub id: String,
    pub(crate) title: Both<String>,
    pub(crate) hook: Both<String>,
    /// What it can be found by, in lower case: its names in both languages.
    pub(crate) asked: String,
    pub(crate) run: String,
}

object!(Family { "id" => id, "title" => title, "scenes" => scenes });
object!(Conversation {
    "id" => id,
    "title" => title,
    "hook" => hook,
    "asked" => asked,
    "run" => run,
});

/// All families, the original story first.
pub fn inbox() -> &'static [Family] {
    // A test reads it; what the build wrote cannot change afterwards.
    static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| from_json(INBOX).unwrap_or_default());
    &FAMILIES
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

    /// Is it one that a reader looks for with these words, in any language?
    pub fn is_found_by(&self, asked: &str) -> bool {
        self.asked.contains(&asked.to_ascii_lowercase())
    }

    /// Its run.
    pub fn trace(&self) -> Trace {
        // What does not play is told by the scene's own test.
        Trace::decode(&self.run).0
    }
}
