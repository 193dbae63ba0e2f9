//! An edition as a telephone line: the states of a call ([`flow()`]), a call walked
//! without a telephone ([`Call`]), and whether the states hold together
//! ([`problems()`]). Exporters make views of the same [`Hotline`](crate::model::Hotline).

mod call;
mod flow;
mod walk;
mod words;

pub use call::{Call, Heard, Memory, Place, Press};
pub use flow::{Flow, Source, flow, sentences};
pub use walk::{MOST_KEYS, fewest_keys, problems};

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
