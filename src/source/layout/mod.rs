//! Print lines with coordinates → page text in reading order.
//!
//! What an OCR program says of the order is not asked: the places on the page
//! decide. [`order`] cuts the page into columns and blocks, [`compose`] writes
//! them as the text of a page: print lines as lines, a blank line between
//! blocks, an indent of two em where a paragraph begins, a headline on one line.

mod compose;
mod order;

#[cfg(test)]
mod tests;

/// White space inside a line that is wider than this, in heights of its words,
/// parts columns.
const GUTTER: f32 = 1.2;
/// … and than this, is white space between two Chinese words.
const SPACE: f32 = 0.7;

/// One print line of a page. Lengths are in the unit of its file (pixels,
/// tenths of a millimetre …), from the upper left corner of the page; only
/// their ratios count.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
    /// The size of its type: about one em.
    pub size: f32,
    /// Its words, joined.
    pub text: String,
}

impl Line {
    fn width(&self) -> f32 {
        self.right - self.left
    }

    /// The share of the lower one of two lines that stands beside the other.
    fn beside(&self, other: &Line) -> f32 {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        let lower = (self.bottom - self.top).min(other.bottom - other.top);
        if lower > 0.0 { shared / lower } else { 0.0 }
    }
}

/// Left, top, right and lower edge.
pub(super) type Edges = [f32; 4];

/// A print line as a file describes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Described {
    /// Where it stands, if that is said.
    pub edges: Option<Edges>,
    /// The size of its type, if that is said.
    pub size: Option<f32>,
    /// Its words, with their places.
    pub words: Vec<(Option<Edges>, String)>,
}

/// The text of a page of these lines, given in the order of the file; lines
/// without a letter or figure (rules and specks that were taken for characters)
/// are left out.
pub(super) fn page_text(described: Vec<Described>) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for line in described.into_iter().flat_map(split) {
        let line = placed(line, lines.last());
        if line.text.chars().any(char::is_alphanumeric) {
            lines.push(line);
        }
    }
    let body = body_size(&lines);
    compose::text(&order::regions(lines, body), body)
}

/// The parts of a line between which white space stands as no line has it
/// inside: OCR programs read through the gutter of two columns now and then.
/// Parts that make no columns are one line again in the end.
fn split(line: Described) -> Vec<Described> {
    let mut parts = vec![Described {
        size: line.size,
        ..Described::default()
    }];
    let mut before: Option<Edges> = None;
    for (edges, word) in line.words {
        if let (Some(a), Some(b)) = (before, edges)
            && b[0] - a[2] > GUTTER * (a[3] - a[1]).max(b[3] - b[1])
        {
            parts.push(Described {
                size: line.size,
                ..Described::default()
            });
        }
        before = edges.or(before);
        if let Some(part) = parts.last_mut() {
            part.words.push((edges, word));
        }
    }
    // What the file says of the place holds for a whole line only.
    if let [one] = parts.as_mut_slice() {
        one.edges = line.edges;
    }
    parts
}

/// A line with its place: what the file says, else that of its words, else
/// below the line before it.
fn placed(line: Described, before: Option<&Line>) -> Line {
    let words = line.words.iter().filter_map(|w| w.0);
    let mut heights: Vec<f32> = words.clone().map(|e| e[3] - e[1]).collect();
    heights.sort_by(f32::total_cmp);
    let around = words.reduce(|a, b| {
        [
            a[0].min(b[0]),
            a[1].min(b[1]),
            a[2].max(b[2]),
            a[3].max(b[3]),
        ]
    });
    let below = || {
        before.map_or([0.0, 0.0, 1.0, 1.0], |b| {
            [b.left, b.bottom, b.right, 2.0 * b.bottom - b.top]
        })
    };
    let [left, top, right, bottom] = line.edges.or(around).unwrap_or_else(below);
    let usual = heights.get(heights.len() / 2).copied();
    Line {
        left,
        top,
        right,
        bottom,
        size: line.size.or(usual).unwrap_or(bottom - top),
        text: join_words(&line.words),
    }
}

/// The size of the type that most characters of the page are set in.
fn body_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = lines
        .iter()
        .map(|l| (l.size, l.text.chars().count()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<usize>() / 2;
    let mut passed = 0;
    sizes
        .iter()
        .find(|(_, n)| {
            passed += n;
            passed > half
        })
        .map_or(1.0, |s| s.0)
}

/// Joins the words of a line: Latin words and figures with a space, Chinese with
/// one only where the print has white space, as between the halves of a
/// headline.
fn join_words(words: &[(Option<Edges>, String)]) -> String {
    let mut line = String::new();
    let mut before: Option<Edges> = None;
    for (edges, word) in words {
        let word = word.trim();
        if word.is_empty() {
            continue;
        }
        let apart = match (before, edges) {
            (Some(a), Some(b)) => b[0] - a[2] > SPACE * (a[3] - a[1]).max(b[3] - b[1]),
            _ => false,
        };
        let both = |is: fn(char) -> bool| {
            line.chars().next_back().is_some_and(is) && word.chars().next().is_some_and(is)
        };
        if both(|c| c.is_ascii_graphic()) || (apart && both(|c| c.is_alphanumeric())) {
            line.push(' ');
        }
        line.push_str(word);
        before = *edges;
    }
    line
}
