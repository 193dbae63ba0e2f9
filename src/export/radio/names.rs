//! Names of ASCII that say what a cut is and sort in the order of the paper.

use super::Spelled;
use crate::audio::broadcast::Ascii;
use crate::export::{Book, Part};
use crate::model::ChapterKind;

/// The longest name of a paper in a cut's: with date and number it fits the 32
/// characters of a reference (EBU Tech 3285).
const PAPER: usize = 14;
/// And where an occasion stands behind it.
const PAPER_THEN: usize = 8;
/// The longest name of an occasion.
const OCCASION: usize = 5;
/// And of a section.
const SECTION: usize = 3;
/// And of a title in a file's name.
const TITLE: usize = 32;

/// The issue's name: paper, section, and the day, the number or, where the paper says
/// neither, what the edition was made of; then the occasion, where it is not the issue.
pub fn issue(book: &Book<'_>, spelled: &Spelled) -> String {
    let occasion: String = slug(&spelled.occasion, "").chars().take(OCCASION).collect();
    let length = match occasion.is_empty() {
        true => PAPER,
        false => PAPER_THEN,
    };
    let paper: String = slug(&spelled.paper, "").chars().take(length).collect();
    let paper = match paper.as_str() {
        "" => "tingbao".to_string(),
        _ => paper,
    };
    let head = &book.edition.masthead.printed;
    let when = match (book.date(), &head.issue_number) {
        (Some(date), _) => date.replace('-', ""),
        (None, Some(number)) => format!("n{}", slug(number, "")),
        (None, None) => book.edition.key.chars().take(8).collect(),
    };
    // A section's first letters keep two sections of one day apart.
    let section = slug(&spelled.section, "-");
    let section: String = (section.split('-'))
        .filter_map(|word| word.chars().next())
        .take(SECTION)
        .collect();
    let parts = [paper, section, when, occasion];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join("-")
}

/// The name of a part's files: issue, number, title.
pub fn stem(issue: &str, number: u32, title: &str, part: &Part<'_>) -> String {
    let title = match part.chapter.kind {
        ChapterKind::Opening => "opening".into(),
        ChapterKind::Closing => "closing".into(),
        ChapterKind::Article => slug(title, "-"),
    };
    let title: String = title.chars().take(TITLE).collect();
    match title.trim_matches('-') {
        "" => format!("{issue}-{number:02}"),
        title => format!("{issue}-{number:02}-{title}"),
    }
}

/// Lower-case letters and figures, all else as `between`, never twice in a row.
fn slug(text: &str, between: &str) -> String {
    let text = Ascii::of(text);
    let words = (text.as_str().split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    words.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn an_issue_is_named_by_what_it_says_of_itself() {
        let spelled = Spelled {
            paper: "Wutongli Shequ Bao".into(),
            section: "Shenghuo Ban".into(),
            ..Spelled::default()
        };
        let mut edition = edition();
        let name = |edition: &crate::model::Edition| issue(&Book::new(edition), &spelled);
        assert_eq!(name(&edition), "wutonglishequb-sb-20240512");
        edition.masthead.printed.date = None;
        assert_eq!(name(&edition), "wutonglishequb-sb-n38");
        edition.masthead.printed.issue_number = None;
        assert_eq!(name(&edition), "wutonglishequb-sb-abababab");
        let longest = format!("{}-99", name(&edition));
        assert!(longest.len() <= 32, "{longest}");
        assert_eq!(
            issue(&Book::new(&edition), &Spelled::default()),
            "tingbao-abababab"
        );
        edition.masthead.printed.date = Some("2024-05-12".into());
        let at = Spelled {
            occasion: "r0730".into(),
            ..spelled.clone()
        };
        let name = issue(&Book::new(&edition), &at);
        assert_eq!(name, "wutongli-sb-20240512-r0730");
        assert!(format!("{name}-99").len() <= 32, "{name}");
    }

    #[test]
    fn a_title_is_plain() {
        let edition = edition();
        let book = Book::new(&edition);
        let name = |title: &str| stem("x", 1, title, &book.parts[1]);
        assert_eq!(
            name("Yi Pingmi, \"Caiyuan\" A&B"),
            "x-01-yi-pingmi-caiyuan-a-b"
        );
        assert_eq!(name("一"), "x-01");
        assert_eq!(stem("x", 0, "Daodu", &book.parts[0]), "x-00-opening");
    }
}
