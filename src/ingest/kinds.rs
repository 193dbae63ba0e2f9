//! Pieces of special kinds: interviews, letters, poems, captions, rows of
//! tables, and what is of no article.

use super::byline;
use super::glyph::{Glyph, is_han, is_pause, is_stop, text, width};
use super::piece::Piece;
use super::role::Role;
use super::table;
use super::wording;
use crate::model::interview::{self, Turn};

/// Finds interviews: speakers that take turns, one of them asking.
pub(super) fn interviews(roles: &mut [Role], pieces: &[Piece]) {
    let texts: Vec<String> = pieces.iter().map(|p| text(&p.glyphs)).collect();
    let turns = interview::turns(texts.iter().map(String::as_str));
    let turns = answered(turns, &texts);
    for (role, turn) in roles.iter_mut().zip(turns) {
        if let (Some(turn), Role::Heading | Role::Prose | Role::Contact) = (turn, &role) {
            *role = match turn {
                Turn::Question => Role::Question,
                Turn::Answer => Role::Answer,
            };
        }
    }
}

/// Who speaks behind somebody who asks by trade answers him, if only once.
fn answered(mut turns: Vec<Option<Turn>>, texts: &[String]) -> Vec<Option<Turn>> {
    for i in 1..texts.len() {
        let asked = interview::speaker(&texts[i - 1]).filter(|n| interview::by_trade(n));
        let says = interview::speaker(&texts[i]);
        let open = turns[i].is_none() && turns[i - 1] != Some(Turn::Answer);
        if open && asked.is_some() && says.is_some() && says != asked {
            turns[i - 1] = Some(Turn::Question);
            turns[i] = Some(Turn::Answer);
        }
    }
    turns
}

/// `编辑同志：`, `尊敬的各位居民：`.
pub(super) fn is_salutation(line: &str) -> bool {
    let people = [
        "同志", "老师", "先生", "女士", "朋友", "领导", "编辑", "贵报", "您好", "你好", "居民",
        "读者", "家长", "邻居", "师傅", "阿姨", "医生", "业主", "街坊",
    ];
    let name = line.trim_end_matches([':', '：', '！', '!']);
    name.len() < line.len()
        && name.chars().count() <= 12
        && !["请", "以下", "如下"].iter().any(|w| name.contains(w))
        && people.iter().any(|p| name.contains(p))
        && !name.contains(['，', ',', '。'])
}

/// Whether a line begins by speaking to people: `各位居民：根据…`.
pub(super) fn greets(line: &str) -> bool {
    let near = line.chars().take(13).position(|c| matches!(c, ':' | '：'));
    near.is_some_and(|at| {
        let whom: String = line.chars().take(at + 1).collect();
        is_salutation(&whom)
    })
}

/// `此致`, `敬礼`, `特此公告`.
pub(super) fn is_closing(line: &str) -> bool {
    let words = [
        "此致",
        "敬礼",
        "敬上",
        "特此通知",
        "特此公告",
        "特此启事",
        "特此声明",
        "顺祝",
        "祝好",
        "祝您",
        "祝贵报",
        "祝编安",
        "此颂",
    ];
    words.iter().any(|w| line.starts_with(w)) && line.chars().count() <= 12
}

/// `图为…`, `… 某某 摄`.
pub(super) fn is_caption(line: &str) -> bool {
    let starts = [
        "图为",
        "图①",
        "图②",
        "图③",
        "图1",
        "图2",
        "图3",
        "上图",
        "下图",
        "左图",
        "右图",
        "本版图片",
        "资料图",
        "▲",
        "△",
        "图/",
        "图片说明",
    ];
    line.chars().count() <= 90
        && (starts.iter().any(|s| line.starts_with(s))
            || (wording::is_credit(line) && line.chars().count() > 14))
}

/// `石梁桥秋色 杜某某 摄`: what is shown and who took it.
pub(super) fn is_credited(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let shown = piece.segments().next().map_or(0, <[Glyph]>::len);
    !piece.gaps.is_empty()
        && shown >= 5
        && line.chars().count() <= 40
        && wording::is_credit(&line)
        && !byline::is_byline(piece)
}

pub(super) fn has_marks(glyphs: &[Glyph]) -> bool {
    glyphs.iter().any(|g| is_stop(g.c) || is_pause(g.c))
}

/// The widest line of a poem, in em, and the least number of lines.
pub(super) const WIDEST_VERSE: f32 = 17.0;
pub(super) const LEAST_VERSES: usize = 4;

/// Whether a piece is lines of a poem: short, and with marks at their ends only.
pub(super) fn is_verse(piece: &Piece) -> bool {
    let lines: Vec<&[Glyph]> = piece.segments().collect();
    let widths: Vec<f32> = lines.iter().map(|l| width(l)).collect();
    let mean = widths.iter().sum::<f32>() / widths.len() as f32;
    let inner = |l: &&[Glyph]| has_marks(&l[..l.len().saturating_sub(1)]);
    let marked = lines.iter().filter(|l| inner(l)).count();
    let names = lines.iter().filter(|l| (2..=4).contains(&l.len())).count();
    let figures = piece.glyphs.iter().filter(|g| g.c.is_ascii_alphanumeric());
    // A line as wide as any that ends without a mark, with a stop inside another, is
    // one of a narrow column.
    let widest = widths.iter().copied().fold(0.0, f32::max);
    let open = |l: &[Glyph]| l.last().is_some_and(|g| !is_stop(g.c) && !is_pause(g.c));
    let full = lines.iter().filter(|l| width(l) >= widest - 1.5 && open(l));
    let stops = |l: &&[Glyph]| l[..l.len().saturating_sub(1)].iter().any(|g| g.c == '。');
    let narrow = lines.iter().any(stops) && full.count() > 0;
    // Of a line with wide and narrow spaces the wide ones part something else.
    let gaps = || piece.gaps.iter().filter(|g| !g.line_end);
    let wide = gaps().any(|g| g.wide) && gaps().any(|g| !g.wide);
    lines.len() >= LEAST_VERSES
        && !wide
        && !narrow
        && !wording::is_dateline(&piece.glyphs)
        && !lines
            .iter()
            .any(|l| wording::is_firm(l) || wording::is_roll(&text(l)))
        && widths.iter().all(|w| (2.0..=WIDEST_VERSE).contains(w))
        && (4.0..=13.0).contains(&mean)
        && marked * 4 <= lines.len()
        && names * 2 < lines.len()
        && figures.count() == 0
        && !wording::SELLING
            .iter()
            .any(|w| text(&piece.glyphs).contains(w))
}

/// Tables: rows below headings or of one shape, and three or more in a row that
/// are each a label and a value with figures in it.
pub(super) fn tables(roles: &mut [Role], pieces: &[Piece]) {
    let single = |p: &'_ &Piece| !p.gaps.iter().any(|g| g.line_end);
    let lines: Vec<Option<&Piece>> = pieces.iter().map(|p| Some(p).filter(single)).collect();
    for (role, part) in roles.iter_mut().zip(table::find(&lines)) {
        match part {
            Some(table::Part::Head) => *role = Role::Columns,
            Some(table::Part::Row) => *role = Role::Row,
            None => {}
        }
    }
    let open = |i: usize| matches!(roles[i], Role::Heading | Role::Contact | Role::Advert);
    let spaced: Vec<bool> = (0..roles.len())
        .map(|i| open(i) && is_row(&pieces[i]))
        .collect();
    let told: Vec<bool> = (0..roles.len())
        .map(|i| (open(i) || roles[i] == Role::Prose) && is_told_row(&pieces[i]))
        .collect();
    let detail = |i: usize| is_detail(&text(&pieces[i].glyphs));
    for (rows, least) in [(spaced, 0), (told, 2)] {
        let mut start = 0;
        while start < rows.len() {
            let run = rows[start..].iter().take_while(|r| **r).count();
            let own = (start..start + run).filter(|i| !detail(*i)).count();
            if run >= 3 && own >= least {
                roles[start..start + run].fill(Role::Row);
            }
            start += run.max(1);
        }
    }
}

/// `停车费：地面每月150元`: a label before a colon, and a value with figures.
fn is_told_row(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let Some((label, value)) = line.split_once([':', '：']) else {
        return false;
    };
    (2..=6).contains(&label.chars().count())
        && label.chars().all(is_han)
        && value.contains(|c: char| c.is_ascii_digit())
        && !piece.gaps.iter().any(|g| g.line_end)
        && !piece.glyphs.iter().any(|g| is_stop(g.c))
        && width(&piece.glyphs) <= 40.0
}

pub(super) fn is_row(piece: &Piece) -> bool {
    let cells: Vec<&[Glyph]> = piece.segments().collect();
    let Some((label, values)) = cells.split_first() else {
        return false;
    };
    let figures = |c: &&[Glyph]| {
        c.iter()
            .any(|g| g.c.is_ascii_digit() || "一二三四五六七八九十每周".contains(g.c))
    };
    let line = text(&piece.glyphs);
    (1..=4).contains(&values.len())
        && table::is_label(label)
        && values.iter().any(figures)
        && !piece.glyphs.iter().any(|g| is_stop(g.c))
        && !wording::SELLING.iter().any(|w| line.contains(w))
}

/// What a line says behind a colon: where, when, how to be reached, for whom.
const DETAILS: &[&str] = &[
    "时间",
    "地点",
    "地址",
    "电话",
    "热线",
    "手机",
    "联系人",
    "联系方式",
    "咨询",
    "咨询人",
    "对象",
    "费用",
    "收费",
    "方式",
    "条件",
    "名额",
    "人数",
    "邮箱",
    "邮编",
    "微信",
    "公众号",
    "传真",
    "网址",
    "日期",
    "备注",
    "材料",
    "票价",
    "截止",
    "乘车",
    "交通",
    "主办单位",
    "承办单位",
];

/// `受理地点：荷湾路8号`: one of the details below a notice.
pub(super) fn is_detail(line: &str) -> bool {
    let Some((label, value)) = line.split_once([':', '：']) else {
        return false;
    };
    (2..=8).contains(&label.chars().count())
        && !value.is_empty()
        && label.chars().all(is_han)
        && DETAILS.iter().any(|d| label.ends_with(d))
}

/// Who is named behind a colon, by the end of the word before it.
const NAMED: &[&str] = &["人", "主", "者", "员", "编辑", "校对", "摄影"];
/// The longest name behind such a colon, in characters.
const LONGEST_NAMED: usize = 8;

/// `失主：范老伯`: whose name a notice ends with.
pub(super) fn is_person(line: &str) -> bool {
    let Some((label, name)) = line.split_once([':', '：']) else {
        return false;
    };
    (2..=4).contains(&label.chars().count())
        && (2..=LONGEST_NAMED).contains(&name.chars().count())
        && label.chars().chain(name.chars()).all(is_han)
        && NAMED.iter().any(|n| label.ends_with(n))
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn poems_are_told_from_print_lines_and_names() {
        let verse = |t: &str| is_verse(&pieces(t)[0]);
        assert!(verse(
            "被单是一张白帆 竹竿挑着它驶过屋顶 母亲把夹子一枚枚按紧 像给风写一封短信"
        ));
        assert!(verse(
            "香气先到,花后到 就像你总是人未进门 笑声已经坐在桌旁 今年的桂花开得很晚"
        ));
        assert!(!verse(
            "有家面馆,开了二十年,老板姓 王,每天四点起床和面,说是为 了街坊一口热的,风雨无阻。他 说,不累,真的。"
        ));
        assert!(!verse("王小明 李小红 陈小军 周小兰 吴小芳"));
    }

    #[test]
    fn letters_are_known() {
        for line in ["编辑同志：", "尊敬的各位居民：", "编辑老师:"] {
            assert!(is_salutation(line), "{line}");
        }
        assert!(!is_salutation("他说："));
    }
}
