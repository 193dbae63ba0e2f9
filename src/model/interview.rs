//! Interviews: paragraphs that begin with their speaker's name and a colon, one
//! speaker asking.

use std::collections::HashMap;

/// Who asks in an interview.
const ASKERS: &[&str] = &["记者", "本报记者", "问", "主持人", "编者", "小编"];
/// Who answers when no name is given.
const ANSWERERS: &[&str] = &["答"];
/// Words before a colon that are no speakers.
const LABELS: &[&str] = &[
    "时间", "地点", "地址", "电话", "热线", "对象", "内容", "费用", "产品", "服务", "品牌", "提示",
    "提醒", "要求", "条件", "方式", "人数", "备注", "名单", "联系", "咨询", "报名", "编号", "主题",
    "项目", "日期", "票价", "邮编", "邮箱", "微信", "传真", "来源", "摄影",
];
/// The longest name of a speaker, in characters.
const LONGEST_NAME: usize = 6;

/// What a paragraph is in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It asks.
    Question,
    /// It answers.
    Answer,
}

/// The name before the colon a paragraph begins with.
pub fn speaker(text: &str) -> Option<&str> {
    let (at, colon) =
        (text.char_indices().take(LONGEST_NAME + 1)).find(|(_, c)| matches!(c, ':' | '：'))?;
    let name = &text[..at];
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let named = at > 0 && name.chars().all(han) && text.len() > at + colon.len_utf8();
    (named && !LABELS.iter().any(|l| name.contains(l))).then_some(name)
}

/// How many texts each name begins.
pub fn begun(texts: impl Iterator<Item = String>) -> HashMap<String, usize> {
    let mut turns: HashMap<String, usize> = HashMap::new();
    for text in texts {
        if let Some(name) = speaker(&text) {
            *turns.entry(name.to_string()).or_default() += 1;
        }
    }
    turns
}

/// Whether somebody of this name asks or answers by trade.
pub fn by_trade(name: &str) -> bool {
    ASKERS.contains(&name) || ANSWERERS.contains(&name)
}

/// Which of these paragraphs ask and answer: none unless speakers take turns,
/// and one of them asks by name or by most of what he says.
pub fn turns<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Vec<Option<Turn>> {
    #[derive(Default)]
    struct Speaker {
        turns: usize,
        asks: usize,
    }
    let paragraphs: Vec<&str> = paragraphs.into_iter().collect();
    let mut speakers: HashMap<&str, Speaker> = HashMap::new();
    for text in &paragraphs {
        let Some(name) = speaker(text) else { continue };
        let it = speakers.entry(name).or_default();
        it.turns += 1;
        it.asks += usize::from(text.contains(['?', '？']));
    }
    let taken = (speakers.iter()).any(|(name, s)| s.turns > 1 || by_trade(name));
    let turn = |text: &&str| {
        let name = speaker(text)?;
        let it = speakers.get(name)?;
        if it.turns < 2 && !by_trade(name) {
            return None;
        }
        let asks =
            ASKERS.contains(&name) || (!ANSWERERS.contains(&name) && it.asks * 3 > it.turns * 2);
        Some(if asks { Turn::Question } else { Turn::Answer })
    };
    if speakers.len() < 2 || !taken {
        return vec![None; paragraphs.len()];
    }
    paragraphs.iter().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_that_take_turns_make_an_interview() {
        let told = turns([
            "记者：您好？",
            "老沈：好的。",
            "他笑了。",
            "记者：谢谢。",
            "老沈：再来。",
        ]);
        let (q, a) = (Some(Turn::Question), Some(Turn::Answer));
        assert_eq!(told, [q, a, None, q, a]);
        assert!(by_trade("问") && !by_trade("老沈"));
    }

    #[test]
    fn labels_and_lone_speakers_make_none() {
        let notice = turns(["时间：周一", "地点：礼堂", "电话：12345"]);
        assert!(notice.iter().all(Option::is_none));
        assert_eq!(turns(["老沈：好的。", "就这样。"]), [None, None]);
    }
}
