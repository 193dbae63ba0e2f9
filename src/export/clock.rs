//! Times as the formats write them.

use crate::model::{Frames, SampleRate};

/// A position in whole milliseconds, rounded to the nearest: the end of one
/// cue and the start of the next, being one position, stay one.
pub fn milliseconds(at: Frames, rate: SampleRate) -> u64 {
    let rate = u128::from(rate.0.max(1));
    ((u128::from(at.0) * 1000 + rate / 2) / rate) as u64
}

/// A length in whole milliseconds, cut: what ends there does not end behind it.
pub fn length(frames: Frames, rate: SampleRate) -> u64 {
    (u128::from(frames.0) * 1000 / u128::from(rate.0.max(1))) as u64
}

/// A day, `YYYY-MM-DD`, when it is one of the calendar (ISO 8601, W3C-DTF).
pub fn day(text: &str) -> Option<&str> {
    let mut parts = text.split('-');
    let mut number = |width: usize| -> Option<u32> {
        let part = parts.next().filter(|p| p.len() == width)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=days).contains(&day) && parts.next().is_none()).then_some(text)
}

/// Seconds with three decimals: `83.250`.
pub fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// `H:MM:SS.mmm`, a full clock value of SMIL 3.0 (15.4.1, Clock-value).
pub fn clock(ms: u64) -> String {
    format!("{}.{:03}", hms(ms), ms % 1000)
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

    #[test]
    fn days_are_of_the_calendar() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert_eq!(day(good), Some(good));
        }
        for bad in [
            "",
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-1-1",
            "2024-01-00",
            "2024-01-01T",
            "２０２４-01-01",
            "+024-01-01",
            "2024-04-31",
            "2024-01-01-1",
        ] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
