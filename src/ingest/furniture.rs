//! Lines that belong to the page and to no article: which page it is and who
//! made it, and jump lines that stand in a paragraph.

use super::date;
use super::glyph::{Glyph, is_han, text};
use super::leaf;
use super::paper;
use super::piece::Piece;
use super::serial;

/// Who makes a page, and how he is reached.
const MAKERS: &[&str] = &[
    "责任编辑",
    "美术编辑",
    "版面编辑",
    "版式设计",
    "版面设计",
    "美编",
    "版式",
    "排版",
    "校对",
    "组版",
    "视觉设计",
    "视觉",
    "值班编委",
    "执行主编",
    "新闻热线",
    "投稿邮箱",
    "本版编辑",
    "本版插图",
    "本版摄影",
    "本版供图",
    "本期编辑",
    "本期责编",
    "题图",
    "审读",
    "审校",
    "投稿热线",
    "投稿信箱",
    "报料热线",
    "法律顾问",
    "本报法律顾问",
    "本报地址",
    "本刊地址",
    "编辑部地址",
];
/// Such words that others begin with: they have a mark behind them.
const MARKED_MAKERS: &[&str] = &["编辑", "责编", "主编"];
/// What stands behind those who make the page.
const REACHED: &[&str] = &["电话", "地址", "邮箱"];
/// The longest name of a section, in characters.
const LONGEST_SECTION: usize = 8;
/// The longest jump line, in characters.
const LONGEST_JUMP: usize = 14;

/// What a line at the head or foot of a page says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PageLine {
    /// The number of the page.
    pub page: Option<u32>,
    /// The name of its section.
    pub section: Option<String>,
}

/// Reads `第 2 版 综合新闻 2026 年 3 月 18 日 责任编辑:…`; `None` for any line
/// that says something else too.
pub(super) fn page_line(piece: &Piece) -> Option<PageLine> {
    if piece.glyphs.len() > 80 || piece.gaps.iter().any(|g| g.line_end) {
        return None;
    }
    let chars: Vec<char> = piece.glyphs.iter().map(|g| g.c).collect();
    let mut found = PageLine::default();
    let (mut dated, mut makers) = (false, 0);
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        if let Some((length, page)) = page(rest) {
            (found.page, at) = (Some(page), at + length);
        } else if let Some((_, range)) = date::find(rest).filter(|d| d.1.start == 0) {
            (dated, at) = (true, at + range.end);
        } else if let Some(maker) = maker(rest, makers > 0) {
            // Up to the end of the name behind it.
            let name = at + maker.chars().count();
            let from = name + usize::from(matches!(chars.get(name), Some(':' | '：' | '/' | '／')));
            let end = end(piece, from);
            // `周 舟`: a name that is spaced out.
            at = if end == from + 1 {
                self::end(piece, end)
            } else {
                end
            };
            makers += 1;
        } else if let Some(length) = serial::at_start(rest) {
            at += length;
        } else if let Some(length) = pages(rest) {
            at += length;
        } else if starts(rest, "星期") || matches!(rest[0], '|' | '·' | '/' | '｜') {
            at += if rest[0] == '星' { 3 } else { 1 };
        } else {
            let end = end(piece, at);
            let word = text(&piece.glyphs[at..end.min(chars.len())]);
            let named = (2..=LONGEST_SECTION).contains(&(end - at)) && word.chars().all(is_han);
            let paper = paper::recognise(&word).is_some();
            if !named || (found.section.is_some() && !paper) {
                return None;
            }
            if !paper {
                found.section = Some(word);
            }
            at = end;
        }
    }
    let made = makers > 0 && (found.section.is_none() || found.page.is_some());
    let paged = found.page.is_some() && (dated || makers > 0 || !piece.gaps.is_empty());
    (made || paged).then_some(found)
}

/// `今日8版`: how many pages there are.
fn pages(rest: &[char]) -> Option<usize> {
    let word = ["今日", "本期", "共"].iter().find(|w| starts(rest, w))?;
    let from = word.chars().count();
    let figures = rest[from..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let end = from + figures;
    (figures > 0 && rest.get(end) == Some(&'版')).then_some(end + 1)
}

/// Who makes the page, or how he is reached, when the line begins with it. `named` tells
/// that somebody was named before.
fn maker(rest: &[char], named: bool) -> Option<&'static str> {
    let marked = |m: &&&str| {
        let behind = rest.get(m.chars().count());
        starts(rest, m) && matches!(behind, Some(':' | '：' | '/' | '／'))
    };
    let plain = MAKERS.iter().find(|m| starts(rest, m));
    let reached = || REACHED.iter().filter(|_| named).find(marked);
    let makers = || MARKED_MAKERS.iter().find(marked);
    plain.or_else(makers).or_else(reached).copied()
}

/// Where the word that `at` stands in ends.
fn end(piece: &Piece, at: usize) -> usize {
    let next = piece.gaps.iter().map(|g| g.at).find(|g| *g > at);
    next.unwrap_or(piece.glyphs.len())
}

fn starts(chars: &[char], word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(i, c)| chars.get(i) == Some(&c))
}

/// `第2版` at the beginning: how long it is, and the number.
fn page(chars: &[char]) -> Option<(usize, u32)> {
    let end = chars.iter().take(6).position(|c| *c == '版')? + 1;
    let said: String = chars[..end].iter().collect();
    let own = leaf::own(&said)?;
    let figures = own.trim_start_matches(|c: char| c.is_ascii_uppercase());
    Some((end, figures.parse().ok()?))
}

/// Takes a jump line that stands at the end or the beginning of a paragraph,
/// or in brackets inside it, out of it.
pub(super) fn part(piece: Piece) -> Vec<Piece> {
    let whole = piece.glyphs.len();
    let Some((from, to)) = jump(&piece).filter(|j| *j != (0, whole)) else {
        return vec![piece];
    };
    let mut parts = Vec::new();
    for (a, b) in [(0, from), (from, to), (to, whole)] {
        if a < b {
            parts.push(piece.part(a, b));
        }
    }
    parts
}

fn jump(piece: &Piece) -> Option<(usize, usize)> {
    let glyphs = &piece.glyphs;
    let begins =
        |w: &[Glyph]| matches!((w[0].c, w[1].c), ('下', '转') | ('上', '接') | ('紧', '接'));
    let opens = |c: char| matches!(c, '(' | '（' | '【' | '[' | '▶' | '►' | '◀' | '◄');
    let closes = |c: char| matches!(c, ')' | '）' | '】' | ']' | '▶' | '►' | '◀' | '◄');
    glyphs
        .windows(2)
        .enumerate()
        .filter(|(_, w)| begins(w))
        .find_map(|(word, _)| {
            let marks = glyphs[..word]
                .iter()
                .rev()
                .take_while(|g| opens(g.c))
                .count();
            let from = word - marks;
            let near = &glyphs[word..glyphs.len().min(word + LONGEST_JUMP)];
            let page = word + near.iter().position(|g| matches!(g.c, '版' | '页'))? + 1;
            let to = page + glyphs[page..].iter().take_while(|g| closes(g.c)).count();
            let alone = marks > 0 || from == 0 || to == glyphs.len();
            let said = leaf::jump(&text(&glyphs[from..to])).is_some();
            (alone && said).then_some((from, to))
        })
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    fn line(text: &str) -> Option<(Option<u32>, Option<String>)> {
        page_line(&pieces(text)[0]).map(|l| (l.page, l.section))
    }

    #[test]
    fn lines_of_the_page_are_told_from_headlines() {
        let section = |s: &str| Some(s.to_string());
        for (text, page, section) in [
            (
                "第 2 版 综合新闻 2026 年 3 月 18 日 星期三 责任编辑:许未 美编:周 舟",
                Some(2),
                section("综合新闻"),
            ),
            ("第3版 副刊", Some(3), section("副刊")),
            ("2026年3月18日 第2版", Some(2), None),
            ("荷湾社区报 A05版 2026年3月18日", Some(5), None),
            ("责任编辑：许未 校对：周小舟", None, None),
        ] {
            assert_eq!(line(text), Some((page, section)), "{text}");
        }
        for text in [
            "第2版画册出版了",
            "社区食堂开张",
            "编辑部搬家",
            "2026年3月18日 星期三",
            "责任编辑 社区 夜谈",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn jump_lines_are_taken_out_of_paragraphs() {
        let parts = |t: &str| -> Vec<String> {
            part(pieces(t)[0].clone())
                .iter()
                .map(|p| text(&p.glyphs))
                .collect()
        };
        assert_eq!(parts("见面总要(下转第3版)"), ["见面总要", "(下转第3版)"]);
        assert_eq!(
            parts("（上接第 2 版）打个招呼。"),
            ["（上接第2版）", "打个招呼。"]
        );
        assert_eq!(parts("见面总要 下转第3版"), ["见面总要", "下转第3版"]);
        assert_eq!(parts("下转第3版"), ["下转第3版"]);
        assert_eq!(parts("病人由楼下转到三楼。"), ["病人由楼下转到三楼。"]);
    }
}
