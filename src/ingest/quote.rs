//! Straight quotes → curly ones, paired, nested ones too.

use super::glyph::{Glyph, is_stop};
use crate::diag::Diagnostic;

/// Turns straight quotes into curly ones, in place, and doubts those that have
/// no partner. Curly quotes stay as they are; an apostrophe inside a Latin word
/// is no quote.
pub(super) fn pair(glyphs: &mut [Glyph], file: &str, notes: &mut Vec<Diagnostic>) {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut alone: Vec<usize> = Vec::new();
    // How many of `open` are double and single: asking the stack itself would
    // take a walk a character in text that opens and never closes.
    let mut depth = [0usize; 2];
    for i in 0..glyphs.len() {
        let (kind, opens) = match glyphs[i].c {
            '"' | '＂' => ('"', depth[0] == 0),
            '\'' | '＇' if !is_apostrophe(glyphs, i) => {
                ('\'', open.last().is_none_or(|(k, _)| *k != '\''))
            }
            '“' => ('"', true),
            '”' => ('"', false),
            '‘' => ('\'', true),
            '’' if !is_apostrophe(glyphs, i) => ('\'', false),
            _ => continue,
        };
        // The last straight quote of an odd number: nothing follows that it
        // could open for, or it stands where only a closing one stands.
        let opens = opens && !(is_straight(glyphs[i].c) && stands_at_end(glyphs, i));
        let level = usize::from(kind == '\'');
        if opens {
            depth[level] += 1;
            open.push((kind, i));
        } else if depth[level] == 0 {
            alone.push(i);
        } else {
            // What was opened inside and not closed is alone.
            while let Some((k, at)) = open.pop() {
                depth[usize::from(k == '\'')] -= 1;
                if k == kind {
                    break;
                }
                alone.push(at);
            }
        }
        if is_straight(glyphs[i].c) {
            glyphs[i].c = match (kind, opens) {
                ('"', true) => '“',
                ('"', false) => '”',
                (_, true) => '‘',
                (_, false) => '’',
            };
        }
    }
    alone.extend(open.into_iter().map(|(_, i)| i));
    alone.sort_unstable();
    notes.extend(alone.into_iter().map(|i| {
        Diagnostic::doubt(
            Some(glyphs[i].place(file)),
            format!(
                "the quotation mark `{}` has no partner in its paragraph",
                glyphs[i].c
            ),
        )
        .help("look at the printed page and add the missing one")
    }));
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'' | '＂' | '＇')
}

fn is_apostrophe(glyphs: &[Glyph], i: usize) -> bool {
    let letter = |i: Option<usize>| {
        i.and_then(|i| glyphs.get(i))
            .is_some_and(|g| g.c.is_ascii_alphabetic())
    };
    letter(i.checked_sub(1)) && letter(Some(i + 1))
}

/// Whether a quote stands behind a stop and before nothing: it can only close.
fn stands_at_end(glyphs: &[Glyph], i: usize) -> bool {
    i + 1 == glyphs.len() && i > 0 && (is_stop(glyphs[i - 1].c) || !glyphs[i - 1].c.is_whitespace())
}
