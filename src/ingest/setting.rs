//! What it costs that a line of the file is the first one of a paragraph, a
//! heading and so on.
//!
//! All costs are natural logs of odds, judged from how columns are set: a line of
//! a column is as wide as it within half an em, a last line ends anywhere, about
//! one line in fifteen happens to end with its sentence. What the words across
//! a line end tell is measured (`seam`).

use super::kinds::WIDEST_VERSE;
use super::row::{End, Habits, Row, WIDEST};

/// The widest heading, in em.
const WIDEST_HEADING: f32 = 36.0;

/// How badly the last line of a column that breaks off fits it.
const FOOT: f32 = 1.0;
/// What it costs that a column ends behind the first line of a paragraph.
const CUT: f32 = 0.5;
/// What costs as much as being impossible.
const NEVER: f32 = 30.0;
/// What it costs that a line with a label and its value is none of its own.
const DETAIL: f32 = 12.0;
/// The cost of a width that may be any.
const ANY_WIDTH: f32 = 3.2;

/// What a line is; paragraphs know the number of their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    First(usize),
    Inner(usize),
    Last(usize),
    /// A line between two of a paragraph and none of it, by its number from 1.
    Inserted(usize, usize),
    /// A paragraph of one line.
    Only,
    Heading,
    Verse,
    Alone,
}

/// Whether a line of the second kind goes on with one of the first.
pub(super) fn goes_on(before: State, here: State) -> bool {
    match (before, here) {
        (
            State::First(a) | State::Inner(a) | State::Inserted(a, _),
            State::Inner(b) | State::Last(b),
        )
        | (State::First(a) | State::Inner(a), State::Inserted(b, 1)) => a == b,
        (State::Inserted(a, n), State::Inserted(b, m)) => a == b && m == n + 1,
        (State::Verse, State::Verse) => true,
        _ => false,
    }
}

/// Whether a unit may end with such a line.
pub(super) fn may_end(state: State) -> bool {
    !matches!(
        state,
        State::First(_) | State::Inner(_) | State::Inserted(..)
    )
}

/// Tells what each state of a line costs.
pub(super) struct Setter<'a> {
    pub columns: &'a [Option<f32>],
    pub habits: Habits,
}

impl Setter<'_> {
    /// How badly a line fits a column as a full line of it.
    fn full(&self, row: &Row, column: Option<f32>) -> f32 {
        let width = row.width;
        let Some(column) = column else {
            return match width {
                w if (5.0..=WIDEST).contains(&w) => ANY_WIDTH,
                _ => ANY_WIDTH + 3.0,
            };
        };
        let over = width - column;
        match over - row.hang.clamp(0.0, over.max(0.0)) {
            // The text of a column may be cut anywhere at its foot.
            d if row.foot && d <= 0.6 => FOOT,
            d if d.abs() <= 0.6 => 0.3,
            d if d.abs() <= 1.1 => 1.6,
            d if d.abs() <= 1.9 => 2.6,
            d if (-2.6..0.0).contains(&d) => 4.5,
            _ => 9.0,
        }
    }

    /// What it costs that a line is such; `waits` says whether a paragraph above
    /// was broken off and waits for its rest.
    pub fn cost(&self, row: &Row, state: State, waits: bool) -> f32 {
        let stop = match row.end {
            End::Stop | End::Call => 2.6,
            End::Clause => 1.6,
            _ => 0.1,
        };
        let marked = if row.pauses > 0 || row.stop_inside {
            0.4
        } else {
            1.0
        };
        let alone = if row.alone { 6.0 } else { 0.0 };
        let spaced = if row.spaced { 1.5 } else { 0.0 };
        let text = marked + alone + spaced;
        match state {
            State::First(c) => {
                let short = self.full(row, self.columns[c].map(|c| c - 2.0));
                let flush = self.full(row, self.columns[c]);
                let habit = match (row.indented, self.habits.indents) {
                    (true, _) => short,
                    // Flush lines begin the second half of what was torn, and the
                    // texts of boxes.
                    (false, true) => {
                        let rare = if waits { 0.7 } else { 4.0 };
                        let boxed = if self.column(c) > 0.0 { 1.0 } else { rare };
                        let lost = if self.habits.spaced { 3.0 } else { 0.1 };
                        (short + lost).min(flush + boxed)
                    }
                    (false, false) => (short + 1.2).min(flush + 0.4),
                };
                // A label with its value that does not fill the column is all.
                let whole = row.detail && short.min(flush) > 2.0;
                let label = if whole { 4.0 } else { 0.0 };
                habit + self.column(c) + text + stop + label + self.begins(row)
            }
            State::Inner(c) => {
                // A column ends no line before such a mark, other lines may.
                let hangs = if self.columns[c].is_some() { 1.5 } else { 0.2 };
                let follows = if row.follows { hangs } else { 0.0 };
                let item = carried(row);
                let opens = 0.4 * row.opens;
                self.full(row, self.columns[c]) + text + stop + follows + item + opens
            }
            State::Last(c) => {
                let room = self.columns[c].map_or(WIDEST, |c| c + 1.9);
                let wide = if row.width - row.hang > room {
                    9.0
                } else {
                    0.0
                };
                let item = carried(row);
                wide + text + item + self.ends(row, self.columns[c], waits)
            }
            State::Only => {
                let ends = match row.end {
                    End::Stop => 0.3,
                    End::Call => 1.0,
                    End::Clause => 1.5,
                    _ if row.detail => 0.5,
                    _ => 5.0,
                };
                let wide = if row.width > WIDEST { 0.0 } else { ANY_WIDTH };
                // The first line of a paragraph whose column ends with it.
                let cut = self.habits.column.is_some_and(|c| is_cut(row, c));
                let own = if cut { CUT } else { ends + wide };
                text + own + self.begins(row)
            }
            State::Inserted(..) if row.alone => 3.0,
            State::Inserted(..) => heading(row),
            State::Heading => heading(row) + alone,
            State::Verse => {
                let end = match row.end {
                    End::Open => 0.2,
                    End::Clause | End::Pause | End::Stop | End::Call => 1.0,
                };
                let inside = row.pauses as f32 * 2.0 + if row.stop_inside { 5.0 } else { 0.0 };
                let wide = if row.width > WIDEST_VERSE { NEVER } else { 2.7 };
                let titled = if row.names || row.titled { 4.0 } else { 0.0 };
                let other = titled + if row.detail { DETAIL } else { 0.0 };
                wide + end + inside + alone + spaced + other
            }
            State::Alone if row.alone => 1.0,
            State::Alone if row.names => 3.0,
            State::Alone => NEVER,
        }
    }

    /// What a column costs that is not the page's.
    fn column(&self, number: usize) -> f32 {
        match (self.habits.column, self.columns[number]) {
            (None, _) => 0.0,
            (Some(_), Some(_)) if number == 0 => 0.0,
            (Some(_), Some(_)) => 2.5,
            (Some(_), None) => 4.0,
        }
    }

    /// Whether a torn paragraph waits for its rest behind such a line.
    pub fn waits(&self, row: &Row, state: State, waits: bool) -> bool {
        match state {
            State::First(c) => {
                let column = self.columns[c];
                let flush = self.full(row, column);
                let short = self.full(row, column.map(|c| c - 2.0));
                waits && (row.indented || short < flush || column.is_none())
            }
            State::Last(c) => {
                let torn = matches!(row.end, End::Pause | End::Open);
                let full = || self.full(row, self.columns[c]) < 4.0;
                waits || (torn && self.columns[c].is_some() && full())
            }
            _ => waits,
        }
    }

    fn begins(&self, row: &Row) -> f32 {
        let item = if row.item { 3.0 } else { 0.0 };
        let follows = if row.follows { 5.0 } else { 0.0 };
        follows - item - row.opens
    }

    /// What the end of a paragraph's last line costs. Without a stop it is one
    /// that goes on elsewhere, or whose rest is lost: such a line is full.
    fn ends(&self, row: &Row, column: Option<f32>, waits: bool) -> f32 {
        let anywhere = column.unwrap_or(WIDEST / 2.0).ln();
        match row.end {
            End::Stop | End::Call => anywhere,
            End::Clause => anywhere + 1.0,
            End::Pause | End::Open => {
                let again = if waits { 1.5 } else { 0.0 };
                let torn = self.full(row, column) + 3.2 + again;
                // Captions often have no stop.
                let boxed = column.is_some() && column != self.habits.column;
                torn.min(anywhere + if boxed { 3.0 } else { 5.0 })
            }
        }
    }
}

/// What it costs that a line which begins something of its own is carried on to.
fn carried(row: &Row) -> f32 {
    match (row.detail, row.item) {
        (true, _) => DETAIL,
        (false, true) => 4.0,
        (false, false) => 0.0,
    }
}

/// What it costs that a line is a heading.
fn heading(row: &Row) -> f32 {
    let wide = if row.width > WIDEST_HEADING {
        (row.width - WIDEST_HEADING) * 0.3
    } else {
        0.0
    };
    let end = match row.end {
        End::Stop => 6.0,
        End::Call => 1.6,
        End::Clause => 3.5,
        End::Pause => 5.0,
        End::Open => 0.1,
    };
    let inside = match row.pauses {
        0 => 0.3,
        1 => 1.3,
        2 => 3.0,
        _ => 6.0,
    };
    let stop = if row.stop_inside { 5.0 } else { 0.0 };
    let begins = if row.follows { 6.0 } else { 0.0 } + row.opens;
    let short = if row.width < 3.0 { 1.5 } else { 0.0 };
    let titled = if row.titled { 1.5 } else { 0.0 };
    3.3 - titled + short + wide + end + inside + stop + begins
}

/// What it costs that one unit follows another.
pub(super) fn after(before: State, here: State) -> f32 {
    let after_heading = before == State::Heading;
    // What follows a poem has a heading.
    let verse = if before == State::Verse { 4.0 } else { 0.0 };
    match here {
        State::First(_) => 0.6 + verse,
        State::Only => 2.2 + verse,
        State::Heading if after_heading => 1.7,
        State::Heading => 1.4,
        // A poem has four lines at least.
        State::Verse if after_heading || before == State::Alone => 5.5,
        State::Verse => 9.0,
        State::Alone => 0.5 + verse,
        State::Inner(_) | State::Last(_) | State::Inserted(..) => NEVER,
    }
}

/// What it costs that a unit goes on.
pub(super) fn within(before: State, here: State) -> f32 {
    match (before, here) {
        (State::Inserted(..), State::Inserted(..)) => 2.0,
        (_, State::Inserted(..)) => 6.0,
        (State::First(_), State::Inner(_)) => 0.3,
        (State::First(_), _) => 1.3,
        (_, State::Inner(_)) => 0.3,
        (State::Verse, _) => 0.15,
        _ => 1.4,
    }
}

/// What the words across a line end say for going on, as natural log of odds.
pub(super) fn words(before: State, here: State, row: &Row) -> f32 {
    match (before, here) {
        (_, State::Inserted(..)) => 0.0,
        (State::Inserted(_, n), _) => row.skips[n - 1],
        _ => row.words,
    }
}

/// Whether a line is the first one of a paragraph whose column ends with it: two em
/// short of the column, and what it says goes on.
pub(super) fn is_cut(row: &Row, column: f32) -> bool {
    let short = (row.width - (column - 2.0)).abs() <= 0.6;
    let open = matches!(row.end, End::Open | End::Pause | End::Clause);
    row.bottom && !row.parted && !row.alone && open && short
}

/// Whether a line may stand in a paragraph and be none of it.
pub(super) fn may_be_inserted(row: &Row) -> bool {
    row.alone || heading(row) < 8.0
}
