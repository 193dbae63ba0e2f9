//! The first half alone: pages → an issue folder that an editor can edit, and
//! the same again when the pages have changed.

mod decide;
mod diff;
mod follow;
mod merge;
mod record;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::review::{page_texts, reports};
use super::source::{Sources, read_sources};
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::export::{REPORT_FILE, REVIEW_FILE};
use crate::folder::{self, FolderFile, SETTINGS_FILE};
use crate::ingest::{PageFile, PagesRead};
use crate::model::{Edit, Issue, PageText, Repair, Settings};
use crate::store::{self, Lock};
use decide::{Decision, decide};
use record::{ARTICLES, Record};

pub use decide::{Change, Fate, Why};

/// Where the raw pages are kept, as paths begin with it.
const PAGES: &str = "pages/";

/// What is to be read, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingest {
    /// The pages, in order.
    pub pages: Vec<PathBuf>,
    /// What to do about misread characters.
    pub repair: Repair,
    /// The issue folder; `None` writes nothing.
    pub folder: Option<PathBuf>,
    /// Whether what the pages say goes over what somebody edited.
    pub force: bool,
    /// Whether only to tell what would be done.
    pub dry_run: bool,
}

/// What was read and what became of the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingested {
    /// The issue as understood.
    pub issue: Issue,
    /// Characters of the pages that were set right, and those that are doubted.
    pub edits: Vec<Edit>,
    /// What was met on the way, files that were kept back among it.
    pub notes: Vec<Diagnostic>,
    /// Every file of the folder that the pages give now or gave before, and what
    /// is done with it; none without a folder.
    pub changes: Vec<Change>,
    /// Whether the folder was written by an earlier run.
    pub again: bool,
}

impl Ingested {
    /// How many files there are now.
    pub fn files(&self) -> usize {
        self.changes.iter().filter(|c| c.after.is_some()).count()
    }

    /// What changes, as a unified diff; the reports, which are all new whenever
    /// anything is, are left out.
    pub fn diff(&self) -> String {
        let (reports, files): (Vec<Change>, Vec<Change>) =
            (self.changes.iter().cloned()).partition(|c| is_report(&c.path));
        let mut text = diff::diff(&files);
        for report in reports.iter().filter(|c| c.fate != Fate::Same) {
            text.push_str(&format!("# {} is not shown\n", report.path));
        }
        text
    }
}

/// Reads some pages and, when a folder is given, writes them there as an issue
/// folder, with the reports of how they were read.
///
/// In a folder that was written before, what nobody edited follows the pages,
/// under another name when the article's number or headline is another now; an
/// edited file takes what changed in other lines than the editor's, and is left
/// alone otherwise, with a doubt. A file that ingest did not write is never
/// written over, one that the editor removed does not come back. `force` writes
/// all as the pages have it.
///
/// # Errors
/// Pages that cannot be read; a folder with files in the way that was never
/// written by ingest; a disk that refuses.
pub fn ingest(job: &Ingest) -> Result<Ingested> {
    let mut notes = Vec::new();
    let Sources { read, kept } = read_sources(&job.pages, job.repair, &mut notes)?;
    let texts = page_texts(&kept, &read);
    let PagesRead { issue, edits } = read;
    let mut ingested = Ingested {
        issue,
        edits,
        notes,
        changes: Vec::new(),
        again: false,
    };
    if let Some(folder) = &job.folder {
        into_folder(&mut ingested, kept, &texts, folder, job)?;
    }
    Ok(ingested)
}

/// Writes what was read into the folder, or only tells how.
fn into_folder(
    ingested: &mut Ingested,
    pages: Vec<PageFile>,
    texts: &[PageText],
    folder: &Path,
    job: &Ingest,
) -> Result<()> {
    let raw: Vec<FolderFile> = pages
        .into_iter()
        .map(|p| FolderFile {
            path: p.name,
            bytes: p.bytes,
        })
        .collect();
    // Only who writes needs the folder for himself.
    let _lock = match job.dry_run {
        true => None,
        false => Some(Lock::take(folder)?),
    };
    let wanted = folder::write(&ingested.issue, &Settings::default(), &raw);
    let before = record::read(folder)?;
    let disk = on_disk(folder)?;
    ingested.again = !before.is_empty();
    let split = |report: bool| -> Record {
        let mut known = before.clone();
        known.retain(|path, _| is_report(path) == report);
        known
    };
    // A folder that was emptied is begun anew.
    let is_empty = (disk.keys()).all(|p| p != SETTINGS_FILE && !p.starts_with(ARTICLES));
    let known = if is_empty {
        Record::new()
    } else {
        split(false)
    };
    let Decision {
        changes,
        record: mut after,
    } = decide(wanted, &known, &disk, job.force);
    if before.is_empty() {
        refuse_foreign(folder, &changes)?;
    }
    (ingested.notes).extend(changes.iter().filter_map(|c| told(c, folder)));

    // What was kept back stands in the reports.
    let reports = reports(&ingested.issue, &ingested.edits, &ingested.notes, texts)?;
    let about = decide(reports, &split(true), &disk, job.force);
    (ingested.notes).extend(about.changes.iter().filter_map(|c| told(c, folder)));
    after.extend(about.record);
    ingested.changes = changes;
    ingested.changes.extend(about.changes);
    if job.dry_run {
        return Ok(());
    }
    write(folder, &ingested.changes)?;
    // Should it break off here, the next run knows a file of no record by its
    // text, while one that is recorded no more would stay for ever.
    remove(folder, &ingested.changes)?;
    record::write(folder, &before, &after)
}

/// Refuses a folder with files in the way that ingest never wrote into: its
/// articles and those of the pages would become one issue.
fn refuse_foreign(folder: &Path, changes: &[Change]) -> Result<()> {
    let foreign: Vec<&str> = (changes.iter())
        .filter(|c| c.fate == Fate::Kept(Why::Foreign))
        .map(|c| c.path.as_str())
        .collect();
    let Some(first) = foreign.first() else {
        return Ok(());
    };
    Err(Fault::new(format!(
        "the folder was not written by ingest and has files in the way: {}",
        foreign.join(", ")
    ))
    .at(Place::file(folder.join(first).display().to_string()))
    .help("choose another folder with -o, or add --force to lose them"))
}

fn is_report(path: &str) -> bool {
    path == REPORT_FILE || path == REVIEW_FILE
}

/// Everything in the folder that could be one of our files.
fn on_disk(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for path in [SETTINGS_FILE, REPORT_FILE, REVIEW_FILE] {
        let file = folder.join(path);
        if store::exists(&file) {
            files.insert(path.to_string(), store::read("file", &file)?);
        }
    }
    for inner in [ARTICLES, PAGES] {
        for (name, bytes) in store::files_in(&folder.join(inner))? {
            files.insert(format!("{inner}{name}"), bytes);
        }
    }
    Ok(files)
}

/// Writes what is not there yet. A file that is to move is never written over
/// before it stands in its new place, so that a run that breaks off loses no
/// edited word.
fn write(folder: &Path, changes: &[Change]) -> Result<()> {
    let mut left: Vec<(&Change, &[u8])> = (changes.iter())
        .filter(|c| c.from.is_some() || c.before != c.after)
        .filter_map(|c| Some((c, c.after.as_deref()?)))
        .collect();
    while !left.is_empty() {
        let waits = |change: &Change| {
            left.iter()
                .any(|(c, _)| c.from.as_ref() == Some(&change.path))
        };
        // Only files that change places with one another all wait.
        let next = left.iter().position(|(c, _)| !waits(c)).unwrap_or(0);
        let (change, bytes) = left.remove(next);
        store::write(&folder.join(&change.path), bytes)?;
    }
    Ok(())
}

/// Removes what moved away and what the pages no longer give.
fn remove(folder: &Path, changes: &[Change]) -> Result<()> {
    let stays: BTreeSet<&str> = (changes.iter())
        .filter(|c| c.after.is_some())
        .map(|c| c.path.as_str())
        .collect();
    let gone = changes.iter().filter_map(|c| match (&c.from, c.fate) {
        (Some(from), _) => Some(from),
        (None, Fate::Removed) => Some(&c.path),
        _ => None,
    });
    for path in gone.filter(|path| !stays.contains(path.as_str())) {
        store::remove(&folder.join(path))?;
    }
    Ok(())
}

/// What is said of a file that was left alone, or that has the words of both.
fn told(change: &Change, folder: &Path) -> Option<Diagnostic> {
    let place = Some(Place::file(folder.join(&change.path).display().to_string()));
    let look = "run the same command with --dry-run to see the difference, \
                with --force to take what the pages say";
    let doubt = |message: &str| Some(Diagnostic::doubt(place.clone(), message).help(look));
    let note = |message: &str| Some(Diagnostic::note(place.clone(), message));
    match change.fate {
        Fate::Same | Fate::New | Fate::Updated | Fate::Removed => None,
        Fate::Merged => note("the file was edited; what changed on the pages was put into it"),
        Fate::Partly => doubt(&format!(
            "the file was edited; what changed on the pages was put into it, but not in {}, which \
             both changed",
            lines(&change.lines)
        )),
        Fate::Kept(Why::Edited) => {
            note("the file was edited and is kept; the pages say what they said before")
        }
        Fate::Kept(Why::Differs) => {
            doubt("the file was edited and is kept; what the pages say now is not in it")
        }
        Fate::Kept(Why::Foreign) => {
            doubt("the file was not written by ingest and is kept; what the pages say is not in it")
        }
        Fate::Kept(Why::Gone) => note("the file was removed and is not written again")
            .map(|d| d.help("run the same command with --force to bring all files back")),
        Fate::Kept(Why::GoneDiffers) => doubt(
            "the file was removed and is not written again, though the pages say something else now",
        ),
        Fate::Kept(Why::Dropped) => Some(
            Diagnostic::doubt(
                place,
                "the file was edited and is kept, though the pages no longer give this article",
            )
            .help("remove the file if the edition is not to speak it"),
        ),
    }
}

/// `line 5`, `lines 5 and 9`, `lines 5, 9 and 12`.
fn lines(numbers: &[usize]) -> String {
    let told: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match told.as_slice() {
        [] => "some lines".into(),
        [one] => format!("line {one}"),
        [first @ .., last] => format!("lines {} and {last}", first.join(", ")),
    }
}
