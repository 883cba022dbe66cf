//! The words that are not in the program: those of each language in one file, and in each scene's
//! file what the rules say that its own run meets, so that whoever reads a scene fetches no more.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use story::{Language, Lexicon, Scene, inbox, rules_met};

/// Writes them into `dist`, where the folders of the languages and of the scenes are already.
pub(super) fn write(root: &Path, dist: &Path) -> Result<()> {
    for language in Language::ALL {
        let words = dist.join(language.tag()).join("words.txt");
        fs::write(words, Lexicon::text(language)).context("writing the words of a language")?;
    }
    for conversation in inbox().iter().flat_map(|family| &family.scenes) {
        let file = format!("{}.json", conversation.id);
        let json = fs::read_to_string(root.join("crates/story/scenes").join(&file));
        let json = with_rules(&json.with_context(|| format!("reading {file}"))?)
            .with_context(|| file.clone())?;
        fs::write(dist.join("scenes").join(&file), json)
            .with_context(|| format!("writing {file}"))?;
    }
    Ok(())
}

/// A scene with what the rules say that it meets.
fn with_rules(json: &str) -> Result<String> {
    let scene = Scene::from_json(json).map_err(|error| anyhow!("{error}"))?;
    let [zh, en] = Language::ALL.map(|language| quoted(&rules_met(scene.trace(), language)));
    let (scene, _) = json.trim_end().rsplit_once('}').context("a scene does not end")?;
    let scene = scene.trim_end();
    Ok(format!("{scene},\n  \"rules\": {{ \"zh\": {zh}, \"en\": {en} }}\n}}\n"))
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace('\n', "\\n").replace('\t', "\\t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Numbers, tell};

    #[test]
    fn every_scenes_file_has_the_words_of_every_rule_that_its_run_meets() {
        let scenes =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates/story/scenes");
        let (none, whole) = (Lexicon::default(), Lexicon::whole());
        for conversation in inbox().iter().flat_map(|family| &family.scenes) {
            let file = scenes.join(format!("{}.json", conversation.id));
            let json = with_rules(&fs::read_to_string(file).unwrap()).unwrap();
            let scene = Scene::from_json(&json).unwrap();
            let trace = scene.trace();
            for place in 0..=trace.len() {
                for language in Language::ALL {
                    let told = |lexicon| {
                        tell(trace, place, Some(&scene), lexicon, language, Numbers::Relative)
                    };
                    assert!(told(&none).rulings.iter().all(|ruling| ruling.text.is_some()));
                    assert_eq!(told(&none), told(&whole), "{} {place}", scene.id);
                }
            }
        }
    }
}
