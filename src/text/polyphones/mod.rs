//! Which of its readings a character has here: a log-linear choice between the
//! candidates, from what a network makes of the text, what the dictionaries
//! have for the word, and what words and neighbours have been seen to mean.
//!
//! `tools/make_polyphones.py` fits the weights and tells how; the features of
//! [`Sight::each`] must stay what that tool looks at.

mod network;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::syllables::Syl;
use super::tables::Fnv;
use network::Network;

const TABLE: &str = include_str!("../../../data/polyphones.tsv");
/// Sorted 32-bit FNV-1a hashes of the words that all dictionaries read alike.
const AGREED: &[u8] = include_bytes!("../../../data/agreed.bin");

/// Logits further below the best than this count as this (likewise those of
/// readings that the network does not know): a network so sure of itself is not
/// believed.
const LOWEST: f32 = -6.0;

/// A character and its candidates.
struct Polyphone {
    candidates: Vec<Candidate>,
}

/// A reading, and what speaks for it wherever the character stands.
struct Candidate {
    syl: Syl,
    class: Option<usize>,
    bias: f32,
    /// When the dictionary has it for the word.
    own: f32,
    /// When all dictionaries have it for the word.
    agreed: f32,
    /// When a phrase around the character has it.
    around: f32,
}

/// The weights of one feature: candidate by number, weight.
type Weights = Range<u32>;

/// All polyphones.
pub(super) struct Polyphones {
    network: Network,
    chars: HashMap<char, Polyphone, BuildHasherDefault<Fnv>>,
    /// By the hash of character and feature.
    features: HashMap<u64, Weights, BuildHasherDefault<Same>>,
    weights: Vec<(u8, f32)>,
    /// How much the network counts.
    net: f32,
    /// How much the dictionary counts, by the length of the word.
    own: [f32; 5],
    agreed: [f32; 5],
    around: [f32; 3],
}

/// What is seen of one character.
pub(super) struct Sight<'a> {
    /// The character.
    pub char: char,
    /// Its place in the text.
    pub at: usize,
    /// Its word.
    pub word: Cow<'a, str>,
    /// Its place in the word.
    pub place: usize,
    /// The words beside it; empty where none of Han stands there.
    pub before: Cow<'a, str>,
    /// Likewise.
    pub behind: Cow<'a, str>,
    /// What kind of word each of them is, in a letter; only asked for a word
    /// of one character. See `weigh::part_of_speech`.
    pub kinds: [char; 2],
    /// What the dictionary has for the word, if it knows it.
    pub own: Option<Syl>,
    /// What a known phrase around it has, when the word is not known.
    pub around: Option<Syl>,
}

/// A choice, and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen {
    /// The readings with their probabilities, the likeliest first.
    pub ranked: Vec<(Syl, f32)>,
}

/// A hash of a hash is itself.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

impl Polyphones {
    /// Reads the built-in files; `None` when they are not well formed, which
    /// the tests rule out.
    pub fn load() -> Option<Polyphones> {
        let mut all = Polyphones {
            network: Network::load()?,
            chars: HashMap::default(),
            features: HashMap::default(),
            weights: Vec::new(),
            net: 0.0,
            own: [0.0; 5],
            agreed: [0.0; 5],
            around: [0.0; 3],
        };
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (char, feature, value) = (columns.next()?, columns.next()?, columns.next()?);
            match char.chars().next()? {
                '*' => all.set(feature, value.parse().ok()?)?,
                c => all.add(c, feature, value)?,
            }
        }
        Some(all)
    }

    fn set(&mut self, name: &str, value: f32) -> Option<()> {
        let number = |name: &str| name.parse::<usize>().ok();
        *if let Some(n) = name.strip_prefix("own") {
            self.own.get_mut(number(n)?)?
        } else if let Some(n) = name.strip_prefix("agreed") {
            self.agreed.get_mut(number(n)?)?
        } else if let Some(n) = name.strip_prefix("around") {
            self.around.get_mut(number(n)?)?
        } else {
            &mut self.net
        } = value;
        Some(())
    }

    /// A line of the table: `zhe5:0.3 zhao2:-0.3`.
    fn add(&mut self, c: char, feature: &str, value: &str) -> Option<()> {
        let given = value.split(' ').map(|part| {
            let (syl, weight) = part.split_once(':')?;
            Some((Syl::parse(syl)?, weight.parse::<f32>().ok()?))
        });
        let given = given.collect::<Option<Vec<_>>>()?;
        if feature.is_empty() {
            let candidates = given.into_iter().map(|(syl, bias)| Candidate {
                syl,
                class: self.network.class(syl),
                bias,
                own: 0.0,
                agreed: 0.0,
                around: 0.0,
            });
            let candidates = candidates.collect();
            self.chars.insert(c, Polyphone { candidates });
            return Some(());
        }
        let candidates = &mut self.chars.get_mut(&c)?.candidates;
        let from = self.weights.len() as u32;
        for (syl, weight) in given {
            let n = candidates.iter().position(|k| k.syl == syl)?;
            match feature {
                "own" => candidates[n].own = weight,
                "agreed" => candidates[n].agreed = weight,
                "around" => candidates[n].around = weight,
                _ => self.weights.push((u8::try_from(n).ok()?, weight)),
            }
        }
        let to = self.weights.len() as u32;
        if to > from {
            self.features.insert(hash(c, &[feature]), from..to);
        }
        Some(())
    }

    /// Whether there is anything to choose for `c`.
    pub fn has(&self, c: char) -> bool {
        self.chars.contains_key(&c)
    }

    /// Chooses for every character seen, all of one text.
    pub fn choose(&self, text: &[char], sights: &[Sight<'_>]) -> Vec<Chosen> {
        if sights.is_empty() {
            return Vec::new();
        }
        let states = self.network.hear(text);
        let sights = sights.iter();
        sights
            .map(|s| self.weigh(text, s, &self.network.hidden(&states[s.at])))
            .collect()
    }

    fn weigh(&self, text: &[char], sight: &Sight<'_>, hidden: &[f32; 32]) -> Chosen {
        let Some(polyphone) = self.chars.get(&sight.char) else {
            return Chosen { ranked: Vec::new() };
        };
        let candidates = &polyphone.candidates;
        let length = sight.word.chars().count().min(4);
        let agreed = sight.own.is_some() && is_agreed(&sight.word);
        let logits = candidates.iter().map(|c| {
            c.class
                .map_or(f32::NEG_INFINITY, |class| self.network.logit(hidden, class))
        });
        let logits: Vec<f32> = logits.collect();
        let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let scores = candidates.iter().zip(logits).map(|(c, logit)| {
            let mut score = c.bias;
            if top.is_finite() {
                score += self.net * (logit - top).max(LOWEST);
            }
            if sight.own == Some(c.syl) {
                score += match agreed {
                    true => self.agreed[length] + c.agreed,
                    false => self.own[length] + c.own,
                };
            }
            if sight.around == Some(c.syl) {
                score += self.around[length.min(2)] + c.around;
            }
            score
        });
        let mut scores: Vec<f32> = scores.collect();
        sight.each(text, length, |key| {
            if let Some(own) = self.features.get(&key) {
                for (n, weight) in &self.weights[own.start as usize..own.end as usize] {
                    scores[usize::from(*n)] += weight;
                }
            }
        });
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        let likely = scores.iter().map(|s| (s - top).exp() / sum);
        let mut ranked: Vec<(Syl, f32)> = candidates.iter().map(|c| c.syl).zip(likely).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        Chosen { ranked }
    }
}

impl Sight<'_> {
    /// Hands over the hash of every feature.
    fn each(&self, text: &[char], length: usize, mut take: impl FnMut(u64)) {
        let mut at = [[0; 4]; 5];
        for (slot, offset) in at.iter_mut().zip(-2_isize..) {
            let c = self.at.checked_add_signed(offset).and_then(|i| text.get(i));
            kind(c.copied()).encode_utf8(slot);
        }
        let near = at.each_ref().map(|bytes| {
            let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
            std::str::from_utf8(&bytes[..end]).unwrap_or("#")
        });
        let [b2, b1, _, n1, n2] = near;
        let c = self.char;
        let digits = ["0", "1", "2", "3", "4"];
        if length > 1 {
            let mut place = [0; 4];
            let place = char::from_digit(self.place as u32 % 10, 10)
                .unwrap_or('0')
                .encode_utf8(&mut place);
            take(hash(c, &["w", &self.word, place]));
        }
        take(hash(c, &["p", b1]));
        take(hash(c, &["n", n1]));
        take(hash(c, &["q", b2, b1]));
        take(hash(c, &["m", n1, n2]));
        take(hash(c, &["b", b1, n1]));
        take(hash(c, &["l", digits[length], digits[self.place.min(3)]]));
        if length == 1 {
            let size = |w: &str| digits[w.chars().take(3).count()];
            take(hash(c, &["x", shown(&self.before)]));
            take(hash(c, &["y", shown(&self.behind)]));
            take(hash(c, &["z", size(&self.before), size(&self.behind)]));
            let mut letters = [[0; 4]; 2];
            let [before, behind] = &mut letters;
            let before = &*self.kinds[0].encode_utf8(before);
            let behind = &*self.kinds[1].encode_utf8(behind);
            take(hash(c, &["s", before]));
            take(hash(c, &["t", behind]));
            take(hash(c, &["u", before, behind]));
        }
    }
}

/// A word beside another, or what stands for none.
fn shown(word: &str) -> &str {
    if word.is_empty() { "#" } else { word }
}

/// Han as it is, everything else by its kind.
fn kind(c: Option<char>) -> char {
    match c {
        Some(c @ ('\u{3400}'..='\u{9fff}' | '〇')) => c,
        Some(c) if c.is_numeric() => '0',
        Some(c) if c.is_ascii_alphabetic() => 'A',
        _ => '#',
    }
}

/// Whether all dictionaries read the word alike.
pub(super) fn is_agreed(word: &str) -> bool {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    });
    let (words, _) = AGREED.as_chunks::<4>();
    words
        .binary_search_by_key(&hash, |w| u32::from_le_bytes(*w))
        .is_ok()
}

/// FNV-1a over a character and the parts of a feature's name.
fn hash(c: char, parts: &[&str]) -> u64 {
    let mut hasher = Fnv::default();
    hasher.write_u32(c as u32);
    for part in parts {
        hasher.write(part.as_bytes());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_parses() {
        let all = Polyphones::load().unwrap();
        let lines = TABLE.lines().filter(|l| !l.starts_with(['#', '*']));
        let plain =
            |l: &&str| matches!(l.split('\t').nth(1), Some("" | "own" | "agreed" | "around"));
        // No two features of the table share a hash.
        assert_eq!(lines.filter(|l| !plain(l)).count(), all.features.len());
        assert!(is_agreed("银行") && !is_agreed("行银"));
        assert!(all.net > 0.0 && all.own[2] > 0.0 && all.around[1] > 0.0);
    }

    #[test]
    fn probabilities_add_up_and_the_likeliest_stands_first() {
        let all = Polyphones::load().unwrap();
        let text: Vec<char> = "他在银行工作".chars().collect();
        let sight = Sight {
            char: '行',
            at: 3,
            word: "银行".into(),
            place: 1,
            before: "在".into(),
            behind: "工作".into(),
            kinds: ['p', 'v'],
            own: Syl::parse("hang2"),
            around: None,
        };
        let chosen = all.choose(&text, &[sight]);
        let sum: f32 = chosen[0].ranked.iter().map(|(_, p)| p).sum();
        assert!((sum - 1.0).abs() < 1e-4);
        assert_eq!(chosen[0].ranked[0].0, Syl::parse("hang2").unwrap());
        assert!(chosen[0].ranked[0].1 > 0.9);
    }
}
