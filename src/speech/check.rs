//! Is a take whole? Told without a recogniser: a voice that swallows words is
//! too quick for its syllables, one that stumbles or repeats is too slow or
//! leaves a hole, a broken one leaves figures that are no sound.

use std::fmt;

use super::manifest::Manifest;
use crate::audio::trim;
use crate::model::{Pcm, Reading, Speed, Token};

/// What is wrong with a take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Defect {
    /// There is no sound at all.
    Silent,
    /// Samples that are no numbers.
    NotFinite {
        /// How many.
        samples: usize,
    },
    /// Louder than full scale as the engine gave it. (What a level would clip is
    /// laid down with less of it.)
    Clipped {
        /// How many samples.
        samples: usize,
    },
    /// Less sound than the syllables need: something was swallowed.
    TooShort {
        /// Seconds of sound, pauses left out.
        seconds: f64,
        /// Seconds that many syllables need at least.
        least: f64,
    },
    /// More sound than the syllables can take: drawn out, or said twice.
    TooLong {
        /// Seconds of sound, pauses left out.
        seconds: f64,
        /// Seconds that many syllables can take at most.
        most: f64,
    },
    /// A silence inside that no mark explains.
    Hole {
        /// How long the longest is.
        seconds: f64,
        /// How long it may be.
        most: f64,
    },
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Defect::Silent => f.write_str("the take is silent"),
            Defect::NotFinite { samples } => {
                write!(f, "{samples} samples of the take are no numbers")
            }
            Defect::Clipped { samples } => {
                write!(f, "{samples} samples of the take are beyond full scale")
            }
            Defect::TooShort { seconds, least } => write!(
                f,
                "the take has {seconds:.2} s of speech where its syllables need {least:.2} s"
            ),
            Defect::TooLong { seconds, most } => write!(
                f,
                "the take has {seconds:.2} s of speech where its syllables take {most:.2} s at most"
            ),
            Defect::Hole { seconds, most } => write!(
                f,
                "the take falls silent for {seconds:.2} s where {most:.2} s is the most"
            ),
        }
    }
}

/// A stretch this far below the take's peak (as amplitude) is silence.
const SILENCE: f32 = 0.01;
/// Levels are looked at in stretches of this length, in seconds.
const STRETCH: f64 = 0.01;
/// A silence shorter than this is a consonant's closure, not a pause.
const PAUSE: f64 = 0.12;
/// The longest silence in a row of words without a mark, at speed 1.
const HOLE_IN_WORDS: f64 = 0.45;
/// The longest silence at a mark, at speed 1.
const HOLE_AT_MARK: f64 = 1.1;
/// A phrase begins and ends slower than it goes on: seconds added to the
/// upper bound, at speed 1.
const PHRASE_END: f64 = 0.35;
/// Fewer samples over full scale than this nobody hears.
const AUDIBLE_CLIP: usize = 8;

/// Checks a take as the engine gave it against what it should say. Durations
/// are counted without the silence at the ends and without inner pauses, and
/// scale with the speed.
///
/// # Errors
/// The first defect found, the worst kinds first.
pub fn check(
    pcm: &Pcm,
    reading: &Reading,
    speed: Speed,
    manifest: &Manifest,
) -> Result<(), Defect> {
    let broken = pcm.samples.iter().filter(|s| !s.is_finite()).count();
    if broken > 0 {
        return Err(Defect::NotFinite { samples: broken });
    }
    let speech = &pcm.samples[trim::speech(&pcm.samples, pcm.rate)];
    if speech.is_empty() {
        return Err(Defect::Silent);
    }
    let clipped = speech.iter().filter(|s| s.abs() > 1.0).count();
    if clipped >= AUDIBLE_CLIP {
        return Err(Defect::Clipped { samples: clipped });
    }

    let pauses = pauses(speech, f64::from(pcm.rate.0));
    let slow = 1.0 / f64::from(speed.0);
    let longest = pauses.iter().copied().fold(0.0, f64::max);
    let at_mark = HOLE_AT_MARK * slow;
    let in_words = HOLE_IN_WORDS * slow;
    // Which pause is at which mark is not known; how many marks there are is.
    let unexplained = pauses.iter().filter(|p| **p > in_words).count() > inner_marks(reading);
    if longest > at_mark || unexplained {
        return Err(Defect::Hole {
            seconds: longest,
            most: if unexplained { in_words } else { at_mark },
        });
    }

    let syllables = reading.syllables() as f64;
    let seconds = spoken(speech, &pauses, pcm);
    let least = manifest.syllable.min * syllables * slow;
    if seconds < least {
        return Err(Defect::TooShort { seconds, least });
    }
    let most = (manifest.syllable.max * syllables + PHRASE_END) * slow;
    if seconds > most {
        return Err(Defect::TooLong { seconds, most });
    }
    Ok(())
}

/// Seconds of speech a syllable, as it would be at speed 1: what the manifests'
/// syllable lengths bound. 0 when nothing is said.
pub fn pace(pcm: &Pcm, reading: &Reading, speed: Speed) -> f64 {
    let speech = &pcm.samples[trim::speech(&pcm.samples, pcm.rate)];
    let pauses = pauses(speech, f64::from(pcm.rate.0));
    match reading.syllables() {
        0 => 0.0,
        n => spoken(speech, &pauses, pcm) * f64::from(speed.0) / n as f64,
    }
}

/// Seconds of speech, pauses left out.
fn spoken(speech: &[f32], pauses: &[f64], pcm: &Pcm) -> f64 {
    speech.len() as f64 / f64::from(pcm.rate.0) - pauses.iter().sum::<f64>()
}

/// The inner silences of at least [`PAUSE`], in seconds.
fn pauses(speech: &[f32], rate: f64) -> Vec<f64> {
    let stretch = ((STRETCH * rate) as usize).max(1);
    let peak = speech.iter().fold(0.0f32, |p, s| p.max(s.abs()));
    let mut pauses = Vec::new();
    let mut run = 0;
    for part in speech.chunks(stretch) {
        if part.iter().all(|s| s.abs() < peak * SILENCE) {
            run += part.len();
            continue;
        }
        pauses.push(run as f64 / rate);
        run = 0;
    }
    pauses.retain(|p| *p >= PAUSE);
    pauses
}

/// Places between two words where a mark stands.
fn inner_marks(reading: &Reading) -> usize {
    let mut marked = false;
    let mut begun = false;
    let mut count = 0;
    for token in &reading.tokens {
        match token {
            Token::Mark(_) => marked = begun,
            Token::Word(_) | Token::Foreign(_) => {
                count += usize::from(marked);
                (marked, begun) = (false, true);
            }
        }
    }
    count
}
