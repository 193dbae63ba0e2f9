//! Which lines of the file are one paragraph, where no blank line and no indent
//! tells.
//!
//! Every line is one of a few things ([`State`]). How wide it is, how it begins
//! and ends, and whether its words go on from the line before make each of them
//! more or less likely ([`super::setting`]); the likeliest sequence for all
//! lines together is taken: a hidden Markov model (Rabiner 1989), searched by
//! Viterbi's algorithm (1967).

use super::row::{Habits, INSERTED, NARROWEST, Row, WIDEST};
use super::setting::{Setter, State, after, goes_on, may_end, within, words};

/// So many columns of different width are told in one run of lines.
const COLUMNS: usize = 5;
/// What it costs that a block without a blank line is more than one paragraph.
const BLOCK: f32 = 2.0;

/// The columns lines may be set in; the last one, `None`, is ragged: lines of
/// any width.
fn columns(rows: &[Row], habits: Habits) -> Vec<Option<f32>> {
    let mut counts = [0usize; 64];
    for pair in rows.windows(2) {
        let (a, b) = (pair[0].width, pair[1].width);
        if (a - b).abs() <= 0.6 && (NARROWEST..=WIDEST).contains(&b) {
            counts[(b.round() as usize).min(63)] += 1;
        }
    }
    let page = habits.column;
    // A caption in a box may have but one full line: it is wider than a column
    // can be, and no heading has its marks.
    for row in rows.iter().filter(|r| r.pauses > 0) {
        let wider = page.is_some_and(|c| row.width > c + 2.5);
        if wider && row.width <= WIDEST {
            counts[(row.width.round() as usize).min(63)] += 1;
        }
    }
    let near = |w: usize| page.is_some_and(|c| (c - w as f32).abs() < 1.5);
    let mut found: Vec<usize> = (0..64).filter(|w| counts[*w] > 0 && !near(*w)).collect();
    found.sort_by_key(|w| std::cmp::Reverse((counts[*w], *w)));
    found.truncate(COLUMNS);
    page.into_iter()
        .chain(found.into_iter().map(|w| w as f32))
        .map(Some)
        .chain([None])
        .collect()
}

/// Where paragraphs and other units begin: for each row whether it is the first
/// of one.
pub(super) fn units(rows: &[Row], habits: Habits) -> Vec<bool> {
    let columns = columns(rows, habits);
    let mut states: Vec<State> = (0..columns.len())
        .flat_map(|c| [State::First(c), State::Inner(c), State::Last(c)])
        .collect();
    let strange = |c: usize| (1..=INSERTED).map(move |n| State::Inserted(c, n));
    // The last column is no column.
    states.extend((0..columns.len() - 1).flat_map(strange));
    states.extend([State::Only, State::Heading, State::Verse, State::Alone]);
    let setter = Setter {
        columns: &columns,
        habits,
    };
    let path = Lattice::new(&setter, &states, rows).best();
    (0..rows.len())
        .map(|i| i == 0 || !goes_on(path[i - 1], path[i]) || inserted(path[i - 1], path[i]))
        .collect()
}

/// Whether one of two lines in a row stands in a paragraph and is none of it.
fn inserted(before: State, here: State) -> bool {
    [before, here]
        .iter()
        .any(|s| matches!(s, State::Inserted(..)))
}

/// A step of the search: the cheapest way to a state, and where it comes from.
#[derive(Clone, Copy)]
struct Step {
    cost: f32,
    from: usize,
}

/// The cheapest step to a state from those of the line before.
fn cheapest(
    states: &[State],
    before: &[Step],
    here: State,
    waits: bool,
    (row, block): (&Row, f32),
) -> Step {
    let base = states.len() * usize::from(waits);
    let mut best = Step {
        cost: f32::INFINITY,
        from: base,
    };
    for (i, &state) in states.iter().enumerate() {
        let step = if goes_on(state, here) {
            if row.parted {
                continue;
            }
            within(state, here) - words(state, here, row)
        } else if may_end(state) {
            after(state, here) + if row.parted { 0.0 } else { block }
        } else {
            continue;
        };
        let cost = before[base + i].cost + step;
        if cost < best.cost {
            best = Step {
                cost,
                from: base + i,
            };
        }
    }
    best
}

/// All ways through the lines. Each state is there twice: with no paragraph
/// above that waits for its rest, and with one.
struct Lattice<'a> {
    states: &'a [State],
    steps: Vec<Vec<Step>>,
}

impl<'a> Lattice<'a> {
    fn new(setter: &Setter<'_>, states: &'a [State], rows: &[Row]) -> Lattice<'a> {
        let count = states.len();
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(rows.len());
        let block = if setter.habits.blocks { BLOCK } else { 0.0 };
        for row in rows {
            let mut here = vec![
                Step {
                    cost: f32::INFINITY,
                    from: 0
                };
                2 * count
            ];
            for waits in [false, true] {
                for (s, &state) in states.iter().enumerate() {
                    let own = setter.cost(row, state, waits);
                    let best = match steps.last() {
                        None if waits => continue,
                        None => Step {
                            cost: after(State::Only, state),
                            from: 0,
                        },
                        Some(before) => cheapest(states, before, state, waits, (row, block)),
                    };
                    let to = setter.waits(row, state, waits);
                    let at = s + count * usize::from(to);
                    let cost = best.cost + own;
                    if cost < here[at].cost {
                        here[at] = Step { cost, ..best };
                    }
                }
            }
            steps.push(here);
        }
        Lattice { states, steps }
    }

    /// The cheapest way.
    fn best(&self) -> Vec<State> {
        let count = self.states.len();
        let Some(last) = self.steps.last() else {
            return Vec::new();
        };
        let end = |at: &usize| {
            let open = if may_end(self.states[at % count]) {
                0.0
            } else {
                2.0
            };
            last[*at].cost + open
        };
        let mut at = (0..2 * count)
            .min_by(|a, b| end(a).total_cmp(&end(b)))
            .unwrap_or(0);
        let mut path = Vec::with_capacity(self.steps.len());
        for step in self.steps.iter().rev() {
            path.push(self.states[at % count]);
            at = step[at].from;
        }
        path.reverse();
        path
    }
}
