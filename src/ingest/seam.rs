//! How well one piece of text goes on in another.

use super::glyph::{Glyph, ends_sentence, is_closer, is_han, is_pause, is_stop};
use super::layout::{Layout, Start};
use super::role::Role;
use super::torn::Item;
use super::wording;
use crate::lm::{self, WordModel};

/// How far to each side of a seam its words may reach, in characters.
const REACH: usize = 8;
/// Two halves are joined from this weight on; below it is likelier that the
/// first one lost its end, or the second its beginning.
pub(super) const LEAST: f32 = 0.5;

/// So many first lines at least tell that a page does not indent them.
const LEAST_FLUSH: usize = 3;
/// What speaks for going on on such a page.
const EVEN: f32 = 2.0;

/// What the words across a seam count beside the other things weighed.
const WORDS: f32 = 0.6;

/// What each piece between two halves counts where columns lie block by block, and the
/// square of their number: of two that broke off the first goes on first.
const FAR: f32 = 0.05;
const FARTHER: f32 = 0.01;

/// How much a gain of the words speaks for one text going on in the other, as
/// natural log of odds: measured on the halves of paragraphs cut anywhere
/// against halves and beginnings of others. The words of a text that goes on
/// often gain nothing, but hardly ever lose.
const ODDS: [(f32, f32); 7] = [
    (-1.8, -4.2),
    (-1.2, -3.0),
    (-0.6, -1.6),
    (0.0, -0.8),
    (0.5, 0.3),
    (2.5, 3.9),
    (4.5, 6.0),
];
/// The same where no Chinese words meet.
const NO_WORDS: f32 = -0.3;

/// What the gain of the words across a seam says, as natural log of odds.
pub(super) fn odds(gain: Option<f32>) -> f32 {
    let Some(gain) = gain else { return NO_WORDS };
    let (first, last) = (ODDS[0], ODDS[ODDS.len() - 1]);
    let gain = gain.clamp(first.0, last.0);
    let known = ODDS.windows(2).find(|w| gain <= w[1].0);
    known.map_or(last.1, |w| {
        let [(from, low), (to, high)] = [w[0], w[1]];
        low + (high - low) * (gain - from) / (to - from)
    })
}

/// How the first lines of paragraphs are set on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Two em short: a line that is not goes on from elsewhere.
    Indented,
    /// As any other: they tell nothing.
    Flush,
}

/// How a page sets first lines: those below headings, and below paragraphs that
/// end with a stop.
pub(super) fn habit(items: &[Item]) -> Habit {
    let begins = |above: &Item| match above.role {
        Role::Heading | Role::Byline => true,
        Role::Prose => ends_sentence(&above.piece.glyphs),
        _ => false,
    };
    let first = |w: &&[Item]| w[1].role == Role::Prose && begins(&w[0]);
    let starts = || items.windows(2).filter(first).map(|w| w[1].layout.start);
    let flush = starts().filter(|s| *s == Start::Flush).count();
    let indented = starts().filter(|s| *s == Start::Indented).count();
    match flush >= LEAST_FLUSH && flush > indented {
        true => Habit::Flush,
        false => Habit::Indented,
    }
}

/// What speaks for `second` going on where `first` broke off, with these
/// pieces between them; `None` when nothing could.
pub(super) fn weight(
    first: &Item,
    second: &Item,
    between: &[Item],
    (habit, blocks): (Habit, bool),
    model: Option<&WordModel>,
) -> Option<f32> {
    let inside = begins_inside(&second.piece.glyphs);
    let flush = habit == Habit::Flush;
    let mut weight = match second.layout.start {
        _ if inside => 5.0,
        // Nothing tells that a line was full, but few paragraphs lose their end.
        _ if flush => EVEN,
        Start::Indented => return None,
        Start::Flush => 2.5,
        Start::Unknown => 0.0,
    };
    weight += full(&first.layout) * if flush { 0.4 } else { 1.0 };
    // Text that has its own place is not passed over.
    let own = |i: &&Item| i.role == Role::Prose && !i.is_box();
    let passed = between.iter().filter(own).count();
    weight -= if flush { 0.7 * passed as f32 } else { 0.0 };
    // What is of no article, or stands beside a picture, tears nothing else.
    let strange = |i: &&Item| {
        let apart = matches!(
            i.role,
            Role::Advert | Role::Honours | Role::Furniture | Role::Notice | Role::Caption
        );
        flush && apart
    };
    let between = between.iter().filter(|i| !strange(i)).count();
    weight += if first.is_box() != second.is_box() && first.layout.start != Start::Unknown {
        -3.0
    } else {
        0.0
    };
    if !inside && wording::opens_report(&second.piece.glyphs) {
        weight -= 4.0;
    }
    weight += quotes(&first.piece.glyphs, &second.piece.glyphs);
    weight += match between {
        n if blocks => {
            let n = n as f32;
            -FAR * n - FARTHER * n * n
        }
        0 => 1.2,
        n => -0.25 * n as f32,
    };
    if let Some(model) = model {
        let (before, behind) = (first.piece.glyphs.iter(), second.piece.glyphs.iter());
        let gain = gain(model, before.map(|g| g.c), behind.map(|g| g.c));
        let words = if flush { 1.0 } else { WORDS };
        weight += words * odds(gain);
    }
    Some(weight)
}

/// A paragraph cannot begin with a mark that follows something, nor with 等。
pub(super) fn begins_inside(glyphs: &[Glyph]) -> bool {
    let c = |i: usize| glyphs.get(i).map(|g| g.c);
    let Some(first) = c(0) else { return false };
    (is_stop(first) && first != '…')
        || is_pause(first)
        || (is_closer(first) && !matches!(first, '"' | '\''))
        || (first == '等' && c(1).is_some_and(|c| is_stop(c) || matches!(c, ',' | '，')))
}

/// A last print line as wide as its column goes on somewhere; a short one was
/// its paragraph's last.
fn full(layout: &Layout) -> f32 {
    match layout.column.map(|column| column - layout.last) {
        Some(short) if short <= 1.2 => 1.0,
        Some(short) if short >= 3.0 => -1.5,
        _ => 0.0,
    }
}

/// Speech that is opened before the seam has to be closed behind it.
fn quotes(first: &[Glyph], second: &[Glyph]) -> f32 {
    let surplus = |glyphs: &[Glyph], open: char, close: char| {
        let count = |c: char| glyphs.iter().filter(|g| g.c == c).count() as i32;
        if open == close {
            count(open) % 2
        } else {
            count(open) - count(close)
        }
    };
    let pairs = [
        ('“', '”'),
        ('"', '"'),
        ('（', '）'),
        ('(', ')'),
        ('《', '》'),
    ];
    let mut weight = 0.0;
    for (open, close) in pairs {
        let (before, behind) = (surplus(first, open, close), surplus(second, open, close));
        let closes = if open == close {
            behind == 1
        } else {
            behind < 0
        };
        weight += match (before > 0, closes) {
            (true, true) => 2.0,
            (true, false) => -1.0,
            (false, true) => -1.5,
            (false, false) => 0.0,
        };
    }
    weight
}

/// How much likelier the Chinese words across a seam are than on its sides
/// alone, as log10; `None` where no Chinese characters meet.
pub(super) fn gain(
    model: &WordModel,
    before: impl DoubleEndedIterator<Item = char>,
    behind: impl Iterator<Item = char>,
) -> Option<f32> {
    let han = |c: &char| is_han(*c);
    let mut left: Vec<char> = before.rev().take_while(han).take(REACH).collect();
    left.reverse();
    let right: Vec<char> = behind.take_while(han).take(REACH).collect();
    let meet = !left.is_empty() && !right.is_empty();
    meet.then(|| lm::gain(model, &left, &right))
}
