//! Words that are not in the program: what the words of the trade mean, and what the rules say.
//! They come to it as a text when they are wanted, in one language, a line for each: a name, a tab,
//! and what there is to say of it. A scene brings what the rules say that its own run meets.

use std::collections::BTreeSet;
use std::rc::Rc;

use handshake::{Rule, Trace};

use crate::Language;
use crate::words::{glossary, tale, why};

/// The words that have come.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Lexicon([Option<Rc<str>>; Language::ALL.len()]);

impl Lexicon {
    /// All words of both languages.
    pub fn whole() -> Lexicon {
        Lexicon(Language::ALL.map(|language| Some(Lexicon::text(language).into())))
    }

    /// All words of a language, as they are fetched. The line of a rule goes on, behind a second
    /// tab, with its tale.
    pub fn text(language: Language) -> String {
        let meanings = glossary::TERMS.iter().zip(glossary::MEANINGS);
        let meanings =
            meanings.flat_map(|(term, told)| [term.title(language), "\t", told.to(language), "\n"]);
        let rules = Rule::ALL.iter().flat_map(|&rule| {
            let [why, tale] = [why(rule), tale(rule)].map(|told| told.to(language));
            [rule.id(), "\t", why, "\t", tale, "\n"]
        });
        meanings.chain(rules).collect()
    }

    /// These words, and what was fetched of a language.
    #[must_use]
    pub fn with(mut self, language: Language, text: Rc<str>) -> Lexicon {
        self.0[language as usize] = Some(text);
        self
    }

    /// Have the words of a language come?
    pub fn has(&self, language: Language) -> bool {
        self.0[language as usize].is_some()
    }

    /// What the term of this title means.
    pub fn meaning(&self, title: &str, language: Language) -> Option<&str> {
        said_of(title, self.0[language as usize].as_deref()?)
    }

    /// What a rule says.
    pub(crate) fn why(&self, rule: Rule, language: Language) -> Option<&str> {
        self.meaning(rule.id(), language)?.split('\t').next()
    }

    /// What happens by a rule, as the narrator tells it.
    pub(crate) fn tale(&self, rule: Rule, language: Language) -> Option<&str> {
        self.meaning(rule.id(), language)?.split('\t').nth(1)
    }
}

/// What the rules say that a run meets, each once, as a scene brings it. Their tales are for other
/// runs: its own run a scene tells itself.
pub(crate) fn rules_met(trace: &Trace, language: Language) -> String {
    let reasons = trace.steps().iter().flat_map(|step| step.effects.reasons());
    let rules: BTreeSet<Rule> = reasons.map(|reason| reason.rule).collect();
    let line = |rule: Rule| [rule.id(), "\t", why(rule).to(language), "\n"];
    rules.into_iter().flat_map(line).collect()
}

/// What a text has behind a name.
pub(crate) fn said_of<'a>(name: &str, text: &'a str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_one_line_and_finds_what_is_said_of_it() {
        let lexicon = Lexicon::whole();
        for language in Language::ALL {
            let lines = Lexicon::text(language).lines().count();
            assert_eq!(lines, glossary::TERMS.len() + Rule::ALL.len());
            for (term, told) in glossary::TERMS.iter().zip(glossary::MEANINGS) {
                let found = lexicon.meaning(term.title(language), language);
                assert_eq!(found, Some(told.to(language)));
            }
            for &rule in Rule::ALL {
                assert_eq!(lexicon.why(rule, language), Some(why(rule).to(language)));
                assert_eq!(lexicon.tale(rule, language), Some(tale(rule).to(language)));
            }
            assert_eq!(lexicon.meaning("nonsense", language), None);
            assert_eq!(lexicon.meaning("", language), None);
        }
    }

    #[test]
    fn what_has_not_come_is_not_known() {
        let none = Lexicon::default();
        let [zh, en] = Language::ALL;
        assert!(!none.has(zh) && none.meaning("SYN", zh).is_none());
        assert_eq!(none.why(Rule::ListenSyn, en), None);
        let one = none.with(en, Lexicon::text(en).into());
        assert!(one.has(en) && !one.has(zh));
        assert_eq!(one.tale(Rule::ListenSyn, zh), None);
    }
}
