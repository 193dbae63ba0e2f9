//! What `ingest` wrote into a folder last time, so that an edited file is told
//! from an untouched one, and the page's changes from the editor's.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::diag::{Fault, Place, Result};
use crate::store;

/// Where the folder keeps it.
pub const RECORD: &str = ".ingested.json";

/// One file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Written {
    /// SHA-256 of what an editor hardly edits, and of everything in records of
    /// earlier versions.
    Hash(String),
    /// The text, so that a change of the page can be merged with the editor's.
    Text {
        /// All of it.
        text: String,
    },
}

/// The files by their paths in the folder.
pub type Record = BTreeMap<String, Written>;

impl Written {
    /// How a file is remembered.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        let kept = path.starts_with(ARTICLES) || path == crate::folder::SETTINGS_FILE;
        match std::str::from_utf8(bytes) {
            Ok(text) if kept => Written::Text { text: text.into() },
            _ => Written::Hash(store::sha256(bytes)),
        }
    }

    /// Whether it is just this.
    pub fn is(&self, bytes: &[u8]) -> bool {
        match self {
            Written::Hash(hash) => *hash == store::sha256(bytes),
            Written::Text { text } => text.as_bytes() == bytes,
        }
    }

    /// Its text, where that is known.
    pub fn text(&self) -> Option<&str> {
        match self {
            Written::Hash(_) => None,
            Written::Text { text } => Some(text),
        }
    }
}

/// The folder of the articles, as paths begin with it.
pub const ARTICLES: &str = "articles/";

/// Reads the record; empty when nothing was ever written.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read(folder: &Path) -> Result<Record> {
    let path = folder.join(RECORD);
    if !store::exists(&path) {
        return Ok(Record::new());
    }
    let bytes = store::read("record of the last ingest", &path)?;
    let record: Record = serde_json::from_slice(&bytes).map_err(|e| {
        Fault::new(format!("the record of the last ingest cannot be read: {e}"))
            .at(Place::file(path.display().to_string()))
            .help("choose another folder with -o; or, to lose what was edited in this one, remove that \
                   file and add --force")
    })?;
    // The record names what may be removed: nothing outside the folder.
    let inside = |path: &str| {
        Path::new(path)
            .components()
            .all(|c| matches!(c, Component::Normal(_)))
    };
    Ok(record
        .into_iter()
        .filter(|(path, _)| inside(path))
        .collect())
}

/// Writes the record, if it says anything new.
///
/// # Errors
/// When the disk refuses.
pub fn write(folder: &Path, before: &Record, after: &Record) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let json = serde_json::to_vec_pretty(after).map_err(|e| {
        Fault::new(format!("cannot write {RECORD}: {e}")).help("please report this as a bug")
    })?;
    store::write(&folder.join(RECORD), &json)
}
