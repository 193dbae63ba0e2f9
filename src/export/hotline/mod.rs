//! A line as exchanges read it: views of one [`Hotline`], in which its states, keys and
//! prompts come back under the names that each exchange has for such things.

mod asterisk;
mod freeswitch;
mod twilio;
mod voicexml;

use super::entry::Entry;
use super::json;
use crate::diag::Result;
use crate::model::{Codec, Hotline};

use asterisk::asterisk;
use freeswitch::freeswitch;
use twilio::twilio;
use voicexml::voicexml;

/// The line itself; its JSON Schema is `schema/hotline-1.schema.json`.
pub const HOTLINE_FILE: &str = "hotline.json";

/// The line as a file.
///
/// # Errors
/// None is known.
pub fn hotline_json(line: &Hotline) -> Result<Entry> {
    Ok(Entry::bytes(HOTLINE_FILE, json("the line", line)?))
}

/// The views of all exchanges, each in a folder of its name.
pub fn exchanges(line: &Hotline) -> Vec<Entry> {
    let views = [
        asterisk(line, None),
        freeswitch(line, None),
        voicexml(line),
        twilio(line),
    ];
    views.into_iter().flatten().collect()
}

/// The views that name the folder of sounds, for a set whose folder is known.
pub fn published(line: &Hotline, folder: &str) -> Vec<Entry> {
    let sounds = format!("{folder}/{}", Codec::Ulaw.folder());
    let mut views = asterisk(line, Some(&sounds));
    views.extend(freeswitch(line, Some(folder)));
    views
}
