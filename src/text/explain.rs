//! Why a text is read as it is: printed → spoken → syllables, each with what
//! decided it, for an editor who asks and for the scoring.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;

use super::normalise::{Normalised, Piece, Why};
use super::syllables::Syl;
use super::words::{self, Item, Line};
use super::{FrontEnd, tables, tones};
use crate::model::{LexiconEntry, Rule, SourceText, Syllable};

/// A reading less likely than this is not told.
const HARDLY_EVER: f32 = 0.01;

/// What decided a syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A lexicon entry or an override in the text.
    Lexicon,
    /// The dictionary's entry for the whole word.
    Word,
    /// The dictionary's entry for a phrase inside a longer word.
    Phrase,
    /// What the character is usually read as inside words.
    Character,
    /// A reading written by hand for this project.
    Corrected,
    /// What stands around it, weighed against other readings.
    Context,
    /// A family name, told by what stands beside it.
    Name,
    /// The name of a letter.
    Letter,
}

impl By {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            By::Lexicon => "lexicon",
            By::Word => "word",
            By::Phrase => "phrase",
            By::Character => "character",
            By::Corrected => "corrected",
            By::Context => "context",
            By::Name => "name",
            By::Letter => "letter",
        }
    }
}

/// What decided a syllable, and how sure that is where it was weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub by: By,
    /// 0 to 1.
    pub confidence: Option<f32>,
}

impl From<By> for Choice {
    /// A choice that nothing was weighed for.
    fn from(by: By) -> Self {
        Choice {
            by,
            confidence: None,
        }
    }
}

/// A text taken apart: every printed character is in exactly one span.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The text as printed.
    pub display: String,
    /// The text as spoken.
    pub spoken: String,
    /// In order, covering both without gap or overlap.
    pub spans: Vec<Explained>,
}

/// A word, a mark, or something that is not spoken as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Bytes of [`Explanation::display`].
    pub display: Range<usize>,
    /// Bytes of [`Explanation::spoken`].
    pub spoken: Range<usize>,
    /// Why it is spoken so.
    pub rule: Rule,
    /// The lexicon's entry that decided.
    pub entry: Option<LexiconEntry>,
    /// What is heard.
    pub syllables: Vec<Decision>,
}

/// One syllable and how it was decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The characters it is the syllable of, as spoken: one, two where 儿 is
    /// joined to what it colours, more where no character is to be told apart.
    pub text: String,
    /// Bytes of [`Explanation::display`] it is the reading of: one character
    /// where the text is spoken as printed, else the whole span.
    pub display: Range<usize>,
    /// As it is said, tone changes applied.
    pub said: Syllable,
    /// As it stands in a dictionary.
    pub citation: Syllable,
    /// What decided.
    pub by: By,
    /// Other readings of the character, the likelier before the others.
    pub alternatives: Vec<Alternative>,
    /// How sure the choice is, 0 to 1; `None` where nothing was weighed.
    pub confidence: Option<f32>,
}

/// A reading that was not chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The reading.
    pub syllable: Syllable,
    /// How likely it is, 0 to 1; `None` where nothing was weighed.
    pub confidence: Option<f32>,
}

impl Explanation {
    /// The printed text of a span.
    pub fn printed(&self, span: &Explained) -> &str {
        &self.display[span.display.clone()]
    }

    /// The spoken text of a span.
    pub fn said(&self, span: &Explained) -> &str {
        &self.spoken[span.spoken.clone()]
    }

    /// The decision about the printed character at byte `at`. In a span that
    /// is not spoken as printed it is that of the same character in what is
    /// spoken: of `5只`, that of 只.
    pub fn decision_at(&self, at: usize) -> Option<&Decision> {
        let span = self.spans.iter().find(|s| s.display.contains(&at))?;
        let own = span
            .syllables
            .iter()
            .find(|d| d.display.contains(&at) && d.display != span.display);
        if own.is_some() {
            return own;
        }
        let c = self.display[at..].chars().next()?;
        let before = self.display[span.display.start..at].matches(c).count();
        let mut same = span.syllables.iter().filter(|d| d.text.starts_with(c));
        same.clone().nth(before).or_else(|| same.next_back())
    }
}

impl FrontEnd {
    /// How `text` is read, and why.
    pub fn explain(&self, text: &SourceText) -> Explanation {
        let normalised = self.normalise(text).0;
        let mut line = words::line(self, &text.text, &normalised);
        let cited = line.syls.clone();
        line.change_tones();
        let words = decided_words(&normalised, &line, &cited);
        let mut words = words.into_iter().peekable();
        let mut spans = Vec::with_capacity(normalised.pieces.len());
        for piece in &normalised.pieces {
            let inside = |w: &DecidedWord| w.spoken.start < piece.spoken.end;
            if piece.why != Why::Plain {
                let mut span = whole(piece, self);
                while let Some(word) = words.next_if(inside) {
                    span.syllables
                        .extend(word.decisions(piece, &normalised, &text.text));
                }
                spans.push(span);
                continue;
            }
            let mut from = piece.spoken.start;
            while let Some(word) = words.next_if(inside) {
                push_plain(
                    &mut spans,
                    piece,
                    from..word.spoken.start,
                    &normalised,
                    text,
                );
                from = word.spoken.end.min(piece.spoken.end);
                push_plain(
                    &mut spans,
                    piece,
                    word.spoken.start..from,
                    &normalised,
                    text,
                );
                if let Some(span) = spans.last_mut() {
                    span.syllables = word.decisions(piece, &normalised, &text.text);
                }
            }
            push_plain(&mut spans, piece, from..piece.spoken.end, &normalised, text);
        }
        Explanation {
            display: text.text.clone(),
            spoken: normalised.spoken,
            spans,
        }
    }
}

/// A piece as one span, without syllables yet.
fn whole(piece: &Piece, front: &FrontEnd) -> Explained {
    Explained {
        display: piece.display.clone(),
        spoken: piece.spoken.clone(),
        rule: piece.why.to_model(),
        entry: match piece.why {
            Why::Lexicon(n) => Some(front.lexicon.given(n).clone()),
            _ => None,
        },
        syllables: Vec::new(),
    }
}

/// Adds a part of a piece that is spoken as printed, if there is any.
fn push_plain(
    spans: &mut Vec<Explained>,
    piece: &Piece,
    spoken: Range<usize>,
    normalised: &Normalised,
    text: &SourceText,
) {
    if spoken.is_empty() {
        return;
    }
    spans.push(Explained {
        display: printed(piece, &spoken, normalised, &text.text),
        spoken,
        entry: None,
        rule: piece.why.to_model(),
        syllables: Vec::new(),
    });
}

/// The printed bytes of a part of what a piece says: character by character
/// where it is spoken as printed, else all of them.
fn printed(
    piece: &Piece,
    spoken: &Range<usize>,
    normalised: &Normalised,
    display: &str,
) -> Range<usize> {
    let said = &normalised.spoken[piece.spoken.clone()];
    let shown = &display[piece.display.clone()];
    let as_printed = matches!(piece.why, Why::Plain | Why::Lexicon(_) | Why::Given)
        && said.chars().count() == shown.chars().count();
    if !as_printed {
        return piece.display.clone();
    }
    let offset = |at: usize| {
        let at = at.clamp(piece.spoken.start, piece.spoken.end) - piece.spoken.start;
        let n = said[..at].chars().count();
        let byte = shown.char_indices().nth(n).map_or(shown.len(), |(i, _)| i);
        piece.display.start + byte
    };
    offset(spoken.start)..offset(spoken.end)
}

/// A word and its syllables, before they are given to spans.
struct DecidedWord {
    spoken: Range<usize>,
    /// The bytes of the spoken text, and the rest of the decision.
    syllables: Vec<(Range<usize>, Decision)>,
}

impl DecidedWord {
    fn decisions(self, piece: &Piece, normalised: &Normalised, display: &str) -> Vec<Decision> {
        self.syllables
            .into_iter()
            .map(|(spoken, decision)| Decision {
                display: printed(piece, &spoken, normalised, display),
                ..decision
            })
            .collect()
    }
}

/// The words of a line with the decision about every syllable; `cited` are the
/// line's syllables before the tone changes.
fn decided_words(normalised: &Normalised, line: &Line, cited: &[Syl]) -> Vec<DecidedWord> {
    let mut words = Vec::new();
    for item in &line.items {
        let Item::Word { spoken, syls } = item else {
            continue;
        };
        let chars = &line.chars[syls.clone()];
        let said = tones::erhua(&line.syls[syls.clone()], chars);
        let citation = tones::erhua(&cited[syls.clone()], chars);
        let text = &normalised.spoken[spoken.clone()];
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        let each = starts.len() == syls.len() && !chars.contains(&'\0');
        let last = said.len().saturating_sub(1);
        let decided = said.into_iter().zip(citation).enumerate();
        let syllables = decided.map(|(k, (said, citation))| {
            let own = match each {
                true if k == last => starts[k]..text.len(),
                true => starts[k]..starts[k + 1],
                false => 0..text.len(),
            };
            let Choice { by, confidence } = line.by[syls.start + k];
            let decision = Decision {
                text: text[own.clone()].to_string(),
                display: 0..0,
                alternatives: match by {
                    By::Lexicon | By::Letter => Vec::new(),
                    By::Context => weighed(line, syls.start + k),
                    _ => others(chars[k], cited[syls.start + k]),
                },
                said,
                citation,
                by,
                confidence,
            };
            (spoken.start + own.start..spoken.start + own.end, decision)
        });
        words.push(DecidedWord {
            spoken: spoken.clone(),
            syllables: syllables.collect(),
        });
    }
    words
}

/// The readings that lost, but for those that hardly ever are.
fn weighed(line: &Line, syl: usize) -> Vec<Alternative> {
    let own = line.weighed.binary_search_by_key(&syl, |(n, _)| *n);
    let ranked = own.ok().map(|n| line.weighed[n].1.ranked.as_slice());
    let lost = ranked.unwrap_or_default().iter().skip(1);
    lost.filter(|(_, likely)| *likely >= HARDLY_EVER)
        .map(|(syl, likely)| Alternative {
            syllable: syl.to_model(),
            confidence: Some(*likely),
        })
        .collect()
}

/// The readings that `c` has in the tables, but for `chosen`.
fn others(c: char, chosen: Syl) -> Vec<Alternative> {
    static SEEN: OnceLock<HashMap<char, Vec<Syl>>> = OnceLock::new();
    let seen = SEEN.get_or_init(tables::every_reading);
    let readings = seen.get(&c).into_iter().flatten();
    readings
        .map(|s| s.to_model())
        .filter(|s| *s != chosen.to_model())
        .map(|syllable| Alternative {
            syllable,
            confidence: None,
        })
        .collect()
}
