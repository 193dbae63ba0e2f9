//! The reading tables: a default reading for every character, and the words
//! that are read otherwise. Sources and licences: `data/README.md`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::explain::{By, Choice};
use super::syllables::Syl;

const CHARS: &str = include_str!("../../data/chars.txt");
const PHRASES: &str = include_str!("../../data/phrases.tsv");
const DEFAULTS: &str = include_str!("../../data/defaults.tsv");
const CORRECTIONS: &str = include_str!("../../data/corrections.tsv");

/// The longest phrase of the tables, in characters.
const LONGEST: usize = 8;

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
    words: WordMap<(u32, u8)>,
    syllables: Vec<Syl>,
    /// A character that is a word by itself.
    alone: Vec<(char, Syl)>,
    serving: Option<Syl>,
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
            alone: Vec::new(),
            serving: Syl::parse("wei4"),
        };
        for (reading, chars) in rows(CHARS) {
            if let Some(syl) = Syl::parse(reading) {
                chars.chars().for_each(|c| tables.set_char(c, syl));
            }
        }
        tables.rare.sort_by_key(|(c, _)| *c);
        for (word, reading) in words() {
            tables.add(word, reading);
        }
        // The hand-made entries come last and win.
        tables.alone.reverse();
        tables.alone.sort_by_key(|(c, _)| *c);
        tables.alone.dedup_by_key(|(c, _)| *c);
        tables
    }

    fn set_char(&mut self, c: char, syl: Syl) {
        match flat_index(c) {
            Some(i) => self.flat[i] = Some(syl),
            None => self.rare.push((c, syl)),
        }
    }

    fn add(&mut self, word: &'static str, reading: &str) {
        let Some(syls) = reading
            .split(' ')
            .map(Syl::parse)
            .collect::<Option<Vec<_>>>()
        else {
            return;
        };
        match (word.strip_prefix('='), syls.as_slice()) {
            (Some(word), [syl]) => self.alone.extend(word.chars().map(|c| (c, *syl))),
            // The table of characters was made with the corrections in it.
            (None, [_]) => {}
            _ => {
                let from = self.syllables.len() as u32;
                self.words.insert(word, (from, syls.len() as u8));
                self.syllables.extend(syls);
            }
        }
    }

    /// The reading of a character inside a word.
    pub fn char(&self, c: char) -> Option<Syl> {
        match flat_index(c) {
            Some(i) => self.flat[i],
            None => find(&self.rare, c),
        }
    }

    /// The reading of a character that is a word by itself.
    pub fn alone(&self, c: char) -> Option<Syl> {
        find(&self.alone, c).or_else(|| self.char(c))
    }

    /// 为 where it means "for".
    pub fn serving(&self) -> Option<Syl> {
        self.serving
    }

    /// The reading of a word that is not read as its characters are.
    pub fn word(&self, word: &str) -> Option<&[Syl]> {
        let &(from, len) = self.words.get(word)?;
        self.syllables
            .get(from as usize..from as usize + usize::from(len))
    }

    /// Puts out the syllables of `word`, one a character that has a
    /// reading: the word as a whole, else the longest phrases in it from the
    /// left, else its characters.
    pub fn read(&self, word: &str, put: &mut Put<'_>) {
        let mut chars = word.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            put(self.alone(c).as_slice(), By::Alone.into());
            return;
        }
        if let Some(syls) = self.word(word) {
            put(syls, By::Word.into());
            return;
        }
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let phrase = prefixes(rest)
                .filter(|p| p.len() < word.len())
                .find_map(|p| Some((p, self.word(p)?)));
            match phrase {
                Some((p, syls)) => {
                    put(syls, By::Phrase.into());
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

/// The rows of all word tables, the later before the earlier.
fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(PHRASES).chain(rows(DEFAULTS)).chain(rows(CORRECTIONS))
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
    for (word, reading) in words() {
        let chars = word.trim_start_matches('=').chars();
        chars.zip(reading.split(' ')).for_each(|(c, r)| count(c, r));
    }
    let sorted = counted.into_iter().map(|(c, mut own)| {
        own.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        (c, own.into_iter().map(|(_, s)| s).collect())
    });
    sorted.collect()
}

/// The words whose readings were written by hand, so that they are found whole.
pub(super) fn corrected_words() -> impl Iterator<Item = &'static str> {
    let words = rows(CORRECTIONS).map(|(word, _)| word);
    words.filter(|w| !w.starts_with('=') && w.chars().nth(1).is_some())
}

/// `key<TAB>value` lines of a table; `#` begins a remark.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
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
        for (word, reading) in words() {
            let size = word.trim_start_matches('=').chars().count();
            for part in reading.split(' ') {
                assert!(Syl::parse(part).is_some(), "{word}: {part}");
            }
            assert_eq!(size, reading.split(' ').count(), "{word}");
            assert!(size <= LONGEST, "{word}");
        }
        for table in [CHARS, PHRASES, DEFAULTS, CORRECTIONS] {
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
