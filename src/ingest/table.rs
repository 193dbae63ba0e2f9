//! Tables in plain text: lines whose cells are parted by tabs, wide spaces or
//! single ones.
//!
//! A row of headings tells how many cells a row has, and what each of them is
//! about. Without one a table is known by rows of one shape, or by the colon of
//! the line above it.

use std::ops::Range;

use super::glyph::{Glyph, is_han, is_stop, text, width};
use super::kinds;
use super::piece::Piece;
use super::space::{self, Spacing};
use super::wording;

/// What a line of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The headings of its columns.
    Head,
    /// A row.
    Row,
}

/// Words that head columns.
const HEADINGS: &[&str] = &[
    "时间",
    "地点",
    "地址",
    "电话",
    "日期",
    "星期",
    "姓名",
    "名称",
    "科室",
    "医生",
    "专家",
    "项目",
    "内容",
    "价格",
    "单价",
    "费用",
    "收费",
    "标准",
    "票价",
    "品种",
    "品名",
    "规格",
    "对象",
    "人数",
    "名额",
    "课程",
    "班次",
    "班级",
    "教师",
    "老师",
    "教室",
    "线路",
    "路线",
    "站点",
    "站名",
    "首班",
    "末班",
    "单位",
    "数量",
    "序号",
    "编号",
    "备注",
    "窗口",
    "业务",
    "活动",
    "场次",
    "主题",
    "主讲",
    "服务",
    "点位",
    "社区",
    "小区",
    "类别",
    "等级",
    "诊室",
    "门诊",
    "联系人",
    "负责人",
    "分数",
    "得分",
    "成绩",
    "名次",
    "队伍",
];
/// The longest heading of a column, in characters.
const LONGEST_HEADING: usize = 6;
/// The widest cell, in em.
const WIDEST_CELL: f32 = 22.0;
/// The longest row, in characters.
const LONGEST_ROW: usize = 120;
/// The longest figure that has its unit behind a space, in characters.
const LONGEST_FIGURE: usize = 4;
/// Rows of a table without headings.
const LEAST_ROWS: usize = 3;
/// Rows of a list below a colon, or below headings.
const LEAST_LISTED: usize = 2;
/// The widest row of a list, in em.
const WIDEST_LISTED: f32 = 26.0;

/// Which of the lines are a table's. `None` stands for what is no single line
/// of the file: a blank one, or a piece of several.
pub(super) fn find(lines: &[Option<&Piece>]) -> Vec<Option<Part>> {
    let mut found = vec![None; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_none_or(|line| line.gaps.is_empty()) {
            at += 1;
            continue;
        }
        let rest: Vec<&Piece> = lines[at..].iter().take(400).map_while(|l| *l).collect();
        let above = at.checked_sub(1).and_then(|i| lines[i]);
        let taken = if let Some(rows) = headed(&rest) {
            found[at] = Some(Part::Head);
            found[at + 1..at + 1 + rows].fill(Some(Part::Row));
            1 + rows
        } else {
            let rows = shaped(&rest).or_else(|| listed(above, &rest)).unwrap_or(0);
            found[at..at + rows].fill(Some(Part::Row));
            rows
        };
        at += taken.max(1);
    }
    found
}

/// How many rows stand below a row of headings.
fn headed(lines: &[&Piece]) -> Option<usize> {
    let (head, below) = lines.split_first()?;
    let cells = wide_cells(head);
    let cells = if cells.len() > 1 {
        cells
    } else {
        spaced_cells(head)
    };
    let many = cells.len();
    let heading = |r: &Range<usize>| {
        let cell = &head.glyphs[r.clone()];
        let plain = |g: &Glyph| is_han(g.c) || matches!(g.c, '(' | ')' | '（' | '）' | '/');
        cell.len() <= LONGEST_HEADING && cell.iter().all(plain)
    };
    if many < 2 || !cells.iter().all(heading) {
        return None;
    }
    let known = |r: &&Range<usize>| {
        let cell = text(&head.glyphs[(*r).clone()]);
        HEADINGS.iter().any(|h| cell.contains(h))
    };
    let known = cells.iter().filter(known).count();
    let rows = below
        .iter()
        .take_while(|row| is_plain(row) && fit(row, many).is_some())
        .count();
    let figures = below[..rows]
        .iter()
        .filter(|r| has_figures(&r.glyphs))
        .count();
    let wide = wide_cells(head).len() == many;
    let sure = known >= 2 || (wide && many > 2 && known > 0);
    (sure && rows >= LEAST_LISTED && figures * 2 >= rows).then_some(rows)
}

/// How many rows of one shape follow one another, their cells parted widely.
fn shaped(lines: &[&Piece]) -> Option<usize> {
    let many = wide_cells(lines.first()?).len();
    if many < 2 {
        return None;
    }
    let same = |row: &&&Piece| {
        let cells = wide_cells(row);
        let narrow = |r: &Range<usize>| width(&row.glyphs[r.clone()]) <= WIDEST_CELL;
        cells.len() == many
            && is_plain(row)
            && cells.iter().all(narrow)
            && (many > 2 || kinds::is_row(row))
    };
    let rows = lines.iter().take_while(same).count();
    let figures = lines[..rows]
        .iter()
        .filter(|r| has_figures(&r.glyphs))
        .count();
    (rows >= LEAST_ROWS && figures * 2 > rows).then_some(rows)
}

/// How many rows of a list stand below a line that ends with a colon.
fn listed(above: Option<&Piece>, lines: &[&Piece]) -> Option<usize> {
    let colon = |p: &Piece| p.glyphs.last().is_some_and(|g| matches!(g.c, '：' | ':'));
    if !above.is_some_and(colon) {
        return None;
    }
    let entry = |row: &&&Piece| {
        let cells = spaced_cells(row);
        let label = cells.first().map_or(&[][..], |r| &row.glyphs[r.clone()]);
        is_plain(row)
            && cells.len() > 1
            && width(&row.glyphs) <= WIDEST_LISTED
            && is_label(label)
            && !wording::has_phone(&row.glyphs)
    };
    let rows = lines.iter().take_while(entry).count();
    let figures = lines[..rows].iter().any(|r| has_figures(&r.glyphs));
    (rows >= LEAST_LISTED && figures).then_some(rows)
}

/// Whether a cell can say what its row is about.
pub(super) fn is_label(cell: &[Glyph]) -> bool {
    let han = cell.iter().filter(|g| is_han(g.c)).count();
    let marks = |g: &Glyph| matches!(g.c, '，' | ',' | '：' | ':' | '；' | ';');
    (2..=14).contains(&cell.len()) && han * 2 > cell.len() && !cell.iter().any(marks)
}

/// No sentence, and no line that goes on.
fn is_plain(row: &Piece) -> bool {
    let last = row.glyphs.last().map(|g| g.c);
    row.glyphs.len() <= LONGEST_ROW
        && !row.glyphs.iter().any(|g| is_stop(g.c))
        && !matches!(last, Some('，' | ',' | '、' | '：' | ':' | '；'))
}

fn has_figures(glyphs: &[Glyph]) -> bool {
    let weekday = |w: &[Glyph]| w[0].c == '周' && "一二三四五六日".contains(w[1].c);
    glyphs.iter().any(|g| g.c.is_ascii_digit()) || glyphs.windows(2).any(weekday)
}

/// The cells between wide spaces.
fn wide_cells(piece: &Piece) -> Vec<Range<usize>> {
    cut(piece, |i| piece.gaps[i].wide)
}

/// The cells between any spaces.
fn spaced_cells(piece: &Piece) -> Vec<Range<usize>> {
    cut(piece, |_| true)
}

fn cut(piece: &Piece, parts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let at = (0..piece.gaps.len())
        .filter(|i| parts(*i))
        .map(|i| piece.gaps[i].at);
    let starts = std::iter::once(0).chain(at.clone());
    let ends = at.chain([piece.glyphs.len()]);
    starts.zip(ends).map(|(a, b)| a..b).collect()
}

/// The cells of a row that has so many; `None` when its spaces do not tell.
///
/// A wide space parts cells, and so does one between two Chinese words; one
/// beside a figure may be nothing but the habit of an OCR program.
pub(super) fn fit(row: &Piece, many: usize) -> Option<Vec<Range<usize>>> {
    let ranks: Vec<u8> = (0..row.gaps.len()).map(|i| rank(row, i)).collect();
    (0..=4).find_map(|most| {
        let cells = cut(row, |i| ranks[i] <= most);
        (cells.len() == many).then_some(cells)
    })
}

/// A row as it is told: every cell with the heading of its column. `None` when
/// the spaces of the row do not tell which cell is which.
pub(super) fn told(head: &Piece, row: &Piece) -> Option<Vec<Glyph>> {
    let wide = wide_cells(head);
    let heads = if wide.len() > 1 {
        wide
    } else {
        spaced_cells(head)
    };
    let mut out: Vec<Glyph> = Vec::new();
    for (heading, cell) in heads.iter().zip(fit(row, heads.len())?) {
        let first = *row.glyphs.get(cell.start)?;
        if !out.is_empty() {
            out.push(Glyph { c: '；', ..first });
        }
        out.extend_from_slice(&head.glyphs[heading.clone()]);
        out.push(Glyph { c: '：', ..first });
        out.extend(space::join(
            &row.part(cell.start, cell.end),
            Spacing::Display,
            |_| false,
        ));
    }
    Some(out)
}

/// A row without headings: what it is about, a space, and what is said of it.
pub(super) fn spaced(row: &Piece) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(row.glyphs.len() + row.gaps.len());
    let cells = cut(row, |i| {
        let from = i.checked_sub(1).map_or(0, |i| row.gaps[i].at);
        // `60 元` is one value, `9:00-11:00 免费` are two.
        i == 0 || rank(row, i) < 4 || row.gaps[i].at - from > LONGEST_FIGURE
    });
    for cell in cells {
        if let (false, Ok(gap)) = (
            out.is_empty(),
            row.gaps.binary_search_by_key(&cell.start, |g| g.at),
        ) {
            out.push(row.gaps[gap].space);
        }
        let cell = row.part(cell.start, cell.end);
        out.extend(space::join(&cell, Spacing::Display, |_| false));
    }
    out
}

/// How little a space says: 0 parts for sure.
fn rank(row: &Piece, i: usize) -> u8 {
    let gap = row.gaps[i];
    let figure = |g: &Glyph| g.c.is_ascii_alphanumeric();
    let (before, after) = (&row.glyphs[gap.at - 1], &row.glyphs[gap.at]);
    match (figure(before), figure(after)) {
        _ if gap.wide => 0,
        (true, true) | (false, false) => 1,
        (true, false) => 4,
        // `楼` in `1 楼 103 室`.
        (false, true) if i > 0 && gap.at - row.gaps[i - 1].at <= 2 && rank(row, i - 1) == 4 => 4,
        (false, true) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    fn parts(page: &str) -> Vec<Option<Part>> {
        let pieces = pieces(page);
        let lines: Vec<Option<&Piece>> = pieces.iter().map(Some).collect();
        find(&lines)
    }

    fn cells(row: &str, many: usize) -> Option<Vec<String>> {
        let row = &pieces(row)[0];
        let told = |r: Range<usize>| text(&row.glyphs[r]);
        fit(row, many).map(|cells| cells.into_iter().map(told).collect())
    }

    #[test]
    fn rows_below_headings_are_found_whatever_parts_them() {
        let (head, row) = (Some(Part::Head), Some(Part::Row));
        for between in ["\t", "    ", " "] {
            let page = "项目 对象 时间\n量血压 老年居民 周一8:30-10:00\n修雨伞 全体居民 周三13:00-15:00\n\n欢迎光临。"
                .replace(' ', between);
            assert_eq!(parts(&page), [head, row, row, None], "{between:?}");
        }
    }

    #[test]
    fn spaces_beside_figures_part_only_where_cells_are_missing() {
        let told = |cells: &[&str]| Some(cells.iter().map(|c| c.to_string()).collect::<Vec<_>>());
        assert_eq!(
            cells("眼科 钱未央 周二全天 2 楼 208 室", 4),
            told(&["眼科", "钱未央", "周二全天", "2楼208室"])
        );
        assert_eq!(
            cells("内科 周小满 周一至周五 8:00-11:30 1 楼 103 室", 4),
            told(&["内科", "周小满", "周一至周五8:00-11:30", "1楼103室"])
        );
        assert_eq!(cells("理发 10 元/次", 2), told(&["理发", "10元/次"]));
        assert_eq!(cells("理发", 2), None);
    }

    #[test]
    fn a_list_below_a_colon_is_one() {
        let row = Some(Part::Row);
        assert_eq!(
            parts("阅览室开放时间改为:\n周一 闭馆\n周二至周五 9:00-17:00\n地址:河湾路3号"),
            [None, row, row, None]
        );
        assert_eq!(parts("王小明 李小红\n陈小军 周小兰\n吴小芳 郑小强"), [None]);
    }
}
