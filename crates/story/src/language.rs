//! The two languages, and texts that exist in both.
//!
//! A program that is built with one of the features `chinese` and `english` speaks that language
//! only, and has no word of the other; one that is built with both can be asked for either.

use crate::json::object;

#[cfg(not(any(feature = "chinese", feature = "english")))]
compile_error!("a program speaks a language: `chinese`, `english` or both");

/// A language in which everything can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The one that the program speaks, if it does not speak both.
    pub const ONLY: Option<Language> = match (cfg!(feature = "chinese"), cfg!(feature = "english"))
    {
        (true, true) => None,
        (true, false) => Some(Language::Chinese),
        (false, _) => Some(Language::English),
    };

    /// What the program speaks when it is asked for this language. What is chosen by it is chosen
    /// while a program of one language is compiled, and the other choice is not in it.
    pub const fn here(self) -> Language {
        match Language::ONLY {
            Some(only) => only,
            None => self,
        }
    }

    /// The BCP 47 tag, i.e. for `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-Hans",
            Language::English => "en",
        }
    }

    /// Under which name a file has its words.
    pub fn key(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// The language that a tag asks for, if it is one of the two: `zh`, `zh-CN`, `zh_TW`, `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next()?;
        Language::ALL.into_iter().find(|language| language.key().eq_ignore_ascii_case(primary))
    }

    /// The other one.
    pub fn other(self) -> Language {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }
}

/// Something that exists in each language, in those that the program speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Both<T> {
    #[cfg(feature = "chinese")]
    pub(crate) zh: T,
    #[cfg(feature = "english")]
    pub(crate) en: T,
}

object!(Both<T> {
    #[cfg(feature = "chinese")] "zh" => zh,
    #[cfg(feature = "english")] "en" => en,
});

impl<T> Both<T> {
    pub(crate) fn to(&self, language: Language) -> &T {
        match language {
            #[cfg(feature = "chinese")]
            Language::Chinese => &self.zh,
            #[cfg(feature = "english")]
            Language::English => &self.en,
            #[cfg(not(feature = "chinese"))]
            Language::Chinese => &self.en,
            #[cfg(not(feature = "english"))]
            Language::English => &self.zh,
        }
    }
}

impl<T: Clone> Both<T> {
    /// What was read in one language, for every language that the program speaks.
    pub(crate) fn same(it: T) -> Both<T> {
        Both {
            #[cfg(all(feature = "chinese", feature = "english"))]
            zh: it.clone(),
            #[cfg(all(feature = "chinese", not(feature = "english")))]
            zh: it,
            #[cfg(feature = "english")]
            en: it,
        }
    }
}

impl From<Text> for Both<String> {
    fn from(text: Text) -> Both<String> {
        Both {
            #[cfg(feature = "chinese")]
            zh: text.to(Language::Chinese).to_owned(),
            #[cfg(feature = "english")]
            en: text.to(Language::English).to_owned(),
        }
    }
}

/// A text that stands in both languages, written twice rather than translated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// First in Chinese, then in English; in a program that speaks one language the text in that.
    told: &'static str,
}

/// A text; both languages have to be given, so none can be missing. A NUL stands between them.
#[cfg(all(feature = "chinese", feature = "english"))]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Text::same(concat!($zh, "\0", $en))
    };
}
#[cfg(not(feature = "english"))]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Text::same($zh)
    };
}
#[cfg(not(feature = "chinese"))]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Text::same($en)
    };
}
pub(crate) use text;

impl Text {
    /// A name that is the same in every language that the program speaks, as those of the header
    /// are in both.
    pub(crate) const fn same(name: &'static str) -> Text {
        Text { told: name }
    }

    /// The text in one language.
    pub fn to(self, language: Language) -> &'static str {
        let both = if Language::ONLY.is_some() { None } else { self.told.split_once('\0') };
        let (zh, en) = both.unwrap_or((self.told, self.told));
        match language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_every_fashion_are_understood() {
        for tag in ["zh", "zh-Hans", "zh-CN", "zh_TW", "ZH-hk"] {
            assert_eq!(Language::from_tag(tag), Some(Language::Chinese), "{tag}");
        }
        for tag in ["en", "en-GB", "EN_us"] {
            assert_eq!(Language::from_tag(tag), Some(Language::English), "{tag}");
        }
        for tag in ["", "fr", "zhuang", "-"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
        }
    }
}
