//! What an article is about: the pairs of characters that few pieces share.

use std::collections::{HashMap, HashSet};

use super::article::Draft;
use super::glyph::runs;
use super::piece::Piece;
use super::torn::Item;

/// How many pieces of a page have each pair of Chinese characters.
pub(super) struct Topics(HashMap<[char; 2], u32>);

impl Topics {
    pub fn of(items: &[Item]) -> Topics {
        let mut counts = HashMap::new();
        for item in items {
            let own: HashSet<[char; 2]> = runs(&item.piece.glyphs).collect();
            for pair in own {
                *counts.entry(pair).or_default() += 1;
            }
        }
        Topics(counts)
    }

    /// How much a piece speaks of what a draft speaks of: shared pairs, the
    /// rarer on the page the more, for the length of the draft.
    pub fn akin(&self, item: &Item, draft: &Draft) -> f32 {
        let bodies = draft.body.iter().map(|i| &i.piece);
        self.shared([&item.piece].into_iter(), draft.heads.iter().chain(bodies))
    }

    /// The same of some pieces and others.
    pub fn shared<'a>(
        &self,
        own: impl Iterator<Item = &'a Piece>,
        others: impl Iterator<Item = &'a Piece>,
    ) -> f32 {
        let known: HashSet<[char; 2]> = others.flat_map(|p| runs(&p.glyphs)).collect();
        let own: HashSet<[char; 2]> = own.flat_map(|p| runs(&p.glyphs)).collect();
        let weight = |pair: &[char; 2]| 1.0 / self.0.get(pair).copied().unwrap_or(1).max(1) as f32;
        let shared: f32 = own.intersection(&known).map(weight).sum();
        shared / (known.len().max(20) as f32).sqrt()
    }
}
