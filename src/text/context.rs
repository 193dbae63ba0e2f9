//! What must stand around a match of the grammar.

use super::{counts, units};

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
    /// One of these somewhere in the clause, before or behind the match.
    Within(&'static [&'static str]),
    /// None of these in the clause.
    Without(&'static [&'static str]),
    /// A word that counts.
    Measure,
    /// Behind a match: nothing that makes a quantity of it.
    Uncounted,
    /// Behind a match: no sign of a unit.
    Unitless,
    /// A figure, or a sign and a figure.
    Figure,
    /// A Latin letter.
    Latin,
    /// Before a match: a Latin word and a space.
    LatinWord,
    /// No Latin letter and no figure.
    NoCode,
    /// Before a match: what another row said.
    Said,
    /// Before a match: a figure with at most a few Han behind it, as `3月`.
    Counted,
    /// The name of a road, a stop or the like.
    Place,
    /// The beginning or the end of the text.
    Edge,
    /// The beginning or the end of the text, or a mark.
    Open,
    /// All of these.
    All(&'static [Ctx]),
}

/// How far a clause is searched before a match and behind it.
const REACH: (usize, usize) = (14, 10);

/// What ends a clause.
const ENDS: &str = "，。；！？,;!?\n";

/// What the names of roads and stops end with.
const PLACES: &str = "路街站桥镇村道巷里场园港庄弄";

/// How long such a name is, in characters.
const PLACE: std::ops::RangeInclusive<usize> = 2..=5;

/// How many Han may stand between a figure and a dash: `3号楼—5号楼`.
const COUNTED: usize = 4;

impl Ctx {
    /// Whether it stands before `from`; `to` is the end of the match, and
    /// `said_before` tells whether a row made what stands right before.
    pub fn fits_before(self, text: &[char], from: usize, to: usize, said_before: bool) -> bool {
        let ends = |at: usize, words: &[&str]| words.iter().any(|w| ends_with(&text[..at], w));
        let last = text[..from].last().copied();
        match self {
            Ctx::Any => true,
            Ctx::Is(words) => ends(from, words),
            Ctx::Not(words) => !ends(from, words),
            Ctx::Near(words) => {
                let filler = text[..from].iter().rev().take(3);
                let filler = filler.take_while(|c| ":：为是“\"( ".contains(**c)).count();
                (0..=filler).any(|n| ends(from - n, words))
            }
            Ctx::Within(words) => within(text, from, to, words),
            Ctx::Without(words) => !within(text, from, to, words),
            Ctx::Said => said_before,
            Ctx::Edge => from == 0,
            Ctx::Open => last.is_none_or(|c| !c.is_alphanumeric()),
            Ctx::Latin => last.is_some_and(|c| c.is_ascii_alphabetic()),
            Ctx::LatinWord => {
                matches!(text[..from], [.., c, ' '] if c.is_ascii_alphabetic())
            }
            Ctx::NoCode => !last.is_some_and(|c| c.is_ascii_alphanumeric()),
            Ctx::Figure => last.is_some_and(|c| c.is_ascii_digit()),
            Ctx::Measure => from > 0 && counts::measured(&text[from - 1..from]),
            Ctx::Counted => {
                let behind = text[..from].iter().rev().take(COUNTED);
                let between = behind.take_while(|c| han(**c));
                let at = from - between.count();
                at < from && text[..at].last().is_some_and(char::is_ascii_digit)
            }
            Ctx::Place => {
                let name = text[..from].iter().rev().take_while(|c| han(**c)).count();
                name >= *PLACE.start() && last.is_some_and(|c| PLACES.contains(c))
            }
            Ctx::Uncounted | Ctx::Unitless => true,
            Ctx::All(all) => all
                .iter()
                .all(|c| c.fits_before(text, from, to, said_before)),
        }
    }

    /// Whether it stands behind `to`; `from` is the start of the match.
    pub fn fits_behind(self, text: &[char], from: usize, to: usize) -> bool {
        let rest = &text[to..];
        let starts = |words: &[&str]| words.iter().any(|w| units::starts_with(rest, w));
        let first = rest.first().copied();
        match self {
            Ctx::Is(words) | Ctx::Near(words) => starts(words),
            Ctx::Not(words) => !starts(words),
            Ctx::Within(words) => within(text, from, to, words),
            Ctx::Without(words) => !within(text, from, to, words),
            Ctx::Any | Ctx::Said | Ctx::Counted | Ctx::LatinWord => true,
            Ctx::Place => {
                let name = rest.iter().take_while(|c| han(**c)).count();
                let ends = |n: usize| n <= name && PLACES.contains(rest[n - 1]);
                PLACE.into_iter().any(ends)
            }
            Ctx::Edge => rest.is_empty(),
            Ctx::Open => first.is_none_or(|c| !c.is_alphanumeric()),
            Ctx::Measure => counts::measured(rest),
            Ctx::Unitless => units::unit(rest).is_none(),
            Ctx::Uncounted => {
                !counts::measured(rest)
                    && units::unit(rest).is_none()
                    && !first.is_some_and(|c| ".,-/:%‰~×".contains(c))
                    && !first.is_some_and(|c| c.is_ascii_alphanumeric())
            }
            Ctx::Figure => match rest {
                ['-' | '+', c, ..] | [c, ..] => c.is_ascii_digit(),
                [] => false,
            },
            Ctx::Latin => first.is_some_and(|c| c.is_ascii_alphabetic()),
            Ctx::NoCode => !first.is_some_and(|c| c.is_ascii_alphanumeric()),
            Ctx::All(all) => all.iter().all(|c| c.fits_behind(text, from, to)),
        }
    }
}

/// Whether one of `words` stands in the clause around `from..to`.
fn within(text: &[char], from: usize, to: usize, words: &[&str]) -> bool {
    let inside = |c: &&char| !ENDS.contains(**c);
    let before = text[..from].iter().rev().take(REACH.0);
    let start = from - before.take_while(inside).count();
    let behind = text[to..].iter().take(REACH.1);
    let end = to + behind.take_while(inside).count();
    let holds = |range: &[char]| {
        (0..range.len()).any(|i| words.iter().any(|w| units::starts_with(&range[i..], w)))
    };
    holds(&text[start..from]) || holds(&text[to..end])
}

/// A letter that is not Latin, or a Han numeral.
fn han(c: char) -> bool {
    !c.is_ascii() && c.is_alphanumeric()
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut at = text.iter().rev();
    word.chars().rev().all(|c| at.next() == Some(&c))
}
