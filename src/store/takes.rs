//! Finished chunks, kept by what made them.
//!
//! A take is a file named by the hash of its [`TakeKey`]: one line of JSON
//! (key, frames, hash of the samples), then 16-bit little-endian samples. A
//! file counts only when its key, its size and its hash are right; anything
//! else is as if it were not there, and is spoken again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::{fault, sha256, write};
use crate::diag::Result;
use crate::model::{Pcm, SampleRate, Speed};

/// Takes that no build has used for so long are removed.
const KEPT_UNUSED: Duration = Duration::from_secs(60 * 24 * 3600);

/// Everything that shaped the sound of one take, printable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TakeKey {
    /// The version of what is done between engine and store (trimming).
    pub treatment: u32,
    /// What the engine says of itself and its voice, hashes included.
    pub engine: String,
    /// The voice by name.
    pub voice: String,
    /// How fast.
    pub speed: Speed,
    /// Words, syllables with tones, marks.
    pub pinyin: String,
}

impl TakeKey {
    /// The hash that names the take.
    pub fn hash(&self) -> String {
        // A struct of strings and finite numbers always has a JSON form.
        sha256(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }
}

/// The first line of a take's file.
#[derive(Serialize, Deserialize)]
struct Head {
    key: TakeKey,
    frames: u64,
    sha256: String,
}

/// The folder of finished takes.
#[derive(Debug, Clone)]
pub struct TakeStore {
    folder: PathBuf,
}

impl TakeStore {
    /// The store in `folder`, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        TakeStore {
            folder: folder.into(),
        }
    }

    /// Where the take of this hash lies.
    fn path(&self, hash: &str) -> PathBuf {
        self.folder.join(&hash[..2]).join(format!("{hash}.take"))
    }

    /// The take of this key, verified; `None` when it is not there or damaged.
    pub fn get(&self, key: &TakeKey) -> Option<Pcm> {
        let path = self.path(&key.hash());
        let bytes = fs::read(&path).ok()?;
        let take = decode(key, &bytes);
        match &take {
            Some(_) => touch(&path),
            None => log::warn!(
                "a kept take is damaged and is spoken again: {}",
                path.display()
            ),
        }
        take
    }

    /// Whether a sound take of this key is there.
    pub fn has(&self, key: &TakeKey) -> bool {
        self.get(key).is_some()
    }

    /// Keeps a take.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, key: &TakeKey, pcm: &Pcm) -> Result<()> {
        let samples: Vec<u8> = pcm
            .samples
            .iter()
            .flat_map(|s| ((s.clamp(-1.0, 1.0) * 32767.0).round() as i16).to_le_bytes())
            .collect();
        let head = Head {
            key: key.clone(),
            frames: pcm.samples.len() as u64,
            sha256: sha256(&samples),
        };
        let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
        bytes.push(b'\n');
        bytes.extend_from_slice(&samples);
        write(&self.path(&key.hash()), &bytes)
    }

    /// Removes the takes that no build has used for sixty days, and gives
    /// their number.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub fn prune(&self, now: SystemTime) -> Result<usize> {
        let mut gone = 0;
        for shelf in list(&self.folder)? {
            for take in list(&shelf)? {
                let used = fs::metadata(&take).and_then(|m| m.modified());
                let old = used.is_ok_and(|t| now.duration_since(t).is_ok_and(|d| d > KEPT_UNUSED));
                if old && fs::remove_file(&take).is_ok() {
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }
}

/// Reads a take's file; `None` for anything but a whole take of this key.
fn decode(key: &TakeKey, bytes: &[u8]) -> Option<Pcm> {
    let end = bytes.iter().position(|b| *b == b'\n')?;
    let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
    let samples = &bytes[end + 1..];
    let whole = head.key == *key
        && samples.len() as u64 == head.frames * 2
        && sha256(samples) == head.sha256;
    whole.then(|| Pcm {
        rate: SampleRate::MASTER,
        samples: samples
            .as_chunks::<2>()
            .0
            .iter()
            .map(|b| f32::from(i16::from_le_bytes(*b)) / 32767.0)
            .collect(),
    })
}

/// Marks a take as used. A store on a read-only disk still serves.
fn touch(path: &Path) {
    if let Ok(file) = fs::File::options().append(true).open(path) {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// The entries of a folder; none when it does not exist.
fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.filter_map(|e| e.ok().map(|e| e.path())).collect()),
        Err(e)
            if matches!(
                e.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(Vec::new())
        }
        Err(e) => Err(fault("list the folder", folder, &e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(pinyin: &str) -> TakeKey {
        TakeKey {
            treatment: 1,
            engine: "tone 1".into(),
            voice: "tone".into(),
            speed: Speed(0.9),
            pinyin: pinyin.into(),
        }
    }

    fn sound() -> Pcm {
        Pcm {
            rate: SampleRate::MASTER,
            samples: vec![0.0, 0.5, -0.5, 1.0, -1.0],
        }
    }

    #[test]
    fn a_take_comes_back_to_the_sixteenth_bit() {
        let dir = tempfile::tempdir().unwrap();
        let store = TakeStore::new(dir.path());
        store.put(&key("ni3 hao3"), &sound()).unwrap();
        let back = store.get(&key("ni3 hao3")).unwrap();
        for (a, b) in back.samples.iter().zip(&sound().samples) {
            assert!((a - b).abs() <= 1.0 / 65534.0);
        }
        assert!(!store.has(&key("ni3 hao4")));
    }

    #[test]
    fn a_damaged_take_does_not_count() {
        let dir = tempfile::tempdir().unwrap();
        let store = TakeStore::new(dir.path());
        store.put(&key("a1"), &sound()).unwrap();
        let path = store.path(&key("a1").hash());
        let whole = fs::read(&path).unwrap();
        for i in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[i] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert!(!store.has(&key("a1")), "byte {i} altered and not noticed");
            fs::write(&path, &whole[..i]).unwrap();
            assert!(!store.has(&key("a1")), "cut at byte {i} and not noticed");
        }
        fs::write(&path, &whole).unwrap();
        assert!(store.has(&key("a1")));
    }

    #[test]
    fn pruning_takes_the_unused_only() {
        let dir = tempfile::tempdir().unwrap();
        let store = TakeStore::new(dir.path());
        store.put(&key("a1"), &sound()).unwrap();
        assert_eq!(store.prune(SystemTime::now()).unwrap(), 0);
        assert_eq!(store.prune(SystemTime::now() + KEPT_UNUSED * 2).unwrap(), 1);
        assert!(!store.has(&key("a1")));
    }
}
