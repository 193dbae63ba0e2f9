//! Readings → the symbols the model was trained on → its token ids.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::diag::{Fault, Result};
use crate::model::{Mark, Reading, Syllable, Token};
use crate::speech::SayError;

/// Pinyin → phonemes, and symbol → token id; also hashed into the identity.
pub const TABLES: [&str; 2] = [include_str!("phonemes.tsv"), include_str!("vocab.tsv")];

/// The longest sequence the model takes, without the zeros around it.
pub const MOST_TOKENS: usize = 510;

struct Tables {
    /// Toneless pinyin → phonemes with `*` where the tone goes.
    syllables: HashMap<&'static str, &'static str>,
    /// Symbol → token id.
    ids: HashMap<char, i32>,
}

fn tables() -> Result<&'static Tables> {
    static PARSED: OnceLock<Option<Tables>> = OnceLock::new();
    PARSED
        .get_or_init(parse)
        .as_ref()
        .ok_or_else(|| Fault::new("the built-in phoneme tables are broken"))
}

fn parse() -> Option<Tables> {
    let [syllables, ids] = TABLES.map(|table| {
        table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split_once('\t'))
    });
    Some(Tables {
        syllables: syllables.collect::<Option<_>>()?,
        ids: ids
            .map(|row| {
                let (code, id) = row?;
                let symbol = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
                Some((symbol, id.parse().ok()?))
            })
            .collect::<Option<_>>()?,
    })
}

/// The reading as the model's symbols: syllables of a word joined, words apart
/// by a space, marks as ASCII behind the word before.
///
/// # Errors
/// [`SayError::Unsayable`] naming the syllable that is not in the table, or when
/// there is none at all.
pub fn phonemes(reading: &Reading) -> Result<String, SayError> {
    if reading.syllables() == 0 {
        return Err(SayError::Unsayable(format!(
            "`{}` has no syllable to say",
            reading.spoken
        )));
    }
    let tables = tables()?;
    let mut line = String::new();
    for token in &reading.tokens {
        match token {
            Token::Word(word) => {
                if !line.is_empty() && !line.ends_with([' ', '(', '“']) {
                    line.push(' ');
                }
                for s in &word.syllables {
                    syllable(tables, s, &mut line).ok_or_else(|| {
                        SayError::Unsayable(format!(
                            "no sound is known for `{s}` in `{}`",
                            word.text
                        ))
                    })?;
                }
            }
            Token::Foreign(word) => {
                if !line.is_empty() && !line.ends_with([' ', '(', '“']) {
                    line.push(' ');
                }
                let sounds = word.phonemes.as_deref().ok_or_else(|| {
                    SayError::Unsayable(format!("the sounds of `{}` are not known", word.text))
                })?;
                line.push_str(sounds);
            }
            Token::Mark(mark) => push_mark(*mark, &mut line),
        }
    }
    line.truncate(line.trim_end().len());
    Ok(line)
}

/// Adds one syllable. An `r` behind a known syllable is erhua, which the model
/// heard in training as a toneless ɚ.
fn syllable(tables: &Tables, s: &Syllable, line: &mut String) -> Option<()> {
    let arrow = match s.tone {
        1 => "→",
        2 => "↗",
        3 => "↓",
        4 => "↘",
        5 => "",
        _ => return None,
    };
    let (pattern, erhua) = match tables.syllables.get(s.base.as_str()) {
        Some(pattern) => (pattern, ""),
        None => (tables.syllables.get(s.base.strip_suffix('r')?)?, "ɚ"),
    };
    line.push_str(&pattern.replace('*', arrow));
    line.push_str(erhua);
    Some(())
}

fn push_mark(mark: Mark, line: &mut String) {
    let symbol = match mark {
        Mark::Comma => ",",
        Mark::Stop => ".",
        Mark::Exclamation => "!",
        Mark::Question => "?",
        Mark::Semicolon => ";",
        Mark::Colon => ":",
        Mark::Dash => "…",
        Mark::CloseQuote => "”",
        Mark::CloseBracket => ")",
        Mark::OpenQuote => " “",
        Mark::OpenBracket => " (",
    };
    let symbol = if line.is_empty() || line.ends_with([' ', '(', '“']) {
        symbol.trim_start()
    } else {
        symbol
    };
    line.push_str(symbol);
}

/// The token ids of a line of symbols, a 0 before and after.
///
/// # Errors
/// [`SayError::Unsayable`] when a symbol has no id, when there is none, or when
/// there are more than [`MOST_TOKENS`].
pub fn ids(line: &str) -> Result<Vec<i32>, SayError> {
    let tables = tables()?;
    let mut ids = vec![0];
    for symbol in line.chars() {
        let id = tables.ids.get(&symbol).ok_or_else(|| {
            SayError::Unsayable(format!("the model does not know the symbol `{symbol}`"))
        })?;
        ids.push(*id);
    }
    let n = ids.len() - 1;
    if n == 0 {
        return Err(SayError::Unsayable("there is nothing to say".into()));
    }
    if n > MOST_TOKENS {
        return Err(SayError::Unsayable(format!(
            "{n} symbols at once are more than the model's {MOST_TOKENS}"
        )));
    }
    ids.push(0);
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::sample::reading;

    fn line(pinyin: &str) -> String {
        phonemes(&reading(pinyin)).unwrap()
    }

    #[test]
    fn words_are_joined_and_marks_follow() {
        assert_eq!(line("ni3hao3 ， shi4jie4 。"), "ni↓xau↓, ʂɨ↘ʨje↘.");
        assert_eq!(line("shuo1 ： “ lv4 ”"), "ʂwo→: “ly↘”");
        assert_eq!(line("“ a1 ！ ” （ ba5 ） …"), "“a→!” (pa)…");
    }

    #[test]
    fn erhua_is_said_behind_its_syllable() {
        assert_eq!(line("zher4"), format!("{}ɚ", line("zhe4")));
        assert_eq!(line("er2"), "ɚ↗");
    }

    #[test]
    fn every_syllable_of_the_table_has_ids_in_every_tone() {
        let tables = tables().unwrap();
        assert!(tables.syllables.len() > 400 && tables.ids.len() > 100);
        for base in tables.syllables.keys() {
            for tone in 1..=5 {
                let said = line(&format!("{base}{tone}"));
                assert!(ids(&said).unwrap().len() >= 3, "{base}{tone}");
            }
        }
    }

    #[test]
    fn what_has_no_sound_is_named() {
        let e = phonemes(&reading("hao3 xqz1")).unwrap_err();
        assert_eq!(e.to_string(), "no sound is known for `xqz1` in `xqz1`");
        assert!(phonemes(&reading("ma7")).is_err());
        let e = ids("a→β漢").unwrap_err();
        assert_eq!(e.to_string(), "the model does not know the symbol `漢`");
    }

    #[test]
    fn the_model_s_limit_is_exact() {
        assert_eq!(ids(&"a".repeat(510)).unwrap().len(), 512);
        assert!(matches!(ids(&"a".repeat(511)), Err(SayError::Unsayable(_))));
        assert!(ids("").is_err());
    }
}
