//! The words that the page fetches, in one language a file: the inbox, the scenes, and all words
//! that are not in the program.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use story::{Family, Language, Lexicon, Scene, inbox};

/// Where each file lies under `dist`, and what is in it.
pub(super) fn files(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for language in Language::ALL {
        let folder = Path::new(language.tag());
        files.push((folder.join("inbox.txt"), Family::script(inbox(), language)));
        files.push((folder.join("words.txt"), Lexicon::text(language)));
        for conversation in inbox().iter().flat_map(|family| &family.scenes) {
            let id = &conversation.id;
            files.push((folder.join(id).join("scene.txt"), scene(root, id)?.script(language)));
        }
    }
    Ok(files)
}

/// A scene, which has words in both languages or is an error.
pub(super) fn scene(root: &Path, id: &str) -> Result<Scene> {
    let path = root.join(format!("crates/story/scenes/{id}.json"));
    let json = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
    Scene::from_json(&json).map_err(|error| anyhow!("{id}: {error}"))
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
        let (en, zh) = (read("en/confession/scene.txt"), read("zh-Hans/confession/scene.txt"));
        assert!(en.contains("The confession") && !en.contains("表白"), "{en}");
        assert!(zh.contains("表白") && !zh.contains("The confession"), "{zh}");
        // What a conversation can be found by is its name in either.
        let inbox = read("en/inbox.txt");
        let first = inbox.lines().find(|line| line.starts_with("confession\t")).unwrap();
        assert!(first.contains("The confession") && first.contains("表白"), "{first}");
    }
}
