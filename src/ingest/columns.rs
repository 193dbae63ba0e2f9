//! Columns that a reading program read across: each line of the file holds a
//! line of every column, with tabs, rules or wide space between.

use super::glyph::{Glyph, em, is_blank, is_han};

/// So many lines at least are read across before they are taken for columns.
const LEAST_ROWS: usize = 3;
/// Space of so many half em parts columns.
const WIDE: usize = 4;
/// A column is at least so wide, in em; narrower cells are those of a table.
const NARROWEST: f32 = 9.0;
/// So large a share of a column's lines is as wide as it, but for the last ones
/// of paragraphs and the indents of first ones.
const FULL: f32 = 0.5;

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

/// Puts columns one below the other, with a blank line between.
pub(super) fn unweave(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while let Some(line) = rest.first() {
        if is_empty(line) {
            out.push(line.clone());
            rest = &rest[1..];
            continue;
        }
        let block = rest.iter().take_while(|l| !is_empty(l)).count();
        match columns(&rest[..block]) {
            Some(columns) => {
                for column in columns {
                    out.extend(column);
                    out.push(Line::new());
                }
            }
            None => out.extend_from_slice(&rest[..block]),
        }
        rest = &rest[block..];
    }
    out
}

fn is_empty(line: &Line) -> bool {
    line.iter().all(|g| is_blank(g.c))
}

/// A cell of a line: what stands between two partings.
struct Cell {
    glyphs: Line,
    /// Where it begins, in half em from the left.
    at: usize,
}

/// The columns of a run of lines without a blank one; `None` when they are not
/// read across.
fn columns(block: &[Line]) -> Option<Vec<Vec<Line>>> {
    let rows: Vec<Vec<Cell>> = block.iter().map(cells).collect();
    let many = rows.iter().map(Vec::len).max()?;
    let parted = rows.iter().filter(|r| r.len() == many).count();
    if many < 2 || parted < LEAST_ROWS {
        return None;
    }
    // Where the columns begin: as the fullest rows have it.
    let mut starts: Vec<usize> = (0..many)
        .map(|i| {
            let full = rows.iter().filter(|r| r.len() == many);
            let mut at: Vec<usize> = full.map(|r| r[i].at).collect();
            at.sort_unstable();
            at[at.len() / 2]
        })
        .collect();
    starts[0] = 0;
    let mut columns: Vec<Vec<Line>> = (0..many).map(|_| Vec::new()).collect();
    let tabbed = block.iter().any(|l| l.iter().any(|g| g.c == '\t'));
    for row in rows {
        let whole = row.len() == many;
        for (i, cell) in row.into_iter().enumerate() {
            let nearest = |at: usize| (0..many).min_by_key(|n| starts[*n].abs_diff(at));
            let column = match nearest(cell.at) {
                Some(n) if !whole && !tabbed => n,
                _ => i,
            };
            if !is_empty(&cell.glyphs) {
                columns[column].push(cell.glyphs);
            }
        }
    }
    columns.iter().all(|c| is_column(c)).then_some(columns)
}

/// Lines of one width, and Chinese text: no column of a table.
fn is_column(lines: &[Line]) -> bool {
    let mut widths: Vec<f32> = lines.iter().map(inked).collect();
    widths.sort_unstable_by(f32::total_cmp);
    let Some(widest) = widths.get(widths.len().saturating_sub(2)).copied() else {
        return false;
    };
    let full = widths.iter().filter(|w| **w >= widest - 3.0).count();
    let han = |l: &Line| l.iter().filter(|g| is_han(g.c)).count();
    widest >= NARROWEST
        && lines.len() >= 2
        && (full as f32) >= FULL * lines.len() as f32
        && lines.iter().filter(|l| han(l) >= 2).count() * 10 >= lines.len() * 7
}

fn inked(line: &Line) -> f32 {
    let ink = line.iter().filter(|g| !is_blank(g.c));
    ink.map(|g| em(g.c)).sum()
}

/// Splits a line at tabs, rules and wide space; indents at the beginning of a
/// cell stay with it.
fn cells(line: &Line) -> Vec<Cell> {
    let mut cells = vec![Cell {
        glyphs: Line::new(),
        at: 0,
    }];
    let mut at = 0;
    let mut i = 0;
    while i < line.len() {
        let space = line[i..].iter().take_while(|g| is_blank(g.c)).count();
        let wide: usize = line[i..i + space].iter().map(|g| half_em(g.c)).sum();
        let rule = line.get(i + space).is_some_and(|g| is_rule(g.c));
        let tab = line[i..i + space].iter().any(|g| g.c == '\t');
        let inside = cells.last().is_some_and(|c| !is_empty(&c.glyphs));
        let ends = i + space >= line.len();
        // An indent of two em may follow the space between columns.
        let parts = rule || tab || (wide >= WIDE + usize::from(!inside) * WIDE && !ends);
        if parts && !ends {
            let indent = line[i..i + space]
                .iter()
                .rev()
                .take_while(|g| g.c == '\u{3000}')
                .count();
            let mut glyphs = Line::new();
            let mut after = i + space;
            at += wide;
            if rule {
                let narrow = line[after + 1..].iter().take_while(|g| g.c == ' ').count();
                at += 1 + narrow;
                after += 1 + narrow;
            } else {
                glyphs.extend_from_slice(&line[i + space - indent.min(2)..i + space]);
            }
            cells.push(Cell { glyphs, at });
            i = after;
            continue;
        }
        let upto = (i + space + 1).min(line.len());
        if let Some(cell) = cells.last_mut() {
            cell.glyphs.extend_from_slice(&line[i..upto]);
        }
        at += wide + line.get(i + space).map_or(0, |g| half_em(g.c));
        i = upto;
    }
    cells
}

fn is_rule(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '¦')
}

fn half_em(c: char) -> usize {
    if c == '\u{3000}' || !c.is_ascii() {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unwoven(page: &str) -> String {
        let text = |l: Line| l.iter().map(|g| g.c).collect::<String>();
        let lines: Vec<String> = unweave(lines(page)).into_iter().map(text).collect();
        lines.join("\n")
    }

    const LEFT: [&str; 3] = ["社区食堂今天开张，头", "一天来了三百多人，人", "人都说好。"];
    const RIGHT: [&str; 3] = ["河边的步道修好了，从", "石桥可以一直走到公园", "大门口去。"];

    fn woven(between: &str) -> String {
        let rows = LEFT.iter().zip(RIGHT);
        let rows: Vec<String> = rows.map(|(l, r)| format!("{l}{between}{r}")).collect();
        format!("题目\n\n{}\n\n后面", rows.join("\n"))
    }

    #[test]
    fn columns_read_across_are_put_one_below_the_other() {
        let wanted = format!(
            "题目\n\n{}\n\n{}\n\n\n后面",
            LEFT.join("\n"),
            RIGHT.join("\n")
        );
        for between in ["\t", " | ", "      ", "｜"] {
            assert_eq!(unwoven(&woven(between)), wanted, "{between:?}");
        }
    }

    #[test]
    fn a_column_that_is_longer_keeps_its_lines() {
        let page = "社区食堂今天开张，头\t河边的步道修好了，从\n一天来了三百多人，人\t石桥可以一直走到公园\n\
            人都说好，还说明天再\t大门口去。\n来。";
        assert_eq!(
            unwoven(page),
            "社区食堂今天开张，头\n一天来了三百多人，人\n人都说好，还说明天再\n来。\n\n\
             河边的步道修好了，从\n石桥可以一直走到公园\n大门口去。\n"
        );
    }

    #[test]
    fn tables_and_print_lines_are_let_be() {
        for page in [
            "图书馆\t周二至周日\n食堂\t每天\n卫生站\t周一至周五\n窗口\t每周三",
            "社区食堂今天开张，头 一天来了三百多人，人 人都说好。",
            "王小明    李小红\n陈小军    周小兰\n吴小芳    郑小强",
        ] {
            assert_eq!(unwoven(page), page);
        }
    }
}
