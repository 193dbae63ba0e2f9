//! What voices that know no syllables of ours are given to read.

use std::fmt;

use serde::Deserialize;

use super::SayError;
use crate::model::{Mark, Reading, Token};

/// What a voice reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feed {
    /// The text as spoken: figures in words, symbols named.
    Text,
    /// Pinyin with tone figures, a space between words, ASCII marks: our own
    /// readings, for a voice that reads Hanzi badly.
    Pinyin,
}

impl fmt::Display for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Feed::Text => "text",
            Feed::Pinyin => "pinyin",
        })
    }
}

/// A reading as a voice is fed.
///
/// # Errors
/// [`SayError::Unsayable`] when there is nothing to say.
pub fn fed(reading: &Reading, feed: Feed) -> Result<String, SayError> {
    if reading.syllables() == 0 {
        let why = format!("`{}` has no syllable to say", reading.spoken);
        return Err(SayError::Unsayable(why));
    }
    Ok(match feed {
        Feed::Text => reading.spoken.replace(['\n', '\r'], " "),
        Feed::Pinyin => pinyin(reading),
    })
}

fn pinyin(reading: &Reading) -> String {
    let mut line = String::new();
    for token in &reading.tokens {
        match token {
            Token::Word(word) => {
                if !line.is_empty() {
                    line.push(' ');
                }
                let syllables: String = word.syllables.iter().map(ToString::to_string).collect();
                line.push_str(&syllables);
            }
            Token::Foreign(word) => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&word.text);
            }
            Token::Mark(mark) => line.push_str(ascii(*mark)),
        }
    }
    line
}

/// Marks as a voice of any language knows them; quotation marks and brackets
/// are not heard.
fn ascii(mark: Mark) -> &'static str {
    match mark {
        Mark::Comma => ",",
        Mark::Stop => ".",
        Mark::Exclamation => "!",
        Mark::Question => "?",
        Mark::Semicolon => ";",
        Mark::Colon => ":",
        Mark::Dash => ",",
        Mark::OpenQuote | Mark::CloseQuote | Mark::OpenBracket | Mark::CloseBracket => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::sample::reading;

    #[test]
    fn a_reading_is_fed_as_pinyin_or_as_text() {
        let hello = reading("ni3 hao3 ， shi4 jie4 ！");
        assert_eq!(fed(&hello, Feed::Pinyin).unwrap(), "ni3 hao3, shi4 jie4!");
        assert_eq!(fed(&hello, Feed::Text).unwrap(), hello.spoken);
        assert!(fed(&reading("。"), Feed::Text).is_err());
    }
}
