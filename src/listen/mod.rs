//! An edition played on the desk's sound card.
//!
//! [`Deck`] knows what is heard and what each key does, and touches no device;
//! [`play`] connects it with the sound card.

mod deck;
mod device;

pub use deck::{Deck, Key, Now, Track};
pub use device::{Device, play};
