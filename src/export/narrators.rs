//! Who is heard.

use super::book::Book;
use crate::model::{Role, VoiceCredit};

/// Who is heard, in the book's words: each synthetic voice with its engine, which
/// nobody should take for a person, and that people have recorded something.
pub fn narrators(book: &Book<'_>) -> Vec<String> {
    named(book, |voice, synthetic| match book.in_chinese() {
        true => format!("{synthetic} {}（{}）", voice.name, voice.engine),
        false => format!("{synthetic} {} ({})", voice.name, voice.engine),
    })
}

/// The same with the voices named by `name`, which is given what a synthetic voice is
/// called in the book's language.
pub fn named(book: &Book<'_>, name: impl Fn(&VoiceCredit, &str) -> String) -> Vec<String> {
    let (synthetic, people) = match book.in_chinese() {
        true => ("合成语音", "真人录音"),
        false => ("synthetic voice", "human recording"),
    };
    let voices = book.edition.voices.iter();
    let mut names: Vec<String> = voices.map(|voice| name(voice, synthetic)).collect();
    let mut sentences = book.parts.iter().flat_map(|part| part.sentences());
    if sentences.any(|s| s.cue.role == Role::Recording) {
        names.push(people.into());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn voices_and_people_are_told_apart() {
        let mut edition = edition();
        assert_eq!(
            narrators(&Book::new(&edition)),
            ["合成语音 zm_yunjian（kokoro）", "真人录音"]
        );
        edition.masthead.language = "en".into();
        edition.chapters.truncate(1);
        assert_eq!(
            narrators(&Book::new(&edition)),
            ["synthetic voice zm_yunjian (kokoro)"]
        );
    }
}
