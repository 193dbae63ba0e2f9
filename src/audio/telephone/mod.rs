//! Sound as a telephone exchange plays it: cut to the band of a telephone line, set to
//! its level, in the files that exchanges read.

mod band;
mod files;
mod g711;
mod level;

pub use files::{NARROW, WIDE, bytes_of, file, wrong};
pub use g711::{alaw, from_alaw, from_ulaw, ulaw};
pub use level::{DBM0, SPEECH, active_speech};

use super::limit::Limiter;
use super::resample::Converter;
use crate::diag::Result;
use crate::model::{Db, Dbtp, Pcm};

/// The highest true peak, so that no phone at the other end clips: 3 dB below the
/// highest sample, as high as a sine of +0 dBm0 has its peaks three times over.
const PEAK: Dbtp = Dbtp(-3.0);
/// A sound that is softer than this below its level is noise, and noise is not raised
/// to speech.
const MOST_GAIN: f64 = 30.0;

/// A sound ready for the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// At [`NARROW`], 300 to 3,400 Hz.
    pub narrow: Pcm,
    /// At [`WIDE`] with all that the master has below 7 kHz, where it is wanted.
    pub wide: Option<Pcm>,
    /// The level of its active speech before anything was done, none for silence.
    pub level: Option<Db>,
}

/// Brings a sound to the telephone: resampled, cut to the band, and by one gain brought
/// to [`SPEECH`]; single peaks are limited.
///
/// # Errors
/// A sample rate that cannot be converted.
pub fn line(pcm: &Pcm, wide: bool) -> Result<Line> {
    let narrow = band::telephone(&at(pcm, NARROW)?.samples);
    let level = active_speech(&narrow, NARROW);
    let gain = level.map_or(Db(0.0), |own| {
        Db((SPEECH.0 - own.0).clamp(-MOST_GAIN, MOST_GAIN))
    });
    let narrow = limited(
        &Pcm {
            rate: NARROW,
            samples: narrow,
        },
        gain,
    );
    let wide = match wide {
        true => {
            let mut wide = at(pcm, WIDE)?;
            // Rounded by itself it may be a sample longer or shorter.
            wide.samples.resize(2 * narrow.samples.len(), 0.0);
            Some(limited(&wide, gain))
        }
        false => None,
    };
    Ok(Line {
        narrow,
        wide,
        level,
    })
}

fn at(pcm: &Pcm, rate: crate::model::SampleRate) -> Result<Pcm> {
    let mut converter = Converter::new(pcm.rate, rate)?;
    let mut samples = Vec::new();
    converter.feed(&pcm.samples, &mut samples)?;
    converter.finish(&mut samples)?;
    Ok(Pcm { rate, samples })
}

fn limited(pcm: &Pcm, gain: Db) -> Pcm {
    let mut limiter = Limiter::new(gain, PEAK, pcm.rate);
    let mut samples = Vec::with_capacity(pcm.samples.len());
    limiter.add(&pcm.samples, &mut samples);
    limiter.finish(&mut samples);
    Pcm {
        rate: pcm.rate,
        samples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::loudness::measure;
    use crate::audio::test_signal::{rms, sine};

    #[test]
    fn a_tone_comes_out_at_the_level_of_speech() {
        for level in [0.01, 0.1, 0.9] {
            let line = line(&sine(24_000, 1_000.0, 3.0, level), true).unwrap();
            assert_eq!(line.narrow.samples.len(), 24_000);
            let wide = line.wide.unwrap();
            assert_eq!(wide.samples.len(), 48_000);
            for pcm in [&line.narrow, &wide] {
                let middle = &pcm.samples[pcm.samples.len() / 4..pcm.samples.len() / 2];
                let dbm0 = 20.0 * rms(middle).log10() + DBM0;
                assert!((dbm0 + 19.0).abs() < 0.3, "{level}: {dbm0} dBm0");
            }
        }
    }

    #[test]
    fn the_wide_sound_is_as_long_as_the_narrow_one() {
        for n in 24_000..24_006 {
            let mut pcm = sine(24_000, 400.0, 1.1, 0.2);
            pcm.samples.truncate(n);
            let line = line(&pcm, true).unwrap();
            let wide = line.wide.unwrap().samples.len();
            assert_eq!(wide, 2 * line.narrow.samples.len(), "{n}");
        }
    }

    #[test]
    fn peaks_stay_below_the_ceiling_and_silence_is_silence() {
        let mut pcm = sine(24_000, 500.0, 4.0, 0.02);
        for i in (2_000..90_000).step_by(9_000) {
            for (n, sample) in pcm.samples[i..i + 24].iter_mut().enumerate() {
                *sample = if n < 12 { 0.9 } else { -0.9 };
            }
        }
        let loud = line(&pcm, false).unwrap();
        let peak = measure(&loud.narrow).unwrap().true_peak.unwrap().0;
        assert!(peak <= PEAK.0 + 0.1, "{peak}");
        let silence = line(
            &Pcm {
                rate: crate::model::SampleRate::MASTER,
                samples: vec![0.0; 24_000],
            },
            false,
        )
        .unwrap();
        assert_eq!((silence.level, silence.narrow.samples.len()), (None, 8_000));
        assert!(silence.narrow.samples.iter().all(|s| *s == 0.0));
    }
}
