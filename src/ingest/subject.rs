//! What pieces of a page speak of: their words, the rarer the more they tell.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::glyph::{Glyph, is_han, runs};
use super::layout::Start;
use super::torn::Item;
use crate::lm::{Context, WordModel, best_cut};

/// A word as common as this (log10 of its probability) or more tells nothing.
const COMMON: f32 = -2.5;
/// What two characters tell that are no word, as in names.
const STRANGE: f32 = 2.0;
/// What two characters tell where words are not known.
const PAIR: f32 = 1.0;
/// Pieces with fewer words than this speak of anything.
const FEW: usize = 20;

/// What has more pieces is no page, and not weighed.
const MOST_ITEMS: usize = 4000;
/// What it counts at most that a column speaks of what is above one tear and not of
/// what is above another.
const TOPIC: f32 = 1.0;
/// Columns that share so little speak of nothing in common.
const IN_COMMON: f32 = 0.15;

/// Columns go on where the same is spoken of: of the tears that a second half may
/// belong to, that one is likelier.
pub(super) fn weigh(items: &[Item], edges: &mut [(usize, usize, f32)], model: Option<&WordModel>) {
    // Only a first line that is full proves that something goes on in it.
    let mut tears: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, (_, j, _)) in edges.iter().enumerate() {
        if items[*j].layout.start == Start::Flush {
            tears.entry(*j).or_default().push(n);
        }
    }
    tears.retain(|_, edges| edges.len() > 1);
    if tears.is_empty() || items.len() > MOST_ITEMS {
        return;
    }
    let subjects = Subjects::of(items, model);
    // A column's text reaches from one heading or tear to the next.
    let ends = |i: &Item| i.is_open() || !i.role.is_body();
    let above = |i: usize| {
        let from = items[..i].iter().rposition(ends).map_or(0, |n| n + 1);
        from..=i
    };
    let below = |j: usize| {
        let to = items[j..].iter().position(ends);
        let to = to.map_or(items.len(), |n| j + n + 1);
        (j..to).filter(|n| items[*n].role.is_body())
    };
    for (j, own) in tears {
        let below = subjects.all(below(j));
        let shared: Vec<f32> = (own.iter())
            .map(|n| subjects.shared(&below, &subjects.all(above(edges[*n].0))))
            .collect();
        for (at, n) in own.into_iter().enumerate() {
            let others = shared.iter().enumerate().filter(|(i, _)| *i != at);
            let other = others.map(|(_, s)| *s).fold(0.0, f32::max);
            let both = shared[at] + other;
            let sure = (both / IN_COMMON).min(1.0);
            let share = shared[at] / both.max(f32::MIN_POSITIVE) - 0.5;
            edges[n].2 += 2.0 * TOPIC * share * sure;
        }
    }
}

/// The words of the pieces of a page.
struct Subjects {
    /// The words of each piece, by their numbers.
    words: Vec<HashSet<usize>>,
    /// What each word tells.
    weights: Vec<f32>,
}

impl Subjects {
    fn of(items: &[Item], model: Option<&WordModel>) -> Subjects {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut told = Vec::new();
        let mut pieces: Vec<u32> = Vec::new();
        let words = (items.iter())
            .map(|item| {
                let own = words(&item.piece.glyphs, model);
                let own: HashSet<usize> = (own.into_iter())
                    .map(|(word, weight)| {
                        *numbers.entry(word).or_insert_with(|| {
                            told.push(weight);
                            pieces.push(0);
                            told.len() - 1
                        })
                    })
                    .collect();
                own.iter().for_each(|word| pieces[*word] += 1);
                own
            })
            .collect();
        let weights = told.iter().zip(&pieces);
        let weights = weights.map(|(w, n)| w / (*n).max(1) as f32).collect();
        Subjects { words, weights }
    }

    /// The words of some pieces.
    fn all(&self, pieces: impl Iterator<Item = usize>) -> HashSet<usize> {
        pieces.flat_map(|i| self.words[i].iter().copied()).collect()
    }

    /// How much some words are those of others: what they share, for the number of the
    /// others.
    fn shared(&self, own: &HashSet<usize>, others: &HashSet<usize>) -> f32 {
        let shared: f32 = own.intersection(others).map(|w| self.weights[*w]).sum();
        shared / (others.len().max(FEW) as f32).sqrt()
    }
}

/// The words of a text that tell something, with how much.
fn words(glyphs: &[Glyph], model: Option<&WordModel>) -> Vec<(String, f32)> {
    let Some(model) = model.filter(|m| m.knows_neighbours()) else {
        return runs::<2>(glyphs)
            .map(|pair| (pair.iter().collect(), PAIR))
            .collect();
    };
    let mut found = Vec::new();
    for run in glyphs.split(|g| !is_han(g.c)).filter(|run| run.len() > 1) {
        let run: Vec<char> = run.iter().map(|g| g.c).collect();
        let cut = best_cut(model, &run).words;
        for (i, range) in cut.iter().enumerate() {
            let word: String = run[range.clone()].iter().collect();
            let single = |n: usize| cut.get(n).is_some_and(|r| r.len() == 1);
            if range.len() > 1 {
                let known = model.word(&word).map(|w| model.score(Context::NONE, w).0);
                let weight = known.map_or(STRANGE, |p| (COMMON - p).max(0.0));
                found.push((word, weight));
            } else if single(i + 1) {
                found.push((run[range.start..range.start + 2].iter().collect(), STRANGE));
            }
        }
    }
    found
}
