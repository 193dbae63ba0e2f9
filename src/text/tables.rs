//! The reading tables: a default reading for every character, and the words
//! that are read otherwise. Sources and licences: `data/README.md`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::explain::{By, Choice};
use super::syllables::Syl;

const CHARS: &str = include_str!("../../data/chars.txt");
const PHRASES: &str = include_str!("../../data/phrases.tsv");
const CORRECTIONS: &str = include_str!("../../data/corrections.tsv");

/// The longest phrase of the tables, in characters.
pub(super) const LONGEST: usize = 8;

/// The first code point kept in the flat part of the character table.
const FLAT_FROM: u32 = 0x3400;
/// One past the last.
const FLAT_TO: u32 = 0xA000;

/// A word table asked once for every word of the text: FNV-1a, since the
/// standard hasher guards against an attacker that a built-in table has not.
#[derive(Default)]
pub(super) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

type WordMap<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// Takes syllables, with what decided them.
pub(super) type Put<'a> = dyn FnMut(&[Syl], Choice) + 'a;

/// Readings by character and by word.
pub(super) struct Tables {
    /// U+3400 to U+9FFF, where nearly all characters of a paper are.
    flat: Vec<Option<Syl>>,
    /// The others, sorted.
    rare: Vec<(char, Syl)>,
    /// Words read otherwise than their characters: a range of `syllables`.
    words: WordMap<Entry>,
    syllables: Vec<Syl>,
}

/// The reading of a word.
struct Entry {
    /// Where its syllables begin.
    from: u32,
    len: u8,
    /// Written by hand for this project.
    hand: bool,
}

impl Tables {
    /// Reads the built-in tables. Lines that do not parse are left out; the
    /// tests see that there are none.
    pub fn load() -> Tables {
        let mut tables = Tables {
            flat: vec![None; (FLAT_TO - FLAT_FROM) as usize],
            rare: Vec::new(),
            words: WordMap::default(),
            syllables: Vec::new(),
        };
        for (reading, chars) in rows(CHARS) {
            if let Some(syl) = Syl::parse(reading) {
                chars.chars().for_each(|c| tables.set_char(c, syl));
            }
        }
        tables.rare.sort_by_key(|(c, _)| *c);
        for (word, reading) in rows(PHRASES) {
            tables.add(word, reading, false);
        }
        // The hand-made entries come last and win. The table of characters was
        // made with them in it.
        for (word, reading) in corrected_words() {
            tables.add(word, reading, true);
        }
        tables
    }

    fn set_char(&mut self, c: char, syl: Syl) {
        match flat_index(c) {
            Some(i) => self.flat[i] = Some(syl),
            None => self.rare.push((c, syl)),
        }
    }

    fn add(&mut self, word: &'static str, reading: &str, hand: bool) {
        let from = self.syllables.len();
        self.syllables
            .extend(reading.split(' ').filter_map(Syl::parse));
        let len = self.syllables.len() - from;
        let entry = Entry {
            from: from as u32,
            len: len as u8,
            hand,
        };
        self.words.insert(word, entry);
    }

    /// What a character is usually read as.
    pub fn char(&self, c: char) -> Option<Syl> {
        match flat_index(c) {
            Some(i) => self.flat[i],
            None => find(&self.rare, c),
        }
    }

    /// The reading of a word that is not read as its characters are.
    pub fn word(&self, word: &str) -> Option<&[Syl]> {
        self.words.get(word).map(|e| self.syllables_of(e))
    }

    fn syllables_of(&self, entry: &Entry) -> &[Syl] {
        let from = entry.from as usize;
        &self.syllables[from..from + usize::from(entry.len)]
    }

    /// Puts out the syllables of `word`, one a character that has a
    /// reading: the word as a whole, else the longest phrases in it from the
    /// left, else its characters.
    pub fn read(&self, word: &str, put: &mut Put<'_>) {
        let found = |part: &str, by: By| {
            let entry = self.words.get(part)?;
            let by = if entry.hand { By::Corrected } else { by };
            Some((self.syllables_of(entry), by))
        };
        if let Some((syls, by)) = found(word, By::Word) {
            put(syls, by.into());
            return;
        }
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let phrase = prefixes(rest)
                .filter(|p| p.len() < word.len())
                .find_map(|p| Some((p, found(p, By::Phrase)?)));
            match phrase {
                Some((p, (syls, by))) => {
                    put(syls, by.into());
                    rest = &rest[p.len()..];
                }
                None => {
                    put(self.char(first).as_slice(), By::Character.into());
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
    }
}

/// The beginnings of `text` of two characters and more, the longest first.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    let mut ends = [0; LONGEST + 1];
    let mut n = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        n += 1;
        ends[n] = at + c.len_utf8();
    }
    (2..=n).rev().map(move |i| &text[..ends[i]])
}

/// The readings that each character has anywhere in the tables, the commoner
/// in words before the others.
pub(super) fn every_reading() -> HashMap<char, Vec<Syl>> {
    let mut counted: HashMap<char, Vec<(usize, Syl)>> = HashMap::new();
    let mut count = |c: char, reading: &str| {
        let Some(syl) = Syl::parse(reading.trim_end_matches('!')) else {
            return;
        };
        let own = counted.entry(c).or_default();
        match own.iter_mut().find(|(_, s)| *s == syl) {
            Some((n, _)) => *n += 1,
            None => own.push((1, syl)),
        }
    };
    for (reading, chars) in rows(CHARS) {
        chars.chars().for_each(|c| count(c, reading));
    }
    for (word, reading) in rows(PHRASES).chain(rows(CORRECTIONS)) {
        let chars = word.chars();
        chars.zip(reading.split(' ')).for_each(|(c, r)| count(c, r));
    }
    let sorted = counted.into_iter().map(|(c, mut own)| {
        own.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        (c, own.into_iter().map(|(_, s)| s).collect())
    });
    sorted.collect()
}

/// The words whose readings were written by hand.
pub(super) fn corrected_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(CORRECTIONS).filter(|(w, _)| w.chars().nth(1).is_some())
}

/// `key<TAB>value` lines of a table; `#` begins a remark.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
}

fn flat_index(c: char) -> Option<usize> {
    let code = c as u32;
    (FLAT_FROM..FLAT_TO)
        .contains(&code)
        .then(|| (code - FLAT_FROM) as usize)
}

fn find(sorted: &[(char, Syl)], c: char) -> Option<Syl> {
    let i = sorted.binary_search_by_key(&c, |(k, _)| *k).ok()?;
    Some(sorted[i].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_parses() {
        for (reading, chars) in rows(CHARS) {
            assert!(Syl::parse(reading).is_some(), "{reading}");
            assert!(!chars.is_empty(), "{reading}");
        }
        for (word, reading) in rows(PHRASES).chain(rows(CORRECTIONS)) {
            let size = word.chars().count();
            for part in reading.split(' ') {
                assert!(Syl::parse(part).is_some(), "{word}: {part}");
            }
            assert_eq!(size, reading.split(' ').count(), "{word}");
            assert!(size <= LONGEST, "{word}");
        }
        for table in [CHARS, PHRASES, CORRECTIONS] {
            for line in table.lines().filter(|l| !l.starts_with('#')) {
                assert_eq!(line.split('\t').count(), 2, "{line}");
            }
        }
    }

    #[test]
    fn the_character_table_holds_the_corrections() {
        let tables = Tables::load();
        for (word, reading) in rows(CORRECTIONS).filter(|(w, _)| w.chars().count() == 1) {
            let c = word.chars().next().unwrap();
            assert_eq!(
                tables.char(c),
                Syl::parse(reading),
                "run tools/make_readings.py: {word}"
            );
        }
    }

    #[test]
    fn a_phrase_wins_over_characters_also_inside_a_longer_word() {
        let tables = Tables::load();
        let read = |w: &str| {
            let mut out = Vec::new();
            tables.read(w, &mut |syls, _| out.extend_from_slice(syls));
            out.iter()
                .map(|s| s.to_model().to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(read("银行"), "yin2 hang2");
        assert_eq!(read("大银行"), "da4 yin2 hang2");
        assert_eq!(read("行走"), "xing2 zou3");
        assert_eq!(read("區"), "qu1");
        assert_eq!(read("𠼞"), "a1");
    }
}
