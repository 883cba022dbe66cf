//! Scenes and the inbox as the page fetches them: in one language, in lines of fields with tabs
//! between them, which take less of a program to read than JSON does. The project makes them of
//! its own sources while the page is built; whoever reads one that is broken learns only that.

use std::rc::Rc;

use handshake::Trace;

use crate::language::Both;
use crate::{Conversation, Family, Language, Scene, StepWords, rules_met};

impl Scene {
    /// The scene in one language: a line of names, its run, a line for each place, and behind an
    /// empty line what the rules say that the run meets.
    pub fn script(&self, language: Language) -> String {
        let family = self.family.as_deref().unwrap_or_default();
        let [title, hook, summary] =
            [self.title(language), self.hook(language), self.summary(language)];
        let names = [&self.id, family, title, hook, summary].join("\t");
        let places = self.places.iter().map(|words| {
            let StepWords { label, story, feels, bubble, left_out } = words.to(language);
            let [bubble, left_out] = [bubble, left_out].map(|it| it.as_deref().unwrap_or_default());
            [label, story, feels, bubble, left_out].join("\t")
        });
        let told = [names, self.trace.to_string()].into_iter().chain(places);
        let told: Vec<String> = told.collect();
        format!("{}\n\n{}", told.join("\n"), rules_met(&self.trace, language))
    }

    /// Reads what [`script`](Scene::script) wrote, if it is that. Its words are those of each
    /// language that the program speaks.
    pub fn from_script(script: &str) -> Option<Scene> {
        let (told, rules) = script.split_once("\n\n")?;
        let mut lines = told.lines();
        let [id, family, title, hook, summary] = fields(lines.next()?)?;
        let (trace, None) = Trace::decode(lines.next()?) else { return None };
        let places = lines.map(|line| {
            let [label, story, feels, bubble, left_out] = fields(line)?;
            let [bubble, left_out] = [bubble, left_out].map(some);
            Some(Both::same(StepWords { label, story, feels, bubble, left_out }))
        });
        Some(Scene {
            id,
            family: some(family),
            title: Both::same(title),
            hook: Both::same(hook),
            summary: Both::same(summary),
            places: places.collect::<Option<_>>()?,
            trace: Rc::new(trace),
            rules: Some(Both::same(rules.to_owned())),
        })
    }
}

impl Family {
    /// These families in one language: a line for each, and below it one for each of its scenes.
    pub fn script(families: &[Family], language: Language) -> String {
        let mut script = String::new();
        for family in families {
            script += &[&family.id, family.title(language)].join("\t");
            script += "\n";
            for Conversation { id, title, hook, asked, run } in &family.scenes {
                let [title, hook] = [title, hook].map(|both| both.to(language));
                script += &[id, title, hook, asked, run].map(String::as_str).join("\t");
                script += "\n";
            }
        }
        script
    }

    /// Reads what [`script`](Family::script) wrote, if it is that.
    pub fn from_script(script: &str) -> Option<Vec<Family>> {
        let mut families: Vec<Family> = Vec::new();
        for line in script.lines() {
            if let Some([id, title]) = fields(line) {
                families.push(Family { id, title: Both::same(title), scenes: Vec::new() });
                continue;
            }
            let [id, title, hook, asked, run] = fields(line)?;
            let [title, hook] = [title, hook].map(Both::same);
            families.last_mut()?.scenes.push(Conversation { id, title, hook, asked, run });
        }
        Some(families)
    }
}

/// The fields of a line, if it has so many.
fn fields<const N: usize>(line: &str) -> Option<[String; N]> {
    let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
    fields.try_into().ok()
}

/// What may be missing, and then is an empty field.
fn some(field: String) -> Option<String> {
    (!field.is_empty()).then_some(field)
}
