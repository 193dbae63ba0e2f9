//! Plain text into Markdown and TOML that read back as that very text.

use crate::model::SourceText;

/// One block of plain text as a line of Markdown: what Markdown would take
/// for a mark gets a backslash, what it could not carry in a line (line ends,
/// control characters) becomes a character reference. White space at the ends
/// is layout and goes; U+0000, which Markdown forbids, becomes U+FFFD.
///
/// Newspaper text stays readable: `3·15`, `1.5`, `A-B` and `（一）` are not touched.
/// Readings given in the text are written as an editor would.
pub(super) fn markdown(source: &SourceText, heading: bool) -> String {
    let text = source.text.trim();
    let shift = source.text.len() - source.text.trim_start().len();
    let mut readings = source.readings_in(&(shift..shift + text.len()));
    readings.reverse();
    let mut end: Option<(usize, String)> = None;
    let mut out = String::with_capacity(text.len() + 8);
    let ordinal = ordinal_mark(text);
    for (i, c) in text.char_indices() {
        if let Some((_, pinyin)) = end.take_if(|(at, _)| *at == i) {
            out.push_str(&pinyin);
        }
        if let Some(reading) = readings.pop_if(|r| r.at.start == i) {
            out.push('{');
            end = Some((reading.at.end, format!("|{}}}", reading.pinyin)));
        }
        match c {
            '{' if text[i..].contains('|') => out.push_str("\\{"),
            '{' | '|' | '}' if end.is_some() => {
                out.push('\\');
                out.push(c);
            }
            '\0' => out.push('\u{FFFD}'),
            c if c.is_ascii_control() => out.push_str(&format!("&#{};", c as u32)),
            '\\' | '`' | '*' | '_' | '[' | '<' => {
                out.push('\\');
                out.push(c);
            }
            // Only a character reference is eaten.
            '&' if begins_reference(&text[i + 1..]) => out.push_str("\\&"),
            '#' if heading || i == 0 => out.push_str("\\#"),
            '>' | '-' | '+' | '~' | '=' if i == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if Some(i) == ordinal => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    if let Some((_, pinyin)) = end {
        out.push_str(&pinyin);
    }
    out
}

/// A line of text for the front matter, before TOML's own quoting: a brace
/// that could begin a given reading gets a backslash.
pub(super) fn front_matter(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if c == '{' && (out.ends_with('\\') || text[i..].contains('|')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The byte of the mark behind a number that would begin an ordered list:
/// `1. ` or `1) `.
fn ordinal_mark(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let at = text.len() - rest.len();
    let after = rest.strip_prefix(['.', ')'])?;
    let begins = after.is_empty() || after.starts_with(|c: char| c.is_ascii_whitespace());
    ((1..=9).contains(&at) && begins).then_some(at)
}

/// Whether what follows an `&` makes it a character reference: `amp;`, `#65;`.
fn begins_reference(after: &str) -> bool {
    let name = after.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    name.len() < after.len() && name.starts_with(';')
}

/// `text` as a TOML basic string, quotes included.
pub(super) fn toml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_newspaper_text_is_not_touched() {
        for text in [
            "3·15维权热线：021-5555 0123，8:30-17:00开放（双休日除外）。",
            "支持率95.05%，约1.5万人；“A-B楼”的AT&T招牌 + 10元 = 便宜",
            "1.5米以下儿童免票",
            "2026.11.24出版",
        ] {
            assert_eq!(markdown(&SourceText::made(text), false), text);
        }
    }

    #[test]
    fn marks_are_escaped_where_they_would_count() {
        for (text, want) in [
            ("# 号", "\\# 号"),
            ("1. 带证", "1\\. 带证"),
            ("12) 带证", "12\\) 带证"),
            ("- 甲", "\\- 甲"),
            ("+++", "\\+++"),
            ("> 引", "\\> 引"),
            ("~~~", "\\~~~"),
            ("a*b_c`d[e<f\\g", "a\\*b\\_c\\`d\\[e\\<f\\\\g"),
            ("&amp; &b &#65;", "\\&amp; &b \\&#65;"),
            (" 甲\n乙\t", "甲&#10;乙"),
            ("{甲|jia3}与{乙}", "\\{甲|jia3}与{乙}"),
        ] {
            assert_eq!(markdown(&SourceText::made(text), false), want);
        }
        let heading = markdown(&SourceText::made("C# 与 F#"), true);
        assert_eq!(heading, "C\\# 与 F\\#");
    }

    #[test]
    fn a_brace_that_could_begin_a_reading_is_escaped_in_the_front_matter() {
        for (text, want) in [
            ("{甲}", "{甲}"),
            ("{甲|jia3}", "\\{甲|jia3}"),
            ("\\{", "\\\\{"),
        ] {
            assert_eq!(front_matter(text), want);
        }
    }

    #[test]
    fn toml_strings_are_quoted() {
        assert_eq!(toml("他说\"好\"\\\n"), "\"他说\\\"好\\\"\\\\\\u000A\"");
    }
}
