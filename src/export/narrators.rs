//! Who is heard.

use super::book::Book;
use crate::model::Role;

/// Who is heard, in the book's words: each synthetic voice, which nobody should
/// take for a person, and that people have recorded something.
pub fn narrators(book: &Book<'_>) -> Vec<String> {
    let chinese = book.in_chinese();
    let mut names: Vec<String> = (book.edition.voices.iter())
        .map(|voice| {
            let (name, engine) = (&voice.name, &voice.engine);
            match chinese {
                true => format!("合成语音 {name}（{engine}）"),
                false => format!("synthetic voice {name} ({engine})"),
            }
        })
        .collect();
    let mut sentences = book.parts.iter().flat_map(|part| part.sentences());
    if sentences.any(|s| s.cue.role == Role::Recording) {
        names.push(
            if chinese {
                "真人录音"
            } else {
                "human recording"
            }
            .into(),
        );
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
