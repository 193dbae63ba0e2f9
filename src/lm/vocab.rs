//! The vocabulary: sorted hashes of the words, the place of a hash being the
//! word's number.

use std::cmp::Ordering;

use super::bits::Bytes;

/// So often a place is guessed from the size of a hash; then the middle is taken,
/// which finds it whatever the hashes are.
const GUESSES: usize = 6;

/// Where the hashes stand.
pub(super) struct Vocabulary {
    start: usize,
    words: usize,
    allotted: u64,
}

impl Vocabulary {
    /// The vocabulary at byte `at`, with room for `allotted` words, and the
    /// first byte behind it.
    pub fn at(file: Bytes<'_>, at: usize, allotted: u64) -> (Vocabulary, usize) {
        let words = file.u64(at);
        let vocabulary = Vocabulary {
            start: at + 8,
            words: words as usize,
            allotted,
        };
        (vocabulary, at + 8 + 8 * allotted as usize)
    }

    /// Whether no more words are told than there is room for.
    pub fn is_sound(&self) -> bool {
        self.words as u64 <= self.allotted
    }

    /// The number of a word, from 1.
    pub fn find(&self, file: Bytes<'_>, word: &str) -> Option<u32> {
        let wanted = murmur(word.as_bytes());
        let (mut low, mut high) = (0, self.words);
        // Hashes lie evenly: where one is likely to be is told by its size.
        let (mut least, mut most) = (0, u64::MAX);
        let mut guesses = GUESSES;
        while low < high {
            let share = if guesses > 0 {
                (wanted - least) as f64 / (most - least) as f64
            } else {
                0.5
            };
            guesses = guesses.saturating_sub(1);
            let middle = low + (((high - low) as f64 * share) as usize).min(high - low - 1);
            let here = file.u64(self.start + 8 * middle);
            match here.cmp(&wanted) {
                Ordering::Equal => return Some(middle as u32 + 1),
                Ordering::Less => (low, least) = (middle + 1, here),
                Ordering::Greater => (high, most) = (middle, here),
            }
        }
        None
    }
}

/// MurmurHash64A with seed 0 (Appleby 2008, public domain).
fn murmur(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mix = |k: u64| {
        let k = k.wrapping_mul(M);
        (k ^ (k >> 47)).wrapping_mul(M)
    };
    let mut h = (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        h = (h ^ mix(u64::from_le_bytes(*word))).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h = (h ^ (h >> 47)).wrapping_mul(M);
    h ^ (h >> 47)
}
