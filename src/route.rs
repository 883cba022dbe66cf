//! Addresses: which page is asked for, in which language, and where each page lies.
//!
//! A page lies at `<root>/<language>/` or `<root>/<language>/<scene>/`. The root itself, with or
//! without `?lang=` and `?scene=`, leads there as well.

use story::{Language, inbox};

/// Which page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// All conversations.
    Inbox,
    /// One of them, by its id.
    Scene(String),
    /// Something that is not here.
    Unknown(String),
}

/// An address, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The path under which everything lies; it ends with a slash.
    pub root: String,
    /// The language that the path names.
    pub language: Option<Language>,
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
            return Address { root: rooted(&names), language: None, route: Route::Inbox };
        };
        let route = names.get(at + 1).map_or(Route::Inbox, |id| Route::to(id));
        Address { root: rooted(&names[..at]), language: Language::from_tag(names[at]), route }
    }
}

/// A path from the root of the host.
fn rooted(names: &[&str]) -> String {
    names.iter().fold("/".to_owned(), |path, name| path + name + "/")
}

impl Route {
    /// The page of a scene, if there is one of this id.
    pub fn to(id: &str) -> Route {
        let known = inbox().iter().flat_map(|family| &family.scenes).any(|scene| scene.id == id);
        if known { Route::Scene(id.to_owned()) } else { Route::Unknown(id.to_owned()) }
    }

    /// Where it lies under a root.
    pub fn path(&self, root: &str, language: Language) -> String {
        let tag = language.tag();
        match self {
            Route::Scene(id) => format!("{root}{tag}/{id}/"),
            Route::Inbox | Route::Unknown(_) => format!("{root}{tag}/"),
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
                    let expected = Address { root: root.into(), language: Some(language), route };
                    assert_eq!(address, expected);
                }
            }
        }
    }

    #[test]
    fn the_root_is_the_inbox_in_no_language_yet() {
        for path in ["/", "/index.html", ""] {
            let address = Address::of(path);
            assert_eq!((address.root.as_str(), address.language), ("/", None), "{path}");
            assert_eq!(address.route, Route::Inbox);
        }
        assert_eq!(Address::of("/sub/index.html").root, "/sub/");
    }

    #[test]
    fn what_is_not_here_is_said_by_name() {
        let address = Address::of("/en/no-such-scene/");
        assert_eq!(address.route, Route::Unknown("no-such-scene".into()));
    }
}
