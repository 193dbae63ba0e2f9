//! The syllables a voice can say, and pinyin as people write it.

use std::collections::HashMap;
use std::sync::OnceLock;

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
/// that is no syllable. Capitals, `ü` and `u:` are accepted for an editor's
/// convenience.
pub(super) fn parse_pinyin(written: &str) -> Result<Vec<Syl>, String> {
    written
        .split_whitespace()
        .map(|part| {
            let plain = part.to_lowercase().replace("u:", "v").replace('ü', "v");
            // Editors write what dictionaries print: lüe, nüe are in the table
            // as lve, nve; ju, qu, xu, yu never carry the dots.
            let plain = match plain.as_bytes() {
                [b'j' | b'q' | b'x' | b'y', b'v', ..] => plain.replacen('v', "u", 1),
                _ => plain,
            };
            Syl::parse(&plain)
                .map(Syl::held)
                .ok_or_else(|| part.to_string())
        })
        .collect()
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
    }
}
