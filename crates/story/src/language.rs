//! The two languages, and texts that exist in both.

use crate::json::object;

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

    /// The BCP 47 tag, i.e. for `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-Hans",
            Language::English => "en",
        }
    }

    /// The language that a tag asks for, if it is one of the two: `zh`, `zh-CN`, `zh_TW`, `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next()?;
        Language::ALL.into_iter().find(|language| {
            let own = language.tag().split('-').next().unwrap_or_default();
            own.eq_ignore_ascii_case(primary)
        })
    }

    /// The other one.
    pub fn other(self) -> Language {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }
}

/// Something that a file has in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Both<T> {
    zh: T,
    en: T,
}

object!(Both<T> { "zh" => zh, "en" => en });

impl<T> Both<T> {
    pub(crate) fn new(zh: T, en: T) -> Both<T> {
        Both { zh, en }
    }

    pub(crate) fn to(&self, language: Language) -> &T {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// A text that stands in both languages, written twice rather than translated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// First in Chinese, then in English: one string costs the page half of what two do.
    both: &'static str,
}

/// A text; both languages have to be given, so none can be missing.
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Text::joined(concat!($zh, "\0", $en))
    };
}
pub(crate) use text;

impl Text {
    /// What [`text!`] makes of a text in both languages: a NUL stands between them.
    pub(crate) const fn joined(both: &'static str) -> Text {
        Text { both }
    }

    /// A name that is the same in both, as those of the header are.
    pub(crate) const fn same(name: &'static str) -> Text {
        Text { both: name }
    }

    /// The text in one language.
    pub fn to(self, language: Language) -> &'static str {
        let (zh, en) = self.both.split_once('\0').unwrap_or((self.both, self.both));
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
