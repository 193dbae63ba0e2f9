//! Names that only their places tell: pen names, names in brackets, names that a line end
//! parted from what they are.

use super::byline::{SPACED, is_names};
use super::finish::kind_of;
use super::glyph::{ends_sentence, is_han, text};
use super::piece::Piece;
use crate::model::ArticleKind;

/// Words of two or three characters below a headline that are no pen name.
const NO_NAMES: &[&str] = &[
    "前言",
    "导语",
    "按语",
    "题记",
    "引子",
    "背景",
    "评论",
    "短评",
    "链接",
    "编者按",
    "开栏语",
    "内容",
    "时间",
    "地点",
    "对象",
];

/// Whether the piece is two or three characters, as a pen name is; only what stands
/// around can tell.
pub(super) fn is_pen_name(piece: &Piece) -> bool {
    let line: String = piece.glyphs.iter().map(|g| g.c).collect();
    (2..=3).contains(&piece.glyphs.len())
        && piece.gaps.iter().all(|g| !g.line_end)
        && piece.glyphs.iter().all(|g| is_han(g.c))
        && ![SPACED, NO_NAMES].concat().contains(&line.as_str())
        && kind_of(&line, "") == ArticleKind::News
}

/// What editors put in brackets that is no name.
fn is_word_of_editors(word: &str) -> bool {
    let words = [
        "待续",
        "未完",
        "续完",
        "节选",
        "摘编",
        "连载",
        "资料",
        "图片",
        "附图",
        "组诗",
        "外一首",
        "小说",
        "散文",
        "随笔",
        "下转",
        "上接",
        "广告",
        "综合",
        "试行",
        "暂行",
    ];
    words.iter().any(|w| word.contains(w))
}

/// Whether the piece is one name in brackets, which a family's name need not prove.
pub(super) fn is_bracketed_name(piece: &Piece) -> bool {
    let ends = (piece.glyphs.first(), piece.glyphs.last());
    let closed =
        matches!(ends, (Some(a), Some(b)) if matches!((a.c, b.c), ('(' | '（', ')' | '）')));
    let inner = piece.glyphs.get(1..piece.glyphs.len().saturating_sub(1));
    let name = inner.unwrap_or_default();
    closed
        && (2..=4).contains(&name.len())
        && name.iter().all(|g| is_han(g.c))
        && !is_word_of_editors(&text(name))
}

/// A byline of which the line ended behind the role: it moves down to its name.
pub(super) fn mend(pieces: &mut [Piece]) {
    for i in 1..pieces.len() {
        let (above, here) = pieces.split_at_mut(i);
        let (Some(above), Some(here)) = (above.last_mut(), here.first_mut()) else {
            continue;
        };
        let glyphs = &above.glyphs;
        let roles = ["本报通讯员", "本报记者", "通讯员", "记者"];
        let ends = roles.iter().map(|r| r.chars().count()).zip(roles);
        let role = ends.into_iter().find(|(n, role)| {
            glyphs.len() > *n
                && ends_sentence(&glyphs[..glyphs.len() - n])
                && glyphs[glyphs.len() - n..]
                    .iter()
                    .map(|g| g.c)
                    .eq(role.chars())
        });
        let Some((length, _)) = role.filter(|_| is_names(here) && here.begins_below(above)) else {
            continue;
        };
        let at = glyphs.len() - length;
        let mut whole = above.part(at, glyphs.len());
        whole.append(here);
        *above = above.part(0, at);
        *here = whole;
    }
}
