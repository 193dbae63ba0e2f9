//! Units as types, so that milliseconds never pass for frames.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// Samples per second of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SampleRate(pub u32);

impl SampleRate {
    /// The rate of every chapter master: what the embedded voice makes.
    pub const MASTER: SampleRate = SampleRate(24_000);
}

/// A length or a position in audio, in whole frames (one sample a channel).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Frames(pub u64);

impl Frames {
    /// The same length in seconds, for reports and exports only.
    pub fn seconds(self, rate: SampleRate) -> f64 {
        self.0 as f64 / f64::from(rate.0)
    }

    /// The same length or position at another rate, rounded to the nearest.
    pub fn at(self, from: SampleRate, to: SampleRate) -> Frames {
        let from = u128::from(from.0.max(1));
        Frames(((u128::from(self.0) * u128::from(to.0) + from / 2) / from) as u64)
    }
}

impl Add for Frames {
    type Output = Frames;
    fn add(self, other: Frames) -> Frames {
        Frames(self.0 + other.0)
    }
}

impl AddAssign for Frames {
    fn add_assign(&mut self, other: Frames) {
        self.0 += other.0;
    }
}

impl Sub for Frames {
    type Output = Frames;
    fn sub(self, other: Frames) -> Frames {
        Frames(self.0 - other.0)
    }
}

impl Sum for Frames {
    fn sum<I: Iterator<Item = Frames>>(frames: I) -> Frames {
        frames.fold(Frames(0), Add::add)
    }
}

/// A pause or another length of time, in milliseconds.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Millis(pub u32);

impl Millis {
    /// The same length in whole frames, rounded to the nearest.
    pub fn frames(self, rate: SampleRate) -> Frames {
        Frames((u64::from(self.0) * u64::from(rate.0) + 500) / 1000)
    }
}

/// A gain in decibels.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Db(pub f64);

impl Db {
    /// The factor that samples are multiplied with.
    pub fn factor(self) -> f32 {
        10f64.powf(self.0 / 20.0) as f32
    }
}

/// Programme loudness, ITU-R BS.1770-4 (EBU R 128).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lufs(pub f64);

/// True peak level, ITU-R BS.1770-4 annex 2.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dbtp(pub f64);

/// A speaking speed; 1.0 is the voice's own, smaller is slower.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speed(pub f32);

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_whole_frames() {
        assert_eq!(Millis(900).frames(SampleRate::MASTER), Frames(21_600));
        assert_eq!(Millis(1).frames(SampleRate(22_050)), Frames(22));
    }

    #[test]
    fn six_decibels_double_the_samples() {
        assert!((Db(6.0206).factor() - 2.0).abs() < 1e-4);
    }
}
