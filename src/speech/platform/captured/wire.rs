//! What the engine and its helper process tell each other: one JSON object a
//! line, samples behind the line that announces them. What to start is a
//! [`Setup`](super::super::Setup), what is to be said a [`Say`](super::super::Say).

use serde::{Deserialize, Serialize};

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
