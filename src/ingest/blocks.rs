//! Pages whose columns lie block by block, a blank line between.

use std::collections::BTreeMap;

use super::torn::Item;

/// How far behind its first half a second one is looked for there, in pieces.
pub(super) const REACH: usize = 40;
/// So many blocks of several paragraphs tell that columns lie so.
const LEAST_BLOCKS: usize = 3;

/// Whether blank lines stand between pieces of columns and not between paragraphs: then
/// nothing goes on in what follows it sooner than in what stands further below.
pub(super) fn lie_so(items: &[Item]) -> bool {
    let mut texts: BTreeMap<usize, usize> = BTreeMap::new();
    for item in items.iter().filter(|i| i.role.is_text()) {
        *texts.entry(item.piece.block).or_default() += 1;
    }
    texts.values().filter(|n| **n > 1).count() >= LEAST_BLOCKS
}

/// What it costs that a half stands in the middle of its block: a column breaks off at
/// its foot and goes on at the head of another.
const INNER: f32 = 2.0;

/// What the places of two halves in their blocks tell.
pub(super) fn places(items: &[Item], first: usize, second: usize) -> f32 {
    let block = |i: usize| items.get(i).map(|i| i.piece.block);
    let inner = [(first, first + 1), (second, second - 1)];
    let inner = inner.iter().filter(|(a, b)| block(*a) == block(*b)).count();
    -INNER * inner as f32
}
