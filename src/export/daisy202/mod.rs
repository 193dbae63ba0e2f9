//! A DAISY 2.02 talking book with full text and full audio (DAISY 2.02
//! Recommendation of 28 February 2001): one flat folder of
//!
//! | file | what |
//! |---|---|
//! | `ncc.html` | the navigation control centre: what a player opens |
//! | `master.smil` | the order of the sections |
//! | `s0001.smil` … | a section's synchronisation, SMIL 1.0 |
//! | `t0001.html` … | a section's text, XHTML 1.0 Transitional |
//! | `a0001.mp3` … | a section's sound |
//!
//! One section is one chapter of the edition; its sentences are the phrases by which
//! a player moves. Articles are headings of the first level, subheadings of the
//! second. The first heading is the paper's name and leads to the opening. Where a page
//! of the paper begins, its number stands among the headings.

mod ncc;
mod smil;
mod text;

use super::escape::escape;
use super::talking_book::{Page, Section, TalkingBook};
use super::{Book, Entry, Track};

/// The document type of the NCC and of the text documents (XHTML 1.0, A.1).
const XHTML: &str = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \
                     \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n";
/// The first line of every document.
const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NCC: &str = "ncc.html";
const MASTER: &str = "master.smil";

/// The files of the talking book, the NCC first. `tracks` are the encoded sounds of
/// `book.parts`, position by position; a part without sound has no files.
pub fn daisy202(book: &Book, tracks: &[Track]) -> Vec<Entry> {
    let talking = TalkingBook::new(book);
    let edition = book.edition;
    let mut entries = vec![Entry::bytes(
        MASTER,
        smil::master(&talking, edition, &book.identity),
    )];
    for section in &talking.sections {
        entries.push(Entry::bytes(
            smil_file(section),
            smil::section(section, &talking, edition, &book.identity),
        ));
        entries.push(Entry::bytes(
            text_file(section),
            text::section(section, &talking, &book.identity),
        ));
        entries.push(Entry::sound(sound_file(section), section.sound));
    }
    let files = entries.len() + 1;
    let bytes = entries.iter().map(|e| e.content.bytes(tracks)).sum();
    entries.insert(
        0,
        Entry::bytes(
            NCC,
            ncc::ncc(&talking, &book.identity, edition, files, bytes),
        ),
    );
    entries
}

fn smil_file(section: &Section) -> String {
    section.file('s', "smil")
}

fn text_file(section: &Section) -> String {
    section.file('t', "html")
}

fn sound_file(section: &Section) -> String {
    section.file('a', "mp3")
}

/// What the NCC calls a section: the opening by the name of the paper.
fn title<'a>(section: &'a Section, book: &'a TalkingBook) -> &'a str {
    if section.number == 1 && section.is_opening() {
        &book.title
    } else {
        &section.part.title
    }
}

/// The id of a sentence's `par` in its section's SMIL file; the sentence's own id is
/// that of its text.
fn par(sentence: &str) -> String {
    format!("par-{sentence}")
}

/// The class of a page's number, in the NCC and in the text.
fn page_class(page: &Page) -> &'static str {
    match page.number.is_normal() {
        true => "page-normal",
        false => "page-special",
    }
}

/// A `meta` element.
fn meta(name: &str, content: &str) -> String {
    format!(
        "    <meta name=\"{name}\" content=\"{}\" />\n",
        escape(content)
    )
}

/// Whole seconds as `hh:mm:ss`, the syntax the recommendation asks for in metadata;
/// rounded to the nearest.
fn seconds(ms: u64) -> String {
    let s = (ms + 500) / 1000;
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests;
