//! A file that is held open: its bytes stay readable when its name is gone.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::fault;
use crate::diag::Result;

/// A file that is held open and read at any place by many at once.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    length: u64,
    changed: u128,
}

impl OpenFile {
    /// Opens a file; folders are none.
    ///
    /// # Errors
    /// With where.
    pub fn open(path: &Path) -> Result<Self> {
        let open = || {
            let file = File::open(path)?;
            let about = file.metadata()?;
            match about.is_file() {
                true => Ok(OpenFile {
                    length: about.len(),
                    changed: (about.modified().ok())
                        .and_then(|t| t.duration_since(UNIX_EPOCH).ok())
                        .map_or(0, |t| t.as_nanos()),
                    file,
                }),
                false => Err(io::Error::from(io::ErrorKind::IsADirectory)),
            }
        };
        open().map_err(|e| fault("open the file", path, &e))
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// When it was written last, in nanoseconds since 1970; 0 where the disk does not
    /// say.
    pub fn changed(&self) -> u128 {
        self.changed
    }

    /// Reads from `at` on; 0 at the end.
    ///
    /// # Errors
    /// What the disk says.
    #[cfg(unix)]
    pub fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, into, at)
    }

    /// Reads from `at` on; 0 at the end.
    ///
    /// # Errors
    /// What the disk says.
    #[cfg(windows)]
    pub fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, into, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_on_when_its_name_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, b"0123456789").unwrap();
        let file = OpenFile::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let mut some = [0; 4];
        assert_eq!(file.length(), 10);
        assert_eq!(file.read_at(3, &mut some).unwrap(), 4);
        assert_eq!(&some, b"3456");
        assert_eq!(file.read_at(10, &mut some).unwrap(), 0);
        assert!(OpenFile::open(&path).is_err());
        assert!(OpenFile::open(dir.path()).is_err());
    }
}
