//! The words that the page fetches: each scene, the inbox, and what the words of the trade mean, in
//! one language a file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde_json::Value;
use story::words::glossary;
use story::{INBOX, Language, Scene, inbox};

/// Where each file lies under `dist`, and what is in it.
pub(super) fn files(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for language in Language::ALL {
        let folder = Path::new(language.tag());
        files.push((folder.join("inbox.json"), told_in(language, INBOX)?));
        files.push((folder.join("terms.txt"), glossary::meanings(language)));
        for conversation in inbox().iter().flat_map(|family| &family.scenes) {
            let id = &conversation.id;
            let path = folder.join(id).join("scene.json");
            files.push((path, told_in(language, &source(root, id)?)?));
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

/// What a text in JSON says in one language: all but the words in the other.
fn told_in(language: Language, json: &str) -> Result<String> {
    let mut value: Value = serde_json::from_str(json)?;
    forget(language.other(), &mut value);
    Ok(value.to_string())
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
