//! A piece of a page: a paragraph, a heading or a part of one, as characters
//! with their places and the white space between them still undecided.

use super::chars::{half_ems, is_clause, is_stop};
use crate::diag::Place;
use crate::model::SourceText;

/// One character and where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub c: char,
    /// From 1.
    pub line: u32,
    /// From 0, in code points.
    pub col: u32,
}

/// Characters between two white spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// Behind its last glyph, as an index into [`Piece::glyphs`].
    pub end: usize,
    /// Printed width in halves of an em.
    pub width: u32,
    /// The source line ends behind it, rather than a space standing there.
    pub line_end: bool,
}

/// A piece of a page, in source order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its characters without white space.
    pub glyphs: Vec<Glyph>,
    /// Where white space stood.
    pub segments: Vec<Segment>,
    /// It was indented in the source.
    pub indented: bool,
    /// Blank lines before it.
    pub gap: u32,
}

impl Piece {
    /// The characters without white space.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|g| g.c).collect()
    }

    /// Its segments as strings.
    pub fn words(&self) -> Vec<String> {
        let mut start = 0;
        self.segments
            .iter()
            .map(|s| {
                let word = self.glyphs[start..s.end].iter().map(|g| g.c).collect();
                start = s.end;
                word
            })
            .collect()
    }

    /// The printed width without the spaces, in halves of an em.
    pub fn width(&self) -> u32 {
        self.segments.iter().map(|s| s.width).sum()
    }

    /// How many clause marks it has.
    pub fn clauses(&self) -> usize {
        self.glyphs.iter().filter(|g| is_clause(g.c)).count()
    }

    /// Whether a sentence ends in it (an ASCII full stop not counted).
    pub fn has_stop(&self) -> bool {
        self.glyphs.iter().any(|g| is_stop(g.c))
    }

    /// Where it begins.
    pub fn place(&self, file: &str) -> Option<Place> {
        self.glyphs.first().map(|g| Place::new(file, g.line, g.col))
    }

    /// Adds one character to the segment being written.
    pub fn push(&mut self, glyph: Glyph, new_segment: bool) {
        if new_segment || self.segments.is_empty() {
            self.segments.push(Segment {
                end: self.glyphs.len(),
                width: 0,
                line_end: false,
            });
        }
        self.glyphs.push(glyph);
        if let Some(last) = self.segments.last_mut() {
            last.end = self.glyphs.len();
            last.width += half_ems(glyph.c);
        }
    }

    /// Cuts the piece before glyph `at`.
    pub fn split(&self, at: usize) -> (Piece, Piece) {
        let mut parts = (
            Piece {
                indented: self.indented,
                gap: self.gap,
                ..Piece::default()
            },
            Piece::default(),
        );
        let mut start = 0;
        for segment in &self.segments {
            for i in start..segment.end {
                let part = if i < at { &mut parts.0 } else { &mut parts.1 };
                part.push(self.glyphs[i], i == start);
            }
            start = segment.end;
            let part = if segment.end <= at {
                &mut parts.0
            } else {
                &mut parts.1
            };
            if let Some(last) = part.segments.last_mut() {
                last.line_end = segment.line_end;
            }
        }
        parts
    }
}

/// Text of these characters. Written straight, because [`SourceText::push`]
/// looks back to the last anchor for every character, which a page that is one
/// endless line would pay for.
pub(super) fn to_source(file: &str, glyphs: &[Glyph]) -> SourceText {
    let mut text = SourceText::made(String::with_capacity(glyphs.len() * 3));
    text.file = file.to_string();
    let mut next = None;
    for g in glyphs {
        if next != Some((g.line, g.col)) {
            text.anchors.push(crate::model::Anchor {
                at: text.text.len(),
                line: g.line,
                col: g.col,
            });
        }
        text.text.push(g.c);
        next = Some((g.line, g.col + 1));
    }
    text
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One source line as a piece.
    pub fn piece(text: &str) -> Piece {
        let mut piece = Piece::default();
        let mut fresh = true;
        for (col, c) in text.chars().enumerate() {
            if c == ' ' {
                fresh = true;
            } else {
                let col = col as u32;
                piece.push(Glyph { c, line: 1, col }, fresh);
                fresh = false;
            }
        }
        piece
    }

    #[test]
    fn a_split_keeps_segments_and_characters() {
        let (a, b) = piece("贡献 力量。 江晓 何田").split(5);
        assert_eq!(a.words(), ["贡献", "力量。"]);
        assert_eq!(b.words(), ["江晓", "何田"]);
        let (a, b) = piece("贡献力量").split(2);
        assert_eq!(
            (a.words(), b.words()),
            (vec!["贡献".to_string()], vec!["力量".to_string()])
        );
        assert_eq!((a.width(), b.width()), (4, 4));
    }

    #[test]
    fn straight_writing_gives_what_push_gives() {
        let p = piece("甲乙 丙A丁");
        let quick = to_source("p", &p.glyphs);
        let mut slow = SourceText::made("");
        slow.file = "p".into();
        for g in &p.glyphs {
            slow.push(g.c, g.line, g.col);
        }
        assert_eq!(quick, slow);
    }
}
