//! Columns that a reading program read across: each line of the file holds a
//! line of every column, with tabs, rules or wide space between.
//!
//! A tab or a rule at the same place of several lines is certain evidence of
//! cells, a wide space at about the same width nearly so (`gutter`). Whether
//! the cells are lines of columns or those of a table their text tells: a column
//! is filled to its width and its sentences run over its lines.

use super::bands;
use super::cells::{Verdict, inked, is_empty, is_grid, judge};
use super::glyph::{Glyph, is_blank};
use super::gutter::{self, half_em};
use crate::diag::Diagnostic;
use crate::lm::WordModel;

/// So many lines at least are read across before they are taken for columns.
const LEAST_ROWS: usize = 3;
/// Blank lines inside columns.
const MOST_BLANK: usize = 2;

/// A line of the file with its white space.
pub(super) type Line = Vec<Glyph>;

/// The lines of a page.
pub(super) fn lines(page: &str) -> Vec<Line> {
    let glyphs = |(number, line): (usize, &str)| {
        let place = |(col, c): (usize, char)| Glyph {
            c,
            line: number as u32 + 1,
            col: col as u32,
        };
        line.chars().enumerate().map(place).collect()
    };
    page.split('\n').enumerate().map(glyphs).collect()
}

/// Lines that look like columns and could not be parted for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsure {
    /// The first character.
    pub first: Glyph,
    /// The number of the last line.
    pub last: u32,
}

impl Unsure {
    /// As it is told an editor.
    pub fn told(&self, file: &str) -> Diagnostic {
        Diagnostic::doubt(
            Some(self.first.place(file)),
            format!(
                "lines {} to {} look like columns read across, and could not be parted for sure",
                self.first.line, self.last
            ),
        )
        .help(
            "look at the printed page; put the columns one below the other, or a tab between them",
        )
    }
}

/// Puts columns one below the other, with a blank line between; where that
/// cannot be told for sure the lines stay, and are named.
pub(super) fn unweave(lines: Vec<Line>, model: Option<&WordModel>) -> (Vec<Line>, Vec<Unsure>) {
    let mut out = Vec::with_capacity(lines.len());
    let mut unsure = Vec::new();
    part(&lines, &mut out, &mut unsure, model);
    (out, unsure)
}

fn part(lines: &[Line], out: &mut Vec<Line>, unsure: &mut Vec<Unsure>, model: Option<&WordModel>) {
    let mut rest = lines;
    while let Some(line) = rest.first() {
        let Some((zone, taken)) = zone(rest) else {
            out.push(line.clone());
            rest = &rest[1..];
            continue;
        };
        match zone {
            Zone::Columns(columns) => {
                for band in bands::part(columns, model) {
                    let last = band.len() - 1;
                    for (i, column) in band.into_iter().enumerate() {
                        part(&settle(column), out, unsure, model);
                        // What breaks off at the foot of a column goes on at the
                        // head of the next one.
                        if i == last || !out.last().is_some_and(bands::breaks_off) {
                            out.push(Line::new());
                        }
                    }
                }
            }
            Zone::Table(rows) => out.extend(rows),
            Zone::Unsure => {
                unsure.extend(named(&rest[..taken]));
                out.extend_from_slice(&rest[..taken]);
            }
        }
        rest = &rest[taken..];
    }
}

fn named(lines: &[Line]) -> Option<Unsure> {
    let mut ink = lines.iter().flatten().filter(|g| !is_blank(g.c));
    let first = *ink.next()?;
    Some(Unsure {
        first,
        last: ink.next_back().map_or(first.line, |g| g.line),
    })
}

/// Lines with something at the same place of each.
enum Zone {
    /// Columns, from left to right.
    Columns(Vec<Vec<Line>>),
    /// Rows of a table; tabs stand for rules.
    Table(Vec<Line>),
    /// Perhaps columns.
    Unsure,
}

/// What begins at the first of the lines, and how many of them it takes.
fn zone(lines: &[Line]) -> Option<(Zone, usize)> {
    let holds = |mark: fn(char) -> bool| lines[0].iter().any(|g| mark(g.c));
    let ruled = || holds(is_rule).then(|| marked(lines, rule_cells)).flatten();
    let tabbed = || {
        holds(|c| c == '\t')
            .then(|| marked(lines, tab_cells))
            .flatten()
    };
    ruled().or_else(tabbed).or_else(|| spaced(lines))
}

/// Lines whose cells are parted by marks.
fn marked(lines: &[Line], cells: fn(&Line) -> Vec<Line>) -> Option<(Zone, usize)> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let (mut blank, mut end, mut widest) = (0, 0, 0.0f32);
    for line in lines {
        let drawn = !is_empty(line) && line.iter().all(|g| is_blank(g.c) || is_drawn(g.c));
        if drawn || is_empty(line) {
            blank += usize::from(!drawn);
            if blank > MOST_BLANK {
                break;
            }
            rows.push(Vec::new());
            end = if drawn { rows.len() } else { end };
            continue;
        }
        let found = cells(line);
        // One cell alone is the left column's, when it fits; below a blank line
        // it may be anything.
        if found.len() < 2 && (blank > 0 || inked(line) > widest + 1.5) {
            break;
        }
        blank = 0;
        widest = found.first().map_or(widest, |c| widest.max(inked(c)));
        rows.push(found);
        end = rows.len();
    }
    rows.truncate(end);
    // Frames make empty columns, which are none.
    let most = rows.iter().map(Vec::len).max()?;
    let used: Vec<bool> = (0..most)
        .map(|i| rows.iter().any(|r| r.get(i).is_some_and(|c| !is_empty(c))))
        .collect();
    for row in rows.iter_mut().filter(|r| r.len() > 1) {
        let mut at = 0;
        row.retain(|_| {
            at += 1;
            used[at - 1]
        });
    }
    let mut counts = vec![0usize; most + 1];
    rows.iter().for_each(|r| counts[r.len()] += 1);
    let many = (2..=most).max_by_key(|n| (counts[*n], *n))?;
    if counts[many] < LEAST_ROWS || counts[many + 1..].iter().any(|n| *n > 0) {
        return None;
    }
    let mut columns: Vec<Vec<Line>> = vec![Vec::new(); many];
    for row in &rows {
        let mut cells = row.clone();
        spread(&mut cells, many);
        for (i, column) in columns.iter_mut().enumerate() {
            column.push(cells.get(i).cloned().unwrap_or_default());
        }
    }
    let rule = lines[..end].iter().flatten().any(|g| is_rule(g.c));
    let zone = match judge(&columns) {
        Verdict::Columns => Zone::Columns(columns),
        _ if rule && !is_grid(&columns) => Zone::Columns(columns),
        Verdict::Unsure if !is_grid(&columns) => Zone::Unsure,
        _ => Zone::Table(rows.iter().map(|r| tabbed(r)).collect()),
    };
    Some((zone, end))
}

/// A line whose marks were lost to the wide space before its last cells: a
/// byline under each column, for example.
fn spread(cells: &mut Vec<Line>, many: usize) {
    let filled: Vec<usize> = (0..cells.len()).filter(|i| !is_empty(&cells[*i])).collect();
    let [only] = filled[..] else { return };
    if cells.len() < 2 || only == 0 {
        return;
    }
    let parts = gutter::parts(&cells[only]);
    if parts.len() == many {
        *cells = parts;
    }
}

/// A row of a table with tabs between its cells.
fn tabbed(row: &[Line]) -> Line {
    let mut out = Line::new();
    for cell in row.iter().filter(|c| !is_empty(c)) {
        if let (false, Some(first)) = (out.is_empty(), cell.first()) {
            out.push(Glyph { c: '\t', ..*first });
        }
        out.extend_from_slice(cell);
    }
    out
}

/// Lines whose cells are parted by wide space.
fn spaced(lines: &[Line]) -> Option<(Zone, usize)> {
    let pair = gutter::pair(lines)?;
    if pair.both < LEAST_ROWS {
        return None;
    }
    let taken = pair.len();
    let columns = vec![pair.left, pair.right];
    let zone = match judge(&columns) {
        Verdict::Columns => Zone::Columns(columns),
        Verdict::Unsure => Zone::Unsure,
        Verdict::Table => Zone::Table(lines[..taken].to_vec()),
    };
    Some((zone, taken))
}

/// A column by itself: its lines begin at its own edge, and white space at the
/// beginning of one is an indent or none.
fn settle(lines: Vec<Line>) -> Vec<Line> {
    let lead = |l: &Line| -> usize {
        let blanks = l.iter().take_while(|g| is_blank(g.c));
        blanks.map(|g| half_em(g.c)).sum()
    };
    let filled = || lines.iter().filter(|l| !is_empty(l));
    let edge = filled().map(lead).min().unwrap_or(0);
    // Where all other lines begin at the edge an indent may be one em.
    let flush = filled().filter(|l| lead(l) == edge).count();
    let one_em = filled().all(|l| !matches!(lead(l) - edge, 1 | 3)) && flush * 2 > filled().count();
    let indented = |l: &Line| match lead(l).saturating_sub(edge) {
        2 | 3 => one_em,
        n => n >= 4,
    };
    let last = lines
        .iter()
        .rposition(|l| !is_empty(l))
        .map_or(0, |i| i + 1);
    let own = |line: &Line| {
        let from = line.iter().take_while(|g| is_blank(g.c)).count();
        let to = line
            .iter()
            .rposition(|g| !is_blank(g.c))
            .map_or(0, |i| i + 1);
        let mut out = Line::new();
        if let (true, true, Some(first)) = (from < to, indented(line), line.first()) {
            out.extend(
                [Glyph {
                    c: '\u{3000}',
                    ..*first
                }; 2],
            );
        }
        out.extend_from_slice(&line[from.min(to)..to]);
        out
    };
    lines[..last].iter().map(own).collect()
}

/// Cells between rules.
fn rule_cells(line: &Line) -> Vec<Line> {
    line.split(|g| is_rule(g.c))
        .map(<[Glyph]>::to_vec)
        .collect()
}

/// Cells between tabs; tabs side by side are one, and white space behind the
/// last of them is an indent.
fn tab_cells(line: &Line) -> Vec<Line> {
    let mut cells = vec![Line::new()];
    let mut i = 0;
    while i < line.len() {
        let space = line[i..].iter().take_while(|g| is_blank(g.c)).count();
        match line[i..i + space].iter().rposition(|g| g.c == '\t') {
            Some(tab) => {
                cells.push(line[i + tab + 1..i + space].to_vec());
                i += space;
            }
            None => {
                let upto = (i + space + 1).min(line.len());
                if let Some(cell) = cells.last_mut() {
                    cell.extend_from_slice(&line[i..upto]);
                }
                i = upto;
            }
        }
    }
    cells
}

/// A rule between columns.
pub(super) fn is_rule(c: char) -> bool {
    matches!(
        c,
        '|' | '｜' | '│' | '┃' | '¦' | '║' | '┆' | '┊' | '┇' | '┋' | '∣' | '丨' | '︱'
    )
}

/// A line of a rule that was drawn: parts of frames.
fn is_drawn(c: char) -> bool {
    is_rule(c) || matches!(c, '\u{2500}'..='\u{257F}' | '-' | '+' | '=' | '_' | '—')
}
