//! Marks as an OCR program writes them: narrowed, spaced, now and then lost.

use super::{Cell, Line, Losses, Press};
use crate::rng::Rng;
use crate::truth::Truth;

/// How often a mark is lost: an inner stop, one quotation mark, a space comes
/// in behind a comma, a number stands between spaces.
const STOP_LOST: f64 = 0.01;
const QUOTE_LOST: f64 = 0.015;
const SPACE_BEHIND: f64 = 0.1;
const SPACE_AROUND: f64 = 0.25;
/// A stop that became a point.
const POINT: f64 = 0.01;

fn narrowed(c: char) -> char {
    match c {
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

/// The characters of a text as they will be printed.
pub fn ink(
    press: &Press,
    truth: &Truth,
    number: usize,
    rng: &mut Rng,
    losses: &mut Losses,
) -> Line {
    let text = &truth.texts[number];
    let chars = &text.chars;
    let worn = press.worn && text.is_article() && matches!(text.kind.as_str(), "para" | "answer");
    let mut line = Line::new();
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1);
        let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let han = |c: Option<&char>| c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
        let mut shown = if press.narrow { narrowed(*c) } else { *c };
        if worn {
            let lost = match c {
                '。' if next.is_some() => rng.happens(STOP_LOST),
                '“' | '”' => rng.happens(QUOTE_LOST),
                _ => false,
            };
            if lost {
                losses.lost.push((number, at));
                continue;
            }
            if *c == '。' && rng.happens(POINT) {
                shown = '.';
            }
        }
        line.push(Cell {
            c: shown,
            from: Some((number, at)),
        });
        if worn && press.narrow {
            let comma = *c == '，' && next.is_some() && rng.happens(SPACE_BEHIND);
            let number = (digit(Some(c)) && han(next) || han(Some(c)) && digit(next))
                && rng.happens(SPACE_AROUND);
            if comma || number {
                line.push(Cell::blank(' '));
            }
        }
    }
    line
}
