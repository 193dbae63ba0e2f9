//! What `bext` says.

use super::{Report, field, like, short};

const BEXT: &str = "EBU Tech 3285, 2.3";

/// The fields that others are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct BextFields {
    /// What it is.
    pub description: String,
    /// What its maker calls it.
    pub reference: String,
    /// Integrated loudness, range, true peak, momentary and short-term maximum;
    /// `None` where one is not known.
    pub loudness: [Option<f64>; 5],
}

pub fn read(name: &str, bytes: &[u8], report: &mut Report) -> Option<BextFields> {
    if bytes.len() < 602 {
        report.file(
            name,
            BEXT,
            format!("`bext` has {} bytes, not 602 or more", bytes.len()),
        );
        return None;
    }
    let by = (name, BEXT);
    let description = field(by, &bytes[..256], "description", report);
    field(by, &bytes[256..288], "originator", report);
    let reference = field(by, &bytes[288..320], "originator's reference", report);
    let date = field(by, &bytes[320..330], "date", report);
    let time = field(by, &bytes[330..338], "time", report);
    if !date.is_empty() && !like(&date, "0000-00-00") {
        report.file(name, BEXT, format!("`{date}` is no date"));
    }
    if !time.is_empty() && !like(&time, "00:00:00") {
        report.file(name, BEXT, format!("`{time}` is no time"));
    }
    match short(bytes, 346) {
        Some(2) => {}
        version => report.file(name, BEXT, format!("its version is {version:?}, not 2")),
    }
    let mut loudness = [None; 5];
    for (i, value) in loudness.iter_mut().enumerate() {
        let number = short(bytes, 412 + 2 * i)? as i16;
        if number == 0x7FFF {
            continue;
        }
        if !(-9999..=9999).contains(&number) {
            report.file(
                name,
                BEXT,
                format!("a loudness of {number} hundredths is none"),
            );
        }
        *value = Some(f64::from(number) / 100.0);
    }
    if bytes[422..602].iter().any(|b| *b != 0) {
        report.file(name, BEXT, "the reserved bytes are not zero");
    }
    let history = &bytes[602..];
    let ends = history.is_empty() || history.ends_with(b"\r\n");
    let lines = String::from_utf8_lossy(history);
    let good =
        |line: &str| line.starts_with("A=") && line.bytes().all(|b| (b' '..=b'~').contains(&b));
    if !ends || !lines.split_terminator("\r\n").all(good) {
        report.file(
            name,
            BEXT,
            "the coding history is no lines of ASCII that begin with `A=`",
        );
    }
    Some(BextFields {
        description,
        reference,
        loudness,
    })
}
