//! What the edition says of itself.

use crate::model::{Anchor, GAP_MARK, Masthead, SourceText};

use super::numbers::{BREAK, cardinal};

/// Said at the very end.
const THANKS: &str = "感谢收听。";

/// Paper, section, number and date.
pub(super) fn welcome(masthead: &Masthead) -> String {
    let mut line = match masthead.paper.is_empty() {
        true => "欢迎收听有声报".to_string(),
        false => format!("欢迎收听《{}》", masthead.paper),
    };
    line.extend(masthead.section.as_deref());
    if let Some(number) = &masthead.issue_number {
        line.push_str(&format!("，第{number}期"));
    }
    if let Some(date) = &masthead.date {
        line.push_str(&format!("，{}", long_date(date)));
    }
    line + "。"
}

/// How many articles there are.
pub(super) fn count(articles: usize) -> String {
    match articles {
        0 => "本期没有可以朗读的文章。".to_string(),
        n => format!("本期共有{n}篇文章。"),
    }
}

/// `第一篇`.
pub(super) fn chapter_number(number: u32) -> String {
    format!("第{}篇", cardinal(&number.to_string()).replace(BREAK, ""))
}

/// A line of the opening's contents: the headline with its chapter number, its
/// place in the source kept.
pub(super) fn contents_line(number: u32, headline: &SourceText) -> SourceText {
    let mut line = prefixed(&format!("{}，", chapter_number(number)), headline);
    if !line.text.ends_with(['。', '！', '？', '!', '?', '…']) {
        line.text.push('。');
    }
    line
}

/// The last words.
pub(super) fn farewell(masthead: &Masthead) -> String {
    match masthead.paper.is_empty() {
        true => format!("本期播送完毕，{THANKS}"),
        false => format!("本期《{}》播送完毕，{THANKS}", masthead.paper),
    }
}

/// `text` with words of our own before it; they take the place of its start.
pub(super) fn prefixed(own: &str, text: &SourceText) -> SourceText {
    let mut line = SourceText {
        text: own.to_string(),
        file: text.file.clone(),
        anchors: Vec::new(),
        readings: Vec::new(),
        overleaf: Vec::new(),
    };
    line.append(text);
    if let Some(first) = line.anchors.first().copied() {
        line.anchors.insert(0, Anchor { at: 0, ..first });
    }
    line
}

/// What is said where the page has lost text.
pub(super) const GAP: &str = "原文此处有缺漏。";

/// `text` with the sentence `gap` in place of every mark of one.
pub(super) fn gaps(text: &SourceText, gap: &str) -> SourceText {
    let ends = |text: &str| text.is_empty() || text.ends_with(['。', '！', '？', '…', '”', '：']);
    let mut told = SourceText {
        file: text.file.clone(),
        ..SourceText::made("")
    };
    let mut from = 0;
    for (at, _) in text.text.match_indices(GAP_MARK) {
        told.append(&text.slice(from, at));
        if !ends(&told.text) {
            told.append(&SourceText::made("。"));
        }
        told.append(&SourceText::made(gap));
        from = at + GAP_MARK.len();
    }
    told.append(&text.slice(from, text.text.len()));
    told
}

/// `2026-11-24` as people write it; anything else as it is.
fn long_date(date: &str) -> String {
    let parts: Vec<Option<u32>> = date.split('-').map(|p| p.parse().ok()).collect();
    match parts.as_slice() {
        [Some(y), Some(m), Some(d)] => format!("{y}年{m}月{d}日"),
        _ => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use super::*;
    use crate::diag::Place;

    #[test]
    fn the_opening_names_paper_number_and_date() {
        let masthead = Masthead {
            paper: "荷湾社区报".into(),
            section: Some("生活版".into()),
            issue_number: Some("312".into()),
            date: Some("2026-11-04".into()),
            ..Masthead::default()
        };
        assert_eq!(
            welcome(&masthead),
            "欢迎收听《荷湾社区报》生活版，第312期，2026年11月4日。"
        );
        assert_eq!(welcome(&Masthead::default()), "欢迎收听有声报。");
    }

    #[test]
    fn a_gap_is_a_short_sentence() {
        let told = |t: &str| gaps(&SourceText::at(t, Place::new("a.md", 3, 0)), GAP).text;
        assert_eq!(told("设想进行[[GAP]]"), "设想进行。原文此处有缺漏。");
        assert_eq!(told("完了。[[GAP]]后来"), "完了。原文此处有缺漏。后来");
        let text = gaps(
            &SourceText::at("甲[[GAP]]乙", Place::new("a.md", 3, 0)),
            GAP,
        );
        let last = text.text.rfind('乙').unwrap();
        assert_eq!(text.place_at(last), Some(Place::new("a.md", 3, 8)));
    }

    #[test]
    fn a_contents_line_keeps_the_place_of_the_headline() {
        let headline = SourceText::at("电梯通了", Place::new("a.md", 2, 12));
        let line = contents_line(12, &headline);
        assert_eq!(line.text, "第十二篇，电梯通了。");
        assert_eq!(line.place(), Some(Place::new("a.md", 2, 12)));
        assert_eq!(line.place_at(15), Some(Place::new("a.md", 2, 12)));
        assert_eq!(line.place_at(18), Some(Place::new("a.md", 2, 13)));
    }
}
