//! The little language in which the normalisation rows are written, and its
//! matcher. The rows themselves are in [`super::rows`].
//!
//! A pattern is matched against folded text (see [`super::symbols::fold`]):
//!
//! | written | matches |
//! |---|---|
//! | `年` | itself |
//! | `[-~]` | one of these |
//! | `{n:int}` | a [`Class`] of text, kept under one letter |
//! | `…?` | what stands before it, or nothing |
//!
//! Figures are taken as a whole: a class never ends inside a run of figures.
//! What is said is text with `{n:card}` for what was kept, said in a [`How`];
//! a space parts two words, `，` is a pause.

use super::class::Class;
use super::numbers::{self, amount, cardinal, spell, spell_phone};
use super::units;

/// What must stand before or behind a match.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ctx {
    /// Anything.
    Any,
    /// One of these texts.
    Is(&'static [&'static str]),
    /// None of these.
    Not(&'static [&'static str]),
    /// Before a match: one of these, perhaps with `：`, `为` or a quote between.
    Near(&'static [&'static str]),
    /// A word that counts.
    Measure,
    /// Behind a match: nothing that makes a quantity of it.
    Uncounted,
    /// A figure, or a sign and a figure.
    Figure,
    /// A Latin letter.
    Latin,
    /// No Latin letter and no figure.
    NoCode,
    /// Before a match: what another row said.
    Said,
    /// Before a match: the beginning of the text.
    Start,
}

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

/// How a kept text is said.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Digits,
    Phone,
    Card,
    /// A cardinal; 2 is 两 where the word behind the match wants it.
    Count,
    /// A cardinal; 2 is 两.
    Two,
    Amount,
    Sign,
    /// The sign of a temperature.
    Below,
    Minutes,
    Text,
    Unit,
    Currency,
}

#[derive(Debug)]
struct Elem {
    class: Class,
    /// The letter it is kept under.
    keep: Option<char>,
    optional: bool,
}

#[derive(Debug)]
enum Piece {
    Text(&'static str),
    Kept(char, How),
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
    /// Which characters some row can start with, beside figures.
    starters: Vec<char>,
}

/// What a row made of the text.
pub(super) struct Match {
    /// How many characters it took.
    pub len: usize,
    /// Which rule it was.
    pub rule: &'static str,
    /// What is said, words parted by [`numbers::BREAK`].
    pub said: String,
}

/// What was kept, by letter, as ranges of the text.
type Kept = Vec<(char, usize, usize)>;

impl Grammar {
    /// Makes the rows ready. A row that does not parse is left out; the tests
    /// see that there is none.
    pub fn new(rows: &'static [Row]) -> Grammar {
        let rows: Vec<Compiled> = rows.iter().filter_map(compile).collect();
        let mut starters = Vec::new();
        for row in &rows {
            for elem in &row.pattern {
                starters.extend(elem.class.starters());
                if !elem.optional {
                    break;
                }
            }
        }
        starters.sort_unstable();
        starters.dedup();
        Grammar { rows, starters }
    }

    /// Whether a row may begin with `c`.
    pub fn may_start(&self, c: char) -> bool {
        c.is_ascii_digit() || self.starters.binary_search(&c).is_ok()
    }

    /// The first row that fits at `from`; `said_before` tells whether a row
    /// made what stands right before.
    pub fn apply(&self, text: &[char], from: usize, said_before: bool) -> Option<Match> {
        let mut kept = Kept::new();
        self.rows.iter().find_map(|c| {
            kept.clear();
            if !c.row.prev.fits_before(text, from, said_before) {
                return None;
            }
            let to = fit(&c.pattern, text, from, from, &mut kept)?;
            (to > from && c.row.next.fits_behind(text, to)).then(|| Match {
                len: to - from,
                rule: c.row.rule,
                said: say(&c.say, text, from, to, &kept),
            })
        })
    }
}

impl Ctx {
    fn fits_before(self, text: &[char], at: usize, said_before: bool) -> bool {
        let ends = |at: usize, words: &[&str]| words.iter().any(|w| ends_with(&text[..at], w));
        match self {
            Ctx::Any => true,
            Ctx::Is(words) => ends(at, words),
            Ctx::Not(words) => !ends(at, words),
            Ctx::Near(words) => {
                let filler = text[..at].iter().rev().take(3);
                let filler = filler.take_while(|c| ":：为是“\"( ".contains(**c)).count();
                (0..=filler).any(|n| ends(at - n, words))
            }
            Ctx::Said => said_before,
            Ctx::Start => at == 0,
            Ctx::Latin => at > 0 && text[at - 1].is_ascii_alphabetic(),
            Ctx::NoCode => at == 0 || !text[at - 1].is_ascii_alphanumeric(),
            Ctx::Figure => at > 0 && text[at - 1].is_ascii_digit(),
            Ctx::Measure => at > 0 && units::measured(&text[at - 1..at]),
            Ctx::Uncounted => true,
        }
    }

    fn fits_behind(self, text: &[char], at: usize) -> bool {
        let rest = &text[at..];
        let starts = |words: &[&str]| words.iter().any(|w| units::starts_with(rest, w));
        match self {
            Ctx::Is(words) | Ctx::Near(words) => starts(words),
            Ctx::Not(words) => !starts(words),
            Ctx::Any | Ctx::Said | Ctx::Start => true,
            Ctx::Measure => units::measured(rest),
            Ctx::Uncounted => {
                !units::paired(rest)
                    && units::magnitude(rest) == 0
                    && units::unit(rest).is_none()
                    && !rest.first().is_some_and(|c| ".,-/:%‰~×".contains(*c))
                    && !rest.first().is_some_and(char::is_ascii_alphanumeric)
            }
            Ctx::Figure => match rest {
                ['-' | '+', c, ..] | [c, ..] => c.is_ascii_digit(),
                [] => false,
            },
            Ctx::Latin => rest.first().is_some_and(char::is_ascii_alphabetic),
            Ctx::NoCode => !rest.first().is_some_and(char::is_ascii_alphanumeric),
        }
    }
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut at = text.iter().rev();
    word.chars().rev().all(|c| at.next() == Some(&c))
}

/// Matches the elements one after another, with the optional ones first tried
/// and then left out; gives the end of the match.
fn fit(pattern: &[Elem], text: &[char], from: usize, at: usize, kept: &mut Kept) -> Option<usize> {
    let Some((elem, rest)) = pattern.split_first() else {
        return Some(at);
    };
    let mark = kept.len();
    if let Some(len) = elem.class.fit(text, from, at) {
        if let Some(name) = elem.keep {
            kept.push((name, at, at + len));
        }
        if let Some(end) = fit(rest, text, from, at + len, kept) {
            return Some(end);
        }
        kept.truncate(mark);
    }
    if elem.optional {
        fit(rest, text, from, at, kept)
    } else {
        None
    }
}

impl How {
    fn named(name: &str) -> Option<How> {
        Some(match name {
            "digits" => How::Digits,
            "phone" => How::Phone,
            "card" => How::Card,
            "count" => How::Count,
            "two" => How::Two,
            "amount" => How::Amount,
            "sign" => How::Sign,
            "below" => How::Below,
            "minutes" => How::Minutes,
            "text" => How::Text,
            "unit" => How::Unit,
            "cur" => How::Currency,
            _ => return None,
        })
    }
}

/// The words for a match.
fn say(pieces: &[Piece], text: &[char], from: usize, to: usize, kept: &Kept) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (name, how) = match piece {
            Piece::Text(t) => {
                out.push_str(t);
                continue;
            }
            Piece::Kept(name, how) => (*name, *how),
        };
        let Some(&(_, a, b)) = kept.iter().find(|(n, _, _)| *n == name) else {
            continue;
        };
        let own: String = text[a..b].iter().collect();
        let two = || match own.as_str() {
            "2" => "两".to_string(),
            _ => cardinal(&own),
        };
        match how {
            How::Digits => out.push_str(&spell(&own)),
            How::Phone => out.push_str(&spell_phone(&own)),
            How::Card => out.push_str(&cardinal(&own)),
            How::Amount if own.contains('.') => out.push_str(&amount(&own)),
            How::Amount | How::Two => out.push_str(&two()),
            How::Count => {
                let listed = matches!(text[..from].last(), Some('、' | '第'));
                let paired = !listed && units::paired(&text[to..]);
                out.push_str(&if paired { two() } else { cardinal(&own) });
            }
            How::Sign => out.push_str(if own == "-" { "负" } else { "正" }),
            How::Below => out.push_str(if own == "-" { "零下" } else { "零上" }),
            How::Minutes => {
                if own.starts_with('0') {
                    out.extend(numbers::digit('0'));
                }
                out.push_str(&cardinal(&own));
            }
            How::Text => out.push_str(&own),
            How::Unit => out.extend(units::unit(&text[a..]).map(|(_, said)| said)),
            How::Currency => out.extend(units::currency(&text[a..]).map(|(_, said)| said)),
        }
    }
    out
}

/// Parses a row; `None` when it is not well formed.
fn compile(row: &'static Row) -> Option<Compiled> {
    let mut pattern: Vec<Elem> = Vec::new();
    let mut rest = row.pattern;
    while let Some(c) = rest.chars().next() {
        let (class, keep, len) = match c {
            '?' => {
                pattern.last_mut()?.optional = true;
                rest = &rest[1..];
                continue;
            }
            '{' => {
                let end = rest.find('}')?;
                let (name, class) = rest[1..end].split_once(':')?;
                (Class::named(class)?, name.chars().next(), end + 1)
            }
            '[' => {
                let end = rest.find(']')?;
                (Class::OneOf(rest[1..end].chars().collect()), None, end + 1)
            }
            c => (Class::OneOf(vec![c]), None, c.len_utf8()),
        };
        pattern.push(Elem {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rows::ROWS;

    #[test]
    fn every_row_is_well_formed() {
        for row in ROWS {
            let compiled = compile(row);
            assert!(
                compiled.is_some(),
                "{}: {} → {}",
                row.rule,
                row.pattern,
                row.say
            );
            let compiled = compiled.unwrap();
            for piece in &compiled.say {
                if let Piece::Kept(name, _) = piece {
                    assert!(
                        compiled.pattern.iter().any(|e| e.keep == Some(*name)),
                        "{}: {name} is said and never kept",
                        row.rule
                    );
                }
            }
        }
    }
}
