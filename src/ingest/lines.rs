//! A page without blank lines: which of its lines are one paragraph.
//!
//! Some OCR programs keep every print line as a line of the file. The lines of
//! a paragraph are as wide as the column; headings, bylines and last lines are
//! not. Where no column shows, every line is taken for a paragraph, and what
//! was torn is joined again later.

use super::byline;
use super::glyph::{Glyph, ends_sentence, is_pause, is_stop, text, width};
use super::kinds;
use super::layout::mode;
use super::marker;
use super::masthead;
use super::piece::Piece;
use super::wording;

/// Lines narrower than this are no print lines of a paragraph, in em.
const NARROWEST: f32 = 8.0;
/// Lines wider than this are whole paragraphs, in em.
const WIDEST: f32 = 45.0;
/// How far a full line may fall short of its column, in em.
const SHORT: f32 = 1.5;
/// How far it may exceed it.
const LONG: f32 = 1.8;
/// A line that falls short by so much ends a paragraph or is a heading.
const MUCH: f32 = 3.8;

/// The lines from the top of the file that may be the head of the paper.
const HEAD: u32 = 20;

/// The longest heading where no column is known, in em.
const LONGEST_HEADING: f32 = 36.0;

/// Splits every piece that holds more than one paragraph.
pub(super) fn split(pieces: Vec<Piece>) -> Vec<Piece> {
    let column = mode(
        pieces
            .iter()
            .flat_map(rows)
            .map(|(a, b, p)| width(&p.glyphs[a..b]))
            .filter(|w| (NARROWEST..=WIDEST).contains(w)),
        4,
    );
    let indents = pieces.iter().filter(|p| p.indented).count() > 2;
    pieces
        .into_iter()
        .flat_map(|p| split_one(p, column, indents))
        .collect()
}

/// The file's lines in a piece, when there are more than one.
fn rows(piece: &Piece) -> impl Iterator<Item = (usize, usize, &Piece)> {
    let cuts: Vec<usize> = piece
        .gaps
        .iter()
        .filter(|g| g.line_end)
        .map(|g| g.at)
        .collect();
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.clone().into_iter().chain([piece.glyphs.len()]);
    starts
        .zip(ends)
        .filter(move |_| !cuts.is_empty())
        .map(move |(a, b)| (a, b, piece))
}

/// One line of the file, measured.
struct Row {
    start: usize,
    width: f32,
    /// It ends a sentence.
    stops: bool,
    /// It ends with a mark inside a sentence.
    pauses: bool,
    /// It holds any mark of a sentence.
    has_marks: bool,
    /// It stands alone whatever is around: a byline, a list's item …
    alone: bool,
    /// It begins an item of a list, or what somebody says in an interview.
    item: bool,
    /// It begins as a report does.
    dateline: bool,
    /// It begins with a mark that cannot begin a paragraph.
    follows: bool,
}

fn row(piece: &Piece, start: usize, end: usize) -> Row {
    let glyphs = &piece.glyphs[start..end];
    let part = piece.part(start, end);
    let pause = |g: &Glyph| is_pause(g.c);
    Row {
        start,
        width: width(glyphs),
        stops: ends_sentence(glyphs),
        pauses: glyphs.last().is_some_and(pause),
        has_marks: glyphs.iter().any(|g| pause(g) || is_stop(g.c)),
        alone: byline::is_byline(&part)
            || (glyphs.len() < 20 && wording::is_roll(&text(glyphs)))
            || kinds::is_row(&part)
            || (glyphs[0].line <= HEAD && masthead::is_head(&part)),
        item: marker::find(glyphs).is_some() || kinds::begins_speech(glyphs),
        dateline: wording::is_dateline(glyphs),
        follows: pause(&glyphs[0]) || is_stop(glyphs[0].c),
    }
}

fn split_one(piece: Piece, page: Option<f32>, indents: bool) -> Vec<Piece> {
    let rows: Vec<Row> = rows(&piece).map(|(a, b, p)| row(p, a, b)).collect();
    if rows.len() < 2 || kinds::is_verse(&piece) {
        return vec![piece];
    }
    let own = mode(
        rows.iter()
            .map(|r| r.width)
            .filter(|w| (NARROWEST..=WIDEST).contains(w)),
        3,
    );
    let column = own.or(page);
    let unwrapped = rows.iter().any(|r| r.width > WIDEST);
    // Where paragraphs are indented, lines that are not and end nothing are
    // headings.
    let headings = indents && !piece.indented && rows.len() < 5 && !rows.iter().any(|r| r.stops);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..rows.len() {
        let indented = piece.indented && start == 0;
        let cut = match column {
            _ if rows[i].follows => false,
            _ if headings => true,
            Some(column) if !unwrapped => cut_in_column(&rows, i, start, indented, column),
            _ => cut_without_column(&rows, i, start, indented, unwrapped),
        };
        if cut {
            out.push(piece.part(rows[start].start, rows[i].start));
            start = i;
        }
    }
    out.push(piece.part(rows[start].start, piece.glyphs.len()));
    out
}

/// Whether a paragraph ends before row `i`; the one being read began at `start`.
fn cut_in_column(rows: &[Row], i: usize, start: usize, indented: bool, column: f32) -> bool {
    let (before, here) = (&rows[i - 1], &rows[i]);
    let full = |r: &Row| (column - SHORT..=column + LONG).contains(&r.width);
    // A first line whose indent was lost is two em short.
    let first = |at: usize| {
        let short = column - rows[at].width;
        (SHORT..MUCH).contains(&short) && rows.get(at + 1).is_none_or(|n| full(n) || n.stops)
    };
    let out_of_column = |r: &Row| r.width > column + LONG || r.width < column - MUCH;
    if before.alone || here.alone {
        return true;
    }
    if here.item && (before.stops || before.pauses || out_of_column(before)) {
        return true;
    }
    if before.stops {
        // The first line may happen to end a sentence.
        if i - 1 == start && first(start) && full(here) && !here.alone {
            return false;
        }
        return !full(before) || first(i) || (out_of_column(here) && !here.has_marks);
    }
    if i - 1 == start && !before.item {
        if before.dateline {
            return false;
        }
        // An indented line is a paragraph's first one, or centred.
        if indented && (before.has_marks || before.width > column - 3.0 * MUCH) {
            return false;
        }
        // The paragraph so far is one line: is that a heading?
        let pieces_of_one_line = before.width + here.width <= column + LONG && here.stops;
        // A box wider than the column: its first line and its last.
        let boxed = before.width > column + LONG && before.has_marks;
        if boxed && here.stops && here.width < before.width {
            return false;
        }
        if out_of_column(before) {
            return !before.pauses && !pieces_of_one_line;
        }
        return !before.has_marks && first(i);
    }
    // A heading that stands in the middle of a paragraph.
    here.width > column + LONG && !here.stops
}

/// The same where no column is known.
fn cut_without_column(
    rows: &[Row],
    i: usize,
    start: usize,
    indented: bool,
    unwrapped: bool,
) -> bool {
    let (before, first) = (&rows[i - 1], i - 1 == start);
    let widest = if indented { NARROWEST } else { LONGEST_HEADING };
    let heading = first && !before.pauses && !before.item && before.width <= widest;
    unwrapped || before.alone || rows[i].alone || rows[i].item || before.stops || heading
}
