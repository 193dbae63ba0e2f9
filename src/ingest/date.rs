//! Dates as papers print them, accepted only when the calendar has them.

use std::ops::Range;

use crate::model::days_in;

/// A date that was found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Date {
    /// `YYYY-MM-DD`, a day that exists.
    Real(String),
    /// The characters that look like a date but name no day, such as `2026年2月30日`.
    Impossible(String),
}

/// The first date in a line without white space: `2026年11月20日`, `2026-11-20`,
/// `2026.11.20`, `2026/11/20` or `二〇二六年十一月二十日`; and where it stands.
pub(super) fn find(line: &[char]) -> Option<(Date, Range<usize>)> {
    (0..line.len()).find_map(|at| {
        let fresh = at == 0 || figure(line[at - 1]).is_none();
        let (date, length) = fresh.then(|| date_at(&line[at..])).flatten()?;
        Some((date, at..at + length))
    })
}

fn date_at(line: &[char]) -> Option<(Date, usize)> {
    let (year, mut at) = number(line, 4)?;
    let mark = *line.get(at)?;
    if at != 4 || !matches!(mark, '年' | '-' | '.' | '/' | '．' | '－') {
        return None;
    }
    at += 1;
    let (month, n) = number(&line[at..], 3)?;
    at += n;
    if *line.get(at)? != if mark == '年' { '月' } else { mark } {
        return None;
    }
    at += 1;
    let (day, n) = number(&line[at..], 3)?;
    at += n;
    if mark == '年' {
        if !matches!(line.get(at), Some('日' | '号' | '曰')) {
            return None;
        }
        at += 1;
    }
    let date = if is_real(year, month, day) {
        Date::Real(format!("{year:04}-{month:02}-{day:02}"))
    } else {
        Date::Impossible(line[..at].iter().collect())
    };
    Some((date, at))
}

/// The value of a figure: ASCII, full-width or Chinese.
fn figure(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | 'O' | '零' => Some(0),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '0'..='9' => c.to_digit(10),
        _ => "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|i| i as u32 + 1),
    }
}

/// A number of at most `longest` figures and how many characters it took;
/// Chinese ones below a hundred may hold a ten (`二十一`).
pub(super) fn number(line: &[char], longest: usize) -> Option<(u32, usize)> {
    let (mut value, mut at) = (0, 0);
    while at < longest {
        match line.get(at).copied() {
            Some('十') if at < 2 => value = if at == 0 { 10 } else { value * 10 },
            Some(c) => match figure(c) {
                Some(d) if at > 0 && line[at - 1] == '十' => value += d,
                Some(d) => value = value * 10 + d,
                None => break,
            },
            None => break,
        }
        at += 1;
    }
    (at > 0).then_some((value, at))
}

fn is_real(year: u32, month: u32, day: u32) -> bool {
    (1900..=2200).contains(&year) && (1..=days_in(year, month)).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(line: &str) -> Option<Date> {
        find(&line.chars().collect::<Vec<_>>()).map(|(date, _)| date)
    }

    #[test]
    fn every_way_of_writing_gives_one_form() {
        for line in [
            "2026年11月20日星期五",
            "第3期2026-11-20",
            "今日八版2026.11.20",
            "2026/11/20",
            "二〇二六年十一月二十日",
            "２０２６年１１月２０日",
        ] {
            assert_eq!(date(line), Some(Date::Real("2026-11-20".into())), "{line}");
        }
        assert_eq!(
            date("二〇二六年十月二十一日"),
            Some(Date::Real("2026-10-21".into()))
        );
        assert_eq!(
            date("二〇二六年一月十日"),
            Some(Date::Real("2026-01-10".into()))
        );
    }

    #[test]
    fn only_days_of_the_calendar_are_real() {
        assert_eq!(
            date("2026年2月30日"),
            Some(Date::Impossible("2026年2月30日".into()))
        );
        assert_eq!(
            date("2026-13-01"),
            Some(Date::Impossible("2026-13-01".into()))
        );
        assert_eq!(date("2024年2月29日"), Some(Date::Real("2024-02-29".into())));
        assert_eq!(
            date("2025年2月29日"),
            Some(Date::Impossible("2025年2月29日".into()))
        );
        assert_eq!(
            date("1900-02-29"),
            Some(Date::Impossible("1900-02-29".into()))
        );
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for line in [
            "CN31-0062",
            "021-65123456",
            "11月20日",
            "2026年",
            "12026年1月1日",
            "3.15",
        ] {
            assert_eq!(date(line), None, "{line}");
        }
    }
}
