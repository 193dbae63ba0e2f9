//! The text of a section (DAISY 2.02, section on the text content document): XHTML
//! in which every sentence has the id its `par` names, and a link back to it.

use super::{XHTML, XML, meta, page_class, par, smil_file, title};
use crate::export::escape::escape;
use crate::export::talking_book::{Block, BlockKind, Line, Phrase, Section, TalkingBook, language};
use crate::model::Role;

/// Every sentence is a link for the player; it need not look like one.
const STYLE: &str = "    <style type=\"text/css\">\n      \
                     body { color: #000; background: #fff; font-size: 150%; line-height: 1.6 }\n      \
                     a { color: inherit; text-decoration: none }\n    </style>\n";

/// The text document of a section.
pub fn section(section: &Section, book: &TalkingBook, identity: &str) -> Vec<u8> {
    let main = language(section.part.language);
    let mut file = format!(
        "{XML}{XHTML}\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{main}\" xml:lang=\"{main}\">\n\
         \x20 <head>\n\
         \x20   <meta http-equiv=\"Content-type\" content=\"text/html; charset=utf-8\" />\n\
         \x20   <title>{}</title>\n",
        escape(title(section, book))
    );
    for (name, content) in [
        ("dc:title", book.title.as_str()),
        ("dc:creator", &book.creator),
        ("dc:publisher", &book.publisher),
        ("dc:date", &book.date),
        ("dc:identifier", identity),
        ("dc:language", main),
        ("ncc:charset", "utf-8"),
    ] {
        file.push_str(&meta(name, content));
    }
    file.push_str(STYLE);
    file.push_str("  </head>\n  <body>\n");
    if let Some(page) = &section.page {
        file.push_str(&format!(
            "    <span class=\"{}\" id=\"{}\"><a href=\"{}#{}\">{}</a></span>\n",
            page_class(page),
            page.id,
            smil_file(section),
            par(&page.id),
            escape(&page.name)
        ));
    }
    for block in &section.blocks {
        let (element, class) = element(block, section);
        let lines: Vec<String> = (block.lines.iter())
            .map(|line| {
                let text: String = (line.phrases.iter()).map(|p| phrase(p, section)).collect();
                in_language(line, main, text)
            })
            .collect();
        file.push_str(&format!(
            "    <{element}{class}>{}</{element}>\n",
            lines.join("<br />")
        ));
    }
    file.push_str("  </body>\n</html>\n");
    file.into_bytes()
}

/// The element of a block and its class attribute.
fn element(block: &Block, section: &Section) -> (&'static str, &'static str) {
    match block.kind {
        BlockKind::Heading if section.number == 1 && section.is_opening() => {
            ("h1", " class=\"title\"")
        }
        BlockKind::Heading => ("h1", ""),
        BlockKind::Subheading => ("h2", ""),
        BlockKind::Text(role) => ("p", class(role)),
    }
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Kicker => " class=\"kicker\"",
        Role::Deck => " class=\"deck\"",
        Role::Byline => " class=\"byline\"",
        Role::Item => " class=\"item\"",
        Role::Omission => " class=\"omission\"",
        Role::Recording => " class=\"recording\"",
        Role::Sting => " class=\"music\"",
        _ => "",
    }
}

/// The text of a line, marked when it is in another language than the document.
fn in_language(line: &Line, main: &str, text: String) -> String {
    let own = language(line.passage.language);
    if own == main {
        text
    } else {
        format!("<span lang=\"{own}\" xml:lang=\"{own}\">{text}</span>")
    }
}

fn phrase(phrase: &Phrase, section: &Section) -> String {
    let sentence = phrase.sentence;
    let text = escape(&sentence.text).replace('\n', "<br />");
    if phrase.clip.is_none() {
        return text;
    }
    format!(
        "<span class=\"sentence\" id=\"{}\"><a href=\"{}#{}\">{text}</a></span>",
        sentence.id,
        smil_file(section),
        par(&sentence.id)
    )
}
