//! Chunks whose takes are kept → takes ready to be laid down.

use super::lay::{RECORDING, Recordings};
use super::plan::{PlannedChunk, SoundFile, source};
use super::speak::{Part, Parts};
use crate::assemble::Take;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{
    MANDARIN, Millis, Omission, Omitted, Pcm, Role, SampleRate, Speed, same_language,
};
use crate::store::{TakeKey, TakeStore};

/// What is known of an edition whose takes are laid down.
pub struct Layer<'a> {
    /// Where the takes are kept.
    pub store: &'a TakeStore,
    /// The chunks that could not be said as a whole.
    pub parts: &'a Parts,
    /// The sound files of the editor's.
    pub recordings: &'a Recordings,
    /// The sentence that stands for what no voice could say.
    pub omission: &'a Omission,
    /// The silence between the parts of a chunk of which something was lost.
    pub part_pause: Millis,
    /// The edition's language, BCP 47.
    pub language: &'a str,
}

impl Layer<'_> {
    /// The takes of one chunk. What of it no voice could say is added to `omitted`.
    pub fn chunk(&self, chunk: &PlannedChunk, omitted: &mut Vec<Omitted>) -> Vec<Result<Take>> {
        match self.parts.of(&chunk.key) {
            None => vec![self.whole(chunk)],
            Some(parts) => {
                omitted.extend(parts.iter().filter_map(|p| lost(chunk, p)));
                self.in_parts(chunk, parts)
            }
        }
    }

    /// A kept take. It was there a moment ago.
    ///
    /// # Errors
    /// When it has vanished.
    pub fn kept(&self, key: &TakeKey) -> Result<Pcm> {
        self.store.get(key).ok_or_else(|| {
            Fault::new("a finished chunk has vanished from the store while the edition was made")
                .help("run the same command again; it is spoken again then")
        })
    }

    /// The take of a chunk that was said as one. A chunk without a syllable,
    /// such as a row of stars, is a take without sound.
    fn whole(&self, chunk: &PlannedChunk) -> Result<Take> {
        let (voice, gain) = match &chunk.recording {
            Some(file) => (RECORDING.to_string(), self.recordings.get(file)?.gain),
            None => (chunk.chunk.voice.clone(), chunk.gain),
        };
        let pcm = if chunk.reading.syllables() == 0 && chunk.recording.is_none() {
            silence()
        } else {
            self.kept(&chunk.key)?
        };
        Ok(Take {
            id: chunk.chunk.id.to_string(),
            role: chunk.chunk.role,
            block: chunk.chunk.block,
            language: self.language(chunk),
            text: chunk.chunk.text.text.clone(),
            spoken: chunk.reading.spoken.clone(),
            voice,
            source: chunk.chunk.text.place().as_ref().map(source),
            pcm,
            gain,
            pause_after: chunk.chunk.pause_after,
        })
    }

    /// The takes of a chunk of which something was lost: the pause of the
    /// chunk follows the last, that of a clause the others.
    fn in_parts(&self, chunk: &PlannedChunk, parts: &[Part]) -> Vec<Result<Take>> {
        let take = |(i, part): (usize, &Part)| -> Result<Take> {
            let (role, spoken) = match part.lost {
                None => (chunk.chunk.role, &part.reading.spoken),
                Some(_) => (Role::Omission, &self.omission.of(&chunk.reading).spoken),
            };
            let pcm = match part.lost {
                None => self.kept(&part.key)?,
                // The voice may not have managed even the stand-in.
                Some(_) => self.store.get(&part.key).unwrap_or_else(silence),
            };
            Ok(Take {
                id: chunk.chunk.id.to_string(),
                role,
                block: chunk.chunk.block,
                language: self.language(chunk),
                text: part.reading.display.clone(),
                spoken: spoken.clone(),
                voice: chunk.chunk.voice.clone(),
                source: chunk.chunk.text.place().as_ref().map(source),
                pcm,
                gain: chunk.gain,
                pause_after: if i + 1 == parts.len() {
                    chunk.chunk.pause_after
                } else {
                    self.part_pause
                },
            })
        };
        parts.iter().enumerate().map(take).collect()
    }

    /// The language of a chunk, when it is not the edition's.
    fn language(&self, chunk: &PlannedChunk) -> Option<String> {
        let own = chunk.chunk.language.as_deref().unwrap_or(MANDARIN);
        (!same_language(own, self.language)).then(|| own.to_string())
    }
}

fn silence() -> Pcm {
    Pcm {
        rate: SampleRate::MASTER,
        samples: Vec::new(),
    }
}

/// What the edition says it lacks when a part of a chunk was lost.
fn lost(chunk: &PlannedChunk, part: &Part) -> Option<Omitted> {
    Some(Omitted {
        what: chunk.chunk.id.to_string(),
        why: part.lost.clone()?,
        text: part.reading.display.trim().to_string(),
        source: chunk.chunk.text.place().as_ref().map(source),
        intended: false,
    })
}

/// The remark on something that could not be said.
pub fn remark(lost: &Omitted) -> Diagnostic {
    Diagnostic::omission(
        (lost.source.as_ref()).map(|s| Place::new(&s.file, s.line, s.col)),
        format!("`{}` could not be said: {}", lost.text, lost.why),
    )
    .help("reword it, give its words a reading in [lexicon], or choose another voice")
}

/// What the take of a sound file is kept under.
pub fn recording_key(file: &SoundFile) -> TakeKey {
    TakeKey {
        treatment: super::plan::TREATMENT,
        engine: format!("{RECORDING} {}", file.sha256),
        voice: RECORDING.into(),
        speed: Speed(1.0),
        pinyin: String::new(),
    }
}
