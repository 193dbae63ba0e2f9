//! Where two texts agree: the longest common run, then those left and right of
//! it (Ratcliff and Obershelp, as Python's `difflib` does it without its
//! heuristics), and how many changes part them (Levenshtein).

use std::collections::HashMap;

/// A run that two texts share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    pub a: usize,
    pub b: usize,
    pub size: usize,
}

/// A text that others are searched in.
pub struct Haystack {
    pub text: Vec<char>,
    places: HashMap<char, Vec<u32>>,
}

impl Haystack {
    pub fn new(text: Vec<char>) -> Haystack {
        let mut places: HashMap<char, Vec<u32>> = HashMap::new();
        for (i, c) in text.iter().enumerate() {
            places.entry(*c).or_default().push(i as u32);
        }
        Haystack { text, places }
    }

    /// The runs that `a` shares with the text, in order.
    pub fn runs(&self, a: &[char]) -> Vec<Run> {
        let mut found = Vec::new();
        let mut open = vec![(0, a.len(), 0, self.text.len())];
        let mut work = Work::new(self.text.len());
        while let Some((from, to, low, high)) = open.pop() {
            let run = self.longest(&a[..to], from, low, high, &mut work);
            if run.size == 0 {
                continue;
            }
            if from < run.a && low < run.b {
                open.push((from, run.a, low, run.b));
            }
            if run.a + run.size < to && run.b + run.size < high {
                open.push((run.a + run.size, to, run.b + run.size, high));
            }
            found.push(run);
        }
        found.sort_unstable();
        let mut joined: Vec<Run> = Vec::new();
        for run in found {
            match joined.last_mut() {
                Some(last) if last.a + last.size == run.a && last.b + last.size == run.b => {
                    last.size += run.size;
                }
                _ => joined.push(run),
            }
        }
        joined
    }

    fn longest(&self, a: &[char], from: usize, low: usize, high: usize, work: &mut Work) -> Run {
        let mut best = Run {
            a: from,
            b: low,
            size: 0,
        };
        for (i, c) in a.iter().enumerate().skip(from) {
            let places = self.places.get(c).map_or(&[][..], Vec::as_slice);
            let first = places.partition_point(|j| (*j as usize) < low);
            for j in &places[first..] {
                let j = *j as usize;
                if j >= high {
                    break;
                }
                let size = work.before(j) + 1;
                work.set(j, size);
                if size > best.size {
                    best = Run {
                        a: i + 1 - size,
                        b: j + 1 - size,
                        size,
                    };
                }
            }
            work.turn();
        }
        work.turn();
        best
    }

    /// How many characters of `a` the text has in runs of four and more.
    pub fn shared(&self, a: &[char]) -> usize {
        let least = 4.min(a.len());
        let runs = self.runs(a);
        runs.iter().map(|r| r.size).filter(|n| *n >= least).sum()
    }
}

/// How long the run is that ends at each place: for the character before and
/// for this one.
struct Work {
    old: Vec<usize>,
    new: Vec<usize>,
    old_set: Vec<usize>,
    new_set: Vec<usize>,
}

impl Work {
    fn new(length: usize) -> Work {
        Work {
            old: vec![0; length],
            new: vec![0; length],
            old_set: Vec::new(),
            new_set: Vec::new(),
        }
    }

    fn before(&self, j: usize) -> usize {
        j.checked_sub(1).map_or(0, |j| self.old[j])
    }

    fn set(&mut self, j: usize, size: usize) {
        self.new[j] = size;
        self.new_set.push(j);
    }

    fn turn(&mut self) {
        self.old_set.drain(..).for_each(|j| self.old[j] = 0);
        std::mem::swap(&mut self.old, &mut self.new);
        std::mem::swap(&mut self.old_set, &mut self.new_set);
    }
}

/// How many characters have to be changed, added or left out.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Where `part` first stands in `text`.
pub fn find(text: &[char], part: &[char]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    text.windows(part.len()).position(|w| w == part)
}

#[test]
fn runs_are_those_of_difflib() {
    let chars = |s: &str| s.chars().collect::<Vec<char>>();
    let run = |a, b, size| Run { a, b, size };
    let runs = |a: &str, b: &str| Haystack::new(chars(b)).runs(&chars(a));
    assert_eq!(runs("abxcd", "abcd"), [run(0, 0, 2), run(3, 2, 2)]);
    assert_eq!(runs("qabxcd", "abycdf"), [run(1, 0, 2), run(4, 3, 2)]);
    assert_eq!(runs("aaa", "aa"), [run(0, 0, 2)]);
    assert_eq!(runs("x", "y"), []);
    assert_eq!(distance(&chars("kitten"), &chars("sitting")), 3);
    assert_eq!(distance(&chars(""), &chars("ab")), 2);
}
