//! Regions of lines → text: which lines are one block, where a paragraph
//! begins, and what is a headline.

use super::Line;

/// Type larger than the body by this factor is a headline's.
const LARGE: f32 = 1.3;
/// Two lines are of one size when they differ by less than this factor.
const SAME_SIZE: f32 = 1.2;
/// An indent, in em: two, as far as a scan shows it.
const INDENT: std::ops::RangeInclusive<f32> = 1.3..=3.2;
/// White space between two lines that parts blocks: so many em more than the
/// usual leading of the region.
const APART: f32 = 0.6;
/// A line ends at its column's right edge when it lacks less than this, in em.
const FULL: f32 = 1.6;
/// So many indented lines make a page that indents its paragraphs.
const INDENTED_PAGE: usize = 3;
/// What the reader of pages takes for an indent.
const MARK: &str = "\u{3000}\u{3000}";

/// A block as it is written.
struct Block {
    lines: Vec<String>,
    large: bool,
    /// Its last line reaches the right edge of its column.
    full: bool,
    /// Its first line is indented.
    indented: bool,
    /// Its first line begins at the left edge of its column.
    flush: bool,
}

impl Block {
    /// Several lines, or one that ends a sentence: no heading.
    fn is_prose(&self) -> bool {
        self.lines.len() > 1 || self.ends_sentence()
    }

    fn ends_sentence(&self) -> bool {
        let ends = |l: &String| l.ends_with(['。', '！', '？', '”', '"', '）', '…']);
        self.lines.last().is_some_and(ends)
    }
}

/// The text of a page: regions in reading order, `em` the size of the body.
pub(super) fn text(regions: &[Vec<Line>], em: f32) -> String {
    let blocks: Vec<Block> = regions.iter().flat_map(|r| blocks(r, em)).collect();
    let indents = blocks.iter().filter(|b| b.indented).count() >= INDENTED_PAGE;
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in &blocks {
        // A paragraph goes on at the top of the next column: its line before is
        // full, and the new one is not indented. That is sure where paragraphs
        // are indented, or the sentence is not at its end.
        let goes_on = before.is_some_and(|b| {
            let body = !b.large && !block.large && b.lines.len() > 1 && block.is_prose();
            body && b.full && block.flush && (indents || !b.ends_sentence())
        });
        if !text.is_empty() && !goes_on {
            text.push('\n');
        }
        for (i, line) in block.lines.iter().enumerate() {
            if i == 0 && block.indented && !block.large {
                text.push_str(MARK);
            }
            text.push_str(line);
            text.push('\n');
        }
        before = Some(block);
    }
    text
}

/// The blocks of one region.
fn blocks(region: &[Line], em: f32) -> Vec<Block> {
    let body = || region.iter().filter(|l| l.size <= em * LARGE);
    let left = edge(body().map(|l| l.left), false);
    let right = edge(body().map(|l| l.right), true);
    let usual = leading(region);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in region {
        let large = line.size > em * LARGE;
        let shift = (line.left - left) / em;
        let indented = !large && INDENT.contains(&shift);
        let joins = before.is_some_and(|b| {
            let ratio = line.size.max(b.size) / line.size.min(b.size).max(f32::EPSILON);
            let space = line.top - b.bottom;
            let near = space <= usual + em * APART || (large && space <= line.size);
            let was_large = b.size > em * LARGE;
            large == was_large && (!large || ratio < SAME_SIZE) && near && !indented
        });
        match blocks.last_mut() {
            // A headline of two lines is one headline.
            Some(block) if joins && large => {
                if let Some(first) = block.lines.first_mut() {
                    first.push(' ');
                    first.push_str(&line.text);
                }
            }
            Some(block) if joins => {
                block.lines.push(line.text.clone());
                block.full = right - line.right < em * FULL;
            }
            _ => blocks.push(Block {
                lines: vec![line.text.clone()],
                large,
                full: right - line.right < em * FULL,
                indented,
                flush: shift.abs() < 0.8,
            }),
        }
        before = Some(line);
    }
    blocks
}

/// The edge of a column: the outermost place where at least two lines begin
/// (or end), so that one stray line moves nothing.
fn edge(places: impl Iterator<Item = f32>, outwards: bool) -> f32 {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    if outwards {
        places.reverse();
    }
    places.get(1).or(places.first()).copied().unwrap_or(0.0)
}

/// The usual white space between the lines of a region: the median.
fn leading(region: &[Line]) -> f32 {
    let mut spaces: Vec<f32> = region
        .windows(2)
        .map(|w| w[1].top - w[0].bottom)
        .filter(|s| *s > 0.0)
        .collect();
    spaces.sort_by(f32::total_cmp);
    spaces.get(spaces.len() / 2).copied().unwrap_or(0.0)
}
