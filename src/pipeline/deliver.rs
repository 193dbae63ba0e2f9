//! An edition's radio set, or a rundown → a station's folder, while the station plays
//! from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::publish;
use crate::diag::{Fault, Place, Result};
use crate::export::{PLAYLIST_FILE, RUNDOWN_FILE, placed, read_rundown};
use crate::model::RadioSet;
use crate::store::{self, Delivery, Lock};

/// What tells that a folder is delivered to, and which files in it are ours.
const RECORD: &str = ".tingbao-radio.json";
/// The number in its `format`.
const FORMAT: u32 = 1;

/// What a folder holds of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    /// [`FORMAT`].
    format: u32,
    /// The key of the edition that was delivered last.
    edition: String,
    /// SHA-256 of every file, by its path in the folder.
    files: BTreeMap<String, String>,
}

/// What a delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there as they should be.
    pub kept: usize,
    /// Files of the delivery before that went.
    pub removed: usize,
}

/// Puts the radio set, or all of a rundown, into a station's folder. Everything is
/// written aside first, so that a full disk changes nothing; then sounds and texts take
/// their places, the playlist as the last; what the delivery before had besides is
/// removed behind it. `seen_as` is the folder as the station's machine sees it, where that is another.
///
/// # Errors
/// An edition without a radio set, one or a rundown that is damaged, a folder that is
/// neither empty nor ours or lies inside the edition, a full disk.
pub fn deliver(from: &Path, to: &Path, seen_as: Option<&str>) -> Result<Delivered> {
    let made = Made::of(from)?;
    publish::outside(from, to)?;
    let folder = match seen_as {
        Some(folder) => folder.to_string(),
        None => std::path::absolute(to)
            .map_err(|e| store::fault("use the station's folder", to, &e))?
            .display()
            .to_string(),
    };
    if folder.contains(['\n', '\r']) {
        return Err(
            Fault::new("the station's folder has a line end in its name")
                .help("give it a name of one line: playlists have a file a line"),
        );
    }
    let mut set = Vec::new();
    for (name, sha256) in &made.files {
        set.push(made.item(name, sha256, &folder)?);
    }
    // Sounds, what tells of them, and the playlist that names them.
    set.sort_by_key(|item| {
        (
            item.name == PLAYLIST_FILE,
            item.text.is_some(),
            item.name.clone(),
        )
    });

    // A folder of somebody else's gets no lock either.
    record(to)?;
    let lock = Lock::inside(to)?;
    let old = record(to)?;
    let done = put(&made, to, &set, &old);
    drop(lock);
    done
}

/// What is delivered.
struct Made {
    /// Where it lies.
    folder: PathBuf,
    /// Its files in there, and their SHA-256.
    files: Vec<(String, String)>,
    /// The key of the edition, or of the first one of a rundown.
    key: String,
    /// What makes it anew.
    again: &'static str,
}

impl Made {
    /// The radio set of an edition, or all of a rundown.
    fn of(from: &Path) -> Result<Made> {
        let list = from.join(RUNDOWN_FILE);
        if store::exists(&list) {
            let rundown = read_rundown(&store::read("rundown", &list)?)
                .map_err(|f| f.at(Place::file(list.display().to_string())))?;
            let files = rundown.all_files();
            return Ok(Made {
                folder: from.to_path_buf(),
                files: (files.map(|(f, sha256)| (f.to_string(), sha256.to_string()))).collect(),
                key: (rundown.editions.first()).map_or_else(String::new, |e| e.key.clone()),
                again: "make the programme again with `tingbao rundown`",
            });
        }
        let edition = publish::edition(from)?;
        let exports = edition.exports.unwrap_or_default();
        if exports.sets.radio.is_none() {
            return Err(Fault::new("the edition has no radio set")
                .at(Place::file(from.display().to_string()))
                .help("make it with `tingbao export EDITION --radio`"));
        }
        let files = exports.of(RadioSet::FOLDER);
        Ok(Made {
            files: (files.map(|(name, file)| (name.to_string(), file.sha256.clone()))).collect(),
            folder: from.join(RadioSet::FOLDER),
            key: edition.key,
            again: "make the set again with `tingbao export EDITION --radio`",
        })
    }

    /// A file of it as it is delivered to a folder that is seen as `folder`.
    fn item(&self, name: &str, sha256: &str, folder: &str) -> Result<Item> {
        let path = self.folder.join(name);
        if store::sha256_file("radio set", &path)? != sha256 {
            return Err(Fault::new(
                "the file is not what the index says: it was altered or cut short",
            )
            .at(Place::file(path.display().to_string()))
            .help(self.again));
        }
        let text = match name.ends_with(".liq") || name == PLAYLIST_FILE {
            true => {
                let text = store::utf8("radio set", &path, store::read("radio set", &path)?)?;
                Some(placed(&text, folder).into_bytes())
            }
            false => None,
        };
        Ok(Item {
            name: name.into(),
            sha256: text.as_deref().map_or_else(|| sha256.into(), store::sha256),
            text,
        })
    }
}

/// One file as it is delivered.
struct Item {
    name: String,
    sha256: String,
    /// Its bytes, where they are not those of the set's file.
    text: Option<Vec<u8>>,
}

/// What was delivered before.
fn record(to: &Path) -> Result<Record> {
    let path = to.join(RECORD);
    if !store::exists(&path) {
        return match Delivery::is_empty(to)? {
            true => Ok(Record::default()),
            false => Err(Fault::new(
                "the station's folder is not empty and holds no delivery of ours, so it is left alone",
            )
            .at(Place::file(to.display().to_string()))
            .help("choose an empty folder with --to")),
        };
    }
    let damaged = |why: String| {
        Fault::new(format!(
            "the record of what was delivered is damaged: {why}"
        ))
        .at(Place::file(path.display().to_string()))
        .help("deliver into an empty folder")
    };
    let record: Record = serde_json::from_slice(&store::read("record", &path)?)
        .map_err(|e| damaged(e.to_string()))?;
    let inside = |file: &String| {
        !file.is_empty() && file.split('/').all(|part| !matches!(part, "" | "." | ".."))
    };
    match record.format {
        FORMAT if record.files.keys().all(inside) => Ok(record),
        FORMAT => Err(damaged("it names a file that lies elsewhere".into())),
        other => Err(damaged(format!("its format is {other}, not {FORMAT}"))),
    }
}

/// Writes, places and removes.
fn put(made: &Made, to: &Path, set: &[Item], old: &Record) -> Result<Delivered> {
    let there = |item: &Item| {
        store::sha256_file("file", &to.join(&item.name)).is_ok_and(|hash| hash == item.sha256)
    };
    let delivery = Delivery::begin(to)?;
    let new: Vec<&Item> = set.iter().filter(|item| !there(item)).collect();
    for item in &new {
        match &item.text {
            Some(text) => delivery.write(&item.name, text)?,
            None => {
                delivery.copy(&made.folder.join(&item.name), &item.name)?;
            }
        }
    }
    let now = Record {
        format: FORMAT,
        edition: made.key.clone(),
        files: (set.iter())
            .map(|item| (item.name.clone(), item.sha256.clone()))
            .collect(),
    };
    // Until all is done, the files of both are ours: whoever breaks off here can
    // deliver again.
    let mut both = now.clone();
    for (file, sha256) in &old.files {
        both.files
            .entry(file.clone())
            .or_insert_with(|| sha256.clone());
    }
    let tell = |record: &Record| -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(record)
            .map_err(|e| Fault::new(format!("cannot write the record of a delivery: {e}")))?;
        bytes.push(b'\n');
        store::write(&to.join(RECORD), &bytes)
    };
    tell(&both)?;
    for item in &new {
        delivery.place(&item.name)?;
    }
    let names: BTreeSet<&String> = now.files.keys().collect();
    let gone: Vec<&String> = (old.files.keys()).filter(|f| !names.contains(f)).collect();
    for file in &gone {
        delivery.remove(file)?;
    }
    tell(&now)?;
    Ok(Delivered {
        written: new.len(),
        kept: set.len() - new.len(),
        removed: gone.len(),
    })
}
