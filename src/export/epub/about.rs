//! The cover, and a page about the edition: who made it, and whose voices are heard.

use super::page::document;
use crate::export::book::Book;
use crate::export::escape::escape;
use crate::export::narrators::narrators;
use crate::export::words::{lang_within, marked};
use crate::model::main_language;

/// The language of what the book says itself.
pub fn own_language<'a>(book: &Book<'a>) -> &'a str {
    let tag = book.language();
    match book.in_chinese() || main_language(tag) == "en" {
        true => tag,
        false => "en",
    }
}

/// What the cover is called.
pub fn cover_title(book: &Book<'_>) -> &'static str {
    if book.in_chinese() { "封面" } else { "Cover" }
}

/// What the page about the edition is called.
pub fn about_title(book: &Book<'_>) -> &'static str {
    match book.in_chinese() {
        true => "关于这一期",
        false => "About this edition",
    }
}

/// The cover's page.
pub fn cover(book: &Book<'_>) -> String {
    let title = escape(&book.title);
    let alternative = match book.in_chinese() {
        true => format!("封面：{title}"),
        false => format!("Cover: {title}"),
    };
    document(
        own_language(book),
        cover_title(book),
        &format!(
            "<body epub:type=\"cover\" class=\"cover\">\n<section aria-label=\"{}\">\n\
             <img role=\"doc-cover\" src=\"cover.png\" alt=\"{alternative}\"/>\n</section>\n</body>",
            cover_title(book)
        ),
    )
}

/// The page about the edition.
pub fn about(book: &Book<'_>) -> String {
    let printed = &book.edition.masthead.printed;
    let title = about_title(book);
    let mut rows = String::new();
    let mut told = |(zh, en): (&str, &str), value: Option<&str>, language: &str| {
        if let Some(value) = value.map(str::trim).filter(|v| !v.is_empty()) {
            let label = if book.in_chinese() { zh } else { en };
            rows.push_str(&format!(
                "<dt>{label}</dt>\n<dd{}>{}</dd>\n",
                lang_within(language, own_language(book)),
                marked(value, language)
            ));
        }
    };
    let mut row = |label, value| told(label, value, book.language());
    row(("报纸", "Newspaper"), Some(&printed.paper));
    row(("版面", "Section"), printed.section.as_deref());
    row(("期号", "Number"), printed.issue_number.as_deref());
    row(("日期", "Date"), printed.date.as_deref());
    row(("版次", "Page"), printed.page.as_deref());
    row(("出版", "Publisher"), printed.publisher.as_deref());
    row(("主管主办", "Sponsor"), printed.sponsor.as_deref());
    row(("刊号", "Serial number"), printed.cn_code.as_deref());
    for name in narrators(book) {
        told(("朗读", "Read by"), Some(&name), own_language(book));
    }
    told(
        ("制作", "Made by"),
        Some(&book.edition.generator),
        own_language(book),
    );
    document(
        own_language(book),
        title,
        &format!(
            "<body epub:type=\"backmatter\">\n<section id=\"about\" epub:type=\"colophon\" \
             role=\"doc-colophon\" aria-labelledby=\"title\">\n<h1 id=\"title\">{title}</h1>\n\
             <dl>\n{rows}</dl>\n</section>\n</body>"
        ),
    )
}
