//! `ncc.html`, the navigation control centre (DAISY 2.02, section on the NCC).

use super::{XHTML, XML, meta, page_class, par, seconds, smil_file};
use crate::export::escape::escape;
use crate::export::talking_book::TalkingBook;
use crate::model::Edition;

/// The NCC of a book of so many files, itself among them; `others` are the bytes of
/// all the others. The size it tells has its own size in it.
pub fn ncc(
    book: &TalkingBook,
    identity: &str,
    edition: &Edition,
    files: usize,
    others: u64,
) -> Vec<u8> {
    let body = body(book);
    let mut kilobytes = 0;
    loop {
        let head = head(book, identity, edition, body.items, files, kilobytes);
        let document = document(book, &head, &body.html);
        let whole = (others + document.len() as u64).div_ceil(1024);
        if whole <= kilobytes {
            return document.into_bytes();
        }
        // One digit more makes the document longer, so this ends.
        kilobytes = whole;
    }
}

fn document(book: &TalkingBook, head: &str, body: &str) -> String {
    let language = &book.languages[0];
    format!(
        "{XML}{XHTML}\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         \x20 <head>\n{head}  </head>\n  <body>\n{body}  </body>\n</html>\n"
    )
}

/// The metadata (DAISY 2.02, Appendix 2): every mandatory one, the counts that are
/// mandatory only where there is something to count, and the recommended ones.
fn head(
    book: &TalkingBook,
    identity: &str,
    edition: &Edition,
    items: usize,
    files: usize,
    kilobytes: u64,
) -> String {
    let mut head = format!(
        "    <meta http-equiv=\"Content-type\" content=\"text/html; charset=utf-8\" />\n\
         \x20   <title>{}</title>\n",
        escape(&book.title)
    );
    let mut tell = |name: &str, content: &str| head.push_str(&meta(name, content));
    tell("dc:title", &book.title);
    tell("dc:creator", &book.creator);
    tell("dc:publisher", &book.publisher);
    tell("dc:date", &book.date);
    tell("dc:format", "Daisy 2.02");
    tell("dc:identifier", identity);
    for language in &book.languages {
        tell("dc:language", language);
    }
    tell("ncc:charset", "utf-8");
    tell("ncc:depth", &book.depth().to_string());
    tell("ncc:files", &files.to_string());
    tell("ncc:footnotes", "0");
    tell("ncc:generator", &edition.generator);
    tell("ncc:kByteSize", &kilobytes.to_string());
    let normal: Vec<u32> = (book.pages())
        .filter(|page| page.number.is_normal())
        .map(|page| page.number.value())
        .collect();
    let highest = normal.iter().max().copied().unwrap_or(0);
    tell("ncc:maxPageNormal", &highest.to_string());
    tell("ncc:multimediaType", "audioFullText");
    for narrator in &book.narrators {
        tell("ncc:narrator", narrator);
    }
    tell("ncc:pageFront", "0");
    tell("ncc:pageNormal", &normal.len().to_string());
    let special = book.pages().count() - normal.len();
    tell("ncc:pageSpecial", &special.to_string());
    tell("ncc:prodNotes", "0");
    tell("ncc:setInfo", "1 of 1");
    tell("ncc:sidebars", "0");
    tell("ncc:sourceDate", &book.date);
    if let Some(edition) = &book.source_edition {
        tell("ncc:sourceEdition", edition);
    }
    tell("ncc:sourcePublisher", &book.publisher);
    if let Some(title) = &book.source_title {
        tell("ncc:sourceTitle", title);
    }
    tell("ncc:tocItems", &items.to_string());
    tell("ncc:totalTime", &seconds(book.duration()));
    head
}

struct Body {
    html: String,
    items: usize,
}

/// The headings, and before each the page that begins with it. The first is `h1` of
/// class `title`; it stands for the opening too, which has no second heading, so that
/// "next heading" never stays where it is.
fn body(book: &TalkingBook) -> Body {
    let mut body = Body {
        html: String::new(),
        items: 0,
    };
    let mut item = |element: &str, class: Option<&str>, href: String, text: &str| {
        body.items += 1;
        let class = class.map_or(String::new(), |class| format!(" class=\"{class}\""));
        body.html.push_str(&format!(
            "    <{element}{class} id=\"ncc{:04}\"><a href=\"{href}\">{}</a></{element}>\n",
            body.items,
            escape(text)
        ));
    };
    for section in &book.sections {
        let Some(first) = section.first() else {
            continue;
        };
        let file = smil_file(section);
        let href = |id: &str| format!("{file}#{}", par(id));
        if section.number == 1 {
            let begin = section.page.as_ref().map_or(&first.id, |page| &page.id);
            item("h1", Some("title"), href(begin), &book.title);
        }
        if let Some(page) = &section.page {
            item("span", Some(page_class(page)), href(&page.id), &page.name);
        }
        if section.number > 1 || !section.is_opening() {
            item("h1", None, href(&first.id), &section.part.title);
        }
        for inner in section.subheadings() {
            for (sentence, _) in inner.clips().take(1) {
                item("h2", None, href(&sentence.id), &inner.text());
            }
        }
    }
    body
}
