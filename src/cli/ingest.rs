//! `tingbao ingest`.

use super::Exit;
use super::args::IngestArgs;
use super::print::out;
use crate::diag::{Result, Severity};
use crate::export;
use crate::pipeline::{self, Change, Fate, Ingest, Ingested, Why};

pub fn ingest(args: IngestArgs) -> Result<Exit> {
    let made = pipeline::ingest(&Ingest {
        pages: args.pages,
        repair: args.repair,
        folder: args.output.clone(),
        force: args.force,
        dry_run: args.dry_run,
    })?;
    let mut text = report(&made);
    if let Some(folder) = &args.output {
        let folder = folder.display();
        text.push_str(&if args.dry_run {
            format!("nothing was written into {folder}\n")
        } else {
            format!(
                "{} files in {folder}; edit them, then run `tingbao build {folder}`\n",
                made.files()
            )
        });
    }
    if args.dry_run {
        eprint!("{text}");
        out(&made.diff())?;
    } else if args.json {
        eprint!("{text}");
        let json = export::reading_json(&made.issue, &made.notes, &made.edits)?;
        out(&String::from_utf8_lossy(&json))?;
    } else {
        out(&text)?;
    }
    Ok(Exit::Complete)
}

/// The articles, what is doubted, and what became of a folder that was there.
fn report(made: &Ingested) -> String {
    let mut text = String::new();
    for article in &made.issue.articles {
        text.push_str(&format!(
            "  {}  {}{}\n",
            article.id,
            article.kind.name(),
            if article.read { "" } else { ", not read" }
        ));
    }
    let doubts = made.notes.iter().filter(|d| d.severity > Severity::Note);
    for doubt in doubts {
        text.push_str(&format!("{doubt}\n"));
    }
    if made.again {
        for change in &made.changes {
            text.push_str(&fate(change));
        }
    }
    text
}

/// What is done with one file, in a line.
fn fate(change: &Change) -> String {
    let path = match &change.from {
        Some(from) => format!("{from} -> {}", change.path),
        None => change.path.clone(),
    };
    let what = match change.fate {
        Fate::Same if change.from.is_none() => return String::new(),
        Fate::Same => "moved",
        Fate::New => "new",
        Fate::Updated => "updated",
        Fate::Merged => "merged with your edits",
        Fate::Partly => "merged with your edits, which stay where both changed",
        Fate::Removed => "removed, no longer on the pages",
        Fate::Kept(Why::Edited | Why::Differs) => "kept as edited",
        Fate::Kept(Why::Foreign) => "kept, not written by ingest",
        Fate::Kept(Why::Gone | Why::GoneDiffers) => "stays removed",
        Fate::Kept(Why::Dropped) => "kept as edited, no longer on the pages",
    };
    format!("{what}: {path}\n")
}
