//! Takes → chapters → the index of the edition.
//!
//! A chapter is its takes laid end to end, each followed by its pause, and
//! the cues that tell what is heard when. Only one take's samples are in memory:
//! takes come one at a time, are handed on to the master's file and forgotten.

mod levels;
mod names;

pub use levels::Levels;
pub use names::chapter_file;

use crate::audio::loudness::{Loudness, Meter};
use crate::audio::shape::{FADE, amplify, fade, peak};
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::model::{
    Chapter, ChapterKind, Cue, Db, EDITION_FORMAT, Edition, EditionMasthead, Frames, Masthead,
    Millis, Omitted, Pcm, Podcast, Priority, Role, SampleRate, Source, VoiceCredit,
};

/// The highest sample peak of a take after its gain, of full scale (−0.18
/// dBFS). A take that would pass it gets less gain: a limiter would be heard,
/// and a single take is hardly ever that much louder than its neighbours.
pub const CEILING: f32 = 0.98;

/// One utterance as it was spoken, or a recording, ready to be laid down.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    /// The chunk's id, such as `02-014`.
    pub id: String,
    /// What it is in the chapter.
    pub role: Role,
    /// Which block of the chapter it belongs to, counted from 1; 0 before all.
    pub block: u32,
    /// The language of the text, BCP 47, when it is not the edition's.
    pub language: Option<String>,
    /// The text as printed.
    pub text: String,
    /// The text as spoken.
    pub spoken: String,
    /// The voice, or `recording`.
    pub voice: String,
    /// Where the text stood.
    pub source: Option<Source>,
    /// The sound, trimmed, at [`SampleRate::MASTER`].
    pub pcm: Pcm,
    /// The gain it is laid down with: its voice's level, or what brings a
    /// recording to the loudness of the voices.
    pub gain: Db,
    /// The silence after it.
    pub pause_after: Millis,
}

/// How long and loud a chapter is, and what is heard in it when.
#[derive(Debug, Clone, PartialEq)]
pub struct ChapterAudio {
    /// Its length at [`SampleRate::MASTER`].
    pub frames: Frames,
    /// One cue a take; they cover the chapter without gap or overlap.
    pub cues: Vec<Cue>,
    /// How loud it is as a whole.
    pub loudness: Loudness,
}

/// Lays takes end to end: gain, a fade of 5 ms at both edges, then the exact
/// pause. `lead_in` is silence before the first take; it belongs to the first
/// cue, which therefore starts at frame 0. `master` is given the samples, at
/// [`SampleRate::MASTER`], piece by piece.
///
/// Remarks: a take whose gain was lowered to stay below [`CEILING`] (note); a
/// take with text and without sound (omission).
///
/// # Errors
/// The first error among the takes or of `master`; a take at another rate than the masters';
/// a take with samples that are no finite numbers.
pub fn chapter(
    takes: impl IntoIterator<Item = Result<Take>>,
    lead_in: Millis,
    master: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<Noted<ChapterAudio>> {
    let rate = SampleRate::MASTER;
    let mut sound = Sound {
        frames: Frames(0),
        meter: Meter::new(rate)?,
        master,
    };
    let mut cues: Vec<Cue> = Vec::new();
    let mut notes = Vec::new();
    sound.silence(lead_in.frames(rate))?;
    for take in takes {
        let mut take = take?;
        let start = cues.last().map_or(Frames(0), |cue| cue.end);
        sound.lay(&mut take, &mut notes)?;
        let speech_end = sound.frames;
        sound.silence(take.pause_after.frames(rate))?;
        cues.push(Cue {
            chunk: take.id,
            role: take.role,
            block: take.block,
            language: take.language,
            text: take.text,
            spoken: take.spoken,
            voice: take.voice,
            start,
            speech_end,
            end: sound.frames,
            source: take.source,
        });
    }
    Ok(Noted::new(
        ChapterAudio {
            frames: sound.frames,
            cues,
            loudness: sound.meter.finish()?,
        },
        notes,
    ))
}

/// A chapter's sound on its way to the master.
struct Sound<'a> {
    frames: Frames,
    meter: Meter,
    master: &'a mut dyn FnMut(&[f32]) -> Result<()>,
}

impl Sound<'_> {
    fn add(&mut self, samples: &[f32]) -> Result<()> {
        self.meter.add(samples)?;
        self.frames.0 += samples.len() as u64;
        (self.master)(samples)
    }

    fn silence(&mut self, length: Frames) -> Result<()> {
        self.add(&vec![0.0; length.0 as usize])
    }

    /// Adds one take's sound, at its level and with its edges faded.
    fn lay(&mut self, take: &mut Take, notes: &mut Vec<Diagnostic>) -> Result<()> {
        prepare(take, notes)?;
        self.add(&take.pcm.samples)
    }
}

/// Brings a take to its level and fades its edges.
fn prepare(take: &mut Take, notes: &mut Vec<Diagnostic>) -> Result<()> {
    let place = take
        .source
        .as_ref()
        .map(|s| Place::new(&s.file, s.line, s.col));
    if take.pcm.rate != SampleRate::MASTER {
        return Err(Fault::new(format!(
            "the sound of `{}` comes at {} Hz, chapters are made at {} Hz",
            take.id,
            take.pcm.rate.0,
            SampleRate::MASTER.0
        ))
        .help("please report this as a bug"));
    }
    if let Some(bad) = take.pcm.samples.iter().position(|s| !s.is_finite()) {
        return Err(Fault::new(format!(
            "the sound of `{}` is broken: sample {bad} of the voice `{}` is {}",
            take.id, take.voice, take.pcm.samples[bad]
        ))
        .help(format!(
            "run `tingbao voices install {}` to repair the voice",
            take.voice
        )));
    }
    // A line of dashes or stars is not heard, and nobody misses it.
    let says = take.text.chars().any(char::is_alphanumeric);
    if take.pcm.samples.is_empty() && says {
        notes.push(
            Diagnostic::omission(
                place,
                format!("nothing is heard of `{}`: {}", take.id, take.text.trim()),
            )
            .help("try another voice, or reword the sentence"),
        );
        return Ok(());
    }
    let peak = peak(&take.pcm.samples);
    let gain = if peak * take.gain.factor() > CEILING {
        let lowered = Db(20.0 * f64::from(CEILING / peak).log10());
        notes.push(Diagnostic::note(
            place,
            format!(
                "the gain of `{}` was lowered from {:.1} to {:.1} dB, it would have clipped",
                take.id, take.gain.0, lowered.0
            ),
        ));
        lowered
    } else {
        take.gain
    };
    amplify(&mut take.pcm.samples, gain);
    fade(&mut take.pcm.samples, FADE.frames(SampleRate::MASTER));
    Ok(())
}

/// What a chapter is, apart from its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterHead {
    /// 0 for the opening, then 1, 2, …
    pub number: u32,
    /// Opening, article or closing.
    pub kind: ChapterKind,
    /// Its title.
    pub title: String,
    /// The article it speaks.
    pub article: Option<String>,
    /// The page of the paper it begins on.
    pub page: Option<String>,
    /// How important the article is, when it says so.
    pub priority: Option<Priority>,
}

/// The index entry of a chapter whose file, named by [`chapter_file`], was
/// written with this SHA-256.
pub fn entry(head: ChapterHead, audio: ChapterAudio, sha256: String) -> Chapter {
    let frames = audio.frames;
    Chapter {
        number: head.number,
        kind: head.kind,
        file: chapter_file(head.number, &head.title),
        title: head.title,
        article: head.article,
        page: head.page,
        priority: head.priority,
        frames,
        seconds: milliseconds(frames.seconds(SampleRate::MASTER)),
        sha256,
        loudness_lufs: audio.loudness.integrated,
        true_peak_dbtp: audio.loudness.true_peak,
        cues: audio.cues,
    }
}

/// Rounded to a thousandth: seconds are for people, frames are exact.
fn milliseconds(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

/// What the index says of the edition as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The program that made it, `tingbao 0.1.0`.
    pub generator: String,
    /// SHA-256 of everything that shaped the edition.
    pub key: String,
    /// The masthead as printed.
    pub masthead: Masthead,
    /// The language, BCP 47.
    pub language: String,
    /// SHA-256 of the file that tells how every chunk is read.
    pub readings_sha256: String,
    /// The paper as a podcast, when it is one.
    pub podcast: Option<Podcast>,
}

/// The index of an edition. Of `voices` those are kept that are heard in some
/// cue, in the order in which they are heard first.
pub fn index(
    imprint: Imprint,
    chapters: Vec<Chapter>,
    mut voices: Vec<VoiceCredit>,
    diagnostics: Vec<Diagnostic>,
    omitted: Vec<Omitted>,
) -> Edition {
    let heard = |credit: &VoiceCredit| {
        chapters
            .iter()
            .flat_map(|chapter| &chapter.cues)
            .position(|cue| cue.voice == credit.name)
    };
    voices.retain(|credit| heard(credit).is_some());
    voices.sort_by_key(|credit| heard(credit));
    Edition {
        format: EDITION_FORMAT,
        generator: imprint.generator,
        key: imprint.key,
        masthead: EditionMasthead {
            printed: imprint.masthead,
            language: imprint.language,
        },
        sample_rate: SampleRate::MASTER,
        frames: chapters.iter().map(|chapter| chapter.frames).sum(),
        chapters,
        voices,
        diagnostics,
        omitted,
        readings_sha256: Some(imprint.readings_sha256),
        podcast: imprint.podcast,
        exports: None,
    }
}

#[cfg(test)]
mod tests;
