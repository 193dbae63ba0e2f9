//! EPUB 3.3 with media overlays: the text of every part with its sound, sentence by
//! sentence, in one file that reading programs of every kind open.
//!
//! All that is in the reading order is also heard, word for word (EPUB
//! Accessibility 1.1, 3.4.2.3.1 Completeness): the cover and the page about the
//! edition, which no voice reads, stand outside of it (`linear="no"`).

mod about;
mod accessibility;
mod nav;
mod overlay;
mod package;
mod page;

use super::book::Book;
use super::entry::Entry;

/// What every file but `mimetype` and `META-INF` lies in.
const FOLDER: &str = "EPUB";

/// Which file has the content (EPUB 3.3, 4.2.6.3.1).
const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"#;

/// The class of the sentence that is heard, and of the page while it is heard, by
/// the names that most programs know (EPUB 3.3, 9.3.4).
const ACTIVE: &str = "-epub-media-overlay-active";
const PLAYING: &str = "-epub-media-overlay-playing";

/// The edition as an EPUB: the files of its container in order, `mimetype`, which
/// must not be compressed, first (EPUB 3.3, 4.3.3). `cover` is a PNG picture.
pub fn epub(book: &Book<'_>, cover: &[u8]) -> Vec<Entry> {
    let inside = |file: &str| format!("{FOLDER}/{file}");
    let mut entries = vec![
        Entry::bytes("mimetype", "application/epub+zip"),
        Entry::bytes("META-INF/container.xml", CONTAINER),
        Entry::bytes(inside("package.opf"), package::package(book)),
        Entry::bytes(inside("nav.xhtml"), nav::nav(book)),
        Entry::bytes(inside("style.css"), include_str!("style.css")),
        Entry::bytes(inside("cover.png"), cover),
        Entry::bytes(inside("cover.xhtml"), about::cover(book)),
    ];
    for (i, part) in book.parts.iter().enumerate() {
        let id = &part.id;
        entries.push(Entry::bytes(
            inside(&format!("{id}.xhtml")),
            page::page(book, i),
        ));
        if let Some(overlay) = overlay::overlay(book, part) {
            entries.push(Entry::bytes(inside(&format!("{id}.smil")), overlay));
            entries.push(Entry::sound(inside(&format!("{id}.mp3")), i));
        }
    }
    entries.push(Entry::bytes(inside("about.xhtml"), about::about(book)));
    entries
}

#[cfg(test)]
mod tests;
