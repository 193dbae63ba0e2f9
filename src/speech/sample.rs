//! Readings for tests, written as a line of pinyin.

use crate::model::{Mark, Reading, Rule, Span, Syllable, Token, Word};

/// `ni3hao3 ， jin1tian1 。`: words and marks apart by spaces; the word's text
/// is its pinyin.
pub fn reading(line: &str) -> Reading {
    let tokens: Vec<Token> = line.split_whitespace().map(token).collect();
    let spoken: String = line.split_whitespace().collect();
    Reading {
        display: spoken.clone(),
        map: vec![Span {
            display: 0..spoken.len(),
            spoken: 0..spoken.len(),
            rule: Rule::Plain,
        }],
        spoken,
        tokens,
    }
}

fn token(part: &str) -> Token {
    let mark = match part {
        "，" => Mark::Comma,
        "。" => Mark::Stop,
        "！" => Mark::Exclamation,
        "？" => Mark::Question,
        "；" => Mark::Semicolon,
        "：" => Mark::Colon,
        "…" => Mark::Dash,
        "“" => Mark::OpenQuote,
        "”" => Mark::CloseQuote,
        "（" => Mark::OpenBracket,
        "）" => Mark::CloseBracket,
        _ => {
            return Token::Word(Word {
                text: part.to_string(),
                syllables: syllables(part),
            });
        }
    };
    Token::Mark(mark)
}

fn syllables(word: &str) -> Vec<Syllable> {
    word.split_inclusive(|c: char| c.is_ascii_digit())
        .map(|s| {
            let (base, tone) = s.split_at(s.len() - 1);
            Syllable {
                base: base.to_string(),
                tone: tone.parse().unwrap(),
            }
        })
        .collect()
}
