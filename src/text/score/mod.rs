//! Scoring of the front end against labelled sets, tab-separated:
//!
//! ```text
//! suite  category  input  expected      normalisation: the spoken text
//! sentence  index  pinyin               polyphones: the syllable of one character
//! id  sentence  pinyin syllables        whole sentences
//! ```
//!
//! The header line tells which; without one, the number of columns, and
//! whether the second is a number.

mod align;
mod fold;
mod sentences;
#[cfg(test)]
mod tests;

use super::{Decision, FrontEnd};
use crate::diag::{Fault, Place, Result};
use crate::model::SourceText;

use fold::{folded, lenient};
use sentences::Sentences;

/// So many right of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right ones.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// The right ones in percent; of nothing, 0.
    pub fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.of.max(1) as f64
    }
}

/// One case that was not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The line of the file, from 1.
    pub line: u32,
    /// The group it was counted in.
    pub group: String,
    /// What was to be read.
    pub input: String,
    /// What came out.
    pub got: String,
    /// What should have.
    pub expected: String,
}

/// What a file's cases came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// The tallies by name, the sum last.
    pub tallies: Vec<(String, Tally)>,
    /// What was wrong, in the order of the file.
    pub misses: Vec<Miss>,
}

impl Scores {
    fn tally(&mut self, name: &str) -> &mut Tally {
        let at = match self.tallies.iter().position(|(n, _)| n == name) {
            Some(at) => at,
            None => {
                self.tallies.push((name.to_string(), Tally::default()));
                self.tallies.len() - 1
            }
        };
        &mut self.tallies[at].1
    }
}

/// The name of the sum.
const ALL: &str = "all";

/// What the lines of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Normalisation,
    Polyphones,
    Sentences,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Normalisation, Kind::Polyphones, Kind::Sentences];

    fn columns(self) -> &'static [&'static str] {
        match self {
            Kind::Normalisation => &["suite", "category", "input", "expected"],
            Kind::Polyphones => &["sentence", "index", "pinyin"],
            Kind::Sentences => &["id", "sentence", "pinyin"],
        }
    }

    /// The kind of a file that begins with this line, and whether the line is
    /// a header.
    fn of(first: &[&str]) -> Option<(Kind, bool)> {
        let headed = Kind::ALL.into_iter().find(|kind| {
            let columns = kind.columns();
            first.len() == columns.len()
                && (first.iter().zip(columns)).all(|(f, c)| f.trim().to_lowercase().starts_with(c))
        });
        match (headed, first) {
            (Some(kind), _) => Some((kind, true)),
            (None, [_, _, _, _]) => Some((Kind::Normalisation, false)),
            (None, [_, index, _]) if index.trim().parse::<usize>().is_ok() => {
                Some((Kind::Polyphones, false))
            }
            (None, [_, _, _]) => Some((Kind::Sentences, false)),
            _ => None,
        }
    }
}

/// Scores the cases of `text`, the content of `file`. Normalisation counts
/// folded (see `fold`), and with `lenient` also a number read in another
/// accepted way.
///
/// # Errors
/// A first line that is of no known format, and a later line that does not
/// have its columns.
pub fn score(front: &FrontEnd, file: &str, text: &str, be_lenient: bool) -> Result<Scores> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = (1..)
        .zip(text.lines())
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(n, l): (u32, &str)| (n, l.split('\t').collect::<Vec<_>>()))
        .peekable();
    let help = "give tab-separated columns: suite, category, input, expected; \
                or sentence, index, pinyin; or id, sentence, pinyin syllables";
    let fault = |line: u32, what: String| {
        Fault::new(what)
            .at(Place::new(file, line, 0))
            .help(help.to_string())
    };
    let Some((kind, headed)) = lines.peek().and_then(|(_, first)| Kind::of(first)) else {
        let line = lines.peek().map_or(0, |(n, _)| *n);
        return Err(fault(line, "the file is no set of cases".into()));
    };
    if headed {
        lines.next();
    }
    let mut scores = Scores::default();
    let mut sentences = Sentences::default();
    for (line, columns) in lines {
        match (kind, &columns[..]) {
            (Kind::Normalisation, [suite, category, input, expected]) => {
                let spoken = front.read(&SourceText::made(*input)).value.spoken;
                let right = folded(&spoken) == folded(expected)
                    || (be_lenient && lenient(&spoken, expected));
                let group = format!("{suite} {category}");
                scores.tally(&group).add(right);
                scores.tally(suite).add(right);
                if !right {
                    scores.miss(line, &group, input, spoken, expected);
                }
            }
            (Kind::Polyphones, [sentence, index, pinyin]) => {
                let Some((at, c)) = index
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|i| sentence.char_indices().nth(i))
                else {
                    let what = format!("`{index}` is no character of the sentence");
                    return Err(fault(line, what));
                };
                let explained = front.explain(&SourceText::made(*sentence));
                let decision = explained.decision_at(at);
                let right = decision.is_some_and(|d| is_read(d, pinyin));
                scores.tally(ALL).add(right);
                if !right {
                    let got = decision.map_or(String::new(), |d| d.said.to_string());
                    let shown = format!("{c} at {index}: {sentence}");
                    scores.miss(line, &c.to_string(), &shown, got, pinyin);
                }
            }
            (Kind::Sentences, [id, sentence, pinyin]) => {
                let explained = front.explain(&SourceText::made(*sentence));
                if let Some((got, expected)) = sentences.count(&explained, pinyin) {
                    let shown = format!("{id}: {sentence}");
                    scores.miss(line, id, &shown, got, &expected);
                }
            }
            _ => {
                let what = format!(
                    "the line has {} columns, not {}",
                    columns.len(),
                    kind.columns().len()
                );
                return Err(fault(line, what));
            }
        }
    }
    match kind {
        Kind::Sentences => scores.tallies = sentences.tallies(),
        // Groups by name, the sum of each suite behind its own.
        Kind::Normalisation => scores.sort_and_sum(),
        Kind::Polyphones => {}
    }
    Ok(scores)
}

impl Scores {
    fn miss(&mut self, line: u32, group: &str, input: &str, got: String, expected: &str) {
        self.misses.push(Miss {
            line,
            group: group.to_string(),
            input: input.to_string(),
            got,
            expected: expected.to_string(),
        });
    }

    fn sort_and_sum(&mut self) {
        self.tallies.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut sum = Tally::default();
        for (_, tally) in self.tallies.iter().filter(|(name, _)| !name.contains(' ')) {
            sum.right += tally.right;
            sum.of += tally.of;
        }
        self.tallies.push((ALL.to_string(), sum));
    }
}

/// Whether a character is read as the label says. Labels know no tone changes,
/// or do: as said and as in the dictionary are both right, so that a third
/// tone said as a second and a changed 一 or 不 count.
fn is_read(decision: &Decision, label: &str) -> bool {
    let label = plain(label);
    let colours = decision.text.chars().count() == 2;
    [&decision.said, &decision.citation].into_iter().any(|s| {
        s.to_string() == label
            || (colours
                && s.base.strip_suffix('r').map(|b| format!("{b}{}", s.tone))
                    == Some(label.clone()))
    })
}

/// A label's syllable as the front end writes it: `v` for ü, a tone from 1 to
/// 5.
fn plain(label: &str) -> String {
    let label = label.trim().to_lowercase();
    let label = label.replace("u:", "v").replace('ü', "v");
    let label = match label.strip_prefix(['l', 'n']) {
        Some(rest) if rest.starts_with("ue") => format!("{}v{}", &label[..1], &rest[1..]),
        _ => label,
    };
    match label.strip_suffix('0') {
        Some(base) => format!("{base}5"),
        None if label.ends_with(|c: char| c.is_ascii_digit()) => label,
        None => label + "5",
    }
}
