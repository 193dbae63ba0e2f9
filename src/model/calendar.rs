//! Days of the calendar.

/// How many days a month has (Gregorian calendar); 0 for what is no month.
pub fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
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
    ((1..=days_in(year, month)).contains(&day) && parts.next().is_none()).then_some(text)
}

/// The day so many days after one, both `YYYY-MM-DD`; `None` for what is no day, and
/// beyond the year 9999.
pub fn days_after(date: &str, days: u16) -> Option<String> {
    let mut parts = day(date)?.split('-').map(|part| part.parse::<u32>().ok());
    let (mut year, mut month, date) = (parts.next()??, parts.next()??, parts.next()??);
    let mut date = date + u32::from(days);
    while date > days_in(year, month) {
        date -= days_in(year, month);
        (year, month) = match month {
            12 => (year + 1, 1),
            month => (year, month + 1),
        };
    }
    (year <= 9999).then(|| format!("{year:04}-{month:02}-{date:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        let after = |date, days| days_after(date, days);
        assert_eq!(after("2026-11-24", 0).as_deref(), Some("2026-11-24"));
        assert_eq!(after("2026-11-24", 6).as_deref(), Some("2026-11-30"));
        assert_eq!(after("2024-02-28", 2).as_deref(), Some("2024-03-01"));
        assert_eq!(after("2026-12-31", 366).as_deref(), Some("2028-01-01"));
        assert_eq!(after("9999-12-31", 1), None);
        assert_eq!(after("2026-13-01", 1), None);
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
