//! Misread characters, set right where the page proves it and doubted where it
//! only suspects.
//!
//! A character that looks like another is tried as that other; the model of
//! words says how much likelier the text around becomes, and the page itself
//! whether it has the same words elsewhere. A change is made only when both
//! together are nearly sure and no other character comes near.

mod alike;
mod evidence;
mod lattice;
mod marks;
#[cfg(test)]
mod tests;

use super::glyph::{Glyph, is_han};
use super::role::Role;
use super::torn::Item;
use crate::lm::{Word, WordModel};
use crate::model::{Edit, Repair};
use evidence::Evidence;

/// How far to each side of a character its words may reach, in characters.
const REACH: usize = 8;
/// A change is made from this confidence on …
const APPLIED: f32 = 0.98;
/// … and from this one on it is doubted.
const DOUBTED: f32 = 0.6;
/// How much likelier than the runner-up a change has to be, as log10.
const CLEARLY: f32 = 1.0;
/// How rare a misreading is, as log10 of its odds against the print being
/// right.
const RARE: f32 = -3.0;
/// What the page's own use of the words adds, as log10 of odds, a step.
const EVIDENCE: f32 = 2.5;
/// A word by itself that is at least so common may replace a character that is
/// part of no word.
const COMMON: f32 = -3.2;

/// Words before a person's name.
const TITLES: &[&str] = &[
    "记者",
    "通讯员",
    "书记",
    "主任",
    "委员",
    "教授",
    "经理",
    "院长",
    "校长",
    "所长",
    "局长",
    "处长",
    "科长",
    "队长",
    "会长",
    "站长",
    "馆长",
    "社长",
    "主席",
    "医生",
    "老师",
    "律师",
    "居民",
    "志愿者",
    "村民",
    "警官",
    "民警",
    "作者",
    "摄影",
    "编辑",
    "叫",
    "姓",
];
/// How far behind a title a name may reach, in characters.
const NAME: usize = 4;

/// How misread characters are looked for.
#[derive(Clone, Copy)]
pub struct Repairs<'a> {
    /// The model of words that tells what is likely; without one only marks
    /// are looked at.
    pub model: Option<&'a WordModel>,
    /// What to do about them.
    pub how: Repair,
}

impl Repairs<'_> {
    /// None are looked for.
    pub const OFF: Repairs<'static> = Repairs {
        model: None,
        how: Repair::Off,
    };
}

/// Looks for misread characters in what a page's articles say; those that are
/// sure are set right when `how` says so. What was found, in page order.
pub(super) fn repair(items: &mut [Item], file: &str, with: Repairs<'_>) -> Vec<Edit> {
    let apply = match with.how {
        Repair::Off => return Vec::new(),
        Repair::Flag => false,
        Repair::Apply => true,
    };
    let texts: Vec<Vec<char>> = items
        .iter()
        .map(|i| i.piece.glyphs.iter().map(|g| g.c).collect())
        .collect();
    let page = Evidence::of(texts.iter().map(Vec::as_slice));
    let mut found = Vec::new();
    for (item, mut text) in items.iter_mut().zip(texts) {
        if !matches!(item.role, Role::Prose | Role::Heading | Role::Item(_)) {
            continue;
        }
        let glyphs = &mut item.piece.glyphs;
        for at in 0..text.len() {
            let Some(model) = with.model else { break };
            let Some(mut edit) = look(model, &page, &text, at) else {
                continue;
            };
            edit.applied = apply && edit.confidence >= APPLIED;
            if edit.applied {
                text[at] = edit.right;
            }
            found.push(place(edit, &mut glyphs[at], file));
        }
        for mark in marks::look(glyphs) {
            let edit = Edit {
                right: mark.right,
                confidence: APPLIED,
                reason: mark.reason.into(),
                candidates: vec![mark.right],
                applied: apply,
                ..nowhere(glyphs[mark.at].c)
            };
            found.push(place(edit, &mut glyphs[mark.at], file));
        }
    }
    found.sort_by_key(|e| (e.line, e.col));
    found
}

/// An edit of a character whose place is not known yet.
fn nowhere(wrong: char) -> Edit {
    Edit {
        file: String::new(),
        line: 0,
        col: 0,
        wrong,
        right: wrong,
        confidence: 0.0,
        reason: String::new(),
        candidates: Vec::new(),
        applied: false,
    }
}

/// The edit at its place; the character is changed when it is applied.
fn place(edit: Edit, glyph: &mut Glyph, file: &str) -> Edit {
    if edit.applied {
        glyph.c = edit.right;
    }
    Edit {
        file: file.to_string(),
        line: glyph.line,
        col: glyph.col,
        ..edit
    }
}

/// A candidate and how much likelier it makes the text, as log10 of odds.
struct Candidate {
    right: char,
    odds: f32,
    seen: u32,
}

/// The best reading of the character at `at`, if it is another than printed.
fn look(model: &WordModel, page: &Evidence, text: &[char], at: usize) -> Option<Edit> {
    let printed = text[at];
    let others = alike::candidates(printed);
    if others.is_empty() || is_guarded(text, at) {
        return None;
    }
    let start = (at.saturating_sub(REACH)..at)
        .rev()
        .find(|i| !is_han(text[*i]))
        .map_or(at.saturating_sub(REACH), |i| i + 1);
    let end = (at + 1..text.len().min(at + REACH + 1))
        .find(|i| !is_han(text[*i]))
        .unwrap_or(text.len().min(at + REACH + 1));
    let mut run = text[start..end].to_vec();
    let inner = at - start;
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut before = None;
    for right in others {
        let seen = page.weight(text, at, *right);
        if seen == 0 && !makes_word(model, &mut run, inner, *right) {
            continue;
        }
        let printed_score = *before.get_or_insert_with(|| lattice::best(model, &run));
        run[inner] = *right;
        let gain = lattice::best(model, &run) - printed_score;
        run[inner] = printed;
        candidates.push(Candidate {
            right: *right,
            odds: gain + RARE + EVIDENCE * seen as f32,
            seen,
        });
    }
    candidates.sort_by(|a, b| b.odds.total_cmp(&a.odds));
    let best = candidates.first()?;
    let second = candidates.get(1).map_or(f32::NEG_INFINITY, |c| c.odds);
    let mut confidence = 1.0 / (1.0 + 10f32.powf(-best.odds));
    if best.odds - second < CLEARLY {
        confidence = confidence.min(APPLIED - 0.01);
    }
    if confidence < DOUBTED {
        return None;
    }
    let mut words = text[start..end].to_vec();
    words[inner] = best.right;
    let near: String = words[inner.saturating_sub(3)..words.len().min(inner + 4)]
        .iter()
        .collect();
    Some(Edit {
        right: best.right,
        confidence,
        reason: match best.seen {
            0 => format!("`{near}` is far likelier"),
            _ => format!("the page says `{near}` elsewhere"),
        },
        candidates: candidates.iter().take(3).map(|c| c.right).collect(),
        ..nowhere(printed)
    })
}

/// Whether `right` in place of the printed character makes a word of two
/// characters or more that the model knows, or is a common word itself where
/// the printed one is part of no word.
fn makes_word(model: &WordModel, run: &mut [char], at: usize, right: char) -> bool {
    let printed = std::mem::replace(&mut run[at], right);
    let mut made = false;
    let mut broken = false;
    for start in at.saturating_sub(3)..=at {
        for end in (at + 1).max(start + 2)..=run.len().min(start + 4) {
            let word = |c: char| -> String {
                (start..end)
                    .map(|i| if i == at { c } else { run[i] })
                    .collect()
            };
            made |= model.word(&word(right)).is_some();
            broken |= model.word(&word(printed)).is_some();
        }
    }
    run[at] = printed;
    let common = || {
        model
            .word(&right.to_string())
            .is_some_and(|w: Word| model.score(crate::lm::Context::NONE, w).0 > COMMON)
    };
    made || (!broken && common())
}

/// What is never changed by words alone: a single character in quotes (a pun),
/// and what may be a person's name.
fn is_guarded(text: &[char], at: usize) -> bool {
    let quote = |i: Option<usize>| {
        i.and_then(|i| text.get(i))
            .is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」'))
    };
    if quote(at.checked_sub(1)) && quote(Some(at + 1)) {
        return true;
    }
    TITLES.iter().any(|title| {
        let title: Vec<char> = title.chars().collect();
        (1..=NAME).any(|back| {
            let Some(end) = (at + 1).checked_sub(back) else {
                return false;
            };
            end >= title.len() && text[end - title.len()..end] == title[..]
        })
    })
}
