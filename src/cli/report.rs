//! What a build came to, for people and for programs.

use serde_json::json;

use super::print::clock;
use crate::diag::{Diagnostic, Severity};
use crate::export::edition_title;
use crate::model::{Edition, Frames};
use crate::pipeline::Outcome;

/// The report as text.
pub fn text(outcome: &Outcome) -> String {
    let edition = &outcome.edition;
    let mut text = String::new();
    let mut line = |l: String| {
        text.push_str(&l);
        text.push('\n');
    };
    let seconds = |frames: Frames| frames.seconds(edition.sample_rate);
    line(format!("{}", edition_title(&edition.masthead)));
    for chapter in &edition.chapters {
        line(format!(
            "  {:02}  {:>7}  {}",
            chapter.number,
            clock(chapter.seconds),
            chapter.title
        ));
    }
    let voices: Vec<&str> = edition.voices.iter().map(|v| v.name.as_str()).collect();
    line(format!(
        "{} in {} chapters; {}",
        clock(seconds(edition.frames)),
        edition.chapters.len(),
        if voices.is_empty() {
            "no synthetic voice".into()
        } else {
            format!("voices: {}", voices.join(", "))
        },
    ));
    let intended: Vec<String> = (edition.omitted.iter().filter(|o| o.intended))
        .map(|o| format!("{} ({})", o.what, o.why))
        .collect();
    if !intended.is_empty() {
        line(format!("not read: {}", intended.join(", ")));
    }
    for diagnostic in worth_telling(edition) {
        line(diagnostic.to_string());
    }
    if outcome.unchanged {
        line(format!(
            "nothing has changed, nothing was spoken: {}",
            outcome.output.display()
        ));
    } else {
        line(format!(
            "{} of {} chunks spoken; the edition is in {}",
            outcome.spoken,
            outcome.chunks,
            outcome.output.display()
        ));
    }
    text
}

/// Doubts and omissions; notes stand in the index.
pub fn worth_telling(edition: &Edition) -> impl Iterator<Item = &Diagnostic> {
    edition
        .diagnostics
        .iter()
        .filter(|d| d.severity > Severity::Note)
}

/// The report as the last of the JSON lines.
pub fn record(outcome: &Outcome) -> serde_json::Value {
    let edition = &outcome.edition;
    json!({
        "event": "done",
        "output": outcome.output,
        "unchanged": outcome.unchanged,
        "complete": !outcome.incomplete(),
        "seconds": edition.frames.seconds(edition.sample_rate),
        "chapters": edition.chapters.len(),
        "chunks": outcome.chunks,
        "spoken": outcome.spoken,
        "diagnostics": edition.diagnostics,
        "omitted": edition.omitted,
    })
}
