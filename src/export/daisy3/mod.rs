//! A DAISY 3 talking book with full text and full audio (ANSI/NISO Z39.86-2005):
//!
//! | file | what |
//! |---|---|
//! | `book.opf` | the package: metadata, manifest, spine (clause 3) |
//! | `book.ncx` | the navigation control file (clause 8) |
//! | `book.xml` | the text of all sections, DTBook 2005-3 (clause 4) |
//! | `s0001.smil` … | a section's synchronisation (clause 7) |
//! | `a0001.mp3` … | a section's sound (clause 5) |
//!
//! One section is one chapter of the edition. Where pages of the paper begin, their
//! numbers can be skipped: then there are a custom test and a resource file
//! (`book.res`), which clauses 7 and 10 ask for. Nothing else can be skipped or escaped
//! (no notes or sidebars).

mod dtbook;
mod ncx;
mod package;
mod resource;
mod smil;

use super::escape::escape;
use super::talking_book::{Page, Section, TalkingBook};
use super::{Book, Entry, Track};

/// The first line of every document (Z39.86-2005 asks for UTF-8 or UTF-16).
const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const PACKAGE: &str = "book.opf";
const NCX: &str = "book.ncx";
const DTBOOK: &str = "book.xml";
const RESOURCE: &str = "book.res";
/// The custom test of page numbers: heard unless the listener says otherwise. Called as
/// the element of the text is (Z39.86-2005, 7).
const PAGE_TEST: &str = "id=\"pagenum\" defaultState=\"true\" override=\"visible\"";

/// The files of the talking book, the package first; a part without sound has none.
/// How long the encoded sounds are is told nowhere in this format.
pub fn daisy3(book: &Book, _tracks: &[Track]) -> Vec<Entry> {
    let talking = TalkingBook::new(book);
    let generator = &book.edition.generator;
    let identity = &book.identity;
    let mut entries = vec![
        Entry::bytes(PACKAGE, package::package(&talking, identity)),
        Entry::bytes(NCX, ncx::ncx(&talking, identity, generator)),
        Entry::bytes(DTBOOK, dtbook::dtbook(&talking, identity)),
    ];
    if talking.pages().next().is_some() {
        let resource = resource::resource(book.in_chinese());
        entries.push(Entry::bytes(RESOURCE, resource));
    }
    for section in &talking.sections {
        entries.push(Entry::bytes(
            smil_file(section),
            smil::section(section, identity, generator),
        ));
        entries.push(Entry::sound(sound_file(section), section.sound));
    }
    entries
}

fn smil_file(section: &Section) -> String {
    section.file('s', "smil")
}

fn sound_file(section: &Section) -> String {
    section.file('a', "mp3")
}

/// The id of a sentence's `par` in its section's SMIL file; the sentence's own id is
/// that of its text.
fn par(sentence: &str) -> String {
    format!("par-{sentence}")
}

/// What kind of number a page has, in the text and in the navigation control file.
fn page_type(page: &Page) -> &'static str {
    match page.number.is_normal() {
        true => "normal",
        false => "special",
    }
}

/// A `meta` element.
fn meta(name: &str, content: &str) -> String {
    format!(
        "    <meta name=\"{name}\" content=\"{}\" />\n",
        escape(content)
    )
}

#[cfg(test)]
mod tests;
