//! What is there: for `tingbao voices`.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use crate::diag::Result;
use crate::model::Speed;
use crate::speech::catalogue::Catalogue;
use crate::speech::files::{self, State};
use crate::speech::manifest::{File, Model};

/// A voice of this build and how it stands with its files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VoiceStatus {
    /// Its name.
    pub name: String,
    /// One line about it, in Chinese.
    pub description: String,
    /// The language it speaks, BCP 47.
    pub language: String,
    /// What speaks it.
    pub engine: String,
    /// The licence, SPDX.
    pub licence: String,
    /// Whom to credit, and where it was published.
    pub source: String,
    /// The speed it reads best at.
    pub speed: Speed,
    /// Whether it can speak: all its files are there and whole, and so is the
    /// program that speaks it.
    pub installed: bool,
    /// What is wrong with a file that is there.
    pub problem: Option<String>,
    /// What of the system's it needs and does not find.
    pub missing: Option<String>,
    /// What to do about that.
    pub help: Option<String>,
    /// Its files; the model's is shared with other voices.
    pub files: Vec<FileStatus>,
}

impl VoiceStatus {
    /// Whether something of the system's speaks it.
    pub fn spoken_by_program(&self) -> bool {
        matches!(self.engine.as_str(), "command" | "platform")
    }
}

/// A file that a voice needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileStatus {
    /// Where it is or would be.
    pub path: String,
    /// Its size when whole.
    pub bytes: u64,
    /// Its SHA-256 when whole.
    pub sha256: String,
    /// Whether something is there by this name.
    pub present: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// All voices of the catalogue, their files looked at byte by byte.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn status(catalogue: &Catalogue, data_dir: &Path) -> Result<Vec<VoiceStatus>> {
    // The model is large and shared: it is read once.
    let mut seen: HashMap<&str, FileStatus> = HashMap::new();
    let mut list = Vec::new();
    for voice in &catalogue.voices {
        let mut needed = Vec::new();
        if let (Some(model), Some(style)) = (catalogue.model_of(voice)?, &voice.style) {
            for file in [&model.installed, &style.installed] {
                if !seen.contains_key(file.sha256.as_str()) {
                    seen.insert(&file.sha256, look(data_dir, model, file)?);
                }
                needed.extend(seen.get(file.sha256.as_str()).cloned());
            }
        }
        let command = voice.command.as_ref().and_then(|c| c.missing());
        let platform = voice
            .platform
            .as_ref()
            .and_then(|p| p.missing(&voice.language));
        let missing = command.or(platform);
        let whole = needed.iter().all(|f| f.present && f.problem.is_none());
        list.push(VoiceStatus {
            name: voice.name.clone(),
            language: voice.language.clone(),
            description: voice.description.clone(),
            engine: voice.engine.to_string(),
            licence: voice.licence.clone(),
            source: voice.source.clone(),
            speed: voice.speed.default,
            installed: whole && missing.is_none(),
            problem: needed.iter().find_map(|f| f.problem.clone()),
            help: missing.as_ref().and_then(|m| m.help.clone()),
            missing: missing.map(|m| m.message),
            files: needed,
        });
    }
    Ok(list)
}

fn look(data_dir: &Path, model: &Model, file: &File) -> Result<FileStatus> {
    let path = files::path(data_dir, model, file);
    let (present, problem) = match files::inspect(&path, file)? {
        State::Whole => (true, None),
        State::Missing => (false, None),
        State::Damaged(why) => (true, Some(format!("`{}`: {why}", file.file))),
    };
    Ok(FileStatus {
        path: path.display().to_string(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        present,
        problem,
    })
}
