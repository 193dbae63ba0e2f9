//! The list of articles, each with its sound for a browser without script and its
//! text, sentence by sentence.

use super::words::Tongue;
use crate::export::book::{Book, Part, Passage, Sentence};
use crate::export::clock::milliseconds;
use crate::export::escape::escape;
use crate::model::{Frames, Role, SampleRate};

/// The items of the list.
pub fn list(book: &Book<'_>, tongue: Tongue) -> String {
    (book.parts.iter())
        .map(|part| article(book, part, tongue))
        .collect()
}

fn article(book: &Book<'_>, part: &Part<'_>, tongue: Tongue) -> String {
    let rate = book.edition.sample_rate;
    let title = escape(&part.title);
    let number = if part.is_article() {
        format!("<span class=\"number\">{}</span> ", part.chapter.number)
    } else {
        String::new()
    };
    let headline = part.passages.iter().find(|p| p.role == Role::Headline);
    let language = headline.map_or(part.language, |p| p.language);
    let length = length(part.chapter.frames, rate, tongue);
    format!(
        "<li class=\"article\" id=\"{id}\"{lang}>\n\
         <h3>{number}<span class=\"name\" dir=\"auto\"{name_lang}>{title}</span> {length}</h3>\n\
         <audio controls preload=\"none\" src=\"{src}\" lang=\"{tag}\" aria-label=\"{listen}\"></audio>\n\
         <div class=\"text\">\n{text}</div>\n</li>\n",
        id = part.id,
        lang = lang(part.language, book.language()),
        name_lang = lang(language, part.language),
        src = sound(part),
        tag = tongue.tag(),
        listen = tongue.filled("listen", &title),
        text = passages(part, rate),
    )
}

/// Where the sound of a part lies, beside the page.
pub fn sound(part: &Part<'_>) -> String {
    format!("audio/{:02}.mp3", part.chapter.number)
}

/// A length in words, which the script says again in another language.
fn length(frames: Frames, rate: SampleRate, tongue: Tongue) -> String {
    let ms = milliseconds(frames, rate);
    format!(
        "<span class=\"length\" data-ms=\"{ms}\" lang=\"{}\">{}</span>",
        tongue.tag(),
        tongue.duration(ms)
    )
}

/// A language attribute, where it is another language than around it.
fn lang(language: &str, around: &str) -> String {
    if language == around {
        return String::new();
    }
    format!(" lang=\"{}\"", escape(language))
}

fn passages(part: &Part<'_>, rate: SampleRate) -> String {
    let mut html = String::new();
    let mut in_list = false;
    for passage in &part.passages {
        let item = passage.role == Role::Item;
        if item != in_list {
            html.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            in_list = item;
        }
        html.push_str(&block(passage, part.language, rate));
    }
    if in_list {
        html.push_str("</ul>\n");
    }
    html
}

fn block(passage: &Passage<'_>, around: &str, rate: SampleRate) -> String {
    let (tag, class) = match passage.role {
        Role::Subhead => ("h4", ""),
        Role::Item => ("li", ""),
        Role::Headline => ("p", " class=\"headline\""),
        Role::Kicker => ("p", " class=\"kicker\""),
        Role::Deck => ("p", " class=\"deck\""),
        Role::Byline => ("p", " class=\"byline\""),
        Role::ChapterNumber => ("p", " class=\"ordinal\""),
        _ => ("p", ""),
    };
    let lang = lang(passage.language, around);
    let sentences: String = passage
        .sentences
        .iter()
        .map(|s| sentence(s, rate))
        .collect();
    format!("<{tag}{class} dir=\"auto\"{lang}>{sentences}</{tag}>\n")
}

/// A sentence with the millisecond at which it begins.
fn sentence(sentence: &Sentence<'_>, rate: SampleRate) -> String {
    format!(
        "<span data-ms=\"{}\">{}</span>",
        milliseconds(sentence.start, rate),
        escape(&sentence.text).replace('\n', "<br>")
    )
}
