//! Printed text → spoken text: figures, signs and letters become words, and
//! every printed character is accounted for.

use std::ops::Range;

use crate::model::{Mark, Rule};

use super::address::{address, sign};
use super::entry::Said;
use super::grammar::{Grammar, Match};
use super::lexicon::{Fix, Fixed, Lexicon};
use super::numbers::{BREAK, Digits};
use super::say::Text;
use super::syllables::Syl;
use super::symbols::{fold_text, symbol};
use super::tables::Tables;
use super::traditional::simplified;

/// A stretch of the printed text and what is spoken for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Bytes of the printed text.
    pub display: Range<usize>,
    /// Bytes of the spoken text.
    pub spoken: Range<usize>,
    /// Why.
    pub why: Why,
}

/// Why a piece is spoken as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Why {
    Plain,
    Row(&'static str),
    /// The lexicon's entry of this number.
    Lexicon(usize),
    /// A reading given in the text.
    Given,
    Silent,
    /// No reading is known.
    Unsaid,
}

impl Why {
    /// As the later stages hold it.
    pub fn to_model(self) -> Rule {
        match self {
            Why::Plain => Rule::Plain,
            Why::Row(name) => Rule::Normalised(name.to_string()),
            Why::Lexicon(_) => Rule::Lexicon,
            Why::Given => Rule::Given,
            Why::Silent => Rule::Silent,
            Why::Unsaid => Rule::Normalised("unsaid".to_string()),
        }
    }
}

/// What an engine will hear, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Which piece it belongs to.
    pub piece: usize,
    /// Bytes of the spoken text.
    pub spoken: Range<usize>,
    pub kind: PartKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PartKind {
    /// Han as printed, to be cut into words.
    Text,
    /// One word of our own making.
    Word,
    /// A letter, by its name.
    Letter(char),
    Mark(Mark),
    /// The lexicon's entry of this number.
    Lexicon(usize),
    /// The reading of this number in [`Normalised::given`].
    Given(usize),
}

/// The spoken text, with how it came about.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Normalised {
    pub spoken: String,
    /// Cover the printed text without gap or overlap.
    pub pieces: Vec<Piece>,
    pub parts: Vec<Part>,
    /// Latin words spelled letter by letter that look as if they should not
    /// be: bytes of the printed text.
    pub spelled: Vec<Range<usize>>,
    /// The readings given in the text.
    pub given: Vec<Vec<Syl>>,
}

/// The state of one walk through a text.
pub(super) struct Walk<'a> {
    pub display: &'a str,
    /// The same, folded.
    pub text: &'a [char],
    /// Byte offset of every character, and of the end.
    pub at: Vec<usize>,
    pub out: Normalised,
    /// Whether a straight double and a straight single quote are open.
    pub open: [bool; 2],
}

/// A Latin word this long with small letters in it is a word, not an acronym.
const WORD_LETTERS: usize = 4;

/// Turns `display` into what is spoken. `given` are the readings given in it.
pub(super) fn normalise(
    display: &str,
    grammar: &Grammar,
    lexicon: &Lexicon,
    given: Vec<Fixed>,
    tables: &Tables,
    digits: Digits,
) -> Normalised {
    let shown = fold_text(display);
    let folded = Text {
        keys: shown.iter().map(|&c| simplified(c)).collect(),
        shown,
    };
    let text = &folded.shown;
    let at = display.char_indices().map(|(i, _)| i);
    let mut walk = Walk {
        display,
        text,
        at: at.chain([display.len()]).collect(),
        out: Normalised::default(),
        open: [false; 2],
    };
    walk.out.spoken.reserve(display.len() + 16);
    let han = |c: char| !c.is_ascii() && !c.is_numeric() && tables.char(c).is_some();
    let mut said_before = false;
    // Words with a reading of their own are fences: nothing reaches over them.
    let mut fixed = lexicon.fixed(text, given).into_iter().peekable();
    let mut i = 0;
    while i < text.len() {
        let c = text[i];
        if let Some(Fixed { at, by }) = fixed.next_if(|f| f.at.start == i) {
            match by {
                Fix::Entry(entry) => walk.lexicon(at.start, at.end, entry, lexicon.said(entry)),
                Fix::Given(reading) => walk.given(at.start, at.end, reading),
            }
            (i, said_before) = (at.end, false);
            continue;
        }
        let fence = fixed.peek().map_or(text.len(), |f| f.at.start);
        let fresh = i == 0 || !text[i - 1].is_ascii_alphanumeric();
        if c.is_ascii_alphanumeric()
            && fresh
            && let Some((rule, len)) = address(&text[i..fence])
        {
            walk.address(i, i + len, rule);
            (i, said_before) = (i + len, false);
            continue;
        }
        let mut found = grammar.apply(&folded, i, said_before, digits);
        if found.as_ref().is_some_and(|m| i + m.len > fence) {
            found = grammar.apply(&folded.before(fence), i, said_before, digits);
        }
        if let Some(Match { len, rule, said }) = found {
            walk.row(i, i + len, rule, &said);
            (i, said_before) = (i + len, true);
            continue;
        }
        said_before = false;
        let run = |test: &dyn Fn(char) -> bool| {
            let rest = text[i + 1..fence].iter();
            i + 1 + rest.take_while(|&&c| test(c)).count()
        };
        i = if han(c) {
            // A row may begin with Han before a capital: a licence plate.
            let plate = |j: usize| {
                let capital = text.get(j + 1).is_some_and(char::is_ascii_uppercase);
                capital && grammar.apply(&folded, j, false, digits).is_some()
            };
            let end = run(&han);
            let last = end - 1;
            walk.plain(i, if last > i && plate(last) { last } else { end })
        } else if c.is_ascii_alphabetic() {
            walk.letters(i, run(&|c| c.is_ascii_alphabetic()))
        } else if c.is_whitespace() {
            walk.space(i, run(&char::is_whitespace), &han)
        } else if let Some(symbol) = symbol(c) {
            walk.symbol(i, symbol)
        } else {
            let unknown = |c: char| !han(c) && symbol(c).is_none() && !c.is_ascii_alphanumeric();
            walk.piece(i, run(&unknown), Why::Unsaid)
        };
    }
    walk.out
}

impl Walk<'_> {
    /// Closes a piece over characters `from..to`, spoken up to here.
    pub fn piece(&mut self, from: usize, to: usize, why: Why) -> usize {
        let spoken = self.out.pieces.last().map_or(0, |p| p.spoken.end);
        self.out.pieces.push(Piece {
            display: self.at[from]..self.at[to],
            spoken: spoken..self.out.spoken.len(),
            why,
        });
        to
    }

    /// Adds to what is spoken, as a part of the piece to come.
    pub fn part(&mut self, said: &str, kind: PartKind) {
        let from = self.out.spoken.len();
        self.out.spoken.push_str(said);
        self.out.parts.push(Part {
            piece: self.out.pieces.len(),
            spoken: from..self.out.spoken.len(),
            kind,
        });
    }

    /// The folded characters as they stand.
    fn copy(&mut self, from: usize, to: usize, kind: PartKind) {
        let start = self.out.spoken.len();
        self.out.spoken.extend(&self.text[from..to]);
        self.out.parts.push(Part {
            piece: self.out.pieces.len(),
            spoken: start..self.out.spoken.len(),
            kind,
        });
    }

    fn plain(&mut self, from: usize, to: usize) -> usize {
        self.copy(from, to, PartKind::Text);
        self.piece(from, to, Why::Plain)
    }

    /// A word of the lexicon: spoken as printed, or as it is respelled.
    fn lexicon(&mut self, from: usize, to: usize, entry: usize, said: &Said) {
        match said {
            Said::Syllables(_) => self.word_as_printed(from, to, PartKind::Lexicon(entry)),
            Said::Text(said) => {
                for part in &said.parts {
                    self.part(&said.spoken[part.spoken.clone()], part.kind);
                }
            }
        }
        self.piece(from, to, Why::Lexicon(entry));
    }

    fn given(&mut self, from: usize, to: usize, reading: Vec<Syl>) {
        self.word_as_printed(from, to, PartKind::Given(self.out.given.len()));
        self.out.given.push(reading);
        self.piece(from, to, Why::Given);
    }

    /// Figures are the one thing that spoken text never holds, so they are
    /// written out.
    fn word_as_printed(&mut self, from: usize, to: usize, kind: PartKind) {
        let said: String = self.text[from..to]
            .iter()
            .map(|&c| super::numbers::digit(c).unwrap_or(c))
            .filter(|c| !c.is_numeric())
            .collect();
        self.part(&said, kind);
    }

    /// What a row says: words, pauses, letters by their names.
    fn row(&mut self, from: usize, to: usize, rule: &'static str, said: &str) {
        let single = |c: char| c == '，' || c == '、' || c.is_ascii_alphabetic();
        let mut rest = said;
        while let Some(c) = rest.chars().next() {
            let len = match c {
                BREAK => c.len_utf8(),
                c if single(c) => {
                    let kind = match c {
                        '，' | '、' => PartKind::Mark(Mark::Comma),
                        c => PartKind::Letter(c),
                    };
                    self.part(&rest[..c.len_utf8()], kind);
                    c.len_utf8()
                }
                _ => {
                    let end = rest.find(|c| c == BREAK || single(c));
                    let len = end.unwrap_or(rest.len());
                    self.part(&rest[..len], PartKind::Word);
                    len
                }
            };
            rest = &rest[len..];
        }
        self.piece(from, to, Why::Row(rule));
    }

    /// An address, sign by sign.
    fn address(&mut self, from: usize, to: usize, rule: &'static str) {
        for i in from..to {
            match self.text[i] {
                c if c.is_ascii_alphabetic() => self.copy(i, i + 1, PartKind::Letter(c)),
                c => match super::numbers::digit(c) {
                    Some(said) => self.part(said.encode_utf8(&mut [0; 4]), PartKind::Word),
                    None => self.part(sign(c), PartKind::Word),
                },
            }
        }
        self.piece(from, to, Why::Row(rule));
    }

    fn letters(&mut self, from: usize, to: usize) -> usize {
        for i in from..to {
            self.copy(i, i + 1, PartKind::Letter(self.text[i]));
        }
        let small = self.text[from..to]
            .iter()
            .filter(|c| c.is_ascii_lowercase())
            .count();
        if to - from >= WORD_LETTERS && small > 1 {
            self.out.spelled.push(self.at[from]..self.at[to]);
        }
        self.piece(from, to, Why::Row("letters"))
    }
}
