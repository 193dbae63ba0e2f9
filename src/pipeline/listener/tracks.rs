//! The chapters' masters → the MP3 files that every form of the listener's set
//! carries, several at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::audio::decode;
use crate::audio::level::{Setting, Target, settle, shape};
use crate::audio::loudness::{Loudness, Meter};
use crate::audio::mp3::{self, Mp3};
use crate::audio::wav;
use crate::diag::{Fault, Result};
use crate::export::Track;
use crate::model::{Chapter, Dbtp, Edition, ExportedSound, Frames, SampleRate};
use crate::store::{self, Draft};

/// How loud they are delivered.
const TARGET: Target = Target::LISTENER;
/// What the codec adds to a peak as a rule, in dB; where it adds more, the limiter is
/// set lower and the chapter encoded again, which takes as long as the first time.
const CODEC_ADDS: f64 = 1.5;
/// So far other meters may see a peak above ours, in dB.
const METERS: f64 = 0.5;
/// So often a chapter is encoded at most.
const TRIES: usize = 4;

/// One chapter's sound as it is delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// Its file in the edition's folder.
    pub file: String,
    /// What exporters need to know of it.
    pub track: Track,
    /// What it measures, decoded again.
    pub sound: ExportedSound,
}

/// Encodes every chapter, as many at once as there are `workers`.
///
/// # Errors
/// A master that cannot be read, a full disk.
pub fn encode(edition: &Edition, draft: &Draft, workers: usize) -> Result<Vec<Encoded>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = edition.chapters.get(at) else {
                return;
            };
            let made = chapter(one, edition.sample_rate, draft);
            if made.is_err() {
                next.store(edition.chapters.len(), Ordering::Relaxed);
            }
            done.lock()
                .unwrap_or_else(|e| e.into_inner())
                .push((at, made));
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers.clamp(1, edition.chapters.len().max(1)) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|e| e.into_inner());
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Encodes one chapter until its peaks, decoded again, are as low as they should be.
fn chapter(chapter: &Chapter, rate: SampleRate, draft: &Draft) -> Result<Encoded> {
    let file = format!("{}/{:02}.mp3", super::AUDIO, chapter.number);
    let own = Loudness {
        integrated: chapter.loudness_lufs,
        true_peak: chapter.true_peak_dbtp,
    };
    let master = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| {
        let input = store::open("chapter", &draft.path(&chapter.file))?;
        wav::read(input, rate, sink).map_err(|f| draft.blame(f, &chapter.file))
    };
    let mut ceiling = Dbtp(TARGET.peak.0 - CODEC_ADDS);
    let mut tries = 1;
    loop {
        let setting = settle(&master, rate, own, TARGET.loudness, ceiling)?;
        let written = write(&master, rate, setting, &file, draft)?;
        let (frames, loudness) = heard(&file, draft)?;
        let right = chapter.frames.0..chapter.frames.0 + mp3::LONGER;
        if !right.contains(&frames.0) && chapter.frames.0 > 0 {
            return Err(draft.blame(
                Fault::new(format!(
                    "the encoded chapter decodes to {} frames, its master has {}",
                    frames.0, chapter.frames.0
                ))
                .help("please report this as a bug"),
                &file,
            ));
        }
        let over = loudness
            .true_peak
            .map_or(0.0, |p| p.0 - TARGET.peak.0 + METERS);
        if over <= 0.0 || tries == TRIES {
            return Ok(Encoded {
                track: Track {
                    bytes: written,
                    info: 0,
                    played: frames,
                    delay: Frames(0),
                },
                sound: ExportedSound {
                    seconds: (frames.seconds(rate) * 1000.0).round() / 1000.0,
                    loudness_lufs: loudness.integrated,
                    true_peak_dbtp: loudness.true_peak,
                },
                file,
            });
        }
        ceiling.0 -= over + 0.1;
        tries += 1;
    }
}

fn write(
    master: &crate::audio::level::Source<'_>,
    rate: SampleRate,
    setting: Setting,
    file: &str,
    draft: &Draft,
) -> Result<u64> {
    let blame = |f| draft.blame(f, file);
    let mut mp3 = Mp3::new(draft.create(file)?).map_err(blame)?;
    shape(master, rate, setting, &mut |samples| {
        mp3.add(samples).map_err(blame)
    })?;
    mp3.finish().map_err(blame)
}

/// What a decoder makes of the file.
fn heard(file: &str, draft: &Draft) -> Result<(Frames, Loudness)> {
    let bytes = store::map("chapter", &draft.path(file))?;
    let mut meter = Meter::new(SampleRate::MASTER)?;
    let mut frames = Frames(0);
    decode::blocks(file, &bytes, &mut |samples, _| {
        frames.0 += samples.len() as u64;
        meter.add(samples)
    })?;
    Ok((frames, meter.finish()?))
}
