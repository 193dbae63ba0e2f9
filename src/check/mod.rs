//! Exports against the rules of their specifications: pure functions from the files
//! of an export to what is wrong with them. They know nothing of how the exports are
//! made, and read them as a player or a validator would.

mod audiobook;
pub mod broadcast;
mod clock;
mod daisy202;
mod daisy3;
mod epub;
mod feed;
mod grammar;
pub mod mp3;
mod names;
mod outside;
mod shares;
mod sync;
mod xml;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

pub use audiobook::audiobook;
pub use broadcast::broadcast;
pub use daisy3::daisy3;
pub use daisy202::daisy202;
pub use epub::epub;
pub use feed::{feed, listed};
pub use mp3::id3_length;
pub use outside::{Validator, ask};
pub use shares::{player, usb};

/// The files of an export by their paths, `/` between parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, File>);

/// What a check needs to know of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum File {
    /// A document, whole.
    Document(Vec<u8>),
    /// A sound.
    Sound {
        /// How long the file is, in bytes.
        bytes: u64,
        /// How long the sound is when decoded, in milliseconds.
        duration: u64,
    },
    /// Anything else.
    Other {
        /// How long the file is, in bytes.
        bytes: u64,
    },
}

impl File {
    /// How long it is, in bytes.
    pub fn bytes(&self) -> u64 {
        match self {
            File::Document(bytes) => bytes.len() as u64,
            File::Sound { bytes, .. } | File::Other { bytes } => *bytes,
        }
    }
}

impl Files {
    /// Adds a file, or puts another in its place.
    pub fn insert(&mut self, path: impl Into<String>, file: File) {
        self.0.insert(path.into(), file);
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<File> {
        self.0.remove(path)
    }

    /// The file of this path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    /// The paths and files, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &File)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file))
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The file it is wrong in.
    pub file: String,
    /// Its line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// What is wrong, a lower-case sentence that names the value.
    pub message: String,
    /// What says so: the specification and its clause.
    pub clause: &'static str,
}

impl fmt::Display for Finding {
    /// `file:line: what is wrong (specification, clause)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {} ({})", self.message, self.clause)
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Report(Vec<Finding>);

impl Report {
    /// Something wrong with a file as a whole.
    fn file(&mut self, file: &str, clause: &'static str, message: impl Into<String>) {
        self.line(file, 0, clause, message);
    }

    /// Something wrong in a line.
    fn line(&mut self, file: &str, line: u32, clause: &'static str, message: impl Into<String>) {
        self.0.push(Finding {
            file: file.into(),
            line,
            message: message.into(),
            clause,
        });
    }

    /// The findings, file by file and in the order of their lines.
    fn sorted(mut self) -> Vec<Finding> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
