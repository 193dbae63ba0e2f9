//! How loud sound is delivered, by whom it is for: the one table of it.

use super::level::Target;
use crate::model::{Dbtp, Level, Lufs};

impl Target {
    /// What a rule asks for. A station's own level is held to the peak of EBU R 128.
    ///
    /// | level | loudness | true peak | where it is written |
    /// |---|---|---|---|
    /// | `r128` | −23.0 LUFS | −1 dBTP | EBU R 128-2020, clauses (d) and (i) |
    /// | `gyt282` | −24 LKFS | −2 dBTP | GY/T 282-2014 |
    /// | `td1008` | −18 LUFS | −1 dBTP | AES TD1008, table 1, speech |
    /// | `podcast` | −16 LUFS | −1.5 dBTP | [`Target::LISTENER`] |
    pub fn of(level: Level) -> Target {
        let target = |loudness, peak| Target {
            loudness: Lufs(loudness),
            peak: Dbtp(peak),
        };
        match level {
            Level::Ebu => target(-23.0, -1.0),
            Level::Gyt => target(-24.0, -2.0),
            Level::Aes => target(-18.0, -1.0),
            Level::Podcast => Target::LISTENER,
            Level::Own(tenths) => target(f64::from(tenths) / 10.0, -1.0),
        }
    }
}

/// So far a delivered programme may be from its target, in LU (EBU R 128-2020, clause
/// (e) allows ±0.2 for what is not live).
pub const TOLERANCE: f64 = 0.2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_loudness_and_a_peak() {
        let of = |level| {
            let target = Target::of(level);
            (target.loudness.0, target.peak.0)
        };
        assert_eq!(of(Level::Ebu), (-23.0, -1.0));
        assert_eq!(of(Level::Gyt), (-24.0, -2.0));
        assert_eq!(of(Level::Aes), (-18.0, -1.0));
        assert_eq!(of(Level::Podcast), (-16.0, -1.5));
        assert_eq!(of(Level::Own(-205)), (-20.5, -1.0));
    }
}
