//! Tests of spaces, punctuation and quotation marks.

use super::glyph::{Glyph, source, text};
use super::piece::pieces;
use super::space::{Spacing, join};
use super::{punct, quote};
use crate::model::SourceText;

fn set(line: &str) -> (String, Vec<String>) {
    let mut glyphs: Vec<Glyph> = (0..)
        .zip(line.chars())
        .map(|(col, c)| Glyph { c, line: 1, col })
        .collect();
    let mut notes = Vec::new();
    punct::widen(&mut glyphs, "p", &mut notes);
    quote::pair(&mut glyphs, "p", &mut notes);
    (text(&glyphs), notes.iter().map(|n| n.to_string()).collect())
}

fn check(cases: &[(&str, &str)]) {
    for (from, to) in cases {
        assert_eq!(set(from), (to.to_string(), vec![]), "from {from}");
    }
}

#[test]
fn marks_become_wide_in_chinese_and_stay_elsewhere() {
    check(&[
        (
            "今年,新苑;真的!好吗?对:好",
            "今年，新苑；真的！好吗？对：好",
        ),
        (
            "约为19.9万平方米,占95.05%,共1,200户",
            "约为19.9万平方米，占95.05%，共1,200户",
        ),
        ("时间为8:30至17:00,比分3:2", "时间为8:30至17:00，比分3:2"),
        (
            "(非)机动车,项目(CFCP)启动",
            "（非）机动车，项目（CFCP）启动",
        ),
        ("等等...以后", "等等...以后"),
        ("网址http://a.cn/b?c=1,d:2", "网址http://a.cn/b?c=1,d:2"),
        ("邮箱me.you@a.cn,谢谢", "邮箱me.you@a.cn，谢谢"),
        ("Hello, world!", "Hello, world!"),
        ("3·15公益+市场", "3·15公益+市场"),
        ("编号:CFCP-1720160673", "编号：CFCP-1720160673"),
    ]);
}

#[test]
fn a_narrow_full_stop_is_widened_with_a_doubt() {
    let (line, notes) = set("秉承理念.其管理");
    assert_eq!(line, "秉承理念。其管理");
    assert_eq!(
        notes,
        [
            "doubt: a half-width `.` between Chinese characters was read as `。`\n  --> p:1:5\n  help: look at the printed page: it may have been a comma"
        ]
    );
}

#[test]
fn quotes_are_paired_and_nested() {
    check(&[
        (
            "的\"'荷湾里巷'从社区'共同治理'迈向'治理共同体'\"项目",
            "的“‘荷湾里巷’从社区‘共同治理’迈向‘治理共同体’”项目",
        ),
        (
            "\"共享课堂\"\"兴趣'家'课堂\"\"加油站\"等",
            "“共享课堂”“兴趣‘家’课堂”“加油站”等",
        ),
        ("“已经”是‘弯的’", "“已经”是‘弯的’"),
        ("“半弯\"的\"半直”", "“半弯”的“半直”"),
        ("他说:\"好!\"走了", "他说：“好！”走了"),
        ("It's the AI's", "It's the AI's"),
    ]);
}

#[test]
fn a_quote_without_partner_is_doubted() {
    let (line, notes) = set("自我\"造血功能。");
    assert_eq!(line, "自我“造血功能。");
    assert_eq!(
        notes,
        [
            "doubt: the quotation mark `“` has no partner in its paragraph\n  --> p:1:3\n  help: look at the printed page and add the missing one"
        ]
    );
}

fn joined(line: &str, spacing: Spacing) -> String {
    // A line end of the file is one of the print in these tests.
    text(&join(&pieces(line)[0], spacing, |_| false))
}

#[test]
fn running_text_is_closed() {
    for (from, to) in [
        ("总建筑面积约为 19.9 万平方米", "总建筑面积约为19.9万平方米"),
        ("居民区党总支 的\"项目", "居民区党总支的\"项目"),
        ("频 出。 去年 10 月, 小区", "频出。去年10月,小区"),
        ("教居民用 AI Agent 写诗", "教居民用AI Agent写诗"),
        ("Hello, world 你好", "Hello, world你好"),
        (
            "列入\"美好社区 先锋行动\"20 个",
            "列入\"美好社区 先锋行动\"20个",
        ),
        ("上下\n两行", "上下两行"),
        ("two\nlines", "two lines"),
        ("截至1\n1月20日", "截至11月20日"),
        ("开放8:30-\n17:00", "开放8:30-17:00"),
        ("电话 021 6512 8888", "电话021 6512 8888"),
    ] {
        assert_eq!(joined(from, Spacing::Prose), to);
    }
}

#[test]
fn headings_and_names_keep_their_spaces() {
    for (from, to) in [
        (
            "共绘\"同心圆\" 做好\"大文章\"",
            "共绘\"同心圆\" 做好\"大文章\"",
        ),
        ("通讯员 钟小丽 记者 郭大爽", "通讯员 钟小丽 记者 郭大爽"),
        ("荣 获", "荣获"),
        ("社区 AI 课堂开班", "社区AI课堂开班"),
    ] {
        assert_eq!(joined(from, Spacing::Display), to);
    }
}

#[test]
fn straight_writing_gives_what_push_gives() {
    let glyphs = join(&pieces("甲乙 丙A\n丁 B戊")[0], Spacing::Prose, |_| {
        true
    });
    let mut slow = SourceText::made("");
    slow.file = "p".into();
    for g in &glyphs {
        slow.push(g.c, g.line, g.col);
    }
    assert_eq!(source(&glyphs, "p"), slow);
}
