//! `report.json`: every edit and every doubt with its place, for programs.
//!
//! `format` is read first. `pages` are the files in order; `edits` are the
//! characters that look misread, set right where `applied`; `flags` whatever
//! else was met on the way, without what only repeats an edit. Lines count from
//! 1, columns from 0 in code points, as everywhere. The same pages give the
//! same bytes. Its JSON Schema is `schema/report-1.schema.json`.

use serde::Serialize;

use super::review::Review;
use crate::diag::{Diagnostic, Result, Severity};
use crate::model::Edit;

/// The file's name, beside what was made of the pages.
pub const REPORT_FILE: &str = "report.json";
/// The number of the format.
const FORMAT: u32 = 1;

/// The whole report.
#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    pages: Vec<Page<'a>>,
    counts: Counts,
    edits: Vec<Change<'a>>,
    flags: Vec<&'a Diagnostic>,
}

/// A page.
#[derive(Serialize)]
struct Page<'a> {
    file: &'a str,
    lines: usize,
    characters: usize,
}

/// How much there is of each, so that a desk sees at a glance.
#[derive(Serialize)]
struct Counts {
    articles: usize,
    edits_applied: usize,
    edits_doubted: usize,
    omissions: usize,
    doubts: usize,
    notes: usize,
}

/// An edit; its fields are those of [`Edit`], in the report's own order.
#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    line: u32,
    col: u32,
    wrong: char,
    right: char,
    applied: bool,
    confidence: f64,
    reason: &'a str,
    candidates: &'a [char],
}

/// The report as it is written: UTF-8, two spaces of indentation, a line end at
/// the end.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub fn report_json(review: Review<'_>) -> Result<Vec<u8>> {
    let flags = review.flags();
    let of = |severity| flags.iter().filter(|f| f.severity == severity).count();
    let applied = review.edits.iter().filter(|e| e.applied).count();
    let report = Report {
        format: FORMAT,
        pages: (review.pages.iter())
            .map(|page| Page {
                file: &page.file,
                lines: page.text.lines().count(),
                characters: page.text.chars().filter(|c| *c != '\n').count(),
            })
            .collect(),
        counts: Counts {
            articles: review.issue.articles.len(),
            edits_applied: applied,
            edits_doubted: review.edits.len() - applied,
            omissions: of(Severity::Omission),
            doubts: of(Severity::Doubt),
            notes: of(Severity::Note),
        },
        edits: review.edits.iter().map(change).collect(),
        flags,
    };
    super::json(REPORT_FILE, &report)
}

fn change(edit: &Edit) -> Change<'_> {
    Change {
        file: &edit.file,
        line: edit.line,
        col: edit.col,
        wrong: edit.wrong,
        right: edit.right,
        applied: edit.applied,
        // Four places are more than it means, and the same on every processor.
        confidence: (f64::from(edit.confidence) * 1e4).round() / 1e4,
        reason: &edit.reason,
        candidates: &edit.candidates,
    }
}
