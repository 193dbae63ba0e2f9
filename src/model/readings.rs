//! How every chunk of an edition is read, `readings.json`: what is needed to speak it
//! again, at another pace, without the issue that it was made from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use super::script::{ChunkId, Role};
use super::units::{Db, Millis, Speed};

/// The number in `format`; a reader checks it before anything else.
pub const READINGS_FORMAT: u32 = 1;

/// How an edition is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readings {
    /// [`READINGS_FORMAT`].
    pub format: u32,
    /// The sentence that stands for a chunk no voice could say.
    pub omission: Omission,
    /// The silence between the parts of a chunk of which something was lost.
    pub part_pause: Millis,
    /// Every chunk that a voice speaks. Recordings and stings are not read: their
    /// sound is in the chapter.
    pub chunks: BTreeMap<ChunkId, ReadChunk>,
}

/// How one chunk is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadChunk {
    /// What it is in the chapter.
    pub role: Role,
    /// Its language, BCP 47, when it is not Mandarin.
    pub language: Option<String>,
    /// The voice, by the name of its folder under `voices/`.
    pub voice: String,
    /// How fast.
    pub speed: Speed,
    /// The silence after it.
    pub pause_after: Millis,
    /// What brings its voice to the edition's common loudness.
    pub gain: Db,
    /// What is said.
    pub reading: Reading,
}

/// The sentence that stands for a chunk no voice could say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Omission {
    /// In Mandarin.
    pub mandarin: Reading,
    /// In English, for a chunk of any other language.
    pub english: Reading,
}

impl Omission {
    /// The sentence in the language of `reading`.
    pub fn of(&self, reading: &Reading) -> &Reading {
        match reading.is_foreign() {
            true => &self.english,
            false => &self.mandarin,
        }
    }
}
