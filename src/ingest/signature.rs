//! Who signs a letter or a notice, and when.

use super::date;
use super::glyph::{is_han, text, width};
use super::kinds::has_marks;
use super::piece::Piece;
use super::role::Role;
use super::wording;

/// `榕树街派出所 11月10日`: who gives a notice, and when.
fn is_signed_and_dated(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let month = line.rfind('月').map(|at| &line[..at]);
    let Some(month) = month.filter(|_| line.ends_with(['日', '曰'])) else {
        return false;
    };
    let figure = |c: char| c.is_ascii_digit() || "〇○一二三四五六七八九十廿年".contains(c);
    let who = month.trim_end_matches(figure);
    who.len() < month.len()
        && (2..=16).contains(&who.chars().count())
        && who
            .chars()
            .all(|c| is_han(c) || matches!(c, '（' | '）' | '(' | ')'))
        && piece.gaps.iter().any(|g| g.at == who.chars().count())
}

/// Whether the piece is a date alone.
fn is_date(piece: &Piece) -> bool {
    let chars: Vec<char> = piece.glyphs.iter().map(|g| g.c).collect();
    let found = date::find(&chars).map(|(_, range)| range.len());
    let short = || {
        let line = text(&piece.glyphs);
        let rest =
            line.trim_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十廿".contains(c));
        line.ends_with(['日', '曰']) && rest.starts_with('月') && line.chars().count() <= 8
    };
    found.is_some_and(|n| n + 2 >= chars.len()) || short()
}

/// How those sign who are no persons.
const SIGNERS: &[&str] = &[
    "中心",
    "委员会",
    "居委会",
    "村委会",
    "业委会",
    "公司",
    "学校",
    "编辑部",
    "办公室",
    "街道",
    "社区",
    "物业",
    "管理处",
    "派出所",
    "卫生站",
    "服务站",
    "食堂",
    "图书馆",
    "文化站",
    "工作站",
    "办事处",
    "协会",
    "党支部",
    "党总支",
    "幼儿园",
    "报社",
    "本报",
    "先生",
    "女士",
];

/// How offices end of which there are too many to name.
const OFFICES: &[char] = &[
    '站', '所', '局', '处', '部', '队', '委', '院', '店', '馆', '会', '社',
];

/// A single word that an office may be called.
fn is_office(piece: &Piece) -> bool {
    let last = piece.glyphs.last().map_or(' ', |g| g.c);
    piece.gaps.is_empty()
        && (4..=12).contains(&piece.glyphs.len())
        && piece.glyphs.iter().all(|g| is_han(g.c))
        && OFFICES.contains(&last)
}

/// Short lines that sign what stands above them.
pub(super) fn signatures(roles: &mut [Role], pieces: &[Piece]) {
    let signs = |piece: &Piece| {
        let line = text(&piece.glyphs);
        is_date(piece) || SIGNERS.iter().any(|s| line.ends_with(s))
    };
    let mut noticed = false;
    for i in 1..roles.len() {
        let above = roles[i - 1];
        if above == Role::Heading {
            noticed = wording::is_notice_title(&text(&pieces[i - 1].glyphs));
        }
        // Below a notice stands who gives it: `供水站`.
        let office = || noticed && above == Role::Prose && is_office(&pieces[i]);
        let short = width(&pieces[i].glyphs) <= 18.0 && !has_marks(&pieces[i].glyphs);
        // What stands apart from the text and right above a heading is its kicker.
        let heads = roles.get(i + 1) == Some(&Role::Heading)
            && pieces[i + 1].begins_below(&pieces[i])
            && !pieces[i].begins_below(&pieces[i - 1]);
        if heads {
            continue;
        }
        let open = matches!(
            roles[i],
            Role::Heading | Role::Advert | Role::Byline | Role::Contact
        );
        if open && above.is_body() && is_signed_and_dated(&pieces[i]) {
            roles[i] = Role::Signature;
            continue;
        }
        if !short || !open {
            continue;
        }
        let dated = |i: usize| pieces.get(i).is_some_and(is_date);
        let closed = matches!(above, Role::Closing | Role::Signature);
        let letter = || in_letter(&roles[..i]);
        let by_name = roles[i] == Role::Byline;
        let signed = if by_name {
            closed || (above.is_body() && letter())
        } else {
            (closed && (is_date(&pieces[i]) || above == Role::Closing))
                || (above.is_body() && (is_date(&pieces[i]) || dated(i + 1)))
                || (matches!(above, Role::Prose | Role::Item(_)) && signs(&pieces[i]))
                || office()
        };
        if signed {
            roles[i] = Role::Signature;
        }
    }
}

/// Whether the pieces so far end inside a letter.
fn in_letter(roles: &[Role]) -> bool {
    let body = roles.iter().rev().take_while(|r| r.is_body());
    body.take(12).any(|r| *r == Role::Salutation)
}
