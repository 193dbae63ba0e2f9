//! One chapter laid down: its takes from the store, stings and recordings
//! among them, to a master in the draft.

use std::collections::HashMap;

use super::Book;
use super::plan::{Plan, PlannedChapter, PlannedChunk, SoundFile, source};
use super::speak::{Part, Takes};
use crate::assemble::{self, ChapterHead, Take, chapter_file};
use crate::audio::decode;
use crate::audio::loudness::{self, gain_to, measure};
use crate::audio::trim::trim_recording;
use crate::audio::wav::Master;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{
    Chapter, Db, MANDARIN, Millis, Omitted, Pcm, Role, SampleRate, Source, Speed, same_language,
};
use crate::store::{self, Draft, TakeKey, TakeStore};

/// The silence before the first word of a chapter: players and telephone lines
/// swallow the first tenths of a second.
const LEAD_IN: Millis = Millis(250);
/// What cues call the voice of a sound file.
const RECORDING: &str = "recording";

/// A sound file of the editor's that is kept as a take.
#[derive(Debug, Clone, PartialEq)]
struct Recording {
    key: TakeKey,
    gain: Db,
}

/// The sound files of an edition by the hash of their bytes.
#[derive(Debug, Default)]
pub struct Recordings(HashMap<String, Recording>);

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

/// Decodes every recording and the sting before anything is spoken, trims them,
/// and keeps them as takes.
///
/// # Errors
/// A file that cannot be decoded.
pub fn keep_recordings(
    plan: &Plan,
    store: &TakeStore,
    notes: &mut Vec<Diagnostic>,
) -> Result<Recordings> {
    let mut kept = HashMap::new();
    let chunks = plan.chapters.iter().flat_map(|c| &c.chunks);
    let files = plan
        .chapters
        .iter()
        .filter_map(|c| c.recording.as_ref())
        .chain(chunks.filter_map(|c| c.recording.as_ref()))
        .chain(&plan.sting);
    for file in files {
        if kept.contains_key(&file.sha256) {
            continue;
        }
        let bytes = store::read("recording", &file.path)?;
        let name = file.path.display().to_string();
        let pcm = decode::decode_at(&name, &bytes, SampleRate::MASTER)?.drain_into(notes);
        let pcm = trim_recording(pcm);
        if pcm.samples.is_empty() {
            return Err(Fault::new("the recording is silent from end to end")
                .at(Place::file(name))
                .help("record it again, or take its line out of the folder"));
        }
        let gain = measure(&pcm)?
            .integrated
            .map_or(Db(0.0), |l| gain_to(l, loudness::CAST));
        let key = recording_key(file);
        store.put(&key, &pcm)?;
        kept.insert(file.sha256.clone(), Recording { key, gain });
    }
    Ok(Recordings(kept))
}

/// Lays down one chapter whose chunks are all spoken and writes its master.
///
/// # Errors
/// A take that vanished from the store, or a full disk.
pub fn chapter(
    planned: &PlannedChapter,
    plan: &Plan,
    spoken: &Takes,
    store: &TakeStore,
    recordings: &Recordings,
    draft: &Draft,
    book: &mut Book,
) -> Result<Chapter> {
    let script = &planned.script;
    let layer = Layer {
        plan,
        store,
        recordings,
        number: script.number,
    };
    let sting = plan.sting.as_ref().filter(|_| script.number > 0);
    let mut omitted = Vec::new();
    let pauses = plan.settings.pauses;
    let first = sting.map(|file| {
        let take = layer.sound(file, 0, pauses.headline)?;
        Ok(Take {
            role: Role::Sting,
            ..take
        })
    });
    let last = planned.recording.as_ref().map(|file| {
        let take = layer.sound(file, planned.chunks.len() + 1, pauses.chapter)?;
        Ok(Take {
            text: (script.recording.as_ref()).map_or_else(String::new, |r| r.text.clone()),
            block: planned.chunks.last().map_or(1, |c| c.chunk.block + 1),
            ..take
        })
    });
    let chunks = planned
        .chunks
        .iter()
        .flat_map(|chunk| match spoken.parts(&chunk.key) {
            None => vec![layer.whole(chunk)],
            Some(parts) => {
                omitted.extend(parts.iter().filter_map(|p| lost(chunk, p)));
                layer.parts(chunk, parts)
            }
        });
    let file = chapter_file(script.number, &script.title);
    let mut master =
        Master::new(draft.create(&file)?, SampleRate::MASTER).map_err(|f| draft.blame(f, &file))?;
    let takes = first.into_iter().chain(chunks).chain(last);
    let audio = assemble::chapter(takes, LEAD_IN, &mut |samples| {
        master.add(samples).map_err(|f| draft.blame(f, &file))
    })?
    .drain_into(&mut book.notes);
    master.finish().map_err(|f| draft.blame(f, &file))?;
    let sha256 = draft.keep(&file)?;
    for lost in &omitted {
        book.notes.push(
            Diagnostic::omission(
                lost.source
                    .as_ref()
                    .map(|s| Place::new(&s.file, s.line, s.col)),
                format!("`{}` could not be said: {}", lost.text, lost.why),
            )
            .help("reword it, give its words a reading in [lexicon], or choose another voice"),
        );
    }
    book.omitted.extend(omitted);

    let head = ChapterHead {
        number: script.number,
        kind: script.kind,
        title: script.title.clone(),
        article: script.article.clone(),
    };
    Ok(assemble::entry(head, audio, sha256))
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

/// Makes the takes of one chapter.
struct Layer<'a> {
    plan: &'a Plan,
    store: &'a TakeStore,
    recordings: &'a Recordings,
    number: u32,
}

impl Layer<'_> {
    /// A kept take. It was there a moment ago.
    fn kept(&self, key: &TakeKey) -> Result<Pcm> {
        self.store.get(key).ok_or_else(|| {
            Fault::new("a finished chunk has vanished from the store while the edition was made")
                .help("run the same command again; it is spoken again then")
        })
    }

    /// The take of a chunk that was said as one. A chunk without a syllable,
    /// such as a row of stars, is a take without sound.
    fn whole(&self, chunk: &PlannedChunk) -> Result<Take> {
        let (voice, gain) = match &chunk.recording {
            Some(file) => (RECORDING.to_string(), self.recording(file)?.gain),
            None => (chunk.chunk.voice.clone(), chunk.gain),
        };
        let pcm = if chunk.reading.syllables() == 0 && chunk.recording.is_none() {
            Pcm {
                rate: SampleRate::MASTER,
                samples: Vec::new(),
            }
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
            source: self.source(&chunk.chunk.text.place()),
            pcm,
            gain,
            pause_after: chunk.chunk.pause_after,
        })
    }

    /// The takes of a chunk of which something was lost: the pause of the
    /// chunk follows the last, that of a clause the others.
    fn parts(&self, chunk: &PlannedChunk, parts: &[Part]) -> Vec<Result<Take>> {
        let take = |(i, part): (usize, &Part)| -> Result<Take> {
            let (role, spoken) = match part.lost {
                None => (chunk.chunk.role, &part.reading.spoken),
                Some(_) => (
                    Role::Omission,
                    &self.plan.omission.of(&chunk.reading).spoken,
                ),
            };
            let pcm = match part.lost {
                None => self.kept(&part.key)?,
                // The voice may not have managed even the stand-in.
                Some(_) => self.store.get(&part.key).unwrap_or(Pcm {
                    rate: SampleRate::MASTER,
                    samples: Vec::new(),
                }),
            };
            Ok(Take {
                id: chunk.chunk.id.to_string(),
                role,
                block: chunk.chunk.block,
                language: self.language(chunk),
                text: part.reading.display.clone(),
                spoken: spoken.clone(),
                voice: chunk.chunk.voice.clone(),
                source: self.source(&chunk.chunk.text.place()),
                pcm,
                gain: chunk.gain,
                pause_after: if i + 1 == parts.len() {
                    chunk.chunk.pause_after
                } else {
                    self.plan.settings.pauses.clause
                },
            })
        };
        parts.iter().enumerate().map(take).collect()
    }

    /// A decoded sound file.
    fn recording(&self, file: &SoundFile) -> Result<&Recording> {
        let missing =
            || Fault::new("a recording was not decoded").help("please report this as a bug");
        self.recordings.0.get(&file.sha256).ok_or_else(missing)
    }

    /// The language of a chunk, when it is not the edition's.
    fn language(&self, chunk: &PlannedChunk) -> Option<String> {
        let own = chunk.chunk.language.as_deref().unwrap_or(MANDARIN);
        (!same_language(own, &self.plan.settings.language)).then(|| own.to_string())
    }

    /// The take of a sound file.
    fn sound(&self, file: &SoundFile, index: usize, pause: Millis) -> Result<Take> {
        let recording = self.recording(file)?;
        Ok(Take {
            id: format!("{:02}-{index:03}", self.number),
            role: Role::Recording,
            block: 0,
            language: None,
            text: String::new(),
            spoken: String::new(),
            voice: RECORDING.into(),
            source: None,
            pcm: self.kept(&recording.key)?,
            gain: recording.gain,
            pause_after: pause,
        })
    }

    fn source(&self, place: &Option<Place>) -> Option<Source> {
        place.as_ref().map(source)
    }
}
