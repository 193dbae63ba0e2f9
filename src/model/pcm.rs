//! Sound in memory.

use super::units::{Frames, SampleRate};

/// Mono samples, full scale ±1.0, with their sample rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Pcm {
    /// Samples a second.
    pub rate: SampleRate,
    /// The samples.
    pub samples: Vec<f32>,
}

impl Pcm {
    /// How long it is.
    pub fn frames(&self) -> Frames {
        Frames(self.samples.len() as u64)
    }

    /// How long it is in seconds.
    pub fn seconds(&self) -> f64 {
        self.frames().seconds(self.rate)
    }
}
