//! The vocabulary: sorted hashes of the words, the place of a hash being the
//! word's number.

use super::bits::Bytes;

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
        while low < high {
            let middle = low + (high - low) / 2;
            let here = file.u64(self.start + 8 * middle);
            match here.cmp(&wanted) {
                std::cmp::Ordering::Equal => return Some(middle as u32 + 1),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
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
