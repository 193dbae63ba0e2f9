//! Twilio: one small function that answers every request with TwiML, from the line's
//! states. Twilio cannot say where in a sound a key was pressed, so that an article is
//! played in pieces of a few sentences; back and forward go by pieces.

use super::super::entry::Entry;
use crate::model::Hotline;

const FUNCTION: &str = include_str!("twilio.js");
const FLOW: &str = include_str!("twilio.md");

/// The function, and what an operator does with it.
pub fn twilio(line: &Hotline) -> Vec<Entry> {
    let readme = FLOW.replace("{title}", &line.title.replace(['\n', '\r'], " "));
    vec![
        Entry::bytes("twilio/function.js", FUNCTION),
        Entry::bytes("twilio/README.md", readme),
    ]
}
