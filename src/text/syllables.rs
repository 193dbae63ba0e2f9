//! The syllables a voice can say, and pinyin as people write it.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::model::Syllable;

/// Every toneless syllable, `v` for ü; see `data/README.md`.
const TABLE: &str = include_str!("../../data/syllables.txt");

/// The last tone: 1 to 4, 5 for the neutral tone.
pub(super) const NEUTRAL: u8 = 5;

/// A syllable as the front end handles it: an index into the table of valid
/// syllables (so an invalid one cannot be built) and a tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syl {
    base: u16,
    /// 1 to 5.
    pub tone: u8,
    /// No tone change may touch it.
    pub fixed: bool,
}

/// The table by number and by name.
struct Syllables {
    names: Vec<&'static str>,
    numbers: HashMap<&'static str, u16>,
}

fn syllables() -> &'static Syllables {
    static SYLLABLES: OnceLock<Syllables> = OnceLock::new();
    SYLLABLES.get_or_init(|| {
        let names: Vec<&str> = TABLE
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect();
        let numbers = (0u16..).zip(&names).map(|(i, &n)| (n, i)).collect();
        Syllables { names, numbers }
    })
}

impl Syl {
    /// Reads `lv4`, or `yi1!` for one that no tone change may touch. `None`
    /// when there is no such syllable or tone.
    pub fn parse(written: &str) -> Option<Syl> {
        let (written, fixed) = match written.strip_suffix('!') {
            Some(rest) => (rest, true),
            None => (written, false),
        };
        let tone = written.chars().next_back()?.to_digit(10)? as u8;
        let base = *syllables().numbers.get(&written[..written.len() - 1])?;
        (1..=NEUTRAL)
            .contains(&tone)
            .then_some(Syl { base, tone, fixed })
    }

    /// Toneless pinyin.
    pub fn base(self) -> &'static str {
        syllables().names[usize::from(self.base)]
    }

    /// The same syllable, kept from tone changes.
    pub fn held(self) -> Syl {
        Syl {
            fixed: true,
            ..self
        }
    }

    /// The same syllable in another tone, unless it is fixed.
    pub fn with_tone(self, tone: u8) -> Syl {
        if self.fixed {
            self
        } else {
            Syl { tone, ..self }
        }
    }

    /// As the later stages hold it.
    pub fn to_model(self) -> Syllable {
        Syllable {
            base: self.base().to_string(),
            tone: self.tone,
        }
    }
}

/// The syllables of `written`, apart by white space; otherwise the first part
/// that is no syllable. Capitals, `ü`, `u:` and tone marks in place of numbers
/// are accepted for an editor's convenience; beside syllables with marks, one
/// without is in the neutral tone.
pub(super) fn parse_pinyin(written: &str) -> Result<Vec<Syl>, String> {
    let lower: String = written.to_lowercase().nfd().collect();
    let marked = lower.contains(|c| tone_of(c).is_some());
    lower
        .split_whitespace()
        .map(|part| {
            let plain = numbered(part, marked).replace("u:", "v").replace('ü', "v");
            // Editors write what dictionaries print: lüe, nüe are in the table
            // as lve, nve; ju, qu, xu, yu never carry the dots.
            let plain = match plain.as_bytes() {
                [b'j' | b'q' | b'x' | b'y', b'v', ..] => plain.replacen('v', "u", 1),
                _ => plain,
            };
            Syl::parse(&plain)
                .map(Syl::held)
                .ok_or_else(|| part.nfc().collect())
        })
        .collect()
}

/// The tone of a combining mark.
fn tone_of(c: char) -> Option<char> {
    Some(match c {
        '\u{304}' => '1',
        '\u{301}' => '2',
        '\u{30C}' | '\u{306}' => '3',
        '\u{300}' => '4',
        _ => return None,
    })
}

/// A syllable in NFD with its tone number behind, in place of a mark.
fn numbered(part: &str, marked: bool) -> String {
    let tone = part.chars().find_map(tone_of);
    let mut out: String = part
        .chars()
        .filter(|c| tone_of(*c).is_none())
        .nfc()
        .collect();
    match tone {
        Some(tone) => out.push(tone),
        None if marked && !out.ends_with(|c: char| c.is_ascii_digit()) => out.push('5'),
        None => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_syllables_are_accepted() {
        for good in ["song1", "lv4", "er2", "nve4", "a5"] {
            assert_eq!(
                Syl::parse(good).unwrap().to_model().to_string(),
                good,
                "{good}"
            );
        }
        for bad in [
            "xong9", "xong1", "song", "song0", "song6", "", "1", "ü", "宋1",
        ] {
            assert_eq!(Syl::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_editor_may_write_the_dots() {
        let bases =
            |p: &str| parse_pinyin(p).map(|s| s.iter().map(|s| s.base()).collect::<Vec<_>>());
        assert_eq!(bases("Lü4 nu:3 JÜ1"), Ok(vec!["lv", "nv", "ju"]));
        assert_eq!(bases("song1 xong9"), Err("xong9".to_string()));
        let said = |p: &str| {
            let syls = parse_pinyin(p).unwrap().into_iter();
            syls.map(|s| s.to_model().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(said("sōng jué"), ["song1", "jue2"]);
        assert_eq!(said("LǙ shì men"), ["lv3", "shi4", "men5"]);
        assert_eq!(bases("sōngg"), Err("sōngg".to_string()));
    }
}
