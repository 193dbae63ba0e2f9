//! Folders for the time of one job, in the system's folder for temporary files.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use super::fault;
use crate::diag::{Fault, Place, Result};

/// The file whose lock tells that the folder's owner is alive.
const LOCK: &str = "lock";
/// A folder younger than this may not be locked yet.
const SETTLED: Duration = Duration::from_secs(10);

/// A folder that its owner holds by a lock and removes when done. What a killed
/// owner leaves is found by [`Scratch::abandoned`]: the system gives its lock back.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    _lock: File,
}

impl Scratch {
    /// A path for a folder of this kind that nobody has taken; makes nothing.
    pub fn path(kind: &str) -> PathBuf {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{kind}-{}-{number}", std::process::id());
        std::env::temp_dir().join(name)
    }

    /// Makes the folder, for this user alone, and locks it.
    ///
    /// # Errors
    /// When something is there by that name, or the disk refuses.
    pub fn make(folder: &Path) -> Result<Scratch> {
        let cannot = |e| fault("make a folder for temporary files", folder, &e);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(cannot)?;
        let lock = File::create(folder.join(LOCK)).map_err(cannot)?;
        lock.try_lock().map_err(|_| {
            Fault::new("a folder for temporary files was taken by another program")
                .at(Place::file(folder.display().to_string()))
                .help("run the same command again")
        })?;
        Ok(Scratch {
            folder: folder.to_path_buf(),
            _lock: lock,
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folders of this kind whose owner is dead, held now, so that nobody
    /// else clears them away at the same time; each is removed when dropped.
    pub fn abandoned(kind: &str) -> Vec<Scratch> {
        let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
            return Vec::new();
        };
        let prefix = format!("{kind}-");
        (entries.flatten())
            .filter(|e| e.file_name().to_string_lossy().starts_with(&prefix))
            .filter_map(|e| {
                let age = SystemTime::now().duration_since(e.metadata().ok()?.modified().ok()?);
                if age.ok()? < SETTLED {
                    return None;
                }
                let lock = File::open(e.path().join(LOCK)).ok()?;
                lock.try_lock().ok()?;
                Some(Scratch {
                    folder: e.path(),
                    _lock: lock,
                })
            })
            .collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(e) = fs::remove_dir_all(&self.folder) {
            log::warn!("{} stays behind: {e}", self.folder.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_its_owner_and_is_made_once() {
        let path = Scratch::path("tingbao-test");
        let scratch = Scratch::make(&path).unwrap();
        assert!(Scratch::make(&path).is_err());
        assert_ne!(Scratch::path("tingbao-test"), path);
        drop(scratch);
        assert!(!path.exists());
    }

    #[test]
    fn what_a_dead_owner_left_is_found_and_what_a_live_one_holds_is_not() {
        let kind = "tingbao-litter";
        let old = SystemTime::now() - Duration::from_secs(60);
        let aged = |folder: &Path| {
            let handle = File::open(folder).unwrap();
            handle.set_modified(old).unwrap();
        };
        let held = Scratch::make(&Scratch::path(kind)).unwrap();
        aged(held.folder());
        let left = Scratch::path(kind);
        fs::create_dir(&left).unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        assert!(Scratch::abandoned(kind).is_empty(), "too young to judge");
        aged(&left);
        let found = Scratch::abandoned(kind);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].folder(), left);
        drop(found);
        assert!(!left.exists() && held.folder().exists());
    }
}
