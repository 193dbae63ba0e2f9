//! How one chunk is read: the bridge from printed text to syllables.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How one chunk is read aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The printed text.
    pub display: String,
    /// The text as spoken: figures in words, symbols named; punctuation kept.
    pub spoken: String,
    /// Printed ↔ spoken, covering both without gap or overlap.
    pub map: Vec<Span>,
    /// Words and marks in order, tone changes applied: what an engine says.
    pub tokens: Vec<Token>,
}

/// One stretch of the printed text and what it became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Byte range in [`Reading::display`].
    pub display: Range<usize>,
    /// Byte range in [`Reading::spoken`]; empty where nothing is said.
    pub spoken: Range<usize>,
    /// Why.
    pub rule: Rule,
}

/// Why a span is spoken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Spoken as printed.
    Plain,
    /// A normalisation rule, by name, such as `percent` or `phone`.
    Normalised(String),
    /// A lexicon entry.
    Lexicon,
    /// A reading given in the text itself.
    Given,
    /// Set right by ear (`fixes.toml`).
    Fixed,
    /// Layout only: a space, a quotation mark.
    Silent,
}

/// A word or a mark between words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Token {
    /// A word: its syllables are spoken in one breath.
    Word(Word),
    /// A word of a language other than Mandarin.
    Foreign(Foreign),
    /// A mark that shapes the melody.
    Mark(Mark),
}

/// A word and its syllables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The word as spoken, such as `百分之` or `A`.
    pub text: String,
    /// Its syllables, tone changes applied; never empty.
    pub syllables: Vec<Syllable>,
}

/// A word of a language other than Mandarin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// The word as printed, what belongs to it and is no mark included.
    pub text: String,
    /// Its sounds in the symbols that the Kokoro model was trained on; `None` in
    /// a language whose spelling only an engine of its own can read.
    pub phonemes: Option<String>,
    /// About how many syllables it has; never 0.
    pub syllables: usize,
}

/// A Mandarin syllable: pinyin without tone, `v` for ü, and its tone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Syllable {
    /// Toneless pinyin in lower case with `v` for ü (`lv`), erhua as `r` behind
    /// (`nar`).
    pub base: String,
    /// 1 to 4, 5 for the neutral tone.
    pub tone: u8,
}

impl fmt::Display for Syllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.base, self.tone)
    }
}

/// Punctuation that an engine hears, folded to what shapes the melody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// ， 、 and their like.
    Comma,
    /// 。
    Stop,
    /// ！
    Exclamation,
    /// ？
    Question,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// … and ——.
    Dash,
    /// “ ‘ 《 and their like.
    OpenQuote,
    /// ” ’ 》 and their like.
    CloseQuote,
    /// （
    OpenBracket,
    /// ）
    CloseBracket,
}

impl Mark {
    /// The full-width form, for display.
    pub fn as_char(self) -> char {
        match self {
            Mark::Comma => '，',
            Mark::Stop => '。',
            Mark::Exclamation => '！',
            Mark::Question => '？',
            Mark::Semicolon => '；',
            Mark::Colon => '：',
            Mark::Dash => '…',
            Mark::OpenQuote => '“',
            Mark::CloseQuote => '”',
            Mark::OpenBracket => '（',
            Mark::CloseBracket => '）',
        }
    }
}

impl Reading {
    /// How many syllables are spoken.
    pub fn syllables(&self) -> usize {
        self.tokens
            .iter()
            .map(|t| match t {
                Token::Word(w) => w.syllables.len(),
                Token::Foreign(w) => w.syllables,
                Token::Mark(_) => 0,
            })
            .sum()
    }

    /// Whether it is of a language other than Mandarin.
    pub fn is_foreign(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Foreign(_)))
    }

    /// One printable line: `jin1 tian1, jiang1qiu1 …`; words apart, marks behind
    /// the word before. It is what the store's key is made of, so it must tell
    /// apart whatever an engine can tell apart.
    pub fn pinyin(&self) -> String {
        let mut line = String::new();
        for token in &self.tokens {
            match token {
                Token::Word(w) => {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    for s in &w.syllables {
                        line.push_str(&s.to_string());
                    }
                }
                Token::Foreign(w) => {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    match &w.phonemes {
                        Some(phonemes) => line.push_str(&format!("/{phonemes}/")),
                        None => line.push_str(&w.text),
                    }
                }
                Token::Mark(m) => line.push(m.as_char()),
            }
        }
        line
    }
}
