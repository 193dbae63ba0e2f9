//! Misread characters, set right where the page proves it and doubted where it
//! only suspects.
//!
//! A character that looks like another is tried as that other; the model of
//! words says how much likelier the text around becomes, and the page itself
//! whether it has the same words elsewhere. A change is made only when both
//! together are nearly sure and no other character comes near.

mod alike;
mod evidence;
mod guard;
pub(super) mod lattice;
mod look;
mod marks;
#[cfg(test)]
mod tests;
mod weigh;

use std::collections::BTreeMap;

use super::glyph::Glyph;
use super::role::Role;
use super::torn::Item;
use crate::lm::WordModel;
use crate::model::{Edit, Repair};
use evidence::Evidence;

/// A change is made from this confidence on.
const APPLIED: f32 = 0.97;
/// One is doubted from this confidence on.
const DOUBTED: f32 = 0.5;
/// How often a paragraph is looked through at most.
const PASSES: usize = 3;

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
        let mut edits = match with.model {
            Some(model) => words(model, &page, &mut text, glyphs, apply),
            None => BTreeMap::new(),
        };
        for mark in marks::look(glyphs) {
            let edit = Edit {
                right: mark.right,
                confidence: APPLIED,
                reason: mark.reason.into(),
                candidates: vec![mark.right],
                applied: apply,
                ..nowhere(glyphs[mark.at].c)
            };
            edits.insert(mark.at, edit);
        }
        let placed = edits.into_iter();
        found.extend(placed.map(|(at, edit)| place(edit, &mut glyphs[at], file)));
    }
    found.sort_by_key(|e| (e.line, e.col));
    found
}

/// Looks at every character of a paragraph, and again at those near a change:
/// a misread character hides what its neighbours are.
fn words(
    model: &WordModel,
    page: &Evidence,
    text: &mut [char],
    glyphs: &[Glyph],
    apply: bool,
) -> BTreeMap<usize, Edit> {
    let mut edits: BTreeMap<usize, Edit> = BTreeMap::new();
    let mut due: Vec<usize> = (0..text.len()).collect();
    for _ in 0..PASSES {
        let mut changed = Vec::new();
        for at in due {
            if edits.get(&at).is_some_and(|e| e.applied) {
                continue;
            }
            edits.remove(&at);
            let Some((mut edit, features)) = look::look(model, page, text, at) else {
                continue;
            };
            let Glyph { line, col, .. } = glyphs[at];
            log::trace!("{line} {col} {} {} {features:?}", edit.wrong, edit.right);
            if edit.confidence < DOUBTED {
                continue;
            }
            edit.applied = apply && edit.confidence >= APPLIED;
            if edit.applied {
                text[at] = edit.right;
                changed.push(at);
            }
            edits.insert(at, edit);
        }
        due = (0..text.len())
            .filter(|at| changed.iter().any(|c| c.abs_diff(*at) <= look::REACH))
            .collect();
    }
    edits
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
