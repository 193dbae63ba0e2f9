//! Chapters of chunks → how each chunk is read, and what its take is kept under.

use std::path::Path;

use super::fixes::Fixes;
use super::plan::{PlannedChapter, PlannedChunk, SoundFile, take_key};
use super::takes::recording_key;
use crate::diag::{Diagnostic, Result};
use crate::model::{ChapterScript, Chunk};
use crate::speech::Speaker;
use crate::store;
use crate::text::FrontEnd;

/// Reads chapters.
pub struct Reader<'a> {
    /// How texts are read.
    pub front: &'a FrontEnd,
    /// Whose voices speak.
    pub speaker: &'a Speaker,
    /// The issue folder, where recordings lie.
    pub root: Option<&'a Path>,
    /// The sentences that were set right.
    pub fixes: Fixes<'a>,
}

impl Reader<'_> {
    /// Reads every chunk of a chapter and names its take.
    ///
    /// # Errors
    /// A voice or recording that is not there, a fix that cannot be said.
    pub fn chapter(
        &mut self,
        script: ChapterScript,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<PlannedChapter> {
        let chunks = (script.chunks.iter())
            .map(|chunk| self.chunk(chunk, script.article.as_deref(), notes))
            .collect::<Result<_>>()?;
        let recording = sound_file(
            "recording",
            script.recording.as_ref().map(|r| r.file.as_str()),
            self.root,
        )?;
        Ok(PlannedChapter {
            script,
            chunks,
            recording,
        })
    }

    fn chunk(
        &mut self,
        chunk: &Chunk,
        article: Option<&str>,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<PlannedChunk> {
        let fixed = self.fixes.of(article, chunk);
        let reading = match fixed {
            Some(fix) => fix.read(self.front, chunk, notes)?,
            None => (self.front)
                .read_in(chunk.language.as_deref(), &chunk.text)
                .drain_into(notes),
        };
        let recording = sound_file("recording", fixed.and_then(|f| f.recording()), self.root)
            .map_err(|f| match fixed {
                Some(fix) => f.at(fix.place.clone()),
                None => f,
            })?;
        let key = match &recording {
            Some(file) => recording_key(file),
            None => take_key(chunk, &reading, self.speaker)?,
        };
        Ok(PlannedChunk {
            chunk: chunk.clone(),
            reading,
            key,
            gain: self.speaker.catalogue.voice(&chunk.voice)?.level_db,
            recording,
        })
    }
}

/// Finds a sound file of the issue folder and hashes it.
///
/// # Errors
/// When it cannot be read.
pub fn sound_file(
    what: &str,
    file: Option<&str>,
    root: Option<&Path>,
) -> Result<Option<SoundFile>> {
    let (Some(file), Some(root)) = (file, root) else {
        return Ok(None);
    };
    let path = root.join(file);
    let sha256 = store::sha256(&store::read(what, &path)?);
    Ok(Some(SoundFile { path, sha256 }))
}
