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
mod doubts;
mod entry;
mod explain;
mod fixed;
mod foreign;
mod grammar;
mod lexicon;
mod normalise;
mod numbers;
mod polyphones;
mod rows;
mod say;
mod score;
mod script;
mod signs;
mod surnames;
mod syllables;
mod symbols;
mod tables;
mod tones;
mod traditional;
mod units;
mod usage;
mod weigh;
mod words;

use std::ops::Range;
use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::diag::{Diagnostic, Noted, Result};
use crate::model::{LexiconEntry, Reading, Rule, SourceText, Span};

pub use explain::{Alternative, By, Decision, Explained, Explanation};
pub use fixed::with_pinyin;
pub(crate) use foreign::announced_in;
pub use numbers::Digits;
pub use score::{Miss, Scores, Tally, score};
pub use script::script;
pub use usage::{Changed, LexiconReport, Unmatched};

use entry::Said;
use grammar::Grammar;
use lexicon::Lexicon;
use normalise::{Normalised, PartKind, Why, normalise};
use polyphones::Polyphones;
use syllables::Syl;
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
    /// `None` when the built-in files are not whole, which the tests rule out.
    polyphones: Option<Polyphones>,
}

fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| Base {
        tables: Tables::load(),
        grammar: Grammar::new(rows::ROWS),
        letters: Letters::new(),
        polyphones: Polyphones::load(),
    })
}

/// The word dictionary, apart because it takes the longest to load.
fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        let mut jieba = Jieba::new();
        for (word, _) in tables::corrected_words() {
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
            lexicon: Lexicon::new(lexicon, &base.tables, &base.grammar)?,
            digits: Digits::default(),
        })
    }

    /// The same front end, saying figures in this manner.
    pub fn with_digits(self, digits: Digits) -> Self {
        FrontEnd { digits, ..self }
    }

    /// How one chunk is read. The notes name what no voice can say (an
    /// omission for a character or letter, a note for an ornament), Latin words
    /// that had to be spelled, and as doubts the readings that could as well
    /// be others.
    pub fn read(&self, text: &SourceText) -> Noted<Reading> {
        let (normalised, mut notes) = self.normalise(text);
        let mut line = words::line(self, &text.text, &normalised);
        notes.extend(doubts::remarks(self, text, &normalised, &line));
        line.change_tones();
        let tokens = line.into_tokens(&normalised.spoken);
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

    /// The notes tell of readings given in the text that cannot be followed.
    fn normalise(&self, text: &SourceText) -> (Normalised, Vec<Diagnostic>) {
        let base = self.base;
        let (given, notes) = match text.readings.is_empty() {
            true => Default::default(),
            false => entry::given(text, &base.tables),
        };
        let normalised = normalise(
            &text.text,
            &base.grammar,
            &self.lexicon,
            given,
            &base.tables,
            self.digits,
        );
        (normalised, notes)
    }

    /// The syllables that an editor gave for a part.
    fn fixed_reading<'a>(&'a self, normalised: &'a Normalised, kind: PartKind) -> &'a [Syl] {
        match kind {
            PartKind::Lexicon(n) => match self.lexicon.said(n) {
                Said::Syllables(reading) => reading,
                Said::Text(_) => &[],
            },
            PartKind::Given(n) => &normalised.given[n],
            _ => &[],
        }
    }

    /// How many syllables a part of normalised text has, erhua counted in full.
    fn syllables(&self, normalised: &Normalised, part: &normalise::Part) -> usize {
        match part.kind {
            PartKind::Text | PartKind::Word => {
                normalised.spoken[part.spoken.clone()].chars().count()
            }
            PartKind::Letter(c) => self.base.letters.name(c).len(),
            PartKind::Lexicon(_) | PartKind::Given(_) => {
                self.fixed_reading(normalised, part.kind).len()
            }
            PartKind::Mark(_) => 0,
        }
    }

    /// How many syllables a part of a text has, erhua counted in full.
    fn count(&self, text: &SourceText, part: &Range<usize>) -> usize {
        let part = SourceText {
            readings: text.readings_in(part),
            ..SourceText::made(&text.text[part.clone()])
        };
        let (normalised, _) = self.normalise(&part);
        let parts = normalised.parts.iter();
        parts.map(|p| self.syllables(&normalised, p)).sum()
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
