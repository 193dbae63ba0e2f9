//! One sentence by several voices, to choose among them.

use std::num::NonZeroUsize;

use super::plan::PlannedChunk;
use super::{Event, Host, speak};
use crate::assemble::{self, Take};
use crate::audio::wav;
use crate::diag::{Diagnostic, Fault, Result};
use crate::model::{Chunk, ChunkId, Millis, Omission, Pcm, SampleRate, is_mandarin};
use crate::model::{Reading, Role, SourceText, Speed};
use crate::speech::{clamp_speed, install};
use crate::store::TakeStore;
use crate::text::FrontEnd;

/// The silence between two voices, and before the first.
const PAUSE: Millis = Millis(900);
const LEAD_IN: Millis = Millis(250);

/// What is to be heard.
pub struct AuditionJob<'a> {
    /// The sentence.
    pub text: &'a str,
    /// How it is read.
    pub front: &'a FrontEnd,
    /// Its language, BCP 47; Mandarin when left out.
    pub language: Option<&'a str>,
    /// The voices, in order.
    pub voices: Vec<String>,
    /// A speed for all of them in place of each one's own.
    pub speed: Option<Speed>,
    /// How many voices speak at once.
    pub workers: NonZeroUsize,
    /// Where voices that are not installed come from.
    pub source: install::Source,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Audition {
    /// How the sentence is read.
    pub reading: Reading,
    /// Each voice: when it begins, in seconds, how long it speaks, and at which
    /// speed.
    pub heard: Vec<Heard>,
    /// All of them one behind the other, at the masters' rate and one loudness.
    pub pcm: Pcm,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// One voice of an audition.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Heard {
    /// The voice.
    pub voice: String,
    /// Its speed.
    pub speed: Speed,
    /// When it begins, in seconds.
    pub start: f64,
    /// How long it speaks, in seconds.
    pub seconds: f64,
}

impl Audition {
    /// The bytes of a WAV file.
    ///
    /// # Errors
    /// A sound too long for one.
    pub fn wav(&self) -> Result<Vec<u8>> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        wav::write(&self.pcm, &mut bytes)?;
        Ok(bytes.into_inner())
    }
}

/// Speaks the sentence by every voice.
///
/// # Errors
/// Nothing to say, an unknown voice, one that cannot be installed or cannot say
/// the sentence.
pub fn audition(job: &AuditionJob<'_>, host: Host) -> Result<Audition> {
    let text = SourceText::made(job.text);
    let mut notes = Vec::new();
    let language = job.language.filter(|l| !is_mandarin(l));
    let reading = job.front.read_in(language, &text).drain_into(&mut notes);
    if reading.syllables() == 0 {
        return Err(
            Fault::new(format!("there is nothing to say in `{}`", job.text))
                .help("give a sentence in Chinese characters"),
        );
    }
    let chunks = (job.voices.iter().enumerate())
        .map(|(i, voice)| chunk(job, &host, &text, &reading, (i, voice), &mut notes))
        .collect::<Result<Vec<_>>>()?;
    let names: Vec<&str> = job.voices.iter().map(String::as_str).collect();
    let tell = host.tell;
    install::ensure(
        &host.home.data,
        &host.speaker.catalogue,
        &names,
        &job.source,
        &mut |e| tell(Event::Voice(e)),
    )?;
    let store = TakeStore::new(&host.home.takes);
    let mut takes = Vec::new();
    // A voice that fails at the sentence fails at the audition.
    let omission = Omission {
        mandarin: reading.clone(),
        english: reading.clone(),
    };
    let speaking = speak::Speaking {
        speaker: host.speaker,
        store: &store,
        cancel: host.cancel,
        omission: &omission,
        silent: speak::Silent::default(),
    };
    let missing = speak::missing(chunks.iter(), &store);
    speaking.run(&missing, job.workers, |spoken| {
        spoken.wait_for(&chunks, &mut |e| tell(e))?;
        for planned in &chunks {
            if let Some(why) = spoken.parts.lost(&planned.key) {
                let voice = &planned.chunk.voice;
                return Err(
                    Fault::new(format!("`{voice}` cannot say the sentence: {why}"))
                        .help("reword it, or leave that voice out"),
                );
            }
            takes.push(take(planned, &store)?);
        }
        Ok(())
    })?;
    let mut samples = Vec::new();
    let audio = assemble::chapter(takes.into_iter().map(Ok), LEAD_IN, &mut |block| {
        samples.extend_from_slice(block);
        Ok(())
    })?
    .drain_into(&mut notes);
    let seconds = |frames: u64| frames as f64 / f64::from(SampleRate::MASTER.0);
    let heard = (audio.cues.iter().zip(&chunks))
        .map(|(cue, planned)| Heard {
            voice: cue.voice.clone(),
            speed: planned.chunk.speed,
            start: seconds(cue.start.0),
            seconds: seconds(cue.speech_end.0 - cue.start.0),
        })
        .collect();
    Ok(Audition {
        reading,
        heard,
        pcm: Pcm {
            rate: SampleRate::MASTER,
            samples,
        },
        notes,
    })
}

/// The sentence by one voice.
fn chunk(
    job: &AuditionJob<'_>,
    host: &Host,
    text: &SourceText,
    reading: &Reading,
    (number, voice): (usize, &str),
    notes: &mut Vec<Diagnostic>,
) -> Result<PlannedChunk> {
    let manifest = host.speaker.catalogue.voice(voice)?;
    let (speed, doubt) = clamp_speed(manifest, job.speed.unwrap_or(manifest.speed.default));
    notes.extend(doubt);
    let index = number as u32 + 1;
    let chunk = Chunk {
        id: ChunkId { chapter: 0, index },
        role: Role::Body,
        block: index,
        text: text.clone(),
        language: job.language.map(String::from),
        voice: manifest.name.clone(),
        speed,
        pause_after: PAUSE,
    };
    PlannedChunk::spoken(chunk, reading.clone(), host.speaker)
}

fn take(planned: &PlannedChunk, store: &TakeStore) -> Result<Take> {
    let pcm = speak::kept(&planned.key, store)?;
    Ok(Take {
        id: planned.chunk.id.to_string(),
        role: planned.chunk.role,
        block: planned.chunk.block,
        language: planned.chunk.language.clone(),
        text: planned.chunk.text.text.clone(),
        spoken: planned.reading.spoken.clone(),
        voice: planned.chunk.voice.clone(),
        source: None,
        pcm,
        gain: planned.gain,
        pause_after: planned.chunk.pause_after,
    })
}
