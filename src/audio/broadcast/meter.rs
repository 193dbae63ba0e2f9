//! What a Broadcast Wave File states of its loudness (EBU Tech 3285, version 2), by the
//! meters of EBU Tech 3341 and 3342.

use std::collections::VecDeque;

use ebur128::{Channel, EbuR128, Mode};

use crate::audio::peak::TruePeak;
use crate::diag::{Fault, Result};
use crate::model::{Channels, Dbtp, Lufs, Measures, SampleRate};

/// How long a step is at which the two sliding windows are looked at, in milliseconds
/// (EBU Tech 3341, 2.5: at least ten a second).
const STEP: u32 = 100;
/// The steps of momentary loudness, 400 ms, and of short-term loudness, 3 s.
const MOMENTARY: usize = 4;
const SHORT_TERM: usize = 30;
/// What stands between the power of weighted sound and its loudness, in LU (ITU-R
/// BS.1770-4, formula 2).
const OFFSET: f64 = 0.691;

/// Measures a programme of one voice that comes piece by piece.
pub struct ProgrammeMeter {
    meter: EbuR128,
    peak: Option<TruePeak>,
    rate: SampleRate,
    /// Frames of a step.
    step: usize,
    /// Frames since the last step.
    since: usize,
    /// The power of the last steps, weighted.
    steps: VecDeque<f64>,
    momentary: f64,
    short_term: f64,
}

impl ProgrammeMeter {
    /// A meter that has heard nothing. Of a file of two equal channels it tells what a
    /// meter for stereo shows.
    ///
    /// # Errors
    /// A sample rate it does not take.
    pub fn new(rate: SampleRate, channels: Channels) -> Result<Self> {
        let mode = Mode::I | Mode::LRA;
        let mut meter = EbuR128::new(1, rate.0, mode).map_err(|e| fault(rate, e))?;
        if channels == Channels::Dual {
            (meter.set_channel(0, Channel::DualMono)).map_err(|e| fault(rate, e))?;
        }
        Ok(ProgrammeMeter {
            meter,
            peak: Some(TruePeak::default()),
            rate,
            step: (rate.0 * STEP / 1000).max(1) as usize,
            since: 0,
            steps: VecDeque::with_capacity(SHORT_TERM),
            momentary: f64::NEG_INFINITY,
            short_term: f64::NEG_INFINITY,
        })
    }

    /// A meter that does not look for the peak, which takes most of the time.
    ///
    /// # Errors
    /// As [`ProgrammeMeter::new`].
    pub fn without_peak(rate: SampleRate, channels: Channels) -> Result<Self> {
        Ok(ProgrammeMeter {
            peak: None,
            ..ProgrammeMeter::new(rate, channels)?
        })
    }

    /// Hears the next samples of one channel.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        if let Some(peak) = &mut self.peak {
            peak.add(samples);
        }
        let mut rest = samples;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(self.step - self.since));
            (self.meter.add_frames_f32(now)).map_err(|e| fault(self.rate, e))?;
            self.since += now.len();
            rest = later;
            if self.since == self.step {
                self.since = 0;
                self.look()?;
            }
        }
        Ok(())
    }

    /// Takes the sliding windows into account, once they are full: the power of each is
    /// the mean of its steps'.
    fn look(&mut self) -> Result<()> {
        let step = (self.meter.loudness_window(STEP)).map_err(|e| fault(self.rate, e))?;
        if self.steps.len() == SHORT_TERM {
            self.steps.pop_front();
        }
        self.steps.push_back(10f64.powf((step + OFFSET) / 10.0));
        for (length, highest) in [
            (MOMENTARY, &mut self.momentary),
            (SHORT_TERM, &mut self.short_term),
        ] {
            if self.steps.len() >= length {
                let sum: f64 = self.steps.iter().rev().take(length).sum();
                let loudness = 10.0 * (sum / length as f64).log10() - OFFSET;
                *highest = highest.max(loudness);
            }
        }
        Ok(())
    }

    /// What was heard, to a hundredth.
    ///
    /// # Errors
    /// None that a meter made here is known to give.
    pub fn finish(self) -> Result<Measures> {
        let rate = self.rate;
        let integrated = self.meter.loudness_global().map_err(|e| fault(rate, e))?;
        let range = self.meter.loudness_range().map_err(|e| fault(rate, e))?;
        let peak = 20.0 * f64::from(self.peak.map_or(0.0, TruePeak::finish)).log10();
        let integrated = hundredths(integrated);
        Ok(Measures {
            integrated: integrated.map(Lufs),
            // Below 3 s there is no range to speak of.
            range: hundredths(range).filter(|_| self.short_term.is_finite()),
            true_peak: hundredths(peak).map(Dbtp),
            momentary: hundredths(self.momentary).map(Lufs),
            short_term: hundredths(self.short_term).map(Lufs),
        })
    }
}

/// Rounded to 0.01; `None` for the infinities that stand for silence.
fn hundredths(x: f64) -> Option<f64> {
    x.is_finite().then(|| (x * 100.0).round() / 100.0)
}

fn fault(rate: SampleRate, e: ebur128::Error) -> Fault {
    Fault::new(format!(
        "cannot measure the loudness of sound at {} Hz: {e}",
        rate.0
    ))
    .help("please report this as a bug")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::sine;

    fn measured(seconds: f64, channels: Channels) -> Measures {
        let pcm = sine(48_000, 1000.0, seconds, 0.1);
        let mut meter = ProgrammeMeter::new(pcm.rate, channels).unwrap();
        for piece in pcm.samples.chunks(777) {
            meter.add(piece).unwrap();
        }
        meter.finish().unwrap()
    }

    #[test]
    fn a_steady_tone_is_as_loud_at_every_time() {
        // A sine of −20 dBFS in one channel: −23.0 LUFS (EBU Tech 3341, table 1).
        let mono = measured(5.0, Channels::Mono);
        for level in [mono.integrated, mono.momentary, mono.short_term] {
            assert!((level.unwrap().0 + 23.0).abs() < 0.1, "{mono:?}");
        }
        assert!(mono.range.unwrap() < 0.1, "{mono:?}");
        assert!((mono.true_peak.unwrap().0 + 20.0).abs() < 0.1, "{mono:?}");
        let dual = measured(5.0, Channels::Dual);
        let more = dual.integrated.unwrap().0 - mono.integrated.unwrap().0;
        assert!((more - 3.01).abs() < 0.02, "{more}");
    }

    #[test]
    fn what_is_too_short_is_not_known() {
        let short = measured(0.3, Channels::Mono);
        assert_eq!((short.integrated, short.momentary), (None, None));
        let middle = measured(2.0, Channels::Mono);
        assert!(middle.momentary.is_some());
        assert_eq!((middle.short_term, middle.range), (None, None));
    }
}
