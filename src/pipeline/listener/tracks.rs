//! The chapters' masters → the sound files that listeners get, several at once.

use std::num::NonZeroUsize;

use crate::audio::flac::Flac;
use crate::audio::level::{METERS, Setting, Source, Target, settle, shape};
use crate::audio::loudness::{Loudness, Meter};
use crate::audio::mp3::{self, Mp3};
use crate::audio::opus::Opus;
use crate::audio::{decode, wav};
use crate::diag::{Fault, Result};
use crate::export::Track;
use crate::model::{Chapter, Dbtp, Edition, ExportedSound, Frames, Lufs, SampleRate};
use crate::pipeline::masters;
use crate::pipeline::workers::each;
use crate::store::{self, Draft};

/// How loud they are delivered.
const TARGET: Target = Target::LISTENER;
/// What a codec adds to a peak at most as a rule, in dB; where it adds more, the limiter
/// is set lower and the chapter encoded again, which takes as long as the first time.
const CODEC_ADDS: f64 = 1.5;
/// So often a chapter is encoded at most.
const TRIES: usize = 4;

/// In what the sound is encoded. Comments are one block a chapter.
pub enum Codec {
    /// Brought to the listeners' loudness, in less space than it was.
    Lossy(Lossy),
    /// FLAC with these comments: the chapter's own samples, for an archive.
    Flac(Vec<Vec<u8>>),
}

/// A codec that leaves away what is hardly heard.
pub enum Lossy {
    /// MP3 without a tag: exporters put theirs before it.
    Mp3,
    /// Ogg Opus with these comments.
    Opus(Vec<Vec<u8>>),
}

impl Lossy {
    /// What the codec takes of the loudness, in LU: what lies above its highest
    /// frequency.
    fn takes(&self) -> f64 {
        match self {
            Lossy::Mp3 => 0.08,
            Lossy::Opus(_) => 0.0,
        }
    }

    /// By how many frames fewer than this the file is longer than its master.
    fn longer(&self) -> u64 {
        match self {
            Lossy::Mp3 => mp3::LONGER,
            Lossy::Opus(_) => 1,
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
    /// What it measures, decoded again; of a file that was brought to the loudness of
    /// the listener's set.
    pub sound: Option<ExportedSound>,
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
    workers: NonZeroUsize,
) -> Result<Vec<Encoded>> {
    let lengths: Vec<Frames> = (edition.chapters.iter().zip(files))
        .map(|(chapter, _)| chapter.frames)
        .collect();
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
    fn encode(&self) -> Result<Encoded> {
        let master = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| {
            masters::read(self.draft, self.chapter, self.rate, sink)
        };
        match self.codec {
            Codec::Lossy(codec) => self.level(&master, codec),
            Codec::Flac(comments) => self.keep(&master, self.own(comments)),
        }
    }

    /// This chapter's block of comments.
    fn own<'c>(&self, comments: &'c [Vec<u8>]) -> &'c [u8] {
        comments.get(self.at).map_or(&[], |c| c)
    }

    /// Encodes it until its peaks, decoded again, are as low as they should be.
    fn level(&self, master: &Source<'_>, codec: &Lossy) -> Result<Encoded> {
        let own = masters::loudness(self.chapter);
        let loudness = Lufs(TARGET.loudness.0 + codec.takes());
        let mut ceiling = Dbtp(TARGET.peak.0 - METERS - CODEC_ADDS);
        let mut tries = 1;
        loop {
            let setting = settle(master, self.rate, own, loudness, ceiling)?;
            let bytes = self.write(master, codec, setting)?;
            let (frames, heard) = self.heard()?;
            self.compare(frames, codec)?;
            let over = heard
                .true_peak
                .map_or(0.0, |p| p.0 - TARGET.peak.0 + METERS);
            if over <= 0.0 || tries == TRIES {
                return Ok(Encoded {
                    track: Track {
                        bytes,
                        played: frames,
                    },
                    sound: Some(ExportedSound {
                        seconds: (frames.seconds(self.rate) * 1000.0).round() / 1000.0,
                        loudness_lufs: heard.integrated,
                        true_peak_dbtp: heard.true_peak,
                    }),
                    file: self.file.into(),
                });
            }
            ceiling.0 -= over + 0.1;
            tries += 1;
        }
    }

    /// Encodes it as it is.
    fn keep(&self, master: &Source<'_>, comments: &[u8]) -> Result<Encoded> {
        let blame = |f| self.draft.blame(f, self.file);
        let out = self.draft.create(self.file)?;
        let mut flac = Flac::new(out, self.rate, comments).map_err(blame)?;
        let mut block = Vec::new();
        master(&mut |samples| {
            block.clear();
            block.extend(samples.iter().map(|s| (s * wav::SCALE) as i32));
            flac.add(&block).map_err(blame)
        })?;
        flac.finish().map_err(blame)?;
        Ok(Encoded {
            file: self.file.into(),
            track: Track::default(),
            sound: None,
        })
    }

    /// Whether the decoded file is as long as its master.
    fn compare(&self, frames: Frames, codec: &Lossy) -> Result<()> {
        let own = self.chapter.frames.0;
        if (own..own + codec.longer()).contains(&frames.0) || own == 0 {
            return Ok(());
        }
        let fault = Fault::new(format!(
            "the encoded chapter decodes to {} frames, its master has {own}",
            frames.0
        ));
        let fault = fault.help("please report this as a bug");
        Err(self.draft.blame(fault, self.file))
    }

    fn write(&self, master: &Source<'_>, codec: &Lossy, setting: Setting) -> Result<u64> {
        let blame = |f| self.draft.blame(f, self.file);
        let out = self.draft.create(self.file)?;
        match codec {
            Lossy::Mp3 => {
                let mut mp3 = Mp3::new(out).map_err(blame)?;
                shape(master, self.rate, setting, &mut |samples| {
                    mp3.add(samples).map_err(blame)
                })?;
                mp3.finish().map_err(blame)
            }
            Lossy::Opus(comments) => {
                let mut opus = Opus::new(out, self.own(comments)).map_err(blame)?;
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
