//! Addresses: which page is asked for, in which language, and where each page lies.
//!
//! A page lies at `<root>/<language>/` or `<root>/<language>/<scene>/`. The root itself, with or
//! without `?lang=` and `?scene=`, leads there as well; with `?run=` or `#run=` it leads to a run.

use handshake::{Start, Trace};
use story::Language;

/// What the run's text is called in an address.
pub const RUN: &str = "run";

/// Which page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// All conversations.
    Inbox,
    /// One of them, by its id.
    Scene(String),
    /// A run that no scene tells, by its text.
    Run(String),
    /// Something that cannot be here.
    Unknown(String),
}

/// An address, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The path under which everything lies; it ends with a slash.
    pub root: String,
    /// The page that the path names.
    pub route: Route,
}

impl Address {
    /// Takes a path apart.
    pub fn of(path: &str) -> Address {
        let directory = path.rsplit_once('/').map_or("", |(directory, _file)| directory);
        let names: Vec<&str> = directory.split('/').filter(|name| !name.is_empty()).collect();
        let is_language = |name: &&str| Language::ALL.iter().any(|each| each.tag() == *name);
        let Some(at) = names.iter().rposition(is_language) else {
            return Address { root: rooted(&names), route: Route::Inbox };
        };
        let route = names.get(at + 1).map_or(Route::Inbox, |id| Route::to(id));
        Address { root: rooted(&names[..at]), route }
    }
}

/// A path from the root of the host.
fn rooted(names: &[&str]) -> String {
    names.iter().fold("/".to_owned(), |path, name| path + name + "/")
}

impl Route {
    /// The page of a scene, if there can be one of this id. Whether there is one is known when it
    /// is fetched.
    pub fn to(id: &str) -> Route {
        let is_name = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_name { Route::Scene(id.to_owned()) } else { Route::Unknown(id.to_owned()) }
    }

    /// The page of a run, if one of these names it: what stands behind the address's `?`, and
    /// behind its `#`.
    pub fn to_run(query: Option<String>, hash: &str) -> Option<Route> {
        let in_hash = || hash.trim_start_matches('#').strip_prefix(RUN)?.strip_prefix('=');
        query.or_else(|| in_hash().map(str::to_owned)).map(Route::Run)
    }

    /// Where an empty run lies, which is whatever the reader makes of it.
    pub fn blank(root: &str, language: Language) -> String {
        format!("{}?{RUN}={}", Route::Inbox.path(root, language), Trace::new(Start::default()))
    }

    /// What leads to a place of a run: to the scene that tells it, by its id, or to nothing but the
    /// run. Its text stands in the hash, where nothing is too long.
    pub fn link(id: &str, run: &Trace, place: usize, root: &str, language: Language) -> String {
        let is_scene = !id.is_empty();
        let mut link = Route::Inbox.path(root, language);
        if is_scene {
            link = link + id + "/";
        }
        if place > 0 {
            link = link + "?step=" + &place.to_string();
        }
        if !is_scene {
            link = link + "#" + RUN + "=" + &run.to_string();
        }
        link
    }

    /// Where it lies under a root. The run itself stands behind that.
    pub fn path(&self, root: &str, language: Language) -> String {
        let tag = language.tag();
        match self {
            Route::Scene(id) => format!("{root}{tag}/{id}/"),
            Route::Inbox | Route::Run(_) | Route::Unknown(_) => format!("{root}{tag}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_its_page_belong_together() {
        for root in ["/", "/sub/path/"] {
            for language in Language::ALL {
                for route in [Route::Inbox, Route::to("confession")] {
                    let address = Address::of(&route.path(root, language));
                    let expected = Address { root: root.into(), route };
                    assert_eq!(address, expected);
                }
            }
        }
    }

    #[test]
    fn the_root_is_the_inbox() {
        for path in ["/", "/index.html", ""] {
            let address = Address::of(path);
            assert_eq!(address.root, "/", "{path}");
            assert_eq!(address.route, Route::Inbox);
        }
        assert_eq!(Address::of("/sub/index.html").root, "/sub/");
    }

    #[test]
    fn a_run_stands_behind_either_mark() {
        let run = Some(Route::Run("v1~A.open".into()));
        assert_eq!(Route::to_run(Some("v1~A.open".into()), ""), run);
        assert_eq!(Route::to_run(None, "#run=v1~A.open"), run);
        assert_eq!(Route::to_run(None, "#letter"), None);
        assert_eq!(Route::blank("/sub/", Language::English), "/sub/en/?run=v1");
    }

    #[test]
    fn a_link_leads_to_what_is_shown() {
        let run: Trace = "v1~B.listen~A.open".parse().unwrap();
        let link = |id, place| Route::link(id, &run, place, "/sub/", Language::English);
        assert_eq!(link("confession", 0), "/sub/en/confession/");
        assert_eq!(link("confession", 2), "/sub/en/confession/?step=2");
        assert_eq!(link("", 0), "/sub/en/#run=v1~B.listen~A.open");
        assert_eq!(link("", 1), "/sub/en/?step=1#run=v1~B.listen~A.open");
        let hash = link("", 1).split_once('#').map(|(_, hash)| format!("#{hash}"));
        let run = Route::Run(run.to_string());
        assert_eq!(Route::to_run(None, &hash.unwrap()), Some(run));
    }

    #[test]
    fn what_cannot_be_here_is_said_by_name() {
        let address = Address::of("/en/no such scene/");
        assert_eq!(address.route, Route::Unknown("no such scene".into()));
        assert_eq!(Route::to("../secret"), Route::Unknown("../secret".into()));
    }
}
