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
mod look;
mod marks;
#[cfg(test)]
mod tests;
mod weigh;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::glyph::Glyph;
use super::role::Role;
use super::torn::Item;
use crate::diag::Diagnostic;
use crate::lm::WordModel;
use crate::model::{Edit, Repair};
use evidence::Evidence;
use look::Looked;

/// The longest page that is looked through, in characters: some four times what
/// a large sheet in small print holds.
const LONGEST_PAGE: usize = 60_000;
/// A change is made from this confidence on.
const APPLIED: f32 = 0.9;
/// One is doubted from this confidence on.
const DOUBTED: f32 = 0.5;
/// What the same misreading elsewhere on the page adds, of its own odds …
const AGAIN: f32 = 0.6;
/// … of which no more than this counts.
const MOST_AGAIN: f32 = 4.0;
/// A change counts for what the page is like from these odds on.
const LIKELY: f32 = 2.2;
/// What a page without any other misreading adds to the odds, as natural log …
const CLEAN: f32 = -1.2;
/// … and one on which so many characters in a thousand are misread.
const SOILED: f32 = 0.0;
const MUCH: f32 = 1.0;
/// What a page adds on which far more is misread, and how many in a thousand
/// characters that is.
const FOUL: f32 = 0.4;
const FAR_MORE: f32 = 4.0;
/// So much more do pairs get that are misread in every print.
const OFTEN: f32 = 0.5;
/// How often a paragraph is looked through at most.
const PASSES: usize = 3;

/// How misread characters are looked for.
#[derive(Clone, Copy)]
pub struct Repairs<'a> {
    /// The model of words that tells what is likely: one of single words only
    /// raises doubts, without any only marks are looked at.
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
pub(super) fn repair(
    items: &mut [Item],
    file: &str,
    with: Repairs<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Edit> {
    let apply = match with.how {
        Repair::Off => return Vec::new(),
        Repair::Flag => false,
        Repair::Apply => with.model.is_none_or(WordModel::knows_neighbours),
    };
    let texts: Vec<Vec<char>> = items
        .iter()
        .map(|i| i.piece.glyphs.iter().map(|g| g.c).collect())
        .collect();
    let length: usize = texts.iter().map(Vec::len).sum();
    if length > LONGEST_PAGE {
        notes.push(
            Diagnostic::note(
                None,
                format!("{file} is no page of a paper: in its {length} characters no misread ones are looked for"),
            )
            .help("give the pages of an issue as files of their own"),
        );
        return Vec::new();
    }
    let page = Evidence::of(&texts);
    let wanted = |item: &Item| item.role.is_body() || item.role == Role::Heading;
    let reader = with.model.map(|model| Reader { model, page, apply });
    let first: Vec<BTreeMap<usize, Looked>> = items
        .iter()
        .zip(&texts)
        .map(|(item, text)| match &reader {
            Some(reader) if wanted(item) => reader.look(text, 0..text.len()),
            _ => BTreeMap::new(),
        })
        .collect();
    let found = || first.iter().flat_map(BTreeMap::values);
    let again = again(found());
    let noise = Noise::of(found(), length);
    let mut found = Vec::new();
    for ((item, mut text), first) in items.iter_mut().zip(texts).zip(first) {
        if !wanted(item) {
            continue;
        }
        let glyphs = &mut item.piece.glyphs;
        let mut edits = match &reader {
            Some(reader) => reader.words(first, (&again, noise), &mut text, glyphs),
            None => BTreeMap::new(),
        };
        for mark in marks::look(glyphs) {
            let edit = Edit {
                right: mark.right,
                confidence: marks::SURE,
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

/// What a page's other misreadings of the same kind add to the odds of each, by
/// what was read and what is right, with how often it was found.
type Again = HashMap<(char, char), f32>;

/// A reading program takes one form for another all over a page: a rare
/// character that is likely to be the same common one in several places.
fn again<'a>(looked: impl Iterator<Item = &'a Looked>) -> Again {
    let mut odds: Again = HashMap::new();
    for looked in looked.filter(|l| l.odds > 0.0 && l.commoner && !l.barred) {
        let pair = (looked.edit.wrong, looked.edit.right);
        *odds.entry(pair).or_default() += looked.odds;
    }
    odds
}

/// How likely something is of such odds, as natural log.
fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// How much of a page is misread: where much is, more is.
#[derive(Debug, Clone, Copy)]
struct Noise {
    /// How many characters most probably are.
    sure: f32,
    /// How long the page is, in thousands of characters.
    length: f32,
}

impl Noise {
    fn of<'a>(looked: impl Iterator<Item = &'a Looked>, length: usize) -> Noise {
        Noise {
            sure: looked.map(Noise::counts).sum(),
            length: (length as f32 / 1000.0).max(1.0),
        }
    }

    /// What a likely change counts; an unlikely one tells nothing.
    fn counts(looked: &Looked) -> f32 {
        let likely = looked.odds >= LIKELY && !looked.barred;
        if likely { chance(looked.odds) } else { 0.0 }
    }

    /// What the page's other misreadings add to the odds of one.
    fn others(self, looked: &Looked) -> f32 {
        let others = (self.sure - Noise::counts(looked)).max(0.0);
        let share = (others / self.length / MUCH).min(1.0);
        let foul = ((others / self.length - MUCH) / FAR_MORE).clamp(0.0, 1.0);
        let often = if looked.often { OFTEN } else { 0.0 };
        CLEAN + (SOILED - CLEAN) * share + FOUL * foul + often
    }
}

/// Reads the paragraphs of a page.
struct Reader<'a> {
    model: &'a WordModel,
    page: Evidence,
    apply: bool,
}

impl Reader<'_> {
    fn look(&self, text: &[char], places: impl Iterator<Item = usize>) -> BTreeMap<usize, Looked> {
        places
            .filter_map(|at| Some((at, look::look(self.model, &self.page, text, at)?)))
            .collect()
    }

    /// The changes of a paragraph, from what was found at first. What stands
    /// near a change is looked at again: a misread character hides what its
    /// neighbours are.
    fn words(
        &self,
        first: BTreeMap<usize, Looked>,
        (again, noise): (&Again, Noise),
        text: &mut [char],
        glyphs: &[Glyph],
    ) -> BTreeMap<usize, Edit> {
        let mut edits: BTreeMap<usize, Edit> = BTreeMap::new();
        let mut looked = first;
        for pass in 1..=PASSES {
            let mut changed = Vec::new();
            for (at, found) in looked {
                let Glyph { line, col, .. } = glyphs[at];
                let odds = found.odds;
                let mut edit = found.edit.clone();
                let features = found.features;
                log::trace!("{line} {col} {} {} {features:?}", edit.wrong, edit.right);
                let all = again.get(&(edit.wrong, edit.right)).copied().unwrap_or(0.0);
                let others = (all - odds).clamp(0.0, MOST_AGAIN);
                let more = if found.commoner && odds > 0.0 {
                    others
                } else {
                    0.0
                };
                let odds = odds + AGAIN * more + noise.others(&found);
                edit.confidence = chance(odds);
                if found.barred {
                    edit.confidence = edit.confidence.min(APPLIED - 0.01);
                }
                if edit.confidence < DOUBTED {
                    continue;
                }
                edit.applied = self.apply && edit.confidence >= APPLIED;
                if edit.applied {
                    text[at] = edit.right;
                    changed.push(at);
                }
                edits.insert(at, edit);
            }
            // Doubts near a change of the last pass stay as they were found.
            if pass == PASSES || changed.is_empty() {
                break;
            }
            let near = changed
                .iter()
                .flat_map(|c| c.saturating_sub(look::REACH)..text.len().min(c + look::REACH + 1));
            let open = |at: &usize| !edits.get(at).is_some_and(|e| e.applied);
            let due: BTreeSet<usize> = near.filter(open).collect();
            due.iter().for_each(|at| drop(edits.remove(at)));
            looked = self.look(text, due.into_iter());
        }
        edits
    }
}

/// An edit of a character whose place is not known yet.
pub(super) fn nowhere(wrong: char) -> Edit {
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
pub(super) fn place(edit: Edit, glyph: &mut Glyph, file: &str) -> Edit {
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
