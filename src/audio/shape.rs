//! Level and edges: peaks, gain, fades, exact silence.

use crate::model::{Db, Frames, Millis, Pcm};

/// The fade at both ends of everything spoken: short enough to leave a
/// consonant alone, long enough that no cut clicks.
pub const FADE: Millis = Millis(5);

/// The largest magnitude among the samples, 1.0 being full scale; 0 for none.
/// Samples that are no numbers are passed over.
pub fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, s| peak.max(s.abs()))
}

/// Multiplies every sample by the gain.
pub fn amplify(samples: &mut [f32], gain: Db) {
    if gain.0 != 0.0 {
        let factor = gain.factor();
        samples.iter_mut().for_each(|s| *s *= factor);
    }
}

/// Fades both ends in and out over `length` frames along a raised cosine
/// (half a Hann window, whose slope is zero at both of its ends). A sound
/// shorter than two fades has them meet in its middle.
pub fn fade(samples: &mut [f32], length: Frames) {
    let n = (length.0 as usize).min(samples.len() / 2);
    let last = samples.len().saturating_sub(1);
    for i in 0..n {
        let phase = std::f64::consts::PI * (i as f64 + 0.5) / n as f64;
        let weight = (0.5 - 0.5 * phase.cos()) as f32;
        samples[i] *= weight;
        samples[last - i] *= weight;
    }
}

/// Adds digital silence of exactly this length.
pub fn push_silence(pcm: &mut Pcm, length: Frames) {
    pcm.samples
        .resize(pcm.samples.len() + length.0 as usize, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SampleRate;

    #[test]
    fn a_fade_starts_near_nothing_and_leaves_the_middle_alone() {
        let mut samples = vec![1.0f32; 1000];
        fade(&mut samples, FADE.frames(SampleRate::MASTER));
        assert!(samples[0] < 1e-3 && samples[999] < 1e-3);
        assert!((samples[60] - 0.5).abs() < 0.02);
        assert!(samples[120..880].iter().all(|s| *s == 1.0));
        assert!(samples[..120].windows(2).all(|w| w[0] < w[1]));
        assert!(samples[880..].windows(2).all(|w| w[0] > w[1]));
    }

    #[test]
    fn fades_meet_in_a_sound_shorter_than_both() {
        for n in 0..8 {
            let mut samples = vec![1.0f32; n];
            fade(&mut samples, Frames(120));
            assert!(samples.iter().all(|s| s.is_finite() && *s <= 1.0));
        }
    }

    #[test]
    fn gain_and_silence_are_exact() {
        let mut pcm = Pcm {
            rate: SampleRate::MASTER,
            samples: vec![0.25, -0.5],
        };
        amplify(&mut pcm.samples, Db(0.0));
        assert_eq!(pcm.samples, [0.25, -0.5]);
        amplify(&mut pcm.samples, Db(-20.0));
        assert!((pcm.samples[0] - 0.025).abs() < 1e-7);
        push_silence(&mut pcm, Frames(3));
        assert_eq!(pcm.frames(), Frames(5));
        assert_eq!(pcm.samples[2..], [0.0; 3]);
        assert!((peak(&pcm.samples) - 0.05).abs() < 1e-7);
        assert_eq!(peak(&[]), 0.0);
    }
}
