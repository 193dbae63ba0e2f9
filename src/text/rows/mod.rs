//! The normalisation rows, tried from the top; the first that fits is taken.
//!
//! To teach the reader something new, add a row to the file of its subject and
//! a case to the file of the same subject in `tests/cases`. The language is
//! told in [`super::grammar`]: a row has what stands before it, a pattern, what
//! stands behind it, and what is said.

mod codes;
mod dates;
mod maths;
mod measures;
mod money;
mod numbers;
mod phones;
mod scores;
mod shares;
mod times;
mod words;

use super::grammar::{Ctx, Row};

/// All rows, in the order in which they are tried.
pub(super) const ROWS: &[&[Row]] = &[
    numbers::DASHES,
    phones::ROWS,
    codes::ROWS,
    dates::ROWS,
    scores::ROWS,
    times::ROWS,
    scores::RATIOS,
    shares::ROWS,
    money::ROWS,
    measures::ROWS,
    maths::ROWS,
    codes::PLACES,
    numbers::ROWS,
];

const fn row(
    rule: &'static str,
    prev: Ctx,
    pattern: &'static str,
    next: Ctx,
    say: &'static str,
) -> Row {
    Row {
        rule,
        prev,
        pattern,
        next,
        say,
    }
}
