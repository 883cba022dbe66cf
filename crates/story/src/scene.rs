//! Scenes: a run with words of its own, written in JSON.

use std::error::Error;
use std::fmt;
use std::rc::Rc;

use handshake::{Rule, RunError, RunProblem, Trace};

use crate::Language;
use crate::json::{Flaw, Placed, Wrong, from_json, line_and_column, object};
use crate::language::Both;
use crate::lexicon::said_of;
use crate::words::own_run;

/// A scene: how its run starts, what happens, and how it is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scene {
    /// A short stable name, i.e. `confession`.
    pub id: String,
    /// The id of the family to which it belongs, if it is listed in one.
    pub family: Option<String>,
    pub(crate) title: Both<String>,
    pub(crate) hook: Both<String>,
    pub(crate) summary: Both<String>,
    pub(crate) trace: Rc<Trace>,
    /// The words of each place of the run, the first world's first.
    pub(crate) places: Vec<Both<StepWords>>,
    /// What the rules say that the run meets, a line for each; its source has none of that.
    pub(crate) rules: Option<Both<String>>,
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
    family: Option<String>,
    title: Both<String>,
    hook: Both<String>,
    summary: Both<String>,
    /// The head of the run's text: its version and how it starts.
    start: Placed,
    opening: Both<StepWords>,
    steps: Vec<FileStep>,
}

struct FileStep {
    id: String,
    /// The word of the run's text that makes this step.
    word: Placed,
    #[cfg(feature = "chinese")]
    zh: StepWords,
    #[cfg(feature = "english")]
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
    "family" => family,
    "title" => title,
    "hook" => hook,
    "summary" => summary,
    "start" => start,
    "opening" => opening,
    "steps" => steps,
});
object!(FileStep {
    "id" => id,
    "do" => word,
    #[cfg(feature = "chinese")] "zh" => zh,
    #[cfg(feature = "english")] "en" => en,
});

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
        let file: File = from_json(json).map_err(|wrong| SceneError::of(json, wrong))?;
        let mut trace = start(json, &file.start)?;
        let mut places = vec![file.opening];
        for step in file.steps {
            let word = step.word;
            make_step(&mut trace, &word.text)
                .map_err(|problem| SceneError::at(json, &word, &step.id, &word.text, problem))?;
            places.push(Both {
                #[cfg(feature = "chinese")]
                zh: step.zh,
                #[cfg(feature = "english")]
                en: step.en,
            });
        }
        let File { id, family, title, hook, summary, .. } = file;
        let trace = Rc::new(trace);
        Ok(Scene { id, family, title, hook, summary, trace, places, rules: None })
    }

    /// A run that nobody has written words for, and what is wrong with its text. What was read
    /// before that is the scene; it has no id, since it is listed nowhere.
    pub fn of_run(text: &str) -> (Scene, Option<RunError>) {
        let (trace, error) = Trace::decode(text);
        let scene = Scene {
            id: String::new(),
            family: None,
            title: own_run::TITLE.into(),
            hook: own_run::HOOK.into(),
            summary: own_run::SUMMARY.into(),
            trace: Rc::new(trace),
            places: Vec::new(),
            rules: None,
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

    /// What a rule says, if the scene's own run meets it.
    pub(crate) fn why(&self, rule: Rule, language: Language) -> Option<&str> {
        said_of(rule.id(), self.rules.as_ref()?.to(language))
    }

    /// Is `trace` the scene's run up to this place?
    fn is_own_run(&self, trace: &Trace, place: usize) -> bool {
        let [told, made] = [&*self.trace, trace]
            .map(|run| run.steps().iter().map(|step| &step.choice).take(place));
        trace.start() == self.trace.start() && made.eq(told)
    }
}

/// A run in which nothing has happened yet.
fn start(json: &str, text: &Placed) -> Result<Trace, SceneError> {
    let wrong = |word: &str, problem| SceneError::at(json, text, "start", word, problem);
    let trace: Trace = text
        .text
        .parse()
        .map_err(|RunError { word, problem, .. }| wrong(&word, Misplaced::Run(problem)))?;
    match trace.steps().first() {
        None => Ok(trace),
        Some(step) => Err(wrong(&step.choice.to_string(), Misplaced::StepInStart)),
    }
}

/// Makes the one step that a `do` is.
fn make_step(trace: &mut Trace, word: &str) -> Result<(), Misplaced> {
    if word.contains('~') {
        return Err(Misplaced::SeveralSteps);
    }
    trace.extend_by(word).map_err(Misplaced::Run)
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
        /// What is wrong there.
        flaw: Flaw,
    },
    /// A step cannot be read, or cannot happen where it stands.
    Step {
        /// The step's id; `start` for how the run starts.
        step: String,
        /// The line in which the string stands that says it, from 1.
        line: usize,
        /// The column where that string begins, from 1.
        column: usize,
        /// The word that is wrong.
        word: String,
        /// What is wrong with it.
        problem: Misplaced,
    },
}

/// What can be wrong with a word of a scene's run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misplaced {
    /// No run could have it there.
    Run(RunProblem),
    /// A `do` is several words, but its words tell one step.
    SeveralSteps,
    /// A step stands in `start`, where nothing would tell it.
    StepInStart,
}

impl SceneError {
    fn at(json: &str, place: &Placed, step: &str, word: &str, problem: Misplaced) -> SceneError {
        let (line, column) = line_and_column(json, place.at);
        SceneError::Step { step: step.to_owned(), line, column, word: word.to_owned(), problem }
    }

    pub(crate) fn of(json: &str, Wrong { at, flaw }: Wrong) -> SceneError {
        let (line, column) = line_and_column(json, at);
        SceneError::Json { line, column, flaw }
    }
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misplaced::Run(problem) => problem.fmt(f),
            Misplaced::SeveralSteps => f.write_str("expected exactly one step, i.e. `deliver.1`"),
            Misplaced::StepInStart => f.write_str(
                "expected the version and parameters only, i.e. `v1~delay.80ms`; steps stand in `steps`",
            ),
        }
    }
}

impl fmt::Display for SceneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SceneError::Json { line, column, flaw } => {
                write!(f, "not a scene: {flaw} at line {line} column {column}")
            }
            SceneError::Step { step, line, column, word, problem } => {
                write!(f, "step `{step}`: `{word}`: {problem} at line {line} column {column}")
            }
        }
    }
}

impl Error for SceneError {}
