//! Web and e-mail addresses: spelled, sign by sign.

/// Endings that make a name with a dot in it an address.
const ENDINGS: &[&str] = &[
    "com", "cn", "net", "org", "gov", "edu", "info", "tv", "top", "vip", "example",
];

/// No address is longer; a bound, since every word asks.
const LONGEST: usize = 400;

/// An address that stands at the start of `text`: its rule and its length.
pub(super) fn address(text: &[char]) -> Option<(&'static str, usize)> {
    let run = text
        .iter()
        .take(LONGEST)
        .take_while(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(**c))
        .count();
    // A mark at the end belongs to the sentence.
    let len = text[..run]
        .iter()
        .rposition(|c| c.is_ascii_alphanumeric() || *c == '/')?
        + 1;
    if !text[..len].contains(&'.') {
        return None;
    }
    let run: String = text[..len].iter().collect();
    let mail = run
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !name.contains('/') && host.contains('.'));
    if mail {
        return Some(("email", len));
    }
    let host = run.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    (named || run.starts_with("www.") || run.contains("://")).then_some(("url", len))
}

/// What is said for a sign inside an address.
pub(super) fn sign(c: char) -> &'static str {
    match c {
        '.' => "点",
        '@' => "艾特",
        '/' => "斜杠",
        ':' => "冒号",
        '-' => "杠",
        '_' => "下划线",
        '?' => "问号",
        '=' => "等于",
        '&' => "和",
        '#' => "井号",
        '%' => "百分号",
        '+' => "加",
        '~' => "波浪号",
        ',' => "逗号",
        ';' => "分号",
        '*' => "星号",
        '!' => "叹号",
        '$' => "美元",
        '\'' => "撇号",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&'static str, usize)> {
        address(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn addresses_and_what_looks_like_them() {
        assert_eq!(found("www.hewan.example。"), Some(("url", 17)));
        assert_eq!(found("hewan.cn/bao,"), Some(("url", 12)));
        assert_eq!(found("https://hewan.cn"), Some(("url", 16)));
        assert_eq!(found("bao_1@hewan.example."), Some(("email", 19)));
        assert_eq!(found("2.5"), None);
        assert_eq!(found("Mr.Li"), None);
        assert_eq!(found("@hewan"), None);
    }

    #[test]
    fn every_sign_of_an_address_is_said() {
        for c in "-._~:/?#@!$&'*+,;=%".chars() {
            assert!(!sign(c).is_empty(), "{c}");
        }
    }
}
