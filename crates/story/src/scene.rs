//! Scenes: a run with words of its own, read from JSON.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use handshake::{RunError, Trace};

use crate::json::{Wrong, from_json, object};
use crate::language::Both;
use crate::words::own_run;
use crate::{Language, Text};

/// A scene: how its run starts, what happens, and how it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scene {
    /// A short stable name, i.e. `confession`.
    pub id: String,
    title: Both<String>,
    hook: Both<String>,
    summary: Both<String>,
    trace: Rc<Trace>,
    /// The words of each place of the run, the first world's first.
    places: Vec<Both<StepWords>>,
}

/// The words with which a scene tells one step.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct StepWords {
    /// A name of at most three words for the scrubber.
    pub label: String,
    /// What happens, as the narrator tells it.
    pub story: String,
    /// How it feels to whoever acts, in a few words.
    pub feels: String,
    /// What the message says that is sent in this step. `{seq}` and `{ack}` stand for its numbers.
    pub bubble: Option<String>,
    /// Where the story is looser than TCP, said at the moment that it concerns.
    pub left_out: Option<String>,
}

/// A scene as it stands in its file.
struct File {
    id: String,
    title: Both<String>,
    hook: Both<String>,
    summary: Both<String>,
    /// The head of the run's text: its version and how it starts.
    start: String,
    opening: Both<StepWords>,
    steps: Vec<FileStep>,
}

struct FileStep {
    id: String,
    /// The word of the run's text that makes this step.
    word: String,
    zh: StepWords,
    en: StepWords,
}

object!(StepWords {
    "label" => label,
    "story" => story,
    "feels" => feels,
    "bubble" => bubble,
    "left_out" => left_out,
});
object!(File {
    "id" => id,
    "title" => title,
    "hook" => hook,
    "summary" => summary,
    "start" => start,
    "opening" => opening,
    "steps" => steps,
});
object!(FileStep { "id" => id, "do" => word, "zh" => zh, "en" => en });

impl Scene {
    /// The original story: T confesses, P says yes, T says yes.
    ///
    /// # Errors
    ///
    /// None that a reader can meet: a test reads the file that is built in.
    pub fn confession() -> Result<Scene, SceneError> {
        Scene::from_json(include_str!("../scenes/confession.json"))
    }

    /// Reads a scene and plays its run.
    ///
    /// # Errors
    ///
    /// [`SceneError`] says what is wrong and where: with the JSON, with a word of the run, or with
    /// a step that the simulator does not allow.
    pub fn from_json(json: &str) -> Result<Scene, SceneError> {
        let file: File = from_json(json).map_err(|Wrong { line, column, what }| {
            SceneError::Json { line, column, expected: what }
        })?;
        let mut trace: Trace = file
            .start
            .parse()
            .map_err(|error| SceneError::Step { step: "start".to_owned(), error })?;
        let mut places = vec![file.opening];
        for step in file.steps {
            let run = format!("{trace}~{}", step.word);
            trace = run.parse().map_err(|error| SceneError::Step { step: step.id, error })?;
            places.push(Both::new(step.zh, step.en));
        }
        let File { id, title, hook, summary, .. } = file;
        Ok(Scene { id, title, hook, summary, trace: Rc::new(trace), places })
    }

    /// A run that nobody has written words for, and what is wrong with its text. What was read
    /// before that is the scene; it has no id, since it is listed nowhere.
    pub fn of_run(text: &str) -> (Scene, Option<RunError>) {
        let (trace, error) = Trace::decode(text);
        let both = |text: Text| Both::new(text.zh.to_owned(), text.en.to_owned());
        let scene = Scene {
            id: String::new(),
            title: both(own_run::TITLE),
            hook: both(own_run::HOOK),
            summary: both(own_run::SUMMARY),
            trace: Rc::new(trace),
            places: Vec::new(),
        };
        (scene, error)
    }

    /// Its run.
    pub fn trace(&self) -> &Rc<Trace> {
        &self.trace
    }

    /// Its title.
    pub fn title(&self, language: Language) -> &str {
        self.title.to(language)
    }

    /// One line that makes one want to open it.
    pub fn hook(&self, language: Language) -> &str {
        self.hook.to(language)
    }

    /// What it is about, in the words of the trade.
    pub fn summary(&self, language: Language) -> &str {
        self.summary.to(language)
    }

    /// The scene's own words for a place of `trace`, if up to there `trace` is the scene's run.
    pub fn words(&self, trace: &Trace, place: usize, language: Language) -> Option<&StepWords> {
        let words = self.places.get(place)?.to(language);
        let same = std::ptr::eq(trace, &raw const *self.trace);
        (same || self.is_own_run(trace, place)).then_some(words)
    }

    /// Is `trace` the scene's run up to this place?
    fn is_own_run(&self, trace: &Trace, place: usize) -> bool {
        let [told, made] = [&*self.trace, trace]
            .map(|run| run.steps().iter().map(|step| &step.choice).take(place));
        trace.start() == self.trace.start() && made.eq(told)
    }
}

/// What is wrong with a scene's file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SceneError {
    /// The text is no JSON, or not of a scene's shape.
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong and what was expected.
        expected: String,
    },
    /// A step cannot be read, or cannot happen where it stands.
    Step {
        /// The step's id; `start` for how the run starts.
        step: String,
        /// What is wrong with the run there.
        error: RunError,
    },
}

impl fmt::Display for SceneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SceneError::Json { expected, .. } => write!(f, "not a scene: {expected}"),
            SceneError::Step { step, error } => {
                write!(f, "step `{step}`: `{}`: {}", error.word, error.problem)
            }
        }
    }
}

impl Error for SceneError {}
