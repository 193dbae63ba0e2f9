//! Pages of an issue as lines name them: what a page calls itself, and lines
//! that send the reader to another one.

/// Where a jump line points: to the page where the text goes on, or to the one
/// it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jump {
    /// `下转第4版`.
    To(u32),
    /// `上接第1版`.
    From(u32),
}

/// A jump line and the page it names.
pub(super) fn jump(line: &str) -> Option<Jump> {
    let line = bare(line);
    let (to, from) = (["下转", "转第", "转至"], ["上接", "接第", "紧接"]);
    let rest = |words: &[&str]| words.iter().find_map(|w| line.strip_prefix(w));
    let page = |rest: &str| {
        let rest = rest.trim_start_matches('第');
        let number: String = rest.chars().take_while(|c| is_numeral(*c)).collect();
        let behind = &rest[number.len()..];
        let named = behind.starts_with(['版', '页']) && behind.chars().count() <= 4;
        numeral(&number).filter(|_| named)
    };
    match (rest(&to), rest(&from)) {
        (Some(rest), _) => page(rest).map(Jump::To),
        (_, Some(rest)) => page(rest).map(Jump::From),
        _ => None,
    }
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c| {
        matches!(
            c,
            '(' | ')' | '（' | '）' | '【' | '】' | '▶' | '◀' | '►' | '◄'
        )
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// A small number in figures or in Chinese numerals.
fn numeral(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|p| p as u32 + 1)
    };
    let chars: Vec<char> = text.chars().collect();
    match chars[..] {
        ['十'] => Some(10),
        [a] => digit(a),
        ['十', b] => Some(10 + digit(b)?),
        _ => None,
    }
}

/// The number in the head of an inner page: `第4版 要闻`.
pub(super) fn page_number(line: &str) -> Option<u32> {
    let rest = bare(line).strip_prefix('第')?;
    let number: String = rest.chars().take_while(|c| is_numeral(*c)).collect();
    let behind = &rest[number.len()..];
    let head = behind.starts_with('版') && behind.chars().count() <= 4;
    numeral(&number).filter(|_| head)
}

/// `下转第4版`, `上接第1版`, `第4版 要闻`.
pub(super) fn is_furniture(line: &str) -> bool {
    jump(line).is_some() || page_number(line).is_some()
}

/// What a page calls itself in `第2版`, `A05`, `02版`, `第二版`, `版次：3`, `第A3页`: its
/// figures with the letter before them. A number alone is none.
pub(super) fn own(word: &str) -> Option<String> {
    let (labelled, rest) = match word.strip_prefix("版次") {
        Some(rest) => (true, rest.trim_start_matches([':', '：'])),
        None => (false, word),
    };
    let bare = rest.trim_start_matches('第').trim_end_matches(['版', '页']);
    let figures = bare.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &bare[..bare.len() - figures.len()];
    let said = labelled || rest.len() > bare.len() || letters.len() == 1;
    if !said || letters.len() > 1 || bare.chars().count() > 3 {
        return None;
    }
    if !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit()) {
        return Some(bare.to_string());
    }
    numeral(figures).map(|n| format!("{letters}{n}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_headlines() {
        for line in ["（下转第4版）", "上接第1版", "第4版要闻", "第二版"] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["第三版画册出版", "下转到医院", "第4届运动会"] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_page_says_its_number_or_nothing() {
        for (said, number) in [
            ("第3版", Some("3")),
            ("第三版", Some("3")),
            ("第十二版", Some("12")),
            ("3版", Some("3")),
            ("02版", Some("02")),
            ("A3", Some("A3")),
            ("第B12版", Some("B12")),
            ("版次：A3", Some("A3")),
            ("版次:4", Some("4")),
            ("第4页", Some("4")),
            ("3", None),
            ("三", None),
            ("社区版", None),
            ("出版", None),
            ("AB3", None),
            ("第3456版", None),
        ] {
            assert_eq!(own(said).as_deref(), number, "{said}");
        }
    }
}
