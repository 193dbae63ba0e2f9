//! What the page itself says elsewhere.

use std::collections::HashMap;

use super::super::glyph::is_han;

/// Where the runs of `N` Chinese characters stand on a page: how often, and in
/// which text and where for the first time.
struct Runs<const N: usize>(HashMap<[char; N], (u32, (usize, usize))>);

impl<const N: usize> Runs<N> {
    fn of(texts: &[Vec<char>]) -> Runs<N> {
        let mut found = HashMap::new();
        for (number, text) in texts.iter().enumerate() {
            for (from, window) in text.windows(N).enumerate() {
                if window.iter().all(|c| is_han(*c)) {
                    let run: [char; N] = std::array::from_fn(|i| window[i]);
                    let known = found.entry(run).or_insert((0, (number, from)));
                    known.0 += 1;
                }
            }
        }
        Runs(found)
    }

    /// A run with `right` at `at` that stands elsewhere twice while what is
    /// printed stands only here.
    fn prove(&self, text: &[char], at: usize, right: char) -> Option<Seen> {
        let last = at.min(text.len().saturating_sub(N));
        let runs = (at.saturating_sub(N - 1)..=last).filter_map(|from| {
            let old: [char; N] = text.get(from..from + N)?.try_into().ok()?;
            let mut new = old;
            new[at - from] = right;
            let once = self.0.get(&old).is_some_and(|known| known.0 == 1);
            let (count, (number, start)) = *self.0.get(&new)?;
            (once && count >= 2).then(|| Seen {
                weight: 0,
                run: new.iter().collect(),
                inside: from < at && at + 1 < from + N,
                text: number,
                at: start + at - from,
            })
        });
        runs.max_by_key(|seen| seen.inside)
    }
}

/// What the page has elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// 3 for a run of five characters, 2 for one of three, 1 for one of two.
    pub weight: u32,
    /// The run as it stands elsewhere.
    pub run: String,
    /// The character is neither its first nor its last one.
    pub inside: bool,
    /// In which text it stands first …
    pub text: usize,
    /// … and where in that the character is.
    pub at: usize,
}

/// The page's texts with their runs of two, of three and of five characters.
pub(super) struct Evidence {
    texts: Vec<Vec<char>>,
    twos: Runs<2>,
    threes: Runs<3>,
    fives: Runs<5>,
}

impl Evidence {
    /// Looks where the runs of the page's texts stand.
    pub fn of(texts: &[Vec<char>]) -> Evidence {
        Evidence {
            texts: texts.to_vec(),
            twos: Runs::of(texts),
            threes: Runs::of(texts),
            fives: Runs::of(texts),
        }
    }

    /// How often what is printed around `at` stands on the page just so.
    pub fn repeats(&self, text: &[char], at: usize) -> u32 {
        let last = at.min(text.len().saturating_sub(2));
        let count = |from: usize| {
            let run: Option<[char; 2]> = text.get(from..from + 2).and_then(|r| r.try_into().ok());
            run.and_then(|run| self.twos.0.get(&run))
                .map(|known| known.0)
        };
        (at.saturating_sub(1)..=last)
            .filter_map(count)
            .max()
            .unwrap_or(0)
    }

    /// The text of the page with that number.
    pub fn text(&self, number: usize) -> &[char] {
        self.texts.get(number).map_or(&[], Vec::as_slice)
    }

    /// What the page says for `right` instead of what stands at `at`: the
    /// longest run with it that stands elsewhere at least twice.
    pub fn seen(&self, text: &[char], at: usize, right: char) -> Option<Seen> {
        let weighs = |weight| move |seen| Seen { weight, ..seen };
        (self.fives.prove(text, at, right).map(weighs(3)))
            .or_else(|| self.threes.prove(text, at, right).map(weighs(2)))
            .or_else(|| self.twos.prove(text, at, right).map(weighs(1)))
    }
}
