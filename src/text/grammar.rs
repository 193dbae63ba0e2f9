//! The little language in which the normalisation rows are written, and its
//! matcher. The rows themselves are in [`super::rows`].
//!
//! A pattern is matched against folded text (see [`super::symbols::fold`]),
//! traditional characters simplified:
//!
//! | written | matches |
//! |---|---|
//! | `年` | itself |
//! | `[-~]` | one of these |
//! | `{n:int}` | a [`Class`] of text, kept under one letter |
//! | `{dash}` | a class of text, not kept |
//! | `…?` | what stands before it, or nothing |
//! | `{a>b}` | nothing, but the number kept as `a` is greater than `b`; also `<`, `=`, `{a+b}`: `b` is the year after `a`, and `{a~b}`: `a` is the greater one behind a decimal point |
//!
//! Figures are taken as a whole: a class never ends inside a run of figures.
//! What is said is text with `{n:card}` for what was kept, said in a [`How`];
//! a space parts two words, `，` and `、` are pauses, letters are said by name.

use std::collections::BTreeMap;

use super::class::Class;
pub(super) use super::context::Ctx;
use super::numbers::Digits;
use super::say::{How, Piece, Text, say};

/// One row of the grammar.
pub(super) struct Row {
    /// The rule's name, as `tingbao show` prints it.
    pub rule: &'static str,
    /// What stands before.
    pub prev: Ctx,
    /// What is matched.
    pub pattern: &'static str,
    /// What stands behind.
    pub next: Ctx,
    /// What is said.
    pub say: &'static str,
}

#[derive(Debug)]
enum Elem {
    Text {
        class: Class,
        /// The letter it is kept under.
        keep: Option<char>,
        optional: bool,
    },
    /// Compares what was kept under two letters.
    Guard(char, char, char),
}

/// A row made ready.
struct Compiled {
    row: &'static Row,
    pattern: Vec<Elem>,
    say: Vec<Piece>,
}

/// All rows, made ready.
pub(super) struct Grammar {
    rows: Vec<Compiled>,
    /// Which rows can begin with an ASCII character, in their order.
    ascii: Vec<Vec<u16>>,
    /// The same for the others.
    other: BTreeMap<char, Vec<u16>>,
}

/// What a row made of the text.
pub(super) struct Match {
    /// How many characters it took.
    pub len: usize,
    /// Which rule it was.
    pub rule: &'static str,
    /// What is said, words parted by [`super::numbers::BREAK`].
    pub said: String,
}

/// What was kept, by letter, as ranges of the text.
pub(super) type Kept = Vec<(char, usize, usize)>;

impl Grammar {
    /// Makes the rows ready. A row that does not parse is left out; the tests
    /// see that there is none.
    pub fn new(rows: &[&'static [Row]]) -> Grammar {
        let rows: Vec<Compiled> = rows
            .iter()
            .flat_map(|rows| rows.iter())
            .filter_map(compile)
            .collect();
        let mut ascii = vec![Vec::new(); 128];
        let mut other: BTreeMap<char, Vec<u16>> = BTreeMap::new();
        for (i, row) in (0u16..).zip(&rows) {
            for c in starters(&row.pattern) {
                let own = match ascii.get_mut(c as usize) {
                    Some(own) => own,
                    None => other.entry(c).or_default(),
                };
                if own.last() != Some(&i) {
                    own.push(i);
                }
            }
        }
        Grammar { rows, ascii, other }
    }

    /// The rows that may begin with `c`.
    fn starting(&self, c: char) -> &[u16] {
        let own = match c.is_ascii() {
            true => self.ascii.get(c as usize),
            false => self.other.get(&c),
        };
        own.map_or(&[], Vec::as_slice)
    }

    /// The first row that fits at `from`; `said_before` tells whether a row
    /// made what stands right before.
    pub fn apply(
        &self,
        text: &Text,
        from: usize,
        said_before: bool,
        digits: Digits,
    ) -> Option<Match> {
        let keys = &text.keys;
        let mut kept = Kept::new();
        self.starting(keys[from]).iter().find_map(|&i| {
            let Compiled {
                row,
                pattern,
                say: pieces,
            } = &self.rows[usize::from(i)];
            kept.clear();
            let to = fit(pattern, keys, from, from, &mut kept)?;
            (to > from
                && row.prev.fits_before(keys, from, to, said_before)
                && row.next.fits_behind(keys, from, to))
            .then(|| Match {
                len: to - from,
                rule: row.rule,
                said: say(pieces, text, from, to, &kept, digits),
            })
        })
    }
}

/// What a pattern can begin with.
fn starters(pattern: &[Elem]) -> Vec<char> {
    let mut all = Vec::new();
    for elem in pattern {
        if let Elem::Text {
            class, optional, ..
        } = elem
        {
            all.extend(class.starters());
            if !optional {
                break;
            }
        }
    }
    all
}

/// Matches the elements one after another, with the optional ones first tried
/// and then left out; gives the end of the match.
fn fit(pattern: &[Elem], text: &[char], from: usize, at: usize, kept: &mut Kept) -> Option<usize> {
    let Some((elem, rest)) = pattern.split_first() else {
        return Some(at);
    };
    let (class, keep, optional) = match elem {
        Elem::Text {
            class,
            keep,
            optional,
        } => (class, keep, *optional),
        Elem::Guard(a, sign, b) => {
            return compare(text, kept, *a, *sign, *b)
                .then(|| fit(rest, text, from, at, kept))
                .flatten();
        }
    };
    let mark = kept.len();
    if let Some(len) = class.fit(text, from, at) {
        if let Some(name) = keep {
            kept.push((*name, at, at + len));
        }
        if let Some(end) = fit(rest, text, from, at + len, kept) {
            return Some(end);
        }
        kept.truncate(mark);
    }
    if optional {
        fit(rest, text, from, at, kept)
    } else {
        None
    }
}

/// Whether the numbers kept as `a` and `b` stand to one another as `sign` says.
fn compare(text: &[char], kept: &Kept, a: char, sign: char, b: char) -> bool {
    let value = |name: char| {
        let (_, from, to) = kept.iter().find(|(n, _, _)| *n == name)?;
        let figures = text[*from..*to].iter().filter(|c| **c != ',');
        let point = (sign == '~').then_some(&'.');
        let figures: String = point.into_iter().chain(figures).collect();
        figures.parse::<f64>().ok()
    };
    let (Some(a), Some(b)) = (value(a), value(b)) else {
        return false;
    };
    match sign {
        '>' | '~' => a > b,
        '<' => a < b,
        '=' => a == b,
        _ => (a + 1.0) % 100.0 == b % 100.0,
    }
}

/// Parses a row; `None` when it is not well formed.
fn compile(row: &'static Row) -> Option<Compiled> {
    let mut pattern: Vec<Elem> = Vec::new();
    let mut rest = row.pattern;
    while let Some(c) = rest.chars().next() {
        let (class, keep, len) = match c {
            '?' => {
                let Elem::Text { optional, .. } = pattern.last_mut()? else {
                    return None;
                };
                *optional = true;
                rest = &rest[1..];
                continue;
            }
            '{' => {
                let end = rest.find('}')?;
                let inside = &rest[1..end];
                if let Some(guard) = guard(inside) {
                    pattern.push(guard);
                    rest = &rest[end + 1..];
                    continue;
                }
                match inside.split_once(':') {
                    Some((name, class)) => {
                        (Class::named(class)?, Some(name.chars().next()?), end + 1)
                    }
                    None => (Class::named(inside)?, None, end + 1),
                }
            }
            '[' => {
                let end = rest.find(']')?;
                (Class::OneOf(rest[1..end].chars().collect()), None, end + 1)
            }
            c => (Class::OneOf(vec![c]), None, c.len_utf8()),
        };
        pattern.push(Elem::Text {
            class,
            keep,
            optional: false,
        });
        rest = &rest[len..];
    }
    let mut say = Vec::new();
    let mut rest = row.say;
    while let Some(open) = rest.find('{') {
        let close = rest.find('}')?;
        let (name, how) = rest[open + 1..close].split_once(':')?;
        say.push(Piece::Text(&rest[..open]));
        say.push(Piece::Kept(name.chars().next()?, How::named(how)?));
        rest = &rest[close + 1..];
    }
    say.push(Piece::Text(rest));
    Some(Compiled { row, pattern, say })
}

/// `a>b` and its like.
fn guard(inside: &str) -> Option<Elem> {
    match inside.chars().collect::<Vec<_>>()[..] {
        [a, sign @ ('>' | '<' | '=' | '+' | '~'), b] => Some(Elem::Guard(a, sign, b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rows::ROWS;

    #[test]
    fn every_row_is_well_formed() {
        for row in ROWS.iter().flat_map(|rows| rows.iter()) {
            let compiled = compile(row);
            assert!(
                compiled.is_some(),
                "{}: {} → {}",
                row.rule,
                row.pattern,
                row.say
            );
            let compiled = compiled.unwrap();
            assert!(!starters(&compiled.pattern).is_empty(), "{}", row.pattern);
            let kept = |name: &char| {
                let own = |e: &Elem| matches!(e, Elem::Text { keep, .. } if *keep == Some(*name));
                compiled.pattern.iter().any(own)
            };
            for piece in &compiled.say {
                if let Piece::Kept(name, _) = piece {
                    assert!(kept(name), "{}: {name} is said and never kept", row.rule);
                }
            }
            for elem in &compiled.pattern {
                if let Elem::Guard(a, _, b) = elem {
                    assert!(kept(a) && kept(b), "{}: {}", row.rule, row.pattern);
                }
            }
        }
    }
}
