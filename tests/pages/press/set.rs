//! Sets a text in print lines of so many em.

use super::{Cell, Line};

/// How wide a cell is set: what the OCR program added takes no room in print.
fn width_of(cell: &Cell) -> usize {
    cell.from.map_or(0, |_| halves(cell.c))
}

/// How wide a character is set, in half em. A narrow mark stands for a wide
/// one that was printed.
pub fn halves(c: char) -> usize {
    match c {
        ',' | ':' | ';' | '!' | '?' | '(' | ')' | '"' | '\'' => 2,
        c if c.is_ascii() => 1,
        _ => 2,
    }
}

/// Marks that no line begins with.
fn closes(c: char) -> bool {
    "，。、；：？！”’）》】,.;:?!)%".contains(c)
}

/// Marks that no line ends with.
fn opens(c: char) -> bool {
    "“‘（《【(".contains(c)
}

/// A straight quote opens when an even number stood before it.
fn quote_state(cells: &[Cell], at: usize) -> Option<bool> {
    let quote = cells[at].c;
    if quote != '"' && quote != '\'' {
        return None;
    }
    let before = cells[..at].iter().filter(|cell| cell.c == quote).count();
    Some(before % 2 == 0)
}

fn may_begin(cells: &[Cell], at: usize) -> bool {
    !closes(cells[at].c) && quote_state(cells, at) != Some(false)
}

fn may_end(cells: &[Cell], at: usize) -> bool {
    !opens(cells[at].c) && quote_state(cells, at) != Some(true)
}

/// Latin words and numbers are not cut.
fn sticks(a: char, b: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '%');
    word(a) && word(b)
}

/// The print lines of a text: the first `indent` em shorter, all others of
/// `column` em, the last as it comes. A closing mark hangs at a line's end, an
/// opening one goes to the next line.
pub fn lines(cells: &[Cell], column: usize, indent: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < cells.len() {
        let em = if lines.is_empty() {
            column - indent
        } else {
            column
        };
        let (mut end, mut width) = (start, 0);
        while end < cells.len() && width + width_of(&cells[end]) <= em * 2 {
            width += width_of(&cells[end]);
            end += 1;
        }
        if end < cells.len() {
            if !may_begin(cells, end) {
                // One mark hangs; where two would, the line ends before.
                let two = cells
                    .get(end + 1)
                    .is_some_and(|_| !may_begin(cells, end + 1));
                if two && end > start + 2 {
                    end -= 1;
                    while end > start + 1 && !may_begin(cells, end) {
                        end -= 1;
                    }
                } else {
                    end += 1;
                }
            }
            while end > start + 1
                && end < cells.len()
                && (!may_end(cells, end - 1) || sticks(cells[end - 1].c, cells[end].c))
                && end > start + em / 2
            {
                end -= 1;
            }
        }
        let line: Line = cells[start..end].to_vec();
        lines.push(trim(line));
        start = end;
    }
    lines.retain(|l| !l.is_empty());
    lines
}

fn trim(mut line: Line) -> Line {
    while line.last().is_some_and(|cell| cell.from.is_none()) {
        line.pop();
    }
    let lead = line.iter().take_while(|cell| cell.from.is_none()).count();
    line.drain(..lead);
    line
}
