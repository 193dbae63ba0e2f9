//! A page's text → blocks: what stands between blank lines and indents.

#[cfg(test)]
use super::columns;
use super::columns::Line;
use super::glyph::{Glyph, is_blank};
use super::gutter::half_em;
use super::table;

/// White space of so many half em is wide.
const WIDE: usize = 3;

/// Where white space stood in a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Before which glyph.
    pub at: usize,
    /// Whether a line of the file ended there.
    pub line_end: bool,
    /// Whether it was so wide that it parts more than words.
    pub wide: bool,
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
    /// Which block of the page it is a part of: blocks are what blank lines and indents
    /// part.
    pub block: usize,
}

impl Piece {
    /// The runs between white space, in order.
    pub fn segments(&self) -> impl Iterator<Item = &[Glyph]> {
        let starts = std::iter::once(0).chain(self.gaps.iter().map(|g| g.at));
        let ends = self.gaps.iter().map(|g| g.at).chain([self.glyphs.len()]);
        starts.zip(ends).map(|(a, b)| &self.glyphs[a..b])
    }

    /// Whether it begins on the line below the last one of another.
    pub fn begins_below(&self, above: &Piece) -> bool {
        let ends = above.glyphs.last().map(|g| g.line + 1);
        ends.is_some() && ends == self.glyphs.first().map(|g| g.line)
    }

    /// Adds another piece behind a line end.
    pub fn append(&mut self, other: &Piece) {
        let shift = self.glyphs.len();
        if let Some(glyph) = other.glyphs.first() {
            self.gaps.push(Gap {
                at: shift,
                line_end: true,
                wide: false,
                space: Glyph { c: ' ', ..*glyph },
            });
        }
        let gaps = other.gaps.iter().map(|g| Gap {
            at: g.at + shift,
            ..*g
        });
        self.gaps.extend(gaps);
        self.glyphs.extend(&other.glyphs);
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
            block: self.block,
        }
    }
}

/// An indent: as much white space as two Chinese characters.
fn is_indent(space: &[Glyph]) -> bool {
    space.iter().map(|g| half_em(g.c)).sum::<usize>() >= 4
}

/// Splits a page at blank lines and before indents, columns put one below the
/// other.
#[cfg(test)]
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    of_lines(columns::unweave(columns::lines(page), None).0)
}

/// Splits lines at blank ones and before indents.
pub(super) fn of_lines(lines: Vec<Line>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut open = false;
    for (line, part) in lines.iter().zip(rows_of_tables(&lines)) {
        let lead = line.iter().take_while(|g| is_blank(g.c)).count();
        let (lead, body) = line.split_at(lead);
        if body.is_empty() {
            open = false;
            continue;
        }
        let indented = is_indent(lead);
        if !open || indented || part {
            found.push(Piece {
                glyphs: Vec::new(),
                gaps: Vec::new(),
                indented,
                block: found.len(),
            });
        }
        // A row of a table goes on in no other line.
        open = !part;
        if let Some(piece) = found.last_mut() {
            add_line(piece, body);
        }
    }
    found
}

/// Which lines are rows of tables.
fn rows_of_tables(lines: &[Line]) -> Vec<bool> {
    let single = |line: &Line| {
        let from = line.iter().position(|g| !is_blank(g.c))?;
        let mut piece = Piece {
            glyphs: Vec::new(),
            gaps: Vec::new(),
            indented: false,
            block: 0,
        };
        add_line(&mut piece, &line[from..]);
        Some(piece)
    };
    let singles: Vec<Option<Piece>> = lines.iter().map(single).collect();
    let lines: Vec<Option<&Piece>> = singles.iter().map(Option::as_ref).collect();
    table::find(&lines).iter().map(Option::is_some).collect()
}

fn add_line(piece: &mut Piece, line: &[Glyph]) {
    // The place of a line end is that of the text it joins on.
    let mut space = (line.first())
        .filter(|_| !piece.glyphs.is_empty())
        .map(|first| (true, *first, 0));
    for g in line {
        if is_blank(g.c) {
            let (_, _, wide) = space.get_or_insert((false, *g, 0));
            *wide += half_em(g.c);
            continue;
        }
        if let Some((line_end, at, wide)) = space.take() {
            piece.gaps.push(Gap {
                at: piece.glyphs.len(),
                line_end,
                wide: wide >= WIDE,
                space: Glyph { c: ' ', ..at },
            });
        }
        piece.glyphs.push(*g);
    }
}
