//! One chapter laid down: its takes from the store, stings and recordings
//! among them, to a master in the draft.

use std::collections::HashMap;

use super::Book;
use super::plan::{Plan, PlannedChapter, SoundFile};
use super::speak::Parts;
use super::takes::{Layer, recording_key, remark};
use crate::assemble::{self, ChapterHead, Take, chapter_file};
use crate::audio::decode;
use crate::audio::loudness::{self, gain_to, measure};
use crate::audio::trim::trim_recording;
use crate::audio::wav::Master;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{Chapter, Db, Frames, Millis, Pcm, Role, SampleRate};
use crate::store::{self, Draft, TakeKey, TakeStore};

/// The silence before the first word of a chapter: players and telephone lines
/// swallow the first tenths of a second.
pub const LEAD_IN: Millis = Millis(250);
/// What cues call the voice of a sound file.
pub const RECORDING: &str = "recording";

/// A sound file of the editor's that is kept as a take.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What it is kept under.
    pub key: TakeKey,
    /// What brings it to the loudness of the voices.
    pub gain: Db,
}

impl Recording {
    /// Its take: sound without words. `id` and `role` are what it is called and what it
    /// is for.
    pub fn take(&self, id: String, role: Role, pcm: Pcm, pause_after: Millis) -> Take {
        Take {
            id,
            role,
            block: 0,
            language: None,
            text: String::new(),
            spoken: String::new(),
            voice: RECORDING.into(),
            source: None,
            pcm,
            gain: self.gain,
            pause_after,
        }
    }
}

/// The sound files of an edition by the hash of their bytes.
#[derive(Debug, Default)]
pub struct Recordings(HashMap<String, Recording>);

impl Recordings {
    /// A decoded sound file.
    ///
    /// # Errors
    /// When it is none of the edition's.
    pub fn get(&self, file: &SoundFile) -> Result<&Recording> {
        let missing =
            || Fault::new("a recording was not decoded").help("please report this as a bug");
        self.0.get(&file.sha256).ok_or_else(missing)
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
        let (recording, _) = keep_recording("recording", file, store, notes)?;
        kept.insert(file.sha256.clone(), recording);
    }
    Ok(Recordings(kept))
}

/// Decodes a sound file, trims it and keeps it as a take; how long it is.
///
/// # Errors
/// A file that cannot be read or decoded, or is silent.
pub fn keep_recording(
    what: &str,
    file: &SoundFile,
    store: &TakeStore,
    notes: &mut Vec<Diagnostic>,
) -> Result<(Recording, Frames)> {
    let bytes = store::read(what, &file.path)?;
    let name = file.path.display().to_string();
    let pcm = decode::decode_at(&name, &bytes, SampleRate::MASTER)?.drain_into(notes);
    let pcm = trim_recording(pcm);
    if pcm.samples.is_empty() {
        return Err(Fault::new(format!("the {what} is silent from end to end"))
            .at(Place::file(name))
            .help("record it again, or take its line out of the folder"));
    }
    let gain = measure(&pcm)?
        .integrated
        .map_or(Db(0.0), |l| gain_to(l, loudness::CAST));
    let key = recording_key(file);
    store.put(&key, &pcm)?;
    Ok((Recording { key, gain }, pcm.frames()))
}

/// Lays down one chapter whose chunks are all spoken and writes its master.
///
/// # Errors
/// A take that vanished from the store, or a full disk.
pub fn chapter(
    planned: &PlannedChapter,
    plan: &Plan,
    parts: &Parts,
    store: &TakeStore,
    recordings: &Recordings,
    draft: &Draft,
    book: &mut Book,
) -> Result<Chapter> {
    let script = &planned.script;
    let layer = Layer {
        store,
        parts,
        recordings,
        omission: &plan.omission,
        part_pause: plan.settings.pauses.clause,
        language: &plan.settings.language,
    };
    let sting = plan.sting.as_ref().filter(|_| script.number > 0);
    let mut omitted = Vec::new();
    let pauses = plan.settings.pauses;
    let first = sting.map(|file| {
        let take = sound(&layer, script.number, file, 0, pauses.headline)?;
        Ok(Take {
            role: Role::Sting,
            ..take
        })
    });
    let last = planned.recording.as_ref().map(|file| {
        let take = sound(
            &layer,
            script.number,
            file,
            planned.chunks.len() + 1,
            pauses.chapter,
        )?;
        Ok(Take {
            text: (script.recording.as_ref()).map_or_else(String::new, |r| r.text.clone()),
            block: planned.chunks.last().map_or(1, |c| c.chunk.block + 1),
            ..take
        })
    });
    let levels = &mut book.levels;
    let chunks = (planned.chunks.iter())
        .flat_map(|chunk| layer.chunk(chunk, &mut omitted))
        .map(|take| {
            let take = take?;
            if take.voice != RECORDING {
                levels.hear(&take)?;
            }
            Ok(take)
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
    book.notes.extend(omitted.iter().map(remark));
    book.omitted.extend(omitted);

    let head = ChapterHead {
        number: script.number,
        kind: script.kind,
        title: script.title.clone(),
        article: script.article.clone(),
        page: script.page.clone(),
        priority: script.priority,
    };
    Ok(assemble::entry(head, audio, sha256))
}

/// The take of a sound file.
fn sound(
    layer: &Layer,
    number: u32,
    file: &SoundFile,
    index: usize,
    pause: Millis,
) -> Result<Take> {
    let recording = layer.recordings.get(file)?;
    let id = format!("{number:02}-{index:03}");
    let pcm = layer.kept(&recording.key)?;
    Ok(recording.take(id, Role::Recording, pcm, pause))
}
