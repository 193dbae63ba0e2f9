//! Loudness and true peak, ITU-R BS.1770-4 as EBU R 128 uses it, measured by
//! the crate `ebur128`; peaks by [`super::peak`], for the crate looks too coarsely at
//! sound below 48 kHz.
//!
//! The one channel is weighted once, as a centre speaker is. Meters that take
//! a mono file for two equal speakers ("dual mono") show 3 LU more.

use ebur128::{EbuR128, Mode};

use super::peak::TruePeak;
use crate::diag::{Fault, Result};
use crate::model::{Db, Dbtp, Lufs, Pcm, SampleRate};

/// The loudness that the levels of the voices bring a cast to, and recordings
/// with it: with peaks some 12 dB higher it leaves room below full scale.
pub const CAST: Lufs = Lufs(-20.0);

/// What a sound measures, both rounded to a hundredth: finer figures say more
/// than the method does, and would differ between processors.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Loudness {
    /// Integrated loudness; `None` when shorter than one gating block of
    /// 400 ms, or never above the absolute gate of −70 LUFS.
    pub integrated: Option<Lufs>,
    /// True peak; `None` for digital silence.
    pub true_peak: Option<Dbtp>,
}

/// Measures the whole sound.
///
/// # Errors
/// A sample rate the meter does not take.
pub fn measure(pcm: &Pcm) -> Result<Loudness> {
    let mut meter = Meter::new(pcm.rate)?;
    meter.add(&pcm.samples)?;
    meter.finish()
}

/// Measures a sound that comes piece by piece, keeping a figure for every 100 ms
/// of it.
pub struct Meter {
    meter: EbuR128,
    peak: Option<TruePeak>,
    rate: SampleRate,
}

impl Meter {
    /// A meter that has heard nothing.
    ///
    /// # Errors
    /// A sample rate it does not take.
    pub fn new(rate: SampleRate) -> Result<Self> {
        let meter = EbuR128::new(1, rate.0, Mode::I);
        let meter = meter.map_err(|e| fault(rate, e))?;
        Ok(Meter {
            meter,
            peak: Some(TruePeak::default()),
            rate,
        })
    }

    /// A meter that does not look for the peak, which takes most of the time.
    ///
    /// # Errors
    /// As [`Meter::new`].
    pub fn without_peak(rate: SampleRate) -> Result<Self> {
        Ok(Meter {
            peak: None,
            ..Meter::new(rate)?
        })
    }

    /// Hears the next samples.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        if let Some(peak) = &mut self.peak {
            peak.add(samples);
        }
        (self.meter.add_frames_f32(samples)).map_err(|e| fault(self.rate, e))
    }

    /// What was heard.
    ///
    /// # Errors
    /// None that a meter made here is known to give.
    pub fn finish(self) -> Result<Loudness> {
        let integrated = self
            .meter
            .loudness_global()
            .map_err(|e| fault(self.rate, e))?;
        let peak = self.peak.map_or(0.0, TruePeak::finish);
        let peak = 20.0 * f64::from(peak).log10();
        Ok(Loudness {
            integrated: hundredths(integrated).map(Lufs),
            true_peak: hundredths(peak).map(Dbtp),
        })
    }
}

fn fault(rate: SampleRate, e: ebur128::Error) -> Fault {
    Fault::new(format!(
        "cannot measure the loudness of sound at {} Hz: {e}",
        rate.0
    ))
    .help("please report this as a bug")
}

/// The gain that brings a sound of the measured loudness to the target.
pub fn gain_to(measured: Lufs, target: Lufs) -> Db {
    Db(target.0 - measured.0)
}

/// Rounded to 0.01; `None` for the infinities that stand for silence.
fn hundredths(x: f64) -> Option<f64> {
    x.is_finite().then(|| (x * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::sine;
    use crate::model::SampleRate;

    #[test]
    fn a_full_scale_tone_measures_what_the_standard_says() {
        // BS.1770: a 997 Hz sine at 0 dBFS in one front channel reads −3.01.
        let got = measure(&sine(48_000, 997.0, 5.0, 1.0)).unwrap();
        assert!((got.integrated.unwrap().0 + 3.01).abs() <= 0.02, "{got:?}");
        assert!(got.true_peak.unwrap().0.abs() <= 0.05, "{got:?}");
    }

    #[test]
    fn gain_reaches_its_target() {
        let mut tone = sine(24_000, 500.0, 2.0, 0.05);
        let before = measure(&tone).unwrap().integrated.unwrap();
        super::super::shape::amplify(&mut tone.samples, gain_to(before, Lufs(-19.0)));
        let after = measure(&tone).unwrap().integrated.unwrap();
        assert!((after.0 + 19.0).abs() <= 0.02, "{after:?}");
    }

    #[test]
    fn true_peak_sees_between_the_samples() {
        // A quarter of the rate, sampled 45° off its crests: samples reach
        // 0.707, the wave between them 1.0.
        let samples = (0..24_000)
            .map(|i| (std::f64::consts::FRAC_PI_2 * (f64::from(i) + 0.5)).sin() as f32)
            .collect();
        let pcm = Pcm {
            rate: SampleRate::MASTER,
            samples,
        };
        let peak = measure(&pcm).unwrap().true_peak.unwrap().0;
        assert!((-0.5..0.6).contains(&peak), "{peak}");
    }

    #[test]
    fn too_short_or_silent_has_no_loudness() {
        let short = measure(&sine(24_000, 500.0, 0.39, 0.5)).unwrap();
        assert_eq!(short.integrated, None);
        assert!(short.true_peak.is_some());
        let silent = Pcm {
            rate: SampleRate::MASTER,
            samples: vec![0.0; 48_000],
        };
        assert_eq!(measure(&silent).unwrap(), Loudness::default());
        assert_eq!(
            measure(&Pcm {
                rate: SampleRate::MASTER,
                samples: Vec::new()
            })
            .unwrap(),
            Loudness::default()
        );
        let faint = measure(&sine(24_000, 500.0, 2.0, 0.0001)).unwrap();
        assert_eq!(faint.integrated, None);
    }
}
