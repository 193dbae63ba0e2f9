//! What a build came to, for people and for programs.

use serde_json::json;

use super::print::clock;
use crate::diag::{Diagnostic, Severity};
use crate::export::edition_title;
use crate::model::{Edition, Format, Frames};
use crate::pipeline::Outcome;
use crate::text::LexiconReport;

/// So many words of a lexicon are named in the report.
const MOST_WORDS: usize = 6;

/// The report as text.
pub fn text(outcome: &Outcome) -> String {
    let edition = &outcome.edition;
    let mut text = String::new();
    let mut line = |l: String| {
        text.push_str(&l);
        text.push('\n');
    };
    let seconds = |frames: Frames| frames.seconds(edition.sample_rate);
    line(edition_title(&edition.masthead));
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
    for told in lexicon(&outcome.lexicon) {
        line(told);
    }
    if let Some(told) = without_podcast(edition) {
        line(told.into());
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

/// What the lexicons did, in two lines at most: `--json` and the index tell all.
fn lexicon(report: &LexiconReport) -> Vec<String> {
    let mut lines = Vec::new();
    let words = report.changed.iter().take(MOST_WORDS);
    let mut changed: Vec<String> = words
        .map(|c| match (c.pinyin.as_str(), c.times) {
            ("", _) => format!("{} not read", c.word),
            (pinyin, 1) => format!("{} {pinyin}", c.word),
            (pinyin, n) => format!("{} {pinyin} ({n} times)", c.word),
        })
        .collect();
    if let Some(more) = report.changed.len().checked_sub(MOST_WORDS + 1) {
        changed.push(format!("and {} more", more + 1));
    }
    if !changed.is_empty() {
        lines.push(format!("changed by a lexicon: {}", changed.join(", ")));
    }
    // Entries stand in the order of their files.
    let files = report
        .unmatched
        .chunk_by(|a, b| a.entry.file == b.entry.file);
    let unmatched: Vec<String> = files
        .map(|own| {
            let file = &own[0].entry.file;
            if own.len() > MOST_WORDS {
                return format!("{} entries of {file}", own.len());
            }
            let words: Vec<&str> = own.iter().map(|u| u.word.as_str()).collect();
            format!("{} of {file}", words.join(" "))
        })
        .collect();
    if !unmatched.is_empty() {
        lines.push(format!("never met: {}", unmatched.join("; ")));
    }
    lines
}

/// What is said of a podcast that was asked for and cannot be: its own note stands in
/// the index among others.
pub fn without_podcast(edition: &Edition) -> Option<&'static str> {
    let listener = edition.exports.as_ref()?.sets.listener.as_ref()?;
    (listener.forms.contains(&Format::Podcast) && edition.podcast.is_none()).then_some(
        "no podcast: issue.toml does not say under [podcast] `base` where it will be on the web",
    )
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
        "lexicon": outcome.lexicon,
    })
}
