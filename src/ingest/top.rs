//! The head of a page by its shape: short lines above the one that has the date.

use super::date::{self, Date};
use super::glyph::{Glyph, is_han, is_pause, is_stop, text};
use super::leaf;
use super::paper;
use super::piece::Piece;
use super::serial;

/// The line with the date is one of the first so many.
const REACH: usize = 5;
/// The longest line with a date, and the longest above it, in characters.
const LONGEST: usize = 100;
const LONGEST_ABOVE: usize = 12;
/// What stands beside the date in the head of a page.
const BESIDE: &[&str] = &[
    "星期", "编辑", "责编", "校对", "版式", "美编", "主办", "主管", "出版", "农历", "总第",
];

/// The number of the piece that dates the page, when all above it are short lines, or of
/// the head by their words (`taken`), and there is one at least.
pub(super) fn dated(pieces: &[Piece], taken: &[bool]) -> Option<usize> {
    let at = pieces.iter().take(REACH).position(is_dated)?;
    let of_head = pieces[..at]
        .iter()
        .zip(taken)
        .all(|(p, taken)| *taken || is_short(p));
    (at > 0 && of_head && is_short(&pieces[0])).then_some(at)
}

fn is_dated(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let chars: Vec<char> = line.chars().collect();
    let Some((Date::Real(_), range)) = date::find(&chars) else {
        return false;
    };
    let beside = BESIDE.iter().any(|w| line.contains(w)) || serial::find(&chars).is_some();
    let page = piece.segments().any(|s| leaf::own(&text(s)).is_some());
    let stopped = piece.glyphs.iter().any(|g| is_stop(g.c));
    chars.len() <= LONGEST && !stopped && (beside || page || range.len() == chars.len())
}

fn is_short(piece: &Piece) -> bool {
    let mark = |g: &Glyph| is_stop(g.c) || (is_pause(g.c) && g.c != '、');
    piece.glyphs.len() <= LONGEST_ABOVE && !piece.glyphs.iter().any(mark)
}

/// What the lines above say: the words of the first one up to a wide space or the end,
/// and the words of the section.
pub(super) fn names(above: &[Piece]) -> (Vec<Glyph>, String) {
    let own = |word: &&[Glyph]| leaf::own(&text(word)).is_none();
    let above = above.iter().filter(|p| is_short(p));
    let mut words = above.flat_map(|p| p.segments().filter(own));
    let paper = words.next().unwrap_or_default().to_vec();
    let section: Vec<String> = words.map(text).collect();
    (paper, section.join(" "))
}

/// The last character of a paper's name when it is misread.
pub(super) fn misread_end(name: &[Glyph]) -> Option<&Glyph> {
    let han = name.iter().filter(|g| is_han(g.c)).count();
    name.last()
        .filter(|g| han > 2 && paper::is_misread(g.c, '报'))
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn short_lines_above_a_dated_one_are_the_head() {
        let at = |page: &str| {
            let pieces = pieces(page);
            dated(&pieces, &vec![false; pieces.len()])
        };
        let told = "石桥生活扳\n\n健康·家\n\n2024年1月10日 星期三 第2版 责编:佟某\n\n正文。";
        assert_eq!(at(told), Some(2));
        assert_eq!(at("青麓报 2023年11月8日"), None);
        assert_eq!(
            at("社区办起了新食堂，老人吃饭有了着落\n\n2024年1月10日 星期三"),
            None
        );
        assert_eq!(at("食堂开张\n\n2024年1月10日，食堂开张。"), None);
        let (paper, section) = names(&pieces(told)[..2]);
        assert_eq!(
            (text(&paper).as_str(), section.as_str()),
            ("石桥生活扳", "健康·家")
        );
        assert_eq!(misread_end(&paper).map(|g| g.c), Some('扳'));
    }
}
