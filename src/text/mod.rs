//! Printed Mandarin → what is spoken: scripts of chunks, and their readings.
//!
//! ```text
//! Issue ─script→ chapters ─cut→ chunks
//! chunk ─normalise→ spoken text ─words→ words, pinyin ─tones→ Reading
//! ```
//!
//! Every printed character is accounted for in [`Reading::map`]; what no voice
//! can say is a [`Diagnostic`], never a silent drop.

mod address;
mod announce;
mod class;
mod context;
mod counts;
mod cut;
mod grammar;
mod lexicon;
mod normalise;
mod numbers;
mod rows;
mod say;
mod script;
mod syllables;
mod symbols;
mod tables;
mod tones;
mod traditional;
mod units;
mod words;

use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::diag::{Diagnostic, Noted, Result};
use crate::model::{LexiconEntry, Reading, Rule, SourceText, Span};

pub use numbers::Digits;
pub use script::script;

use grammar::Grammar;
use lexicon::Lexicon;
use normalise::{Normalised, PartKind, Why, normalise};
use symbols::Letters;
use tables::Tables;

/// Reads printed text aloud, on paper: text → syllables. Cheap to make; the
/// word dictionary is loaded once a process, when the first text is read.
pub struct FrontEnd {
    base: &'static Base,
    lexicon: Lexicon,
    digits: Digits,
}

/// What all front ends share.
struct Base {
    tables: Tables,
    grammar: Grammar,
    letters: Letters,
}

fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| Base {
        tables: Tables::load(),
        grammar: Grammar::new(rows::ROWS),
        letters: Letters::new(),
    })
}

/// The word dictionary, apart because it takes the longest to load.
fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        let mut jieba = Jieba::new();
        for word in tables::corrected_words() {
            jieba.add_word(word, None, None);
        }
        jieba
    })
}

impl FrontEnd {
    /// A front end that knows the words of `lexicon`, the earlier entries
    /// before the later.
    ///
    /// # Errors
    /// A `Fault` at the entry's place when its reading is not pinyin or does
    /// not fit its word.
    pub fn new(lexicon: &[LexiconEntry]) -> Result<Self> {
        let base = base();
        Ok(FrontEnd {
            base,
            lexicon: Lexicon::new(lexicon, &base.tables)?,
            digits: Digits::default(),
        })
    }

    /// The same front end, saying figures in this manner.
    pub fn with_digits(self, digits: Digits) -> Self {
        FrontEnd { digits, ..self }
    }

    /// How one chunk is read. The notes name what no voice can say (an
    /// omission for a character or letter, a note for an ornament) and Latin
    /// words that had to be spelled.
    pub fn read(&self, text: &SourceText) -> Noted<Reading> {
        let normalised = self.normalise(&text.text);
        let tokens = words::tokens(self, &normalised);
        let notes = remarks(text, &normalised);
        let mut map: Vec<Span> = Vec::with_capacity(normalised.pieces.len());
        for piece in normalised.pieces {
            match map.last_mut() {
                Some(last) if piece.why == Why::Plain && last.rule == Rule::Plain => {
                    last.display.end = piece.display.end;
                    last.spoken.end = piece.spoken.end;
                }
                _ => map.push(Span {
                    display: piece.display,
                    spoken: piece.spoken,
                    rule: piece.why.to_model(),
                }),
            }
        }
        let reading = Reading {
            display: text.text.clone(),
            spoken: normalised.spoken,
            map,
            tokens,
        };
        Noted::new(reading, notes)
    }

    fn normalise(&self, display: &str) -> Normalised {
        normalise(
            display,
            &self.base.grammar,
            &self.lexicon,
            &self.base.tables,
            self.digits,
        )
    }

    /// How many syllables a part of normalised text has, erhua counted in full.
    fn syllables(&self, normalised: &Normalised, part: &normalise::Part) -> usize {
        match part.kind {
            PartKind::Text | PartKind::Word => {
                normalised.spoken[part.spoken.clone()].chars().count()
            }
            PartKind::Letter(c) => self.base.letters.name(c).len(),
            PartKind::Lexicon(n) => self.lexicon.reading(n).len(),
            PartKind::Mark(_) => 0,
        }
    }

    /// How many syllables `display` has, erhua counted in full.
    fn count(&self, display: &str) -> usize {
        let normalised = self.normalise(display);
        let parts = normalised.parts.iter();
        parts.map(|p| self.syllables(&normalised, p)).sum()
    }
}

/// What an editor should know about a normalised text.
fn remarks(text: &SourceText, normalised: &Normalised) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for piece in &normalised.pieces {
        if piece.why != Why::Unsaid {
            continue;
        }
        let lost = &text.text[piece.display.clone()];
        let place = text.place_at(piece.display.start);
        notes.push(if lost.chars().any(char::is_alphabetic) {
            Diagnostic::omission(place, format!("no reading is known for `{lost}`"))
                .help("give it one under [lexicon] in issue.toml, or write it in other words")
        } else {
            Diagnostic::note(place, format!("`{lost}` is not spoken"))
        });
    }
    for range in &normalised.spelled {
        let word = &text.text[range.clone()];
        notes.push(
            Diagnostic::note(
                text.place_at(range.start),
                format!("`{word}` is spelled letter by letter"),
            )
            .help("give it a reading under [lexicon] in issue.toml if it is said as a word"),
        );
    }
    notes
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
