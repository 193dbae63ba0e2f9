//! Normalised text → words with their syllables.

use std::ops::Range;

use crate::model::{Mark, Token, Word};

use super::explain::{By, Choice};
use super::normalise::{Normalised, Part, PartKind, Why};
use super::polyphones::Chosen;
use super::syllables::Syl;
use super::tables::Put;
use super::tones;
use super::traditional::simplified_text;
use super::weigh::weigh;
use super::{FrontEnd, dictionary, surnames};

/// Letters of an acronym said in one breath.
const BREATH: usize = 4;

/// Rules whose figures name and do not count.
const NAMING: &[&str] = &["code", "room", "ordinal", "symbol", "route", "date", "item"];

/// What a plain number before it names: 1组, 1单元.
const NUMBERED: &str = "区院组班队单";

/// A word before the tone changes, or a mark.
pub(super) enum Item {
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
pub(super) struct Line {
    pub items: Vec<Item>,
    pub syls: Vec<Syl>,
    /// What decided each syllable.
    pub by: Vec<Choice>,
    /// The syllables that were weighed, with all that was weighed.
    pub weighed: Vec<(usize, Chosen)>,
    /// The character of each syllable, `\0` where a word has not one a
    /// character.
    pub chars: Vec<char>,
    /// Where words begin among the syllables.
    starts: Vec<bool>,
}

/// Words and marks in order, before the tone changes.
pub(super) fn line(front: &FrontEnd, display: &str, normalised: &Normalised) -> Line {
    let mut line = Line::default();
    let mut letters = 0;
    let tables = &front.base.tables;
    for part in &normalised.parts {
        match part.kind {
            PartKind::Text => {
                let text = &normalised.spoken[part.spoken.clone()];
                for word in words(text) {
                    let at = part.spoken.start + word.start;
                    let spoken = at..part.spoken.start + word.end;
                    line.word(spoken, normalised, |w, put| tables.read(w, put));
                }
            }
            PartKind::Word => {
                line.word(part.spoken.clone(), normalised, |w, put| {
                    tables.read(w, put)
                });
                line.hold_ordinals(part, normalised);
            }
            PartKind::Letter(c) => {
                let name = front.base.letters.name(c);
                letters = line.letter(part, name, letters);
                continue;
            }
            PartKind::Lexicon(_) | PartKind::Given(_) => {
                let reading = front.fixed_reading(normalised, part.kind);
                line.word(part.spoken.clone(), normalised, |_, put| {
                    put(reading, By::Lexicon.into());
                });
            }
            PartKind::Mark(mark) => line.items.push(Item::Mark(mark)),
        }
        letters = 0;
    }
    weigh(front, display, normalised, &mut line);
    surnames::settle(normalised, &mut line);
    line
}

/// The words of Han text, as byte ranges.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let text = simplified_text(text);
    let words = dictionary().cut(&text, true).into_iter();
    words.map(|t| t.byte_start..t.byte_end).collect()
}

impl Line {
    fn word(
        &mut self,
        spoken: Range<usize>,
        normalised: &Normalised,
        read: impl Fn(&str, &mut Put<'_>),
    ) {
        let from = self.syls.len();
        let text = &*simplified_text(&normalised.spoken[spoken.clone()]);
        read(text, &mut |syls, by| {
            self.syls.extend_from_slice(syls);
            self.by.resize(self.syls.len(), by);
        });
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

    /// A 一 that a figure names something with keeps its tone: 1弄, B1, Ⅰ类.
    fn hold_ordinals(&mut self, part: &Part, normalised: &Normalised) {
        let Why::Row(rule) = normalised.pieces[part.piece].why else {
            return;
        };
        let next = normalised.spoken[part.spoken.end..].chars().next();
        let names = NAMING.contains(&rule)
            || (rule == "number" && next.is_some_and(|c| NUMBERED.contains(c)));
        let Some(Item::Word { spoken, syls }) = self.items.last() else {
            return;
        };
        if !names || *spoken != part.spoken {
            return;
        }
        for i in syls.clone() {
            let large = |c: &char| "百千万亿".contains(*c);
            if self.chars[i] == '一' && !self.chars.get(i + 1).is_some_and(large) {
                self.syls[i] = self.syls[i].held();
            }
        }
    }

    /// Adds a letter to the word of the `before` letters before it; gives how
    /// many that word has now.
    fn letter(&mut self, part: &Part, name: &[Syl], before: usize) -> usize {
        self.syls.extend_from_slice(name);
        self.by.resize(self.syls.len(), By::Letter.into());
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
    pub fn change_tones(&mut self) {
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

    /// Words and marks in order.
    pub fn into_tokens(self, spoken: &str) -> Vec<Token> {
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
