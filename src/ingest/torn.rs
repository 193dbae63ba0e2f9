//! Paragraphs torn by columns, boxes and headlines, joined again.

use super::glyph::{Glyph, ends_sentence, is_closer, is_stop, text, width};
use super::layout::{Layout, Start};
use super::piece::{Gap, Piece};
use super::role::{self, Role};
use crate::diag::Diagnostic;

/// How far behind its first half the second is looked for, in pieces.
const REACH: usize = 4;

/// A piece of the page that is an article's, with what was found out about it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub piece: Piece,
    pub role: Role,
    pub layout: Layout,
    /// It stands between two halves of a paragraph.
    pub in_tear: bool,
}

impl Item {
    /// It is a box with a column of its own.
    pub fn is_box(&self) -> bool {
        self.layout.own_column.is_some()
    }

    fn is_prose(&self) -> bool {
        self.role == Role::Prose
    }

    /// It is a paragraph that breaks off.
    fn is_open(&self) -> bool {
        let last = self.piece.glyphs.last().map(|g| g.c);
        self.is_prose()
            && !ends_sentence(&self.piece.glyphs)
            && !matches!(last, Some('：' | ':' | '；' | ';'))
            && !role::is_credit(&text(&self.piece.glyphs))
            && !role::is_closing(&text(&self.piece.glyphs))
    }
}

/// Joins torn paragraphs; the whole stands where its first half stood, and what
/// stood between follows it. Halves that were not found are doubted.
pub(super) fn join(
    items: Vec<Item>,
    page: Option<f32>,
    file: &str,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    join_pass(&mut items);
    // What is left without a first half may follow a line that looks like a
    // heading.
    find_short_halves(&mut items, page);
    join_pass(&mut items);
    let items: Vec<Item> = items.into_iter().flatten().collect();
    for (i, item) in items.iter().enumerate() {
        let listed = matches!(items.get(i + 1).map(|n| n.role), Some(Role::Item(_)));
        if let (true, false, Some(last)) = (item.is_open(), listed, item.piece.glyphs.last()) {
            notes.push(
                Diagnostic::doubt(
                    Some(last.place(file)),
                    format!(
                        "the paragraph breaks off after `{}`",
                        ending(&item.piece.glyphs)
                    ),
                )
                .help("look at the printed page and write what is missing"),
            );
        }
        if let (true, Some(first)) = (begins_inside(item), item.piece.glyphs.first()) {
            notes.push(
                Diagnostic::doubt(
                    Some(first.place(file)),
                    format!(
                        "the paragraph begins in mid-sentence with `{}`",
                        beginning(&item.piece.glyphs)
                    ),
                )
                .help("look at the printed page for its first half"),
            );
        }
    }
    items
}

fn join_pass(items: &mut [Option<Item>]) {
    for i in 0..items.len() {
        while let Some(j) = second_half(items, i) {
            for between in items[i + 1..j].iter_mut().flatten() {
                between.in_tear = true;
            }
            if let (Some(second), Some(first)) = (items[j].take(), items[i].as_mut()) {
                append(first, second);
            }
        }
    }
}

fn ending(glyphs: &[Glyph]) -> String {
    text(&glyphs[glyphs.len().saturating_sub(6)..])
}

fn beginning(glyphs: &[Glyph]) -> String {
    text(&glyphs[..glyphs.len().min(6)])
}

/// A paragraph cannot begin with a mark that follows something.
fn begins_inside(item: &Item) -> bool {
    item.is_prose()
        && item.piece.glyphs.first().is_some_and(|g| {
            (is_stop(g.c) && g.c != '…')
                || matches!(g.c, ',' | '，' | '、' | '；' | ';' | '：' | ':')
                || (is_closer(g.c) && !matches!(g.c, '"' | '\''))
        })
}

/// A short first half looks like a heading; the second half, which begins
/// without an indent and follows nothing else, tells.
fn find_short_halves(items: &mut [Option<Item>], page: Option<f32>) {
    for j in 1..items.len() {
        let (before, here) = items.split_at_mut(j);
        let (Some(Some(first)), Some(Some(second))) = (before.last_mut(), here.first()) else {
            continue;
        };
        let narrow = page.is_some_and(|c| width(&first.piece.glyphs) <= c + 1.0);
        let is_first_half = second.is_prose()
            && second.layout.start == Start::Flush
            && first.role == Role::Heading
            && narrow
            && role::pauses(&first.piece.glyphs) > 0;
        if is_first_half {
            first.role = Role::Prose;
        }
    }
}

/// Which later piece is the second half of the paragraph at `i`.
fn second_half(items: &[Option<Item>], i: usize) -> Option<usize> {
    let first = items[i].as_ref().filter(|item| item.is_open())?;
    let mut between = 0;
    for (j, item) in items.iter().enumerate().skip(i + 1).take(REACH * 2) {
        let Some(item) = item else { continue };
        if between > REACH {
            return None;
        }
        match item.role {
            Role::Prose if fits(first, item, between) => return Some(j),
            // A box, or a whole paragraph with a column of its own.
            Role::Prose if item.is_box() && ends_sentence(&item.piece.glyphs) => between += 1,
            Role::Heading => between += 1,
            _ => return None,
        }
    }
    None
}

fn fits(first: &Item, second: &Item, between: usize) -> bool {
    if begins_inside(second) {
        return true;
    }
    if second.is_box() != first.is_box() && first.layout.start != Start::Unknown {
        return false;
    }
    match second.layout.start {
        Start::Flush => true,
        Start::Indented => false,
        Start::Unknown => between == 0 && !role::opens_report(&second.piece.glyphs),
    }
}

fn append(first: &mut Item, second: Item) {
    let shift = first.piece.glyphs.len();
    if let Some(glyph) = second.piece.glyphs.first() {
        first.piece.gaps.push(Gap {
            at: shift,
            line_end: true,
            space: Glyph { c: ' ', ..*glyph },
        });
        first.layout.line_ends.push(true);
    }
    first
        .piece
        .gaps
        .extend(second.piece.gaps.iter().map(|g| Gap {
            at: g.at + shift,
            ..*g
        }));
    first.piece.glyphs.extend(second.piece.glyphs);
    first.layout.line_ends.extend(second.layout.line_ends);
}
