//! The words whose reading an editor gave: they win over everything, inside
//! longer words and figures too.

use std::ops::Range;

use super::entry::{Said, said};
use super::grammar::Grammar;
use super::syllables::Syl;
use super::symbols::fold;
use super::tables::Tables;
use crate::diag::{Fault, Result};
use crate::model::LexiconEntry;

/// The entries made ready for the scanner.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Sorted by first character, then by length from the longest, then in the
    /// order given.
    entries: Vec<Entry>,
}

struct Entry {
    word: Vec<char>,
    said: Said,
    given: LexiconEntry,
}

/// What is fixed before the scanner looks at a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fixed {
    /// Characters of the text.
    pub at: Range<usize>,
    pub by: Fix,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fix {
    /// The lexicon's entry of this number.
    Entry(usize),
    /// A reading given in the text.
    Given(Vec<Syl>),
}

impl Lexicon {
    /// Checks the entries and makes them ready. Of two entries for one word
    /// the earlier wins.
    ///
    /// # Errors
    /// A `Fault` with the entry's file and line: an empty word, and whatever
    /// [`said`] refuses.
    pub fn new(given: &[LexiconEntry], tables: &Tables, grammar: &Grammar) -> Result<Lexicon> {
        let mut entries: Vec<Entry> = Vec::with_capacity(given.len());
        for entry in given {
            let word: Vec<char> = entry.word.trim().chars().map(fold).collect();
            if word.is_empty() {
                return Err(Fault::new("a lexicon entry has no word")
                    .at(entry.place.clone())
                    .help(
                        "write the word as it is printed, then its pinyin: \"崧珏\" = \"song1 jue2\"",
                    ));
            }
            if entries.iter().any(|e| e.word == word) {
                continue;
            }
            let said = said(entry, &word, tables, grammar)?;
            entries.push(Entry {
                word,
                said,
                given: entry.clone(),
            });
        }
        // The first character is there: an empty word was refused.
        entries.sort_by_key(|e| (e.word.first().copied(), std::cmp::Reverse(e.word.len())));
        Ok(Lexicon { entries })
    }

    /// Whatever is fixed in `text` (folded): readings given in it, and between
    /// them the words of the lexicon, the longest from the left.
    pub fn fixed(&self, text: &[char], given: Vec<Fixed>) -> Vec<Fixed> {
        if self.entries.is_empty() {
            return given;
        }
        let mut fixed = Vec::new();
        let mut given = given.into_iter().peekable();
        let mut i = 0;
        while i < text.len() {
            if let Some(own) = given.next_if(|g| g.at.start == i) {
                i = own.at.end;
                fixed.push(own);
                continue;
            }
            let end = given.peek().map_or(text.len(), |g| g.at.start);
            match self.find(text, i).filter(|(_, len)| i + len <= end) {
                Some((entry, len)) => {
                    fixed.push(Fixed {
                        at: i..i + len,
                        by: Fix::Entry(entry),
                    });
                    i += len;
                }
                None => i += 1,
            }
        }
        fixed
    }

    /// The longest entry that stands at `from`: its number and its length.
    /// Latin words and numbers are found only as a whole (`AI` is not in
    /// `PAID`, `15` neither in `2015` nor in `3.15`).
    fn find(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        let first = *text.get(from)?;
        let start = self.entries.partition_point(|e| e.word[0] < first);
        self.entries[start..]
            .iter()
            .enumerate()
            .take_while(|(_, e)| e.word[0] == first)
            .find(|(_, e)| {
                let to = from + e.word.len();
                text[from..].starts_with(&e.word) && is_whole(text, from, to)
            })
            .map(|(i, e)| (start + i, e.word.len()))
    }

    /// What is spoken for entry `number`.
    pub fn said(&self, number: usize) -> &Said {
        &self.entries[number].said
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Entry `number` as the editor gave it.
    pub fn given(&self, number: usize) -> &LexiconEntry {
        &self.entries[number].given
    }
}

/// Whether nothing before or behind `from..to` belongs to the same Latin word
/// or number, or to an address. A unit may stand directly behind its figures.
fn is_whole(text: &[char], from: usize, to: usize) -> bool {
    let char_at = |i: Option<usize>| i.and_then(|i| text.get(i)).copied().unwrap_or(' ');
    let before = char_at(from.checked_sub(1));
    let before_that = char_at(from.checked_sub(2));
    let (behind, behind_that) = (char_at(Some(to)), char_at(Some(to + 1)));
    let (first, last) = (text[from], text[to - 1]);
    let joins = |c: char| c == '.' || c == ',';
    // `hello` is not in `hello@hewan.cn`.
    let addresses = |c: char, that: char| "@._".contains(c) && that.is_ascii_alphabetic();
    let bound_before = match first {
        c if c.is_ascii_alphabetic() => {
            before.is_ascii_alphabetic() || addresses(before, before_that)
        }
        c if c.is_ascii_digit() => {
            before.is_ascii_alphanumeric() || (joins(before) && before_that.is_ascii_digit())
        }
        _ => false,
    };
    let bound_behind = match last {
        c if c.is_ascii_digit() => {
            behind.is_ascii_alphanumeric() || (joins(behind) && behind_that.is_ascii_digit())
        }
        c if c.is_ascii_alphabetic() => {
            behind.is_ascii_alphanumeric() || addresses(behind, behind_that)
        }
        _ => false,
    };
    !bound_before && !bound_behind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::model::LexiconReading;
    use crate::text::rows::ROWS;

    fn lexicon(given: &[LexiconEntry]) -> Result<Lexicon> {
        Lexicon::new(given, &Tables::load(), &Grammar::new(ROWS))
    }

    fn entry(word: &str, pinyin: &str, line: u32) -> LexiconEntry {
        LexiconEntry {
            word: word.into(),
            reading: LexiconReading::Pinyin(pinyin.into()),
            place: Place::new("issue.toml", line, 0),
        }
    }

    fn fault(word: &str, pinyin: &str) -> String {
        let given = [entry(word, pinyin, 7)];
        lexicon(&given).err().unwrap().to_string()
    }

    #[test]
    fn an_impossible_reading_is_a_fault_with_its_place() {
        assert_eq!(
            fault("崧珏", "xong9 jue2"),
            "error: `xong9` in the reading of `崧珏` is not a pinyin syllable\n  --> issue.toml:7:1\n  \
             help: write syllables with a tone from 1 to 5 (5 is neutral), apart by spaces: song1 jue2"
        );
        assert_eq!(
            fault("崧珏", "song1"),
            "error: the reading of `崧珏` has 1 syllable and the word 2 characters\n  --> \
             issue.toml:7:1\n  help: give one syllable for every character"
        );
        assert!(fault(" ", "song1").contains("has no word"));
        assert!(fault("崧珏", "").contains("0 syllables"));
    }

    #[test]
    fn the_longest_stands_first_and_the_earlier_wins() {
        let given = [
            entry("单", "shan4", 1),
            entry("单位", "dan1 wei4", 2),
            entry("单", "dan1", 3),
            entry("AI", "ei1 ai4", 4),
        ];
        let lexicon = lexicon(&given).unwrap();
        let find = |t: &str, at: usize| lexicon.find(&t.chars().collect::<Vec<_>>(), at);
        let line = |found: Option<(usize, usize)>| lexicon.given(found.unwrap().0).place.line;
        assert_eq!(find("单位", 0).unwrap().1, 2);
        assert_eq!(line(find("单先生", 0)), 1);
        assert!(find("AI的", 0).is_some());
        assert!(find("PAID", 1).is_none() && find("AIR", 0).is_none());
    }

    #[test]
    fn a_number_is_found_as_a_whole_and_a_unit_behind_its_figures() {
        let given = [entry("15", "shi2 wu3", 1), entry("kW", "qian1 wa3", 2)];
        let lexicon = lexicon(&given).unwrap();
        let found = |t: &str| {
            let text: Vec<char> = t.chars().collect();
            lexicon.fixed(&text, Vec::new()).len()
        };
        for (text, n) in [
            ("15日", 1),
            ("2015", 0),
            ("3.15", 0),
            ("15.5", 0),
            ("15,000", 0),
            ("A15", 0),
            ("30kW", 1),
            ("MkW", 0),
            ("到15.", 1),
            ("kW@hewan.cn", 0),
            ("www.kW.cn", 0),
        ] {
            assert_eq!(found(text), n, "{text}");
        }
    }

    #[test]
    fn figures_and_respellings_are_checked() {
        let given = |word: &str, reading: LexiconReading| {
            lexicon(&[LexiconEntry {
                word: word.into(),
                reading,
                place: Place::new("issue.toml", 3, 0),
            }])
            .err()
            .unwrap()
            .to_string()
        };
        assert!(given("崧珏", LexiconReading::Digits).starts_with(
            "error: `崧珏` has no figures that could be read one by one or as a number"
        ));
        assert!(
            given("3M", LexiconReading::Say("カ".into()))
                .starts_with("error: no reading is known for `カ` in the respelling of `3M`")
        );
        assert!(
            given("3M", LexiconReading::Say("！".into()))
                .starts_with("error: there is nothing to say in the respelling of `3M`")
        );
        assert!(given("3M", LexiconReading::Say("长".repeat(41))).contains("41 syllables"));
    }
}
