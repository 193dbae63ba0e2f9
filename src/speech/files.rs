//! Installed voice files: where they lie, and whether they are whole.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::{File, Manifest, Model};
use crate::diag::{Fault, Place, Result};
use crate::store;

/// Where a file of a model, or of a voice that needs the model, is installed.
pub fn path(data_dir: &Path, model: &Model, file: &File) -> PathBuf {
    data_dir.join(&model.name).join(&file.file)
}

/// Reads an installed file whole and verifies just what was read.
///
/// # Errors
/// A fault naming the voice that needs it and the command that repairs it.
pub fn read(data_dir: &Path, model: &Model, file: &File, voice: &Manifest) -> Result<Vec<u8>> {
    let path = path(data_dir, model, file);
    let bytes = std::fs::read(&path).map_err(|e| unreadable(&e, &path, &voice.name))?;
    match wrong(file, bytes.len() as u64, || hex(&Sha256::digest(&bytes))) {
        None => Ok(bytes),
        Some(why) => Err(damaged(&why, &path, &voice.name)),
    }
}

/// How a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is just what it should be.
    Whole,
    /// It is not there.
    Missing,
    /// It is there and is something else; a sentence about what is wrong.
    Damaged(String),
}

/// Compares a file with what it should be, byte by byte, without keeping it.
///
/// # Errors
/// When it is there and cannot be read.
pub fn inspect(path: &Path, file: &File) -> Result<State> {
    let state = || -> io::Result<State> {
        let mut source = std::fs::File::open(path)?;
        let size = source.metadata()?.len();
        let mut hash = Sha256::new();
        if size == file.bytes {
            let mut buffer = vec![0; 1 << 18];
            loop {
                match source.read(&mut buffer)? {
                    0 => break,
                    n => hash.update(&buffer[..n]),
                }
            }
        }
        Ok(match wrong(file, size, || hex(&hash.finalize())) {
            None => State::Whole,
            Some(why) => State::Damaged(why),
        })
    };
    match state() {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(State::Missing),
        other => other.map_err(|e| store::fault("read a file of a voice", path, &e)),
    }
}

/// What is wrong with a file of that size and hash; the hash is asked for only
/// when the size is right.
pub fn wrong(file: &File, size: u64, sha256: impl FnOnce() -> String) -> Option<String> {
    if size != file.bytes {
        return Some(format!(
            "it is {size} bytes long where {} are expected",
            file.bytes
        ));
    }
    (sha256() != file.sha256).then(|| "its contents were altered (SHA-256 differs)".into())
}

/// The fault of a damaged file.
pub fn damaged(why: &str, path: &Path, voice: &str) -> Fault {
    Fault::new(format!("the voice `{voice}` is damaged: {why}"))
        .at(Place::file(path.display().to_string()))
        .help(format!("run `tingbao voices install {voice}` to repair it"))
}

fn unreadable(error: &io::Error, path: &Path, voice: &str) -> Fault {
    if error.kind() == ErrorKind::NotFound {
        return Fault::new(format!("the voice `{voice}` is not installed"))
            .at(Place::file(path.display().to_string()))
            .help(format!("run `tingbao voices install {voice}`"));
    }
    Fault::new(format!("cannot read the voice `{voice}`: {error}"))
        .at(Place::file(path.display().to_string()))
        .help("check that the file may be read by you")
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, b| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{b:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::Catalogue;

    fn setting() -> (tempfile::TempDir, Model, &'static Manifest, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let voice = Catalogue::built_in().unwrap().voice("zm_yunjian").unwrap();
        let mut model = Catalogue::built_in().unwrap().models[0].clone();
        model.installed = File {
            file: "m.onnx".into(),
            bytes: 5,
            sha256: hex(&Sha256::digest(b"hello")),
        };
        let path = path(dir.path(), &model, &model.installed);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        (dir, model, voice, path)
    }

    #[test]
    fn a_whole_file_is_given_and_a_damaged_one_is_not() {
        let (dir, model, voice, path) = setting();
        let open = || read(dir.path(), &model, &model.installed, voice);
        let message = || open().unwrap_err().message;
        assert_eq!(inspect(&path, &model.installed).unwrap(), State::Missing);
        assert_eq!(message(), "the voice `zm_yunjian` is not installed");
        std::fs::write(&path, b"hello").unwrap();
        assert_eq!(open().unwrap(), b"hello");
        let state = || inspect(&path, &model.installed).unwrap();
        assert_eq!(state(), State::Whole);

        std::fs::write(&path, b"hell").unwrap();
        let truncated = "it is 4 bytes long where 5 are expected";
        assert_eq!(state(), State::Damaged(truncated.into()));
        assert_eq!(
            open().unwrap_err().to_string(),
            format!(
                "error: the voice `zm_yunjian` is damaged: {truncated}\n  --> {}\n  \
                 help: run `tingbao voices install zm_yunjian` to repair it",
                path.display()
            )
        );

        std::fs::write(&path, b"hellp").unwrap();
        assert!(message().ends_with("its contents were altered (SHA-256 differs)"));
        assert!(matches!(state(), State::Damaged(_)));
    }
}
