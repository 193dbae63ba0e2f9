//! What the page itself says elsewhere.

use std::collections::HashMap;

use super::super::glyph::is_han;

/// How often each run of `N` Chinese characters stands on a page.
struct Runs<const N: usize>(HashMap<[char; N], u32>);

impl<const N: usize> Runs<N> {
    fn of(texts: &[Vec<char>]) -> Runs<N> {
        let mut counts = HashMap::new();
        for window in texts.iter().flat_map(|text| text.windows(N)) {
            if window.iter().all(|c| is_han(*c)) {
                let run: [char; N] = std::array::from_fn(|i| window[i]);
                *counts.entry(run).or_default() += 1;
            }
        }
        Runs(counts)
    }

    /// Whether a run with `right` at `at` stands elsewhere twice, and what is
    /// printed only here.
    fn prove(&self, text: &[char], at: usize, right: char) -> bool {
        let last = at.min(text.len().saturating_sub(N));
        (at.saturating_sub(N - 1)..=last).any(|from| {
            if from + N > text.len() {
                return false;
            }
            let old: [char; N] = std::array::from_fn(|i| text[from + i]);
            let mut new = old;
            new[at - from] = right;
            self.0.get(&old) == Some(&1) && self.0.get(&new).is_some_and(|n| *n >= 2)
        })
    }
}

/// The runs of two, of three and of five characters.
pub(super) struct Evidence {
    twos: Runs<2>,
    threes: Runs<3>,
    fives: Runs<5>,
}

impl Evidence {
    /// Counts the runs of the page's texts.
    pub fn of(texts: &[Vec<char>]) -> Evidence {
        Evidence {
            twos: Runs::of(texts),
            threes: Runs::of(texts),
            fives: Runs::of(texts),
        }
    }

    /// How strongly the page speaks for `right` instead of what stands at `at`:
    /// 3 when a run of five characters with it stands elsewhere at least twice, 2
    /// when one of three does, 1 when one of two does, and what is printed stands
    /// only here; 0 otherwise.
    pub fn weight(&self, text: &[char], at: usize, right: char) -> u32 {
        if self.fives.prove(text, at, right) {
            3
        } else if self.threes.prove(text, at, right) {
            2
        } else {
            u32::from(self.twos.prove(text, at, right))
        }
    }
}
