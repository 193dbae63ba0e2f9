//! The platform's own voices.
//!
//! Through the crate `tts` the platform plays; it gives no samples. On Linux a
//! private Speech Dispatcher does: `captured` keeps them. Elsewhere these voices
//! can be listened to, and an edition needs another engine.

#[cfg(all(feature = "platform", target_os = "linux"))]
mod captured;
mod list;
mod say;
mod setup;
#[cfg(not(all(feature = "platform", target_os = "linux")))]
mod uncaptured;
mod writer;

#[cfg(all(feature = "platform", target_os = "linux"))]
pub use captured::serve;
#[cfg(all(feature = "platform", target_os = "linux"))]
use captured::{Desk, missing};
pub use list::{PlatformVoice, families, voices};
pub use say::say;
pub use setup::{Generic, Setup};
#[cfg(not(all(feature = "platform", target_os = "linux")))]
pub use uncaptured::serve;
#[cfg(not(all(feature = "platform", target_os = "linux")))]
use uncaptured::{Desk, missing};
pub use writer::Writer;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::command::{self, Versions};
use super::feed::{Feed, fed};
use super::{Engine, SayError};
use crate::diag::{Fault, Result};
use crate::model::{Pcm, Reading, Speed, main_language};

/// What a manifest says of a voice of the platform.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformSpeech {
    /// The output module of Speech Dispatcher that speaks it, such as
    /// `espeak-ng`, `rhvoice` or `mary-generic`.
    pub module: String,
    /// The module's program; `sd_generic` for names that end in `-generic`, else
    /// `sd_` and the name.
    pub binary: Option<String>,
    /// The voice, as the platform calls it; as the writer's program does, where there
    /// is one.
    pub voice: String,
    /// What it is given to read.
    pub feed: Feed,
    /// How fast it speaks at the lowest rate the platform has, as a part of its
    /// normal speed.
    pub slowest: f32,
    /// How fast at the highest.
    pub fastest: f32,
    /// From -1 (lowest) to 1 (highest), 0 being normal.
    #[serde(default)]
    pub pitch: f32,
    /// From -1 (faintest) to 1 (loudest), 0 being what the platform calls normal.
    #[serde(default)]
    pub volume: f32,
    /// What to do where it is not installed; known for Debian's modules.
    pub install: Option<String>,
    /// The program that the service runs in place of a module that plays.
    pub writer: Option<Writer>,
}

/// One thing for the platform to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Say {
    /// The text, as the voice is fed.
    pub text: String,
    /// The voice, as the platform calls it.
    pub voice: String,
    /// From -1 (the slowest the platform can) through 0 (its normal rate) to 1.
    pub rate: f32,
    /// From -1 to 1 in the same way.
    pub pitch: f32,
    /// From -1 to 1 in the same way.
    pub volume: f32,
}

impl PlatformSpeech {
    /// Where this speed lies on the platform's scale.
    fn rate(&self, speed: Speed) -> f32 {
        let rate = if speed.0 < 1.0 {
            (speed.0 - 1.0) / (1.0 - self.slowest)
        } else {
            (speed.0 - 1.0) / (self.fastest - 1.0)
        };
        rate.clamp(-1.0, 1.0)
    }

    /// The service that it needs. `language` is the voice's.
    pub fn setup(&self, language: &str) -> Setup {
        let binary = match (&self.binary, &self.writer) {
            (_, Some(_)) => "sd_generic".into(),
            (Some(binary), None) => binary.clone(),
            (None, None) if self.module.ends_with("-generic") => "sd_generic".into(),
            (None, None) => format!("sd_{}", self.module),
        };
        let generic = self.writer.clone().map(|writer| Generic {
            writer,
            voice: self.voice.clone(),
            language: main_language(language),
            fastest: self.fastest,
        });
        let install = self.install.clone();
        Setup {
            install: install.unwrap_or_else(|| setup::packages(&self.module)),
            module: self.module.clone(),
            binary,
            variants: self.voice.contains('+'),
            generic,
        }
    }

    /// What it needs of this system and does not find, with what to do.
    pub fn missing(&self, language: &str) -> Option<Fault> {
        let setup = self.setup(language);
        let program = || command::missing(&self.writer.as_ref()?.program, &setup.install);
        missing(&setup).or_else(program)
    }

    /// Whether its figures can be.
    ///
    /// # Errors
    /// A lower-case sentence about the one that cannot.
    pub fn validate(&self) -> Result<(), String> {
        if !(0.0 < self.slowest && self.slowest < 1.0 && 1.0 < self.fastest) {
            return Err(format!(
                "`slowest` must lie between 0 and 1 and `fastest` above 1; they are {} and {}",
                self.slowest, self.fastest
            ));
        }
        if self.voice.is_empty() {
            return Err("`voice` is empty".into());
        }
        // The names go into a configuration file of the service.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        for name in [&self.module].into_iter().chain(&self.binary) {
            if name.is_empty() || !name.chars().all(plain) {
                return Err(format!("`{name}` is not the name of a module"));
            }
        }
        // Speech Dispatcher's generic module has one scale for slower and faster.
        if self.writer.is_some() && (self.slowest + self.fastest - 2.0).abs() > 0.001 {
            return Err(format!(
                "with a writer `slowest` and `fastest` lie equally far from 1; they are {} and {}",
                self.slowest, self.fastest
            ));
        }
        (self.writer.iter()).try_for_each(|writer| writer.validate(&self.voice))
    }
}

/// The engine of all voices whose manifest says `engine = "platform"`.
pub struct Platform {
    catalogue: Arc<Catalogue>,
    desk: Desk,
    versions: Versions,
}

impl Platform {
    /// An engine that has not started anything yet.
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        Platform {
            catalogue,
            desk: Desk::default(),
            versions: Versions::default(),
        }
    }

    /// What the catalogue knows of a voice of this engine, and the service it needs.
    fn known(&self, voice: &str) -> Result<(&PlatformSpeech, Setup)> {
        let manifest = self.catalogue.voice(voice)?;
        let speech = manifest.platform.as_ref().ok_or_else(|| {
            Fault::new(format!("`{voice}` is not a voice of the platform engine"))
        })?;
        Ok((speech, speech.setup(&manifest.language)))
    }
}

impl Engine for Platform {
    fn identity(&self, voice: &str) -> Result<String> {
        let (speech, setup) = self.known(voice)?;
        let service = self.desk.version(&setup)?;
        let writer = speech.writer.as_ref().map(|writer| {
            let identity = writer.identity(&self.versions);
            identity.map_err(|e| command::not_started(&writer.program, &setup.install, &e))
        });
        let writer = writer.transpose()?;
        Ok(format!(
            "platform 2, {service}, module {} ({}{}), voice {}, fed {}, {} to {}, pitch {}, volume {}",
            setup.module,
            setup.binary,
            writer.map_or(String::new(), |w| format!(": {w}")),
            speech.voice,
            speech.feed,
            speech.slowest,
            speech.fastest,
            speech.pitch,
            speech.volume
        ))
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        let (speech, setup) = self.known(voice)?;
        let say = Say {
            text: fed(reading, speech.feed)?,
            voice: speech.voice.clone(),
            rate: speech.rate(speed),
            pitch: speech.pitch,
            volume: speech.volume,
        };
        self.desk.say(&setup, &say)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech() -> PlatformSpeech {
        PlatformSpeech {
            module: "espeak-ng".into(),
            binary: None,
            voice: "Chinese".into(),
            feed: Feed::Pinyin,
            slowest: 0.5,
            fastest: 3.0,
            pitch: 0.0,
            volume: 0.0,
            install: None,
            writer: None,
        }
    }

    #[test]
    fn speeds_are_laid_on_the_scale_of_the_platform() {
        let rate = |speed| speech().rate(Speed(speed));
        assert_eq!([rate(1.0), rate(0.75), rate(0.5)], [0.0, -0.5, -1.0]);
        assert_eq!([rate(2.0), rate(9.0), rate(0.1)], [0.5, 1.0, -1.0]);
    }

    #[test]
    fn modules_find_their_programs_and_strange_names_are_refused() {
        assert_eq!(speech().setup("zh-CN").binary, "sd_espeak-ng");
        let generic = PlatformSpeech {
            module: "mary-generic".into(),
            ..speech()
        };
        assert_eq!(generic.setup("zh-CN").binary, "sd_generic");
        let quoted = PlatformSpeech {
            module: "x\" \"y".into(),
            ..speech()
        };
        assert!(quoted.validate().is_err());
        assert!(speech().validate().is_ok());
    }
}
