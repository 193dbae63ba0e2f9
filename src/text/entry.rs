//! What an editor writes of a word → what is spoken for it, checked.

use super::grammar::Grammar;
use super::lexicon::{Fix, Fixed, Lexicon};
use super::normalise::{Normalised, Part, PartKind, Why, normalise};
use super::numbers::{BREAK, Digits, cardinal, spell};
use super::syllables::{Syl, parse_pinyin};
use super::symbols::fold;
use super::tables::Tables;
use crate::diag::{Diagnostic, Fault, Result};
use crate::model::{LexiconEntry, LexiconReading, SourceText};

/// The longest reading: what is never cut must fit in a chunk.
const LONGEST: usize = 40;

/// What is spoken for an entry.
pub(super) enum Said {
    /// The word itself, with these syllables.
    Syllables(Vec<Syl>),
    /// Other text, normalised; of no part where the word is skipped.
    Text(Normalised),
}

/// The readings given in `text`, made ready for the scanner; what is no
/// reading of its word is told and not followed.
pub(super) fn given(text: &SourceText, tables: &Tables) -> (Vec<Fixed>, Vec<Diagnostic>) {
    let (mut fixed, mut doubts) = (Vec::new(), Vec::new());
    for reading in &text.readings {
        let word = &text.text[reading.at.clone()];
        let chars: Vec<char> = word.chars().map(fold).collect();
        match syllables(word, &chars, &reading.pinyin, tables) {
            Ok(syls) => {
                let from = text.text[..reading.at.start].chars().count();
                fixed.push(Fixed {
                    at: from..from + chars.len(),
                    by: Fix::Given(syls),
                });
            }
            Err((message, help)) => doubts.push(
                Diagnostic::doubt(
                    text.place_at(reading.at.start),
                    format!("{message}; it is read as if nothing were given"),
                )
                .help(help),
            ),
        }
    }
    (fixed, doubts)
}

/// What is spoken for an entry of the word `word` (folded).
///
/// # Errors
/// A `Fault` with the entry's file and line: a syllable that does not exist, not
/// one syllable a character in a Han word, a word without figures that is to be
/// read as figures, a respelling that no voice can say, a reading of more than
/// [`LONGEST`] syllables.
pub(super) fn said(
    entry: &LexiconEntry,
    word: &[char],
    tables: &Tables,
    grammar: &Grammar,
) -> Result<Said> {
    let refuse =
        |(message, help): (String, String)| Fault::new(message).at(entry.place.clone()).help(help);
    let text = match &entry.reading {
        LexiconReading::Pinyin(pinyin) => {
            return syllables(&entry.word, word, pinyin, tables)
                .map(Said::Syllables)
                .map_err(refuse);
        }
        LexiconReading::Skip => return Ok(Said::Text(Normalised::default())),
        LexiconReading::Say(text) => text.clone(),
        LexiconReading::Digits => in_words(&entry.word, word, &spell).map_err(refuse)?,
        LexiconReading::Value => in_words(&entry.word, word, &cardinal).map_err(refuse)?,
    };
    let said = normalise(
        &text,
        grammar,
        &Lexicon::default(),
        Vec::new(),
        tables,
        Digits::default(),
    );
    let lost = said.pieces.iter().find(|p| p.why == Why::Unsaid);
    if let Some(lost) = lost {
        return Err(refuse((
            format!(
                "no reading is known for `{}` in the respelling of `{}`",
                &text[lost.display.clone()],
                entry.word
            ),
            "respell the word in Chinese characters or Latin letters".into(),
        )));
    }
    let heard = |p: &Part| !matches!(p.kind, PartKind::Mark(_));
    if !said.parts.iter().any(heard) {
        return Err(refuse((
            format!(
                "there is nothing to say in the respelling of `{}`",
                entry.word
            ),
            "respell the word in Chinese characters or Latin letters, or write `read = \"skip\"`"
                .into(),
        )));
    }
    // A letter's name has at most three syllables, a character one.
    let size = said.parts.iter().map(|p| match p.kind {
        PartKind::Letter(_) => 3,
        _ => said.spoken[p.spoken.clone()].chars().count(),
    });
    let size = size.sum();
    if size > LONGEST {
        return Err(refuse(too_long(&entry.word, size)));
    }
    Ok(Said::Text(said))
}

fn too_long(word: &str, size: usize) -> (String, String) {
    (
        format!("the reading of `{word}` has {size} syllables, more than {LONGEST}"),
        "give a reading to a shorter part of it".to_string(),
    )
}

/// `word` with every number in it as `say` says it.
fn in_words(
    word: &str,
    chars: &[char],
    say: &dyn Fn(&str) -> String,
) -> Result<String, (String, String)> {
    let mut out = String::new();
    let mut number = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let joins = matches!(c, '.' | ',')
            && !number.is_empty()
            && chars.get(i + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() || joins {
            number.push(c);
            continue;
        }
        if !number.is_empty() {
            out.push_str(&say(&std::mem::take(&mut number)));
        }
        out.push(c);
    }
    if !number.is_empty() {
        out.push_str(&say(&number));
    }
    if !chars.iter().any(char::is_ascii_digit) {
        return Err((
            format!("`{word}` has no figures that could be read one by one or as a number"),
            "give it `pinyin` or `say` instead".into(),
        ));
    }
    Ok(out.replace(BREAK, ""))
}

/// The syllables that an editor wrote for `word`, or what is wrong with them
/// and what to do.
fn syllables(
    word: &str,
    chars: &[char],
    pinyin: &str,
    tables: &Tables,
) -> Result<Vec<Syl>, (String, String)> {
    let reading = parse_pinyin(pinyin).map_err(|bad| {
        (
            format!("`{bad}` in the reading of `{word}` is not a pinyin syllable"),
            "write syllables with a tone from 1 to 5 (5 is neutral), apart by spaces: song1 jue2"
                .to_string(),
        )
    })?;
    let han = chars.iter().all(|c| tables.char(*c).is_some());
    if reading.is_empty() || (han && reading.len() != chars.len()) {
        return Err((
            format!(
                "the reading of `{word}` has {} and the word {}",
                count(reading.len(), "syllable"),
                count(chars.len(), "character"),
            ),
            "give one syllable for every character".to_string(),
        ));
    }
    if reading.len() > LONGEST {
        return Err(too_long(word, reading.len()));
    }
    Ok(reading)
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
