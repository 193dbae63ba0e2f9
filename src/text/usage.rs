//! What the lexicons did: the words they changed, and the entries that never
//! stood in the text.

use serde::Serialize;

use super::normalise::Why;
use super::{Explanation, FrontEnd, Lexicon};
use crate::diag::Place;
use crate::model::{LexiconEntry, SourceText};

/// What the lexicons did to an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LexiconReport {
    /// The words that would have been read otherwise, in the order of the
    /// issue.
    pub changed: Vec<Changed>,
    /// The entries that never matched, in the order given.
    pub unmatched: Vec<Unmatched>,
}

/// A word that a lexicon changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The word.
    pub word: String,
    /// As it is read now, pinyin before the tone changes; empty when skipped.
    pub pinyin: String,
    /// As it would have been read where it first stands.
    pub instead_of: String,
    /// How often it was changed.
    pub times: usize,
    /// Where first; `None` in words of the edition itself.
    pub first: Option<Place>,
    /// Where the lexicon has it.
    pub entry: Place,
}

/// An entry that never matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmatched {
    /// The word.
    pub word: String,
    /// Where the lexicon has it.
    pub entry: Place,
}

impl FrontEnd {
    /// What this front end's lexicon does to the texts of an issue.
    pub fn lexicon_report<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a SourceText>,
    ) -> LexiconReport {
        let bare = FrontEnd {
            base: self.base,
            lexicon: Lexicon::default(),
            digits: self.digits,
        };
        let mut report = LexiconReport::default();
        let mut met = vec![false; self.lexicon.len()];
        for text in texts {
            let (normalised, _) = self.normalise(text);
            let mut any = false;
            for piece in &normalised.pieces {
                if let Why::Lexicon(n) = piece.why {
                    met[n] = true;
                    any = true;
                }
            }
            if any {
                compare(text, &self.explain(text), &bare.explain(text), &mut report);
            }
        }
        let never = (0..met.len()).filter(|n| !met[*n]);
        report.unmatched = never
            .map(|n| self.lexicon.given(n))
            .map(|entry| Unmatched {
                word: entry.word.clone(),
                entry: entry.place.clone(),
            })
            .collect();
        report.unmatched.sort_by(|a, b| a.entry.cmp(&b.entry));
        report
    }
}

/// Notes every word of the lexicon that is read otherwise without it.
fn compare(text: &SourceText, ours: &Explanation, bare: &Explanation, report: &mut LexiconReport) {
    for span in &ours.spans {
        let Some(entry) = &span.entry else { continue };
        let pinyin: Vec<String> = span
            .syllables
            .iter()
            .map(|d| d.citation.to_string())
            .collect();
        let over = |at: &std::ops::Range<usize>| {
            at.start < span.display.end && at.end > span.display.start
        };
        let instead_of: Vec<String> = (bare.spans.iter())
            .flat_map(|s| &s.syllables)
            .filter(|d| over(&d.display))
            .map(|d| d.citation.to_string())
            .collect();
        if pinyin == instead_of {
            continue;
        }
        match report.changed.iter_mut().find(|c| is_of(c, entry)) {
            Some(changed) => changed.times += 1,
            None => report.changed.push(Changed {
                word: entry.word.clone(),
                pinyin: pinyin.join(" "),
                instead_of: instead_of.join(" "),
                times: 1,
                first: text.place_at(span.display.start),
                entry: entry.place.clone(),
            }),
        }
    }
}

fn is_of(changed: &Changed, entry: &LexiconEntry) -> bool {
    changed.entry == entry.place && changed.word == entry.word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LexiconReading;

    #[test]
    fn only_what_is_read_otherwise_is_changed() {
        let given = [
            ("单明远", LexiconReading::Pinyin("shan4 ming2 yuan3".into())),
            ("银行", LexiconReading::Pinyin("yin2 hang2".into())),
            ("（图）", LexiconReading::Skip),
            ("崧珏", LexiconReading::Pinyin("song1 jue2".into())),
        ];
        let entries: Vec<LexiconEntry> = (1..)
            .zip(given)
            .map(|(line, (word, reading))| LexiconEntry {
                word: word.into(),
                reading,
                place: Place::new("issue.toml", line, 0),
            })
            .collect();
        let front = FrontEnd::new(&entries).unwrap();
        let texts = [
            SourceText::at("银行的单明远（图）", Place::new("a.md", 7, 0)),
            SourceText::at("单明远", Place::new("a.md", 9, 0)),
        ];
        let report = front.lexicon_report(&texts);
        let changed: Vec<_> = report
            .changed
            .iter()
            .map(|c| {
                let line = c.first.as_ref().unwrap().line;
                (
                    c.word.as_str(),
                    c.pinyin.as_str(),
                    c.instead_of.as_str(),
                    c.times,
                    line,
                )
            })
            .collect();
        assert_eq!(
            changed,
            [
                ("单明远", "shan4 ming2 yuan3", "dan1 ming2 yuan3", 1, 7),
                ("（图）", "", "tu2", 1, 7),
            ]
        );
        let unmatched: Vec<_> = report.unmatched.iter().map(|u| u.word.as_str()).collect();
        assert_eq!(unmatched, ["崧珏"]);
    }
}
