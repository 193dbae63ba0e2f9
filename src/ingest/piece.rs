//! A page's text → blocks: what stands between blank lines and indents.

use super::glyph::{Glyph, is_blank};

/// Where white space stood in a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Before which glyph.
    pub at: usize,
    /// Whether a line of the file ended there.
    pub line_end: bool,
    /// The place of the white space, as that of a glyph ` `.
    pub space: Glyph,
}

/// A run of text without blank lines: its characters without white space, and
/// where white space stood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub glyphs: Vec<Glyph>,
    pub gaps: Vec<Gap>,
    /// Whether it began with the white space of an indent.
    pub indented: bool,
}

impl Piece {
    /// The runs between white space, in order.
    pub fn segments(&self) -> impl Iterator<Item = &[Glyph]> {
        let starts = std::iter::once(0).chain(self.gaps.iter().map(|g| g.at));
        let ends = self.gaps.iter().map(|g| g.at).chain([self.glyphs.len()]);
        starts.zip(ends).map(|(a, b)| &self.glyphs[a..b])
    }

    /// The part of the piece between two glyphs; white space at its ends is gone.
    pub fn part(&self, start: usize, end: usize) -> Piece {
        let first = self.gaps.partition_point(|g| g.at <= start);
        let last = self.gaps.partition_point(|g| g.at < end);
        Piece {
            glyphs: self.glyphs[start..end].to_vec(),
            gaps: self.gaps[first.min(last)..last]
                .iter()
                .map(|g| Gap {
                    at: g.at - start,
                    ..*g
                })
                .collect(),
            indented: self.indented && start == 0,
        }
    }
}

/// An indent: as much white space as two Chinese characters.
fn is_indent(space: &str) -> bool {
    space
        .chars()
        .map(|c| match c {
            '\u{3000}' => 2,
            '\t' => 4,
            _ => 1,
        })
        .sum::<usize>()
        >= 4
}

/// Splits a page at blank lines and before indents.
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut open = false;
    for (number, line) in page.split('\n').enumerate() {
        let number = number as u32 + 1;
        let body = line.trim_start_matches(is_blank);
        if body.is_empty() {
            open = false;
            continue;
        }
        let lead = &line[..line.len() - body.len()];
        let indented = is_indent(lead);
        let col = lead.chars().count() as u32;
        if !open || indented {
            found.push(Piece {
                glyphs: Vec::new(),
                gaps: Vec::new(),
                indented,
            });
            open = true;
        }
        if let Some(piece) = found.last_mut() {
            add_line(piece, body, number, col);
        }
    }
    found
}

fn add_line(piece: &mut Piece, line: &str, number: u32, first_col: u32) {
    // The place of a line end is that of the text it joins on.
    let mut space = (!piece.glyphs.is_empty()).then_some((true, first_col));
    for (col, c) in (first_col..).zip(line.chars()) {
        if is_blank(c) {
            space = space.or(Some((false, col)));
            continue;
        }
        if let Some((line_end, col)) = space.take() {
            piece.gaps.push(Gap {
                at: piece.glyphs.len(),
                line_end,
                space: Glyph {
                    c: ' ',
                    line: number,
                    col,
                },
            });
        }
        piece.glyphs.push(Glyph {
            c,
            line: number,
            col,
        });
    }
}
