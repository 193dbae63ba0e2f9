//! The first half alone: pages → an issue folder that an editor can edit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::load::{page_files, read_pages};
use super::review::{page_texts, reports};
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::folder::{self, FolderFile};
use crate::ingest::{PageFile, PagesRead};
use crate::model::{Edit, Issue, Repair, Settings};
use crate::store;

/// Where the folder keeps the hashes of what `ingest` wrote, so that an edited
/// file is told from an untouched one.
const RECORD: &str = ".ingested.json";

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingested {
    /// The issue as understood.
    pub issue: Issue,
    /// Characters of the pages that were set right, and those that are doubted.
    pub edits: Vec<Edit>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
    /// The files written, relative to the folder; untouched ones count too.
    /// None without a folder.
    pub files: Vec<String>,
}

/// Reads some pages and, when a folder is given, writes them there as an issue
/// folder. A file that somebody edited since it was written, or that stands in
/// the way, is left alone, and then so is everything else, unless `force` is
/// set. An article that the pages no longer give, and that nobody edited, is
/// removed.
///
/// # Errors
/// Pages that cannot be read; edited files; a disk that refuses.
pub fn ingest(
    pages: &[PathBuf],
    repair: Repair,
    folder: Option<&Path>,
    force: bool,
) -> Result<Ingested> {
    let pages = page_files(pages)?;
    let mut notes = Vec::new();
    let PagesRead { issue, edits } = read_pages(&pages, repair, &mut notes)?;
    let files = match folder {
        Some(folder) => {
            let texts = page_texts(&pages)?;
            let reports = reports(&issue, &edits, &notes, &texts)?;
            write(pages, &issue, reports, folder, force)?
        }
        None => Vec::new(),
    };
    Ok(Ingested {
        issue,
        edits,
        notes,
        files,
    })
}

/// Writes the issue folder and gives the files in it.
fn write(
    pages: Vec<PageFile>,
    issue: &Issue,
    reports: Vec<FolderFile>,
    folder: &Path,
    force: bool,
) -> Result<Vec<String>> {
    let raw: Vec<FolderFile> = pages
        .into_iter()
        .map(|p| FolderFile {
            path: p.name,
            bytes: p.bytes,
        })
        .collect();
    let mut files = folder::write(issue, &Settings::default(), &raw);
    files.extend(reports);

    let before = record(folder)?;
    let stale: Vec<&String> = before
        .keys()
        .filter(|path| !files.iter().any(|f| f.path == **path))
        .collect();
    if !force {
        let wanted = files
            .iter()
            .map(|f| (f.path.as_str(), Some(store::sha256(&f.bytes))));
        let gone = stale.iter().map(|path| (path.as_str(), None));
        let edited: Vec<&str> = wanted
            .chain(gone)
            .filter(|(path, new)| is_edited(folder, path, new.as_ref(), before.get(*path)))
            .map(|(path, _)| path)
            .collect();
        if let Some(first) = edited.first() {
            return Err(Fault::new(format!(
                "{} would be overwritten: {}",
                if edited.len() == 1 {
                    "an edited file"
                } else {
                    "edited files"
                },
                edited.join(", ")
            ))
            .at(Place::file(folder.join(first).display().to_string()))
            .help("choose another folder with -o, or add --force to lose the edits"));
        }
    }
    for file in &files {
        store::write(&folder.join(&file.path), &file.bytes)?;
    }
    for path in stale {
        if store::exists(&folder.join(path)) {
            store::remove(&folder.join(path))?;
        }
    }
    let written: BTreeMap<&str, String> = files
        .iter()
        .map(|f| (f.path.as_str(), store::sha256(&f.bytes)))
        .collect();
    // Strings to strings always have a JSON form.
    let json = serde_json::to_vec_pretty(&written).unwrap_or_default();
    store::write(&folder.join(RECORD), &json)?;
    Ok(files.into_iter().map(|f| f.path).collect())
}

/// What was written last time: path → SHA-256.
fn record(folder: &Path) -> Result<BTreeMap<String, String>> {
    let path = folder.join(RECORD);
    if !store::exists(&path) {
        return Ok(BTreeMap::new());
    }
    let bytes = store::read("record of the last ingest", &path)?;
    let record: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|e| {
        Fault::new(format!("the record of the last ingest cannot be read: {e}"))
            .at(Place::file(path.display().to_string()))
            .help("choose another folder with -o, or remove that file and add --force")
    })?;
    // The record names what may be removed: nothing outside the folder.
    let inside = |path: &str| {
        Path::new(path)
            .components()
            .all(|c| matches!(c, std::path::Component::Normal(_)))
    };
    Ok(record
        .into_iter()
        .filter(|(path, _)| inside(path))
        .collect())
}

/// Whether the file on the disk is neither what will be written nor what was.
fn is_edited(folder: &Path, path: &str, new: Option<&String>, written: Option<&String>) -> bool {
    let path = folder.join(path);
    if !store::exists(&path) {
        return false;
    }
    match store::read("file", &path) {
        Ok(bytes) => {
            let now = Some(store::sha256(&bytes));
            now.as_ref() != new && now.as_ref() != written
        }
        // What cannot be read cannot be known to be ours.
        Err(_) => true,
    }
}
