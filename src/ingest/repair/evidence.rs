//! What the page itself says elsewhere.

use std::collections::HashMap;

use super::super::glyph::is_han;

/// How often each run of two and of three Chinese characters stands on a page.
pub(super) struct Evidence {
    twos: HashMap<[char; 2], u32>,
    threes: HashMap<[char; 3], u32>,
    fives: HashMap<[char; 5], u32>,
}

impl Evidence {
    /// Counts the runs of the page's texts.
    pub fn of<'a>(texts: impl Iterator<Item = &'a [char]>) -> Evidence {
        let mut found = Evidence {
            twos: HashMap::new(),
            threes: HashMap::new(),
            fives: HashMap::new(),
        };
        for text in texts {
            for w in text.windows(2).filter(|w| w.iter().all(|c| is_han(*c))) {
                *found.twos.entry([w[0], w[1]]).or_default() += 1;
            }
            for w in text.windows(3).filter(|w| w.iter().all(|c| is_han(*c))) {
                *found.threes.entry([w[0], w[1], w[2]]).or_default() += 1;
            }
            for w in text.windows(5).filter(|w| w.iter().all(|c| is_han(*c))) {
                *found
                    .fives
                    .entry([w[0], w[1], w[2], w[3], w[4]])
                    .or_default() += 1;
            }
        }
        found
    }

    /// How strongly the page speaks for `right` instead of what stands at `at`:
    /// 3 when a run of five characters with it stands elsewhere at least twice, 2
    /// when one of three does, 1 when one of two does, and what is printed stands
    /// only here; 0 otherwise.
    pub fn weight(&self, text: &[char], at: usize, right: char) -> u32 {
        let with = |from: usize, n: usize| -> Vec<char> {
            (from..from + n)
                .map(|i| if i == at { right } else { text[i] })
                .collect()
        };
        for from in at.saturating_sub(4)..=at {
            if from + 5 > text.len() {
                break;
            }
            let key = |run: &[char]| [run[0], run[1], run[2], run[3], run[4]];
            let here = self.fives.get(&key(&text[from..from + 5])).copied();
            let there = self.fives.get(&key(&with(from, 5))).copied();
            if here == Some(1) && there.unwrap_or(0) >= 2 {
                return 3;
            }
        }
        for from in at.saturating_sub(2)..=at {
            if from + 3 > text.len() {
                break;
            }
            let (new, old) = (with(from, 3), &text[from..from + 3]);
            let here = self.threes.get(&[old[0], old[1], old[2]]).copied();
            let there = self.threes.get(&[new[0], new[1], new[2]]).copied();
            if here == Some(1) && there.unwrap_or(0) >= 2 {
                return 2;
            }
        }
        for from in at.saturating_sub(1)..=at {
            if from + 2 > text.len() {
                break;
            }
            let (new, old) = (with(from, 2), &text[from..from + 2]);
            let here = self.twos.get(&[old[0], old[1]]).copied();
            let there = self.twos.get(&[new[0], new[1]]).copied();
            if here == Some(1) && there.unwrap_or(0) >= 2 {
                return 1;
            }
        }
        0
    }
}
