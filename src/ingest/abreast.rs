//! Two headlines that stand side by side over two articles, read as one line.

use std::collections::HashSet;

use super::glyph::{ends_sentence, runs, width};
use super::role::Role;
use super::torn::Item;

/// Each headline is at least so wide, in em.
const NARROWEST: f32 = 4.0;

/// The second article is looked for among so many pieces.
const REACH: usize = 8;

/// Parts such headlines: the second one moves down to the second article.
pub(super) fn part(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut waiting: Option<(usize, Item)> = None;
    for i in 0..items.len() {
        if let Some((_, second)) = waiting.take_if(|(at, _)| *at == i) {
            out.push(second);
        }
        let parts = cut(&items[i]).filter(|_| waiting.is_none());
        match parts.and_then(|(a, b)| Some((below(&items, i, &a, &b)?, a, b))) {
            Some((at, first, second)) => {
                out.push(first);
                waiting = Some((at, second));
            }
            None => out.push(items[i].clone()),
        }
    }
    out
}

/// Where below two headlines the text of the second one begins: with what says more of
/// its words than of the first one's; else behind the first paragraph.
fn below(items: &[Item], at: usize, first: &Item, second: &Item) -> Option<usize> {
    let pairs = |item: &Item| -> HashSet<[char; 2]> { runs(&item.piece.glyphs).collect() };
    let texts = |i: &usize| matches!(items[*i].role, Role::Prose | Role::Row | Role::Columns);
    if items.get(at + 1).map(|i| i.role) != Some(Role::Prose) {
        return None;
    }
    let (own, other) = (pairs(second), pairs(first));
    let near = at + 2..items.len().min(at + 2 + REACH);
    let said = |i: &usize| {
        let here = pairs(&items[*i]);
        let count = |of: &HashSet<[char; 2]>| of.intersection(&here).count();
        count(&own) > count(&other)
    };
    let heading = |i: &usize| items[*i].role == Role::Heading;
    let mut run = near.clone().take_while(|i| !heading(i)).filter(texts);
    let found = run
        .clone()
        .find(said)
        .or_else(|| run.next().filter(|i| *i == at + 2))?;
    // Not between the halves of a paragraph.
    let whole = |i: &usize| ends_sentence(&items[*i - 1].piece.glyphs) || !texts(&(*i - 1));
    (at + 2..=found).rev().find(whole)
}

/// The two halves of a heading with one wide space in it.
fn cut(item: &Item) -> Option<(Item, Item)> {
    let mut wide = item.piece.gaps.iter().filter(|g| g.wide);
    let at = wide.next()?.at;
    let whole = item.piece.glyphs.len();
    let half = |from: usize, to: usize| Item {
        piece: item.piece.part(from, to),
        ..item.clone()
    };
    let (first, second) = (half(0, at), half(at, whole));
    let both = [&first, &second]
        .iter()
        .all(|h| width(&h.piece.glyphs) >= NARROWEST);
    (item.role == Role::Heading && wide.next().is_none() && both).then_some((first, second))
}
