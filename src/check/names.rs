//! Names, links, dates and languages.

/// A language tag as RFC 3066 (2.1) has it.
pub fn is_language(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(i, part)| {
        (1..=8).contains(&part.len())
            && (part.bytes()).all(|b| b.is_ascii_alphabetic() || i > 0 && b.is_ascii_digit())
    })
}

/// A date as ISO 8601 and the W3C's note on it have it: `YYYY`, `YYYY-MM` or
/// `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = parts.iter().map(|p| p.len()).collect::<Vec<_>>();
    let plain = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let within = |i: usize, limit: u32| {
        (parts.get(i)).is_none_or(|p| p.parse().is_ok_and(|n: u32| (1..=limit).contains(&n)))
    };
    plain && matches!(digits[..], [4] | [4, 2] | [4, 2, 2]) && within(1, 12) && within(2, 31)
}

/// Whether every player can open a file of this name: letters, digits, `-`, `_` and
/// `.` of ASCII, no folder.
pub fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('.')
        && (path.bytes()).all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// A link within the book: the file, and the fragment where there is one. Files are
/// all in one folder, so that a link is a name.
pub fn link(href: &str) -> (&str, Option<&str>) {
    match href.split_once('#') {
        Some((file, fragment)) => (file, Some(fragment)),
        None => (href, None),
    }
}

/// What the end of a name says a file is, lower case; empty without one.
pub fn extension(path: &str) -> String {
    path.rsplit_once('.')
        .map_or(String::new(), |(_, end)| end.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        assert!(is_language("zh-CN") && is_language("en") && is_language("zh-Hant-TW"));
        assert!(
            !is_language("中文") && !is_language("") && !is_language("1a") && !is_language("zh_CN")
        );
        assert!(is_date("2024") && is_date("2024-02") && is_date("2024-02-29"));
        assert!(!is_date("12.5.2024") && !is_date("2024-13-01") && !is_date("24-01-01"));
        assert!(is_plain("s0001.smil") && !is_plain("a/b.mp3") && !is_plain("一.mp3"));
        assert_eq!(link("a.smil#x"), ("a.smil", Some("x")));
        assert_eq!(extension("A.MP3"), "mp3");
    }
}
