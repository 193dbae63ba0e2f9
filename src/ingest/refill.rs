//! Print lines of a text that was wrapped once more at odd places.
//!
//! Where spaces are the ends of print lines and line ends stand anywhere, runs of text
//! between the two are pieces of print lines. They are put together again so that as many
//! lines as can be are as wide as the column: the cheapest way through all cuts.

use super::glyph::{ends_sentence, is_han, width};
use super::piece::Piece;

/// So many pieces with both kinds of cuts tell that a page is one of these.
const LEAST: usize = 3;
/// The columns that are tried, in em.
const COLUMNS: std::ops::RangeInclusive<u32> = 9..=30;
/// How far from its width a line of a column may be, in em.
const SLACK: f32 = 0.8;
/// What a line costs: one as wide as the column, the first one of a paragraph, the last
/// one, any other.
const FULL: f32 = 0.1;
const FIRST: f32 = 0.4;
const LAST: f32 = 1.0;
const ODD: f32 = 4.0;
/// A line may cost so much in the mean where the column is the right one.
const MOST: f32 = 1.4;
/// Columns whose lines cost so little more are as good.
const AS_GOOD: f32 = 0.2;
/// So many runs of text are looked at for one line.
const RUNS: usize = 12;

/// Puts the print lines together again, when the page is such a one.
pub(super) fn refill(pieces: &mut [Piece]) {
    let mixed = |p: &&Piece| is_mixed(p);
    if pieces.iter().filter(mixed).count() < LEAST {
        return;
    }
    let tried: Vec<(f32, f32)> = COLUMNS
        .map(|column| {
            let (mut cost, mut lines) = (0.0, 0);
            for piece in pieces.iter().filter(mixed) {
                let (own, ends) = lay(piece, column as f32);
                cost += own;
                lines += ends.len() + 1;
            }
            (cost / lines as f32, column as f32)
        })
        .collect();
    let least = tried.iter().map(|t| t.0).fold(f32::INFINITY, f32::min);
    log::trace!("print lines are put together: {tried:?}");
    // Two lines of a column are as wide as one of twice its width.
    let narrowest = tried.iter().find(|(cost, _)| *cost <= least + AS_GOOD);
    let Some((_, column)) = narrowest.copied().filter(|(cost, _)| *cost <= MOST) else {
        return;
    };
    for piece in pieces.iter_mut().filter(|p| is_mixed(p)) {
        let ends = lay(piece, column).1;
        let latin = |at: usize| !is_han(piece.glyphs[at - 1].c) && !is_han(piece.glyphs[at].c);
        let mut gaps = piece.gaps.clone();
        gaps.retain_mut(|gap| {
            gap.line_end = ends.binary_search(&gap.at).is_ok();
            gap.line_end || latin(gap.at)
        });
        piece.gaps = gaps;
    }
}

/// Whether lines end in the piece at spaces and at line ends.
fn is_mixed(piece: &Piece) -> bool {
    let han = |at: usize| is_han(piece.glyphs[at - 1].c) || is_han(piece.glyphs[at].c);
    let spaces = piece
        .gaps
        .iter()
        .filter(|g| !g.line_end && !g.wide && han(g.at));
    let ends = piece.gaps.iter().filter(|g| g.line_end);
    spaces.count() >= 2 && ends.count() >= 1
}

/// The cheapest lines of such a column: what they cost, and where they end (but for the
/// last one).
fn lay(piece: &Piece, column: f32) -> (f32, Vec<usize>) {
    let cuts: Vec<usize> = ([0].into_iter())
        .chain(piece.gaps.iter().map(|g| g.at))
        .chain([piece.glyphs.len()])
        .collect();
    let widths: Vec<f32> = (cuts.windows(2))
        .map(|w| width(&piece.glyphs[w[0]..w[1]]))
        .collect();
    let stops: Vec<bool> = (cuts.iter())
        .map(|at| ends_sentence(&piece.glyphs[..*at]))
        .collect();
    let last = cuts.len() - 1;
    let mut best = vec![(f32::INFINITY, 0); cuts.len()];
    best[0] = (0.0, 0);
    for end in 1..=last {
        let mut wide = 0.0;
        for start in (0..end).rev().take(RUNS) {
            wide += widths[start];
            if wide > column + SLACK && end > start + 1 {
                break;
            }
            let begins = start == 0 || stops[start];
            let cost = match wide - column {
                d if d.abs() <= SLACK => FULL,
                d if begins && (d + 2.0).abs() <= SLACK => FIRST,
                d if d < 0.0 && (end == last || stops[end]) => LAST,
                _ => ODD,
            };
            if best[start].0 + cost < best[end].0 {
                best[end] = (best[start].0 + cost, start);
            }
        }
    }
    let mut ends = Vec::new();
    let mut at = best[last].1;
    while at > 0 {
        ends.push(cuts[at]);
        at = best[at].1;
    }
    ends.reverse();
    (best[last].0, ends)
}

#[cfg(test)]
mod tests {
    use super::super::glyph::text;
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn print_lines_are_put_together_where_line_ends_stand_anywhere() {
        let whole = "老旧小区的地下管线建于上世纪每到冬天爆管跑水的投诉就接连不断去年有一个深夜主管\
                    突然爆裂等维修工人赶到时三幢楼的底楼已经进了水街道与一家本地企业合作在管网的关键\
                    节点安装了压力计只要数据出现异常后台就会自动派单维修人员十五分钟内必须响应。";
        let chars: Vec<char> = whole.chars().collect();
        // The first print line is two em short, the column is 12 em wide.
        let (first, rest) = chars.split_at(10);
        let lines: Vec<String> = [first]
            .into_iter()
            .chain(rest.chunks(12))
            .map(|line| line.iter().collect())
            .collect();
        // Two of three are wrapped somewhere in the middle.
        let wrapped = lines.iter().enumerate().map(|(n, line)| {
            let at = line.char_indices().nth(2 + n % 5).map_or(0, |(at, _)| at);
            match n % 3 {
                2 => line.clone(),
                _ => format!("{}\n{}", &line[..at], &line[at..]),
            }
        });
        let page = wrapped.collect::<Vec<_>>().join(" ");
        let mut all = pieces(&format!("{page}\n\n{page}\n\n{page}"));
        refill(&mut all);
        let found: Vec<String> = all[0].segments().map(text).collect();
        assert_eq!(found, lines);
    }
}
