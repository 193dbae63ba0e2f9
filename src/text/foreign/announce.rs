//! What the edition says of itself, in English; in other languages than that and
//! Mandarin it speaks English too.

use crate::model::{Masthead, SourceText};

/// The words of the edition itself.
pub(in crate::text) struct Words;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Words {
    /// The title of the opening chapter.
    pub const OPENING: &'static str = "In this issue";
    /// The title of the closing chapter.
    pub const CLOSING: &'static str = "The end";

    /// What is said where the page has lost text.
    pub const GAP: &'static str = " Here the original has a gap. ";

    /// Paper, section, number and date.
    pub fn welcome(masthead: &Masthead) -> String {
        let mut line = match masthead.paper.is_empty() {
            true => "Welcome to this spoken paper".to_string(),
            false => format!("Welcome to {}", masthead.paper),
        };
        for part in [
            masthead.section.clone(),
            masthead.issue_number.as_ref().map(|n| format!("issue {n}")),
            masthead.date.as_deref().map(long_date),
        ] {
            line.extend(part.map(|p| format!(", {p}")));
        }
        line + "."
    }

    /// How many articles there are.
    pub fn count(articles: usize) -> String {
        match articles {
            0 => "There is no article to read.".into(),
            1 => "There is one article.".into(),
            n => format!("There are {n} articles."),
        }
    }

    /// `Article 1.`
    pub fn chapter_number(number: u32) -> String {
        format!("Article {number}.")
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
    pub fn farewell(masthead: &Masthead) -> String {
        match masthead.paper.is_empty() {
            true => "That was all. Thank you for listening.".into(),
            false => format!("That was {}. Thank you for listening.", masthead.paper),
        }
    }
}

/// `2026-11-24` as people say it; anything else as it is.
fn long_date(date: &str) -> String {
    let parts: Vec<Option<usize>> = date.split('-').map(|p| p.parse().ok()).collect();
    match parts.as_slice() {
        [Some(y), Some(m @ 1..=12), Some(d)] => format!("{} {d}, {y}", MONTHS[m - 1]),
        _ => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opening_names_paper_number_and_date() {
        let masthead = Masthead {
            paper: "Five Bridges Newsletter".into(),
            issue_number: Some("14".into()),
            date: Some("2026-03-06".into()),
            ..Masthead::default()
        };
        assert_eq!(
            Words::welcome(&masthead),
            "Welcome to Five Bridges Newsletter, issue 14, March 6, 2026."
        );
    }
}
