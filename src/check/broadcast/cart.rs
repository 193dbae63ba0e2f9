//! What `cart` says.

use super::{Report, field, like, long};

const CART: &str = "AES46-2002";

/// The fields that others are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartFields {
    /// What stands in a scheduler's list.
    pub title: String,
    /// The cut's name.
    pub cut: String,
    /// The first day.
    pub start: String,
    /// The last day.
    pub end: String,
    /// Places in the sound by their use, in frames.
    pub timers: Vec<(String, u32)>,
}

pub fn read(name: &str, bytes: &[u8], frames: u64, report: &mut Report) -> Option<CartFields> {
    if bytes.len() < 2048 {
        report.file(
            name,
            CART,
            format!("`cart` has {} bytes, not 2048 or more", bytes.len()),
        );
        return None;
    }
    let by = (name, CART);
    if &bytes[..4] != b"0101" {
        report.file(name, CART, "its version is not 0101");
    }
    let text = |at: usize, width: usize, what: &str, report: &mut Report| {
        field(by, &bytes[at..at + width], what, report)
    };
    let title = text(4, 64, "title", report);
    text(68, 64, "artist", report);
    let cut = text(132, 64, "cut's name", report);
    for (at, what) in [
        (196, "client"),
        (260, "category"),
        (324, "classification"),
        (388, "out cue"),
        (488, "producer"),
        (552, "producer's version"),
        (616, "user's text"),
    ] {
        text(at, 64, what, report);
    }
    text(1024, 1024, "address", report);
    for (what, value) in [("title", &title), ("cut's name", &cut)] {
        if value.is_empty() {
            report.file(name, CART, format!("it has no {what}"));
        }
    }
    let start = text(452, 10, "start date", report);
    let end = text(470, 10, "end date", report);
    let times = [
        text(462, 8, "start time", report),
        text(480, 8, "end time", report),
    ];
    for date in [&start, &end] {
        if !like(date, "0000-00-00") {
            report.file(name, CART, format!("`{date}` is no date"));
        }
    }
    for time in &times {
        if !like(time, "00:00:00") {
            report.file(name, CART, format!("`{time}` is no time"));
        }
    }
    if start > end {
        report.file(
            name,
            CART,
            format!("it ends on {end}, before it starts on {start}"),
        );
    }
    let mut timers = Vec::new();
    for at in (684..748).step_by(8) {
        let (code, place) = (&bytes[at..at + 4], long(bytes, at + 4)?);
        if code == [0; 4] {
            continue;
        }
        let code = String::from_utf8_lossy(code).into_owned();
        if !code.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            report.file(name, CART, format!("`{code}` is no use of a timer"));
        }
        if u64::from(place) > frames {
            let message = format!("the timer `{code}` at {place} lies behind the last frame");
            report.file(name, CART, message);
        }
        timers.push((code, place));
    }
    if bytes[748..1024].iter().any(|b| *b != 0) {
        report.file(name, CART, "the reserved bytes are not zero");
    }
    Some(CartFields {
        title,
        cut,
        start,
        end,
        timers,
    })
}
