//! What an edition was made into besides its masters.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::codec::HotlineSet;
use super::radio::RadioSet;
use super::units::{Dbtp, Lufs};

/// A form in which listeners may hold an edition.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An EPUB 3 book whose text is read aloud
    Epub,
    /// DAISY 2.02 and DAISY 3 talking books
    Daisy,
    /// A web page that plays the edition beside its text
    Player,
    /// An episode and its feed
    Podcast,
    /// Files in plain order for a USB stick
    Usb,
    /// Readium and W3C audiobooks
    Audiobook,
    /// Opus files in plain order, half the size of the stick's
    Opus,
    /// FLAC files in plain order, the chapters bit for bit, for archives
    Flac,
}

impl Format {
    /// What listeners get when nothing is said, in the order in which it is made.
    pub const USUAL: [Format; 6] = [
        Format::Epub,
        Format::Daisy,
        Format::Player,
        Format::Podcast,
        Format::Usb,
        Format::Audiobook,
    ];
}

/// The sets of files that an edition is made into, each in a folder of its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sets {
    /// For those who listen.
    pub listener: Option<ListenerSet>,
    /// For a radio station.
    #[serde(default)]
    pub radio: Option<RadioSet>,
    /// For a telephone exchange.
    #[serde(default)]
    pub hotline: Option<HotlineSet>,
}

impl Sets {
    /// The folders of all sets there can be.
    pub const FOLDERS: [&str; 3] = [ListenerSet::FOLDER, RadioSet::FOLDER, HotlineSet::FOLDER];

    /// Whether the set of this folder is one of them.
    pub fn have(&self, folder: &str) -> bool {
        match folder {
            ListenerSet::FOLDER => self.listener.is_some(),
            RadioSet::FOLDER => self.radio.is_some(),
            HotlineSet::FOLDER => self.hotline.is_some(),
            _ => false,
        }
    }
}

/// What listeners get.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListenerSet {
    /// In which forms; never none.
    pub forms: Vec<Format>,
    /// Whether the files of the stick are named by ASCII letters and figures alone, for
    /// old players.
    pub ascii_names: bool,
}

impl ListenerSet {
    /// The folder of the set in the edition's.
    pub const FOLDER: &str = "listener";

    /// The set of these forms; nothing when there are none.
    pub fn of(forms: Vec<Format>, ascii_names: bool) -> Option<ListenerSet> {
        (!forms.is_empty()).then_some(ListenerSet { forms, ascii_names })
    }
}

/// What was exported, as the index tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exports {
    /// The sets that were made.
    #[serde(flatten)]
    pub sets: Sets,
    /// Every file of them.
    pub files: Vec<ExportedFile>,
}

impl Exports {
    /// The files of the set of a folder, each with its path in that folder.
    pub fn of(&self, folder: &str) -> impl Iterator<Item = (&str, &ExportedFile)> {
        (self.files.iter()).filter_map(move |f| Some((f.inside(folder)?, f)))
    }
}

impl ExportedFile {
    /// Its path in a folder, when it lies there.
    pub fn inside(&self, folder: &str) -> Option<&str> {
        self.file.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The folder of the set that it belongs to.
    pub fn set(&self) -> &str {
        self.file.split_once('/').map_or("", |(folder, _)| folder)
    }
}

/// One exported file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// Its path, relative to the edition's folder, `/` between parts.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
    /// What its sound measures as decoded again; of files that are one chapter's
    /// sound only.
    pub sound: Option<ExportedSound>,
}

/// The sound of a delivered file, measured after decoding it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExportedSound {
    /// Its length in seconds, to the millisecond.
    pub seconds: f64,
    /// Integrated loudness; `null` when too short or too quiet to measure.
    pub loudness_lufs: Option<Lufs>,
    /// True peak; `null` for digital silence.
    pub true_peak_dbtp: Option<Dbtp>,
}
