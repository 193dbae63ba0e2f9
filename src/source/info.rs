//! Lines between a headline and its body: source, day, who wrote it.

use crate::model::days_in;

/// What a line between headline and body says.
#[derive(Debug, PartialEq)]
pub(super) struct Info {
    pub byline: Option<String>,
}

/// Words before what such a line says; those of writers first.
const WRITERS: &[&str] = &["作者", "记者", "通讯员", "撰稿", "撰文", "文"];
const OTHERS: &[&str] = &[
    "来源",
    "发布时间",
    "发布日期",
    "时间",
    "日期",
    "编辑",
    "责任编辑",
    "责编",
    "审核",
    "浏览",
    "浏览量",
    "浏览次数",
    "阅读",
    "阅读量",
    "点击",
    "字号",
    "字体",
    "分享",
    "分享到",
    "打印",
    "收藏",
    "供稿",
];

/// Reads a line of source, date, readers and writers, such as `来源：荷湾社区报
/// 2026-11-20 记者：林晓`; `None` for any other line.
pub(super) fn info(line: &str) -> Option<Info> {
    if line.chars().count() > 80 || line.contains(['。', '！', '？', '，']) {
        return None;
    }
    let line = line.replace("： ", "：").replace(": ", "：");
    let mut writers = Vec::new();
    let mut known = false;
    for word in line.split([' ', '|', '｜']).filter(|w| !w.is_empty()) {
        let (label, value) = word.split_once(['：', ':']).unwrap_or((word, ""));
        let label = label.trim_matches(['【', '】', '[', ']', '（', '(']);
        if WRITERS.contains(&label) && !value.is_empty() {
            known = true;
            writers.push(match label {
                "记者" | "通讯员" => format!("{label} {value}"),
                _ => value.to_string(),
            });
        } else if OTHERS.contains(&label) || day(word).is_some() {
            known = true;
        } else if !writers.is_empty() || !known {
            // A second name, or a line of its own.
            match (writers.last_mut(), word.chars().count()) {
                (Some(last), 1..=4) if !word.contains(|c: char| c.is_ascii_digit()) => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ if !known => return byline_alone(&line),
                _ => {}
            }
        }
    }
    known.then(|| Info {
        byline: Some(writers.join(" ")).filter(|w| !w.is_empty()),
    })
}

/// `本报记者 林晓 通讯员 周放`.
fn byline_alone(line: &str) -> Option<Info> {
    let opens = [
        "记者",
        "本报记者",
        "通讯员",
        "本报通讯员",
        "文/",
        "文／",
        "撰文",
    ];
    let is_line = opens.iter().any(|o| line.starts_with(o)) && line.chars().count() <= 30;
    is_line.then(|| Info {
        byline: Some(line.to_string()),
    })
}

/// `YYYY-MM-DD` at the start of a time (ISO 8601, or with `/`, `.`, `年`), if
/// the calendar has that day.
pub(super) fn day(text: &str) -> Option<String> {
    let mut numbers = text
        .trim()
        .split(|c: char| !c.is_ascii_digit())
        .take(3)
        .map(|n| n.parse::<u32>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    ((1000..=9999).contains(&year) && (1..=days_in(year, month)).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_information_are_told_from_text() {
        let by = |line: &str| info(line).map(|i| i.byline);
        assert_eq!(by("来源：社区办 时间：2026-11-20"), Some(None));
        assert_eq!(by("2026年11月20日"), Some(None));
        let two = Some(Some("林晓 周放".into()));
        assert_eq!(by("作者：林晓 周放 来源：社区办"), two);
        assert_eq!(by("记者 林晓"), Some(Some("记者 林晓".into())));
        assert_eq!(by("社区食堂今天开张"), None);
        assert_eq!(by("来源：他说，这是真的。"), None);
    }

    #[test]
    fn days_must_be_in_the_calendar() {
        assert_eq!(
            day("2026-02-28T10:00:00+08:00").as_deref(),
            Some("2026-02-28")
        );
        assert_eq!(day("2026年2月30日"), None);
        assert_eq!(day("昨天"), None);
    }
}
