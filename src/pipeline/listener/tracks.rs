//! The chapters' masters → the sound files that listeners get, several at once.

use std::num::NonZeroUsize;

use crate::audio::level::{Setting, Source, Target, settle, shape};
use crate::audio::loudness::{Loudness, Meter};
use crate::audio::mp3::{self, Mp3};
use crate::audio::opus::Opus;
use crate::audio::{decode, wav};
use crate::diag::{Fault, Result};
use crate::export::Track;
use crate::model::{Chapter, Dbtp, Edition, ExportedSound, Frames, Lufs, SampleRate};
use crate::pipeline::workers::each;
use crate::store::{self, Draft};

/// How loud they are delivered.
const TARGET: Target = Target::LISTENER;
/// So far other meters may see a peak above ours, in dB.
const METERS: f64 = 0.5;
/// So often a chapter is encoded at most.
const TRIES: usize = 4;

/// In what the sound is encoded.
pub enum Codec {
    /// MP3 without a tag: exporters put theirs before it.
    Mp3,
    /// Ogg Opus with these comments, one block a chapter.
    Opus(Vec<Vec<u8>>),
}

impl Codec {
    /// What the codec adds to a peak at most as a rule, in dB; where it adds more, the
    /// limiter is set lower and the chapter encoded again, which takes as long as the
    /// first time.
    fn adds(&self) -> f64 {
        1.5
    }

    /// What the codec takes of the loudness, in LU: what lies above its highest
    /// frequency.
    fn takes(&self) -> f64 {
        match self {
            Codec::Mp3 => 0.08,
            Codec::Opus(_) => 0.0,
        }
    }

    /// By how many frames fewer than this the file is longer than its master.
    fn longer(&self) -> u64 {
        match self {
            Codec::Mp3 => mp3::LONGER,
            Codec::Opus(_) => 1,
        }
    }
}

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

/// Encodes every chapter into the file of the same position, as many at once as there
/// are `workers`.
///
/// # Errors
/// A master that cannot be read, a full disk.
pub fn encode(
    edition: &Edition,
    codec: &Codec,
    files: &[String],
    draft: &Draft,
    workers: usize,
) -> Result<Vec<Encoded>> {
    let lengths: Vec<Frames> = (edition.chapters.iter().zip(files))
        .map(|(chapter, _)| chapter.frames)
        .collect();
    let workers = NonZeroUsize::new(workers).unwrap_or(NonZeroUsize::MIN);
    each(&lengths, workers, |at| {
        let one = One {
            chapter: &edition.chapters[at],
            rate: edition.sample_rate,
            codec,
            at,
            file: &files[at],
            draft,
        };
        one.encode()
    })
}

/// One chapter's way into its file.
struct One<'a> {
    chapter: &'a Chapter,
    rate: SampleRate,
    codec: &'a Codec,
    at: usize,
    file: &'a str,
    draft: &'a Draft,
}

impl One<'_> {
    /// Encodes it until its peaks, decoded again, are as low as they should be.
    fn encode(&self) -> Result<Encoded> {
        let own = Loudness {
            integrated: self.chapter.loudness_lufs,
            true_peak: self.chapter.true_peak_dbtp,
        };
        let master = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| {
            let input = store::open("chapter", &self.draft.path(&self.chapter.file))?;
            wav::read(input, self.rate, sink).map_err(|f| self.draft.blame(f, &self.chapter.file))
        };
        let loudness = Lufs(TARGET.loudness.0 + self.codec.takes());
        let mut ceiling = Dbtp(TARGET.peak.0 - METERS - self.codec.adds());
        let mut tries = 1;
        loop {
            let setting = settle(&master, self.rate, own, loudness, ceiling)?;
            let bytes = self.write(&master, setting)?;
            let (frames, heard) = self.heard()?;
            self.compare(frames)?;
            let over = heard
                .true_peak
                .map_or(0.0, |p| p.0 - TARGET.peak.0 + METERS);
            if over <= 0.0 || tries == TRIES {
                return Ok(Encoded {
                    track: Track {
                        bytes,
                        played: frames,
                    },
                    sound: ExportedSound {
                        seconds: (frames.seconds(self.rate) * 1000.0).round() / 1000.0,
                        loudness_lufs: heard.integrated,
                        true_peak_dbtp: heard.true_peak,
                    },
                    file: self.file.into(),
                });
            }
            ceiling.0 -= over + 0.1;
            tries += 1;
        }
    }

    /// Whether the decoded file is as long as its master.
    fn compare(&self, frames: Frames) -> Result<()> {
        let own = self.chapter.frames.0;
        if (own..own + self.codec.longer()).contains(&frames.0) || own == 0 {
            return Ok(());
        }
        let fault = Fault::new(format!(
            "the encoded chapter decodes to {} frames, its master has {own}",
            frames.0
        ));
        let fault = fault.help("please report this as a bug");
        Err(self.draft.blame(fault, self.file))
    }

    fn write(&self, master: &Source<'_>, setting: Setting) -> Result<u64> {
        let blame = |f| self.draft.blame(f, self.file);
        let out = self.draft.create(self.file)?;
        match self.codec {
            Codec::Mp3 => {
                let mut mp3 = Mp3::new(out).map_err(blame)?;
                shape(master, self.rate, setting, &mut |samples| {
                    mp3.add(samples).map_err(blame)
                })?;
                mp3.finish().map_err(blame)
            }
            Codec::Opus(comments) => {
                let comments = comments.get(self.at).map_or(&[][..], |c| c);
                let mut opus = Opus::new(out, comments).map_err(blame)?;
                shape(master, self.rate, setting, &mut |samples| {
                    opus.add(samples).map_err(blame)
                })?;
                opus.finish().map_err(blame)
            }
        }
    }

    /// What a decoder makes of the file.
    fn heard(&self) -> Result<(Frames, Loudness)> {
        let bytes = store::map("chapter", &self.draft.path(self.file))?;
        let mut meter = Meter::new(SampleRate::MASTER)?;
        let mut frames = Frames(0);
        let mut hear = |samples: &[f32]| {
            frames.0 += samples.len() as u64;
            meter.add(samples)
        };
        decode::blocks(self.file, &bytes, &mut |samples, _| hear(samples))?;
        Ok((frames, meter.finish()?))
    }
}
