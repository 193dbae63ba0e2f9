//! An edition's names in ASCII: Chinese in pinyin, all else as it is written.

use crate::diag::Result;
use crate::export::{Book, Spelled};
use crate::model::{SourceText, Token};
use crate::text::FrontEnd;

/// So many characters of an item's end are its last words.
const LAST: usize = 12;

/// The names of an edition as its text is read, and that of an occasion as it is.
///
/// # Errors
/// None is known: the front end has no lexicon here that could be wrong.
pub fn spelled(book: &Book<'_>, occasion: &str) -> Result<Spelled> {
    let front = FrontEnd::new(&[])?;
    let head = &book.edition.masthead.printed;
    let last_words =
        (book.parts.iter()).map(|part| latin(&front, &part.last_words(LAST)).to_lowercase());
    Ok(Spelled {
        occasion: occasion.into(),
        paper: latin(&front, book.paper()),
        section: latin(&front, head.section.as_deref().unwrap_or_default()),
        titles: book.parts.iter().map(|p| latin(&front, &p.title)).collect(),
        last_words: last_words.collect(),
    })
}

/// A text with every run of Chinese in pinyin, a word each with a capital.
fn latin(front: &FrontEnd, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let chinese = is_han(first);
        let end = rest.find(|c| is_han(c) != chinese).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let spelled = match chinese {
            true => pinyin(front, run),
            false => run.to_string(),
        };
        // Letters and figures stand apart from words; marks stand where they stood.
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if joins(out.chars().next_back()) && joins(spelled.chars().next()) {
            out.push(' ');
        }
        out.push_str(&spelled);
        rest = after;
    }
    out.trim().to_string()
}

/// The words of a run of Chinese: `Shequ Caiyuan`.
fn pinyin(front: &FrontEnd, run: &str) -> String {
    let reading = front.read(&SourceText::made(run)).value;
    let words = reading.tokens.iter().filter_map(|token| match token {
        Token::Word(word) => {
            let written: String = word.syllables.iter().map(|s| s.base.as_str()).collect();
            let mut letters = written.chars();
            let first = letters.next()?.to_ascii_uppercase();
            Some(format!("{first}{}", letters.as_str()))
        }
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_spelled_and_figures_stay() {
        let front = FrontEnd::new(&[]).unwrap();
        assert_eq!(latin(&front, "荷湾社区报"), "Hewan Shequ Bao");
        assert_eq!(latin(&front, "第38期：Café A座"), "Di 38 Qi：Café A Zuo");
        assert_eq!(latin(&front, ""), "");
    }
}
