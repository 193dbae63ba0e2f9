//! Chapters of a finished edition, spoken again at another pace: from its index, its
//! readings and its masters, without the issue that it was made from.

mod pieces;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::lay::{LEAD_IN, RECORDING, Recordings};
use super::plan::PlannedChunk;
use super::speak::{self, Parts};
use super::takes::{Layer, remark};
use super::{Event, Host, masters, publish};
use crate::assemble::{self, CEILING, ChapterAudio, Take};
use crate::audio::wav;
use crate::diag::{Fault, Noted, Place, Result};
use crate::export::{BUILD_AGAIN, READINGS_FILE, read_readings};
use crate::model::{
    Chapter, Chunk, ChunkId, Cue, Db, Edition, Frames, Millis, ReadChunk, Readings, SampleRate,
    SourceText, Speed,
};
use crate::rundown::Load;
use crate::speech::{Speaker, clamp_speed, install};
use crate::store::{self, TakeStore};
use pieces::Piece;
pub use pieces::{AgainChapter, Pace, Tempo};

/// An edition that can be spoken again.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// Its folder.
    pub folder: PathBuf,
    /// Its index.
    pub edition: Edition,
    readings: Readings,
}

impl Finished {
    /// The edition in `folder`.
    ///
    /// # Errors
    /// None there; readings that are missing or not those that the index tells of.
    pub fn open(folder: &Path) -> Result<Finished> {
        Finished::of(folder, &publish::edition(folder)?)
    }

    /// The edition of this index, whose chapters and readings lie in `folder`.
    ///
    /// # Errors
    /// Readings that are missing or not those that the index tells of.
    pub fn of(folder: &Path, edition: &Edition) -> Result<Finished> {
        let path = folder.join(READINGS_FILE);
        let blame = |why: &str| {
            Fault::new(why)
                .at(Place::file(path.display().to_string()))
                .help(BUILD_AGAIN)
        };
        let Some(told) = &edition.readings_sha256 else {
            return Err(blame("the edition does not tell how its chunks are read"));
        };
        let bytes = store::read("readings", &path).map_err(|f| f.help(BUILD_AGAIN))?;
        if store::sha256(&bytes) != *told {
            return Err(blame("the readings are not those that the index tells of"));
        }
        let readings =
            read_readings(&bytes).map_err(|f| f.at(Place::file(path.display().to_string())))?;
        Ok(Finished {
            folder: folder.to_path_buf(),
            edition: edition.clone(),
            readings,
        })
    }

    /// Its chapter of this number.
    ///
    /// # Errors
    /// When there is none.
    pub fn chapter(&self, number: u32) -> Result<&Chapter> {
        (self.edition.chapters.iter())
            .find(|c| c.number == number)
            .ok_or_else(|| {
                let last = self.edition.chapters.iter().map(|c| c.number).max();
                Fault::new(format!("the edition has no chapter {number}"))
                    .at(Place::file(self.folder.display().to_string()))
                    .help(format!("its chapters are 0 to {}", last.unwrap_or(0)))
            })
    }

    /// A chapter as it is to be spoken again; nothing is spoken yet.
    ///
    /// # Errors
    /// No such chapter, a chunk that nobody told how to read, an unknown voice, a
    /// chapter whose sound was altered and from which a recording would be cut.
    pub fn at_pace(&self, number: u32, pace: Pace, speaker: &Speaker) -> Result<AgainChapter> {
        let chapter = self.chapter(number)?;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last: Option<&Cue> = None;
        for cue in &chapter.cues {
            let first = cue.start == Frames(0);
            let silent = if first {
                LEAD_IN.frames(self.edition.sample_rate)
            } else {
                Frames(0)
            };
            let from = cue.start + silent;
            let length = Frames(cue.speech_end.0.saturating_sub(from.0));
            let before = last.replace(cue);
            if cue.voice == RECORDING {
                pieces.push(Piece::Cut {
                    cue: cue.clone(),
                    from,
                    pause: times(self.pause(cue), pace.pauses),
                });
                continue;
            }
            // Of a chunk that was said in parts every part has its cue.
            if let (Some(Piece::Chunk { chunk, was, .. }), Some(before)) =
                (pieces.last_mut(), before)
                && before.chunk == cue.chunk
            {
                chunk.chunk.text.text.push_str(&cue.text);
                *was = *was + (before.end - before.speech_end) + length;
                continue;
            }
            let (chunk, wanted) = self.chunk(cue, pace, speaker)?;
            pieces.push(Piece::Chunk {
                chunk: Box::new(chunk),
                was: length,
                wanted,
            });
        }
        let cut = pieces.iter().any(|p| matches!(p, Piece::Cut { .. }));
        if cut {
            masters::whole(&self.folder, chapter)?;
        }
        Ok(AgainChapter {
            number,
            lead_in: LEAD_IN,
            pieces,
        })
    }

    /// The silence behind a cue, to the nearest millisecond.
    fn pause(&self, cue: &Cue) -> Millis {
        let seconds = (cue.end - cue.speech_end).seconds(self.edition.sample_rate);
        Millis((seconds * 1000.0).round() as u32)
    }

    /// A chunk that a voice speaks, by its first cue, and the speed that was wanted.
    fn chunk(&self, cue: &Cue, pace: Pace, speaker: &Speaker) -> Result<(PlannedChunk, Speed)> {
        let unread = || {
            Fault::new(format!("nobody told how chunk `{}` is read", cue.chunk))
                .at(Place::file(
                    self.folder.join(READINGS_FILE).display().to_string(),
                ))
                .help(BUILD_AGAIN)
        };
        let id: ChunkId = cue.chunk.parse().map_err(|()| unread())?;
        let ReadChunk {
            role,
            language,
            voice,
            speed,
            pause_after,
            gain,
            reading,
        } = self.readings.chunks.get(&id).ok_or_else(unread)?;
        let manifest = speaker.catalogue.voice(voice)?;
        let (wanted, speed) = match pace.tempo {
            Tempo::Times(1.0) => (*speed, *speed),
            Tempo::Times(factor) => {
                let wanted = Speed(speed.0 * factor);
                // Speeds a thousandth apart are no different to hear, but to the store.
                (wanted, thousandth(clamp_speed(manifest, wanted).0))
            }
            Tempo::At(wanted) => (wanted, clamp_speed(manifest, wanted).0),
        };
        let text = match &cue.source {
            Some(s) => SourceText::at(&cue.text, Place::new(&s.file, s.line, s.col)),
            None => SourceText::made(&cue.text),
        };
        let chunk = Chunk {
            id,
            role: *role,
            block: cue.block,
            text,
            language: language.clone(),
            voice: voice.clone(),
            speed,
            pause_after: times(*pause_after, pace.pauses),
        };
        let planned = PlannedChunk {
            gain: *gain,
            ..PlannedChunk::spoken(chunk, reading.clone(), speaker)?
        };
        Ok((planned, wanted))
    }

    /// How long the sound of a chapter is whose chunks are all spoken, its pauses left
    /// out.
    ///
    /// # Errors
    /// A take that vanished from the store.
    pub fn measure(
        &self,
        chapter: &AgainChapter,
        spoken: &Parts,
        store: &TakeStore,
    ) -> Result<Load> {
        let recordings = Recordings::default();
        let layer = self.layer(spoken, store, &recordings);
        let mut load = Load::default();
        for piece in &chapter.pieces {
            match piece {
                Piece::Chunk { chunk, .. } => {
                    let mut takes = layer.chunk(chunk, &mut Vec::new()).into_iter().peekable();
                    while let Some(take) = takes.next() {
                        let take = take?;
                        load.speech += take.pcm.frames();
                        if takes.peek().is_some() {
                            load.speech += take.pause_after.frames(SampleRate::MASTER);
                        }
                    }
                }
                Piece::Cut { cue, from, .. } => load.fixed += cue.speech_end - *from,
            }
        }
        Ok(load)
    }

    /// How many chunks of these chapters no take is kept of, and how long their sound is
    /// in the edition.
    pub fn unspoken<'c>(
        &self,
        chapters: impl Iterator<Item = &'c AgainChapter>,
        store: &TakeStore,
    ) -> (usize, Frames) {
        let mut lengths = HashMap::new();
        let mut chunks = Vec::new();
        for piece in chapters.flat_map(|c| &c.pieces) {
            if let Piece::Chunk { chunk, was, .. } = piece {
                lengths.insert(chunk.key.hash(), *was);
                chunks.push(&**chunk);
            }
        }
        let missing = speak::missing(chunks.into_iter(), store);
        let length = |c: &&PlannedChunk| lengths.get(&c.key.hash()).copied();
        (missing.len(), missing.iter().filter_map(length).sum())
    }

    fn layer<'a>(
        &'a self,
        parts: &'a Parts,
        store: &'a TakeStore,
        recordings: &'a Recordings,
    ) -> Layer<'a> {
        Layer {
            store,
            parts,
            recordings,
            omission: &self.readings.omission,
            part_pause: self.readings.part_pause,
            language: &self.edition.masthead.language,
        }
    }

    /// Lays a chapter down whose chunks are all spoken: `master` is given the samples
    /// at the masters' rate, block by block. Chunks are called as in the edition.
    ///
    /// Remarks: what could not be said; a gain that was lowered.
    ///
    /// # Errors
    /// A take that vanished from the store, and the first error of `master`.
    pub fn lay(
        &self,
        chapter: &AgainChapter,
        spoken: &Parts,
        store: &TakeStore,
        master: &mut dyn FnMut(&[f32]) -> Result<()>,
    ) -> Result<Noted<ChapterAudio>> {
        let recordings = Recordings::default();
        let layer = self.layer(spoken, store, &recordings);
        let file = self.folder.join(&self.chapter(chapter.number)?.file);
        let mut omitted = Vec::new();
        let takes = chapter.pieces.iter().flat_map(|piece| match piece {
            Piece::Chunk { chunk, .. } => layer.chunk(chunk, &mut omitted),
            Piece::Cut { cue, from, pause } => vec![self.cut(&file, cue, *from, *pause)],
        });
        let Noted { value, mut notes } = assemble::chapter(takes, chapter.lead_in, master)?;
        notes.extend(omitted.iter().map(remark));
        Ok(Noted::new(value, notes))
    }

    /// The sound of a cue, cut from its chapter's master.
    fn cut(&self, file: &Path, cue: &Cue, from: Frames, pause: Millis) -> Result<Take> {
        let input = store::open("chapter", file)?;
        let mut pcm = wav::part(input, self.edition.sample_rate, from..cue.speech_end)
            .map_err(|f| f.at(Place::file(file.display().to_string())))?;
        // Sixteen bits may have rounded a peak above the ceiling.
        (pcm.samples.iter_mut()).for_each(|s| *s = s.clamp(-CEILING, CEILING));
        Ok(Take {
            id: cue.chunk.clone(),
            role: cue.role,
            block: cue.block,
            language: cue.language.clone(),
            text: cue.text.clone(),
            spoken: cue.spoken.clone(),
            voice: cue.voice.clone(),
            source: cue.source.clone(),
            pcm,
            gain: Db(0.0),
            pause_after: pause,
        })
    }

    /// Speaks what of these chapters no take is kept of, in `workers` threads. Voices
    /// that are not installed are fetched first. Gives what could not be said as a
    /// whole, which [`Finished::lay`] needs to know.
    ///
    /// # Errors
    /// A voice that cannot be had or cannot speak at all; a full disk; the user.
    pub fn speak(
        &self,
        chapters: &[AgainChapter],
        workers: NonZeroUsize,
        voices: &install::Source,
        host: &mut Host<'_>,
    ) -> Result<Parts> {
        let store = TakeStore::new(&host.home.takes);
        let pieces = chapters.iter().flat_map(|c| &c.pieces);
        let chunks: Vec<PlannedChunk> = pieces
            .filter_map(|piece| match piece {
                Piece::Chunk { chunk, .. } => Some((**chunk).clone()),
                Piece::Cut { .. } => None,
            })
            .collect();
        let missing = speak::missing(chunks.iter(), &store);
        speak::fetch_voices(&missing, voices, host)?;
        let tell = &mut *host.tell;
        tell(Event::Planned {
            chapters: chapters.len(),
            chunks: chunks.len(),
            to_speak: missing.len(),
        });
        let speaking = speak::Speaking {
            speaker: host.speaker,
            store: &store,
            cancel: host.cancel,
            omission: &self.readings.omission,
            silent: speak::Silent::default(),
        };
        let mut parts = Parts::default();
        speaking.run(&missing, workers, |spoken| {
            spoken.wait_for(&chunks, &mut |e| tell(e))?;
            parts = std::mem::take(&mut spoken.parts);
            Ok(())
        })?;
        Ok(parts)
    }
}

/// A pause made longer or shorter.
fn times(pause: Millis, factor: f64) -> Millis {
    // `as` takes what is below 0 or no number to 0.
    Millis((f64::from(pause.0) * factor).round() as u32)
}

fn thousandth(speed: Speed) -> Speed {
    Speed((speed.0 * 1000.0).round() / 1000.0)
}
