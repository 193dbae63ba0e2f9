//! How common words are, for a system that has no model of how likely one
//! follows another: the frequencies of jieba's dictionary.

use jieba_rs::Jieba;

/// The sum of all frequencies of the dictionary, as log10.
const TOTAL: f32 = 7.78;

/// The dictionary.
pub struct Frequencies(Jieba);

impl Frequencies {
    pub fn load() -> Frequencies {
        Frequencies(Jieba::new())
    }

    /// How common a word of the dictionary is, as log10; `None` when it is not
    /// there.
    pub fn find(&self, word: &str) -> Option<f32> {
        // Of a word of the dictionary the crate suggests its own frequency,
        // and one at least.
        let known = self.0.has_word(word);
        known.then(|| (self.0.suggest_freq(word).max(1) as f32).log10() - TOTAL)
    }
}
