//! Readings given in the text itself: `{崧珏|song1 jue2}`.
//!
//! The braces and the pinyin are no part of the text; the word is, with the
//! reading beside it ([`GivenReading`]). A brace behind a backslash is a brace.

use std::ops::Range;

use crate::diag::Diagnostic;
use crate::model::{GivenReading, SourceText};

/// The longest word that is given a reading, in characters.
const LONGEST_WORD: usize = 40;

/// Takes the readings out of `text`. `marks` are the bytes of the braces and
/// bars that count, in order. What only looks like a reading stays as it is
/// and is told.
pub(super) fn take_readings(
    text: SourceText,
    marks: &[usize],
    notes: &mut Vec<Diagnostic>,
) -> SourceText {
    if !marks.iter().any(|&at| text.text[at..].starts_with('{')) {
        return text;
    }
    let mut out = text.slice(0, 0);
    out.anchors.clear();
    let mut from = 0;
    for found in found(&text.text, marks) {
        match found.checked(&text.text) {
            Ok((word, pinyin)) => {
                out.append(&text.slice(from, found.at.start));
                let at = out.text.len()..out.text.len() + word.len();
                out.append(&text.slice(word.start, word.end));
                out.readings.push(GivenReading { at, pinyin });
                from = found.at.end;
            }
            Err(why) => notes.push(
                Diagnostic::doubt(
                    text.place_at(found.at.start),
                    format!(
                        "`{}` is read as it stands: {why}",
                        &text.text[found.at.clone()]
                    ),
                )
                .help("write `{崧珏|song1 jue2}`, or `\\{` for a brace that is part of the text"),
            ),
        }
    }
    out.append(&text.slice(from, text.text.len()));
    out
}

/// Something that begins with a brace and has a bar.
struct Found {
    at: Range<usize>,
    bar: usize,
    closed: bool,
}

/// Every brace with a bar behind it and no other brace between.
fn found(text: &str, marks: &[usize]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut bar: Option<usize> = None;
    let unclosed = |open: Option<usize>, bar: Option<usize>, found: &mut Vec<Found>| {
        if let (Some(from), Some(bar)) = (open, bar) {
            found.push(Found {
                at: from..bar + 1,
                bar,
                closed: false,
            });
        }
    };
    for &at in marks {
        match text.as_bytes()[at] {
            b'{' => {
                unclosed(open, bar, &mut found);
                (open, bar) = (Some(at), None);
            }
            b'|' if open.is_some() && bar.is_none() => bar = Some(at),
            b'}' => {
                if let (Some(from), Some(bar)) = (open, bar) {
                    found.push(Found {
                        at: from..at + 1,
                        bar,
                        closed: true,
                    });
                }
                (open, bar) = (None, None);
            }
            _ => {}
        }
    }
    unclosed(open, bar, &mut found);
    found
}

impl Found {
    /// The bytes of the word, and its pinyin; or what is wrong with them.
    fn checked(&self, text: &str) -> Result<(Range<usize>, String), &'static str> {
        if !self.closed {
            return Err("its brace is not closed");
        }
        let inner = &text[self.at.start + 1..self.bar];
        let word = inner.trim();
        let start = self.at.start + 1 + (inner.len() - inner.trim_start().len());
        let pinyin = text[self.bar + 1..self.at.end - 1].trim();
        match (word, pinyin) {
            ("", _) => Err("there is no word before the bar"),
            (_, "") => Err("there is no pinyin behind the bar"),
            _ if word.chars().count() > LONGEST_WORD => Err("the word is too long"),
            _ if !pinyin.split_whitespace().all(is_syllable) => {
                Err("what stands behind the bar is no pinyin")
            }
            _ => Ok((start..start + word.len(), pinyin.to_string())),
        }
    }
}

/// Whether `part` has the form of a syllable: Latin letters, with a tone number
/// behind or a mark on one of them.
fn is_syllable(part: &str) -> bool {
    let letters = part.trim_end_matches(|c: char| ('1'..='5').contains(&c));
    let numbered = part.len() - letters.len() == 1;
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, ':' | 'ü' | 'Ü') || is_marked(c);
    !letters.is_empty()
        && letters.chars().all(letter)
        && (numbered || (letters.len() == part.len() && letters.chars().any(is_marked)))
}

/// Whether a letter carries a tone mark, of its own or as a sign of its own.
fn is_marked(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ".contains(c) || ('\u{300}'..='\u{30F}').contains(&c)
}

/// The text with its given readings written out, each plain part as `plain`
/// writes it. A reading that could not be read back is left out.
pub(super) fn with_readings(text: &SourceText, plain: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut from = 0;
    for reading in &text.readings {
        let parts = (
            text.text.get(from..reading.at.start),
            text.text.get(reading.at.clone()),
        );
        match parts {
            (Some(before), Some(word))
                if !before.ends_with('\\') && !word.contains(['{', '|', '}', '\\']) =>
            {
                out.push_str(&plain(before));
                out.push_str(&format!("{{{word}|{}}}", reading.pinyin));
                from = reading.at.end;
            }
            _ => {}
        }
    }
    out.push_str(&plain(&text.text[from..]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    fn taken(text: &str) -> (SourceText, Vec<String>) {
        let marks: Vec<usize> = text
            .match_indices(['{', '|', '}'])
            .map(|(i, _)| i)
            .collect();
        let mut notes = Vec::new();
        let text = SourceText::at(text, Place::new("a.md", 5, 0));
        let text = take_readings(text, &marks, &mut notes);
        (text, notes.into_iter().map(|n| n.message).collect())
    }

    #[test]
    fn a_reading_is_taken_out_and_places_stay() {
        let (text, notes) = taken("见{崧珏|song1 jue2}，{绿|lǜ}。");
        assert_eq!(text.text, "见崧珏，绿。");
        assert_eq!(notes, [""; 0]);
        let given: Vec<_> = text
            .readings
            .iter()
            .map(|r| (&text.text[r.at.clone()], r.pinyin.as_str()))
            .collect();
        assert_eq!(given, [("崧珏", "song1 jue2"), ("绿", "lǜ")]);
        let col = |c: char| text.place_at(text.text.find(c).unwrap()).unwrap().col;
        assert_eq!((col('见'), col('崧'), col('，'), col('。')), (0, 2, 16, 23));
    }

    #[test]
    fn what_only_looks_like_a_reading_stays_and_is_told() {
        for (text, why) in [
            ("{崧珏|song}", "what stands behind the bar is no pinyin"),
            ("{崧珏|}", "there is no pinyin behind the bar"),
            ("{ |song1}", "there is no word before the bar"),
            ("{崧珏|song1", "its brace is not closed"),
        ] {
            let (kept, notes) = taken(text);
            assert_eq!(kept.text, text);
            assert!(kept.readings.is_empty());
            assert!(notes[0].ends_with(why), "{notes:?}");
        }
        let (kept, notes) = taken("{一} a|b }{");
        assert_eq!((kept.text.as_str(), notes.len()), ("{一} a|b }{", 0));
        let (kept, notes) = taken("{甲|{乙|yi3}");
        assert_eq!((kept.text.as_str(), notes.len()), ("{甲|乙", 1));
    }
}
