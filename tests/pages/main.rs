//! Pages of a made-up community paper, printed as OCR programs would have read
//! them, and how well the program reads them. See `README.md`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod canon;
mod gold;
mod inventions;
mod marks;
mod matching;
mod measure;
mod prediction;
mod press;
mod reading;
mod real;
mod repair;
mod rng;
mod score;
mod strangers;
mod truth;
