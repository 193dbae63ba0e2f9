//! One character: what else it may be, and how sure that is.

use std::ops::Range;

use super::alike::{self, Other};
use super::evidence::{Evidence, Seen};
use super::guard;
use super::nowhere;
use super::weigh::{self, COUNT};
use crate::ingest::glyph::is_han;
use crate::lm::{Context, Cut, WordModel, best_cut};
use crate::model::Edit;

/// How far to each side of a character its words may reach, in characters.
pub(super) const REACH: usize = 8;
/// A change must be so much likelier than the runner-up, as log10.
const CLEARLY: f32 = 1.0;
/// A candidate that makes the text less likely than this is none, as log10.
const LEAST_GAIN: f32 = 2.0;
/// The same of pairs that are misread in every print …
const LEAST_OFTEN: f32 = 0.5;
/// … and how often those are, as log10.
const OFTEN: f32 = -1.5;
/// How sure it is at least when the page has the same five characters rightly,
/// as natural log of odds: such runs are names and terms.
const REPEATED: f32 = 4.5;
/// What it adds that no text has the printed character, as natural log of odds.
const RARE: f32 = 2.0;
/// What speaks against the commonest character of all being misread for one that
/// is read for it far more often, as natural log of odds.
const HARDLY: f32 = 1.5;
/// What a term of the page's own counts, for a change to it or against one of
/// it, as natural log of odds.
const TERM: f32 = 2.0;
/// A word so common is no term of the page's own, as log10.
const NO_TERM: f32 = -4.5;
/// What the page's own use of the words makes up for, a step, as log10.
const SEEN_GAIN: f32 = 1.5;
/// A word by itself that is at least so common may replace a character that is
/// part of no word, as log10.
const COMMON: f32 = -3.2;

/// What stands for a number in figures: the model has numerals only.
const NUMBER: char = '三';

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// What the model of words can make something of.
fn is_read(c: char) -> bool {
    is_han(c) || is_digit(c)
}

/// The characters around the one that is looked at.
struct Run<'a> {
    model: &'a WordModel,
    text: &'a [char],
    at: usize,
    /// The Chinese characters around, without a break.
    chars: Vec<char>,
    /// Where in them the character is.
    inner: usize,
}

impl<'a> Run<'a> {
    fn around(model: &'a WordModel, text: &'a [char], at: usize) -> Run<'a> {
        let near = at.saturating_sub(REACH)..text.len().min(at + REACH + 1);
        let start = (near.start..at)
            .rev()
            .find(|i| !is_read(text[*i]))
            .map_or(near.start, |i| i + 1);
        let end = (at + 1..near.end)
            .find(|i| !is_read(text[*i]))
            .unwrap_or(near.end);
        let mut run = Run {
            model,
            text,
            at,
            chars: Vec::with_capacity(end - start),
            inner: 0,
        };
        for (i, c) in text.iter().enumerate().take(end).skip(start) {
            if i == at {
                run.inner = run.chars.len();
                run.chars.push(*c);
                continue;
            }
            // A number is one word: what counts is that there is one.
            let c = if is_digit(*c) { NUMBER } else { *c };
            if c != NUMBER || run.chars.last() != Some(&NUMBER) {
                run.chars.push(c);
            }
        }
        run
    }

    /// The best cut with `c` in place of the character.
    fn with(&mut self, c: char) -> Cut {
        let printed = std::mem::replace(&mut self.chars[self.inner], c);
        let cut = best_cut(self.model, &self.chars);
        self.chars[self.inner] = printed;
        cut
    }

    /// How common a word of the run is, as log10; with `c` in place of the
    /// character.
    fn commonness(&self, word: Range<usize>, c: char) -> f32 {
        let text: String = word
            .map(|i| if i == self.inner { c } else { self.chars[i] })
            .collect();
        self.model
            .word(&text)
            .map_or(-7.0, |w| self.model.score(Context::NONE, w).0)
    }

    /// Whether what stands elsewhere is a term of the page that is meant here
    /// too: the printed character is part of no word, and the right one is in the
    /// same word there, which is not just a common one. Five characters that
    /// are the same around it need no more.
    fn is_proof(&self, seen: &Seen, page: &Evidence, before: &Cut, cut: &Cut) -> bool {
        let there = Run::around(self.model, page.text(seen.text), seen.at);
        let elsewhere = best_cut(self.model, &there.chars);
        let word = |run: &Run<'_>, cut: &Cut, c: char| -> String {
            let range = cut.word_at(run.inner).map(|n| cut.words[n].clone());
            let letters = range.unwrap_or(run.inner..run.inner + 1);
            letters
                .map(|i| if i == run.inner { c } else { run.chars[i] })
                .collect()
        };
        let right = there.chars[there.inner];
        let here = word(self, cut, right);
        let common = self
            .model
            .word(&here)
            .is_some_and(|w| self.model.score(Context::NONE, w).0 > NO_TERM);
        let same = || here == word(&there, &elsewhere, right);
        before.length_at(self.inner) == 1
            && match seen.weight {
                3 => seen.inside || !common,
                _ => !common && same(),
            }
    }

    /// Whether `c` in place of the character is part of a word of two characters
    /// or more.
    fn is_in_word(&self, c: char) -> bool {
        (self.inner.saturating_sub(3)..=self.inner).any(|start| {
            let first = (self.inner + 1).max(start + 2);
            let last = self.chars.len().min(start + 4);
            (first..=last).any(|end| self.commonness(start..end, c) > -7.0)
        })
    }

    /// Whether `c` in place of the character makes a word of two characters or
    /// more, or is a common word itself where the printed one is part of none.
    fn makes_word(&self, c: char, whole: &mut Option<bool>) -> bool {
        let common = || self.commonness(self.inner..self.inner + 1, c) > COMMON;
        let mut whole = || *whole.get_or_insert_with(|| self.is_in_word(self.chars[self.inner]));
        self.is_in_word(c) || (!whole() && common())
    }
}

/// A candidate, and how much likelier it makes the text, as log10.
struct Candidate {
    other: Other,
    cut: Cut,
    gain: f32,
    seen: Option<Seen>,
}

impl Candidate {
    fn odds(&self) -> f32 {
        let prior = if self.other.often {
            OFTEN
        } else {
            self.other.odds
        };
        self.gain + prior + 2.0 * self.weight() as f32
    }

    /// How much the page speaks for it.
    fn weight(&self) -> u32 {
        self.seen.as_ref().map_or(0, |seen| seen.weight)
    }
}

/// The likeliest other reading of a character.
pub(super) struct Looked {
    /// The change; its confidence is still to be told.
    pub edit: Edit,
    /// What speaks for it.
    pub features: [f32; COUNT],
    /// How sure it is, as natural log of odds.
    pub odds: f32,
    /// It is never made, however sure it is.
    pub barred: bool,
    /// It is one of the pairs that are misread in every print.
    pub often: bool,
    /// The right character is far commoner than the printed one.
    pub commoner: bool,
}

/// The likeliest other reading of the character at `at`; `None` where the text
/// around becomes no likelier by any.
pub(super) fn look(model: &WordModel, page: &Evidence, text: &[char], at: usize) -> Option<Looked> {
    let printed = text[at];
    let others = alike::candidates(printed);
    if others.is_empty() || guard::is_pun(text, at) || guard::is_meant(text, at) {
        return None;
    }
    let mut run = Run::around(model, text, at);
    let (mut before, mut whole) = (None, None);
    let mut candidates: Vec<Candidate> = Vec::new();
    for &other in others {
        if guard::counts_nothing(text, at, other.right)
            || guard::is_other_measure(text, at, other.right)
        {
            continue;
        }
        let seen = page.seen(text, at, other.right);
        if seen.is_none() && !other.often && !run.makes_word(other.right, &mut whole) {
            continue;
        }
        let before = before.get_or_insert_with(|| run.with(printed));
        let cut = run.with(other.right);
        let proves = |seen: &Seen| run.is_proof(seen, page, before, &cut);
        candidates.push(Candidate {
            other,
            gain: cut.score - before.score,
            seen: seen.filter(proves),
            cut,
        });
    }
    let before = before?;
    candidates.sort_by(|a, b| b.odds().total_cmp(&a.odds()));
    let best = candidates.first()?;
    let least = if best.other.often {
        LEAST_OFTEN
    } else {
        LEAST_GAIN
    };
    let weight = best.weight();
    if weight < 3 && best.gain + SEEN_GAIN * (weight as f32) < least {
        return None;
    }
    let second = candidates.get(1).map_or(-9.0, Candidate::odds);
    let margin = best.odds() - second;
    let features = features(&run, &before, best, margin);
    let mut odds = if best.other.often {
        weigh::often(&features)
    } else {
        weigh::odds(&features)
    };
    if weight == 3 {
        odds = odds.max(REPEATED);
    }
    if guard::is_rare(text, at) {
        odds += RARE;
    }
    if weight > 0 && best.other.often {
        odds += TERM;
    }
    // What the page has again and again is its own term, or a name.
    odds -= match (weight, page.repeats(text, at)) {
        (0, 5..) if !best.other.often => 2.0 * TERM,
        (0, 3..) if best.cut.length_at(run.inner) == 1 => TERM,
        _ => 0.0,
    };
    if (printed, best.other.right) == ('人', '入') {
        odds -= HARDLY;
    }
    let near: String = (run.inner.saturating_sub(3)..run.chars.len().min(run.inner + 4))
        .map(|i| {
            if i == run.inner {
                best.other.right
            } else {
                run.chars[i]
            }
        })
        .collect();
    let edit = Edit {
        right: best.other.right,
        reason: match &best.seen {
            None => format!("`{near}` is far likelier"),
            Some(seen) => format!("the page says `{}` elsewhere", seen.run),
        },
        candidates: candidates.iter().take(3).map(|c| c.other.right).collect(),
        ..nowhere(printed)
    };
    Some(Looked {
        edit,
        odds,
        often: best.other.often,
        barred: margin < CLEARLY
            || guard::is_named(text, at)
            || guard::is_counted(text, at, best.other.right),
        commoner: run.commonness(run.inner..run.inner + 1, best.other.right)
            > run.commonness(run.inner..run.inner + 1, printed) + 1.0,
        features,
    })
}

/// What is known about a change.
fn features(run: &Run<'_>, before: &Cut, best: &Candidate, margin: f32) -> [f32; COUNT] {
    let truth = |b: bool| if b { 1.0 } else { 0.0 };
    let (inner, right) = (run.inner, best.other.right);
    let printed = run.chars[inner];
    let length = best.cut.length_at(inner);
    let word = best.cut.word_at(inner).unwrap_or(0);
    let words = &best.cut.words;
    // A neighbour that is a character by itself: a name, or nothing sensible.
    let alone = |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(|w| w.len() == 1);
    let edge = |n: Option<usize>| n.is_none_or(|n| n >= words.len());
    let strange = |w: &Range<usize>| {
        w.len() == 1 && !w.contains(&inner) && run.commonness(w.clone(), right) < -4.5
    };
    let single = |c: char| run.commonness(inner..inner + 1, c);
    let word_score = |cut: &Cut, c: char| {
        let word = cut.word_at(inner).map(|n| cut.words[n].clone());
        run.commonness(word.unwrap_or(inner..inner + 1), c)
    };
    [
        best.gain.min(5.0) / 5.0,
        (best.gain - 5.0).clamp(0.0, 10.0) / 5.0,
        best.other.odds + 3.0,
        truth(before.length_at(inner) > 1),
        truth(before.length_at(inner) > 2),
        truth(length > 1),
        truth(length > 2),
        word_score(&best.cut, right) / 3.0 + 1.0,
        word_score(before, printed) / 3.0 + 1.0,
        truth(alone(word.checked_sub(1))),
        truth(alone(Some(word + 1))),
        truth(edge(word.checked_sub(1))),
        truth(edge(Some(word + 1))),
        words.iter().filter(|w| strange(w)).count().min(3) as f32 / 2.0,
        best.cut.score / run.chars.len() as f32 + 2.0,
        margin.min(5.0) / 3.0,
        truth(best.weight() == 1),
        truth(best.weight() >= 2),
        truth(guard::follows_family(run.text, run.at)),
        guard::sounds_around(run.text, run.at) as f32 / 3.0,
        single(right) / 3.0 + 1.0,
        single(printed) / 3.0 + 1.0,
    ]
}
