//! A line as exchanges read it: views of one [`Hotline`], in which its states, keys and
//! prompts come back under the names that each exchange has for such things.

mod asterisk;

use super::entry::Entry;
use super::json;
use crate::diag::Result;
use crate::model::Hotline;

use asterisk::asterisk;

/// The line itself.
pub const HOTLINE_FILE: &str = "hotline.json";

/// The line as a file.
///
/// # Errors
/// None is known.
pub fn hotline_json(line: &Hotline) -> Result<Entry> {
    Ok(Entry::bytes(HOTLINE_FILE, json("the line", line)?))
}

/// The views of all exchanges, each in a folder of its name.
///
/// # Errors
/// None is known.
pub fn exchanges(line: &Hotline) -> Result<Vec<Entry>> {
    Ok(asterisk(line, None))
}

/// The views that name the folder of sounds, for a line whose folder is known.
pub fn published(line: &Hotline, sounds: &str) -> Vec<Entry> {
    asterisk(line, Some(sounds))
}
