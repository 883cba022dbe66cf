//! Makes the inbox: of every scene what is needed to list it, in the order of `scenes/order.json`.
//! The scenes themselves are fetched when they are opened, and so is the inbox.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=scenes");
    let scenes = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("scenes");
    let order: Vec<Value> = read(&scenes.join("order.json"))?;
    let mut families = Vec::new();
    for family in order {
        let mut listed = Vec::new();
        for id in family["scenes"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let path = scenes.join(format!("{id}.json"));
            let scene: Value = read(&path)?;
            if scene["id"] != id {
                return Err(format!("{}: its id is not `{id}`", path.display()).into());
            }
            if scene["family"] != family["id"] {
                let path = path.display();
                return Err(format!("{path}: its family is not {}", family["id"]).into());
            }
            listed.push(entry(&scene));
        }
        families.push(json!({ "id": family["id"], "title": family["title"], "scenes": listed }));
    }
    let inbox = Path::new(&env::var("OUT_DIR")?).join("inbox.json");
    fs::write(inbox, serde_json::to_string(&families)?)?;
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Box<dyn Error>> {
    let json = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&json).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// What is listed of a scene: its names, what it can be found by in any language, and the text of
/// its run.
fn entry(scene: &Value) -> Value {
    let steps = scene["steps"].as_array().into_iter().flatten();
    let words = steps.filter_map(|step| step["do"].as_str());
    let run = scene["start"].as_str().into_iter().chain(words).collect::<Vec<_>>().join("~");
    let [title, hook] = ["title", "hook"].map(|name| &scene[name]);
    let names = [&scene["id"], &title["zh"], &title["en"], &hook["zh"], &hook["en"]];
    let names: Vec<&str> = names.into_iter().filter_map(Value::as_str).collect();
    let asked = names.join(" · ").to_ascii_lowercase();
    json!({ "id": scene["id"], "title": title, "hook": hook, "asked": asked, "run": run })
}
