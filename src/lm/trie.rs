//! The trie: n-grams from their last word back.

use std::ops::Range;

use super::ORDER;
use super::bits::{Bytes, width};

/// An n-gram that longer ones end with.
pub(super) struct Node {
    /// Its probability, log10.
    pub score: f32,
    /// What it costs to know it as a context without effect, log10.
    pub backoff: f32,
    /// The longer ones, by number.
    pub next: Range<u64>,
}

/// Where the parts of the trie stand, and how wide their fields are.
pub(super) struct Trie {
    /// Bits of a probability and of a backoff.
    quant: [u8; 2],
    /// Tables of what the bits stand for: bigrams' probabilities and backoffs,
    /// trigrams' probabilities.
    tables: [usize; 3],
    unigrams: usize,
    words: u64,
    middle: Middle,
    longest: usize,
    word_bits: u8,
}

/// The bigrams, and their pointers into the trigrams.
struct Middle {
    /// The sorted array of the pointers' high bits.
    array: usize,
    entries: usize,
    /// The bit-packed rows.
    base: usize,
    /// The low bits of a pointer, in the rows.
    inline: u8,
    /// The bits of a row.
    row: u64,
}

impl Trie {
    /// The trie at byte `at`, for so many n-grams of each order, and the first
    /// byte behind it.
    pub fn at(file: Bytes<'_>, at: usize, counts: [u64; ORDER]) -> (Trie, usize) {
        // A version, then the widths; eight bytes with padding.
        let quant = [file.byte(at + 1).min(25), file.byte(at + 2).min(25)];
        let sizes = quant.map(|bits| 4usize << bits);
        let tables = [at + 8, at + 8 + sizes[0], at + 8 + sizes[0] + sizes[1]];
        let unigrams = tables[2] + sizes[0];
        // One more for unknown words, and one for the end of the last.
        let bhiksha = unigrams + 16 * (counts[0] as usize + 2);
        let word_bits = width(counts[0]);
        let (rows, pointers) = (counts[1] + 1, counts[2]);
        let wanted = width(pointers);
        let chopped = chop(rows, pointers, file.byte(bhiksha + 1));
        let entries = (pointers >> (wanted - chopped)) as usize + 1;
        let inline = wanted - chopped;
        let base = bhiksha + 8 * (1 + entries) + 7;
        let row = u64::from(word_bits + quant[0] + quant[1] + inline);
        let packed = |rows: u64, bits: u64| ((rows * bits).div_ceil(8) + 8) as usize;
        let longest = base + packed(rows, row);
        let last = u64::from(word_bits + quant[0]);
        let end = longest + packed(counts[2] + 1, last);
        let trie = Trie {
            quant,
            tables,
            unigrams,
            words: counts[0],
            middle: Middle {
                array: bhiksha.next_multiple_of(8) + 8,
                entries,
                base,
                inline,
                row,
            },
            longest,
            word_bits,
        };
        (trie, end)
    }

    /// A single word.
    pub fn unigram(&self, file: Bytes<'_>, word: u32) -> Node {
        let at = self.unigrams + 16 * u64::from(word).min(self.words) as usize;
        Node {
            score: file.f32(at),
            backoff: file.f32(at + 4),
            next: file.u64(at + 8)..file.u64(at + 24),
        }
    }

    /// A word of `range` with `before` in front.
    pub fn bigram(&self, file: Bytes<'_>, range: Range<u64>, before: u32) -> Option<Node> {
        let Middle { base, row, .. } = self.middle;
        let number = self.find(file, base, row, range, before)?;
        let bit = number * row + u64::from(self.word_bits);
        let [prob, back] = self.quant;
        let pointer = bit + u64::from(prob + back);
        Some(Node {
            score: self.decode(file, 0, file.bits(base, bit + u64::from(back), prob)),
            backoff: self.decode(file, 1, file.bits(base, bit, back)),
            next: self.pointer(file, pointer, number)
                ..self.pointer(file, pointer + row, number + 1),
        })
    }

    /// The probability of a bigram of `range` with `before` in front.
    pub fn trigram(&self, file: Bytes<'_>, range: Range<u64>, before: u32) -> Option<f32> {
        let row = u64::from(self.word_bits + self.quant[0]);
        let number = self.find(file, self.longest, row, range, before)?;
        let bit = number * row + u64::from(self.word_bits);
        Some(self.decode(file, 2, file.bits(self.longest, bit, self.quant[0])))
    }

    fn decode(&self, file: Bytes<'_>, table: usize, bits: u64) -> f32 {
        file.f32(self.tables[table] + 4 * bits as usize)
    }

    /// The row of `range` that begins with `word`; rows are sorted by it.
    fn find(
        &self,
        file: Bytes<'_>,
        base: usize,
        row: u64,
        range: Range<u64>,
        word: u32,
    ) -> Option<u64> {
        let (mut low, mut high) = (range.start, range.end);
        // What a damaged file says of its ranges must not overflow.
        high.checked_mul(row)?;
        while low < high {
            let middle = low + (high - low) / 2;
            let here = file.bits(base, middle * row, self.word_bits);
            match here.cmp(&u64::from(word)) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Where the trigrams of bigram `number` begin: the high bits are the
    /// place in the array of the last entry that is not above it.
    fn pointer(&self, file: Bytes<'_>, bit: u64, number: u64) -> u64 {
        let Middle {
            array,
            entries,
            base,
            inline,
            ..
        } = self.middle;
        let (mut low, mut high) = (0, entries);
        while low < high {
            let middle = low + (high - low) / 2;
            if file.u64(array + 8 * middle) <= number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low.saturating_sub(1) as u64) << inline | file.bits(base, bit, inline)
    }
}

/// How many high bits of a pointer the array keeps: what makes the file the
/// smallest, at most what the file says.
fn chop(rows: u64, pointers: u64, most: u8) -> u8 {
    let wanted = width(pointers);
    let cost = |chop: u8| {
        let array = (pointers.checked_shr(u32::from(wanted - chop))).unwrap_or(0) as i64 * 64;
        array - rows as i64 * i64::from(chop)
    };
    (0..=wanted.min(most))
        .min_by_key(|chop| cost(*chop))
        .unwrap_or(0)
}
