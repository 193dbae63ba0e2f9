//! Any sample rate to any other, and many channels to one.
//!
//! Resampling is done by rubato's synchronous FFT resampler: both rates are
//! fixed, and it always works at its best quality. It is fed in double
//! precision, so that processors which add in another order still round to
//! the same 16-bit samples.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler, WindowFunction};

use crate::diag::{Fault, Result};
use crate::model::{Frames, Pcm, SampleRate};

/// The rates that are taken; beyond them lies no speech, only damaged headers.
pub const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// Frames a block on the input side, or a little more where the ratio of the
/// rates asks for it. Longer blocks are steeper filters: 1024 at 44.1 kHz
/// leave everything below about 11 kHz untouched.
const BLOCK: usize = 1024;

/// The same sound at another rate: `round(n · to / from)` samples, none late.
///
/// # Errors
/// A rate outside [`RATES`].
pub fn resample(pcm: &Pcm, to: SampleRate) -> Result<Pcm> {
    let mut converter = Converter::new(pcm.rate, to)?;
    let mut samples = Vec::with_capacity(pcm.frames().at(pcm.rate, to).0 as usize);
    converter.feed(&pcm.samples, &mut samples)?;
    converter.finish(&mut samples)?;
    Ok(Pcm { rate: to, samples })
}

/// The shortest block the ratio of the rates allows, doubled until it is not below
/// [`BLOCK`]: of such lengths Fourier transforms are fast. At least once, because the
/// resampler is late by half a block, and half of an odd one lies between two samples.
fn block(from: SampleRate, to: SampleRate) -> usize {
    let shortest = from.0 / gcd(from.0, to.0);
    let times = (BLOCK as u32).div_ceil(shortest).next_power_of_two().max(2);
    (shortest * times) as usize
}

/// The greatest common divisor.
fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A resampler for sound that comes piece by piece.
pub struct Converter {
    from: SampleRate,
    to: SampleRate,
    /// `None` when both rates are the same: samples pass untouched.
    fft: Option<Fft<f64>>,
    /// Input not yet enough for a block.
    pending: Vec<f64>,
    block_out: Vec<f64>,
    /// Output frames still to throw away: the resampler's own delay.
    late: usize,
    fed: usize,
    given: usize,
}

impl Converter {
    /// A converter between two rates.
    ///
    /// # Errors
    /// A rate outside [`RATES`].
    pub fn new(from: SampleRate, to: SampleRate) -> Result<Self> {
        for rate in [from, to] {
            if !RATES.contains(&rate.0) {
                return Err(Fault::new(format!(
                    "a sample rate of {} Hz cannot be converted",
                    rate.0
                ))
                .help(format!(
                    "rates from {} to {} Hz are read",
                    RATES.start(),
                    RATES.end()
                )));
            }
        }
        let fft = if from == to {
            None
        } else {
            let fft = Fft::new_custom(
                from.0 as usize,
                to.0 as usize,
                block(from, to),
                1,
                1,
                WindowFunction::BlackmanHarris2,
                FixedSync::Both,
            );
            Some(fft.map_err(|e| broken(from, to, &e))?)
        };
        Ok(Converter {
            from,
            to,
            block_out: vec![0.0; fft.as_ref().map_or(0, |f| f.output_frames_max())],
            late: fft.as_ref().map_or(0, |f| f.output_delay()),
            fft,
            pending: Vec::new(),
            fed: 0,
            given: 0,
        })
    }

    /// Takes the next samples and adds to `out` what is ready.
    ///
    /// # Errors
    /// None that a caller could cause; rubato's own are passed on.
    pub fn feed(&mut self, samples: &[f32], out: &mut Vec<f32>) -> Result<()> {
        self.fed += samples.len();
        let Some(fft) = &self.fft else {
            self.given += samples.len();
            out.extend_from_slice(samples);
            return Ok(());
        };
        let block = fft.input_frames_next();
        self.pending.extend(samples.iter().map(|s| f64::from(*s)));
        let mut at = 0;
        while self.pending.len() - at >= block {
            self.convert(at, block, out)?;
            at += block;
        }
        self.pending.drain(..at);
        Ok(())
    }

    /// Adds the rest, so that `round(n · to / from)` samples were given in all.
    ///
    /// # Errors
    /// As [`Converter::feed`].
    pub fn finish(mut self, out: &mut Vec<f32>) -> Result<()> {
        let wanted = Frames(self.fed as u64).at(self.from, self.to).0 as usize;
        while self.given < wanted {
            // What is left first, then silence until the delay has run out.
            let rest = self.pending.len();
            self.convert(0, rest, out)?;
            self.pending.clear();
        }
        out.truncate(out.len() - (self.given - wanted));
        Ok(())
    }

    /// Converts one block: `n` pending samples from `at` on, silence behind.
    fn convert(&mut self, at: usize, n: usize, out: &mut Vec<f32>) -> Result<()> {
        let (from, to) = (self.from, self.to);
        let Some(fft) = &mut self.fft else {
            return Ok(());
        };
        let input = InterleavedSlice::new(&self.pending[at..], 1, self.pending.len() - at)
            .map_err(|e| broken(from, to, &e))?;
        let room = self.block_out.len();
        let mut output = InterleavedSlice::new_mut(&mut self.block_out, 1, room)
            .map_err(|e| broken(from, to, &e))?;
        let indexing = Indexing::new().partial_len(n);
        let (_, made) = fft
            .process_into_buffer(&input, &mut output, Some(&indexing))
            .map_err(|e| broken(from, to, &e))?;
        let skipped = self.late.min(made);
        self.late -= skipped;
        out.extend(self.block_out[skipped..made].iter().map(|s| *s as f32));
        self.given += made - skipped;
        Ok(())
    }
}

/// An error of the resampler itself.
fn broken(from: SampleRate, to: SampleRate, e: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!(
        "cannot resample from {} to {} Hz: {e}",
        from.0, to.0
    ))
    .help("please report this as a bug")
}

/// Adds the mean of the channels of every interleaved frame to `out`. A
/// speaker in one channel of two comes out 6 dB lower, which the loudness
/// target of a recording makes good.
pub fn downmix(interleaved: &[f32], channels: usize, out: &mut Vec<f32>) {
    if channels <= 1 {
        out.extend_from_slice(interleaved);
        return;
    }
    let share = 1.0 / channels as f32;
    out.extend(
        interleaved
            .chunks_exact(channels)
            .map(|frame| frame.iter().sum::<f32>() * share),
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audio::test_signal::{frequency, rms, sine};

    #[test]
    fn a_sine_keeps_its_place_frequency_and_level() {
        for rate in [
            8_000, 11_025, 12_345, 16_000, 22_050, 24_001, 32_000, 44_100, 48_000, 96_000,
        ] {
            let before = sine(rate, 1000.0, 1.0, 0.5);
            let after = resample(&before, SampleRate::MASTER).unwrap();
            assert_eq!(after.samples.len(), 24_000, "{rate}");
            let middle = Pcm {
                rate: after.rate,
                samples: after.samples[2400..21_600].to_vec(),
            };
            assert!((frequency(&middle) - 1000.0).abs() < 0.01, "{rate}");
            // Sample for sample the sine that 24 kHz would have had: no delay.
            let ideal = sine(24_000, 1000.0, 1.0, 0.5);
            let error: Vec<f32> = (2400..21_600)
                .map(|i| after.samples[i] - ideal.samples[i])
                .collect();
            assert!(rms(&error) < 1e-5, "{rate}: {}", rms(&error));
        }
    }

    #[test]
    fn what_lies_above_the_new_band_is_gone() {
        let high = sine(48_000, 15_000.0, 0.5, 0.5);
        let after = resample(&high, SampleRate::MASTER).unwrap();
        assert!(rms(&after.samples[1200..10_800]) < 1e-5);
    }

    #[test]
    fn the_same_rate_passes_untouched() {
        let pcm = sine(24_000, 440.0, 0.1, 0.9);
        assert_eq!(resample(&pcm, SampleRate::MASTER).unwrap(), pcm);
    }

    #[test]
    fn impossible_rates_are_refused() {
        let pcm = Pcm {
            rate: SampleRate(1),
            samples: vec![0.0; 4],
        };
        assert_eq!(
            resample(&pcm, SampleRate::MASTER).unwrap_err().to_string(),
            "error: a sample rate of 1 Hz cannot be converted\n  \
             help: rates from 4000 to 384000 Hz are read"
        );
    }

    #[test]
    fn two_channels_become_their_mean() {
        let mut out = Vec::new();
        downmix(&[1.0, 0.0, 0.5, -0.5], 2, &mut out);
        downmix(&[0.25, 0.75], 1, &mut out);
        assert_eq!(out, [0.5, 0.0, 0.25, 0.75]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_length_is_exact_however_it_is_fed(
            n in 0usize..9000,
            from in prop_oneof![
                Just(8_000u32), Just(16_000), Just(22_050), Just(44_100), Just(48_000), 4_000u32..50_000],
            piece in 1usize..3000,
        ) {
            let pcm = Pcm {
                rate: SampleRate(from),
                samples: (0..n).map(|i| ((i * 37) % 101) as f32 / 101.0 - 0.5).collect(),
            };
            let whole = resample(&pcm, SampleRate::MASTER).unwrap();
            let exact = n as f64 * 24_000.0 / f64::from(from);
            prop_assert!((whole.samples.len() as f64 - exact).abs() <= 0.5);

            let mut converter = Converter::new(pcm.rate, SampleRate::MASTER).unwrap();
            let mut pieces = Vec::new();
            for part in pcm.samples.chunks(piece) {
                converter.feed(part, &mut pieces).unwrap();
            }
            converter.finish(&mut pieces).unwrap();
            prop_assert_eq!(pieces, whole.samples);
        }
    }
}
