//! The best set of articles that can be made as long as the slot: a knapsack, exact but
//! for the unit that lengths are counted in.

use crate::model::{Frames, Priority, SampleRate, Trouble, Why};

/// Lengths are counted in milliseconds while a slot has no more of them than this, and
/// in as many times longer units as it takes otherwise.
const MOST_CELLS: u64 = 1_000_000;

/// Between which lengths something can be brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// At the fastest pace.
    pub least: Frames,
    /// At its own.
    pub own: Frames,
    /// At the slowest.
    pub most: Frames,
}

impl std::ops::Add for Reach {
    type Output = Reach;
    fn add(self, other: Reach) -> Reach {
        Reach {
            least: self.least + other.least,
            own: self.own + other.own,
            most: self.most + other.most,
        }
    }
}

/// An article that may be in the programme, with the silence and the sting before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// How long it is.
    pub reach: Reach,
    /// What a frame of it is worth, by [`weight`].
    pub weight: u64,
}

/// How long the programme should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The slot.
    pub slot: Frames,
    /// So far from it the programme may be.
    pub tolerance: Frames,
    /// The rate both are counted at.
    pub rate: SampleRate,
}

impl Target {
    fn longest(self) -> u64 {
        self.slot.0 + self.tolerance.0
    }

    fn shortest(self) -> u64 {
        self.slot.0.saturating_sub(self.tolerance.0)
    }
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// For every candidate why it is left out; `None` when it is taken.
    pub left_out: Vec<Option<Why>>,
    /// Why the programme cannot be as long as the slot; `None` when it can.
    pub trouble: Option<Trouble>,
}

/// What airtime of an article is worth. One step of priority counts four times, so
/// that a short important piece stays before a long one of less weight; of equals the
/// newer edition comes before the older (`age` 0 is the newest), by less than that, and
/// in an edition the earlier article, by less still.
pub fn weight(priority: Priority, age: usize, place: usize) -> u64 {
    let newest = 16 - age.min(8) as u64;
    let earliest = 63 - place.min(63) as u64;
    (newest * 64 + earliest) << (2 * u32::from(Priority::LEAST.0 - priority.0))
}

/// The best set of candidates that, with `base` (what is played anyway), can be made as
/// long as the target. Of the sets that can, that one is taken which has the most
/// important airtime ([`Candidate::weight`]); every frame that it is from the slot at
/// its own pace counts against it like a lost frame of the most important candidate, so
/// that nothing is squeezed in or drawn out for little.
///
/// When there is no such set, what is nearest below is taken: a programme that is too
/// short can be followed by music, one that is too long is cut off. Only `base` itself
/// may be too long, and then nothing is taken.
///
/// Equal input gives equal sets; of sets that are worth the same the one with the
/// earlier candidates is taken.
pub fn choose(base: Reach, candidates: &[Candidate], target: Target) -> Choice {
    let longest = target.longest();
    let taken = match base.least.0 <= longest {
        true => best(base, candidates, target),
        false => vec![false; candidates.len()],
    };
    let chosen = (candidates.iter().zip(&taken))
        .filter(|(_, taken)| **taken)
        .fold(base, |sum, (c, _)| sum + c.reach);
    let why = |(candidate, taken): (&Candidate, &bool)| {
        let over = |with: Reach| Frames((with.least + candidate.reach.least).0 - longest);
        if *taken {
            None
        } else if (base.least + candidate.reach.least).0 > longest {
            Some(Why::TooLong { over: over(base) })
        } else if (chosen.least + candidate.reach.least).0 > longest {
            Some(Why::NoRoom { over: over(chosen) })
        } else {
            Some(Why::OthersFit)
        }
    };
    let trouble = if chosen.least.0 > longest {
        Some(Trouble::TooLong {
            over: chosen.least - target.slot,
        })
    } else if chosen.most.0 < target.shortest() {
        Some(Trouble::TooShort {
            under: target.slot - chosen.most,
        })
    } else {
        None
    };
    Choice {
        left_out: candidates.iter().zip(&taken).map(why).collect(),
        trouble,
    }
}

/// What is known of the set that a cell of a table stands for.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// What the table looks for the most of.
    score: i64,
    /// The weighted airtime.
    worth: u64,
    reach: Reach,
}

/// How good a set is; less is better.
type Rank = (u64, i128, u64);

/// Which candidates to take, `base` being short enough.
///
/// A table has, for every length that sets have at their own pace, the set with the
/// most of something. Whether a set can be brought to the slot depends on how much it
/// can be stretched where it is shorter, and shortened where it is longer; so one table
/// is for the most worth, one for the most length at the slowest pace, and one for the
/// least at the fastest. Where any set fits, one of those in the last two does.
fn best(base: Reach, candidates: &[Candidate], target: Target) -> Vec<bool> {
    let scores: [fn(&Candidate) -> i64; 3] = [
        |c| signed(c.weight.saturating_mul(c.reach.own.0)),
        |c| signed(c.reach.most.0),
        |c| -signed(c.reach.least.0),
    ];
    let most_weight = candidates.iter().map(|c| c.weight).max().unwrap_or(1);
    let rank = |cell: &Cell| -> Option<Rank> {
        let all = base + cell.reach;
        if all.least.0 > target.longest() {
            return None;
        }
        let short = target.shortest().saturating_sub(all.most.0);
        let off = all.own.0.abs_diff(target.slot.0);
        let lost = i128::from(most_weight) * i128::from(off) - i128::from(cell.worth);
        Some((short, lost, off))
    };
    let mut found: Option<(Rank, Vec<bool>)> = None;
    for score in scores {
        let table = Table::fill(base, candidates, target, score);
        let ranked = (table.cells.iter().enumerate())
            .filter_map(|(at, cell)| Some((rank(cell.as_ref()?)?, at)));
        if let Some((rank, at)) = ranked.min()
            && found.as_ref().is_none_or(|(before, _)| rank < *before)
        {
            found = Some((rank, table.set(candidates.len(), at)));
        }
    }
    found.map_or_else(|| vec![false; candidates.len()], |(_, set)| set)
}

fn signed(x: u64) -> i64 {
    i64::try_from(x).unwrap_or(i64::MAX)
}

/// The sets by their length.
struct Table {
    cells: Vec<Option<Cell>>,
    /// Of every candidate and cell, whether it was taken there.
    took: Vec<u64>,
    /// The candidates' lengths in cells.
    lengths: Vec<usize>,
}

impl Table {
    fn fill(
        base: Reach,
        candidates: &[Candidate],
        target: Target,
        score: fn(&Candidate) -> i64,
    ) -> Table {
        // At its own pace a set that fits may be longer than the slot, but not by
        // more than its articles can be shortened.
        let spare = target.longest() - base.least.0;
        let room: u64 = candidates
            .iter()
            .filter(|c| c.reach.least.0 <= spare)
            .map(|c| c.reach.own.0.saturating_mul(spare) / c.reach.least.0.max(1))
            .max()
            .unwrap_or(0)
            .min(candidates.iter().map(|c| c.reach.own.0).sum());
        let millisecond = u64::from(target.rate.0 / 1000).max(1);
        let unit = millisecond * (room / millisecond).div_ceil(MOST_CELLS).max(1);
        let lengths: Vec<usize> = (candidates.iter())
            .map(|c| ((c.reach.own.0 + unit / 2) / unit) as usize)
            .collect();
        // Rounding may have made every one of them longer by half a unit.
        let width = (room / unit) as usize + candidates.len() / 2 + 2;
        let mut table = Table {
            cells: vec![None; width],
            took: vec![0; (width * candidates.len()).div_ceil(64)],
            lengths,
        };
        table.cells[0] = Some(Cell {
            score: 0,
            worth: 0,
            reach: Reach::default(),
        });
        for (i, candidate) in candidates.iter().enumerate() {
            let length = table.lengths[i];
            for at in (length..width).rev() {
                let Some(before) = table.cells[at - length] else {
                    continue;
                };
                let reach = before.reach + candidate.reach;
                if reach.least.0 > spare {
                    continue;
                }
                let score = before.score.saturating_add(score(candidate));
                if table.cells[at].is_none_or(|now| score > now.score) {
                    let worth = candidate.weight.saturating_mul(candidate.reach.own.0);
                    table.cells[at] = Some(Cell {
                        score,
                        worth: before.worth.saturating_add(worth),
                        reach,
                    });
                    let bit = i * width + at;
                    table.took[bit / 64] |= 1 << (bit % 64);
                }
            }
        }
        table
    }

    /// The set that the cell at `at` stands for.
    fn set(&self, candidates: usize, mut at: usize) -> Vec<bool> {
        let mut set = vec![false; candidates];
        for i in (0..candidates).rev() {
            let bit = i * self.cells.len() + at;
            if self.took[bit / 64] >> (bit % 64) & 1 == 1 {
                set[i] = true;
                at -= self.lengths[i];
            }
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RATE: SampleRate = SampleRate::MASTER;

    fn seconds(s: f64) -> Frames {
        Frames((s * 24_000.0) as u64)
    }

    fn reach(own: f64) -> Reach {
        Reach {
            least: seconds(own * 0.9),
            own: seconds(own),
            most: seconds(own * 1.08),
        }
    }

    fn candidate(own: f64, priority: u8, place: usize) -> Candidate {
        Candidate {
            reach: reach(own),
            weight: weight(Priority(priority), 0, place),
        }
    }

    fn target(slot: f64, tolerance: f64) -> Target {
        Target {
            slot: seconds(slot),
            tolerance: seconds(tolerance),
            rate: RATE,
        }
    }

    fn taken(choice: &Choice) -> Vec<usize> {
        (0..choice.left_out.len())
            .filter(|i| choice.left_out[*i].is_none())
            .collect()
    }

    #[test]
    fn importance_comes_first_then_the_newer_then_the_earlier() {
        let first = weight(Priority(1), 8, 63);
        assert!(first > weight(Priority(2), 0, 0));
        assert!(weight(Priority(3), 0, 63) > weight(Priority(3), 1, 0));
        assert!(weight(Priority(3), 1, 0) > weight(Priority(3), 1, 1));
        assert!(weight(Priority(5), 50, 500) > 0);
    }

    #[test]
    fn the_important_ones_are_taken_at_their_own_pace() {
        let all = [
            candidate(100.0, 3, 0),
            candidate(60.0, 1, 1),
            candidate(140.0, 3, 2),
            candidate(90.0, 3, 3),
        ];
        let choice = choose(reach(20.0), &all, target(270.0, 2.0));
        assert_eq!(taken(&choice), [0, 1, 3]);
        assert_eq!(choice.trouble, None);
        assert!(matches!(choice.left_out[2], Some(Why::NoRoom { .. })));
    }

    #[test]
    fn too_much_and_too_little_get_the_nearest_and_say_by_how_much() {
        let all = [candidate(100.0, 3, 0), candidate(900.0, 1, 1)];
        let choice = choose(reach(20.0), &all, target(300.0, 2.0));
        assert_eq!(taken(&choice), [0]);
        let Some(Trouble::TooShort { under }) = choice.trouble else {
            panic!("{choice:?}")
        };
        assert_eq!(under, seconds(300.0) - reach(20.0).most - reach(100.0).most);
        assert!(matches!(choice.left_out[1], Some(Why::TooLong { .. })));

        let choice = choose(reach(400.0), &all, target(300.0, 2.0));
        assert!(taken(&choice).is_empty());
        assert_eq!(
            choice.trouble,
            Some(Trouble::TooLong {
                over: seconds(60.0)
            })
        );
        assert_eq!(choose(reach(300.0), &[], target(300.0, 0.0)).trouble, None);
    }

    #[test]
    fn long_slots_are_counted_in_longer_units() {
        let all: Vec<Candidate> = (0..60)
            .map(|i| candidate(50.0 + f64::from(i * 37 % 41), 3, i as usize))
            .collect();
        let choice = choose(reach(30.0), &all, target(7200.0, 1.0));
        assert!(matches!(choice.trouble, Some(Trouble::TooShort { .. })));
        assert_eq!(taken(&choice).len(), 60);
        let choice = choose(reach(30.0), &all, target(2400.0, 1.0));
        assert_eq!(choice.trouble, None);
    }

    prop_compose! {
        fn any_candidate()(
            least in 1u64..40, more in 0u64..6, most in 0u64..6, priority in 1u8..=5,
            age in 0usize..3, place in 0usize..9,
        ) -> Candidate {
            // Whole milliseconds, so that nothing is rounded.
            Candidate {
                reach: Reach {
                    least: Frames(least * 24),
                    own: Frames((least + more) * 24),
                    most: Frames((least + more + most) * 24),
                },
                weight: weight(Priority(priority), age, place),
            }
        }
    }

    proptest! {
        #[test]
        fn where_a_set_fits_one_is_taken_that_fits(
            base in any_candidate(),
            all in prop::collection::vec(any_candidate(), 0..9),
            slot in 1u64..200,
            tolerance in 0u64..4,
        ) {
            let target = Target {
                slot: Frames(slot * 24),
                tolerance: Frames(tolerance * 24),
                rate: RATE,
            };
            let sum = |set: u32| (all.iter().enumerate())
                .filter(|(i, _)| set >> i & 1 == 1)
                .fold(base.reach, |sum, (_, c)| sum + c.reach);
            let fits = |r: Reach| r.least.0 <= target.longest() && r.most.0 >= target.shortest();
            let fitting: Vec<u32> = (0..1u32 << all.len()).filter(|s| fits(sum(*s))).collect();
            let choice = choose(base.reach, &all, target);
            prop_assert_eq!(choice.left_out.len(), all.len());
            let set = taken(&choice).iter().fold(0u32, |set, i| set | 1 << i);
            let chosen = sum(set);
            prop_assert_eq!(choice.trouble.is_none(), fits(chosen));
            prop_assert_eq!(fits(chosen), !fitting.is_empty());
            if base.reach.least.0 <= target.longest() {
                prop_assert!(chosen.least.0 <= target.longest(), "never too long");
                // Where none fits, none comes nearer from below.
                let under = |r: Reach| (r.least.0 <= target.longest())
                    .then(|| target.shortest().saturating_sub(r.most.0));
                let nearest = (0..1u32 << all.len()).filter_map(|s| under(sum(s))).min();
                prop_assert_eq!(under(chosen), nearest);
            } else {
                prop_assert_eq!(set, 0);
            }
            prop_assert_eq!(choose(base.reach, &all, target), choice);
        }
    }
}
