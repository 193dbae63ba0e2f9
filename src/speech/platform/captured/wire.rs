//! What the engine and its helper process tell each other: one JSON object a
//! line, samples behind the line that announces them. What is to be said is a
//! [`Say`](super::super::Say).

use serde::{Deserialize, Serialize};

/// The helper's first line: what to start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The output module of Speech Dispatcher, such as `espeak-ng`.
    pub module: String,
    /// The program of that module, such as `sd_generic`.
    pub binary: String,
    /// Whether it is asked for variants of voices (eSpeak NG has hundreds).
    pub variants: bool,
}

/// What the helper answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// The service runs.
    Ready,
    /// It was said; behind this line follow `frames` samples, 16-bit
    /// little-endian, one channel.
    Said {
        /// Samples a second.
        rate: u32,
        /// How many samples follow.
        frames: usize,
    },
    /// It was not said, or the service does not run.
    Failed {
        /// A lower-case sentence.
        why: String,
        /// What to do.
        help: Option<String>,
        /// Whether the service may be asked again as it is.
        alive: bool,
    },
}
