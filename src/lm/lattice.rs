//! How likely a run of characters is, cut into words in the best way.

use std::ops::Range;

use super::{Context, Word, WordModel};

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
    /// Where its last word begins, and which way that continues.
    from: (usize, usize),
}

/// A run cut into words.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Its log10 probability.
    pub score: f32,
    /// The words, in order.
    pub words: Vec<Range<usize>>,
}

impl Cut {
    /// The word that the character at `at` is in, by its number.
    pub fn word_at(&self, at: usize) -> Option<usize> {
        self.words.iter().position(|w| w.contains(&at))
    }

    /// How many characters the word has that the character at `at` is in.
    pub fn length_at(&self, at: usize) -> usize {
        self.word_at(at).map_or(0, |n| self.words[n].len())
    }
}

/// The best cut of `run` into words.
///
/// A Viterbi search over the words of `model` with its trigram contexts as
/// states (Viterbi 1967), at most six a position.
pub fn best_cut(model: &WordModel, run: &[char]) -> Cut {
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); run.len() + 1];
    ways[0].push(Way {
        score: 0.0,
        context: Context::NONE,
        from: (0, 0),
    });
    let mut name = String::new();
    for at in 0..run.len() {
        name.clear();
        for end in at + 1..=run.len().min(at + LONGEST) {
            name.push(run[end - 1]);
            let word = model.word(&name);
            if word.is_none() && end > at + 1 {
                continue;
            }
            let (done, open) = ways.split_at_mut(end);
            for (number, way) in done[at].iter().enumerate() {
                let (mut score, context) = model.score(way.context, word.unwrap_or(Word::UNKNOWN));
                if word.is_none() {
                    score = STRANGE;
                }
                keep(
                    &mut open[0],
                    Way {
                        score: way.score + score,
                        context,
                        from: (at, number),
                    },
                );
            }
        }
    }
    let last = &ways[run.len()];
    let best = (0..last.len()).max_by(|a, b| last[*a].score.total_cmp(&last[*b].score));
    let mut cut = Cut {
        score: best.map_or(f32::NEG_INFINITY, |n| last[n].score),
        words: Vec::new(),
    };
    let (mut end, mut number) = (run.len(), best.unwrap_or(0));
    while end > 0 {
        let Some(way) = ways[end].get(number) else {
            break;
        };
        cut.words.push(way.from.0..end);
        (end, number) = way.from;
    }
    cut.words.reverse();
    cut
}

/// How much likelier `behind` is after `before` than either is alone, as log10:
/// a word that was cut in two, words that follow one another. 0 when one of
/// them is empty.
pub fn gain(model: &WordModel, before: &[char], behind: &[char]) -> f32 {
    if before.is_empty() || behind.is_empty() {
        return 0.0;
    }
    let apart = best_cut(model, before).score + best_cut(model, behind).score;
    best_cut(model, &[before, behind].concat()).score - apart
}

/// Adds a way unless there are better ones enough.
fn keep(ways: &mut Vec<Way>, new: Way) {
    if let Some(same) = ways.iter_mut().find(|w| w.context == new.context) {
        if same.score < new.score {
            *same = new;
        }
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
