//! Times as SMIL writes them.

/// A clock value (SMIL 1.0, 4.2.1; SMIL 2.0, 10.3.1) in milliseconds: `1:02:03.5`,
/// `02:03.5`, `3.5s`, `3.5`, `2min`, `1h`, `250ms`. None when it is none.
pub fn value(text: &str) -> Option<u64> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(':').collect();
    match parts[..] {
        [hours, minutes, seconds] => {
            let hours = digits(hours)?;
            Some(hours * 3_600_000 + below_60(minutes)? * 60_000 + seconds_of_minute(seconds)?)
        }
        [minutes, seconds] => Some(below_60(minutes)? * 60_000 + seconds_of_minute(seconds)?),
        [count] => {
            let unit = count.find(|c: char| c.is_ascii_alphabetic());
            let (number, unit) = count.split_at(unit.unwrap_or(count.len()));
            let factor = match unit {
                "" | "s" => 1000,
                "ms" => 1,
                "min" => 60_000,
                "h" => 3_600_000,
                _ => return None,
            };
            decimal(number, factor)
        }
        _ => None,
    }
}

/// A clip's end in SMIL 1.0: normal play time, `npt=3.5s` (DAISY 2.02 knows no
/// other).
pub fn npt(text: &str) -> Option<u64> {
    value(text.trim().strip_prefix("npt=")?)
}

/// Whether it is `hh:mm:ss`, with as many digits for the hours as they need.
pub fn is_hms(text: &str) -> bool {
    text.split(':').count() == 3 && !text.contains('.') && value(text).is_some()
}

fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn below_60(text: &str) -> Option<u64> {
    digits(text).filter(|n| text.len() == 2 && *n < 60)
}

fn seconds_of_minute(text: &str) -> Option<u64> {
    let whole = text.split('.').next()?;
    below_60(whole)?;
    decimal(text, 1000)
}

/// A decimal number times `factor`, rounded to the nearest.
fn decimal(text: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (digits(whole)?, (digits(fraction)?, fraction.len())),
        None => (digits(text)?, (0, 0)),
    };
    let scale = 10u64.pow(fraction.1 as u32);
    Some(whole * factor + (fraction.0 * factor + scale / 2) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_values_are_read() {
        for (text, ms) in [
            ("0:00:29.006", 29_006),
            ("00:02:42", 162_000),
            ("100:00:00", 360_000_000),
            ("02:03.5", 123_500),
            ("162.289s", 162_289),
            ("12", 12_000),
            ("250ms", 250),
            ("1.5h", 5_400_000),
            ("2min", 120_000),
        ] {
            assert_eq!(value(text), Some(ms), "{text}");
        }
        for text in [
            "",
            "1:2:3",
            "1:60:00",
            "1:00:61",
            "-1s",
            "1x",
            "1..2",
            "a:00:00",
            "1:00:00:00",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(npt("npt=1.769s"), Some(1769));
        assert_eq!(npt("1.769s"), None);
        assert!(is_hms("00:02:42") && !is_hms("00:02:42.5") && !is_hms("2.5s"));
    }
}
