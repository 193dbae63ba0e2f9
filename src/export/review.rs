//! What was read from pages, as the reports for an editor tell it.

use std::collections::HashMap;

use crate::diag::{Diagnostic, Place};
use crate::model::{Edit, Issue, PageText};

/// Pages and what was made of them.
#[derive(Debug, Clone, Copy)]
pub struct Review<'a> {
    /// The issue as understood.
    pub issue: &'a Issue,
    /// Characters that were set right, and those that are doubted.
    pub edits: &'a [Edit],
    /// What was met on the way; what only repeats an edit may be among it.
    pub notes: &'a [Diagnostic],
    /// The pages, in order.
    pub pages: &'a [PageText],
}

impl<'a> Review<'a> {
    /// The remarks that tell more than the edits do.
    pub(super) fn flags(&self) -> Vec<&'a Diagnostic> {
        let mut told: HashMap<Place, Vec<Diagnostic>> = HashMap::new();
        for edit in self.edits {
            let place = Place::new(&edit.file, edit.line, edit.col);
            told.entry(place).or_default().push(edit.told());
        }
        let repeats = |note: &Diagnostic| {
            (note.place.as_ref())
                .and_then(|place| told.get(place))
                .is_some_and(|edits| edits.contains(note))
        };
        self.notes.iter().filter(|n| !repeats(n)).collect()
    }
}
