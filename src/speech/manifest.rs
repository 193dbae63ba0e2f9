//! What is known about a voice before it speaks: `voices/<name>/voice.toml`,
//! and about the model it needs: `voices/<model>/model.toml`. Unknown keys are
//! refused, so that a misspelt one never passes for a default.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::command::CommandSpeech;
use super::feed::Feed;
use super::platform::PlatformSpeech;
use crate::diag::{Fault, Place, Result};
use crate::model::{Db, SampleRate, Speed, is_mandarin, same_language};

/// A voice: what it is, where it comes from, how it behaves.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its name, also that of its folder.
    pub name: String,
    /// What speaks it.
    pub engine: EngineKind,
    /// The language it speaks, BCP 47.
    pub language: String,
    /// One line for a list, in Chinese.
    pub description: String,
    /// The licence, SPDX.
    pub licence: String,
    /// Whom to credit, and where it was published.
    pub source: String,
    /// The rate of its samples.
    pub sample_rate: SampleRate,
    /// The gain that brings it to the cast's common loudness (-20 LUFS; how it
    /// was measured stands in the manifest).
    pub level_db: Db,
    /// The speeds it bears.
    pub speed: SpeedRange,
    /// How long its syllables are at speed 1.
    pub syllable: SyllableSeconds,
    /// Syllables a second at its default speed, pauses left out.
    pub pace: Option<f64>,
    /// The longest chunk it speaks whole, in syllables; longer ones are said in
    /// parts.
    pub longest: Option<usize>,
    /// The model it needs, by the name of its folder under `voices/`.
    pub model: Option<String>,
    /// Its own file, for engines that need one.
    pub style: Option<Style>,
    /// How the platform speaks it.
    pub platform: Option<PlatformSpeech>,
    /// The command that speaks it.
    pub command: Option<CommandSpeech>,
}

/// The engines by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// The embedded neural voice.
    Kokoro,
    /// The platform's own speech service.
    Platform,
    /// A program that leaves a sound file.
    Command,
    /// Tone bursts, for tests.
    Tone,
}

impl fmt::Display for EngineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EngineKind::Kokoro => "kokoro",
            EngineKind::Platform => "platform",
            EngineKind::Command => "command",
            EngineKind::Tone => "tone",
        })
    }
}

/// The speeds a voice bears, by a recogniser's ear.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeedRange {
    /// What it reads best at.
    pub default: Speed,
    /// Slower than this it slurs.
    pub min: Speed,
    /// Faster than this it swallows syllables.
    pub max: Speed,
}

/// Seconds of speech per syllable at speed 1, both ends trimmed: a whole take
/// lies in this range, one with words lost or repeated does not.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyllableSeconds {
    /// Less, and something was swallowed.
    pub min: f64,
    /// More, and something was drawn out or said twice.
    pub max: f64,
}

/// A voice's style vectors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// The package that holds it, one of the model's.
    pub package: String,
    /// The path inside that package.
    pub member: String,
    /// The installed file.
    pub installed: File,
}

/// A file by name, size and hash.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its name in the model's folder of the data folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// A model that several voices share.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, also that of its folder.
    pub name: String,
    /// The licence, SPDX.
    pub licence: String,
    /// Whom to credit, and where it was published.
    pub source: String,
    /// The packages that hold the model and the voices.
    pub package: Vec<Package>,
    /// The pieces of the published model, in order.
    pub part: Vec<Part>,
    /// The published model: all parts joined.
    pub published: File,
    /// The same model as the engine wants it, made from it at install.
    pub installed: File,
}

/// A piece of the published model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The package that holds it.
    pub package: String,
    /// The path inside that package.
    pub member: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// A package of a public registry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// The version pinned.
    pub version: String,
    /// Who holds it.
    pub registry: Registry,
    /// The archive's file name, as the registry's client saves it.
    pub archive: String,
    /// The archive's size, to tell the user what will be fetched.
    pub bytes: u64,
}

/// A package registry, known by the client that fetches from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registry {
    /// The Python Package Index, by `pip`.
    Pypi,
    /// The npm registry, by `npm`.
    Npm,
}

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Registry::Pypi => "PyPI",
            Registry::Npm => "npm",
        })
    }
}

impl Manifest {
    /// Whether it speaks this language (BCP 47), in whatever accent. The tone speaks
    /// any.
    pub fn speaks(&self, language: &str) -> bool {
        self.engine == EngineKind::Tone || same_language(&self.language, language)
    }

    /// Parses one `voice.toml`; `path` is for messages only.
    ///
    /// # Errors
    /// A fault when it is not TOML, a key is unknown or missing, or a figure
    /// cannot be (a range upside down, a hash of the wrong length).
    pub fn parse(text: &str, path: &str) -> Result<Self> {
        let manifest: Manifest = parse(text, path)?;
        manifest.validate().map_err(|why| misfit(path, &why))?;
        Ok(manifest)
    }

    fn validate(&self) -> Result<(), String> {
        let SpeedRange { default, min, max } = self.speed;
        if !(0.3..=3.0).contains(&min.0) || min.0 > default.0 || default.0 > max.0 || max.0 > 3.0 {
            return Err(format!("speeds {min} ≤ {default} ≤ {max} do not hold"));
        }
        let SyllableSeconds { min, max } = self.syllable;
        if !(min > 0.0 && min < max && max < 5.0) {
            return Err(format!("syllables of {min} to {max} seconds cannot be"));
        }
        let tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if self.language.is_empty() || !self.language.chars().all(tag) {
            return Err(format!(
                "`{}` is no language; they are written zh-CN, en-GB, fr",
                self.language
            ));
        }
        let feeds = self.platform.iter().map(|p| p.feed);
        let pinyin = feeds
            .chain(self.command.iter().map(|c| c.feed))
            .any(|f| f == Feed::Pinyin);
        if pinyin && !is_mandarin(&self.language) {
            return Err(format!(
                "a voice of `{}` cannot be fed pinyin; `feed` must be \"text\"",
                self.language
            ));
        }
        if self.level_db.0.abs() > 24.0 {
            return Err(format!("a level of {} dB cannot be", self.level_db.0));
        }
        match self.engine {
            EngineKind::Kokoro if self.model.is_none() || self.style.is_none() => {
                return Err("a kokoro voice needs `model` and `style`".into());
            }
            EngineKind::Platform if self.platform.is_none() => {
                return Err("a platform voice needs a table `[platform]`".into());
            }
            EngineKind::Command if self.command.is_none() => {
                return Err("a command voice needs a table `[command]`".into());
            }
            _ => {}
        }
        self.platform.iter().try_for_each(|p| p.validate())?;
        self.command.iter().try_for_each(|c| c.validate())?;
        self.style.iter().try_for_each(|s| s.installed.validate())
    }
}

impl Model {
    /// Parses one `model.toml`; `path` is for messages only.
    ///
    /// # Errors
    /// As [`Manifest::parse`], and when a part names an unknown package or the
    /// parts do not add up to the published size.
    pub fn parse(text: &str, path: &str) -> Result<Self> {
        let model: Model = parse(text, path)?;
        model.validate().map_err(|why| misfit(path, &why))?;
        Ok(model)
    }

    fn validate(&self) -> Result<(), String> {
        self.published.validate()?;
        self.installed.validate()?;
        if let Some(part) = self
            .part
            .iter()
            .find(|p| self.package(&p.package).is_none())
        {
            return Err(format!("no package is called `{}`", part.package));
        }
        let sum: u64 = self.part.iter().map(|p| p.bytes).sum();
        if sum != self.published.bytes {
            return Err(format!(
                "the parts are {sum} bytes together, the published model {}",
                self.published.bytes
            ));
        }
        Ok(())
    }

    /// One of its packages by name.
    pub fn package(&self, name: &str) -> Option<&Package> {
        self.package.iter().find(|p| p.name == name)
    }
}

impl File {
    fn validate(&self) -> Result<(), String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if self.file.is_empty() || self.file.starts_with('.') || !self.file.chars().all(plain) {
            return Err(format!("`{}` is not a plain file name", self.file));
        }
        let hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
        if self.sha256.len() != 64 || !self.sha256.chars().all(hex) {
            return Err(format!("`{}` is not a SHA-256", self.sha256));
        }
        Ok(())
    }
}

/// Parses TOML strictly, with the line in the fault.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(text: &str, path: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| {
        let line = e
            .span()
            .map_or(0, |s| text[..s.start].matches('\n').count() as u32 + 1);
        Fault::new(e.message().replace('\n', " ")).at(Place::new(path, line, 0))
    })
}

fn misfit(path: &str, why: &str) -> Fault {
    Fault::new(why).at(Place::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONE: &str = r#"
name = "tone"
engine = "tone"
language = "zh-CN"
description = "试音"
licence = "CC0-1.0"
source = "made by the program"
sample_rate = 24000
level_db = 0.0
speed = { default = 1.0, min = 0.5, max = 2.0 }
syllable = { min = 0.1, max = 0.4 }
"#;

    #[test]
    fn a_manifest_is_read_strictly() {
        let tone = Manifest::parse(TONE, "voice.toml").unwrap();
        assert_eq!(tone.engine, EngineKind::Tone);
        let extra = TONE.replace("level_db", "levl_db = 1.0\nlevel_db");
        let fault = Manifest::parse(&extra, "voices/tone/voice.toml").unwrap_err();
        assert!(fault.message.contains("levl_db"), "{fault}");
        assert_eq!(fault.place.unwrap().line, 9);
    }

    #[test]
    fn impossible_figures_are_refused() {
        for (from, to) in [
            ("min = 0.5", "min = 1.5"),
            ("max = 2.0", "max = 0.9"),
            ("max = 0.4", "max = 0.1"),
            ("level_db = 0.0", "level_db = 60.0"),
            ("engine = \"tone\"", "engine = \"kokoro\""),
        ] {
            let text = TONE.replace(from, to);
            assert!(Manifest::parse(&text, "voice.toml").is_err(), "{to}");
        }
    }
}
