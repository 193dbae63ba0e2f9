//! The reading order of a page: the recursive XY cut.
//!
//! A region is cut where white space goes through it from edge to edge, and
//! its parts are cut again (Nagy and Seth, "Hierarchical representation of
//! optically scanned documents", ICPR 1984; on the boxes of what is printed:
//! Ha, Haralick and Phillips, "Recursive X-Y cut using bounding boxes of
//! connected components", ICDAR 1995). Two rules make it one for newspapers:
//!
//! * A gutter between columns goes before every cut across: the columns below
//!   a headline are read one after the other, though their lines stand side by
//!   side.
//! * Where there is no gutter, something spans it: a headline, the head of the
//!   page, a wide paragraph. The page is cut across next to what is set large
//!   or wide, at the widest white space there, so that the lines of columns set
//!   on one grid are not taken for rows.

use super::Line;

/// A gutter is at least so wide, in ems of the body.
const GUTTER: f32 = 0.6;
/// Columns have at least so many lines.
const COLUMN_LINES: usize = 2;
/// Type larger than the body by this factor is set large.
const LARGE: f32 = 1.3;
/// A line wider than the usual one by this factor spans columns.
const SPANNING: f32 = 1.25;

/// The lines of a page as regions in reading order; each region is one column
/// wide and sorted from top to bottom. `em` is the size of the body's type.
pub(super) fn regions(lines: Vec<Line>, em: f32) -> Vec<Vec<Line>> {
    let mut done = Vec::new();
    // A stack in place of recursion: the part to be read first lies on top.
    let mut open = vec![lines];
    while let Some(region) = open.pop() {
        if region.is_empty() {
            continue;
        }
        match cut(&region, em) {
            Some(at) => {
                let (first, second) = region.into_iter().partition(|l| at.is_before(l));
                open.push(second);
                open.push(first);
            }
            None => done.push(rows(region)),
        }
    }
    done
}

/// Where a region is cut.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    /// Between two columns, at this distance from the left.
    Down(f32),
    /// Between what is above and below this height.
    Across(f32),
}

impl Cut {
    fn is_before(self, line: &Line) -> bool {
        match self {
            Cut::Down(x) => line.left < x,
            Cut::Across(y) => line.top < y,
        }
    }
}

fn cut(region: &[Line], em: f32) -> Option<Cut> {
    if region.len() < 2 {
        return None;
    }
    if let Some(x) = gutter(region, em) {
        return Some(Cut::Down(x));
    }
    // One column needs no cut: its lines are sorted anyway.
    if !has_rows(region) {
        return None;
    }
    across(region, em).map(Cut::Across)
}

/// Whether any two lines of a region stand side by side.
fn has_rows(region: &[Line]) -> bool {
    let mut sorted: Vec<&Line> = region.iter().collect();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    sorted.windows(2).any(|w| w[0].beside(w[1]) > 0.5)
}

/// The white spaces between `edges` (from, to), as (middle, size).
fn gaps(mut edges: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let mut end = edges.first().map_or(0.0, |e| e.1);
    for (from, to) in edges {
        if from > end {
            found.push(((from + end) / 2.0, from - end));
        }
        end = end.max(to);
    }
    found
}

/// The widest gutter that no line of the region crosses.
fn gutter(region: &[Line], em: f32) -> Option<f32> {
    let edges = region.iter().map(|l| (l.left, l.right)).collect();
    gaps(edges)
        .into_iter()
        .filter(|(x, size)| {
            let left = region.iter().filter(|l| l.left < *x).count();
            let columns = left >= COLUMN_LINES && region.len() - left >= COLUMN_LINES;
            *size >= em * GUTTER && columns && side_by_side(region, *x)
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(x, _)| x)
}

/// Whether what stands on both sides of `x` shares some height: a line far
/// right above one far left makes no columns.
fn side_by_side(region: &[Line], x: f32) -> bool {
    let extent = |left: bool| {
        let side = region.iter().filter(|l| (l.left < x) == left);
        side.fold((f32::MAX, f32::MIN), |(top, bottom), l| {
            (top.min(l.top), bottom.max(l.bottom))
        })
    };
    let (a, b) = (extent(true), extent(false));
    let shared = a.1.min(b.1) - a.0.max(b.0);
    shared > 0.5 * (a.1 - a.0).min(b.1 - b.0)
}

/// Where to cut across: next to what is set large or wide, at the widest white
/// space; at the widest of all where nothing is.
fn across(region: &[Line], em: f32) -> Option<f32> {
    let mut widths: Vec<f32> = region.iter().map(Line::width).collect();
    widths.sort_by(f32::total_cmp);
    let usual = widths[widths.len() / 2];
    let stands_out = |l: &Line| l.size > em * LARGE || l.width() > usual * SPANNING;
    let edges = region.iter().map(|l| (l.top, l.bottom)).collect();
    // Numbers without sense must not make a cut with nothing on one side.
    let parts = |&(y, _): &(f32, f32)| {
        region.iter().any(|l| l.top < y) && region.iter().any(|l| l.top >= y)
    };
    let found: Vec<(f32, f32)> = gaps(edges).into_iter().filter(parts).collect();
    let next_to = |&&(y, size): &&(f32, f32)| {
        let (above, below) = (y - size / 2.0, y + size / 2.0);
        region
            .iter()
            .filter(|l| stands_out(l))
            .any(|l| (l.bottom - above).abs() < em * 0.5 || (l.top - below).abs() < em * 0.5)
    };
    let widest =
        |found: &[&(f32, f32)]| found.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|g| g.0);
    let near: Vec<_> = found.iter().filter(next_to).collect();
    widest(&near).or_else(|| widest(&found.iter().collect::<Vec<_>>()))
}

/// Sorts the lines of a region from top to bottom; what stands side by side
/// becomes one line from left to right, two em of space between.
fn rows(mut region: Vec<Line>) -> Vec<Line> {
    region.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in region {
        match rows.last_mut() {
            Some(row) if row.iter().all(|l| l.beside(&line) > 0.5) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    rows.into_iter().filter_map(one_line).collect()
}

fn one_line(mut row: Vec<Line>) -> Option<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut parts = row.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        whole.top = whole.top.min(part.top);
        whole.right = whole.right.max(part.right);
        whole.bottom = whole.bottom.max(part.bottom);
        whole.size = whole.size.max(part.size);
        whole.text.push(' ');
        whole.text.push_str(&part.text);
    }
    Some(whole)
}
