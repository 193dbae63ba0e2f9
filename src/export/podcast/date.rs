//! Dates as RSS writes them (RFC 2822, 3.3).

use crate::model::days_in;

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY: i64 = 86_400;

/// A day `YYYY-MM-DD` and the seconds after its midnight, `offset` minutes east of
/// Greenwich: `Tue, 24 Nov 2026 06:00:00 +0800`; `None` for what is no day.
pub fn rfc2822(date: &str, second: u32, offset: i32) -> Option<String> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1900..=9999).contains(&year) || !is_day(year, month, day) {
        return None;
    }
    let weekday = DAYS[days(year, month, day).rem_euclid(7) as usize];
    let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
    let (sign, east) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    Some(format!(
        "{weekday}, {day:02} {} {year:04} {hour:02}:{minute:02}:{second:02} {sign}{:02}{:02}",
        MONTHS[(month - 1) as usize],
        east / 60,
        east % 60
    ))
}

/// The seconds since 1970 of a date of a feed, with or without its weekday and its
/// seconds, in the old zones too; `None` for what is no such date.
pub fn instant(text: &str) -> Option<i64> {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = text.split_whitespace();
    let day: i64 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month))? as i64 + 1;
    let year: i64 = words.next()?.parse().ok()?;
    let mut time = words
        .next()?
        .split(':')
        .map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (time.next()??, time.next()??);
    let second = time.next().unwrap_or(Some(0))?;
    let east = zone(words.next()?)?;
    if !(1900..=9999).contains(&year)
        || !is_day(year, month, day)
        || !(0..24).contains(&hour)
        || !(0..60).contains(&minute)
        || !(0..=60).contains(&second)
    {
        return None;
    }
    Some(days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - east * 60)
}

/// Minutes east of Greenwich.
fn zone(name: &str) -> Option<i64> {
    let hours = match name.to_ascii_uppercase().as_str() {
        "UT" | "GMT" | "Z" | "UTC" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => {
            let (sign, digits) = match name.split_at_checked(1)? {
                ("+", digits) => (1, digits),
                ("-", digits) => (-1, digits),
                _ => return None,
            };
            if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let number: i64 = digits.parse().ok()?;
            return Some(sign * (number / 100 * 60 + number % 100));
        }
    };
    Some(hours * 60)
}

fn is_day(year: i64, month: i64, day: i64) -> bool {
    match (year.try_into(), month.try_into()) {
        (Ok(year), Ok(month)) => (1..=days_in(year, month).into()).contains(&day),
        _ => false,
    }
}

/// Days since 1 January 1970 (Gregorian), counting years from March so that the leap
/// day is a year's last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_written() {
        let noon = 12 * 3600;
        assert_eq!(
            rfc2822("2026-11-24", 6 * 3600, 480).unwrap(),
            "Tue, 24 Nov 2026 06:00:00 +0800"
        );
        assert_eq!(
            rfc2822("2024-02-29", noon + 61, -210).unwrap(),
            "Thu, 29 Feb 2024 12:01:01 -0330"
        );
        assert_eq!(
            rfc2822("1970-01-01", 0, 0).unwrap(),
            "Thu, 01 Jan 1970 00:00:00 +0000"
        );
        for wrong in [
            "",
            "2026-11",
            "2026-02-29",
            "2026-13-01",
            "2026-11-24-1",
            "甲-乙-丙",
        ] {
            assert_eq!(rfc2822(wrong, 0, 0), None, "{wrong}");
        }
    }

    #[test]
    fn dates_are_read() {
        assert_eq!(instant("Thu, 01 Jan 1970 08:00:00 +0800"), Some(0));
        assert_eq!(instant("1 Jan 1970 00:01 GMT"), Some(60));
        assert_eq!(
            instant("Mon, 06 Sep 2010 00:01:00 EST"),
            Some(1_283_749_260)
        );
        for wrong in [
            "",
            "yesterday",
            "Thu, 01 Jan 1970",
            "32 Jan 1970 00:00:00 GMT",
            "1 Jan 1970 00:00:00 +8",
            "1 Jan 1970 00:00:00 中文",
        ] {
            assert_eq!(instant(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(day in 0..36_500i64, second in 0..86_400u32, offset in -720..=840i32) {
            // From the count of days to the date by walking over the years.
            let (mut year, mut left) = (1970, day);
            let long = |y: i64| days(y + 1, 1, 1) - days(y, 1, 1);
            while left >= long(year) {
                left -= long(year);
                year += 1;
            }
            let mut month = 1;
            while !is_day(year, month, left + 1) {
                left -= (28..=31).rev().find(|d| is_day(year, month, *d)).unwrap();
                month += 1;
            }
            let date = format!("{year:04}-{month:02}-{:02}", left + 1);
            let text = rfc2822(&date, second, offset).unwrap();
            let at = day * DAY + i64::from(second) - i64::from(offset) * 60;
            prop_assert_eq!(instant(&text), Some(at));
        }
    }
}
