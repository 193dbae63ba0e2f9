//! The disk: the one door through which files are read, written and swapped.
//!
//! Whatever is written appears whole or not at all: under a temporary name in
//! the same folder, flushed to the disk, then renamed.

mod delivery;
mod draft;
mod espeak;
mod language;
mod link;
mod open;
mod programs;
mod scratch;
mod takes;

pub use delivery::Delivery;
pub use draft::{Draft, Lock};
pub use espeak::{ESPEAK_DATA, espeak_data};
pub use language::{map, word_model};
pub use link::{absolute, lies_in, point, pointed};
pub use open::OpenFile;
pub use programs::{find_program, own_program};
pub use scratch::Scratch;
pub use takes::{TakeKey, TakeStore};

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use sha2::{Digest, Sha256};

use crate::diag::{Fault, Place, Result};

/// Where Tingbao keeps what is not the user's: installed voices and finished
/// takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Installed voices.
    pub data: PathBuf,
    /// Finished takes; safe to delete, then everything is spoken again.
    pub takes: PathBuf,
}

impl Home {
    /// The folders of this user: `TINGBAO_HOME` when set, else the platform's
    /// (on Linux `~/.local/share/tingbao` and `~/.cache/tingbao`, XDG Base
    /// Directory Specification 0.8).
    ///
    /// # Errors
    /// When the user has no home directory.
    pub fn of_user() -> Result<Home> {
        if let Some(home) = std::env::var_os("TINGBAO_HOME").filter(|h| !h.is_empty()) {
            let home = PathBuf::from(home);
            return Ok(Home {
                data: home.join("data"),
                takes: home.join("takes"),
            });
        }
        let dirs = ProjectDirs::from("", "", "tingbao").ok_or_else(|| {
            Fault::new("cannot tell where this user's data folder is: no home directory is set")
                .help("set TINGBAO_HOME to a folder that may be written to")
        })?;
        Ok(Home {
            data: dirs.data_dir().into(),
            takes: dirs.cache_dir().join("takes"),
        })
    }
}

/// Turns what the system said about `path` into a fault that says what to do.
pub fn fault(doing: &str, path: &Path, error: &io::Error) -> Fault {
    let fault = Fault::new(format!("cannot {doing}: {}", reason(error)))
        .at(Place::file(path.display().to_string()));
    match error.kind() {
        io::ErrorKind::NotFound => fault.help("check the name; it is looked up from this folder"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            fault.help("choose a folder that you may write to, or ask its owner for the right")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => fault.help(
            "make room on that disk and run the same command again; what is finished is kept",
        ),
        _ => fault,
    }
}

/// The system's words without its error number, which tells an editor nothing.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::StorageFull => "no space left on the disk".into(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".into(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".into(),
        io::ErrorKind::InvalidFilename => "the name is too long or not valid here".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// Reads a whole file.
///
/// # Errors
/// With `what` it is ("page", "recording") and where.
pub fn read(what: &str, path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| fault(&format!("read the {what}"), path, &e))
}

/// Opens a file for reading piece by piece.
///
/// # Errors
/// With `what` it is and where.
pub fn open(what: &str, path: &Path) -> Result<io::BufReader<fs::File>> {
    match fs::File::open(path) {
        Ok(file) => Ok(io::BufReader::with_capacity(1 << 16, file)),
        Err(e) => Err(fault(&format!("read the {what}"), path, &e)),
    }
}

/// Reads a file, or standard input where there is no path, of at most `most`
/// bytes.
///
/// # Errors
/// With `what` it is and where; a larger file.
pub fn read_at_most(what: &str, path: Option<&Path>, most: u64) -> Result<Vec<u8>> {
    let stdin = Path::new("standard input");
    let named = path.unwrap_or(stdin);
    let attempt = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match path {
            Some(path) => fs::File::open(path)?
                .take(most + 1)
                .read_to_end(&mut bytes)?,
            None => io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    };
    let bytes = attempt().map_err(|e| fault(&format!("read the {what}"), named, &e))?;
    if bytes.len() as u64 > most {
        return Err(
            Fault::new(format!("the {what} has more than {} MiB", most >> 20))
                .at(Place::file(named.display().to_string()))
                .help("give the pages of one issue, each as a file of its own"),
        );
    }
    Ok(bytes)
}

/// The names of the folders directly in `folder`, sorted; hidden ones are left out.
///
/// # Errors
/// When it cannot be listed.
pub fn folders_in(folder: &Path) -> Result<Vec<String>> {
    let list = || -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // A link to a folder is one.
            if !name.starts_with('.') && entry.path().is_dir() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    };
    list().map_err(|e| fault("list the folder", folder, &e))
}

/// The names of folders in `folder`, the one that was changed last first.
pub fn newest_first(folder: &Path, mut names: Vec<String>) -> Vec<String> {
    let changed = |name: &String| {
        let about = fs::metadata(folder.join(name));
        about.and_then(|about| about.modified()).ok()
    };
    names.sort_by_key(|name| std::cmp::Reverse(changed(name)));
    names
}

/// The names of the files directly in `folder`, sorted; hidden ones and
/// sub-folders are left out.
///
/// # Errors
/// When the folder cannot be listed.
pub fn names_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = |e: &io::Error| fault("list the folder", folder, e);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| list(&e))? {
        let path = entry.map_err(|e| list(&e))?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        if path.is_file() && name.is_some_and(|n| !n.starts_with('.')) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The files directly in `folder`, by name, `(name, bytes)`; sub-folders are
/// left alone. A folder that does not exist has none.
///
/// # Errors
/// When the folder or a file in it cannot be read, or a name is not UTF-8.
pub fn files_in(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(fault("list the folder", folder, &e)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|e| fault("list the folder", folder, &e))?
            .path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().and_then(|n| n.to_str()).ok_or_else(|| {
            Fault::new("a file name is not valid UTF-8")
                .at(Place::file(path.display().to_string()))
                .help("rename the file")
        })?;
        files.push((name.to_string(), read("file", &path)?));
    }
    files.sort();
    Ok(files)
}

/// The file `name` in every folder directly in `folder`, `(path, text)`, by
/// folder; a folder without it is passed over. A folder that does not exist has
/// none.
///
/// # Errors
/// When a folder or file cannot be read, or a file is not UTF-8.
pub fn manifests(folder: &Path, name: &str) -> Result<Vec<(String, String)>> {
    let list = |e: &io::Error| fault("list the folder", folder, e);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(list(&e)),
    };
    let mut texts = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| list(&e))?.path().join(name);
        if path.is_file() {
            let text = utf8(name, &path, read(name, &path)?)?;
            texts.push((path.display().to_string(), text));
        }
    }
    texts.sort();
    Ok(texts)
}

/// The bytes of a file as text.
///
/// # Errors
/// When they are not UTF-8.
pub fn utf8(what: &str, path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| {
        Fault::new(format!("the {what} is not UTF-8"))
            .at(Place::file(path.display().to_string()))
            .help("save the file as UTF-8")
    })
}

/// Every file below a folder, by its path in it with `/` between parts, in order;
/// none when there is no such folder.
///
/// # Errors
/// When it cannot be listed.
pub fn tree(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(fault("list the folder", &folder, &e)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| fault("list the folder", &folder, &e))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push((entry.path(), format!("{path}/"))),
                _ => files.push(path),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether `path` is a folder that can be looked into.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether something is there by this name.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// How long a file is, in bytes; 0 when it is not there.
pub fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

/// Removes a file.
///
/// # Errors
/// When the disk refuses.
pub fn remove(path: &Path) -> Result<()> {
    fs::remove_file(path).map_err(|e| fault("remove the file", path, &e))
}

/// Removes a folder with all that is in it; one that is not there is as wanted.
///
/// # Errors
/// When the disk refuses.
pub fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(fault("remove the folder", path, &e)),
        _ => Ok(()),
    }
}

/// Writes a whole file so that it appears complete or not at all, making the
/// folders above it.
///
/// # Errors
/// When the disk refuses; nothing half-written is left behind.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    make_folder(folder)?;
    let attempt = || -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".tingbao-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        // Temporary files are private by default; what we leave is for all.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file()
                .set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    attempt().map_err(|e| fault("write the file", path, &e))
}

/// What swallows all that is written to it.
///
/// # Errors
/// When the system has no such thing open.
#[cfg(all(feature = "listen", unix))]
pub fn nothing() -> io::Result<fs::File> {
    fs::File::options().write(true).open("/dev/null")
}

/// Makes a folder and those above it.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|e| fault("make the folder", folder, &e))
}

/// SHA-256 in lower-case hexadecimal (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 of what is left to read, without keeping it.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(source: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 18];
    loop {
        match source.read(&mut block)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            n => hash.update(&block[..n]),
        }
    }
}

/// SHA-256 of a whole file.
///
/// # Errors
/// With `what` it is and where.
pub fn sha256_file(what: &str, path: &Path) -> Result<String> {
    fs::File::open(path)
        .and_then(|mut file| sha256_of(&mut file))
        .map_err(|e| fault(&format!("read the {what}"), path, &e))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named_with_what_it_is() {
        let fault = read("page", Path::new("no-such-page.txt")).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "error: cannot read the page: there is no such file or folder\n  \
             --> no-such-page.txt\n  help: check the name; it is looked up from this folder"
        );
    }

    #[test]
    fn a_written_file_leaves_no_temporary_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(files_in(&dir.path().join("a")).unwrap().len(), 1);
    }

    #[test]
    fn the_hash_is_sha_256() {
        // FIPS 180-4, the example "abc".
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
