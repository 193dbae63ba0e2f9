//! An edition is built in a draft folder beside its destination and appears by
//! one rename: a build that was killed leaves the old edition whole.

use std::fs::{self, File, TryLockError};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use super::{fault, make_folder, sha256_of, write};
use crate::diag::{Fault, Place, Result};

/// The right to build into one destination; given back when dropped, and by
/// the system when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of `destination`: an empty file beside it.
    ///
    /// # Errors
    /// When another build holds it, or the folder cannot be written to.
    pub fn take(destination: &Path) -> Result<Lock> {
        Lock::hold(Lock::file(destination)?, destination)
    }

    fn hold(file: File, destination: &Path) -> Result<Lock> {
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(Fault::new("another run of tingbao works on this folder")
                    .at(Place::file(destination.display().to_string()))
                    .help("wait for it to end, or choose another folder with --output"))
            }
            Err(TryLockError::Error(e)) => Err(fault("lock the output folder", destination, &e)),
        }
    }

    /// Takes the lock of something that is written in a moment, waiting for whoever
    /// holds it.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn wait(destination: &Path) -> Result<Lock> {
        let file = Lock::file(destination)?;
        match file.lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(e) => Err(fault("lock the file", destination, &e)),
        }
    }

    /// Takes the lock of a folder that somebody else gave: a hidden file in it, for
    /// nothing but that folder may be ours to write to. The folder is made when it is
    /// not there.
    ///
    /// # Errors
    /// When another run holds it, or the folder cannot be written to.
    pub fn inside(folder: &Path) -> Result<Lock> {
        make_folder(folder)?;
        let file = Lock::open(&folder.join(Lock::INSIDE), folder)?;
        Lock::hold(file, folder)
    }

    /// The file of [`Lock::inside`].
    pub(super) const INSIDE: &str = ".tingbao-lock";

    fn file(destination: &Path) -> Result<File> {
        let path = beside(destination, "lock")?;
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        Lock::open(&path, destination)
    }

    fn open(path: &Path, destination: &Path) -> Result<File> {
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(|e| {
                fault("write into the output folder", destination, &e)
                    .help("choose another folder with --output")
            })
    }
}

/// A draft folder; removed again unless it was published.
#[derive(Debug)]
pub struct Draft {
    folder: PathBuf,
    destination: PathBuf,
    published: bool,
}

impl Draft {
    /// Begins a draft for `destination`. What a killed build left is removed.
    ///
    /// # Errors
    /// When `destination` is there and is no edition of ours, so that nobody's
    /// folder is ever replaced by mistake; or when the disk refuses.
    pub fn begin(destination: &Path, lock: &Lock) -> Result<Draft> {
        Draft::begin_with(destination, lock, "edition.json")
    }

    /// Begins a draft of something else than an edition: `mark` is the file that tells
    /// a folder of its kind.
    ///
    /// # Errors
    /// As [`Draft::begin`].
    pub fn begin_with(destination: &Path, _lock: &Lock, mark: &str) -> Result<Draft> {
        refuse_foreign(destination, mark)?;
        let folder = beside(destination, "draft")?;
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| fault("clear the old draft", &folder, &e))?;
        }
        make_folder(&folder)?;
        Ok(Draft {
            folder,
            destination: destination.to_path_buf(),
            published: false,
        })
    }

    /// Where in the draft `file` (relative, `/` between parts) lies.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Writes one file of the edition.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, file: &str, bytes: &[u8]) -> Result<()> {
        write(&self.path(file), bytes).map_err(|f| self.blame(f, file))
    }

    /// Begins a file of the edition that is written piece by piece; [`Draft::keep`]
    /// ends it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(&self, file: &str) -> Result<BufWriter<File>> {
        let path = self.path(file);
        if let Some(folder) = path.parent() {
            make_folder(folder).map_err(|f| self.blame(f, file))?;
        }
        match File::create(&path) {
            Ok(handle) => Ok(BufWriter::with_capacity(1 << 18, handle)),
            Err(e) => Err(self.blame(fault("write the file", &path, &e), file)),
        }
    }

    /// Makes sure that a file made by [`Draft::create`] is on the disk, and gives
    /// its SHA-256.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, file: &str) -> Result<String> {
        let path = self.path(file);
        let keep = || {
            let mut handle = File::open(&path)?;
            handle.sync_all()?;
            sha256_of(&mut handle)
        };
        keep().map_err(|e| self.blame(fault("write the file", &path, &e), file))
    }

    /// Opens a file of the draft to change what stands in it already.
    ///
    /// # Errors
    /// When it is not there, or the disk refuses.
    pub fn change(&self, file: &str) -> Result<File> {
        let path = self.path(file);
        (File::options().write(true).open(&path))
            .map_err(|e| self.blame(fault("write the file", &path, &e), file))
    }

    /// Opens a file of the draft for reading.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open(&self, file: &str) -> Result<BufReader<File>> {
        super::open("file", &self.path(file)).map_err(|f| self.blame(f, file))
    }

    /// Length and SHA-256 of a file of the draft.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn measure(&self, file: &str) -> Result<(u64, String)> {
        let path = self.path(file);
        let measure = || {
            let mut handle = File::open(&path)?;
            Ok((handle.metadata()?.len(), sha256_of(&mut handle)?))
        };
        measure().map_err(|e| self.blame(fault("read the file", &path, &e), file))
    }

    /// Takes a folder of the draft away again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn drop_folder(&self, folder: &str) -> Result<()> {
        super::remove_folder(&self.path(folder))
    }

    /// Gives a file of the edition that stands at the destination a second name in
    /// the draft.
    ///
    /// # Errors
    /// When it is not there, or its name is taken: the caller's mistake, or somebody's
    /// file in the way.
    pub fn take_over(&self, file: &str) -> Result<()> {
        let (from, to) = (self.destination.join(file), self.path(file));
        if to.exists() {
            return Err(
                Fault::new("a file that is no part of the edition is in its way")
                    .at(Place::file(from.display().to_string()))
                    .help("move it elsewhere, and run the same command again"),
            );
        }
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        // A second name for the same file: the old edition stays whole until
        // the exchange. Some file systems have no second names.
        fs::hard_link(&from, &to)
            .or_else(|_| fs::copy(&from, &to).map(drop))
            .map_err(|e| fault("keep the file", &from, &e))
    }

    /// Puts the destination in the place of the draft's hidden name, which
    /// would tell an editor nothing.
    pub fn blame(&self, fault: Fault, file: &str) -> Fault {
        let path = self.destination.join(file);
        fault.at(Place::file(path.display().to_string()))
    }

    /// Makes the draft the edition, in one step, and removes the one before, but for
    /// the files of `guests` (relative, `/` between parts): somebody put them there,
    /// and they move over. One whose name is taken now is an error.
    ///
    /// # Errors
    /// When the disk refuses; the old edition then stands as it was.
    pub fn publish(mut self, guests: &[String]) -> Result<()> {
        for guest in guests {
            self.take_over(guest)?;
        }
        let done = if self.destination.exists() {
            exchange(&self.folder, &self.destination)
        } else {
            fs::rename(&self.folder, &self.destination)
        };
        done.map_err(|e| fault("put the new edition in place", &self.destination, &e))?;
        self.published = true;
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)
                .map_err(|e| fault("remove the edition before", &self.folder, &e))?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.published {
            // The takes are in their store; nothing finished is lost. A draft
            // that cannot be removed now is removed by the next build.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Swaps two folders in one step where the system can.
#[cfg(target_os = "linux")]
fn exchange(draft: &Path, destination: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, draft, CWD, destination, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some network and FUSE file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => replace(draft, destination),
        Err(e) => Err(e.into()),
    }
}

/// Swaps two folders in one step where the system can.
#[cfg(not(target_os = "linux"))]
fn exchange(draft: &Path, destination: &Path) -> std::io::Result<()> {
    replace(draft, destination)
}

/// Two renames, for systems that cannot exchange: the old edition steps aside
/// first and comes back when the new one cannot take its place.
fn replace(draft: &Path, destination: &Path) -> std::io::Result<()> {
    let aside = draft.with_extension("old");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(destination, &aside)?;
    if let Err(e) = fs::rename(draft, destination) {
        fs::rename(&aside, destination)?;
        return Err(e);
    }
    fs::remove_dir_all(&aside)
}

/// A hidden name beside the destination, on the same disk.
fn beside(destination: &Path, what: &str) -> Result<PathBuf> {
    let name = destination.file_name().ok_or_else(|| {
        Fault::new("the output folder has no name of its own")
            .at(Place::file(destination.display().to_string()))
            .help("give a folder such as `output/my-issue`")
    })?;
    // A name may be 255 bytes long; with a suffix it would be too long.
    let name = name.to_string_lossy();
    let tag = if name.len() > 200 {
        super::sha256(name.as_bytes())
    } else {
        name.into_owned()
    };
    Ok(destination.with_file_name(format!(".{tag}.{what}")))
}

/// Refuses a destination that holds something other than what `mark` is the sign of.
fn refuse_foreign(destination: &Path, mark: &str) -> Result<()> {
    let mut entries = match fs::read_dir(destination) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => {
            return Err(fault("use the output folder", destination, &e)
                .help("choose another folder with --output"));
        }
    };
    if entries.next().is_none() || destination.join(mark).is_file() {
        return Ok(());
    }
    Err(Fault::new(format!(
        "the output folder is not empty and holds no {}, so it is left alone",
        mark.trim_end_matches(".json")
    ))
    .at(Place::file(destination.display().to_string()))
    .help("choose another folder with --output, or empty that one"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_replaces_the_edition_before_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("today");
        for text in ["one", "two"] {
            let lock = Lock::take(&to).unwrap();
            let draft = Draft::begin(&to, &lock).unwrap();
            draft.write("edition.json", text.as_bytes()).unwrap();
            draft.publish(&[]).unwrap();
            assert_eq!(fs::read_to_string(to.join("edition.json")).unwrap(), text);
        }
        let names: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(names.len(), 2, "edition and lock, nothing else: {names:?}");
    }

    #[test]
    fn what_somebody_put_into_an_edition_moves_over() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("today");
        let lock = Lock::take(&to).unwrap();
        let draft = Draft::begin(&to, &lock).unwrap();
        draft.write("edition.json", b"old").unwrap();
        draft.publish(&[]).unwrap();
        super::super::write(&to.join("notes/mine.txt"), b"mine").unwrap();
        let guests = ["notes/mine.txt".to_string()];
        let draft = Draft::begin(&to, &lock).unwrap();
        draft.write("edition.json", b"new").unwrap();
        draft.publish(&guests).unwrap();
        assert_eq!(fs::read(to.join("notes/mine.txt")).unwrap(), b"mine");
        assert_eq!(fs::read(to.join("edition.json")).unwrap(), b"new");
        let draft = Draft::begin(&to, &lock).unwrap();
        draft.write("notes/mine.txt", b"ours").unwrap();
        let fault = draft.publish(&guests).unwrap_err();
        assert!(fault.message.contains("in its way"), "{fault}");
        assert_eq!(fs::read(to.join("notes/mine.txt")).unwrap(), b"mine");
    }

    #[test]
    fn a_dropped_draft_leaves_the_edition_whole() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("today");
        let lock = Lock::take(&to).unwrap();
        let draft = Draft::begin(&to, &lock).unwrap();
        draft.write("edition.json", b"old").unwrap();
        draft.publish(&[]).unwrap();
        let draft = Draft::begin(&to, &lock).unwrap();
        draft.write("edition.json", b"new").unwrap();
        drop(draft);
        assert_eq!(fs::read(to.join("edition.json")).unwrap(), b"old");
    }

    #[test]
    fn somebody_elses_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("photos");
        fs::create_dir(&to).unwrap();
        fs::write(to.join("cat.jpg"), b"x").unwrap();
        let lock = Lock::take(&to).unwrap();
        let fault = Draft::begin(&to, &lock).unwrap_err();
        assert!(
            fault
                .to_string()
                .contains("holds no edition, so it is left alone"),
            "{fault}"
        );
        assert!(to.join("cat.jpg").exists());
    }

    #[test]
    fn two_builds_into_one_folder_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("today");
        let _lock = Lock::take(&to).unwrap();
        let fault = Lock::take(&to).unwrap_err();
        assert!(fault.message.contains("another run"), "{fault}");
    }
}
