//! The print lines of a piece: how wide its column is, where its lines end,
//! and whether its first line is indented.
//!
//! An OCR program leaves a space (or a line end) where a print line ended, so
//! the runs between spaces are print lines, or pieces of them. Chinese type is
//! set on a grid: all lines of a column are equally wide, but the first of a
//! paragraph is two em shorter and the last ends anywhere.

use super::glyph::width;
use super::piece::Piece;

/// How the first print line of a piece begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Indented by two em: a paragraph begins here.
    Indented,
    /// As wide as the column: the text goes on from elsewhere.
    Flush,
    /// Not enough print lines to tell.
    Unknown,
}

/// What the print lines of a piece tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// The width in em of a column that is not the page's own, as that of a box.
    pub own_column: Option<f32>,
    /// How the first line begins.
    pub start: Start,
    /// The width of the column it stands in, when that is known.
    pub column: Option<f32>,
    /// The width of its last print line in em.
    pub last: f32,
    /// For each gap of the piece, whether a print line ends there.
    pub line_ends: Vec<bool>,
}

impl Layout {
    /// Whether the first print line could be told.
    pub fn is_measured(&self) -> bool {
        self.start != Start::Unknown
    }
}

/// How much wider than its column an OCR program's reading of a line may be,
/// in em: hanging punctuation, a mark read twice.
const SLACK: f32 = 0.8;

/// Measures a piece; `page_column` is the usual column of the page and serves
/// blocks too short to have one of their own.
pub(super) fn measure(piece: &Piece, page_column: Option<f32>) -> Layout {
    let widths: Vec<f32> = piece.segments().map(width).collect();
    // A box has a column of its own; a line or two of chance width do not.
    let own = column(&widths).filter(|own| page_column.is_none_or(|page| (own - page).abs() > 2.0));
    let reference = own.or(page_column);
    let Some(column) = reference else {
        let line_ends = piece.gaps.iter().map(|g| g.line_end).collect();
        return Layout {
            own_column: None,
            start: start_of(piece, None, 0.0),
            column: None,
            last: widths.last().copied().unwrap_or_default(),
            line_ends,
        };
    };
    let mut line_ends = Vec::with_capacity(piece.gaps.len());
    let (mut line, mut first) = (widths[0], None);
    for (gap, next) in piece.gaps.iter().zip(&widths[1..]) {
        let ends = gap.line_end || line + next > column + SLACK;
        if ends {
            first = first.or(Some(line));
            line = 0.0;
        }
        line += next;
        line_ends.push(ends);
    }
    let start = match first {
        Some(first) => start_of(piece, Some(column), first),
        None => start_of(piece, None, 0.0),
    };
    Layout {
        own_column: own.filter(|_| page_column.is_some()),
        start,
        column: reference,
        last: line,
        line_ends,
    }
}

fn start_of(piece: &Piece, column: Option<f32>, first: f32) -> Start {
    match column.map(|column| column - first) {
        _ if piece.indented => Start::Indented,
        Some(short) if (1.3..=3.7).contains(&short) => Start::Indented,
        Some(short) if (-2.0..1.0).contains(&short) => Start::Flush,
        _ => Start::Unknown,
    }
}

/// The width that most runs of a piece have, to the nearest em; runs of less
/// than 8 em are pieces of lines, and the last run may end anywhere. The first
/// one is a line less an indent, or not.
fn column(widths: &[f32]) -> Option<f32> {
    let inner = widths.get(1..widths.len().saturating_sub(1))?;
    mode(print_lines(inner), 2)
}

/// Widths that may be those of print lines, in em.
fn print_lines(widths: &[f32]) -> impl Iterator<Item = f32> {
    widths.iter().copied().filter(|w| (8.0..=45.0).contains(w))
}

/// The usual column of a page: the width that most print lines have.
pub(super) fn page_column(pieces: &[Piece]) -> Option<f32> {
    let mut inner = Vec::new();
    for piece in pieces {
        let widths: Vec<f32> = piece.segments().map(width).collect();
        inner.extend(print_lines(
            widths.get(1..widths.len().saturating_sub(1)).unwrap_or(&[]),
        ));
    }
    set(&inner).then(|| mode(inner.into_iter(), 5)).flatten()
}

/// So large a share of lines has one of the three commonest widths where type
/// was set in columns; where lines were wrapped anywhere they have any width.
const SET: f32 = 0.75;

/// Whether lines of these widths were set in columns.
pub(super) fn set(widths: &[f32]) -> bool {
    let mut rest = widths.to_vec();
    let mut common = 0;
    for _ in 0..3 {
        let Some(column) = mode(rest.iter().copied(), 1) else {
            break;
        };
        let before = rest.len();
        rest.retain(|w| (w - column).abs() > 1.1);
        common += before - rest.len();
    }
    common as f32 >= SET * widths.len() as f32
}

/// The most frequent width, to the nearest em, if `least` lines have it; of two
/// the wider, because OCR breaks lines into pieces more often than it runs them
/// together.
pub(super) fn mode(widths: impl Iterator<Item = f32>, least: usize) -> Option<f32> {
    let mut counts = [0usize; 64];
    for w in widths {
        counts[(w.round() as usize).min(63)] += 1;
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(w, n)| (**n, *w))?;
    (*count >= least).then_some(best as f32)
}
