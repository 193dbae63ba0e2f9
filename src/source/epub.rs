//! EPUB (EPUB 3.3, <https://www.w3.org/TR/epub-33/>; 2.0.1 is the same here):
//! the body of every content document, in the order of the spine.

use std::collections::HashMap;

use super::Content;
use super::archive::Archive;
use super::dom::{Dom, Id};
use super::flow::{self, Flow, Shape};
use super::xml::{attr, named, parse};
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::model::Masthead;

/// Where the package document is named (section 4.2.6.3.1).
const CONTAINER: &str = "META-INF/container.xml";

/// What a content document or a part of it is called that is no article
/// (EPUB Structural Semantics Vocabulary 1.1).
const APART: &[&str] = &[
    "cover",
    "titlepage",
    "halftitlepage",
    "copyright-page",
    "toc",
    "landmarks",
    "page-list",
    "index",
    "footnote",
    "footnotes",
    "endnotes",
    "rearnotes",
];

/// Reads a book.
///
/// # Errors
/// A damaged or protected package, and one without text.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Noted<Content>> {
    let mut archive = Archive::open(file, bytes)?;
    let container = archive.needed(CONTAINER)?;
    let package = {
        let document = parse(file, "the EPUB's container", &container)?;
        let root = named(document.root(), "rootfile").find_map(|r| attr(r, "full-path"));
        root.unwrap_or_default().to_string()
    };
    let opf = archive.needed(&package)?;
    let book = Book::of(file, &opf, &package)?;
    let encrypted = archive.text("META-INF/encryption.xml")?.unwrap_or_default();
    let mut notes = Vec::new();
    let mut flows: Vec<Flow> = Vec::new();
    for path in &book.spine {
        // Fonts may be obscured without harm (section 4.4); text may not.
        if encrypted.contains(path.as_str()) {
            return Err(Fault::new("the EPUB is protected: its text is encrypted")
                .at(Place::file(file))
                .help("give a copy without protection, or the text as another file"));
        }
        let Some(text) = archive.text(path)? else {
            notes.push(
                Diagnostic::doubt(
                    Some(Place::file(file)),
                    format!("the EPUB lists `{path}` and does not hold it: its text is missing"),
                )
                .help("save or fetch the file again, or write the text into the issue folder"),
            );
            continue;
        };
        let dom = Dom::parse(file, &text)?;
        flows.extend(flow::blocks(&dom, dom.root(), |id| is_apart(&dom, id)));
    }
    if flows.is_empty() {
        return Err(Fault::new("the EPUB holds no text")
            .at(Place::file(file))
            .help("a book of pictures can be given as pages: one image file each"));
    }
    let blocks: Vec<(Shape, &str)> = flows.iter().map(|f| (f.shape, f.text.as_str())).collect();
    let content = super::document(file, &blocks, &mut notes, |head| book.complete(head));
    Ok(Noted::new(content, notes))
}

fn is_apart(dom: &Dom, id: Id) -> bool {
    let kinds = dom.attr(id, "epub:type").unwrap_or_default();
    dom.name(id) == "nav" || kinds.split_whitespace().any(|k| APART.contains(&k))
}

/// What the package document says.
struct Book {
    /// The paths of the content documents in reading order.
    spine: Vec<String>,
    title: Option<String>,
    publisher: Option<String>,
    date: Option<String>,
}

impl Book {
    fn of(file: &str, opf: &str, path: &str) -> Result<Book> {
        let document = parse(file, "the EPUB's package document", opf)?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut items: HashMap<&str, String> = HashMap::new();
        for item in named(document.root(), "item") {
            let properties = attr(item, "properties").unwrap_or_default();
            let text = attr(item, "media-type").unwrap_or_default();
            let is_text = text.contains("html") && !properties.split(' ').any(|p| p == "nav");
            if let (true, Some(id), Some(href)) = (is_text, attr(item, "id"), attr(item, "href")) {
                items.insert(id, resolve(folder, href));
            }
        }
        let spine = named(document.root(), "itemref")
            .filter(|r| attr(*r, "linear") != Some("no"))
            .filter_map(|r| items.get(attr(r, "idref")?).cloned())
            .collect();
        let said = |name| {
            let text = named(document.root(), name).find_map(|n| n.text())?;
            Some(super::tidy::tidy(text)).filter(|t| !t.is_empty())
        };
        Ok(Book {
            spine,
            title: said("title"),
            publisher: said("publisher"),
            date: said("date").and_then(|d| super::info::day(&d)),
        })
    }

    /// Fills what the text itself did not say.
    fn complete(self, head: &mut Masthead) {
        if head.paper.is_empty() {
            head.paper = self.title.unwrap_or_default();
        }
        head.publisher = head.publisher.take().or(self.publisher);
        head.date = head.date.take().or(self.date);
    }
}

/// The path in the package that a relative reference names.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let decoded = percent_decoded(href);
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%E4%B8%80` → `一` (RFC 3986, section 2.1).
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::package;
    use super::*;

    const OPF: &str = "<package xmlns='http://www.idpf.org/2007/opf'>\
        <metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>荷湾社区报</dc:title>\
        <dc:date>2026-11-20</dc:date></metadata><manifest>\
        <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='b' href='text/%E4%BA%8C.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='text/a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>";
    const XML: &str = "<container><rootfiles><rootfile full-path='OEBPS/content.opf'/>\
        </rootfiles></container>";

    fn book(a: &str, b: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let mut parts = vec![
            ("mimetype", "application/epub+zip"),
            (CONTAINER, XML),
            ("OEBPS/content.opf", OPF),
            ("OEBPS/text/a.xhtml", a),
            ("OEBPS/text/二.xhtml", b),
        ];
        parts.extend(more);
        package(&parts)
    }

    #[test]
    fn chapters_are_read_in_the_order_of_the_spine() {
        let bytes = book(
            "<html><body><h1>第一篇</h1><p>第一句话。</p></body></html>",
            "<html><body><p>接着说的话。</p><h1>第二篇</h1><p>第二句话。</p></body></html>",
            &[],
        );
        let Content::Articles {
            masthead, articles, ..
        } = read("a.epub", &bytes).unwrap().value
        else {
            panic!()
        };
        assert_eq!(masthead.paper, "荷湾社区报");
        assert_eq!(masthead.date.as_deref(), Some("2026-11-20"));
        let heads = articles
            .iter()
            .map(|a| (a.headline.text.as_str(), a.blocks.len()));
        assert_eq!(heads.collect::<Vec<_>>(), [("第一篇", 2), ("第二篇", 1)]);
    }

    #[test]
    fn a_chapter_that_is_not_there_is_doubted() {
        let bytes = package(&[
            ("mimetype", "application/epub+zip"),
            (CONTAINER, XML),
            ("OEBPS/content.opf", OPF),
            (
                "OEBPS/text/a.xhtml",
                "<html><body><h1>第一篇</h1><p>第一句话。</p></body></html>",
            ),
        ]);
        let notes = read("a.epub", &bytes).unwrap().notes;
        assert_eq!(
            notes[0].message,
            "the EPUB lists `OEBPS/text/二.xhtml` and does not hold it: its text is missing"
        );
    }

    #[test]
    fn a_protected_book_is_told() {
        let bytes = book(
            "x",
            "y",
            &[("META-INF/encryption.xml", "<e URI=\"OEBPS/text/a.xhtml\"/>")],
        );
        assert_eq!(
            read("a.epub", &bytes).unwrap_err().to_string(),
            "error: the EPUB is protected: its text is encrypted\n  --> a.epub\n  \
             help: give a copy without protection, or the text as another file"
        );
    }
}
