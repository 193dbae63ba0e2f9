//! Languages other than Mandarin: English through the crate `misaki-rs`, others
//! as they are written, for engines that read them by themselves.

mod announce;
mod cut;
mod english;
mod names;

use super::FrontEnd;
use crate::diag::{Diagnostic, Noted};
use crate::model::{Foreign, Mark, Reading, Rule, SourceText, Span, Token, main_language};

pub(super) use announce::Words;
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
        let english = main_language(language) == "en";
        for run in runs(&text.text) {
            let part = &text.text[run.clone()];
            if part.contains(is_han) {
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
        ',' | '，' | '、' => Mark::Comma,
        '.' | '。' => Mark::Stop,
        '!' | '！' => Mark::Exclamation,
        '?' | '？' => Mark::Question,
        ';' | '；' => Mark::Semicolon,
        ':' | '：' => Mark::Colon,
        '—' | '–' | '…' => Mark::Dash,
        '“' => Mark::OpenQuote,
        '”' => Mark::CloseQuote,
        '(' | '（' => Mark::OpenBracket,
        ')' | '）' => Mark::CloseBracket,
        _ => return None,
    })
}

/// About how many syllables a written word has: groups of vowels, and two for
/// each figure.
fn syllables_of(word: &str) -> usize {
    let vowel = |c: char| "aeiouyäöüáéíóúàèìòùâêîôûåøæœ".contains(c.to_ascii_lowercase());
    let mut count = 0;
    let mut inside = false;
    for c in word.chars() {
        let now = vowel(c);
        count += usize::from(now && !inside) + 2 * usize::from(c.is_numeric());
        inside = now;
    }
    count.max(1)
}
