//! Cells that stand below one another: lines of a column, or of a table?

use super::columns::Line;
use super::glyph::{Glyph, em, is_blank, is_han, is_pause, is_stop};

/// The widest line of a column is at least so wide, in em; narrower cells are
/// those of a table.
const NARROWEST: f32 = 7.0;
/// So large a share of a column's lines is as wide as it, but for the last ones
/// of paragraphs and the indents of first ones.
const FULL: f32 = 0.5;
/// What cells that stand below one another are.
pub(super) enum Verdict {
    /// Lines of columns.
    Columns,
    /// Rows of a table.
    Table,
    /// Perhaps columns.
    Unsure,
}

/// What the columns of cells are.
pub(super) fn judge(columns: &[Vec<Line>]) -> Verdict {
    let filled = |c: &Vec<Line>| c.iter().filter(|l| !is_empty(l)).count();
    let ran_on = columns.iter().filter(|c| is_column(c)).count();
    let text = |c: &Vec<Line>| c.iter().flatten().filter(|g| is_han(g.c)).count() >= 4;
    let cells = |c: &Vec<Line>| {
        // A label, a time or a price beside every line.
        let rows = columns.iter().map(filled).max().unwrap_or(0);
        filled(c) * 10 >= rows * 8 && mean(c) < NARROWEST && !is_column(c)
    };
    if ran_on == columns.len() || (ran_on > 0 && columns.iter().all(|c| text(c) && !cells(c))) {
        return Verdict::Columns;
    }
    let sentences = |c: &Vec<Line>| c.iter().flatten().any(|g| matches!(g.c, '。' | '，' | ','));
    let wide = columns.iter().all(|c| mean(c) >= NARROWEST);
    if wide && columns.iter().any(sentences) {
        Verdict::Unsure
    } else {
        Verdict::Table
    }
}

fn mean(lines: &[Line]) -> f32 {
    let filled: Vec<f32> = lines.iter().filter(|l| !is_empty(l)).map(inked).collect();
    filled.iter().sum::<f32>() / filled.len().max(1) as f32
}

/// Every row has every cell, and nothing in them is a sentence.
pub(super) fn is_grid(columns: &[Vec<Line>]) -> bool {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let blank = |r: usize| columns.iter().all(|c| c.get(r).is_none_or(is_empty));
    let whole = |r: usize| {
        columns
            .iter()
            .all(|c| c.get(r).is_some_and(|l| !is_empty(l)))
    };
    let (mut full, mut all) = (0, 0);
    for row in (0..rows).filter(|r| !blank(*r)) {
        all += 1;
        full += usize::from(whole(row));
    }
    let mark = |g: &&Glyph| is_stop(g.c) || matches!(g.c, '，' | ',');
    let marks = columns.iter().flatten().flatten().filter(mark).count();
    full * 10 >= all * 8 && marks * 6 <= all && (columns.len() > 2 || mean(&columns[0]) < NARROWEST)
}

/// Lines of one width whose sentences run over them: no column of a table.
fn is_column(lines: &[Line]) -> bool {
    let lines: Vec<&Line> = lines.iter().filter(|l| !is_empty(l)).collect();
    let mut widths: Vec<f32> = lines.iter().map(|l| inked(l)).collect();
    widths.sort_unstable_by(f32::total_cmp);
    let Some(widest) = widths.get(widths.len().saturating_sub(2)).copied() else {
        return false;
    };
    let full = |w: f32| w >= widest - 3.0;
    let fills = widths.iter().filter(|w| full(**w)).count();
    let han = |l: &Line| l.iter().filter(|g| is_han(g.c)).count();
    let mark = |g: &&Glyph| is_stop(g.c) || is_pause(g.c);
    let marks = lines.iter().copied().flatten().filter(mark).count();
    let ends = |l: &Line| (l.iter().rev().find(|g| !is_blank(g.c))).is_some_and(|g| is_stop(g.c));
    let run_over = lines.iter().filter(|l| full(inked(l)) && !ends(l)).count();
    widest >= NARROWEST
        && lines.len() >= 2
        && (fills as f32) >= FULL * lines.len() as f32
        && lines.iter().filter(|l| han(l) >= 2).count() * 10 >= lines.len() * 7
        && marks * 5 >= lines.len()
        && run_over * 3 >= lines.len()
}

pub(super) fn is_empty(line: &Line) -> bool {
    line.iter().all(|g| is_blank(g.c))
}

/// How wide the characters of a line are, in em.
pub(super) fn inked(line: &Line) -> f32 {
    let ink = line.iter().filter(|g| !is_blank(g.c));
    ink.map(|g| em(g.c)).sum()
}
