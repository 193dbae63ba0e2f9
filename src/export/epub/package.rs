//! The package document (EPUB 3.3, 5): what the book is, what it is made of, in which
//! order it is read.

use std::collections::BTreeSet;

use super::overlay::heard;
use super::page::printed_pages;
use super::{ACTIVE, PLAYING, accessibility};
use crate::export::book::Book;
use crate::export::clock::clock;
use crate::export::escape::escape;
use crate::export::narrators::narrators;
use crate::export::words::well_formed;
use crate::model::day;

/// When a book was changed whose paper has no date: the book must say a time (EPUB
/// 3.3, 5.5.5), and the same edition is the same book.
const UNDATED: &str = "2000-01-01";

/// The package document.
pub fn package(book: &Book<'_>) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\" xml:lang=\"{}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}{}{}{}</metadata>\n\
         <manifest>\n{}</manifest>\n<spine>\n{}</spine>\n</package>\n",
        escape(&well_formed(book.language())),
        description(book),
        series(book),
        overlays(book),
        accessibility::metadata(book),
        manifest(book),
        spine(book)
    )
}

/// Dublin Core.
fn description(book: &Book<'_>) -> String {
    let printed = &book.edition.masthead.printed;
    let date = book.date().and_then(day);
    let mut lines = format!(
        "<dc:identifier id=\"id\">{}</dc:identifier>\n<dc:title id=\"title\">{}</dc:title>\n\
         <meta refines=\"#title\" property=\"title-type\">main</meta>\n",
        escape(&book.identity),
        escape(&book.title)
    );
    // The edition's language first: what is not told otherwise is in it.
    let main = well_formed(book.language());
    let passages = book.parts.iter().flat_map(|part| &part.passages);
    let others: BTreeSet<String> = passages.map(|p| well_formed(p.language)).collect();
    for tag in std::iter::once(&main).chain(others.iter().filter(|tag| **tag != main)) {
        lines.push_str(&format!("<dc:language>{}</dc:language>\n", escape(tag)));
    }
    let mut element = |name: &str, value: Option<&str>| {
        if let Some(value) = value.map(str::trim).filter(|v| !v.is_empty()) {
            lines.push_str(&format!("<dc:{name}>{}</dc:{name}>\n", escape(value)));
        }
    };
    element("date", date);
    element("publisher", printed.publisher.as_deref());
    if let Some(sponsor) = printed
        .sponsor
        .as_deref()
        .map(str::trim)
        .filter(|s| !s.is_empty())
    {
        lines.push_str(&format!(
            "<dc:contributor id=\"sponsor\">{}</dc:contributor>\n\
             <meta refines=\"#sponsor\" property=\"role\" scheme=\"marc:relators\">spn</meta>\n",
            escape(sponsor)
        ));
    }
    lines.push_str(&format!(
        "<meta property=\"dcterms:modified\">{}T00:00:00Z</meta>\n\
         <meta name=\"cover\" content=\"cover-image\"/>\n",
        date.unwrap_or(UNDATED)
    ));
    if printed_pages(book).next().is_some() {
        lines.push_str(&format!(
            "<meta property=\"pageBreakSource\">{}</meta>\n",
            escape(&book.title)
        ));
    }
    lines
}

/// The paper that it is a number of (EPUB 3.3, appendix D, belongs-to-collection).
fn series(book: &Book<'_>) -> String {
    let printed = &book.edition.masthead.printed;
    let paper = printed.paper.trim();
    if paper.is_empty() {
        return String::new();
    }
    let mut lines = format!(
        "<meta property=\"belongs-to-collection\" id=\"paper\">{}</meta>\n\
         <meta refines=\"#paper\" property=\"collection-type\">series</meta>\n",
        escape(paper)
    );
    let number = printed.issue_number.as_deref();
    let number: Option<u64> = number.and_then(|n| n.trim().parse().ok());
    if let Some(number) = number {
        lines.push_str(&format!(
            "<meta refines=\"#paper\" property=\"group-position\">{number}</meta>\n"
        ));
    }
    lines
}

/// How long it is heard, by whom, and how the sentence that is heard is set off
/// (EPUB 3.3, 9.3.4 and 9.3.5.2).
fn overlays(book: &Book<'_>) -> String {
    let mut lines = String::new();
    let mut total = 0;
    for part in &book.parts {
        let length = heard(book, part);
        total += length;
        if length > 0 {
            lines.push_str(&format!(
                "<meta property=\"media:duration\" refines=\"#{}-smil\">{}</meta>\n",
                part.id,
                clock(length)
            ));
        }
    }
    if total > 0 {
        lines.push_str(&format!(
            "<meta property=\"media:duration\">{}</meta>\n\
             <meta property=\"media:active-class\">{ACTIVE}</meta>\n\
             <meta property=\"media:playback-active-class\">{PLAYING}</meta>\n",
            clock(total)
        ));
        for name in narrators(book) {
            lines.push_str(&format!(
                "<meta property=\"media:narrator\">{}</meta>\n",
                escape(&name)
            ));
        }
    }
    lines
}

fn manifest(book: &Book<'_>) -> String {
    let mut items = String::from(
        "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" \
         properties=\"nav\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n\
         <item id=\"cover-image\" href=\"cover.png\" media-type=\"image/png\" \
         properties=\"cover-image\"/>\n\
         <item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\n",
    );
    for part in &book.parts {
        let id = &part.id;
        let overlay = match heard(book, part) {
            0 => String::new(),
            _ => {
                items.push_str(&format!(
                    "<item id=\"{id}-smil\" href=\"{id}.smil\" \
                     media-type=\"application/smil+xml\"/>\n\
                     <item id=\"{id}-sound\" href=\"{id}.mp3\" media-type=\"audio/mpeg\"/>\n"
                ));
                format!(" media-overlay=\"{id}-smil\"")
            }
        };
        items.push_str(&format!(
            "<item id=\"{id}\" href=\"{id}.xhtml\" media-type=\"application/xhtml+xml\"{overlay}/>\n"
        ));
    }
    items.push_str(
        "<item id=\"about\" href=\"about.xhtml\" media-type=\"application/xhtml+xml\"/>\n",
    );
    items
}

/// The reading order. What is not heard is not in its way.
fn spine(book: &Book<'_>) -> String {
    let mut refs = String::from(
        "<itemref idref=\"cover\" linear=\"no\"/>\n<itemref idref=\"nav\" linear=\"no\"/>\n",
    );
    for part in &book.parts {
        refs.push_str(&format!("<itemref idref=\"{}\"/>\n", part.id));
    }
    refs.push_str("<itemref idref=\"about\" linear=\"no\"/>\n");
    refs
}
