//! How likely one Chinese word follows another: a reader of KenLM's binary
//! models.
//!
//! The format is that of KenLM, version 5, in its most compact form: a trie of
//! order 3 over reversed n-grams, quantised probabilities, and pointers whose
//! high bits are kept in a sorted array (Heafield, "KenLM: Faster and Smaller
//! Language Model Queries", WMT 2011; Raj and Whittaker 2003 for the array).
//! Every offset is checked when a model is opened; later reads past the end
//! give zero, never a panic.
//!
//! Where a system has no such model, the frequencies of single words serve.

mod bits;
mod frequencies;
mod lattice;
mod trie;
mod vocab;

#[cfg(test)]
pub(crate) mod tests;

use crate::diag::{Fault, Result};
use bits::Bytes;
use frequencies::Frequencies;
pub use lattice::{Cut, best_cut, gain};
use trie::Trie;
use vocab::Vocabulary;

/// How a binary model begins: its name and the version of the format.
const MAGIC: &[u8] = b"mmap lm http://kheafield.com/code format version 5\n\0";
/// The magic and the values that tell a machine of another byte order.
const SANITY: usize = 88;
/// Order, type and such like, behind the sanity values.
const PARAMETERS: usize = 20;
/// The number of a quantised trie with arrays of pointers.
const QUANT_ARRAY_TRIE: u32 = 5;
/// The only order that is read.
const ORDER: usize = 3;

/// A word of the model's vocabulary: its number there, or, where only
/// frequencies are known, the bits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u32);

impl Word {
    /// Any word that is not in the vocabulary.
    pub const UNKNOWN: Word = Word(0);
}

/// Up to two words that stand before the next one, the nearest first, with
/// what it costs (log10) to know nothing of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Context {
    words: [Word; 2],
    backoffs: [f32; 2],
    length: u8,
}

impl Context {
    /// Nothing is known of what stands before.
    pub const NONE: Context = Context {
        words: [Word::UNKNOWN; 2],
        backoffs: [0.0; 2],
        length: 0,
    };
}

/// A trigram model of words, or one of single words.
pub struct WordModel(Kind);

enum Kind {
    Trigrams(Trigrams),
    Frequencies(Box<Frequencies>),
}

struct Trigrams {
    bytes: Box<dyn AsRef<[u8]> + Send + Sync>,
    vocabulary: Vocabulary,
    trie: Trie,
}

impl WordModel {
    /// Opens a model from the bytes of its file.
    ///
    /// # Errors
    /// Bytes that are no KenLM model, are cut short, or are one of another
    /// type, order or version.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<WordModel> {
        let file = Bytes(bytes.as_ref());
        if !file.0.starts_with(&MAGIC[..MAGIC.len() - 3]) || file.0.len() < SANITY + PARAMETERS {
            return Err(Fault::new("this file is no binary language model of KenLM")
                .help("give the file `zh_CN.lm` of the package libime-data-language-model"));
        }
        let unsupported = |what: String| {
            Fault::new(format!("the language model is of an unsupported kind: {what}")).help(
                "KenLM's `build_binary -a 22 -q 8 -b 8 trie` makes one that is supported, of order 3",
            )
        };
        if !file.0.starts_with(MAGIC) {
            return Err(unsupported("its format is not version 5".into()));
        }
        let order = usize::from(file.0[SANITY]);
        let kind = file.u32(SANITY + 8);
        if kind != QUANT_ARRAY_TRIE || order != ORDER {
            return Err(unsupported(format!("type {kind}, order {order}")));
        }
        let mut counts = [0; ORDER];
        for (i, count) in counts.iter_mut().enumerate() {
            *count = file.u64(SANITY + PARAMETERS + 8 * i);
        }
        let cut = || {
            Fault::new("the language model is cut short or damaged")
                .help("install the package libime-data-language-model again")
        };
        // No count can be larger than the file has bits.
        let most = file.0.len() as u64 * 8;
        if counts.iter().any(|count| *count > most) {
            return Err(cut());
        }
        let start = (SANITY + PARAMETERS + 8 * ORDER).next_multiple_of(8);
        let (vocabulary, start) = Vocabulary::at(file, start, counts[0]);
        let (trie, end) = Trie::at(file, start, counts);
        if end > file.0.len() || !vocabulary.is_sound() {
            return Err(cut());
        }
        Ok(WordModel(Kind::Trigrams(Trigrams {
            vocabulary,
            trie,
            bytes: Box::new(bytes),
        })))
    }

    /// The model that is always there: how common single words are.
    pub fn frequencies() -> WordModel {
        WordModel(Kind::Frequencies(Box::new(Frequencies::load())))
    }

    /// Whether it knows what follows what; else it tells less.
    pub fn knows_neighbours(&self) -> bool {
        matches!(self.0, Kind::Trigrams(_))
    }

    /// The word of the vocabulary; `None` when it is not there.
    pub fn word(&self, word: &str) -> Option<Word> {
        match &self.0 {
            Kind::Trigrams(known) => known.vocabulary.find(known.file(), word).map(Word),
            Kind::Frequencies(known) => known.find(word).map(|score| Word(score.to_bits())),
        }
    }

    /// How likely `word` is after `before`, as log10, and the context of what
    /// follows.
    pub fn score(&self, before: Context, word: Word) -> (f32, Context) {
        match &self.0 {
            Kind::Trigrams(known) => known.score(before, word),
            Kind::Frequencies(_) => (f32::from_bits(word.0), Context::NONE),
        }
    }
}

impl Trigrams {
    fn score(&self, before: Context, word: Word) -> (f32, Context) {
        let file = self.file();
        let one = self.trie.unigram(file, word.0);
        let mut score = one.score;
        let mut next = Context {
            words: [word, before.words[0]],
            backoffs: [one.backoff, 0.0],
            length: 1,
        };
        let mut known = 0;
        if before.length > 0
            && let Some(two) = self.trie.bigram(file, one.next, before.words[0].0)
        {
            (score, known) = (two.score, 1);
            next.backoffs[1] = two.backoff;
            next.length = 2;
            if before.length > 1
                && let Some(three) = self.trie.trigram(file, two.next, before.words[1].0)
            {
                (score, known) = (three, 2);
            }
        }
        let unknown = &before.backoffs[known..usize::from(before.length).max(known)];
        (score + unknown.iter().sum::<f32>(), next)
    }

    fn file(&self) -> Bytes<'_> {
        Bytes((*self.bytes).as_ref())
    }
}
