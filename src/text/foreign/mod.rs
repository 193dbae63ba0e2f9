//! Languages other than Mandarin: English through the crate `misaki-rs`, others
//! as they are written, for engines that read them by themselves.

mod announce;
mod cut;
mod english;
mod figures;
mod names;

use unicode_normalization::UnicodeNormalization;

use super::FrontEnd;
use crate::diag::{Diagnostic, Noted};
use crate::model::{Foreign, Mark, Reading, Rule, SourceText, Span, Token, main_language};

pub(super) use announce::Words;
pub(crate) use announce::announced_in;
pub(super) use cut::cut;

impl FrontEnd {
    /// How a chunk is read: in Mandarin without a `language`. The notes are those
    /// of [`FrontEnd::read`]; in other languages, what no voice can say and words
    /// that had to be spelled.
    pub fn read_in(&self, language: Option<&str>, text: &SourceText) -> Noted<Reading> {
        let Some(language) = language else {
            return self.read(text);
        };
        let mut notes = Vec::new();
        let mut tokens = Vec::new();
        let main = main_language(language);
        let english = main == "en";
        // Japanese writes them too, Korean now and then.
        let own_han = matches!(main.as_str(), "ja" | "ko");
        let parts = match own_han {
            true => std::iter::once(0..text.text.len()).collect(),
            false => runs(&text.text),
        };
        for run in parts {
            let part = &text.text[run.clone()];
            if part.contains(is_han) && !own_han {
                let here = text.slice(run.start, run.end);
                notes.push(
                    Diagnostic::doubt(
                        here.place(),
                        format!("`{}` is Chinese in a text of another language", part.trim()),
                    )
                    .help("its voice may not say that well; leave it out, or translate it"),
                );
                tokens.extend(self.read(&here).drain_into(&mut notes).tokens);
            } else if english {
                english::read(part, language, &mut tokens, &mut |word| {
                    notes.push(Diagnostic::note(
                        text.place_at(run.start),
                        format!("`{word}` is in no dictionary and is spelled"),
                    ));
                });
            } else {
                written(part, &mut tokens);
            }
        }
        let reading = Reading {
            display: text.text.clone(),
            spoken: text.text.clone(),
            map: vec![Span {
                display: 0..text.text.len(),
                spoken: 0..text.text.len(),
                rule: Rule::Plain,
            }],
            tokens,
        };
        Noted::new(reading, notes)
    }
}

/// Runs of Chinese characters, and what is between them.
fn runs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<(bool, std::ops::Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        let han = is_han(c);
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some((kind, run)) if *kind == han => run.end = end,
            _ => runs.push((han, at..end)),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Words as they are written, for an engine of its own.
fn written(text: &str, tokens: &mut Vec<Token>) {
    for word in text.split_whitespace() {
        let body = word.trim_end_matches(|c| mark(c).is_some());
        if body.chars().any(char::is_alphanumeric) {
            tokens.push(Token::Foreign(Foreign {
                text: body.to_string(),
                phonemes: None,
                syllables: syllables_of(body),
            }));
        }
        tokens.extend(word[body.len()..].chars().filter_map(mark).map(Token::Mark));
    }
}

/// What a mark does to the melody.
fn mark(c: char) -> Option<Mark> {
    Some(match c {
        ',' | '，' | '、' | '،' | '၊' => Mark::Comma,
        '.' | '。' | '।' | '۔' | '။' => Mark::Stop,
        '!' | '！' => Mark::Exclamation,
        '?' | '？' | '؟' => Mark::Question,
        ';' | '；' | '؛' => Mark::Semicolon,
        ':' | '：' => Mark::Colon,
        '—' | '–' | '…' => Mark::Dash,
        '“' => Mark::OpenQuote,
        '”' => Mark::CloseQuote,
        '(' | '（' => Mark::OpenBracket,
        ')' | '）' => Mark::CloseBracket,
        _ => return None,
    })
}

/// About how many syllables a written word has: groups of vowels in alphabets that
/// write them, one or two for each sign that stands for a syllable or a word, one for
/// two letters of scripts that leave vowels out or write them as marks; two for each
/// figure.
fn syllables_of(word: &str) -> usize {
    let mut halves = 0;
    let mut inside = false;
    for c in word.chars() {
        let now = is_vowel(c);
        halves += match c {
            _ if now => 2 * usize::from(!inside),
            c if c.is_numeric() => 4,
            // Kana and Hangul.
            '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7A3}' => 2,
            c if is_han(c) => 3,
            // Latin, Greek and Cyrillic write their vowels.
            '\0'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => 0,
            c if c.is_alphabetic() => 1,
            _ => 0,
        };
        inside = now;
    }
    (halves / 2).max(1)
}

/// Vowels of the Latin, Greek and Cyrillic alphabets.
fn is_vowel(c: char) -> bool {
    // A letter with its accents (Unicode's decomposition) begins with the plain one.
    let plain = c.nfd().next().unwrap_or(c);
    let plain = plain.to_lowercase().next().unwrap_or(plain);
    "aeiouyøæœıəαεηιουωаеиоуыэюяіє".contains(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_in_the_scripts_that_voices_are_there_for() {
        for (word, least, most) in [
            ("neighbourhood", 3, 4),
            ("Thường", 1, 2),
            ("Здравствуйте", 3, 3),
            ("προσοχή", 3, 3),
            ("안녕하세요", 5, 5),
            ("おはよう", 4, 4),
            ("社会", 2, 4),
            ("สวัสดี", 2, 4),
            ("नमस्ते", 2, 4),
            ("السلام", 2, 4),
            ("2026", 8, 8),
            ("pst", 1, 1),
        ] {
            let count = syllables_of(word);
            assert!((least..=most).contains(&count), "{word}: {count}");
        }
    }
}
