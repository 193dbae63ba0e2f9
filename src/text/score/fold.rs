//! What counts as the same spoken text.

/// What may be said in two ways.
const SAME: &[(&str, &str)] = &[
    ("幺", "一"),
    ("两", "二"),
    ("千克", "公斤"),
    ("千米", "公里"),
    ("摄氏度", "度"),
    ("人民币", "元"),
    ("零下", "负"),
    ("至", "到"),
    ("号", "日"),
];

/// Han, ASCII letters and figures of `text` after NFKC, in lower case, words
/// that may be said in two ways made one.
pub(super) fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let kept: String = text
        .nfkc()
        .filter(|c| c.is_ascii_alphanumeric() || is_han(*c))
        .collect();
    SAME.iter()
        .fold(kept.to_lowercase(), |s, (a, b)| s.replace(a, b))
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..'\u{A000}').contains(&c)
        || ('\u{F900}'..'\u{FB00}').contains(&c)
        || ('\u{20000}'..'\u{40000}').contains(&c)
}

/// Whether two spoken texts are the same when a whole number may be read as a
/// value or figure by figure, zeros at the end of a decimal may be left out,
/// and the half of the day may be said in either language and place.
pub(super) fn lenient(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let ((a, a_halves), (b, b_halves)) = (halves(&a), halves(&b));
    a_halves == b_halves
        && [true, false]
            .iter()
            .any(|&keep| figures(&a, keep) == figures(&b, keep))
}

/// `text` without the words for the half of the day, and these in order.
fn halves(text: &str) -> (String, Vec<char>) {
    const WORDS: &[(&str, char)] = &[
        ("am", 'a'),
        ("上午", 'a'),
        ("早上", 'a'),
        ("凌晨", 'a'),
        ("pm", 'p'),
        ("下午", 'p'),
        ("晚上", 'p'),
    ];
    let (mut rest, mut kept, mut halves) = (text, String::new(), Vec::new());
    while let Some(c) = rest.chars().next() {
        match WORDS.iter().find(|(w, _)| rest.starts_with(w)) {
            Some((word, half)) => {
                halves.push(*half);
                rest = &rest[word.len()..];
            }
            None => {
                kept.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    (kept, halves)
}

/// `text` with its numerals in figures, without zeros at the end of decimals;
/// the point before nothing but zeros stays or goes as `keep` says.
fn figures(text: &str, keep: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let run = numerals(&chars[at..]);
        if run == 0 {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        out.push_str(&number(&chars[at..at + run]));
        at += run;
        let fraction = match chars.get(at) {
            Some('点') => numerals(&chars[at + 1..]),
            _ => 0,
        };
        if fraction > 0 {
            let said = number(&chars[at + 1..at + 1 + fraction]);
            let said = said.trim_end_matches('0');
            if keep || !said.is_empty() {
                out.push('点');
            }
            out.push_str(said);
            at += 1 + fraction;
        }
    }
    out
}

const DIGITS: &str = "零一二三四五六七八九";

fn digit(c: char) -> Option<u64> {
    match DIGITS.chars().position(|d| d == c) {
        Some(n) => Some(n as u64),
        None => c.to_digit(10).map(u64::from),
    }
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

fn numerals(chars: &[char]) -> usize {
    let numeral = |c: &&char| digit(**c).is_some() || unit(**c).is_some();
    chars.iter().take_while(numeral).count()
}

/// The figures of a run of numerals: each by itself, or those of its value. As
/// it stands when it is neither, or too large.
fn number(run: &[char]) -> String {
    let plain: Option<String> = run.iter().map(|c| Some(digit(*c)?.to_string())).collect();
    plain
        .or_else(|| value(run).map(|v| v.to_string()))
        .unwrap_or_else(|| run.iter().collect())
}

/// The value of a number said with its units.
fn value(run: &[char]) -> Option<u64> {
    let (mut whole, mut part, mut last) = (0u64, 0u64, None);
    for (i, &c) in run.iter().enumerate() {
        match (digit(c), unit(c)) {
            // 零 fills a gap.
            (Some(0), _) if last.is_none() => {}
            (Some(d), _) if last.is_none() => last = Some(d),
            (_, Some(u)) if u >= 10_000 => {
                part = part.checked_add(last.take().unwrap_or(0))?;
                if part == 0 {
                    // 一万亿
                    whole = whole.checked_mul(u)?;
                } else {
                    whole = whole.checked_add(part.checked_mul(u)?)?;
                }
                part = 0;
            }
            (_, Some(u)) => {
                let n = match last.take() {
                    Some(n) => n,
                    // 十五; 百 alone is a word, not a number.
                    None if u == 10 && i == 0 => 1,
                    None => return None,
                };
                part = part.checked_add(n.checked_mul(u)?)?;
            }
            _ => return None,
        }
    }
    whole.checked_add(part)?.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_said_in_two_ways_is_folded() {
        assert_eq!(folded("两千克，零下３°"), "二公斤负3");
        assert_eq!(folded("11月17号 Ａ座"), folded("11月17日a座"));
        assert_ne!(folded("三点五"), folded("三点五零"));
    }

    #[test]
    fn lenient_takes_a_value_for_its_figures_and_no_other_number() {
        for (a, b) in [
            ("一千二百三十四", "一二三四"),
            ("二十一", "二一"),
            ("十五", "一五"),
            ("一万零三百", "一零三零零"),
            ("一万亿", "一零零零零零零零零零零零零"),
            ("三点五零", "三点五"),
            ("三点零", "三"),
            ("十二点零零", "十二点"),
            ("上午八点", "八点a.m."),
            ("8点PM", "下午八点"),
        ] {
            assert!(lenient(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("一百二十三", "一二四"),
            ("上午八点", "下午八点"),
            ("三点零五", "三点五"),
            ("零七", "七"),
        ] {
            assert!(!lenient(a, b), "{a} {b}");
        }
    }
}
