//! Where everything is in one sound file that holds several parts.

use super::{Book, Track};
use crate::export::clock::milliseconds;
use crate::model::Frames;

/// Several parts of an edition as one MP3 stream.
///
/// MP3 knows whole frames only, and no player cuts anything off inside a stream: every
/// part is some hundredths of a second longer than its chapter. Left out of account,
/// that would add up to seconds in an edition of many articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The parts' positions among [`Book::parts`], in order.
    pub parts: Vec<usize>,
    /// How long the stream is without any tag, in bytes.
    pub bytes: u64,
    /// Where each part's first MP3 frame begins, in milliseconds; one more than there
    /// are parts, the last being the length of the stream.
    pub bounds: Vec<u64>,
    /// Where the first sample of each part's chapter is heard.
    starts: Vec<Frames>,
}

impl Joined {
    /// All parts of the book in order.
    pub fn all(book: &Book<'_>, tracks: &[Track]) -> Self {
        let rate = book.edition.sample_rate;
        let mut at = Frames(0);
        let mut joined = Joined {
            parts: Vec::new(),
            bytes: 0,
            bounds: vec![0],
            starts: Vec::new(),
        };
        for (i, track) in tracks.iter().enumerate().take(book.parts.len()) {
            joined.parts.push(i);
            joined.bytes += track.bytes;
            joined.starts.push(at);
            at += track.played;
            joined.bounds.push(milliseconds(at, rate));
        }
        joined
    }

    /// How long it plays, in milliseconds.
    pub fn length(&self) -> u64 {
        self.bounds.last().copied().unwrap_or_default()
    }

    /// Each part's position among [`Book::parts`] with its beginning and end in
    /// milliseconds. They follow one another without gap or overlap.
    pub fn chapters(&self) -> impl Iterator<Item = (usize, u64, u64)> {
        (self.parts.iter().zip(self.bounds.windows(2))).map(|(part, b)| (*part, b[0], b[1]))
    }

    /// Where what is at `at` in the chapter of the `n`-th part is heard.
    pub fn heard(&self, n: usize, at: Frames) -> Frames {
        self.starts.get(n).copied().unwrap_or_default() + at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn parts_follow_one_another() {
        let edition = edition();
        let book = Book::new(&edition);
        let track = Track {
            bytes: 192 * 125,
            played: Frames(125 * 576),
        };
        let joined = Joined::all(&book, &[track; 3]);
        assert_eq!(joined.bytes, 3 * 125 * 192);
        assert_eq!(joined.bounds, [0, 3000, 6000, 9000]);
        assert_eq!(joined.length(), 9000);
        assert_eq!(joined.heard(1, Frames(24)), Frames(72_000 + 24));
        let chapters: Vec<_> = joined.chapters().collect();
        assert_eq!(chapters, [(0, 0, 3000), (1, 3000, 6000), (2, 6000, 9000)]);
    }
}
