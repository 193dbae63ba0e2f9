//! White space: which of it is the paper's, which the OCR program's.

use super::figures;
use super::glyph::{Glyph, is_han};
use super::piece::Piece;
use super::wording;

/// What a run of text is, as far as its spaces go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// A paragraph: spaces between Chinese characters are line ends or noise.
    Prose,
    /// A headline, a byline, a cell of an advert: spaces part phrases and names.
    Display,
}

/// The longest phrase in quotes that keeps a space, in characters; a longer
/// one is speech, and its spaces are line ends.
const QUOTED_TITLE: usize = 16;

/// The characters of a piece with the white space that means something, as
/// single spaces. `line_end` tells of each gap whether a print line ends there.
pub(super) fn join(
    piece: &Piece,
    spacing: Spacing,
    line_end: impl Fn(usize) -> bool,
) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(piece.glyphs.len() + 8);
    let mut at = 0;
    for (i, gap) in piece.gaps.iter().enumerate() {
        out.extend_from_slice(&piece.glyphs[at..gap.at]);
        at = gap.at;
        let (Some(before), Some(after)) = (piece.glyphs[..at].last(), piece.glyphs.get(at)) else {
            continue;
        };
        let torn = figures::is_torn(&piece.glyphs[..at], &piece.glyphs[at..]);
        let keep = if torn {
            false
        } else if is_latin(before.c) && is_latin(after.c) {
            // A number or a time goes on in the next print line, a word never
            // does.
            let ends = spacing == Spacing::Prose && (gap.line_end || line_end(i));
            !ends
                || (before.c.is_alphabetic() && after.c.is_alphanumeric())
                || (before.c.is_alphanumeric() && after.c.is_alphabetic())
                || matches!(before.c, ',' | '.' | ';')
        } else {
            match spacing {
                Spacing::Display => parts_phrases(piece, i) && !(gap.line_end && line_end(i)),
                Spacing::Prose => {
                    let said = is_han(before.c) && is_han(after.c);
                    !gap.line_end
                        && (said
                            && (behind_role(&piece.glyphs[..at])
                                || !line_end(i) && in_quoted_title(&piece.glyphs, at))
                            || before_contact(&piece.glyphs, at))
                }
            }
        };
        if keep {
            out.push(gap.space);
        }
    }
    out.extend_from_slice(&piece.glyphs[at..]);
    out
}

/// Letters, digits and the marks inside their words and sentences.
fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '\'')
        || (c.is_alphanumeric() && !is_han(c) && !('\u{2E80}'..='\u{FFEF}').contains(&c))
}

/// Whether the `i`-th gap of a headline parts phrases or names, and does not
/// merely space out letters (`荣 获`) or set off a number (`第 8 期`).
fn parts_phrases(piece: &Piece, i: usize) -> bool {
    let start = if i == 0 { 0 } else { piece.gaps[i - 1].at };
    let at = piece.gaps[i].at;
    let end = piece.gaps.get(i + 1).map_or(piece.glyphs.len(), |g| g.at);
    let (left, right) = (&piece.glyphs[start..at], &piece.glyphs[at..end]);
    let single = |side: &[Glyph]| side.len() == 1 && is_han(side[0].c);
    if single(left) && single(right) {
        return false;
    }
    let (Some(before), Some(after)) = (left.last(), right.first()) else {
        return false;
    };
    // A number or a Latin word is spaced from Chinese by habit, not for sense.
    if is_latin(before.c) != is_latin(after.c) {
        return left.len() > 3 && right.len() > 3;
    }
    !matches!(
        before.c,
        ',' | '，' | '、' | '：' | ':' | '；' | ';' | '(' | '（'
    )
}

/// Whether a space follows the words a report begins with, or what somebody is
/// whose name stands behind: `本报讯 昨天`, `（记者 何小田）`.
fn behind_role(before: &[Glyph]) -> bool {
    let ends = |word: &str| {
        let from = before.len().checked_sub(word.chars().count());
        from.filter(|from| word.chars().eq(before[*from..].iter().map(|g| g.c)))
    };
    let bracket = |at: usize| at > 0 && matches!(before[at - 1].c, '(' | '（');
    ["本报讯", "又讯"]
        .iter()
        .any(|w| ends(w).is_some_and(|at| at <= 1))
        || ["记者", "本报记者", "通讯员", "见习记者"]
            .iter()
            .any(|w| ends(w).is_some_and(bracket))
}

/// Whether how to reach somebody follows a figure, or who took a picture what
/// it shows: `5000元 电话…`, `图为花展。 何小田 摄`.
fn before_contact(glyphs: &[Glyph], at: usize) -> bool {
    let behind = &glyphs[at..];
    let starts = |word: &&str| {
        word.chars()
            .eq(behind.iter().map(|g| g.c).take(word.chars().count()))
    };
    let figure = matches!(glyphs[at - 1].c, '元' | '号' | '楼' | '室' | '0'..='9');
    let credit = behind.last().is_some_and(|g| g.c == '摄') && behind.len() <= 5;
    figure && wording::CONTACT.iter().any(starts) || credit
}

/// Whether the place lies in a short quoted phrase, such as the name of a
/// project: `“美好社区 先锋行动”`.
fn in_quoted_title(glyphs: &[Glyph], at: usize) -> bool {
    let plain = |g: &&Glyph| is_han(g.c);
    let before = glyphs[at.saturating_sub(QUOTED_TITLE)..at].iter().rev();
    let after = glyphs[at..].iter().take(QUOTED_TITLE);
    let left = before.clone().take_while(plain).count();
    let right = after.clone().take_while(plain).count();
    left > 1
        && right > 1
        && left + right <= QUOTED_TITLE
        && before
            .clone()
            .nth(left)
            .is_some_and(|g| matches!(g.c, '"' | '“' | '\'' | '‘'))
        && after
            .clone()
            .nth(right)
            .is_some_and(|g| matches!(g.c, '"' | '”' | '\'' | '’'))
}
