//! White space between the characters of a piece: what stays and what was
//! only layout.

use super::chars::{is_han, is_quote, is_wide_punct};
use super::piece::{Glyph, Piece};

/// What stands on one side of a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Han,
    /// Punctuation of Chinese print, or ASCII punctuation behind a Chinese
    /// character.
    Punct,
    Digit,
    /// Letters, codes, signs.
    Latin,
}

/// The characters of running text: line ends and stray spaces between Chinese
/// characters go, as do those between Chinese and letters or digits; one space
/// stays between words of letters.
///
/// `line_ends` tells which spaces are ends of print lines; any other may be
/// meant where it parts the two equal halves of a quoted name.
pub(super) fn close_prose(piece: &Piece, line_ends: &[bool]) -> Vec<Glyph> {
    close(piece, |i, at, a, b| match (a, b) {
        (Side::Latin | Side::Digit, Side::Latin | Side::Digit) => true,
        (Side::Han, Side::Han) => {
            !line_ends.get(i).copied().unwrap_or(false) && parts_a_name(&piece.glyphs, at)
        }
        _ => false,
    })
}

/// The characters of a heading, a byline, a masthead or an advert, where a
/// space between two words of Chinese is meant.
///
/// Words of one character each that follow one another are one word, set wide
/// (`荣 获`, or a name of two characters among names of three).
pub(super) fn close_display(piece: &Piece) -> Vec<Glyph> {
    let len = |i: usize| {
        let start = i.checked_sub(1).map_or(0, |j| piece.segments[j].end);
        piece.segments.get(i).map_or(0, |s| s.end - start)
    };
    close(piece, |i, _, a, b| {
        if piece.segments[i].line_end {
            return matches!(
                (a, b),
                (Side::Latin | Side::Digit, Side::Latin | Side::Digit)
            ) || (len(i) >= 2 && len(i + 1) >= 2 && a == Side::Han && b == Side::Han);
        }
        match (a, b) {
            (Side::Punct, _) | (_, Side::Punct) => false,
            (Side::Han, Side::Han) => !(len(i) == 1 && len(i + 1) == 1),
            (Side::Han, Side::Digit | Side::Latin) => !plain(piece, i + 1),
            (Side::Digit | Side::Latin, Side::Han) => !plain(piece, i),
            _ => true,
        }
    })
}

/// Whether segment `i` is a bare number or a word of letters, which belongs to
/// its Chinese neighbours; a code (`CN31-0062`) stands by itself.
fn plain(piece: &Piece, i: usize) -> bool {
    let start = i.checked_sub(1).map_or(0, |j| piece.segments[j].end);
    let end = piece.segments.get(i).map_or(start, |s| s.end);
    let all = |of: fn(char) -> bool| piece.glyphs[start..end].iter().all(|g| of(g.c));
    all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%')) || all(|c| c.is_ascii_alphabetic())
}

/// Joins the segments, keeping one space wherever `keep` says so; it gets the
/// segment's number, the index of the first glyph behind the space, and what
/// stands on both sides.
fn close(piece: &Piece, keep: impl Fn(usize, usize, Side, Side) -> bool) -> Vec<Glyph> {
    let glyphs = &piece.glyphs;
    let mut out = Vec::with_capacity(glyphs.len());
    let mut start = 0;
    for (i, segment) in piece.segments.iter().enumerate() {
        out.extend_from_slice(&glyphs[start..segment.end]);
        start = segment.end;
        if start == 0 || start == glyphs.len() {
            continue;
        }
        let sides = (before(glyphs, start), after(glyphs, start));
        if keep(i, start, sides.0, sides.1) {
            let last = glyphs[start - 1];
            out.push(Glyph {
                c: ' ',
                col: last.col + 1,
                ..last
            });
        }
    }
    out
}

/// How far a side is looked for behind quotes and brackets.
const REACH: usize = 8;

fn before(glyphs: &[Glyph], at: usize) -> Side {
    let mut seen = glyphs[..at].iter().rev().take(REACH).map(|g| g.c);
    let first = seen.find(|c| !is_quote(*c)).unwrap_or('“');
    if is_ascii_punct(first) {
        let inner = seen.find(|c| !is_quote(*c) && !is_ascii_punct(*c));
        return match inner {
            Some(c) if is_han(c) || is_wide_punct(c) => Side::Punct,
            Some('(' | ')' | '%') => Side::Punct,
            _ => Side::Latin,
        };
    }
    side(first)
}

fn after(glyphs: &[Glyph], at: usize) -> Side {
    let mut seen = glyphs[at..].iter().take(REACH).map(|g| g.c);
    let first = seen.find(|c| !is_quote(*c)).unwrap_or('“');
    if is_ascii_punct(first) {
        return Side::Punct;
    }
    side(first)
}

fn is_ascii_punct(c: char) -> bool {
    matches!(c, ',' | '.' | ':' | ';' | '!' | '?' | '(' | ')')
}

fn side(c: char) -> Side {
    if is_han(c) {
        Side::Han
    } else if c.is_ascii_digit() || c == '%' {
        Side::Digit
    } else if is_wide_punct(c) || is_quote(c) {
        Side::Punct
    } else if c.is_ascii() || c.is_alphabetic() {
        Side::Latin
    } else {
        // Other signs, such as □ or ℃, go with Chinese text.
        Side::Han
    }
}

/// Whether the space before glyph `at` stands in the middle of a quoted name
/// of two halves, `"美好社区 先锋行动"`: as many characters on either side, up
/// to the quotation marks.
fn parts_a_name(glyphs: &[Glyph], at: usize) -> bool {
    const LONGEST_HALF: usize = 10;
    let half = |mut side: Box<dyn Iterator<Item = &Glyph> + '_>| {
        let mut count = 0;
        loop {
            match side.next().map(|g| g.c) {
                Some(c) if is_han(c) && count < LONGEST_HALF => count += 1,
                Some(c) if is_quote(c) => return Some(count),
                _ => return None,
            }
        }
    };
    let left = half(Box::new(glyphs[..at].iter().rev()));
    let right = half(Box::new(glyphs[at..].iter()));
    left.is_some_and(|n| n >= 3) && left == right
}

#[cfg(test)]
mod tests {
    use super::super::piece::tests::piece;
    use super::*;

    fn prose(text: &str) -> String {
        close_prose(&piece(text), &[]).iter().map(|g| g.c).collect()
    }

    fn display(text: &str) -> String {
        close_display(&piece(text)).iter().map(|g| g.c).collect()
    }

    #[test]
    fn running_text_is_closed() {
        for (from, to) in [
            ("总建筑面积约为 19.9 万平方米", "总建筑面积约为19.9万平方米"),
            ("居民区党总支 的\"项目", "居民区党总支的\"项目"),
            ("今年, 江秋", "今年,江秋"),
            ("频 出。 去年 10 月, 小区", "频出。去年10月,小区"),
            ("教居民用 AI Agent 写诗", "教居民用AI Agent写诗"),
            ("Hello, world 你好", "Hello, world你好"),
            ("电话 021 6512 8888", "电话021 6512 8888"),
            ("率达95%, 同比", "率达95%,同比"),
            ("迈向\"共同治 理\" 的路", "迈向\"共同治理\"的路"),
        ] {
            assert_eq!(prose(from), to);
        }
    }

    #[test]
    fn a_quoted_name_of_two_halves_keeps_its_space_unless_a_line_ends_there() {
        let p = piece("列入\"美好社区 先锋行动\"20 个");
        let text = |ends: &[bool]| {
            close_prose(&p, ends)
                .iter()
                .map(|g| g.c)
                .collect::<String>()
        };
        assert_eq!(
            text(&[false, false, false]),
            "列入\"美好社区 先锋行动\"20个"
        );
        assert_eq!(text(&[true, false, false]), "列入\"美好社区先锋行动\"20个");
    }

    #[test]
    fn headings_and_names_keep_their_spaces() {
        for (from, to) in [
            (
                "共绘治理\"同心圆\" 做好社区服务\"大文章\"",
                "共绘治理\"同心圆\" 做好社区服务\"大文章\"",
            ),
            ("通讯员 钟丽 记者 郭爽", "通讯员 钟丽 记者 郭爽"),
            ("记者 江 晓 何小田", "记者 江晓 何小田"),
            ("荣 获", "荣获"),
            (
                "出版物号 CN31-0062 总第 8545 期",
                "出版物号 CN31-0062 总第8545期",
            ),
            ("信用编码: 17446818", "信用编码:17446818"),
            ("社区 AI 课堂开班", "社区AI课堂开班"),
            ("星级单位 3·15放心", "星级单位 3·15放心"),
        ] {
            assert_eq!(display(from), to);
        }
    }

    #[test]
    fn a_kept_space_has_the_place_of_the_first_white_space() {
        let g = close_display(&piece("江晓 何田"));
        assert_eq!((g[2].c, g[2].col, g[3].col), (' ', 2, 3));
    }
}
