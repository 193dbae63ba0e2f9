//! Normalised text → words with their syllables.

use std::ops::Range;

use crate::model::{Mark, Token, Word};

use super::normalise::{Normalised, Part, PartKind};
use super::syllables::Syl;
use super::tones;
use super::{FrontEnd, dictionary};

/// Letters of an acronym said in one breath.
const BREATH: usize = 4;

/// A word before the tone changes, or a mark.
enum Item {
    Word {
        /// Bytes of the spoken text.
        spoken: Range<usize>,
        /// Its part of [`Line::syls`].
        syls: Range<usize>,
    },
    Mark(Mark),
}

/// The words of a text, their syllables in one row.
#[derive(Default)]
struct Line {
    items: Vec<Item>,
    syls: Vec<Syl>,
    /// The character of each syllable, `\0` where a word has not one a
    /// character.
    chars: Vec<char>,
    /// Where words begin among the syllables.
    starts: Vec<bool>,
}

/// Words and marks in order, tone changes applied.
pub(super) fn tokens(front: &FrontEnd, normalised: &Normalised) -> Vec<Token> {
    let mut line = Line::default();
    let mut letters = 0;
    for part in &normalised.parts {
        match part.kind {
            PartKind::Text => {
                for word in words(&normalised.spoken[part.spoken.clone()]) {
                    let at = part.spoken.start + word.start;
                    let spoken = at..part.spoken.start + word.end;
                    line.word(spoken, normalised, |w, out| front.base.tables.read(w, out));
                }
            }
            PartKind::Word => {
                let read = |w: &str, out: &mut Vec<Syl>| front.base.tables.read(w, out);
                line.word(part.spoken.clone(), normalised, read);
            }
            PartKind::Letter(c) => {
                let name = front.base.letters.name(c);
                letters = line.letter(part, name, letters);
                continue;
            }
            PartKind::Lexicon(n) => {
                let reading = front.lexicon.reading(n);
                line.word(part.spoken.clone(), normalised, |_, out| {
                    out.extend_from_slice(reading);
                });
            }
            PartKind::Mark(mark) => line.items.push(Item::Mark(mark)),
        }
        letters = 0;
    }
    line.change_tones();
    line.into_tokens(&normalised.spoken)
}

/// The words of Han text, as byte ranges.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    dictionary().cut(text, true).into_iter().map(move |t| {
        let at = t.word.as_ptr() as usize - base;
        at..at + t.word.len()
    })
}

impl Line {
    fn word(
        &mut self,
        spoken: Range<usize>,
        normalised: &Normalised,
        read: impl Fn(&str, &mut Vec<Syl>),
    ) {
        let from = self.syls.len();
        let text = &normalised.spoken[spoken.clone()];
        read(text, &mut self.syls);
        let n = self.syls.len() - from;
        if n == 0 {
            return;
        }
        self.chars.extend(text.chars().take(n));
        if self.chars.len() != self.syls.len() || text.chars().count() != n {
            self.chars.truncate(from);
            self.chars.resize(self.syls.len(), '\0');
        }
        self.starts.push(true);
        self.starts.resize(self.syls.len(), false);
        self.items.push(Item::Word {
            spoken,
            syls: from..self.syls.len(),
        });
    }

    /// Adds a letter to the word of the `before` letters before it; gives how
    /// many that word has now.
    fn letter(&mut self, part: &Part, name: &[Syl], before: usize) -> usize {
        self.syls.extend_from_slice(name);
        self.chars.resize(self.syls.len(), '\0');
        let to = self.syls.len();
        if (1..BREATH).contains(&before)
            && let Some(Item::Word { spoken, syls }) = self.items.last_mut()
            && spoken.end == part.spoken.start
        {
            spoken.end = part.spoken.end;
            syls.end = to;
            self.starts.resize(to, false);
            return before + 1;
        }
        self.starts.push(true);
        self.starts.resize(to, false);
        self.items.push(Item::Word {
            spoken: part.spoken.clone(),
            syls: to - name.len()..to,
        });
        1
    }

    /// Tone changes run through quotation marks and stop at other marks.
    fn change_tones(&mut self) {
        let mut from = 0;
        let mut to = 0;
        for item in &self.items {
            match item {
                Item::Word { syls, .. } => to = syls.end,
                Item::Mark(Mark::OpenQuote | Mark::CloseQuote) => {}
                Item::Mark(_) => {
                    let run = from..to;
                    tones::change(
                        &mut self.syls[run.clone()],
                        &self.chars[run.clone()],
                        &self.starts[run],
                    );
                    from = to;
                }
            }
        }
        let run = from..to;
        tones::change(
            &mut self.syls[run.clone()],
            &self.chars[run.clone()],
            &self.starts[run],
        );
    }

    fn into_tokens(self, spoken: &str) -> Vec<Token> {
        let Line {
            items, syls, chars, ..
        } = self;
        items
            .into_iter()
            .map(|item| match item {
                Item::Mark(mark) => Token::Mark(mark),
                Item::Word {
                    spoken: text,
                    syls: own,
                } => Token::Word(Word {
                    text: spoken[text].to_string(),
                    syllables: tones::erhua(&syls[own.clone()], &chars[own]),
                }),
            })
            .collect()
    }
}
