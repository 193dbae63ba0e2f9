//! The radio set: what a station's automation plays and how it is told of it.
//!
//! Every part of an edition is a cut, and so is the whole programme. Their sound lies
//! in `bwf/` as Broadcast Wave Files and, for automation that keeps a library of music
//! (AzuraCast, LibreTime), in `library/` as FLAC; beside them playlist and script for
//! Liquidsoap, and metadata and a shell script for Rivendell.

mod about;
mod library;
mod liquidsoap;
mod names;
mod rivendell;

pub use liquidsoap::{PLAYLIST_FILE, placed};

use super::clock::milliseconds;
use super::tags::titles_tag;
use super::{Book, Entry};
use crate::audio::broadcast::{About, Ascii};
use crate::diag::Result;
use crate::model::{Bits, Channels, Frames, Measures, RadioSet, SampleRate, days_after};

/// The names of an edition in ASCII, for fields and files that know nothing else: its
/// Chinese in pinyin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelled {
    /// The paper.
    pub paper: String,
    /// Its section; empty for none.
    pub section: String,
    /// What this programme is besides, such as a time of day; empty for the issue itself.
    pub occasion: String,
    /// The title of each part.
    pub titles: Vec<String>,
    /// The last words of each part.
    pub last_words: Vec<String>,
}

/// One file of sound as automation knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Its name without folder and ending: ASCII letters, figures and `-`.
    pub stem: String,
    /// Its name for good: the same when the issue is delivered again.
    pub id: Ascii,
    /// What it is called, as printed.
    pub title: String,
    /// Its length in frames of [`RadioSet::RATE`].
    pub frames: Frames,
    /// What its Broadcast Wave File says of it.
    pub about: About,
}

impl Cut {
    /// Its Broadcast Wave File in the set's folder.
    pub fn wave(&self) -> String {
        format!("bwf/{}.wav", self.stem)
    }

    /// Its FLAC file in the set's folder.
    pub fn flac(&self) -> String {
        format!("library/{}.flac", self.stem)
    }
}

/// An edition as the cuts of a radio set.
#[derive(Debug, Clone, PartialEq)]
pub struct Radio<'a> {
    /// The edition.
    pub book: &'a Book<'a>,
    /// How the set is made.
    pub set: RadioSet,
    /// One for each part of the book, in order.
    pub cuts: Vec<Cut>,
    /// The whole programme.
    pub whole: Cut,
    /// The issue's name, with which the names of all cuts begin.
    pub issue: String,
    /// The first and the last day it may be broadcast, `YYYY-MM-DD`, where the paper
    /// says its day and the set is not for ever.
    pub days: Option<(String, String)>,
}

impl<'a> Radio<'a> {
    /// The cuts of an edition.
    ///
    /// # Errors
    /// A tag that cannot be made.
    pub fn new(book: &'a Book<'a>, spelled: &Spelled, set: RadioSet) -> Result<Self> {
        let issue = names::issue(book, spelled);
        let days = book
            .date()
            .filter(|_| set.days > 0)
            .and_then(|first| Some((first.to_string(), days_after(first, set.days - 1)?)));
        let rate = book.edition.sample_rate;
        let mut radio = Radio {
            book,
            set,
            cuts: Vec::new(),
            whole: Cut {
                stem: format!("{issue}-all"),
                id: Ascii::of(&format!("{issue}-ALL")),
                title: book.title.clone(),
                frames: Frames(0),
                about: About::default(),
            },
            issue,
            days,
        };
        for (n, part) in book.parts.iter().enumerate() {
            let frames = part.chapter.frames.at(rate, Radio::rate());
            let number = part.chapter.number;
            let title = spelled.titles.get(n).map_or("", String::as_str);
            let mut cut = Cut {
                stem: names::stem(&radio.issue, number, title, part),
                id: Ascii::of(&format!("{}-{number:02}", radio.issue)),
                title: part.title.clone(),
                frames,
                about: About::default(),
            };
            cut.about = about::part(&radio, &cut, n, spelled, radio.whole.frames);
            let length = milliseconds(frames, Radio::rate());
            cut.about.id3 = titles_tag(book, &part.title, part.language, length, Some(n))?;
            radio.whole.frames += frames;
            radio.cuts.push(cut);
        }
        radio.whole.about = about::whole(&radio, spelled);
        let length = milliseconds(radio.whole.frames, Radio::rate());
        radio.whole.about.id3 = titles_tag(book, &book.title, book.language(), length, None)?;
        Ok(radio)
    }

    /// The rate of all its files.
    pub fn rate() -> SampleRate {
        SampleRate(RadioSet::RATE)
    }

    /// How long its sounds are said to last, in seconds to the microsecond.
    fn seconds(frames: Frames) -> String {
        let micros = u128::from(frames.0) * 1_000_000 / u128::from(RadioSet::RATE);
        format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
    }

    /// Everything but the sounds, in the order in which it is to be written.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = rivendell::entries(self);
        entries.extend(library::entries(self));
        entries.extend(liquidsoap::entries(self));
        entries
    }

    /// The comment block of a part's FLAC file: `measures` are its own, `whole` those of
    /// the whole programme.
    pub fn comments(&self, n: usize, measures: &Measures, whole: &Measures) -> Vec<u8> {
        library::block(self, n, measures, whole)
    }
}

/// What samples are, in words: `48 kHz, 24-bit, mono`.
fn samples(set: RadioSet) -> &'static str {
    match (set.bits, set.channels) {
        (Bits::Sixteen, Channels::Mono) => "48 kHz, 16-bit, mono",
        (Bits::Sixteen, Channels::Dual) => "48 kHz, 16-bit, dual mono",
        (Bits::TwentyFour, Channels::Mono) => "48 kHz, 24-bit, mono",
        (Bits::TwentyFour, Channels::Dual) => "48 kHz, 24-bit, dual mono",
    }
}

#[cfg(test)]
mod tests;
