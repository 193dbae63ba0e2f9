//! Which articles make a programme of a given length, and at what pace: a planner that
//! knows lengths alone, no sound and no disk.
//!
//! [`choose()`] takes the best set of articles whose length can be brought to the slot;
//! [`settle()`] says how: by the silences between the sounds and the pauses inside of
//! them first, and only what these cannot do by the speed of the voices; [`share()`]
//! deals the last frames out. [`in_cue()`] and [`out_cue()`] are what a presenter waits
//! for.

mod choose;
mod fit;
mod words;

pub use choose::{Candidate, Choice, Reach, Target, choose, weight};
pub use fit::{Limits, Load, Setting, settle, share};
pub use words::{in_cue, out_cue};
