//! A rundown as programs read it: `rundown.json` (its JSON Schema is
//! `schema/rundown-1.schema.json`) and `rundown.csv`; for people there is
//! [`rundown_html`].

mod page;
mod words;

pub use page::{RUNDOWN_PAGE, rundown_html};

use crate::diag::{Fault, Result};
use crate::export::clock;
use crate::export::index::read_format;
use crate::model::{Frames, RUNDOWN_FORMAT, Rundown, RundownItem, RundownKind, TimeOfDay};

/// The rundown for programs.
pub const RUNDOWN_FILE: &str = "rundown.json";
/// The rundown for spreadsheets.
pub const RUNDOWN_TABLE: &str = "rundown.csv";

/// The rundown as JSON: UTF-8, two spaces of indentation, fields in the order of the
/// types. Equal rundowns, equal bytes.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub fn rundown_json(rundown: &Rundown) -> Result<Vec<u8>> {
    super::json(RUNDOWN_FILE, rundown)
}

/// Reads what [`rundown_json`] wrote.
///
/// # Errors
/// As [`read_edition`](super::read_edition).
pub fn read_rundown(bytes: &[u8]) -> Result<Rundown> {
    read_format(
        RUNDOWN_FILE,
        "rundown",
        RUNDOWN_FORMAT,
        "make the programme again with `tingbao rundown`",
        bytes,
    )
}

/// What the columns of `rundown.csv` are called. Lengths are `H:MM:SS.mmm`; `start`
/// counts from the beginning of the programme, `remaining` to its end. `clock` is when
/// an item begins, `back_clock` when it must begin for the programme to end with its
/// slot; both are empty without a time of day.
const COLUMNS: [&str; 16] = [
    "position",
    "kind",
    "title",
    "start",
    "duration",
    "gap",
    "end",
    "remaining",
    "clock",
    "back_clock",
    "edition",
    "chapter",
    "file",
    "intro",
    "in_cue",
    "out_cue",
];

/// The items as a table (RFC 4180): UTF-8, commas, a head line, CRLF.
///
/// # Errors
/// None is known; what the writer says is passed on.
pub fn rundown_csv(rundown: &Rundown) -> Result<Vec<u8>> {
    let failed = |e: String| {
        Fault::new(format!("cannot write {RUNDOWN_TABLE}: {e}")).help("please report this as a bug")
    };
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut row = |cells: &[String]| table.write_record(cells).map_err(|e| failed(e.to_string()));
    row(&COLUMNS.map(String::from))?;
    let length = |frames: Frames| clock::clock(clock::milliseconds(frames, rundown.sample_rate));
    let time = |time: Option<TimeOfDay>| time.map_or_else(String::new, |t| t.to_string());
    for item in &rundown.items {
        let times = Times::of(item, rundown);
        let number = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
        row(&[
            item.position.to_string(),
            kind(item.kind).to_string(),
            item.title.clone(),
            length(item.start),
            length(item.frames),
            length(item.gap),
            length(item.start + item.frames),
            length(times.remaining),
            time(times.clock),
            time(times.back_clock),
            number(item.edition.map(|e| e as u64 + 1)),
            number(item.chapter.map(u64::from)),
            item.sound.file.clone(),
            // In one line, for tables that are read by lines.
            item.intro.replace('\n', " / "),
            item.in_cue.clone(),
            item.out_cue.clone(),
        ])?;
    }
    table.into_inner().map_err(|e| failed(e.to_string()))
}

/// The kind as files name it.
fn kind(kind: RundownKind) -> &'static str {
    match kind {
        RundownKind::Opening => "opening",
        RundownKind::Sting => "sting",
        RundownKind::Article => "article",
        RundownKind::SignOff => "sign_off",
    }
}

/// The clocks of an item.
struct Times {
    /// From its beginning to the end of the programme.
    remaining: Frames,
    /// When it begins.
    clock: Option<TimeOfDay>,
    /// When it must begin for the programme to end with its slot.
    back_clock: Option<TimeOfDay>,
}

impl Times {
    fn of(item: &RundownItem, rundown: &Rundown) -> Times {
        let rate = rundown.sample_rate;
        let remaining = Frames(rundown.frames.0.saturating_sub(item.start.0));
        let back = |at: TimeOfDay| match rundown.slot >= remaining {
            true => at.after(rundown.slot - remaining, rate),
            false => at.before(remaining - rundown.slot, rate),
        };
        Times {
            remaining,
            clock: rundown.at.map(|at| at.after(item.start, rate)),
            back_clock: rundown.at.map(back),
        }
    }
}

#[cfg(test)]
mod tests;
