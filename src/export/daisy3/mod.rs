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
//! One section is one chapter of the edition. Nothing in it can be skipped or
//! escaped (no page numbers, notes or sidebars), so there is no custom test and no
//! resource file (clauses 7 and 10 ask for them only then).

mod dtbook;
mod ncx;
mod package;
mod smil;

use super::escape::escape;
use super::talking_book::{Section, TalkingBook};
use super::{Book, Entry, Track};

/// The first line of every document (Z39.86-2005 asks for UTF-8 or UTF-16).
const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const PACKAGE: &str = "book.opf";
const NCX: &str = "book.ncx";
const DTBOOK: &str = "book.xml";

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

/// A `meta` element.
fn meta(name: &str, content: &str) -> String {
    format!(
        "    <meta name=\"{name}\" content=\"{}\" />\n",
        escape(content)
    )
}

#[cfg(test)]
mod tests;
