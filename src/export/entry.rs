//! What an exporter makes: files by their names, bytes or sound.

use crate::model::Frames;

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path inside the export, `/` between parts.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file. An exporter knows a part's sound by its position only: the
/// sound is encoded once and copied into every export from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The MP3 file of a part with this head (an ID3 tag, or nothing) before it.
    Sound {
        /// The part's position among [`Book::parts`](super::Book::parts).
        part: usize,
        /// The bytes before the first frame.
        head: Vec<u8>,
    },
    /// The MP3 frames of several parts one after the other as one stream, with this
    /// head before them. Of each part's file the information frame
    /// ([`Track::info`]) is left out.
    Sounds {
        /// The parts' positions among [`Book::parts`](super::Book::parts), in order.
        parts: Vec<usize>,
        /// The bytes before the first frame.
        head: Vec<u8>,
    },
}

impl Content {
    /// How long the file is, in bytes.
    pub fn bytes(&self, tracks: &[Track]) -> u64 {
        let track = |part: &usize| tracks.get(*part).copied().unwrap_or_default();
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Sound { part, head } => head.len() as u64 + track(part).bytes,
            Content::Sounds { parts, head } => {
                let joined = parts.iter().map(track).map(|t| t.bytes - t.info);
                head.len() as u64 + joined.sum::<u64>()
            }
        }
    }

    /// The part whose sound it is, when it is of one.
    pub fn part(&self) -> Option<usize> {
        match self {
            Content::Bytes(_) | Content::Sounds { .. } => None,
            Content::Sound { part, .. } => Some(*part),
        }
    }
}

impl Entry {
    /// A file of these bytes.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Entry {
            path: path.into(),
            content: Content::Bytes(bytes.into()),
        }
    }

    /// A file with a part's sound and nothing else.
    pub fn sound(path: impl Into<String>, part: usize) -> Self {
        Entry::tagged(path, part, Vec::new())
    }

    /// A file with a part's sound behind a tag.
    pub fn tagged(path: impl Into<String>, part: usize, head: Vec<u8>) -> Self {
        Entry {
            path: path.into(),
            content: Content::Sound { part, head },
        }
    }

    /// A file with the sound of several parts as one stream behind a tag.
    pub fn sounds(path: impl Into<String>, parts: Vec<usize>, head: Vec<u8>) -> Self {
        Entry {
            path: path.into(),
            content: Content::Sounds { parts, head },
        }
    }
}

/// The encoded sound of one part, as exporters need to know it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Track {
    /// How long its file is without any tag, in bytes.
    pub bytes: u64,
    /// How many of them, at the beginning, are the information frame (Xing, LAME),
    /// which tells players the length of this file alone and therefore has no place
    /// where sounds are joined; 0 when there is none.
    pub info: u64,
    /// How long all its other frames play when nothing is cut off, at the edition's
    /// rate: whole MP3 frames, what the encoder adds before and behind included.
    pub played: Frames,
    /// How much of that comes before the part's first sample: the delay of encoder
    /// and decoder.
    pub delay: Frames,
}
