//! The navigation document (EPUB 3.3, 7): contents, landmarks, pages.

use super::about::{about_title, cover_title, own_language};
use super::page::{document, printed_pages};
use crate::export::book::{Book, Part, Passage};
use crate::export::escape::escape;
use crate::export::words::{lang_within, marked};
use crate::model::Role;

/// The navigation document.
pub fn nav(book: &Book<'_>) -> String {
    let chinese = book.in_chinese();
    let say = |zh: &'static str, en: &'static str| if chinese { zh } else { en };
    let contents = say("目录", "Contents");
    let mut toc = String::new();
    for part in &book.parts {
        toc.push_str(&item(part, own_language(book)));
    }
    toc.push_str(&link("about.xhtml", "", about_title(book)));
    let mut body = format!(
        "<body>\n<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\" aria-labelledby=\"contents\">\n\
         <h1 id=\"contents\">{contents}</h1>\n<ol>\n{toc}</ol>\n</nav>\n"
    );
    let mut landmarks = link("cover.xhtml", "cover", cover_title(book));
    landmarks.push_str(&link("#toc", "toc", contents));
    if let Some(first) = book.parts.iter().find(|p| p.is_article()) {
        let text = say("正文", "Start of the articles");
        landmarks.push_str(&link(&format!("{}.xhtml", first.id), "bodymatter", text));
    }
    body.push_str(&hidden(
        "landmarks",
        say("导览", "Landmarks"),
        "",
        &landmarks,
    ));
    let pages: String = printed_pages(book)
        .map(|(id, start)| {
            let href = format!("{}.xhtml#{id}", book.parts[start.part].id);
            link(&href, "", start.name)
        })
        .collect();
    if !pages.is_empty() {
        body.push_str(&hidden(
            "page-list",
            say("版次", "Pages"),
            " role=\"doc-pagelist\"",
            &pages,
        ));
    }
    body.push_str("</body>");
    document(own_language(book), &book.title, &body)
}

/// A part with its subheads below it.
fn item(part: &Part<'_>, around: &str) -> String {
    let href = format!("{}.xhtml", part.id);
    let subheads = part.passages.iter().filter(|p| p.role == Role::Subhead);
    let below: String = subheads
        .map(|p| {
            entry(
                &format!("{href}#{}", p.id),
                (p.language, around),
                &text(p),
                "",
            )
        })
        .collect();
    let below = match below.is_empty() {
        true => below,
        false => format!("\n<ol>\n{below}</ol>\n"),
    };
    entry(&href, (part.title_language(), around), &part.title, &below)
}

/// A link with what lies below it; its language and that around it.
fn entry(href: &str, (own, around): (&str, &str), title: &str, below: &str) -> String {
    format!(
        "<li><a href=\"{href}\"{}>{}</a>{below}</li>\n",
        lang_within(own, around),
        marked(title, own)
    )
}

fn text(passage: &Passage<'_>) -> String {
    let text: String = passage.sentences.iter().map(|s| s.text.as_ref()).collect();
    text.trim().into()
}

/// A link of a list, with what it leads to.
fn link(href: &str, kind: &str, text: &str) -> String {
    let kind = match kind {
        "" => String::new(),
        kind => format!(" epub:type=\"{kind}\""),
    };
    format!("<li><a{kind} href=\"{href}\">{}</a></li>\n", escape(text))
}

/// A list for programs, which is not shown as part of the page.
fn hidden(kind: &str, title: &str, more: &str, links: &str) -> String {
    format!(
        "<nav epub:type=\"{kind}\"{more} aria-label=\"{title}\" hidden=\"hidden\">\n\
         <h2>{title}</h2>\n<ol>\n{links}</ol>\n</nav>\n"
    )
}
