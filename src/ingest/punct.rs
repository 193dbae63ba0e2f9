//! Half-width punctuation → full-width where the context is Chinese.

use super::glyph::{Glyph, is_closer, is_han, is_wide};
use crate::diag::Diagnostic;

/// How far a closing bracket is looked for, in characters.
const BRACKET_REACH: usize = 80;

/// How far a neighbour is looked for past spaces and quotes, so that a line of
/// nothing else takes no square time.
const NEAR: usize = 8;

/// Widens `, : ; ! ? ( ) .` where the text around is Chinese, in place. Numbers,
/// times, codes, addresses and Latin sentences keep theirs.
///
/// A full stop that was narrow may have been another mark on the page, so it
/// is a doubt.
pub(super) fn widen(glyphs: &mut [Glyph], file: &str, notes: &mut Vec<Diagnostic>) {
    let han = glyphs.iter().filter(|g| is_han(g.c)).count();
    let letters = glyphs.iter().filter(|g| g.c.is_ascii_alphabetic()).count();
    let chinese = han * 2 > letters;
    let mut at = 0;
    while at < glyphs.len() {
        let end = at
            + glyphs[at..]
                .iter()
                .take_while(|g| g.c.is_ascii_graphic())
                .count();
        if end == at {
            at += 1;
            continue;
        }
        widen_run(glyphs, at, end, chinese, file, notes);
        at = end;
    }
}

/// One run of ASCII without spaces.
fn widen_run(
    glyphs: &mut [Glyph],
    start: usize,
    end: usize,
    chinese: bool,
    file: &str,
    notes: &mut Vec<Diagnostic>,
) {
    let address_end = address_end(&glyphs[start..end]).map_or(start, |n| start + n);
    for i in start..end {
        let c = glyphs[i].c;
        if i < address_end || !matches!(c, ',' | ':' | ';' | '!' | '?' | '.' | '(' | ')') {
            continue;
        }
        let (left, right) = (
            neighbour(glyphs[..i].iter().rev()),
            neighbour(glyphs[i + 1..].iter()),
        );
        let wide_context = |chinese: bool| match (left, right) {
            (Some(l), Some(r)) if l.is_ascii_alphabetic() && r.is_ascii_alphabetic() => false,
            (l, r) => l.is_some_and(is_wide) || r.is_some_and(is_wide) || chinese,
        };
        let new = match c {
            ',' if !groups_digits(glyphs, i) && wide_context(chinese) => '，',
            ':' if !between_digits(glyphs, i) && wide_context(chinese) => '：',
            ';' if wide_context(chinese) => '；',
            '!' if wide_context(chinese) => '！',
            '?' if wide_context(chinese) => '？',
            '.' if is_full_stop(glyphs, i) => {
                notes.push(
                    Diagnostic::doubt(
                        Some(glyphs[i].place(file)),
                        "a half-width `.` between Chinese characters was read as `。`",
                    )
                    .help("look at the printed page: it may have been a comma"),
                );
                '。'
            }
            '(' => {
                let reach = glyphs.len().min(i + BRACKET_REACH);
                match glyphs[i + 1..reach]
                    .iter()
                    .position(|g| matches!(g.c, ')' | '）'))
                {
                    Some(n) => {
                        let close = i + 1 + n;
                        let chinese_inside = glyphs[i + 1..close].iter().any(|g| is_wide(g.c));
                        let after = neighbour(glyphs[close + 1..].iter());
                        if !chinese_inside
                            && !left.is_some_and(is_wide)
                            && !after.is_some_and(is_wide)
                        {
                            continue;
                        }
                        if glyphs[close].c == ')' {
                            glyphs[close].c = '）';
                        }
                        '（'
                    }
                    None if wide_context(false) => '（',
                    None => continue,
                }
            }
            // A partner that was widened above is wide already; this one has
            // lost its opening bracket or keeps to a narrow one.
            ')' if wide_context(false)
                && !glyphs[i.saturating_sub(BRACKET_REACH)..i]
                    .iter()
                    .any(|g| g.c == '(') =>
            {
                '）'
            }
            _ => continue,
        };
        glyphs[i].c = new;
    }
}

/// The nearest character that is no space and no quote.
fn neighbour<'a>(mut glyphs: impl Iterator<Item = &'a Glyph>) -> Option<char> {
    glyphs
        .by_ref()
        .take(NEAR)
        .find(|g| g.c != ' ' && !matches!(g.c, '"' | '\''))
        .map(|g| g.c)
}

/// How much of an ASCII run is a web or mail address; its last mark may be the
/// sentence's.
fn address_end(run: &[Glyph]) -> Option<usize> {
    let text: String = run.iter().map(|g| g.c).collect();
    let mail = text.find('@').is_some_and(|i| {
        i > 0
            && text[i + 1..].contains('.')
            && text[..i].ends_with(|c: char| c.is_ascii_alphanumeric())
    });
    if !mail && !text.contains("://") && !text.to_ascii_lowercase().contains("www.") {
        return None;
    }
    Some(
        text.trim_end_matches([',', '.', ';', ':', '!', '?', ')', '"', '\''])
            .len(),
    )
}

fn digit_at(glyphs: &[Glyph], i: Option<usize>) -> bool {
    i.and_then(|i| glyphs.get(i))
        .is_some_and(|g| g.c.is_ascii_digit())
}

fn between_digits(glyphs: &[Glyph], i: usize) -> bool {
    digit_at(glyphs, i.checked_sub(1)) && digit_at(glyphs, Some(i + 1))
}

/// A comma inside a number: exactly three digits follow.
fn groups_digits(glyphs: &[Glyph], i: usize) -> bool {
    between_digits(glyphs, i)
        && glyphs[i + 1..]
            .iter()
            .take(4)
            .take_while(|g| g.c.is_ascii_digit())
            .count()
            == 3
}

/// A lone dot behind a Chinese character (or a mark closing one) that no
/// letter or digit follows.
fn is_full_stop(glyphs: &[Glyph], i: usize) -> bool {
    let before = glyphs[..i]
        .iter()
        .rev()
        .take(NEAR)
        .map(|g| g.c)
        .find(|c| !is_closer(*c));
    let next = glyphs.get(i + 1).map(|g| g.c);
    before.is_some_and(is_han)
        && !next.is_some_and(|c| c == '.' || c.is_ascii_alphanumeric())
        && !(i > 0 && glyphs[i - 1].c == '.')
}
