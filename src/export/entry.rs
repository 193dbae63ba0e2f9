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
    /// The MP3 frames of these parts one after the other as one stream.
    Sound {
        /// The parts' positions among [`Book::parts`](super::Book::parts), in order.
        parts: Vec<usize>,
        /// The bytes before the first frame: an ID3 tag, or nothing.
        head: Vec<u8>,
    },
}

impl Content {
    /// How long the file is, in bytes.
    pub fn bytes(&self, tracks: &[Track]) -> u64 {
        let track = |part: &usize| tracks.get(*part).copied().unwrap_or_default();
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Sound { parts, head } => {
                head.len() as u64 + parts.iter().map(|part| track(part).bytes).sum::<u64>()
            }
        }
    }

    /// The part whose sound it is, when it is of one.
    pub fn part(&self) -> Option<usize> {
        match self {
            Content::Sound { parts, .. } if parts.len() == 1 => parts.first().copied(),
            Content::Sound { .. } | Content::Bytes(_) => None,
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
        Entry::tagged(path, vec![part], Vec::new())
    }

    /// A file with the sound of parts as one stream behind a tag.
    pub fn tagged(path: impl Into<String>, parts: Vec<usize>, head: Vec<u8>) -> Self {
        Entry {
            path: path.into(),
            content: Content::Sound { parts, head },
        }
    }
}

/// The encoded sound of one part, as exporters need to know it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Track {
    /// How long its file is without any tag, in bytes.
    pub bytes: u64,
    /// How long it plays, at the edition's rate: whole MP3 frames, and therefore some
    /// hundredths of a second longer than its chapter.
    pub played: Frames,
}
