//! An edition in the forms that players and programs read: plain functions
//! from an [`Edition`](crate::model::Edition) to the bytes of a file. None of them needs the sound.
//! [`reading_json()`], [`report_json()`] and [`review_html()`] do the same for what was
//! read from pages: the result alone, the edits and doubts for programs, and both
//! beside the pages for an editor.

mod address;
mod audiobook;
mod book;
mod clock;
mod cover;
mod cue;
mod daisy202;
mod daisy3;
mod entry;
mod epub;
mod escape;
mod hotline;
mod index;
mod joined;
mod m3u;
mod narrators;
mod pages;
mod player;
mod podcast;
mod radio;
mod reading_json;
mod readings;
mod report_json;
mod review;
mod review_html;
mod rundown;
mod tags;
mod talking_book;
mod usb;
mod vtt;
mod words;

pub use address::encoded;
pub use audiobook::audiobook;
pub use book::{Book, Part, Passage, Sentence};
pub use cover::{COVER_SIDE, Covers, TAG_COVER_SIDE, cover, paper_cover};
pub use cue::{CUE_FILE, cue_sheet};
pub use daisy3::daisy3;
pub use daisy202::daisy202;
pub use entry::{Content, Entry, Track};
pub use epub::epub;
pub use escape::escape;
pub use hotline::{HOTLINE_FILE, exchanges, hotline_json, published};
pub use index::{BUILD_AGAIN, INDEX_FILE, edition_json, read_edition};
pub use joined::Joined;
pub use m3u::{M3U8_FILE, m3u8};
pub use pages::{PageStart, page_starts};
pub use player::{PLAYER_FILE, player};
pub use podcast::{Broadcast, Episode, Published, Show, feed_name, podcast, update_feed};
pub use radio::{Cut, PLAYLIST_FILE, Radio, Spelled, placed};
pub use reading_json::reading_json;
pub use readings::{READINGS_FILE, read_readings, readings_json};
pub use report_json::{REPORT_FILE, report_json};
pub use review::Review;
pub use review_html::{REVIEW_FILE, review_html};
pub use rundown::{
    RUNDOWN_FILE, RUNDOWN_PAGE, RUNDOWN_TABLE, read_rundown, rundown_csv, rundown_html,
    rundown_json,
};
pub use tags::{comments, edition_tag, part_tag};
pub use usb::{UsbOptions, file_names, usb};
pub use vtt::{vtt, vtt_file};

use serde::Serialize;

use crate::diag::{Fault, Result};
use crate::model::EditionMasthead;

/// The edition as a listener would name it: paper, section, number and date.
pub fn edition_title(masthead: &EditionMasthead) -> String {
    let printed = &masthead.printed;
    let number = printed.issue_number.as_ref().map(|n| format!("第{n}期"));
    let parts = [
        Some(&printed.paper),
        printed.section.as_ref(),
        number.as_ref(),
        printed.date.as_ref(),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|part| one_line(part))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// Text for a format in which a line end ends the entry: white space of every
/// kind, line and paragraph separators among it, becomes one space; other
/// control characters go.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(char::is_whitespace) {
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    line
}

/// A value as JSON: UTF-8, two spaces of indentation, a line end at the end.
fn json(what: &str, value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| {
        Fault::new(format!("cannot write {what}: {e}")).help("please report this as a bug")
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod report_tests;
#[cfg(test)]
mod review_sample;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema_tests;
