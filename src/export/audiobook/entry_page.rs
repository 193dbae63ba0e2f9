//! `index.html`: the primary entry page (W3C Audiobooks, 4.1) with the table of
//! contents (4.2; Publication Manifest, appendix C), and the whole text.

use super::{COVER, Chapter};
use crate::export::book::{Book, Passage};
use crate::export::clock::{hms, seconds};
use crate::export::escape::escape;
use crate::export::words::{lang, lang_within, marked};
use crate::model::Role;

/// The page's look: large, plain, by day and by night.
const STYLE: &str = "html{font-size:125%}\
body{max-width:40em;margin:0 auto;padding:0 1em;line-height:1.75;overflow-wrap:anywhere}\
h1{font-size:1.4em}img{max-width:12em;width:100%}audio{width:100%}li{margin:.5em 0}\
a{color:#003f8a}\
@media(prefers-color-scheme:dark){body{background:#111;color:#f2f2f2}a{color:#9cd0ff}}";

/// The page.
pub fn entry_page(book: &Book<'_>, chapters: &[Chapter<'_, '_>]) -> String {
    let say = |zh: &'static str, en: &'static str| if book.in_chinese() { zh } else { en };
    let title = escape(&book.title);
    let contents: String = (chapters.iter().map(|c| contents(c, book.language()))).collect();
    let text: String = chapters.iter().map(|chapter| text(book, chapter)).collect();
    format!(
        "<!DOCTYPE html>\n<html{}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"publication\" href=\"publication.json\">\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <img src=\"{COVER}\" alt=\"{}\">\n<h1>{}</h1>\n</header>\n\
         <nav role=\"doc-toc\" aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n\
         <ol>\n{contents}</ol>\n</nav>\n<main>\n{text}</main>\n</body>\n</html>\n",
        lang(book.language()),
        say("封面", "Cover"),
        marked(&book.title, book.language()),
        say("目录", "Contents"),
    )
}

/// A chapter of the contents with its subheads below it.
fn contents(chapter: &Chapter<'_, '_>, around: &str) -> String {
    let language = chapter.part.language;
    let below: String = (chapter.subheads.iter())
        .map(|(title, at)| {
            let title = marked(title, language);
            let at = seconds(*at);
            let lang = lang_within(language, around);
            format!(
                "<li><a href=\"{}#t={at}\"{lang}>{title}</a></li>\n",
                chapter.file
            )
        })
        .collect();
    let below = match below.is_empty() {
        true => below,
        false => format!("\n<ol>\n{below}</ol>\n"),
    };
    format!(
        "<li><a href=\"{}\"{}>{}</a>{below}</li>\n",
        chapter.file,
        lang_within(chapter.part.title_language(), around),
        marked(&chapter.part.title, chapter.part.title_language())
    )
}

/// The text of a chapter.
fn text(book: &Book<'_>, chapter: &Chapter<'_, '_>) -> String {
    let part = chapter.part;
    let headline = part.passages.iter().position(|p| p.role == Role::Headline);
    let blocks: String = (part.passages.iter().enumerate())
        .filter(|(i, _)| Some(*i) != headline)
        .map(|(_, passage)| block(passage, part.language))
        .collect();
    let sound = match book.in_chinese() {
        true => format!("收听：{}", part.title),
        false => format!("Listen: {}", part.title),
    };
    format!(
        "<section id=\"{id}\"{} aria-labelledby=\"{id}-title\">\n\
         <h2 id=\"{id}-title\"{}>{}</h2>\n\
         <p><audio controls preload=\"none\" src=\"{}\" aria-label=\"{}\"></audio>\n\
         <a href=\"{}\">{}</a></p>\n{blocks}</section>\n",
        lang(part.language),
        lang_within(part.title_language(), part.language),
        marked(&part.title, part.title_language()),
        chapter.file,
        escape(&sound),
        chapter.file,
        hms(chapter.length),
        id = part.id,
    )
}

fn block(passage: &Passage<'_>, language: &str) -> String {
    let text: String = passage.sentences.iter().map(|s| s.text.as_ref()).collect();
    let element = match passage.role {
        Role::Subhead => "h3",
        _ => "p",
    };
    let lang = lang_within(passage.language, language);
    (text.lines())
        .map(|line| {
            let line = marked(line.trim(), passage.language);
            format!("<{element}{lang}>{line}</{element}>\n")
        })
        .collect()
}
