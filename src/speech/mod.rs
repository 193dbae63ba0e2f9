//! Readings → sound: the voices, where they come from, and the engines that
//! speak them.
//!
//! * [`catalogue`]: which voices and casts there are, from the manifests under
//!   `voices/`; [`cast`] resolves an issue's choices to voices and speeds.
//! * [`install`]: fetches and verifies what a voice needs. Together with
//!   [`platform`] the only place that reaches outside the process.
//! * [`Engine`]: says a reading; [`Speaker`] has the real ones behind one.
//! * [`mod@check`] and [`mod@split`]: is a take whole, and what to try when it is not.

pub mod cast;
pub mod catalogue;
pub mod check;
pub mod command;
pub mod desk;
pub mod feed;
mod files;
pub mod install;
pub mod kokoro;
mod languages;
mod manifest;
pub mod platform;
#[cfg(test)]
mod sample;
pub mod split;
mod tone;

use std::path::Path;
use std::sync::Arc;

use crate::diag::{Fault, Result};
use crate::model::{Pcm, Reading, Speed};

pub use cast::{clamp_speed, resolve_cast, voices_in};
pub use catalogue::Catalogue;
pub use check::{Defect, check};
pub use command::Commands;
pub use kokoro::Kokoro;
pub use manifest::{
    EngineKind, File, Manifest, Model, Package, Part, Registry, SpeedRange, Style, SyllableSeconds,
};
pub use platform::Platform;
pub use split::split;
pub use tone::Tone;

/// Something that turns readings into sound. Called from several threads at
/// once; the same input gives the same samples, whichever thread asks.
pub trait Engine: Send + Sync {
    /// Everything of engine and voice that shapes the sound, as one printable
    /// line for the take's key. Costs nothing: no model is opened for it.
    ///
    /// # Errors
    /// A fault when this engine has no voice of that name.
    fn identity(&self, voice: &str) -> Result<String>;

    /// Says one reading: samples at the voice's own rate, silence at both ends
    /// left on, the voice's level not applied.
    ///
    /// # Errors
    /// [`SayError::Unsayable`] when this voice cannot say this reading (the
    /// content is to blame), [`SayError::Fault`] when it can say nothing.
    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError>;
}

/// Why a reading was not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SayError {
    /// The voice cannot say this reading; a lower-case sentence that names what
    /// it stumbled over. Another reading may well work.
    Unsayable(String),
    /// The engine cannot speak at all.
    Fault(Fault),
}

impl From<Fault> for SayError {
    fn from(fault: Fault) -> Self {
        SayError::Fault(fault)
    }
}

impl std::fmt::Display for SayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SayError::Unsayable(why) => f.write_str(why),
            SayError::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for SayError {}

/// The voices of a desk and what speaks them.
pub struct Speaker {
    /// The voices and casts there are.
    pub catalogue: Arc<Catalogue>,
    /// Speaks any voice of the catalogue.
    pub engine: Box<dyn Engine>,
}

impl Speaker {
    /// Opens no model yet: speaks every voice of this build and of the desk,
    /// whose files lie under `data_dir` as `install::ensure` left them there.
    ///
    /// # Errors
    /// When a manifest that the desk wrote is wrong.
    pub fn open(data_dir: &Path) -> Result<Speaker> {
        let catalogue = Arc::new(Catalogue::of_desk(data_dir)?);
        let engine = Box::new(Engines {
            kokoro: Kokoro::new(data_dir, catalogue.clone()),
            platform: Platform::new(catalogue.clone()),
            command: Commands::new(catalogue.clone()),
            tone: Tone,
            catalogue: catalogue.clone(),
        });
        Ok(Speaker { catalogue, engine })
    }
}

/// The engines of this build behind one face: a voice's name finds its engine.
/// A model is opened at its first word.
struct Engines {
    catalogue: Arc<Catalogue>,
    kokoro: Kokoro,
    platform: Platform,
    command: Commands,
    tone: Tone,
}

impl Engines {
    fn engine(&self, voice: &str) -> Result<&dyn Engine> {
        Ok(match self.catalogue.voice(voice)?.engine {
            EngineKind::Kokoro => &self.kokoro,
            EngineKind::Platform => &self.platform,
            EngineKind::Command => &self.command,
            EngineKind::Tone => &self.tone,
        })
    }
}

impl Engine for Engines {
    fn identity(&self, voice: &str) -> Result<String> {
        self.engine(voice)?.identity(voice)
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        self.engine(voice)?.say(reading, voice, speed)
    }
}
