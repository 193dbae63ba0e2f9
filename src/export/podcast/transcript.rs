//! The text of an episode in time with its sound (WebVTT), for the type `text/vtt` of
//! `podcast:transcript`.

use crate::export::clock::milliseconds;
use crate::export::vtt::{cue, note};
use crate::export::{Book, Joined, Part};
use crate::model::Frames;

/// The text of the whole edition, at the times of the joined stream.
pub fn edition_vtt(book: &Book<'_>, joined: &Joined) -> Vec<u8> {
    let mut file = head(book, &book.title, book.language());
    for (n, part) in joined.parts.iter().enumerate() {
        let Some(part) = book.parts.get(*part) else {
            continue;
        };
        file.push_str(&note(&part.title));
        cues(&mut file, book, part, |at| joined.heard(n, at));
    }
    file.into_bytes()
}

/// The text of one part, at the times of its own file.
pub fn part_vtt(book: &Book<'_>, part: &Part<'_>) -> Vec<u8> {
    let mut file = head(book, &part.title, part.language);
    cues(&mut file, book, part, |at| at);
    file.into_bytes()
}

fn head(book: &Book<'_>, title: &str, language: &str) -> String {
    let paper = match title == book.title {
        true => String::new(),
        false => note(&book.title),
    };
    format!(
        "WEBVTT\n\n{}{paper}{}",
        note(title),
        note(&format!("language: {language}"))
    )
}

fn cues(file: &mut String, book: &Book<'_>, part: &Part<'_>, heard: impl Fn(Frames) -> Frames) {
    let ms = |at| milliseconds(heard(at), book.edition.sample_rate);
    for sentence in part.sentences() {
        file.extend(cue(
            &sentence.id,
            ms(sentence.start),
            ms(sentence.end),
            &sentence.text,
        ));
    }
}
