//! Sound in memory: trimming, fades, resampling, loudness, speed, and the two ways
//! in and out, decoding recordings and writing WAV masters.
//!
//! Every function goes from values to values; files are opened and paths
//! named by the callers.

pub mod broadcast;
pub mod decode;
pub mod dither;
pub mod flac;
pub mod level;
pub mod limit;
pub mod loudness;
pub mod mp3;
pub mod opus;
pub mod peak;
pub mod resample;
pub mod shape;
pub mod stretch;
pub mod targets;
pub mod telephone;
pub mod trim;
pub mod wav;

#[cfg(test)]
pub(crate) mod test_signal {
    //! Signals that tests make and measure.

    use crate::model::{Pcm, SampleRate};

    /// A sine of `seconds` at `hertz` and amplitude `level`.
    pub fn sine(rate: u32, hertz: f64, seconds: f64, level: f32) -> Pcm {
        let n = (f64::from(rate) * seconds).round() as usize;
        let step = std::f64::consts::TAU * hertz / f64::from(rate);
        Pcm {
            rate: SampleRate(rate),
            samples: (0..n)
                .map(|i| (step * i as f64).sin() as f32 * level)
                .collect(),
        }
    }

    /// The frequency of a tone, by its upward zero crossings (each placed
    /// between samples by the straight line through its neighbours).
    pub fn frequency(pcm: &Pcm) -> f64 {
        let crossings: Vec<f64> = pcm
            .samples
            .windows(2)
            .enumerate()
            .filter(|(_, w)| w[0] < 0.0 && w[1] >= 0.0)
            .map(|(i, w)| i as f64 + f64::from(-w[0] / (w[1] - w[0])))
            .collect();
        let (first, last) = (crossings[0], crossings[crossings.len() - 1]);
        (crossings.len() - 1) as f64 * f64::from(pcm.rate.0) / (last - first)
    }

    /// Root mean square.
    pub fn rms(samples: &[f32]) -> f64 {
        let sum: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
        (sum / samples.len() as f64).sqrt()
    }
}
