//! An audiobook of one zip file that is two in one: a Readium Audiobook
//! (`manifest.json`; Readium Web Publication Manifest, Audiobook Profile, in the
//! Readium Packaging Format) and a W3C Audiobook (`publication.json` with
//! `index.html`; W3C Audiobooks, Publication Manifest, in the Lightweight Packaging
//! Format). Neither format minds the files of the other, and the sound is there once.

mod entry_page;
mod readium;
mod w3c;

use super::book::{Book, Part, Sentence};
use super::clock::{length, milliseconds};
use super::entry::{Entry, Track};
use crate::diag::Result;
use crate::model::{Role, day};

/// The cover and the entry page, which has the contents and the whole text.
const COVER: &str = "cover.png";
const ENTRY_PAGE: &str = "index.html";

/// When an audiobook was changed whose paper has no date.
const UNDATED: &str = "2000-01-01";

/// The edition as an audiobook: the files of its container. `tracks` are as many as
/// the book has parts; `cover` is a PNG picture. Fails only when JSON cannot be
/// written.
pub fn audiobook(book: &Book<'_>, tracks: &[Track], cover: &[u8]) -> Result<Vec<Entry>> {
    let chapters = chapters(book, tracks);
    let mut entries = vec![
        Entry::bytes("manifest.json", readium::manifest(book, &chapters, cover)?),
        Entry::bytes("publication.json", w3c::manifest(book, &chapters)?),
        Entry::bytes(ENTRY_PAGE, entry_page::entry_page(book, &chapters)),
        Entry::bytes(COVER, cover),
    ];
    for chapter in &chapters {
        entries.push(Entry::sound(&chapter.file, chapter.index));
    }
    Ok(entries)
}

/// A part that is heard.
struct Chapter<'b, 'a> {
    /// Its position among [`Book::parts`].
    index: usize,
    /// The part.
    part: &'b Part<'a>,
    /// Its sound.
    file: String,
    /// How long it is, in milliseconds; more than none, which both formats want.
    length: u64,
    /// The size of its sound in bytes.
    bytes: u64,
    /// Its subheads: the text, and when it is said, in milliseconds.
    subheads: Vec<(String, u64)>,
}

fn chapters<'b, 'a>(book: &'b Book<'a>, tracks: &[Track]) -> Vec<Chapter<'b, 'a>> {
    let rate = book.edition.sample_rate;
    let parts = book.parts.iter().zip(tracks).enumerate();
    parts
        .map(|(index, (part, track))| Chapter {
            index,
            part,
            file: format!("{}.mp3", part.id),
            length: length(part.chapter.frames, rate),
            bytes: track.bytes,
            subheads: (part.passages.iter())
                .filter(|p| p.role == Role::Subhead)
                .filter_map(|p| {
                    let text: String = p.sentences.iter().map(|s| s.text.as_ref()).collect();
                    let first: &Sentence<'_> = p.sentences.first()?;
                    Some((text.trim().into(), milliseconds(first.start, rate)))
                })
                .collect(),
        })
        .filter(|chapter| chapter.length > 0)
        .collect()
}

/// How long all of it is, in milliseconds: exactly the sum.
fn total(chapters: &[Chapter<'_, '_>]) -> u64 {
    chapters.iter().map(|c| c.length).sum()
}

/// The day on which it appeared, where the paper says so, and the time at which it
/// was changed.
fn dates<'a>(book: &Book<'a>) -> (Option<&'a str>, String) {
    let day = book.date().and_then(day);
    (day, format!("{}T00:00:00Z", day.unwrap_or(UNDATED)))
}

/// The number of the issue as a number above none.
fn number(book: &Book<'_>) -> Option<u64> {
    let number = book.edition.masthead.printed.issue_number.as_deref()?;
    number.trim().parse().ok().filter(|n| *n > 0)
}

/// Whether all that is heard can be read as well.
fn has_all_text(book: &Book<'_>) -> bool {
    let mut sentences = book.parts.iter().flat_map(|part| part.sentences());
    sentences.all(|s| s.cue.role != Role::Recording || !s.cue.text.trim().is_empty())
}

/// Ways in which it can be taken in, each enough by itself (schema.org
/// `accessModeSufficient`).
fn sufficient(book: &Book<'_>) -> Vec<Vec<&'static str>> {
    let mut ways = vec![vec!["auditory"]];
    if has_all_text(book) {
        ways.push(vec!["textual"]);
    }
    ways
}

/// What helps a listener (schema.org `accessibilityFeature`).
fn features(book: &Book<'_>) -> Vec<&'static str> {
    let mut features = vec![
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "unlocked",
    ];
    if has_all_text(book) {
        features.push("transcript");
    }
    features
}

/// The same for people, in the book's language.
fn summary(book: &Book<'_>) -> &'static str {
    match (book.in_chinese(), has_all_text(book)) {
        (true, true) => "每篇文章一个音频，可按目录和小标题跳转；附全文文字稿。没有突然的声响。",
        (true, false) => {
            "每篇文章一个音频，可按目录和小标题跳转；附文字稿，部分录音没有文字。没有突然的声响。"
        }
        (false, true) => {
            "One recording an article, with a table of contents down to headings; the whole \
             text is included. No sound is sudden."
        }
        (false, false) => {
            "One recording an article, with a table of contents down to headings; the text is \
             included, except for some recordings. No sound is sudden."
        }
    }
}

#[cfg(test)]
mod tests;
