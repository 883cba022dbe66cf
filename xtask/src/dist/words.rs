//! The words that the page fetches, in one language a file: the inbox, each scene with what the
//! rules say that its own run meets, and all other words that are not in the program.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use story::{INBOX, Language, Lexicon, Scene, inbox, rules_met};

/// Where each file lies under `dist`, and what is in it.
pub(super) fn files(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for language in Language::ALL {
        let folder = Path::new(language.tag());
        files.push((folder.join("inbox.json"), told_in(language, serde_json::from_str(INBOX)?)));
        files.push((folder.join("words.txt"), Lexicon::text(language)));
        for conversation in inbox().iter().flat_map(|family| &family.scenes) {
            let id = &conversation.id;
            let path = folder.join(id).join("scene.json");
            files.push((path, told_in(language, with_rules(root, id)?)));
        }
    }
    Ok(files)
}

/// A scene, which has words in both languages or is an error.
pub(super) fn scene(root: &Path, id: &str) -> Result<Scene> {
    Scene::from_json(&source(root, id)?).map_err(|error| anyhow!("{id}: {error}"))
}

fn source(root: &Path, id: &str) -> Result<String> {
    let path = root.join(format!("crates/story/scenes/{id}.json"));
    fs::read_to_string(&path).with_context(|| format!("{}", path.display()))
}

/// A scene with what the rules say that it meets.
fn with_rules(root: &Path, id: &str) -> Result<Value> {
    let mut value: Value = serde_json::from_str(&source(root, id)?)?;
    let scene = scene(root, id)?;
    let [zh, en] = Language::ALL.map(|language| rules_met(scene.trace(), language));
    value["rules"] = json!({ "zh": zh, "en": en });
    Ok(value)
}

/// What is said in one language: all but the words in the other.
fn told_in(language: Language, mut value: Value) -> String {
    forget(language.other(), &mut value);
    value.to_string()
}

fn forget(language: Language, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove(language.key());
            fields.values_mut().for_each(|field| forget(language, field));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| forget(language, item)),
        _ => (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Numbers, tell};

    #[test]
    fn every_scenes_file_has_the_words_of_every_rule_that_its_run_meets() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let (none, whole) = (Lexicon::default(), Lexicon::whole());
        for conversation in inbox().iter().flat_map(|family| &family.scenes) {
            let json = with_rules(root, &conversation.id).unwrap().to_string();
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

    #[test]
    fn a_file_is_in_one_language() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let files = files(root).unwrap();
        let read = |path: &str| {
            let found = files.iter().find(|(each, _)| each == Path::new(path));
            &found.unwrap_or_else(|| panic!("no {path}")).1
        };
        let (en, zh) = (read("en/confession/scene.json"), read("zh-Hans/confession/scene.json"));
        assert!(en.contains("The confession") && !en.contains("表白"), "{en}");
        assert!(zh.contains("表白") && !zh.contains("The confession"), "{zh}");
        // What a conversation can be found by is its name in either.
        let inbox: Value = serde_json::from_str(read("en/inbox.json")).unwrap();
        let first = &inbox[0]["scenes"][0];
        assert_eq!(first["title"], serde_json::json!({ "en": "The confession" }));
        assert!(first["asked"].as_str().unwrap().contains("表白"));
    }
}
