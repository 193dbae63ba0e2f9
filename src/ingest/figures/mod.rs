//! Digits that a reading program took for letters: `8:OO`, `1O个`, `l28号`.
//!
//! A run of digits, such letters and the marks between them is a figure when
//! its form or the words around say what it tells: a telephone number, a time,
//! a date, a price, a count. There letters are no part of it and are set right;
//! where they may be meant (`B1停车场`, `S20高速`) nothing is said, and between
//! the two they are doubted.

mod alike;
mod kind;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::glyph::Glyph;
use super::piece::Piece;
use super::repair::{nowhere, place};
use crate::model::{Edit, Repair};
use alike::Trust;
use kind::{Around, Kind};

/// How sure a change is: a judgement, as pages have few of them.
const SURE: f32 = 0.97;
/// How sure one is that is only doubted.
const DOUBTED: f32 = 0.7;

/// Looks for misread digits in the figures of a page; those that are sure are
/// set right when `how` says so. What was found, in page order.
pub(super) fn repair(pieces: &mut [Piece], file: &str, how: Repair) -> Vec<Edit> {
    if how == Repair::Off {
        return Vec::new();
    }
    let mut found = Vec::new();
    for piece in pieces {
        for digit in look(piece) {
            let glyph = &mut piece.glyphs[digit.at];
            let edit = Edit {
                right: digit.right,
                confidence: if digit.sure { SURE } else { DOUBTED },
                reason: digit.reason.into(),
                candidates: vec![digit.right],
                applied: digit.sure && how == Repair::Apply,
                ..nowhere(glyph.c)
            };
            found.push(place(edit, glyph, file));
        }
    }
    found
}

/// A digit that was something else on the page.
struct Digit {
    at: usize,
    right: char,
    sure: bool,
    reason: &'static str,
}

/// The misread digits of a piece.
fn look(piece: &Piece) -> Vec<Digit> {
    let text: Vec<char> = piece.glyphs.iter().map(|g| g.c).collect();
    let misread = |c: &char| alike::digit(*c).is_none() && alike::misread(*c).is_some();
    if !text.iter().any(misread) {
        return Vec::new();
    }
    let gap = |at: usize| piece.gaps.binary_search_by_key(&at, |g| g.at).is_ok();
    let mut figures = figures(&text, &gap);
    // A telephone number may be printed in groups.
    let mut i = 1;
    while i < figures.len() {
        let whole = figures[i - 1].start..figures[i].end;
        let grouped = figures[i - 1].end == figures[i].start
            && Figure::of(&text, whole.clone()).kind() == Some(Kind::Phone);
        if grouped {
            figures[i - 1] = whole;
            figures.remove(i);
        } else {
            i += 1;
        }
    }
    let of = |range| Figure::of(&text, range).look();
    figures.into_iter().flat_map(of).collect()
}

/// Whether the character can be a part of a figure: a digit or what one is
/// misread as.
fn is_part(c: char) -> bool {
    alike::digit(c).is_some() || alike::misread(c).is_some()
}

/// A mark between the numbers of a figure.
fn joins(c: char) -> bool {
    matches!(
        c,
        '-' | '－' | '–' | '—' | '~' | '～' | ':' | '：' | '.' | '/' | ','
    )
}

/// The runs that may be figures: no white space is in them.
fn figures(text: &[char], gap: &impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !is_part(text[at]) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < text.len() && !gap(at) {
            let goes_on = is_part(text[at])
                || joins(text[at])
                    && !gap(at + 1)
                    && text.get(at + 1).is_some_and(|c| is_part(*c))
                    && (text[at] != ',' || is_thousand(text, at));
            if !goes_on {
                break;
            }
            at += 1;
        }
        found.push(start..at);
    }
    found
}

/// Whether a comma parts thousands: three characters of a figure follow.
fn is_thousand(text: &[char], comma: usize) -> bool {
    let behind = text[comma + 1..].iter();
    behind.take_while(|c| is_part(**c)).count() == 3
}

/// A run that may be a figure, with its page.
struct Figure<'a> {
    text: &'a [char],
    range: Range<usize>,
}

impl<'a> Figure<'a> {
    fn of(text: &'a [char], range: Range<usize>) -> Figure<'a> {
        Figure { text, range }
    }

    fn around(&self) -> Around<'a> {
        Around {
            before: &self.text[..self.range.start],
            behind: &self.text[self.range.end..],
        }
    }

    /// What it tells when every part of it is a digit.
    fn kind(&self) -> Option<Kind> {
        let read = |c: &char| {
            alike::digit(*c)
                .or(alike::misread(*c).map(|m| m.0))
                .unwrap_or(*c)
        };
        let text: String = self.text[self.range.clone()].iter().map(read).collect();
        self.around().kind(&text)
    }

    fn is_digit(&self, at: usize) -> bool {
        self.range.contains(&at) && alike::digit(self.text[at]).is_some()
    }

    /// Its misread digits.
    fn look(self) -> Vec<Digit> {
        let Range { start, mut end } = self.range;
        let mut begin = start;
        // Signs at the ends are bullets and bars as likely.
        let sign = |at: usize| alike::is_sign(self.text[at]);
        let framed = self.is_framed();
        while !framed && begin < end && sign(begin) {
            begin += 1;
        }
        while !framed && begin < end && matches!(self.text[end - 1], '|' | '｜') {
            end -= 1;
        }
        let figure = Figure::of(self.text, begin..end);
        let wrong: Vec<usize> = (begin..end)
            .filter(|at| !figure.is_digit(*at) && is_part(figure.text[*at]))
            .collect();
        let digits = (begin..end).filter(|at| figure.is_digit(*at)).count();
        let around = figure.around();
        // `iOS 18`
        let system = figure.text[begin..end].starts_with(&['i', 'O', 'S']);
        if wrong.is_empty() || around.is_code() || system {
            return Vec::new();
        }
        let kind = figure.kind();
        if digits == 0 && !framed {
            return figure.lone(kind);
        }
        // Half letters is half a code.
        if wrong.len() > digits && !framed && kind.is_none_or(|k| !k.is_strict()) {
            return Vec::new();
        }
        let capital = alike::is_capital(figure.text[begin]);
        if capital && around.is_plate() {
            return Vec::new();
        }
        let one = |at: usize| figure.digit(at, kind, wrong.len() + digits, digits);
        wrong.iter().filter_map(|at| one(*at)).collect()
    }

    /// One misread digit of a figure that has `digits` of `length`.
    fn digit(&self, at: usize, kind: Option<Kind>, length: usize, digits: usize) -> Option<Digit> {
        let Range { start, end } = self.range;
        let c = self.text[at];
        let (right, trust) = alike::misread(c)?;
        let wide = (start..end).any(|i| matches!(self.text[i], '０'..='９'));
        let right = if wide {
            char::from_u32(u32::from(right) - u32::from('0') + u32::from('０'))?
        } else {
            right
        };
        let inside = at > start
            && at + 1 < end
            && [at - 1, at + 1]
                .iter()
                .all(|i| self.is_digit(*i) || joins(self.text[*i]));
        let strict = kind.is_some_and(Kind::is_strict);
        let Some(kind) = kind else {
            // Digits all around, but nothing tells what the number is.
            let dominate = digits >= 3 && digits >= 2 * (length - digits);
            let likely = inside && dominate && trust == Trust::Sure && !alike::is_sign(c);
            return likely.then_some(Digit {
                at,
                right,
                sure: false,
                reason: "a letter among digits",
            });
        };
        let told = |sure: bool| {
            Some(Digit {
                at,
                right,
                sure,
                reason: kind.told(),
            })
        };
        if trust == Trust::Likely && !matches!(c, 'B' | 'Ｂ' | 'В' | 'Z' | 'Ｚ') {
            return if inside || strict { told(false) } else { None };
        }
        if trust == Trust::Likely {
            return match () {
                () if strict => told(inside || kind == Kind::Phone),
                () if inside => told(false),
                () => None,
            };
        }
        if strict || inside {
            return told(true);
        }
        if at == start && alike::is_capital(c) {
            // `O.5公里` can be nothing else, `S20次` is a train.
            let point = self.text.get(at + 1) == Some(&'.') && c == 'O';
            return match c {
                _ if point => told(true),
                'S' | 'Ｓ' => None,
                _ if self.around().is_coded() => None,
                _ => told(false),
            };
        }
        let letter = matches!(c, 'S' | 'Ｓ' | 'l' | 'I') && at + 1 == end;
        if letter && (length == 2 || matches!(c, 'S' | 'Ｓ')) && self.around().is_coded() {
            return told(false);
        }
        // `4S店`, `5S管理`.
        if letter && length == 2 && matches!(c, 'S' | 'Ｓ') {
            return told(false);
        }
        told(true)
    }

    /// A figure without a single digit: `l个`, `SO元`.
    fn lone(&self, kind: Option<Kind>) -> Vec<Digit> {
        let chars = &self.text[self.range.clone()];
        let small = chars[0] == 'l'
            && chars[1..]
                .iter()
                .all(|c| matches!(c, 'O' | 'o' | 'l' | 'I'));
        let price = kind == Some(Kind::Price)
            && chars
                .iter()
                .all(|c| matches!(c, 'O' | 'S' | 'I' | 'l' | 'o'));
        let Some(kind) = kind.filter(|_| small || price) else {
            return Vec::new();
        };
        let doubted = |(i, c): (usize, &char)| {
            Some(Digit {
                at: self.range.start + i,
                right: alike::misread(*c)?.0,
                sure: false,
                reason: kind.told(),
            })
        };
        chars.iter().enumerate().filter_map(doubted).collect()
    }

    /// A month or day between numerals: `2026年S月`, `3月l日`.
    fn is_framed(&self) -> bool {
        let around = self.around();
        let digit = |c: Option<&char>| c.is_some_and(|c| alike::digit(*c).is_some());
        let (last, next) = (around.before.last(), around.behind.first());
        let short = self.range.len() <= 2;
        let valid = self.kind() == Some(Kind::Date);
        short
            && valid
            && match (last, next) {
                (Some('年'), Some('月')) => digit(around.before.iter().rev().nth(1)),
                (Some('月'), Some('日')) => digit(around.before.iter().rev().nth(1)),
                (_, Some('月')) => {
                    digit(around.behind.get(1)) && around.behind.iter().take(4).any(|c| *c == '日')
                }
                _ => false,
            }
    }
}

/// Whether a print line ends within a number that a hyphen carries on:
/// `139-1234- 5678`.
pub(super) fn is_torn(before: &[Glyph], behind: &[Glyph]) -> bool {
    let digit = |g: Option<&Glyph>| g.is_some_and(|g| alike::digit(g.c).is_some());
    match (before, behind) {
        ([.., before, mark], [behind, ..]) if matches!(mark.c, '-' | '－') => {
            digit(Some(before)) && digit(Some(behind))
        }
        ([.., before], [mark, behind, ..]) if matches!(mark.c, '-' | '－') => {
            digit(Some(before)) && digit(Some(behind))
        }
        _ => false,
    }
}
