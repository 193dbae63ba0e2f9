//! The form in which texts are compared: what a printer may set either way
//! (wide or narrow marks, white space) does not count.

use unicode_normalization::UnicodeNormalization;

/// How a paragraph tells that text was lost behind it.
pub const GAP: &str = "[[GAP]]";

/// One mark for all that are set the same.
fn narrow(c: char) -> char {
    match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '．' => '.',
        '～' => '~',
        '—' | '–' | '－' => '-',
        other => other,
    }
}

/// The comparable form of a text, as characters.
pub fn canon(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len() / 3);
    let text = text.replace(GAP, "");
    let wide = text.chars().map(narrow).nfkc().map(narrow);
    for c in wide.filter(|c| !c.is_whitespace()) {
        // A dash of any length is one of two.
        let n = out.len();
        if c == '-' && n >= 2 && out[n - 1] == '-' && out[n - 2] == '-' {
            continue;
        }
        out.push(c);
    }
    out
}

/// The same for a block of an article: a list may mark its items as it likes.
pub fn canon_block(kind: &str, text: &str) -> Vec<char> {
    if kind == "list" {
        canon(without_marker(text))
    } else {
        canon(text)
    }
}

/// An item without its number or bullet.
fn without_marker(text: &str) -> &str {
    let text = text.trim_start();
    let first = text.chars().next();
    if first.is_some_and(|c| matches!(c, '①'..='⑳' | '●' | '■' | '◆' | '★' | '▲' | '•'))
    {
        return text.trim_start_matches(|c: char| !c.is_alphanumeric() || ('①'..='⑳').contains(&c));
    }
    let open = text.strip_prefix(['（', '(']).unwrap_or(text);
    let rest = open.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == open.len() || open.len() - rest.len() > 2 {
        return text;
    }
    let closed = rest.strip_prefix(['.', '、', '．', ')', '）']);
    closed.map_or(text, str::trim_start)
}

#[test]
fn marks_and_spaces_do_not_count() {
    let same = |a: &str, b: &str| assert_eq!(canon(a), canon(b));
    same("“好”，他说：（是）", "\"好\", 他说:(是)");
    same("七点——九点", "七点-----九点");
    same("进行[[GAP]]", "进行");
    assert_eq!(canon_block("list", "①带证件"), canon("带证件"));
    assert_eq!(canon_block("list", "2. 带证件"), canon("带证件"));
    assert_eq!(canon_block("list", "（3）带证件"), canon("带证件"));
    assert_eq!(canon_block("list", "2026年起"), canon("2026年起"));
    assert_eq!(canon_block("para", "2. 带证件"), canon("2.带证件"));
}
