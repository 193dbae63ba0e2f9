//! Times as the formats write them.

use crate::model::{Frames, SampleRate};

/// A position in whole milliseconds, rounded to the nearest: the end of one
/// cue and the start of the next, being one position, stay one.
pub fn milliseconds(at: Frames, rate: SampleRate) -> u64 {
    at.at(rate, SampleRate(1000)).0
}

/// A length in whole milliseconds, cut: what ends there does not end behind it.
pub fn length(frames: Frames, rate: SampleRate) -> u64 {
    (u128::from(frames.0) * 1000 / u128::from(rate.0.max(1))) as u64
}

/// Seconds with three decimals: `83.250`.
pub fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// `H:MM:SS.mmm`, a full clock value of SMIL 3.0 (15.4.1, Clock-value).
pub fn clock(ms: u64) -> String {
    format!("{}.{:03}", hms(ms), ms % 1000)
}

/// `HH:MM:SS.mmm`; more digits for the hours when they are needed.
pub fn timestamp(ms: u64) -> String {
    let (s, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", s / 3600, s / 60 % 60, s % 60)
}

/// `H:MM:SS`, cut to whole seconds.
pub fn hms(ms: u64) -> String {
    let s = ms / 1000;
    format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written() {
        assert_eq!(milliseconds(Frames(36), SampleRate(24_000)), 2);
        assert_eq!(seconds(83_250), "83.250");
        assert_eq!(clock(3_600_000 + 83_250), "1:01:23.250");
        assert_eq!(hms(59_999), "0:00:59");
        assert_eq!(length(Frames(59), SampleRate(24_000)), 2);
        assert_eq!(milliseconds(Frames(60), SampleRate(24_000)), 3);
    }
}
