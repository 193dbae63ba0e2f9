//! How likely a run of characters is, cut into words in the best way.

use crate::lm::{Context, Word, WordModel};

/// The longest word looked for, in characters.
const LONGEST: usize = 5;
/// How many ways of reading a position are kept.
const KEPT: usize = 6;
/// What a character costs that the model does not know, as log10: such
/// characters are rare, and are in names.
const STRANGE: f32 = -7.0;

/// A way to read the run up to some position.
#[derive(Clone, Copy)]
struct Way {
    score: f32,
    context: Context,
}

/// The log10 probability of the best cut of `run` into words.
///
/// A Viterbi search over the words of `model` with its trigram contexts as
/// states (Viterbi 1967), at most [`KEPT`] a position.
pub(super) fn best(model: &WordModel, run: &[char]) -> f32 {
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); run.len() + 1];
    ways[0].push(Way {
        score: 0.0,
        context: Context::NONE,
    });
    let mut name = String::new();
    for at in 0..run.len() {
        let here = std::mem::take(&mut ways[at]);
        name.clear();
        for end in at + 1..=run.len().min(at + LONGEST) {
            name.push(run[end - 1]);
            let word = model.word(&name);
            if word.is_none() && end > at + 1 {
                continue;
            }
            for way in &here {
                let (mut score, context) = model.score(way.context, word.unwrap_or(Word::UNKNOWN));
                if word.is_none() {
                    score = STRANGE;
                }
                keep(
                    &mut ways[end],
                    Way {
                        score: way.score + score,
                        context,
                    },
                );
            }
        }
    }
    let last = ways.pop().unwrap_or_default();
    last.iter()
        .map(|w| w.score)
        .fold(f32::NEG_INFINITY, f32::max)
}

/// Adds a way unless there are better ones enough.
fn keep(ways: &mut Vec<Way>, new: Way) {
    if let Some(same) = ways.iter_mut().find(|w| w.context == new.context) {
        same.score = same.score.max(new.score);
    } else if ways.len() < KEPT {
        ways.push(new);
    } else if let Some(worst) = ways
        .iter_mut()
        .min_by(|a, b| a.score.total_cmp(&b.score))
        .filter(|w| w.score < new.score)
    {
        *worst = new;
    }
}
