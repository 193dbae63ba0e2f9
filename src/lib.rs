//! Tingbao (听报) turns an issue of a community newspaper into an audio edition.
//!
//! The way of the data, one module a step:
//!
//! ```text
//! any file ─source→ page text ─ingest→ Issue ─text→ ChapterScript ─text→ Reading ─speech→ Pcm ─assemble→ Edition ─export→ cue, m3u8, vtt
//! issue folder ─folder→ Issue
//! ```
//!
//! Every stage is a function from values to values. Disk, clock and
//! environment are touched in `store` and `cli` only; processes are started in
//! `speech` and `scan` only; `pipeline` alone calls the stages in order.

pub mod assemble;
pub mod audio;
pub mod check;
pub mod cli;
pub mod diag;
pub mod export;
pub mod folder;
pub mod hotline;
pub mod ingest;
pub mod listen;
pub mod lm;
pub mod model;
pub mod pipeline;
pub mod process;
pub mod rundown;
pub mod scan;
pub mod serve;
pub mod source;
pub mod speech;
pub mod store;
pub mod text;
