//! Whole sentences against the syllables that a person spoke.
//!
//! *Characters* are counted with the tone changes undone. A syllable is right
//! when its base agrees and so does its tone, as said or as in the dictionary;
//! 一 and 不 are right in every tone; and a labelled second tone is right for a
//! third one before another third. `huar1` counts as `hua1` and a 儿 in
//! whatever tone. *一*, *不* and *third tones* count the tones as they are
//! said: of the first syllable wherever two third tones of the dictionary meet
//! without punctuation between.

use super::super::{Decision, Explained, Explanation};
use super::align::align;
use super::{Tally, plain};
use crate::model::{Rule, Syllable};

/// The counts so far.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    characters: Tally,
    sentences: Tally,
    one: Tally,
    not: Tally,
    thirds: Tally,
}

/// A syllable of ours.
struct Own {
    said: Syllable,
    citation: Syllable,
    /// The printed character; `None` where it is spoken otherwise.
    printed: Option<char>,
    /// The next one follows without punctuation.
    joined: bool,
}

impl Own {
    fn is_changing(&self) -> bool {
        matches!(self.printed, Some('一' | '不'))
    }
}

impl Sentences {
    /// Counts a sentence. When it is not right, gives what was said and what
    /// should have been, as lines of pinyin.
    pub fn count(&mut self, explained: &Explanation, label: &str) -> Option<(String, String)> {
        let gold = labelled(label);
        let own = own(explained);
        let right = |i: usize, j: usize| is_right(&gold, i, &own, j);
        let pairs = align(&gold, &own, |i, j| match right(i, j) {
            true => 0,
            false if gold[i].base == own[j].said.base => 1,
            false => 2,
        });
        let mut wrong = gold.len() != own.len();
        let mut partner: Vec<Option<usize>> = vec![None; own.len()];
        for (i, pair) in pairs.iter().enumerate() {
            let good = pair.is_some_and(|j| right(i, j));
            self.characters.add(good);
            wrong |= !good;
            if let Some(j) = pair {
                partner[*j] = Some(i);
            }
        }
        self.sentences.add(!wrong);
        for (j, syllable) in own.iter().enumerate() {
            let Some(i) = partner[j] else { continue };
            let as_said = gold[i] == syllable.said;
            match syllable.printed {
                Some('一') => self.one.add(as_said),
                Some('不') => self.not.add(as_said),
                _ => {}
            }
            let next = own.get(j + 1).filter(|_| syllable.joined);
            if syllable.citation.tone == 3 && next.is_some_and(|n| n.citation.tone == 3) {
                self.thirds.add(as_said);
            }
        }
        wrong.then(|| {
            let said: Vec<_> = own.iter().map(|o| o.said.to_string()).collect();
            let gold: Vec<_> = gold.iter().map(ToString::to_string).collect();
            (said.join(" "), gold.join(" "))
        })
    }

    /// All counts, by name.
    pub fn tallies(self) -> Vec<(String, Tally)> {
        [
            ("characters", self.characters),
            ("sentences", self.sentences),
            ("一", self.one),
            ("不", self.not),
            ("third tones", self.thirds),
        ]
        .map(|(name, tally)| (name.to_string(), tally))
        .into()
    }
}

fn is_right(gold: &[Syllable], i: usize, own: &[Own], j: usize) -> bool {
    let (label, ours) = (&gold[i], &own[j]);
    if is_colour(label) || is_colour(&ours.said) {
        return is_er(label) && is_er(&ours.said);
    }
    let before_third = || {
        let next = own.get(j + 1);
        ours.citation.tone == 3 && next.is_some_and(|n| n.citation.tone == 3)
    };
    label.base == ours.said.base
        && (label.tone == ours.said.tone
            || label.tone == ours.citation.tone
            || ours.is_changing()
            || (label.tone == 2 && before_third()))
}

/// The 儿 of `huar1`, apart from its syllable.
const COLOUR: &str = "r";

fn is_colour(s: &Syllable) -> bool {
    s.base == COLOUR
}

fn is_er(s: &Syllable) -> bool {
    s.base == COLOUR || s.base == "er"
}

/// `huar1` as `hua1` and a 儿; any other syllable as it is.
fn parted(s: Syllable) -> impl Iterator<Item = Syllable> {
    let tone = s.tone;
    let body = s
        .base
        .strip_suffix('r')
        .filter(|b| !b.is_empty() && *b != "e")
        .map(str::to_string);
    let colour = body.is_some().then(|| Syllable {
        base: COLOUR.to_string(),
        tone,
    });
    let base = body.unwrap_or(s.base);
    std::iter::once(Syllable { base, tone }).chain(colour)
}

/// The syllables of a label; what is no pinyin (marks of prosody) is passed
/// over.
fn labelled(label: &str) -> Vec<Syllable> {
    let written = label.split_whitespace().map(plain);
    let syllables = written.filter_map(|s| {
        let tone = s.chars().next_back()?.to_digit(10)? as u8;
        let base = s[..s.len() - 1].to_string();
        let is_base = !base.is_empty() && base.bytes().all(|b| b.is_ascii_lowercase());
        is_base.then_some(Syllable { base, tone })
    });
    syllables.flat_map(parted).collect()
}

fn own(explained: &Explanation) -> Vec<Own> {
    let mut own: Vec<Own> = Vec::new();
    for span in &explained.spans {
        if span.syllables.is_empty()
            && parts(explained, span)
            && let Some(last) = own.last_mut()
        {
            last.joined = false;
        }
        for decision in &span.syllables {
            let printed = printed(explained, decision);
            let said = parted(decision.said.clone());
            let cited = parted(decision.citation.clone());
            own.extend(said.zip(cited).map(|(said, citation)| Own {
                said,
                citation,
                printed,
                joined: true,
            }));
        }
    }
    own
}

/// Whether a span without syllables is punctuation that parts what stands
/// around it: tone changes run through quotation marks and layout.
fn parts(explained: &Explanation, span: &Explained) -> bool {
    let quote = |c: char| "“”‘’\"'《》〈〉「」『』".contains(c);
    span.rule != Rule::Silent && !explained.printed(span).chars().all(quote)
}

/// The printed character of a decision, where it is spoken as printed.
fn printed(explained: &Explanation, decision: &Decision) -> Option<char> {
    let shown = &explained.display[decision.display.clone()];
    (shown == decision.text)
        .then(|| shown.chars().next())
        .flatten()
}
