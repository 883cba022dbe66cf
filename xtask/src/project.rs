//! Where things are: the checkout, what is built in it, and the tools kept outside of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout that this program works on, and the user's cache of tools.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) cache: PathBuf,
}

impl Project {
    pub(crate) fn here() -> Result<Self> {
        // Cargo sets the variable when it runs this; a copied binary falls back on its origin.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask/ is not inside of a checkout")?.to_owned();
        let cache = user_cache().map(|dir| dir.join(NAME)).filter(|dir| can_be_made(dir));
        // A user without a home, as in some containers, keeps the tools in the checkout.
        let cache = cache.unwrap_or_else(|| root.join("target/tools"));
        Ok(Self { root, cache })
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |dir| self.root.join(dir))
    }

    /// Apart from native code, which may come from another compiler.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.target().join("wasm")
    }

    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The version of `package` in Cargo.lock.
    pub(crate) fn locked(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(path).context("reading Cargo.lock")?;
        let version = locked_version(&lock, package);
        Ok(version.with_context(|| format!("{package} is not in Cargo.lock"))?.to_owned())
    }
}

const NAME: &str = "tcp-love-story";

fn user_cache() -> Option<PathBuf> {
    // The XDG specification: a relative path here is to be ignored.
    let set = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    set.or_else(|| env::home_dir().filter(|home| home.is_absolute()).map(|h| h.join(".cache")))
}

fn can_be_made(dir: &Path) -> bool {
    fs::create_dir_all(dir).is_ok()
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_package_with_exactly_that_name() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "a"), Some("2.0.0"));
        assert_eq!(locked_version(lock, "b"), None);
        assert_eq!(locked_version("name = \"a\"", "a"), None);
    }

    #[test]
    fn trunk_is_told_the_versions_that_set_up_gets() {
        let project = Project::here().unwrap();
        let trunk = fs::read_to_string(project.root.join("Trunk.toml")).unwrap();
        let bindgen = project.locked("wasm-bindgen").unwrap();
        assert!(trunk.contains(&format!("wasm_bindgen = \"{bindgen}\"")));
        let wasm_opt = crate::setup::WASM_OPT;
        assert!(trunk.contains(&format!("wasm_opt = \"version_{wasm_opt}\"")));
    }
}
