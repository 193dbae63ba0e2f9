//! A folder of somebody else's program that gets new files while that program reads
//! them: everything is written aside first, then put in place file by file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Lock, fault, make_folder};
use crate::diag::Result;

/// Where files lie until they are put in place: in the folder itself, so that a rename
/// is all it takes, and hidden, so that nobody plays them.
const ASIDE: &str = ".tingbao-new";

/// Files that are written aside; those that were not put in place go when it is dropped.
#[derive(Debug)]
pub struct Delivery {
    folder: PathBuf,
    aside: PathBuf,
}

impl Delivery {
    /// Whether nothing is in a folder but what a delivery that broke off left aside; a
    /// folder that is not there is empty.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn is_empty(folder: &Path) -> Result<bool> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(e) => return Err(fault("list the folder", folder, &e)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| fault("list the folder", folder, &e))?;
            if ![ASIDE, Lock::INSIDE].contains(&&*entry.file_name().to_string_lossy()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins a delivery into a folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn begin(folder: &Path) -> Result<Delivery> {
        let aside = folder.join(ASIDE);
        super::remove_folder(&aside)?;
        make_folder(&aside)?;
        Ok(Delivery {
            folder: folder.to_path_buf(),
            aside,
        })
    }

    /// Copies a file aside, to be called `file` (relative, `/` between parts).
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn copy(&self, from: &Path, file: &str) -> Result<()> {
        let to = self.prepare(file)?;
        let copy = || -> io::Result<()> {
            fs::copy(from, &to)?;
            File::open(&to)?.sync_all()
        };
        copy().map_err(|e| fault("write the file", &self.folder.join(file), &e))
    }

    /// Writes a file aside.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let to = self.prepare(file)?;
        let write = || -> io::Result<()> {
            fs::write(&to, bytes)?;
            File::open(&to)?.sync_all()
        };
        write().map_err(|e| fault("write the file", &self.folder.join(file), &e))
    }

    fn prepare(&self, file: &str) -> Result<PathBuf> {
        let to = self.aside.join(file);
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        Ok(to)
    }

    /// Puts a file that was written aside in its place, in one step.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn place(&self, file: &str) -> Result<()> {
        let to = self.folder.join(file);
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        fs::rename(self.aside.join(file), &to).map_err(|e| fault("write the file", &to, &e))
    }

    /// Removes a file of the folder, and the folders in it that are empty then. One
    /// that is not there is as wanted.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove(&self, file: &str) -> Result<()> {
        let path = self.folder.join(file);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(fault("remove the file", &path, &e));
            }
            _ => {}
        }
        let mut above = path.parent();
        while let Some(folder) = above.filter(|f| *f != self.folder) {
            // Those that hold something stay.
            if fs::remove_dir(folder).is_err() {
                break;
            }
            above = folder.parent();
        }
        Ok(())
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if let Err(e) = fs::remove_dir_all(&self.aside) {
            log::warn!("{} stays behind: {e}", self.aside.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_there_once_they_are_placed() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("station");
        assert!(Delivery::is_empty(&to).unwrap());
        let delivery = Delivery::begin(&to).unwrap();
        delivery.write("a/b.txt", b"one").unwrap();
        delivery.write("c.txt", b"two").unwrap();
        assert!(Delivery::is_empty(&to).unwrap());
        delivery.place("a/b.txt").unwrap();
        assert!(!Delivery::is_empty(&to).unwrap());
        assert_eq!(fs::read(to.join("a/b.txt")).unwrap(), b"one");
        drop(delivery);
        assert!(!to.join(ASIDE).exists() && !to.join("c.txt").exists());
        let delivery = Delivery::begin(&to).unwrap();
        delivery.remove("a/b.txt").unwrap();
        delivery.remove("never.txt").unwrap();
        drop(delivery);
        assert!(to.exists() && !to.join("a").exists());
    }
}
