//! The text of a part as an XHTML content document (EPUB 3.3, 6.1).

use crate::export::book::{Book, Part, Passage, Sentence};
use crate::export::escape::escape;
use crate::export::words::{lang, lang_within, marked};
use crate::export::{PageStart, page_starts};
use crate::model::{ChapterKind, Role};

/// The document of part `index`.
pub fn page(book: &Book<'_>, index: usize) -> String {
    let part = &book.parts[index];
    let (division, kind) = divisions(part.chapter.kind);
    let mut body = String::new();
    let begun = printed_pages(book).find(|(_, start)| start.part == index);
    if let Some((id, start)) = begun {
        body.push_str(&format!(
            "<span id=\"{id}\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" \
             aria-label=\"{}\"></span>\n",
            escape(&page_label(book, start.name))
        ));
    }
    let heading = heading(part);
    if heading.is_none() {
        body.push_str(&format!(
            "<h1 id=\"{}\" class=\"unspoken\"{}>{}</h1>\n",
            heading_id(part),
            lang_within(part.title_language(), part.language),
            marked(&part.title, part.title_language())
        ));
    }
    for group in groups(&part.passages) {
        let blocks: String = (group.iter())
            .map(|p| block(book, part, p, heading == Some(p.id.as_str())))
            .collect();
        match list(group) {
            // `role`, because a list without signs is none to some programs.
            Some(id) => body.push_str(&format!("<ul id=\"{id}\" role=\"list\">\n{blocks}</ul>\n")),
            None => body.push_str(&blocks),
        }
    }
    document(
        part.language,
        &part.title,
        &format!(
            "<body epub:type=\"{division}\">\n\
             <section id=\"{}\" epub:type=\"{kind}\" role=\"doc-{kind}\" \
             aria-labelledby=\"{}\">\n{body}</section>\n</body>",
            part.id,
            heading_id(part)
        ),
    )
}

/// A content document with this body.
pub fn document(language: &str, title: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\"{}>\n\
         <head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         {body}\n</html>\n",
        lang(language),
        escape(title)
    )
}

/// The pages of the paper in the order in which they begin, each with the id of the
/// element that marks where (EPUB Accessibility 1.1, 3.4.1). Nothing is heard of a mark,
/// so that there is nothing to skip in the overlays.
pub fn printed_pages<'p>(book: &'p Book<'_>) -> impl Iterator<Item = (String, PageStart<'p>)> {
    let starts = page_starts(book.parts.iter().enumerate());
    (1..)
        .zip(starts)
        .map(|(n, start): (usize, _)| (format!("page-{n}"), start))
}

/// How a page is named to a listener.
pub fn page_label(book: &Book<'_>, page: &str) -> String {
    match book.in_chinese() {
        true => format!("第{page}版"),
        false => format!("page {page}"),
    }
}

/// The passage that is the part's heading: the headline; of what has none the first
/// words, when they are the edition's own.
fn heading<'p>(part: &'p Part<'_>) -> Option<&'p str> {
    let headline = part.passages.iter().find(|p| p.role == Role::Headline);
    let first = part.passages.first();
    let first = first.filter(|p| p.role == Role::Announcement && !part.is_article());
    headline.or(first).map(|p| p.id.as_str())
}

/// The name of the part's heading.
fn heading_id(part: &Part<'_>) -> String {
    match heading(part) {
        Some(id) => id.into(),
        None => format!("{}-title", part.id),
    }
}

/// A passage as a block.
fn block(book: &Book<'_>, part: &Part<'_>, passage: &Passage<'_>, heading: bool) -> String {
    let recorded = passage
        .sentences
        .iter()
        .any(|s| s.cue.role == Role::Recording);
    let (element, more) = match passage.role {
        // It has paragraphs inside, which no other block may have.
        _ if recorded => ("div", " class=\"recording\""),
        _ if heading => ("h1", ""),
        Role::ChapterNumber => ("p", " class=\"number\""),
        Role::Headline | Role::Deck => (
            "p",
            " class=\"deck\" epub:type=\"subtitle\" role=\"doc-subtitle\"",
        ),
        Role::Kicker => ("p", " class=\"kicker\""),
        Role::Byline => ("p", " class=\"byline\""),
        Role::Subhead => ("h2", ""),
        Role::Item => ("li", ""),
        Role::Announcement | Role::Omission | Role::Sting => ("p", " class=\"said\""),
        Role::Body | Role::Recording => ("p", ""),
    };
    let sentences: String = (passage.sentences.iter())
        .map(|s| sentence(s, passage.language, book.language()))
        .collect();
    format!(
        "<{element} id=\"{}\"{more}{}>{sentences}</{element}>\n",
        passage.id,
        lang_within(passage.language, part.language)
    )
}

/// A sentence as an element that the overlay can point at.
fn sentence(sentence: &Sentence<'_>, around: &str, edition: &str) -> String {
    let id = &sentence.id;
    // Words of the edition in a passage of another language have their own.
    let language = sentence.cue.language.as_deref().unwrap_or(edition);
    let own = lang_within(language, around);
    if sentence.cue.role != Role::Recording {
        let text = marked(&sentence.text, language);
        let note = match note(sentence) {
            "" => String::new(),
            note => format!(" class=\"note\"{note} role=\"doc-footnote\""),
        };
        return format!("<span id=\"{id}\"{note}{own}>{text}</span>");
    }
    // What is heard at once is one element, its paragraphs inside.
    let paragraphs: String = (sentence.text.lines())
        .map(|line| format!("<p>{}</p>\n", marked(line, language)))
        .collect();
    format!("<div id=\"{id}\"{own}>\n{paragraphs}</div>\n")
}

/// The division of the book that a part belongs to, and what it is there (EPUB 3
/// Structural Semantics Vocabulary 1.1).
pub fn divisions(kind: ChapterKind) -> (&'static str, &'static str) {
    match kind {
        ChapterKind::Opening => ("frontmatter", "introduction"),
        ChapterKind::Article => ("bodymatter", "chapter"),
        ChapterKind::Closing => ("backmatter", "conclusion"),
    }
}

/// What marks a sentence that is a note about the text and not of it: a listener may
/// turn notes off (EPUB 3.3, 9.4.1 Skippability).
pub fn note(sentence: &Sentence<'_>) -> &'static str {
    match sentence.cue.role {
        Role::Omission => " epub:type=\"footnote\"",
        _ => "",
    }
}

/// The passages as they are set: items that follow one another are one list.
pub fn groups<'p, 'a>(passages: &'p [Passage<'a>]) -> impl Iterator<Item = &'p [Passage<'a>]> {
    passages.chunk_by(|a, b| a.role == Role::Item && b.role == Role::Item)
}

/// The name of the list, when a group is one.
pub fn list(group: &[Passage<'_>]) -> Option<String> {
    let first = group.first().filter(|p| p.role == Role::Item)?;
    Some(format!("{}-list", first.id))
}
