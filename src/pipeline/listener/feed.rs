//! The feed of all editions of a paper, which lies beside their folders.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Place, Result};
use crate::export::{Broadcast, Content, update_feed};
use crate::store::{self, Lock};

/// The feed as it will be, and the right to write it: between reading and writing it no
/// other run may change it.
pub struct Feed {
    files: Vec<(PathBuf, Vec<u8>)>,
    _lock: Lock,
}

impl Feed {
    /// The feed beside `output` with the episodes of this edition.
    ///
    /// # Errors
    /// A feed that is damaged, or another podcast's.
    pub fn with(broadcast: &Broadcast, output: &Path, notes: &mut Vec<Diagnostic>) -> Result<Self> {
        let folder = match output.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let path = folder.join(&broadcast.feed);
        let lock = Lock::wait(&path)?;
        let before = match store::exists(&path) {
            true => Some(store::read("podcast's feed", &path)?),
            false => None,
        };
        let bytes = update_feed(before.as_deref(), broadcast)
            .map_err(|f| f.at(Place::file(path.display().to_string())))?
            .drain_into(notes);
        let beside = broadcast.beside.iter().filter_map(|e| match &e.content {
            Content::Bytes(bytes) => Some((folder.join(&e.path), bytes.clone())),
            _ => None,
        });
        // The feed last: what it names is there then.
        let files = beside.chain([(path, bytes)]).collect();
        Ok(Feed { files, _lock: lock })
    }

    /// Writes it.
    ///
    /// # Errors
    /// A full disk; the feed is then as it was.
    pub fn write(self) -> Result<()> {
        (self.files.iter()).try_for_each(|(path, bytes)| store::write(path, bytes))
    }
}
