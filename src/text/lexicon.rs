//! The words whose reading an editor gave: they win over everything.

use crate::diag::{Fault, Result};
use crate::model::LexiconEntry;

use super::syllables::{Syl, parse_pinyin};
use super::symbols::fold;
use super::tables::Tables;

/// The entries made ready for the scanner.
pub(super) struct Lexicon {
    /// Sorted by first character, then by length from the longest, then in the
    /// order given.
    entries: Vec<Entry>,
}

struct Entry {
    word: Vec<char>,
    reading: Vec<Syl>,
}

impl Lexicon {
    /// Checks the entries and makes them ready. Of two entries for one word
    /// the earlier wins.
    ///
    /// # Errors
    /// A `Fault` with the entry's file and line: an empty word, a syllable
    /// that does not exist, or not one syllable a character in a Han word.
    pub fn new(given: &[LexiconEntry], tables: &Tables) -> Result<Lexicon> {
        let mut entries: Vec<Entry> = Vec::with_capacity(given.len());
        for entry in given {
            let (word, reading) = check(entry, tables)?;
            if !entries.iter().any(|e| e.word == word) {
                entries.push(Entry { word, reading });
            }
        }
        // The first character is there: `check` refuses an empty word.
        entries.sort_by_key(|e| (e.word.first().copied(), std::cmp::Reverse(e.word.len())));
        Ok(Lexicon { entries })
    }

    /// Whether an entry begins with `c`.
    pub fn may_start(&self, c: char) -> bool {
        !self.entries.is_empty()
            && self.entries[self.entries.partition_point(|e| e.word[0] < c)..]
                .first()
                .is_some_and(|e| e.word[0] == c)
    }

    /// The longest entry that stands at `from`: its number and its length. A
    /// Latin word is found only as a whole (`AI` is not in `PAID`).
    pub fn find(&self, text: &[char], from: usize) -> Option<(usize, usize)> {
        let first = *text.get(from)?;
        let alnum = |i: Option<usize>| {
            i.and_then(|i| text.get(i))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        let start = self.entries.partition_point(|e| e.word[0] < first);
        self.entries[start..]
            .iter()
            .enumerate()
            .take_while(|(_, e)| e.word[0] == first)
            .find(|(_, e)| {
                let to = from + e.word.len();
                text[from..].starts_with(&e.word)
                    && !(first.is_ascii_alphanumeric() && alnum(from.checked_sub(1)))
                    && !(alnum(Some(to - 1)) && alnum(Some(to)))
            })
            .map(|(i, e)| (start + i, e.word.len()))
    }

    /// The reading of entry `number`.
    pub fn reading(&self, number: usize) -> &[Syl] {
        &self.entries[number].reading
    }
}

fn check(entry: &LexiconEntry, tables: &Tables) -> Result<(Vec<char>, Vec<Syl>)> {
    let word: Vec<char> = entry.word.trim().chars().map(fold).collect();
    if word.is_empty() {
        return Err(Fault::new("a lexicon entry has no word")
            .at(entry.place.clone())
            .help("write the word as it is printed, then its pinyin: \"崧珏\" = \"song1 jue2\""));
    }
    let reading = parse_pinyin(&entry.pinyin).map_err(|bad| {
        Fault::new(format!(
            "`{bad}` in the reading of `{}` is not a pinyin syllable",
            entry.word
        ))
        .at(entry.place.clone())
        .help("write syllables with a tone from 1 to 5 (5 is neutral), apart by spaces: song1 jue2")
    })?;
    let han = word.iter().all(|&c| tables.char(c).is_some());
    if reading.is_empty() || (han && reading.len() != word.len()) {
        return Err(Fault::new(format!(
            "the reading of `{}` has {} and the word {}",
            entry.word,
            count(reading.len(), "syllable"),
            count(word.len(), "character"),
        ))
        .at(entry.place.clone())
        .help("give one syllable for every character"));
    }
    Ok((word, reading))
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    fn entry(word: &str, pinyin: &str, line: u32) -> LexiconEntry {
        LexiconEntry {
            word: word.into(),
            pinyin: pinyin.into(),
            place: Place::new("issue.toml", line, 0),
        }
    }

    fn fault(word: &str, pinyin: &str) -> String {
        let given = [entry(word, pinyin, 7)];
        Lexicon::new(&given, &Tables::load())
            .err()
            .unwrap()
            .to_string()
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
        let lexicon = Lexicon::new(&given, &Tables::load()).unwrap();
        let find = |t: &str, at: usize| lexicon.find(&t.chars().collect::<Vec<_>>(), at);
        let (n, len) = find("单位", 0).unwrap();
        assert_eq!((lexicon.reading(n).len(), len), (2, 2));
        let (n, _) = find("单先生", 0).unwrap();
        assert_eq!(lexicon.reading(n)[0].base(), "shan");
        assert!(find("AI的", 0).is_some());
        assert!(find("PAID", 1).is_none() && find("AIR", 0).is_none());
    }
}
