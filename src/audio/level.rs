//! Bringing a finished sound to the loudness that its listeners expect: one gain for
//! the whole of it, and the limiter where a peak would pass.

use super::limit::Limiter;
use super::loudness::{Loudness, Meter, gain_to};
use crate::diag::Result;
use crate::model::{Db, Dbtp, Lufs, SampleRate};

/// How loud a sound is to be delivered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Integrated loudness.
    pub loudness: Lufs,
    /// The highest true peak.
    pub peak: Dbtp,
}

impl Target {
    /// What telephones, players and podcasts are made for: the level that
    /// podcast services ask of spoken word, and the headroom lossy codecs need.
    pub const LISTENER: Target = Target {
        loudness: Lufs(-16.0),
        peak: Dbtp(-1.5),
    };
}

/// So far other meters may see a peak above ours, in dB: what is delivered stays lower
/// by as much.
pub const METERS: f64 = 0.5;

/// How a sound is brought to its target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The gain of all of it.
    pub gain: Db,
    /// Where the limiter begins.
    pub ceiling: Dbtp,
}

/// A sound that can be heard again and again: hands its blocks on.
pub type Source<'a> = dyn Fn(&mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> + Sync + 'a;

/// Nearer to the target than this, in LU, nobody hears a difference, and no meter
/// shows one to a tenth.
const NEAR: f64 = 0.04;
/// So often the loudness is measured behind the limiter; every measure takes a walk
/// through the whole sound.
const TRIES: usize = 2;
/// Of what more gain gives, the limiter takes a part again; so many times the missing
/// loudness is added therefore.
const AGAIN: f64 = 1.3;

/// Finds the gain for a source that measures `own`, with the limiter at `ceiling`.
/// Limiting takes a little of the loudness, which more gain gives back. A sound
/// without a loudness (silence, a fifth of a second) stays as it is.
///
/// # Errors
/// What the source says.
pub fn settle(
    source: &Source<'_>,
    rate: SampleRate,
    own: Loudness,
    target: Lufs,
    ceiling: Dbtp,
) -> Result<Setting> {
    let Some(loudness) = own.integrated else {
        return Ok(Setting {
            gain: Db(0.0),
            ceiling,
        });
    };
    let mut gain = gain_to(loudness, target);
    for _ in 0..TRIES {
        let peak = own.true_peak.map_or(f64::NEG_INFINITY, |p| p.0 + gain.0);
        if peak <= ceiling.0 {
            break;
        }
        let setting = Setting { gain, ceiling };
        let mut meter = Meter::without_peak(rate)?;
        shape(source, rate, setting, &mut |samples| meter.add(samples))?;
        let Some(got) = meter.finish()?.integrated else {
            break;
        };
        let missing = gain_to(got, target);
        if missing.0.abs() < NEAR {
            break;
        }
        gain.0 += missing.0 * AGAIN;
    }
    Ok(Setting { gain, ceiling })
}

/// Hands the source on as it is delivered.
///
/// # Errors
/// What source and sink say.
pub fn shape(
    source: &Source<'_>,
    rate: SampleRate,
    setting: Setting,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<()> {
    let mut limiter = Limiter::new(setting.gain, setting.ceiling, rate);
    let mut block = Vec::new();
    source(&mut |samples| {
        block.clear();
        limiter.add(samples, &mut block);
        sink(&block)
    })?;
    block.clear();
    limiter.finish(&mut block);
    sink(&block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::loudness::measure;
    use crate::audio::test_signal::sine;
    use crate::model::Pcm;

    /// A quiet tone with a click as loud as can be twice a second.
    fn speech_like() -> Pcm {
        let mut pcm = sine(24_000, 300.0, 8.0, 0.05);
        for i in 0..16 {
            pcm.samples[i * 12_000 + 5_000] = 0.9;
        }
        pcm
    }

    #[test]
    fn the_target_is_reached_below_the_peak() {
        let pcm = speech_like();
        let source = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| -> Result<()> {
            pcm.samples.chunks(999).try_for_each(sink)
        };
        let own = measure(&pcm).unwrap();
        let setting = settle(&source, pcm.rate, own, Lufs(-16.0), Dbtp(-1.5)).unwrap();
        let mut samples = Vec::new();
        shape(&source, pcm.rate, setting, &mut |block| {
            samples.extend_from_slice(block);
            Ok(())
        })
        .unwrap();
        assert_eq!(samples.len(), pcm.samples.len());
        let got = measure(&Pcm {
            rate: pcm.rate,
            samples,
        })
        .unwrap();
        assert!((got.integrated.unwrap().0 + 16.0).abs() < 0.1, "{got:?}");
        assert!(got.true_peak.unwrap().0 <= -1.45, "{got:?}");
    }

    #[test]
    fn silence_stays_silence() {
        let source = |sink: &mut dyn FnMut(&[f32]) -> Result<()>| sink(&[0.0; 4800]);
        let setting = settle(
            &source,
            SampleRate::MASTER,
            Loudness::default(),
            Lufs(-16.0),
            Dbtp(-1.5),
        );
        assert_eq!(setting.unwrap().gain, Db(0.0));
    }
}
