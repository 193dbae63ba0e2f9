//! A text of another language → chunks: whole sentences, short ones together,
//! long ones cut behind their marks.

use std::ops::Range;

use super::{mark, syllables_of};
use crate::model::Mark;
use crate::text::cut::Break;

/// A chunk is to have about so many syllables at most.
const GOOD: usize = 44;
/// A sentence below this is said together with the next.
const TINY: usize = 8;
/// What ends with a point and is no sentence.
const SHORT: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "etc", "e.g", "i.e", "a.m", "p.m", "jr",
    "sr", "inc", "ltd", "co", "dept", "fig", "approx", "pp", "tel", "rd", "ave", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// The chunks of `text` in order, as byte ranges that cover all of it, each with
/// the break behind it. Empty when nothing of `text` is spoken.
pub fn cut(text: &str) -> Vec<(Range<usize>, Break)> {
    let mut chunks: Vec<(Range<usize>, Break)> = Vec::new();
    for sentence in sentences(text) {
        let size = syllables_in(&text[sentence.clone()]);
        match chunks.last_mut() {
            // What says nothing stays with what is before it.
            Some(last) if size == 0 => last.0.end = sentence.end,
            Some(last) if syllables_in(&text[last.0.clone()]) < TINY && size <= GOOD => {
                last.0.end = sentence.end;
            }
            _ if size > GOOD => chunks.extend(clauses(text, sentence)),
            _ => chunks.push((sentence, Break::Sentence)),
        }
    }
    let spoken = chunks
        .iter()
        .any(|(r, _)| syllables_in(&text[r.clone()]) > 0);
    if !spoken {
        return Vec::new();
    }
    chunks
}

fn syllables_in(text: &str) -> usize {
    let spoken = |w: &&str| w.chars().any(char::is_alphanumeric);
    text.split_whitespace()
        .filter(spoken)
        .map(syllables_of)
        .sum()
}

/// Sentences with the white space behind them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stop = matches!(
            mark(c),
            Some(Mark::Stop | Mark::Exclamation | Mark::Question)
        );
        if !stop && c != '…' {
            continue;
        }
        // Closing marks belong to it.
        while chars
            .next_if(|(_, c)| matches!(c, '"' | '”' | '’' | '\'' | ')' | '.' | '!' | '?'))
            .is_some()
        {}
        let behind = chars.peek().map_or(text.len(), |(i, _)| *i);
        let rest = &text[behind..];
        let next = rest.trim_start();
        let wide = matches!(c, '。' | '！' | '？' | '။');
        let parted = wide || rest.is_empty() || next.len() < rest.len();
        let goes_on = next.starts_with(char::is_lowercase);
        if !parted || goes_on || (c == '.' && is_short(&text[start..at])) {
            continue;
        }
        let end = text.len() - next.len();
        found.push(start..end);
        start = end;
        while chars.next_if(|(i, _)| *i < end).is_some() {}
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// Whether a point behind this is part of a short form or an initial.
fn is_short(before: &str) -> bool {
    let word = before
        .rsplit([' ', '(', '\n', '"', '“'])
        .next()
        .unwrap_or_default();
    let one = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    one || SHORT.contains(&word.to_lowercase().as_str())
}

/// A long sentence, cut behind marks so that the parts come out even; between
/// words where no mark stands.
fn clauses(text: &str, sentence: Range<usize>) -> Vec<(Range<usize>, Break)> {
    let whole = &text[sentence.clone()];
    let size = syllables_in(whole);
    if size <= GOOD {
        return vec![(sentence, Break::Sentence)];
    }
    let half = size / 2;
    let mut best: Option<(usize, usize)> = None;
    let mut before = 0;
    let mut at = 0;
    for word in whole.split_inclusive(char::is_whitespace) {
        at += word.len();
        before += syllables_in(word);
        let marked = word
            .trim_end()
            .ends_with([',', ';', ':', '—', '–', ')', '،', '؛', '、']);
        let cost = before.abs_diff(half) + if marked { 0 } else { size / 4 };
        if at < whole.len() && before > 0 && best.is_none_or(|(c, _)| cost < c) {
            best = Some((cost, at));
        }
    }
    let Some((_, cut)) = best.filter(|(_, at)| syllables_in(&whole[*at..]) > 0) else {
        return vec![(sentence, Break::Sentence)];
    };
    let middle = sentence.start + cut;
    let mut parts = clauses(text, sentence.start..middle);
    if let Some(last) = parts.last_mut() {
        last.1 = Break::Clause;
    }
    parts.extend(clauses(text, middle..sentence.end));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        cut(text).into_iter().map(|(r, _)| &text[r]).collect()
    }

    #[test]
    fn sentences_are_cut_and_short_forms_are_none() {
        assert_eq!(
            texts(
                "Dr. Lee opened the library at 9 a.m. on Monday. “It is warm!” said the U.S. guest, who had come early. Ok."
            ),
            [
                "Dr. Lee opened the library at 9 a.m. on Monday. ",
                "“It is warm!” said the U.S. guest, who had come early. ",
                "Ok."
            ]
        );
        assert_eq!(
            texts("Yes. We do it every single day of the week."),
            ["Yes. We do it every single day of the week."]
        );
        assert!(texts(" … ").is_empty());
    }

    #[test]
    fn long_sentences_are_cut_at_marks_and_nothing_is_lost() {
        let long = "The residents of the seven buildings around the garden, who have watered the \
                    trees since the spring of last year, asked the committee for a second tap, and \
                    the committee, after a meeting that lasted until the evening, agreed.";
        let parts = cut(long);
        assert!(parts.len() > 1);
        assert_eq!(parts[0].1, Break::Clause);
        let joined: String = texts(long).concat();
        assert_eq!(joined, long);
        let endless = "word ".repeat(300);
        assert!(texts(&endless).iter().all(|t| syllables_in(t) <= GOOD));
    }
}
