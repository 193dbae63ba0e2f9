//! Links to folders, changed in one step.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::fault;
use crate::diag::Result;

/// Lets `link` lead to `target` (relative to the folder of the link), by one rename
/// over what it led to before.
///
/// # Errors
/// When the disk refuses, or something that is no link has the name.
pub fn point(link: &Path, target: &Path) -> Result<()> {
    let attempt = || -> io::Result<()> {
        if let Ok(about) = fs::symlink_metadata(link)
            && !about.file_type().is_symlink()
        {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        let name = link.file_name().unwrap_or_default().to_string_lossy();
        let aside = link.with_file_name(format!(".{name}.new"));
        match fs::remove_file(&aside) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        make(target, &aside)?;
        fs::rename(&aside, link)
    };
    attempt().map_err(|e| fault("change the link", link, &e))
}

/// Where a link leads; `None` when there is none.
///
/// # Errors
/// When it cannot be read, or is no link.
pub fn pointed(link: &Path) -> Result<Option<PathBuf>> {
    match fs::read_link(link) {
        Ok(target) => Ok(Some(target)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(fault("read the link", link, &e)),
    }
}

/// The path from the root on, links resolved.
///
/// # Errors
/// When there is no such file or folder.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    fs::canonicalize(path).map_err(|e| fault("find the folder", path, &e))
}

/// Whether a path, which need not be there yet, lies in a folder, or is it.
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let Ok(whole) = std::path::absolute(path) else {
        return false;
    };
    // Links are resolved as far as there is something.
    let there = whole.ancestors().find_map(|a| fs::canonicalize(a).ok());
    there.is_some_and(|there| there.starts_with(&folder))
}

#[cfg(unix)]
fn make(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn make(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_changed_and_nothing_else_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let link = dir.path().join("current");
        assert_eq!(pointed(&link).unwrap(), None);
        for target in ["editions/a", "editions/b"] {
            point(&link, Path::new(target)).unwrap();
            assert_eq!(pointed(&link).unwrap(), Some(PathBuf::from(target)));
        }
        let taken = dir.path().join("taken");
        fs::write(&taken, b"mine").unwrap();
        assert!(point(&taken, Path::new("x")).is_err());
        assert_eq!(fs::read(&taken).unwrap(), b"mine");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
