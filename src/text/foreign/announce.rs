//! What the edition says of itself in languages other than Mandarin: the sentences of
//! `data/announcements.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Masthead, SourceText, main_language};

const TABLE: &str = include_str!("../../../data/announcements.toml");
/// The language of announcements where the edition's own has no sentences.
const ELSE: &str = "en";

/// The words of the edition itself, in one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::text) struct Words {
    /// The title of the opening chapter.
    pub opening: String,
    /// The title of the closing chapter.
    pub closing: String,
    /// What is said where the page has lost text.
    pub gap: String,
    welcome: String,
    welcome_unnamed: String,
    issue: String,
    date: String,
    months: Vec<String>,
    none: String,
    one: String,
    count: String,
    article: String,
    farewell: String,
    farewell_unnamed: String,
}

/// The language that the edition speaks of itself in, when its own is this.
pub(crate) fn announced_in(language: &str) -> &str {
    match table().contains_key(&main_language(language)) {
        true => language,
        false => ELSE,
    }
}

/// All languages, by their main tags. The tests read the file.
fn table() -> &'static BTreeMap<String, Words> {
    static PARSED: OnceLock<BTreeMap<String, Words>> = OnceLock::new();
    PARSED.get_or_init(|| toml::from_str(TABLE).unwrap_or_default())
}

impl Words {
    /// Those of a language, or of English.
    pub fn of(language: &str) -> &'static Words {
        static NONE: OnceLock<Words> = OnceLock::new();
        let main = main_language(language);
        let found = table().get(&main).or_else(|| table().get(ELSE));
        found.unwrap_or_else(|| NONE.get_or_init(Words::default))
    }

    /// Paper, section, number and date.
    pub fn welcome(&self, masthead: &Masthead) -> String {
        let mut line = match masthead.paper.is_empty() {
            true => self.welcome_unnamed.clone(),
            false => self.welcome.replace("{paper}", &masthead.paper),
        };
        let number = masthead.issue_number.as_ref();
        for part in [
            masthead.section.clone(),
            number.map(|n| self.issue.replace("{number}", n)),
            masthead.date.as_deref().map(|date| self.long_date(date)),
        ] {
            line.extend(part.map(|p| format!(", {p}")));
        }
        line + "."
    }

    /// How many articles there are.
    pub fn count(&self, articles: usize) -> String {
        match articles {
            0 => self.none.clone(),
            1 => self.one.clone(),
            n => self.count.replace("{count}", &n.to_string()),
        }
    }

    /// `Article 1.`
    pub fn chapter_number(&self, number: u32) -> String {
        self.article.replace("{number}", &number.to_string())
    }

    /// A line of the contents: the headline with a stop.
    pub fn contents_line(headline: &SourceText) -> SourceText {
        let mut line = headline.clone();
        if !line
            .text
            .trim_end()
            .ends_with(['.', '!', '?', '…', '。', '！', '？'])
        {
            line.text.truncate(line.text.trim_end().len());
            line.text.push('.');
        }
        line
    }

    /// The last words.
    pub fn farewell(&self, masthead: &Masthead) -> String {
        match masthead.paper.is_empty() {
            true => self.farewell_unnamed.clone(),
            false => self.farewell.replace("{paper}", &masthead.paper),
        }
    }

    /// `2026-11-24` as people say it; anything else as it is.
    fn long_date(&self, date: &str) -> String {
        let parts: Vec<Option<usize>> = date.split('-').map(|p| p.parse().ok()).collect();
        let [Some(year), Some(month @ 1..=12), Some(day)] = parts.as_slice() else {
            return date.to_string();
        };
        let Some(month) = self.months.get(month - 1) else {
            return date.to_string();
        };
        (self.date.replace("{year}", &year.to_string()))
            .replace("{month}", month)
            .replace("{day}", &day.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masthead() -> Masthead {
        Masthead {
            paper: "Five Bridges Newsletter".into(),
            issue_number: Some("14".into()),
            date: Some("2026-03-06".into()),
            ..Masthead::default()
        }
    }

    #[test]
    fn the_opening_names_paper_number_and_date() {
        let welcome = |language| Words::of(language).welcome(&masthead());
        assert_eq!(
            welcome("en-GB"),
            "Welcome to Five Bridges Newsletter, issue 14, March 6, 2026."
        );
        assert_eq!(
            welcome("fr"),
            "Bienvenue à l'écoute de Five Bridges Newsletter, numéro 14, 6 mars 2026."
        );
        assert_eq!(welcome("th"), welcome("en"));
        assert_eq!([announced_in("th"), announced_in("de-AT")], ["en", "de-AT"]);
    }

    #[test]
    fn every_language_has_all_sentences_and_fills_in_what_they_name() {
        let table: BTreeMap<String, Words> = toml::from_str(TABLE).unwrap();
        assert!(table.contains_key(ELSE) && table.len() > 10);
        for (language, words) in table {
            assert_eq!(words.months.len(), 12, "{language}");
            let said = [
                words.welcome(&masthead()),
                words.count(7),
                words.chapter_number(3),
                words.farewell(&masthead()),
            ];
            for (said, figure) in said.iter().zip(["14", "7", "3", "Five"]) {
                assert!(said.contains(figure), "{language}: {said}");
                assert!(!said.contains(['{', '}']), "{language}: {said}");
            }
            assert!(
                said[0].contains("2026") && said[0].contains('6'),
                "{language}"
            );
        }
    }
}
