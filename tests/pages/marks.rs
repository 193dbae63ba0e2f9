//! How well misread characters were found and set right, by their places.

use std::collections::{HashMap, HashSet};

use crate::canon::canon;
use crate::gold::{Gold, Misread};
use crate::prediction::Prediction;

type Place = (usize, usize, usize);

/// Counts, so that those of many pages can be summed.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Misread characters on the page.
    pub errors: usize,
    pub edits: usize,
    pub fixed: usize,
    /// Edits of a misread character to yet another.
    pub wrong_fixes: usize,
    /// Edits of what was right.
    pub false_edits: usize,
    /// Misread characters that are set right or doubted.
    pub detected: usize,
    /// Places that are set right or doubted and need not have been let be.
    pub pointed: usize,
    /// The edits that were wrong.
    pub bad: Vec<Misread>,
    /// The misread characters that were not set right.
    pub missed: Vec<Misread>,
}

impl Marks {
    pub fn recall(&self) -> f64 {
        self.fixed as f64 / self.errors.max(1) as f64
    }

    pub fn precision(&self) -> f64 {
        self.fixed as f64 / self.edits.max(1) as f64
    }

    pub fn detection(&self) -> f64 {
        self.detected as f64 / self.errors.max(1) as f64
    }

    pub fn detection_precision(&self) -> f64 {
        self.detected as f64 / self.pointed.max(1) as f64
    }

    pub fn add(&mut self, other: Marks) {
        self.errors += other.errors;
        self.edits += other.edits;
        self.fixed += other.fixed;
        self.wrong_fixes += other.wrong_fixes;
        self.false_edits += other.false_edits;
        self.detected += other.detected;
        self.pointed += other.pointed;
        self.bad.extend(other.bad);
        self.missed.extend(other.missed);
    }
}

fn place(e: &Misread) -> Place {
    (e.page, e.line, e.col)
}

pub fn score(gold: &Gold, found: &Prediction) -> Marks {
    let wanted: HashMap<Place, &Misread> = (gold.misread.iter().filter(|e| e.apply))
        .map(|e| (place(e), e))
        .collect();
    let optional: HashSet<Place> = (gold.misread.iter().filter(|e| !e.apply))
        .map(place)
        .collect();
    let mut marks = Marks {
        errors: wanted.len(),
        ..Marks::default()
    };
    let mut fixed = HashSet::new();
    let mut pointed: HashSet<Place> = found.flags.iter().copied().collect();
    let changes = |e: &&Misread| canon(&e.wrong) != canon(&e.right);
    for edit in found.edits.iter().filter(changes) {
        let at = place(edit);
        marks.edits += 1;
        pointed.insert(at);
        match wanted.get(&at) {
            Some(error) if canon(&error.right) == canon(&edit.right) => {
                marks.fixed += 1;
                fixed.insert(at);
            }
            Some(_) => {
                marks.wrong_fixes += 1;
                marks.bad.push(edit.clone());
            }
            None if optional.contains(&at) => {}
            None => {
                marks.false_edits += 1;
                marks.bad.push(edit.clone());
            }
        }
    }
    marks.detected = wanted.keys().filter(|at| pointed.contains(at)).count();
    let soft: HashSet<Place> = gold.soft.iter().copied().chain(optional).collect();
    marks.pointed = pointed.difference(&soft).count();
    marks.missed = (wanted.iter().filter(|(at, _)| !fixed.contains(*at)))
        .map(|(_, e)| (*e).clone())
        .collect();
    marks.missed.sort_by_key(place);
    marks
}
