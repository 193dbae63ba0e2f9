//! The band of a telephone line, 300 to 3,400 Hz (ITU-T G.712), cut at 8 kHz by a filter
//! of linear phase, so that nothing of a voice is late against the rest of it.

use std::f64::consts::PI;

use super::files::NARROW;

/// The edges of the band, in hertz.
const BAND: (f64, f64) = (300.0, 3_400.0);
/// From pass to stop the filter needs so much, in hertz: half of it on either side of
/// where it has lost 6 dB.
const SLOPE: f64 = 200.0;
/// Taps on either side of the middle.
const HALF: usize = 96;
/// The shape of the Kaiser window: about 65 dB beside the band.
const BETA: f64 = 6.2;

/// The sound within the band: as many samples, none late.
pub fn telephone(samples: &[f32]) -> Vec<f32> {
    let taps = taps();
    let mut padded = vec![0.0; samples.len() + 2 * HALF];
    padded[HALF..HALF + samples.len()].copy_from_slice(samples);
    padded
        .windows(taps.len())
        .map(|window| {
            // Eight sums side by side: the processor adds them at once, and always in
            // the same order.
            let mut sums = [0.0f32; 8];
            let (windows, taps) = (window.chunks_exact(8), taps.chunks_exact(8));
            let rest: f32 = (windows.remainder().iter().zip(taps.remainder()))
                .map(|(w, t)| w * t)
                .sum();
            for (w, t) in windows.zip(taps) {
                for ((sum, w), t) in sums.iter_mut().zip(w).zip(t) {
                    *sum += w * t;
                }
            }
            sums.iter().sum::<f32>() + rest
        })
        .collect()
}

/// A band-pass: the difference of two low-passes, each an ideal one under a Kaiser
/// window, brought to exactly one in the middle of the band.
fn taps() -> Vec<f32> {
    let rate = f64::from(NARROW.0);
    let low = (BAND.0 - SLOPE / 2.0) / rate;
    let high = (BAND.1 + SLOPE / 2.0) / rate;
    let ideal = |n: f64, edge: f64| match n {
        0.0 => 2.0 * edge,
        n => (2.0 * PI * edge * n).sin() / (PI * n),
    };
    let taps: Vec<f64> = (0..=2 * HALF)
        .map(|i| {
            let n = i as f64 - HALF as f64;
            let x = n / HALF as f64;
            let window = bessel(BETA * (1.0 - x * x).max(0.0).sqrt()) / bessel(BETA);
            (ideal(n, high) - ideal(n, low)) * window
        })
        .collect();
    let middle = (BAND.0 * BAND.1).sqrt() / rate;
    let gain: f64 = (taps.iter().enumerate())
        .map(|(i, t)| t * (2.0 * PI * middle * (i as f64 - HALF as f64)).cos())
        .sum();
    taps.iter().map(|t| (t / gain) as f32).collect()
}

/// The modified Bessel function of the first kind and order zero.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..40 {
        term *= (x / 2.0 / f64::from(k)).powi(2);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::{rms, sine};

    /// How much of a tone is left, in dB.
    fn left(hertz: f64) -> f64 {
        let tone = sine(NARROW.0, hertz, 1.0, 0.5).samples;
        let out = telephone(&tone);
        20.0 * (rms(&out[1_000..7_000]) / rms(&tone[1_000..7_000])).log10()
    }

    #[test]
    fn tones_in_the_band_pass_and_others_do_not() {
        for hertz in [300.0, 320.0, 500.0, 1_000.0, 2_500.0, 3_300.0, 3_400.0] {
            assert!(left(hertz).abs() < 0.1, "{hertz} Hz: {}", left(hertz));
        }
        for hertz in [20.0, 50.0, 60.0, 100.0, 3_600.0, 3_800.0] {
            assert!(left(hertz) < -55.0, "{hertz} Hz: {}", left(hertz));
        }
    }

    #[test]
    fn the_phase_is_linear_and_nothing_is_late() {
        let taps = taps();
        assert!(taps.iter().zip(taps.iter().rev()).all(|(a, b)| a == b));
        let mut click = vec![0.0; 1_000];
        click[400] = 1.0;
        let out = telephone(&click);
        assert_eq!(out.len(), 1_000);
        let loudest = (0..1_000).max_by(|a, b| out[*a].total_cmp(&out[*b]));
        assert_eq!(loudest, Some(400));
        assert_eq!(telephone(&[]).len(), 0);
    }
}
