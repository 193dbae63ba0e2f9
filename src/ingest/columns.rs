//! The width of the printed columns, and what it tells: which spaces are line
//! ends of the print, and whether a piece begins a paragraph.
//!
//! OCR often gives a paragraph as one line, with a space where each line of
//! the print ended. Where most such parts are of one width, that is the width
//! of the column; the first line of a paragraph is two characters shorter.

use super::piece::Piece;

/// Parts narrower than this (half ems) say nothing about a column.
const NARROWEST: u32 = 16;
/// Parts wider than this are no print lines.
const WIDEST: u32 = 120;
/// A line may fall short of the column by so much (half ems): punctuation is
/// set close, and counted narrow where the OCR wrote it half-width.
const SHORT: u32 = 2;
/// … and exceed it by so much.
const LONG: u32 = 3;

/// How a piece begins, as far as its first print line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Indented, or two characters short of the column: a new paragraph.
    Indented,
    /// As wide as the column: the end of a paragraph that began elsewhere.
    Full,
    /// No evidence.
    Unknown,
}

/// A piece measured against its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measured {
    /// The column's width in half ems, where one is known.
    pub column: Option<u32>,
    /// How the piece begins.
    pub start: Start,
    /// For each segment, whether a print line ends behind it.
    pub line_ends: Vec<bool>,
    /// The piece stands in a column of another width than the page's own.
    pub other_column: bool,
    /// Its last print line is full.
    pub ends_full: bool,
}

/// The width (half ems) of the page's commonest column.
pub(super) fn page_column<'a>(prose: impl Iterator<Item = &'a Piece>) -> Option<u32> {
    let mut counts = vec![0usize; WIDEST as usize + 2];
    for piece in prose {
        for width in inner_widths(piece) {
            counts[width as usize] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    let near = |w: usize| counts[w - 1..=w + 1].iter().sum::<usize>();
    let best = (NARROWEST as usize..=WIDEST as usize).max_by_key(|w| (near(*w), counts[*w]))?;
    (near(best) >= 6 && near(best) * 2 >= all).then_some(best as u32)
}

/// The widths of the parts that may be whole print lines: not the first, which
/// an indent shortens, and not the last.
fn inner_widths(piece: &Piece) -> impl Iterator<Item = u32> + '_ {
    let inner = piece.segments.len().saturating_sub(1);
    piece
        .segments
        .iter()
        .take(inner)
        .skip(1)
        .map(|s| s.width)
        .filter(|w| (NARROWEST..=WIDEST).contains(w))
}

/// Measures a piece of prose against its column.
pub(super) fn measure(piece: &Piece, page: Option<u32>) -> Measured {
    let own = own_column(piece, page);
    let column = own.or(page);
    let segments = &piece.segments;
    let mut line_ends: Vec<bool> = segments.iter().map(|s| s.line_end).collect();
    let mut start = if piece.indented {
        Start::Indented
    } else {
        Start::Unknown
    };
    let mut reach = 0;
    let mut first = true;
    if let Some(column) = column {
        for i in 0..segments.len() {
            reach += segments[i].width + u32::from(reach > 0);
            let next = segments.get(i + 1).map(|s| s.width);
            let overflows = next.is_some_and(|n| reach + 1 + n > column + LONG);
            let full = reach + SHORT >= column;
            // A space in a first line may stand where the line ends already:
            // what follows would not fit any more.
            let ends = segments[i].line_end || full || overflows;
            if first && (ends || next.is_none()) {
                first = false;
                if start == Start::Unknown {
                    start = begins(reach, column, next.is_some());
                }
            }
            if next.is_some() && ends {
                line_ends[i] = true;
                reach = 0;
            }
        }
    }
    Measured {
        column,
        start,
        line_ends,
        other_column: own.is_some(),
        ends_full: column.is_some_and(|c| reach + SHORT >= c),
    }
}

/// What the width of the first print line tells. A single line that is not
/// full may be just short.
fn begins(width: u32, column: u32, more_lines: bool) -> Start {
    let short = column.saturating_sub(width);
    if width > column + LONG {
        Start::Unknown
    } else if short <= SHORT {
        Start::Full
    } else if (SHORT + 1..=SHORT + 5).contains(&short) && (more_lines || short <= SHORT + 3) {
        Start::Indented
    } else {
        Start::Unknown
    }
}

/// The width of the piece's own column, where that is clearly not the page's.
fn own_column(piece: &Piece, page: Option<u32>) -> Option<u32> {
    let mut widths: Vec<u32> = inner_widths(piece).collect();
    if widths.len() < 2 {
        return None;
    }
    widths.sort_unstable();
    let middle = widths[widths.len() / 2];
    let even = widths
        .iter()
        .filter(|w| w.abs_diff(middle) <= SHORT)
        .count();
    let other = page.is_some_and(|p| middle.abs_diff(p) >= 5);
    (other && even * 4 >= widths.len() * 3).then_some(middle)
}

#[cfg(test)]
mod tests {
    use super::super::piece::tests::piece;
    use super::*;

    /// A piece whose segments are that many characters long.
    fn lines(widths: &[usize]) -> Piece {
        let words: Vec<String> = widths.iter().map(|w| "区".repeat(*w)).collect();
        piece(&words.join(" "))
    }

    #[test]
    fn the_commonest_width_is_the_column() {
        let page = [
            lines(&[13, 15, 15, 15, 2]),
            lines(&[15, 14, 15, 15, 9]),
            lines(&[6, 8]),
        ];
        assert_eq!(page_column(page.iter()), Some(30));
        assert_eq!(
            page_column(page[..1].iter()),
            None,
            "three lines prove nothing"
        );
    }

    #[test]
    fn a_short_first_line_begins_a_paragraph_and_a_full_one_goes_on() {
        let start = |w: &[usize]| measure(&lines(w), Some(30)).start;
        assert_eq!(start(&[13, 15, 15, 4]), Start::Indented);
        assert_eq!(start(&[15, 15, 15, 4]), Start::Full);
        assert_eq!(
            start(&[3, 9, 15, 15, 4]),
            Start::Indented,
            "a space inside the first line"
        );
        assert_eq!(start(&[9, 5, 16, 15, 4]), Start::Full);
        assert_eq!(start(&[5]), Start::Unknown);
        assert_eq!(
            measure(&lines(&[13, 15, 15, 4]), None).start,
            Start::Unknown
        );
    }

    #[test]
    fn spaces_inside_a_print_line_are_told_from_its_end() {
        let m = measure(&lines(&[13, 15, 7, 5, 1, 15, 4]), Some(30));
        assert_eq!(m.line_ends, [true, true, false, false, true, true, false]);
        assert!(!m.ends_full);
    }

    #[test]
    fn a_box_of_another_width_has_a_column_of_its_own() {
        let m = measure(&lines(&[17, 19, 19, 19, 14]), Some(30));
        assert_eq!(
            (m.column, m.start, m.other_column),
            (Some(38), Start::Indented, true)
        );
    }
}
