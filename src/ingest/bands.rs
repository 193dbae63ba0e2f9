//! Columns that stand in bands, one below the other: the text goes through all
//! columns of the first band before it goes on in the second.
//!
//! A blank line through all columns may part bands or paragraphs. Which of them,
//! the foot of the left column tells: what breaks off there goes on at the head
//! of the next column, or below the blank line.

use std::ops::Range;

use super::cells::{inked, is_empty};
use super::columns::Line;
use super::glyph::{ends_sentence, is_blank, is_han, is_pause};
use super::seam;
use crate::lm::WordModel;

/// A last line that is so much narrower than its column, in em, is no full one.
const SHORT: f32 = 3.0;
/// How much likelier the words must go on at the head of the next column than
/// below the blank line, as natural log of odds.
const LIKELIER: f32 = 1.5;

/// The bands of columns whose lines stand side by side, each with all columns.
pub(super) fn part(columns: Vec<Vec<Line>>, model: Option<&WordModel>) -> Vec<Vec<Vec<Line>>> {
    let mut bands = Vec::new();
    let mut from = 0;
    for blank in blank_rows(&columns) {
        if splits(&columns, from, &blank, model) {
            bands.push(slice(&columns, from..blank.start));
            from = blank.end;
        }
    }
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    bands.push(slice(&columns, from..rows));
    bands
}

fn slice(columns: &[Vec<Line>], rows: Range<usize>) -> Vec<Vec<Line>> {
    let of = |c: &Vec<Line>| c[rows.start.min(c.len())..rows.end.min(c.len())].to_vec();
    columns.iter().map(of).collect()
}

/// The runs of rows that are blank in all columns, but for those at the ends.
fn blank_rows(columns: &[Vec<Line>]) -> Vec<Range<usize>> {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let blank = |r: usize| columns.iter().all(|c| c.get(r).is_none_or(is_empty));
    let mut found: Vec<Range<usize>> = Vec::new();
    for row in (0..rows).filter(|r| blank(*r)) {
        match found.last_mut() {
            Some(last) if last.end == row => last.end += 1,
            _ => found.push(row..row + 1),
        }
    }
    found.retain(|r| r.start > 0 && r.end < rows);
    found
}

/// Whether the text goes through the rows above the blank ones column by column.
fn splits(
    columns: &[Vec<Line>],
    from: usize,
    blank: &Range<usize>,
    model: Option<&WordModel>,
) -> bool {
    let [left, right, ..] = columns else {
        return false;
    };
    let above = || left[from..blank.start].iter().filter(|l| !is_empty(l));
    let Some(foot) = above().next_back() else {
        return false;
    };
    let head = |column: &[Line]| column.iter().find(|l| !is_empty(l)).cloned();
    let (Some(beside), Some(below)) = (head(&right[from..blank.start]), head(&left[blank.end..]))
    else {
        return false;
    };
    if !breaks_off(foot) {
        return false;
    }
    let widest = above().map(inked).fold(0.0, f32::max);
    let odds = |next: &Line| {
        let model = model?;
        let ink = |l: &Line| -> Vec<char> { l.iter().map(|g| g.c).collect() };
        let (before, behind) = (ink(foot), ink(next));
        let before = before.into_iter().rev().skip_while(|c| is_blank(*c));
        let before: Vec<char> = before.collect();
        let behind = behind.into_iter().skip_while(|c| is_blank(*c));
        let gain = seam::gain(model, before.into_iter().rev(), behind);
        Some(seam::odds(gain))
    };
    let likelier = odds(&beside).zip(odds(&below)).map_or(0.0, |(a, b)| a - b);
    inked(foot) < widest - SHORT && likelier > -LIKELIER || likelier > LIKELIER
}

/// Whether a line at the foot of a column ends in mid-sentence: without a stop,
/// and with no space in it, as names and places in notices have.
pub(super) fn breaks_off(line: &Line) -> bool {
    let from = line.iter().take_while(|g| is_blank(g.c)).count();
    let to = line
        .iter()
        .rposition(|g| !is_blank(g.c))
        .map_or(0, |i| i + 1);
    let ink = &line[from.min(to)..to];
    let last = ink.last().map_or(' ', |g| g.c);
    !ink.iter().any(|g| is_blank(g.c))
        && !ends_sentence(ink)
        && (is_han(last) || is_pause(last))
        && !matches!(last, '：' | ':' | '；' | ';')
}
