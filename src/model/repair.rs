//! What was set right in the text of a page, and what was only doubted.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Place};

/// What to do about characters that look misread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Repair {
    /// Look for none.
    Off,
    /// Tell of them, change nothing.
    Flag,
    /// Set right what is sure, tell of the rest.
    #[default]
    Apply,
}

/// A character of a page that was misread, or may have been.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The file of the page as the user named it.
    pub file: String,
    /// Line of the page, from 1.
    pub line: u32,
    /// Column in code points after BOM and CR removal, from 0.
    pub col: u32,
    /// What the page says.
    pub wrong: char,
    /// What it should say.
    pub right: char,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
    /// Why, for an editor to judge.
    pub reason: String,
    /// What else it may be, the likeliest first.
    pub candidates: Vec<char>,
    /// Whether the text was changed.
    pub applied: bool,
}

impl Edit {
    /// The same, told to the editor: a note where the text was changed, a doubt
    /// where it was not.
    pub fn told(&self) -> Diagnostic {
        let place = Some(Place::new(&self.file, self.line, self.col));
        let Edit {
            wrong,
            right,
            reason,
            ..
        } = self;
        if self.applied {
            Diagnostic::note(place, format!("`{wrong}` was read as `{right}`: {reason}"))
        } else {
            let others: String = self.candidates.iter().collect();
            Diagnostic::doubt(
                place,
                format!("`{wrong}` may be a misread `{right}`: {reason}"),
            )
            .help(format!(
                "look at the printed page; it may be one of `{others}`"
            ))
        }
    }
}
